// Command loader reads articles and feeds them to the graph, follows feeds, and takes the graph out and in.
//
// It only hands things on: package article makes articles of bytes, package extract reads them, package ingest stores
// them. What goes wrong with one input is said on standard error with its name, the rest goes on, and the exit status
// is 1.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
	"golang.org/x/term"

	"spillover/fetch"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	m := &Main{Getenv: os.Getenv, Client: fetch.Anywhere(), Terminal: term.IsTerminal(int(os.Stderr.Fd()))}
	status := m.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// Main is the loader as tests run it.
type Main struct {
	Getenv   func(string) string // the environment
	Client   *http.Client        // fetches pages and feeds and calls the API
	Terminal bool                // whether standard error is a terminal: then progress is drawn
}

// commands are the arguments. The tags are their documentation.
type commands struct {
	Gazetteer string `placeholder:"PATH" help:"Names of your own, added to those that the program carries: a folder with councils.csv, agencies.csv, actors.csv or arrangements.csv, or one of these files. SPILLOVER_GAZETTEER says the same, to the server too."`

	Read    readCommand    `cmd:"" help:"Print one reading a line as JSON, in the order given. No store is touched."`
	Load    loadCommand    `cmd:"" help:"Read articles and store them."`
	Watch   watchCommand   `cmd:"" help:"Follow RSS and Atom feeds and store their articles."`
	Export  exportCommand  `cmd:"" help:"Write the whole graph as JSON lines."`
	Import  importCommand  `cmd:"" help:"Read a graph that was exported into the store."`
	Retract retractCommand `cmd:"" help:"Take articles, and all that follows from them, out of the graph."`
	Token   tokenCommand   `cmd:"" help:"Make, list and revoke the tokens by which others may write through the API."`
}

const description = `Reads news of cyber incidents at UK councils and stores what it says.

The store is Neo4j where NEO4J_URI is set (with NEO4J_USERNAME, NEO4J_PASSWORD, NEO4J_DATABASE), else the file
that SPILLOVER_DB names (spillover.db).`

// A session is what a command runs with.
type session struct {
	*Main
	in        io.Reader
	out, err  io.Writer
	gazetteer string // path to names of the user's own
	failed    int    // inputs that could not be used
}

// Run runs the loader and gives the exit status: 0, 1 where anything failed, 2 where the arguments are wrong.
func (m *Main) Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	exited := -1
	var given commands
	parser, err := kong.New(&given, kong.Name("loader"), kong.Description(description), kong.Writers(stdout, stderr),
		kong.Exit(func(status int) {
			if exited < 0 {
				exited = status
			}
		}))
	if err != nil {
		fmt.Fprintf(stderr, "loader: %v\n", err)
		return 2
	}
	call, err := parser.Parse(args)
	if exited >= 0 { // the help was asked for and printed
		return exited
	}
	if err != nil {
		fmt.Fprintf(stderr, "loader: %v\nSay loader --help for the commands and their arguments.\n", err)
		return 2
	}
	s := &session{Main: m, in: stdin, out: stdout, err: stderr, gazetteer: given.Gazetteer}
	call.BindTo(ctx, (*context.Context)(nil))
	if err := call.Run(s); err != nil {
		if errors.Is(err, context.Canceled) {
			err = errors.New("interrupted; what was stored stays, run it again for the rest")
		}
		fmt.Fprintf(stderr, "loader: %v\n", err)
		return 1
	}
	if s.failed > 0 {
		return 1
	}
	return 0
}

// fail says that one input could not be used, and why.
func (s *session) fail(name string, err error) {
	s.failed++
	fmt.Fprintf(s.err, "%s: %v\n", name, err)
}
