package graph

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"spillover/access"
	"spillover/ingest"
	"spillover/ledger"
)

// Options are what the API needs. Store, Pipeline and Log are required.
type Options struct {
	Store     ledger.Store
	Pipeline  *ingest.Pipeline // into Store
	Log       *slog.Logger
	Version   string                   // of the server
	Check     access.Check             // finds the caller of a WebSocket's connection parameters; nil knows nobody
	Origin    func(*http.Request) bool // whether a page of the request's origin may open a WebSocket; nil allows the server's own
	Limits    Limits                   // zero values are those of DefaultLimits
	Timeout   time.Duration            // of a query; 0 is 20 seconds
	Body      int64                    // bytes of a WebSocket message; 0 is 32 MB
	Documents []string                 // trusted documents: where there are any, callers without a token may ask no other
	Metrics   prometheus.Registerer    // nil counts nothing
	Queries   bool                     // whether each operation is logged
	Fetch     Fetch                    // gets the pages that callers name; nil gets none
}

const (
	cachedQueries = 512
	writing       = 50 * time.Second // of a mutation, which ends before package httpd gives up on its answer
	queueTime     = 3 * time.Second  // for which an operation waits for its turn
	initTimeout   = 10 * time.Second // of a WebSocket's first message
	pingEvery     = 15 * time.Second
	mostMessage   = 32 << 20 // bytes of a WebSocket message, as of a request's body
	cachedTexts   = 1000     // queries that clients have given by their digest
)

// NewServer is the handler of /graphql: GraphQL over HTTP by GET and POST, server-sent events, and WebSockets by
// graphql-transport-ws. Who calls it reads from the request's context, see [As].
func NewServer(o Options) http.Handler {
	if o.Timeout == 0 {
		o.Timeout = 20 * time.Second
	}
	limits := o.Limits.orDefault()
	counts := newMetrics(o.Metrics)
	resolver := &Resolver{store: metered{o.Store}, counts: counts, pipeline: o.Pipeline, fetch: o.Fetch, broker: newBroker(o.Store, o.Log), log: o.Log, version: o.Version}
	s := handler.New(NewExecutableSchema(Config{Resolvers: resolver, Directives: DirectiveRoot{AsOf: asOf}}))
	message := cmp.Or(o.Body, mostMessage)
	s.AddTransport(transport.Websocket{
		Implementation:   sockets{},
		InitFunc:         o.connected,
		InitTimeout:      initTimeout,
		PingPongInterval: pingEvery,
		PayloadReadLimit: &message,
	})
	s.AddTransport(overHTTP{o.Store, o.Version})
	s.SetParserTokenLimit(limits.Tokens)
	s.SetQueryCache(cache{lru.New[*ast.QueryDocument](cachedQueries)})
	s.SetErrorPresenter(present(o.Log))
	s.SetRecoverFunc(recovered)
	if o.Documents != nil {
		s.Use(newTrusted(o.Documents))
	} else {
		s.Use(extension.AutomaticPersistedQuery{Cache: texts{lru.New[string](cachedTexts)}})
	}
	s.Use(limits)
	s.AroundOperations(observed(&o, counts))
	if answers, ok := o.Store.(keeper); ok {
		s.AroundOperations(repeated(answers))
	}
	s.AroundOperations(guard(o.Timeout, limits))
	s.AroundResponses(cut)
	return sockets{o.Origin}.checked(s)
}

// As notes in a request's context who calls.
func As(ctx context.Context, caller access.Caller) context.Context {
	return context.WithValue(ctx, callerKey, caller)
}

func callerOf(ctx context.Context) access.Caller {
	caller, _ := ctx.Value(callerKey).(access.Caller)
	return caller
}

// scopeOf is the scope that a root field needs, "" where it is open to all.
func scopeOf(operation ast.Operation, field string) access.Scope {
	switch {
	case field == "ingestArticles", field == "readArticles":
		return access.Load
	case operation == ast.Mutation && !strings.HasPrefix(field, "__"):
		return access.Curate
	}
	return ""
}

// allowed refuses root fields to those who may not use them.
func allowed(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	caller := callerOf(ctx)
	operation := op.Operation.Operation
	for _, field := range rootFields(op) {
		scope := scopeOf(operation, field)
		switch {
		case scope == "" && operation != ast.Mutation:
		case !caller.Known():
			return coded(ledger.Unauthorized, "mutations and readArticles need a token; send it as the header Authorization: Bearer TOKEN, by WebSocket as Authorization in the connection's parameters")
		case scope != "" && !caller.May(scope):
			return coded(codeForbidden, "%s needs a token with the scope %s, and the token %q has not", field, scope, caller.Name)
		}
	}
	return nil
}

// rootFields are the names of the fields of an operation itself, those of its fragments among them.
func rootFields(op *graphql.OperationContext) []string {
	root := map[ast.Operation]string{ast.Query: "Query", ast.Mutation: "Mutation", ast.Subscription: "Subscription"}[op.Operation.Operation]
	var names []string
	for _, field := range graphql.CollectFields(op, op.Operation.SelectionSet, []string{root}) {
		names = append(names, field.Name)
	}
	return names
}

// repeatable is whether the answer to an operation is the same as long as the graph is: not where it needs a token, and not
// where something is read that is not in the graph.
func repeatable(op *graphql.OperationContext) bool {
	return !slices.ContainsFunc(rootFields(op), func(name string) bool { return scopeOf(op.Operation.Operation, name) != "" })
}

// guard refuses operations to those who may not use them, whichever transport they come by, and ends what takes too long.
func guard(timeout time.Duration, limits Limits) graphql.OperationMiddleware {
	places := make(chan struct{}, limits.Concurrent)
	return func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		op := graphql.GetOperationContext(ctx)
		operation := op.Operation.Operation
		if refusal := allowed(ctx, op); refusal != nil {
			return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{refusal}})
		}
		if operation == ast.Subscription {
			return next(ctx)
		}
		limit := timeout
		if operation == ast.Mutation {
			limit = writing
		}
		ctx, cancel := context.WithTimeout(ctx, limit)
		queued, done := context.WithTimeout(ctx, queueTime)
		defer done()
		select {
		case places <- struct{}{}:
		case <-queued.Done():
			cancel()
			refusal := coded(ledger.Unavailable, "%d operations are being answered, and no more are at the same time; ask again in a moment", limits.Concurrent)
			return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{refusal}})
		}
		meterOf(ctx).most = int64(limits.Rows)
		answer := next(ctx)
		over := sync.OnceFunc(func() { <-places; cancel() }) // a transport asks again, until there is no answer
		return func(ctx context.Context) *graphql.Response {
			defer over()
			return answer(ctx)
		}
	}
}

// connected reads the token of a WebSocket's connection parameters, where the request itself had none.
func (o *Options) connected(ctx context.Context, parameters transport.InitPayload) (context.Context, *transport.InitPayload, error) {
	if scheme, token, _ := strings.Cut(parameters.Authorization(), " "); strings.EqualFold(scheme, "Bearer") && o.Check != nil {
		if caller := o.Check(strings.TrimSpace(token)); caller.Known() {
			ctx = As(ctx, caller)
		}
	}
	return ctx, nil, nil
}
