package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"spillover/bench/world"
)

type readsCommand struct {
	place
	Neo4jPid    int           `name:"neo4j-pid" help:"Process of the Neo4j, to count its CPU time; 0 is unknown."`
	SQLite      string        `name:"sqlite" help:"File of an embedded store with the same councils."`
	Server      string        `required:"" help:"The server's program."`
	Peer        string        `help:"Program of a server by Neo4j's GraphQL library, as bench/run.sh installs it; none is left out."`
	Councils    int           `default:"400" help:"How many councils the stores were filled with."`
	Connections []int         `default:"1,8,32" help:"Requests at the same time."`
	Only        []string      `help:"Operations to measure; all where none is named."`
	Contenders  []string      `sep:"none" help:"Contenders to measure; all where none is named."`
	For         time.Duration `default:"300ms" help:"Time of one measurement."`
	Rounds      int           `default:"9" help:"Measurements of each, of which the median counts."`

	running sync.WaitGroup // servers
}

// compared is how many answers of each contender are compared.
const compared = 20

// A contender answers operations.
type contender struct {
	name string
	pid  int
	ask  func(operation string, variables map[string]any) (address string, body []byte)

	failed error         // why it does not answer the operation that is measured; the peer's alone
	spent  time.Duration // in the comparing, or the row, that is being made
}

// A measurement is what one contender did in one round.
type measurement struct {
	perSecond, p50, p99 float64 // requests; milliseconds
	serverCPU, storeCPU float64 // milliseconds a request
	bytes               int
	memory              float64 // MB of the server, resident
}

// Run measures all contenders interleaved, and prints a table.
func (c *readsCommand) Run(ctx context.Context, out io.Writer) error {
	ctx, stop := context.WithCancel(ctx)
	defer func() {
		stop()
		c.running.Wait()
	}()
	contenders, err := c.contenders(ctx, out)
	if err != nil {
		return err
	}
	incidents, err := incidentIDs(contenders)
	if err != nil {
		return err
	}
	if len(c.Only) == 0 {
		c.Only = operations
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256, DisableCompression: true}, Timeout: time.Minute}
	fmt.Fprintf(out, "%d councils, %d incidents; %d questions of each operation, asked again and again\n\n", c.Councils, len(incidents), drawn)
	fmt.Fprintln(out, "| operation | connections | contender | requests/s | of raw | median ms | p99 ms | p99 of raw | server ms CPU | Neo4j ms CPU | bytes | server MB |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|---|---|---|---|---|---|")
	for _, op := range c.Only {
		asked := questions(op, c.Councils, incidents)
		if err := c.compare(client, contenders, op, asked); err != nil {
			return fmt.Errorf("%s: %w", op, err)
		}
		for _, connections := range c.Connections {
			all := map[string][]measurement{}
			for round := range c.Rounds + 1 {
				// Each leaves something behind in Neo4j, so none always comes after the same.
				for _, i := range rand.New(rand.NewPCG(uint64(round), uint64(connections))).Perm(len(contenders)) {
					x := contenders[i]
					if round < 2 {
						x.spent = 0
					}
					if x.tires() {
						continue
					}
					began := time.Now()
					m, err := c.measure(ctx, client, x, op, connections, asked, uint64(round))
					x.spent += time.Since(began)
					if x.fails(err) {
						continue
					}
					if err != nil {
						return fmt.Errorf("%s by %s: %w", op, x.name, err)
					}
					if round > 0 { // the first warms up
						all[x.name] = append(all[x.name], m)
					}
				}
			}
			raw := all[contenders[0].name]
			for _, x := range contenders {
				if x.failed != nil {
					fmt.Fprintf(out, "| %s | %d | %s | none: %.100q | | | | | | | | |\n", op, connections, x.name, x.failed)
					continue
				}
				m := middle(all[x.name])
				ratios := make([]measurement, len(all[x.name])) // of the same round: the machine is faster at times
				for i, of := range all[x.name] {
					ratios[i] = measurement{perSecond: of.perSecond / raw[i].perSecond, p99: of.p99 / raw[i].p99}
				}
				of := middle(ratios)
				fmt.Fprintf(out, "| %s | %d | %s | %.0f | %.2f | %.2f | %.1f | %.2f | %.2f | %.2f | %d | %.0f |\n", op, connections, x.name, m.perSecond, of.perSecond,
					m.p50, m.p99, of.p99, m.serverCPU, m.storeCPU, m.bytes, m.memory)
			}
		}
	}
	return nil
}

// contenders starts the servers, and says how long each takes to its first answer. The first is what the others are compared with.
func (c *readsCommand) contenders(ctx context.Context, out io.Writer) (all []*contender, err error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	neo4j := []string{"NEO4J_URI=" + c.Neo4jURI, "NEO4J_USERNAME=" + c.Neo4jUsername, "NEO4J_PASSWORD=" + c.Neo4jPassword}
	for _, start := range []struct {
		name    string
		program []string
		env     []string
		skip    bool
	}{
		{"raw driver", []string{self, "raw"}, neo4j, c.Neo4jURI == ""},
		{peerName, []string{c.Peer}, append(neo4j, "NODE_ENV=production"), c.Peer == "" || c.Neo4jURI == ""},
		{"Spillover, Neo4j, nothing cached", []string{c.Server}, append(neo4j, "SPILLOVER_CACHE=0"), c.Neo4jURI == ""},
		{"Spillover, Neo4j", []string{c.Server}, neo4j, c.Neo4jURI == ""},
		{"Spillover, embedded, nothing cached", []string{c.Server}, []string{"SPILLOVER_DB=" + c.SQLite, "SPILLOVER_CACHE=0"}, c.SQLite == ""},
		{"Spillover, embedded", []string{c.Server}, []string{"SPILLOVER_DB=" + c.SQLite}, c.SQLite == ""},
	} {
		if start.skip || len(c.Contenders) > 0 && start.name != "raw driver" && !slices.Contains(c.Contenders, start.name) {
			continue
		}
		raw := start.name == "raw driver"
		dir, err := os.MkdirTemp("", "bench")
		if err != nil {
			return nil, err
		}
		env := environment(dir, start.env...)
		began := time.Now()
		address, pid, err := launch(ctx, &c.running, dir, start.program, env)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", start.name, err)
		}
		x := &contender{name: start.name, pid: pid}
		x.ask = func(op string, variables map[string]any) (string, []byte) {
			return address + "/graphql", graphQL(op, variables)
		}
		if raw {
			x.ask = func(op string, variables map[string]any) (string, []byte) { return address + "/" + op, body(variables) }
		}
		if x.name == peerName {
			x.ask = func(op string, variables map[string]any) (string, []byte) {
				return address + "/graphql", peerAsk(op, variables)
			}
		}
		at, ask := x.ask("q6", map[string]any{"id": world.CouncilID(0)})
		if _, err := post(http.DefaultClient, at, ask); err != nil {
			return nil, fmt.Errorf("%s: %w", start.name, err)
		}
		fmt.Fprintf(out, "- %s: first answer %.1f s after it was started\n", x.name, time.Since(began).Seconds())
		all = append(all, x)
	}
	fmt.Fprintln(out)
	if len(all) == 0 {
		return nil, errors.New("give --neo4j-uri or --sqlite")
	}
	return all, nil
}

// environment is that of a server whose home is dir.
func environment(dir string, more ...string) []string {
	return append([]string{"ADDR=127.0.0.1:0", "SPILLOVER_SAMPLES=off", "SPILLOVER_TOKEN=bench", "PATH=" + os.Getenv("PATH"), "HOME=" + dir}, more...)
}

// launch starts a program, which ends with ctx, and waits for the address that it prints. What it says goes to a file, so that its
// log costs this process nothing.
func launch(ctx context.Context, running *sync.WaitGroup, dir string, program, env []string) (address string, pid int, err error) {
	path, err := filepath.Abs(program[0])
	if err != nil {
		return "", 0, err
	}
	cmd := exec.CommandContext(ctx, path, program[1:]...)
	cmd.Dir, cmd.Env = dir, env
	said, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		return "", 0, err
	}
	defer said.Close()
	cmd.Stdout, cmd.Stderr = said, said
	if err := cmd.Start(); err != nil {
		return "", 0, err
	}
	ended := make(chan error, 1)
	running.Go(func() { ended <- cmd.Wait() })
	for {
		text, err := os.ReadFile(said.Name())
		if err != nil {
			return "", 0, err
		}
		if at := strings.Index(string(text), "http://127.0.0.1:"); at >= 0 && strings.Contains(string(text[at:]), "\n") {
			address := strings.TrimRight(strings.Fields(string(text[at:]))[0], "/")
			address = strings.TrimSuffix(strings.TrimSuffix(address, "/graphql"), "/playground")
			return address, cmd.Process.Pid, waitFor(address)
		}
		select {
		case <-ended:
			text, _ := os.ReadFile(said.Name())
			return "", 0, fmt.Errorf("%s ended without an address: %s", program[0], text)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func waitFor(address string) error {
	for range 300 {
		if res, err := http.Get(address); err == nil {
			return res.Body.Close()
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("%s does not answer", address)
}

// post asks once.
func post(client *http.Client, address string, body []byte) ([]byte, error) {
	res, err := client.Post(address, "application/json", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err == nil && (res.StatusCode != http.StatusOK || bytes.Contains(answer[:min(len(answer), 200)], []byte(`"errors"`))) {
		err = fmt.Errorf("%d %s", res.StatusCode, answer[:min(len(answer), 500)])
	}
	return answer, err
}

// measure asks with so many connections for a while.
func (c *readsCommand) measure(ctx context.Context, client *http.Client, x *contender, op string, connections int, asked []map[string]any, round uint64) (m measurement, err error) {
	var mu sync.Mutex
	var took []float64
	var wg sync.WaitGroup
	server, store := cpu(x.pid), cpu(c.Neo4jPid)
	began := time.Now()
	for worker := range connections {
		wg.Go(func() {
			draw := rand.New(rand.NewPCG(round, uint64(worker)))
			var mine []float64
			size := 0
			for time.Since(began) < c.For && ctx.Err() == nil {
				address, body := x.ask(op, asked[draw.IntN(len(asked))])
				at := time.Now()
				answer, e := post(client, address, body)
				if e != nil {
					mu.Lock()
					err = cmp.Or(err, e)
					mu.Unlock()
					return
				}
				mine, size = append(mine, time.Since(at).Seconds()*1000), size+len(answer)
			}
			mu.Lock()
			defer mu.Unlock()
			took, m.bytes = append(took, mine...), m.bytes+size
		})
	}
	wg.Wait()
	n := float64(len(took))
	if err != nil || n == 0 {
		return m, cmp.Or(err, ctx.Err())
	}
	slices.Sort(took)
	m.perSecond, m.p50, m.p99 = n/time.Since(began).Seconds(), took[len(took)/2], took[len(took)*99/100]
	m.serverCPU, m.storeCPU, m.bytes = (cpu(x.pid)-server)/n, (cpu(c.Neo4jPid)-store)/n, m.bytes/len(took)
	m.memory = resident(x.pid)
	return m, nil
}

// cpu is the milliseconds of CPU time that a process has used.
func cpu(pid int) float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	user, _ := strconv.ParseFloat(fields[11], 64)
	system, _ := strconv.ParseFloat(fields[12], 64)
	return (user + system) * 10 // in ticks of a hundredth of a second
}

// resident is the megabytes of memory that a process has.
func resident(pid int) float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0
	}
	pages, _ := strconv.ParseFloat(strings.Fields(string(text))[1], 64)
	return pages * float64(os.Getpagesize()) / (1 << 20)
}

// middle is the median of each figure.
func middle(all []measurement) (m measurement) {
	of := func(f func(measurement) float64) float64 {
		values := make([]float64, len(all))
		for i := range all {
			values[i] = f(all[i])
		}
		return median(values)
	}
	m.perSecond, m.p50, m.p99 = of(func(m measurement) float64 { return m.perSecond }), of(func(m measurement) float64 { return m.p50 }), of(func(m measurement) float64 { return m.p99 })
	m.serverCPU, m.storeCPU = of(func(m measurement) float64 { return m.serverCPU }), of(func(m measurement) float64 { return m.storeCPU })
	m.bytes, m.memory = int(of(func(m measurement) float64 { return float64(m.bytes) })), of(func(m measurement) float64 { return m.memory })
	return m
}

// incidentIDs are ids of incidents, from all over their list.
func incidentIDs(contenders []*contender) (ids []string, err error) {
	x := contenders[len(contenders)-1]
	address, _ := x.ask("q6", nil)
	for after, page := "", 0; page < 30; page++ {
		answer, err := post(http.DefaultClient, address, body(map[string]any{"query": `query ($after: String) { incidents(first: 100, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
			"variables": map[string]any{"after": cmp.Or(after, "")}}))
		if after == "" && err != nil {
			answer, err = post(http.DefaultClient, address, body(map[string]any{"query": `{ incidents(first: 100) { nodes { id } pageInfo { hasNextPage endCursor } } }`}))
		}
		if err != nil {
			return nil, err
		}
		var got struct {
			Data struct {
				Incidents struct {
					Nodes    []struct{ ID string }
					PageInfo struct {
						HasNextPage bool
						EndCursor   string
					}
				}
			}
		}
		if err := json.Unmarshal(answer, &got); err != nil {
			return nil, err
		}
		for _, n := range got.Data.Incidents.Nodes {
			ids = append(ids, n.ID)
		}
		if after = got.Data.Incidents.PageInfo.EndCursor; !got.Data.Incidents.PageInfo.HasNextPage {
			break
		}
	}
	return ids, nil
}

// compare asks all contenders the same, and looks whether the others' answers hold what the first one's does, of twenty questions. The
// rest it asks so that all have been asked once.
func (c *readsCommand) compare(client *http.Client, contenders []*contender, op string, asked []map[string]any) error {
	for _, x := range contenders {
		x.failed, x.spent = nil, 0
	}
	for n, variables := range asked {
		var first any
		for i, x := range contenders {
			if x.tires() {
				continue
			}
			address, body := x.ask(op, variables)
			began := time.Now()
			text, err := post(client, address, body)
			x.spent += time.Since(began)
			if x.fails(err) {
				continue
			}
			if err != nil {
				return fmt.Errorf("%s: %w", x.name, err)
			}
			if n >= compared {
				continue
			}
			var answer any
			if err := json.Unmarshal(text, &answer); err != nil {
				return err
			}
			if i == 0 {
				first = answer
			} else if where := x.lacks(op, first, answer); where != "" {
				err := fmt.Errorf("%s asked for %v differs from %s: %s", x.name, variables, contenders[0].name, where)
				if !x.fails(err) {
					return err
				}
			}
		}
	}
	return nil
}

// missing is where got lacks something of want; "" where it has all. Lists may be in another order.
func missing(want, got any, at string) string {
	switch w := want.(type) {
	case map[string]any:
		g, _ := got.(map[string]any)
		for key, value := range w {
			if where := missing(value, g[key], at+"."+key); where != "" {
				return where
			}
		}
		return ""
	case []any:
		g, _ := got.([]any)
		if len(w) != len(g) {
			return fmt.Sprintf("%s has %d, not %d", at, len(g), len(w))
		}
		g = slices.Clone(g)
	each:
		for i := range w {
			for k := range g {
				if missing(w[i], g[k], at) == "" {
					g = slices.Delete(g, k, k+1)
					continue each
				}
			}
			return fmt.Sprintf("%s has no %v", at, w[i])
		}
		return ""
	}
	if !reflect.DeepEqual(want, got) {
		return fmt.Sprintf("%s is %v, not %v", at, got, want)
	}
	return ""
}
