package graph_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const ingestArticles = `mutation($articles: [ArticleInput!]!) {
	ingestArticles(input: {articles: $articles}) {results {articleId status claims reason} new unchanged replaced refused revision}
}`

// No mutation does anything without the token.
func TestMutationsNeedTheToken(t *testing.T) {
	t.Parallel()
	a := loaded(t)
	revision := a.must(t, `{info {revision}}`, nil, "info", "revision")
	for _, mutation := range []string{
		`ingestArticles(input: {articles: [{text: "Leicester City Council was hit by ransomware."}]}) {revision}`,
		`retractArticle(input: {id: "article:25ab165f6dd56de5", reason: "r"}) {revision}`,
		`assertClaim(input: {predicate: DATA, subject: "incident:f76aa4c7b2d0ba1d-1", label: "l", source: {title: "t", quote: "q"}, author: "a", reason: "r"}) {revision}`,
		`retractClaim(input: {id: "claim:32bf971efed80833", author: "a", reason: "r"}) {revision}`,
		`sameAs(input: {a: "council:dover", b: "council:thanet", author: "a", reason: "r"}) {revision}`,
		`notSameAs(input: {a: "council:dover", b: "council:thanet", author: "a", reason: "r"}) {revision}`,
		`retractJudgement(input: {id: "judgement:1", author: "a", reason: "r"}) {revision}`,
	} {
		for _, headers := range []map[string]string{nil, {"Authorization": "Bearer wrong"}} {
			_, raw := a.send(t, headers, "mutation {"+mutation+"}", nil)
			if !strings.Contains(string(raw), `"code":"UNAUTHENTICATED"`) || strings.Contains(string(raw), `"data":{`) {
				t.Errorf("%s: %s", mutation, raw)
			}
		}
	}
	if now := a.must(t, `{info {revision}}`, nil, "info", "revision"); now != revision {
		t.Errorf("revision %v, was %v", now, revision)
	}
}

// Loading tells for each article what became of it, and is safe to repeat.
func TestIngestArticles(t *testing.T) {
	t.Parallel()
	a := loaded(t)
	articles := []any{
		map[string]any{"title": "Attack", "text": "Westminster City Council was hit by a ransomware attack on 14 January 2026.", "url": "https://example.org/a?utm_source=x", "publisher": "P",
			"publishedOn": "2026-01-15", "byline": []any{"Ann Other"}},
		map[string]any{"text": "  "},
		map[string]any{"text": "No council is named here.", "url": "not a url"},
	}
	first := a.must(t, ingestArticles, map[string]any{"articles": articles}, "ingestArticles").(map[string]any)
	for field, want := range map[string]float64{"new": 1, "refused": 2, "unchanged": 0, "replaced": 0} {
		if first[field] != want {
			t.Errorf("%s: %v, want %v in %+v", field, first[field], want, first)
		}
	}
	if at(t, first, "results", 0, "claims").(float64) < 1 || at(t, first, "results", 0, "reason") != nil {
		t.Errorf("%+v", first)
	}
	for _, i := range []int{1, 2} {
		if at(t, first, "results", i, "status") != "REFUSED" || at(t, first, "results", i, "reason") == "" || at(t, first, "results", i, "articleId") != nil {
			t.Errorf("%+v", at(t, first, "results", i))
		}
	}
	again := a.must(t, ingestArticles, map[string]any{"articles": articles[:1]}, "ingestArticles").(map[string]any)
	if again["unchanged"] != 1.0 || again["revision"] != first["revision"] {
		t.Errorf("the second time: %+v", again)
	}
	articles[0].(map[string]any)["text"] = "Westminster City Council was not affected by a ransomware attack on 14 January 2026."
	if third := a.must(t, ingestArticles, map[string]any{"articles": articles[:1]}, "ingestArticles").(map[string]any); third["replaced"] != 1.0 {
		t.Errorf("with another text: %+v", third)
	}
	id := at(t, first, "results", 0, "articleId")
	article := a.must(t, `query($id: ID!) {article(id: $id) {url publisher publishedOn byline text}}`, map[string]any{"id": id}, "article")
	if diff := cmp.Diff(any(map[string]any{"url": "https://example.org/a", "publisher": "P", "publishedOn": "2026-01-15", "byline": []any{"Ann Other"},
		"text": articles[0].(map[string]any)["text"]}), article); diff != "" {
		t.Error(diff)
	}

	const retract = `mutation($id: ID!) {retractArticle(input: {id: $id, reason: "a mistake"}) {articleId revision}}`
	if got := a.must(t, retract, map[string]any{"id": id}, "retractArticle", "articleId"); got != id {
		t.Errorf("retracted %v", got)
	}
	if got := a.ask(t, retract, map[string]any{"id": id}); got.code() != "NOT_FOUND" {
		t.Errorf("retracted twice: %+v", got)
	}
	if got := a.must(t, `{changes(first: 1) {nodes {action reason}}}`, nil, "changes", "nodes", 0, "reason"); got != "a mistake" {
		t.Errorf("the reason is kept as %v", got)
	}
	for _, n := range []int{0, 1001} {
		many := make([]any, n)
		for i := range many {
			many[i] = map[string]any{"text": "x"}
		}
		if got := a.ask(t, ingestArticles, map[string]any{"articles": many}); got.code() != "INVALID_ARGUMENT" {
			t.Errorf("%d articles: %+v", n, got.Errors)
		}
	}
}

// What made no claim is shown with its reason, at its place in the text.
func TestRefusals(t *testing.T) {
	t.Parallel()
	a := loaded(t)
	a.must(t, ingestArticles, map[string]any{"articles": []any{map[string]any{
		"text": "Café owners — all of them — agreed. The council in an unnamed town was hit by a ransomware attack, a cyber security firm said in a blog post."}}})
	n := 0
	for _, article := range a.must(t, `{articles(first: 100) {nodes {text refusals {quote start end reason}}}}`, nil, "articles", "nodes").([]any) {
		text := []rune(at(t, article, "text").(string))
		for _, refusal := range at(t, article, "refusals").([]any) {
			n++
			start, end := int(at(t, refusal, "start").(float64)), int(at(t, refusal, "end").(float64))
			if string(text[start:end]) != at(t, refusal, "quote") || at(t, refusal, "reason") == "" {
				t.Errorf("%v is not at its place", refusal)
			}
		}
	}
	if n == 0 {
		t.Error("nothing was refused")
	}
}

// Judgements change what ids lead to, and can be taken back.
func TestJudgements(t *testing.T) {
	t.Parallel()
	a := loaded(t)
	const x, y = "incident:6032551f652cdfdc-1", "incident:7d6d8a1f88859fb4-1"
	pair := map[string]any{"a": x, "b": y}
	same := a.must(t, `mutation($a: ID!, $b: ID!) {sameAs(input: {a: $a, b: $b, author: "Ann", reason: "one attack"}) {
		judgement {id kind a b author reason madeAt} entity {id ... on Incident {impacts {council {id}}}} revision}}`, pair, "sameAs")
	if at(t, same, "judgement", "kind") != "SAME_AS" || at(t, same, "judgement", "author") != "Ann" || at(t, same, "judgement", "reason") != "one attack" {
		t.Errorf("%+v", same)
	}
	if councils := at(t, same, "entity", "impacts").([]any); len(councils) != 4 {
		t.Errorf("the one incident has the councils %v", councils)
	}
	const ids = `query($a: ID!, $b: ID!) {a: node(id: $a) {id} b: node(id: $b) {id}}`
	if got := a.must(t, ids, pair).(map[string]any); at(t, got, "a", "id") != at(t, got, "b", "id") {
		t.Errorf("still two: %v", got)
	}
	two := a.must(t, `mutation($a: ID!, $b: ID!) {notSameAs(input: {a: $a, b: $b, author: "Bob", reason: "two places"}) {judgement {id kind} a {id} b {id}}}`, pair, "notSameAs")
	if at(t, two, "judgement", "id") != at(t, same, "judgement", "id") || at(t, two, "a", "id") != x || at(t, two, "b", "id") != y {
		t.Errorf("%+v", two)
	}
	const takeBack = `mutation($id: ID!) {retractJudgement(input: {id: $id, author: "Bob", reason: "wrong"}) {judgementId}}`
	a.must(t, takeBack, map[string]any{"id": at(t, two, "judgement", "id")})
	if got := a.ask(t, takeBack, map[string]any{"id": at(t, two, "judgement", "id")}); got.code() != "NOT_FOUND" {
		t.Errorf("taken back twice: %+v", got)
	}
	for query, code := range map[string]string{
		`mutation {sameAs(input: {a: "council:dover", b: "agency:ncsc", author: "a", reason: "r"}) {revision}}`:      "INVALID_ARGUMENT",
		`mutation {sameAs(input: {a: "council:dover", b: "council:atlantis", author: "a", reason: "r"}) {revision}}`: "NOT_FOUND",
		`mutation {sameAs(input: {a: "council:dover", b: "council:thanet", author: " ", reason: "r"}) {revision}}`:   "INVALID_ARGUMENT",
	} {
		if got := a.ask(t, query, nil); got.code() != code {
			t.Errorf("%s: %+v, want %s", query, got.Errors, code)
		}
	}
}

// A claim made by hand stands beside those of articles, names its source, and can be taken back; so can an article's.
func TestClaimsByHand(t *testing.T) {
	t.Parallel()
	a := loaded(t)
	made := a.must(t, `mutation {assertClaim(input: {predicate: IMPACT, subject: "incident:7d6d8a1f88859fb4-1", object: "council:kent", value: "UNAFFECTED", certainty: HEDGED,
		source: {title: "Minutes", publisher: "Kent County Council", publishedOn: "2024-02-01", quote: "Our systems seem to be safe."}, author: "Ann", reason: "from the minutes"}) {
		claim {id value quote start end certainty subject {id} object {name} article {title origin author reason publisher}} revision}}`, nil, "assertClaim", "claim")
	want := map[string]any{"id": at(t, made, "id"), "value": "UNAFFECTED", "quote": "Our systems seem to be safe.", "start": 0.0, "end": 28.0, "certainty": "HEDGED",
		"subject": map[string]any{"id": "incident:7d6d8a1f88859fb4-1"}, "object": map[string]any{"name": "Kent County Council"},
		"article": map[string]any{"title": "Minutes", "origin": "ANALYST", "author": "Ann", "reason": "from the minutes", "publisher": "Kent County Council"}}
	if diff := cmp.Diff(any(want), made); diff != "" {
		t.Error(diff)
	}
	const standing = `{council(id: "council:kent") {impacts {status certainty}}}`
	if got := a.must(t, standing, nil, "council", "impacts"); len(got.([]any)) != 1 {
		t.Errorf("%v", got)
	}
	const retract = `mutation($id: ID!) {retractClaim(input: {id: $id, author: "Ann", reason: "misread"}) {claimId judgementId}}`
	if got := a.must(t, retract, map[string]any{"id": at(t, made, "id")}, "retractClaim", "judgementId"); got != nil {
		t.Errorf("a claim by hand left the judgement %v", got)
	}
	if got := a.must(t, standing, nil, "council", "impacts"); len(got.([]any)) != 0 {
		t.Errorf("%v", got)
	}

	const attributions = `{incident(id: "incident:6032551f652cdfdc-1") {attributions {actor {name} evidence {id}}}}`
	before := a.must(t, attributions, nil)
	id := at(t, before, "incident", "attributions", 0, "evidence", 0, "id")
	judgement := a.must(t, retract, map[string]any{"id": id}, "retractClaim", "judgementId")
	if got := a.must(t, attributions, nil, "incident", "attributions"); len(got.([]any)) != 0 {
		t.Errorf("%v", got)
	}
	a.must(t, `mutation($id: ID!) {retractJudgement(input: {id: $id, author: "Ann", reason: "it is right"}) {revision}}`, map[string]any{"id": judgement})
	if diff := cmp.Diff(before, a.must(t, attributions, nil)); diff != "" {
		t.Error(diff)
	}
	for query, code := range map[string]string{
		`mutation {retractClaim(input: {id: "claim:0", author: "a", reason: "r"}) {revision}}`:                                                                                                                     "NOT_FOUND",
		`mutation {assertClaim(input: {predicate: IMPACT, subject: "incident:7d6d8a1f88859fb4-1", object: "council:kent", value: "FINE", source: {title: "t", quote: "q"}, author: "a", reason: "r"}) {revision}}`: "INVALID_ARGUMENT",
		`mutation {assertClaim(input: {predicate: IMPACT, subject: "incident:0", object: "council:kent", value: "UNAFFECTED", source: {title: "t", quote: "q"}, author: "a", reason: "r"}) {revision}}`:            "NOT_FOUND",
	} {
		if got := a.ask(t, query, nil); got.code() != code {
			t.Errorf("%s: %+v, want %s", query, got.Errors, code)
		}
	}
}
