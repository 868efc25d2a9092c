// Package graph is the API: it turns GraphQL into questions to the domain and their answers into GraphQL.
//
// No rule of the domain lives here; what relations come to is package fold's, how an incident spread package trace's, how
// articles are read package ingest's. It knows no concrete store. Package httpd serves what [NewServer] makes.
//
// How an operation makes few store calls, see cohort.go; its limits, limits.go; its errors, errors.go.
package graph

import (
	"context"
	"log/slog"

	"github.com/99designs/gqlgen/graphql"

	"spillover/ingest"
	"spillover/ledger"
)

// A Resolver answers the root fields of the schema.
type Resolver struct {
	store    ledger.Store
	pipeline *ingest.Pipeline
	fetch    Fetch
	broker   *broker
	counts   *metrics
	log      *slog.Logger
	version  string
}

type contextKey int

const (
	dayKey contextKey = iota
	callerKey
	meterKey
	endingKey     // of a subscription
	connectionKey // the ending of the connection
)

// asOf is the directive @asOf: the whole operation sees the graph of that day.
func asOf(ctx context.Context, _ any, next graphql.Resolver, date ledger.Date) (any, error) {
	return next(context.WithValue(ctx, dayKey, date))
}

// view is the graph as the operation of ctx sees it.
func (r *Resolver) view(ctx context.Context) view {
	at, ok := ctx.Value(dayKey).(ledger.Date)
	if !ok {
		at = ledger.Undated
	}
	return view{&ahead{Store: r.store, at: at}, at, r.pipeline}
}

// A GraphInfo is the state of the graph.
type GraphInfo struct {
	Store   string
	Version string
	view    view
}

// Revision is the same only where nothing changed.
func (i *GraphInfo) Revision(ctx context.Context) (int64, error) { return i.view.store.Revision(ctx) }

// Counts are how many things of each kind there are.
func (i *GraphInfo) Counts(ctx context.Context) (*GraphCounts, error) {
	n, err := i.view.store.Counts(ctx, i.view.at)
	if err != nil {
		return nil, err
	}
	of := func(k ledger.Kind) int { return n[string(k)] }
	return &GraphCounts{Councils: of(ledger.Council), SharedArrangements: of(ledger.SharedArrangement), Incidents: of(ledger.Incident),
		ThreatActors: of(ledger.ThreatActor), Agencies: of(ledger.Agency), Officials: of(ledger.Official), Articles: of(ledger.ArticleKind),
		Claims: n["Claim"]}, nil
}

// A Judgement is what a person decided about two things.
type Judgement struct{ *ledger.Judgement }

// MadeAt is when.
func (j *Judgement) MadeAt() string { return j.On }
