package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"spillover/gazetteer"
	"spillover/ingest"
	"spillover/ledger"
	"spillover/setup/neo4jtest"
	"spillover/store/neo4j"
	"spillover/store/sqlite"
)

// What the loader said is stored survives its kill -9 at any moment, no article is half there, what is derived is what
// the articles make, and loading again makes the graph that an undisturbed load makes.
func TestKilledLoader(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(2025, 11))
	dir := t.TempDir()
	loader := filepath.Join(dir, "loader")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", loader, "./loader").CombinedOutput(); err != nil {
		t.Fatalf("build the loader: %v\n%s", err, out)
	}
	articles := filepath.Join(dir, "articles.jsonl")
	const batches = 3 // of 200, in each of which the loader stores
	ids := writeArticles(t, articles, batches*200-50, random)
	k := &killing{loader: loader, articles: articles, ids: ids, random: random}

	undisturbed := embedded(filepath.Join(dir, "undisturbed.db"))
	began := time.Now()
	k.run(t, undisturbed, never, 0)
	k.batch = time.Since(began) / batches
	k.records, k.export = contents(t, undisturbed)
	if len(k.records) < len(ids) {
		t.Fatalf("%d records of %d articles", len(k.records), len(ids))
	}

	k.test(t, embedded(filepath.Join(dir, "once.db")), 1)
	k.test(t, embedded(filepath.Join(dir, "often.db")), 0, 1, 2)
	k.batch *= 2 // Neo4j takes longer
	server := neo4jtest.Start(t)
	k.test(t, graphDatabase(neo4j.Config{URI: server.URI, Username: server.Username, Password: server.Password}), 0, 1, 2)
}

// A place is where a loader stores: what its environment says, and how a test looks at it.
type place struct {
	name string
	env  []string
	open func(ctx context.Context) (ledger.Store, error)
}

func embedded(file string) place {
	return place{filepath.Base(file), []string{"SPILLOVER_DB=" + file}, func(ctx context.Context) (ledger.Store, error) {
		return sqlite.Open(ctx, file)
	}}
}

func graphDatabase(c neo4j.Config) place {
	env := []string{"NEO4J_URI=" + c.URI, "NEO4J_USERNAME=" + c.Username, "NEO4J_PASSWORD=" + c.Password}
	return place{"neo4j", env, func(ctx context.Context) (ledger.Store, error) { return neo4j.Open(ctx, c) }}
}

type killing struct {
	loader   string // the program
	articles string // the file it loads
	ids      []string
	random   *rand.Rand
	batch    time.Duration             // what a batch takes; kills come within it
	records  map[string]*ledger.Record // that it made
	export   string                    // of the graph that it made
}

// test kills loaders that store at p, each within the batch after so many acknowledged ones, looks after each, and lets
// a last one finish.
func (k *killing) test(t *testing.T, p place, afterBatches ...int) {
	t.Helper()
	for _, n := range afterBatches {
		within := time.Duration(k.random.Int64N(int64(k.batch)))
		said := k.run(t, p, n, within)
		records, export := contents(t, p)
		t.Logf("%s: killed %v after batch %d, %d of %d articles acknowledged, %d records there", p.name, within, n, said, len(k.ids), len(records))
		for i, id := range k.ids {
			if i < said && records[id] == nil {
				t.Fatalf("%s: article %d of %d acknowledged ones is lost", p.name, i+1, said)
			}
		}
		for id, r := range records {
			if diff := cmp.Diff(k.records[id], r); diff != "" {
				t.Fatalf("%s: %s is not whole (-want +got):\n%s", p.name, id, diff)
			}
		}
		if diff := cmp.Diff(rebuilt(t, p), export); diff != "" {
			t.Fatalf("%s: what is derived is not what the articles make (-rebuilt +found):\n%s", p.name, diff)
		}
	}
	k.run(t, p, never, 0)
	if _, export := contents(t, p); export != k.export {
		t.Errorf("%s: loading again makes another graph (-want +got):\n%s", p.name, cmp.Diff(k.export, export))
	}
}

// acknowledged is a line of the loader's progress: so many articles are stored.
var acknowledged = regexp.MustCompile(`(?m)^articles: (\d+) new, (\d+) unchanged, (\d+) replaced, .* so far$`)

// never is a batch that no load comes to.
const never = 1 << 30

// A watched output is what a loader says; it calls then once so many batches are acknowledged.
type watched struct {
	said    bytes.Buffer
	batches int
	then    func()
}

func (w *watched) Write(p []byte) (int, error) {
	w.said.Write(p)
	if w.then != nil && len(acknowledged.FindAll(w.said.Bytes(), -1)) >= w.batches {
		w.then()
		w.then = nil
	}
	return len(p), nil
}

// run loads the articles into p, kills the loader a while after so many batches, unless it has ended by then, and gives
// the number of articles that it had said to be stored.
func (k *killing) run(t *testing.T, p place, batches int, within time.Duration) int {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), k.loader, "load", k.articles)
	cmd.Env = append(os.Environ(), p.env...)
	killed := false
	kill := func() {
		killed = true
		time.AfterFunc(within, func() { _ = cmd.Process.Kill() }) // that it has ended already is no error
	}
	w := &watched{batches: batches, then: kill}
	if batches == 0 {
		w.then = nil
	}
	cmd.Stdout, cmd.Stderr = w, w // one writer, so one goroutine writes
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if batches == 0 {
		kill()
	}
	if err := cmd.Wait(); err != nil && !killed {
		t.Fatalf("load into %s: %v\n%s", p.name, err, &w.said)
	}
	total := 0
	if lines := acknowledged.FindAllStringSubmatch(w.said.String(), -1); lines != nil {
		for _, count := range lines[len(lines)-1][1:] {
			n, err := strconv.Atoi(count)
			if err != nil {
				t.Fatal(err)
			}
			total += n
		}
	}
	return total
}

// contents are the records of articles at p, and the export of the graph there.
func contents(t *testing.T, p place) (records map[string]*ledger.Record, export string) {
	t.Helper()
	store, err := p.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close(t.Context())
	records = map[string]*ledger.Record{}
	err = store.Records(t.Context(), func(r *ledger.Record) error {
		records[r.Article.ID] = r
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return records, exported(t, store)
}

// rebuilt is the export of the graph at p after all that is derived was made anew.
func rebuilt(t *testing.T, p place) string {
	t.Helper()
	store, err := p.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close(t.Context())
	if err := ingest.New(store, gazetteer.Default()).Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	return exported(t, store)
}

func exported(t *testing.T, store ledger.Store) string {
	t.Helper()
	var b bytes.Buffer
	if err := ingest.New(store, gazetteer.Default()).Export(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// writeArticles writes n small articles as JSON lines, and gives their ids in the order of the file.
func writeArticles(t *testing.T, file string, n int, random *rand.Rand) (ids []string) {
	t.Helper()
	councils := gazetteer.Default().Councils
	outcomes := []string{"has confirmed that data was copied in a ransomware attack", "has taken its systems down after a cyber attack",
		"is looking into a possible cyber attack", "said that it was not affected by the cyber attack"}
	var b bytes.Buffer
	for i := range n {
		one, two := councils[random.IntN(len(councils))].Name, councils[random.IntN(len(councils))].Name
		text := fmt.Sprintf("%s %s. Its partner %s %s. The National Cyber Security Centre is supporting the councils.\n\nReport %d.",
			one, outcomes[random.IntN(len(outcomes))], two, outcomes[random.IntN(len(outcomes))], i)
		url := fmt.Sprintf("https://news.example/%d", i)
		line, err := json.Marshal(map[string]any{"title": "Cyber attack on " + one, "text": text, "url": url, "publisher": "A test",
			"published_on": time.Date(2020, 1, 1+random.IntN(2000), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)})
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
		ids = append(ids, ledger.ArticleID(url, ""))
	}
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return ids
}
