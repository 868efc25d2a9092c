package article

import (
	"bytes"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/markusmobius/go-htmldate"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"spillover/ledger"
)

// fromHTML reads a page: its article's text, and what its markup and furniture say of the publication.
func fromHTML(raw []byte, o Options) (ledger.Article, error) {
	if !utf8.Valid(raw) {
		kind := "text/html"
		if o.Charset != "" {
			kind += "; charset=" + o.Charset
		}
		e, name, _ := charset.DetermineEncoding(raw, kind)
		text, err := e.NewDecoder().Bytes(raw)
		if err != nil {
			return ledger.Article{}, ledger.Errorf(ledger.Invalid, "it cannot be decoded as %s: %w", name, err)
		}
		raw = text
	}
	doc, err := html.Parse(bytes.NewReader(raw))
	if err != nil {
		return ledger.Article{}, ledger.Errorf(ledger.Invalid, "its HTML cannot be read: %w", err)
	}
	m := markupOf(doc, o.URL)
	all := blocksOf(doc)
	heading := headingOf(all, first(m.title, m.page))
	a := ledger.Article{Title: m.title, Publisher: m.publisher, URL: m.url, Byline: m.byline, PublishedOn: m.publishedOn}
	if a.Title == "" && heading >= 0 {
		a.Title = all[heading].text
	}
	if a.Title == "" {
		a.Title = withoutSite(m.page, m.publisher)
		if head, _, ok := cutLast(a.Title, " | "); ok {
			a.Title = head
		}
	}
	if a.Publisher == "" {
		a.Publisher = siteOf(m.page, a.Title)
	}
	body := bodyOf(doc, all, heading, o.URL)
	if covered(m.body, body) < 0.75 { // the page keeps from its markup what it tells search engines
		body = m.body
	}
	if len(strings.Fields(body)) == 0 {
		return ledger.Article{}, ledger.Errorf(ledger.Invalid, "no text was found in its HTML")
	}
	a.Text = body
	if heading >= 0 && !strings.HasPrefix(body, all[heading].text) {
		a.Text = all[heading].text + "\n\n" + body
	}
	// What the markup leaves open the page may show, as a plain text does: around its heading.
	shown := newSheet(pageText(all, heading))
	if a.PublishedOn == "" {
		a.PublishedOn = shown.publishedOn()
	}
	if a.PublishedOn == "" {
		a.PublishedOn = m.laterOn
	}
	if a.PublishedOn == "" {
		a.PublishedOn = searchedDate(doc, a.URL)
	}
	if len(a.Byline) == 0 {
		a.Byline = shown.byline()
	}
	if a.Publisher == "" {
		a.Publisher = shown.publisher()
	}
	return a, nil
}

// A block is a run of text that a page sets as one paragraph, heading or item.
type block struct {
	text   string
	node   *html.Node // the element that it stands in
	aside  bool       // in a part of the page that is not the article: navigation, captions, forms, comments
	link   bool       // it is nothing but a link
	joined string     // the text in lower case, letters and digits only, for comparing
}

// silent elements show no text, or none that anybody wrote.
var silent = map[atom.Atom]bool{atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Head: true, atom.Svg: true,
	atom.Iframe: true, atom.Button: true, atom.Select: true, atom.Textarea: true, atom.Object: true, atom.Video: true, atom.Audio: true, atom.Math: true}

// besides are elements whose text is not the article's.
var besides = map[atom.Atom]bool{atom.Nav: true, atom.Aside: true, atom.Footer: true, atom.Figure: true, atom.Figcaption: true,
	atom.Dialog: true, atom.Menu: true}

// inline elements do not end a run of text.
var inline = map[atom.Atom]bool{atom.A: true, atom.Abbr: true, atom.B: true, atom.Bdi: true, atom.Bdo: true, atom.Cite: true, atom.Code: true,
	atom.Data: true, atom.Del: true, atom.Dfn: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Ins: true, atom.Kbd: true, atom.Mark: true,
	atom.Q: true, atom.Ruby: true, atom.S: true, atom.Samp: true, atom.Small: true, atom.Span: true, atom.Strong: true, atom.Sub: true, atom.Sup: true,
	atom.Time: true, atom.U: true, atom.Var: true, atom.Wbr: true, atom.Img: true, atom.Label: true}

var (
	asideName = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:nav|navigation|breadcrumbs?|cookies?|consent|share|sharing|social|related|recommend(?:ed|ations)?|newsletter|signup|sign-up|promo|advert(?:isement)?|ads?|sidebar|comments?|most-read|mostread|popular|tags|footer|masthead|site-header|skip-link|caption|credit|paywall|subscribe)(?:$|[\s_-])`)
	// layoutName is a class that speaks of a part without being it.
	layoutName = regexp.MustCompile(`(?i)(?:^|\s)(?:has|with|without|no|hide|show|is|js)[-_]\S+`)
	hiddenLook = regexp.MustCompile(`(?i)display\s*:\s*none|visibility\s*:\s*hidden`)
	joins      = regexp.MustCompile(`[^\p{L}\p{N}]+`)
)

// blocksOf gives the blocks of a page in their order.
func blocksOf(doc *html.Node) []block {
	var (
		blocks []block
		run    strings.Builder
		linked int // bytes of the run that are links
		walk   func(n *html.Node, in *html.Node, aside, link bool)
	)
	flush := func(in *html.Node, aside bool) {
		if text := oneLine(run.String()); text != "" && in != nil {
			blocks = append(blocks, block{text: text, node: in, aside: aside, link: linked >= len(text), joined: joins.ReplaceAllString(strings.ToLower(text), " ")})
		}
		run.Reset()
		linked = 0
	}
	walk = func(n *html.Node, in *html.Node, aside, link bool) {
		switch {
		case n.Type == html.TextNode:
			run.WriteString(n.Data)
			if link {
				linked += len(oneLine(n.Data))
			}
			return
		case n.Type != html.ElementNode && n.Type != html.DocumentNode || silent[n.DataAtom] || hidden(n):
			return
		}
		if n.DataAtom == atom.Br {
			flush(in, aside)
			return
		}
		own := inline[n.DataAtom]
		within := in
		beside := aside || besides[n.DataAtom] || !own && besideName(n)
		if !own {
			flush(in, aside)
			within = n
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, within, beside, link || n.DataAtom == atom.A)
		}
		if !own {
			flush(within, beside)
		}
	}
	walk(doc, nil, false, false)
	return blocks
}

// besideName is whether an element is a form, or its class or id says that it is not the article. What holds the headline
// or the article is the page itself, whatever it is called: some systems put every page into a form.
func besideName(n *html.Node) bool {
	names := layoutName.ReplaceAllString(attr(n, "class"), " ") + " " + attr(n, "id")
	if n.DataAtom == atom.Body || n.DataAtom == atom.Html || n.DataAtom == atom.Article || n.DataAtom == atom.Main || n.DataAtom != atom.Form && !asideName.MatchString(names) {
		return false
	}
	for c := range n.Descendants() {
		if c.DataAtom == atom.H1 || c.DataAtom == atom.Article && c.Parent == n || attr(c, "itemprop") == "articleBody" {
			return false
		}
	}
	return true
}

func hidden(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key == "hidden" || a.Key == "aria-hidden" && a.Val == "true" || a.Key == "style" && hiddenLook.MatchString(a.Val) {
			return true
		}
	}
	return false
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// headingOf is the block with the page's headline, -1 where it shows none.
func headingOf(blocks []block, title string) int {
	first := -1
	want := joins.ReplaceAllString(strings.ToLower(title), " ")
	for i, b := range blocks {
		if b.node.DataAtom != atom.H1 {
			continue
		}
		if n := len(strings.Fields(b.text)); title != "" && (b.joined == want || n >= 3 && strings.Contains(want, b.joined)) {
			return i
		}
		if first < 0 && !b.aside {
			first = i
		}
	}
	return first
}

// bodyOf is the article's text. Trafilatura says where on the page it is; the page's own blocks from the first to the last
// of it are the text, because trafilatura leaves out short paragraphs between them.
func bodyOf(doc *html.Node, all []block, heading int, address string) string {
	kept := mark(all, contentOf(doc, address), heading)
	if kept == nil {
		kept = mark(all, densest(all, heading), heading)
	}
	var text []string
	for i, b := range all {
		if kept != nil && kept[i] {
			text = append(text, b.text)
		}
	}
	return strings.Join(text, "\n\n")
}

// contentOf is what trafilatura takes for the article's text, nil where it finds none.
func contentOf(doc *html.Node, address string) (content *html.Node) {
	defer func() {
		if recover() != nil { // a page that it fails on is read without it
			content = nil
		}
	}()
	base, err := url.Parse(address)
	if err != nil || address == "" {
		base = nil
	}
	found, err := trafilatura.ExtractDocument(doc, trafilatura.Options{OriginalURL: base, EnableFallback: true, ExcludeComments: true,
		Focus: trafilatura.FavorRecall, HtmlDateOverride: &htmldate.Result{}})
	if err != nil {
		return nil
	}
	return found.ContentNode
}

// mark says which blocks are those of content, stand between them, or stand beside them: in the same element or
// in one of the same make. It is nil where no block is of content.
func mark(all []block, content *html.Node, heading int) []bool {
	if content == nil {
		return nil
	}
	have := map[string]bool{}
	for _, b := range blocksOf(content) {
		have[b.joined] = true
	}
	marked := make([]bool, len(all))
	first, last := -1, -1
	parents, makes := map[*html.Node]bool{}, map[string]bool{}
	for i, b := range all {
		if i == heading || b.aside || !have[b.joined] || len(strings.Fields(b.text)) < 5 || i < heading && b.node.DataAtom != atom.P {
			continue
		}
		marked[i] = true
		if first < 0 {
			first = i
		}
		last = i
		parents[b.node.Parent] = true
		makes[makeOf(b.node.Parent)] = true
	}
	if first < 0 {
		return nil
	}
	delete(makes, "")
	for i, b := range all {
		if i <= heading || b.aside || label.MatchString(b.text) {
			continue
		}
		within := i > first && i < last
		beside := parents[b.node.Parent] || makes[makeOf(b.node.Parent)] || parts[b.node.DataAtom] && inside(b.node, parents)
		if within || beside && !b.link {
			marked[i] = true
		}
	}
	return marked
}

// parts are elements that stand within a text and have blocks of their own.
var parts = map[atom.Atom]bool{atom.Li: true, atom.Td: true, atom.Th: true, atom.Dd: true, atom.Dt: true, atom.P: true, atom.Blockquote: true}

// inside is whether an element stands anywhere within one of the others.
func inside(n *html.Node, others map[*html.Node]bool) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if others[p] && p.DataAtom != atom.Body {
			return true
		}
	}
	return false
}

// makeOf says by what a site makes elements of one kind, "" where it is nothing in particular.
func makeOf(n *html.Node) string {
	if class := attr(n, "class"); class != "" || n.DataAtom == atom.Section {
		return n.Data + " " + class
	}
	return ""
}

// densest is the element that has the most words in paragraphs, nil where there are none.
func densest(all []block, heading int) *html.Node {
	count := map[*html.Node]int{}
	var best *html.Node
	for i, b := range all {
		if n := len(strings.Fields(b.text)); !b.aside && !b.link && i != heading && n >= 5 {
			if count[b.node.Parent] += n; best == nil || count[b.node.Parent] > count[best] {
				best = b.node.Parent
			}
		}
	}
	return best
}

// covered is how much of part, in runs of three words, is in text; 1 where part is too short to matter.
func covered(part, text string) float64 {
	want := ledger.Terms(part)
	if len(want) < 40 {
		return 1
	}
	have := map[[3]string]bool{}
	terms := ledger.Terms(text)
	for i := 0; i+3 <= len(terms); i++ {
		have[[3]string(terms[i:i+3])] = true
	}
	n := 0
	for i := 0; i+3 <= len(want); i++ {
		if have[[3]string(want[i:i+3])] {
			n++
		}
	}
	return float64(n) / float64(len(want)-2)
}

// pageText is what the page shows around its heading, as lines in which furniture can be looked for.
func pageText(all []block, heading int) string {
	var lines []string
	for i, b := range all {
		if i >= heading-4 && (!b.aside || len(b.text) < 200 && !besides[b.node.DataAtom]) {
			lines = append(lines, b.text)
		}
	}
	return strings.Join(lines, "\n\n")
}
