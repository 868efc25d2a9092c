package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"spillover/ledger"
)

// migrations are applied in the order of their names. The schema's version is their number.
//
//go:embed migrations/*.sql
var migrations embed.FS

// applicationID marks an SQLite file as a store of ours: "Spil" in ASCII.
const applicationID = 0x5370696c

// prepare brings the file to the schema that this program knows, in one transaction. It writes nothing to a file
// that is not ours.
func (s *Store) prepare(ctx context.Context) error {
	scripts, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	// SQLite takes what is shorter than its header for an empty database, and would write over it.
	if file, err := os.Stat(s.path); err == nil && file.Mode().IsRegular() && file.Size() > 0 && file.Size() < 512 {
		return ledger.Errorf(ledger.Incompatible, "%s is no Spillover store: name another file in SPILLOVER_DB", s.path)
	}
	version, err := s.check(ctx, s.write, len(scripts))
	if err != nil {
		return err
	}
	// Unlike other waits for a lock, the one for a change of the journal is not SQLite's: two processes that make one
	// store at the same time meet here.
	err = patiently(ctx, func() error {
		_, err := s.write.ExecContext(ctx, "PRAGMA journal_mode = WAL")
		return err
	})
	if err != nil {
		return s.failed(ctx, err, "open store")
	}
	if version == len(scripts) {
		return nil
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return s.failed(ctx, err, "open store")
	}
	defer tx.Rollback()
	if version, err = s.check(ctx, tx, len(scripts)); err != nil { // another process may have been here first
		return err
	}
	for i, name := range scripts[version:] {
		script, err := migrations.ReadFile(name)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, string(script)); err != nil {
			return s.failed(ctx, err, "apply "+name)
		}
		// A pragma takes no parameters; both are numbers of this program.
		mark := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, version+i+1)
		if _, err := tx.ExecContext(ctx, mark); err != nil {
			return s.failed(ctx, err, "apply "+name)
		}
	}
	return s.failed(ctx, tx.Commit(), "open store")
}

// check gives the version of the file's schema, 0 for an empty file.
func (s *Store) check(ctx context.Context, q querier, known int) (int, error) {
	var application, version, tables int
	err := patiently(ctx, func() error {
		return each(ctx, q, `SELECT a.application_id, u.user_version, (SELECT count(*) FROM sqlite_schema)
			FROM pragma_application_id a, pragma_user_version u`, nil, func(r *sql.Rows) error {
			return r.Scan(&application, &version, &tables)
		})
	})
	if c := code(err); c == codes.SQLITE_NOTADB || c == codes.SQLITE_CORRUPT {
		return 0, ledger.Errorf(ledger.Incompatible, "%s is no Spillover store, or a damaged one: name another file in SPILLOVER_DB, or move this one away and load the articles again (%w)", s.path, err)
	}
	switch {
	case err != nil:
		return 0, s.failed(ctx, err, "open store")
	case application != applicationID && (tables > 0 || version > 0):
		return 0, ledger.Errorf(ledger.Incompatible, "%s is a database of another program: name another file in SPILLOVER_DB", s.path)
	case version > known:
		return 0, ledger.Errorf(ledger.Incompatible,
			"%s has schema %d and this program knows schemas up to %d: run a newer version of Spillover, or name another file in SPILLOVER_DB", s.path, version, known)
	}
	return version, nil
}

// code is SQLite's primary result code of err, 0 where it has none.
func code(err error) int {
	if e := (*driver.Error)(nil); errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

// patiently runs f until it meets no lock of another process, for up to a minute.
func patiently(ctx context.Context, f func() error) error {
	for end := time.Now().Add(time.Minute); ; {
		err := f()
		if code(err) != codes.SQLITE_BUSY || time.Now().After(end) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
}
