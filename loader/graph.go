package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"spillover/article"
	"spillover/ingest"
	"spillover/ledger"
)

type exportCommand struct {
	File string `arg:"" optional:"" default:"-" help:"File to write; - is standard output."`
}

// Run writes the graph. A file appears only when it is whole.
func (c *exportCommand) Run(ctx context.Context, s *session) error {
	return s.withPipeline(ctx, func(p *ingest.Pipeline) error {
		if c.File == standardInput {
			return p.Export(ctx, s.out)
		}
		return writeWhole(c.File, func(w io.Writer) error { return p.Export(ctx, w) })
	})
}

// writeWhole writes a file beside its name and gives it the name when it is whole and on disk.
func writeWhole(name string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // where it was not renamed
	err = write(f)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	return err
}

type importCommand struct {
	File string `arg:"" optional:"" default:"-" help:"File to read; - is standard input."`
}

// Run reads an export into the store.
func (c *importCommand) Run(ctx context.Context, s *session) error {
	began := time.Now()
	in := s.in
	if c.File != standardInput {
		f, err := os.Open(c.File)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	return s.withPipeline(ctx, func(p *ingest.Pipeline) error {
		sum, err := p.Import(ctx, in)
		fmt.Fprintf(s.out, "articles: %d new, %d unchanged, %d replaced; claims: %d; judgements: %d; %.1f seconds\n",
			sum.New, sum.Unchanged, sum.Replaced, sum.Claims, sum.Judgements, time.Since(began).Seconds())
		return err
	})
}

type retractCommand struct {
	Articles []string `arg:"" name:"article" help:"Ids (article:…) or addresses of articles."`
	Reason   string   `help:"Why. It stays in the list of changes; of the article nothing stays."`
	Author   string   `help:"Who says so; the user of the machine where it is not given."`
}

// Run takes the articles out, all those that are there in one transaction.
func (c *retractCommand) Run(ctx context.Context, s *session) error {
	ids := map[string]string{} // to the argument
	var order []string
	for _, arg := range c.Articles {
		id := arg
		if isAddress(arg) {
			url, err := article.CanonicalURL(arg)
			if err != nil {
				s.fail(arg, err)
				continue
			}
			id = ledger.ArticleID(url, "")
		}
		if ids[id] == "" {
			order = append(order, id)
		}
		ids[id] = arg
	}
	return s.withPipeline(ctx, func(p *ingest.Pipeline) error {
		gone, err := p.Retract(ctx, order, ingest.By{Author: cmp.Or(c.Author, s.Getenv("USER"), "loader"), Reason: c.Reason})
		if err != nil {
			return err
		}
		was := map[string]bool{}
		for _, id := range gone {
			was[id] = true
		}
		for _, id := range order {
			if was[id] {
				fmt.Fprintf(s.out, "retracted %s\n", id)
			} else {
				s.fail(ids[id], ledger.Errorf(ledger.NotFound, "there is no such article in the graph"))
			}
		}
		return nil
	})
}
