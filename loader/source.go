package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"spillover/article"
	"spillover/fetch"
	"spillover/ledger"
)

// standardInput is the name under which standard input is given and reported.
const standardInput = "-"

// expand gives the inputs that the arguments name: files and addresses as they are, the files of folders in order.
// Hidden files and folders within folders are left out. What is not there stays, to be reported in its place.
func expand(args []string) []string {
	var names []string
	for _, arg := range args {
		if info, err := os.Stat(arg); arg == standardInput || isAddress(arg) || err != nil || !info.IsDir() {
			names = append(names, arg)
			continue
		}
		err := filepath.WalkDir(arg, func(path string, d fs.DirEntry, err error) error {
			hidden := path != arg && strings.HasPrefix(d.Name(), ".")
			switch {
			case err != nil:
				names = append(names, path) // opening it will say what is wrong
			case hidden && d.IsDir():
				return fs.SkipDir
			case !hidden && !d.IsDir():
				names = append(names, path)
			}
			return nil
		})
		if err != nil {
			names = append(names, arg)
		}
	}
	return names
}

func isAddress(s string) bool {
	return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
}

// open gives an input's content and what is known of it from outside.
func (s *session) open(ctx context.Context, name string) (io.ReadCloser, article.Options, error) {
	switch {
	case name == standardInput:
		return io.NopCloser(s.in), article.Options{}, nil
	case isAddress(name):
		page, err := fetch.Get(ctx, s.Client, name, "", "")
		if err != nil {
			return nil, article.Options{}, err
		}
		return page.Body, article.Options{URL: page.URL, Charset: page.Charset}, nil
	}
	info, err := os.Stat(name)
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() && info.Mode()&fs.ModeNamedPipe == 0 {
		return nil, article.Options{}, ledger.Errorf(ledger.Invalid, "it is no file")
	}
	if err == nil && info.IsDir() {
		return nil, article.Options{}, ledger.Errorf(ledger.Invalid, "it is a folder that cannot be read")
	}
	f, err := os.Open(name)
	if pathErr := (*fs.PathError)(nil); errors.As(err, &pathErr) {
		err = ledger.Errorf(ledger.Invalid, "it cannot be opened: %w", pathErr.Err)
	}
	return f, article.Options{}, err
}

// A piece is one article of an input, or the reason why it could not be had.
type piece[T any] struct {
	name string
	of   T
	err  error
}

// ahead is how many articles of one input are read before they are wanted. Inputs are read on as many cores as there
// are, so this also bounds the memory in use.
const ahead = 4

// each reads the inputs on all cores, applies f to every article, also on all cores, and gives the results in the
// order of the inputs.
func each[T any](ctx context.Context, s *session, names []string, published ledger.Date, f func(name string, a *ledger.Article) T) iter.Seq[piece[T]] {
	return func(yield func(piece[T]) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		cores := runtime.GOMAXPROCS(0)
		working := make(chan struct{}, cores)                    // articles under f
		inputs := make(chan chan chan piece[T], max(cores-1, 1)) // each input's articles, each a place for its result
		go func() {
			defer close(inputs)
			for _, name := range names {
				results := make(chan chan piece[T], ahead)
				select {
				case inputs <- results:
				case <-ctx.Done():
					return
				}
				go func() {
					defer close(results)
					s.articles(ctx, name, published, func(a ledger.Article, err error) bool {
						result := make(chan piece[T], 1)
						select {
						case results <- result:
						case <-ctx.Done():
							return false
						}
						if err != nil {
							result <- piece[T]{name: name, err: err}
							return true
						}
						working <- struct{}{}
						go func() {
							defer func() { <-working }()
							result <- piece[T]{name: name, of: f(name, &a)}
						}()
						return true
					})
				}()
			}
		}()
		for results := range inputs {
			for result := range results {
				if !yield(<-result) {
					return
				}
			}
		}
	}
}

// articles reads one input.
func (s *session) articles(ctx context.Context, name string, published ledger.Date, yield func(ledger.Article, error) bool) {
	r, o, err := s.open(ctx, name)
	if err != nil {
		yield(ledger.Article{}, err)
		return
	}
	defer r.Close()
	o.PublishedOn = published
	for a, err := range article.Each(r, o) {
		if !yield(a, err) {
			return
		}
	}
}
