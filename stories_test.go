package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"
)

var (
	measured = regexp.MustCompile(`MEASURED (.*)`)
	passed   = regexp.MustCompile(`\d+ (?:passed|failed|flaky|skipped)`)
)

// What people do with the pages, in a real browser against the real server: web/stories has a file for each of find, see the
// spread, ask what if, share, load and curate, the playground, and good manners. On Neo4j run those that lean on the store most.
func TestStories(t *testing.T) { // not in parallel: a browser that waits for its turn looks like a page that hangs
	onBoth(t, true, func(t *testing.T, m *Main) {
		var some []string
		if m.Config.Neo4jURI != "" {
			some = []string{"--grep", "Find|See the spread|taken back"}
		}
		said := playwright(t, "stories", some, "SPILLOVER_URL="+m.URL(), "SPILLOVER_TOKEN="+testToken)
		report(t, "%s", strings.Join(passed.FindAllString(said, -1), ", "))
		for _, figure := range measured.FindAllStringSubmatch(said, -1) {
			report(t, "%s", figure[1])
		}
	})
}

// playwright runs a project of web/playwright.config.ts, with more options or none, and gives what it said.
func playwright(t *testing.T, project string, options []string, env ...string) string {
	t.Helper()
	if _, err := os.Stat("web/node_modules/.bin/playwright"); err != nil {
		t.Fatalf("no Playwright to test the pages with: %v\nRun `make setup`, which fetches it, and see that Node.js 20 is there.", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 25*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "node_modules/.bin/playwright", "test", "--project", project, "--output", t.TempDir())
	cmd.Args = append(cmd.Args, options...)
	cmd.Dir = "web"
	cmd.Env = append(os.Environ(), append(env, "CHROMIUM="+chromium(t))...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		t.Errorf("%s: %v\n%s", project, err, &out)
	}
	return out.String()
}
