// Package sqlite is the embedded [ledger.Store]: one SQLite file, in pure Go.
//
// It keeps records and judgements as they are, and beside them the tables that lists, searches and traces
// read. It knows nothing of what claims mean: package identity resolves them, package fold folds them. Every
// statement is put together from constants of this package; what comes from outside is always a parameter,
// and a list of ids is one parameter (a JSON array), so a batch is one statement however long it is.
//
// One connection writes and several read, each reader the state after some whole change. Several processes may
// use one file at once: writers wait for each other, for up to a minute.
package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"runtime"
	"sync"

	codes "modernc.org/sqlite/lib"

	"spillover/ledger"
)

// A Store is a ledger in an SQLite file. It is made by [Open].
type Store struct {
	path  string
	write *sql.DB // a single connection: in this process writers queue for it
	read  *sql.DB

	mutex      sync.Mutex
	statements map[string]*sql.Stmt // of the readers, by their text
}

var _ ledger.Store = (*Store)(nil)

// pragmas are set on each connection. Waiting for another process's lock ends after a minute, or with the
// context. A commit is on the disk when it returns.
var pragmas = []string{"busy_timeout(60000)", "synchronous(FULL)", "temp_store(MEMORY)", "cache_size(-16000)", "journal_size_limit(67108864)"}

// dsn names the file at path with what each connection to it sets.
func dsn(path string, options url.Values) string {
	return "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() + "?" + options.Encode()
}

// Open opens the store in the file at path and makes the file where there is none. A file that is no Spillover
// store, or one of a newer schema than this program knows, is left as it is and refused as Incompatible.
func Open(ctx context.Context, path string) (*Store, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	s := &Store{path: path, statements: map[string]*sql.Stmt{}}
	options := url.Values{"_pragma": pragmas, "_txlock": {"immediate"}, "_dqs": {"0"}, "_error_rc": {"1"}}
	if s.write, err = sql.Open("sqlite", dsn(absolute, options)); err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	s.write.SetMaxOpenConns(1)
	if err := s.prepare(ctx); err != nil {
		s.write.Close()
		return nil, err
	}
	options.Set("_txlock", "deferred")
	options.Add("_pragma", "query_only(1)")
	if s.read, err = sql.Open("sqlite", dsn(absolute, options)); err != nil {
		s.write.Close()
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	readers := max(4, runtime.NumCPU())
	s.read.SetMaxOpenConns(readers)
	s.read.SetMaxIdleConns(readers)
	return s, nil
}

// Name is "sqlite".
func (s *Store) Name() string { return "sqlite" }

// Close closes the file. What was committed is in it.
func (s *Store) Close(context.Context) error {
	return errors.Join(s.read.Close(), s.write.Close())
}

// failed tells callers of a failed method what they can do about err: the context's error where it ended,
// Unavailable where the file is locked or cannot be reached.
func (s *Store) failed(ctx context.Context, err error, doing string) error {
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	}
	why := ""
	switch code(err) {
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED:
		why = "another program has been writing to it for a minute; try again when it is done"
	case codes.SQLITE_FULL:
		why = "the disk is full; make room and try again"
	case codes.SQLITE_READONLY, codes.SQLITE_PERM:
		why = "it cannot be written to; check the permissions of the file and its folder"
	case codes.SQLITE_CANTOPEN:
		why = "it cannot be opened; check that its folder is there and may be written to"
	case codes.SQLITE_IOERR:
		why = "the disk reports an error"
	default:
		return fmt.Errorf("%s: %w", doing, err)
	}
	return ledger.Errorf(ledger.Unavailable, "%s: the store %s: %s (%w)", doing, s.path, why, err)
}

// list is a parameter for json_each.
func list[T ~string](values []T) string {
	if len(values) == 0 {
		return "[]"
	}
	text, err := json.Marshal(values)
	if err != nil {
		panic(err) // strings can always be written
	}
	return string(text)
}
