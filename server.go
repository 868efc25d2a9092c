// Spillover's server: the API, the explorer and the playground over one store.
//
// It is thin: configuration from the environment → store → reference data and samples → handler → serve. What it serves
// is the work of packages graph, web and httpd. Besides the loader it is the only place that names a concrete store.
package main

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"spillover/access"
	"spillover/article"
	"spillover/fetch"
	"spillover/gazetteer"
	"spillover/graph"
	"spillover/httpd"
	"spillover/ingest"
	"spillover/ledger"
	"spillover/samples"
	"spillover/store/cache"
	"spillover/store/neo4j"
	"spillover/store/sqlite"
)

//go:embed schema.graphqls
var schema string

//go:embed queries
var queries embed.FS

// baseMemory is what the server may take beside the cache before it collects garbage more often, in bytes.
const baseMemory = 256 << 20

// drainTime is how long requests that are under way may take when the server is told to stop.
const drainTime = 20 * time.Second

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	if err := run(ctx); err != nil {
		fmt.Fprintf(os.Stderr, "spillover: %v\n", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	if os.Getenv("GOGC") == "" {
		// What lives is small beside what answers leave behind: collecting it at twice its size took a fifth of the time.
		debug.SetGCPercent(400)
	}
	config, err := readConfig(os.Getenv)
	if err != nil {
		return err
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		// Else garbage would take four times what the cache holds, too.
		debug.SetMemoryLimit(baseMemory + 2*config.Cache)
	}
	m := &Main{Config: config, Out: os.Stdout, Log: newLog(os.Stderr)}
	if err := m.Run(ctx); err != nil {
		return errors.Join(err, m.Close())
	}
	select {
	case <-ctx.Done():
		fmt.Fprintln(m.Out, "Stopping …")
	case err = <-m.Failed():
	}
	return errors.Join(err, m.Close())
}

// newLog writes text for people where w is a terminal, and JSON elsewhere.
func newLog(w *os.File) *slog.Logger {
	if info, err := w.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
		return slog.New(slog.NewTextHandler(w, nil))
	}
	return slog.New(slog.NewJSONHandler(w, nil))
}

// Main is the server. Set the exported fields, call Run, and Close in any case.
type Main struct {
	Config Config
	Out    io.Writer // tells the person who started it what is going on
	Log    *slog.Logger

	listener net.Listener
	store    ledger.Store
	reads    ledger.Store // store, or what keeps its reads
	site     *httpd.Server
	failed   chan error
	untrace  func(context.Context) error // sends the last traces
}

// Run starts the server and returns as soon as it answers. The context is for starting alone: what ends the server is
// Close.
func (m *Main) Run(ctx context.Context) (err error) {
	fmt.Fprintf(m.Out, "Configuration: %s\n", m.Config)
	if m.untrace, err = startTraces(ctx, m.Config.Traces); err != nil {
		return err
	}
	names, err := gazetteer.With(m.Config.Gazetteer)
	if err != nil {
		return err
	}
	// The port comes first: where another server runs already, its store is not touched.
	if m.listener, err = net.Listen("tcp", m.Config.Addr); err != nil {
		return fmt.Errorf("cannot listen on ADDR=%s: %w", m.Config.Addr, cause(err))
	}
	if err := m.openStore(ctx); err != nil {
		return err
	}
	m.reads = m.store
	if m.Config.Cache > 0 {
		m.reads = cache.New(m.store, m.Config.Cache)
	}
	pipeline := ingest.New(m.reads, names)
	if err := pipeline.Seed(ctx); err != nil {
		return err
	}
	if m.Config.Samples {
		if err := m.loadSamples(ctx, pipeline); err != nil {
			return err
		}
	}
	token, where, err := m.Config.token()
	if err != nil {
		return err
	}
	if err := m.serve(pipeline, token); err != nil {
		return err
	}
	m.announce(ctx, where)
	return nil
}

// cause is what a network operation failed with, without the addresses that the caller names better.
func cause(err error) error {
	if op := (*net.OpError)(nil); errors.As(err, &op) {
		if call := (*os.SyscallError)(nil); errors.As(op.Err, &call) {
			return call.Err
		}
		return op.Err
	}
	return err
}

// openStore sets m.store only where there is one: an interface around no store would not be nil.
func (m *Main) openStore(ctx context.Context) error {
	c := &m.Config
	if c.Neo4jURI == "" {
		s, err := sqlite.Open(ctx, c.DB)
		if err != nil {
			return err
		}
		m.store = s
		return nil
	}
	s, err := neo4j.Open(ctx, neo4j.Config{URI: c.Neo4jURI, Username: c.Neo4jUsername, Password: c.Neo4jPassword, Database: c.Neo4jDatabase})
	if err != nil {
		return err
	}
	m.store = s
	return nil
}

// loadSamples fills a store that holds no article. All samples go in at once or not at all, so that a start that was cut
// short is made good by the next.
func (m *Main) loadSamples(ctx context.Context, pipeline *ingest.Pipeline) error {
	// One is enough to know: counting all took seconds where there are many.
	some, err := m.store.List(ctx, ledger.ListQuery{Kind: ledger.ArticleKind, At: ledger.Undated, Facets: [][]string{{"origin:" + string(ledger.FromNews)}},
		Order: ledger.ByName, Page: ledger.Page{Limit: 1}})
	if err != nil {
		return err
	}
	if len(some.Items) > 0 {
		return nil
	}
	articles, err := sampleArticles()
	if err != nil {
		return err
	}
	fmt.Fprintf(m.Out, "The store is empty: loading %d sample articles (SPILLOVER_SAMPLES=off leaves them out) …\n", len(articles))
	began := time.Now()
	outcomes, err := pipeline.Load(ctx, articles)
	if err != nil {
		return err
	}
	claims := 0
	for i, o := range outcomes {
		if o.Err != nil {
			return fmt.Errorf("sample article %q: %w", articles[i].Title, o.Err)
		}
		claims += o.Claims
		fmt.Fprintf(m.Out, "  %2d of %d  %s (%d claims)\n", i+1, len(outcomes), articles[i].Title, o.Claims)
	}
	fmt.Fprintf(m.Out, "Loaded %d articles with %d claims in %.1f s\n", len(outcomes), claims, time.Since(began).Seconds())
	return nil
}

func sampleArticles() ([]ledger.Article, error) {
	files, err := samples.Articles()
	if err != nil {
		return nil, err
	}
	var articles []ledger.Article
	for _, f := range files {
		for a, err := range article.Each(bytes.NewReader(f.Data), article.Options{}) {
			if err != nil {
				return nil, fmt.Errorf("sample article %s: %w", f.Name, err)
			}
			articles = append(articles, a)
		}
	}
	return articles, nil
}

func (m *Main) serve(pipeline *ingest.Pipeline, token string) error {
	examples, err := exampleQueries()
	if err != nil {
		return err
	}
	documents, err := m.Config.documents()
	if err != nil {
		return err
	}
	checks := []access.Check{access.Secret("SPILLOVER_TOKEN", token),
		access.At(m.Config.tokens()).Check(func(err error) { m.Log.Warn("the tokens cannot be read", "error", err) })}
	if m.Config.OIDCIssuer != "" {
		checks = append(checks, httpd.Issued(m.Config.OIDCIssuer, m.Config.OIDCAudience, m.Log))
	}
	check := access.Any(checks...)
	registry := prometheus.NewRegistry()
	if kept, ok := m.reads.(*cache.Store); ok {
		registerCache(registry, kept)
	}
	m.site, err = httpd.New(httpd.Config{
		GraphQL: graph.NewServer(graph.Options{Store: m.reads, Pipeline: pipeline, Log: m.Log, Version: version(), Check: check,
			Origin: httpd.OwnOr(m.Config.Origins), Limits: m.Config.limits(), Timeout: m.Config.Timeout, Body: m.Config.Body, Documents: documents,
			Metrics: registry, Queries: bool(m.Config.LogQueries), Fetch: fetching(m.Config.Fetch)}),
		Schema:   schema,
		Examples: examples,
		Ready:    func(ctx context.Context) error { _, err := m.store.Revision(ctx); return err },
		Check:    check,
		Origins:  m.Config.Origins,
		Log:      m.Log,
		Registry: registry,
		Body:     m.Config.Body,
		Rate:     m.Config.Rate,
		Proxies:  m.Config.Proxies,
		TLSCert:  m.Config.TLSCert,
		TLSKey:   m.Config.TLSKey,
		Traces:   m.Config.Traces != "",
		As:       graph.As,
	})
	if err != nil {
		return err
	}
	m.failed = make(chan error, 1)
	go func() { m.failed <- m.site.Serve(m.listener) }()
	return nil
}

// fetching is how the server gets the pages that callers name: from where the configuration says.
func fetching(from string) graph.Fetch {
	client := fetch.Public()
	switch from {
	case "off":
		return nil
	case "any":
		client = fetch.Unchecked()
	}
	return func(ctx context.Context, address string) (io.ReadCloser, article.Options, error) {
		page, err := fetch.Get(ctx, client, address, "", "")
		if err != nil {
			return nil, article.Options{}, err
		}
		return page.Body, article.Options{URL: page.URL, Charset: page.Charset}, nil
	}
}

// Failed gives an error where the server stopped by itself, and nil after Close.
func (m *Main) Failed() <-chan error { return m.failed }

// URL is where the server answers, "http://127.0.0.1:8080". It is known after Run.
func (m *Main) URL() string {
	scheme := "http://"
	if m.Config.TLSCert != "" {
		scheme = "https://"
	}
	host, port, err := net.SplitHostPort(m.listener.Addr().String())
	if err != nil {
		return scheme + m.listener.Addr().String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost" // it listens on all addresses, of which a browser needs one
	}
	return scheme + net.JoinHostPort(host, port)
}

// worthTrying asks how an incident of the samples spread.
const worthTrying = `{ search(text: "Westminster", kinds: [INCIDENT], first: 1) { nodes { ... on Incident { name spread {
  origins { name } hops { distance from { name } via { name } to { name } outcome reportedOn evidence { quote } } } } } } }`

func (m *Main) announce(ctx context.Context, token string) {
	at := m.URL()
	query := strings.ReplaceAll(worthTrying, "\n ", "")
	fmt.Fprintf(m.Out, `
Spillover %s, on %s%s
  Explorer    %s/
  Playground  %s/playground
  API         %s/graphql
  Mutations   need the token %s

Worth trying: how the incident in three London boroughs of November 2025 spread.
  curl -s %s/graphql --get --data-urlencode 'query=%s'
  or in the playground: %s/playground?query=%s

`, version(), m.store.Name(), m.holds(ctx), at, at, at, token, at, query, at, url.QueryEscape(worthTrying))
}

// countTime bounds the counting of what a store holds at a start, which takes longer the more there is.
const countTime = 100 * time.Millisecond

// holds says what the store holds, nothing where that cannot be counted in a moment.
func (m *Main) holds(ctx context.Context) string {
	ctx, cancel := context.WithTimeout(ctx, countTime)
	defer cancel()
	counts, err := m.store.Counts(ctx, ledger.Undated)
	if err != nil {
		return ""
	}
	return fmt.Sprintf(" with %d articles, %d claims, %d incidents", counts[string(ledger.ArticleKind)], counts["Claim"], counts[string(ledger.Incident)])
}

// Close answers the requests that are under way, ends subscriptions, and closes the store. It may be called after a Run
// that failed.
func (m *Main) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	var errs []error
	switch {
	case m.site != nil:
		errs = append(errs, m.site.Shutdown(ctx))
	case m.listener != nil:
		errs = append(errs, m.listener.Close())
	}
	if m.store != nil {
		errs = append(errs, m.store.Close(ctx))
	}
	if m.untrace != nil {
		errs = append(errs, m.untrace(ctx))
	}
	return errors.Join(errs...)
}

// registerCache shows in the metrics what keeping reads is good for.
func registerCache(registry prometheus.Registerer, kept *cache.Store) {
	counter := func(name, help string, value func() uint64) {
		registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help}, func() float64 { return float64(value()) }))
	}
	counter("spillover_cache_hits_total", "Reads that were answered from what is kept.", func() uint64 { hits, _, _ := kept.Stats(); return hits })
	counter("spillover_cache_misses_total", "Reads that were asked of the store.", func() uint64 { _, misses, _ := kept.Stats(); return misses })
	registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "spillover_cache_bytes", Help: "Size of what is kept, about."},
		func() float64 { _, _, bytes := kept.Stats(); return float64(bytes) }))
}
