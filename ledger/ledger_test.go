package ledger

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTerms(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Leicester City Council":   "leicester city council",
		"H&F":                      "h and f",
		"St Helen's":               "st helens",
		"King’s Lynn":              "kings lynn",
		"Ynys Môn, Tŷ":             "ynys mon ty",
		"Stoke-on-Trent  (3TB)":    "stoke on trent 3tb",
		"":                         "",
		"日本":                       "",
		"NoName057(16)\x00'; DROP": "noname057 16 drop",
	} {
		if got := SortKey(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := Slug("Royal Borough of Kensington & Chelsea"); got != "royal-borough-of-kensington-and-chelsea" {
		t.Errorf("slug %q", got)
	}
}

func TestSpan(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		on          Date
		p           Precision
		first, last Date
	}{
		{"2024-02-10", Day, "2024-02-10", "2024-02-10"}, {"2024-02-01", Month, "2024-02-01", "2024-02-29"},
		{"2023-02-01", Month, "2023-02-01", "2023-02-28"}, {"2024-01-01", Year, "2024-01-01", "2024-12-31"}, {"", Year, "", ""},
	} {
		if first, last := Span(test.on, test.p); first != test.first || last != test.last {
			t.Errorf("%s %s: %s to %s", test.on, test.p, first, last)
		}
	}
}

func TestParseDate(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"", "2024-2-1", "01/02/2024", "2024-02-30", "0999-01-01", "9999-01-01", "2024-01-01T00:00:00Z"} {
		if d, err := ParseDate(bad); KindOf(err) != Invalid {
			t.Errorf("%q is %q, %v", bad, d, err)
		}
	}
	if d, err := ParseDate("2024-02-29"); err != nil || d != "2024-02-29" {
		t.Errorf("%q, %v", d, err)
	}
	if days, ok := Days("2024-02-28", "2024-03-01"); days != 2 || !ok {
		t.Errorf("%d days, %v", days, ok)
	}
	if _, ok := Days("2024-02-28", Undated); ok {
		t.Error("days to no date")
	}
}

// A copy with other furniture is a near copy; another story on the same incident is none.
func TestNearCopy(t *testing.T) {
	t.Parallel()
	words := func(from, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "word%d ", from+i*i%997)
		}
		return b.String()
	}
	story := words(0, 200)
	if !NearCopy(SketchOf(story), SketchOf("Share this page. "+story+" More stories from here.")) {
		t.Error("a copy with furniture around it is not told")
	}
	if NearCopy(SketchOf(story), SketchOf(words(5000, 200))) {
		t.Error("another text passes for a copy")
	}
	if NearCopy(SketchOf("too short"), SketchOf("too short")) {
		t.Error("short texts cannot be told")
	}
}

func TestIDs(t *testing.T) {
	t.Parallel()
	if a, b := JudgementID("x", "y"), JudgementID("y", "x"); a != b {
		t.Error("a judgement's id depends on which thing comes first")
	}
	if Digest("a", "b") == Digest("ab") {
		t.Error("parts run into one another")
	}
	c := Claim{Article: "article:1", Predicate: Impact, Subject: "s", Object: "o", Quote: "q"}
	id := ClaimID(&c)
	c.From, c.To, c.KnownFrom, c.Witness = "f", "t", "2024-01-01", "w"
	if ClaimID(&c) != id {
		t.Error("a claim's id depends on how it resolves")
	}
	c.Start = 1
	if ClaimID(&c) == id {
		t.Error("a claim's id does not depend on where its quote stands")
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	cause := errors.New("disk full")
	err := error(nil)
	func() {
		defer Wrap(&err, "load %s", "x")
		err = Errorf(Unavailable, "the store cannot be written: %w", cause)
	}()
	if KindOf(err) != Unavailable || !errors.Is(err, cause) || err.Error() != "load x: the store cannot be written: disk full" {
		t.Errorf("%v of kind %s", err, KindOf(err))
	}
	if diff := cmp.Diff([]ErrorKind{"", Internal}, []ErrorKind{KindOf(nil), KindOf(cause)}); diff != "" {
		t.Error(diff)
	}
}
