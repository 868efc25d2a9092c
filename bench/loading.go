package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

type loadingCommand struct {
	Neo4jURI   []string `name:"neo4j-uri" help:"Addresses of two empty Neo4js, the second for the raw driver; none leaves Neo4j out."`
	Neo4jPid   []int    `name:"neo4j-pid" help:"Their processes, to count their CPU time."`
	Folder     string   `required:"" help:"Folder for embedded stores; one that is there goes."`
	Claims     int      `default:"100000" help:"How many claims to load."`
	Cores      []int    `default:"1,2" help:"Cores of the loader, part by part."`
	NoEmbedded bool     `help:"Leave the embedded store out."`
}

// A loader is a process that loads parts of an archive when it is told to.
type loader struct {
	name    string
	pid     int
	storeID int // process of its database, 0 is none
	tell    io.Writer
	said    *bufio.Scanner
}

// A loaded is what loading one part took.
type loaded struct {
	cores               int
	claims              int
	seconds             float64
	loaderCPU, storeCPU float64 // milliseconds
}

// Run loads parts through the pipeline and raw, in turns, and prints a table.
func (c *loadingCommand) Run(ctx context.Context, out io.Writer) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	fmt.Fprintln(out, "| store | claims so far | cores of the loader | pipeline, claims/s | raw, claims/s | of raw | loader ms CPU a claim | raw ms CPU | Neo4j ms CPU a claim | raw Neo4j ms CPU | most memory of the loader |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|---|---|---|---|---|")
	if len(c.Neo4jURI) == 2 {
		if err := c.compare(ctx, out, "Neo4j", []string{"--neo4j-uri", c.Neo4jURI[0]}, []string{"--neo4j-uri", c.Neo4jURI[1]}, c.Neo4jPid); err != nil {
			return err
		}
	}
	if c.NoEmbedded {
		return nil
	}
	if err := os.RemoveAll(c.Folder); err != nil {
		return err
	}
	if err := os.MkdirAll(c.Folder, 0o755); err != nil {
		return err
	}
	return c.compare(ctx, out, "embedded", []string{"--db", filepath.Join(c.Folder, "pipeline.db")}, []string{"--db", filepath.Join(c.Folder, "raw.db")}, nil)
}

func (c *loadingCommand) compare(ctx context.Context, out io.Writer, store string, ours, raw []string, pids []int) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if len(pids) < 2 {
		pids = []int{0, 0}
	}
	pipeline, err := startLoader(ctx, "pipeline", pids[0], ours...)
	if err != nil {
		return err
	}
	beside, err := startLoader(ctx, "raw", pids[1], append(raw, "--raw")...)
	if err != nil {
		return err
	}
	var mine, theirs []loaded
	reported, claims := 0, 0
	for n := 0; claims < c.Claims; n++ {
		cores := c.Cores[n%len(c.Cores)]
		order := []*loader{pipeline, beside}
		if n/len(c.Cores)%2 == 1 {
			slices.Reverse(order)
		}
		for _, l := range order {
			did, err := l.next(cores)
			if err != nil {
				return fmt.Errorf("%s, %s: %w", store, l.name, err)
			}
			if l == pipeline {
				mine, claims = append(mine, did), claims+did.claims
			} else {
				theirs = append(theirs, did)
			}
		}
		for _, size := range []int{c.Claims / 4, c.Claims / 2, c.Claims} {
			if claims < size || reported >= size {
				continue
			}
			for _, cores := range c.Cores {
				x, y := total(mine, cores), total(theirs, cores)
				fmt.Fprintf(out, "| %s | %d | %d | %.0f | %.0f | %.2f | %.3f | %.3f | %.3f | %.3f | %.0f MB |\n", store, claims, cores, x.rate(), y.rate(), medianRatio(mine, theirs, cores),
					x.loaderCPU/float64(x.claims), y.loaderCPU/float64(y.claims), x.storeCPU/float64(x.claims), y.storeCPU/float64(y.claims), peakMemory(pipeline.pid))
			}
			reported, mine, theirs = size, nil, nil
		}
	}
	return nil
}

func startLoader(ctx context.Context, name string, storeID int, args ...string) (*loader, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, append([]string{"load"}, args...)...)
	cmd.Stderr = os.Stderr
	tell, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	said, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	l := &loader{name: name, pid: cmd.Process.Pid, storeID: storeID, tell: tell, said: bufio.NewScanner(said)}
	if !l.said.Scan() {
		return nil, fmt.Errorf("the loader (%s) ended: %w", name, cmd.Wait())
	}
	return l, nil
}

// next has the next part loaded.
func (l *loader) next(cores int) (did loaded, err error) {
	did.cores = cores
	store := cpu(l.storeID)
	if _, err := fmt.Fprintln(l.tell, cores); err != nil {
		return did, err
	}
	if !l.said.Scan() {
		return did, io.ErrUnexpectedEOF
	}
	_, err = fmt.Sscan(l.said.Text(), &did.claims, &did.seconds, &did.loaderCPU)
	did.storeCPU = cpu(l.storeID) - store
	return did, err
}

func (l *loaded) rate() float64 { return float64(l.claims) / l.seconds }

// total is all that was loaded on so many cores.
func total(all []loaded, cores int) (t loaded) {
	for _, l := range all {
		if l.cores == cores {
			t.claims, t.seconds = t.claims+l.claims, t.seconds+l.seconds
			t.loaderCPU, t.storeCPU = t.loaderCPU+l.loaderCPU, t.storeCPU+l.storeCPU
		}
	}
	return t
}

// medianRatio is the median, over the parts, of how fast one was for the other's speed.
func medianRatio(mine, theirs []loaded, cores int) float64 {
	var ratios []float64
	for i := range mine {
		if mine[i].cores == cores {
			ratios = append(ratios, mine[i].rate()/theirs[i].rate())
		}
	}
	if len(ratios) == 0 {
		return 0
	}
	return median(ratios)
}

// peakMemory is the most that a process has had in memory, in megabytes.
func peakMemory(pid int) (megabytes float64) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range bytes.Lines(text) {
		if rest, ok := strings.CutPrefix(string(line), "VmHWM:"); ok {
			_, _ = fmt.Sscan(rest, &megabytes)
		}
	}
	return megabytes / 1024
}
