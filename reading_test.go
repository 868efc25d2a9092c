package main

import (
	"encoding/base64"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// What the server fetches for those who may load is up to its configuration; by default it does not look round at home.
func TestFetchingIsConfigured(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		_, _ = io.WriteString(w, `<html><head><title>Leicester hacked</title></head><body><article><h1>Leicester hacked</h1><p>Published 9 March 2024</p><p>Leicester City Council was hit by a ransomware attack on 7 March 2024.</p></article></body></html>`)
	}))
	defer site.Close()
	const question = `query($url: String!) { readArticles(input: {files: [{url: $url}]}) { title url publishedOn reason claims { predicate quote } } }`
	for from, want := range map[string]string{"": "not on the public internet", "public": "not on the public internet", "off": "fetches no pages", "any": ""} {
		t.Run("from "+from, func(t *testing.T) {
			m := &Main{Config: configured(func(c *Config) {
				c.DB, c.Samples = filepath.Join(t.TempDir(), "spillover.db"), false
				if from != "" {
					c.Fetch = from
				}
			}), Out: io.Discard, Log: slog.New(slog.DiscardHandler)}
			t.Cleanup(func() {
				if err := m.Close(); err != nil {
					t.Error(err)
				}
			})
			if err := m.Run(t.Context()); err != nil {
				t.Fatal(err)
			}
			before := asked.Load()
			a := post(t, m, question, map[string]any{"url": site.URL + "/page"}, "Authorization", "Bearer "+testToken)
			if a.Errors != nil {
				t.Fatalf("%+v", a.Errors)
			}
			reading := a.Data["readArticles"].([]any)[0].(map[string]any)
			reason, _ := reading["reason"].(string)
			switch {
			case want != "" && (!strings.Contains(reason, want) || asked.Load() != before):
				t.Errorf("asked %d times, answered %v", asked.Load()-before, reading)
			case want == "" && (reason != "" || reading["title"] != "Leicester hacked" || reading["url"] != site.URL+"/page" || reading["publishedOn"] != "2024-03-09" || len(reading["claims"].([]any)) == 0 || asked.Load() != before+1):
				t.Errorf("asked %d times, answered %v", asked.Load()-before, reading)
			}
		})
	}
}

// On both stores a file is read and then loaded, and what was shown is what is there.
func TestReadThenLoad(t *testing.T) {
	t.Parallel()
	onBoth(t, true, func(t *testing.T, m *Main) {
		token := []string{"Authorization", "Bearer " + testToken}
		input := map[string]any{"input": map[string]any{"files": []any{map[string]any{
			"content": base64.StdEncoding.EncodeToString([]byte("Hackers broke into Leicester City Council on 9 September 2025 and stole data. Its phones are down.")),
			"url":     "https://gazette.example/leicester", "publishedOn": "2025-09-10"}}}}
		before := revision(t, m)
		read := post(t, m, `query($input: IngestArticlesInput!) { readArticles(input: $input) { articleId claims { id } } }`, input, token...)
		if read.Errors != nil || revision(t, m) != before {
			t.Fatalf("%+v, revision %v, was %v", read.Errors, revision(t, m), before)
		}
		reading := read.Data["readArticles"].([]any)[0].(map[string]any)
		ids := []any{}
		for _, c := range reading["claims"].([]any) {
			ids = append(ids, c.(map[string]any)["id"])
		}
		if a := post(t, m, `query($ids: [ID!]!) { nodes(ids: $ids) { id } }`, map[string]any{"ids": ids}); len(ids) == 0 || a.Data["nodes"].([]any)[0] != nil {
			t.Errorf("the claims %v are there before they are loaded: %v", ids, a)
		}
		if a := post(t, m, `mutation($input: IngestArticlesInput!) { ingestArticles(input: $input) { new } }`, input, token...); a.Errors != nil || a.Data["ingestArticles"].(map[string]any)["new"] != 1.0 {
			t.Fatalf("%+v", a)
		}
		a := post(t, m, `query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Claim { article { id } } } }`, map[string]any{"ids": ids})
		for i, id := range ids {
			claim, _ := a.Data["nodes"].([]any)[i].(map[string]any)
			if claim["id"] != id || claim["article"].(map[string]any)["id"] != reading["articleId"] {
				t.Errorf("the claim %v is stored as %v", id, claim)
			}
		}
	})
}
