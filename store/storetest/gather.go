package storetest

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"spillover/ledger"
)

// testGather asks the fixture's world at once, and then level by level.
func testGather(t *testing.T, s ledger.Store) {
	apply(t, s, world())
	impacts := []ledger.Predicate{ledger.Impact, ledger.Response}
	shares := []ledger.Predicate{ledger.Membership}
	for _, at := range []ledger.Date{ledger.Undated, eveSecond} {
		for name, reaches := range map[string][]ledger.Reach{
			"nothing beyond": nil,
			"lean":           {{Predicates: impacts}},
			"whole":          {{Predicates: impacts, Words: true, Sources: true, Ends: true}},
			"both ways":      {{Predicates: impacts, Ends: true, Then: []ledger.Reach{{Predicates: shares, Ends: true, Then: []ledger.Reach{{Predicates: shares, Words: true}}}}}},
			"through some":   {{Predicates: impacts, Through: []string{ledger.Compromised}, Then: []ledger.Reach{{Predicates: shares}}}},
			"two of one":     {{Predicates: impacts}, {Predicates: shares, Sources: true}, {Predicates: impacts, Words: true}},
			"none":           {{Predicates: []ledger.Predicate{ledger.DataTaken}, Words: true, Sources: true, Ends: true, Then: []ledger.Reach{{Predicates: shares}}}},
		} {
			t.Run(fmt.Sprint(name, " at ", at), func(t *testing.T) {
				if !gathers(t, s, []string{alder.ID}, at, reaches) {
					t.Error("a council that is there gave nothing")
				}
				gathers(t, s, []string{"incident:first-1", alder.ID, "incident:first-1"}, at, reaches)
				gathers(t, s, []string{"incident:third-1", "no"}, at, reaches)
				gathers(t, s, nil, at, reaches)
				if name != "whole" && name != "both ways" && name != "two of one" {
					return // each tree is a statement that Neo4j must plan
				}
				for _, page := range []ledger.Page{{Limit: 1}, {Limit: 9}, {}, {Limit: 1, WithTotal: true}} {
					lists(t, s, ledger.ListQuery{Kind: ledger.Incident, At: at, Order: ledger.ByDate, Desc: true, Page: page}, reaches)
				}
			})
		}
	}
}

// gathers compares Gather with what the store's other methods give, and is whether it gave anything.
func gathers(t *testing.T, s ledger.Store, ids []string, at ledger.Date, reaches []ledger.Reach) bool {
	t.Helper()
	got := must(s.Gather(t.Context(), ids, at, reaches))(t)
	if got == nil {
		for i, found := range must(s.Things(t.Context(), ids, at))(t) {
			if found == nil || found.ID != ids[i] {
				return false
			}
		}
		t.Errorf("nothing of %q at %s, which are all there", ids, at)
		return false
	}
	for _, id := range ids {
		sameGathered(t, s, got.Part([]string{id}, reaches), []string{id}, at, reaches)
	}
	sameGathered(t, s, got, ids, at, reaches)
	return true
}

// sameGathered compares what was gathered with what is asked level by level.
func sameGathered(t *testing.T, s ledger.Store, got *ledger.Gathered, ids []string, at ledger.Date, reaches []ledger.Reach) {
	t.Helper()
	want := must(ledger.GatherByLevel(t.Context(), s, ids, at, reaches))(t)
	for _, g := range []*ledger.Gathered{got, want} {
		for b, bunch := range g.Bunches {
			if want.Bunches[b].Whole {
				continue
			}
			bunch.Whole, bunch.Claims = false, slices.Clone(bunch.Claims) // they may be whole where lean ones were asked for, and others' too
			for i := range bunch.Claims {
				c := new(*bunch.Claims[i])
				bunch.Claims[i] = c
				c.Subject, c.Object, c.Quote, c.Start, c.End, c.Speaker, c.KnownFrom, c.KnownUntil = "", "", "", 0, 0, "", "", ""
			}
			g.Bunches[b] = bunch
		}
	}
	same(t, fmt.Sprintf("of %q at %s: %+v", ids, at, reaches), want, got)
}

// lists compares a list with what is wanted of its things with the list alone, and then with these.
func lists(t *testing.T, s ledger.Store, q ledger.ListQuery, reaches []ledger.Reach) {
	t.Helper()
	with := q
	with.Then = reaches
	sameList(t, s, q, reaches, must(s.List(t.Context(), with))(t))
}

// sameList compares a list that was asked for with reaches with the list alone, and then with these.
func sameList(t *testing.T, s ledger.Store, q ledger.ListQuery, reaches []ledger.Reach, got *ledger.ListPage) {
	t.Helper()
	alone := must(s.List(t.Context(), q))(t)
	found := got.Gathered
	got.Gathered = nil
	same(t, fmt.Sprintf("%+v", q), alone, got)
	if found == nil {
		return
	}
	var ids []string
	for _, item := range got.Items {
		ids = append(ids, item.Thing.ID)
	}
	sameGathered(t, s, found, ids, q.At, reaches)
}

// testListsAtOnce asks for lists that differ in what they are narrowed to, many at the same time: a store may answer some of them together.
func testListsAtOnce(t *testing.T, s ledger.Store) {
	apply(t, s, world())
	reaches := []ledger.Reach{{Predicates: []ledger.Predicate{ledger.Impact}, Ends: true, Then: []ledger.Reach{{Predicates: []ledger.Predicate{ledger.Membership}, Words: true, Sources: true}}}}
	for _, at := range []ledger.Date{ledger.Undated, eveSecond} {
		var asked []ledger.ListQuery
		for _, limit := range []int{1, 9} {
			for _, since := range []ledger.Date{"", "2001-01-01", "9999-01-01"} {
				asked = append(asked, ledger.ListQuery{Kind: ledger.Incident, At: at, Order: ledger.ByDate, Desc: true, Since: since, Page: ledger.Page{Limit: limit}})
			}
			for _, kind := range []ledger.Kind{ledger.Incident, ledger.Council, ledger.Agency} {
				asked = append(asked, ledger.ListQuery{Kind: kind, At: at, Page: ledger.Page{Limit: limit}},
					ledger.ListQuery{Kind: kind, At: at, Page: ledger.Page{Limit: limit, Backward: true}})
			}
		}
		asked = slices.Concat(asked, asked, asked, asked)
		pages, errs := make([]*ledger.ListPage, len(asked)), make([]error, len(asked))
		var wg sync.WaitGroup
		for i, q := range asked {
			q.Then = reaches
			wg.Go(func() { pages[i], errs[i] = s.List(t.Context(), q) })
		}
		wg.Wait()
		for i, q := range asked {
			sameList(t, s, q, reaches, must(pages[i], errs[i])(t))
		}
	}
}

// reaches are some, with what they lead to.
func (r random) reaches(depth int) (all []ledger.Reach) {
	if depth == 0 {
		return nil
	}
	for range 1 + r.IntN(2) {
		all = append(all, ledger.Reach{Predicates: pick(r, []ledger.Predicate{ledger.Impact}, []ledger.Predicate{ledger.Response, ledger.Impact}, ledger.Predicates),
			Words: r.IntN(2) == 0, Sources: r.IntN(2) == 0, Ends: r.IntN(2) == 0, Through: pick(r, nil, nil, []string{"A", "B"}), Then: r.reaches(depth - 1)})
	}
	return all
}
