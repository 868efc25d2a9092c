package cache

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"spillover/ledger"
	"spillover/store/sqlite"
	"spillover/store/storetest"
)

func open(t *testing.T, path string) ledger.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// What keeps reads is a store as any other.
func TestStore(t *testing.T) {
	storetest.TestAll(t, func(t *testing.T) ledger.Store { return New(open(t, filepath.Join(t.TempDir(), "test.db")), 64<<20) })
}

// counting counts what is asked of a store, by method.
type counting struct {
	ledger.Store
	mu    sync.Mutex
	calls map[string]int
}

func (c *counting) count(method string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls[method]++
}

func (c *counting) taken() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	calls := c.calls
	c.calls = map[string]int{}
	return calls
}

func (c *counting) Things(ctx context.Context, ids []string, at ledger.Date) ([]*ledger.Thing, error) {
	c.count("Things")
	return c.Store.Things(ctx, ids, at)
}

func (c *counting) List(ctx context.Context, q ledger.ListQuery) (*ledger.ListPage, error) {
	c.count("List")
	return c.Store.List(ctx, q)
}

func (c *counting) Gather(ctx context.Context, ids []string, at ledger.Date, reaches []ledger.Reach) (*ledger.Gathered, error) {
	c.count("Gather")
	return c.Store.Gather(ctx, ids, at, reaches)
}

func (c *counting) Revision(ctx context.Context) (int64, error) {
	c.count("Revision")
	return c.Store.Revision(ctx)
}

// council is a change that adds a council.
func council(name string) *ledger.Change {
	text := "There is " + name + "."
	a := ledger.Article{ID: ledger.ArticleID("https://example.org/"+name, ""), URL: "https://example.org/" + name, Text: text, Digest: ledger.Digest(text), Origin: ledger.FromDataSet}
	return &ledger.Change{PutRecords: []*ledger.Record{{Article: a, Reader: "test",
		Things: []ledger.Thing{{ID: "council:" + name, Kind: ledger.Council, Name: name, Reference: true}}}}}
}

func put(t *testing.T, s ledger.Store, c *ledger.Change) {
	t.Helper()
	if err := s.Update(t.Context(), func(tx ledger.Tx) error { return tx.Apply(t.Context(), c) }); err != nil {
		t.Fatal(err)
	}
}

// councils are the names that the store lists, finds by id and gathers.
func councils(t *testing.T, s ledger.Store) []string {
	t.Helper()
	ctx := t.Context()
	page, err := s.List(ctx, ledger.ListQuery{Kind: ledger.Council, At: ledger.Undated, Order: ledger.ByName, Page: ledger.Page{Limit: 10}})
	if err != nil {
		t.Fatal(err)
	}
	names, ids := []string{}, []string{"council:a", "council:b"}
	for _, item := range page.Items {
		names = append(names, item.Thing.Name)
	}
	things, err := s.Things(ctx, ids, ledger.Undated)
	if err != nil {
		t.Fatal(err)
	}
	for _, thing := range things {
		if thing != nil {
			names = append(names, thing.ID)
		}
	}
	found, err := s.Gather(ctx, []string{"council:a"}, ledger.Undated, []ledger.Reach{{Predicates: []ledger.Predicate{ledger.Impact}, Ends: true, Sources: true}})
	if err != nil || found == nil || found.Things["council:a"] == nil {
		t.Fatalf("%+v %v", found, err)
	}
	return names
}

func TestNothingChangedNothingAsked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	inner := &counting{Store: open(t, path), calls: map[string]int{}}
	defer inner.Close(t.Context())
	s := New(inner, 1<<20)
	clock := time.Now()
	s.now = func() time.Time { return clock }

	put(t, s, council("a"))
	want := []string{"a", "council:a"}
	for turn, calls := range []map[string]int{{"List": 1, "Things": 1, "Gather": 1, "Revision": 1}, {}} {
		if diff := cmp.Diff(want, councils(t, s)); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(calls, inner.taken()); diff != "" {
			t.Errorf("turn %d: %s", turn, diff)
		}
	}
	if hits, misses, bytes := s.Stats(); hits < 3 || misses < 3 || bytes == 0 {
		t.Errorf("%d hits, %d misses, %d bytes", hits, misses, bytes)
	}

	// A write of its own is seen at once.
	before, err := s.Revision(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	put(t, s, council("b"))
	if after, err := s.Revision(t.Context()); err != nil || after != before+1 {
		t.Errorf("revision %d after %d (%v)", after, before, err)
	}
	want = []string{"a", "b", "council:a", "council:b"}
	if diff := cmp.Diff(want, councils(t, s)); diff != "" {
		t.Error(diff)
	}

	// One of another process after a second, by one look.
	other := open(t, path)
	defer other.Close(t.Context())
	put(t, other, &ledger.Change{DropRecords: []string{ledger.ArticleID("https://example.org/b", "")}})
	inner.taken()
	if diff := cmp.Diff(want, councils(t, s)); diff != "" {
		t.Errorf("without a look: %s", diff)
	}
	clock = clock.Add(late)
	if diff := cmp.Diff([]string{"a", "council:a"}, councils(t, s)); diff != "" {
		t.Errorf("after a second: %s", diff)
	}
	if n := inner.taken()["Revision"]; n != 1 {
		t.Errorf("%d looks", n)
	}
	clock = clock.Add(late)
	councils(t, s)
	if diff := cmp.Diff(map[string]int{"Revision": 1}, inner.taken()); diff != "" {
		t.Errorf("nothing changed: %s", diff)
	}
}

// An answer is kept until something is written, and one that was begun before a write is not kept after it.
func TestAnswers(t *testing.T) {
	s := New(open(t, filepath.Join(t.TempDir(), "test.db")), 1<<20)
	defer s.Close(t.Context())
	ask := func() (string, func([]byte)) {
		answer, keep, err := s.Answer(t.Context(), "how many?")
		if err != nil {
			t.Fatal(err)
		}
		return string(answer), keep
	}
	_, keep := ask()
	keep([]byte("none"))
	if got, _ := ask(); got != "none" {
		t.Errorf("kept %q", got)
	}
	put(t, s, council("a"))
	got, keep := ask()
	if got != "" {
		t.Errorf("after a write: %q", got)
	}
	put(t, s, council("b"))
	keep([]byte("one"))
	if got, _ := ask(); got != "" {
		t.Errorf("made before the last write: %q", got)
	}
}

// A read that began before a write must not be kept as if it were of after it.
func TestReadsDuringWrites(t *testing.T) {
	s := New(open(t, filepath.Join(t.TempDir(), "test.db")), 1<<20)
	defer s.Close(t.Context())
	put(t, s, council("a"))
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					if _, err := s.Things(context.Background(), []string{"council:b"}, ledger.Undated); err != nil {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	for range 50 {
		put(t, s, council("b"))
		if names := councils(t, s); len(names) != 4 {
			t.Fatalf("after b was put: %v", names)
		}
		put(t, s, &ledger.Change{DropRecords: []string{ledger.ArticleID("https://example.org/b", "")}})
		if names := councils(t, s); len(names) != 2 {
			t.Fatalf("after b was dropped: %v", names)
		}
	}
	close(done)
	readers.Wait()
}

// It stays within its size.
func TestSize(t *testing.T) {
	const size = 20 << 10
	s := New(open(t, filepath.Join(t.TempDir(), "test.db")), size)
	defer s.Close(t.Context())
	for i := range 2000 {
		if _, err := s.Things(t.Context(), []string{"council:" + string(rune('a'+i%26)) + string(rune(0x4e00+i))}, ledger.Undated); err != nil {
			t.Fatal(err)
		}
	}
	s.kept.CleanUp()
	if _, _, bytes := s.Stats(); bytes > size || bytes == 0 {
		t.Errorf("%d bytes are kept, of %d", bytes, size)
	}
}
