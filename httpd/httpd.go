// Package httpd is the web side of the server: its routes, and what goes around every request (request ids, the access
// log, metrics, security headers, CORS, tokens, limits, time-outs).
//
// It knows nothing of the graph: GraphQL requests go on to the handler it is given, package graph's, pages come from
// package web, and whether the store can be reached it asks a function. It never decides what a caller may do; it only passes on
// who calls.
package httpd

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	"spillover/access"
)

// A Config is what a Server needs. Examples, Origins, Body, Rate and the TLS files may be left out, all others are required.
type Config struct {
	GraphQL  http.Handler                    // answers /graphql, over HTTP and WebSocket; it refuses bodies that are no JSON
	Schema   string                          // the API in GraphQL's schema language, served at /schema.graphqls
	Examples []Example                       // queries that the playground offers, in its tabs' order
	Ready    func(ctx context.Context) error // whether the store can be reached
	Check    access.Check                    // finds the caller of a bearer token
	Origins  []string                        // pages of other origins that may read answers, "https://example.org"
	Log      *slog.Logger

	Registry *prometheus.Registry // of the metrics at /metrics
	Body     int64                // bytes of a request's body; 0 is 32 MB
	Rate     float64              // requests to GraphQL a second for one client address; 0 is no limit
	Proxies  []netip.Prefix       // whose X-Forwarded-For says who the client is
	TLSCert  string               // file of the certificate; "" is no TLS
	TLSKey   string               // file of its key
	Traces   bool                 // whether requests are traced

	// As notes in the context of a request to GraphQL who calls.
	As func(ctx context.Context, caller access.Caller) context.Context
}

// An Example is a query that the playground offers.
type Example struct {
	Query     string `json:"query"`
	Variables string `json:"variables,omitempty"` // JSON
}

// The limits of requests, each generous to an honest client on a slow line.
const (
	maxBody       = 32 << 20 // bytes, where none is given; a thousand long articles in one mutation
	headerTimeout = 10 * time.Second
	readTimeout   = 60 * time.Second
	writeTimeout  = 60 * time.Second // of an answer, or of each part of a stream
	idleTimeout   = 2 * time.Minute
	readyTimeout  = 2 * time.Second
)

// A Server serves the whole site. Make it with New, run it with Serve, end it with Shutdown.
type Server struct {
	http    *http.Server
	cert    string
	key     string
	stop    context.CancelFunc // ends the streams
	running sync.WaitGroup     // requests, streams among them: http.Server forgets WebSockets
}

// New is a server that is not serving yet.
func New(c Config) (*Server, error) {
	routes := http.NewServeMux()
	if err := addPages(routes, c.Examples); err != nil {
		return nil, err
	}
	shared := sharing(c.Origins)
	routes.Handle("/graphql", shared(limited(c.Rate, c.Proxies, http.MaxBytesHandler(identified(c), cmp.Or(c.Body, maxBody)))))
	routes.Handle("GET /schema.graphqls", shared(text(c.Schema)))
	routes.Handle("GET /healthz", text("ok\n"))
	routes.Handle("GET /readyz", readiness(c.Ready, c.Log))
	routes.Handle("GET /metrics", metricsPage(c.Registry))

	stopped, stop := context.WithCancel(context.Background())
	s := &Server{stop: stop, cert: c.TLSCert, key: c.TLSKey}
	handler := s.observed(stopped, secured(compressed(routes)), newMetrics(c.Registry), c.Log)
	if c.Traces {
		handler = otelhttp.NewHandler(handler, "request")
	}
	s.http = &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(c.Log.Handler(), slog.LevelWarn),
	}
	return s, nil
}

// Serve answers requests that come in at l until Shutdown; then it returns nil.
func (s *Server) Serve(l net.Listener) error {
	serve := s.http.Serve
	if s.cert != "" {
		serve = func(l net.Listener) error { return s.http.ServeTLS(l, s.cert, s.key) }
	}
	if err := serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// Shutdown accepts no more requests, ends the streams, and waits for all others to be answered, as long as ctx lasts.
// Then it closes what is left.
func (s *Server) Shutdown(ctx context.Context) error {
	s.stop()
	if err := s.http.Shutdown(ctx); err != nil {
		return errors.Join(err, s.http.Close())
	}
	ended := make(chan struct{})
	go func() {
		s.running.Wait()
		close(ended)
	}()
	select {
	case <-ended:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
