package storetest

import (
	"fmt"
	"testing"

	"spillover/ledger"
)

// The size of the graph that BenchmarkAll reads: about what a few years of news make.
const (
	benchCouncils  = 400
	benchIncidents = 1000
	benchClaims    = 10 // an incident
)

// BenchmarkAll times the main reads, and writing one article, on a graph of 400 councils, 1,000 incidents and as many articles. open
// gives an empty store, which BenchmarkAll closes.
func BenchmarkAll(b *testing.B, open func(b *testing.B) ledger.Store) {
	s := open(b)
	defer s.Close(b.Context())
	gazetteer := record("gazetteer", "")
	gazetteer.Article.Origin = ledger.FromDataSet
	var councils []string
	for i := range benchCouncils {
		council := alder
		council.ID, council.Name = fmt.Sprintf("council:%03d", i), fmt.Sprintf("Council %03d of Somewhere", i)
		gazetteer.Things, councils = append(gazetteer.Things, council), append(councils, council.ID)
	}
	apply(b, s, &ledger.Change{PutRecords: []*ledger.Record{gazetteer}})
	for i := 0; i < benchIncidents; i += 100 {
		c := &ledger.Change{}
		for j := range 100 {
			c = joined(c, article(i+j))
		}
		apply(b, s, c)
	}
	var incidents []string
	for i := range 50 {
		incidents = append(incidents, fmt.Sprintf("incident:%d", i*20))
	}
	ctx, page := b.Context(), ledger.Page{Limit: 50, WithTotal: true}
	for _, bench := range []struct {
		name string
		run  func(i int) error
	}{
		{"Things/1", func(i int) error { _, err := s.Things(ctx, councils[i%benchCouncils:][:1], ledger.Undated); return err }},
		{"Things/400", func(int) error { _, err := s.Things(ctx, councils, ledger.Undated); return err }},
		{"Claims/1", func(i int) error {
			_, err := s.Claims(ctx, ledger.ClaimQuery{IDs: incidents[i%50:][:1], At: ledger.Undated, Page: ledger.Page{Limit: -1}})
			return err
		}},
		{"Claims/400", func(int) error {
			_, err := s.Claims(ctx, ledger.ClaimQuery{IDs: councils, At: ledger.Undated, Page: ledger.Page{Limit: -1}})
			return err
		}},
		{"Claims/400x5", func(int) error {
			_, err := s.Claims(ctx, ledger.ClaimQuery{IDs: councils, At: ledger.Undated, Page: ledger.Page{Limit: 5, WithTotal: true}})
			return err
		}},
		{"Claims/graph", func(int) error {
			_, err := s.Claims(ctx, ledger.ClaimQuery{At: ledger.Undated, Page: page})
			return err
		}},
		{"List/councils", func(int) error {
			_, err := s.List(ctx, ledger.ListQuery{Kind: ledger.Council, At: ledger.Undated, Facets: [][]string{{"nation:England"}}, Page: page})
			return err
		}},
		{"List/incidents", func(int) error {
			_, err := s.List(ctx, ledger.ListQuery{Kind: ledger.Incident, At: ledger.Undated, Order: ledger.ByDate, Desc: true, Page: page})
			return err
		}},
		{"List/articles", func(int) error {
			_, err := s.List(ctx, ledger.ListQuery{Kind: ledger.ArticleKind, At: ledger.Undated, Facets: [][]string{{"origin:ARTICLE"}}, Page: page})
			return err
		}},
		{"Search", func(int) error {
			_, err := s.Search(ctx, ledger.SearchQuery{Words: []string{"council", "01"}, Key: "council 01", At: ledger.Undated, Page: page})
			return err
		}},
		{"Articles/3", func(int) error {
			_, err := s.Articles(ctx, []string{"article:1", "article:2", "article:3"}, ledger.Undated, true)
			return err
		}},
		{"Spans/400", func(int) error { _, err := s.Spans(ctx, councils, ledger.Undated); return err }},
		{"Counts", func(int) error { _, err := s.Counts(ctx, ledger.Undated); return err }},
		{"Update", func(i int) error {
			c := article(benchIncidents + i)
			return s.Update(ctx, func(tx ledger.Tx) error { return tx.Apply(ctx, c) })
		}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				if err := bench.run(i); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// article is the change that the n-th article of the benchmark makes: an incident with claims of some councils.
func article(n int) *ledger.Change {
	on := ledger.Date(fmt.Sprintf("20%02d-%02d-%02d", 10+n%15, 1+n%12, 1+n%28))
	r := mentioning(record(fmt.Sprint(n), on), fmt.Sprint("key:", n))
	c := &ledger.Change{PutRecords: []*ledger.Record{r}}
	for i := range benchClaims {
		council := alder
		council.ID = fmt.Sprintf("council:%03d", (n*7+i*i)%benchCouncils)
		r.Things = append(r.Things, council)
		c.PutClaims = append(c.PutClaims, claim(ledger.Impact, fmt.Sprint("incident:", n), council.ID, fmt.Sprint(i), &r.Article))
	}
	c.PutVersions = []ledger.Version{incident(fmt.Sprint(n), fmt.Sprintf("Incident at council %d", n), on, on, ledger.Forever)}
	return c
}

// joined is two changes in one.
func joined(a, b *ledger.Change) *ledger.Change {
	a.PutRecords, a.PutClaims, a.PutVersions = append(a.PutRecords, b.PutRecords...), append(a.PutClaims, b.PutClaims...), append(a.PutVersions, b.PutVersions...)
	return a
}
