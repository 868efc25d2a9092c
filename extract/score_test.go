package extract_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"spillover/article"
	"spillover/extract"
	"spillover/gazetteer"
	"spillover/ledger"
	"spillover/samples"
)

var update = flag.Bool("floors", false, "record the scores reached as the floors below which no category may fall")

// floors has a line for each set of annotated articles and category: "samples councils 0.95".
const floors = "testdata/floors.txt"

// A statement is what is compared of a reading: all of it must be the same, but for the label, which need only share half of
// its words.
type statement struct{ what, label string }

// categories are the kinds of statement, in the order in which they are printed; the last counts articles without an incident.
var categories = []string{"councils", "impacts", "agencies", "roles", "actors", "attributions", "arrangements", "officials",
	"organisations", "titles", "data", "services", "incident days", "incident kinds", "article dates", "left alone"}

// statements are those of a reading or of an annotation, each once, by category.
func statements(r *extract.Reading) map[string][]statement {
	out := map[string][]statement{}
	add := func(category, label string, what ...string) {
		s := statement{strings.Join(what, " / "), label}
		if !slices.Contains(out[category], s) {
			out[category] = append(out[category], s)
		}
	}
	if r.Article.PublishedOn != nil {
		add("article dates", "", *r.Article.PublishedOn)
	}
	for _, in := range r.Incidents {
		for _, c := range in.Councils {
			add("councils", "", c.Name)
			add("impacts", "", c.Name, c.Impact)
		}
		for _, a := range in.Agencies {
			add("agencies", "", a.Name)
			add("roles", "", a.Name, a.Role)
		}
		for _, a := range in.Actors {
			add("actors", "", a.Name)
			add("attributions", "", a.Name, a.Attribution)
		}
		for _, a := range in.Arrangements {
			for _, m := range a.Members {
				add("arrangements", "", m, a.Kind)
			}
		}
		for _, d := range in.Data {
			add("data", d.Label)
		}
		for _, s := range in.Services {
			add("services", s.Label, s.State)
		}
		if in.IdentifiedOn != nil && in.Precision != nil && *in.Precision == "DAY" {
			add("incident days", "", *in.IdentifiedOn)
		}
		add("incident kinds", "", in.Kind)
	}
	for _, o := range r.Officials {
		add("officials", "", ledger.SortKey(o.Name))
		add("organisations", "", ledger.SortKey(o.Name), o.Organisation)
		add("titles", o.Role, ledger.SortKey(o.Name))
	}
	return out
}

var little = []string{"the", "of", "and", "for", "a", "to", "in", "on", "or", "their", "its", "some"}

// alike is whether two labels share half of the words of the shorter.
func alike(a, b string) bool {
	words := func(s string) []string {
		var out []string
		for _, w := range ledger.Terms(s) {
			if w = strings.TrimSuffix(w, "s"); !slices.Contains(little, w) {
				out = append(out, w)
			}
		}
		return ledger.Set(out...)
	}
	x, y := words(a), words(b)
	shared := 0
	for _, w := range x {
		if slices.Contains(y, w) {
			shared++
		}
	}
	return a == b || shared > 0 && 2*shared >= min(len(x), len(y))
}

// A tally counts the statements of a category.
type tally struct{ right, read, want int }

func (t tally) f1() float64 {
	if t.read+t.want == 0 {
		return 1
	}
	return 2 * float64(t.right) / float64(t.read+t.want)
}

// An annotated article is one with what a careful analyst reads out of it.
type annotated struct {
	name       string
	data, gold []byte
}

func sampleSet(t *testing.T) []annotated {
	t.Helper()
	all, err := samples.Articles()
	if err != nil {
		t.Fatal(err)
	}
	var out []annotated
	for _, a := range all {
		gold, err := os.ReadFile(filepath.Join("..", "samples", strings.TrimSuffix(a.Name, filepath.Ext(a.Name))+".gold.json"))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, annotated{a.Name, a.Data, gold})
	}
	return out
}

func folder(t *testing.T, pattern string) []annotated {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: none there (%v)", pattern, err)
	}
	var out []annotated
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		gold, err := os.ReadFile(strings.TrimSuffix(f, filepath.Ext(f)) + ".gold.json")
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, annotated{filepath.Base(f), data, gold})
	}
	return out
}

// The annotated articles are read no worse than they were: no category falls under its floor, what tells of no incident is
// left alone, and every quote is in its article. With -v each category's score is printed, and what was missed (-) or
// read wrongly (+).
func TestAnnotatedArticles(t *testing.T) {
	t.Parallel()
	reader := extract.New(gazetteer.Default())
	least := map[string]float64{}
	if b, err := os.ReadFile(floors); err == nil {
		for line := range strings.Lines(string(b)) {
			i := strings.LastIndex(line, " ")
			var f float64
			if _, err := fmt.Sscan(line[i:], &f); err != nil {
				t.Fatalf("%s: %q: %v", floors, line, err)
			}
			least[line[:i]] = f
		}
	}
	var reached []string
	for _, set := range []struct {
		name     string
		articles []annotated
	}{{"samples", sampleSet(t)}, {"invented", folder(t, "testdata/articles/*.txt")}, {"pages", folder(t, "testdata/articles/*.html")}} {
		tallies := map[string]tally{}
		for _, x := range set.articles {
			var gold extract.Reading
			if err := json.Unmarshal(x.gold, &gold); err != nil {
				t.Fatalf("%s: %v", x.name, err)
			}
			for a, err := range article.Each(bytes.NewReader(x.data), article.Options{}) {
				if err != nil {
					t.Fatalf("%s: %v", x.name, err)
				}
				compare(t, set.name+"/"+x.name, tallies, statements(reader.Read(&a)), statements(&gold))
			}
		}
		sum, n := 0.0, 0
		for _, c := range categories {
			got := tallies[c]
			if got.read+got.want == 0 {
				continue
			}
			sum, n = sum+got.f1(), n+1
			key := set.name + " " + c
			t.Logf("%-24s %.2f of %d", key, got.f1(), got.want)
			reached = append(reached, fmt.Sprintf("%s %.2f\n", key, math.Floor(got.f1()*100)/100))
			if f, ok := least[key]; !*update && (!ok || got.f1() < f) {
				t.Errorf("%s: %.3f, under its floor %.2f", key, got.f1(), f)
			}
		}
		t.Logf("%-24s %.3f over %d articles", set.name+" mean F1", sum/float64(n), len(set.articles))
	}
	if *update {
		slices.SortStableFunc(reached, func(a, b string) int { return cmp.Compare(strings.Fields(a)[0], strings.Fields(b)[0]) })
		if err := os.WriteFile(floors, []byte(strings.Join(reached, "")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// compare adds one article to the tallies.
func compare(t *testing.T, name string, tallies map[string]tally, read, want map[string][]statement) {
	t.Helper()
	for _, c := range categories {
		left := slices.Clone(want[c])
		got := tallies[c]
		got.read, got.want = got.read+len(read[c]), got.want+len(left)
		for _, s := range read[c] {
			i := slices.IndexFunc(left, func(w statement) bool { return w.what == s.what && alike(w.label, s.label) })
			if i < 0 {
				t.Logf("%s + %s: %s %s", name, c, s.what, s.label)
				continue
			}
			left = slices.Delete(left, i, i+1)
			got.right++
		}
		for _, s := range left {
			t.Logf("%s - %s: %s %s", name, c, s.what, s.label)
		}
		tallies[c] = got
	}
	if len(want["incident kinds"]) == 0 {
		alone := tallies["left alone"]
		alone.read, alone.want = alone.read+1, alone.want+1
		if len(read["incident kinds"]) == 0 {
			alone.right++
		}
		tallies["left alone"] = alone
	}
}
