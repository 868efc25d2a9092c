package graph

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"spillover/ingest"
	"spillover/ledger"
)

// Options are what the API needs. Store, Pipeline and Log are required.
type Options struct {
	Store    ledger.Store
	Pipeline *ingest.Pipeline // into Store
	Log      *slog.Logger
	Version  string                   // of the server
	Token    func(token string) bool  // whether a token of a WebSocket's connection parameters is right; nil allows none
	Origin   func(*http.Request) bool // whether a page of the request's origin may open a WebSocket; nil allows the server's own
	Limits   Limits                   // zero values are those of DefaultLimits
	Timeout  time.Duration            // of a query; 0 is 20 seconds
}

const (
	mostTokens    = 2000 // of one query's text; validation takes the square of it
	cachedQueries = 512
	writing       = 50 * time.Second // of a mutation, which ends before package httpd gives up on its answer
	initTimeout   = 10 * time.Second // of a WebSocket's first message
	pingEvery     = 15 * time.Second
	mostMessage   = 32 << 20 // bytes of a WebSocket message, as of a request's body
)

// NewServer is the handler of /graphql: GraphQL over HTTP by GET and POST, server-sent events, and WebSockets by
// graphql-transport-ws. Whether a request may use mutations it reads from the request's context, see [Authorised].
func NewServer(o Options) http.Handler {
	if o.Timeout == 0 {
		o.Timeout = 20 * time.Second
	}
	limits := DefaultLimits
	if o.Limits.Depth > 0 {
		limits.Depth = o.Limits.Depth
	}
	if o.Limits.Aliases > 0 {
		limits.Aliases = o.Limits.Aliases
	}
	if o.Limits.Cost > 0 {
		limits.Cost = o.Limits.Cost
	}
	resolver := &Resolver{store: o.Store, pipeline: o.Pipeline, broker: newBroker(o.Store, o.Log), log: o.Log, version: o.Version}
	s := handler.New(NewExecutableSchema(Config{Resolvers: resolver, Directives: DirectiveRoot{AsOf: asOf}}))
	message := int64(mostMessage)
	s.AddTransport(transport.Websocket{
		Implementation:   sockets{},
		InitFunc:         o.connected,
		InitTimeout:      initTimeout,
		PingPongInterval: pingEvery,
		PayloadReadLimit: &message,
	})
	s.AddTransport(overHTTP{})
	s.SetParserTokenLimit(mostTokens)
	s.SetQueryCache(cache{lru.New[*ast.QueryDocument](cachedQueries)})
	s.SetErrorPresenter(present(o.Log))
	s.SetRecoverFunc(recovered)
	s.Use(limits)
	s.AroundOperations(guard(o.Timeout))
	s.AroundResponses(cut)
	return sockets{o.Origin}.checked(s)
}

// Authorised notes in a request's context whether it may use mutations.
func Authorised(ctx context.Context, yes bool) context.Context {
	return context.WithValue(ctx, authorisedKey, yes)
}

// guard refuses mutations to those who may not use them, whichever transport they come by, and ends what takes too long.
func guard(timeout time.Duration) graphql.OperationMiddleware {
	return func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		operation := graphql.GetOperationContext(ctx).Operation.Operation
		if yes, _ := ctx.Value(authorisedKey).(bool); operation == ast.Mutation && !yes {
			refusal := coded(ledger.Unauthorized, "mutations need a token; send it as the header Authorization: Bearer TOKEN, by WebSocket as Authorization in the connection's parameters")
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
		answer := next(ctx)
		return func(ctx context.Context) *graphql.Response {
			defer cancel()
			return answer(ctx)
		}
	}
}

// connected reads the token of a WebSocket's connection parameters, where the request itself had none.
func (o *Options) connected(ctx context.Context, parameters transport.InitPayload) (context.Context, *transport.InitPayload, error) {
	if scheme, token, _ := strings.Cut(parameters.Authorization(), " "); strings.EqualFold(scheme, "Bearer") && o.Token != nil && o.Token(token) {
		ctx = Authorised(ctx, true)
	}
	return ctx, nil, nil
}
