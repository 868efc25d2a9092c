package sqlite

import (
	"context"
	"database/sql"

	"spillover/ledger"
)

// Tally counts the things of a list by month and by facet, of one state of the graph.
func (s *Store) Tally(ctx context.Context, q ledger.ListQuery, names []string) (*ledger.Tally, error) {
	t := &ledger.Tally{Months: map[string]int{}, Facets: map[string]int{}}
	where, args, findable := inList(q)
	if !findable {
		return t, nil
	}
	months := `SELECT substr(v.date, 1, 7), count(*) FROM version v` + where + ` GROUP BY 1`
	facets := `SELECT f.facet, count(*) FROM version v CROSS JOIN facet f ON f.version = v.number` + where + `
		AND substr(f.facet, 1, instr(f.facet, ':') - 1) IN (SELECT value FROM json_each(:names)) AND instr(f.facet, '@') = 0 GROUP BY 1`
	count := func(into map[string]int) func(*sql.Rows) error {
		return func(rows *sql.Rows) error {
			var key string
			var n int
			if err := rows.Scan(&key, &n); err != nil {
				return err
			}
			into[key] = n
			return nil
		}
	}
	err := s.snapshot(ctx, func(r reader) error {
		if err := each(ctx, r, months, args, count(t.Months)); err != nil {
			return err
		}
		return each(ctx, r, facets, append(args, sql.Named("names", list(names))), count(t.Facets))
	}, months, facets)
	if err != nil {
		return nil, s.failed(ctx, err, "tally")
	}
	for _, n := range t.Months {
		t.Total += n
	}
	return t, nil
}
