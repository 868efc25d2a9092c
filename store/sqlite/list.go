package sqlite

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"

	"spillover/ledger"
)

// A sequence is the total order of a list: a key, then the id upwards. Both are SQL expressions.
type sequence struct {
	key, id string
	desc    bool
}

// between is the condition that a row is in the page's range. Cursors are :after_key, :after_id, :before_key, :before_id.
func (q sequence) between(p ledger.Page) string {
	later, earlier := ">", "<"
	if q.desc {
		later, earlier = "<", ">"
	}
	var where string
	bound := func(direction, tie, name string) {
		// The first half lets an index find the place.
		where += " AND " + q.key + " " + direction + "= :" + name + "_key AND (" + q.key + " " + direction + " :" + name + "_key OR " +
			q.id + " " + tie + " :" + name + "_id)"
	}
	if p.After != nil {
		bound(later, ">", "after")
	}
	if p.Before != nil {
		bound(earlier, "<", "before")
	}
	return where
}

// order is what to order by, from the page's near end.
func (q sequence) order(p ledger.Page) string {
	key, id := " ASC", " ASC"
	if q.desc != p.Backward {
		key = " DESC"
	}
	if p.Backward {
		id = " DESC"
	}
	return q.key + key + ", " + q.id + id
}

// cursors are the parameters of between. key writes a cursor's key as the sequence does.
func cursors(p ledger.Page, key func(*ledger.Cursor) string) []any {
	var args []any
	for name, c := range map[string]*ledger.Cursor{"after": p.After, "before": p.Before} {
		if c != nil {
			args = append(args, sql.Named(name+"_key", key(c)), sql.Named(name+"_id", c.ID))
		}
	}
	return args
}

// most is how many rows a page has to read: one more than it gives, to know whether there are more. SQLite reads -1 as all.
func most(p ledger.Page) int {
	if p.Limit < 0 {
		return -1
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

// inList is the condition that version v is in a list, with its parameters; findable is false where nothing can be.
func inList(q ledger.ListQuery) (where string, args []any, findable bool) {
	match, findable := matching(q.Words)
	where = ` WHERE v.kind = :kind AND ` + visible
	args = []any{sql.Named("kind", string(q.Kind)), sql.Named("at", string(q.At)), sql.Named("match", match),
		sql.Named("since", string(q.Since)), sql.Named("until", string(q.Until))}
	for i, group := range q.Facets {
		name := "facets" + strconv.Itoa(i)
		where += ` AND v.number IN (SELECT f.version FROM facet f WHERE f.facet IN (SELECT value FROM json_each(:` + name + `)))`
		args = append(args, sql.Named(name, list(group)))
	}
	if len(q.Words) > 0 {
		where += ` AND v.number IN (SELECT rowid FROM term WHERE term MATCH :match)`
	}
	if q.Since != "" {
		where += ` AND v.date >= :since`
	}
	if q.Until != "" {
		where += ` AND v.date <= :until AND v.date <> ''`
	}
	return where, args, findable
}

// List gives one page of the things of one kind.
func (s *Store) List(ctx context.Context, q ledger.ListQuery) (*ledger.ListPage, error) {
	where, args, findable := inList(q)
	if !findable {
		return &ledger.ListPage{}, nil
	}
	where = ` FROM version v` + where
	order := sequence{key: "v.sort", id: "v.id", desc: q.Desc}
	shown, written := "v.sort", func(c *ledger.Cursor) string { return c.Key }
	if q.Order == ledger.ByDate {
		shown, order.key = "v.date", "v.date"
		if !q.Desc {
			order.key = "v.date_up"
			written = func(c *ledger.Cursor) string {
				if c.Key == "" {
					return "~"
				}
				return c.Key
			}
		}
	}
	return s.page(ctx, q.Page, "list", listing{
		count: `SELECT count(*)` + where,
		items: `SELECT v.id, v.doc, 0, ` + shown + where + order.between(q.Page) + ` ORDER BY ` + order.order(q.Page) + ` LIMIT :most`,
		args:  append(args, cursors(q.Page, written)...),
	}, func(r reader, page *ledger.ListPage) (err error) {
		if len(q.Then) == 0 {
			return nil
		}
		things := make([]*ledger.Thing, len(page.Items))
		for i := range page.Items {
			things[i] = &page.Items[i].Thing
		}
		page.Gathered, err = ledger.GatherOf(ctx, state{r}, things, q.At, q.Then)
		return err
	})
}

// Search gives the things that have a term for each word. Their rank is one digit before Sort, so that both are one key.
func (s *Store) Search(ctx context.Context, q ledger.SearchQuery) (*ledger.ListPage, error) {
	match, findable := matching(q.Words)
	if !findable || len(q.Words) == 0 {
		return &ledger.ListPage{}, nil
	}
	kinds := q.Kinds
	if len(kinds) == 0 {
		kinds = slices.DeleteFunc(slices.Clone(ledger.Kinds), func(k ledger.Kind) bool { return k == ledger.Data || k == ledger.ArticleKind })
	}
	found := `WITH found AS (
		SELECT v.id, v.doc, v.sort, CASE WHEN v.sort = :key THEN 0 WHEN substr(v.sort, 1, length(:key)) = :key THEN 1 ELSE 2 END AS rank
		FROM version v WHERE v.number IN (SELECT rowid FROM term WHERE term MATCH :match)
		AND v.kind IN (SELECT value FROM json_each(:kinds)) AND ` + visible + `) `
	order := sequence{key: "(rank || sort)", id: "id"}
	written := func(c *ledger.Cursor) string { return strconv.Itoa(c.Rank) + c.Key }
	return s.page(ctx, q.Page, "search", listing{
		count: found + `SELECT count(*) FROM found`,
		items: found + `SELECT id, doc, rank, sort FROM found WHERE true` + order.between(q.Page) + ` ORDER BY ` + order.order(q.Page) + ` LIMIT :most`,
		args: append([]any{sql.Named("key", q.Key), sql.Named("match", match), sql.Named("kinds", list(kinds)), sql.Named("at", string(q.At))},
			cursors(q.Page, written)...),
	}, nil)
}

// A listing is the two statements of a page, with the parameters of both.
type listing struct {
	count string
	items string // its columns are id, doc, rank, key
	args  []any
}

// page reads one page of a listing and the total, and what then adds, of one state of the graph.
func (s *Store) page(ctx context.Context, p ledger.Page, doing string, l listing, then func(reader, *ledger.ListPage) error) (*ledger.ListPage, error) {
	page := &ledger.ListPage{}
	texts := []string{l.count, l.items}
	if then != nil {
		texts = append(texts, gatherTexts...)
	}
	err := s.snapshot(ctx, func(r reader) error {
		if p.WithTotal {
			if err := each(ctx, r, l.count, l.args, func(rows *sql.Rows) error { return rows.Scan(&page.Total) }); err != nil {
				return err
			}
		}
		if p.Limit == 0 {
			return nil
		}
		var items []ledger.ListItem
		err := each(ctx, r, l.items, append(l.args, sql.Named("most", most(p))), func(rows *sql.Rows) error {
			var item ledger.ListItem
			var text sql.RawBytes
			if err := rows.Scan(&item.Cursor.ID, &text, &item.Cursor.Rank, &item.Cursor.Key); err != nil {
				return err
			}
			if err := readThing(text, &item.Thing); err != nil {
				return err
			}
			items = append(items, item)
			return nil
		})
		page.Items, page.HasMore = cut(items, p)
		if err == nil && then != nil {
			err = then(r, page)
		}
		return err
	}, texts...)
	if err != nil {
		return nil, s.failed(ctx, err, doing)
	}
	return page, nil
}

// matching is the full-text query for versions that have a term beginning with each word. No term begins with a word
// that has anything but ASCII letters and digits; then findable is false.
func matching(words []string) (match string, findable bool) {
	for i, w := range words {
		if w == "" || strings.ContainsFunc(w, func(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9') }) {
			return "", false
		}
		if i > 0 {
			match += " AND "
		}
		match += `"` + w + `" *`
	}
	return match, true
}
