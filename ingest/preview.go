package ingest

import (
	"cmp"
	"context"
	"slices"

	"spillover/extract"
	"spillover/identity"
	"spillover/ledger"
)

// A Preview is what an article says, by itself: what it would bring to a graph that has nothing else.
type Preview struct {
	Incidents []ledger.Thing          // in the order of the reading, the article's subject first
	Things    map[string]ledger.Thing // that the claims are about, incidents among them, by id
	Claims    []ledger.Claim          // between them, in the order of the text
	Refusals  []extract.Refusal
}

// Preview reads articles as Load does. It touches no store. Previews are aligned with the articles.
func (p *Pipeline) Preview(ctx context.Context, articles []ledger.Article) ([]*Preview, error) {
	previews := make([]*Preview, len(articles))
	p.each(len(articles), func(i int) {
		if ctx.Err() == nil {
			previews[i] = p.preview(&articles[i])
		}
	})
	return previews, ctx.Err()
}

func (p *Pipeline) preview(a *ledger.Article) *Preview {
	reading := p.reader.Read(a)
	record := identity.NewRecord(a, reading, p.g)
	alone := identity.Derive([]*ledger.Record{record}, nil, p.g)
	out := &Preview{Things: map[string]ledger.Thing{}, Claims: alone.Claims, Refusals: reading.Refusals}
	for _, t := range record.Things {
		out.Things[t.ID] = t
	}
	for _, v := range alone.Versions {
		out.Things[v.Thing.ID] = v.Thing
	}
	for _, m := range record.Mentions {
		if t, ok := out.Things[m.ID]; ok {
			out.Incidents = append(out.Incidents, t)
		}
	}
	slices.SortFunc(out.Claims, func(a, b ledger.Claim) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.ID, b.ID))
	})
	return out
}
