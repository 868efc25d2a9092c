// Package article turns what was scraped, saved or fed into articles: text with what is known of its publication.
//
// What it is given is told apart by content, never by a file's name: plain text as scraped, HTML, JSON and JSON
// lines, RSS and Atom, and gzip of any of these, in UTF-8, UTF-16 with its mark, or Windows-1252. A plain text is
// kept verbatim, decoded to UTF-8 without a byte order mark, because the quotes of claims are runs of it.
//
// It never looks at the clock: a date comes from the page's furniture or markup, or stays unknown. It says nothing
// about what an article means; package extract reads that next.
package article

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"iter"
	"net/http"
	"regexp"
	"strings"

	"spillover/ledger"
)

const (
	// MaxText is the most bytes of text that one article may have.
	MaxText = 10 << 20
	// maxRaw is the most bytes that one article may take with its markup or escapes. It bounds the memory in use.
	maxRaw = 32 << 20
	// sniffed is how much of the beginning decides what the input is.
	sniffed = 16 << 10
)

// Options say what is known of the input from outside.
type Options struct {
	PublishedOn ledger.Date // of articles that carry no date of their own
	URL         string      // where a page was fetched from; its own canonical URL comes first
	Charset     string      // as a server declared it; "" where unknown
}

// A yielder receives articles, or the reason why one could not be had, until it returns false.
type yielder func(ledger.Article, error) bool

// Each gives the articles of r in their order. After an error come the articles that could be read all the same. Its
// kind is Invalid or TooLarge; its message says what was wrong and, where there are several articles, in which one.
func Each(r io.Reader, o Options) iter.Seq2[ledger.Article, error] {
	return func(yield func(ledger.Article, error) bool) {
		each(r, o, func(a ledger.Article, err error) bool {
			if err == nil {
				err = finish(&a, o)
			}
			if err != nil {
				a = ledger.Article{}
			}
			return yield(a, err)
		})
	}
}

func each(r io.Reader, o Options, yield yielder) {
	in := bufio.NewReaderSize(r, sniffed)
	head, err := in.Peek(sniffed)
	for range 2 { // gzip of gzip happens; more of it is no article
		if !bytes.HasPrefix(head, []byte{0x1f, 0x8b}) {
			break
		}
		z, zerr := gzip.NewReader(in)
		if zerr != nil {
			yield(ledger.Article{}, ledger.Errorf(ledger.Invalid, "it begins as gzip does, but is not: %w", zerr))
			return
		}
		in = bufio.NewReaderSize(z, sniffed)
		head, err = in.Peek(sniffed)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		yield(ledger.Article{}, unreadable(err))
		return
	}
	if len(bytes.TrimSpace(head)) == 0 && len(head) < sniffed {
		yield(ledger.Article{}, ledger.Errorf(ledger.Invalid, "it is empty"))
		return
	}
	if r, ok := unmarked(in, head); ok {
		in = bufio.NewReaderSize(r, sniffed)
		if head, err = in.Peek(sniffed); err != nil && !errors.Is(err, io.EOF) {
			yield(ledger.Article{}, unreadable(err))
			return
		}
	}
	switch form := formOf(head); form {
	case jsonForm:
		eachJSON(in, yield)
	case feedForm:
		eachItem(in, yield)
	default:
		raw, err := whole(in)
		if err == nil {
			err = notBinary(raw)
		}
		var a ledger.Article
		if err == nil && form == htmlForm {
			a, err = fromHTML(raw, o)
		} else if err == nil {
			var text string
			if text, err = decode(raw, o.Charset); err == nil && len(text) > MaxText {
				err = tooLarge()
			}
			if err == nil {
				a = fromText(text)
				a.URL = o.URL
			}
		}
		yield(a, err)
	}
}

// whole reads one article's input, within the limit.
func whole(r io.Reader) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxRaw+1))
	if len(raw) > maxRaw {
		return nil, ledger.Errorf(ledger.TooLarge, "it is larger than %d MB, too large for one article", maxRaw>>20)
	}
	if err != nil {
		return nil, unreadable(err)
	}
	return raw, nil
}

func unreadable(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return ledger.Errorf(ledger.Invalid, "it is cut off: its compressed data ends too early")
	}
	return ledger.Errorf(ledger.Invalid, "it cannot be read: %w", err)
}

// finish completes an article: its date from outside, its canonical URL, its identity.
func finish(a *ledger.Article, o Options) error {
	if strings.TrimSpace(a.Text) == "" {
		return ledger.Errorf(ledger.Invalid, "no text was found in it")
	}
	if len(a.Text) > MaxText {
		return tooLarge()
	}
	if a.URL != "" {
		url, err := CanonicalURL(a.URL)
		if err != nil {
			return err
		}
		a.URL = url
	}
	if a.PublishedOn == "" {
		a.PublishedOn = o.PublishedOn
	}
	a.Digest = ledger.Digest(a.Text)
	a.ID = ledger.ArticleID(a.URL, a.Digest)
	a.Origin = ledger.FromNews
	a.Sketch = ledger.SketchOf(a.Text)
	return nil
}

func tooLarge() error {
	return ledger.Errorf(ledger.TooLarge, "its text is larger than %d MB, too large for one article", MaxText>>20)
}

type form int

const (
	textForm form = iota
	htmlForm
	jsonForm
	feedForm
)

var (
	jsonStart = regexp.MustCompile(`^\s*(?:\{\s*(?:"|\}|$)|\[\s*(?:[{"\[\]]|$))`)
	feedStart = regexp.MustCompile(`(?i)^\s*(?:<\?xml[^>]*>\s*|<!--(?s:.*?)-->\s*|<\?[^>]*>\s*|<!doctype[^>]*>\s*)*<(?:rss|feed|rdf:rdf)[\s>]`)
	htmlStart = regexp.MustCompile(`(?i)^\s*(?:<\?xml[^>]*>\s*|<!--(?s:.*?)-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|article|main|div|section|h1|p|script|link|style|header|table|span)[\s>/]`)
	xmlStart  = regexp.MustCompile(`^\s*<\?xml\s`)
	htmlTag   = regexp.MustCompile(`(?i)<(?:p|div|article|body|h1|h2)(?:\s[^<>]*)?>`)
)

// formOf tells what the input is by how it begins.
func formOf(head []byte) form {
	switch {
	case jsonStart.Match(head):
		return jsonForm
	case feedStart.Match(head):
		return feedForm
	case htmlStart.Match(head):
		return htmlForm
	case xmlStart.Match(head):
		return feedForm // which will say that it is none
	case len(htmlTag.FindAllIndex(head, 3)) == 3:
		return htmlForm
	}
	return textForm
}

// notBinary refuses what is no text in any encoding.
func notBinary(raw []byte) error {
	if kind := http.DetectContentType(raw); !strings.HasPrefix(kind, "text/") && kind != "application/octet-stream" {
		return ledger.Errorf(ledger.Invalid, "it is no text but %s", kind)
	}
	controls := 0
	for _, b := range raw {
		if b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f' && b != '\v' && b != 0x1b {
			controls++
		}
	}
	if controls*500 > len(raw) {
		return ledger.Errorf(ledger.Invalid, "it is binary, not text (or UTF-16 without a byte order mark)")
	}
	return nil
}
