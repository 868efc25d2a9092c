package ingest

import (
	"context"
	"math/rand"
	"slices"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"spillover/gazetteer"
	"spillover/ledger"
	"spillover/setup/neo4jtest"
	"spillover/store/neo4j"
)

// The promises hold in Neo4j as they do in SQLite, and both stores come to the same, to the byte. Random worlds are few
// here, for each takes a real database; SQLite goes through many in the tests beside.
func TestNeo4jKeepsThePromisesToo(t *testing.T) {
	ctx := context.Background()
	for seed := range 3 {
		records := rapid.Custom(world).Example(seed + 1)
		t.Run("", func(t *testing.T) {
			at := neo4jtest.Start(t)
			store, err := neo4j.Open(ctx, neo4j.Config{URI: at.URI, Username: at.Username, Password: at.Password, Database: "neo4j"})
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close(ctx)
			graph, file := New(store, gazetteer.Default()), New(open(t), gazetteer.Default())
			same := func(what, want, got string) {
				t.Helper()
				if diff := gocmp.Diff(want, got); diff != "" {
					t.Errorf("%s:\n%s", what, diff)
				}
			}
			put(t, file, records...)
			shuffled := append(slices.Clone(records), records...)
			rand.New(rand.NewSource(int64(seed))).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
			var wg sync.WaitGroup
			for batch := range slices.Chunk(shuffled, 3) {
				wg.Go(func() {
					if _, err := graph.Put(ctx, batch); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			whole := export(t, file)
			same("loaded in batches at once", whole, export(t, graph))

			var mentions []string
			for _, r := range records {
				for _, m := range r.Mentions {
					mentions = append(mentions, m.ID)
				}
			}
			for _, day := range append(slices.Clone(days[1:]), ledger.Undated) {
				same("as of "+string(day), seen(t, file.store, day, mentions), seen(t, store, day, mentions))
			}

			if err := graph.Rebuild(ctx); err != nil {
				t.Fatal(err)
			}
			same("rebuilt", whole, export(t, graph))

			gone := records[len(records)/2:]
			var ids []string
			for _, r := range gone {
				ids = append(ids, r.Article.ID)
			}
			for _, p := range []*Pipeline{graph, file} {
				if _, err := p.Retract(ctx, ids, By{}); err != nil {
					t.Fatal(err)
				}
			}
			same("retracted", export(t, file), export(t, graph))
			put(t, graph, gone...)
			same("and loaded again", whole, export(t, graph))
		})
	}
}
