package article

import (
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/markusmobius/go-dateparser"
	"github.com/markusmobius/go-htmldate"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"spillover/ledger"
)

// A markup is what a page's markup says of its publication.
type markup struct {
	title, publisher, url string
	page                  string // what the browser shows as the page's title, mostly with the site's name
	byline                []string
	publishedOn           ledger.Date
	laterOn               ledger.Date // a time shown, or the last change, where nothing says published
	body                  string      // the article's text, as structured data has it
}

// Names of meta elements, best first.
var (
	titleMetas     = []string{"og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "parsely-title", "sailthru.title"}
	publisherMetas = []string{"og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name"}
	authorMetas    = []string{"author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "citation_author", "twitter:creator"}
	dateMetas      = []string{"article:published_time", "og:published_time", "og:article:published_time", "article:published", "datepublished", "date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date",
		"dcterms.created", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "publication-date", "parsely-pub-date", "sailthru.date", "article.published", "originalpublicationdate", "cxenseparse:recs:publishtime"}
	laterMetas = []string{"article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified", "dc.date.modified"}
)

var articleTypes = regexp.MustCompile(`(?:Article|BlogPosting|Report|NewsItem|LiveBlogPosting|PressRelease)$`)

// markupOf reads the markup of a page: JSON-LD first, then OpenGraph and other meta elements, then microdata.
func markupOf(doc *html.Node, address string) markup {
	var (
		m         markup
		metas     = map[string]string{}
		canonical string
		title     string
		times     []string
		authors   []string
		linked    []map[string]any
	)
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Meta:
			for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
				if name := strings.ToLower(attr(n, key)); name != "" && metas[name] == "" {
					metas[name] = strings.TrimSpace(attr(n, "content"))
				}
			}
		case atom.Link:
			if strings.EqualFold(attr(n, "rel"), "canonical") && canonical == "" {
				canonical = attr(n, "href")
			}
		case atom.Title:
			if title == "" && n.Parent != nil && n.Parent.DataAtom != atom.Svg {
				title = strings.Trim(oneLine(textOf(n)), " |-–—:·»")
			}
		case atom.Script:
			if strings.HasPrefix(strings.ToLower(strings.TrimSpace(attr(n, "type"))), "application/ld+json") {
				linked = append(linked, linkedData(textOf(n))...)
			}
		case atom.Time:
			if attr(n, "itemprop") == "datePublished" || n.Attr != nil && slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "pubdate" }) {
				metas["datepublished"] = first(metas["datepublished"], attr(n, "datetime"))
			}
			times = append(times, attr(n, "datetime"))
		}
		if strings.Contains(attr(n, "itemprop"), "author") || attr(n, "rel") == "author" {
			authors = append(authors, textOf(n))
		}
	}
	m.fromLinked(linked)
	pick := func(names []string) string {
		for _, name := range names {
			if metas[name] != "" {
				return oneLine(metas[name])
			}
		}
		return ""
	}
	m.publisher = first(m.publisher, pick(publisherMetas))
	m.title, m.page = withoutSite(first(m.title, pick(titleMetas)), m.publisher), title
	for _, name := range dateMetas {
		if m.publishedOn == "" {
			m.publishedOn = machineDate(metas[name])
		}
	}
	for _, t := range append(times, pick(laterMetas)) {
		m.laterOn = ledger.Date(first(string(m.laterOn), string(machineDate(t))))
	}
	for _, name := range authorMetas {
		if len(m.byline) == 0 {
			m.byline = splitNames(metas[name])
		}
	}
	if len(m.byline) == 0 {
		for _, a := range authors {
			m.byline = append(m.byline, splitNames(a)...)
		}
	}
	m.byline = unique(m.byline)
	m.url = addressOf(address, canonical, metas["og:url"], m.url)
	return m
}

// fromLinked takes what JSON-LD says of the article.
func (m *markup) fromLinked(nodes []map[string]any) {
	byID := map[string]map[string]any{}
	for _, n := range nodes {
		if id, _ := n["@id"].(string); id != "" && len(n) > 1 {
			byID[id] = n
		}
	}
	for _, n := range nodes {
		if !slices.ContainsFunc(stringsOf(n["@type"], ""), articleTypes.MatchString) {
			continue
		}
		m.title = first(m.title, plain(first(stringsOf(n["headline"], "")...)), plain(first(stringsOf(n["name"], "")...)))
		m.body = first(m.body, paragraphs(first(stringsOf(n["articleBody"], "")...)))
		m.url = first(m.url, first(stringsOf(n["url"], "")...), first(stringsOf(n["mainEntityOfPage"], "@id")...))
		m.publishedOn = ledger.Date(first(string(m.publishedOn), string(machineDate(first(stringsOf(n["datePublished"], "")...)))))
		m.laterOn = ledger.Date(first(string(m.laterOn), string(machineDate(first(append(stringsOf(n["dateCreated"], ""), stringsOf(n["dateModified"], "")...)...)))))
		m.publisher = first(m.publisher, plain(first(namesOf(n["publisher"], byID, "")...)))
		if len(m.byline) == 0 {
			for _, name := range namesOf(n["author"], byID, "Person") {
				m.byline = append(m.byline, splitNames(plain(name))...)
			}
		}
	}
}

// linkedData gives the objects of a JSON-LD script, those of its graph included.
func linkedData(script string) []map[string]any {
	var v any
	script = strings.TrimSuffix(strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(script), "<!--")), "-->")
	if json.Unmarshal([]byte(script), &v) != nil {
		// Raw line breaks within strings are the commonest mistake.
		if json.Unmarshal([]byte(strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(script)), &v) != nil {
			return nil
		}
	}
	var out []map[string]any
	var add func(v any, depth int)
	add = func(v any, depth int) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				add(x, depth+1)
			}
		case map[string]any:
			out = append(out, v)
			if depth < 4 {
				add(v["@graph"], depth+1)
				add(v["mainEntity"], depth+1)
			}
		}
	}
	add(v, 0)
	return out
}

// stringsOf are the strings of a value: itself, its items, or those at a key of its objects.
func stringsOf(v any, key string) []string {
	switch v := v.(type) {
	case string:
		return []string{strings.TrimSpace(v)}
	case []any:
		var out []string
		for _, x := range v {
			out = append(out, stringsOf(x, key)...)
		}
		return out
	case map[string]any:
		if key == "" {
			key = "@value"
		}
		if s, ok := v[key].(string); ok {
			return []string{strings.TrimSpace(s)}
		}
	}
	return nil
}

// namesOf are the names of the persons or bodies of a value. Objects of another type than wanted are left out.
func namesOf(v any, byID map[string]map[string]any, want string) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, x := range v {
			out = append(out, namesOf(x, byID, want)...)
		}
		return out
	case map[string]any:
		if id, _ := v["@id"].(string); v["name"] == nil && byID[id] != nil {
			v = byID[id]
		}
		if kinds := stringsOf(v["@type"], ""); want != "" && len(kinds) > 0 && !slices.Contains(kinds, want) {
			return nil
		}
		return stringsOf(v["name"], "")
	}
	return nil
}

// addressOf is the first address that can be a page's own: that of a site's front page is a mistake of its makers.
func addressOf(fetched string, candidates ...string) string {
	base, err := url.Parse(fetched)
	for _, c := range candidates {
		if c == "" {
			continue
		}
		if u, perr := url.Parse(strings.TrimSpace(c)); err == nil && perr == nil {
			c = base.ResolveReference(u).String()
		}
		if page, cerr := CanonicalURL(c); cerr == nil {
			if u, uerr := url.Parse(page); uerr == nil && (u.Path != "" || u.RawQuery != "") {
				return page
			}
		}
	}
	return fetched
}

// siteGaps are what stands between a page's title and its site's name.
var siteGaps = []string{" | ", " - ", " – ", " — ", " :: ", " · ", " » "}

// withoutSite is a title without the name of its site at the end.
func withoutSite(title, site string) string {
	for _, gap := range siteGaps {
		head, tail, ok := cutLast(title, gap)
		if ok && site != "" && strings.HasPrefix(strings.ToLower(tail), strings.ToLower(site)) {
			return withoutSite(head, site)
		}
	}
	return title
}

// siteOf is the site's name in a page's title: what follows the headline, or what ends as outlets and bodies are named.
func siteOf(page, headline string) string {
	rest, follows := strings.CutPrefix(page, headline)
	for _, gap := range siteGaps {
		_, site, ok := cutLast("."+rest, gap)
		if ok && len(strings.Fields(site)) <= 5 && (follows && headline != "" || has(site, outletWords) || has(site, orgWords)) {
			return site
		}
	}
	return ""
}

func cutLast(s, sep string) (before, after string, ok bool) {
	if i := strings.LastIndex(s, sep); i > 0 {
		return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+len(sep):]), true
	}
	return s, "", false
}

// textOf is all text under a node.
func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// plain is a string of structured data without the markup and the entities that some put into it.
func plain(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return oneLine(s)
	}
	return oneLine(paragraphs(s))
}

// paragraphs is the text of a piece of HTML, or of a plain text with or without entities.
func paragraphs(s string) string {
	if !strings.Contains(s, "<") {
		return strings.TrimSpace(html.UnescapeString(s))
	}
	doc, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return strings.TrimSpace(s)
	}
	var out []string
	for _, b := range blocksOf(doc) {
		out = append(out, b.text)
	}
	return strings.Join(out, "\n\n")
}

func first(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// searchedDate looks for a date in all of a page's markup. Go-htmldate fills what a date leaves open from the present day:
// so it is asked on two days far apart, and an answer counts where it is the same on both.
func searchedDate(doc *html.Node, address string) ledger.Date {
	var days [2]ledger.Date
	for i, present := range []time.Time{time.Date(2003, 2, 5, 0, 0, 0, 0, time.UTC), time.Date(2087, 11, 28, 0, 0, 0, 0, time.UTC)} {
		r, err := htmldate.FromDocument(doc, htmldate.Options{URL: address, UseOriginalDate: true, SkipExtensiveSearch: true,
			MinDate: time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC), MaxDate: time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC),
			DateParserConfig: &dateparser.Configuration{CurrentTime: present}})
		if err != nil || r.DateTime.IsZero() {
			return ""
		}
		days[i] = ledger.Date(r.DateTime.Format(time.DateOnly))
	}
	if days[0] != days[1] {
		return ""
	}
	return days[0]
}
