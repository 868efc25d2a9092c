package storetest

import (
	"fmt"
	"slices"
	"testing"

	"spillover/ledger"
)

// testActs writes acts among other changes and reads them in pages of every size, both ways.
func testActs(t *testing.T, s ledger.Store) {
	ctx := t.Context()
	apply(t, s, world())
	var want []ledger.Act
	for i := range 9 {
		a := ledger.Act{Kind: ledger.ActSameAs, On: "2024-05-01T12:00:00Z", Token: "ann", Author: "Ann", Reason: fmt.Sprint("reason ", i),
			Before: []ledger.Stood{{ID: alder.ID, Name: alder.Name, LeadsTo: alder.ID}, {ID: fmt.Sprint("incident:", i%2)}},
			After:  []ledger.Stood{{ID: alder.ID, Name: alder.Name, LeadsTo: alder.ID}, {ID: fmt.Sprint("incident:", i%2), Name: "An incident", LeadsTo: "incident:first-1"}}}
		apply(t, s, &ledger.Change{Act: &a}, &ledger.Change{PutVersions: incidents(1)})
		a.Revision = revisionOf(t, s) - 1
		want = append(want, a)
	}
	slices.Reverse(want)
	all := must(s.Acts(ctx, ledger.ActQuery{Page: ledger.Page{Limit: 100, WithTotal: true}}))(t)
	same(t, "acts", &ledger.ActPage{Acts: want, Total: 9}, all)
	for of, some := range map[string][]ledger.Act{alder.ID: want, "incident:1": {want[1], want[3], want[5], want[7]}, "incident:first-1": want, "incident:9": nil} {
		page := must(s.Acts(ctx, ledger.ActQuery{Of: of, Page: ledger.Page{Limit: 100, WithTotal: true}}))(t)
		same(t, "acts of "+of, &ledger.ActPage{Acts: some, Total: len(some)}, page)
	}
	reasons := func(acts []ledger.Act) []string {
		var out []string
		for _, a := range acts {
			out = append(out, a.Reason)
		}
		return out
	}
	for size := 1; size <= 10; size++ {
		for _, backward := range []bool{false, true} {
			var read []ledger.Act
			page := ledger.Page{Limit: size, Backward: backward}
			for more := true; more; {
				part := must(s.Acts(ctx, ledger.ActQuery{Page: page}))(t)
				if len(part.Acts) == 0 {
					t.Fatalf("an empty page of %d, backward %t", size, backward)
				}
				if first, last := ledger.ActCursor(&part.Acts[0]), ledger.ActCursor(&part.Acts[len(part.Acts)-1]); backward {
					read, page.Before = append(slices.Clone(part.Acts), read...), &first
				} else {
					read, page.After = append(read, part.Acts...), &last
				}
				more = part.HasMore
			}
			same(t, fmt.Sprintf("acts in pages of %d, backward %t", size, backward), reasons(want), reasons(read))
		}
	}
	before := reasons(all.Acts)
	if err := s.Update(ctx, func(tx ledger.Tx) error { return tx.Reset(ctx) }); err != nil {
		t.Fatal(err)
	}
	same(t, "acts after a reset", before, reasons(must(s.Acts(ctx, ledger.ActQuery{Page: ledger.Page{Limit: 100}}))(t).Acts))
	err := s.Update(ctx, func(tx ledger.Tx) error {
		found := must(tx.Things(ctx, []string{"incident:0", "nothing"}))(t)
		if found[1] != nil {
			t.Errorf("a thing that is not there: %+v", found[1])
		}
		if err := tx.Apply(ctx, &ledger.Change{PutVersions: []ledger.Version{incident("new", "New", "", ledger.Always, ledger.Forever)}}); err != nil {
			return err
		}
		if found = must(tx.Things(ctx, []string{"incident:new"}))(t); found[0] == nil || found[0].Name != "New" {
			t.Errorf("an update does not see what it has applied: %+v", found[0])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Acts(ctx, ledger.ActQuery{Page: ledger.Page{Limit: 1, After: &ledger.Cursor{Key: "alder", ID: "council:1"}}}); ledger.KindOf(err) != ledger.Invalid {
		t.Errorf("a cursor of another list: %v", err)
	}
}
