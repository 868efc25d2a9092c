package httpd

import (
	"bufio"
	"context"
	"crypto/rand"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// requestIDHeader bears the id under which a request is in the log.
const requestIDHeader = "X-Request-Id"

type metrics struct {
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	streams  prometheus.Gauge
}

// newMetrics counts by route and outcome. Neither methods nor names of operations are labels: clients choose them, so
// there could be any number.
func newMetrics(registry *prometheus.Registry) metrics {
	m := metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "spillover_http_requests_total", Help: "Requests answered, by route and status.",
		}, []string{"route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "spillover_http_request_seconds", Help: "Time to answer, by route. Streams are left out.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"route"}),
		streams: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "spillover_http_streams", Help: "Streams that are open: WebSockets and server-sent events.",
		}),
	}
	registry.MustRegister(m.requests, m.seconds, m.streams,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func metricsPage(registry *prometheus.Registry) http.Handler {
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{})
}

// readiness says whether the store can be reached. Why not is for the log.
func readiness(ready func(context.Context) error, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), readyTimeout)
		defer cancel()
		if err := ready(ctx); err != nil {
			log.WarnContext(ctx, "not ready", "error", err)
			http.Error(w, "the store cannot be reached", http.StatusServiceUnavailable)
			return
		}
		write(w, "text/plain; charset=utf-8", []byte("ready\n"))
	})
}

// observed gives each request an id, catches its panic, and logs and counts its answer. Streams end when stopped does.
func (s *Server) observed(stopped context.Context, next http.Handler, m metrics, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.running.Add(1)
		defer s.running.Done()

		began := time.Now()
		id := rand.Text()
		ctx, cancel := context.WithCancel(r.Context())
		defer cancel()
		out := &response{ResponseWriter: w, onStream: func() {
			m.streams.Inc()
			context.AfterFunc(stopped, cancel)
		}}
		out.Header().Set(requestIDHeader, id)
		r.Header.Set(requestIDHeader, id) // for those who log what was asked; what a client sends is not believed
		r = r.WithContext(ctx)            // the router writes its pattern into this copy

		defer func() {
			fault := recover()
			if fault != nil && fault != http.ErrAbortHandler {
				log.ErrorContext(ctx, "panic", "id", id, "fault", fault, "stack", string(debug.Stack()))
				if out.status == 0 {
					http.Error(out, "internal error; the log has more under the id "+id, http.StatusInternalServerError)
				}
			}
			if out.stream {
				m.streams.Dec()
			} else {
				m.seconds.WithLabelValues(routeOf(r)).Observe(time.Since(began).Seconds())
			}
			m.requests.WithLabelValues(routeOf(r), strconv.Itoa(out.code())).Inc()
			log.LogAttrs(ctx, levelOf(r, out), "request",
				slog.String("id", id), slog.String("method", r.Method), slog.String("path", r.URL.Path),
				slog.Int("status", out.code()), slog.Int64("bytes", out.bytes),
				slog.Float64("seconds", time.Since(began).Seconds()), slog.String("from", r.RemoteAddr))
			if fault != nil {
				panic(http.ErrAbortHandler) // cuts the connection: an answer that was begun must not look complete
			}
		}()
		next.ServeHTTP(out, r)
	})
}

// routeOf is the pattern that the router matched. Unknown paths are one route, or a scanner would make thousands.
func routeOf(r *http.Request) string {
	if r.Pattern == "" {
		return "none"
	}
	return strings.TrimPrefix(r.Pattern, "GET ")
}

// levelOf keeps probes, which come every few seconds, out of the log as long as they go well.
func levelOf(r *http.Request, out *response) slog.Level {
	switch r.URL.Path {
	case "/healthz", "/readyz", "/metrics":
		if out.code() < 400 {
			return slog.LevelDebug
		}
	}
	return slog.LevelInfo
}

// A response notes what is answered, and gives a stream its own time-outs: as a whole it may last, but each part of it
// must be taken in time, so a client that stops reading is dropped.
type response struct {
	http.ResponseWriter
	status   int
	bytes    int64
	stream   bool
	onStream func()
}

func (w *response) code() int {
	if w.status == 0 {
		return http.StatusOK
	}
	return w.status
}

func (w *response) WriteHeader(status int) {
	if w.status == 0 && status >= http.StatusOK {
		w.status = status
		if strings.HasPrefix(w.Header().Get("Content-Type"), "text/event-stream") {
			w.beginStream()
			// The request has been read, so the limit on its reading has done its work. Left alone it would
			// pass for the end of the connection.
			_ = http.NewResponseController(w.ResponseWriter).SetReadDeadline(time.Time{})
		}
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *response) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	w.extend()
	n, err := w.ResponseWriter.Write(p)
	w.bytes += int64(n)
	return n, err
}

// Flush is for those who do not ask whether it went well.
func (w *response) Flush() { _ = w.FlushError() }

// FlushError sends what was written, and says where that failed.
func (w *response) FlushError() error {
	w.extend()
	return http.NewResponseController(w.ResponseWriter).Flush()
}

// Hijack hands the connection over to a WebSocket, which sets its own time-outs.
func (w *response) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := http.NewResponseController(w.ResponseWriter).Hijack()
	if err == nil {
		w.status = http.StatusSwitchingProtocols
		w.beginStream()
	}
	return conn, rw, err
}

// Unwrap is for [http.ResponseController].
func (w *response) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *response) beginStream() {
	if !w.stream {
		w.stream = true
		w.onStream()
	}
}

func (w *response) extend() {
	if w.stream {
		_ = http.NewResponseController(w.ResponseWriter).SetWriteDeadline(time.Now().Add(writeTimeout))
	}
}
