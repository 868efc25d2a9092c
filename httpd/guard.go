package httpd

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"net/url"
	"strings"

	"github.com/rs/cors"
)

// policy is the content security policy: nothing but this server's own files, and style elements with nonce, where
// there is one. Fonts and images of GraphiQL are inside its style sheet.
func policy(nonce string) string {
	style := "'self'"
	if nonce != "" {
		style += " 'nonce-" + nonce + "'"
	}
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self'",
		"style-src " + style,
		"img-src 'self' data:",
		"font-src 'self' data:",
		"connect-src 'self'",
		"base-uri 'none'",
		"form-action 'self'",
		"frame-ancestors 'none'",
	}, "; ")
}

// secured adds the security headers.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy(""))
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		next.ServeHTTP(w, r)
	})
}

// sharing lets pages of the origins read answers. Without origins no page of another origin may: a browser then asks
// before anything but a simple request, and is told nothing.
func sharing(origins []string) func(http.Handler) http.Handler {
	if len(origins) == 0 { // which package cors would take for all origins
		return func(next http.Handler) http.Handler { return next }
	}
	return crossOrigin(origins).Handler
}

func crossOrigin(origins []string) *cors.Cors {
	return cors.New(cors.Options{
		AllowedOrigins: origins,
		AllowedMethods: []string{http.MethodGet, http.MethodPost},
		AllowedHeaders: []string{"Accept", "Authorization", "Content-Type"},
		ExposedHeaders: []string{requestIDHeader},
		MaxAge:         600,
	})
}

// OwnOr says whether the page that a request comes from is this server's own or of one of the origins. It is for
// WebSockets, which CORS does not cover.
func OwnOr(origins []string) func(*http.Request) bool {
	allowed := func(*http.Request) bool { return false }
	if len(origins) > 0 {
		allowed = crossOrigin(origins).OriginAllowed
	}
	return func(r *http.Request) bool {
		from, err := url.Parse(r.Header.Get("Origin"))
		return err == nil && from.Host != "" && strings.EqualFold(from.Host, r.Host) || allowed(r)
	}
}

// Secret compares tokens with the right one; "" is no token. Digests are compared, so that neither the time taken nor the
// length says how much of a guess was right.
func Secret(token string) func(guess string) bool {
	want := sha256.Sum256([]byte(token))
	return func(guess string) bool {
		got := sha256.Sum256([]byte(guess))
		return subtle.ConstantTimeCompare(got[:], want[:]) == 1 && token != ""
	}
}

// authorised passes requests on to GraphQL, marked with whether they bring the token.
func authorised(c Config) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		yes := strings.EqualFold(scheme, "Bearer") && c.Token(strings.TrimSpace(token))
		c.GraphQL.ServeHTTP(w, r.WithContext(c.Authorised(r.Context(), yes)))
	})
}
