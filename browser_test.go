package main

import (
	"bytes"
	"context"
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// chromium is the browser that the pages are tested in.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("no Chromium to look at pages with; make setup says how to get it")
	return ""
}

// browse opens a page in a headless Chromium that can reach nothing but this machine, and gives the page as it stands
// once its scripts have come to rest, with what the browser's console said.
func browse(t *testing.T, address string) (page, console string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, chromium(t), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir="+t.TempDir(),
		"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--enable-logging=stderr", "--virtual-time-budget=10000",
		"--dump-dom", address)
	var out, log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &log
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", address, err, &log)
	}
	for line := range strings.Lines(log.String()) {
		if strings.Contains(line, ":CONSOLE") {
			console += line
		}
	}
	return out.String(), console
}

// The pages work under their content security policy, without a word on the console, and without any other host.
func TestPagesInABrowser(t *testing.T) {
	t.Parallel()
	m, _ := start(t, filepath.Join(t.TempDir(), "spillover.db"))
	a := post(t, m, `{ search(text: "Westminster", kinds: [INCIDENT], first: 1) { nodes { id } } council: search(text: "Leicester City Council", first: 1) { nodes { id } } }`, nil)
	first := func(field string) string {
		return url.QueryEscape(a.Data[field].(map[string]any)["nodes"].([]any)[0].(map[string]any)["id"].(string))
	}
	for _, c := range []struct {
		name, path string
		holds      []string
	}{
		{"the list", "/", []string{"Leicester", "Westminster", `class="standing`, `Kind: </span><span class="label">Ransomware<`, `Region: </span><span class="label">London<`}},
		{"a narrowed list", "/?kind=RANSOMWARE&year=2024", []string{"Ransomware at Leicester City Council", `Year: </span><span class="label">2024<`, ` incident; chosen, choose again to leave it out<`}},
		{"a search", "/?q=Leicester", []string{"<mark>Leicester</mark> City Council", "Found"}},
		{"nothing found", "/?q=zzzz", []string{"Nothing for “zzzz”"}},
		{"an incident", "/?id=" + first("search"), []string{"How it spread", "Kensington and Chelsea", "<blockquote>", "through ",
			`class="node unaffected" aria-label="Hammersmith and Fulham, unaffected, 4 Dec 2025 (London Borough of Hammersmith and Fulham)"`, `class="node unreported"`, `class="road-line undirected"`,
			`class="mark compromised"`, "the last report", ">CSV</button>"}},
		{"an incident on the way", "/?asOf=2025-12-04&id=" + first("search"), []string{"report day 2 of 3", "London Borough of Hammersmith and Fulham is reported unaffected; until then it was reported suspected",
			`class="node disrupted" aria-label="Westminster, disrupted, 26 Nov 2025 (Westminster City Council)"`}},
		{"an agency", "/?id=agency:ncsc", []string{"National Cyber Security Centre", "What was said", "<blockquote>"}},
		{"an incident before it", "/?asOf=2025-01-01&id=" + first("search"), []string{"Nothing of that was known on 1 January 2025"}},
		{"a council", "/?id=" + first("council"), []string{"Its incidents"}},
		{"no such thing", "/?id=incident:none", []string{"There is nothing under this id"}},
		{"the playground", "/playground", []string{"graphiql-container", "graphiql-tab"}},
		{"a query in the playground", "/playground?query=" + url.QueryEscape("query Mine { info { store } }"), []string{"graphiql-container", "Mine"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			page, console := browse(t, m.URL()+c.path)
			for _, want := range c.holds {
				if !strings.Contains(page, want) {
					t.Errorf("%s lacks %q:\n%.3000s", c.path, want, page)
				}
			}
			if console != "" {
				t.Errorf("%s: the console says\n%s", c.path, console)
			}
		})
	}
}
