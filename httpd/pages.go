package httpd

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"

	"spillover/web"
)

// addPages serves what people see in a browser.
func addPages(routes *http.ServeMux, examples []Example) error {
	var explorer bytes.Buffer
	if err := web.Explorer(&explorer); err != nil {
		return fmt.Errorf("read the explorer's page: %w", err)
	}
	if examples == nil {
		examples = []Example{}
	}
	list, err := json.Marshal(examples)
	if err != nil {
		return fmt.Errorf("list the example queries: %w", err)
	}
	static := http.StripPrefix("/static/", http.FileServerFS(web.Site()))
	routes.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		write(w, "text/html; charset=utf-8", explorer.Bytes())
	})
	routes.HandleFunc("GET /playground", func(w http.ResponseWriter, _ *http.Request) {
		nonce := rand.Text()
		w.Header().Set("Content-Security-Policy", policy(nonce))
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_ = web.Playground(w, nonce) // fails only where the client has gone
	})
	routes.HandleFunc("GET /playground/examples.json", func(w http.ResponseWriter, _ *http.Request) {
		write(w, "application/json", list)
	})
	routes.HandleFunc("GET /static/", func(w http.ResponseWriter, r *http.Request) {
		// Embedded files bear no date, so a browser would guess how long to keep them: it must ask again instead.
		w.Header().Set("Cache-Control", "no-cache")
		static.ServeHTTP(w, r)
	})
	return nil
}

// text answers with a fixed text.
func text(s string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		write(w, "text/plain; charset=utf-8", []byte(s))
	})
}

func write(w http.ResponseWriter, kind string, body []byte) {
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(body) // fails only where the client has gone
}
