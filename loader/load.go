package main

import (
	"context"
	"fmt"
	"time"

	"spillover/ingest"
	"spillover/ledger"
)

// A batch is stored in one transaction. These bound its memory, and how long it is until others see it.
const (
	batchArticles = 200
	batchBytes    = 8 << 20
)

// target is where articles go: the store, or a server that has one.
type target interface {
	Load(ctx context.Context, articles []ledger.Article) ([]ingest.Outcome, error)
}

// destination are the flags that say where articles go.
type destination struct {
	Server string `placeholder:"URL" help:"Send the articles to the API of this server in place of the store, for example http://127.0.0.1:8080."`
	Token  string `help:"Token for the server's API, where SPILLOVER_TOKEN is not set. Other users of the machine can see arguments."`
}

// with runs f with where the articles go.
func (d *destination) with(ctx context.Context, s *session, f func(target) error) error {
	if d.Server != "" {
		token := d.Token
		if token == "" {
			token = s.Getenv("SPILLOVER_TOKEN")
		}
		r, err := newRemote(s.Client, d.Server, token)
		if err != nil {
			return err
		}
		return f(r)
	}
	return s.withPipeline(ctx, func(p *ingest.Pipeline) error { return f(p) })
}

type loadCommand struct {
	Paths       []string    `arg:"" name:"path" help:"Files, folders, addresses of pages and feeds, or - for standard input."`
	Published   publishedOn `placeholder:"DATE" help:"Publication day (YYYY-MM-DD) of articles that carry none."`
	destination `embed:""`
}

// Run loads the articles in batches.
func (c *loadCommand) Run(ctx context.Context, s *session) error {
	return c.with(ctx, s, func(to target) error {
		l := newLoading(s, to)
		err := c.load(ctx, l)
		l.progress.end()
		fmt.Fprintln(s.out, l.summary())
		return err
	})
}

func (c *loadCommand) load(ctx context.Context, l *loading) error {
	names := expand(c.Paths)
	l.progress.expect(len(names))
	pieces := each(ctx, l.s, names, ledger.Date(c.Published), func(_ string, a *ledger.Article) ledger.Article { return *a })
	last := ""
	for p := range pieces {
		if p.name == last {
			l.progress.expectMore() // an input with several articles
		}
		last = p.name
		if p.err != nil {
			l.refuse(p.name, p.err)
			continue
		}
		if err := l.add(ctx, p.name, p.of); err != nil {
			return err
		}
	}
	if err := l.flush(ctx); err != nil {
		return err
	}
	return ctx.Err()
}

// A loading collects articles into batches, stores them and counts what became of them.
type loading struct {
	s        *session
	to       target
	progress *progress
	began    time.Time
	names    []string // of the articles in the batch
	batch    []ledger.Article
	bytes    int

	created, unchanged, replaced, failed, claims int
}

func newLoading(s *session, to target) *loading {
	return &loading{s: s, to: to, progress: s.newProgress(), began: time.Now()}
}

// refuse counts an input that could not be loaded, and says why.
func (l *loading) refuse(name string, err error) {
	l.progress.clear()
	l.s.fail(name, err)
	l.failed++
	l.progress.done(1)
}

// add puts an article into the batch, and stores the batch where it is full.
func (l *loading) add(ctx context.Context, name string, a ledger.Article) error {
	l.names, l.batch, l.bytes = append(l.names, name), append(l.batch, a), l.bytes+len(a.Text)
	if len(l.batch) >= batchArticles || l.bytes >= batchBytes {
		return l.flush(ctx)
	}
	return nil
}

// flush stores the batch. After an error nothing of it is stored.
func (l *loading) flush(ctx context.Context) error {
	if len(l.batch) == 0 {
		return nil
	}
	names, batch := l.names, l.batch
	l.names, l.batch, l.bytes = nil, nil, 0
	outcomes, err := l.to.Load(ctx, batch)
	if err != nil {
		return err
	}
	for i, o := range outcomes {
		switch o.Status {
		case ingest.StatusNew:
			l.created++
			l.claims += o.Claims
		case ingest.StatusReplaced:
			l.replaced++
			l.claims += o.Claims
		case ingest.StatusUnchanged:
			l.unchanged++
		default:
			l.refuse(names[i], o.Err)
			continue
		}
		l.progress.done(1)
	}
	l.progress.say("%s so far", l.counts())
	return nil
}

// counts says what became of the articles.
func (l *loading) counts() string {
	return fmt.Sprintf("articles: %d new, %d unchanged, %d replaced, %d failed; claims: %d", l.created, l.unchanged, l.replaced, l.failed, l.claims)
}

// summary is the last line: the counts, the time, and that nothing changed where nothing did.
func (l *loading) summary() string {
	note := ""
	if l.created+l.replaced == 0 {
		note = "; nothing changed"
	}
	return fmt.Sprintf("%s%s; %.1f seconds", l.counts(), note, time.Since(l.began).Seconds())
}
