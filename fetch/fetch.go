// Package fetch gets pages and feeds from the web, for the loader and for the server alike, within limits of size and time.
//
// It makes no articles of them; package article does. The loader fetches what the person at its command line names. The
// server is told by others what to fetch, so its client is [Public]: it reaches nothing but the public internet.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"time"

	"spillover/ledger"
)

const (
	// UserAgent is what we call ourselves.
	UserAgent = "Spillover-loader/1.0 (reads public news about cyber incidents at UK councils)"
	// Most is the most bytes that are read of one answer.
	Most = 64 << 20
	// patience is how long one answer may take, body included, for a person who waits at a command line.
	patience = 60 * time.Second
)

// Anywhere is the loader's client: it fetches from wherever it is told.
func Anywhere() *http.Client { return &http.Client{Timeout: patience} }

// A Page is what an address answered. Body is nil where it has not changed.
type Page struct {
	Body           io.ReadCloser
	URL            string // after redirects
	Charset        string // as declared, "" where it was not
	ETag, Modified string // to ask again by
}

// Get gets an address, or a page without a body where it is still what etag and modified say.
func Get(ctx context.Context, client *http.Client, address, etag, modified string) (*Page, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, ledger.Errorf(ledger.Invalid, "it is not an address of the web; write it as https://example.org/news")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, ledger.Errorf(ledger.Invalid, "it is not an address: %w", err)
	}
	req.Header.Set("User-Agent", UserAgent)
	req.Header.Set("Accept", "text/html, application/rss+xml, application/atom+xml, application/xml;q=0.9, application/json;q=0.8, text/plain;q=0.8, */*;q=0.5")
	req.Header.Set("Accept-Language", "en-GB, en;q=0.8, cy;q=0.5")
	if etag != "" {
		req.Header.Set("If-None-Match", etag)
	}
	if modified != "" {
		req.Header.Set("If-Modified-Since", modified)
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, Unreachable(err)
	}
	page := &Page{URL: resp.Request.URL.String(), ETag: resp.Header.Get("ETag"), Modified: resp.Header.Get("Last-Modified")}
	switch {
	case resp.StatusCode == http.StatusNotModified:
		resp.Body.Close()
		return page, nil
	case resp.StatusCode != http.StatusOK:
		resp.Body.Close()
		return nil, &Answered{Status: resp.StatusCode, After: resp.Header.Get("Retry-After")}
	}
	if _, params, err := mime.ParseMediaType(resp.Header.Get("Content-Type")); err == nil {
		page.Charset = params["charset"]
	}
	page.Body = &capped{ReadCloser: resp.Body, left: Most}
	return page, nil
}

// Answered is an answer of a server that is not the page.
type Answered struct {
	Status int
	After  string // Retry-After
}

func (a *Answered) Error() string {
	return fmt.Sprintf("the server answered %d %s", a.Status, http.StatusText(a.Status))
}

// Unreachable says in a line why an address gave no answer.
func Unreachable(err error) error {
	if refused := (*ledger.Error)(nil); errors.As(err, &refused) {
		return refused // by ourselves
	}
	if e := (*url.Error)(nil); errors.As(err, &e) {
		if errors.Is(e.Err, context.Canceled) {
			return e.Err
		}
		if e.Timeout() {
			return ledger.Errorf(ledger.Unavailable, "it gave no answer in time")
		}
		if dns := (*net.DNSError)(nil); errors.As(e.Err, &dns) {
			return ledger.Errorf(ledger.Unavailable, "its host %s is not known", dns.Name)
		}
		err = e.Err
	}
	return ledger.Errorf(ledger.Unavailable, "it cannot be fetched: %w", err)
}

// A capped body fails once more than its allowance was read.
type capped struct {
	io.ReadCloser
	left int64
}

func (c *capped) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, ledger.Errorf(ledger.TooLarge, "the server sends more than %d MB", Most>>20)
	}
	n, err := c.ReadCloser.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	return n, err
}
