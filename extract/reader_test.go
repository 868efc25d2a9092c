package extract

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"spillover/gazetteer"
	"spillover/ledger"
)

// evidenceOf is every piece of evidence of a reading.
func evidenceOf(r *Reading) []Evidence {
	var out []Evidence
	for _, i := range r.Incidents {
		if i.DateEvidence != nil {
			out = append(out, *i.DateEvidence)
		}
		for _, x := range i.Councils {
			out = append(out, x.Evidence)
		}
		for _, x := range i.Actors {
			out = append(out, x.Evidence)
		}
		for _, x := range i.Agencies {
			out = append(out, x.Evidence)
		}
		for _, x := range i.Arrangements {
			out = append(out, x.Evidence)
		}
		for _, x := range i.Data {
			out = append(out, x.Evidence)
		}
		for _, x := range i.Services {
			out = append(out, x.Evidence)
		}
		for _, x := range i.Statements {
			out = append(out, x.Evidence)
		}
	}
	for _, x := range r.Officials {
		out = append(out, x.Evidence)
	}
	for _, x := range r.Refusals {
		out = append(out, Evidence{Quote: x.Quote, Start: x.Start, End: x.End})
	}
	return out
}

// verbatim fails where a quote is not the run of the text that it says it is.
func verbatim(t *testing.T, text string, r *Reading) {
	t.Helper()
	runes := []rune(text)
	for _, e := range evidenceOf(r) {
		if e.Start < 0 || e.End > len(runes) || e.Start >= e.End {
			t.Fatalf("quote %q is said to stand at %d to %d of %d characters", e.Quote, e.Start, e.End, len(runes))
		}
		if got := string(runes[e.Start:e.End]); got != e.Quote {
			t.Fatalf("at %d to %d stands %q, the quote is %q", e.Start, e.End, got, e.Quote)
		}
	}
}

func sample(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "texts", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestQuotesAreVerbatim(t *testing.T) {
	t.Parallel()
	text := sample(t, "marks.txt")
	r := readText(text, "2024-05-15")
	if n := len(evidenceOf(r)); n < 10 {
		t.Fatalf("only %d quotes were read", n)
	}
	verbatim(t, text, r)
}

func TestIncidentsAreKeptApart(t *testing.T) {
	t.Parallel()
	r := readText(sample(t, "two.txt"), "2024-05-15")
	type line struct{ Kind, On, Council, Impact string }
	var got []line
	for _, i := range r.Incidents {
		on := ""
		if i.IdentifiedOn != nil {
			on = *i.IdentifiedOn
		}
		for _, c := range i.Councils {
			got = append(got, line{i.Kind, on, c.Name, c.Impact})
		}
	}
	want := []line{
		{"RANSOMWARE", "2024-05-07", "Leicester City Council", "COMPROMISED"},
		{"RANSOMWARE", "2024-05-07", "Rutland County Council", "UNAFFECTED"},
		{"ACCIDENTAL_DISCLOSURE", "2022-03-01", "Rutland County Council", "COMPROMISED"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestSpeakersAndCertainty(t *testing.T) {
	t.Parallel()
	r := readText("Leicester City Council said that files were copied by hackers. It is understood that data of Rutland County Council was stolen too.\n\n"+
		"\"We shut our systems down within the hour, and we are sorry,\" said Ann Leeson, Leicester City Council's chief executive.", "2024-05-15")
	i := first(r)
	if len(i.Councils) != 2 || len(i.Statements) != 1 {
		t.Fatalf("read %d councils and %d statements, want 2 and 1", len(i.Councils), len(i.Statements))
	}
	type line struct {
		Speaker   string
		Certainty ledger.Certainty
	}
	got := []line{{i.Councils[0].Speaker, i.Councils[0].Certainty}, {i.Councils[1].Speaker, i.Councils[1].Certainty}, {i.Statements[0].Speaker, i.Statements[0].Certainty}}
	want := []line{{"Leicester City Council", ledger.Stated}, {"unnamed source", ledger.Hedged}, {"Leicester City Council", ledger.Stated}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if i.Statements[0].Text != "We shut our systems down within the hour, and we are sorry," {
		t.Errorf("the statement is %q", i.Statements[0].Text)
	}
}

func TestRefusalsGiveReasons(t *testing.T) {
	t.Parallel()
	r := afterAttack("Hackers did not steal the payroll data. Residents should contact Leicestershire Police on 101. The Rhysida gang had nothing to do with it.")
	var got []string
	for _, x := range r.Refusals {
		if x.Quote == "" || x.Reason == "" {
			t.Errorf("a refusal lacks its quote or its reason: %+v", x)
		}
		got = append(got, x.Reason)
	}
	if len(got) < 3 {
		t.Errorf("refusals %q, want one for each of three sentences", got)
	}
}

func TestReadingIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	a := &ledger.Article{Text: sample(t, "two.txt"), PublishedOn: "2024-05-15", Byline: []string{"Mo Penn"}}
	r := New(gazetteer.Default())
	want := r.Read(a)
	for range 5 {
		if diff := cmp.Diff(want, r.Read(a)); diff != "" {
			t.Fatal(diff)
		}
	}
	done := make(chan *Reading)
	for range 4 {
		go func() { done <- r.Read(a) }()
	}
	for range 4 {
		if diff := cmp.Diff(want, <-done); diff != "" {
			t.Error(diff)
		}
	}
}

func TestReportersAreNoOfficials(t *testing.T) {
	t.Parallel()
	r := New(gazetteer.Default()).Read(&ledger.Article{Byline: []string{"Mo Penn"},
		Text: "By Mo Penn, chief executive of nothing\n\nLeicester City Council was hacked. Mo Penn, chief executive of Leicester City Council, is a joke."})
	if len(r.Officials) != 0 {
		t.Errorf("officials %v, want none", r.Officials)
	}
	if diff := cmp.Diff([]string{"Mo Penn"}, r.NotOfficials); diff != "" {
		t.Error(diff)
	}
}

func TestNothingInEmptyTexts(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", " ", "\n\n\n", "\u00ad", "...", "\"", "<", "\xff\xfe"} {
		r := readText(text, "")
		if len(r.Incidents)+len(r.Officials) != 0 {
			t.Errorf("%q: read %+v", text, r)
		}
	}
}

func TestSentences(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want []string
	}{
		{"One. Two! Three?", []string{"One.", "Two!", "Three?"}},
		{"Dr. Lee met J. Smith of St. Helens at No. 10. He left.", []string{"Dr. Lee met J. Smith of St. Helens at No. 10.", "He left."}},
		{"He said: \"No.\" Then he left.", []string{"He said: \"No.\"", "Then he left."}},
		{"A heading\nA sentence.", []string{"A heading", "A sentence."}},
		{"It cost £1.5m. It was late.", []string{"It cost £1.5m.", "It was late."}},
		{"1. The first point is here.", []string{"1. The first point is here."}},
		{"This is a line of mail which was wrapped at a column\nand goes on here.", []string{"This is a line of mail which was wrapped at a column\nand goes on here."}},
		{"It was seen at 9 a.m. on Monday.", []string{"It was seen at 9 a.m. on Monday."}},
	}
	for _, tt := range tests {
		v := newView(tt.text)
		var got []string
		for _, s := range splitSentences(v) {
			got = append(got, v.s[s.start:s.end])
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q (-want +got)\n%s", tt.text, diff)
		}
	}
}

func TestViewKeepsPlaces(t *testing.T) {
	t.Parallel()
	text := "Wolver\u00adhampton\u00a0City’s  “files” wereâ€™t\r\nhere"
	v := newView(text)
	if want := "Wolverhampton City's \"files\" were't\nhere"; v.s != want {
		t.Fatalf("view %q, want %q", v.s, want)
	}
	for word, want := range map[string]string{"Wolverhampton": "Wolver\u00adhampton", `"files"`: "“files”", "City's": "City’s", "were't": "wereâ€™t"} {
		i := strings.Index(v.s, word)
		e := v.quote(i, i+len(word))
		if e.Quote != want || string([]rune(text)[e.Start:e.End]) != want {
			t.Errorf("%q is quoted as %q at %d to %d, want %q", word, e.Quote, e.Start, e.End, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"marks.txt", "two.txt"} {
		f.Add(sample(f, name), "2024-05-15")
	}
	f.Add("Leicester City Council's (LCC) files were copied. \"We\u00ad are", "")
	f.Add("\xff<c0> Council\u2028Kent – “x", "9998-12-31")
	f.Add("On 31 February, LCC. 99/99/9999 the council ... 's'", "2024-02-29")
	r := New(gazetteer.Default())
	f.Fuzz(func(t *testing.T, text, published string) {
		if !utf8.ValidString(text) {
			text = strings.ToValidUTF8(text, "\ufffd")
		}
		if _, err := ledger.ParseDate(published); err != nil {
			published = ""
		}
		verbatim(t, text, r.Read(&ledger.Article{Text: text, PublishedOn: ledger.Date(published)}))
	})
}
