package neo4j

import (
	"context"
	"errors"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"spillover/ledger"
)

// A repacking packs what was kept before nouns of a sort were packed, or could not be.
type repacking struct {
	read  string // an element's id and its columns, some that are not packed
	write string // puts what is packed into rows of ids
	pack  func(columns []any) ([]any, error)
}

var repackings = []repacking{
	{
		read:  `MATCH (v:Version) WHERE v.packed_thing IS NULL RETURN elementId(v), ` + returned("v", thingColumns) + ` LIMIT toInteger($q.most)`,
		write: `UNWIND $q.rows AS row MATCH (v) WHERE elementId(v) = row[0] SET v.packed_thing = row[1]`,
		pack: func(columns []any) ([]any, error) {
			var t ledger.Thing
			err := scan(columns, thingFields(&t)...)
			return []any{ledger.PackThing(&t)}, err
		},
	},
	{
		read:  `MATCH (a:Article) WHERE a.packed_article IS NULL RETURN elementId(a), ` + returned("a", articleColumns) + ` LIMIT toInteger($q.most)`,
		write: `UNWIND $q.rows AS row MATCH (a) WHERE elementId(a) = row[0] SET a.packed_article = row[1]`,
		pack: func(columns []any) ([]any, error) {
			var a ledger.Article
			err := scan(columns, articleFields(&a)...)
			return []any{ledger.PackArticle(&a)}, err
		},
	},
	{
		read: `MATCH (t)-[c:` + claimTypes + `]->(u) WHERE c.packed IS NULL RETURN elementId(c), type(c), t.id, u.id, ` +
			returned("c", leanColumns) + `, ` + returned("c", wordColumns) + ` LIMIT toInteger($q.most)`,
		write: `UNWIND $q.rows AS row MATCH ()-[c]->() WHERE elementId(c) = row[0] SET c.packed = row[1], c.packed_words = row[2]`,
		pack: func(columns []any) ([]any, error) {
			var c ledger.Claim
			ends := []any{&c.Predicate, &c.From, &c.To}
			lean := leanFields(&c)
			err := errors.Join(scan(columns, ends...), scan(columns[len(ends):], lean...), scan(columns[len(ends)+len(lean):], wordFields(&c)...))
			packed, words := ledger.PackClaim(&c)
			return []any{packed, words}, err
		},
	},
}

// repack packs all that is not packed yet. It may be run again, and by several at the same time.
func (s *Store) repack(ctx context.Context) error {
	for _, r := range repackings {
		for more := true; more; {
			var packed []any
			err := s.read(ctx, "pack", func(tx driver.ManagedTransaction) error {
				packed = nil
				return each(ctx, tx, r.read, map[string]any{"most": rowsAtOnce}, func(values []any) error {
					row, err := r.pack(values[1:])
					packed = append(packed, append([]any{values[0]}, row...))
					return err
				})
			})
			if err != nil {
				return err
			}
			if err := s.write(ctx, "pack", []string{r.write}, map[string]any{"rows": packed}); err != nil {
				return err
			}
			more = len(packed) == rowsAtOnce
		}
	}
	return nil
}
