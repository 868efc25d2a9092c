package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// What attackers send in place of a word.
var hostile = []string{
	`' OR 1=1 --`, `'; DROP TABLE version; --`, `" OR "" = "`, `') MATCH (n) DETACH DELETE n //`, "`}] RETURN 1 //", `a" OR terms:*`, `a* OR facets:"kind:RANSOMWARE"`,
	`*`, `%`, `_`, `NEAR(a b)`, `\`, `$q.at`, `{{7*7}}`, `<script>alert(1)</script>`, "a\u0000b", "\u202e", strings.Repeat("long ", 2000), `../../etc/passwd`, `council:x' UNION SELECT doc FROM judgement --`,
}

// Words that no answer may hold: they are of the inside.
var inside = []string{"sqlite", "neo4j", "cypher", "syntax error", "SQL", "panic", "goroutine", ".go:"}

// TestSecurity tries attacks on a server that runs, on both stores. Nothing that is refused may change anything.
func TestSecurity(t *testing.T) {
	t.Parallel()
	onBoth(t, true, func(t *testing.T, m *Main) {
		before := post(t, m, `{ info { revision counts { councils incidents articles claims } } }`, nil)
		tried, refused := 0, 0
		harmless := func(q question, word string) {
			tried++
			a := post(t, m, q.text, map[string]any{"s": word}, "Authorization", "Bearer "+testToken)
			text, err := json.Marshal(a)
			if err != nil {
				t.Fatal(err)
			}
			said := strings.ReplaceAll(string(text), word, "")
			for _, w := range inside {
				if strings.Contains(said, w) {
					t.Errorf("%s with %.40q says %q: %.300s", q.place, word, w, said)
				}
			}
			if strings.Contains(said, `"INTERNAL"`) || strings.Contains(said, `"GRAPHQL_`) {
				t.Errorf("%s with %.40q fails: %.300s", q.place, word, said)
			}
			if len(a.Errors) > 0 {
				refused++
			}
		}
		asking := questions(t)
		if len(asking) < 80 {
			t.Errorf("%d places for a word are found in the schema", len(asking))
		}
		for _, q := range asking {
			for _, word := range hostile {
				if !q.write {
					harmless(q, word)
				}
			}
		}

		const change = `mutation { ingestArticles(input: {articles: [{title: "x", text: "Hackers broke into Leicester City Council."}]}) { new } }`
		body := func(query string) string { return fmt.Sprintf(`{"query": %q}`, query) }
		other := []string{"Origin", "https://elsewhere.example"}
		for _, attack := range []struct {
			name, method, path, body string
			header                   []string
			status                   int
		}{
			{"a form of another page", "POST", "/graphql", "query=" + change, append(other, "Content-Type", "application/x-www-form-urlencoded"), http.StatusUnsupportedMediaType},
			{"a simple request of another page", "POST", "/graphql", body(change), append(other, "Content-Type", "text/plain"), http.StatusUnsupportedMediaType},
			{"files of another page", "POST", "/graphql", "--x\r\n\r\n--x--", append(other, "Content-Type", "multipart/form-data; boundary=x"), http.StatusUnsupportedMediaType},
			{"a mutation by GET", "GET", "/graphql?query=" + strings.ReplaceAll(change, " ", "%20"), "", append(other, "Authorization", "Bearer "+testToken), http.StatusMethodNotAllowed},
			{"several at once", "POST", "/graphql", "[" + body("{ info { store } }") + "]", []string{"Content-Type", "application/json"}, http.StatusBadRequest},
			{"another method", "PUT", "/graphql", body(change), []string{"Content-Type", "application/json"}, http.StatusMethodNotAllowed},
			{"a token in the address", "POST", "/graphql?token=" + strings.ReplaceAll(testToken, " ", "%20"), body(change), []string{"Content-Type", "application/json"}, http.StatusOK},
			{"no token", "POST", "/graphql", body(change), []string{"Content-Type", "application/json"}, http.StatusOK},
			{"basic authentication", "POST", "/graphql", body(change), []string{"Content-Type", "application/json", "Authorization", "Basic eDp5"}, http.StatusOK},
			{"a file outside", "GET", "/playground/..%2f..%2fgo.mod", "", nil, http.StatusNotFound},
			{"the token's file", "GET", "/.spillover-token", "", nil, http.StatusNotFound},
		} {
			tried++
			res, text := send(t, request(t, attack.method, m.URL()+attack.path, attack.body, attack.header...))
			switch {
			case res.StatusCode != attack.status:
				t.Errorf("%s: %s %.200s", attack.name, res.Status, text)
			case res.StatusCode == http.StatusOK && !strings.Contains(text, "UNAUTHENTICATED"):
				t.Errorf("%s: %.200s", attack.name, text)
			case res.Header.Get("Access-Control-Allow-Origin") != "":
				t.Errorf("%s: another page may read the answer", attack.name)
			default:
				refused++
			}
		}
		res, _ := send(t, request(t, "OPTIONS", m.URL()+"/graphql", "", append(other, "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "authorization,content-type")...))
		if tried++; res.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("a page of another origin may send what is not simple: %v", res.Header)
		} else {
			refused++
		}

		after := post(t, m, `{ info { revision counts { councils incidents articles claims } } }`, nil)
		if fmt.Sprint(before.Data) != fmt.Sprint(after.Data) {
			t.Errorf("it changed something: %v, then %v", before.Data, after.Data)
		}
		// What is written may change things, so it comes last.
		for _, q := range asking {
			for _, word := range hostile {
				if q.write && len(word) < 1000 {
					harmless(q, word)
				}
			}
		}
		report(t, "security: %d places for a word by name; %d tried, %d refused, the others answered as harmless questions", len(asking), tried, refused)
	})
}
