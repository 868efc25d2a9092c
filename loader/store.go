package main

import (
	"cmp"
	"context"

	"spillover/gazetteer"
	"spillover/ingest"
	"spillover/ledger"
	"spillover/store/neo4j"
	"spillover/store/sqlite"
)

// openStore opens the store that the environment names.
func (m *Main) openStore(ctx context.Context) (ledger.Store, error) {
	if uri := m.Getenv("NEO4J_URI"); uri != "" {
		return neo4j.Open(ctx, neo4j.Config{URI: uri, Username: m.Getenv("NEO4J_USERNAME"), Password: m.Getenv("NEO4J_PASSWORD"), Database: m.Getenv("NEO4J_DATABASE")})
	}
	return sqlite.Open(ctx, m.storeFile())
}

// storeFile is the file of the embedded store.
func (m *Main) storeFile() string {
	if file := m.Getenv("SPILLOVER_DB"); file != "" {
		return file
	}
	return "spillover.db"
}

// names is the gazetteer, with the rows that the user adds.
func (s *session) names() (*gazetteer.Gazetteer, error) {
	return gazetteer.With(cmp.Or(s.gazetteer, s.Getenv("SPILLOVER_GAZETTEER")))
}

// withPipeline runs f with a pipeline into the store, which has the reference data.
func (s *session) withPipeline(ctx context.Context, f func(*ingest.Pipeline) error) error {
	g, err := s.names()
	if err != nil {
		return err
	}
	store, err := s.openStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close(context.WithoutCancel(ctx))
	p := ingest.New(store, g)
	if err := p.Seed(ctx); err != nil {
		return err
	}
	return f(p)
}
