package httpd_test

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/google/go-cmp/cmp"

	"spillover/access"
	"spillover/httpd"
)

func TestCompression(t *testing.T) {
	t.Parallel()
	address, _ := start(t, func(c *httpd.Config) {
		c.GraphQL = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, strings.Repeat("long ", 1000))
		})
	})
	for _, accept := range []string{"gzip", "identity"} {
		req, err := http.NewRequestWithContext(t.Context(), "GET", address+"/graphql", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Accept-Encoding", accept)
		res, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if got := res.Header.Get("Content-Encoding"); (got == "gzip") != (accept == "gzip") {
			t.Errorf("for %s the answer comes as %q", accept, got)
		}
		if !strings.Contains(strings.Join(res.Header.Values("Vary"), ","), "Accept-Encoding") {
			t.Errorf("Vary: %v", res.Header.Values("Vary"))
		}
	}
}

func TestRate(t *testing.T) {
	t.Parallel()
	address, _ := start(t, func(c *httpd.Config) { c.Rate = 0.3 }) // three at once
	refused := 0
	for range 6 {
		res, body := do(t, "GET", address+"/graphql", "")
		if res.StatusCode == http.StatusTooManyRequests {
			refused++
			if res.Header.Get("Retry-After") == "" || !strings.Contains(body, "0.3 requests a second") {
				t.Errorf("%v %s", res.Header, body)
			}
		}
	}
	if refused != 3 {
		t.Errorf("%d of 6 requests are refused, want 3", refused)
	}
	if res, _ := do(t, "GET", address+"/healthz", ""); res.StatusCode != http.StatusOK {
		t.Errorf("the rate is held against %d", res.StatusCode)
	}
}

// Behind a proxy that is trusted each client has its own allowance, and nobody can say to be another.
func TestRateBehindProxies(t *testing.T) {
	t.Parallel()
	address, _ := start(t, func(c *httpd.Config) {
		c.Rate = 0.1 // one at once
		c.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.0.0.0/8")}
	})
	for _, c := range []struct {
		forwarded string
		want      int
	}{
		{"192.0.2.1", http.StatusOK},
		{"192.0.2.1", http.StatusTooManyRequests},
		{"192.0.2.2, 10.1.2.3", http.StatusOK},
		{"192.0.2.2", http.StatusTooManyRequests},
		{"198.51.100.7, 192.0.2.1", http.StatusTooManyRequests}, // what the client itself wrote comes first
		{"nonsense", http.StatusOK},                             // then it is the proxy
		{"", http.StatusTooManyRequests},
	} {
		res, body := do(t, "POST", address+"/graphql", `{}`, "X-Forwarded-For", c.forwarded, "Accept", "application/graphql-response+json", "Content-Type", "application/json")
		if limited := res.StatusCode == http.StatusTooManyRequests; limited != (c.want == http.StatusTooManyRequests) {
			t.Errorf("X-Forwarded-For: %s gave %d %s", c.forwarded, res.StatusCode, body)
		} else if limited && (!strings.HasPrefix(res.Header.Get("Content-Type"), "application/graphql-response+json") || !strings.Contains(body, `"code":"LIMIT_EXCEEDED"`)) {
			t.Errorf("%s %s", res.Header.Get("Content-Type"), body)
		}
	}
}

// A page of another origin that may ask can also see when to ask again.
func TestRefusedRateIsReadable(t *testing.T) {
	t.Parallel()
	const page = "https://friend.example"
	address, _ := start(t, func(c *httpd.Config) { c.Rate, c.Origins = 0.1, []string{page} })
	for range 2 {
		res, body := do(t, "POST", address+"/graphql", `{}`, "Origin", page, "Content-Type", "application/json")
		if res.StatusCode != http.StatusTooManyRequests {
			continue
		}
		if res.Header.Get("Retry-After") == "" || res.Header.Get("Access-Control-Allow-Origin") != page || !strings.Contains(strings.ToLower(res.Header.Get("Access-Control-Expose-Headers")), "retry-after") {
			t.Errorf("%v %s", res.Header, body)
		}
		return
	}
	t.Error("nothing was refused")
}

// An issuer is an OpenID Connect issuer as far as its tokens need one.
type issuer struct {
	*httptest.Server
	key  *rsa.PrivateKey
	id   atomic.Value // of the key that signs
	asks atomic.Int32
}

func newIssuer(t *testing.T) *issuer {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	i := &issuer{key: key}
	i.id.Store("first")
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, r *http.Request) {
		json.NewEncoder(w).Encode(map[string]any{"issuer": i.URL, "jwks_uri": i.URL + "/keys", "id_token_signing_alg_values_supported": []string{"RS256"}})
	})
	mux.HandleFunc("/keys", func(w http.ResponseWriter, r *http.Request) {
		i.asks.Add(1)
		json.NewEncoder(w).Encode(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: key.Public(), KeyID: i.id.Load().(string), Algorithm: "RS256", Use: "sig"}}})
	})
	i.Server = httptest.NewServer(mux)
	t.Cleanup(i.Close)
	return i
}

func (i *issuer) token(t *testing.T, change func(map[string]any)) string {
	t.Helper()
	claims := map[string]any{"iss": i.URL, "aud": "spillover", "sub": "user-1", "preferred_username": "ann", "scope": "openid load",
		"exp": time.Now().Add(time.Hour).Unix(), "iat": time.Now().Unix()}
	if change != nil {
		change(claims)
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: i.key, KeyID: i.id.Load().(string)}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		t.Fatal(err)
	}
	text, err := signed.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestIssuedTokens(t *testing.T) {
	t.Parallel()
	i := newIssuer(t)
	check := httpd.Issued(i.URL, "spillover", slog.New(slog.DiscardHandler))
	want := access.Caller{Name: "ann", Scopes: []access.Scope{access.Load}}
	if diff := cmp.Diff(want, check(i.token(t, nil))); diff != "" {
		t.Error(diff)
	}
	other := newIssuer(t)
	for name, token := range map[string]string{
		"of no issuer":      "a.b.c",
		"no token":          "hello",
		"too old":           i.token(t, func(c map[string]any) { c["exp"] = time.Now().Add(-time.Hour).Unix() }),
		"for others":        i.token(t, func(c map[string]any) { c["aud"] = "elsewhere" }),
		"of another issuer": other.token(t, nil),
		"signed by another": other.token(t, func(c map[string]any) { c["iss"] = i.URL }),
		"not signed":        strings.Join(append(strings.Split(i.token(t, nil), ".")[:2], ""), "."),
	} {
		if c := check(token); c.Known() {
			t.Errorf("a token %s is taken for %+v", name, c)
		}
	}
	if c := check(i.token(t, func(c map[string]any) { delete(c, "scope") })); !c.Known() || c.May(access.Load) || c.May(access.Curate) {
		t.Errorf("a token without a scope: %+v", c)
	}
	before := i.asks.Load()
	i.id.Store("second") // the keys are rotated
	if c := check(i.token(t, nil)); !c.Known() || i.asks.Load() == before {
		t.Errorf("after a rotation: %+v", c)
	}
	down := httpd.Issued("http://127.0.0.1:1", "spillover", slog.New(slog.DiscardHandler))
	if c := down(i.token(t, nil)); c.Known() {
		t.Errorf("an issuer that is not there vouches for %+v", c)
	}
}
