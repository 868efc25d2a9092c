// Package neo4jtest gives tests a real Neo4j, the one that setup/neo4j fetches and runs.
//
// A test binary starts its own server when a test first asks, which takes some seconds, and hands it from test to
// test, emptied in between. The server ends with the binary, however that ends: it watches its standard
// input. Tests never skip for want of a server, they fail. Talking to the store is package store/neo4j's
// work.
package neo4jtest

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// A Server is where a test's database is, with what opens it.
type Server struct {
	URI      string // bolt://127.0.0.1:PORT
	Username string
	Password string
}

// The servers of this binary. One test holds them at a time, and gets a further one for each further Start.
var pool struct {
	sync.Mutex
	free   sync.Cond // signalled when holder becomes ""
	idle   []Server
	holder string // name of the test that holds the pool
	held   int    // how many servers it has

	// The standard input of each server. A server ends when its is closed, also by a garbage collector.
	lifelines []io.Closer
}

func init() { pool.free.L = &pool.Mutex }

// Start gives an empty database until t ends. A test that asks again, itself or in a subtest, gets another
// one; other tests wait until it has ended.
func Start(t testing.TB) Server {
	t.Helper()
	pool.Lock()
	for pool.held > 0 && t.Name() != pool.holder && !strings.HasPrefix(t.Name(), pool.holder+"/") {
		pool.free.Wait()
	}
	if pool.held == 0 {
		pool.holder = t.Name()
	}
	pool.held++
	var server Server
	if n := len(pool.idle); n > 0 {
		server, pool.idle = pool.idle[n-1], pool.idle[:n-1]
	}
	pool.Unlock()
	t.Cleanup(func() {
		pool.Lock()
		defer pool.Unlock()
		if server.URI != "" {
			pool.idle = append(pool.idle, server)
		}
		if pool.held--; pool.held == 0 {
			pool.free.Broadcast()
		}
	})

	if server.URI != "" {
		if err := empty(t.Context(), server); err != nil {
			t.Fatalf("emptying the Neo4j server between tests: %v", err)
		}
		return server
	}
	started, err := launch()
	if err != nil {
		t.Fatalf("no Neo4j to test against: %v\nRun `make setup`, which fetches one, and see that Java 17 is there.", err)
	}
	server = started
	return server
}

// launch starts a server and waits until it says that it is ready.
func launch() (Server, error) {
	_, here, _, _ := runtime.Caller(0)
	root := filepath.Dir(filepath.Dir(filepath.Dir(here)))
	if _, err := os.Stat(filepath.Join(root, ".setup", "neo4j", "fetched.xml")); err != nil {
		return Server{}, err
	}
	server := Server{Username: "neo4j", Password: rand.Text()}
	cmd := exec.Command(filepath.Join(root, "setup", "neo4j", "run.sh"), "0")
	cmd.Env = append(os.Environ(), "NEO4J_PASSWORD="+server.Password)
	lifeline, err := cmd.StdinPipe()
	if err != nil {
		return Server{}, err
	}
	pool.Lock()
	pool.lifelines = append(pool.lifelines, lifeline)
	pool.Unlock()
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.StdoutPipe()
	if err != nil {
		return Server{}, err
	}
	if err := cmd.Start(); err != nil {
		return Server{}, err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if uri, ok := strings.CutPrefix(lines.Text(), "ready "); ok {
			server.URI = uri
			return server, nil
		}
	}
	err = cmd.Wait()
	return Server{}, fmt.Errorf("the server ended before it was ready (%v): %s", err, complaints.String())
}

// empty drops all nodes. Constraints and indexes stay: to make them takes longer than most tests, and stores make them
// only where they are not there.
func empty(ctx context.Context, s Server) error {
	d, err := driver.NewDriverWithContext(s.URI, driver.BasicAuth(s.Username, s.Password, ""))
	if err != nil {
		return err
	}
	defer d.Close(ctx)
	session := d.NewSession(ctx, driver.SessionConfig{DatabaseName: "neo4j"})
	defer session.Close(ctx)
	result, err := session.Run(ctx, "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS", nil)
	if err != nil {
		return err
	}
	_, err = result.Consume(ctx)
	return err
}
