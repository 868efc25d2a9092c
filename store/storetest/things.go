package storetest

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"spillover/ledger"
)

func testEmpty(t *testing.T, s ledger.Store) {
	ctx := t.Context()
	if s.Name() == "" {
		t.Error("the store has no name")
	}
	if n := revisionOf(t, s); n != 0 {
		t.Errorf("revision %d, want 0", n)
	}
	counts := map[string]int{"Claim": 0}
	for _, k := range ledger.Kinds {
		counts[string(k)] = 0
	}
	same(t, "counts", counts, must(s.Counts(ctx, ledger.Undated))(t))
	same(t, "things", []*ledger.Thing{nil, nil}, must(s.Things(ctx, []string{"council:alder", ""}, ledger.Undated))(t))
	same(t, "things of no ids", []*ledger.Thing{}, must(s.Things(ctx, nil, ledger.Undated))(t))
	same(t, "articles", []*ledger.Article{nil}, must(s.Articles(ctx, []string{"article:first"}, ledger.Undated, true))(t))
	same(t, "mentions", []*ledger.Mention{nil, nil}, must(s.Mentions(ctx, []string{"incident:first-1", ""}, ledger.Undated))(t))
	same(t, "mentions of no ids", []*ledger.Mention{}, must(s.Mentions(ctx, nil, ledger.Undated))(t))
	same(t, "spans", []ledger.SpanOf{{}}, must(s.Spans(ctx, []string{"council:alder"}, ledger.Undated))(t))
	same(t, "list", &ledger.ListPage{}, must(s.List(ctx, ledger.ListQuery{Kind: ledger.Council, At: ledger.Undated, Page: ledger.Page{Limit: 1, WithTotal: true}}))(t))
	same(t, "search", &ledger.ListPage{}, must(s.Search(ctx, ledger.SearchQuery{Words: []string{"a"}, At: ledger.Undated, Page: ledger.Page{Limit: 1, WithTotal: true}}))(t))
	same(t, "claims of the graph", []ledger.ClaimPage{{}}, must(s.Claims(ctx, ledger.ClaimQuery{At: ledger.Undated, Page: ledger.Page{Limit: -1, WithTotal: true}}))(t))
	same(t, "claims of an id", []ledger.ClaimPage{{}}, must(s.Claims(ctx, ledger.ClaimQuery{IDs: []string{"x"}, At: ledger.Undated, Page: ledger.Page{Limit: 1, WithTotal: true}}))(t))
	same(t, "claims of no ids", []ledger.ClaimPage{}, must(s.Claims(ctx, ledger.ClaimQuery{IDs: []string{}, At: ledger.Undated, Page: ledger.Page{Limit: 1}}))(t))
	same(t, "judgements", []ledger.Judgement{}, must(s.Judgements(ctx))(t))
	same(t, "records", []*ledger.Record{}, recordsOf(t, s))
	changes, ok, err := s.Changes(ctx, 0)
	if len(changes) > 0 || !ok || err != nil {
		t.Errorf("changes after 0: %v, %v, %v", changes, ok, err)
	}
}

func testThings(t *testing.T, s ledger.Store) {
	w := world()
	apply(t, s, w)
	first, joined, third, undated := &w.PutVersions[0].Thing, &w.PutVersions[1].Thing, &w.PutVersions[2].Thing, &w.PutVersions[3].Thing
	ids := []string{alder.ID, cedar.ID, hub.ID, ncsc.ID, wolf.ID, "incident:first-1", "incident:third-1", "incident:second-1", "incident:undated-1", "article:first", "no", alder.ID}
	for _, test := range []struct {
		at   ledger.Date
		want []*ledger.Thing
	}{
		{"0001-01-02", []*ledger.Thing{&alder, nil, &hub, nil, nil, nil, nil, nil, nil, nil, nil, &alder}},
		{ledger.Always, []*ledger.Thing{&alder, nil, &hub, nil, nil, nil, nil, nil, nil, nil, nil, &alder}},
		{eveFirst, []*ledger.Thing{&alder, nil, &hub, nil, nil, nil, nil, nil, nil, nil, nil, &alder}},
		{dayFirst, []*ledger.Thing{&alder, nil, &hub, nil, nil, first, nil, nil, nil, nil, nil, &alder}},
		{eveThird, []*ledger.Thing{&alder, nil, &hub, nil, nil, first, nil, nil, nil, nil, nil, &alder}},
		{dayThird, []*ledger.Thing{&alder, nil, &hub, nil, nil, first, third, nil, nil, nil, nil, &alder}},
		{eveSecond, []*ledger.Thing{&alder, nil, &hub, nil, nil, first, third, nil, nil, nil, nil, &alder}},
		{daySecond, []*ledger.Thing{&alder, nil, &hub, &ncsc, nil, joined, joined, joined, nil, nil, nil, &alder}},
		{"9998-12-31", []*ledger.Thing{&alder, nil, &hub, &ncsc, nil, joined, joined, joined, nil, nil, nil, &alder}},
		{ledger.Undated, []*ledger.Thing{&alder, &cedar, &hub, &ncsc, nil, joined, joined, joined, undated, nil, nil, &alder}},
	} {
		same(t, "things at "+string(test.at), test.want, must(s.Things(t.Context(), ids, test.at))(t))
	}
}

// testAliasChains walks aliases: a → b → c, which exists until June, and then d; a fork; loops; a dead end.
func testAliasChains(t *testing.T, s ledger.Store) {
	const june = "2024-06-01"
	alias := func(id, to string, from, until ledger.Date) ledger.Alias {
		return ledger.Alias{ID: id, To: to, From: from, Until: until, Source: "incident:source"}
	}
	c, d, e := incident("c", "C", "", dayFirst, june), incident("d", "D", "", dayFirst, ledger.Forever), incident("e", "E", "", dayFirst, ledger.Forever)
	put := &ledger.Change{
		PutVersions: []ledger.Version{c, d, e},
		PutAliases: []ledger.Alias{
			alias("incident:a", "incident:b", dayFirst, ledger.Forever), alias("incident:b", "incident:c", dayFirst, ledger.Forever),
			alias("incident:c", "incident:d", june, ledger.Forever),
			alias("incident:d", "incident:e", dayFirst, ledger.Forever), // d exists, so this leads nowhere
			alias("incident:fork", "incident:e", dayFirst, ledger.Forever), alias("incident:fork", "incident:d", june, ledger.Forever),
			alias("incident:loop1", "incident:loop2", dayFirst, ledger.Forever), alias("incident:loop2", "incident:loop1", dayFirst, ledger.Forever),
			alias("incident:self", "incident:self", dayFirst, ledger.Forever), alias("incident:dead", "incident:nothing", dayFirst, ledger.Forever),
			alias("incident:toarticle", "article:x", dayFirst, ledger.Forever),
		},
		PutRecords: []*ledger.Record{record("x", dayFirst)},
	}
	// Two sources say the same; when one of them is taken back the other still says it.
	twice := alias("incident:a", "incident:b", dayFirst, ledger.Forever)
	twice.Source = "incident:other"
	put.PutAliases = append(put.PutAliases, twice)
	// A long chain.
	for i := range 200 {
		put.PutAliases = append(put.PutAliases, alias(fmt.Sprintf("incident:long%03d", i), fmt.Sprintf("incident:long%03d", i+1), dayFirst, ledger.Forever))
	}
	put.PutVersions = append(put.PutVersions, incident("long200", "Long", "", dayFirst, ledger.Forever))
	apply(t, s, put)

	ids := []string{"incident:a", "incident:b", "incident:c", "incident:d", "incident:fork", "incident:loop1", "incident:loop2", "incident:self", "incident:dead",
		"incident:toarticle", "incident:a"}
	check := func(what string, at ledger.Date, want ...*ledger.Thing) {
		t.Helper()
		same(t, what+" at "+string(at), want, must(s.Things(t.Context(), ids, at))(t))
	}
	check("aliases", dayFirst, &c.Thing, &c.Thing, &c.Thing, &d.Thing, &e.Thing, nil, nil, nil, nil, nil, &c.Thing)
	check("aliases", june, &d.Thing, &d.Thing, &d.Thing, &d.Thing, &d.Thing, nil, nil, nil, nil, nil, &d.Thing)
	check("aliases", eveFirst, make([]*ledger.Thing, len(ids))...)
	if got := must(s.Things(t.Context(), []string{"incident:long000"}, ledger.Undated))(t)[0]; got == nil || got.ID != "incident:long200" {
		t.Errorf("a chain of 200 aliases leads to %v", got)
	}
	apply(t, s, &ledger.Change{DropAliases: []ledger.Alias{twice}})
	check("after dropping one of two sources", dayFirst, &c.Thing, &c.Thing, &c.Thing, &d.Thing, &e.Thing, nil, nil, nil, nil, nil, &c.Thing)
	apply(t, s, &ledger.Change{DropAliases: []ledger.Alias{alias("incident:a", "incident:b", dayFirst, ""), alias("incident:none", "x", dayFirst, "")}})
	check("after dropping both", dayFirst, nil, &c.Thing, &c.Thing, &d.Thing, &e.Thing, nil, nil, nil, nil, nil, nil)
}

func testArticles(t *testing.T, s ledger.Store) {
	w := world()
	apply(t, s, w)
	bare := func(name string) *ledger.Article {
		for _, r := range w.PutRecords {
			if r.Article.ID == "article:"+name {
				a := r.Article
				a.Text, a.Sketch = "", nil
				return &a
			}
		}
		return nil
	}
	ids := []string{"article:undated", "article:first", "no", "article:gazetteer", "article:second", "article:first", alder.ID}
	for _, test := range []struct {
		at   ledger.Date
		want []*ledger.Article
	}{
		{eveFirst, []*ledger.Article{nil, nil, nil, bare("gazetteer"), nil, nil, nil}},
		{dayFirst, []*ledger.Article{nil, bare("first"), nil, bare("gazetteer"), nil, bare("first"), nil}},
		{daySecond, []*ledger.Article{nil, bare("first"), nil, bare("gazetteer"), bare("second"), bare("first"), nil}},
		{ledger.Undated, []*ledger.Article{bare("undated"), bare("first"), nil, bare("gazetteer"), bare("second"), bare("first"), nil}},
	} {
		same(t, "articles at "+string(test.at), test.want, must(s.Articles(t.Context(), ids, test.at, false))(t))
	}
	whole := []*ledger.Article{&w.PutRecords[1].Article}
	same(t, "an article with its text", whole, must(s.Articles(t.Context(), []string{"article:first"}, dayFirst, true))(t))
}

func testSpans(t *testing.T, s ledger.Store) {
	apply(t, s, world())
	ids := []string{"incident:first-1", birch.ID, alder.ID, hub.ID, cedar.ID, "no", "incident:first-1"}
	for _, test := range []struct {
		at   ledger.Date
		want []ledger.SpanOf
	}{
		{eveFirst, make([]ledger.SpanOf, 7)},
		{dayFirst, []ledger.SpanOf{{First: dayFirst, Last: dayFirst}, {}, {First: dayFirst, Last: dayFirst}, {}, {}, {}, {First: dayFirst, Last: dayFirst}}},
		{eveSecond, []ledger.SpanOf{{First: dayFirst, Last: dayFirst}, {First: dayThird, Last: dayThird}, {First: dayFirst, Last: dayFirst}, {}, {}, {}, {First: dayFirst, Last: dayFirst}}},
		{daySecond, []ledger.SpanOf{{First: dayFirst, Last: daySecond}, {First: dayThird, Last: dayThird}, {First: dayFirst, Last: dayFirst}, {}, {}, {}, {First: dayFirst, Last: daySecond}}},
		{ledger.Undated, []ledger.SpanOf{{First: dayFirst, Last: daySecond}, {First: dayThird, Last: dayThird}, {First: dayFirst, Last: dayFirst}, {}, {}, {}, {First: dayFirst, Last: daySecond}}},
	} {
		same(t, "spans at "+string(test.at), test.want, must(s.Spans(t.Context(), ids, test.at))(t))
	}
	// A data set with a day of its own does not count, an analyst's claim does.
	for _, origin := range []ledger.Origin{ledger.FromDataSet, ledger.FromAnalyst} {
		r := record("of-"+string(origin), "2025-01-01")
		r.Article.Origin = origin
		apply(t, s, &ledger.Change{PutRecords: []*ledger.Record{r}, PutClaims: []ledger.Claim{claim(ledger.Membership, alder.ID, hub.ID, "", &r.Article)}})
		want := []ledger.SpanOf{{}}
		if origin == ledger.FromAnalyst {
			want = []ledger.SpanOf{{First: "2025-01-01", Last: "2025-01-01"}}
		}
		same(t, "span with a claim by "+string(origin), want, must(s.Spans(t.Context(), []string{hub.ID}, ledger.Undated))(t))
	}
}

func testCounts(t *testing.T, s ledger.Store) {
	apply(t, s, world())
	for _, test := range []struct {
		at                                                                    ledger.Date
		councils, arrangements, incidents, agencies, actors, articles, claims int
	}{
		{ledger.Always, 2, 1, 0, 0, 0, 0, 2},
		{eveFirst, 2, 1, 0, 0, 0, 0, 2},
		{dayFirst, 2, 1, 1, 0, 0, 1, 3},
		{dayThird, 2, 1, 2, 0, 0, 2, 4},
		{eveSecond, 2, 1, 2, 0, 0, 2, 4},
		{daySecond, 2, 1, 1, 1, 0, 3, 5},
		{ledger.Undated, 3, 1, 2, 1, 0, 4, 6},
	} {
		want := map[string]int{"Council": test.councils, "SharedArrangement": test.arrangements, "Incident": test.incidents, "Agency": test.agencies,
			"ThreatActor": test.actors, "Official": 0, "Data": 0, "Article": test.articles, "Claim": test.claims}
		same(t, "counts at "+string(test.at), want, must(s.Counts(t.Context(), test.at))(t))
	}
}

func testRecords(t *testing.T, s ledger.Store) {
	w := world()
	var want []*ledger.Record
	for i := range 100 { // more than a store may read at a time
		want = append(want, record(fmt.Sprintf("r%03d", i), dayFirst, alder))
	}
	w.PutRecords = append(w.PutRecords, want...)
	apply(t, s, w)
	want = slices.SortedFunc(slices.Values(w.PutRecords), func(a, b *ledger.Record) int {
		if a.Article.ID < b.Article.ID {
			return -1
		}
		return 1
	})
	same(t, "records", want, recordsOf(t, s))

	stop := errors.New("stop")
	var seen int
	err := s.Records(t.Context(), func(*ledger.Record) error {
		seen++
		revisionOf(t, s) // yield may call the store
		apply(t, s, &ledger.Change{PutJudgements: []ledger.Judgement{{ID: "judgement:x", Reason: fmt.Sprint(seen)}}})
		if seen == 3 {
			return stop
		}
		return nil
	})
	if err != stop || seen != 3 {
		t.Errorf("Records ended after %d with %v, want after 3 with yield's error", seen, err)
	}

	inside(t, s, func(tx ledger.Tx) error {
		got, err := tx.Records(t.Context(), []string{want[2].Article.ID, "no", want[0].Article.ID, want[2].Article.ID})
		if err == nil {
			same(t, "records in a transaction", []*ledger.Record{want[2], nil, want[0], want[2]}, got)
		}
		return err
	})
}

func testMentions(t *testing.T, s ledger.Store) {
	w := world()
	mention := map[string]ledger.Mention{}
	for _, r := range w.PutRecords {
		for _, m := range r.Mentions {
			mention[m.ID] = m
		}
	}
	first, second, third, undated := mention["incident:first-1"], mention["incident:second-1"], mention["incident:third-1"], mention["incident:undated-1"]
	inside(t, s, func(tx ledger.Tx) error {
		// A transaction sees what it has applied.
		if err := tx.Apply(t.Context(), w); err != nil {
			return err
		}
		for _, test := range []struct {
			keys []string
			want []ledger.Mention
		}{
			{nil, nil},
			{[]string{"key:none"}, nil},
			{[]string{"key:cedar"}, []ledger.Mention{undated}},
			{[]string{"key:birch", "key:alder", "key:alder"}, []ledger.Mention{first, second, third}},
			{[]string{"key:%", "key:_irch", "KEY:ALDER"}, nil},
		} {
			got, err := tx.MentionsByKey(t.Context(), test.keys)
			if err != nil {
				return err
			}
			same(t, fmt.Sprint("mentions by ", test.keys), test.want, got)
		}
		got, err := tx.MentionsByID(t.Context(), []string{"incident:third-1", "no", "incident:first-1", "incident:first-1"})
		if err != nil {
			return err
		}
		same(t, "mentions by id", []ledger.Mention{first, third}, got)
		about, err := tx.ArticlesAbout(t.Context(), []string{birch.ID, ncsc.ID, "no"})
		if err != nil {
			return err
		}
		same(t, "articles about", []string{"article:gazetteer", "article:second", "article:third"}, about)
		return nil
	})
	// A mention is its own, whatever it has been merged into, from its article's day on and as long as its article is there.
	ids := []string{"incident:third-1", "no", "incident:first-1", alder.ID, "incident:undated-1", "article:first", "incident:third-1", ""}
	for _, test := range []struct {
		at   ledger.Date
		want []*ledger.Mention
	}{
		{ledger.Always, make([]*ledger.Mention, 8)},
		{eveFirst, make([]*ledger.Mention, 8)},
		{dayFirst, []*ledger.Mention{nil, nil, &first, nil, nil, nil, nil, nil}},
		{daySecond, []*ledger.Mention{&third, nil, &first, nil, nil, nil, &third, nil}},
		{ledger.Undated, []*ledger.Mention{&third, nil, &first, nil, &undated, nil, &third, nil}},
	} {
		same(t, "mentions at "+string(test.at), test.want, must(s.Mentions(t.Context(), ids, test.at))(t))
	}
	apply(t, s, &ledger.Change{DropRecords: []string{"article:third"}})
	same(t, "mentions of an article that is gone", []*ledger.Mention{nil, &first}, must(s.Mentions(t.Context(), []string{third.ID, first.ID}, ledger.Undated))(t))
}

func testJudgements(t *testing.T, s ledger.Store) {
	j := func(id, reason string) ledger.Judgement {
		return ledger.Judgement{ID: id, Kind: ledger.SameAs, A: "incident:a", B: "incident:b", Author: "Ann", Reason: reason, On: "2024-06-01T10:00:00Z"}
	}
	apply(t, s,
		&ledger.Change{PutJudgements: []ledger.Judgement{j("judgement:b", "1"), j("judgement:a", "2"), j("judgement:C", "3")}},
		&ledger.Change{PutJudgements: []ledger.Judgement{j("judgement:b", "again")}, DropJudgements: []string{"judgement:a", "judgement:none"}})
	want := []ledger.Judgement{j("judgement:C", "3"), j("judgement:b", "again")}
	same(t, "judgements", want, must(s.Judgements(t.Context()))(t))
	inside(t, s, func(tx ledger.Tx) error {
		if err := tx.Apply(t.Context(), &ledger.Change{DropJudgements: []string{"judgement:b"}}); err != nil {
			return err
		}
		got, err := tx.Judgements(t.Context())
		same(t, "judgements in a transaction", want[:1], got)
		return err
	})
}

// testEarliestContributor shows a thing as the earliest record has it, whatever the order in which they came.
func testEarliestContributor(t *testing.T, s ledger.Store) {
	named := func(name string) ledger.Thing { return ledger.Thing{ID: "agency:x", Kind: ledger.Agency, Name: name} }
	article := ledger.Article{ID: "article:claims", Origin: ledger.FromDataSet}
	exists := claim(ledger.Appointment, "official:o", "agency:x", "Head", &article)
	shown := func(at ledger.Date, want string) {
		t.Helper()
		got := ""
		if x := must(s.Things(t.Context(), []string{"agency:x"}, at))(t)[0]; x != nil {
			got = x.Name
		}
		list := must(s.List(t.Context(), ledger.ListQuery{Kind: ledger.Agency, At: at, Page: ledger.Page{Limit: 9}}))(t)
		listed := ""
		for _, item := range list.Items {
			listed += item.Thing.Name
		}
		if got != want || listed != want {
			t.Errorf("at %s the thing is %q and the list has %q, want %q", at, got, listed, want)
		}
	}
	put := func(name string, on ledger.Date, thing string) {
		t.Helper()
		apply(t, s, &ledger.Change{PutRecords: []*ledger.Record{record(name, on, named(thing))}, PutClaims: []ledger.Claim{exists}})
	}
	put("undated", "", "Undated")
	shown(ledger.Undated, "Undated")
	shown(daySecond, "") // nobody had said it
	put("b", daySecond, "B")
	shown(daySecond, "B")
	shown(eveSecond, "")
	put("c", daySecond, "C") // same day: the smaller id
	shown(daySecond, "B")
	put("a", daySecond, "A")
	shown(daySecond, "A")
	put("z", dayFirst, "Z")
	shown(dayFirst, "Z")
	shown(ledger.Undated, "Z")
	put("z", "2025-01-01", "Z moved") // replaced by a later day
	shown(ledger.Undated, "A")
	put("a", daySecond, "A corrected")
	shown(daySecond, "A corrected")
	apply(t, s, &ledger.Change{DropRecords: []string{"article:a", "article:b", "article:none"}})
	shown(daySecond, "C")
	apply(t, s, &ledger.Change{DropRecords: []string{"article:c", "article:undated"}})
	shown(daySecond, "")
	shown("2025-01-01", "Z moved")
	apply(t, s, &ledger.Change{DropClaims: []ledger.Claim{exists}})
	shown(ledger.Undated, "")
}

// testKnownDays looks at both sides of both bounds of a claim, a version and an alias.
func testKnownDays(t *testing.T, s ledger.Store) {
	const eve, from, last, until = "2024-02-28", "2024-02-29", "2024-12-31", "2025-01-01"
	article := ledger.Article{ID: "article:a", PublishedOn: from}
	c := claim(ledger.Impact, "incident:i", "council:x", ledger.Disrupted, &article)
	c.KnownUntil = until
	holder, office := ledger.Thing{ID: "official:from", Kind: ledger.Official, Name: "From"}, ledger.Thing{ID: "agency:to", Kind: ledger.Agency, Name: "To"}
	post := claim(ledger.Appointment, holder.ID, office.ID, "Head", &article)
	post.KnownUntil = until
	apply(t, s, &ledger.Change{
		PutRecords:  []*ledger.Record{record("thing", "2020-01-01", ledger.Thing{ID: "council:x", Kind: ledger.Council, Name: "X"}, holder, office)},
		PutClaims:   []ledger.Claim{c, post},
		PutVersions: []ledger.Version{incident("i", "I", "2024-01-01", from, until)},
		PutAliases:  []ledger.Alias{{ID: "incident:was", To: "incident:i", From: from, Until: until, Source: "s"}},
	})
	for _, test := range []struct {
		at   ledger.Date
		want int
	}{{"", 0}, {eve, 0}, {from, 1}, {last, 1}, {until, 0}, {ledger.Undated, 0}, {ledger.Forever, 0}} {
		ctx, got := t.Context(), map[string]int{}
		for _, k := range []ledger.Kind{ledger.Council, ledger.Incident, ledger.Official, ledger.Agency} {
			page := must(s.List(ctx, ledger.ListQuery{Kind: k, At: test.at, Page: ledger.Page{Limit: 9, WithTotal: true}}))(t)
			got["list "+string(k)], got["total "+string(k)] = len(page.Items), page.Total
		}
		got["search"] = len(must(s.Search(ctx, ledger.SearchQuery{Words: []string{"x"}, Key: "x", At: test.at, Page: ledger.Page{Limit: 9}}))(t).Items)
		got["claims"] = len(must(s.Claims(ctx, ledger.ClaimQuery{IDs: []string{"council:x"}, At: test.at, Page: ledger.Page{Limit: -1}}))(t)[0].Claims)
		got["all claims"] = len(must(s.Claims(ctx, ledger.ClaimQuery{At: test.at, Predicates: []ledger.Predicate{ledger.Impact}, Page: ledger.Page{Limit: -1}}))(t)[0].Claims)
		counts := must(s.Counts(ctx, test.at))(t)
		got["half the claims"], got["count councils"], got["count incidents"] = counts["Claim"]/2, counts["Council"], counts["Incident"]
		for i, thing := range must(s.Things(ctx, []string{"council:x", "incident:i", "incident:was", holder.ID, office.ID}, test.at))(t) {
			if thing != nil {
				got[fmt.Sprint("thing ", i)] = 1
			} else {
				got[fmt.Sprint("thing ", i)] = 0
			}
		}
		if span := must(s.Spans(ctx, []string{"council:x"}, test.at))(t)[0]; (span == ledger.SpanOf{First: from, Last: from}) {
			got["span"] = 1
		} else {
			got["span"] = 0
		}
		for what, n := range got {
			if n != test.want {
				t.Errorf("at %q: %s is %d, want %d", test.at, what, n, test.want)
			}
		}
	}
}
