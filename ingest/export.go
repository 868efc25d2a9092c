package ingest

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"spillover/ledger"
)

// A line of an export is a thing or an article (ID, Kind) or a claim or a judgement (From, Type, To).
type line struct {
	ID    string          `json:"id,omitempty"`
	Kind  ledger.Kind     `json:"kind,omitempty"`
	From  string          `json:"from,omitempty"`
	Type  string          `json:"type,omitempty"`
	To    string          `json:"to,omitempty"`
	Props json.RawMessage `json:"props"`
}

// articleProps are the props of an article: its record but for the claims, which follow it on lines of their own.
type articleProps struct {
	ledger.Article
	Reader   string           `json:"reader"`
	Things   []ledger.Thing   `json:"things,omitempty"`
	Mentions []ledger.Mention `json:"mentions,omitempty"`
	Refusals []ledger.Refusal `json:"refusals,omitempty"`
}

// claimProps are the props of a claim.
type claimProps struct {
	ledger.Claim
	From      string `json:"from,omitempty"` // hides Claim's: they are the line's own
	To        string `json:"to,omitempty"`
	Retracted bool   `json:"retracted,omitempty"` // an analyst's judgement keeps it out of the graph
}

// thingProps are the props of a thing.
type thingProps struct {
	ledger.Thing
	ID   string      `json:"id,omitempty"` // hides Thing's: they are the line's own
	Kind ledger.Kind `json:"kind,omitempty"`
}

const exportBatch = 200 // records or things in memory at a time

// Export writes the whole graph as JSON lines: things by kind and name, then each article followed by its claims, by id,
// then the judgements. Equal graphs give equal bytes.
func (p *Pipeline) Export(ctx context.Context, w io.Writer) (err error) {
	defer ledger.Wrap(&err, "export")
	buf := bufio.NewWriterSize(w, 1<<16)
	e := &exporter{store: p.store, out: json.NewEncoder(buf)}
	e.out.SetEscapeHTML(false)
	for _, kind := range ledger.Kinds {
		if kind != ledger.ArticleKind {
			if err := e.things(ctx, kind); err != nil {
				return err
			}
		}
	}
	err = p.store.Records(ctx, func(r *ledger.Record) error {
		e.records = append(e.records, r)
		if len(e.records) < exportBatch {
			return nil
		}
		return e.flush(ctx)
	})
	if err == nil {
		err = e.flush(ctx)
	}
	if err != nil {
		return err
	}
	judgements, err := p.store.Judgements(ctx)
	if err != nil {
		return err
	}
	for _, j := range judgements {
		if err := e.line(line{From: j.A, Type: string(j.Kind), To: j.B}, j); err != nil {
			return err
		}
	}
	return buf.Flush()
}

type exporter struct {
	store   ledger.Store
	out     *json.Encoder
	records []*ledger.Record
}

func (e *exporter) line(l line, props any) error {
	return e.out.Encode(struct {
		line
		Props any `json:"props"` // hides line's
	}{l, props})
}

func (e *exporter) things(ctx context.Context, kind ledger.Kind) error {
	q := ledger.ListQuery{Kind: kind, At: ledger.Undated, Order: ledger.ByName, Page: ledger.Page{Limit: exportBatch}}
	for {
		page, err := e.store.List(ctx, q)
		if err != nil {
			return err
		}
		for _, item := range page.Items {
			if err := e.line(line{ID: item.Thing.ID, Kind: kind}, thingProps{Thing: item.Thing}); err != nil {
				return err
			}
		}
		if !page.HasMore {
			return nil
		}
		q.Page.After = &page.Items[len(page.Items)-1].Cursor
	}
}

func (e *exporter) flush(ctx context.Context) error {
	var ids []string
	for _, r := range e.records {
		for i := range r.Claims {
			ids = append(ids, r.Claims[i].ID)
		}
	}
	standing := map[string]ledger.Claim{}
	if len(ids) > 0 {
		pages, err := e.store.Claims(ctx, ledger.ClaimQuery{Claims: ids, At: ledger.Undated, Page: ledger.Page{Limit: -1}})
		if err != nil {
			return err
		}
		for _, c := range pages[0].Claims {
			standing[c.ID] = *c
		}
	}
	for _, r := range e.records {
		props := articleProps{Article: r.Article, Reader: r.Reader, Things: r.Things, Mentions: r.Mentions, Refusals: r.Refusals}
		if err := e.line(line{ID: r.Article.ID, Kind: ledger.ArticleKind}, props); err != nil {
			return err
		}
		for _, c := range r.Claims {
			at, ok := standing[c.ID]
			if !ok {
				at = c
				at.From, at.To = c.Subject, c.Object
			}
			if err := e.line(line{From: at.From, Type: string(c.Predicate), To: at.To}, claimProps{Claim: at, Retracted: !ok}); err != nil {
				return err
			}
		}
	}
	e.records = e.records[:0]
	return nil
}

// A Summary counts what became of articles.
type Summary struct {
	New, Unchanged, Replaced int
	Claims                   int // of those that are new or replaced
	Judgements               int
}

func (s *Summary) add(status Status, claims int) {
	switch status {
	case StatusNew:
		s.New++
	case StatusReplaced:
		s.Replaced++
	case StatusUnchanged:
		s.Unchanged++
		claims = 0
	}
	s.Claims += claims
}

// Import reads what Export wrote into the store, beside what is there; an article that is there with other content is
// replaced. Reference data is left out: the program has its own. An error names the line; what came before it has been
// imported, in whole articles.
func (p *Pipeline) Import(ctx context.Context, r io.Reader) (sum Summary, err error) {
	defer ledger.Wrap(&err, "import")
	im := &importer{p: p, sum: &sum}
	in := bufio.NewReaderSize(r, 1<<16)
	for n := 1; ; n++ {
		text, err := in.ReadBytes('\n')
		if len(text) > 1 {
			if err := im.line(ctx, text); err != nil {
				return sum, ledger.Errorf(ledger.KindOf(err), "line %d: %w", n, err)
			}
		}
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return sum, err
		}
	}
	return sum, im.flush(ctx, 0)
}

type importer struct {
	p       *Pipeline
	sum     *Summary
	records []*ledger.Record
}

func (im *importer) line(ctx context.Context, text []byte) error {
	var l line
	if err := json.Unmarshal(text, &l); err != nil {
		return ledger.Errorf(ledger.Invalid, "no line of an export: %w", err)
	}
	switch {
	case l.Kind == ledger.ArticleKind:
		var a articleProps
		if err := json.Unmarshal(l.Props, &a); err != nil {
			return ledger.Errorf(ledger.Invalid, "article %s: %w", l.ID, err)
		}
		if a.ID != l.ID || a.Digest != ledger.Digest(a.Text) {
			return ledger.Errorf(ledger.Invalid, "article %s: its id or the digest of its text is another", l.ID)
		}
		if err := im.flush(ctx, exportBatch); err != nil {
			return err
		}
		im.records = append(im.records, &ledger.Record{Article: a.Article, Reader: a.Reader, Things: a.Things, Mentions: a.Mentions, Refusals: a.Refusals})
		return nil
	case l.ID != "":
		return nil // things follow from articles
	case l.Type == string(ledger.SameAs), l.Type == string(ledger.NotSameAs), l.Type == string(ledger.RetractClaim):
		var j ledger.Judgement
		if err := json.Unmarshal(l.Props, &j); err != nil || j.A != l.From || j.B != l.To || j.Author == "" {
			return ledger.Errorf(ledger.Invalid, "a judgement on %s and %s that is not whole", l.From, l.To)
		}
		if err := im.flush(ctx, 0); err != nil {
			return err
		}
		im.sum.Judgements++
		return im.p.judgeOnce(ctx, j)
	case slices.Contains(ledger.Predicates, ledger.Predicate(l.Type)):
		var c claimProps
		if err := json.Unmarshal(l.Props, &c); err != nil {
			return ledger.Errorf(ledger.Invalid, "claim from %s to %s: %w", l.From, l.To, err)
		}
		return im.claim(c.Claim)
	}
	return ledger.Errorf(ledger.Invalid, "no line of an export: it has neither an id and a kind, nor from, type and to")
}

func (im *importer) claim(c ledger.Claim) error {
	if len(im.records) == 0 || im.records[len(im.records)-1].Article.ID != c.Article {
		return ledger.Errorf(ledger.Invalid, "claim %s does not follow its article %s", c.ID, c.Article)
	}
	r := im.records[len(im.records)-1]
	text := []rune(r.Article.Text)
	if c.Start < 0 || c.End < c.Start || c.End > len(text) || string(text[c.Start:c.End]) != c.Quote {
		return ledger.Errorf(ledger.Invalid, "claim %s: its quote is not in its article at characters %d to %d", c.ID, c.Start, c.End)
	}
	c.From, c.To, c.Witness, c.KnownFrom, c.KnownUntil = "", "", "", "", ""
	if c.ID != ledger.ClaimID(&c) {
		return ledger.Errorf(ledger.Invalid, "claim %s: its id does not follow from its content", c.ID)
	}
	r.Claims = append(r.Claims, c)
	return nil
}

// flush imports the records, where there are at least so many.
func (im *importer) flush(ctx context.Context, least int) error {
	records := slices.DeleteFunc(im.records, func(r *ledger.Record) bool { return r.Article.Origin == ledger.FromDataSet })
	if len(records) < max(least, 1) {
		im.records = records
		return nil
	}
	im.records = nil
	status, err := im.p.Put(ctx, records)
	if err != nil {
		return fmt.Errorf("store %d articles: %w", len(records), err)
	}
	for _, r := range records {
		im.sum.add(status[r], len(r.Claims))
	}
	return nil
}

// judgeOnce records a judgement unless that very one is there.
func (p *Pipeline) judgeOnce(ctx context.Context, j ledger.Judgement) error {
	return p.store.Update(ctx, func(tx ledger.Tx) error {
		all, err := tx.Judgements(ctx)
		if err != nil || slices.Contains(all, j) {
			return err
		}
		return p.replace(ctx, tx, nil, nil, nil, []ledger.Judgement{j})
	})
}
