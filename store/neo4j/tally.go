package neo4j

import (
	"context"
	"strings"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"spillover/ledger"
)

var (
	// How many things a list has in each month, by source.
	monthTotals = map[string]string{}
	// How many things a list has of each facet, by source.
	facetTotals = map[string]string{}
)

func init() {
	for _, source := range []string{inOrder, byContent} {
		all := strings.Replace(source, inOrder, ofKind, 1) + listed
		monthTotals[source] = all + ` RETURN substring(v.date, 0, 7) AS key, count(*)`
		facetTotals[source] = all + ` UNWIND v.facets AS key WITH key WHERE split(key, ':')[0] IN $q.names AND NOT key CONTAINS '@' RETURN key, count(*)`
	}
}

// Tally counts the things of a list by month and by facet, of one state of the graph.
func (s *Store) Tally(ctx context.Context, q ledger.ListQuery, names []string) (*ledger.Tally, error) {
	t := &ledger.Tally{Months: map[string]int{}, Facets: map[string]int{}}
	query, groups, findable := content(q.Words, q.Facets)
	if !findable {
		return t, nil
	}
	source := inOrder
	if query != "" {
		source = byContent
	}
	params := map[string]any{"kind": string(q.Kind), "at": string(q.At), "content": query, "groups": groups, "since": string(q.Since),
		"until": string(q.Until), "names": names}
	err := s.read(ctx, "tally", func(tx driver.ManagedTransaction) error {
		for cypher, into := range map[string]map[string]int{monthTotals[source]: t.Months, facetTotals[source]: t.Facets} {
			clear(into)
			err := each(ctx, tx, cypher, params, func(values []any) error {
				var key string
				var n int
				err := scan(values, &key, &n)
				into[key] = n
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, n := range t.Months {
		t.Total += n
	}
	return t, nil
}
