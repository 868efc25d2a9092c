package main

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
	userAgent  = "Spillover-loader/1.0 (reads public news about cyber incidents at UK councils)"
	maxFetched = 64 << 20         // bytes of one answer
	maxWait    = 60 * time.Second // for one answer, body included
)

// newClient fetches within the time limit.
func newClient() *http.Client { return &http.Client{Timeout: maxWait} }

// A fetched page or feed. Body is nil where it has not changed.
type fetched struct {
	body           io.ReadCloser
	url            string // after redirects
	charset        string // as declared, "" where it was not
	etag, modified string // to ask again by
}

// fetch gets an address, or nothing where it is still what etag and modified say.
func (s *session) fetch(ctx context.Context, address, etag, modified string) (*fetched, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, ledger.Errorf(ledger.Invalid, "it is not an address: %w", err)
	}
	req.Header.Set("User-Agent", userAgent)
	req.Header.Set("Accept", "text/html, application/rss+xml, application/atom+xml, application/xml;q=0.9, application/json;q=0.8, text/plain;q=0.8, */*;q=0.5")
	req.Header.Set("Accept-Language", "en-GB, en;q=0.8, cy;q=0.5")
	if etag != "" {
		req.Header.Set("If-None-Match", etag)
	}
	if modified != "" {
		req.Header.Set("If-Modified-Since", modified)
	}
	resp, err := s.Client.Do(req)
	if err != nil {
		return nil, unreachable(err)
	}
	page := &fetched{url: resp.Request.URL.String(), etag: resp.Header.Get("ETag"), modified: resp.Header.Get("Last-Modified")}
	switch {
	case resp.StatusCode == http.StatusNotModified:
		resp.Body.Close()
		return page, nil
	case resp.StatusCode != http.StatusOK:
		resp.Body.Close()
		return nil, &answered{status: resp.StatusCode, after: resp.Header.Get("Retry-After")}
	}
	if _, params, err := mime.ParseMediaType(resp.Header.Get("Content-Type")); err == nil {
		page.charset = params["charset"]
	}
	page.body = &capped{ReadCloser: resp.Body, left: maxFetched}
	return page, nil
}

// answered is an answer of a server that is not the page.
type answered struct {
	status int
	after  string // Retry-After
}

func (a *answered) Error() string {
	return fmt.Sprintf("the server answered %d %s", a.status, http.StatusText(a.status))
}

// unreachable says in a line why an address gave no answer.
func unreachable(err error) error {
	if e := (*url.Error)(nil); errors.As(err, &e) {
		if errors.Is(e.Err, context.Canceled) {
			return e.Err
		}
		if e.Timeout() {
			return ledger.Errorf(ledger.Unavailable, "no answer within %s", maxWait)
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
		return 0, ledger.Errorf(ledger.TooLarge, "the server sends more than %d MB", maxFetched>>20)
	}
	n, err := c.ReadCloser.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	return n, err
}
