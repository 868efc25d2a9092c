package fetch

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"

	"spillover/ledger"
)

func TestWhatIsPublic(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"1.1.1.1": true, "151.101.0.81": true, "2606:4700::1111": true, "::ffff:1.1.1.1": true, "172.15.0.1": true, "172.32.0.1": true,
		"127.0.0.1": false, "127.9.9.9": false, "::1": false, "0.0.0.0": false, "0.1.2.3": false, "::": false,
		"10.0.0.1": false, "172.16.0.1": false, "192.168.1.1": false, "fd00::1": false, "100.64.0.1": false,
		"169.254.169.254": false, "fe80::1": false, "fe80::1%eth0": false, "224.0.0.1": false, "255.255.255.255": false, "ff02::1": false,
		"::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::127.0.0.1": false, "64:ff9b::7f00:1": false, "2002:7f00:1::": false, "2001:0:7f00:1::": false,
		"192.0.2.1": false, "198.18.0.1": false, "2001:db8::1": false, "240.0.0.1": false, "fec0::1": false,
	} {
		if got := isPublic(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s is public: %v", address, got)
		}
	}
}

// The public client asks nothing of this machine, by whatever name.
func TestPublicStaysOutside(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if r.URL.Path == "/away" {
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		}
	}))
	defer site.Close()
	_, port, _ := strings.Cut(strings.TrimPrefix(site.URL, "http://"), ":")
	for _, host := range []string{"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "[::1]", "0.0.0.0", "127.1.2.3"} {
		_, err := Get(t.Context(), Public(), "http://"+host+":"+port+"/", "", "")
		if ledger.KindOf(err) != ledger.Invalid || !strings.Contains(err.Error(), "not on the public internet") {
			t.Errorf("%s: %v", host, err)
		}
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("it asked %d times", n)
	}
	for _, address := range []string{"file:///etc/passwd", "ftp://example.org/", "gopher://127.0.0.1/", "//example.org", "example.org", "http://", "javascript:1", ""} {
		if _, err := Get(t.Context(), Unchecked(), address, "", ""); ledger.KindOf(err) != ledger.Invalid {
			t.Errorf("%q: %v", address, err)
		}
	}
	if page, err := Get(t.Context(), Unchecked(), site.URL+"/away", "", ""); err == nil || asked.Load() != 1 {
		t.Errorf("a redirect to a file is followed: %v", page)
	}
}

// A redirect into a private network is refused as the address itself is: the connection is checked, not the name.
func TestRedirectsAreChecked(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer inside.Close()
	client := Public()
	checked := client.Transport
	client.Transport = hop{func(r *http.Request) (*http.Response, error) { // the first step, which no test can take
		if r.URL.Host != "public.example" {
			return checked.RoundTrip(r)
		}
		return &http.Response{StatusCode: http.StatusFound, Header: http.Header{"Location": {inside.URL}}, Body: http.NoBody, Request: r}, nil
	}}
	if _, err := Get(t.Context(), client, "http://public.example/", "", ""); ledger.KindOf(err) != ledger.Invalid || asked.Load() != 0 {
		t.Errorf("%v, asked %d times", err, asked.Load())
	}
}

type hop struct {
	f func(*http.Request) (*http.Response, error)
}

func (h hop) RoundTrip(r *http.Request) (*http.Response, error) { return h.f(r) }

func TestBodiesAreCapped(t *testing.T) {
	t.Parallel()
	text, err := io.ReadAll(&capped{io.NopCloser(strings.NewReader("0123456789")), 4})
	if string(text) != "0123" || ledger.KindOf(err) != ledger.TooLarge {
		t.Errorf("%q %v", text, err)
	}
}

// What went wrong is said in a line, of the kind that it is.
func TestUnreachable(t *testing.T) {
	t.Parallel()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	_, err := Get(t.Context(), Unchecked(), gone.URL, "", "")
	if ledger.KindOf(err) != ledger.Unavailable || !strings.Contains(err.Error(), "it cannot be fetched") {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Get(ctx, Unchecked(), gone.URL, "", ""); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
