package ingest

import (
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"spillover/identity"
	"spillover/ledger"
)

// Every incident is explained: whatever was judged and retracted, on every day its mentions are connected by joins, and what
// councils and arrangements join rests on claims of both.
func TestIncidentsAreExplained(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		ctx := context.Background()
		records := world(rt)
		p, s := fresh(rt, t)
		put(rt, p, records...)
		var mentions []string
		var claims []ledger.Claim
		for _, r := range records {
			claims = append(claims, r.Claims...)
			for _, m := range r.Mentions {
				mentions = append(mentions, m.ID)
			}
		}
		if pair := rapid.Permutation(mentions).Draw(rt, "judged"); len(pair) > 1 && rapid.Bool().Draw(rt, "judge") {
			kind := rapid.SampledFrom([]ledger.JudgementKind{ledger.SameAs, ledger.NotSameAs}).Draw(rt, "judgement")
			if _, err := p.Judge(ctx, kind, pair[0], pair[1], By{Author: "analyst", Reason: "because"}); err != nil {
				rt.Fatal(err)
			}
		}
		if rapid.Bool().Draw(rt, "retract") {
			if err := p.RetractClaim(ctx, rapid.SampledFrom(claims).Draw(rt, "claim").ID, By{Author: "analyst", Reason: "because"}); err != nil {
				rt.Fatal(err)
			}
		}
		at := rapid.SampledFrom([]ledger.Date{"2024-01-31", "2024-03-31", ledger.Undated}).Draw(rt, "day")
		judgements, err := s.Judgements(ctx)
		if err != nil {
			rt.Fatal(err)
		}
		list, err := s.List(ctx, ledger.ListQuery{Kind: ledger.Incident, At: at, Order: ledger.ByName, Page: ledger.Page{Limit: 100}})
		if err != nil {
			rt.Fatal(err)
		}
		for _, item := range list.Items {
			ids := item.Thing.Mentions
			e, by := explained(rt, p, s, ids, judgements, at)
			reached := []string{ids[0]}
			for i := 0; i < len(reached); i++ {
				for _, id := range ids {
					join, yes := e.Join(reached[i], id)
					if !yes {
						continue
					}
					if !slices.Contains(reached, id) {
						reached = append(reached, id)
					}
					if join.Words == "" {
						rt.Errorf("no words for %+v", join)
					}
					if join.Rule == identity.ByJudgement {
						continue
					}
					for _, m := range []string{reached[i], id} {
						if !slices.ContainsFunc(join.Evidence, func(c string) bool { return by[c].Mention == m }) {
							rt.Errorf("%s with %s: %+v rests on no claim of %s", reached[i], id, join, m)
						}
					}
				}
			}
			if len(reached) < len(ids) {
				rt.Errorf("of the mentions %v only %v are joined on %s", ids, reached, at)
			}
		}
	})
}

// explained asks for what an explanation rests on; by is its claims.
func explained(t rapid.TB, p *Pipeline, s ledger.Store, ids []string, judgements []ledger.Judgement, at ledger.Date) (e *Explanation, by map[string]ledger.Claim) {
	ctx := context.Background()
	mentions, err := s.Mentions(ctx, ids, at)
	if err != nil {
		t.Fatal(err)
	}
	var articles, councils []string
	for i, m := range mentions {
		if m == nil {
			t.Fatalf("%s is of an incident on %s and not known", ids[i], at)
		}
		articles, councils = append(articles, m.Article), append(councils, m.Struck...)
	}
	by = map[string]ledger.Claim{}
	var claims []*ledger.Claim
	for _, q := range []ledger.ClaimQuery{{IDs: ledger.Set(articles...), Towards: ledger.MadeBy}, {IDs: ledger.Set(councils...), Towards: ledger.Out, Predicates: []ledger.Predicate{ledger.Membership}}} {
		q.At, q.Page = at, ledger.Page{Limit: -1}
		pages, err := s.Claims(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, page := range pages {
			for _, c := range page.Claims {
				if _, known := by[c.ID]; !known {
					by[c.ID] = *c
					claims = append(claims, c)
				}
			}
		}
	}
	return p.Explain(mentions, claims, judgements), by
}
