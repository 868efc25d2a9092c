package sqlite

import (
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"spillover/ledger"
)

// TestFailed meets another writer without the patience of a store's own connections.
func TestFailed(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "s.db")
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close(t.Context())
	hasty, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer hasty.Close()
	err = s.Update(t.Context(), func(ledger.Tx) error {
		_, err := hasty.ExecContext(t.Context(), `DELETE FROM judgement`)
		return s.failed(t.Context(), err, "do something")
	})
	if ledger.KindOf(err) != ledger.Unavailable || !strings.Contains(err.Error(), "another program has been writing") {
		t.Errorf("a locked file gives %s %v", ledger.KindOf(err), err)
	}
	if err := s.failed(t.Context(), errors.New("odd"), "do something"); ledger.KindOf(err) != ledger.Internal || err.Error() != "do something: odd" {
		t.Errorf("another error gives %s %v", ledger.KindOf(err), err)
	}
}
