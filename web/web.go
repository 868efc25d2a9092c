// Package web holds the pages that people see in a browser: the explorer, and the playground with GraphiQL. They are
// files under site, embedded in the program, and ask the API of the server that served them for all they show.
//
// It never talks to the store or to any other host. Where the pages are served, and under which headers, is package
// httpd's affair. GraphiQL and React are others' code: fetch.sh puts them under site/graphiql, and without them the
// playground is a page that says so.
package web

import (
	"embed"
	"html/template"
	"io"
	"io/fs"
)

//go:embed site
var embedded embed.FS

var playground = template.Must(template.ParseFS(embedded, "site/playground/index.html"))

// Site is the files of the pages: explorer/…, playground/…, graphiql/….
func Site() fs.FS {
	site, err := fs.Sub(embedded, "site")
	if err != nil {
		panic(err) // the name is fixed above, and is valid
	}
	return site
}

// Explorer is the page at /.
func Explorer() ([]byte, error) { return embedded.ReadFile("site/explorer/index.html") }

// Playground writes the page at /playground. Its style elements are allowed by nonce, which the response's content
// security policy must name.
func Playground(w io.Writer, nonce string) error {
	if _, err := fs.Stat(embedded, "site/graphiql/graphiql.js"); err != nil {
		page, err := embedded.ReadFile("site/playground/unbuilt.html")
		if err != nil {
			return err
		}
		_, err = w.Write(page)
		return err
	}
	return playground.Execute(w, struct{ Nonce string }{nonce})
}
