package storetest

import (
	"testing"

	"spillover/ledger"
)

// A picture is all that can be asked of a store, at one day.
type picture struct {
	Lists    map[ledger.Kind]*ledger.ListPage
	ByDate   map[ledger.Kind]*ledger.ListPage
	Found    []ledger.ListItem
	Claims   []*ledger.Claim
	Counts   map[string]int
	Things   []*ledger.Thing
	Articles []*ledger.Article
	Mentions []*ledger.Mention
	Spans    []ledger.SpanOf
}

// A dumped store is all that can be asked of it, at all days of world.
type dumped struct {
	At         map[ledger.Date]picture
	Records    []*ledger.Record
	Judgements []ledger.Judgement
	Mentions   []ledger.Mention
	About      map[string][]string
}

var (
	allDays = []ledger.Date{ledger.Always, eveFirst, dayFirst, eveThird, dayThird, eveSecond, daySecond, "2024-12-31", ledger.Undated}
	allIDs  = []string{alder.ID, birch.ID, cedar.ID, hub.ID, ncsc.ID, wolf.ID, "incident:first-1", "incident:second-1", "incident:third-1", "incident:undated-1",
		"article:gazetteer", "article:first", "article:second", "article:third", "article:undated", "nothing", ""}
	allKeys = []string{"key:alder", "key:birch", "key:cedar", "key:none"}
)

// dump asks a store for everything.
func dump(t testing.TB, s ledger.Store) dumped {
	t.Helper()
	ctx := t.Context()
	d := dumped{At: map[ledger.Date]picture{}, About: map[string][]string{}, Records: recordsOf(t, s), Judgements: must(s.Judgements(ctx))(t)}
	for _, day := range allDays {
		p := picture{Lists: map[ledger.Kind]*ledger.ListPage{}, ByDate: map[ledger.Kind]*ledger.ListPage{}}
		for _, k := range ledger.Kinds {
			page := ledger.Page{Limit: 1000, WithTotal: true}
			p.Lists[k] = must(s.List(ctx, ledger.ListQuery{Kind: k, At: day, Order: ledger.ByName, Page: page}))(t)
			p.ByDate[k] = must(s.List(ctx, ledger.ListQuery{Kind: k, At: day, Order: ledger.ByDate, Desc: true, Page: page}))(t)
		}
		for _, word := range []string{"a", "b", "c", "title", "hub", "wolf", "says", "e0"} {
			q := ledger.SearchQuery{Words: []string{word}, Key: word, Kinds: ledger.Kinds, At: day, Page: ledger.Page{Limit: 1000}}
			p.Found = append(p.Found, must(s.Search(ctx, q))(t).Items...)
		}
		p.Claims = must(s.Claims(ctx, ledger.ClaimQuery{At: day, Page: ledger.Page{Limit: -1}}))(t)[0].Claims
		p.Counts = must(s.Counts(ctx, day))(t)
		p.Things = must(s.Things(ctx, allIDs, day))(t)
		p.Articles = must(s.Articles(ctx, allIDs, day, true))(t)
		p.Mentions = must(s.Mentions(ctx, allIDs, day))(t)
		p.Spans = must(s.Spans(ctx, allIDs, day))(t)
		d.At[day] = p
	}
	inside(t, s, func(tx ledger.Tx) error {
		var err error
		if d.Mentions, err = tx.MentionsByKey(ctx, allKeys); err != nil {
			return err
		}
		for _, id := range allIDs {
			if d.About[id], err = tx.ArticlesAbout(ctx, []string{id}); err != nil {
				return err
			}
		}
		return nil
	})
	return d
}

// inside runs f in an Update that should change nothing.
func inside(t testing.TB, s ledger.Store, f func(ledger.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), f); err != nil {
		t.Fatalf("Update: %v", err)
	}
}

func recordsOf(t testing.TB, s ledger.Store) []*ledger.Record {
	t.Helper()
	var records []*ledger.Record
	if err := s.Records(t.Context(), func(r *ledger.Record) error { records = append(records, r); return nil }); err != nil {
		t.Fatalf("Records: %v", err)
	}
	return records
}
