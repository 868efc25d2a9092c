package graph_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"spillover/access"
	"spillover/graph"
)

// serve is an API over an embedded store with the reference data of tests.
func serve(t *testing.T, options graph.Options) *api {
	t.Helper()
	a := newAPI(t, embedded(t), options)
	if err := a.pipeline.Seed(t.Context()); err != nil {
		t.Fatal(err)
	}
	return a
}

// askAs asks with a token.
func (a *api) askAs(t *testing.T, token, query string, variables map[string]any) *answer {
	t.Helper()
	headers := map[string]string{}
	if token != "" {
		headers["Authorization"] = "Bearer " + token
	}
	_, raw := a.send(t, headers, query, variables)
	return read(t, raw)
}

// scoped has the tokens "loader" and "curator", each for its scope, beside that of all tests.
func scoped() access.Check {
	return access.Any(access.Secret("tests", token), func(given string) access.Caller {
		switch given {
		case "loader":
			return access.Caller{Name: "loader", Scopes: []access.Scope{access.Load}}
		case "curator":
			return access.Caller{Name: "curator", Scopes: []access.Scope{access.Curate}}
		}
		return access.Caller{}
	})
}

func TestScopes(t *testing.T) {
	t.Parallel()
	a := serve(t, graph.Options{Check: scoped()})
	load := `mutation { ingestArticles(input: {articles: [{text: "Leicester City Council was hacked.", title: "x"}]}) { new } }`
	curate := `mutation { sameAs(input: {a: "council:a", b: "council:b", author: "a", reason: "r"}) { revision } }`
	both := `mutation { ingestArticles(input: {articles: []}) { new } ...M } fragment M on Mutation { again: sameAs(input: {a: "x", b: "y", author: "a", reason: "r"}) { revision } }`
	for _, c := range []struct{ token, query, want string }{
		{"", load, "UNAUTHENTICATED"}, {"wrong", load, "UNAUTHENTICATED"}, {"curator", load, "FORBIDDEN"}, {"loader", load, ""},
		{"", curate, "UNAUTHENTICATED"}, {"loader", curate, "FORBIDDEN"}, {"curator", curate, "NOT_FOUND"}, {"loader", both, "FORBIDDEN"}, {"curator", both, "FORBIDDEN"},
	} {
		answer := a.askAs(t, c.token, c.query, nil)
		if got := answer.code(); got != c.want {
			t.Errorf("with the token %q %s fails with %q, want %q: %v", c.token, c.query, got, c.want, answer)
		}
	}
}

func TestChanges(t *testing.T) {
	t.Parallel()
	a := serve(t, graph.Options{Check: scoped()})
	texts := []map[string]any{
		{"title": "One", "text": "Hackers broke into Leicester City Council on 7 March 2024 and stole data.", "published_on": "2024-03-09"},
		{"title": "Two", "text": "Hackers broke into Manchester City Council on 9 March 2024 and stole data.", "published_on": "2024-03-10"},
	}
	var articles []map[string]any
	for _, x := range texts {
		articles = append(articles, map[string]any{"title": x["title"], "text": x["text"], "publishedOn": x["published_on"]})
	}
	loaded := a.askAs(t, "loader", `mutation($a: [ArticleInput!]!) { ingestArticles(input: {articles: $a}) { results { articleId status } } }`, map[string]any{"a": articles})
	article := at(t, loaded.Data, "ingestArticles", "results", 0, "articleId").(string)
	found := a.askAs(t, "", `{ incidents(orderBy: DATE_ASC) { nodes { id name } } changes { totalCount nodes { action } } }`, nil)
	if n := at(t, found.Data, "changes", "totalCount"); n != 0.0 {
		t.Fatalf("%v changes before anybody made one", n)
	}
	first, second := at(t, found.Data, "incidents", "nodes", 0, "id").(string), at(t, found.Data, "incidents", "nodes", 1, "id").(string)
	made := a.askAs(t, "curator", `mutation($a: ID!, $b: ID!) { sameAs(input: {a: $a, b: $b, author: "Ann", reason: "one gang, one week"}) { judgement { id } } }`, map[string]any{"a": second, "b": first})
	judgement := at(t, made.Data, "sameAs", "judgement", "id").(string)
	standing := func() any {
		t.Helper()
		return at(t, a.askAs(t, "", `query($of: ID) { changes(of: $of, last: 1) { nodes { judgementId } } }`, map[string]any{"of": second}).Data, "changes", "nodes", 0, "judgementId")
	}
	if got := standing(); got != judgement {
		t.Errorf("the judgement of a change is %v, want %v", got, judgement)
	}
	a.askAs(t, "curator", `mutation($id: ID!) { retractJudgement(input: {id: $id, author: "Ben", reason: "two gangs"}) { revision } }`, map[string]any{"id": judgement})
	if got := standing(); got != nil {
		t.Errorf("a judgement that was taken back still stands: %v", got)
	}
	a.askAs(t, "curator", `mutation($id: ID!) { retractArticle(input: {id: $id, reason: "taken down"}) { revision } }`, map[string]any{"id": article})

	got := a.askAs(t, "", `{ changes(first: 9) { totalCount pageInfo { hasNextPage } nodes { action author token reason before { id leadsTo } after { id leadsTo } } } }`, nil)
	stood := func(id string, to any) map[string]any { return map[string]any{"id": id, "leadsTo": to} }
	change := func(action, author, reason string, before, after []any) map[string]any {
		return map[string]any{"action": action, "author": author, "token": "curator", "reason": reason, "before": before, "after": after}
	}
	want := map[string]any{"totalCount": 3.0, "pageInfo": map[string]any{"hasNextPage": false}, "nodes": []any{
		change("RETRACT_ARTICLE", "curator", "taken down", []any{stood(article, article)}, []any{stood(article, nil)}),
		change("RETRACT_JUDGEMENT", "Ben", "two gangs", []any{stood(first, first), stood(second, first)}, []any{stood(first, first), stood(second, second)}),
		change("SAME_AS", "Ann", "one gang, one week", []any{stood(second, second), stood(first, first)}, []any{stood(second, first), stood(first, first)}),
	}}
	if first > second { // a judgement names the smaller id first
		want["nodes"].([]any)[1].(map[string]any)["before"] = []any{stood(second, first), stood(first, first)}
		want["nodes"].([]any)[1].(map[string]any)["after"] = []any{stood(second, second), stood(first, first)}
	}
	if diff := cmp.Diff(want, at(t, got.Data, "changes")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	of := a.askAs(t, "", `query($of: ID) { changes(of: $of, last: 1) { totalCount pageInfo { hasPreviousPage hasNextPage } nodes { action } } }`, map[string]any{"of": second})
	if diff := cmp.Diff(map[string]any{"totalCount": 2.0, "pageInfo": map[string]any{"hasPreviousPage": true, "hasNextPage": false},
		"nodes": []any{map[string]any{"action": "SAME_AS"}}}, at(t, of.Data, "changes")); diff != "" {
		t.Errorf("of one thing, -want +got:\n%s", diff)
	}
}

// get asks by GET.
func (a *api) get(t *testing.T, values url.Values, header ...string) (*http.Response, *answer) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), "GET", a.URL+"?"+values.Encode(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if len(raw) == 0 { // of a 304 there is none
		return res, nil
	}
	return res, read(t, raw)
}

// An answer to a GET has a tag that holds until the graph changes.
func TestEntityTags(t *testing.T) {
	t.Parallel()
	a := serve(t, graph.Options{})
	q := url.Values{"query": {"{ incidents { totalCount } }"}}
	res, _ := a.get(t, q)
	tag := res.Header.Get("ETag")
	if tag == "" || res.Header.Get("Cache-Control") != "no-cache" {
		t.Fatalf("%v", res.Header)
	}
	if res, answer := a.get(t, q, "If-None-Match", `"other", `+tag); res.StatusCode != http.StatusNotModified || answer != nil || res.Header.Get("ETag") != tag {
		t.Errorf("%s %v", res.Status, answer)
	}
	if res, _ := a.get(t, url.Values{"query": {"{ councils { totalCount } }"}}, "If-None-Match", tag); res.StatusCode != http.StatusOK {
		t.Errorf("another question: %s", res.Status)
	}
	if res, _ := a.get(t, q, "If-None-Match", tag, "Accept", "application/graphql-response+json"); res.StatusCode != http.StatusOK {
		t.Errorf("another media type: %s", res.Status)
	}
	if res, _ := a.get(t, url.Values{"query": {"{ node(id: \"\") { id } council(id: 1 }"}}); res.Header.Get("ETag") != "" {
		t.Errorf("an error has the tag %s", res.Header.Get("ETag"))
	}
	a.askAs(t, token, `mutation { ingestArticles(input: {articles: [{title: "x", text: "Hackers broke into Leicester City Council."}]}) { new } }`, nil)
	if res, _ := a.get(t, q, "If-None-Match", tag); res.StatusCode != http.StatusOK || res.Header.Get("ETag") == tag {
		t.Errorf("after a change: %s %s", res.Status, res.Header.Get("ETag"))
	}
}

const persistedQuery = "{ info { store } }"

// sha256 of persistedQuery, as sha256sum gives it.
const persistedDigest = "1d8076c23661aa02ae428d4986ed67799cf4a1356d8bef98ea95fd64ec2a3620"

func extensions(digest string) string {
	return `{"persistedQuery": {"version": 1, "sha256Hash": "` + digest + `"}}`
}

func TestPersistedQueries(t *testing.T) {
	t.Parallel()
	a := serve(t, graph.Options{})
	byDigest := url.Values{"extensions": {extensions(persistedDigest)}}
	if _, answer := a.get(t, byDigest); answer.code() != "PERSISTED_QUERY_NOT_FOUND" {
		t.Errorf("before it is given: %v", answer)
	}
	if _, answer := a.get(t, url.Values{"query": {"{ info { version } }"}, "extensions": {extensions(persistedDigest)}}); answer.code() == "" {
		t.Errorf("a digest of another query is taken: %v", answer)
	}
	if _, answer := a.get(t, url.Values{"query": {persistedQuery}, "extensions": {extensions(persistedDigest)}}); answer.code() != "" {
		t.Errorf("given: %v", answer)
	}
	for _, q := range []url.Values{byDigest, {"documentId": {"sha256:" + persistedDigest}}} {
		if _, answer := a.get(t, q); answer.code() != "" || at(t, answer.Data, "info", "store") != "sqlite" {
			t.Errorf("%v: %v", q, answer)
		}
	}
}

func TestTrustedDocuments(t *testing.T) {
	t.Parallel()
	a := serve(t, graph.Options{Documents: []string{persistedQuery}, Check: scoped()})
	for _, q := range []url.Values{{"query": {persistedQuery}}, {"extensions": {extensions(persistedDigest)}}} {
		if _, answer := a.get(t, q); answer.code() != "" {
			t.Errorf("%v: %v", q, answer)
		}
	}
	if _, answer := a.get(t, url.Values{"query": {"{ info { version } }"}}); answer.code() != "UNAUTHENTICATED" {
		t.Errorf("another document: %v", answer)
	}
	if _, answer := a.get(t, url.Values{"extensions": {extensions(strings.Repeat("0", 64))}}); answer.code() != "PERSISTED_QUERY_NOT_FOUND" {
		t.Errorf("an unknown digest: %v", answer)
	}
	if answer := a.askAs(t, "loader", "{ info { version } }", nil); answer.code() != "" {
		t.Errorf("with a token: %v", answer)
	}
}

func TestMoreLimits(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	a := serve(t, graph.Options{Limits: graph.Limits{RootFields: 2, Directives: 2, Rows: 15, Tokens: 200}, Metrics: registry})
	for query, want := range map[string]string{
		`{ a: info { store } b: info { store } c: info { store } }`:                                            "root fields",
		`{ info @include(if: true) { store @include(if: true) version @include(if: true) } }`:                  "directives",
		`{ ...F @include(if: true) } fragment F on Query { info @skip(if: false) { store @skip(if: false) } }`: "directives",
		`{ councils(first: 50) { nodes { name } } }`:                                                           "reads more than 15",
		`{ info { ` + strings.Repeat("store ", 300) + ` } }`:                                                   "limit",
	} {
		if answer := a.askAs(t, "", query, nil); answer.code() == "" || !strings.Contains(answer.Errors[0].Message, want) {
			t.Errorf("%.60s: %v", query, answer)
		}
	}
	if answer := a.askAs(t, "", `{ a: info { store } councils(first: 5) { nodes { name } } }`, nil); answer.code() != "" {
		t.Errorf("within the limits: %v", answer)
	}
	if n, err := testutil.GatherAndCount(registry, "spillover_operations_total", "spillover_operation_seconds", "spillover_operation_store_calls", "spillover_articles_total"); err != nil || n < 7 {
		t.Errorf("%d series, %v", n, err)
	}
}

func TestConcurrentOperations(t *testing.T) {
	t.Parallel()
	a := serve(t, graph.Options{Limits: graph.Limits{Concurrent: 1}})
	answers := make(chan *answer)
	for range 8 { // one after another, each within its time to wait
		go func() {
			answers <- a.askAs(t, "", `{ councils(first: 100) { nodes { name exposure { to { name } } } } }`, nil)
		}()
	}
	for range 8 {
		if answer := <-answers; answer.code() != "" && answer.code() != "UNAVAILABLE" {
			t.Errorf("%v", answer)
		}
	}
	if answer := a.askAs(t, "", `{ info { store } }`, nil); answer.code() != "" {
		t.Errorf("a place is not given back: %v", answer)
	}
}
