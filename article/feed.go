package article

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"

	"spillover/ledger"
)

// An Item is an entry of a feed.
type Item struct {
	ID      string // as the feed gives it, else its address: the same item has the same
	URL     string
	Whole   bool // the feed has the article's text and not just a summary of it
	Article ledger.Article
}

// fullText is how many words make an entry's description more than a summary.
const fullText = 150

// declared is the encoding that the first line of XML names. What it says is no longer so once the text is UTF-8.
var declared = regexp.MustCompile(`^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')`)

// Feed reads an RSS or Atom feed. An item without any text has an Article without any.
func Feed(r io.Reader) ([]Item, error) {
	raw, err := whole(r)
	if err != nil {
		return nil, err
	}
	if utf8.Valid(raw) {
		raw = declared.ReplaceAll(raw, []byte("$1"))
	}
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(raw))
	if errors.Is(err, gofeed.ErrFeedTypeNotDetected) {
		return nil, ledger.Errorf(ledger.Invalid, "it is no RSS or Atom feed")
	}
	if err != nil {
		return nil, ledger.Errorf(ledger.Invalid, "it is a broken feed: %w", err)
	}
	var items []Item
	for _, entry := range feed.Items {
		items = append(items, itemOf(feed, entry))
	}
	return items, nil
}

func itemOf(feed *gofeed.Feed, entry *gofeed.Item) Item {
	text, full := paragraphs(entry.Content), true
	if text == "" {
		text = paragraphs(entry.Description)
		full = len(strings.Fields(text)) >= fullText
	}
	a := ledger.Article{Title: plain(entry.Title), Publisher: plain(feed.Title), Text: text}
	if url, err := CanonicalURL(entry.Link); err == nil {
		a.URL = url
	}
	for _, t := range []string{entry.Published, entry.Updated} {
		if a.PublishedOn == "" {
			a.PublishedOn = machineDate(t)
		}
	}
	people := entry.Authors
	if len(people) == 0 {
		people = feed.Authors
	}
	for _, p := range people {
		if p != nil {
			a.Byline = append(a.Byline, splitNames(p.Name)...)
		}
	}
	a.Byline = unique(a.Byline)
	item := Item{ID: first(entry.GUID, a.URL, a.Title), URL: entry.Link}
	item.Whole = full && finish(&a, Options{}) == nil
	item.Article = a
	return item
}

// eachItem gives the items of a feed that is read as a file.
func eachItem(r io.Reader, yield yielder) {
	items, err := Feed(r)
	if err == nil && len(items) == 0 {
		err = ledger.Errorf(ledger.Invalid, "it is a feed without items")
	}
	if err != nil {
		yield(ledger.Article{}, err)
		return
	}
	for n, item := range items {
		var err error
		if item.Article.Text == "" {
			err = ledger.Errorf(ledger.Invalid, "item %d (%s): the feed has no text of it", n+1, first(item.URL, item.ID))
		}
		if !yield(item.Article, err) {
			return
		}
	}
}
