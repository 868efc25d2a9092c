package httpd

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzhttp"
	"github.com/rs/cors"
	"golang.org/x/time/rate"

	"spillover/access"
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
		ExposedHeaders: []string{requestIDHeader, "ETag", "Retry-After"},
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

// identified passes requests on to GraphQL with who calls.
func identified(c Config) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var caller access.Caller
		if scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " "); strings.EqualFold(scheme, "Bearer") {
			caller = c.Check(strings.TrimSpace(token))
		}
		c.GraphQL.ServeHTTP(w, r.WithContext(c.As(r.Context(), caller)))
	})
}

// compressed compresses answers for clients that accept it, but for streams, which must not wait for more, and WebSockets.
func compressed(next http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.ExceptContentTypes([]string{"image/png", "font/woff2"}))
	if err != nil {
		panic(err) // the options are this program's own
	}
	packed := wrap(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Upgrade") != "" || strings.Contains(r.Header.Get("Accept"), "text/event-stream") {
			next.ServeHTTP(w, r)
			return
		}
		packed.ServeHTTP(w, r)
	})
}

// clientsAtMost bounds the client addresses that are remembered. Where there are more, all start again with a full allowance.
const clientsAtMost = 20_000

// limited refuses more requests a second than rate from one client address, with bursts of ten seconds' worth.
func limited(perSecond float64, proxies []netip.Prefix, next http.Handler) http.Handler {
	if perSecond <= 0 {
		return next
	}
	var mutex sync.Mutex
	clients := map[string]*rate.Limiter{}
	allow := func(client string) bool {
		mutex.Lock()
		defer mutex.Unlock()
		l := clients[client]
		if l == nil {
			if len(clients) >= clientsAtMost {
				clear(clients)
			}
			l = rate.NewLimiter(rate.Limit(perSecond), max(1, int(10*perSecond)))
			clients[client] = l
		}
		return l.Allow()
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		client := clientOf(r, proxies)
		if !allow(client) {
			w.Header().Set("Retry-After", "1")
			refuse(w, r, http.StatusTooManyRequests, "LIMIT_EXCEEDED", fmt.Sprintf("more than %g requests a second from %s are not answered; wait a second", perSecond, client))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// clientOf is the address of the client: of the connection, or, where that is a proxy that is trusted, the last address in
// X-Forwarded-For that is none. What stands before that one anybody may have written.
func clientOf(r *http.Request, proxies []netip.Prefix) string {
	client, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		client = r.RemoteAddr
	}
	trusted := func(address string) bool {
		ip, err := netip.ParseAddr(address)
		return err == nil && slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(ip.Unmap()) })
	}
	forwarded := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(forwarded) - 1; i >= 0 && trusted(client); i-- {
		address := strings.TrimSpace(forwarded[i])
		if _, err := netip.ParseAddr(address); err != nil {
			break
		}
		client = address
	}
	return client
}

// refuse answers as GraphQL does, with one error.
func refuse(w http.ResponseWriter, r *http.Request, status int, code, message string) {
	kind := "application/json"
	if strings.Contains(r.Header.Get("Accept"), "application/graphql-response+json") {
		kind = "application/graphql-response+json"
	}
	w.Header().Set("Content-Type", kind+"; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"errors": []any{map[string]any{"message": message, "extensions": map[string]any{"code": code}}}}) // fails only where the client has gone
}
