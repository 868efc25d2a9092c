package graph_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"syscall"
	"testing"
	"time"

	"spillover/bench/world"
	"spillover/gazetteer"
	"spillover/graph"
	"spillover/ingest"
	"spillover/ledger"
	"spillover/store/cache"
)

// BenchmarkOperations answers the operations that docs/benchmarks.md measures, in this process: what reading a question, folding,
// tracing and writing the answer cost. Where all is kept the store takes no part.
func BenchmarkOperations(b *testing.B) {
	store := embedded(b)
	names := gazetteer.Default()
	p := ingest.New(store, names)
	for n := range 2 {
		if _, err := p.Put(b.Context(), world.Make(n, names).Records); err != nil {
			b.Fatal(err)
		}
	}
	list, err := store.List(b.Context(), ledger.ListQuery{Kind: ledger.Incident, At: ledger.Undated, Order: ledger.ByName, Page: ledger.Page{Limit: 20}})
	if err != nil || len(list.Items) == 0 {
		b.Fatal("no incidents", err)
	}
	year := map[string]any{"since": "2014-01-01", "until": "2023-12-31"}
	for _, kept := range []struct {
		name  string
		store ledger.Store
	}{{"kept", cache.New(store, 64<<20)}, {"read", store}} {
		server := graph.NewServer(graph.Options{Store: kept.store, Pipeline: p, Log: slog.New(slog.DiscardHandler)})
		for _, op := range []string{"q1", "q2", "q3", "q4", "q4d", "q5", "q5t", "q6"} {
			text, err := os.ReadFile("../bench/operations/" + op + ".graphql")
			if err != nil {
				b.Fatal(err)
			}
			var bodies [][]byte
			for i := range 20 {
				var variables any
				switch op {
				case "q1", "q4", "q4d":
					variables = map[string]any{"id": list.Items[i%len(list.Items)].Thing.ID}
				case "q2":
					variables = year
				case "q5", "q5t":
					variables = map[string]any{"text": world.Name(i)[:5]}
				default:
					variables = map[string]any{"id": world.CouncilID(i)}
				}
				body, err := json.Marshal(map[string]any{"query": string(text), "variables": variables})
				if err != nil {
					b.Fatal(err)
				}
				bodies = append(bodies, body)
			}
			b.Run(fmt.Sprint(kept.name, "/", op), func(b *testing.B) {
				b.ReportAllocs()
				n, began := 0, spent(b)
				for b.Loop() {
					r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(bodies[n%len(bodies)]))
					r.Header.Set("Content-Type", "application/json")
					w := httptest.NewRecorder()
					server.ServeHTTP(w, r)
					if n++; w.Code != http.StatusOK || bytes.Contains(w.Body.Bytes(), []byte(`"errors"`)) {
						answer, _ := io.ReadAll(w.Body)
						b.Fatalf("%d %s", w.Code, answer)
					}
				}
				b.ReportMetric(float64(spent(b)-began)/float64(n), "cpu-ns/op")
			})
		}
	}
}

// spent is the CPU time of this process so far: what others do on the machine moves it less than the clock.
func spent(b *testing.B) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
