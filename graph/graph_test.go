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

	"github.com/google/go-cmp/cmp"

	"spillover/gazetteer"
	"spillover/graph"
	"spillover/ingest"
	"spillover/ledger"
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

// newAPI serves a store: as wrap gives it, where there is one.
func newAPI(t testing.TB, wrap func(ledger.Store) ledger.Store, options graph.Options) *api {
	t.Helper()
	var store ledger.Store
	store, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "graph.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close(context.Background()) })
	if wrap != nil {
		store = wrap(store)
	}
	names, err := gazetteer.Load(os.DirFS("testdata/gazetteer"))
	if err != nil {
		t.Fatal(err)
	}
	a := &api{store: store, pipeline: ingest.New(store, names), log: &bytes.Buffer{}}
	options.Store, options.Pipeline, options.Log, options.Version = store, a.pipeline, slog.New(slog.NewTextHandler(a.log, nil)), "test"
	options.Token = func(given string) bool { return given == token }
	handler := graph.NewServer(options)
	a.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler.ServeHTTP(w, r.WithContext(graph.Authorised(r.Context(), r.Header.Get("Authorization") == "Bearer "+token)))
	}))
	t.Cleanup(a.Server.Close)
	return a
}

// loaded is an API over a small gazetteer, which changes only with these tests, and the articles of testdata/graph.jsonl.
func loaded(t testing.TB) *api {
	t.Helper()
	a := newAPI(t, nil, graph.Options{})
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
	var got answer
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatalf("%v in %s", err, raw)
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

// The example queries, and those of testdata/queries, have the expected answers.
func TestAnswers(t *testing.T) {
	t.Parallel()
	a := loaded(t)
	examples, err := filepath.Glob("../queries/*.graphql")
	if err != nil {
		t.Fatal(err)
	}
	others, err := filepath.Glob("testdata/queries/*.graphql")
	if err != nil || len(examples) == 0 {
		t.Fatal("no queries", err)
	}
	for _, file := range append(examples, others...) {
		name := strings.TrimSuffix(filepath.Base(file), ".graphql")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			query, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(query), "\nmutation") || strings.Contains(string(query), "\nsubscription") {
				t.Logf("%s is not a query; see the tests of mutations and subscriptions", name)
				return
			}
			var variables map[string]any
			if raw, err := os.ReadFile(strings.TrimSuffix(file, ".graphql") + ".json"); err == nil {
				if err := json.Unmarshal(raw, &variables); err != nil {
					t.Fatal(err)
				}
			}
			_, raw := a.send(t, nil, string(query), variables)
			var out bytes.Buffer
			if err := json.Indent(&out, raw, "", "  "); err != nil {
				t.Fatal(err)
			}
			out.WriteByte('\n')
			expected := filepath.Join("testdata/answers", name+".json")
			if *update {
				if err := os.WriteFile(expected, out.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(expected)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), out.String()); diff != "" {
				t.Errorf("go test ./graph -update rewrites the expected answers (-want +got):\n%s", diff)
			}
		})
	}
}
