package ingest

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"spillover/extract"
	"spillover/gazetteer"
	"spillover/identity"
	"spillover/ledger"
)

// archive is the records of n made-up articles, eight on each incident, one incident a month at each of many councils.
func archive(n int) []*ledger.Record {
	g := gazetteer.Default()
	var present []gazetteer.Council
	for _, c := range g.Councils {
		if c.CeasedOn == "" {
			present = append(present, c)
		}
	}
	records := make([]*ledger.Record, n)
	for i := range records {
		incident := i / 8
		c := present[incident%len(present)]
		began := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, incident/len(present)*120)
		on := began.Format(time.DateOnly)
		text := fmt.Sprintf("Report %d. Systems were disrupted at %s. The words of this report number %d are its own and of nobody else, as far as anybody can tell of report %d.", i, c.Name, i, i*7)
		a := ledger.Article{Title: fmt.Sprint("Report ", i), Publisher: fmt.Sprint("Paper ", i%8), URL: fmt.Sprint("https://example.org/", i),
			PublishedOn: ledger.Date(began.AddDate(0, 0, i%8).Format(time.DateOnly)), Text: text, Digest: ledger.Digest(text), Origin: ledger.FromNews, Sketch: ledger.SketchOf(text)}
		a.ID = ledger.ArticleID(a.URL, a.Digest)
		ev := extract.Evidence{Quote: "Systems", Start: len(fmt.Sprintf("Report %d. ", i)), Certainty: ledger.Stated}
		ev.End = ev.Start + len(ev.Quote)
		precision := "DAY"
		in := extract.Incident{ID: "i1", Kind: "CYBER_ATTACK", IdentifiedOn: &on, Precision: &precision,
			Councils: []extract.CouncilImpact{{Name: c.Name, ID: c.ID, Impact: ledger.Disrupted, Evidence: ev}},
			Agencies: []extract.AgencyRole{{ID: "agency:ncsc", Role: "SUPPORTING", Evidence: ev}, {ID: "agency:ico", Role: "NOTIFIED", Evidence: ev}}}
		for _, s := range []string{"phones", "email", "payments", "planning portal", "website"} {
			in.Services = append(in.Services, extract.ServiceState{Label: s, Council: c.Name, State: ledger.Disrupted, Evidence: ev})
		}
		for _, d := range []string{"rent statements", "passports"} {
			in.Data = append(in.Data, extract.DataKind{Label: d, Evidence: ev})
		}
		records[i] = identity.NewRecord(&a, &extract.Reading{Incidents: []extract.Incident{in}}, g)
	}
	return records
}

// BenchmarkPut stores articles that are read already: finding what they may be one incident with, deriving, writing.
func BenchmarkPut(b *testing.B) {
	const batch = 200
	store := open(b)
	p := New(store, gazetteer.Default())
	records := archive(batch * 100)
	claims, i := 0, 0
	b.ReportAllocs()
	for b.Loop() {
		part := records[i%100*batch : i%100*batch+batch]
		i++
		if _, err := p.Put(context.Background(), part); err != nil {
			b.Fatal(err)
		}
		for _, r := range part {
			claims += len(r.Claims)
		}
	}
	b.ReportMetric(float64(claims)/b.Elapsed().Seconds(), "claims/s")
}

// BenchmarkPutOneIncident stores articles that are all on one incident, in near copies: the worst that a batch can meet.
func BenchmarkPutOneIncident(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		store := open(b)
		p := New(store, gazetteer.Default())
		records := archive(600)
		for _, r := range records {
			for i := range r.Mentions {
				r.Mentions[i].Keys = append(r.Mentions[i].Keys, "council:leicester")
				r.Mentions[i].Struck = []string{"council:leicester"}
				r.Mentions[i].IdentifiedOn = "2024-01-01"
			}
		}
		for batch := range slices.Chunk(records, 200) {
			if _, err := p.Put(context.Background(), batch); err != nil {
				b.Fatal(err)
			}
		}
	}
}
