package storetest

import (
	"fmt"
	"slices"
	"testing"

	"spillover/ledger"
)

// sortedClaims are claims in their order: the newest first, the undated last, then by id.
func sortedClaims(claims ...ledger.Claim) []*ledger.Claim {
	sorted := make([]*ledger.Claim, len(claims))
	for i := range claims {
		sorted[i] = &claims[i]
	}
	slices.SortFunc(sorted, ledger.NewestFirst)
	return sorted
}

func testClaims(t *testing.T, s ledger.Store) {
	w := world()
	apply(t, s, w)
	c := w.PutClaims
	inHub1, inHub2, compromised, suspected, joined, response, disrupted := c[0], c[1], c[2], c[3], c[4], c[5], c[6]
	all := ledger.Page{Limit: -1, WithTotal: true}
	ids := []string{alder.ID, "incident:first-1", "incident:third-1", hub.ID, cedar.ID, "no", alder.ID}
	for _, test := range []struct {
		name    string
		at      ledger.Date
		towards ledger.Towards
		want    [][]ledger.Claim
	}{
		{"either", ledger.Undated, ledger.Either, [][]ledger.Claim{{inHub1, compromised}, {compromised, joined, response}, {}, {inHub1, inHub2}, {disrupted}, {}, {inHub1, compromised}}},
		{"out", ledger.Undated, ledger.Out, [][]ledger.Claim{{inHub1}, {compromised, joined}, {}, {}, {}, {}, {inHub1}}},
		{"in", ledger.Undated, ledger.In, [][]ledger.Claim{{compromised}, {response}, {}, {inHub1, inHub2}, {disrupted}, {}, {compromised}}},
		{"before they were one", eveSecond, ledger.Either, [][]ledger.Claim{{inHub1, compromised}, {compromised}, {suspected}, {inHub1, inHub2}, {}, {}, {inHub1, compromised}}},
		{"before any article", eveFirst, ledger.Either, [][]ledger.Claim{{inHub1}, {}, {}, {inHub1, inHub2}, {}, {}, {inHub1}}},
	} {
		var want []ledger.ClaimPage
		for _, claims := range test.want {
			want = append(want, ledger.ClaimPage{Claims: sortedClaims(claims...), Total: len(claims)})
		}
		same(t, test.name, want, must(s.Claims(t.Context(), ledger.ClaimQuery{IDs: ids, Towards: test.towards, At: test.at, Page: all}))(t))
	}
	made := must(s.Claims(t.Context(), ledger.ClaimQuery{IDs: []string{"article:second", "article:gazetteer", "article:third", alder.ID, "no"}, Towards: ledger.MadeBy, At: daySecond, Page: all}))(t)
	same(t, "made by articles", []ledger.ClaimPage{{Claims: sortedClaims(response), Total: 1}, {Claims: sortedClaims(inHub1, inHub2), Total: 2}, {Claims: sortedClaims(joined), Total: 1}, {}, {}}, made)
	whole := sortedClaims(inHub1, inHub2, compromised, joined, response, disrupted)
	same(t, "the whole graph", []ledger.ClaimPage{{Claims: whole, Total: 6}}, must(s.Claims(t.Context(), ledger.ClaimQuery{At: ledger.Undated, Page: all}))(t))
	if last := whole[5]; last.AssertedOn != "" {
		t.Fatalf("the fixture has no undated claim")
	}

	// One thing may be both ends of a claim, which is still one claim.
	self := claim(ledger.Impact, "incident:self", "incident:self", "X", &w.PutRecords[1].Article)
	apply(t, s, &ledger.Change{PutClaims: []ledger.Claim{self}})
	for _, towards := range []ledger.Towards{ledger.Either, ledger.Out, ledger.In} {
		same(t, "a loop", []ledger.ClaimPage{{Claims: sortedClaims(self), Total: 1}},
			must(s.Claims(t.Context(), ledger.ClaimQuery{IDs: []string{"incident:self"}, Towards: towards, At: ledger.Undated, Page: all}))(t))
	}

	// A claim put again replaces the one with its id and first day, and only that.
	changed := joined
	changed.To, changed.Value = alder.ID, ledger.Disrupted
	apply(t, s, &ledger.Change{PutClaims: []ledger.Claim{changed}})
	find := func(at ledger.Date) []*ledger.Claim {
		pages := must(s.Claims(t.Context(), ledger.ClaimQuery{Article: "article:third", At: at, Page: all}))(t)
		return pages[0].Claims
	}
	same(t, "replaced", sortedClaims(changed), find(daySecond))
	same(t, "not replaced", sortedClaims(suspected), find(eveSecond))
	apply(t, s, &ledger.Change{DropClaims: []ledger.Claim{{ID: changed.ID, KnownFrom: changed.KnownFrom}, {ID: "claim:none", KnownFrom: dayFirst}}})
	same(t, "dropped", sortedClaims(), find(daySecond))
	same(t, "not dropped", sortedClaims(suspected), find(eveSecond))
}

func testClaimFilters(t *testing.T, s ledger.Store) {
	w := world()
	apply(t, s, w)
	c := w.PutClaims
	inHub1, inHub2, compromised, joined, response, disrupted := c[0], c[1], c[2], c[4], c[5], c[6]
	for _, test := range []struct {
		name string
		q    ledger.ClaimQuery
		want []ledger.Claim
	}{
		{"one predicate", ledger.ClaimQuery{Predicates: []ledger.Predicate{ledger.Membership}}, []ledger.Claim{inHub1, inHub2}},
		{"two predicates", ledger.ClaimQuery{Predicates: []ledger.Predicate{ledger.Membership, ledger.Response}}, []ledger.Claim{inHub1, inHub2, response}},
		{"a predicate without claims", ledger.ClaimQuery{Predicates: []ledger.Predicate{ledger.Service}}, nil},
		{"no predicates", ledger.ClaimQuery{Predicates: []ledger.Predicate{}}, []ledger.Claim{inHub1, inHub2, compromised, joined, response, disrupted}},
		{"ids", ledger.ClaimQuery{Claims: []string{joined.ID, response.ID, "claim:none", response.ID}}, []ledger.Claim{joined, response}},
		{"ids of a thing", ledger.ClaimQuery{Claims: []string{joined.ID, response.ID}, IDs: []string{birch.ID}}, []ledger.Claim{joined}},
		{"no ids", ledger.ClaimQuery{Claims: []string{}, Article: "article:second"}, []ledger.Claim{response}},
		{"an article", ledger.ClaimQuery{Article: "article:second"}, []ledger.Claim{response}},
		{"values", ledger.ClaimQuery{Values: []string{ledger.Compromised, ledger.Disrupted, "compromised"}}, []ledger.Claim{compromised, disrupted}},
		{"no values", ledger.ClaimQuery{Values: []string{}, Article: "article:second"}, []ledger.Claim{response}},
		{"since", ledger.ClaimQuery{Since: dayThird}, []ledger.Claim{joined, response}},
		{"until", ledger.ClaimQuery{Until: dayThird}, []ledger.Claim{compromised, joined}},
		{"on a day", ledger.ClaimQuery{Since: dayThird, Until: dayThird}, []ledger.Claim{joined}},
		{"of an id, all together", ledger.ClaimQuery{IDs: []string{"incident:first-1"}, Towards: ledger.Out, Predicates: []ledger.Predicate{ledger.Impact},
			Values: []string{ledger.Suspected, ledger.Compromised}, Since: dayThird, Until: daySecond, Article: "article:third"}, []ledger.Claim{joined}},
	} {
		test.q.At, test.q.Page = ledger.Undated, ledger.Page{Limit: -1, WithTotal: true}
		want := []ledger.ClaimPage{{Claims: sortedClaims(test.want...), Total: len(test.want)}}
		same(t, test.name, want, must(s.Claims(t.Context(), test.q))(t))
	}
}

// testClaimPages reads claims with ties in pages, of the whole graph and of two ids at once.
func testClaimPages(t *testing.T, s ledger.Store) {
	var claims []ledger.Claim
	for i := range 30 {
		a := ledger.Article{ID: fmt.Sprintf("article:%d", i), PublishedOn: []ledger.Date{"2024-01-01", "", "2023-01-01"}[i%3]}
		claims = append(claims, claim(ledger.Impact, "incident:i", fmt.Sprintf("council:%d", i), ledger.Disrupted, &a))
	}
	apply(t, s, &ledger.Change{PutClaims: claims})
	var want []string
	for _, c := range sortedClaims(claims...) {
		want = append(want, c.ID)
	}
	asPage := func(p ledger.ClaimPage) *ledger.ListPage {
		page := &ledger.ListPage{HasMore: p.HasMore, Total: p.Total}
		for _, c := range p.Claims {
			page.Items = append(page.Items, ledger.ListItem{Thing: ledger.Thing{ID: c.ID}, Cursor: ledger.ClaimCursor(c)})
		}
		return page
	}
	pages(t, "claims of the graph", want, func(p ledger.Page) *ledger.ListPage {
		return asPage(must(s.Claims(t.Context(), ledger.ClaimQuery{At: ledger.Undated, Page: p}))(t)[0])
	})
	pages(t, "claims of an id", want, func(p ledger.Page) *ledger.ListPage {
		got := must(s.Claims(t.Context(), ledger.ClaimQuery{IDs: []string{"council:3", "incident:i"}, At: ledger.Undated, Page: p}))(t)
		if n := len(got[0].Claims); n > 1 || p.After == nil && p.Before == nil && p.Limit > 0 && n != 1 || got[0].HasMore {
			t.Errorf("a page of another id has %d claims, more: %t", n, got[0].HasMore)
		}
		return asPage(got[1])
	})
}

// testManyIDs asks for 5,000 ids at once, some twice.
func testManyIDs(t *testing.T, s ledger.Store) {
	w := world()
	apply(t, s, w)
	ids := make([]string, 5000)
	for i := range ids {
		ids[i] = fmt.Sprintf("council:%d", i)
	}
	ids[7], ids[4999] = alder.ID, alder.ID
	ids[8] = "incident:third-1"
	ids[9] = "article:first"
	ctx := t.Context()
	things := must(s.Things(ctx, ids, ledger.Undated))(t)
	if len(things) != 5000 || things[0] != nil || things[7] == nil || things[4999] == nil || things[8] == nil || things[8].ID != "incident:first-1" {
		t.Errorf("5,000 things are not aligned")
	}
	if articles := must(s.Articles(ctx, ids, ledger.Undated, false))(t); len(articles) != 5000 || articles[9] == nil || articles[8] != nil {
		t.Errorf("5,000 articles are not aligned")
	}
	if mentions := must(s.Mentions(ctx, ids, ledger.Undated))(t); len(mentions) != 5000 || mentions[8] == nil || mentions[8].ID != ids[8] || mentions[9] != nil {
		t.Errorf("5,000 mentions are not aligned")
	}
	if spans := must(s.Spans(ctx, ids, ledger.Undated))(t); len(spans) != 5000 || spans[4999].First != dayFirst || spans[0].First != "" {
		t.Errorf("5,000 spans are not aligned")
	}
	claims := must(s.Claims(ctx, ledger.ClaimQuery{IDs: ids, At: ledger.Undated, Page: ledger.Page{Limit: 1, WithTotal: true}}))(t)
	if len(claims) != 5000 || claims[4999].Total != 2 || len(claims[4999].Claims) != 1 || !claims[4999].HasMore || claims[0].Total != 0 {
		t.Errorf("5,000 pages of claims are not aligned")
	}
	list := must(s.List(ctx, ledger.ListQuery{Kind: ledger.Council, At: ledger.Undated, Facets: [][]string{append(slices.Clone(ids), "nation:Wales")}, Page: ledger.Page{Limit: 9}}))(t)
	same(t, "a list with a group of 5,001 facets", []string{cedar.ID}, idsOf(list))
	inside(t, s, func(tx ledger.Tx) error {
		records, err := tx.Records(ctx, ids)
		if err == nil && (len(records) != 5000 || records[9] == nil || records[0] != nil) {
			t.Errorf("5,000 records are not aligned")
		}
		if err != nil {
			return err
		}
		mentions, err := tx.MentionsByID(ctx, append(slices.Clone(ids), "incident:undated-1"))
		if err == nil && len(mentions) != 2 {
			t.Errorf("5,001 mention ids give %d mentions, want 2", len(mentions))
		}
		if err != nil {
			return err
		}
		if mentions, err = tx.MentionsByKey(ctx, append(slices.Clone(ids), "key:cedar")); err == nil && len(mentions) != 1 {
			t.Errorf("5,001 keys give %d mentions, want 1", len(mentions))
		}
		if err != nil {
			return err
		}
		about, err := tx.ArticlesAbout(ctx, ids)
		if err == nil && len(about) != 3 {
			t.Errorf("5,000 things are in %v", about)
		}
		return err
	})

	// And 5,000 of everything in one change.
	big := &ledger.Change{}
	a := ledger.Article{ID: "article:big", PublishedOn: dayFirst}
	for i := range 5000 {
		big.PutVersions = append(big.PutVersions, incident(fmt.Sprintf("big%d", i), "Big", "", ledger.Always, ledger.Forever))
		big.PutClaims = append(big.PutClaims, claim(ledger.Impact, fmt.Sprintf("incident:big%d", i), alder.ID, ledger.Disrupted, &a))
		big.PutAliases = append(big.PutAliases, ledger.Alias{ID: fmt.Sprintf("incident:alias%d", i), To: "incident:big1", From: ledger.Always, Until: ledger.Forever, Source: "s"})
	}
	before := must(s.Counts(ctx, ledger.Undated))(t)
	apply(t, s, big)
	counts := must(s.Counts(ctx, ledger.Undated))(t)
	if counts["Incident"] != before["Incident"]+5000 || counts["Claim"] != before["Claim"]+5000 {
		t.Errorf("after a change of 5,000 the counts are %v, before %v", counts, before)
	}
	apply(t, s, &ledger.Change{DropVersions: big.PutVersions, DropClaims: big.PutClaims, DropAliases: big.PutAliases})
	same(t, "counts after dropping 5,000", before, must(s.Counts(ctx, ledger.Undated))(t))
}
