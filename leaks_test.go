package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"
)

// A server of its own, whose goroutines and memory are nobody else's: after the stock clients, and after hundreds that went
// without a word, it has as many as before.
func TestNothingIsLeftBehind(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	program := filepath.Join(dir, "spillover")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := exec.CommandContext(t.Context(), program)
	cmd.Env = append(os.Environ(), "ADDR=127.0.0.1:0", "SPILLOVER_DB="+filepath.Join(dir, "spillover.db"), "SPILLOVER_TOKEN="+testToken, "GOGC=100")
	said, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	var host string
	for lines := bufio.NewScanner(said); host == "" && lines.Scan(); {
		if found := regexp.MustCompile(`API\s+http://([^/]+)/graphql`).FindStringSubmatch(lines.Text()); found != nil {
			host = found[1]
		}
	}
	go func() { _, _ = io.Copy(io.Discard, said) }()

	figure := func(name string) float64 {
		t.Helper()
		client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
		res, err := client.Get("http://" + host + "/metrics")
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		page, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		found := regexp.MustCompile(`(?m)^` + name + ` (\S+)$`).FindSubmatch(page)
		if found == nil {
			t.Fatalf("no %s in the metrics", name)
		}
		n, err := strconv.ParseFloat(string(found[1]), 64)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	trouble := func() {
		if out, err := node(t, "clients.cjs", "http://"+host+"/graphql", testToken); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		const query = `{"query":"subscription { graphChanged { revision } }"}`
		for i := range 300 {
			conn, err := net.Dial("tcp", host)
			if err != nil {
				t.Fatal(err)
			}
			switch i % 3 {
			case 0: // a stream that nobody reads
				fmt.Fprintf(conn, "POST /graphql HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nAccept: text/event-stream\r\nContent-Length: %d\r\n\r\n%s", host, len(query), query)
				_, _ = conn.Read(make([]byte, 16))
			case 1: // a WebSocket that says nothing after its handshake
				fmt.Fprintf(conn, "GET /graphql HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n", host)
				_, _ = conn.Read(make([]byte, 16))
			case 2: // half a request
				fmt.Fprintf(conn, "POST /graphql HTTP/1.1\r\nHost: %s\r\nContent-Length: 1000\r\n\r\n{", host)
			}
			conn.Close()
		}
	}
	trouble() // once for what is made at the first use
	settle := func(most float64) float64 {
		deadline := time.Now().Add(20 * time.Second)
		for {
			if n := figure("go_goroutines"); n <= most || time.Now().After(deadline) {
				return n
			}
			time.Sleep(200 * time.Millisecond)
		}
	}
	before := settle(30)
	heap := figure("go_memstats_heap_inuse_bytes")
	trouble()
	if after := settle(before + 3); after > before+3 {
		t.Errorf("%v goroutines, and %v before", after, before)
	}
	if after := figure("go_memstats_heap_inuse_bytes"); after > heap+48<<20 {
		t.Errorf("%.0f bytes of heap are in use, and %.0f were before", after, heap)
	}
	if n := figure(`spillover_operations_total\{outcome="CANCELLED",type="subscription"\}`); n < 200 {
		t.Errorf("%v subscriptions are counted as ended by their clients, of 200 that were not read", n)
	}
	if n := figure("spillover_http_streams"); n != 0 {
		t.Errorf("%v streams are open", n)
	}
}
