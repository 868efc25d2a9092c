package article

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"spillover/ledger"
)

const story = "Bins late in Framley\n\nBy Mark Robarts\n3 October 2022\n\nThe lorries’ computers cannot reach the depot’s, and £5 was lost.\n"

// read gives the texts and the errors of an input.
func read(r io.Reader, o Options) (texts []string, errs []string) {
	for a, err := range Each(r, o) {
		if err != nil {
			errs = append(errs, err.Error())
		} else {
			texts = append(texts, a.Text)
		}
	}
	return texts, errs
}

func zipped(t testing.TB, s string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, s); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func utf16Of(s string, mark string, big bool) string {
	var b strings.Builder
	b.WriteString(mark)
	for _, u := range utf16.Encode([]rune(s)) {
		if big {
			b.Write([]byte{byte(u >> 8), byte(u)})
		} else {
			b.Write([]byte{byte(u), byte(u >> 8)})
		}
	}
	return b.String()
}

func windows(s string) string {
	return strings.NewReplacer("’", "\x92", "£", "\xa3").Replace(s)
}

func TestEncodings(t *testing.T) {
	t.Parallel()
	page := `<html><head><meta charset="iso-8859-1"><title>x</title></head><body><p>The lorries’ computers cannot reach the depot’s, and £5 was lost.</p></body></html>`
	for name, test := range map[string]struct {
		in   string
		o    Options
		want string // the text, where it is not the story
	}{
		"UTF-8":                        {in: story},
		"UTF-8 with a mark":            {in: "\ufeff" + story},
		"UTF-16 little end first":      {in: utf16Of(story, "\xff\xfe", false)},
		"UTF-16 big end first":         {in: utf16Of(story, "\xfe\xff", true)},
		"Windows-1252":                 {in: windows(story)},
		"Windows-1252 declared":        {in: windows(story), o: Options{Charset: "windows-1252"}},
		"gzip":                         {in: zipped(t, story)},
		"gzip of gzip":                 {in: zipped(t, zipped(t, story))},
		"gzip of UTF-16":               {in: zipped(t, utf16Of(story, "\xff\xfe", false))},
		"JSON in UTF-16":               {in: utf16Of(`{"text": "A council’s word."}`, "\xff\xfe", false), want: "A council’s word."},
		"JSON in Windows-1252":         {in: windows(`{"text": "A council’s word."}`), want: "A council’s word."},
		"JSON with a mark":             {in: "\ufeff" + `{"text": "A council’s word."}`, want: "A council’s word."},
		"a page in Windows-1252":       {in: windows(page), want: "The lorries’ computers cannot reach the depot’s, and £5 was lost."},
		"a feed in UTF-16":             {in: utf16Of(`<?xml version="1.0" encoding="utf-16"?><rss version="2.0"><channel><item><description>A council’s word.</description></item></channel></rss>`, "\xff\xfe", false), want: "A council’s word."},
		"a feed in Windows-1252":       {in: windows(`<?xml version="1.0" encoding="windows-1252"?><rss version="2.0"><channel><item><description>A council’s word.</description></item></channel></rss>`), want: "A council’s word."},
		"declared in another encoding": {in: "Caf\xe9 \xa4uro closed by the council", o: Options{Charset: "iso-8859-15"}, want: "Café €uro closed by the council"},
		"a text with a bracket":        {in: "[Image: a town hall]\n\nIt is shut.", want: "[Image: a town hall]\n\nIt is shut."},
		"a text with a brace":          {in: "{sic} the council wrote", want: "{sic} the council wrote"},
		"a text with line ends":        {in: "One.\r\n\r\nTwo.\r\n", want: "One.\r\n\r\nTwo.\r\n"},
		"a text with an angle":         {in: "<3 from the council", want: "<3 from the council"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := test.want
			if want == "" {
				want = story
			}
			texts, errs := read(strings.NewReader(test.in), test.o)
			if diff := cmp.Diff([]string{want}, texts); diff != "" || errs != nil {
				t.Errorf("errors %q, texts (-want +got):\n%s", errs, diff)
			}
		})
	}
}

// letters never end.
type letters struct{}

func (letters) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = "words "[i%6]
	}
	return len(p), nil
}

func TestRefused(t *testing.T) {
	t.Parallel()
	half := zipped(t, strings.Repeat(story, 500))
	for name, test := range map[string]struct {
		in   io.Reader
		kind ledger.ErrorKind
		want string // part of the reason
	}{
		"empty":                    {strings.NewReader(""), ledger.Invalid, "empty"},
		"blank":                    {strings.NewReader(" \n\t\n"), ledger.Invalid, "empty"},
		"a mark alone":             {strings.NewReader("\ufeff"), ledger.Invalid, "no text"},
		"binary":                   {strings.NewReader("\x00\x01\x02\x03\xff\xfe" + strings.Repeat("\x00\x07", 500)), ledger.Invalid, "binary"},
		"a picture":                {strings.NewReader("\x89PNG\r\n\x1a\n" + strings.Repeat("x", 100)), ledger.Invalid, "image/png"},
		"a PDF":                    {strings.NewReader("%PDF-1.7\n1 0 obj"), ledger.Invalid, "application/pdf"},
		"UTF-16 without a mark":    {strings.NewReader(utf16Of(story, "", false)), ledger.Invalid, "UTF-16"},
		"damaged UTF-8":            {strings.NewReader("the lorries’ computers’ \xff words"), ledger.Invalid, "wrongly encoded"},
		"neither encoding":         {strings.NewReader("caf\x81 council"), ledger.Invalid, "wrongly encoded"},
		"cut within a character":   {strings.NewReader("the lorries’ computers\xe2\x80"), ledger.Invalid, "cut off"},
		"cut gzip":                 {strings.NewReader(half[:len(half)/2]), ledger.Invalid, "cut off"},
		"no gzip after all":        {strings.NewReader("\x1f\x8bwords"), ledger.Invalid, "gzip"},
		"text too large":           {io.LimitReader(letters{}, 11<<20), ledger.TooLarge, "larger than 10 MB"},
		"text of 100 MB":           {io.LimitReader(letters{}, 100<<20), ledger.TooLarge, "larger than 32 MB"},
		"text without end":         {letters{}, ledger.TooLarge, "larger than 32 MB"},
		"JSON text too large":      {io.MultiReader(strings.NewReader(`{"text":"`), io.LimitReader(letters{}, 11<<20), strings.NewReader(`"}`)), ledger.TooLarge, "larger than 10 MB"},
		"a JSON line without end":  {io.MultiReader(strings.NewReader(`{"text":"`), letters{}), ledger.TooLarge, "32 MB"},
		"a JSON array without end": {io.MultiReader(strings.NewReader("[\n{\"text\":\""), letters{}), ledger.TooLarge, "32 MB"},
		"an empty array":           {strings.NewReader("[]"), ledger.Invalid, "without articles"},
		"cut JSON":                 {strings.NewReader(`{"text": "A coun`), ledger.Invalid, "cut off"},
		"cut array":                {strings.NewReader(`[{"text": "A council."}`), ledger.Invalid, "after article 1: its JSON is cut off"},
		"broken JSON":              {strings.NewReader(`{"text": nothing}`), ledger.Invalid, "broken at byte"},
		"broken feed":              {strings.NewReader(`<rss version="2.0"><channel><item><title>x</item>`), ledger.Invalid, "broken feed"},
		"a reader that fails":      {io.MultiReader(strings.NewReader("A council"), failing{}), ledger.Invalid, "cannot be read: the disk is on fire"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var last error
			for _, err := range Each(test.in, Options{}) {
				last = err
			}
			if ledger.KindOf(last) != test.kind || !strings.Contains(fmt.Sprint(last), test.want) {
				t.Errorf("got %s %q, want %s and %q", ledger.KindOf(last), fmt.Sprint(last), test.kind, test.want)
			}
		})
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("the disk is on fire") }

// TestStreams reads more JSON lines than may be in memory at once, and stops in the middle.
func TestStreams(t *testing.T) {
	t.Parallel()
	r, w := io.Pipe()
	go func() {
		for {
			if _, err := io.WriteString(w, `{"text": "`+strings.Repeat("A council. ", 1000)+"\"}\n"); err != nil {
				return
			}
		}
	}()
	n := 0
	for _, err := range Each(r, Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n == 3200 { // 35 MB
			break
		}
	}
	if err := r.Close(); err != nil || n != 3200 {
		t.Error(n, err)
	}
}

func TestPublishedFromOutside(t *testing.T) {
	t.Parallel()
	in := `{"text": "A council."}` + "\n" + `{"text": "A council.", "published_on": "2024-01-30"}`
	var got []ledger.Date
	for a, err := range Each(strings.NewReader(in), Options{PublishedOn: "2020-02-29"}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, a.PublishedOn)
	}
	if diff := cmp.Diff([]ledger.Date{"2020-02-29", "2024-01-30"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestCanonicalURL(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"https://Gazette.Example/News/One/":                     "https://gazette.example/News/One",
		"HTTPS://gazette.example:443/a?utm_source=x&b=2&a=1#c":  "https://gazette.example/a?a=1&b=2",
		"http://gazette.example:80/a?fbclid=1":                  "http://gazette.example/a",
		"http://gazette.example:8080/a//":                       "http://gazette.example:8080/a",
		"https://gazette.example/":                              "https://gazette.example",
		" https://user:word@gazette.example/a%2Fb/?at_medium=x": "https://gazette.example/a%2Fb",
		"https://gazette.example./a?":                           "https://gazette.example/a",
		"":                                                      "",
		"/a":                                                    "",
		"ftp://gazette.example/a":                               "",
		"https:///a":                                            "",
		"mailto:a@b.example":                                    "",
		"https://a b.example/":                                  "",
		"http://[::1":                                           "",
	} {
		got, err := CanonicalURL(in)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("CanonicalURL(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]struct {
		rank int
		on   ledger.Date
	}{
		"Published: 14:54, 30 January 2024":               {published, "2024-01-30"},
		"First published on Tuesday 30th January 2024":    {published, "2024-01-30"},
		"Published 30 Jan 2024 | Updated 31 Jan 2024":     {published, "2024-01-30"},
		"Updated 31/01/2024 16:20":                        {updated, "2024-01-31"},
		"Last modified: 2024-01-31T10:00:00Z":             {updated, "2024-01-31"},
		"03/04/24":                                        {bare, "2024-04-03"},
		"3.4.2024":                                        {bare, "2024-04-03"},
		"30-Jan-2024":                                     {bare, "2024-01-30"},
		"January 30, 2024":                                {bare, "2024-01-30"},
		"Owen Pask, 26 November 2025":                     {bare, "2025-11-26"},
		"Posted on 7 July 2025 by Eleanor Harding":        {published, "2025-07-07"},
		"Wednesday, 9 October 2024 at 11:12am":            {bare, "2024-10-09"},
		"16 Hydref 2025":                                  {bare, "2025-10-16"},
		"19.09.23 | Words: Imogen Falstaff | 4 min read":  {bare, "2023-09-19"},
		"Date: 1 February 2024":                           {published, "2024-02-01"},
		"31 February 2024":                                {undated, ""},
		"12/13/2024":                                      {undated, ""}, // a month first is another country's
		"Deadline: 3 March 2024":                          {undated, ""},
		"Next meeting on 3 March 2024":                    {undated, ""},
		"The town hall on 3 March 2019. (Image: Gazette)": {undated, ""},
		"The council met on 3 May 2024 and heard that it had cost a million so far.":     {undated, ""},
		"Published on 3 May 2024, the report says that the council should have known.":   {undated, ""},
		"date 2024-04-04 Barchester City Council has said that its papers were read.":    {published, "2024-04-04"},
		"LONDON, 4 April 2024 (Cathedral Wire) - A council has said that it was struck.": {published, "2024-04-04"},
		"3 hours ago": {undated, ""},
	} {
		rank, on := dateOf(line)
		if rank != want.rank || on != want.on {
			t.Errorf("dateOf(%q) = %d, %q; want %d, %q", line, rank, on, want.rank, want.on)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]string{
		"By Mark Robarts":                                  {"Mark Robarts"},
		"by Mark Robarts and Lucy Arabin-Lowe":             {"Mark Robarts", "Lucy Arabin-Lowe"},
		"Mark Robarts, Lucy Arabin & J. B. O'Dowd":         {"Mark Robarts", "Lucy Arabin", "J. B. O'Dowd"},
		"MARK ROBARTS":                                     {"Mark Robarts"},
		"Mark Robarts Managing Editor":                     {"Mark Robarts"},
		"Mark Robarts, Chief Reporter":                     {"Mark Robarts"},
		"Mark RobartsLocal Democracy Reporting Service":    {"Mark Robarts"},
		"EXCLUSIVE by Lotte Schmidt":                       {"Lotte Schmidt"},
		"Lotte van der Meer (@lotte)":                      {"Lotte van der Meer"},
		"Words: Imogen Falstaff":                           {"Imogen Falstaff"},
		"By Staff Reporter":                                nil,
		"BBC News":                                         nil,
		"Getty Images":                                     nil,
		"Barchester City Council":                          nil,
		"By the time he came":                              nil,
		"https://gazette.example/lotte":                    nil,
		"Siân Llŷr-Owen":                                   {"Siân Llŷr-Owen"},
		"By Anneliese Corrigan, Local Democracy Reporter ": {"Anneliese Corrigan"},
	} {
		if diff := cmp.Diff(want, splitNames(in)); diff != "" {
			t.Errorf("splitNames(%q) (-want +got):\n%s", in, diff)
		}
	}
}
