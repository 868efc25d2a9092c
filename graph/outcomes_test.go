package graph_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"spillover/graph"
)

// watch opens a stream of changes by server-sent events, which ends with ctx.
func (a *api) watch(ctx context.Context, t *testing.T) {
	t.Helper()
	request, err := http.NewRequestWithContext(ctx, "POST", a.URL, strings.NewReader(`{"query": "subscription { graphChanged(ids: [\"council:leicester\"]) { revision } }"}`))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "text/event-stream")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := response.Body.Read(make([]byte, 1)); err != nil { // it has begun
		t.Fatal(err)
	}
	context.AfterFunc(ctx, func() { response.Body.Close() })
}

// Subscriptions are counted once each, when they end, by how: with their client, or by the code of what went wrong. TestSlowClients
// has those that are dropped.
func TestOutcomesOfSubscriptions(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	a := serve(t, graph.Options{Metrics: registry})
	is := func(want string) {
		t.Helper()
		var err error
		for range 100 {
			if err = testutil.GatherAndCompare(registry, strings.NewReader(want), "spillover_operations_total"); err == nil {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
		t.Error(err)
	}
	const head = "# HELP spillover_operations_total Operations, by type and outcome: OK or the code of the first error; subscriptions when they end: CANCELLED with their client, DROPPED because it did not keep up, or the code of an error.\n# TYPE spillover_operations_total counter\n"
	count := func(outcome string, n int) string {
		return fmt.Sprintf("spillover_operations_total{outcome=%q,type=\"subscription\"} %d\n", outcome, n)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	a.watch(ctx, t)
	a.watch(ctx, t)
	is("") // those that are open are not counted
	cancel()
	is(head + count("CANCELLED", 2))

	if err := a.store.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	a.watch(t.Context(), t)
	is(head + count("CANCELLED", 2) + count("INTERNAL", 1))
}
