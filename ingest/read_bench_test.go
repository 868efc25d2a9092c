package ingest

import (
	"bytes"
	"testing"

	"spillover/article"
	"spillover/extract"
	"spillover/gazetteer"
	"spillover/identity"
	"spillover/ledger"
	"spillover/samples"
)

// BenchmarkReading takes the sample articles through each stage of reading, on one core: from bytes to an article, from an
// article to a reading, from a reading to a record, and all of it.
func BenchmarkReading(b *testing.B) {
	files, err := samples.Articles()
	if err != nil {
		b.Fatal(err)
	}
	g := gazetteer.Default()
	reader := extract.New(g)
	var articles []*ledger.Article
	var readings []*extract.Reading
	size := 0
	parse := func(data []byte) *ledger.Article {
		for a, err := range article.Each(bytes.NewReader(data), article.Options{}) {
			if err != nil {
				b.Fatal(err)
			}
			return &a
		}
		return nil
	}
	for _, f := range files {
		a := parse(f.Data)
		articles, readings, size = append(articles, a), append(readings, reader.Read(a)), size+len(a.Text)
	}
	for _, stage := range []struct {
		name string
		do   func(i int)
	}{
		{"bytes to article", func(i int) { parse(files[i].Data) }},
		{"article to reading", func(i int) { reader.Read(articles[i]) }},
		{"reading to record", func(i int) { identity.NewRecord(articles[i], readings[i], g) }},
		{"all", func(i int) { a := parse(files[i].Data); identity.NewRecord(a, reader.Read(a), g) }},
	} {
		b.Run(stage.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for i := range files {
					stage.do(i)
				}
			}
			seconds := b.Elapsed().Seconds() / float64(b.N)
			b.ReportMetric(float64(len(files))/seconds, "articles/s")
			b.ReportMetric(float64(size)/1e6/seconds, "MB/s")
		})
	}
}
