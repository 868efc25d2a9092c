package main

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"spillover/bench/world"
	"spillover/gazetteer"
	"spillover/ingest"
	"spillover/ledger"
)

// An archive's articles come by the day, those of many councils mixed, as a newspaper's would; so the articles on one
// incident may be in several batches. A part of an archive is the articles of some clusters.
const (
	partClusters  = 8
	batchArticles = 200 // as many as the loader stores at once
)

// part is the records of the part of an archive with a number, in batches.
func part(number int, g *gazetteer.Gazetteer) (batches [][]*ledger.Record, claims int) {
	var records []*ledger.Record
	for n := range partClusters {
		records = append(records, world.Make(number*partClusters+n, g).Records...)
	}
	slices.SortFunc(records, func(a, b *ledger.Record) int {
		return cmp.Or(cmp.Compare(a.Article.PublishedOn, b.Article.PublishedOn), cmp.Compare(a.Article.ID, b.Article.ID))
	})
	for _, r := range records {
		claims += len(r.Claims)
	}
	return slices.Collect(slices.Chunk(records, batchArticles)), claims
}

// A putter puts the batches of one part where they belong. What it must prepare it does before it starts the clock.
type putter func(ctx context.Context, batches [][]*ledger.Record, clock *stopwatch) error

// A stopwatch takes the time of what is loaded, and how long the loader computed.
type stopwatch struct {
	began time.Time
	cpu   float64
}

func (w *stopwatch) start() { w.began, w.cpu = time.Now(), cpu(os.Getpid()) }

type loadCommand struct {
	place
	Raw  bool `help:"Write the same rows without the pipeline."`
	From int  `help:"Number of the first part to load."`
}

// Run loads one part of the archive after another: each line of the input, a number of cores, asks for the next one, and gets a
// line with its claims, seconds, and milliseconds of the loader's CPU.
func (c *loadCommand) Run(ctx context.Context, out io.Writer) error {
	g := gazetteer.Default()
	put, done, err := c.putter(ctx, g)
	if err != nil {
		return err
	}
	defer done()
	if _, err := fmt.Fprintln(out, "ready"); err != nil {
		return err
	}
	asked := bufio.NewScanner(os.Stdin)
	for number := c.From; asked.Scan(); number++ {
		cores, err := strconv.Atoi(strings.TrimSpace(asked.Text()))
		if err != nil {
			return err
		}
		runtime.GOMAXPROCS(cores)
		batches, claims := part(number, g)
		var clock stopwatch
		if err := put(ctx, batches, &clock); err != nil {
			return err
		}
		if _, err := fmt.Fprintln(out, claims, time.Since(clock.began).Seconds(), cpu(os.Getpid())-clock.cpu); err != nil {
			return err
		}
	}
	return asked.Err()
}

func (c *loadCommand) putter(ctx context.Context, g *gazetteer.Gazetteer) (put putter, done func(), err error) {
	store, err := c.open(ctx) // makes the schema, for the raw ways, too
	if err != nil {
		return nil, nil, err
	}
	p := ingest.New(store, g)
	if err := p.Seed(ctx); err != nil {
		return nil, nil, err
	}
	switch {
	case c.Raw && c.DB != "":
		put, err = rawSQL(ctx, c.DB, g)
	case c.Raw:
		put, err = c.rawNeo4j(ctx, g)
	default:
		put = func(ctx context.Context, batches [][]*ledger.Record, clock *stopwatch) error {
			clock.start()
			for _, records := range batches {
				if _, err := p.Put(ctx, records); err != nil {
					return err
				}
			}
			return nil
		}
	}
	return put, func() { _ = store.Close(context.WithoutCancel(ctx)) }, err
}
