package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"spillover/article"
	"spillover/gazetteer"
	"spillover/ingest"
	"spillover/ledger"
	"spillover/setup/neo4jtest"
)

// onBoth starts a server on each store, the samples loaded or not, and runs f with each.
func onBoth(t *testing.T, samples bool, f func(t *testing.T, m *Main)) {
	for _, store := range []string{"sqlite", "neo4j"} {
		t.Run(store, func(t *testing.T) {
			config := configured(func(c *Config) {
				c.DB, c.Samples, c.Timeout = filepath.Join(t.TempDir(), "spillover.db"), onOff(samples), patience
			})
			if store == "neo4j" {
				s := neo4jtest.Start(t)
				config.Neo4jURI, config.Neo4jUsername, config.Neo4jPassword, config.Neo4jDatabase = s.URI, s.Username, s.Password, "neo4j"
			}
			m := &Main{Config: config, Out: &output{}, Log: slog.New(slog.DiscardHandler)}
			t.Cleanup(func() {
				if err := m.Close(); err != nil {
					t.Errorf("Close: %v", err)
				}
			})
			if err := m.Run(t.Context()); err != nil {
				t.Fatal(err)
			}
			f(t, m)
		})
	}
}

// ask is the data that a query answers with.
func ask[T any](t *testing.T, m *Main, query string, variables map[string]any) (data T) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	_, text := send(t, request(t, "POST", m.URL()+"/graphql", string(body), "Content-Type", "application/json"))
	answer := struct {
		Data   *T
		Errors json.RawMessage
	}{Data: &data}
	if err := json.Unmarshal([]byte(text), &answer); err != nil || answer.Errors != nil {
		t.Fatalf("%s: %v %s", query, err, text)
	}
	return data
}

type named struct{ Name string }

// incidents is an answer on all incidents, with what the tests below look at.
type incidents struct {
	Incidents struct {
		TotalCount int
		Nodes      []struct {
			Name     string
			Articles struct{ TotalCount int }
			Impacts  []struct {
				Council  named
				Status   string
				Disputed bool
			}
			Spread struct {
				Origins    []named
				Unaffected int
				Hops       []struct {
					From, Via, To named
					Directed      bool
					Distance      int
					Outcome       string
					Evidence      []struct{ Quote string }
				}
			}
		}
	}
	Officials struct{ Nodes []named }
}

const allIncidents = `query($on: Date!) @asOf(date: $on) { incidents(first: 50) { totalCount nodes { name articles { totalCount }
	impacts { council { name } status disputed }
	spread { origins { name } unaffected hops { from { name } via { name } to { name } directed distance outcome evidence { quote } } } } }
	officials(first: 100) { nodes { name } } }`

// now is allIncidents of the whole graph, undated articles included.
var now = strings.NewReplacer("query($on: Date!) @asOf(date: $on) ", "").Replace(allIncidents)

// standings are the impacts of the incident whose name begins so, as "Council: STATUS".
func (in *incidents) standings(t *testing.T, has string) []string {
	t.Helper()
	for _, n := range in.Incidents.Nodes {
		if strings.Contains(n.Name, has) {
			var out []string
			for _, i := range n.Impacts {
				out = append(out, i.Council.Name+": "+i.Status)
			}
			slices.Sort(out)
			return out
		}
	}
	t.Fatalf("no incident's name contains %q: %+v", has, in.Incidents.Nodes)
	return nil
}

// annotated are articles that the project is measured on, by name: all where none is given. They are not part of it; where
// their folder is not beside it, there are none.
func annotated(t *testing.T, names ...string) (articles []ledger.Article) {
	t.Helper()
	folder := filepath.Join("..", "shared", "articles")
	if len(names) == 0 {
		files, err := filepath.Glob(filepath.Join(folder, "*.txt"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			names = append(names, strings.TrimSuffix(filepath.Base(f), ".txt"))
		}
	} else if _, err := os.Stat(folder); err != nil {
		names = nil
	}
	if len(names) == 0 {
		t.Logf("%s is not there: the sample articles alone are asked about", folder)
	}
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(folder, name+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		for a, err := range article.Each(bytes.NewReader(data), article.Options{}) {
			if err != nil {
				t.Fatal(err)
			}
			articles = append(articles, a)
		}
	}
	return articles
}

// All annotated articles, beside the samples, which are on some of the same incidents: those that several report are one, and
// nothing else is.
func TestIncidentsOfAnnotatedArticles(t *testing.T) {
	articles := annotated(t)
	if articles == nil {
		return
	}
	m, _ := start(t, filepath.Join(t.TempDir(), "spillover.db"))
	if _, err := ingest.New(m.store, gazetteer.Default()).Load(t.Context(), articles); err != nil {
		t.Fatal(err)
	}
	several := map[string]int{}
	got := ask[incidents](t, m, now, nil).Incidents
	for _, i := range got.Nodes {
		if n := i.Articles.TotalCount; n > 1 {
			several[i.Impacts[0].Council.Name] = n
		}
	}
	want := map[string]int{"Royal Borough of Kensington and Chelsea": 7, "Leicester City Council": 5, "Canterbury City Council": 3, "Gloucester City Council": 3,
		"London Borough of Hackney": 3, "Adur District Council": 2, "Copeland Borough Council": 2, "St Helens Council": 2}
	if diff := cmp.Diff(want, several); diff != "" {
		t.Errorf("articles of the incidents that several report, by the council named first:\n%s", diff)
	}
	if got.TotalCount != 28 {
		t.Errorf("%d incidents, want 28", got.TotalCount)
	}
}

// The five articles that the project began with: three incidents, each council as a careful reader has it. The articles are
// not part of the project; where their folder is not beside it, there is nothing to load, and the samples below stand
// for them.
func TestSeedArticles(t *testing.T) {
	articles := annotated(t, "leicester-2024-council-statement", "leicester-2024-ukauthority", "east-kent-2024", "kensington-2025", "westminster-2025")
	if articles == nil {
		return
	}
	onBoth(t, false, func(t *testing.T, m *Main) {
		if _, err := ingest.New(m.store, gazetteer.Default()).Load(t.Context(), articles); err != nil {
			t.Fatal(err)
		}
		got := ask[incidents](t, m, now, nil)
		if got.Incidents.TotalCount != 3 {
			t.Errorf("%d incidents, want 3: %+v", got.Incidents.TotalCount, got.Incidents.Nodes)
		}
		for has, want := range map[string][]string{
			"Leicester": {"Leicester City Council: COMPROMISED"},
			"Thanet":    {"Canterbury City Council: DISRUPTED", "Dover District Council: DISRUPTED", "Thanet District Council: DISRUPTED"},
			"Westminster": {"London Borough of Hammersmith and Fulham: UNAFFECTED", "Royal Borough of Kensington and Chelsea: COMPROMISED",
				"Westminster City Council: COMPROMISED"},
		} {
			if diff := cmp.Diff(want, got.standings(t, has)); diff != "" {
				t.Errorf("%s:\n%s", has, diff)
			}
		}
		counts := map[int]int{}
		for _, n := range got.Incidents.Nodes {
			counts[n.Articles.TotalCount]++
			if !strings.Contains(n.Name, "Westminster") {
				continue
			}
			if n.Spread.Unaffected != 1 || !slices.Contains(n.Spread.Origins, named{"Westminster City Council"}) {
				t.Errorf("spread: %+v", n.Spread)
			}
			found := false
			for _, h := range n.Spread.Hops {
				found = found || h.To.Name == "London Borough of Hammersmith and Fulham" && h.Distance == 1 && h.Outcome == "UNAFFECTED" && len(h.Evidence) > 0
			}
			if !found {
				t.Errorf("nothing leads to the partner that held out: %+v", n.Spread.Hops)
			}
		}
		if counts[2] != 2 || counts[1] != 1 {
			t.Errorf("articles of the incidents: %v", counts)
		}
		for _, o := range got.Officials.Nodes {
			for _, reporter := range []string{"Millie Bowles", "Adrian Zorzut", "Mark Say"} {
				if o.Name == reporter {
					t.Errorf("%s, a reporter, is an official", reporter)
				}
			}
		}
		// Undated articles are not known on any day.
		if then := ask[incidents](t, m, allIncidents, map[string]any{"on": "2026-01-01"}); then.Incidents.TotalCount != 2 {
			t.Errorf("as of 2026: %d incidents, want 2", then.Incidents.TotalCount)
		}
	})
}

// The sample articles answer the same from both stores, to the letter: the example queries, and lists paged both ways.
func TestStoresAnswerAlike(t *testing.T) {
	answers := map[string][]string{}
	onBoth(t, true, func(t *testing.T, m *Main) {
		store := t.Name()[strings.LastIndex(t.Name(), "/")+1:]
		files, err := filepath.Glob("queries/*.graphql")
		if err != nil || len(files) == 0 {
			t.Fatalf("no example queries: %v", err)
		}
		for _, file := range files {
			query, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(query), "mutation") || strings.Contains(string(query), "subscription") || strings.Contains(string(query), "readArticles") {
				continue // what is only read is in no store
			}
			variables := map[string]any{}
			if data, err := os.ReadFile(strings.TrimSuffix(file, ".graphql") + ".json"); err == nil {
				if err := json.Unmarshal(data, &variables); err != nil {
					t.Fatal(err)
				}
			}
			answers[store] = append(answers[store], file+" "+fmt.Sprint(ask[map[string]any](t, m, string(query), variables)))
		}
		for _, day := range []string{"2024-04-01", "2025-11-27", "2025-12-10"} {
			answers[store] = append(answers[store], fmt.Sprint(ask[map[string]any](t, m, allIncidents, map[string]any{"on": day})))
		}
		for _, list := range []string{"councils", "sharedArrangements", "incidents", "threatActors", "agencies", "officials", "articles", "claims"} {
			there, back := walk(t, m, list, "first", "after", "endCursor", "hasNextPage"), walk(t, m, list, "last", "before", "startCursor", "hasPreviousPage")
			if diff := cmp.Diff(there, back); diff != "" {
				t.Errorf("%s, forwards and backwards:\n%s", list, diff)
			}
			if len(there) == 0 || len(slices.Compact(slices.Sorted(slices.Values(there)))) != len(there) {
				t.Errorf("%s: %d items, some twice or none at all", list, len(there))
			}
			answers[store] = append(answers[store], fmt.Sprint(list, there))
		}
	})
	if diff := cmp.Diff(answers["sqlite"], answers["neo4j"]); diff != "" {
		t.Errorf("sqlite and neo4j differ:\n%s", diff)
	}
}

// walk pages through a list and gives its ids in the list's order.
func walk(t *testing.T, m *Main, list, count, place, cursor, more string) (ids []string) {
	t.Helper()
	query := fmt.Sprintf(`query($at: String) { list: %s(%s: 7, %s: $at) { totalCount nodes { id } pageInfo { %s %s } } }`, list, count, place, cursor, more)
	var at any
	for {
		page := ask[struct {
			List struct {
				TotalCount int
				Nodes      []struct{ ID string }
				PageInfo   map[string]any
			}
		}](t, m, query, map[string]any{"at": at}).List
		var part []string
		for _, n := range page.Nodes {
			part = append(part, n.ID)
		}
		if count == "first" {
			ids = append(ids, part...)
		} else {
			ids = append(part, ids...)
		}
		if page.PageInfo[more] != true {
			if len(ids) != page.TotalCount {
				t.Errorf("%s by %s: %d items, totalCount %d", list, count, len(ids), page.TotalCount)
			}
			return ids
		}
		at = page.PageInfo[cursor]
	}
}
