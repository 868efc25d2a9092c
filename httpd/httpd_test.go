package httpd_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/prometheus/client_golang/prometheus"

	"spillover/access"
	"spillover/httpd"
)

type callerKey struct{}

func start(t *testing.T, change func(*httpd.Config)) (address string, s *httpd.Server) {
	t.Helper()
	c := httpd.Config{
		GraphQL: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprintf(w, "authorised: %v", r.Context().Value(callerKey{}) != "")
		}),
		Schema:   "type Query { a: Int }\n",
		Ready:    func(context.Context) error { return nil },
		Check:    access.Secret("tests", "a-token"),
		Registry: prometheus.NewRegistry(), Body: 32 << 20,
		Log: slog.New(slog.DiscardHandler),
		As: func(ctx context.Context, caller access.Caller) context.Context {
			return context.WithValue(ctx, callerKey{}, caller.Name)
		},
	}
	if change != nil {
		change(&c)
	}
	s, err := httpd.New(c)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- s.Serve(l) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := s.Shutdown(ctx); err != nil {
			t.Errorf("Shutdown: %v", err)
		}
		if err := <-served; err != nil {
			t.Errorf("Serve: %v", err)
		}
	})
	return "http://" + l.Addr().String(), s
}

func do(t *testing.T, method, url, body string, header ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(text)
}

func TestRoutes(t *testing.T) {
	t.Parallel()
	address, _ := start(t, func(c *httpd.Config) {
		c.Examples = []httpd.Example{{Query: "{ a }"}}
	})
	for _, c := range []struct {
		method, path string
		status       int
		kind, holds  string
	}{
		{"GET", "/", 200, "text/html; charset=utf-8", "<title>Spillover"},
		{"GET", "/playground", 200, "text/html; charset=utf-8", "<title>Spillover playground"},
		{"GET", "/playground/examples.json", 200, "application/json", `[{"query":"{ a }"}]`},
		{"GET", "/static/icon.svg", 200, "image/svg+xml", "<svg"},
		{"GET", "/static/built/explorer.js", 200, "text/javascript; charset=utf-8", ""},
		{"GET", "/schema.graphqls", 200, "text/plain; charset=utf-8", "type Query"},
		{"GET", "/healthz", 200, "text/plain; charset=utf-8", "ok"},
		{"GET", "/readyz", 200, "text/plain; charset=utf-8", "ready"},
		{"GET", "/graphql", 200, "text/plain; charset=utf-8", "authorised: false"},
		{"GET", "/nothing", 404, "text/plain; charset=utf-8", ""},
		{"POST", "/", 405, "text/plain; charset=utf-8", ""},
		{"DELETE", "/healthz", 405, "text/plain; charset=utf-8", ""},
	} {
		res, body := do(t, c.method, address+c.path, "")
		if res.StatusCode != c.status || res.Header.Get("Content-Type") != c.kind || !strings.Contains(body, c.holds) {
			t.Errorf("%s %s: %d %s %.80q, want %d %s with %q", c.method, c.path, res.StatusCode, res.Header.Get("Content-Type"), body,
				c.status, c.kind, c.holds)
		}
		policy := res.Header.Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s %s: policy %q", c.method, c.path, policy)
		}
		if res.Header.Get("X-Content-Type-Options") != "nosniff" || res.Header.Get("X-Request-Id") == "" {
			t.Errorf("%s %s: headers %v", c.method, c.path, res.Header)
		}
	}
}

func TestPlaygroundNoncesDiffer(t *testing.T) {
	t.Parallel()
	address, _ := start(t, nil)
	one, _ := do(t, "GET", address+"/playground", "")
	two, _ := do(t, "GET", address+"/playground", "")
	if a, b := one.Header.Get("Content-Security-Policy"), two.Header.Get("Content-Security-Policy"); a == b || !strings.Contains(a, "'nonce-") {
		t.Errorf("policies %q and %q", a, b)
	}
}

func TestToken(t *testing.T) {
	t.Parallel()
	address, _ := start(t, nil)
	none, _ := start(t, func(c *httpd.Config) { c.Check = access.Secret("tests", "") })
	for _, c := range []struct {
		address, header string
		want            string
	}{
		{address, "", "authorised: false"},
		{address, "Bearer a-token", "authorised: true"},
		{address, "bearer a-token", "authorised: true"},
		{address, "Bearer a-toke", "authorised: false"},
		{address, "Bearer a-token2", "authorised: false"},
		{address, "Bearer", "authorised: false"},
		{address, "Basic a-token", "authorised: false"},
		{address, "a-token", "authorised: false"},
		{none, "", "authorised: false"},
		{none, "Bearer ", "authorised: false"},
	} {
		if _, got := do(t, "GET", c.address+"/graphql", "", "Authorization", c.header); got != c.want {
			t.Errorf("Authorization %q: %s, want %s", c.header, got, c.want)
		}
	}
}

func TestCORS(t *testing.T) {
	t.Parallel()
	const friend, stranger = "https://friend.example", "https://stranger.example"
	closed, _ := start(t, nil)
	open, _ := start(t, func(c *httpd.Config) { c.Origins = []string{friend} })
	for _, c := range []struct {
		address, origin, want string
	}{
		{closed, friend, ""},
		{open, friend, friend},
		{open, stranger, ""},
	} {
		ask, _ := do(t, "OPTIONS", c.address+"/graphql", "", "Origin", c.origin,
			"Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "authorization,content-type")
		get, _ := do(t, "GET", c.address+"/graphql", "", "Origin", c.origin)
		page, _ := do(t, "GET", c.address+"/", "", "Origin", c.origin)
		got := []string{ask.Header.Get("Access-Control-Allow-Origin"), get.Header.Get("Access-Control-Allow-Origin"),
			page.Header.Get("Access-Control-Allow-Origin")}
		if diff := cmp.Diff([]string{c.want, c.want, ""}, got); diff != "" {
			t.Errorf("%s at %s: (-want +got)\n%s", c.origin, c.address, diff)
		}
	}
}

func TestOwnOr(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		origins []string
		origin  string
		want    bool
	}{
		{nil, "http://here.example:8080", true},
		{nil, "https://elsewhere.example", false},
		{nil, "null", false},
		{[]string{"https://friend.example"}, "https://friend.example", true},
		{[]string{"https://friend.example"}, "https://elsewhere.example", false},
		{[]string{"https://friend.example"}, "http://here.example:8080", true},
		{[]string{"*"}, "https://elsewhere.example", true},
	} {
		r := httptest.NewRequest("GET", "http://here.example:8080/graphql", nil)
		r.Header.Set("Origin", c.origin)
		if got := httpd.OwnOr(c.origins)(r); got != c.want {
			t.Errorf("%s with %q: %v, want %v", c.origin, c.origins, got, c.want)
		}
	}
}

func TestTooLarge(t *testing.T) {
	t.Parallel()
	read := make(chan error, 1)
	address, _ := start(t, func(c *httpd.Config) {
		c.GraphQL = http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			_, err := io.Copy(io.Discard, r.Body)
			read <- err
		})
	})
	req, err := http.NewRequestWithContext(t.Context(), "POST", address+"/graphql", io.LimitReader(zeros{}, 33<<20))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if res, err := http.DefaultClient.Do(req); err == nil {
		res.Body.Close()
	}
	if tooLarge := (*http.MaxBytesError)(nil); !errors.As(<-read, &tooLarge) {
		t.Error("a body was read beyond the limit")
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestNotReady(t *testing.T) {
	t.Parallel()
	address, _ := start(t, func(c *httpd.Config) {
		c.Ready = func(context.Context) error { return errors.New("dial bolt://secret-host") }
	})
	res, body := do(t, "GET", address+"/readyz", "")
	if res.StatusCode != http.StatusServiceUnavailable || strings.Contains(body, "secret-host") {
		t.Errorf("readyz: %d %s", res.StatusCode, body)
	}
	if res, _ := do(t, "GET", address+"/healthz", ""); res.StatusCode != 200 {
		t.Errorf("healthz: %d", res.StatusCode)
	}
}

func TestPanicIsCaughtAndLogged(t *testing.T) {
	t.Parallel()
	var log syncBuffer
	address, _ := start(t, func(c *httpd.Config) {
		c.Log = slog.New(slog.NewTextHandler(&log, nil))
		c.GraphQL = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("a secret") })
	})
	res, err := http.Get(address + "/graphql")
	if err == nil {
		defer res.Body.Close()
		body, _ := io.ReadAll(res.Body)
		if res.StatusCode != 500 || strings.Contains(string(body), "a secret") {
			t.Errorf("%d %s", res.StatusCode, body)
		}
	}
	if _, err := http.Get(address + "/healthz"); err != nil {
		t.Errorf("after a panic: %v", err)
	}
	if !strings.Contains(log.String(), "a secret") {
		t.Errorf("log: %s", log.String())
	}
}

func TestLogAndMetrics(t *testing.T) {
	t.Parallel()
	var log syncBuffer
	address, _ := start(t, func(c *httpd.Config) { c.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	res, _ := do(t, "GET", address+"/graphql?query=private", "")
	do(t, "GET", address+"/scanned-1", "")
	do(t, "GET", address+"/scanned-2", "")
	_, page := do(t, "GET", address+"/metrics", "")
	for _, want := range []string{
		`spillover_http_requests_total{route="/graphql",status="200"} 1`,
		`spillover_http_request_seconds_count{route="/graphql"} 1`,
		`spillover_http_streams 0`,
		`go_goroutines`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("metrics lack %s", want)
		}
	}
	if strings.Contains(page, "scanned") || strings.Contains(log.String(), "private") {
		t.Error("what a client chose is in the metrics' labels, or its query in the log")
	}
	if id := res.Header.Get("X-Request-Id"); !strings.Contains(log.String(), "id="+id) {
		t.Errorf("no %s in the log: %s", id, log.String())
	}
}

// Shutdown ends streams, and lets other requests finish.
func TestShutdown(t *testing.T) {
	t.Parallel()
	asked, answer := make(chan bool), make(chan bool)
	address, s := start(t, func(c *httpd.Config) {
		c.GraphQL = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.RawQuery == "stream" {
				w.Header().Set("Content-Type", "text/event-stream")
				w.WriteHeader(http.StatusOK)
				w.(http.Flusher).Flush()
				<-r.Context().Done()
				return
			}
			asked <- true
			<-answer
			fmt.Fprint(w, "answered")
		})
	})
	ask, err := http.NewRequestWithContext(t.Context(), "GET", address+"/graphql?stream", nil)
	if err != nil {
		t.Fatal(err)
	}
	ask.Header.Set("Accept", "text/event-stream")
	stream, err := http.DefaultClient.Do(ask)
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Body.Close()
	if _, page := do(t, "GET", address+"/metrics", ""); !strings.Contains(page, "spillover_http_streams 1") {
		t.Error("the stream is not counted")
	}

	got := make(chan string)
	go func() {
		res, err := http.Get(address + "/graphql")
		if err != nil {
			got <- err.Error()
			return
		}
		defer res.Body.Close()
		body, _ := io.ReadAll(res.Body)
		got <- string(body)
	}()
	<-asked
	done := make(chan error)
	go func() { done <- s.Shutdown(context.Background()) }()
	if _, err := io.ReadAll(stream.Body); err != nil {
		t.Errorf("the stream ended with %v", err)
	}
	answer <- true
	if body := <-got; body != "answered" {
		t.Errorf("the request under way was answered %q", body)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
