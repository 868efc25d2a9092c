// Package neo4j is the [ledger.Store] in a Neo4j database, version 5.26 or later of its fifth series.
//
// The graph is laid out to be read by people as well: things are nodes under their kind (:Council, :Incident …), claims
// are relationships under their predicate with their evidence as properties, and an article leads to what it
// is about ([:MENTIONS], [:REPORTS]). Versions of a thing that are past are nodes of their own (:PastVersion), so
// the nodes of the kinds show the present. See migrations for all labels.
//
// Every statement is fixed text: its parts are constants of this package and the names in ledger.Kinds and
// ledger.Predicates; what comes from outside is always a parameter. A batch is a fixed number of statements however
// many ids it asks for. The package knows nothing of what claims mean: package identity resolves them, package
// fold folds them.
//
// Neo4j shows a reader what is committed by then, and a commit bit by bit. So a writer marks, in
// transactions of their own, that it begins to commit and that it has ended, and a read that met a commit is done
// again.
package neo4j

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/notifications"

	"spillover/ledger"
)

// A Config says where the database is.
type Config struct {
	URI      string // bolt://host:port for one server, neo4j://host:port for a cluster; +s for TLS
	Username string // "" is neo4j
	Password string
	Database string // "" is neo4j
}

// A Store is a ledger in a Neo4j database. It is made by [Open].
type Store struct {
	driver    driver.DriverWithContext
	uri       string
	database  string
	bookmarks driver.BookmarkManager // so that in a cluster a read sees what this store wrote
	abandoned atomic.Int64           // the number of a commit that never ended
	together  together
}

var _ ledger.Store = (*Store)(nil)

// Open connects to a database and brings it to the schema that this program knows. A database with other
// things in it, or of a newer schema, is left as it is and refused as Incompatible.
func Open(ctx context.Context, c Config) (*Store, error) {
	if c.Username == "" {
		c.Username = "neo4j"
	}
	if c.Database == "" {
		c.Database = "neo4j"
	}
	d, err := driver.NewDriverWithContext(c.URI, driver.BasicAuth(c.Username, c.Password, ""), func(c *config.Config) {
		c.TelemetryDisabled = true
		c.UserAgent = "spillover"
		// Nobody reads what Neo4j remarks on a statement, and it came with each answer: that no thing is claimless yet, say.
		c.NotificationsMinSeverity = notifications.DisabledLevel
	})
	if err != nil {
		return nil, ledger.Errorf(ledger.Invalid, "NEO4J_URI is %q; write it like bolt://localhost:7687 (%w)", c.URI, err)
	}
	s := &Store{driver: d, uri: c.URI, database: c.Database, bookmarks: driver.NewBookmarkManager(driver.BookmarkManagerConfig{}), together: together{atOnce: runtime.GOMAXPROCS(0)}}
	if err := s.prepare(ctx); err != nil {
		d.Close(context.WithoutCancel(ctx))
		return nil, err
	}
	return s, nil
}

// Name is "neo4j".
func (s *Store) Name() string { return "neo4j" }

// Close closes the connections.
func (s *Store) Close(ctx context.Context) error { return s.driver.Close(ctx) }

// session is for one unit of work.
func (s *Store) session(ctx context.Context, mode driver.AccessMode) driver.SessionWithContext {
	return s.driver.NewSession(ctx, driver.SessionConfig{DatabaseName: s.database, AccessMode: mode, BookmarkManager: s.bookmarks})
}

// readAttempts bounds how often a read is begun again because the graph changed meanwhile, commitWait how long it waits for
// a commit that has begun. A writer that died there leaves a mark that no commit follows.
const (
	readAttempts = 20
	commitWait   = 2 * time.Second
)

// A moment is the number of the last commit that began and of the last that ended. They differ while one is being made
// visible.
type moment struct{ begun, ended int64 }

// read runs f in a read transaction. f may be run again, so it must begin its results anew: Neo4j shows each of f's
// statements, and each row, what is committed by then, and a commit bit by bit. So what was read while a change was
// committed is read again.
func (s *Store) read(ctx context.Context, doing string, f func(tx driver.ManagedTransaction) error) error {
	session := s.session(ctx, driver.AccessModeRead)
	defer session.Close(context.WithoutCancel(ctx))
	waited := time.Now()
	for attempt := 1; ; attempt++ {
		var before, after moment
		look := func(tx driver.ManagedTransaction, m *moment) error {
			return each(ctx, tx, readMoment, nil, func(values []any) error { return scan(values, &m.begun, &m.ended) })
		}
		_, err := session.ExecuteRead(ctx, func(tx driver.ManagedTransaction) (any, error) {
			if err := look(tx, &before); err != nil {
				return nil, err
			}
			if err := f(tx); err != nil {
				return nil, err
			}
			return nil, look(tx, &after)
		}, timeout(ctx))
		var answer *driver.Neo4jError
		changed := err == nil && before != after || errors.As(err, &answer) && answer.Code == "Neo.ClientError.Statement.EntityNotFound"
		if err == nil && !changed && after.begun > after.ended && s.abandoned.Load() != after.begun {
			if time.Since(waited) < commitWait {
				time.Sleep(time.Millisecond)
				attempt--
				continue
			}
			s.abandoned.Store(after.begun)
		}
		if !changed || attempt == readAttempts {
			return s.failed(ctx, err, doing)
		}
	}
}

// timeout lets the server end a transaction a little before ctx does: an answer that is given up costs its
// connection.
func timeout(ctx context.Context) func(*driver.TransactionConfig) {
	end, ok := ctx.Deadline()
	if !ok {
		return func(*driver.TransactionConfig) {}
	}
	left := time.Until(end)
	return driver.WithTxTimeout(max(left-min(left/10, 200*time.Millisecond), time.Millisecond))
}

// each calls row with the columns of every row of a statement's answer. A statement knows its parameters as $q.name:
// Neo4j plans a statement again for parameters of other types and sizes, which a single map does not show.
func each(ctx context.Context, tx driver.ManagedTransaction, cypher string, params map[string]any, row func([]any) error) error {
	result, err := tx.Run(ctx, cypher, map[string]any{"q": params})
	if err != nil {
		return err
	}
	for result.Next(ctx) {
		if err := row(result.Record().Values); err != nil {
			return err
		}
	}
	return result.Err()
}

// failed tells callers of a failed method what they can do about err: the context's error where it ended,
// Unavailable where the database cannot be reached or does not let this program in.
func (s *Store) failed(ctx context.Context, err error, doing string) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var known *ledger.Error
	if errors.As(err, &known) {
		return err
	}
	var answer *driver.Neo4jError
	if errors.As(err, &answer) {
		switch answer.Code {
		case "Neo.ClientError.Transaction.TransactionTimedOut", "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration":
			return fmt.Errorf("%s: %w", doing, context.DeadlineExceeded)
		case "Neo.ClientError.Database.DatabaseNotFound":
			return ledger.Errorf(ledger.Unavailable, "the Neo4j at %s has no database %q; name one that it has in NEO4J_DATABASE (%w)", s.uri, s.database, err)
		}
		if answer.HasSecurityCode() {
			return ledger.Errorf(ledger.Unavailable,
				"the Neo4j at %s refuses the user name or the password; set NEO4J_USERNAME and NEO4J_PASSWORD to those of the server (%w)", s.uri, err)
		}
		if !answer.IsRetriable() {
			return fmt.Errorf("%s: %w", doing, err)
		}
	}
	var unreachable *driver.ConnectivityError
	var gaveUp *driver.TransactionExecutionLimit
	if answer != nil || errors.As(err, &unreachable) || errors.As(err, &gaveUp) {
		return ledger.Errorf(ledger.Unavailable, "%s: the Neo4j at %s does not answer; see that it runs and try again (%w)", doing, s.uri, err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}
