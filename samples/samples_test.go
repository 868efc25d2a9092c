package samples

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// An article is what a sample says of itself; its gold says the same under "article", but for the text.
type article struct {
	Title       string   `json:"title"`
	Text        string   `json:"text"`
	URL         *string  `json:"url"`
	Publisher   string   `json:"publisher"`
	PublishedOn string   `json:"published_on"`
	Byline      []string `json:"byline"`
}

func TestSamples(t *testing.T) {
	t.Parallel()
	articles, err := Articles()
	if err != nil || len(articles) < 12 {
		t.Fatalf("%d articles, error %v", len(articles), err)
	}
	said := map[string]bool{} // every value of every key of the annotations
	for _, s := range articles {
		var a article
		decode(t, s.Name, s.Data, &a)
		if _, err := time.Parse(time.DateOnly, a.PublishedOn); err != nil {
			t.Errorf("%s: %v", s.Name, err)
		}
		if a.Publisher != "Spillover sample digest" || a.URL != nil || len(a.Byline) > 0 || a.Title == "" {
			t.Errorf("%s: %+v", s.Name, a)
		}
		if !strings.Contains(a.Text, "\n\nFacts: ") || strings.ContainsAny(a.Text, "\"“”") {
			t.Errorf("%s must end with the reports that its facts come from, and must not quote anybody", s.Name)
		}
		name := strings.TrimSuffix(s.Name, ".json") + ".gold.json"
		data, err := files.ReadFile(name)
		if err != nil {
			t.Error(err)
			continue
		}
		var gold struct {
			Article article `json:"article"`
		}
		decode(t, name, data, &gold)
		gold.Article.Text = a.Text
		if d := cmp.Diff(a, gold.Article); d != "" {
			t.Errorf("%s (-article +gold)\n%s", name, d)
		}
		var all any
		decode(t, name, data, &all)
		visit(all, func(key, value string) {
			said[key+" "+value] = true
			if key == "quote" && (value == "" || !strings.Contains(a.Text, value)) {
				t.Errorf("%s: not in the text: %q", name, value)
			}
		})
	}
	for _, want := range []string{
		"kind RANSOMWARE", "kind DATA_THEFT", "kind DENIAL_OF_SERVICE", "kind ACCIDENTAL_DISCLOSURE", "kind CYBER_ATTACK",
		"kind JOINT_SERVICE", "kind SHARED_SYSTEM", "kind SUPPLIER", "attribution CLAIMED", "attribution REPORTED",
		"impact COMPROMISED", "impact DISRUPTED", "impact SUSPECTED", "impact UNAFFECTED",
		"role NOTIFIED", "role SUPPORTING", "role INVESTIGATING", "state DISRUPTED", "state RESTORED", "state UNAFFECTED",
		"precision DAY", "precision MONTH", "volume 3TB", "official Richard Sword",
	} {
		if !said[want] {
			t.Errorf("no sample shows %s", want)
		}
	}
}

func decode(t *testing.T, name string, data []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(data, into); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}

// visit calls f with every string in v and the key that it stands under.
func visit(v any, f func(key, value string)) {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			if s, ok := value.(string); ok {
				f(key, s)
				continue
			}
			visit(value, f)
		}
	case []any:
		for _, item := range v {
			visit(item, f)
		}
	}
}
