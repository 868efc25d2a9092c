package sqlite

import (
	"context"
	"database/sql"
	"slices"

	"spillover/ledger"
)

// Parts of what is asked of claims.
const (
	standing     = ` c.known_from <= :at AND :at < c.known_until`
	ofPredicates = ` AND c.predicate IN (SELECT value FROM json_each(:predicates))`
)

// newestFirst is the order of claims.
var newestFirst = sequence{key: "c.asserted_on", id: "c.id", desc: true}

// Claims gives claims of ids, or of the whole graph.
func (s *Store) Claims(ctx context.Context, q ledger.ClaimQuery) ([]ledger.ClaimPage, error) {
	return s.claims(ctx, reader{store: s}, q)
}

// claims gives claims in in's state, or, where in has no transaction, in one of its own.
func (s *Store) claims(ctx context.Context, in reader, q ledger.ClaimQuery) ([]ledger.ClaimPage, error) {
	if q.IDs != nil && len(q.IDs) == 0 {
		return nil, nil
	}
	where := standing
	if len(q.Predicates) > 0 {
		where += ofPredicates
	}
	if len(q.Claims) > 0 {
		where += ` AND c.id IN (SELECT value FROM json_each(:claims))`
	}
	if q.Article != "" {
		where += ` AND c.article = :article`
	}
	if len(q.Values) > 0 {
		where += ` AND c.value IN (SELECT value FROM json_each(:values))`
	}
	if q.Since != "" {
		where += ` AND c.asserted_on >= :since`
	}
	if q.Until != "" {
		where += ` AND c.asserted_on <= :until AND c.asserted_on <> ''`
	}
	args := append([]any{sql.Named("ids", list(q.IDs)), sql.Named("at", string(q.At)), sql.Named("claims", list(q.Claims)), sql.Named("predicates", list(q.Predicates)),
		sql.Named("article", q.Article), sql.Named("values", list(q.Values)), sql.Named("since", string(q.Since)), sql.Named("until", string(q.Until)),
		sql.Named("most", most(q.Page))}, cursors(q.Page, func(c *ledger.Cursor) string { return c.Key })...)

	order := newestFirst
	count, items := wholeGraph(where, order, q.Page)
	pages := make([]ledger.ClaimPage, 1)
	if q.IDs != nil {
		count, items = ofEach(where, q.Towards, order, q.Page)
		pages = make([]ledger.ClaimPage, len(q.IDs))
	}
	// All claims of each id are put in order here: SQLite would carry what is packed through its sorting.
	unordered := q.IDs != nil && q.Page.Limit < 0 && !q.Page.Backward && q.Page.After == nil && q.Page.Before == nil
	if unordered {
		items = allOfEach(where, q.Towards, q.Lean)
	}
	err := s.inOne(ctx, in, func(r reader) error {
		if q.Page.WithTotal {
			err := each(ctx, r, count, args, func(rows *sql.Rows) error {
				var i, n int
				err := rows.Scan(&i, &n)
				if err == nil {
					pages[i].Total = n
				}
				return err
			})
			if err != nil {
				return err
			}
		}
		if q.Page.Limit == 0 {
			return nil
		}
		if err := listClaims(ctx, r, items, args, pages, q.Lean, unordered && q.Lean); err != nil || !unordered {
			return err
		}
		for i := range pages {
			slices.SortFunc(pages[i].Claims, ledger.NewestFirst)
		}
		return nil
	}, count, items, claimByNumber)
	if err != nil {
		return nil, s.failed(ctx, err, "read claims")
	}
	for i := range pages {
		pages[i].Claims, pages[i].HasMore = cut(pages[i].Claims, q.Page)
	}
	return pages, nil
}

// claimByNumber is a claim by its columns, where it was written before claims were packed.
const claimByNumber = `SELECT ` + claimColumns + ` FROM claim c WHERE c.number = :number`

// claimPacked are the columns of a claim as it is packed.
const claimPacked = `c.number, c.packed, c.packed_words`

// listClaims puts claims on their pages. Where alone, the words are no column.
func listClaims(ctx context.Context, r reader, items string, args []any, pages []ledger.ClaimPage, lean, alone bool) error {
	type place struct {
		page, item int
		number     int64
	}
	var unpacked []place
	var at place
	var packed, words sql.NullString
	var skipped sql.RawBytes
	fields := []any{&at.page, &at.number, &packed, &words}
	switch {
	case alone:
		fields = fields[:3]
	case lean:
		fields[3] = &skipped
	}
	err := each(ctx, r, items, args, func(rows *sql.Rows) error {
		if err := rows.Scan(fields...); err != nil {
			return err
		}
		page := &pages[at.page]
		page.Claims = append(page.Claims, new(ledger.Claim))
		at.item = len(page.Claims) - 1
		if !packed.Valid {
			unpacked = append(unpacked, at)
			return nil
		}
		c := page.Claims[at.item]
		if err := ledger.UnpackClaim(packed.String, c); err != nil || lean {
			return err
		}
		return ledger.UnpackWords(words.String, c)
	})
	if err != nil {
		return err
	}
	for _, at := range unpacked {
		err := each(ctx, r, claimByNumber, []any{sql.Named("number", at.number)}, func(rows *sql.Rows) error {
			return rows.Scan(claimFields(pages[at.page].Claims[at.item])...)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// wholeGraph are the statements for all claims, as position 0.
func wholeGraph(where string, order sequence, p ledger.Page) (count, items string) {
	count = `SELECT 0, count(*) FROM claim c WHERE` + where
	items = `SELECT 0, ` + claimPacked + ` FROM claim c WHERE` + where + order.between(p) + ` ORDER BY ` + order.order(p) + ` LIMIT :most`
	return count, items
}

// atEach is the statement for columns of the claims of each id. A claim from a thing to itself is one claim.
func atEach(columns, where string, towards ledger.Towards) string {
	asked := `SELECT j.key AS position, ` + columns + ` FROM json_each(:ids) j CROSS JOIN claim c ON `
	out, in := asked+`c.from_id = j.value WHERE`+where, asked+`c.to_id = j.value WHERE`+where
	switch towards {
	case ledger.Out:
		return out
	case ledger.In:
		return in
	case ledger.MadeBy:
		return asked + `c.article = j.value WHERE` + where
	}
	return out + ` UNION ALL ` + in + ` AND c.from_id <> c.to_id`
}

// allOfEach is the statement for all claims of each id, in no order.
func allOfEach(where string, towards ledger.Towards, lean bool) string {
	if lean {
		return atEach(`c.number, c.packed`, where, towards)
	}
	return atEach(claimPacked, where, towards)
}

// ofEach are the statements for pages of the claims of each id.
func ofEach(where string, towards ledger.Towards, order sequence, p ledger.Page) (count, items string) {
	hits := atEach(`c.number`, where, towards)
	count = `SELECT position, count(*) FROM (` + hits + `) GROUP BY position`
	if p.Limit < 0 { // then places need no numbers, which cost as much as the rest
		items = `SELECT h.position, ` + claimPacked + ` FROM (` + hits + `) h CROSS JOIN claim c ON c.number = h.number
			WHERE true` + order.between(p) + ` ORDER BY h.position, ` + order.order(p)
		return count, items
	}
	items = `SELECT h.position, ` + claimPacked + ` FROM (
			SELECT h.position, h.number, row_number() OVER (PARTITION BY h.position ORDER BY ` + order.order(p) + `) AS place
			FROM (` + hits + `) h CROSS JOIN claim c ON c.number = h.number WHERE true` + order.between(p) + `) h
		CROSS JOIN claim c ON c.number = h.number
		WHERE h.place <= :most ORDER BY h.position, h.place`
	return count, items
}
