package graph_test

import (
	"encoding/base64"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Every list can be walked forwards and backwards in pages of any size: each item comes once, in the order of the whole
// list, and pageInfo tells the truth at each step.
func TestPaging(t *testing.T) {
	t.Parallel()
	a := loaded(t)
	lists := map[string]struct{ before, after, key string }{
		"councils":                {"", "", "id"},
		"councils backwards":      {"", "orderBy: NAME_DESC", "id"},
		"incidents":               {"", "", "id"},
		"incidents by name":       {"", "orderBy: NAME_ASC", "id"},
		"sharedArrangements":      {"", "", "id"},
		"agencies":                {"", "", "id"},
		"officials":               {"", "", "id"},
		"articles":                {"", "filter: {origin: [ARTICLE, DATA_SET]}", "id"},
		"articles, old first":     {"", "orderBy: DATE_ASC", "id"},
		"claims":                  {"", "", "id"},
		"claims of a council":     {`council(id: "council:westminster")`, "", "id"},
		"claims of an article":    {`article(id: "article:25ab165f6dd56de5")`, "", "id"},
		"articles of an incident": {`incident(id: "incident:f76aa4c7b2d0ba1d-1")`, "", "id"},
	}
	for name, list := range lists {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var field string
			fmt.Sscan(name, &field)
			if field[len(field)-1] == ',' {
				field = field[:len(field)-1]
			}
			open, path := "{", []any{field}
			shut := "}"
			if list.before != "" {
				var parent string
				fmt.Sscanf(list.before, "%s", &parent)
				parent = parent[:len(parent)-len("(id:")]
				open, shut, path = "{"+list.before+"{", "}}", []any{parent, field}
			}
			page := func(args string) (ids []string, total float64, next, previous bool, start, end string) {
				query := fmt.Sprintf(`%s %s(%s %s) {totalCount edges {cursor node {%s}} nodes {%s} pageInfo {hasNextPage hasPreviousPage startCursor endCursor}} %s`,
					open, field, args, list.after, list.key, list.key, shut)
				got := a.must(t, query, nil, path...)
				edges := at(t, got, "edges").([]any)
				for i := range edges {
					id := at(t, edges, i, "node", list.key).(string)
					ids = append(ids, id)
					if same := at(t, got, "nodes", i, list.key); same != id {
						t.Fatalf("node %d is %v, its edge's %s", i, same, id)
					}
				}
				start, _ = at(t, got, "pageInfo", "startCursor").(string)
				end, _ = at(t, got, "pageInfo", "endCursor").(string)
				if n := len(edges); n > 0 && (start != at(t, edges, 0, "cursor") || end != at(t, edges, n-1, "cursor")) {
					t.Fatal("startCursor and endCursor are not those of the first and last edge")
				}
				return ids, at(t, got, "totalCount").(float64), at(t, got, "pageInfo", "hasNextPage").(bool), at(t, got, "pageInfo", "hasPreviousPage").(bool), start, end
			}
			whole, total, next, _, _, _ := page("first: 100")
			for cursor := ""; next; {
				var more []string
				_, _, _, _, _, cursor = page(fmt.Sprintf("first: %d", len(whole)))
				more, _, next, _, _, _ = page(fmt.Sprintf("first: 100, after: %q", cursor))
				whole = append(whole, more...)
				if len(whole) >= 100 {
					break
				}
			}
			if int(total) != len(whole) && len(whole) < 100 {
				t.Fatalf("totalCount %v, items %d", total, len(whole))
			}
			unique := slices.Sorted(slices.Values(whole))
			if len(slices.Compact(unique)) != len(whole) {
				t.Fatal("an item comes twice")
			}
			last := int(total)
			for _, size := range []int{1, 3, 7} {
				var forth, back []string
				args := fmt.Sprintf("first: %d", size)
				for {
					ids, _, next, previous, _, end := page(args)
					if previous != (len(forth) > 0) {
						t.Fatalf("size %d after %d items: hasPreviousPage is %v", size, len(forth), previous)
					}
					forth = append(forth, ids...)
					if next != (len(forth) < last) {
						t.Fatalf("size %d after %d items of %d: hasNextPage is %v", size, len(forth), last, next)
					}
					if !next {
						break
					}
					args = fmt.Sprintf("first: %d, after: %q", size, end)
				}
				args = fmt.Sprintf("last: %d", size)
				for {
					ids, _, next, previous, start, _ := page(args)
					if next != (len(back) > 0) {
						t.Fatalf("size %d, %d items before the end: hasNextPage is %v", size, len(back), next)
					}
					back = append(slices.Clone(ids), back...)
					if previous != (len(back) < last) {
						t.Fatalf("size %d, %d items before the end: hasPreviousPage is %v", size, len(back), previous)
					}
					if !previous {
						break
					}
					args = fmt.Sprintf("last: %d, before: %q", size, start)
				}
				if diff := cmp.Diff(whole, forth[:min(len(whole), len(forth))]); diff != "" {
					t.Errorf("forwards by %d (-whole +paged):\n%s", size, diff)
				}
				if diff := cmp.Diff(forth, back); diff != "" {
					t.Errorf("by %d (-forwards +backwards):\n%s", size, diff)
				}
			}
			// Beyond the end there is nothing, and something before it.
			_, _, _, _, _, end := page("last: 1")
			ids, _, next, previous, start, _ := page(fmt.Sprintf("first: 5, after: %q", end))
			if len(ids) != 0 || next || !previous || start != "" {
				t.Errorf("after the last item: %v, next %v, previous %v, startCursor %q", ids, next, previous, start)
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
	if _, err := a.pipeline.Retract(t.Context(), []string{at(t, first, "nodes", 0, "id").(string)}); err != nil {
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
