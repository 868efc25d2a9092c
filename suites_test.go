package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// node runs a script of setup/suites and gives what it printed.
func node(t *testing.T, script string, args ...string) (string, error) {
	t.Helper()
	fetched, err := filepath.Abs(".setup/suites/node_modules")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(fetched); err != nil {
		t.Fatalf("no suites to test with: %v\nRun `make setup`, which fetches them, and see that Node.js 20 is there.", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "node", append([]string{filepath.Join("setup", "suites", script)}, args...)...)
	cmd.Env = append(os.Environ(), "NODE_PATH="+fetched)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err = cmd.Run()
	return strings.TrimSpace(out.String()), err
}

// reported are the tests that have reported something.
var reported sync.Map

// report logs what a suite came to, also where make test prints it: go test says nothing of what passes. Each test has a
// file, which stays when go test takes its result from before.
func report(t *testing.T, format string, args ...any) {
	t.Helper()
	said := t.Name() + ": " + fmt.Sprintf(format, args...) + "\n"
	t.Log(said)
	how := os.O_CREATE | os.O_WRONLY | os.O_TRUNC
	if _, again := reported.LoadOrStore(t.Name(), true); again {
		how = os.O_CREATE | os.O_WRONLY | os.O_APPEND
	}
	if err := os.MkdirAll(".setup/report", 0o755); err != nil {
		t.Fatal(err)
	}
	file, err := os.OpenFile(filepath.Join(".setup/report", strings.ReplaceAll(t.Name(), "/", "-")), how, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.WriteString(said); err != nil {
		t.Fatal(err)
	}
}

// tallies are the figures of schemathesis' summary.
var tallies = regexp.MustCompile(`\d+ (?:generated|passed|failed|errored|skipped|unique failures|test cases)[^\n]*|Tested: \d+|No issues found[^\n]*`)

// Third parties judge the API: graphql-http's audits of servers, and the stock clients of graphql-ws and graphql-sse.
func TestSuites(t *testing.T) {
	t.Parallel()
	onBoth(t, true, func(t *testing.T, m *Main) {
		for _, run := range [][]string{{"audits.cjs", m.URL() + "/graphql"}, {"clients.cjs", m.URL() + "/graphql", testToken}} {
			said, err := node(t, run[0], run[1:]...)
			report(t, "%s", said)
			if err != nil {
				t.Errorf("%s: %v", run[0], err)
			}
		}
		// The clients are gone, and so is what the server kept for them.
		deadline := time.Now().Add(20 * time.Second)
		for {
			if _, page := send(t, request(t, "GET", m.URL()+"/metrics", "")); strings.Contains(page, "\nspillover_http_streams 0\n") {
				break
			}
			if time.Now().After(deadline) {
				t.Fatal("streams of clients that are gone are still open")
			}
			time.Sleep(100 * time.Millisecond)
		}
	})
}

// graphql-eslint's recommended rules and its rules for Relay, but for those that setup/suites/lint.cjs gives a reason against.
func TestSchemaLint(t *testing.T) {
	t.Parallel()
	said, err := node(t, "lint.cjs", "schema.graphqls")
	report(t, "graphql-eslint: %s", said)
	if err != nil || !strings.Contains(said, "rules, 0 findings") {
		t.Errorf("%v\n%s", err, said)
	}
}

// A minute of questions that schemathesis makes up from the schema, among them mutations, ends in no fault of the server's, and
// leaves no stream open.
func TestFuzzing(t *testing.T) {
	t.Parallel()
	m, _ := start(t, filepath.Join(t.TempDir(), "spillover.db"))
	program, err := filepath.Abs(".setup/fuzzer/bin/schemathesis")
	if err != nil {
		t.Fatal(err)
	}
	checks, err := filepath.Abs("setup/suites/fuzz_checks.py")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(program); err != nil {
		t.Fatalf("no fuzzer: %v\nRun `make setup`, which fetches it, and see that Python 3 is there.", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, "run", m.URL()+"/graphql", "--checks", "no_fault", "--phases", "fuzzing", "--max-time", "60",
		"--suppress-health-check", "all", "--no-color", "-H", "Authorization: Bearer "+testToken)
	cmd.Dir = t.TempDir() // where it keeps what it found
	cmd.Env = append(os.Environ(), "SCHEMATHESIS_HOOKS="+checks)
	out, err := cmd.CombinedOutput()
	said := string(out)
	if i := strings.Index(said, "SUMMARY"); err == nil && i >= 0 {
		said = said[i:]
	}
	report(t, "schemathesis: %s", strings.Join(tallies.FindAllString(said, -1), ", "))
	if err != nil {
		t.Log(said)
		t.Errorf("schemathesis: %v", err)
	}
	if _, page := send(t, request(t, "GET", m.URL()+"/metrics", "")); !strings.Contains(page, "\nspillover_http_streams 0\n") {
		t.Error("streams are left open")
	}
	if a := post(t, m, `{ info { store } }`, nil); a.Data["info"] == nil {
		t.Errorf("afterwards it answers %+v", a)
	}
}

// Clients that stop reading are dropped, on a real connection, and hold up neither those who write nor those who keep up.
func TestSlowClients(t *testing.T) {
	t.Parallel()
	m, _ := start(t, filepath.Join(t.TempDir(), "spillover.db"))
	said, err := node(t, "slow.cjs", m.URL()+"/graphql", testToken)
	report(t, "%s", said)
	if err != nil {
		t.Errorf("slow.cjs: %v", err)
	}
}
