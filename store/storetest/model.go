package storetest

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"spillover/ledger"
)

// A model is a store as the contract's words have it: maps, and loops over them. It is too slow for anything but
// telling what a real store should have answered.
type model struct {
	records  map[string]*ledger.Record
	claims   map[[2]string]ledger.Claim
	versions map[[2]string]ledger.Version
	aliases  map[[4]string]ledger.Alias
}

func newModel() *model {
	return &model{map[string]*ledger.Record{}, map[[2]string]ledger.Claim{}, map[[2]string]ledger.Version{}, map[[4]string]ledger.Alias{}}
}

func (m *model) apply(c *ledger.Change) {
	for _, id := range c.DropRecords {
		delete(m.records, id)
	}
	for _, r := range c.PutRecords {
		m.records[r.Article.ID] = r
	}
	claimKey := func(c ledger.Claim) [2]string { return [2]string{c.ID, string(c.KnownFrom)} }
	for _, c := range c.DropClaims {
		delete(m.claims, claimKey(c))
	}
	for _, c := range c.PutClaims {
		m.claims[claimKey(c)] = c
	}
	versionKey := func(v ledger.Version) [2]string { return [2]string{v.Thing.ID, string(v.From)} }
	for _, v := range c.DropVersions {
		delete(m.versions, versionKey(v))
	}
	for _, v := range c.PutVersions {
		m.versions[versionKey(v)] = v
	}
	aliasKey := func(a ledger.Alias) [4]string { return [4]string{a.ID, a.To, string(a.From), a.Source} }
	for _, a := range c.DropAliases {
		delete(m.aliases, aliasKey(a))
	}
	for _, a := range c.PutAliases {
		m.aliases[aliasKey(a)] = a
	}
}

// standing are the claims that stand at a day, in their order.
func (m *model) standing(at ledger.Date) []*ledger.Claim {
	var claims []ledger.Claim
	for _, c := range m.claims {
		if c.KnownFrom <= at && at < c.KnownUntil {
			claims = append(claims, c)
		}
	}
	return sortedClaims(claims...)
}

// visible are the versions of all things and articles that exist at a day, by id.
func (m *model) visible(at ledger.Date) map[string]ledger.Version {
	seen := map[string]ledger.Version{}
	for _, v := range m.versions {
		if v.From <= at && at < v.Until {
			seen[v.Thing.ID] = v
		}
	}
	claimed := map[string]bool{}
	for _, c := range m.standing(at) {
		claimed[c.From], claimed[c.To] = true, true
	}
	earliest := map[string]bool{}
	for _, r := range slices.SortedFunc(maps.Values(m.records), func(a, b *ledger.Record) int {
		return cmp.Or(cmp.Compare(a.Article.KnownFrom(), b.Article.KnownFrom()), cmp.Compare(a.Article.ID, b.Article.ID))
	}) {
		from := r.Article.KnownFrom()
		if from <= at {
			seen[r.Article.ID] = ledger.IndexArticle(r)
		}
		for _, t := range r.Things {
			if !earliest[t.ID] && from <= at && (t.Reference || claimed[t.ID]) {
				seen[t.ID] = ledger.Index(t, from)
			}
			earliest[t.ID] = true
		}
	}
	return seen
}

func (m *model) thing(id string, at ledger.Date) *ledger.Thing {
	visible := m.visible(at)
	for range len(m.aliases) + 1 {
		if v, ok := visible[id]; ok && v.Thing.Kind != ledger.ArticleKind {
			return &v.Thing
		}
		next := ""
		for _, a := range m.aliases {
			if a.ID == id && a.From <= at && at < a.Until && (next == "" || a.To < next) {
				next = a.To
			}
		}
		id = next
	}
	return nil
}

func (m *model) span(id string, at ledger.Date) (span ledger.SpanOf) {
	for _, c := range m.standing(at) {
		r := m.records[c.Article]
		if c.AssertedOn == "" || c.From != id && c.To != id || r != nil && r.Article.Origin == ledger.FromDataSet {
			continue
		}
		if span.First == "" || c.AssertedOn < span.First {
			span.First = c.AssertedOn
		}
		span.Last = max(span.Last, c.AssertedOn)
	}
	return span
}

func (m *model) counts(at ledger.Date) map[string]int {
	counts := map[string]int{"Claim": len(m.standing(at))}
	for _, k := range ledger.Kinds {
		counts[string(k)] = 0
	}
	for _, v := range m.visible(at) {
		if v.Thing.Kind != ledger.ArticleKind || slices.Contains(v.Facets, "origin:ARTICLE") {
			counts[string(v.Thing.Kind)]++
		}
	}
	return counts
}

// hasWords is whether a version has for each word a term that begins with it.
func hasWords(v ledger.Version, words []string) bool {
	for _, w := range words {
		if !slices.ContainsFunc(v.Terms, func(term string) bool { return strings.HasPrefix(term, w) }) {
			return false
		}
	}
	return true
}

// fits is whether a version is in a list.
func fits(v ledger.Version, q ledger.ListQuery) bool {
	fits := v.Thing.Kind == q.Kind && hasWords(v, q.Words)
	for _, group := range q.Facets {
		fits = fits && slices.ContainsFunc(group, func(f string) bool { return slices.Contains(v.Facets, f) })
	}
	return fits && (q.Since == "" || v.Date >= q.Since) && (q.Until == "" || v.Date != "" && v.Date <= q.Until)
}

func (m *model) tally(q ledger.ListQuery, names ...string) *ledger.Tally {
	t := &ledger.Tally{Months: map[string]int{}, Facets: map[string]int{}}
	for _, v := range m.visible(q.At) {
		if !fits(v, q) {
			continue
		}
		t.Total++
		t.Months[string(v.Date)[:min(len(v.Date), 7)]]++
		for _, f := range v.Facets {
			if name, value, _ := strings.Cut(f, ":"); slices.Contains(names, name) && !strings.Contains(value, "@") {
				t.Facets[f]++
			}
		}
	}
	return t
}

func (m *model) list(q ledger.ListQuery) *ledger.ListPage {
	var items []ledger.ListItem
	for _, v := range m.visible(q.At) {
		key := v.Sort
		if q.Order == ledger.ByDate {
			key = string(v.Date)
		}
		if fits(v, q) {
			items = append(items, ledger.ListItem{Thing: v.Thing, Cursor: ledger.Cursor{Key: key, ID: v.Thing.ID}})
		}
	}
	return modelPage(items, q.Page, func(c ledger.Cursor) ledger.Cursor { return c }, func(a, b ledger.Cursor) int {
		if q.Order == ledger.ByDate && (a.Key == "") != (b.Key == "") {
			return cmp.Compare(b.Key, a.Key) // the undated last, whichever direction
		}
		by := cmp.Compare(a.Key, b.Key)
		if q.Desc {
			by = -by
		}
		return cmp.Or(by, cmp.Compare(a.ID, b.ID))
	})
}

func (m *model) search(q ledger.SearchQuery) *ledger.ListPage {
	var items []ledger.ListItem
	for _, v := range m.visible(q.At) {
		k := v.Thing.Kind
		if !hasWords(v, q.Words) || len(q.Kinds) > 0 && !slices.Contains(q.Kinds, k) || len(q.Kinds) == 0 && (k == ledger.Data || k == ledger.ArticleKind) {
			continue
		}
		rank := 2
		if strings.HasPrefix(v.Sort, q.Key) {
			rank = 1
		}
		if v.Sort == q.Key {
			rank = 0
		}
		items = append(items, ledger.ListItem{Thing: v.Thing, Cursor: ledger.Cursor{Rank: rank, Key: v.Sort, ID: v.Thing.ID}})
	}
	whole := func(c ledger.Cursor) ledger.Cursor { c.Key = strconv.Itoa(c.Rank) + c.Key; return c }
	return modelPage(items, q.Page, whole, func(a, b ledger.Cursor) int { return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.ID, b.ID)) })
}

func (m *model) claimsOf(id string, q ledger.ClaimQuery) ledger.ClaimPage {
	var items []ledger.ListItem
	byID := map[string]*ledger.Claim{}
	for _, c := range m.standing(q.At) {
		in, out := c.To == id, c.From == id
		fits := q.IDs == nil || q.Towards == ledger.Either && (in || out) || q.Towards == ledger.In && in || q.Towards == ledger.Out && out || q.Towards == ledger.MadeBy && c.Article == id
		fits = fits && (len(q.Claims) == 0 || slices.Contains(q.Claims, c.ID)) && (len(q.Predicates) == 0 || slices.Contains(q.Predicates, c.Predicate))
		fits = fits && (len(q.Values) == 0 || slices.Contains(q.Values, c.Value)) && (q.Article == "" || q.Article == c.Article)
		fits = fits && (q.Since == "" || c.AssertedOn >= q.Since) && (q.Until == "" || c.AssertedOn != "" && c.AssertedOn <= q.Until)
		if fits {
			items, byID[c.ID] = append(items, ledger.ListItem{Cursor: ledger.ClaimCursor(c)}), c
		}
	}
	same := func(c ledger.Cursor) ledger.Cursor { return c }
	page := modelPage(items, q.Page, same, func(a, b ledger.Cursor) int { return cmp.Or(cmp.Compare(b.Key, a.Key), cmp.Compare(a.ID, b.ID)) })
	claims := ledger.ClaimPage{HasMore: page.HasMore, Total: page.Total}
	for _, item := range page.Items {
		claims.Claims = append(claims.Claims, byID[item.Cursor.ID])
	}
	return claims
}

// modelPage is a page of items in the order of compare, which compares what place makes of cursors.
func modelPage(items []ledger.ListItem, p ledger.Page, place func(ledger.Cursor) ledger.Cursor, compare func(a, b ledger.Cursor) int) *ledger.ListPage {
	order := func(a, b ledger.Cursor) int { return compare(place(a), place(b)) }
	slices.SortFunc(items, func(a, b ledger.ListItem) int { return order(a.Cursor, b.Cursor) })
	page := &ledger.ListPage{}
	if p.WithTotal {
		page.Total = len(items)
	}
	items = slices.DeleteFunc(items, func(i ledger.ListItem) bool {
		return p.After != nil && order(i.Cursor, *p.After) <= 0 || p.Before != nil && order(i.Cursor, *p.Before) >= 0
	})
	switch n := len(items) - p.Limit; {
	case p.Limit == 0:
		return page
	case p.Limit > 0 && n > 0 && p.Backward:
		items, page.HasMore = items[n:], true
	case p.Limit > 0 && n > 0:
		items, page.HasMore = items[:p.Limit], true
	}
	page.Items = items
	return page
}
