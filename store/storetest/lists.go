package storetest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"spillover/ledger"
)

// idsOf are the ids of a page's things.
func idsOf(p *ledger.ListPage) []string {
	ids := []string{}
	for _, item := range p.Items {
		ids = append(ids, strings.TrimPrefix(item.Thing.ID, "incident:"))
	}
	return ids
}

// testListOrder compares keys and ids byte by byte, where databases like to be helpful.
func testListOrder(t *testing.T, s ledger.Store) {
	ids := []string{"incident:B", "incident:a", "incident:b", "incident:9", "incident:10", "incident:é", "incident:Z", "incident:z", "incident:_", "incident:o'b", "incident:ﬀ", "incident:日"}
	sorts := []string{"", " ", "10 downing", "9 elms", "Zeta", "alpha", "alpha beta", "alphabet", "o'brien", "obrien", "~"}
	c := &ledger.Change{}
	for i, id := range ids {
		v := incident(strings.TrimPrefix(id, "incident:"), "Name", "", ledger.Always, ledger.Forever)
		v.Sort = "same"
		c.PutVersions = append(c.PutVersions, v)
		if i < len(sorts) {
			w := incident(fmt.Sprintf("sort%02d", (i*5)%len(sorts)), "Name", "", ledger.Always, ledger.Forever)
			w.Sort = sorts[i]
			c.PutVersions = append(c.PutVersions, w)
		}
	}
	apply(t, s, c)
	for _, desc := range []bool{false, true} {
		want := sorted(c.PutVersions, ledger.ByName, desc)
		page := must(s.List(t.Context(), ledger.ListQuery{Kind: ledger.Incident, At: ledger.Undated, Order: ledger.ByName, Desc: desc, Page: ledger.Page{Limit: 100}}))(t)
		same(t, fmt.Sprint("order by name, desc ", desc), want, idsOf(page))
	}
	apply(t, s, &ledger.Change{PutRecords: []*ledger.Record{
		record("1", dayFirst, ledger.Thing{ID: "council:1", Kind: ledger.Council, Name: "Ynys Môn", Reference: true}),
		record("2", dayFirst, ledger.Thing{ID: "council:2", Kind: ledger.Council, Name: "ynys mawr", Reference: true}),
		record("3", dayFirst, ledger.Thing{ID: "council:3", Kind: ledger.Council, Name: "King's Lynn & West Norfolk", Reference: true}),
		record("4", dayFirst, ledger.Thing{ID: "council:4", Kind: ledger.Council, Name: "Kings Lynn and West", Reference: true}),
		record("5", dayFirst, ledger.Thing{ID: "council:5", Kind: ledger.Council, Name: "St. Helens", Reference: true}),
		record("6", dayFirst, ledger.Thing{ID: "council:6", Kind: ledger.Council, Name: "ST HELENS", Reference: true}),
	}})
	page := must(s.List(t.Context(), ledger.ListQuery{Kind: ledger.Council, At: ledger.Undated, Page: ledger.Page{Limit: 100}}))(t)
	same(t, "councils by name", []string{"council:4", "council:3", "council:5", "council:6", "council:2", "council:1"}, idsOf(page))
	same(t, "a cursor by name", ledger.Cursor{Key: "kings lynn and west", ID: "council:4"}, page.Items[0].Cursor)
}

// sorted are the short ids of versions in a list's order, as the contract says it.
func sorted(versions []ledger.Version, order ledger.Order, desc bool) []string {
	versions = slices.Clone(versions)
	slices.SortFunc(versions, func(a, b ledger.Version) int {
		by := cmp.Compare(a.Sort, b.Sort)
		if order == ledger.ByDate {
			if (a.Date == "") != (b.Date == "") { // whichever direction
				if a.Date == "" {
					return 1
				}
				return -1
			}
			by = cmp.Compare(a.Date, b.Date)
		}
		if desc {
			by = -by
		}
		return cmp.Or(by, cmp.Compare(a.Thing.ID, b.Thing.ID))
	})
	ids := []string{}
	for _, v := range versions {
		ids = append(ids, strings.TrimPrefix(v.Thing.ID, "incident:"))
	}
	return ids
}

func testListByDate(t *testing.T, s ledger.Store) {
	dates := []ledger.Date{"2024-02-01", "", "2023-12-31", "2024-02-01", "", "2024-10-01"}
	c := &ledger.Change{}
	for i, d := range dates {
		c.PutVersions = append(c.PutVersions, incident(fmt.Sprint(6-i), "I", d, ledger.Always, ledger.Forever))
	}
	apply(t, s, c)
	q := ledger.ListQuery{Kind: ledger.Incident, At: ledger.Undated, Order: ledger.ByDate, Page: ledger.Page{Limit: 9, WithTotal: true}}
	list := func(what string, want []string, cursor ledger.Cursor) {
		t.Helper()
		page := must(s.List(t.Context(), q))(t)
		same(t, what, want, idsOf(page))
		if page.Total != len(want) {
			t.Errorf("%s: total %d, want %d", what, page.Total, len(want))
		}
		if n := len(page.Items); n > 0 {
			same(t, what+": last cursor", cursor, page.Items[n-1].Cursor)
		}
	}
	list("upwards", []string{"4", "3", "6", "1", "2", "5"}, ledger.Cursor{ID: "incident:5"})
	q.Desc = true
	list("downwards", []string{"1", "3", "6", "4", "2", "5"}, ledger.Cursor{ID: "incident:5"})
	q.Since = "2024-02-01"
	list("since", []string{"1", "3", "6"}, ledger.Cursor{Key: "2024-02-01", ID: "incident:6"})
	q.Until = "2024-02-01"
	list("on one day", []string{"3", "6"}, ledger.Cursor{Key: "2024-02-01", ID: "incident:6"})
	q.Since, q.Desc = "", false
	list("until", []string{"4", "3", "6"}, ledger.Cursor{Key: "2024-02-01", ID: "incident:6"})
}

func testListFilters(t *testing.T, s ledger.Store) {
	apply(t, s, world())
	for _, test := range []struct {
		name string
		q    ledger.ListQuery
		want []string
	}{
		{"councils", ledger.ListQuery{Kind: ledger.Council, At: ledger.Undated}, []string{alder.ID, birch.ID, cedar.ID}},
		{"councils then", ledger.ListQuery{Kind: ledger.Council, At: daySecond}, []string{alder.ID, birch.ID}},
		{"nothing claimed of it", ledger.ListQuery{Kind: ledger.ThreatActor, At: ledger.Undated}, nil},
		{"one facet", ledger.ListQuery{Kind: ledger.Council, At: ledger.Undated, Facets: [][]string{{"nation:England"}}}, []string{alder.ID, birch.ID}},
		{"one of several", ledger.ListQuery{Kind: ledger.Council, At: ledger.Undated, Facets: [][]string{{"nation:Wales", "gss:E07000001", "gss:none"}}}, []string{alder.ID, cedar.ID}},
		{"two groups", ledger.ListQuery{Kind: ledger.Council, At: ledger.Undated, Facets: [][]string{{"nation:England"}, {"ceased:yes"}}}, []string{birch.ID}},
		{"groups without a common thing", ledger.ListQuery{Kind: ledger.Council, At: ledger.Undated, Facets: [][]string{{"nation:Wales"}, {"ceased:yes"}}}, nil},
		{"an empty group", ledger.ListQuery{Kind: ledger.Council, At: ledger.Undated, Facets: [][]string{{}}}, nil},
		{"no groups", ledger.ListQuery{Kind: ledger.Council, At: ledger.Undated, Facets: [][]string{}}, []string{alder.ID, birch.ID, cedar.ID}},
		{"a facet is no prefix", ledger.ListQuery{Kind: ledger.Council, At: ledger.Undated, Facets: [][]string{{"nation:Engl", "nation:england", "nation:%"}}}, nil},
		{"a word", ledger.ListQuery{Kind: ledger.Council, At: ledger.Undated, Words: []string{"county"}}, []string{birch.ID}},
		{"words as prefixes, in any order", ledger.ListQuery{Kind: ledger.Council, At: ledger.Undated, Words: []string{"cou", "ald"}}, []string{alder.ID}},
		{"an alias", ledger.ListQuery{Kind: ledger.Council, At: ledger.Undated, Words: []string{"hall"}}, []string{alder.ID}},
		{"a word inside a term", ledger.ListQuery{Kind: ledger.Council, At: ledger.Undated, Words: []string{"ouncil"}}, nil},
		{"a word and a facet", ledger.ListQuery{Kind: ledger.Council, At: ledger.Undated, Words: []string{"council"}, Facets: [][]string{{"type:COUNTY"}}}, []string{birch.ID}},
		{"words that match one by one", ledger.ListQuery{Kind: ledger.Council, At: ledger.Undated, Words: []string{"alder", "birch"}}, nil},
		{"articles", ledger.ListQuery{Kind: ledger.ArticleKind, At: ledger.Undated, Facets: [][]string{{"origin:ARTICLE"}}}, []string{"article:first", "article:second", "article:third", "article:undated"}},
		{"all articles", ledger.ListQuery{Kind: ledger.ArticleKind, At: ledger.Always}, []string{"article:gazetteer"}},
		{"articles about", ledger.ListQuery{Kind: ledger.ArticleKind, At: ledger.Undated, Facets: [][]string{{"origin:ARTICLE"}, {"about:" + birch.ID}}}, []string{"article:second", "article:third"}},
		{"articles by words of the text", ledger.ListQuery{Kind: ledger.ArticleKind, At: ledger.Undated, Words: []string{"undat", "say"}}, []string{"article:undated"}},
		{"articles by date", ledger.ListQuery{Kind: ledger.ArticleKind, At: ledger.Undated, Order: ledger.ByDate, Desc: true, Facets: [][]string{{"origin:ARTICLE"}}},
			[]string{"article:second", "article:third", "article:first", "article:undated"}},
		{"articles since", ledger.ListQuery{Kind: ledger.ArticleKind, At: ledger.Undated, Since: dayThird}, []string{"article:second", "article:third"}},
		{"incident versions then", ledger.ListQuery{Kind: ledger.Incident, At: eveSecond}, []string{"first-1", "third-1"}},
		{"incident versions later", ledger.ListQuery{Kind: ledger.Incident, At: daySecond, Words: []string{"birch"}}, []string{"first-1"}},
	} {
		test.q.Page = ledger.Page{Limit: 100, WithTotal: true}
		page := must(s.List(t.Context(), test.q))(t)
		same(t, test.name, test.want, idsOf(page))
		if page.Total != len(test.want) {
			t.Errorf("%s: total %d, want %d", test.name, page.Total, len(test.want))
		}
		if tally := must(s.Tally(t.Context(), test.q, nil))(t); tally.Total != len(test.want) {
			t.Errorf("%s: tally %d, want %d", test.name, tally.Total, len(test.want))
		}
	}
	tally := must(s.Tally(t.Context(), ledger.ListQuery{Kind: ledger.Council, At: ledger.Undated}, []string{"nation", "ceased"}))(t)
	same(t, "councils by nation", map[string]int{"nation:England": 2, "nation:Wales": 1, "ceased:yes": 1, "ceased:no": 2}, tally.Facets)
	same(t, "councils by month", map[string]int{"": 3}, tally.Months)
	page := must(s.List(t.Context(), ledger.ListQuery{Kind: ledger.ArticleKind, At: daySecond, Words: []string{"second"}, Page: ledger.Page{Limit: 9}}))(t)
	same(t, "an article in a list", []ledger.ListItem{{
		Thing:  ledger.Thing{ID: "article:second", Kind: ledger.ArticleKind, Name: "Title of second"},
		Cursor: ledger.Cursor{Key: "title of second", ID: "article:second"},
	}}, page.Items)
}

// testListPages reads a list with ties in pages of every size, both ways, in every order.
func testListPages(t *testing.T, s ledger.Store) {
	versions := incidents(40)
	apply(t, s, &ledger.Change{PutVersions: versions})
	for _, order := range []ledger.Order{ledger.ByName, ledger.ByDate} {
		for _, desc := range []bool{false, true} {
			want := sorted(versions, order, desc)
			fetch := func(p ledger.Page) *ledger.ListPage {
				return must(s.List(t.Context(), ledger.ListQuery{Kind: ledger.Incident, At: ledger.Undated, Order: order, Desc: desc, Page: p}))(t)
			}
			pages(t, fmt.Sprintf("%s desc=%t", order, desc), want, fetch)
		}
	}
}

// pages checks that a list with these ids, read in pages of any size from either end, is the whole list in its order.
func pages(t *testing.T, what string, want []string, fetch func(ledger.Page) *ledger.ListPage) {
	t.Helper()
	n := len(want)
	all := fetch(ledger.Page{Limit: n + 1, WithTotal: true})
	same(t, what, want, idsOf(all))
	if all.HasMore || all.Total != n {
		t.Errorf("%s: whole list has more: %t, total %d; want false, %d", what, all.HasMore, all.Total, n)
	}
	if t.Failed() {
		return
	}
	if none := fetch(ledger.Page{Limit: 0, WithTotal: true}); len(none.Items) > 0 || none.HasMore || none.Total != n {
		t.Errorf("%s: a page of none is %+v", what, none)
	}
	if full := fetch(ledger.Page{Limit: n}); len(full.Items) != n || full.HasMore || full.Total != 0 {
		t.Errorf("%s: a page of just all has %d items, more: %t, and a total of %d that was not asked for", what, len(full.Items), full.HasMore, full.Total)
	}
	for _, size := range []int{1, 3, 7} {
		var forward []string
		for p := (ledger.Page{Limit: size, WithTotal: true}); ; {
			page := fetch(p)
			forward = append(forward, idsOf(page)...)
			if page.Total != n {
				t.Errorf("%s by %d: total %d, want %d", what, size, page.Total, n)
			}
			if !page.HasMore || len(page.Items) != size || len(forward) > n {
				break
			}
			p.After = &page.Items[size-1].Cursor
		}
		same(t, fmt.Sprintf("%s by %d", what, size), want, forward)
		var backward []string
		for p := (ledger.Page{Limit: size, Backward: true}); ; {
			page := fetch(p)
			backward = append(idsOf(page), backward...)
			if !page.HasMore || len(page.Items) != size || len(backward) > n {
				break
			}
			p.Before = &page.Items[0].Cursor
		}
		same(t, fmt.Sprintf("%s by %d backward", what, size), want, backward)
	}
	from, to := all.Items[n/4].Cursor, all.Items[3*n/4].Cursor
	inner := want[n/4+1 : 3*n/4]
	same(t, what+": between", inner, idsOf(fetch(ledger.Page{Limit: n, After: &from, Before: &to})))
	same(t, what+": first between", inner[:2], idsOf(fetch(ledger.Page{Limit: 2, After: &from, Before: &to})))
	same(t, what+": last between", inner[len(inner)-2:], idsOf(fetch(ledger.Page{Limit: 2, After: &from, Before: &to, Backward: true})))
	same(t, what+": after the last", []string{}, idsOf(fetch(ledger.Page{Limit: 2, After: &all.Items[n-1].Cursor})))
	same(t, what+": before the first", []string{}, idsOf(fetch(ledger.Page{Limit: 2, Before: &all.Items[0].Cursor, Backward: true})))
	same(t, what+": crossed", []string{}, idsOf(fetch(ledger.Page{Limit: 2, After: &to, Before: &from})))
}

// testListPagesWhileWriting puts things before and behind the reader and drops the one that it stands on. Each thing
// that was there all the time is seen once.
func testListPagesWhileWriting(t *testing.T, s ledger.Store) {
	for _, backward := range []bool{false, true} {
		for _, order := range []ledger.Order{ledger.ByName, ledger.ByDate} {
			versions := incidents(20)
			apply(t, s, &ledger.Change{PutVersions: versions})
			var dropped []ledger.Version
			var added []ledger.Version
			seen := map[string]int{}
			p := ledger.Page{Limit: 3, Backward: backward}
			for step := 0; ; step++ {
				page := must(s.List(t.Context(), ledger.ListQuery{Kind: ledger.Incident, At: ledger.Undated, Order: order, Page: p}))(t)
				for _, id := range idsOf(page) {
					seen[id]++
				}
				if step > 3*len(versions) {
					t.Fatalf("order %s, backward %t: paging does not end", order, backward)
				}
				if !page.HasMore {
					break
				}
				at := page.Items[len(page.Items)-1]
				p.After = &at.Cursor
				if backward {
					at = page.Items[0]
					p.After, p.Before = nil, &at.Cursor
				}
				drop := ledger.Version{Thing: at.Thing, From: "2024-01-01"}
				put := []ledger.Version{
					incident(fmt.Sprintf("a%d", step), "Incident 0", "2023-12-31", "2024-01-01", ledger.Forever),
					incident(fmt.Sprintf("z%d", step), "Incident 9", "", "2024-01-01", ledger.Forever),
					incident(fmt.Sprintf("m%d", step), at.Thing.Name, at.Thing.IdentifiedOn, "2024-01-01", ledger.Forever),
				}
				apply(t, s, &ledger.Change{DropVersions: []ledger.Version{drop}, PutVersions: put})
				dropped, added = append(dropped, drop), append(added, put...)
			}
			for _, v := range versions {
				if id := strings.TrimPrefix(v.Thing.ID, "incident:"); seen[id] != 1 {
					t.Errorf("order %s, backward %t: %s was seen %d times", order, backward, id, seen[id])
				}
			}
			for _, v := range added {
				if id := strings.TrimPrefix(v.Thing.ID, "incident:"); seen[id] > 1 {
					t.Errorf("order %s, backward %t: %s was seen %d times", order, backward, id, seen[id])
				}
			}
			apply(t, s, &ledger.Change{DropVersions: slices.Concat(versions, added)})
		}
	}
}

func testSearch(t *testing.T, s ledger.Store) {
	titles := []string{"Leicester", "Leicester City", "City of Leicester", "Leicestershire", "Leicester", "Lei", "Royal Leicester Spa", "North East Derbyshire"}
	c := &ledger.Change{}
	for i, title := range titles {
		c.PutVersions = append(c.PutVersions, incident(fmt.Sprint(i), title, "", ledger.Always, ledger.Forever))
	}
	data := c.PutVersions[0]
	data.Thing = ledger.Thing{ID: "data:leicester", Kind: ledger.Data, Name: "Leicester"}
	council := data
	council.Thing = ledger.Thing{ID: "council:leicester", Kind: ledger.Council, Name: "Leicester"}
	c.PutVersions = append(c.PutVersions, data, council)
	article := record("leicester", dayFirst)
	article.Article.Title = "Leicester"
	c.PutRecords = []*ledger.Record{article}
	apply(t, s, c)

	for _, test := range []struct {
		text  string
		kinds []ledger.Kind
		want  []string
	}{
		{"leicester", nil, []string{"council:leicester", "0", "4", "1", "3", "2", "6"}},
		{"LEICESTER", []ledger.Kind{}, []string{"council:leicester", "0", "4", "1", "3", "2", "6"}},
		{"lei", []ledger.Kind{ledger.Incident}, []string{"5", "0", "4", "1", "3", "2", "6"}},
		{"leicester c", nil, []string{"1", "2"}},
		{"city leicester", nil, []string{"2", "1"}},
		{"derby north", nil, []string{"7"}},
		{"leicester", []ledger.Kind{ledger.Data, ledger.ArticleKind, ledger.Council}, []string{"article:leicester", "council:leicester", "data:leicester"}},
		{"leicester zebra", nil, nil},
		{"eicester", nil, nil},
	} {
		q := ledger.SearchQuery{Words: ledger.Terms(test.text), Key: ledger.SortKey(test.text), Kinds: test.kinds, At: ledger.Undated, Page: ledger.Page{Limit: 50, WithTotal: true}}
		page := must(s.Search(t.Context(), q))(t)
		same(t, "search "+test.text, test.want, idsOf(page))
		if page.Total != len(test.want) {
			t.Errorf("search %s: total %d, want %d", test.text, page.Total, len(test.want))
		}
	}
	q := ledger.SearchQuery{Words: []string{"lei"}, Key: "leicester", Kinds: []ledger.Kind{ledger.Incident}, At: ledger.Undated}
	pages(t, "search pages", []string{"0", "4", "1", "3", "2", "5", "6"}, func(p ledger.Page) *ledger.ListPage {
		q.Page = p
		return must(s.Search(t.Context(), q))(t)
	})
	q.Page = ledger.Page{Limit: 9}
	var cursors []ledger.Cursor
	for _, item := range must(s.Search(t.Context(), q))(t).Items {
		cursors = append(cursors, item.Cursor)
	}
	same(t, "cursors", []ledger.Cursor{
		{Rank: 0, Key: "leicester", ID: "incident:0"}, {Rank: 0, Key: "leicester", ID: "incident:4"}, {Rank: 1, Key: "leicester city", ID: "incident:1"},
		{Rank: 1, Key: "leicestershire", ID: "incident:3"}, {Rank: 2, Key: "city of leicester", ID: "incident:2"}, {Rank: 2, Key: "lei", ID: "incident:5"},
		{Rank: 2, Key: "royal leicester spa", ID: "incident:6"},
	}, cursors)

	// Words that are query syntax elsewhere find nothing and do no harm.
	for _, word := range []string{`"`, `*`, `leicester*`, `leicester"`, `'`, `\`, `AND`, `leicester OR x`, `name:leicester`, `(`, `^lei`, `-lei`, `%`, `le_cester`, `lei~`, `/lei.*/`, `é`} {
		q := ledger.SearchQuery{Words: []string{word}, Key: word, At: ledger.Undated, Page: ledger.Page{Limit: 9, WithTotal: true}}
		page := must(s.Search(t.Context(), q))(t)
		list := must(s.List(t.Context(), ledger.ListQuery{Kind: ledger.Incident, Words: q.Words, At: ledger.Undated, Page: q.Page}))(t)
		if len(page.Items)+page.Total+len(list.Items)+list.Total > 0 {
			t.Errorf("word %q finds %v and lists %v", word, idsOf(page), idsOf(list))
		}
	}
	var long []string
	for i := range 200 {
		long = append(long, "leicester"[:1+i%9])
	}
	q = ledger.SearchQuery{Words: long, Key: strings.Join(long, " "), At: ledger.Undated, Page: ledger.Page{Limit: 9}}
	if page := must(s.Search(t.Context(), q))(t); len(page.Items) != 7 { // all but "Lei" and Derbyshire
		t.Errorf("200 words find %v", idsOf(page))
	}
}
