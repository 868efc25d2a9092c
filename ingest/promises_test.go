package ingest

import (
	"bytes"
	"cmp"
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"spillover/extract"
	"spillover/gazetteer"
	"spillover/identity"
	"spillover/ledger"
	"spillover/store/sqlite"
)

// Each check makes two or three databases. A search for rare worlds asks for more: go test ./ingest -rapid.checks=1000.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "30"); err != nil {
		panic(err)
	}
	m.Run()
}

// A world is a set of articles that are about few councils and few weeks, so that their incidents meet, part and
// contradict each other in every way that the rules tell apart.
func world(t *rapid.T) []*ledger.Record {
	g := gazetteer.Default()
	n := rapid.IntRange(1, 9).Draw(t, "articles")
	records := make([]*ledger.Record, n)
	for i := range records {
		records[i] = madeUp(t, g, i)
	}
	return records
}

var (
	places = []string{"council:westminster", "council:kensington-and-chelsea", "council:hammersmith-and-fulham", "council:leicester",
		"council:canterbury", "council:dover", "council:thanet"}
	days = []ledger.Date{"", "2024-01-10", "2024-01-20", "2024-02-25", "2024-03-05", "2024-06-01", "2024-07-15"}
)

// madeUp is the record of a made-up article: its reading is drawn, its claims follow from it.
func madeUp(t *rapid.T, g *gazetteer.Gazetteer, n int) *ledger.Record {
	pick := func(from []string, label string) string { return rapid.SampledFrom(from).Draw(t, label) }
	text := fmt.Sprintf("Article %d. It says this.", n)
	if rapid.Bool().Draw(t, "wire") {
		text += " " + strings.Repeat("The same words of an agency stand on many sites and nobody wrote them anew for this one. ", 3)
	}
	a := ledger.Article{Title: fmt.Sprint("Title ", n), Publisher: pick([]string{"", "Times", "Echo"}, "publisher"), URL: fmt.Sprint("https://example.org/", n),
		PublishedOn: rapid.SampledFrom(days).Draw(t, "published"), Text: text, Digest: ledger.Digest(text), Origin: ledger.FromNews, Sketch: ledger.SketchOf(text)}
	a.ID = ledger.ArticleID(a.URL, a.Digest)
	ev := extract.Evidence{Quote: "It says this.", Start: len(fmt.Sprintf("Article %d. ", n)), Certainty: ledger.Stated}
	ev.End = ev.Start + len(ev.Quote)
	r := &extract.Reading{}
	for k := range rapid.IntRange(1, 2).Draw(t, "incidents") {
		in := extract.Incident{ID: fmt.Sprint("i", k+1), Kind: pick([]string{"CYBER_ATTACK", "RANSOMWARE", "DENIAL_OF_SERVICE"}, "kind")}
		if day := rapid.SampledFrom(days).Draw(t, "identified"); day != "" {
			on, precision := string(day), "DAY"
			in.IdentifiedOn, in.Precision = &on, &precision
		}
		for _, id := range rapid.SliceOfNDistinct(rapid.SampledFrom(places), 1, 3, rapid.ID[string]).Draw(t, "councils") {
			c, _ := g.CouncilByID(id)
			in.Councils = append(in.Councils, extract.CouncilImpact{Name: c.Name, GSS: c.GSS, ID: id, Evidence: ev,
				Impact: pick([]string{"COMPROMISED", "DISRUPTED", "SUSPECTED", "UNAFFECTED"}, "impact")})
		}
		if rapid.Bool().Draw(t, "shared") {
			x := extract.Arrangement{Kind: pick([]string{"JOINT_SERVICE", "SHARED_SYSTEM"}, "arrangement"), Evidence: ev}
			for _, id := range rapid.SliceOfNDistinct(rapid.SampledFrom(places), 2, 4, rapid.ID[string]).Draw(t, "members") {
				c, _ := g.CouncilByID(id)
				x.Members = append(x.Members, c.Name)
			}
			if rapid.IntRange(0, 3).Draw(t, "named") == 0 {
				name := "Joint Desk"
				x.Name = &name
			}
			in.Arrangements = append(in.Arrangements, x)
		}
		if rapid.IntRange(0, 2).Draw(t, "actor") == 0 {
			in.Actors = []extract.ActorRole{{ID: pick([]string{"actor:inc-ransom", "actor:medusa"}, "who"), Attribution: "CLAIMED", Evidence: ev}}
		}
		in.Agencies = []extract.AgencyRole{{ID: "agency:ncsc", Role: "SUPPORTING", Evidence: ev}}
		r.Incidents = append(r.Incidents, in)
	}
	r.Officials = []extract.Official{{Name: "Ann Other", Role: pick([]string{"leader", "Leader of the council"}, "role"), ID: "council:leicester", Evidence: ev}}
	return identity.NewRecord(&a, r, g)
}

func open(t testing.TB) ledger.Store {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "test.db"))
}

func openAt(t testing.TB, path string) ledger.Store {
	t.Helper()
	store, err := sqlite.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close(context.Background()) })
	return store
}

// fresh is an empty store for one draw of a property. Its folder goes with the test.
func fresh(t *rapid.T, tb testing.TB) (*Pipeline, ledger.Store) {
	t.Helper()
	s := open(tb)
	return New(s, gazetteer.Default()), s
}

func put(t rapid.TB, p *Pipeline, records ...*ledger.Record) {
	t.Helper()
	if _, err := p.Put(context.Background(), records); err != nil {
		t.Fatal(err)
	}
}

func export(t rapid.TB, p *Pipeline) string {
	t.Helper()
	var b bytes.Buffer
	if err := p.Export(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The first promise: any order, any batching, any repetition, any number of loaders at once.
func TestGraphIsAFunctionOfItsArticles(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		records := world(rt)
		p, _ := fresh(rt, t)
		put(rt, p, records...)
		want := export(rt, p)

		p, _ = fresh(rt, t)
		order := rapid.Permutation(append(slices.Clone(records), records...)).Draw(rt, "order")
		size := rapid.IntRange(1, 4).Draw(rt, "batch")
		var wg sync.WaitGroup
		for batch := range slices.Chunk(order, size) {
			if rapid.Bool().Draw(rt, "at once") {
				wg.Go(func() {
					if _, err := p.Put(context.Background(), batch); err != nil {
						t.Error(err)
					}
				})
			} else {
				put(rt, p, batch...)
			}
		}
		wg.Wait()
		if diff := gocmp.Diff(want, export(rt, p)); diff != "" {
			rt.Fatal(diff)
		}
	})
}

// The second: a retracted article leaves no trace; nor does a judgement that is taken back.
func TestRetractionLeavesNoTrace(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		records := world(rt)
		stay := rapid.IntRange(0, len(records)-1).Draw(rt, "stay")
		p, _ := fresh(rt, t)
		put(rt, p, records[:stay]...)
		want := export(rt, p)
		put(rt, p, records[stay:]...)
		var ids, mentions []string
		for _, r := range records {
			for _, m := range r.Mentions {
				mentions = append(mentions, m.ID)
			}
		}
		for _, r := range records[stay:] {
			ids = append(ids, r.Article.ID)
		}
		if pair := rapid.Permutation(mentions).Draw(rt, "judged"); len(pair) > 1 {
			kind := rapid.SampledFrom([]ledger.JudgementKind{ledger.SameAs, ledger.NotSameAs}).Draw(rt, "judgement")
			j, err := p.Judge(context.Background(), kind, pair[0], pair[1], By{Author: "analyst", Reason: "because"})
			if err != nil {
				rt.Fatal(err)
			}
			if err := p.RetractJudgement(context.Background(), j.ID, By{}); err != nil {
				rt.Fatal(err)
			}
		}
		gone, err := p.Retract(context.Background(), ids, By{})
		if err != nil || len(gone) != len(ids) {
			rt.Fatalf("%v gone of %v: %v", gone, ids, err)
		}
		if diff := gocmp.Diff(want, export(rt, p)); diff != "" {
			rt.Fatal(diff)
		}
	})
}

// seen is all that a store shows on a day of knowledge, but for the days between which it is known.
func seen(t rapid.TB, s ledger.Store, at ledger.Date, mentions []string) string {
	ctx := context.Background()
	var b strings.Builder
	for _, kind := range ledger.Kinds {
		page, err := s.List(ctx, ledger.ListQuery{Kind: kind, At: at, Order: ledger.ByDate, Page: ledger.Page{Limit: 1000}})
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range page.Items {
			fmt.Fprintf(&b, "%+v\n", item)
		}
	}
	pages, err := s.Claims(ctx, ledger.ClaimQuery{At: at, Page: ledger.Page{Limit: -1}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range pages[0].Claims {
		c.KnownFrom, c.KnownUntil = "", ""
		fmt.Fprintf(&b, "%+v\n", c)
	}
	things, err := s.Things(ctx, mentions, at)
	if err != nil {
		t.Fatal(err)
	}
	for i, thing := range things {
		fmt.Fprintf(&b, "%s is %+v\n", mentions[i], thing)
	}
	return b.String()
}

// The fourth: as of a day, the graph is that of the articles published by then.
func TestAsOfIsTheGraphOfTheArticlesByThen(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		records := world(rt)
		whole, all := fresh(rt, t)
		put(rt, whole, rapid.Permutation(records).Draw(rt, "order")...)
		var mentions []string
		for _, r := range records {
			for _, m := range r.Mentions {
				mentions = append(mentions, m.ID)
			}
		}
		day := rapid.SampledFrom(days[1:]).Draw(rt, "day")
		then, some := fresh(rt, t)
		for _, r := range records {
			if on := r.Article.PublishedOn; on != "" && on <= day {
				put(rt, then, r)
			}
		}
		if diff := gocmp.Diff(seen(rt, some, ledger.Undated, mentions), seen(rt, all, day, mentions)); diff != "" {
			rt.Fatal(diff)
		}
	})
}

// The seventh and the eighth: ids resolve however articles come, and what is derived can be dropped and rebuilt.
func TestDerivedIsDerivable(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		records := world(rt)
		p, s := fresh(rt, t)
		var mentions []string
		for _, r := range records {
			put(rt, p, r)
			for _, m := range r.Mentions {
				mentions = append(mentions, m.ID)
			}
			things, err := s.Things(context.Background(), mentions, ledger.Undated)
			if err != nil {
				rt.Fatal(err)
			}
			for i, thing := range things {
				if thing == nil || thing.Kind != ledger.Incident || !slices.Contains(thing.Mentions, mentions[i]) {
					rt.Fatalf("%s resolves to %+v", mentions[i], thing)
				}
			}
		}
		want, shown := export(rt, p), seen(rt, s, ledger.Undated, mentions)
		early := seen(rt, s, "2024-02-01", mentions)
		if err := p.Rebuild(context.Background()); err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Or(gocmp.Diff(want, export(rt, p)), gocmp.Diff(shown, seen(rt, s, ledger.Undated, mentions)), gocmp.Diff(early, seen(rt, s, "2024-02-01", mentions))); diff != "" {
			rt.Fatal(diff)
		}
		// What was exported can be imported elsewhere, and is the same there.
		other, _ := fresh(rt, t)
		if _, err := other.Import(context.Background(), strings.NewReader(want)); err != nil {
			rt.Fatal(err)
		}
		if diff := gocmp.Diff(want, export(rt, other)); diff != "" {
			rt.Fatal(diff)
		}
	})
}
