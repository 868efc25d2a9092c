package storetest

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"spillover/ledger"
)

// testRandom makes random changes and asks random questions, and has a model answer them too. What is random is the same in each run.
func testRandom(t *testing.T, s ledger.Store) {
	r := random{rand.New(rand.NewPCG(20240310, 1))}
	m := newModel()
	ctx := t.Context()
	for step := range 60 {
		c := r.change()
		apply(t, s, c)
		m.apply(c)
		if step%6 == 0 { // each tree is a statement that Neo4j must plan
			gathers(t, s, r.ids(), r.at(), r.reaches(2))
		}
		for i := range 5 {
			what := func(q any) string { return fmt.Sprintf("after step %d: %T %+v", step, q, q) }
			at, ids := r.at(), r.ids()
			var things []*ledger.Thing
			var spans []ledger.SpanOf
			for _, id := range ids {
				things, spans = append(things, m.thing(id, at)), append(spans, m.span(id, at))
			}
			same(t, what(at)+" things", things, must(s.Things(ctx, ids, at))(t))
			same(t, what(at)+" spans", spans, must(s.Spans(ctx, ids, at))(t))
			same(t, what(at)+" counts", m.counts(at), must(s.Counts(ctx, at))(t))

			list := ledger.ListQuery{Kind: pick(r, ledger.Kinds...), At: r.at(), Order: pick(r, ledger.ByName, ledger.ByDate), Desc: r.IntN(2) == 0}
			list.Page = r.page(func(p ledger.Page) []ledger.ListItem { whole := list; whole.Page = p; return m.list(whole).Items })
			list.Words, list.Since, list.Until = pick(r, nil, nil, []string{"a"}, []string{"council", "b"}), pick(r, "", "", r.day()), pick(r, "", "", r.day())
			list.Facets = pick(r, nil, nil, [][]string{{"kind:RANSOMWARE", "nation:England"}}, [][]string{{"ceased:no"}, {"nation:Wales", "region:East"}}, [][]string{{"origin:ARTICLE"}})
			same(t, what(list), m.list(list), must(s.List(ctx, list))(t))
			if step%6 == 3 && i == 0 {
				lists(t, s, list, r.reaches(2))
			}
			same(t, "tally of "+what(list), m.tally(list, "nation", "kind"), must(s.Tally(ctx, list, []string{"nation", "kind"}))(t))

			search := ledger.SearchQuery{Words: []string{pick(r, "a", "co", "incident", "birch")}, Key: pick(r, "", "a", "alder", "alder incident"), At: r.at()}
			search.Kinds = pick(r, nil, nil, []ledger.Kind{ledger.Incident, ledger.ArticleKind}, ledger.Kinds)
			search.Page = r.page(func(p ledger.Page) []ledger.ListItem { whole := search; whole.Page = p; return m.search(whole).Items })
			same(t, what(search), m.search(search), must(s.Search(ctx, search))(t))

			claims := ledger.ClaimQuery{At: r.at(), IDs: pick(r, nil, ids, ids), Towards: pick(r, ledger.Either, ledger.Out, ledger.In, ledger.MadeBy),
				Claims: pick(r, nil, nil, []string{"claim:1", "claim:2", "claim:3"}), Predicates: pick(r, nil, []ledger.Predicate{ledger.Impact, ledger.Response}),
				Values: pick(r, nil, nil, []string{"A", "B"}), Article: pick(r, "", "", "article:1"), Since: pick(r, "", "", r.day()), Until: pick(r, "", "", r.day())}
			claims.Page = r.page(func(p ledger.Page) (items []ledger.ListItem) {
				for _, c := range m.claimsOf("", ledger.ClaimQuery{At: claims.At, Page: p}).Claims {
					items = append(items, ledger.ListItem{Cursor: ledger.ClaimCursor(c)})
				}
				return items
			})
			want := []ledger.ClaimPage{m.claimsOf("", claims)}
			if claims.IDs != nil {
				want = nil
				for _, id := range claims.IDs {
					want = append(want, m.claimsOf(id, claims))
				}
			}
			same(t, what(claims), want, must(s.Claims(ctx, claims))(t))
			if t.Failed() {
				return
			}
		}
	}
}

// random makes changes and questions of few ids, days and names, so that they meet.
type random struct{ *rand.Rand }

func pick[T any](r random, values ...T) T { return values[r.IntN(len(values))] }

var (
	randomDays  = []ledger.Date{ledger.Always, "2024-01-01", "2024-01-02", "2024-02-01", ledger.Undated, ledger.Forever}
	randomNames = []string{"Alder", "Alder Council", "Council of Alder", "Birch Incident", "alder incident", "Ådler"}
)

func (r random) at() ledger.Date { return randomDays[r.IntN(len(randomDays)-1)] }

// day is a publication day, or "".
func (r random) day() ledger.Date {
	return pick[ledger.Date](r, "", "2024-01-01", "2024-01-02", "2024-02-01")
}

// span is one of the times between two days of knowledge, or from one for ever. Those of one key do not overlap.
func (r random) span() (from, until ledger.Date) {
	i := r.IntN(len(randomDays) - 1)
	return randomDays[i], randomDays[i+1]
}

func (r random) thing() ledger.Thing {
	return ledger.Thing{ID: fmt.Sprint("council:", r.IntN(6)), Kind: ledger.Council, Name: pick(r, randomNames...), Nation: pick(r, "England", "Wales"),
		Region: pick(r, "", "East"), Reference: r.IntN(3) == 0}
}

func (r random) id() string {
	return pick(r, fmt.Sprint("council:", r.IntN(6)), fmt.Sprint("incident:", r.IntN(6)), fmt.Sprint("incident:", r.IntN(6)), fmt.Sprint("article:", r.IntN(6)), "none")
}

func (r random) ids() []string {
	ids := make([]string, 1+r.IntN(6))
	for i := range ids {
		ids[i] = r.id()
	}
	return ids
}

// page is a page around items that there are.
func (r random) page(items func(ledger.Page) []ledger.ListItem) ledger.Page {
	p := ledger.Page{Limit: pick(r, 0, 1, 2, 3, 100), Backward: r.IntN(2) == 0, WithTotal: r.IntN(2) == 0}
	all := items(ledger.Page{Limit: 1000})
	if len(all) > 0 && r.IntN(2) == 0 {
		p.After = &all[r.IntN(len(all))].Cursor
	}
	if len(all) > 0 && r.IntN(2) == 0 {
		p.Before = &all[r.IntN(len(all))].Cursor
	}
	return p
}

func (r random) change() *ledger.Change {
	c := &ledger.Change{}
	for range r.IntN(3) {
		rec := record(fmt.Sprint(r.IntN(6)), r.day())
		rec.Article.Origin = pick(r, ledger.FromNews, ledger.FromNews, ledger.FromDataSet, ledger.FromAnalyst)
		rec.Article.Title = pick(r, randomNames...)
		seen := map[string]bool{}
		for range r.IntN(4) {
			if thing := r.thing(); !seen[thing.ID] {
				rec.Things, seen[thing.ID] = append(rec.Things, thing), true
			}
		}
		c.PutRecords = append(c.PutRecords, rec)
	}
	for range 1 + r.IntN(4) {
		v := incident(fmt.Sprint(r.IntN(6)), pick(r, randomNames...), r.day(), "", "")
		v.From, v.Until = r.span()
		c.PutVersions = append(c.PutVersions, v)
		claim := ledger.Claim{ID: fmt.Sprint("claim:", r.IntN(12)), Predicate: pick(r, ledger.Impact, ledger.Response, ledger.Service), From: r.id(),
			To: r.id(), Value: pick(r, "A", "B", "C"), Article: fmt.Sprint("article:", r.IntN(6)), AssertedOn: r.day()}
		claim.KnownFrom, claim.KnownUntil = r.span()
		c.PutClaims = append(c.PutClaims, claim)
		a := ledger.Alias{ID: fmt.Sprint("incident:", r.IntN(6)), To: fmt.Sprint("incident:", r.IntN(6)), Source: pick(r, "a", "b")}
		a.From, a.Until = r.span()
		c.PutAliases = append(c.PutAliases, a)
	}
	for range r.IntN(3) {
		from, _ := r.span()
		c.DropRecords = append(c.DropRecords, fmt.Sprint("article:", r.IntN(6)))
		c.DropVersions = append(c.DropVersions, ledger.Version{Thing: ledger.Thing{ID: fmt.Sprint("incident:", r.IntN(6))}, From: from})
		c.DropClaims = append(c.DropClaims, ledger.Claim{ID: fmt.Sprint("claim:", r.IntN(12)), KnownFrom: from})
		c.DropAliases = append(c.DropAliases, ledger.Alias{ID: fmt.Sprint("incident:", r.IntN(6)), To: fmt.Sprint("incident:", r.IntN(6)), From: from, Source: pick(r, "a", "b")})
	}
	return c
}
