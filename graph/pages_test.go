package graph_test

import (
	"encoding/base64"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"spillover/ingest"
)

// A list is one that can be paged.
type list struct {
	within string // the field that it is a field of, "" at the root
	id     string // of what it is within
	field  string
	args   string // beside those of the page
}

// A page is part of a list as the API gives it.
type page struct {
	ids            []string
	total          int
	next, previous bool
	start, end     string
}

func (l list) page(t *testing.T, a *api, args string) page {
	t.Helper()
	query := fmt.Sprintf(`%s(%s %s) {totalCount edges {cursor node {id}} nodes {id} pageInfo {hasNextPage hasPreviousPage startCursor endCursor}}`, l.field, args, l.args)
	path := []any{l.field}
	if l.within != "" {
		query = fmt.Sprintf("%s(id: %q) {%s}", l.within, l.id, query)
		path = []any{l.within, l.field}
	}
	got := a.must(t, "{"+query+"}", nil, path...)
	p := page{total: int(at(t, got, "totalCount").(float64)), next: at(t, got, "pageInfo", "hasNextPage").(bool), previous: at(t, got, "pageInfo", "hasPreviousPage").(bool)}
	p.start, _ = at(t, got, "pageInfo", "startCursor").(string)
	p.end, _ = at(t, got, "pageInfo", "endCursor").(string)
	edges := at(t, got, "edges").([]any)
	for i := range edges {
		id := at(t, edges, i, "node", "id").(string)
		p.ids = append(p.ids, id)
		if same := at(t, got, "nodes", i, "id"); same != id {
			t.Fatalf("node %d is %v, its edge's %s", i, same, id)
		}
	}
	if n := len(edges); n > 0 && (p.start != at(t, edges, 0, "cursor") || p.end != at(t, edges, n-1, "cursor")) {
		t.Fatal("startCursor and endCursor are not those of the first and last edge")
	}
	return p
}

// forwards walks the whole list in pages of a size, and holds what the pages say of themselves against what has been seen.
func (l list) forwards(t *testing.T, a *api, size int) (all []string) {
	t.Helper()
	for args := ""; ; {
		p := l.page(t, a, fmt.Sprintf("first: %d %s", size, args))
		if p.previous != (len(all) > 0) {
			t.Fatalf("size %d after %d items: hasPreviousPage is %v", size, len(all), p.previous)
		}
		all = append(all, p.ids...)
		if p.next != (len(all) < p.total) {
			t.Fatalf("size %d after %d items of %d: hasNextPage is %v", size, len(all), p.total, p.next)
		}
		if !p.next {
			return all
		}
		args = fmt.Sprintf("after: %q", p.end)
	}
}

// backwards walks the whole list from its end.
func (l list) backwards(t *testing.T, a *api, size int) (all []string) {
	t.Helper()
	for args := ""; ; {
		p := l.page(t, a, fmt.Sprintf("last: %d %s", size, args))
		if p.next != (len(all) > 0) {
			t.Fatalf("size %d, %d items before the end: hasNextPage is %v", size, len(all), p.next)
		}
		all = append(p.ids, all...)
		if p.previous != (len(all) < p.total) {
			t.Fatalf("size %d, %d items before the end: hasPreviousPage is %v", size, len(all), p.previous)
		}
		if !p.previous {
			return all
		}
		args = fmt.Sprintf("before: %q", p.start)
	}
}

// Every list can be walked forwards and backwards in pages of any size: each item comes once, in one order, and pageInfo
// tells the truth at each step.
func TestPaging(t *testing.T) {
	t.Parallel()
	a := loaded(t)
	for name, l := range map[string]list{
		"councils":                {field: "councils"},
		"councils by name, back":  {field: "councils", args: "orderBy: NAME_DESC"},
		"incidents":               {field: "incidents"},
		"incidents, oldest first": {field: "incidents", args: "orderBy: DATE_ASC"},
		"incidents by name":       {field: "incidents", args: "orderBy: NAME_ASC"},
		"shared arrangements":     {field: "sharedArrangements"},
		"threat actors":           {field: "threatActors"},
		"agencies":                {field: "agencies"},
		"officials":               {field: "officials"},
		"articles":                {field: "articles", args: "filter: {origin: [ARTICLE, DATA_SET]}"},
		"articles, oldest first":  {field: "articles", args: "orderBy: DATE_ASC"},
		"claims":                  {field: "claims"},
		"claims of a council":     {"council", "council:westminster", "claims", ""},
		"claims of an article":    {"article", "article:25ab165f6dd56de5", "claims", ""},
		"articles of an incident": {"incident", "incident:f76aa4c7b2d0ba1d-1", "articles", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			whole := l.forwards(t, a, 100)
			if len(whole) < 2 {
				t.Fatalf("the list has %d items, too few to show anything", len(whole))
			}
			if once := slices.Compact(slices.Sorted(slices.Values(whole))); len(once) != len(whole) {
				t.Fatal("an item comes twice")
			}
			for _, size := range []int{1, 7} {
				if diff := cmp.Diff(whole, l.forwards(t, a, size)); diff != "" {
					t.Errorf("forwards by %d (-whole +paged):\n%s", size, diff)
				}
				if diff := cmp.Diff(whole, l.backwards(t, a, size)); diff != "" {
					t.Errorf("backwards by %d (-whole +paged):\n%s", size, diff)
				}
			}
			// Beyond either end there is nothing, but something on the other side.
			first, last := l.page(t, a, "first: 1"), l.page(t, a, "last: 1")
			if p := l.page(t, a, fmt.Sprintf("first: 5, after: %q", last.end)); len(p.ids) != 0 || p.next || !p.previous || p.start != "" {
				t.Errorf("after the last item: %+v", p)
			}
			if p := l.page(t, a, fmt.Sprintf("last: 5, before: %q", first.start)); len(p.ids) != 0 || !p.next || p.previous || p.end != "" {
				t.Errorf("before the first item: %+v", p)
			}
		})
	}
}

// A cursor stays valid when the item that it names is gone.
func TestCursorOutlivesItsItem(t *testing.T) {
	t.Parallel()
	a := loaded(t)
	const list = `query($after: String) {articles(first: 1, after: $after) {nodes {id} pageInfo {endCursor hasPreviousPage}}}`
	first := a.must(t, list, nil, "articles")
	second := a.must(t, list, map[string]any{"after": at(t, first, "pageInfo", "endCursor")}, "articles")
	if _, err := a.pipeline.Retract(t.Context(), []string{at(t, first, "nodes", 0, "id").(string)}, ingest.By{}); err != nil {
		t.Fatal(err)
	}
	again := a.must(t, list, map[string]any{"after": at(t, first, "pageInfo", "endCursor")}, "articles")
	if diff := cmp.Diff(at(t, second, "nodes"), at(t, again, "nodes")); diff != "" {
		t.Error(diff)
	}
	if at(t, again, "pageInfo", "hasPreviousPage") != false {
		t.Error("hasPreviousPage, although what was before is gone")
	}
}

// What is out of range or of the wrong shape is refused with a code and a word of what would be right.
func TestBadArguments(t *testing.T) {
	t.Parallel()
	a := loaded(t)
	cursor := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	for _, test := range []struct{ query, code, message string }{
		{`{councils(first: 0) {totalCount}}`, "INVALID_ARGUMENT", "first is 0; give a number from 1 to 100"},
		{`{councils(first: -1) {totalCount}}`, "INVALID_ARGUMENT", "first is -1; give a number from 1 to 100"},
		{`{councils(last: 101) {totalCount}}`, "INVALID_ARGUMENT", "last is 101; give a number from 1 to 100"},
		{`{councils(first: 1, last: 1) {totalCount}}`, "INVALID_ARGUMENT", "first and last are both given; give first to page forwards or last to page backwards"},
		{`{councils(after: "x") {totalCount}}`, "INVALID_ARGUMENT", "after is no cursor of this list; give a cursor, startCursor or endCursor of an earlier page as it is"},
		{`{councils(before: "` + cursor(`["2",0,"a","b"]`) + `") {totalCount}}`, "INVALID_ARGUMENT", "before is no cursor of this list; give a cursor, startCursor or endCursor of an earlier page as it is"},
		{`{councils(after: "` + cursor(`["1",0,"a",""]`) + `") {totalCount}}`, "INVALID_ARGUMENT", "after is no cursor of this list; give a cursor, startCursor or endCursor of an earlier page as it is"},
		{`{councils(after: "` + cursor(`["1",0,"a"]`) + `") {totalCount}}`, "INVALID_ARGUMENT", "after is no cursor of this list; give a cursor, startCursor or endCursor of an earlier page as it is"},
		{`{councils(filter: {text: "!!"}) {totalCount}}`, "INVALID_ARGUMENT", "text has no letter and no digit to look for; give at least one word or its beginning"},
		{`{search(text: "  ") {totalCount}}`, "INVALID_ARGUMENT", "text is empty; give at least one word or its beginning"},
		{`{search(text: "a", kinds: []) {totalCount}}`, "INVALID_ARGUMENT", "kinds is empty; leave it out to look for all kinds"},
		{`{search(text: "a b c d e f g h i j k l m n o p q") {totalCount}}`, "INVALID_ARGUMENT", "text has 17 words; give at most 16"},
		{`{incidents(filter: {since: "2025-01-02", until: "2025-01-01"}) {totalCount}}`, "INVALID_ARGUMENT", "since is 2025-01-02 and until 2025-01-01; give a since that is not after until"},
		{`{claims(filter: {since: "2025-1-2"}) {totalCount}}`, "INVALID_ARGUMENT", `"2025-1-2" is not a date; write it as YYYY-MM-DD, for example 2024-01-30`},
		{`{council(id: "council:dover") {exposure(maxHops: 9) {distance}}}`, "INVALID_ARGUMENT", "maxHops is 9; give a number from 1 to 8"},
		{`{path(from: "council:dover", to: "council:leicester", maxHops: 0) {length}}`, "INVALID_ARGUMENT", "maxHops is 0; give a number from 1 to 8"},
		{`{path(from: "council:dover", to: "council:atlantis") {length}}`, "NOT_FOUND", `there is nothing with the id "council:atlantis" to look for a path from or to`},
		{`query @asOf(date: "yesterday") {info {revision}}`, "INVALID_ARGUMENT", `"yesterday" is not a date; write it as YYYY-MM-DD, for example 2024-01-30`},
		{`query @asOf(date: 5) {info {revision}}`, "INVALID_ARGUMENT", "5 is not a date; write it as a string \"YYYY-MM-DD\""},
		{`{councils {totalCount`, "GRAPHQL_PARSE_FAILED", ""},
		{`{nothing}`, "GRAPHQL_VALIDATION_FAILED", ""},
		{`{councils(filter: {nation: [FRANCE]}) {totalCount}}`, "GRAPHQL_VALIDATION_FAILED", ""},
	} {
		got := a.ask(t, test.query, nil)
		if got.code() != test.code || test.message != "" && got.Errors[0].Message != test.message {
			t.Errorf("%s\ngot %+v, want %s %s", test.query, got.Errors, test.code, test.message)
		}
	}
}
