package identity

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	diff "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"spillover/gazetteer"
	"spillover/ledger"
)

// plainly derives from all edges between all mentions, as one group.
func plainly(records []*ledger.Record, judgements []ledger.Judgement, g *gazetteer.Gazetteer) *Derived {
	j := NewJudged(judgements)
	records = slices.Clone(records)
	slices.SortFunc(records, func(a, b *ledger.Record) int {
		return cmp.Or(cmp.Compare(a.Article.KnownFrom(), b.Article.KnownFrom()), cmp.Compare(a.Article.ID, b.Article.ID))
	})
	whole := &group{records: records, edges: newGrouping(records, j).all(), apart: true}
	slices.SortFunc(whole.edges, byDay)
	out := &Derived{}
	newSweep(whole, j, g, out).run()
	return out
}

// lines are what was derived, sorted.
func lines(t *rapid.T, d *Derived) (all []string) {
	add := func(x any) {
		text, err := json.Marshal(x)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(text))
	}
	for _, c := range d.Claims {
		add(c)
	}
	for _, v := range d.Versions {
		add(v)
	}
	for _, a := range d.Aliases {
		add(a)
	}
	slices.Sort(all)
	return all
}

// few draws some of what there is.
func few(t *rapid.T, name string, most int, from ...string) []string {
	return rapid.SliceOfNDistinct(rapid.SampledFrom(from), 0, most, rapid.ID[string]).Draw(t, name)
}

// randomRecords draws articles of a few councils over half a year; some are undated, some tell of two incidents where several is set.
func randomRecords(t *rapid.T, g *gazetteer.Gazetteer, several bool) (records []*ledger.Record, mentions []string) {
	days := rapid.IntRange(1, 200).Draw(t, "days")
	for i := range rapid.IntRange(1, 14).Draw(t, "articles") {
		day := func(name string) ledger.Date {
			if rapid.IntRange(0, 2).Draw(t, name+" unknown") == 0 {
				return ""
			}
			return ledger.Date(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, days).Draw(t, name)).Format(time.DateOnly))
		}
		a := ledger.Article{ID: fmt.Sprintf("article:%02d", i), PublishedOn: day("published"), Origin: ledger.FromNews}
		r := &ledger.Record{Article: a}
		n := 1
		if several {
			n = rapid.IntRange(1, 2).Draw(t, "mentions")
		}
		for k := range n {
			m := ledger.Mention{ID: fmt.Sprintf("incident:%02d-%d", i, k+1), Article: a.ID, KnownFrom: a.KnownFrom(), PublishedOn: a.PublishedOn,
				IncidentKind: rapid.SampledFrom([]string{"RANSOMWARE", "CYBER_ATTACK", "CYBER_ATTACK", "ACCIDENTAL_DISCLOSURE"}).Draw(t, "kind"), IdentifiedOn: day("identified")}
			if m.IdentifiedOn != "" {
				m.Precision = rapid.SampledFrom([]ledger.Precision{ledger.Day, ledger.Month}).Draw(t, "precision")
			}
			if len(mentions) > 0 && rapid.IntRange(0, 9).Draw(t, "asserted") == 0 {
				m.SameAs = []string{rapid.SampledFrom(mentions).Draw(t, "of")}
			}
			claim := func(p ledger.Predicate, object, value string) {
				c := ledger.Claim{Predicate: p, Subject: m.ID, Object: object, Mention: m.ID, Value: value, Article: a.ID, AssertedOn: a.PublishedOn}
				c.ID = ledger.ClaimID(&c)
				r.Claims = append(r.Claims, c)
			}
			for _, c := range few(t, "struck", 3, "council:leicester", "council:hackney", "council:westminster", "council:kensington-and-chelsea") {
				claim(ledger.Impact, c, ledger.Disrupted)
			}
			for _, x := range few(t, "actors", 1, "actor:inc-ransom", "actor:lockbit") {
				claim(ledger.Attribution, x, "CLAIMED")
			}
			mentions = append(mentions, m.ID)
			r.Mentions = append(r.Mentions, m)
		}
		for k := range r.Mentions {
			Summarise(r, &r.Mentions[k], g)
		}
		records = append(records, r)
	}
	return records, mentions
}

// Leaving out edges changes nothing.
func TestEdgesLeftOut(t *testing.T) {
	t.Parallel()
	g := gazetteer.Default()
	for _, several := range []bool{false, true} {
		rapid.Check(t, func(t *rapid.T) {
			records, mentions := randomRecords(t, g, several)
			var judgements []ledger.Judgement
			for range rapid.IntRange(0, 2).Draw(t, "judgements") {
				pair := rapid.SliceOfNDistinct(rapid.SampledFrom(append(slices.Clone(mentions), "incident:x-1", "incident:x-2")), 2, 2, rapid.ID[string]).Draw(t, "pair")
				judgements = append(judgements, ledger.Judgement{Kind: rapid.SampledFrom([]ledger.JudgementKind{ledger.SameAs, ledger.NotSameAs}).Draw(t, "judged"), A: pair[0], B: pair[1]})
			}
			if d := diff.Diff(lines(t, plainly(records, judgements, g)), lines(t, Derive(records, judgements, g))); d != "" {
				t.Fatal(d)
			}
		})
	}
}

// Witnesses are those that comparing all with all finds.
func TestCopies(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		size := len(ledger.SketchOf("one two three four five six seven eight nine ten eleven twelve one two three four five six seven eight nine ten"))
		var texts [][]uint32
		for i := range rapid.IntRange(1, 20).Draw(t, "texts") {
			var sketch []uint32
			switch rapid.IntRange(0, 5).Draw(t, "sort") {
			case 0: // too short to tell
			case 1:
				sketch = make([]uint32, size)
				for k := range sketch {
					sketch[k] = uint32(i<<16 + k)
				}
			default: // another with some places changed, about as many as may be
				if i > 0 {
					sketch = slices.Clone(texts[rapid.IntRange(0, i-1).Draw(t, "of")])
				}
				changed := rapid.IntRange(0, 30).Draw(t, "changed")
				for n, k := range rapid.Permutation(places(len(sketch))).Draw(t, "places") {
					if n < changed {
						sketch[k] = uint32(i<<16 + k)
					}
				}
			}
			texts = append(texts, sketch)
		}
		copies := newCopies()
		for i, sketch := range texts {
			want := ""
			for k, earlier := range texts[:i] {
				if ledger.NearCopy(earlier, sketch) {
					want = fmt.Sprint(k)
					break
				}
			}
			if got := copies.add(fmt.Sprint(i), sketch); got != want {
				t.Fatalf("text %d is taken for a copy of %q, not of %q", i, got, want)
			}
		}
	})
}

func places(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// BenchmarkOneIncident derives one incident with many mentions, each in an article of its own, near copies of a few texts.
func BenchmarkOneIncident(b *testing.B) {
	g := gazetteer.Default()
	for _, n := range []int{250, 1000, 4000} {
		var records []*ledger.Record
		for i := range n {
			a := ledger.Article{ID: fmt.Sprintf("article:%05d", i), PublishedOn: ledger.Date(fmt.Sprintf("2024-03-%02d", 1+i%20)), Origin: ledger.FromNews}
			text := fmt.Sprintf("story %d of the council that was hit by ransomware ", i%50)
			for k := range 40 {
				text += fmt.Sprintf("word%d of%d ", (i%50)*100+k, k)
			}
			a.Sketch = ledger.SketchOf(text + fmt.Sprint("seen on site ", i))
			m := ledger.Mention{ID: fmt.Sprintf("incident:%05d-1", i), Article: a.ID, KnownFrom: a.KnownFrom(), PublishedOn: a.PublishedOn, IncidentKind: "RANSOMWARE"}
			c := ledger.Claim{Predicate: ledger.Impact, Subject: m.ID, Object: "council:leicester", Mention: m.ID, Value: ledger.Disrupted, Article: a.ID, AssertedOn: a.PublishedOn}
			c.ID = ledger.ClaimID(&c)
			r := &ledger.Record{Article: a, Claims: []ledger.Claim{c}, Mentions: []ledger.Mention{m}}
			Summarise(r, &r.Mentions[0], g)
			records = append(records, r)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				Derive(records, nil, g)
			}
		})
	}
}
