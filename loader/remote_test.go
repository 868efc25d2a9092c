package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"spillover/fetch"
	"spillover/ledger"
)

// A server that is busy is asked again, after as long as it says and twice as long each time; one that refuses is not.
func TestBusyServer(t *testing.T) {
	t.Parallel()
	const done = `{"data":{"ingestArticles":{"results":[{"articleId":"article:1","status":"NEW","claims":2}]}}}`
	type answer struct {
		status int
		after  string
		body   string
	}
	limited := answer{429, "7", `{"errors":[{"message":"too many","extensions":{"code":"LIMIT_EXCEEDED"}}]}`}
	full := answer{200, "", `{"errors":[{"message":"busy","extensions":{"code":"UNAVAILABLE"}}]}`}
	for name, c := range map[string]struct {
		answers []answer
		waits   []time.Duration
		kind    ledger.ErrorKind
	}{
		"at once":     {[]answer{{200, "", done}}, nil, ""},
		"limited":     {[]answer{limited, limited, {200, "", done}}, []time.Duration{7 * time.Second, 7 * time.Second}, ""},
		"full":        {[]answer{full, full, {502, "", "<html>"}, {200, "", done}}, []time.Duration{1 * time.Second, 2 * time.Second, 4 * time.Second}, ""},
		"very long":   {[]answer{{503, "9999", ""}, {200, "", done}}, []time.Duration{time.Minute}, ""},
		"for ever":    {[]answer{full, full, full, full, full, full}, []time.Duration{1 * time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 16 * time.Second}, ledger.Unavailable},
		"not allowed": {[]answer{{200, "", `{"errors":[{"message":"no","extensions":{"code":"UNAUTHENTICATED"}}]}`}}, nil, ledger.Unauthorized},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				a := c.answers[0]
				c.answers = c.answers[1:]
				if a.after != "" {
					w.Header().Set("Retry-After", a.after)
				}
				w.WriteHeader(a.status)
				_, _ = io.WriteString(w, a.body)
			}))
			defer server.Close()
			r, err := newRemote(fetch.Anywhere(), server.URL, "token")
			if err != nil {
				t.Fatal(err)
			}
			var waits []time.Duration
			r.wait = func(_ context.Context, d time.Duration) error { waits = append(waits, d); return nil }
			outcomes, err := r.Load(t.Context(), []ledger.Article{{Text: "a"}})
			if ledger.KindOf(err) != c.kind || c.kind == "" && (len(outcomes) != 1 || outcomes[0].Claims != 2) {
				t.Errorf("%+v %v", outcomes, err)
			}
			if diff := cmp.Diff(c.waits, waits); diff != "" || len(c.answers) > 0 {
				t.Errorf("waited %v, %d answers left", waits, len(c.answers))
			}
		})
	}
}

// Where nobody answers at all the address is wrong, and waiting does not help.
func TestNoServer(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	r, err := newRemote(fetch.Anywhere(), server.URL, "token")
	if err != nil {
		t.Fatal(err)
	}
	r.wait = func(context.Context, time.Duration) error { return errors.New("waited") }
	if _, err := r.Load(t.Context(), []ledger.Article{{Text: "a"}}); ledger.KindOf(err) != ledger.Unavailable {
		t.Error(err)
	}
}
