package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"spillover/extract"
)

// The articles of these tests are inventions.
const (
	rutland = `The Test Gazette

Rutland council struck by ransomware
By Eleanor Bold-Harding
4 March 2024

Rutland County Council said that its systems were encrypted in a ransomware attack on 2 March 2024.

The National Cyber Security Centre is helping the council, which has told the Information Commissioner's Office.
`
	torbay = `Torbay council's phones are down

Published: 14:54, 5 March 2024

Torbay Council has shut its network down after a cyber attack. Its phones are down, and it does not know when they will return.
`
)

// A bench is a loader with a store of its own.
type bench struct {
	t   *testing.T
	dir string
	env map[string]string
}

func newBench(t *testing.T) *bench {
	t.Helper()
	dir := t.TempDir()
	return &bench{t: t, dir: dir, env: map[string]string{"SPILLOVER_DB": filepath.Join(dir, "store.db")}}
}

// write puts a file into the bench's folder and gives its path.
func (b *bench) write(name, content string) string {
	b.t.Helper()
	path := filepath.Join(b.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		b.t.Fatal(err)
	}
	return path
}

// run runs the loader.
func (b *bench) run(stdin string, args ...string) (status int, stdout, stderr string) {
	b.t.Helper()
	var out, errs bytes.Buffer
	m := &Main{Getenv: func(name string) string { return b.env[name] }, Client: &http.Client{}}
	status = m.Run(b.t.Context(), args, strings.NewReader(stdin), &out, &errs)
	return status, out.String(), errs.String()
}

// must runs the loader and expects it to go well.
func (b *bench) must(stdin string, args ...string) string {
	b.t.Helper()
	status, out, errs := b.run(stdin, args...)
	if status != 0 {
		b.t.Fatalf("loader %q: status %d\n%s%s", args, status, out, errs)
	}
	return out
}

// wants checks that an output has all of the parts.
func wants(t *testing.T, output string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(output, part) {
			t.Errorf("%q is missing in:\n%s", part, output)
		}
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	first, second := b.write("b.txt", rutland), b.write("a.txt", torbay)
	out := b.must(`{"text": "A third."}`+"\n"+`{"text": "A fourth."}`, "read", first, second, "-", first)
	var got []string
	for dec := json.NewDecoder(strings.NewReader(out)); dec.More(); {
		var r extract.Reading
		if err := dec.Decode(&r); err != nil {
			t.Fatal(err)
		}
		title := ""
		if r.Article.Title != nil {
			title = *r.Article.Title
		}
		got = append(got, filepath.Base(r.Article.Path)+": "+title)
	}
	want := []string{"b.txt: Rutland council struck by ransomware", "a.txt: Torbay council's phones are down", ".: ", ".: ", "b.txt: Rutland council struck by ransomware"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if n := strings.Count(out, "\n"); n != len(want) {
		t.Errorf("%d lines for %d readings", n, len(want))
	}
	if _, err := os.Stat(b.env["SPILLOVER_DB"]); err == nil {
		t.Error("reading made a store")
	}
}

func TestReadKeepsTheOrderOfMany(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	args := []string{"read"}
	var want []string
	for i := range 60 {
		name := "a" + strings.Repeat("x", i) + ".txt"
		args = append(args, b.write(name, strings.Repeat(rutland, 1+(i*7)%5)))
		want = append(want, name)
	}
	var got []string
	for line := range strings.Lines(b.must("", args...)) {
		var r extract.Reading
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		got = append(got, filepath.Base(r.Article.Path))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLoadTwice(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.write("news/b/rutland.txt", rutland)
	b.write("news/a.txt", torbay)
	b.write("news/.hidden/c.txt", "")
	b.write("news/lines.jsonl", `{"text": "A council.", "url": "https://gazette.example/a"}`+"\n"+`{"text": "Another council."}`)
	wants(t, b.must("", "load", filepath.Join(b.dir, "news")), "articles: 4 new, 0 unchanged, 0 replaced, 0 failed; claims: ", " seconds")
	before := b.must("", "export")
	wants(t, before, `"kind":"Article"`, "Rutland")
	wants(t, b.must("", "load", filepath.Join(b.dir, "news")), "articles: 0 new, 4 unchanged, 0 replaced, 0 failed; claims: 0; nothing changed;")
	if diff := cmp.Diff(before, b.must("", "export")); diff != "" {
		t.Errorf("loading again changed the graph:\n%s", diff)
	}
	wants(t, b.must(`{"text": "A council, corrected.", "url": "https://gazette.example/a/?utm_source=x"}`, "load", "-"), "articles: 0 new, 0 unchanged, 1 replaced, 0 failed")
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	good, later := b.write("good.txt", rutland), b.write("later.txt", torbay)
	huge := b.write("huge.txt", "")
	if err := os.Truncate(huge, 100<<20); err != nil {
		t.Fatal(err)
	}
	text := b.write("huge-text.txt", strings.Repeat("A council said so. ", 100<<20/19))
	var z bytes.Buffer
	zip := gzip.NewWriter(&z)
	if _, err := io.WriteString(zip, strings.Repeat(rutland, 50)); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	reasons := []struct{ path, reason string }{
		{b.write("empty.txt", ""), "it is empty"},
		{b.write("binary", "\x7fELF\x00\x01\x02"+strings.Repeat("\x00\x01", 300)), "it is binary"},
		{b.write("cut.json", `{"title": "Cut", "text": "A coun`), "cut off"},
		{b.write("cut.gz", z.String()[:z.Len()/2]), "cut off"},
		{huge, "larger than 32 MB"},
		{text, "larger than 32 MB"},
		{b.write("encoding.txt", "The lorries’ and the depot’s \xff\xfe words"), "wrongly encoded"},
		{b.write("feed.xml", `<?xml version="1.0"?><note/>`), "no RSS or Atom feed"},
		{b.write("shape.json", `{"articles": []}`), `no "text" but "articles"`},
		{b.write("number.json", `{"text": 5}`), `a number as "text"`},
		{filepath.Join(b.dir, "missing.txt"), "no such file"},
	}
	args := []string{"load", good}
	for _, r := range reasons {
		args = append(args, r.path)
	}
	status, out, errs := b.run("", append(args, later)...)
	if status != 1 {
		t.Errorf("status %d", status)
	}
	for _, r := range reasons {
		found := false
		for line := range strings.Lines(errs) {
			found = found || strings.HasPrefix(line, r.path+": ") && strings.Contains(line, r.reason)
		}
		if !found {
			t.Errorf("no line names %s with %q in:\n%s", r.path, r.reason, errs)
		}
	}
	wants(t, out, "articles: 2 new, 0 unchanged, 0 replaced, 11 failed")
	// The graph is that of the good articles alone.
	only := newBench(t)
	only.must("", "load", good, later)
	if diff := cmp.Diff(only.must("", "export"), b.must("", "export")); diff != "" {
		t.Errorf("something of the bad input was stored:\n%s", diff)
	}
}

func TestUndatedAndPublished(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	undated := b.write("undated.txt", "Rutland County Council said that its systems were encrypted in a ransomware attack.\n\nNobody knows more than that.\n")
	b.must("", "load", undated)
	if strings.Contains(b.must("", "export"), "published_on") {
		t.Error("an article without a date was given one")
	}
	wants(t, b.must("", "load", "--published", "2024-02-29", undated), "1 replaced")
	wants(t, b.must("", "export"), `"published_on":"2024-02-29"`)
	status, _, errs := b.run("", "load", "--published", "29/02/2024", undated)
	wants(t, errs, "29/02/2024", "YYYY-MM-DD")
	if status != 2 {
		t.Errorf("status %d", status)
	}
}

func TestExportImport(t *testing.T) {
	t.Parallel()
	b, other := newBench(t), newBench(t)
	b.must("", "load", b.write("a.txt", rutland), b.write("b.txt", torbay))
	file := filepath.Join(b.dir, "graph.jsonl")
	b.must("", "export", file)
	exported, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(b.must("", "export"), string(exported)); diff != "" {
		t.Errorf("file and standard output differ:\n%s", diff)
	}
	wants(t, other.must("", "import", file), "articles: 2 new")
	if diff := cmp.Diff(string(exported), other.must("", "export")); diff != "" {
		t.Errorf("the imported graph is another (-exported +imported):\n%s", diff)
	}
	wants(t, other.must(string(exported), "import"), "0 new")
	if status, _, errs := other.run("{\"frob\":1}\n", "import"); status != 1 {
		t.Errorf("status %d for what is no export: %s", status, errs)
	}
}

func TestRetract(t *testing.T) {
	t.Parallel()
	b, never := newBench(t), newBench(t)
	page := b.write("page.json", `{"text": "Torbay Council has shut its network down after a cyber attack.", "url": "https://gazette.example/torbay", "published_on": "2024-03-05"}`)
	article := b.write("a.txt", rutland)
	b.must("", "load", article, page)
	never.must("", "load", article)
	wants(t, b.must("", "retract", "https://GAZETTE.example/torbay/"), "retracted article:")
	if diff := cmp.Diff(never.must("", "export"), b.must("", "export")); diff != "" {
		t.Errorf("retracting left something (-never loaded +retracted):\n%s", diff)
	}
	status, _, errs := b.run("", "retract", "https://gazette.example/torbay", "article:0000000000000000")
	wants(t, errs, "https://gazette.example/torbay: there is no such article", "article:0000000000000000: there is no such article")
	if status != 1 {
		t.Errorf("status %d", status)
	}
}

func TestArguments(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, test := range []struct {
		args   []string
		status int
		want   string
	}{
		{nil, 2, "expected one of"},
		{[]string{"frob"}, 2, "unexpected argument frob"},
		{[]string{"load"}, 2, "expected \"<path> ...\""},
		{[]string{"--help"}, 0, "NEO4J_URI"},
		{[]string{"load", "--help"}, 0, "--published"},
		{[]string{"load", "--server", "nowhere", "x"}, 1, "http://127.0.0.1:8080"},
		{[]string{"load", "--server", "http://127.0.0.1:1", "x"}, 1, "SPILLOVER_TOKEN"},
		{[]string{"watch", "feed.xml"}, 1, "no address"},
		{[]string{"watch", "--interval=0s", "https://gazette.example/feed"}, 1, "--interval"},
	} {
		status, out, errs := b.run("", test.args...)
		if status != test.status {
			t.Errorf("%q: status %d, want %d", test.args, status, test.status)
		}
		wants(t, out+errs, test.want)
	}
}

func TestInterrupted(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out, errs bytes.Buffer
	m := &Main{Getenv: func(name string) string { return b.env[name] }, Client: &http.Client{}}
	if status := m.Run(ctx, []string{"load", b.write("a.txt", rutland)}, strings.NewReader(""), &out, &errs); status != 1 {
		t.Errorf("status %d", status)
	}
	wants(t, errs.String(), "interrupted")
}

func TestTerminal(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var out, errs bytes.Buffer
	m := &Main{Getenv: func(name string) string { return b.env[name] }, Client: &http.Client{}, Terminal: true}
	status := m.Run(t.Context(), []string{"load", b.write("a.txt", rutland), b.write("none", "")}, strings.NewReader(""), &out, &errs)
	if status != 1 {
		t.Errorf("status %d", status)
	}
	wants(t, errs.String(), "loading", "none: it is empty\n")
	wants(t, out.String(), "articles: 1 new, 0 unchanged, 0 replaced, 1 failed")
}
