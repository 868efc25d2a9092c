package neo4j

import (
	"context"
	"math"
	"slices"
	"strings"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"spillover/ledger"
)

// A sequence is the total order of a list: a key, then the id upwards.
type sequence struct {
	key, id string // Cypher expressions
	desc    bool
}

// between is the condition that a row is in the page's range. A cursor that was not given is null.
func (q sequence) between() string {
	later, earlier := ">", "<"
	if q.desc {
		later, earlier = "<", ">"
	}
	return `($after_id IS NULL OR ` + q.key + later + `$after_key OR ` + q.key + ` = $after_key AND ` + q.id + ` > $after_id)
		AND ($before_id IS NULL OR ` + q.key + earlier + `$before_key OR ` + q.key + ` = $before_key AND ` + q.id + ` < $before_id)`
}

// order is what to order by, from the page's near end.
func (q sequence) order(backward bool) string {
	key, id := " ASC", " ASC"
	if q.desc != backward {
		key = " DESC"
	}
	if backward {
		id = " DESC"
	}
	return q.key + key + ", " + q.id + id
}

// The source of a list, versions v. An index that is in the list's order is read from its near end, no further than
// the page needs; the full-text index finds the versions of given words and facets.
const (
	inOrder   = `MATCH (v:Version) WHERE v.kind = $kind AND v.KEY >= $low AND v.KEY <= $high AND v.id >= ''`
	ofKind    = `MATCH (v:Version) WHERE v.kind = $kind AND v.sort >= '' AND v.id >= ''`
	byContent = `CALL db.index.fulltext.queryNodes('version_words', $content) YIELD node AS v WHERE v.kind = $kind`
	byWords   = `CALL db.index.fulltext.queryNodes('version_words', $content) YIELD node AS v WHERE v.kind IN $kinds AND ` // a condition follows
)

// listed is what a list sees of its source.
var listed = ` AND ($since = '' OR v.date >= $since) AND ($until = '' OR v.date <= $until AND v.date <> '') AND ` + visible

// A listing is a way to list: one statement for the page and one for the total.
type listing struct {
	source   string // inOrder or byContent
	key      string // property
	desc     bool
	backward bool
}

var (
	listItems  = map[listing]string{}
	listTotals = map[string]string{} // by source

	searched = sequence{key: "rank + v.sort", id: "v.id"}
	found    = byWords + visible + `
		WITH v, CASE WHEN v.sort = $key THEN '0' WHEN v.sort STARTS WITH $key THEN '1' ELSE '2' END AS rank`
	searchItems = map[bool]string{} // by whether backward
	// How many things a search finds.
	searchTotal = byWords + visible + ` RETURN count(*)`
)

func init() {
	for _, source := range []string{inOrder, byContent} {
		// How many things a list has.
		listTotals[source] = strings.Replace(source, inOrder, ofKind, 1) + listed + ` RETURN count(*)`
		for _, way := range []listing{{key: "sort"}, {key: "sort", desc: true}, {key: "date_up"}, {key: "date", desc: true}} {
			for _, backward := range []bool{false, true} {
				way.source, way.backward = source, backward
				q := sequence{key: "v." + way.key, id: "v.id", desc: way.desc}
				// A page of a list.
				listItems[way] = strings.ReplaceAll(source, "KEY", way.key) + listed + ` AND ` + q.between() +
					` RETURN 0, v.` + way.key + `, ` + returnedThing + ` ORDER BY ` + q.order(backward) + ` LIMIT $most`
			}
		}
	}
	for _, backward := range []bool{false, true} {
		// A page of a search.
		searchItems[backward] = found + ` WHERE ` + searched.between() +
			` RETURN toInteger(rank), v.sort, ` + returnedThing + ` ORDER BY ` + searched.order(backward) + ` LIMIT $most`
	}
}

// last is after every key and id that there is.
const last = "\uffff"

// undated is what the list by date upwards has in place of "", which is last there, too.
const undated = "~"

// cursors adds a page's bounds to the parameters.
func cursors(params map[string]any, p ledger.Page, key func(*ledger.Cursor) string) {
	for name, c := range map[string]*ledger.Cursor{"after": p.After, "before": p.Before} {
		params[name+"_key"], params[name+"_id"] = nil, nil
		if c != nil {
			params[name+"_key"], params[name+"_id"] = key(c), c.ID
		}
	}
}

// most is how many rows a page has to read: one more than it gives, to know whether there are more.
func most(p ledger.Page) int {
	if p.Limit < 0 {
		return math.MaxInt32
	}
	return p.Limit + 1
}

// cut makes a page of rows that were read from its near end.
func cut[T any](rows []T, p ledger.Page) (items []T, more bool) {
	if p.Limit >= 0 && len(rows) > p.Limit {
		rows, more = rows[:p.Limit], true
	}
	if p.Backward {
		slices.Reverse(rows)
	}
	return rows, more
}

// List gives one page of the things of one kind.
func (s *Store) List(ctx context.Context, q ledger.ListQuery) (*ledger.ListPage, error) {
	query, findable := content(q.Words, q.Facets)
	if !findable {
		return &ledger.ListPage{}, nil
	}
	way := listing{source: inOrder, key: "sort", desc: q.Desc, backward: q.Page.Backward}
	if query != "" {
		way.source = byContent
	}
	written := func(c *ledger.Cursor) string { return c.Key }
	if q.Order == ledger.ByDate {
		way.key = "date"
		if !q.Desc {
			way.key = "date_up"
			written = func(c *ledger.Cursor) string {
				if c.Key == "" {
					return undated
				}
				return c.Key
			}
		}
	}
	params := map[string]any{"kind": string(q.Kind), "at": string(q.At), "content": query, "since": string(q.Since), "until": string(q.Until),
		"low": "", "high": last}
	cursors(params, q.Page, written)
	// The same bounds again, so that the index is read from the cursor on.
	for _, bound := range []struct {
		cursor *ledger.Cursor
		end    string
	}{{q.Page.After, "low"}, {q.Page.Before, "high"}} {
		if bound.cursor != nil {
			end := bound.end
			if q.Desc {
				end = map[string]string{"low": "high", "high": "low"}[end]
			}
			params[end] = written(bound.cursor)
		}
	}
	page, err := s.page(ctx, "list", q.Page, listItems[way], listTotals[way.source], params)
	if err == nil && way.key == "date_up" {
		for i := range page.Items {
			if c := &page.Items[i].Cursor; c.Key == undated {
				c.Key = ""
			}
		}
	}
	return page, err
}

// Search gives the things that have a term for each word.
func (s *Store) Search(ctx context.Context, q ledger.SearchQuery) (*ledger.ListPage, error) {
	query, findable := content(q.Words, nil)
	if !findable || query == "" {
		return &ledger.ListPage{}, nil
	}
	kinds := q.Kinds
	if len(kinds) == 0 {
		kinds = slices.DeleteFunc(slices.Clone(ledger.Kinds), func(k ledger.Kind) bool { return k == ledger.Data || k == ledger.ArticleKind })
	}
	params := map[string]any{"content": query, "key": q.Key, "kinds": texts(kinds), "at": string(q.At)}
	cursors(params, q.Page, func(c *ledger.Cursor) string { return string(rune('0'+c.Rank)) + c.Key })
	return s.page(ctx, "search", q.Page, searchItems[q.Page.Backward], searchTotal, params)
}

// page reads one page and the total. The columns of items are rank, key and the thing's.
func (s *Store) page(ctx context.Context, doing string, p ledger.Page, items, total string, params map[string]any) (*ledger.ListPage, error) {
	params["most"] = most(p)
	var page *ledger.ListPage
	err := s.read(ctx, doing, func(tx driver.ManagedTransaction) error {
		page = &ledger.ListPage{}
		if p.WithTotal {
			if err := each(ctx, tx, total, params, func(values []any) error { return scan(values, &page.Total) }); err != nil {
				return err
			}
		}
		if p.Limit == 0 {
			return nil
		}
		var rows []ledger.ListItem
		err := each(ctx, tx, items, params, func(values []any) error {
			var item ledger.ListItem
			err := scan(values, append([]any{&item.Cursor.Rank, &item.Cursor.Key}, thingFields(&item.Thing)...)...)
			item.Cursor.ID = item.Thing.ID
			rows = append(rows, item)
			return err
		})
		page.Items, page.HasMore = cut(rows, p)
		return err
	})
	if err != nil {
		return nil, err
	}
	return page, nil
}

// content is what the full-text index is asked: a term that begins with each word, and a facet of each group. It is ""
// where nothing is asked. No term begins with a word that has anything but ASCII letters and digits, and no facet is in
// an empty group; then findable is false.
func content(words []string, facets [][]string) (query string, findable bool) {
	var parts []string
	for _, w := range words {
		if w == "" || strings.ContainsFunc(w, func(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9') }) {
			return "", false
		}
		parts = append(parts, "terms:"+w+"*")
	}
	for _, group := range facets {
		if len(group) == 0 {
			return "", false
		}
		any := make([]string, len(group))
		for i, f := range group {
			any[i] = `facets:"` + quoted.Replace(f) + `"`
		}
		parts = append(parts, "("+strings.Join(any, " OR ")+")")
	}
	return strings.Join(parts, " AND "), true
}

// quoted writes a facet for between quotation marks.
var quoted = strings.NewReplacer(`\`, `\\`, `"`, `\"`)
