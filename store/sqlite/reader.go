package sqlite

import (
	"context"
	"database/sql"
)

// A querier is a transaction of the writer, or a reader.
type querier interface {
	QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error)
}

// each calls row for every row of a query's answer.
func each(ctx context.Context, q querier, text string, args []any, row func(*sql.Rows) error) error {
	rows, err := q.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// A reader runs statements in one transaction, or each on its own where tx is nil.
type reader struct {
	store *Store
	tx    *sql.Tx
}

// QueryContext makes a reader a querier.
func (r reader) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	// What a transaction runs is prepared before it begins, see snapshot: preparing needs a connection, and here all
	// may be held by transactions that wait for one.
	statement := r.store.prepared(text)
	if statement == nil && r.tx == nil {
		var err error
		if statement, err = r.store.keep(ctx, text); err != nil {
			return nil, err
		}
	}
	switch {
	case statement != nil && r.tx != nil:
		return r.tx.StmtContext(ctx, statement).QueryContext(ctx, args...)
	case statement != nil:
		return statement.QueryContext(ctx, args...)
	case r.tx != nil:
		return r.tx.QueryContext(ctx, text, args...)
	}
	return r.store.read.QueryContext(ctx, text, args...)
}

// snapshot runs f on one state of the graph, whatever is written meanwhile. texts are the statements that it will run.
func (s *Store) snapshot(ctx context.Context, f func(reader) error, texts ...string) error {
	for _, text := range texts {
		if s.prepared(text) == nil {
			if _, err := s.keep(ctx, text); err != nil {
				return err
			}
		}
	}
	tx, err := s.read.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	return f(reader{s, tx})
}

// inOne runs f in in's transaction, or where it has none in a snapshot.
func (s *Store) inOne(ctx context.Context, in reader, f func(reader) error, texts ...string) error {
	if in.tx != nil {
		return f(in)
	}
	return s.snapshot(ctx, f, texts...)
}

// preparedMost bounds the statements that stay prepared. Preparing one takes longer than many a look-up, but lists
// have more forms than are worth keeping.
const preparedMost = 200

// prepared is the statement of a text where it is prepared, else nil.
func (s *Store) prepared(text string) *sql.Stmt {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.statements[text]
}

// keep prepares a statement for all readers; nil where there are enough.
func (s *Store) keep(ctx context.Context, text string) (*sql.Stmt, error) {
	s.mutex.Lock()
	full := len(s.statements) >= preparedMost
	s.mutex.Unlock()
	if full {
		return nil, nil
	}
	fresh, err := s.read.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if first := s.statements[text]; first != nil { // another goroutine's
		fresh.Close()
		return first, nil
	}
	s.statements[text] = fresh
	return fresh, nil
}
