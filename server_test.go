package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const testToken = "a token for tests, of no worth"

// patience is how long a query may take where time is not what is tested: the race detector and a busy machine slow everything.
const patience = 2 * time.Minute

// start runs a server on a free port over the file db until t ends.
func start(t *testing.T, db string) (m *Main, said *output) {
	t.Helper()
	said = &output{}
	m = &Main{
		Config: configured(func(c *Config) { c.DB, c.Samples, c.Timeout = db, true, patience }),
		Out:    said,
		Log:    slog.New(slog.DiscardHandler),
	}
	err := m.Run(t.Context())
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return m, said
}

// output collects what a server says, while it may say more.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

func send(t *testing.T, req *http.Request) (*http.Response, string) {
	t.Helper()
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

func request(t *testing.T, method, address, body string, header ...string) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	return req
}

type answer struct {
	Data   map[string]any
	Errors []struct {
		Message    string
		Extensions struct{ Code string }
	}
}

// post asks the API as most clients do.
func post(t *testing.T, m *Main, query string, variables map[string]any, header ...string) answer {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	_, text := send(t, request(t, "POST", m.URL()+"/graphql", string(body), append([]string{"Content-Type", "application/json"}, header...)...))
	var a answer
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		t.Fatalf("%v in %q", err, text)
	}
	return a
}

func revision(t *testing.T, m *Main) float64 {
	t.Helper()
	a := post(t, m, `{ info { revision } }`, nil)
	info, ok := a.Data["info"].(map[string]any)
	if !ok {
		t.Fatalf("info: %+v", a)
	}
	return info["revision"].(float64)
}

const ingestOne = `mutation($text: String!) { ingestArticles(input: {articles: [{text: $text, title: "A test", publishedOn: "2024-03-01"}]}) { new unchanged } }`

const articleText = "Leicester City Council has confirmed that it was hit by a cyber attack on 7 March 2024. Phone lines are down."

func TestServer(t *testing.T) {
	t.Parallel()
	m, said := start(t, filepath.Join(t.TempDir(), "spillover.db"))

	for _, want := range []string{m.URL() + "/playground", m.URL() + "/graphql", "Worth trying", "sample articles"} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("at start it did not say %q:\n%s", want, said)
		}
	}
	if strings.Contains(said.String(), testToken) {
		t.Error("it said its token")
	}

	t.Run("pages and probes", func(t *testing.T) {
		for path, holds := range map[string]string{
			"/": "Spillover explorer", "/playground": "Spillover playground", "/playground/examples.json": `"query"`, "/healthz": "ok",
			"/readyz": "ready", "/metrics": "spillover_http_streams", "/schema.graphqls": "type Query {",
		} {
			res, body := send(t, request(t, "GET", m.URL()+path, ""))
			if res.StatusCode != 200 || !strings.Contains(body, holds) {
				t.Errorf("%s: %d %.100s, want %q in it", path, res.StatusCode, body, holds)
			}
			if policy := res.Header.Get("Content-Security-Policy"); policy == "" || strings.Contains(policy, "unsafe") {
				t.Errorf("%s: content security policy %q", path, policy)
			}
		}
	})

	t.Run("the query worth trying", func(t *testing.T) {
		_, byGet := send(t, request(t, "GET", m.URL()+"/graphql?query="+url.QueryEscape(worthTrying), ""))
		var got answer
		if err := json.Unmarshal([]byte(byGet), &got); err != nil {
			t.Fatalf("%v in %q", err, byGet)
		}
		if diff := cmp.Diff(post(t, m, worthTrying, nil), got); diff != "" {
			t.Errorf("POST and GET differ (-POST +GET):\n%s", diff)
		}
		for _, want := range []string{"Westminster City Council", "Kensington and Chelsea", `"quote"`} {
			if !strings.Contains(byGet, want) {
				t.Errorf("the spread lacks %s: %s", want, byGet)
			}
		}
	})

	t.Run("example queries", func(t *testing.T) {
		examples, err := exampleQueries()
		if err != nil || len(examples) == 0 {
			t.Fatalf("%d examples, %v", len(examples), err)
		}
		for _, e := range examples {
			if strings.Contains(e.Query, "mutation") || strings.Contains(e.Query, "subscription") {
				continue // package graph's tests have these
			}
			variables := map[string]any{}
			if e.Variables != "" {
				if err := json.Unmarshal([]byte(e.Variables), &variables); err != nil {
					t.Fatalf("%s: %v", e.Variables, err)
				}
			}
			var header []string
			if strings.Contains(e.Query, "readArticles") {
				header = []string{"Authorization", "Bearer " + testToken}
			}
			if a := post(t, m, e.Query, variables, header...); a.Errors != nil {
				t.Errorf("%s\n%+v", e.Query, a.Errors)
			}
		}
	})

	t.Run("mutations need the token", func(t *testing.T) {
		before := revision(t, m)
		for _, header := range []string{"", "Bearer wrong", "Basic " + testToken} {
			a := post(t, m, ingestOne, map[string]any{"text": articleText}, "Authorization", header)
			if len(a.Errors) != 1 || a.Errors[0].Extensions.Code != "UNAUTHENTICATED" {
				t.Errorf("Authorization %q: %+v", header, a)
			}
		}
		if now := revision(t, m); now != before {
			t.Errorf("revision %v, was %v", now, before)
		}
		for _, want := range []map[string]any{{"new": 1.0, "unchanged": 0.0}, {"new": 0.0, "unchanged": 1.0}} {
			a := post(t, m, ingestOne, map[string]any{"text": articleText}, "Authorization", "Bearer "+testToken)
			if diff := cmp.Diff(any(want), a.Data["ingestArticles"]); diff != "" || a.Errors != nil {
				t.Errorf("with the token: %+v\n%s", a.Errors, diff)
			}
		}
		if now := revision(t, m); now != before+1 {
			t.Errorf("revision %v, want %v", now, before+1)
		}
	})

	// A page of another origin can make a browser send these without asking first, with whatever the browser keeps.
	t.Run("simple requests of other origins change nothing", func(t *testing.T) {
		before := revision(t, m)
		mutation := `mutation { ingestArticles(input: {articles: [{text: "Another one: Kent County Council was hit by ransomware."}]}) { new } }`
		body, err := json.Marshal(map[string]string{"query": mutation})
		if err != nil {
			t.Fatal(err)
		}
		form := url.Values{"query": {mutation}}.Encode()
		for _, req := range []*http.Request{
			request(t, "POST", m.URL()+"/graphql", string(body), "Content-Type", "text/plain"),
			request(t, "POST", m.URL()+"/graphql", form, "Content-Type", "application/x-www-form-urlencoded"),
			request(t, "POST", m.URL()+"/graphql?"+form, "", "Content-Type", "text/plain"),
			request(t, "GET", m.URL()+"/graphql?"+form, ""),
		} {
			req.Header.Set("Origin", "https://elsewhere.example")
			req.Header.Set("Authorization", "Bearer "+testToken)
			res, text := send(t, req)
			if res.StatusCode < 400 || res.StatusCode >= 500 || res.Header.Get("Access-Control-Allow-Origin") != "" {
				t.Errorf("%s %s: %d %s", req.Method, req.Header.Get("Content-Type"), res.StatusCode, text)
			}
		}
		if now := revision(t, m); now != before {
			t.Errorf("revision %v, was %v", now, before)
		}
	})
}

func TestRestartKeepsTheData(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "spillover.db")
	counts := `{ info { revision counts { councils articles incidents claims } } }`

	m, _ := start(t, db)
	post(t, m, ingestOne, map[string]any{"text": articleText}, "Authorization", "Bearer "+testToken)
	before := post(t, m, counts, nil)
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}

	again, said := start(t, db)
	if diff := cmp.Diff(before, post(t, again, counts, nil)); diff != "" {
		t.Errorf("after a restart (-before +after):\n%s", diff)
	}
	if strings.Contains(said.String(), "sample articles") {
		t.Errorf("it loaded the samples again:\n%s", said)
	}
}

func TestNoSamples(t *testing.T) {
	t.Parallel()
	m := &Main{
		Config: configured(func(c *Config) { c.DB, c.Samples = filepath.Join(t.TempDir(), "spillover.db"), false }),
		Out:    io.Discard,
		Log:    slog.New(slog.DiscardHandler),
	}
	if err := m.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	a := post(t, m, `{ articles { totalCount } councils { totalCount } }`, nil)
	if n := a.Data["articles"].(map[string]any)["totalCount"]; n != 0.0 {
		t.Errorf("%v articles", n)
	}
	if n := a.Data["councils"].(map[string]any)["totalCount"]; n.(float64) < 300 {
		t.Errorf("%v councils: the register is missing", n)
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestStartFails(t *testing.T) {
	t.Parallel()
	running, _ := start(t, filepath.Join(t.TempDir(), "spillover.db"))
	noStore := filepath.Join(t.TempDir(), "letter.db")
	if err := os.WriteFile(noStore, []byte("Dear Sir or Madam,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	newer := filepath.Join(t.TempDir(), "newer.db")
	first, _ := start(t, newer)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", newer)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), "PRAGMA user_version = 999"); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		config Config
		want   string
	}{
		"newer schema":  {Config{Addr: "127.0.0.1:0", DB: newer}, "run a newer version of Spillover"},
		"port in use":   {Config{Addr: strings.TrimPrefix(running.URL(), "http://"), DB: filepath.Join(t.TempDir(), "untouched.db")}, "address already in use"},
		"no store":      {Config{Addr: "127.0.0.1:0", DB: noStore}, "letter.db"},
		"no folder":     {Config{Addr: "127.0.0.1:0", DB: filepath.Join(t.TempDir(), "none", "a.db")}, "none"},
		"Neo4j refuses": {Config{Addr: "127.0.0.1:0", Neo4jURI: "bolt://127.0.0.1:1", Neo4jUsername: "u", Neo4jPassword: "secret"}, "127.0.0.1:1"},
	} {
		m := &Main{Config: c.config, Out: io.Discard, Log: slog.New(slog.DiscardHandler)}
		err := m.Run(t.Context())
		if err == nil {
			t.Errorf("%s: it started", name)
		} else if text := err.Error(); !strings.Contains(text, c.want) || strings.Contains(text, "\n") || strings.Contains(text, "secret") {
			t.Errorf("%s: %q, want one line with %q", name, text, c.want)
		}
		if err := m.Close(); err != nil {
			t.Errorf("%s: Close: %v", name, err)
		}
		if _, err := os.Stat(c.config.DB); name == "port in use" && err == nil {
			t.Error("a store was made although the port is in use")
		}
	}
}

// A subscription that is open does not keep the server from stopping.
func TestCloseEndsSubscriptions(t *testing.T) {
	t.Parallel()
	m, _ := start(t, filepath.Join(t.TempDir(), "spillover.db"))
	res, err := http.DefaultClient.Do(request(t, "POST", m.URL()+"/graphql", `{"query":"subscription { graphChanged { revision ids } }"}`,
		"Content-Type", "application/json", "Accept", "text/event-stream"))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if kind := res.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/event-stream") {
		t.Fatalf("%d %s", res.StatusCode, kind)
	}
	ended := make(chan error, 1)
	go func() {
		_, err := io.Copy(io.Discard, res.Body)
		ended <- err
	}()
	if err := m.Close(); err != nil {
		t.Error(err)
	}
	<-ended
}

func TestConfig(t *testing.T) {
	t.Parallel()
	env := func(values map[string]string) func(string) string {
		return func(name string) string { return values[name] }
	}

	got, err := readConfig(env(nil))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(standard(), got); diff != "" {
		t.Errorf("defaults (-want +got):\n%s", diff)
	}
	if s := got.String(); s != "ADDR=127.0.0.1:8080  SPILLOVER_DB=spillover.db" {
		t.Errorf("printed: %s", s)
	}

	got, err = readConfig(env(map[string]string{
		"ADDR": ":0", "SPILLOVER_DB": "/a/b.db", "SPILLOVER_SAMPLES": "OFF", "SPILLOVER_TOKEN": "hush-token", "NEO4J_URI": "bolt://me:hush-uri@db:7687",
		"NEO4J_USERNAME": "me", "NEO4J_PASSWORD": "hush-password", "NEO4J_DATABASE": "d", "CORS_ORIGINS": "https://a.example, http://localhost:3000",
		"SPILLOVER_TIMEOUT": "3s", "SPILLOVER_MAX_DEPTH": "9", "SPILLOVER_RATE": "2.5", "SPILLOVER_LOG_QUERIES": "on",
	}))
	if err != nil {
		t.Fatal(err)
	}
	want := standard()
	want.Addr, want.DB, want.Samples, want.Token, want.Neo4jURI, want.Neo4jUsername = ":0", "/a/b.db", false, "hush-token", "bolt://me:hush-uri@db:7687", "me"
	want.Neo4jPassword, want.Neo4jDatabase, want.Origins = "hush-password", "d", []string{"https://a.example", "http://localhost:3000"}
	want.Timeout, want.Depth, want.Rate, want.LogQueries = 3*time.Second, 9, 2.5, true
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("all set (-want +got):\n%s", diff)
	}
	if s := got.String(); strings.Contains(s, "hush") || !strings.Contains(s, "NEO4J_PASSWORD set") || !strings.Contains(s, "bolt://db:7687") || !strings.Contains(s, "SPILLOVER_TIMEOUT=3s") {
		t.Errorf("printed: %s", s)
	}

	for name, value := range map[string]string{"ADDR": "8080", "SPILLOVER_SAMPLES": "maybe", "CORS_ORIGINS": "https://a.example/path",
		"SPILLOVER_MAX_DEPTH": "many", "SPILLOVER_MAX_ROWS": "0", "SPILLOVER_TIMEOUT": "20", "SPILLOVER_RATE": "-1", "SPILLOVER_FETCH": "home", "TLS_CERT": "a.pem", "SPILLOVER_OIDC_ISSUER": "https://a.example"} {
		if _, err := readConfig(env(map[string]string{name: value})); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s=%s: %v", name, value, err)
		}
	}
}

func TestTokenFile(t *testing.T) {
	t.Parallel()
	c := Config{DB: filepath.Join(t.TempDir(), "spillover.db")}
	name := filepath.Join(filepath.Dir(c.DB), ".spillover-token")

	made, where, err := c.token()
	if err != nil || len(made) < 32 || !strings.Contains(where, name) || strings.Contains(where, made) {
		t.Fatalf("%q %q %v", made, where, err)
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if kept, _, err := c.token(); kept != made || err != nil {
		t.Errorf("a second start has another token: %v", err)
	}

	if err := os.Chmod(name, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := c.token(); err == nil || !strings.Contains(err.Error(), name) || strings.Contains(err.Error(), made) {
		t.Errorf("a token that others can read: %v", err)
	}
	if err := errors.Join(os.Chmod(name, 0o600), os.WriteFile(name, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := c.token(); err == nil || !strings.Contains(err.Error(), name) {
		t.Errorf("an empty token: %v", err)
	}
}

// standard is the configuration where nothing is set.
func standard() Config {
	c, err := readConfig(func(string) string { return "" })
	if err != nil {
		panic(err)
	}
	return c
}

// configured is the configuration of tests: on a port of its own, with the tests' token.
func configured(more func(*Config)) Config {
	c := standard()
	c.Addr, c.Token = "127.0.0.1:0", testToken
	more(&c)
	return c
}

// The table in docs/configuration.md is what the program reads.
func TestConfigurationIsDocumented(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	table := "| variable | default | meaning |\n|---|---|---|\n"
	for _, s := range settings() {
		standard := "none"
		if s.standard != "" {
			standard = "`" + s.standard + "`"
		}
		table += "| `" + s.name + "` | " + standard + " | " + s.doc + " |\n"
	}
	if !strings.Contains(string(page), table) {
		t.Errorf("docs/configuration.md does not have this table:\n%s", table)
	}
}
