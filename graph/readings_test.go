package graph_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	articles "spillover/article"
	"spillover/graph"
	"spillover/ledger"
)

const readArticles = `query($input: IngestArticlesInput!) { readArticles(input: $input) { articleId title publisher url publishedOn byline text textSha256 reason
	incidents { id name incidentKind identifiedOn precision }
	claims { id predicate subject { id kind name } object { id kind name } value label volume since sincePrecision until untilPrecision quote start end speaker certainty }
	refusals { quote start end reason } } }`

// The same of what is stored.
const storedArticle = `query($id: ID!) { article(id: $id) { articleId: id title publisher url publishedOn byline text textSha256
	claims(first: 100) { nodes { id predicate subject { id kind name } object { id kind name } value label volume since sincePrecision until untilPrecision quote start end speaker certainty } }
	incidents { id name incidentKind identifiedOn precision }
	refusals { quote start end reason } } }`

func file(content string) map[string]any {
	return map[string]any{"content": base64.StdEncoding.EncodeToString([]byte(content))}
}

func zipped(t *testing.T, content string) map[string]any {
	t.Helper()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return file(packed.String())
}

const (
	struck   = "Café owners agreed. Leicester City Council was hit by a ransomware attack on 7 March 2024, and INC Ransom has claimed responsibility. Its phone lines are down. The Information Commissioner's Office has been informed."
	webPage  = `<html><head><title>Dover hacked</title><link rel="canonical" href="https://gazette.example/dover"><meta property="article:published_time" content="2024-05-02T09:00:00Z"></head><body><article><h1>Dover hacked</h1><p>Dover District Council said that hackers had stolen residents' personal data on 1 May 2024.</p><p>The council thanked everybody who had rung it, and asked for a little more patience with its forms.</p></article></body></html>`
	jsonText = `{"title":"One","text":"Thanet District Council was hit by a cyber attack on 3 December 2024.","published_on":"2024-12-04"}` + "\n" + `{"title":` + "\n" +
		`{"title":"Two","text":"Canterbury City Council said that it was not affected."}` + "\n"
	feedText = `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Test Gazette</title><item><title>Fed</title><link>https://gazette.example/fed</link><guid>1</guid><pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate><content:encoded><![CDATA[<p>Torbay Council has shut its network down after a cyber attack.</p><p>Its phones are down.</p>]]></content:encoded></item></channel></rss>`
)

// A preview is what the articles come to when they are stored, whichever way they are given, and changes nothing.
func TestPreviewIsWhatIsStored(t *testing.T) {
	t.Parallel()
	a := serve(t, graph.Options{Check: scoped()})
	page := file(webPage)
	page["url"] = "https://elsewhere.example/saved"
	plain := file("Kent County Council was hit by a cyber attack on 9 July 2024.")
	plain["url"], plain["publishedOn"] = "https://gazette.example/kent?utm_source=x", "2024-07-10"
	input := map[string]any{
		"articles": []any{map[string]any{"title": "Struck", "text": struck, "publisher": "P", "publishedOn": "2024-03-08", "byline": []any{"Ann Other"}}, map[string]any{"text": " "}},
		"files":    []any{page, zipped(t, jsonText), file(feedText), plain, map[string]any{"content": "%%%"}, map[string]any{}, file("\x89PNG\r\n\x1a\n\x00\x00")},
	}
	const state = `{ info { revision counts { articles claims incidents councils } } }`
	before := a.must(t, state, nil)
	read := a.askAs(t, "loader", readArticles, map[string]any{"input": input})
	if read.code() != "" {
		t.Fatal(read.Errors)
	}
	if diff := cmp.Diff(before, a.must(t, state, nil)); diff != "" {
		t.Errorf("reading changed the graph:\n%s", diff)
	}
	readings := at(t, read.Data, "readArticles").([]any)
	stored := a.askAs(t, "loader", `mutation($input: IngestArticlesInput!) { ingestArticles(input: $input) { results { articleId status claims reason } } }`, map[string]any{"input": input})
	results := at(t, stored.Data, "ingestArticles", "results").([]any)
	want := []string{"Struck", "", "Dover hacked", "One", "", "Two", "Fed", "https://gazette.example/kent", "", "", ""}
	if len(readings) != len(want) || len(results) != len(want) {
		t.Fatalf("%d readings, %d results, want %d: %v", len(readings), len(results), len(want), results)
	}
	claims, refusals := 0, 0
	for i, w := range want {
		reading, result := readings[i].(map[string]any), results[i].(map[string]any)
		if got, _ := reading["title"].(string); got != w && reading["url"] != w {
			t.Errorf("%d is %v %v, want %s", i, reading["title"], reading["url"], w)
		}
		if diff := cmp.Diff([]any{result["articleId"], result["reason"], result["claims"]}, []any{reading["articleId"], reading["reason"], float64(len(reading["claims"].([]any)))}); diff != "" {
			t.Errorf("%d, -stored +read:\n%s", i, diff)
		}
		if w == "" {
			if result["status"] != "REFUSED" || reading["reason"] == nil || reading["text"] != nil {
				t.Errorf("%d is not refused: %v %v", i, result, reading)
			}
			continue
		}
		text := []rune(reading["text"].(string))
		for _, kind := range []string{"claims", "refusals"} {
			last := 0.0
			for _, x := range reading[kind].([]any) {
				start, end := at(t, x, "start").(float64), at(t, x, "end").(float64)
				if string(text[int(start):int(end)]) != at(t, x, "quote") || start < last {
					t.Errorf("%v is not at its place, or not in the order of the text", x)
				}
				last = start
			}
		}
		got := a.must(t, storedArticle, map[string]any{"id": reading["articleId"]}, "article").(map[string]any)
		byID := map[any]any{}
		for _, c := range at(t, got, "claims", "nodes").([]any) {
			byID[at(t, c, "id")] = c
		}
		for _, c := range reading["claims"].([]any) {
			if diff := cmp.Diff(byID[at(t, c, "id")], c); diff != "" {
				t.Errorf("a claim, -stored +read:\n%s", diff)
			}
			claims++
		}
		refusals += len(reading["refusals"].([]any))
		delete(reading, "claims")
		delete(got, "claims")
		delete(reading, "reason")
		if diff := cmp.Diff(got, reading); diff != "" {
			t.Errorf("%s, -stored +read:\n%s", w, diff)
		}
	}
	if claims < 8 || refusals < 1 {
		t.Errorf("%d claims and %d refusals are too few to compare", claims, refusals)
	}
}

// Reading costs time, so it is for those who may load, in whatever words it is asked for; other questions stay open.
func TestReadingNeedsAToken(t *testing.T) {
	t.Parallel()
	a := serve(t, graph.Options{Check: scoped()})
	const input = `(input: {articles: [{text: "Leicester City Council was hacked."}]}) { text }`
	for _, query := range []string{
		`{ readArticles` + input + ` }`, `{ info { store } x: readArticles` + input + ` }`, `{ ...F } fragment F on Query { ... on Query { readArticles` + input + ` } }`,
	} {
		for token, want := range map[string]string{"": "UNAUTHENTICATED", "wrong": "UNAUTHENTICATED", "curator": "FORBIDDEN", "loader": ""} {
			got := a.askAs(t, token, query, nil)
			if got.code() != want || want != "" && got.Data != nil {
				t.Errorf("%s with the token %q: %v", query, token, got)
			}
		}
	}
	if got := a.askAs(t, "", `{ info { store } }`, nil); got.code() != "" {
		t.Errorf("an open question without a token: %v", got)
	}
	// It is read anew each time, whether the graph changed or not.
	if res, got := a.get(t, url.Values{"query": {`{ readArticles` + input + ` }`}}, "Authorization", "Bearer loader"); res.StatusCode != http.StatusOK || res.Header.Get("ETag") != "" || got.code() != "" {
		t.Errorf("%s, tag %q: %v", res.Status, res.Header.Get("ETag"), got)
	}
}

// What one call may give has bounds, also where it is packed.
func TestReadingHasBounds(t *testing.T) {
	t.Parallel()
	a := serve(t, graph.Options{Timeout: 2 * time.Minute}) // the bounds are to be met before the time is up, also under the race detector
	many := func(n int) []any {
		all := make([]any, n)
		for i := range all {
			all[i] = map[string]any{"text": fmt.Sprintf("Text %d.", i)}
		}
		return all
	}
	var files []any
	for range 21 {
		files = append(files, file("x"))
	}
	line := `{"text":"` + strings.Repeat("x", 5<<20) + `"}` + "\n"
	for name, c := range map[string]struct {
		input      map[string]any
		read, load string // the codes; "" for loading is not tried
	}{
		"nothing":              {map[string]any{}, "INVALID_ARGUMENT", "INVALID_ARGUMENT"},
		"empty lists":          {map[string]any{"articles": []any{}, "files": []any{}}, "INVALID_ARGUMENT", "INVALID_ARGUMENT"},
		"100 articles":         {map[string]any{"articles": many(100)}, "", ""},
		"101 articles":         {map[string]any{"articles": many(101)}, "INVALID_ARGUMENT", ""},
		"100 and a file":       {map[string]any{"articles": many(100), "files": []any{file("x")}}, "LIMIT_EXCEEDED", ""},
		"21 files":             {map[string]any{"files": files}, "INVALID_ARGUMENT", "INVALID_ARGUMENT"},
		"1,001 packed":         {map[string]any{"files": []any{zipped(t, strings.Repeat(`{"text":"x"}`+"\n", 1001))}}, "LIMIT_EXCEEDED", "LIMIT_EXCEEDED"},
		"much text, packed":    {map[string]any{"files": []any{zipped(t, strings.Repeat(line, 7))}}, "LIMIT_EXCEEDED", ""},
		"a URL without a page": {map[string]any{"files": []any{map[string]any{"url": "https://gazette.example/"}}}, "", ""},
	} {
		if got := a.ask(t, readArticles, map[string]any{"input": c.input}); got.code() != c.read {
			t.Errorf("reading %s: %.300v, want %q", name, got, c.read)
		}
		if c.load == "" {
			continue
		}
		if got := a.ask(t, `mutation($input: IngestArticlesInput!) { ingestArticles(input: $input) { refused } }`, map[string]any{"input": c.input}); got.code() != c.load {
			t.Errorf("loading %s: %.300v, want %q", name, got, c.load)
		}
	}
	if got := a.ask(t, `query($input: IngestArticlesInput!) { `+aliases("readArticles(input: $input) { text }", 25)+`}`,
		map[string]any{"input": map[string]any{"articles": many(100)}}); got.code() != "LIMIT_EXCEEDED" {
		t.Errorf("the same again and again: %.300v", got)
	}
}

// aliases are a field under several names.
func aliases(field string, n int) string {
	var all strings.Builder
	for i := range n {
		fmt.Fprintf(&all, "a%d: %s ", i, field)
	}
	return all.String()
}

// A page is fetched where the server fetches pages, read as what it is, and closed.
func TestReadingAPage(t *testing.T) {
	t.Parallel()
	closed := 0
	a := serve(t, graph.Options{Fetch: func(_ context.Context, address string) (io.ReadCloser, articles.Options, error) {
		switch address {
		case "https://gazette.example/dover":
			return closing{strings.NewReader(webPage), func() { closed++ }}, articles.Options{URL: address}, nil
		case "https://gazette.example/cut":
			return closing{io.MultiReader(strings.NewReader("Leicester"), broken{}), func() { closed++ }}, articles.Options{}, nil
		}
		return nil, articles.Options{}, ledger.Errorf(ledger.Unavailable, "the server answered 404 Not Found")
	}})
	got := a.must(t, `{ readArticles(input: {files: [{url: "https://gazette.example/dover", publishedOn: "2020-01-01"}, {url: "https://gazette.example/none"}, {url: "https://gazette.example/cut"}]}) {
		title url publishedOn reason } }`, nil, "readArticles")
	want := []any{
		map[string]any{"title": "Dover hacked", "url": "https://gazette.example/dover", "publishedOn": "2024-05-02", "reason": nil},
		map[string]any{"title": nil, "url": nil, "publishedOn": nil, "reason": "the server answered 404 Not Found"},
		map[string]any{"title": nil, "url": nil, "publishedOn": nil, "reason": "it cannot be read: the line went dead"},
	}
	if diff := cmp.Diff(any(want), got); diff != "" || closed != 2 {
		t.Errorf("%d bodies are closed; -want +got:\n%s", closed, diff)
	}
}

type closing struct {
	io.Reader
	done func()
}

func (c closing) Close() error { c.done(); return nil }

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("the line went dead") }
