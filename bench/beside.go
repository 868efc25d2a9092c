package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"time"
)

type besideCommand struct {
	place
	Server   string   `required:"" help:"The server's program."`
	Store    string   `required:"" help:"Name of the store in the report."`
	From     int      `default:"1000" help:"The first part of the archive to load; it must not be in the store."`
	Councils int      `default:"400" help:"How many councils are asked about."`
	Only     []string `default:"q1,q3,q4d,q6" help:"Operations to measure."`
	Rounds   int      `default:"5" help:"Measurements of each, of which the median counts."`
}

// Run measures reading, nothing cached, by eight connections, while a loader with one core writes into the same store without pause,
// and without one, in turns of a second.
func (c *besideCommand) Run(ctx context.Context, out io.Writer) error {
	reads := &readsCommand{place: c.place, Councils: c.Councils, For: time.Second}
	ctx, stop := context.WithCancel(ctx)
	defer func() {
		stop()
		reads.running.Wait()
	}()
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	where, env := []string{"--neo4j-uri", c.Neo4jURI}, []string{"NEO4J_URI=" + c.Neo4jURI, "NEO4J_USERNAME=" + c.Neo4jUsername, "NEO4J_PASSWORD=" + c.Neo4jPassword}
	if c.DB != "" {
		where, env = []string{"--db", c.DB}, []string{"SPILLOVER_DB=" + c.DB}
	}
	address, pid, err := launch(ctx, &reads.running, dir, []string{c.Server}, environment(dir, append(env, "SPILLOVER_CACHE=0")...))
	if err != nil {
		return err
	}
	x := &contender{name: "Spillover", pid: pid, ask: func(op string, variables map[string]any) (string, []byte) {
		return address + "/graphql", graphQL(op, variables)
	}}
	incidents, err := incidentIDs([]*contender{x})
	if err != nil {
		return err
	}
	loader, err := startLoader(ctx, "pipeline", 0, append(where, "--from", fmt.Sprint(c.From))...)
	if err != nil {
		return err
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256, DisableCompression: true}, Timeout: time.Minute}
	for _, op := range c.Only {
		asked := questions(op, c.Councils, incidents)
		var alone, beside, kept, rates []float64
		for round := range c.Rounds + 1 {
			before, err := reads.measure(ctx, client, x, op, 8, asked, uint64(round))
			if err != nil {
				return err
			}
			type part struct {
				loaded
				err error
			}
			done := make(chan part)
			go func() {
				did, err := loader.next(1)
				done <- part{did, err}
			}()
			time.Sleep(100 * time.Millisecond) // it makes the part up
			during, err := reads.measure(ctx, client, x, op, 8, asked, uint64(round))
			did := <-done
			if err == nil {
				err = did.err
			}
			if err != nil {
				return err
			}
			if round > 0 { // the first warms up
				alone, beside = append(alone, before.perSecond), append(beside, during.perSecond)
				kept, rates = append(kept, during.perSecond/before.perSecond), append(rates, did.rate())
			}
		}
		fmt.Fprintf(out, "| %s | %s | %.0f | %.0f | %.2f | %.0f |\n", c.Store, op, median(alone), median(beside), median(kept), median(rates))
	}
	return nil
}

// median is the median of values, which it sorts.
func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}
