package article

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"spillover/ledger"
)

var update = flag.Bool("update", false, "write what is read as what is wanted; look at the difference")

// A reading is what a file of testdata/pages gives, as its .want file has it: one a line.
type reading struct {
	Title       string      `json:"title"`
	Publisher   string      `json:"publisher"`
	PublishedOn ledger.Date `json:"published_on"`
	Byline      []string    `json:"byline"`
	URL         string      `json:"url,omitempty"`
	Text        string      `json:"text,omitempty"` // where it is not the file itself
	Error       string      `json:"error,omitempty"`
}

// TestPages reads each file of testdata/pages and compares with NAME.want. To add one, put it there and run
// go test ./article -update.
func TestPages(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/pages/*")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, ".want") {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var got bytes.Buffer
			enc := json.NewEncoder(&got)
			enc.SetEscapeHTML(false)
			for a, err := range Each(bytes.NewReader(raw), Options{}) {
				r := reading{Title: a.Title, Publisher: a.Publisher, PublishedOn: a.PublishedOn, Byline: a.Byline, URL: a.URL, Text: a.Text}
				if err != nil {
					r.Error = err.Error()
				} else {
					checkWhole(t, &a)
				}
				if a.Text == string(raw) {
					r.Text = ""
				} else if strings.HasSuffix(file, ".txt") {
					t.Errorf("a plain text was changed to %q", a.Text)
				}
				if err := enc.Encode(r); err != nil {
					t.Fatal(err)
				}
			}
			want := file + ".want"
			if *update {
				if err := os.WriteFile(want, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			expected, err := os.ReadFile(want)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(expected), got.String()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", file, diff)
			}
		})
	}
}

// checkWhole checks what holds for every article.
func checkWhole(t testing.TB, a *ledger.Article) {
	t.Helper()
	if a.Digest != ledger.Digest(a.Text) || a.ID != ledger.ArticleID(a.URL, a.Digest) || a.Origin != ledger.FromNews || strings.TrimSpace(a.Text) == "" {
		t.Errorf("an article that is not whole: %+v", a)
	}
	if a.PublishedOn != "" {
		if _, err := ledger.ParseDate(string(a.PublishedOn)); err != nil {
			t.Error(err)
		}
	}
	if a.URL != "" {
		if again, err := CanonicalURL(a.URL); err != nil || again != a.URL {
			t.Errorf("the canonical form of %q is %q, %v", a.URL, again, err)
		}
	}
}
