// Package ingest is the one pipeline by which articles enter the graph and leave it, for the loader and the API alike:
// read, make records, find what they may be one incident with, derive anew, and write the difference in one
// transaction.
//
// It holds no rule of reading (package extract) or of identity (package identity), and does not know which store it
// writes to.
package ingest

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"sync"

	"spillover/article"
	"spillover/extract"
	"spillover/gazetteer"
	"spillover/identity"
	"spillover/ledger"
)

// A Pipeline reads articles and keeps a store's graph true to the articles and judgements in it. It may be used from
// many goroutines; the store puts its writes in a row.
type Pipeline struct {
	store  ledger.Store
	g      *gazetteer.Gazetteer
	reader *extract.Reader
}

// New is a pipeline into store with the names of g.
func New(store ledger.Store, g *gazetteer.Gazetteer) *Pipeline {
	return &Pipeline{store: store, g: g, reader: extract.New(g)}
}

// A Status says what became of an article that was to be loaded.
type Status string

// What may become of an article.
const (
	StatusNew       Status = "NEW"
	StatusUnchanged Status = "UNCHANGED" // the same content was there
	StatusReplaced  Status = "REPLACED"  // it was there with other content
	StatusRefused   Status = "REFUSED"
)

// An Outcome is what became of one article.
type Outcome struct {
	Article string // id
	Status  Status
	Claims  int   // that it makes
	Err     error // why it was refused
}

// Read is what an article says. It touches no store.
func (p *Pipeline) Read(a *ledger.Article) *extract.Reading { return p.reader.Read(a) }

// Load stores articles in one transaction: all of those that are not refused, or on an error none. Outcomes are aligned
// with the articles. Of several with one id the last counts.
func (p *Pipeline) Load(ctx context.Context, articles []ledger.Article) (outcomes []Outcome, err error) {
	defer ledger.Wrap(&err, "load %d articles", len(articles))
	records := make([]*ledger.Record, len(articles))
	outcomes = make([]Outcome, len(articles))
	p.each(len(articles), func(i int) {
		a := &articles[i]
		outcomes[i].Article = a.ID
		if outcomes[i].Err = check(a); outcomes[i].Err != nil {
			outcomes[i].Status = StatusRefused
			return
		}
		records[i] = identity.NewRecord(a, p.reader.Read(a), p.g)
		outcomes[i].Claims = len(records[i].Claims)
	})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var read []*ledger.Record
	for _, r := range records {
		if r != nil {
			read = append(read, r)
		}
	}
	status, err := p.Put(ctx, read)
	if err != nil {
		return nil, err
	}
	for i, r := range records {
		if r != nil {
			outcomes[i].Status = status[r]
		}
	}
	return outcomes, nil
}

// Put stores records, of articles that are read already, in one transaction, and says what became of each. Of several of one article the last counts.
func (p *Pipeline) Put(ctx context.Context, records []*ledger.Record) (status map[*ledger.Record]Status, err error) {
	last := map[string]*ledger.Record{}
	for _, r := range records {
		last[r.Article.ID] = r
	}
	ids := sortedKeys(last)
	err = p.store.Update(ctx, func(tx ledger.Tx) error {
		had, err := tx.Records(ctx, ids)
		if err != nil {
			return err
		}
		var put []*ledger.Record
		status = map[*ledger.Record]Status{}
		for _, r := range records {
			status[r] = StatusUnchanged
		}
		for i, id := range ids {
			r := last[id]
			switch {
			case had[i] == nil:
				status[r] = StatusNew
			case !same(had[i], r):
				status[r] = StatusReplaced
			default:
				continue
			}
			put = append(put, r)
		}
		return p.replace(ctx, tx, nil, put, nil, nil)
	})
	return status, err
}

// check refuses an article that could not be told from others or whose claims could not be checked.
func check(a *ledger.Article) error {
	switch {
	case a.Text == "":
		return ledger.Errorf(ledger.Invalid, "the article has no text")
	case a.Digest != ledger.Digest(a.Text) || a.ID != ledger.ArticleID(a.URL, a.Digest):
		return ledger.Errorf(ledger.Invalid, "the article's id does not follow from its URL and text")
	}
	if a.PublishedOn != "" {
		if _, err := ledger.ParseDate(string(a.PublishedOn)); err != nil {
			return err
		}
	}
	return nil
}

// same is whether two records of an article were made of the same content by the same reader.
func same(a, b *ledger.Record) bool {
	x, y := &a.Article, &b.Article
	return a.Reader == b.Reader && x.Digest == y.Digest && x.Title == y.Title && x.Publisher == y.Publisher && x.URL == y.URL &&
		x.PublishedOn == y.PublishedOn && slices.Equal(x.Byline, y.Byline) && x.Origin == y.Origin
}

// Retract removes articles, by id or URL, and all that followed from them. It gives the ids of those that were there.
func (p *Pipeline) Retract(ctx context.Context, articles []string, by By) (gone []string, err error) {
	defer ledger.Wrap(&err, "retract")
	var ids []string
	for _, a := range articles {
		if !strings.HasPrefix(a, "article:") {
			url, err := article.CanonicalURL(a)
			if err != nil {
				return nil, err
			}
			a = ledger.ArticleID(url, "")
		}
		ids = append(ids, a)
	}
	ids = ledger.Set(ids...)
	err = p.store.Update(ctx, func(tx ledger.Tx) error {
		gone = nil
		had, err := tx.Records(ctx, ids)
		if err != nil {
			return err
		}
		for i, r := range had {
			if r != nil && r.Article.Origin != ledger.FromDataSet {
				gone = append(gone, ids[i])
			}
		}
		if err := p.replace(ctx, tx, gone, nil, nil, nil); err != nil || len(gone) == 0 {
			return err
		}
		before, after := make([]ledger.Stood, len(gone)), make([]ledger.Stood, len(gone))
		for i, id := range gone {
			before[i], after[i] = ledger.Stood{ID: id, LeadsTo: id}, ledger.Stood{ID: id}
		}
		return note(ctx, tx, ledger.ActRetractArticle, by, before, after)
	})
	return gone, err
}

// Seed brings the reference data of the gazetteer into the store: what is there already is left alone, what is no
// longer part of it is dropped. Where the gazetteer or the reader is another than the one by which the graph was made, the
// records are kept and all that is derived is made anew.
func (p *Pipeline) Seed(ctx context.Context) (err error) {
	defer ledger.Wrap(&err, "seed")
	want := map[string]*ledger.Record{}
	for _, r := range p.g.Records() {
		want[r.Article.ID] = r
	}
	var stale []string
	current := 0
	page := ledger.ListQuery{Kind: ledger.ArticleKind, At: ledger.Undated, Facets: [][]string{{"origin:" + string(ledger.FromDataSet)}},
		Order: ledger.ByName, Page: ledger.Page{Limit: 1000}}
	for {
		got, err := p.store.List(ctx, page)
		if err != nil {
			return err
		}
		for _, item := range got.Items {
			if want[item.Thing.ID] != nil {
				current++
			} else {
				stale = append(stale, item.Thing.ID)
			}
		}
		if !got.HasMore {
			break
		}
		page.Page.After = &got.Items[len(got.Items)-1].Cursor
	}
	if current == len(want) && len(stale) == 0 {
		return nil // ids follow from the texts, which name the gazetteer's version
	}
	var put []*ledger.Record
	for _, id := range sortedKeys(want) {
		put = append(put, want[id])
	}
	err = p.store.Update(ctx, func(tx ledger.Tx) error {
		return p.replace(ctx, tx, stale, put, nil, nil)
	})
	if err != nil || len(stale) == 0 {
		return err
	}
	return p.Rebuild(ctx)
}

// each runs f for 0 to n-1 on all cores.
func (p *Pipeline) each(n int, f func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
