package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"

	"spillover/article"
	"spillover/fetch"
	"spillover/ledger"
)

type watchCommand struct {
	Feeds       []string      `arg:"" name:"feed-url" help:"Addresses of RSS or Atom feeds."`
	Interval    time.Duration `default:"15m" help:"How often a feed is looked at. After errors it is longer."`
	Once        bool          `help:"Look at each feed once and end."`
	Cursor      string        `placeholder:"FILE" help:"File that remembers what was read; delete it to read the feeds anew. Beside the store's file where it is not given."`
	destination `embed:""`
}

const (
	maxTries  = 3 // of an item's page, in as many rounds
	maxPause  = 24 * time.Hour
	robotsFor = time.Hour // a robots.txt is used without asking again
)

// Run follows the feeds until it is interrupted.
func (c *watchCommand) Run(ctx context.Context, s *session) error {
	for _, feed := range c.Feeds {
		if !isAddress(feed) {
			return ledger.Errorf(ledger.Invalid, "%s is no address of a feed; write it as https://host/path", feed)
		}
	}
	if c.Interval <= 0 {
		return ledger.Errorf(ledger.Invalid, "--interval %s is no time to wait; write it as 15m", c.Interval)
	}
	file := c.Cursor
	if file == "" {
		file = s.storeFile() + ".feeds.json"
	}
	cur, err := openCursor(file)
	if err != nil {
		return err
	}
	return c.with(ctx, s, func(to target) error {
		w := &watcher{s: s, cursor: cur, hosts: map[string]*host{}, loading: newLoading(s, to)}
		err := w.follow(ctx, slices.Compact(slices.Sorted(slices.Values(c.Feeds))), c.Interval, c.Once)
		w.loading.progress.end()
		fmt.Fprintln(s.out, w.loading.summary())
		return err
	})
}

// A watcher follows feeds, each in a goroutine of its own.
type watcher struct {
	s      *session
	cursor *cursor

	hostsMu sync.Mutex
	hosts   map[string]*host

	loadMu  sync.Mutex // one round's articles are stored, counted and reported at a time
	loading *loading
}

// follow looks at each feed, and again after the interval unless once.
func (w *watcher) follow(ctx context.Context, feeds []string, interval time.Duration, once bool) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var wg sync.WaitGroup
	for _, feed := range feeds {
		wg.Go(func() {
			for failures := 0; ; {
				err := w.round(ctx, feed)
				if fatal := (*storeError)(nil); errors.As(err, &fatal) {
					stop(fatal.error)
					return
				}
				if ctx.Err() != nil {
					return
				}
				failures++
				if err == nil {
					failures = 0
				} else {
					w.refuse(feed, err)
				}
				if once || !sleep(ctx, pause(interval, failures, err)) {
					return
				}
			}
		})
	}
	wg.Wait()
	if err := context.Cause(ctx); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil // an interrupt is how watching ends
}

// storeError is an error of the store or the server, which no other feed would be spared.
type storeError struct{ error }

// pause is how long to wait: the interval, doubled with each failure, or as long as the server asks.
func pause(interval time.Duration, failures int, err error) time.Duration {
	wait := min(interval<<min(failures, 16), max(maxPause, interval))
	if a := (*fetch.Answered)(nil); errors.As(err, &a) {
		if seconds, serr := strconv.Atoi(a.After); serr == nil {
			wait = max(wait, min(time.Duration(seconds)*time.Second, maxPause))
		}
	}
	return wait
}

// sleep waits; false where the context ended before.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// round looks at one feed and stores what is new in it. Then alone the cursor moves.
func (w *watcher) round(ctx context.Context, feed string) error {
	at := w.cursor.of(feed)
	answer, body, err := w.get(ctx, feed, at.ETag, at.Modified)
	if err != nil {
		return err
	}
	if body == nil {
		return nil
	}
	items, err := article.Feed(bytes.NewReader(body))
	if err != nil {
		return err
	}
	next := feedCursor{ETag: answer.ETag, Modified: answer.Modified, Items: []string{}, Tries: map[string]int{}}
	var names []string
	var batch []ledger.Article
	for _, item := range items {
		if slices.Contains(next.Items, item.ID) {
			continue
		}
		if slices.Contains(at.Items, item.ID) {
			next.Items = append(next.Items, item.ID)
			continue
		}
		name := item.URL
		if name == "" {
			name = feed
		}
		a, err := w.articleOf(ctx, item)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			next.Tries[item.ID] = at.Tries[item.ID] + 1
			if next.Tries[item.ID] < maxTries {
				next.ETag, next.Modified = "", "" // so that the feed is given again, and with it the item
			} else {
				delete(next.Tries, item.ID)
				next.Items = append(next.Items, item.ID)
				err = fmt.Errorf("%w; given up after %d times", err, maxTries)
			}
			w.refuse(name, err)
			continue
		}
		next.Items = append(next.Items, item.ID)
		names, batch = append(names, name), append(batch, a)
	}
	if err := w.store(ctx, feed, names, batch); err != nil {
		return &storeError{err}
	}
	if err := w.cursor.move(feed, next); err != nil {
		return &storeError{err}
	}
	return nil
}

// store loads what is new of a feed.
func (w *watcher) store(ctx context.Context, feed string, names []string, batch []ledger.Article) error {
	w.loadMu.Lock()
	defer w.loadMu.Unlock()
	if len(batch) > 0 {
		w.loading.progress.say("%s: %d to load", feed, len(batch))
	}
	for i, a := range batch {
		if err := w.loading.add(ctx, names[i], a); err != nil {
			return err
		}
	}
	return w.loading.flush(ctx)
}

func (w *watcher) refuse(name string, err error) {
	w.loadMu.Lock()
	defer w.loadMu.Unlock()
	w.loading.refuse(name, err)
}

// articleOf is the article of an item: as the feed has it, or from its page where the feed has only a summary.
func (w *watcher) articleOf(ctx context.Context, item article.Item) (ledger.Article, error) {
	if item.Whole {
		return item.Article, nil
	}
	if !isAddress(item.URL) {
		return ledger.Article{}, ledger.Errorf(ledger.Invalid, "the feed has neither its text nor its address")
	}
	page, body, err := w.get(ctx, item.URL, "", "")
	if err != nil {
		return ledger.Article{}, err
	}
	options := article.Options{PublishedOn: item.Article.PublishedOn, URL: page.URL, Charset: page.Charset}
	for a, err := range article.Each(bytes.NewReader(body), options) {
		if a.Title == "" {
			a.Title = item.Article.Title
		}
		if len(a.Byline) == 0 {
			a.Byline = item.Article.Byline
		}
		return a, err
	}
	return ledger.Article{}, ledger.Errorf(ledger.Invalid, "its page has no article")
}

// A host is asked one thing at a time.
type host struct {
	mu     sync.Mutex
	robots *robots
	asked  time.Time // when the robots.txt was
	last   time.Time // when anything was
}

// get fetches an address whole, where its site's robots.txt allows it. The body is nil where it has not changed.
func (w *watcher) get(ctx context.Context, address, etag, modified string) (*fetch.Page, []byte, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, nil, ledger.Errorf(ledger.Invalid, "%s is no address", address)
	}
	w.hostsMu.Lock()
	h := w.hosts[u.Scheme+"://"+u.Host]
	if h == nil {
		h = &host{}
		w.hosts[u.Scheme+"://"+u.Host] = h
	}
	w.hostsMu.Unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := w.learnRobots(ctx, h, u); err != nil {
		return nil, nil, err
	}
	if !h.robots.allows(u) {
		return nil, nil, ledger.Errorf(ledger.Invalid, "the site's robots.txt does not allow it")
	}
	if wait := time.Until(h.last.Add(h.robots.delay)); h.robots.delay > 0 && wait > 0 && !sleep(ctx, wait) {
		return nil, nil, ctx.Err()
	}
	defer func() { h.last = time.Now() }()
	return w.whole(ctx, address, etag, modified)
}

func (w *watcher) whole(ctx context.Context, address, etag, modified string) (*fetch.Page, []byte, error) {
	page, err := fetch.Get(ctx, w.s.Client, address, etag, modified)
	if err != nil || page.Body == nil {
		return page, nil, err
	}
	defer page.Body.Close()
	body, err := io.ReadAll(page.Body)
	if err != nil {
		return nil, nil, fetch.Unreachable(err)
	}
	return page, body, nil
}

// learnRobots reads a site's robots.txt. A site without one allows everything, one that fails to give it nothing for now.
func (w *watcher) learnRobots(ctx context.Context, h *host, u *url.URL) error {
	if h.robots != nil && time.Since(h.asked) < robotsFor {
		return nil
	}
	_, body, err := w.whole(ctx, u.Scheme+"://"+u.Host+"/robots.txt", "", "")
	a := (*fetch.Answered)(nil)
	switch {
	case err == nil:
		h.robots = parseRobots(body)
	case errors.As(err, &a) && a.Status >= 400 && a.Status < 500 && a.Status != http.StatusTooManyRequests:
		h.robots = &robots{}
	default:
		return fmt.Errorf("the site's robots.txt: %w", err)
	}
	h.asked = time.Now()
	return nil
}
