// Program bench measures Spillover beside others on one graph, one machine and one run; make bench runs it. docs/benchmarks.md
// is what it wrote last.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/alecthomas/kong"
)

type commands struct {
	Beside  besideCommand  `cmd:"" help:"Measure reading while a loader writes."`
	Fill    fillCommand    `cmd:"" help:"Fill an empty store with made-up councils."`
	Load    loadCommand    `cmd:"" help:"Load parts of a made-up archive, as it is told to."`
	Loading loadingCommand `cmd:"" help:"Measure loading beside the raw driver and raw SQL."`
	Raw     rawCommand     `cmd:"" help:"Serve the operations by the raw driver."`
	Reads   readsCommand   `cmd:"" help:"Measure reading beside the raw driver."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var c commands
	parsed := kong.Parse(&c, kong.Name("bench"), kong.Description("Measures Spillover beside others."),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.BindTo(os.Stdout, (*io.Writer)(nil)))
	if err := parsed.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}
