package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"spillover/fetch"
	"spillover/ingest"
	"spillover/ledger"
)

// A remote loads articles through the API of a server.
type remote struct {
	client       *http.Client
	graph, token string
	met          bool // whether the server has answered
	wait         func(ctx context.Context, d time.Duration) error
}

func newRemote(client *http.Client, server, token string) (*remote, error) {
	u, err := url.Parse(server)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, ledger.Errorf(ledger.Invalid, "--server %s is no address of a server; write it as http://127.0.0.1:8080", server)
	}
	if token == "" {
		return nil, ledger.Errorf(ledger.Unauthorized, "--server needs the server's token: set SPILLOVER_TOKEN")
	}
	if path := strings.TrimRight(u.Path, "/"); !strings.HasSuffix(path, "/graphql") {
		u.Path = path + "/graphql"
	}
	return &remote{client: client, graph: u.String(), token: token, wait: wait}, nil
}

const ingestArticles = `mutation Load($input: IngestArticlesInput!) {
  ingestArticles(input: $input) { results { articleId status claims reason } }
}`

// articleInput is ArticleInput of the API.
type articleInput struct {
	Title       string      `json:"title,omitempty"`
	Text        string      `json:"text"`
	URL         string      `json:"url,omitempty"`
	Publisher   string      `json:"publisher,omitempty"`
	PublishedOn ledger.Date `json:"publishedOn,omitempty"`
	Byline      []string    `json:"byline,omitempty"`
}

// Loading is safe to repeat, so a server that is busy or away is asked again: so often, after waiting twice as long each
// time, or as long as it says, up to a limit.
const (
	attempts   = 6
	firstWait  = time.Second
	longestAsk = time.Minute
)

// wait waits, unless ctx ends.
func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// busy is an error after which asking again may help, and when.
type busy struct {
	error
	after time.Duration // 0 where the server does not say
}

func (b *busy) Unwrap() error { return b.error }

// Load sends the articles by one mutation: the server stores them in one transaction.
func (r *remote) Load(ctx context.Context, articles []ledger.Article) (outcomes []ingest.Outcome, err error) {
	for attempt, pause := 1, firstWait; ; attempt, pause = attempt+1, 2*pause {
		outcomes, err = r.load(ctx, articles)
		var b *busy
		if !errors.As(err, &b) || attempt == attempts {
			return outcomes, err
		}
		if err := r.wait(ctx, min(max(pause, b.after), longestAsk)); err != nil {
			return nil, err
		}
	}
}

func (r *remote) load(ctx context.Context, articles []ledger.Article) ([]ingest.Outcome, error) {
	inputs := make([]articleInput, len(articles))
	for i, a := range articles {
		inputs[i] = articleInput{a.Title, a.Text, a.URL, a.Publisher, a.PublishedOn, a.Byline}
	}
	body := jsonLine(map[string]any{"query": ingestArticles, "variables": map[string]any{"input": map[string]any{"articles": inputs}}})
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.graph, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+r.token)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/graphql-response+json, application/json")
	req.Header.Set("User-Agent", fetch.UserAgent)
	resp, err := r.client.Do(req)
	if err != nil {
		err = ledger.Errorf(ledger.Unavailable, "%s: %w", r.graph, fetch.Unreachable(err))
		if r.met { // or else the address is more likely to be wrong
			err = &busy{err, 0}
		}
		return nil, err
	}
	r.met = true
	defer resp.Body.Close()
	var answer struct {
		Data struct {
			IngestArticles struct {
				Results []struct {
					ArticleID string
					Status    ingest.Status
					Claims    int
					Reason    string
				}
			}
		}
		Errors []struct {
			Message    string
			Extensions struct{ Code ledger.ErrorKind }
		}
	}
	err = json.NewDecoder(io.LimitReader(resp.Body, fetch.Most)).Decode(&answer)
	seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
	after := time.Duration(seconds) * time.Second
	switch {
	case len(answer.Errors) > 0 && (answer.Errors[0].Extensions.Code == ledger.Unavailable || resp.StatusCode == http.StatusTooManyRequests):
		return nil, &busy{ledger.Errorf(answer.Errors[0].Extensions.Code, "%s: %s", r.graph, answer.Errors[0].Message), after}
	case resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode == http.StatusBadGateway || resp.StatusCode == http.StatusServiceUnavailable || resp.StatusCode == http.StatusGatewayTimeout:
		return nil, &busy{ledger.Errorf(ledger.Unavailable, "%s: %w", r.graph, &fetch.Answered{Status: resp.StatusCode}), after}
	case len(answer.Errors) > 0:
		return nil, ledger.Errorf(answer.Errors[0].Extensions.Code, "%s: %s", r.graph, answer.Errors[0].Message)
	case err != nil || resp.StatusCode != http.StatusOK:
		return nil, ledger.Errorf(ledger.Unavailable, "%s: %w; is it a Spillover server?", r.graph, &fetch.Answered{Status: resp.StatusCode})
	case len(answer.Data.IngestArticles.Results) != len(articles):
		return nil, ledger.Errorf(ledger.Internal, "%s: it answered for %d of %d articles", r.graph, len(answer.Data.IngestArticles.Results), len(articles))
	}
	outcomes := make([]ingest.Outcome, len(articles))
	for i, result := range answer.Data.IngestArticles.Results {
		outcomes[i] = ingest.Outcome{Article: result.ArticleID, Status: result.Status, Claims: result.Claims}
		if result.Status == ingest.StatusRefused {
			outcomes[i].Err = ledger.Errorf(ledger.Invalid, "%s", result.Reason)
		}
	}
	return outcomes, nil
}
