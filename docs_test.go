package main

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var documentedQuery = regexp.MustCompile("(?s)```graphql ?([A-Z_]*)\n(.*?)\n```(?:\n\n```json\n(.*?)\n```)?")

// What docs/frontend.md shows works as it says, and it knows all codes.
func TestFrontendPage(t *testing.T) {
	t.Parallel()
	m, _ := start(t, filepath.Join(t.TempDir(), "spillover.db"))
	text, err := os.ReadFile("docs/frontend.md")
	if err != nil {
		t.Fatal(err)
	}
	examples := documentedQuery.FindAllStringSubmatch(string(text), -1)
	if len(examples) < 10 {
		t.Fatalf("%d examples are found", len(examples))
	}
	for _, example := range examples {
		code, query, variables := example[1], example[2], example[3]
		if strings.HasPrefix(query, "subscription") {
			continue // TestSuites holds the streams
		}
		body, err := json.Marshal(map[string]any{"query": query, "variables": json.RawMessage(cmp.Or(variables, "null"))})
		if err != nil {
			t.Fatal(err)
		}
		header := []string{"Content-Type", "application/json"}
		if code == "TOKEN" { // not an error: it shows what needs one
			code, header = "", append(header, "Authorization", "Bearer "+testToken)
		}
		res, answer := send(t, request(t, "POST", m.URL()+"/graphql", string(body), header...))
		status := res.StatusCode
		switch {
		case code == "" && (status != 200 || strings.Contains(answer, `"errors"`) || !strings.Contains(answer, `"name"`) && !strings.Contains(answer, `"incidents"`) && !strings.Contains(answer, `"quote"`)):
			t.Errorf("%s\ngave %d %.400s", query, status, answer)
		case code != "" && !strings.Contains(answer, `"code":"`+code+`"`):
			t.Errorf("%s\ngave %d %.400s, want %s", query, status, answer, code)
		}
	}
	schema, err := os.ReadFile("schema.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	intro, _, _ := strings.Cut(string(schema), "\nschema {")
	codes := regexp.MustCompile(`[A-Z]+_?[A-Z_]+[A-Z]`).FindAllString(intro[strings.Index(intro, "Errors carry"):], -1)
	slices.Sort(codes)
	for _, code := range slices.Compact(codes) {
		if !strings.Contains(string(text), "| `"+code+"` |") {
			t.Errorf("docs/frontend.md does not say what to do about %s", code)
		}
	}
}
