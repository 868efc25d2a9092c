package sqlite_test

import (
	"path/filepath"
	"testing"

	"spillover/ledger"
	"spillover/store/sqlite"
	"spillover/store/storetest"
)

func open(t testing.TB, path string) ledger.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStore(t *testing.T) {
	t.Parallel()
	storetest.TestAll(t, func(t *testing.T) ledger.Store { return open(t, filepath.Join(t.TempDir(), "s.db")) })
}

func TestReopen(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "s.db")
	again := func(t *testing.T) ledger.Store { return open(t, path) }
	storetest.TestReopen(t, again, again)
}

func BenchmarkStore(b *testing.B) {
	storetest.BenchmarkAll(b, func(b *testing.B) ledger.Store { return open(b, filepath.Join(b.TempDir(), "s.db")) })
}
