package graph

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/vektah/gqlparser/v2/ast"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"

	"spillover/ingest"
	"spillover/ledger"
)

// A meter counts what one operation asks of the store. It is in the operation's context.
type meter struct {
	calls, rows atomic.Int64
	most        int64 // rows; 0 is no bound
}

// meterOf is the meter of an operation; without one, a new one that nobody reads.
func meterOf(ctx context.Context) *meter {
	if m, ok := ctx.Value(meterKey).(*meter); ok {
		return m
	}
	return &meter{}
}

// called counts a call of the store and the rows that it gave, and refuses to go on beyond the bound.
func called(ctx context.Context, rows int) error {
	m := meterOf(ctx)
	m.calls.Add(1)
	if read := m.rows.Add(int64(rows)); m.most > 0 && read > m.most {
		return ledger.Errorf(ledger.TooLarge, "the operation reads more than %d things, claims and articles; ask for fewer items with first, for fewer hops, or in several operations", m.most)
	}
	return nil
}

// metered is a store whose reads are counted for the operations that make them.
type metered struct{ ledger.Store }

// counted counts a call that gave rows.
func counted[T any](ctx context.Context, given T, err error, rows func(T) int) (T, error) {
	if err != nil {
		called(ctx, 0)
		return given, err
	}
	return given, called(ctx, rows(given))
}

func (s metered) Things(ctx context.Context, ids []string, at ledger.Date) ([]*ledger.Thing, error) {
	given, err := s.Store.Things(ctx, ids, at)
	return counted(ctx, given, err, func(all []*ledger.Thing) int { return len(all) })
}

func (s metered) Gather(ctx context.Context, ids []string, at ledger.Date, reaches []ledger.Reach) (*ledger.Gathered, error) {
	given, err := s.Store.Gather(ctx, ids, at, reaches)
	return counted(ctx, given, err, func(g *ledger.Gathered) int {
		if g == nil {
			return 0
		}
		return g.Rows()
	})
}

func (s metered) List(ctx context.Context, q ledger.ListQuery) (*ledger.ListPage, error) {
	given, err := s.Store.List(ctx, q)
	return counted(ctx, given, err, func(p *ledger.ListPage) int {
		if p.Gathered != nil {
			return len(p.Items) + p.Gathered.Rows()
		}
		return len(p.Items)
	})
}

func (s metered) Search(ctx context.Context, q ledger.SearchQuery) (*ledger.ListPage, error) {
	given, err := s.Store.Search(ctx, q)
	return counted(ctx, given, err, func(p *ledger.ListPage) int { return len(p.Items) })
}

func (s metered) Claims(ctx context.Context, q ledger.ClaimQuery) ([]ledger.ClaimPage, error) {
	given, err := s.Store.Claims(ctx, q)
	return counted(ctx, given, err, func(pages []ledger.ClaimPage) int {
		n := 0
		for i := range pages {
			n += len(pages[i].Claims)
		}
		return n
	})
}

func (s metered) Articles(ctx context.Context, ids []string, at ledger.Date, withText bool) ([]*ledger.Article, error) {
	given, err := s.Store.Articles(ctx, ids, at, withText)
	return counted(ctx, given, err, func(all []*ledger.Article) int { return len(all) })
}

func (s metered) Mentions(ctx context.Context, ids []string, at ledger.Date) ([]*ledger.Mention, error) {
	given, err := s.Store.Mentions(ctx, ids, at)
	return counted(ctx, given, err, func(all []*ledger.Mention) int { return len(all) })
}

func (s metered) Spans(ctx context.Context, ids []string, at ledger.Date) ([]ledger.SpanOf, error) {
	given, err := s.Store.Spans(ctx, ids, at)
	return counted(ctx, given, err, func([]ledger.SpanOf) int { return 0 })
}

func (s metered) Tally(ctx context.Context, q ledger.ListQuery, names []string) (*ledger.Tally, error) {
	given, err := s.Store.Tally(ctx, q, names)
	return counted(ctx, given, err, func(*ledger.Tally) int { return 0 })
}

// metrics are what is counted of operations. Their names are no labels: clients choose them, so there could be any number.
type metrics struct {
	operations *prometheus.CounterVec
	seconds    *prometheus.HistogramVec
	calls      *prometheus.HistogramVec
	articles   *prometheus.CounterVec
}

func newMetrics(registry prometheus.Registerer) *metrics {
	m := &metrics{
		operations: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "spillover_operations_total", Help: "Operations, by type and outcome: OK or the code of the first error; subscriptions when they end: CANCELLED with their client, DROPPED because it did not keep up, or the code of an error.",
		}, []string{"type", "outcome"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "spillover_operation_seconds", Help: "Time to answer a query or a mutation.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 20},
		}, []string{"type"}),
		calls: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "spillover_operation_store_calls", Help: "Calls of the store for one query or mutation.",
			Buckets: []float64{0, 1, 2, 3, 5, 8, 13, 21, 50},
		}, []string{"type"}),
		articles: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "spillover_articles_total", Help: "Articles that were given to be loaded, by what became of them.",
		}, []string{"status"}),
	}
	for _, s := range []ingest.Status{ingest.StatusNew, ingest.StatusUnchanged, ingest.StatusReplaced, ingest.StatusRefused} {
		m.articles.WithLabelValues(string(s))
	}
	if registry != nil {
		registry.MustRegister(m.operations, m.seconds, m.calls, m.articles)
	}
	return m
}

// observed gives each operation a meter, and counts, traces and logs it. It is the outermost.
func observed(o *Options, counts *metrics) graphql.OperationMiddleware {
	tracer := otel.Tracer("spillover/graph")
	return func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		op := graphql.GetOperationContext(ctx)
		sort := string(op.Operation.Operation)
		if op.Operation.Operation == ast.Subscription {
			end := &ending{}
			return counts.stream(end, next(context.WithValue(ctx, endingKey, end)))
		}
		began := time.Now()
		m := &meter{}
		ctx, span := tracer.Start(context.WithValue(ctx, meterKey, m), sort)
		answer := next(ctx)
		answered := false
		return func(ctx context.Context) *graphql.Response {
			response := answer(ctx)
			if answered { // a transport asks again, until there is no answer
				return response
			}
			answered = true
			outcome := outcomeOf(response)
			took := time.Since(began)
			counts.operations.WithLabelValues(sort, outcome).Inc()
			counts.seconds.WithLabelValues(sort).Observe(took.Seconds())
			counts.calls.WithLabelValues(sort).Observe(float64(m.calls.Load()))
			span.SetAttributes(attribute.String("graphql.operation.type", sort), attribute.String("graphql.operation.name", op.Operation.Name),
				attribute.Int64("spillover.store.calls", m.calls.Load()), attribute.Int64("spillover.store.rows", m.rows.Load()))
			if outcome != "OK" {
				span.SetStatus(codes.Error, outcome)
			}
			span.End()
			if o.Queries {
				o.Log.LogAttrs(ctx, slog.LevelInfo, "operation", slog.String("type", sort), slog.String("name", op.Operation.Name),
					slog.String("sha256", ledger.Digest(op.RawQuery)[:16]), slog.String("outcome", outcome), slog.Float64("seconds", took.Seconds()),
					slog.Int64("store_calls", m.calls.Load()), slog.Int64("rows", m.rows.Load()), slog.String("request", op.Headers.Get(requestIDHeader)))
			}
			return response
		}
	}
}

// An ending says of a subscription, or of the connection that it comes by, whether it ended because the client did not
// keep up. It is in the context, where those who notice find it; without one there, nobody asks.
type ending struct{ late atomic.Bool }

func endingOf(ctx context.Context, key contextKey) *ending {
	if e, ok := ctx.Value(key).(*ending); ok {
		return e
	}
	return &ending{}
}

// stream counts a subscription when it ends: by the code of its last error; DROPPED where the broker or the connection gave up on
// a client that did not keep up; and else CANCELLED, because the client, or the server with all its clients, went.
func (m *metrics) stream(end *ending, next graphql.ResponseHandler) graphql.ResponseHandler {
	outcome, over := string(codeCancelled), false
	return func(ctx context.Context) *graphql.Response {
		response := next(ctx)
		switch {
		case response != nil && len(response.Errors) > 0:
			outcome = outcomeOf(response)
		case response == nil && !over:
			if late := end.late.Load() || endingOf(ctx, connectionKey).late.Load(); late && outcome == string(codeCancelled) {
				outcome = "DROPPED"
			}
			over = true
			m.operations.WithLabelValues(string(ast.Subscription), outcome).Inc()
		}
		return response
	}
}

// requestIDHeader is that of the request's id in the access log.
const requestIDHeader = "X-Request-Id"

// outcomeOf is OK or the code of the first error.
func outcomeOf(r *graphql.Response) string {
	if r == nil {
		return string(codeCancelled)
	}
	if len(r.Errors) == 0 {
		return "OK"
	}
	if code, ok := r.Errors[0].Extensions["code"].(string); ok {
		return code
	}
	return "ERROR"
}
