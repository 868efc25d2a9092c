package sqlite

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"spillover/ledger"
)

// TestPlans looks at how SQLite would run lists and tallies with every combination of filters: from an index, never by a scan
// of a table.
func TestPlans(t *testing.T) {
	t.Parallel()
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "plans.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close(t.Context())
	cursor := &ledger.Cursor{Key: "k", ID: "incident:x"}
	n := 0
	for facets := range 3 {
		for _, words := range [][]string{nil, {"a"}} {
			for _, since := range []ledger.Date{"", "2024-01-01"} {
				for _, until := range []ledger.Date{"", "2024-12-31"} {
					for _, order := range []sequence{{key: "v.sort", id: "v.id"}, {key: "v.sort", id: "v.id", desc: true}, {key: "v.date_up", id: "v.id"}, {key: "v.date", id: "v.id", desc: true}} {
						for _, page := range []ledger.Page{{Limit: 9}, {Limit: 9, After: cursor}, {Limit: 9, Before: cursor, Backward: true}} {
							q := ledger.ListQuery{Kind: ledger.Incident, At: ledger.Undated, Words: words, Since: since, Until: until, Page: page}
							for i := range facets {
								q.Facets = append(q.Facets, []string{fmt.Sprint("kind:", i), "region:x"})
							}
							where, args, _ := inList(q)
							args = append(args, cursors(page, func(c *ledger.Cursor) string { return c.Key })...)
							n++
							explain(t, s, `SELECT v.id FROM version v`+where+order.between(page)+` ORDER BY `+order.order(page)+` LIMIT 9`, args)
						}
					}
					q := ledger.ListQuery{Kind: ledger.Incident, At: ledger.Undated, Words: words, Since: since, Until: until}
					where, args, _ := inList(q)
					explain(t, s, `SELECT substr(v.date, 1, 7), count(*) FROM version v`+where+` GROUP BY 1`, args)
					explain(t, s, `SELECT f.facet, count(*) FROM version v CROSS JOIN facet f ON f.version = v.number`+where+` GROUP BY 1`, args)
				}
			}
		}
	}
	t.Logf("%d lists explained", n)
}

// explain fails the test where a statement's plan scans a table.
func explain(t *testing.T, s *Store, statement string, args []any) {
	t.Helper()
	err := each(t.Context(), reader{store: s}, "EXPLAIN QUERY PLAN "+statement, args, func(rows *sql.Rows) error {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			return err
		}
		// A list of values, an index and the full-text index are scanned as far as they are asked for.
		for _, table := range []string{"v", "version", "f", "facet", "claim", "t"} {
			if step == "SCAN "+table {
				t.Errorf("%q\n%s", step, statement)
			}
		}
		return nil
	})
	if err != nil && !strings.Contains(err.Error(), "not used") {
		t.Errorf("%v\n%s", err, statement)
	}
}
