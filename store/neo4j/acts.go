package neo4j

import (
	"context"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"spillover/ledger"
)

const (
	allActs = `MATCH (a:Act)`
	actsOf  = `MATCH (:ActSubject {id: $q.of})-[:CHANGED_BY]->(a:Act)`

	// Who made the change that is under way.
	putAct = `
		MATCH (g:Graph {key: 'graph'})
		CREATE (a:Act {revision: g.revision + 1, doc: $q.doc})
		WITH a
		UNWIND $q.subjects AS id
		MERGE (s:ActSubject {id: id})
		CREATE (s)-[:CHANGED_BY]->(a)`
)

// A page of acts and their number, by source.
var actItems, actTotals = map[string]string{}, map[string]string{}

func init() {
	for _, source := range []string{allActs, actsOf} {
		for _, direction := range []string{" DESC", ""} {
			actItems[source+direction] = source + ` WHERE a.revision > $q.above AND a.revision < $q.below RETURN a.revision, a.doc ORDER BY a.revision` + direction + ` LIMIT toInteger($q.most)`
		}
		actTotals[source] = source + ` RETURN count(*)`
	}
}

// Acts gives a page of the acts, the newest first.
func (s *Store) Acts(ctx context.Context, q ledger.ActQuery) (*ledger.ActPage, error) {
	above, below, err := q.Bounds()
	if err != nil {
		return nil, err
	}
	source, direction := allActs, " DESC"
	if q.Of != "" {
		source = actsOf
	}
	if q.Page.Backward {
		direction = ""
	}
	var page *ledger.ActPage
	err = s.read(ctx, "read acts", func(tx driver.ManagedTransaction) error {
		page = &ledger.ActPage{}
		if q.Page.WithTotal {
			err := each(ctx, tx, actTotals[source], map[string]any{"of": q.Of}, func(values []any) error {
				return scan(values, &page.Total)
			})
			if err != nil {
				return err
			}
		}
		var acts []ledger.Act
		err := each(ctx, tx, actItems[source+direction], map[string]any{"of": q.Of, "above": above, "below": below, "most": most(q.Page)}, func(values []any) error {
			a, err := scanJSON[ledger.Act](values[1:])
			if err != nil {
				return err
			}
			err = scan(values[:1], &a.Revision)
			acts = append(acts, a)
			return err
		})
		page.Acts, page.HasMore = cut(acts, q.Page)
		return err
	})
	if err != nil {
		return nil, err
	}
	return page, nil
}
