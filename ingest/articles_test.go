package ingest

import (
	"bytes"
	"context"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"spillover/article"
	"spillover/gazetteer"
	"spillover/ledger"
	"spillover/samples"
	"spillover/setup/neo4jtest"
	"spillover/store/neo4j"
)

// realArticles are the sample articles and, where their folder is beside the project, those that it is measured on.
func realArticles(t *testing.T) (articles []ledger.Article) {
	t.Helper()
	var files [][]byte
	all, err := samples.Articles()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		files = append(files, a.Data)
	}
	names, err := filepath.Glob(filepath.Join("..", "..", "shared", "articles", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, data)
	}
	for _, data := range files {
		for a, err := range article.Each(bytes.NewReader(data), article.Options{}) {
			if err != nil {
				t.Fatal(err)
			}
			articles = append(articles, a)
		}
	}
	return articles
}

// Articles that were read, in any order and in batches of any size, come to one graph, in both stores; and what is
// exported can be imported, which looks for every quote at its place in its article.
func TestArticlesInAnyOrder(t *testing.T) {
	ctx := context.Background()
	articles := realArticles(t)
	load := func(p *Pipeline, size int) string {
		t.Helper()
		if err := p.Seed(ctx); err != nil {
			t.Fatal(err)
		}
		for batch := range slices.Chunk(articles, size) {
			outcomes, err := p.Load(ctx, batch)
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range outcomes {
				if o.Err != nil {
					t.Fatal(o.Err)
				}
			}
		}
		return export(t, p)
	}
	want := load(New(open(t), gazetteer.Default()), len(articles))
	random := rand.New(rand.NewSource(2025))
	for range 2 {
		random.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
		size := 1 + random.Intn(len(articles))
		if diff := gocmp.Diff(want, load(New(open(t), gazetteer.Default()), size)); diff != "" {
			t.Fatalf("in batches of %d:\n%s", size, diff)
		}
	}

	at := neo4jtest.Start(t)
	store, err := neo4j.Open(ctx, neo4j.Config{URI: at.URI, Username: at.Username, Password: at.Password, Database: "neo4j"})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close(ctx)
	if diff := gocmp.Diff(want, load(New(store, gazetteer.Default()), 7)); diff != "" {
		t.Fatalf("in Neo4j:\n%s", diff)
	}

	other := New(open(t), gazetteer.Default())
	if err := other.Seed(ctx); err != nil {
		t.Fatal(err)
	}
	sum, err := other.Import(ctx, strings.NewReader(want))
	if err != nil || sum.New != len(articles) {
		t.Fatalf("%+v, %v", sum, err)
	}
	if diff := gocmp.Diff(want, export(t, other)); diff != "" {
		t.Fatalf("imported:\n%s", diff)
	}
}
