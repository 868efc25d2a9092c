package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"spillover/fetch"
)

// A site is a web site that a test changes while the loader looks at it.
type site struct {
	*httptest.Server
	mu     sync.Mutex
	pages  map[string]string // by path
	status map[string]int    // by path, where it is not 200
	asked  []string          // paths, with "=" before those that were unchanged
	agents map[string]bool
	open   int // requests that are being answered
	most   int // at a time
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{pages: map[string]string{}, status: map[string]int{}, agents: map[string]bool{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.open++
	s.most = max(s.most, s.open)
	page, ok := s.pages[r.URL.Path]
	status := s.status[r.URL.Path]
	s.agents[r.UserAgent()] = true
	tag := fmt.Sprintf(`"%x"`, len(page))
	same := r.Header.Get("If-None-Match") == tag
	mark := ""
	if same {
		mark = "="
	}
	s.asked = append(s.asked, mark+r.URL.Path)
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		s.open--
		s.mu.Unlock()
	}()
	switch {
	case status != 0:
		w.WriteHeader(status)
	case !ok:
		w.WriteHeader(http.StatusNotFound)
	case same:
		w.WriteHeader(http.StatusNotModified)
	default:
		w.Header().Set("ETag", tag)
		_, _ = io.WriteString(w, page) // a client that has gone is no failure of the site
	}
}

// set puts pages on the site, path and text by turns.
func (s *site) set(pages ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := 0; i < len(pages); i += 2 {
		s.pages[pages[i]] = strings.ReplaceAll(pages[i+1], "SITE", s.URL)
	}
}

// fail makes a path answer with a status, or properly again with 0.
func (s *site) fail(path string, status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.status[path] = status
}

// requests are those since the last call.
func (s *site) requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	asked := s.asked
	s.asked = nil
	return asked
}

// page is a page with an article.
func page(title, text string) string {
	return `<html><head><title>` + title + `</title></head><body><nav><a href="/">Home</a></nav><article><h1>` + title + `</h1><p>Published 4 March 2024</p><p>` + text + `</p><p>The council thanked everybody who had rung it, and asked for a little more patience with its forms.</p></article></body></html>`
}

const whole = `<p>Torbay Council has shut its network down after a cyber attack.</p><p>Its phones are down.</p>`

func rss(items ...string) string {
	return `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Test Gazette</title>` + strings.Join(items, "") + `</channel></rss>`
}

func summaryItem(path string) string {
	return `<item><title>Title of ` + path + `</title><link>SITE` + path + `</link><guid>` + path + `</guid><pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate><description>A summary.</description></item>`
}

func wholeItem(path string) string {
	return `<item><title>Whole</title><link>SITE` + path + `</link><guid>` + path + `</guid><pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate><content:encoded><![CDATA[` + whole + `]]></content:encoded></item>`
}

func TestLoadFromTheWeb(t *testing.T) {
	t.Parallel()
	b, s := newBench(t), newSite(t)
	s.set("/a", page("Rutland council struck", "Rutland County Council said that its systems were encrypted in a ransomware attack on 2 March 2024."), "/feed", rss(wholeItem("/b")))
	status, out, errs := b.run("", "load", s.URL+"/a", s.URL+"/none", s.URL+"/feed", "http://127.0.0.1:1/")
	wants(t, out, "articles: 2 new, 0 unchanged, 0 replaced, 2 failed")
	wants(t, errs, s.URL+"/none: the server answered 404 Not Found", "http://127.0.0.1:1/: it cannot be fetched")
	if status != 1 {
		t.Errorf("status %d", status)
	}
	wants(t, b.must("", "export"), `"url":"`+s.URL+`/a"`, `"published_on":"2024-03-04"`, `"url":"`+s.URL+`/b"`)
	if len(s.agents) != 1 || !s.agents[fetch.UserAgent] {
		t.Errorf("user agents %v", s.agents)
	}
}

func TestWatch(t *testing.T) {
	t.Parallel()
	b, s := newBench(t), newSite(t)
	feed := s.URL + "/feed"
	s.set("/robots.txt", "User-agent: *\nDisallow: /private", "/feed", rss(summaryItem("/one"), wholeItem("/two"), summaryItem("/private/three"), summaryItem("/gone")),
		"/one", page("First", "Rutland County Council said that its systems were encrypted in a ransomware attack on 2 March 2024."))
	status, out, errs := b.run("", "watch", "--once", feed)
	wants(t, out, "articles: 2 new, 0 unchanged, 0 replaced, 2 failed")
	wants(t, errs, "/private/three: the site's robots.txt does not allow it", "/gone: the server answered 404 Not Found")
	if diff := cmp.Diff([]string{"/robots.txt", "/feed", "/one", "/gone"}, s.requests()); diff != "" || status != 1 {
		t.Errorf("status %d, requests (-want +got):\n%s", status, diff)
	}
	wants(t, b.must("", "export"), `"title":"First"`, `"title":"Whole"`, `"published_on":"2024-03-05"`)

	// The second time only what failed is asked for, and after the third it is given up.
	_, out, _ = b.run("", "watch", "--once", feed)
	wants(t, out, "articles: 0 new, 0 unchanged, 0 replaced, 2 failed; claims: 0; nothing changed")
	if diff := cmp.Diff([]string{"/robots.txt", "/feed", "/gone"}, s.requests()); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
	_, _, errs = b.run("", "watch", "--once", feed)
	wants(t, errs, "given up after 3 times")
	s.requests()

	// Then the feed has not changed, and nothing else is asked for.
	wants(t, b.must("", "watch", "--once", feed), "0 failed; claims: 0; nothing changed")
	if diff := cmp.Diff([]string{"/robots.txt", "=/feed"}, s.requests()); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}

	// A new item comes, dated before the others.
	s.set("/feed", rss(strings.ReplaceAll(summaryItem("/late"), "2024", "2019"), summaryItem("/one")), "/late", page("Late", "Torbay Council said that its phones were down after a cyber attack."))
	wants(t, b.must("", "watch", "--once", feed), "articles: 1 new")
	if diff := cmp.Diff([]string{"/robots.txt", "/feed", "/late"}, s.requests()); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
	if s.most != 1 {
		t.Errorf("%d requests at a time", s.most)
	}
}

func TestWatchTroubles(t *testing.T) {
	t.Parallel()
	b, s := newBench(t), newSite(t)
	s.set("/page", page("No feed", "A council said so."), "/feed", rss(wholeItem("/two")), "/again", rss(wholeItem("/two")))
	s.fail("/down", http.StatusServiceUnavailable)
	status, out, errs := b.run("", "watch", "--once", s.URL+"/page", s.URL+"/down", s.URL+"/feed", s.URL+"/again")
	wants(t, errs, s.URL+"/page: it is no RSS or Atom feed", s.URL+"/down: the server answered 503 Service Unavailable")
	wants(t, out, "articles: 1 new, 1 unchanged, 0 replaced, 2 failed")
	if status != 1 || s.most != 1 {
		t.Errorf("status %d, %d requests at a time", status, s.most)
	}
	b.write("store.db.feeds.json", "frob")
	status, _, errs = b.run("", "watch", "--once", s.URL+"/feed")
	wants(t, errs, "holds no cursor", "delete it")
	if status != 1 {
		t.Errorf("status %d", status)
	}

	site := newSite(t)
	site.fail("/robots.txt", http.StatusInternalServerError)
	_, _, errs = newBench(t).run("", "watch", "--once", site.URL+"/feed")
	wants(t, errs, "the site's robots.txt: the server answered 500")
	if diff := cmp.Diff([]string{"/robots.txt"}, site.requests()); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}

// TestWatchGoesOn follows a feed over several rounds until it is interrupted.
func TestWatchGoesOn(t *testing.T) {
	t.Parallel()
	b, s := newBench(t), newSite(t)
	s.set("/feed", rss(wholeItem("/one")))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var out, errs bytes.Buffer
	seen := make(chan struct{}, 100)
	notice := writer(func(p []byte) (int, error) {
		if bytes.Contains(p, []byte("so far")) {
			seen <- struct{}{}
		}
		return errs.Write(p)
	})
	ended := make(chan int)
	go func() {
		m := &Main{Getenv: func(name string) string { return b.env[name] }, Client: &http.Client{}}
		ended <- m.Run(ctx, []string{"watch", "--interval=10ms", s.URL + "/feed"}, strings.NewReader(""), &out, notice)
	}()
	<-seen
	s.set("/feed", rss(wholeItem("/one"), wholeItem("/two"), wholeItem("/three")))
	<-seen
	cancel()
	if status := <-ended; status != 0 {
		t.Errorf("status %d: %s", status, errs.String())
	}
	wants(t, out.String(), "articles: 3 new, 0 unchanged")
}

type writer func([]byte) (int, error)

func (w writer) Write(p []byte) (int, error) { return w(p) }

func TestPause(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		failures int
		err      error
		want     time.Duration
	}{
		{0, nil, time.Minute},
		{1, io.ErrUnexpectedEOF, 2 * time.Minute},
		{3, io.ErrUnexpectedEOF, 8 * time.Minute},
		{99, io.ErrUnexpectedEOF, 24 * time.Hour},
		{1, fmt.Errorf("robots: %w", &fetch.Answered{Status: 429, After: "600"}), 10 * time.Minute},
		{1, &fetch.Answered{Status: 503, After: "9999999"}, 24 * time.Hour},
	} {
		if got := pause(time.Minute, test.failures, test.err); got != test.want {
			t.Errorf("pause after %d failures and %v: %s, want %s", test.failures, test.err, got, test.want)
		}
	}
}

func TestRobots(t *testing.T) {
	t.Parallel()
	const text = "\ufeffUser-agent: OtherBot\nUser-agent: AnotherBot\nDisallow: /\n\n# a note\nUser-agent: *\nDisallow: /private\nAllow: /private/press\nDisallow: /*.pdf$\nDisallow: /search?q=\nDisallow:\nCrawl-delay: 2\nSitemap: https://gazette.example/map\n"
	for _, test := range []struct {
		robots, path string
		allowed      bool
	}{
		{text, "/", true},
		{text, "", true},
		{text, "/private", false},
		{text, "/private/minutes", false},
		{text, "/private/press/1", true},
		{text, "/a.pdf", false},
		{text, "/a.pdf?x=1", true},
		{text, "/search?q=bins", false},
		{"", "/private", true},
		{"<html>not found</html>", "/a", true},
		{"User-agent: *\nDisallow: /\n\nUser-agent: Spillover-loader\nDisallow: /x", "/a", true},
		{"User-agent: *\nDisallow: /", "/a", false},
		{"User-agent: *\nDisallow: /a\nAllow: /a", "/a", true},
	} {
		u, err := url.Parse("https://gazette.example" + test.path)
		if err != nil {
			t.Fatal(err)
		}
		if got := parseRobots([]byte(test.robots)).allows(u); got != test.allowed {
			t.Errorf("%q allows %q: %v", test.robots, test.path, got)
		}
	}
	if d := parseRobots([]byte(text)).delay; d != 2*time.Second {
		t.Errorf("delay %s", d)
	}
}

// TestServer loads through an API that answers as ours does.
func TestServer(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.env["SPILLOVER_TOKEN"] = "secret"
	var got []map[string]any
	answer := func(w http.ResponseWriter, r *http.Request) {
		var request struct {
			Query     string
			Variables struct {
				Input struct{ Articles []map[string]any }
			}
		}
		if err := json.NewDecoder(r.Body).Decode(&request); err != nil || !strings.Contains(request.Query, "ingestArticles") || r.URL.Path != "/graphql" {
			t.Error(r.URL, request, err)
		}
		if r.Header.Get("Authorization") != "Bearer secret" {
			_, _ = io.WriteString(w, `{"errors":[{"message":"a token is needed","extensions":{"code":"UNAUTHENTICATED"}}]}`)
			return
		}
		got = request.Variables.Input.Articles
		_, _ = io.WriteString(w, `{"data":{"ingestArticles":{"results":[{"articleId":"article:1","status":"NEW","claims":3,"reason":null},{"articleId":null,"status":"REFUSED","claims":0,"reason":"too odd"}]}}}`)
	}
	server := httptest.NewServer(http.HandlerFunc(answer))
	defer server.Close()
	in := `{"title": "One", "text": "A council.", "published_on": "2024-03-05", "byline": "Mark Robarts"}` + "\n" + `{"text": "Odd <council>."}`
	status, out, errs := b.run(in, "load", "--server", server.URL, "-")
	wants(t, out, "articles: 1 new, 0 unchanged, 0 replaced, 1 failed; claims: 3")
	wants(t, errs, "-: too odd")
	want := []map[string]any{{"title": "One", "text": "A council.", "publishedOn": "2024-03-05", "byline": []any{"Mark Robarts"}}, {"text": "Odd <council>."}}
	if diff := cmp.Diff(want, got); diff != "" || status != 1 {
		t.Errorf("status %d, articles sent (-want +got):\n%s", status, diff)
	}
	if _, err := os.Stat(b.env["SPILLOVER_DB"]); err == nil {
		t.Error("a store was made although there is a server")
	}
	b.env["SPILLOVER_TOKEN"] = "wrong"
	status, _, errs = b.run(in, "load", "--server", server.URL+"/graphql", "-")
	wants(t, errs, "a token is needed")
	if status != 1 {
		t.Errorf("status %d", status)
	}
	status, _, errs = b.run(in, "load", "--server", newSite(t).URL, "-")
	wants(t, errs, "the server answered 404 Not Found; is it a Spillover server?")
	if status != 1 {
		t.Errorf("status %d", status)
	}
}
