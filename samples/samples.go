// Package samples holds the articles that an empty store is filled with, so that a newcomer sees a graph at once.
//
// They are written for this project, in its own words, on facts that public reports give; each names those reports at
// its end, and their publisher is "Spillover sample digest". Beside each NAME.json stands NAME.gold.json, what a careful
// analyst reads out of it. The package only hands the articles over; the pipeline in package ingest reads them.
package samples

import (
	"embed"
	"io/fs"
	"strings"
)

//go:embed *.json
var files embed.FS

// An Article is one sample article as a file of the form that the loader reads.
type Article struct {
	Name string // of the file: "leicester-2024-shutdown.json"
	Data []byte // JSON: title, text, url, publisher, published_on, byline
}

// Articles are the sample articles in the order of their names.
func Articles() ([]Article, error) {
	names, err := fs.Glob(files, "*.json")
	if err != nil {
		return nil, err
	}
	var articles []Article
	for _, name := range names {
		if strings.HasSuffix(name, ".gold.json") {
			continue
		}
		data, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		articles = append(articles, Article{Name: name, Data: data})
	}
	return articles, nil
}
