package neo4j_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"spillover/ledger"
	"spillover/setup/neo4jtest"
	"spillover/store/neo4j"
	"spillover/store/storetest"
)

func config(server neo4jtest.Server) neo4j.Config {
	return neo4j.Config{URI: server.URI, Username: server.Username, Password: server.Password}
}

// open opens the store in a test's database.
func open(t *testing.T, server neo4jtest.Server) *neo4j.Store {
	t.Helper()
	s, err := neo4j.Open(t.Context(), config(server))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStore(t *testing.T) {
	storetest.TestAll(t, func(t *testing.T) ledger.Store { return open(t, neo4jtest.Start(t)) })
}

func TestReopen(t *testing.T) {
	server := neo4jtest.Start(t)
	again := func(t *testing.T) ledger.Store { return open(t, server) }
	storetest.TestReopen(t, again, again)
}

// run runs statements as an operator would, beside the store, and gives the rows of the last one.
func run(t *testing.T, server neo4jtest.Server, statements ...string) (rows [][]any) {
	t.Helper()
	ctx := t.Context()
	d, err := driver.NewDriverWithContext(server.URI, driver.BasicAuth(server.Username, server.Password, ""))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close(ctx)
	for _, cypher := range statements {
		result, err := driver.ExecuteQuery(ctx, d, cypher, nil, driver.EagerResultTransformer, driver.ExecuteQueryWithDatabase("neo4j"))
		if err != nil {
			t.Fatalf("%s: %v", cypher, err)
		}
		rows = nil
		for _, record := range result.Records {
			rows = append(rows, record.Values)
		}
	}
	return rows
}

// put puts a judgement, the smallest change there is.
func put(ctx context.Context, s ledger.Store, id string) error {
	return s.Update(ctx, func(tx ledger.Tx) error {
		return tx.Apply(ctx, &ledger.Change{PutJudgements: []ledger.Judgement{{ID: id}}})
	})
}

func TestOpenTwice(t *testing.T) {
	server := neo4jtest.Start(t)
	one, two := open(t, server), open(t, server)
	defer one.Close(t.Context())
	defer two.Close(t.Context())
	for i, s := range []ledger.Store{one, two} {
		if err := put(t.Context(), s, "judgement:"+s.Name()); err != nil {
			t.Fatal(err)
		}
		for _, other := range []ledger.Store{one, two} {
			if n, err := other.Revision(t.Context()); err != nil || n != int64(i+1) {
				t.Errorf("after %d changes a store sees revision %d, %v", i+1, n, err)
			}
		}
	}
	if rows := run(t, server, "MATCH (m:Migration) RETURN m.version, m.name"); len(rows) != 3 {
		t.Errorf("migrations %v, want each once", rows)
	}
	rows := run(t, server, "SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN name")
	if len(rows) > 0 {
		t.Errorf("indexes that are not online: %v", rows)
	}
}

func TestRouting(t *testing.T) {
	server := neo4jtest.Start(t)
	server.URI = strings.Replace(server.URI, "bolt://", "neo4j://", 1)
	s := open(t, server)
	defer s.Close(t.Context())
	if err := put(t.Context(), s, "judgement:a"); err != nil {
		t.Fatal(err)
	}
	if all, err := s.Judgements(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("through neo4j:// there are %d judgements, %v; want 1", len(all), err)
	}
}

func TestRefused(t *testing.T) {
	server := neo4jtest.Start(t)
	good := config(server)
	wrongPassword, noDatabase, noServer, noURI := good, good, good, good
	wrongPassword.Password = "not-the-password"
	noDatabase.Database = "elsewhere"
	noServer.URI = "bolt://127.0.0.1:1"
	noURI.URI = "localhost:7687"
	for _, test := range []struct {
		name   string
		config neo4j.Config
		before string // what an operator does before, or nothing
		kind   ledger.ErrorKind
		says   string
	}{
		{"another program's graph", good, "CREATE (:Person {name: 'Ann'})", ledger.Incompatible, "NEO4J_DATABASE"},
		{"newer schema", good, "MATCH (n:Person) DELETE n WITH count(*) AS n UNWIND range(1, 99) AS v CREATE (:Migration {version: v})", ledger.Incompatible, "newer version of Spillover"},
		{"wrong password", wrongPassword, "", ledger.Unavailable, "NEO4J_PASSWORD"},
		{"no such database", noDatabase, "", ledger.Unavailable, "NEO4J_DATABASE"},
		{"no server", noServer, "", ledger.Unavailable, "127.0.0.1:1"},
		{"no URI", noURI, "", ledger.Invalid, "NEO4J_URI"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.before != "" {
				run(t, server, test.before)
			}
			before := run(t, server, "MATCH (n) RETURN count(n)")[0][0]
			s, err := neo4j.Open(t.Context(), test.config)
			if err == nil {
				s.Close(t.Context())
			}
			if ledger.KindOf(err) != test.kind || !strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), test.config.Password) {
				t.Errorf("opening gave %v (%s), want %s that says %q and not the password", err, ledger.KindOf(err), test.kind, test.says)
			}
			if after := run(t, server, "MATCH (n) RETURN count(n)")[0][0]; after != before {
				t.Errorf("a refused store had %v nodes and has %v", before, after)
			}
		})
	}
}

// TestRunAgain makes Neo4j end an Update's transaction to free a deadlock, and looks whether the second run is the only
// one that counts.
func TestRunAgain(t *testing.T) {
	server := neo4jtest.Start(t)
	ctx := t.Context()
	s := open(t, server)
	defer s.Close(ctx)
	if err := put(ctx, s, "judgement:held"); err != nil {
		t.Fatal(err)
	}
	d, err := driver.NewDriverWithContext(server.URI, driver.BasicAuth(server.Username, server.Password, ""))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close(ctx)
	session := d.NewSession(ctx, driver.SessionConfig{DatabaseName: "neo4j"})
	defer session.Close(ctx)
	other, err := session.BeginTransaction(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Run(ctx, "MATCH (j:Judgement) SET j.held = true", nil); err != nil {
		t.Fatal(err)
	}

	runs := 0
	waited := make(chan error, 1)
	err = s.Update(ctx, func(tx ledger.Tx) error {
		if runs++; runs == 1 {
			if err := tx.Apply(ctx, &ledger.Change{PutJudgements: []ledger.Judgement{{ID: "judgement:first-run"}}}); err != nil {
				return err
			}
			go func() { // it waits for us …
				_, err := other.Run(ctx, "MATCH (g:Graph) SET g.held = true", nil)
				other.Rollback(ctx)
				waited <- err
			}()
			for len(run(t, server, "SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN status")) == 0 {
			}
		}
		// … and we for it.
		return tx.Apply(ctx, &ledger.Change{PutJudgements: []ledger.Judgement{{ID: "judgement:held", Reason: "at last"}}})
	})
	if err != nil {
		t.Fatal(err)
	}
	if <-waited == nil && runs != 2 {
		t.Errorf("the function ran %d times, want 2", runs)
	}
	all, err := s.Judgements(ctx)
	if err != nil || len(all) == 0 || all[len(all)-1].Reason != "at last" {
		t.Errorf("judgements are %v, %v; want the last put", all, err)
	}
	if runs > 1 && len(all) != 1 {
		t.Errorf("%d judgements, want 1: what the first run put was undone", len(all))
	}
	if n, err := s.Revision(ctx); err != nil || n != 2 {
		t.Errorf("revision %d, %v; want 2", n, err)
	}
}

// A writer that died in the middle of its commit holds readers up for a while, once, and the next change makes good for it.
func TestAbandonedCommit(t *testing.T) {
	server := neo4jtest.Start(t)
	s := open(t, server)
	defer s.Close(t.Context())
	if err := put(t.Context(), s, "judgement:1"); err != nil {
		t.Fatal(err)
	}
	run(t, server, "MATCH (c:Graph {key: 'commit'}) SET c.begun = c.begun + 1")
	for i := range 3 {
		began := time.Now()
		if n, err := s.Revision(t.Context()); err != nil || n != 1 {
			t.Errorf("revision %d, %v", n, err)
		}
		if waited := time.Since(began); (waited >= time.Second) != (i == 0) {
			t.Errorf("read %d took %v", i+1, waited)
		}
	}
	if err := put(t.Context(), s, "judgement:2"); err != nil {
		t.Fatal(err)
	}
	if rows := run(t, server, "MATCH (c:Graph {key: 'commit'}) RETURN c.begun, c.ended"); len(rows) != 1 || fmt.Sprint(rows[0]) != "[3 3]" {
		t.Errorf("commits that began and ended: %v", rows)
	}
}
