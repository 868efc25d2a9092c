package graph_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"spillover/graph"
	"spillover/ledger"
	"spillover/store/cache"
)

// What was asked before of the same graph is not asked of the store again, and what is then put is seen at once.
func TestRepeatedQuestions(t *testing.T) {
	inner := &counting{Store: embedded(t), calls: map[string]int{}}
	a := load(t, newAPI(t, cache.New(inner, 1<<20), graph.Options{}))
	const whole = `query ($id: ID!, $hops: Int) { incident(id: $id) { name spread(maxHops: $hops) { hops { to { name } } } } info { revision } }`
	first := a.must(t, `{ incidents(first: 2) { nodes { id } } }`, nil, "incidents", "nodes", 0, "id").(string)
	second := a.must(t, `{ incidents(first: 2) { nodes { id } } }`, nil, "incidents", "nodes", 1, "id").(string)

	ask := func(query string, variables map[string]any) (*answer, map[string]int) {
		inner.taken()
		given := a.ask(t, query, variables)
		calls := inner.taken()
		delete(calls, "Revision") // which is looked at twice a second
		return given, calls
	}
	one := map[string]any{"id": first}
	want, calls := ask(whole, one)
	if len(want.Errors) > 0 || len(calls) == 0 {
		t.Fatalf("%+v, %v", want, calls)
	}
	got, calls := ask(whole, one)
	if diff := cmp.Diff(want, got); diff != "" || len(calls) > 0 {
		t.Errorf("again, by %v: %s", calls, diff)
	}
	if got, _ := ask(whole, map[string]any{"id": second}); cmp.Equal(want, got) {
		t.Error("another question is answered as this one")
	}

	// A question that fails is asked again.
	for range 2 {
		if got, _ := ask(whole, map[string]any{"id": first, "hops": 99}); got.code() != string(ledger.Invalid) {
			t.Errorf("99 hops: %+v", got)
		}
	}

	a.must(t, `mutation ($id: ID!) { retractArticle(input: {id: $id, reason: "a test"}) { revision } }`,
		map[string]any{"id": a.must(t, `{ articles(first: 1) { nodes { id } } }`, nil, "articles", "nodes", 0, "id")})
	if got, _ := ask(whole, one); cmp.Equal(want, got) {
		t.Error("after a write the answer is what it was, revision and all")
	}
}

// What needs a token is never kept for others.
func TestAnswersThatNeedATokenAreNotKept(t *testing.T) {
	a := load(t, newAPI(t, cache.New(embedded(t), 1<<20), graph.Options{}))
	const reading = `query { readArticles(input: {articles: [{text: "Leicester City Council was hit by ransomware on 7 March 2024."}]}) { articleId } }`
	for range 2 {
		if code, body := a.send(t, map[string]string{"Authorization": "Bearer " + token}, reading, nil); code != 200 || read(t, body).code() != "" {
			t.Fatalf("%d %s", code, body)
		}
	}
	_, body := a.send(t, map[string]string{"Authorization": ""}, reading, nil)
	if got := read(t, body).code(); got != string(ledger.Unauthorized) {
		t.Errorf("without a token: %s", body)
	}
}
