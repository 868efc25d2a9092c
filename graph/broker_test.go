package graph

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"spillover/ledger"
)

// A changing store has changes, and one incident that was merged into another.
type changing struct {
	ledger.Store
	mu      sync.Mutex
	changes []ledger.GraphChange
	forgot  bool // whether it no longer keeps what is asked for
	broken  bool
}

func (c *changing) change(ids ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.changes = append(c.changes, ledger.GraphChange{Revision: int64(len(c.changes) + 1), IDs: ids})
}

func (c *changing) Revision(context.Context) (int64, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.broken {
		return 0, errors.New("broken")
	}
	return int64(len(c.changes)), nil
}

func (c *changing) Changes(_ context.Context, since int64) ([]ledger.GraphChange, bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.changes[since:], !c.forgot, nil
}

func (c *changing) Things(_ context.Context, ids []string, _ ledger.Date) ([]*ledger.Thing, error) {
	things := make([]*ledger.Thing, len(ids))
	for i, id := range ids {
		if id == "incident:merged" {
			things[i] = &ledger.Thing{ID: "incident:1", Kind: ledger.Incident}
		}
	}
	return things, nil
}

func TestBroker(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		kinds   []ledger.Kind
		ids     []string
		changes [][]string
		want    []*GraphChange
	}{
		{"everything", nil, nil, [][]string{{"article:1", "council:1", "data:1"}, {"incident:1"}}, []*GraphChange{
			{Revision: 1, Ids: []string{"article:1", "council:1", "data:1"}, Kinds: []ledger.Kind{ledger.Council}},
			{Revision: 2, Ids: []string{"incident:1"}, Kinds: []ledger.Kind{ledger.Incident}}}},
		{"a kind", []ledger.Kind{ledger.Incident}, nil, [][]string{{"article:1", "council:1"}, {"council:2", "incident:1", "incident:2"}}, []*GraphChange{
			{Revision: 2, Ids: []string{"incident:1", "incident:2"}, Kinds: []ledger.Kind{ledger.Incident}}}},
		{"ids", nil, []string{"council:1", "article:1"}, [][]string{{"council:2"}, {"article:1", "council:1", "council:3"}}, []*GraphChange{
			{Revision: 2, Ids: []string{"article:1", "council:1"}, Kinds: []ledger.Kind{ledger.Council}}}},
		{"a merged id", nil, []string{"incident:merged"}, [][]string{{"incident:1", "incident:2"}}, []*GraphChange{
			{Revision: 1, Ids: []string{"incident:1"}, Kinds: []ledger.Kind{ledger.Incident}}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				store := &changing{}
				b := newBroker(store, slog.New(slog.DiscardHandler))
				ctx, cancel := context.WithCancel(t.Context())
				got, err := b.subscribe(ctx, test.kinds, test.ids)
				if err != nil {
					t.Fatal(err)
				}
				for _, ids := range test.changes {
					store.change(ids...)
				}
				begin := time.Now()
				for _, want := range test.want {
					if diff := cmp.Diff(want, <-got); diff != "" {
						t.Errorf("(-want +got):\n%s", diff)
					}
				}
				if late := time.Since(begin); late > lookEvery {
					t.Errorf("it took %v", late)
				}
				cancel()
				if message, open := <-got; open {
					t.Errorf("another message: %+v", message)
				}
			}) // which fails where a goroutine is left
		})
	}
}

func TestBrokerLooksAtOnceWhenToldTo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := &changing{}
		b := newBroker(store, slog.New(slog.DiscardHandler))
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		got, err := b.subscribe(ctx, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		begin := time.Now()
		store.change("council:1")
		b.look()
		<-got
		if late := time.Since(begin); late > 0 {
			t.Errorf("it took %v", late)
		}
	})
}

// One who does not read is cut off, and the others are not held up.
func TestSlowSubscriberIsDropped(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := &changing{}
		b := newBroker(store, slog.New(slog.DiscardHandler))
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		slow, err := b.subscribe(ctx, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		quick, err := b.subscribe(ctx, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		for n := range backlog + 4 {
			store.change("council:1")
			b.look()
			if got := <-quick; got.Revision != n+1 {
				t.Fatalf("revision %d, want %d", got.Revision, n+1)
			}
		}
		n := 0
		for range slow {
			n++
		}
		if n != backlog {
			t.Errorf("the slow one had %d messages, want %d", n, backlog)
		}
	})
}

// A store that fails, or has forgotten what changed, does not end the subscription.
func TestBrokerGoesOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := &changing{}
		b := newBroker(store, slog.New(slog.NewTextHandler(io.Discard, nil)))
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		got, err := b.subscribe(ctx, []ledger.Kind{ledger.Agency}, nil)
		if err != nil {
			t.Fatal(err)
		}
		store.mu.Lock()
		store.broken = true
		store.mu.Unlock()
		store.change("council:1")
		synctest.Wait()
		time.Sleep(3 * lookEvery) // of the bubble's time, which costs none
		store.mu.Lock()
		store.broken, store.forgot = false, true
		store.mu.Unlock()
		if diff := cmp.Diff(&GraphChange{Revision: 1, Ids: []string{}, Kinds: []ledger.Kind{}}, <-got); diff != "" {
			t.Errorf("where anything may have changed (-want +got):\n%s", diff)
		}
	})
}
