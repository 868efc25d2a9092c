package main

import (
	"bytes"
	"context"
	"encoding/json"

	"spillover/extract"
	"spillover/ledger"
)

type readCommand struct {
	Paths     []string    `arg:"" name:"path" help:"Files, folders, addresses of pages, or - for standard input."`
	Published publishedOn `placeholder:"DATE" help:"Publication day (YYYY-MM-DD) of articles that carry none."`
}

// Run prints a reading for each article.
func (c *readCommand) Run(ctx context.Context, s *session) error {
	g, err := s.names()
	if err != nil {
		return err
	}
	reader := extract.New(g)
	lines := each(ctx, s, expand(c.Paths), ledger.Date(c.Published), func(name string, a *ledger.Article) []byte {
		reading := reader.Read(a)
		if name != standardInput {
			reading.Article.Path = name
		}
		return jsonLine(reading)
	})
	for line := range lines {
		if line.err != nil {
			s.fail(line.name, line.err)
			continue
		}
		if _, err := s.out.Write(line.of); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// jsonLine is v as JSON with a line's end. Quotes stay as they are in the text, < and & included.
func jsonLine(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil
	}
	return b.Bytes()
}

// publishedOn is a day given as an argument.
type publishedOn ledger.Date

// UnmarshalText takes a YYYY-MM-DD day.
func (p *publishedOn) UnmarshalText(text []byte) error {
	d, err := ledger.ParseDate(string(text))
	*p = publishedOn(d)
	return err
}
