package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"spillover/access"
	"spillover/gazetteer"
	"spillover/graph"
	"spillover/ingest"
	"spillover/ledger"
	"spillover/setup/neo4jtest"
	"spillover/store/neo4j"
	"spillover/store/sqlite"
)

var update = flag.Bool("update", false, "rewrite the expected answers")

// An api is a server over a store of its own.
type api struct {
	*httptest.Server
	store    ledger.Store
	pipeline *ingest.Pipeline
	log      *bytes.Buffer
}

const token = "the token"

// embedded is an empty store in a file.
func embedded(t testing.TB) ledger.Store {
	t.Helper()
	store, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "graph.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close(context.Background()) })
	return store
}

// database is an empty store in a real Neo4j.
func database(t testing.TB) ledger.Store {
	t.Helper()
	server := neo4jtest.Start(t)
	store, err := neo4j.Open(t.Context(), neo4j.Config{URI: server.URI, Username: server.Username, Password: server.Password})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close(context.Background()) })
	return store
}

// newAPI serves a store.
func newAPI(t testing.TB, store ledger.Store, options graph.Options) *api {
	t.Helper()
	names, err := gazetteer.Load(os.DirFS("testdata/gazetteer"))
	if err != nil {
		t.Fatal(err)
	}
	a := &api{store: store, pipeline: ingest.New(store, names), log: &bytes.Buffer{}}
	options.Store, options.Pipeline, options.Log, options.Version = store, a.pipeline, slog.New(slog.NewTextHandler(a.log, nil)), "test"
	if options.Timeout == 0 {
		options.Timeout = 2 * time.Minute // the race detector and a busy machine slow everything
	}
	if options.Check == nil {
		options.Check = access.Secret("tests", token)
	}
	handler := graph.NewServer(options)
	a.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		handler.ServeHTTP(w, r.WithContext(graph.As(r.Context(), options.Check(given))))
	}))
	t.Cleanup(a.Server.Close)
	return a
}

// loaded is an API over a small gazetteer, which changes only with these tests, and the articles of testdata/graph.jsonl.
func loaded(t testing.TB) *api {
	t.Helper()
	return load(t, newAPI(t, embedded(t), graph.Options{}))
}

func load(t testing.TB, a *api) *api {
	t.Helper()
	if err := a.pipeline.Seed(context.Background()); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open("testdata/graph.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := a.pipeline.Import(context.Background(), file); err != nil {
		t.Fatal(err)
	}
	return a
}

// An answer is what the API answers.
type answer struct {
	Data   map[string]any `json:"data"`
	Errors []struct {
		Message    string         `json:"message"`
		Path       []any          `json:"path"`
		Extensions map[string]any `json:"extensions"`
	} `json:"errors"`
}

// code is the code of the first error, "" where there is none.
func (a *answer) code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	code, _ := a.Errors[0].Extensions["code"].(string)
	return code
}

func (a *api) send(t testing.TB, headers map[string]string, query string, variables map[string]any) (int, []byte) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), "POST", a.URL, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, raw
}

// ask answers a query or, with the token, a mutation.
func (a *api) ask(t testing.TB, query string, variables map[string]any) *answer {
	t.Helper()
	_, raw := a.send(t, map[string]string{"Authorization": "Bearer " + token}, query, variables)
	return read(t, raw)
}

// read is an answer as it came.
func read(t testing.TB, raw []byte) *answer {
	t.Helper()
	var got answer
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Errorf("%v in %s", err, raw)
	}
	return &got
}

// must answers without errors, and gives the value at a path of names and places.
func (a *api) must(t testing.TB, query string, variables map[string]any, path ...any) any {
	t.Helper()
	got := a.ask(t, query, variables)
	if len(got.Errors) > 0 {
		t.Fatalf("%s\n%+v", query, got.Errors)
	}
	return at(t, got.Data, path...)
}

func at(t testing.TB, v any, path ...any) any {
	t.Helper()
	for _, step := range path {
		switch step := step.(type) {
		case string:
			object, _ := v.(map[string]any)
			v = object[step]
		case int:
			list, _ := v.([]any)
			if step >= len(list) {
				t.Fatalf("no item %d of %v", step, path)
			}
			v = list[step]
		}
	}
	return v
}

// The example queries, and those of testdata/queries, have the expected answers, whichever store they come from.
func TestAnswers(t *testing.T) {
	t.Parallel()
	examples, err := filepath.Glob("../queries/*.graphql")
	if err != nil {
		t.Fatal(err)
	}
	others, err := filepath.Glob("testdata/queries/*.graphql")
	if err != nil || len(examples) == 0 {
		t.Fatal("no queries", err)
	}
	for name, open := range map[string]func(testing.TB) ledger.Store{"sqlite": embedded, "neo4j": database} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := load(t, newAPI(t, open(t), graph.Options{}))
			for _, file := range append(examples, others...) {
				t.Run(filepath.Base(file), func(t *testing.T) { a.expect(t, file) })
			}
		})
	}
}

// expect holds the answer to the query in a file against the expected one. Mutations and subscriptions are left to
// their own tests.
func (a *api) expect(t *testing.T, file string) {
	query, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(query), "\nmutation") || strings.Contains(string(query), "\nsubscription") {
		return
	}
	name := strings.TrimSuffix(file, ".graphql")
	var variables map[string]any
	if raw, err := os.ReadFile(name + ".json"); err == nil {
		if err := json.Unmarshal(raw, &variables); err != nil {
			t.Fatal(err)
		}
	}
	headers := map[string]string{}
	if strings.Contains(string(query), "readArticles") {
		headers["Authorization"] = "Bearer " + token
	}
	_, raw := a.send(t, headers, string(query), variables)
	var got bytes.Buffer
	if err := json.Indent(&got, raw, "", "  "); err != nil {
		t.Fatal(err)
	}
	got.WriteByte('\n')
	expected := filepath.Join("testdata/answers", filepath.Base(name)+".json")
	if *update {
		if err := os.WriteFile(expected, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(expected)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("go test ./graph -update rewrites the expected answers (-want +got):\n%s", diff)
	}
}
