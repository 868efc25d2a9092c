package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"

	"spillover/ledger"
)

// Acts gives a page of the acts, the newest first.
func (s *Store) Acts(ctx context.Context, q ledger.ActQuery) (*ledger.ActPage, error) {
	above, below, err := q.Bounds()
	if err != nil {
		return nil, err
	}
	from, direction := ` FROM act a WHERE true`, "DESC"
	if q.Of != "" {
		from = ` FROM act_subject s CROSS JOIN act a ON a.revision = s.revision WHERE s.subject = :of`
	}
	if q.Page.Backward {
		direction = "ASC"
	}
	count := `SELECT count(*)` + from
	items := `SELECT a.revision, a.doc` + from + ` AND a.revision > :above AND a.revision < :below ORDER BY a.revision ` + direction + ` LIMIT :most`
	args := []any{sql.Named("of", q.Of), sql.Named("above", above), sql.Named("below", below), sql.Named("most", most(q.Page))}
	page := &ledger.ActPage{}
	err = s.snapshot(ctx, func(r reader) error {
		if q.Page.WithTotal {
			if err := each(ctx, r, count, args[:1], func(rows *sql.Rows) error { return rows.Scan(&page.Total) }); err != nil {
				return err
			}
		}
		var acts []ledger.Act
		err := each(ctx, r, items, args, func(rows *sql.Rows) error {
			var a ledger.Act
			var text sql.RawBytes
			if err := rows.Scan(&a.Revision, &text); err != nil {
				return err
			}
			if err := json.Unmarshal(text, &a); err != nil {
				return err
			}
			acts = append(acts, a)
			return nil
		})
		page.Acts, page.HasMore = cut(acts, q.Page)
		return err
	}, count, items)
	if err != nil {
		return nil, s.failed(ctx, err, "read acts")
	}
	return page, nil
}

// putAct writes who made the change that is under way.
func (u *update) putAct(ctx context.Context, a *ledger.Act) error {
	if err := u.exec(ctx, `INSERT INTO act SELECT number + 1, ? FROM revision`, doc(a)); err != nil {
		return err
	}
	return u.exec(ctx, `INSERT INTO act_subject SELECT j.value, r.number + 1 FROM json_each(?) j CROSS JOIN revision r`, list(a.Subjects()))
}
