package neo4j

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"spillover/ledger"
	"spillover/setup/neo4jtest"
	"spillover/store/storetest"
)

// A store that was kept before anything was packed has all of it afterwards.
func TestPackedLater(t *testing.T) {
	server := neo4jtest.Start(t)
	ctx := t.Context()
	open := func(t *testing.T) ledger.Store {
		s, err := Open(ctx, Config{URI: server.URI, Username: server.Username, Password: server.Password})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	storetest.TestReopen(t, open, func(t *testing.T) ledger.Store {
		s := open(t).(*Store)
		var rows []any
		err := s.look(ctx, "test", `MATCH ()-[c]->() WHERE c.packed IS NOT NULL RETURN elementId(c), c.packed, c.packed_words`, nil, func(values []any) error {
			var c ledger.Claim
			err := errors.Join(scanLean(values[1], &c), unpack(values[2], &c, ledger.UnpackWords))
			props := properties(leanColumns, leanFields(&c))
			maps.Copy(props, properties(wordColumns, wordFields(&c)))
			maps.DeleteFunc(props, func(name string, _ any) bool { return !slices.Contains(packedOnly, name) }) // the rest is there
			rows = append(rows, []any{values[0], props})
			return err
		})
		if err != nil || len(rows) == 0 {
			t.Fatalf("%d claims, %v", len(rows), err)
		}
		err = s.write(ctx, "test", []string{
			`UNWIND $q.rows AS row MATCH ()-[c]->() WHERE elementId(c) = row[0] SET c += row[1] REMOVE c.packed, c.packed_words`,
			`MATCH (v:Version) REMOVE v.packed_thing, v.packed_article`, `MATCH (m:Migration) WHERE m.version >= 3 DETACH DELETE m`,
		}, map[string]any{"rows": rows})
		if err := errors.Join(err, s.Close(ctx)); err != nil {
			t.Fatal(err)
		}
		return open(t)
	})
}
