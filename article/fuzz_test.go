package article

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"spillover/ledger"
)

// seeds adds the files of testdata/pages that match.
func seeds(f *testing.F, patterns ...string) {
	f.Helper()
	for _, pattern := range patterns {
		files, err := filepath.Glob("testdata/pages/" + pattern)
		if err != nil || len(files) == 0 {
			f.Fatal(pattern, err)
		}
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(raw)
		}
	}
}

// sound checks what holds for any article of any input.
func sound(t *testing.T, a *ledger.Article, err error) {
	t.Helper()
	if err != nil {
		if kind := ledger.KindOf(err); kind != ledger.Invalid && kind != ledger.TooLarge {
			t.Errorf("an error of kind %s: %v", kind, err)
		}
		return
	}
	checkWhole(t, a)
	for _, s := range append([]string{a.Title, a.Publisher, a.Text, a.URL}, a.Byline...) {
		if !utf8.ValidString(s) {
			t.Errorf("%q is not UTF-8", s)
		}
	}
	for _, s := range append([]string{a.Title, a.Publisher}, a.Byline...) {
		if strings.ContainsAny(s, "\n\r") {
			t.Errorf("%q has more than one line", s)
		}
	}
}

func FuzzEach(f *testing.F) {
	seeds(f, "*.txt", "*.html", "*.json", "*.jsonl", "*.xml")
	for _, s := range []string{utf16Of(story, "\xff\xfe", false), windows(story), zipped(f, story), "\xef\xbb\xbf" + story, "\x00\x01"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		n := 0
		for a, err := range Each(bytes.NewReader(raw), Options{URL: "https://gazette.example/a"}) {
			n++
			sound(t, &a, err)
		}
		if n == 0 {
			t.Error("an input that gives neither an article nor a reason")
		}
	})
}

func FuzzText(f *testing.F) {
	seeds(f, "*.txt")
	f.Fuzz(func(t *testing.T, raw []byte) {
		text := strings.ToValidUTF8(string(raw), "?")
		a := fromText(text)
		if a.Text != text {
			t.Errorf("the text was changed to %q", a.Text)
		}
		if err := finish(&a, Options{}); err == nil {
			sound(t, &a, nil)
		}
	})
}

func FuzzHTML(f *testing.F) {
	seeds(f, "*.html")
	f.Fuzz(func(t *testing.T, raw []byte) {
		a, err := fromHTML(raw, Options{})
		if err == nil {
			err = finish(&a, Options{})
		}
		sound(t, &a, err)
	})
}

func FuzzJSON(f *testing.F) {
	seeds(f, "*.json", "*.jsonl")
	f.Fuzz(func(t *testing.T, raw []byte) {
		for a, err := range Each(bytes.NewReader(append([]byte(`{"text":`), raw...)), Options{}) {
			sound(t, &a, err)
		}
		if a, err := fromJSON(raw); err == nil {
			sound(t, &a, finish(&a, Options{}))
		}
	})
}

func FuzzFeed(f *testing.F) {
	seeds(f, "*.xml")
	f.Fuzz(func(t *testing.T, raw []byte) {
		items, err := Feed(bytes.NewReader(raw))
		sound(t, &ledger.Article{Text: "-", Digest: ledger.Digest("-"), ID: ledger.ArticleID("", ledger.Digest("-")), Origin: ledger.FromNews}, err)
		for _, item := range items {
			if item.Whole {
				sound(t, &item.Article, nil)
			}
		}
	})
}
