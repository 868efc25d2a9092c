package graph_test

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"spillover/graph"
	"spillover/ledger"
)

// A counting store counts the calls of an operation by method.
type counting struct {
	ledger.Store
	mu    sync.Mutex
	calls map[string]int
}

func (c *counting) count(method string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls[method]++
}

// taken is the calls since it was last asked.
func (c *counting) taken() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	calls := c.calls
	c.calls = map[string]int{}
	return calls
}

func (c *counting) Things(ctx context.Context, ids []string, at ledger.Date) ([]*ledger.Thing, error) {
	c.count("Things")
	return c.Store.Things(ctx, ids, at)
}

func (c *counting) Gather(ctx context.Context, ids []string, at ledger.Date, reaches []ledger.Reach) (*ledger.Gathered, error) {
	c.count("Gather")
	return c.Store.Gather(ctx, ids, at, reaches)
}

func (c *counting) List(ctx context.Context, q ledger.ListQuery) (*ledger.ListPage, error) {
	c.count("List")
	return c.Store.List(ctx, q)
}

func (c *counting) Search(ctx context.Context, q ledger.SearchQuery) (*ledger.ListPage, error) {
	c.count("Search")
	return c.Store.Search(ctx, q)
}

func (c *counting) Claims(ctx context.Context, q ledger.ClaimQuery) ([]ledger.ClaimPage, error) {
	c.count("Claims")
	return c.Store.Claims(ctx, q)
}

func (c *counting) Articles(ctx context.Context, ids []string, at ledger.Date, withText bool) ([]*ledger.Article, error) {
	c.count("Articles")
	return c.Store.Articles(ctx, ids, at, withText)
}

func (c *counting) Mentions(ctx context.Context, ids []string, at ledger.Date) ([]*ledger.Mention, error) {
	c.count("Mentions")
	return c.Store.Mentions(ctx, ids, at)
}

func (c *counting) Judgements(ctx context.Context) ([]ledger.Judgement, error) {
	c.count("Judgements")
	return c.Store.Judgements(ctx)
}

func (c *counting) Spans(ctx context.Context, ids []string, at ledger.Date) ([]ledger.SpanOf, error) {
	c.count("Spans")
	return c.Store.Spans(ctx, ids, at)
}

func (c *counting) Counts(ctx context.Context, at ledger.Date) (map[string]int, error) {
	c.count("Counts")
	return c.Store.Counts(ctx, at)
}

func (c *counting) Revision(ctx context.Context) (int64, error) {
	c.count("Revision")
	return c.Store.Revision(ctx)
}

// region fills a store with n councils. Each shares an arrangement with the four beside it and another with the four
// after these, and each third one has an incident that two of its neighbours are in.
func region(t testing.TB, store ledger.Store, n int) {
	t.Helper()
	const day = ledger.Date("2024-05-01")
	text := "They share it, and it was attacked."
	record := &ledger.Record{Reader: "test", Article: ledger.Article{ID: ledger.ArticleID("https://example.org/region", ""), Title: "A region",
		Publisher: "The Region", URL: "https://example.org/region", PublishedOn: day, Text: text, Digest: ledger.Digest(text), Origin: ledger.FromNews}}
	change := &ledger.Change{PutRecords: []*ledger.Record{record}}
	claim := func(p ledger.Predicate, from, to, value, mention string) {
		c := ledger.Claim{Predicate: p, Subject: from, Object: to, Mention: mention, Value: value, Quote: text, End: len(text), Article: record.Article.ID,
			AssertedOn: day, Publisher: "The Region", Certainty: ledger.Stated}
		c.ID = ledger.ClaimID(&c)
		record.Claims = append(record.Claims, c)
		c.From, c.To, c.Witness, c.KnownFrom, c.KnownUntil = from, to, record.Article.ID, day, ledger.Forever
		change.PutClaims = append(change.PutClaims, c)
	}
	council := func(i int) string { return fmt.Sprintf("council:c%04d", i%n) }
	for i := range n {
		record.Things = append(record.Things, ledger.Thing{ID: council(i), Kind: ledger.Council, Name: fmt.Sprintf("Council %04d", i), Nation: "England", Reference: true})
		if i%4 == 0 {
			id := fmt.Sprintf("arrangement:a%04d", i)
			record.Things = append(record.Things, ledger.Thing{ID: id, Kind: ledger.SharedArrangement, Name: fmt.Sprintf("Arrangement %04d", i), ArrangementKind: "SHARED_SYSTEM"})
			for k := range 8 {
				claim(ledger.Membership, council(i+k), id, "", "")
			}
		}
		if i%3 == 0 {
			id := ledger.MentionID(record.Article.ID, i+1)
			record.Mentions = append(record.Mentions, ledger.Mention{ID: id, Article: record.Article.ID, KnownFrom: day, PublishedOn: day, IncidentKind: "RANSOMWARE"})
			incident := ledger.Thing{ID: id, Kind: ledger.Incident, Name: fmt.Sprintf("Ransomware at Council %04d", i), IncidentKind: "RANSOMWARE", Mentions: []string{id}}
			change.PutVersions = append(change.PutVersions, ledger.Version{Thing: incident, From: day, Until: ledger.Forever, Sort: ledger.SortKey(incident.Name), Date: day, Terms: ledger.Set(ledger.Terms(incident.Name)...)})
			for k, standing := range []string{ledger.Compromised, ledger.Disrupted, ledger.Suspected} {
				claim(ledger.Impact, id, council(i+k), standing, id)
			}
		}
	}
	err := store.Update(t.Context(), func(tx ledger.Tx) error { return tx.Apply(t.Context(), change) })
	if err != nil {
		t.Fatal(err)
	}
}

// The number of store calls follows from the operation and does not grow with the graph or the answer.
func TestStoreCalls(t *testing.T) {
	t.Parallel()
	var stores []*counting
	var apis []*api
	for _, n := range []int{48, 120} {
		store := &counting{Store: embedded(t), calls: map[string]int{}}
		a := newAPI(t, store, graph.Options{Limits: graph.Limits{Cost: 1 << 30}})
		region(t, store, n)
		stores, apis = append(stores, store), append(apis, a)
	}
	for _, test := range []struct {
		name, query string
		want        map[string]int
	}{
		{"one council", `{council(id: "council:c0000") {name gss}}`, map[string]int{"Gather": 1}},
		{"councils", `{councils(first: 100) {totalCount nodes {name} pageInfo {hasNextPage hasPreviousPage endCursor}}}`, map[string]int{"List": 1}},
		{"what they share, with whom, and what befell these", `{councils(first: 100) {nodes {memberships {arrangement {memberships {council {impacts(includePredecessors: false) {
			incident {name}}}}}}}}}`, map[string]int{"List": 1}},
		{"further down", `{councils(first: 100) {nodes {memberships {arrangement {memberships {council {impacts(includePredecessors: false) {
			incident {impacts {council {memberships {arrangement {name}}}}}}}}}}}}}`, map[string]int{"List": 1}},
		{"with predecessors", `{councils(first: 100) {nodes {impacts {status}}}}`, map[string]int{"List": 2}},
		{"all that an incident is, in one call", `{incidents(first: 100) {nodes {impacts {status council {name}} attributions {basis} responses {role} exposures {label}
			services {state} statements {text} timeline {description}}}}`, map[string]int{"List": 1}},
		{"evidence with articles", `{incidents(first: 100) {nodes {impacts {history {evidence {quote}} evidence {quote article {title text} subject {name} object {name}}}}}}`,
			map[string]int{"List": 1, "Articles": 1}},
		{"days", `{councils(first: 100) {nodes {firstReportedOn lastReportedOn}}}`, map[string]int{"List": 1, "Spans": 1}},
		{"claims of each", `{councils(first: 100) {nodes {claims(first: 2) {totalCount nodes {quote} pageInfo {hasNextPage hasPreviousPage}}}}}`, map[string]int{"List": 1, "Claims": 1}},
		{"articles of each", `{incidents(first: 100) {nodes {articles(first: 2) {totalCount nodes {title claims(first: 1) {nodes {quote}} incidents {name}}}}}}`,
			map[string]int{"List": 1, "Claims": 3, "Articles": 1, "Things": 1}},
		{"spreads", `{incidents(first: 100) {nodes {spread(maxHops: 2) {origins {name} hops {from {name} via {name} to {name} evidence {quote}}}}}}`, map[string]int{"List": 1}},
		{"exposures", `{councils(first: 100) {nodes {exposure(maxHops: 2) {via {name} to {name}}}}}`, map[string]int{"List": 1}},
		{"search", `{search(text: "council 0003", first: 100) {totalCount nodes {name ... on Council {memberships {arrangement {name}}} ... on Incident {impacts {status}}}}}`,
			map[string]int{"Search": 1, "Gather": 1}},
		{"many nodes", `{nodes(ids: ["council:c0000", "council:c0001", "council:c0002"]) {... on Council {memberships {arrangement {name}}}}}`, map[string]int{"Gather": 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var calls []map[string]int
			for i, a := range apis {
				stores[i].taken()
				a.must(t, test.query, nil)
				calls = append(calls, stores[i].taken())
			}
			for i, got := range calls {
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Errorf("graph %d (-want +got):\n%s", i, diff)
				}
			}
		})
	}
}

// Each operation of the benchmark takes one call: on Neo4j a statement and a round trip.
func TestStoreCallsOfTheBenchmark(t *testing.T) {
	t.Parallel()
	store := &counting{Store: embedded(t), calls: map[string]int{}}
	a := newAPI(t, store, graph.Options{})
	region(t, store, 48)
	found := a.must(t, `{ incidents(first: 1) { nodes { id } } }`, nil, "incidents", "nodes", 0, "id")
	for name, c := range map[string]struct {
		variables map[string]any
		want      map[string]int
	}{
		"q1":  {map[string]any{"id": found}, map[string]int{"Gather": 1}},
		"q2":  {map[string]any{"since": "2024-01-01", "until": "2024-12-31"}, map[string]int{"List": 1}},
		"q3":  {map[string]any{"id": "council:c0000"}, map[string]int{"Gather": 1}},
		"q4":  {map[string]any{"id": found}, map[string]int{"Gather": 1}},
		"q4d": {map[string]any{"id": found}, map[string]int{"Gather": 1}},
		"q5":  {map[string]any{"text": "coun"}, map[string]int{"List": 1}},
		"q5t": {map[string]any{"text": "coun"}, map[string]int{"Search": 1}},
		"q6":  {map[string]any{"id": "council:c0000"}, map[string]int{"Gather": 1}},
	} {
		text, err := os.ReadFile("../bench/operations/" + name + ".graphql")
		if err != nil {
			t.Fatal(err)
		}
		store.taken()
		a.must(t, string(text), c.variables)
		if diff := cmp.Diff(c.want, store.taken()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
