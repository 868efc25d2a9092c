package neo4j

import (
	"context"
	"math"
	"slices"
	"strings"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"spillover/ledger"
)

// A sequence is the total order of a list: a key, then the id upwards. All are Cypher expressions.
type sequence struct {
	lead    string // what an index has of the key, in the same order, after the kind; "" is nothing
	key, id string
	desc    bool
}

// beyond is the condition that a row is after the cursor "after", or before the cursor "before".
func (q sequence) beyond(cursor string) string {
	far := ">"
	if q.desc != (cursor == "before") {
		far = "<"
	}
	id := ">"
	if cursor == "before" {
		id = "<"
	}
	return `(` + q.key + far + `$q.` + cursor + `_key OR ` + q.key + ` = $q.` + cursor + `_key AND ` + q.id + id + `$q.` + cursor + `_id)`
}

// between is the condition that a row is in the page's range. The id of a cursor that was not given is "".
func (q sequence) between() string {
	return `($q.after_id = '' OR ` + q.beyond("after") + `) AND ($q.before_id = '' OR ` + q.beyond("before") + `)`
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
	if q.lead != "" { // the kind is one, but without it Neo4j sorts all that the index gives
		return "v.kind" + key + ", " + q.lead + key + ", " + q.key + key + ", " + q.id + id
	}
	return q.key + key + ", " + q.id + id
}

// The source of a list, versions v. An index that is in the list's order is read from its near end, no further than
// the page needs; the full-text index finds the versions of given words and facets.
const (
	inOrder   = `MATCH (v:Version) WHERE v.kind = $q.kind AND v.LEAD >= $q.low AND v.LEAD <= $q.high`
	ofKind    = `MATCH (v:Version) WHERE v.kind = $q.kind AND v.sort_start >= ''`
	byContent = `CALL db.index.fulltext.queryNodes('version_words', $q.content) YIELD node AS v WHERE v.kind = $q.kind`
	byWords   = `CALL db.index.fulltext.queryNodes('version_words', $q.content) YIELD node AS v WHERE v.kind IN $q.kinds`
)

// What a list sees of its source.
const (
	inGroups = ` AND all(g IN $q.groups WHERE any(f IN v.facets WHERE f IN g))`
	inDays   = ` AND ($q.since = '' OR v.date >= $q.since) AND ($q.until = '' OR v.date <= $q.until AND v.date <> '')`
)

var listed = inGroups + inDays + ` AND ` + visible

// A paging is what the statement for a page looks at. A condition that is not asked for is left out: Neo4j would look at it for each
// row.
type paging struct {
	past, after, before, backward bool
}

// pagingOf is that of a page at a day.
func pagingOf(p ledger.Page, at ledger.Date) paging {
	return paging{at != ledger.Undated, p.After != nil, p.Before != nil, p.Backward}
}

// exists is that a version v does at the day.
func (p paging) exists() string { return ` AND ` + holds("v", p.past) + ` AND ` + shows(p.past) }

// within is that a row is in the page's range.
func (p paging) within(q sequence) string {
	text := ``
	if p.after {
		text += ` AND ` + q.beyond("after")
	}
	if p.before {
		text += ` AND ` + q.beyond("before")
	}
	return text
}

// cut is the end of a statement that lists versions v: the page's, in order. Only then are columns read.
func (p paging) cut(q sequence, more, columns string) string {
	return ` WITH v` + more + ` ORDER BY ` + q.order(p.backward) + ` LIMIT toInteger($q.most) RETURN ` + columns + `, ` + returnedThing
}

// A listing is a way to list.
type listing struct {
	paging
	source        string // inOrder or byContent
	key           string // property
	lead          string // of the key, in an index
	desc          bool
	groups, dated bool // whether either is looked at
}

// items is the statement for a page of a list.
func (l listing) items() string {
	q := sequence{key: "v." + l.key, id: "v.id", desc: l.desc}
	if l.source == inOrder {
		q.lead = "v." + l.lead
	}
	text := strings.ReplaceAll(l.source, "LEAD", l.lead)
	if l.groups {
		text += inGroups
	}
	if l.dated {
		text += inDays
	}
	return text + l.exists() + l.within(q) + l.cut(q, ``, `0, v.`+l.key)
}

// The orders of lists.
var (
	byName     = listing{key: "sort", lead: "sort_start"}
	byDateUp   = listing{key: "date_up", lead: "date_up"}
	byDateDown = listing{key: "date", lead: "date", desc: true}
)

func (l listing) down() listing { l.desc = true; return l }

// start is the first part of a long string: an index takes strings of a few thousand bytes.
func start(s string) string { return s[:min(len(s), 1000)] }

var (
	listTotals = map[string]string{} // by source

	searched = sequence{key: "rank + v.sort", id: "v.id"}
	// How many things a search finds.
	searchTotal = byWords + ` AND ` + visible + ` RETURN count(*)`
)

func init() {
	for _, source := range []string{inOrder, byContent} {
		// How many things a list has.
		listTotals[source] = strings.Replace(source, inOrder, ofKind, 1) + listed + ` RETURN count(*)`
	}
}

// searchItems is the statement for a page of a search.
func searchItems(p paging) string {
	return byWords + p.exists() + `
		WITH v, CASE WHEN v.sort = $q.key THEN '0' WHEN v.sort STARTS WITH $q.key THEN '1' ELSE '2' END AS rank
		WHERE true` + p.within(searched) + p.cut(searched, `, rank`, `toInteger(rank), v.sort`)
}

// last is after every key and id that there is.
const last = "\uffff"

// undated is what the list by date upwards has in place of "", which is last there, too.
const undated = "~"

// cursors adds a page's bounds to the parameters. low and high are the same bounds for an index, so that it is read
// from the cursor on.
func cursors(params map[string]any, p ledger.Page, desc bool, key func(*ledger.Cursor) string) {
	params["low"], params["high"] = "", last
	for name, c := range map[string]*ledger.Cursor{"after": p.After, "before": p.Before} {
		params[name+"_key"], params[name+"_id"] = "", ""
		if c == nil {
			continue
		}
		params[name+"_key"], params[name+"_id"] = key(c), c.ID
		if (name == "after") != desc {
			params["low"] = start(key(c))
		} else {
			params["high"] = start(key(c))
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
	query, groups, findable := content(q.Words, q.Facets)
	if !findable {
		return &ledger.ListPage{}, nil
	}
	way, written := byName, func(key string) string { return key }
	switch {
	case q.Order == ledger.ByDate && q.Desc:
		way = byDateDown
	case q.Order == ledger.ByDate:
		way = byDateUp
		written = func(key string) string {
			if key == "" {
				return undated
			}
			return key
		}
	case q.Desc:
		way = byName.down()
	}
	way.paging, way.source = pagingOf(q.Page, q.At), inOrder
	if query != "" {
		way.source = byContent
	}
	way.groups, way.dated = len(groups) > 0, q.Since != "" || q.Until != ""
	params := map[string]any{"kind": string(q.Kind), "at": string(q.At), "content": query, "groups": groups, "since": string(q.Since),
		"until": string(q.Until)}
	cursors(params, q.Page, q.Desc, func(c *ledger.Cursor) string { return written(c.Key) })
	if q.Order == ledger.ByDate { // then the days bound what is read of the index
		params["low"] = max(params["low"].(string), string(q.Since))
		if q.Until != "" {
			params["high"] = min(params["high"].(string), string(q.Until))
		}
	}
	page, err := s.page(ctx, "list", q.Page, way.items(), listTotals[way.source], params, q.Then)
	if err == nil && way.key == byDateUp.key {
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
	query, _, findable := content(q.Words, nil)
	if !findable || query == "" {
		return &ledger.ListPage{}, nil
	}
	kinds := q.Kinds
	if len(kinds) == 0 {
		kinds = slices.DeleteFunc(slices.Clone(ledger.Kinds), func(k ledger.Kind) bool { return k == ledger.Data || k == ledger.ArticleKind })
	}
	params := map[string]any{"content": query, "key": q.Key, "kinds": texts(kinds), "at": string(q.At)}
	cursors(params, q.Page, false, func(c *ledger.Cursor) string { return string(rune('0'+c.Rank)) + c.Key })
	return s.page(ctx, "search", q.Page, searchItems(pagingOf(q.Page, q.At)), searchTotal, params, nil)
}

// page reads one page and the total, or the page and what then wants. The columns of items are those of scanItem.
func (s *Store) page(ctx context.Context, doing string, p ledger.Page, items, total string, params map[string]any, then []ledger.Reach) (*ledger.ListPage, error) {
	params["most"] = most(p)
	found := &ledger.ListPage{}
	counted := func(values []any) error { return scan(values, &found.Total) }
	listed := func(values []any) error {
		item, err := scanItem(values)
		found.Items = append(found.Items, item)
		return err
	}
	var err error
	switch {
	case !p.WithTotal && p.Limit == 0:
	case !p.WithTotal && len(then) > 0:
		found, err = s.listAndGather(ctx, doing, items, params, then)
	case !p.WithTotal:
		err = s.lookTogether(ctx, doing, items, params, listed)
	case p.Limit == 0:
		err = s.look(ctx, doing, total, params, counted)
	default:
		err = s.read(ctx, doing, func(tx driver.ManagedTransaction) error {
			found.Items = nil
			if err := each(ctx, tx, total, params, counted); err != nil {
				return err
			}
			return each(ctx, tx, collected(items), params, func(columns []any) error { return eachRow(columns[0], listed) })
		})
	}
	if err != nil {
		return nil, err
	}
	found.Items, found.HasMore = cut(found.Items, p)
	return found, nil
}

// facetsAtMost is how many facets the full-text index is asked for at once; it takes no more than 1,024 parts.
const facetsAtMost = 500

// longestTerm is what is kept of a term: the full-text index takes no more than 32,766 bytes.
const longestTerm = 8000

// content is what the full-text index is asked: a term that begins with each word, and a facet of each group; "" where
// nothing is asked. Groups too large for it are given back, to be looked at otherwise. No term begins with a word that
// has anything but ASCII letters and digits, and no facet is in an empty group; then findable is false.
func content(words []string, facets [][]string) (query string, groups [][]string, findable bool) {
	var parts []string
	for _, w := range words {
		if w == "" || strings.ContainsFunc(w, func(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9') }) {
			return "", nil, false
		}
		parts = append(parts, "terms:"+w[:min(len(w), longestTerm)]+"*")
	}
	groups = [][]string{}
	asked := 0
	for _, group := range facets {
		if len(group) == 0 {
			return "", nil, false
		}
		if asked += len(group); asked > facetsAtMost {
			groups = append(groups, group)
			continue
		}
		either := make([]string, len(group))
		for i, f := range group {
			either[i] = `facets:"` + quoted.Replace(f) + `"`
		}
		parts = append(parts, "("+strings.Join(either, " OR ")+")")
	}
	return strings.Join(parts, " AND "), groups, true
}

// quoted writes a facet for between quotation marks.
var quoted = strings.NewReplacer(`\`, `\\`, `"`, `\"`)
