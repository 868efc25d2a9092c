// Package web holds the pages that people see in a browser: the explorer, and the playground with GraphiQL. They are
// written in TypeScript under app, built into site/built by build.sh, embedded in the program, and ask the API of the
// server that served them for all they show.
//
// It never talks to the store or to any other host. Where the pages are served, and under which headers, is package
// httpd's affair. What is built, GraphiQL and React among it, is not committed: without it the pages say how to build.
package web

import (
	"embed"
	"errors"
	"html/template"
	"io"
	"io/fs"
)

//go:embed site
var embedded embed.FS

var unbuilt = template.Must(template.ParseFS(embedded, "site/unbuilt.html"))

// Site is the files of the pages: built/…, and what is served without a build.
func Site() fs.FS {
	site, err := fs.Sub(embedded, "site")
	if err != nil {
		panic(err) // the name is fixed above, and is valid
	}
	return site
}

// Explorer writes the page at /.
func Explorer(w io.Writer) error { return page(w, "explorer", nil) }

// Playground writes the page at /playground. Its style elements are allowed by nonce, which the response's content
// security policy must name.
func Playground(w io.Writer, nonce string) error {
	return page(w, "playground", struct{ Nonce string }{nonce})
}

// page writes a built page, or the one that says how to build it.
func page(w io.Writer, name string, data any) error {
	built, err := template.ParseFS(embedded, "site/built/"+name+".html")
	if err != nil {
		// ParseFS has no kind of error for a file that is missing.
		if _, missing := fs.Stat(embedded, "site/built/"+name+".html"); errors.Is(missing, fs.ErrNotExist) {
			return unbuilt.Execute(w, struct{ Page string }{name})
		}
		return err
	}
	return built.Execute(w, data)
}
