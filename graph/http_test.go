package graph_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"

	"spillover/graph"
	"spillover/ledger"
)

// do sends a request as it is.
func (a *api) do(t testing.TB, method, query, body string, headers ...string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, a.URL+query, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(raw)
}

func TestGraphQLOverHTTP(t *testing.T) {
	t.Parallel()
	a := newAPI(t, embedded(t), graph.Options{})
	const (
		isJSON, isResponse = "application/json; charset=utf-8", "application/graphql-response+json; charset=utf-8"
		good, goodBody     = "?query=%7Binfo%7Bstore%7D%7D", `{"query":"{info{store}}"}`
		data               = `{"data":{"info":{"store":"sqlite"}}}`
	)
	sent := []string{"Content-Type", "application/json"}
	for _, test := range []struct {
		name, method, query, body string
		headers                   []string
		status                    int
		media, answer             string // the answer, or a part of it
	}{
		{"GET", "GET", good, "", nil, 200, isJSON, data},
		{"POST", "POST", "", goodBody, sent, 200, isJSON, data},
		{"any type", "POST", "", goodBody, append([]string{"Accept", "*/*"}, sent...), 200, isJSON, data},
		{"the newer type", "POST", "", goodBody, append([]string{"Accept", "application/graphql-response+json, application/json;q=0.9"}, sent...), 200, isResponse, data},
		{"the first type known", "GET", good, "", []string{"Accept", "text/html, application/json"}, 200, isJSON, data},
		{"no type known", "GET", good, "", []string{"Accept", "text/html"}, 406, isJSON, "accept one of them"},
		{"body of another type", "POST", "", goodBody, []string{"Content-Type", "text/plain"}, 415, isJSON, "application/json"},
		{"body of no type", "POST", "", goodBody, nil, 415, isJSON, "application/json"},
		{"body that is no JSON", "POST", "", "{secret", sent, 400, isJSON, "not one JSON object"},
		{"a batch", "POST", "", "[" + goodBody + "]", sent, 400, isJSON, "batches"},
		{"null", "POST", "", "null", sent, 400, isJSON, "not one JSON object"},
		{"no query", "POST", "", "{}", sent, 400, isJSON, "query is missing"},
		{"a query that is no string", "POST", "", `{"query":{}}`, sent, 400, isJSON, "query must be a string"},
		{"variables that are no object", "POST", "", `{"query":"{__typename}","variables":[]}`, sent, 400, isJSON, "variables must be an object"},
		{"variables of GET that are no object", "GET", good + "&variables=5", "", nil, 400, isJSON, "variables must be an object"},
		{"null variables", "POST", "", `{"query":"{__typename}","variables":null,"operationName":null,"extensions":null}`, sent, 200, isJSON, `{"data":{"__typename":"Query"}}`},
		{"a text that cannot be parsed, as JSON", "GET", "?query=%7B", "", nil, 200, isJSON, "GRAPHQL_PARSE_FAILED"},
		{"a text that cannot be parsed", "GET", "?query=%7B", "", []string{"Accept", "application/graphql-response+json"}, 400, isResponse, "GRAPHQL_PARSE_FAILED"},
		{"a field that is not there", "GET", "?query=%7Bx%7D", "", []string{"Accept", "application/graphql-response+json"}, 400, isResponse, "GRAPHQL_VALIDATION_FAILED"},
		{"an operation that is not there", "GET", "?operationName=B&query=query+A%7B__typename%7D", "", []string{"Accept", "application/graphql-response+json"}, 400, isResponse, "GRAPHQL_VALIDATION_FAILED"},
		{"a mutation by GET", "GET", "?query=" + url.QueryEscape(`mutation {retractArticle(input: {id: "a", reason: "r"}) {revision}}`), "", []string{"Authorization", "Bearer " + token}, 405, isJSON, "GET is for queries"},
		{"PUT", "PUT", good, "", nil, 405, isJSON, "use GET or POST"},
		{"a subscription without a stream", "POST", "", `{"query":"subscription {graphChanged {revision}}"}`, sent, 406, isJSON, "server-sent events"},
		{"a mistake in a stream", "GET", "?query=%7Bx%7D", "", []string{"Accept", "text/event-stream"}, 200, "text/event-stream; charset=utf-8", "event: complete\ndata:\n\n"},
		{"a query in a stream", "GET", good, "", []string{"Accept", "text/event-stream"}, 200, "text/event-stream; charset=utf-8", ":\n\nevent: next\ndata: " + data + "\n\nevent: complete\ndata:\n\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			response, answer := a.do(t, test.method, test.query, test.body, test.headers...)
			if response.StatusCode != test.status || response.Header.Get("Content-Type") != test.media || !strings.Contains(answer, test.answer) {
				t.Errorf("%d %s\n%s\nwant %d %s\n%s", response.StatusCode, response.Header.Get("Content-Type"), answer, test.status, test.media, test.answer)
			}
			if strings.Contains(answer, `"errors"`) && strings.Contains(answer, `"data"`) {
				t.Errorf("data beside an error of the request: %s", answer)
			}
			if strings.Contains(answer, "secret") {
				t.Errorf("the body comes back: %s", answer)
			}
			if test.status == 405 && response.Header.Get("Allow") == "" {
				t.Error("no Allow")
			}
		})
	}
}

// An article that changes the graph, another for each n.
func article(n int) map[string]any {
	return map[string]any{"articles": []any{map[string]any{"text": fmt.Sprintf("Leicester City Council was hit by a ransomware attack on %d March 2025.", n+1)}}}
}

func TestEvents(t *testing.T) {
	t.Parallel()
	a := loaded(t)
	request, err := http.NewRequestWithContext(t.Context(), "POST", a.URL, strings.NewReader(`{"query":"subscription {graphChanged(kinds: [INCIDENT]) {revision kinds}}"}`))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "text/event-stream")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	lines := bufio.NewScanner(response.Body)
	if !lines.Scan() || lines.Text() != ":" {
		t.Fatalf("the stream begins %q", lines.Text())
	}
	revision := a.must(t, ingestArticles, article(0), "ingestArticles", "revision")
	for lines.Scan() {
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			if want := fmt.Sprintf(`{"data":{"graphChanged":{"revision":%v,"kinds":["INCIDENT"]}}}`, revision); data != want {
				t.Errorf("%s, want %s", data, want)
			}
			return
		}
	}
	t.Error("the stream ended")
}

// dial opens a WebSocket.
func (a *api) dial(t *testing.T, options *websocket.DialOptions) (*websocket.Conn, error) {
	t.Helper()
	c, _, err := websocket.Dial(t.Context(), a.URL, options)
	if err == nil {
		t.Cleanup(func() { c.CloseNow() })
	}
	return c, err
}

type message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

func TestWebSocket(t *testing.T) {
	t.Parallel()
	a := loaded(t)
	modern := &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}}
	talk := func(c *websocket.Conn, messages ...message) {
		t.Helper()
		for _, m := range messages {
			if err := wsjson.Write(t.Context(), c, m); err != nil {
				t.Fatal(err)
			}
		}
	}
	// hear is the next message that is no sign of life.
	hear := func(c *websocket.Conn) message {
		t.Helper()
		for {
			var m message
			if err := wsjson.Read(t.Context(), c, &m); err != nil {
				t.Fatal(err)
			}
			if m.Type != "ping" && m.Type != "pong" {
				return m
			}
		}
	}

	c, err := a.dial(t, modern)
	if err != nil {
		t.Fatal(err)
	}
	talk(c, message{Type: "connection_init"})
	if m := hear(c); m.Type != "connection_ack" {
		t.Fatalf("%+v", m)
	}
	talk(c, message{ID: "1", Type: "subscribe", Payload: json.RawMessage(`{"query":"subscription {graphChanged(kinds: [INCIDENT]) {revision}}"}`)})
	heard := make(chan message)
	go func() {
		defer close(heard)
		var m message
		for m.Type != "next" {
			if wsjson.Read(t.Context(), c, &m) != nil {
				return
			}
		}
		heard <- m
	}()
	// Nothing says when the subscription has begun, so the graph changes until a message comes.
	for n, done := 0, false; !done && n < 25; n++ {
		a.must(t, ingestArticles, article(n))
		select {
		case m := <-heard:
			done = true
			if m.ID != "1" || !strings.Contains(string(m.Payload), `"revision":`) {
				t.Errorf("%+v", m)
			}
		case <-time.After(time.Second):
		}
		if n == 24 {
			t.Error("no message came")
		}
	}
	talk(c, message{ID: "1", Type: "complete"}, message{ID: "2", Type: "subscribe", Payload: json.RawMessage(`{"query":"{nothing}"}`)})
	for {
		m := hear(c)
		if m.ID == "1" {
			continue
		}
		if m.ID != "2" || m.Type != "error" || !strings.Contains(string(m.Payload), "GRAPHQL_VALIDATION_FAILED") {
			t.Errorf("%+v", m)
		}
		break
	}

	// The token may come in the connection's parameters.
	for given, want := range map[string]string{`{"Authorization":"Bearer ` + token + `"}`: `"revision":`, `{"Authorization":"Bearer wrong"}`: "UNAUTHENTICATED", `{}`: "UNAUTHENTICATED"} {
		c, err := a.dial(t, modern)
		if err != nil {
			t.Fatal(err)
		}
		talk(c, message{Type: "connection_init", Payload: json.RawMessage(given)})
		hear(c)
		talk(c, message{ID: "m", Type: "subscribe", Payload: json.RawMessage(`{"query":"mutation {ingestArticles(input: {articles: [{text: \"Nothing of note.\"}]}) {revision}}"}`)})
		if m := hear(c); !strings.Contains(string(m.Payload), want) {
			t.Errorf("%s: %s %s, want %s", given, m.Type, m.Payload, want)
		}
	}

	for name, options := range map[string]*websocket.DialOptions{
		"the older protocol": {Subprotocols: []string{"graphql-ws"}},
		"no protocol":        {},
		"a foreign origin":   {Subprotocols: modern.Subprotocols, HTTPHeader: http.Header{"Origin": {"https://elsewhere.example"}}},
	} {
		if _, err := a.dial(t, options); err == nil {
			t.Errorf("%s was let in", name)
		}
	}
	open := newAPI(t, embedded(t), graph.Options{Origin: func(r *http.Request) bool { return r.Header.Get("Origin") == "https://friend.example" }})
	for origin, want := range map[string]bool{"https://friend.example": true, "https://elsewhere.example": false} {
		_, err := open.dial(t, &websocket.DialOptions{Subprotocols: modern.Subprotocols, HTTPHeader: http.Header{"Origin": {origin}}})
		if (err == nil) != want {
			t.Errorf("origin %s: %v", origin, err)
		}
	}
}

// What is beyond a limit is refused before anything is resolved, quickly, and with a word of what to do.
func TestLimits(t *testing.T) {
	t.Parallel()
	a := newAPI(t, embedded(t), graph.Options{})
	deep := strings.Repeat("successor{", 25) + "id" + strings.Repeat("}", 25)
	aliases := ""
	for i := range 70 {
		aliases += fmt.Sprintf("a%d: __typename ", i)
	}
	nested := "query {...f0}"
	for i := range 28 {
		nested += fmt.Sprintf(" fragment f%d on Query {...f%d ...f%d}", i, i+1, i+1)
	}
	nested += " fragment f28 on Query {info {store}}"
	wide := "{councils(first: 100) {nodes {memberships {arrangement {memberships {council {memberships {arrangement {memberships {council {memberships {arrangement {name}}}}}}}}}}}}}"
	for _, test := range []struct{ name, query, code, message string }{
		{"depth", `{council(id: "c") {` + deep + "}}", "LIMIT_EXCEEDED", "levels deep"},
		{"aliases", "{" + aliases + "}", "LIMIT_EXCEEDED", "70 aliases"},
		{"cost of lists", wide, "LIMIT_EXCEEDED", "ask for fewer items"},
		{"cost of hops", `{councils(first: 100) {nodes {exposure(maxHops: 8) {to {exposure(maxHops: 8) {to {exposure(maxHops: 8) {distance}}}}}}}}`, "LIMIT_EXCEEDED", "costs"},
		{"cost by a variable", `query($n: Int = 100) {incidents(first: $n) {nodes {articles(first: $n) {nodes {claims(first: $n) {nodes {id}}}}}}}`, "LIMIT_EXCEEDED", "costs"},
		{"fragments in fragments", nested, "LIMIT_EXCEEDED", "root fields"},
		{"tokens", "{" + strings.Repeat("__typename ", 10_000) + "}", "GRAPHQL_PARSE_FAILED", ""},
		{"errors", "{" + strings.Repeat("nothing ", 1500) + "}", "GRAPHQL_VALIDATION_FAILED", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			begin := time.Now()
			got := a.ask(t, test.query, nil)
			if got.code() != test.code || !strings.Contains(got.Errors[0].Message, test.message) {
				t.Errorf("%+v", got.Errors)
			}
			if len(got.Errors) > 21 {
				t.Errorf("%d errors", len(got.Errors))
			}
			if took := time.Since(begin); took > 5*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
	// The introspection that GraphiQL sends, and a page of a front end, are well within the limits.
	for _, query := range []string{
		`{__schema {types {fields {type {ofType {ofType {ofType {ofType {ofType {ofType {ofType {name}}}}}}}}}}}}`,
		`{councils(first: 100) {nodes {memberships {arrangement {memberships {council {impacts {incident {name identifiedOn}}}}}}}}}`,
		`{incidents(first: 20) {nodes {name impacts {council {name} evidence {quote article {title}}} attributions {actor {name}} spread(maxHops: 8) {hops {to {name} evidence {quote article {title}}}}}}}`,
	} {
		a.must(t, query, nil)
	}
}

// What takes too long ends with a code; what breaks says nothing of its insides but an id that is in the log.
func TestTimeoutsAndFaults(t *testing.T) {
	t.Parallel()
	fault := &faulty{Store: embedded(t)}
	a := newAPI(t, fault, graph.Options{Timeout: 50 * time.Millisecond})
	for _, test := range []struct {
		name   string
		things func(context.Context) error
		code   string
	}{
		{"slow", func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }, "TIMEOUT"},
		{"broken", func(context.Context) error { return fmt.Errorf("dial tcp 10.0.0.7: secret") }, "INTERNAL"},
		{"panicking", func(context.Context) error { panic("secret") }, "INTERNAL"},
		{"busy", func(context.Context) error {
			return ledger.Errorf(ledger.Unavailable, "the database is busy: %w", fmt.Errorf("secret"))
		}, "UNAVAILABLE"},
	} {
		fault.things = test.things
		got := a.ask(t, `{council(id: "council:dover") {name}}`, nil)
		if got.code() != test.code || strings.Contains(got.Errors[0].Message, "secret") {
			t.Errorf("%s: %+v", test.name, got.Errors)
		}
		if id, ok := got.Errors[0].Extensions["id"].(string); test.code == "INTERNAL" && (!ok || !strings.Contains(a.log.String(), id)) {
			t.Errorf("%s: the log has no %q", test.name, id)
		}
	}
}

// A faulty store fails to give things.
type faulty struct {
	ledger.Store
	things func(context.Context) error
}

func (f *faulty) Things(ctx context.Context, _ []string, _ ledger.Date) ([]*ledger.Thing, error) {
	return nil, f.things(ctx)
}
