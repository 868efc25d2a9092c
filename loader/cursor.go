package main

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"sync"

	"spillover/ledger"
)

// A cursor remembers, from one run to the next, how far each feed was read: by the items themselves, since
// feeds put late and early dates on what is new.
type cursor struct {
	file  string
	mu    sync.Mutex
	feeds map[string]*feedCursor
}

// A feedCursor is how far one feed was read.
type feedCursor struct {
	ETag     string         `json:"etag,omitempty"`
	Modified string         `json:"modified,omitempty"`
	Items    []string       `json:"items"`           // of the feed as it was last: those that are stored or given up
	Tries    map[string]int `json:"tries,omitempty"` // of items that failed
}

func openCursor(file string) (*cursor, error) {
	c := &cursor{file: file, feeds: map[string]*feedCursor{}}
	raw, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(raw, &c.feeds); err != nil {
		return nil, ledger.Errorf(ledger.Invalid, "%s holds no cursor: %w; delete it to read the feeds anew", file, err)
	}
	return c, nil
}

// of is how far a feed was read.
func (c *cursor) of(feed string) feedCursor {
	c.mu.Lock()
	defer c.mu.Unlock()
	if f := c.feeds[feed]; f != nil {
		return *f
	}
	return feedCursor{}
}

// move keeps how far a feed was read, on disk before it returns.
func (c *cursor) move(feed string, to feedCursor) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.feeds[feed] = &to
	raw, err := json.MarshalIndent(c.feeds, "", "  ")
	if err != nil {
		return err
	}
	return writeWhole(c.file, func(w io.Writer) error {
		_, err := w.Write(append(raw, '\n'))
		return err
	})
}
