// Package storetest is what every [ledger.Store] must pass: each method and each promise in its comment,
// tested on the real database.
//
// A store's own test file calls [TestAll] and [TestReopen], and tests besides only what is its own (files,
// migrations, servers). There is no list of exceptions: stores give equal answers or one of them is wrong.
package storetest

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"spillover/ledger"
)

// tests are all tests, each on a store of its own.
var tests = []struct {
	name string
	run  func(*testing.T, ledger.Store)
}{
	{"Empty", testEmpty},
	{"Things", testThings},
	{"AliasChains", testAliasChains},
	{"Articles", testArticles},
	{"Spans", testSpans},
	{"Counts", testCounts},
	{"Records", testRecords},
	{"Mentions", testMentions},
	{"Judgements", testJudgements},
	{"EarliestContributor", testEarliestContributor},
	{"KnownDays", testKnownDays},
	{"ListOrder", testListOrder},
	{"ListByDate", testListByDate},
	{"ListFilters", testListFilters},
	{"ListPages", testListPages},
	{"ListPagesWhileWriting", testListPagesWhileWriting},
	{"Search", testSearch},
	{"Claims", testClaims},
	{"ClaimFilters", testClaimFilters},
	{"ClaimPages", testClaimPages},
	{"ManyIDs", testManyIDs},
	{"Gather", testGather},
	{"ListsAtOnce", testListsAtOnce},
	{"AnyText", testAnyText},
	{"LongText", testLongText},
	{"Replace", testReplace},
	{"FoundAbsent", testFoundAbsent},
	{"Drop", testDrop},
	{"Reset", testReset},
	{"Rollback", testRollback},
	{"Revision", testRevision},
	{"Acts", testActs},
	{"Changes", testChanges},
	{"ChangesWindow", testChangesWindow},
	{"ConcurrentUpdates", testConcurrentUpdates},
	{"ReadersSeeWholeChanges", testReadersSeeWholeChanges},
	{"ManyReaders", testManyReaders},
	{"Random", testRandom},
	{"Cancelled", testCancelled},
}

// TestAll runs the suite. open gives an empty store, which TestAll closes; it is asked for the next one only when the
// last one is closed.
func TestAll(t *testing.T, open func(t *testing.T) ledger.Store) {
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := open(t)
			defer closed(t, s)
			test.run(t, s)
		})
	}
}

// TestReopen tests that a store keeps all when it is closed. open gives an empty store, again the same one after it was closed.
func TestReopen(t *testing.T, open, again func(t *testing.T) ledger.Store) {
	s := open(t)
	apply(t, s, world())
	before, revision := dump(t, s), revisionOf(t, s)
	closed(t, s)
	s = again(t)
	defer closed(t, s)
	same(t, "after opening again", before, dump(t, s))
	if now := revisionOf(t, s); now != revision {
		t.Errorf("revision was %d before closing and is %d after", revision, now)
	}
	apply(t, s, &ledger.Change{DropRecords: []string{"article:second"}})
	if now := revisionOf(t, s); now != revision+1 {
		t.Errorf("a change after opening again gave revision %d, want %d", now, revision+1)
	}
}

func closed(t *testing.T, s ledger.Store) {
	t.Helper()
	if err := s.Close(context.WithoutCancel(t.Context())); err != nil {
		t.Errorf("Close: %v", err)
	}
}

// apply applies each change in an Update of its own.
func apply(t testing.TB, s ledger.Store, changes ...*ledger.Change) {
	t.Helper()
	for _, c := range changes {
		if err := s.Update(t.Context(), func(tx ledger.Tx) error { return tx.Apply(t.Context(), c) }); err != nil {
			t.Fatalf("Update: %v", err)
		}
	}
}

// must is v where there is no error.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// same compares what is wanted with what is there. An empty list is as good as none.
func same(t testing.TB, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func revisionOf(t testing.TB, s ledger.Store) int64 {
	t.Helper()
	return must(s.Revision(t.Context()))(t)
}
