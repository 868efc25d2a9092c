package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"spillover/ledger"
)

// withoutThird is what undoes the article third in world, and the incident that second joined it to.
func withoutThird(w *ledger.Change) *ledger.Change {
	c := w.PutClaims
	return &ledger.Change{
		DropRecords:  []string{"article:third"},
		DropClaims:   []ledger.Claim{c[3], c[4]},
		DropVersions: []ledger.Version{w.PutVersions[2]},
		DropAliases:  []ledger.Alias{w.PutAliases[0]},
	}
}

// testReplace puts each record again, first changed and then as it was.
func testReplace(t *testing.T, s ledger.Store) {
	w := world()
	apply(t, s, w)
	before := dump(t, s)
	apply(t, s, world())
	same(t, "after putting all again", before, dump(t, s))

	other := mentioning(record("second", "2024-07-01", cedar, wolf), "key:other")
	other.Article.Title, other.Article.Text, other.Article.Sketch = "Corrected", "Other words.", nil
	apply(t, s, &ledger.Change{PutRecords: []*ledger.Record{other}})
	page := must(s.List(t.Context(), ledger.ListQuery{Kind: ledger.ArticleKind, At: ledger.Undated, Words: []string{"second"}, Page: ledger.Page{Limit: 9}}))(t)
	same(t, "the old words find it", []string{}, idsOf(page))
	page = must(s.List(t.Context(), ledger.ListQuery{Kind: ledger.ArticleKind, At: "2024-07-01", Words: []string{"corrected"}, Facets: [][]string{{"about:" + cedar.ID}}, Page: ledger.Page{Limit: 9}}))(t)
	same(t, "the new ones do", []string{"article:second"}, idsOf(page))
	inside(t, s, func(tx ledger.Tx) error {
		about, err := tx.ArticlesAbout(t.Context(), []string{ncsc.ID, wolf.ID})
		if err != nil {
			return err
		}
		same(t, "articles about", []string{"article:gazetteer", "article:second"}, about)
		mentions, err := tx.MentionsByKey(t.Context(), []string{"key:birch", "key:other"})
		same(t, "mentions", []ledger.Mention{other.Mentions[0], w.PutRecords[2].Mentions[0]}, mentions)
		return err
	})
	apply(t, s, &ledger.Change{PutRecords: []*ledger.Record{w.PutRecords[3]}})
	same(t, "after putting it back", before, dump(t, s))

	// In one change drops come before puts.
	apply(t, s, &ledger.Change{DropRecords: []string{"article:second"}, DropClaims: w.PutClaims, DropVersions: w.PutVersions, DropAliases: w.PutAliases,
		DropJudgements: []string{"judgement:1"}, PutRecords: w.PutRecords, PutClaims: w.PutClaims, PutVersions: w.PutVersions, PutAliases: w.PutAliases, PutJudgements: w.PutJudgements})
	same(t, "after dropping and putting at once", before, dump(t, s))
}

// testFoundAbsent puts what Records found absent in pieces and again, in the same transaction.
func testFoundAbsent(t *testing.T, s ledger.Store) {
	w := world()
	var ids []string
	for _, r := range w.PutRecords {
		ids = append(ids, r.Article.ID)
	}
	inside(t, s, func(tx ledger.Tx) error {
		got, err := tx.Records(t.Context(), ids)
		if err != nil {
			return err
		}
		same(t, "records", make([]*ledger.Record, len(ids)), got)
		for _, c := range []*ledger.Change{{PutClaims: w.PutClaims}, {PutClaims: w.PutClaims}, w, world()} {
			if err := tx.Apply(t.Context(), c); err != nil {
				return err
			}
		}
		return nil
	})
	pieces := dump(t, s)
	inside(t, s, func(tx ledger.Tx) error {
		if err := tx.Reset(t.Context()); err != nil {
			return err
		}
		return tx.Apply(t.Context(), world())
	})
	same(t, "put once", dump(t, s), pieces)
}

// testDrop drops a record: the store is as if it had never been loaded.
func testDrop(t *testing.T, s ledger.Store) {
	w := world()
	without := world()
	without.PutRecords = append(without.PutRecords[:2:2], without.PutRecords[3:]...)
	without.PutClaims = append(without.PutClaims[:3:3], without.PutClaims[5:]...)
	without.PutVersions = append(without.PutVersions[:2:2], without.PutVersions[3])
	without.PutAliases = without.PutAliases[1:]

	empty := dump(t, s)
	apply(t, s, without)
	want := dump(t, s)
	apply(t, s, w)
	apply(t, s, withoutThird(w))
	same(t, "without third", want, dump(t, s))
	apply(t, s, withoutThird(w))
	same(t, "without third twice", want, dump(t, s))
	apply(t, s, &ledger.Change{
		DropRecords: []string{"article:gazetteer", "article:first", "article:second", "article:undated"},
		DropClaims:  w.PutClaims, DropVersions: w.PutVersions, DropAliases: w.PutAliases, DropJudgements: []string{"judgement:1"},
	})
	same(t, "without anything", empty, dump(t, s))
}

// testReset drops what is derived; putting the records and the rest again gives the same graph.
func testReset(t *testing.T, s ledger.Store) {
	w := world()
	apply(t, s, w)
	before, records, revision := dump(t, s), recordsOf(t, s), revisionOf(t, s)
	reset := func(tx ledger.Tx) error { return tx.Reset(t.Context()) }
	inside(t, s, reset)
	ctx := t.Context()
	if n := revisionOf(t, s); n != revision+1 {
		t.Errorf("a reset gave revision %d, want %d", n, revision+1)
	}
	same(t, "records after a reset", records, recordsOf(t, s))
	same(t, "judgements after a reset", w.PutJudgements, must(s.Judgements(ctx))(t))
	same(t, "articles after a reset", []*ledger.Article{&w.PutRecords[1].Article}, must(s.Articles(ctx, []string{"article:first"}, dayFirst, true))(t))
	same(t, "things after a reset", make([]*ledger.Thing, len(allIDs)), must(s.Things(ctx, allIDs, ledger.Undated))(t))
	same(t, "claims after a reset", []ledger.ClaimPage{{}}, must(s.Claims(ctx, ledger.ClaimQuery{At: ledger.Undated, Page: ledger.Page{Limit: -1}}))(t))
	for _, k := range ledger.Kinds {
		same(t, "list after a reset", &ledger.ListPage{}, must(s.List(ctx, ledger.ListQuery{Kind: k, At: ledger.Undated, Page: ledger.Page{Limit: 9, WithTotal: true}}))(t))
	}
	page := must(s.Search(ctx, ledger.SearchQuery{Words: []string{"alder"}, Key: "alder", Kinds: ledger.Kinds, At: ledger.Undated, Page: ledger.Page{Limit: 9}}))(t)
	same(t, "search after a reset", []string{}, idsOf(page))

	rebuilt := *w
	rebuilt.PutRecords, rebuilt.PutJudgements = records, nil
	apply(t, s, &rebuilt)
	same(t, "after putting all again", before, dump(t, s))
	inside(t, s, func(tx ledger.Tx) error { // at once
		if err := reset(tx); err != nil {
			return err
		}
		return tx.Apply(ctx, &rebuilt)
	})
	same(t, "after a reset and putting all again at once", before, dump(t, s))
}

// testRollback fails and panics in the middle of an Update.
func testRollback(t *testing.T, s ledger.Store) {
	w := world()
	apply(t, s, w)
	before, revision := dump(t, s), revisionOf(t, s)
	ruin := func(tx ledger.Tx) {
		if err := tx.Apply(t.Context(), withoutThird(w)); err != nil {
			t.Error(err)
		}
		if err := tx.Reset(t.Context()); err != nil {
			t.Error(err)
		}
		if err := tx.Apply(t.Context(), &ledger.Change{PutRecords: []*ledger.Record{record("new", dayFirst, wolf)}, DropJudgements: []string{"judgement:1"}}); err != nil {
			t.Error(err)
		}
	}
	wrong := errors.New("wrong")
	if err := s.Update(t.Context(), func(tx ledger.Tx) error { ruin(tx); return wrong }); err != wrong {
		t.Errorf("Update gave %v, want f's own error", err)
	}
	same(t, "after an error", before, dump(t, s))

	panicked := func() (v any) {
		defer func() { v = recover() }()
		_ = s.Update(t.Context(), func(tx ledger.Tx) error { ruin(tx); panic("f panics") })
		return nil
	}()
	if panicked != "f panics" {
		t.Errorf("f's panic went on as %v", panicked)
	}
	same(t, "after a panic", before, dump(t, s))
	if n := revisionOf(t, s); n != revision {
		t.Errorf("failed updates moved the revision from %d to %d", revision, n)
	}
	if changes, ok, err := s.Changes(t.Context(), revision); len(changes) > 0 || !ok || err != nil {
		t.Errorf("failed updates left changes %v, %v, %v", changes, ok, err)
	}
}

func testRevision(t *testing.T, s ledger.Store) {
	j := func(id string) *ledger.Change { return &ledger.Change{PutJudgements: []ledger.Judgement{{ID: id}}} }
	for _, test := range []struct {
		name    string
		changes []*ledger.Change
		want    int64
	}{
		{"nothing applied", nil, 0},
		{"an empty change", []*ledger.Change{{}}, 0},
		{"one change", []*ledger.Change{j("judgement:1")}, 1},
		{"three changes and an empty one in one update", []*ledger.Change{j("judgement:2"), {}, j("judgement:3"), j("judgement:3")}, 2},
		{"a drop of what is not there", []*ledger.Change{{DropRecords: []string{"article:none"}}}, 3},
	} {
		inside(t, s, func(tx ledger.Tx) error {
			for _, c := range test.changes {
				if err := tx.Apply(t.Context(), c); err != nil {
					return err
				}
			}
			return nil
		})
		if n := revisionOf(t, s); n != test.want {
			t.Errorf("%s: revision %d, want %d", test.name, n, test.want)
		}
	}
}

func testChanges(t *testing.T, s ledger.Store) {
	w := world()
	a := w.PutClaims[0]
	apply(t, s, w,
		&ledger.Change{PutJudgements: []ledger.Judgement{{ID: "judgement:2"}}},
		withoutThird(w),
		&ledger.Change{PutRecords: []*ledger.Record{record("new", dayFirst, wolf)}},
		&ledger.Change{DropClaims: []ledger.Claim{a, a}},
		&ledger.Change{PutAliases: w.PutAliases[:1], DropVersions: w.PutVersions[3:], PutVersions: []ledger.Version{incident("z", "Z", "", dayFirst, ledger.Forever)}})
	all := []ledger.GraphChange{
		{Revision: 1, IDs: []string{"agency:ncsc", "arrangement:hub", "article:first", "article:gazetteer", "article:second", "article:third", "article:undated", "council:alder",
			"council:birch", "council:cedar", "incident:first-1", "incident:second-1", "incident:third-1", "incident:undated-1"}},
		{Revision: 2},
		{Revision: 3, IDs: []string{"article:third", "council:birch", "incident:first-1", "incident:third-1"}},
		{Revision: 4, IDs: []string{"article:new"}},
		{Revision: 5, IDs: []string{"arrangement:hub", "council:alder"}},
		{Revision: 6, IDs: []string{"incident:third-1", "incident:undated-1", "incident:z"}},
	}
	for since := range len(all) + 1 {
		changes, ok, err := s.Changes(t.Context(), int64(since))
		if !ok || err != nil {
			t.Errorf("changes after %d: %v, %v", since, ok, err)
		}
		same(t, fmt.Sprint("changes after ", since), all[since:], changes)
	}
	inside(t, s, func(tx ledger.Tx) error { // two changes of one update are one
		if err := tx.Apply(t.Context(), &ledger.Change{PutRecords: []*ledger.Record{record("b", dayFirst)}}); err != nil {
			return err
		}
		return tx.Apply(t.Context(), &ledger.Change{PutRecords: []*ledger.Record{record("a", dayFirst), record("b", dayFirst)}})
	})
	changes, _, err := s.Changes(t.Context(), 6)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "changes of one update", []ledger.GraphChange{{Revision: 7, IDs: []string{"article:a", "article:b"}}}, changes)
}

// testChangesWindow makes more changes than are kept.
func testChangesWindow(t *testing.T, s ledger.Store) {
	const kept, made = 1000, 1003
	for i := range made {
		apply(t, s, &ledger.Change{DropRecords: []string{fmt.Sprintf("article:%d", i+1)}})
	}
	for _, test := range []struct {
		since int64
		want  int
		ok    bool
	}{{0, 0, false}, {made - kept - 1, 0, false}, {made - kept, kept, true}, {made - 1, 1, true}, {made, 0, true}} {
		changes, ok, err := s.Changes(t.Context(), test.since)
		if len(changes) != test.want || ok != test.ok || err != nil {
			t.Errorf("after %d: %d changes, %v, %v; want %d, %v", test.since, len(changes), ok, err, test.want, test.ok)
		}
		for i, c := range changes {
			if r := test.since + int64(i) + 1; c.Revision != r || len(c.IDs) != 1 || c.IDs[0] != fmt.Sprintf("article:%d", r) {
				t.Fatalf("change %d after %d is %v", i, test.since, c)
			}
		}
	}
}

// testConcurrentUpdates has several goroutines count up in a judgement: no count is lost.
func testConcurrentUpdates(t *testing.T, s ledger.Store) {
	const writers, each = 8, 10
	ctx := t.Context()
	var wait sync.WaitGroup
	for range writers {
		wait.Go(func() {
			for range each {
				err := s.Update(ctx, func(tx ledger.Tx) error {
					all, err := tx.Judgements(ctx)
					if err != nil {
						return err
					}
					var count int
					if len(all) > 0 {
						if _, err := fmt.Sscan(all[0].Reason, &count); err != nil {
							return err
						}
					}
					return tx.Apply(ctx, &ledger.Change{PutJudgements: []ledger.Judgement{{ID: "judgement:count", Reason: fmt.Sprint(count + 1)}}})
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	if n := revisionOf(t, s); n != writers*each {
		t.Errorf("revision %d after %d updates", n, writers*each)
	}
	if all := must(s.Judgements(ctx))(t); len(all) != 1 || all[0].Reason != fmt.Sprint(writers*each) {
		t.Errorf("%d updates counted to %v", writers*each, all)
	}
}

// testReadersSeeWholeChanges renames all incidents in one change, again and again, while others read them.
func testReadersSeeWholeChanges(t *testing.T, s ledger.Store) {
	const n, rounds = 10, 20
	ctx := t.Context()
	generation := func(g int) *ledger.Change {
		c := &ledger.Change{}
		for i := range n + g%2 { // one more in every other generation
			c.PutVersions = append(c.PutVersions, incident(fmt.Sprint(i), fmt.Sprintf("Generation %d", g), "", ledger.Always, ledger.Forever))
		}
		if g%2 == 0 {
			c.DropVersions = []ledger.Version{incident(fmt.Sprint(n), "", "", ledger.Always, ledger.Forever)}
		}
		return c
	}
	apply(t, s, generation(0))
	var ids []string
	for i := range n {
		ids = append(ids, fmt.Sprint("incident:", i))
	}
	done := make(chan struct{})
	var wait sync.WaitGroup
	for range 3 {
		wait.Go(func() {
			for running := true; running; {
				select {
				case <-done:
					running = false
				default:
				}
				things, err := s.Things(ctx, ids, ledger.Undated)
				if err != nil {
					t.Error(err)
					return
				}
				page, err := s.List(ctx, ledger.ListQuery{Kind: ledger.Incident, At: ledger.Undated, Page: ledger.Page{Limit: 100, WithTotal: true}})
				if err != nil {
					t.Error(err)
					return
				}
				for _, thing := range things {
					if thing == nil || thing.Name != things[0].Name {
						t.Errorf("things of two generations: %v and %v", thing, things[0])
						return
					}
				}
				for _, item := range page.Items {
					if item.Thing.Name != page.Items[0].Thing.Name || page.Total != len(page.Items) {
						t.Errorf("a list of two generations, %d of %d", len(page.Items), page.Total)
						return
					}
				}
			}
		})
	}
	for g := range rounds {
		apply(t, s, generation(g+1))
	}
	close(done)
	wait.Wait()
}

// testCancelled calls every method with a context that has ended.
func testCancelled(t *testing.T, s ledger.Store) {
	w := world()
	apply(t, s, w)
	before, revision := dump(t, s), revisionOf(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	q := ledger.Page{Limit: 1, WithTotal: true}
	for name, call := range map[string]func() error{
		"Revision": func() error { _, err := s.Revision(ctx); return err },
		"Things":   func() error { _, err := s.Things(ctx, allIDs, ledger.Undated); return err },
		"List": func() error {
			_, err := s.List(ctx, ledger.ListQuery{Kind: ledger.Council, At: ledger.Undated, Page: q})
			return err
		},
		"Search": func() error {
			_, err := s.Search(ctx, ledger.SearchQuery{Words: []string{"a"}, At: ledger.Undated, Page: q})
			return err
		},
		"Claims": func() error {
			_, err := s.Claims(ctx, ledger.ClaimQuery{IDs: allIDs, At: ledger.Undated, Page: q})
			return err
		},
		"Articles":   func() error { _, err := s.Articles(ctx, allIDs, ledger.Undated, true); return err },
		"Mentions":   func() error { _, err := s.Mentions(ctx, allIDs, ledger.Undated); return err },
		"Spans":      func() error { _, err := s.Spans(ctx, allIDs, ledger.Undated); return err },
		"Counts":     func() error { _, err := s.Counts(ctx, ledger.Undated); return err },
		"Records":    func() error { return s.Records(ctx, func(*ledger.Record) error { return nil }) },
		"Judgements": func() error { _, err := s.Judgements(ctx); return err },
		"Changes":    func() error { _, _, err := s.Changes(ctx, 0); return err },
		"Update":     func() error { return s.Update(ctx, func(tx ledger.Tx) error { return tx.Apply(ctx, withoutThird(w)) }) },
	} {
		if err := call(); !errors.Is(err, context.Canceled) {
			t.Errorf("%s with a cancelled context gave %v", name, err)
		}
	}
	// It may also end in the middle of an Update, after all has been applied.
	ctx, cancel = context.WithCancel(t.Context())
	err := s.Update(ctx, func(tx ledger.Tx) error {
		err := tx.Apply(ctx, withoutThird(w))
		cancel()
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("an Update whose context ended gave %v", err)
	}
	same(t, "after cancelled calls", before, dump(t, s))
	if n := revisionOf(t, s); n != revision {
		t.Errorf("cancelled calls moved the revision from %d to %d", revision, n)
	}
}

// testManyReaders reads in more goroutines than a store has connections.
func testManyReaders(t *testing.T, s ledger.Store) {
	w := world()
	apply(t, s, w)
	ctx := t.Context()
	var wait sync.WaitGroup
	for i := range 64 {
		wait.Go(func() {
			for round := range 5 {
				q := ledger.ListQuery{Kind: ledger.Council, At: ledger.Undated, Desc: i%2 == 0, Page: ledger.Page{Limit: 9, WithTotal: true, Backward: i%3 == 0}}
				for range (i + round) % 4 {
					q.Facets = append(q.Facets, []string{"ceased:no", "ceased:yes"})
				}
				list, err := s.List(ctx, q)
				if err != nil || list.Total != 3 || len(list.Items) != 3 {
					t.Errorf("a list of %v, %v", list, err)
					return
				}
				claims, err := s.Claims(ctx, ledger.ClaimQuery{IDs: []string{alder.ID}, Towards: ledger.Towards(i % 3), At: ledger.Undated, Page: ledger.Page{Limit: 9, WithTotal: true}})
				if err != nil || claims[0].Total != len(claims[0].Claims) {
					t.Errorf("claims %v, %v", claims, err)
					return
				}
				things, err := s.Things(ctx, []string{"incident:third-1"}, ledger.Undated)
				if err != nil || things[0] == nil {
					t.Errorf("things %v, %v", things, err)
					return
				}
			}
		})
	}
	wait.Wait()
}
