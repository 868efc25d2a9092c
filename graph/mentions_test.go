package graph_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"spillover/graph"
	"spillover/ledger"
)

const whyOne = `query($id: ID!) {incident(id: $id) {mentions {id struck {id} article {author} joins {
	mention {id} rule reason councils {id} arrangements {id} judgement {author reason} evidence {quote}}}}}`

// What analysts decide shows in the joins and goes with their decision, on both stores.
func TestMentionsAndJudgements(t *testing.T) {
	t.Parallel()
	const copeland, gateshead = "incident:f62d23e5c6877ea6-1", "incident:d57720812f80acd7-1"
	for name, open := range map[string]func(testing.TB) ledger.Store{"sqlite": embedded, "neo4j": database} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := load(t, newAPI(t, open(t), graph.Options{}))
			mentions := func(id string) any {
				return a.must(t, whyOne, map[string]any{"id": id}, "incident", "mentions")
			}
			alone := mentions(gateshead)
			if n := len(alone.([]any)); n != 1 {
				t.Fatalf("%d mentions, want 1: %v", n, alone)
			}

			judgement := a.must(t, `mutation($a: ID!, $b: ID!) {sameAs(input: {a: $a, b: $b, author: "Ann Field", reason: "one note"}) {judgement {id}}}`,
				map[string]any{"a": copeland, "b": gateshead}, "sameAs", "judgement", "id")
			both := mentions(gateshead)
			join := at(t, both, 1, "joins", 0).(map[string]any)
			reason, _ := join["reason"].(string)
			if len(reason) < 10 || reason[:10] != "Ann Field " {
				t.Errorf("reason %q", reason)
			}
			delete(join, "reason")
			want := map[string]any{"mention": map[string]any{"id": copeland}, "rule": "JUDGEMENT", "councils": []any{}, "arrangements": []any{},
				"judgement": map[string]any{"author": "Ann Field", "reason": "one note"}, "evidence": []any{}}
			if diff := cmp.Diff(want, join); diff != "" {
				t.Errorf("a judgement (-want +got):\n%s", diff)
			}
			a.must(t, `mutation($id: ID!) {retractJudgement(input: {id: $id, author: "Ann Field", reason: "another note"}) {revision}}`, map[string]any{"id": judgement})
			if diff := cmp.Diff(alone, mentions(gateshead)); diff != "" {
				t.Errorf("a judgement was taken back (-before +after):\n%s", diff)
			}

			claim := a.must(t, `mutation($id: ID!) {assertClaim(input: {predicate: IMPACT, subject: $id, object: "council:dover", value: "SUSPECTED",
				source: {title: "A letter", quote: "Dover may be struck too."}, author: "Ann Field", reason: "seen"}) {claim {id}}}`,
				map[string]any{"id": gateshead}, "assertClaim", "claim", "id")
			made := mentions(gateshead)
			if author := at(t, made, 1, "article", "author"); author != "Ann Field" {
				t.Errorf("made by %v", author)
			}
			want = map[string]any{"mention": map[string]any{"id": gateshead}, "rule": "ASSERTION", "reason": "one is an analyst's claim, which was made of the other",
				"councils": []any{}, "arrangements": []any{}, "judgement": nil, "evidence": []any{map[string]any{"quote": "Dover may be struck too."}}}
			if diff := cmp.Diff(want, at(t, made, 1, "joins", 0)); diff != "" {
				t.Errorf("a claim made by hand (-want +got):\n%s", diff)
			}
			a.must(t, `mutation($id: ID!) {retractClaim(input: {id: $id, author: "Ann Field", reason: "mistaken"}) {revision}}`, map[string]any{"id": claim})

			// A claim that is not to be used counts no more.
			impact := a.must(t, `query($id: ID!) {incident(id: $id) {impacts {evidence {id}}}}`, map[string]any{"id": gateshead}, "incident", "impacts", 0, "evidence", 0, "id")
			a.must(t, `mutation($id: ID!) {retractClaim(input: {id: $id, author: "Ann Field", reason: "misread"}) {revision}}`, map[string]any{"id": impact})
			if struck := at(t, mentions(gateshead), 0, "struck").([]any); len(struck) != 0 {
				t.Errorf("struck by a claim that was retracted: %v", struck)
			}
		})
	}
}

// However many incidents and mentions there are, they are explained by the same number of store calls.
func TestMentionsStoreCalls(t *testing.T) {
	t.Parallel()
	store := &counting{Store: embedded(t), calls: map[string]int{}}
	a := load(t, newAPI(t, store, graph.Options{}))
	const query = `query($first: Int) {incidents(first: $first) {nodes {mentions {article {title} struck {name} cleared {name} joins {
		mention {article {title}} reason councils {name} arrangements {name} judgement {author} evidence {quote subject {name} article {title}}}}}}}`
	want := map[string]int{"List": 1, "Mentions": 1, "Articles": 2, "Claims": 2, "Judgements": 1, "Things": 3}
	for _, first := range []int{1, 5} {
		store.taken()
		a.must(t, query, map[string]any{"first": first})
		if diff := cmp.Diff(want, store.taken()); diff != "" {
			t.Errorf("of %d incidents (-want +got):\n%s", first, diff)
		}
	}
}

// The number of joins is bounded.
func TestJoinsAreBounded(t *testing.T) {
	t.Parallel()
	a := loaded(t)
	const query = `query($first: Int) {incidents(first: 1, filter: {council: ["council:westminster"]}) {nodes {mentions {joins(first: $first) {rule}}}}}`
	for _, n := range []int{1, 2} {
		if joins := a.must(t, query, map[string]any{"first": n}, "incidents", "nodes", 0, "mentions", 0, "joins").([]any); len(joins) != n {
			t.Errorf("%d joins, want %d", len(joins), n)
		}
	}
	for _, n := range []int{0, 101} {
		if got := a.ask(t, query, map[string]any{"first": n}); got.code() != "INVALID_ARGUMENT" {
			t.Errorf("first: %d gives %+v", n, got.Errors)
		}
	}
}
