package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"spillover/bench/world"
	"spillover/gazetteer"
	"spillover/ingest"
	"spillover/ledger"
	"spillover/store/neo4j"
	"spillover/store/sqlite"
)

// A place is where a store is: a Neo4j or a file.
type place struct {
	DB            string `name:"db" help:"File of an embedded store."`
	Neo4jURI      string `name:"neo4j-uri" env:"NEO4J_URI" help:"Address of a Neo4j, in place of --db."`
	Neo4jUsername string `name:"neo4j-username" env:"NEO4J_USERNAME" default:"neo4j"`
	Neo4jPassword string `name:"neo4j-password" env:"NEO4J_PASSWORD"`
}

func (p *place) open(ctx context.Context) (ledger.Store, error) {
	if p.DB != "" {
		return sqlite.Open(ctx, p.DB)
	}
	return neo4j.Open(ctx, neo4j.Config{URI: p.Neo4jURI, Username: p.Neo4jUsername, Password: p.Neo4jPassword})
}

type fillCommand struct {
	place
	Councils int `default:"400" help:"How many councils, in clusters of 80."`
}

// Run fills the store through the pipeline, a cluster at a time, as loading articles would once they are read.
func (c *fillCommand) Run(ctx context.Context, out io.Writer) error {
	store, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer store.Close(context.WithoutCancel(ctx))
	g := gazetteer.Default()
	p := ingest.New(store, g)
	if err := p.Seed(ctx); err != nil {
		return err
	}
	began, claims := time.Now(), 0
	for n := range c.Councils / world.ClusterSize {
		cluster := world.Make(n, g)
		if _, err := p.Put(ctx, cluster.Records); err != nil {
			return err
		}
		for _, r := range cluster.Records {
			claims += len(r.Claims)
		}
	}
	took := time.Since(began).Seconds()
	_, err = fmt.Fprintf(out, "%d councils, %d claims in %.1f s, %.0f a second\n", c.Councils, claims, took, float64(claims)/took)
	return err
}
