package trace_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"spillover/ledger"
	"spillover/store/sqlite"
	"spillover/trace"
)

// graph is a store with claims, written one a line: "FROM PREDICATE TO VALUE DAY", for memberships "FROM in TO SINCE UNTIL"
// (the day, since and until "-" where unknown).
func graph(t testing.TB, lines string) ledger.Store {
	t.Helper()
	ctx := context.Background()
	store, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close(ctx) })
	r := &ledger.Record{Article: ledger.Article{ID: "article:1", Text: "text", PublishedOn: "2020-01-01", Origin: ledger.FromNews}}
	change := &ledger.Change{PutRecords: []*ledger.Record{r}}
	seen := map[string]bool{}
	thing := func(id string) {
		prefix, name, _ := strings.Cut(id, ":")
		kind := map[string]ledger.Kind{"council": ledger.Council, "arrangement": ledger.SharedArrangement, "agency": ledger.Agency, "actor": ledger.ThreatActor}[prefix]
		if kind != "" && !seen[id] {
			seen[id] = true
			r.Things = append(r.Things, ledger.Thing{ID: id, Kind: kind, Name: name, Reference: kind == ledger.Council})
		}
		if prefix == "incident" && !seen[id] {
			seen[id] = true
			change.PutVersions = append(change.PutVersions, ledger.Version{Thing: ledger.Thing{ID: id, Kind: ledger.Incident, Name: id}, From: ledger.Always, Until: ledger.Forever})
		}
	}
	for i, l := range strings.Split(strings.TrimSpace(lines), "\n") {
		f := strings.Fields(l)
		day := func(s string) ledger.Date { return ledger.Date(strings.TrimPrefix(s, "-")) }
		c := ledger.Claim{ID: fmt.Sprintf("claim:%03d", i), From: f[0], Predicate: ledger.Predicate(f[1]), To: f[2], Article: "article:1",
			KnownFrom: ledger.Always, KnownUntil: ledger.Forever, Quote: l}
		if f[1] == "in" {
			c.Predicate, c.Since, c.Until = ledger.Membership, day(f[3]), day(f[4])
			c.SincePrecision, c.UntilPrecision = ledger.Day, ledger.Day
		} else {
			c.Value, c.AssertedOn = f[3], day(f[4])
		}
		thing(c.From)
		thing(c.To)
		change.PutClaims = append(change.PutClaims, c)
	}
	if err := store.Update(ctx, func(tx ledger.Tx) error { return tx.Apply(ctx, change) }); err != nil {
		t.Fatal(err)
	}
	return store
}

func spread(t *testing.T, store ledger.Store, incident *ledger.Thing, maxHops int) []string {
	t.Helper()
	s, err := trace.Spreads(context.Background(), store, ledger.Undated, []*ledger.Thing{incident}, maxHops)
	if err != nil {
		t.Fatal(err)
	}
	out := []string{"origins " + strings.ReplaceAll(strings.Join(s[0].Origins, " "), "council:", "")}
	for _, h := range s[0].Hops {
		out = append(out, hop(h))
	}
	return append(out, fmt.Sprintf("%v to %d, truncated %v", s[0].Counts, s[0].SearchedTo, s[0].Truncated))
}

func hop(h trace.Hop) string {
	arrow := "->"
	if !h.Directed {
		arrow = "--"
	}
	s := fmt.Sprintf("%d %s %s(%s) %s %s %s %d", h.Distance, h.From, arrow, h.Via, h.To, h.Outcome, h.ReportedOn, len(h.Evidence()))
	return strings.NewReplacer("council:", "", "arrangement:", "").Replace(s)
}

const partners = `
	incident:1 IMPACT council:a COMPROMISED 2024-01-02
	incident:1 IMPACT council:b DISRUPTED 2024-01-04
	incident:1 IMPACT council:c UNAFFECTED 2024-01-03
	council:a in arrangement:p - -
	council:b in arrangement:p - -
	council:c in arrangement:p - -
	council:d in arrangement:p - -
	council:b in arrangement:q - -
	council:e in arrangement:q - -
	council:e in arrangement:r - -
	council:f in arrangement:r - -
	council:a in arrangement:old 2011-01-01 2017-12-31
	council:g in arrangement:old 2011-01-01 2017-12-31
	council:a in arrangement:later 2025-01-01 -
	council:h in arrangement:later 2025-01-01 -
	agency:ncsc RESPONSE incident:1 SUPPORTING 2024-01-02
	agency:ncsc RESPONSE incident:2 SUPPORTING 2024-01-02
	incident:2 IMPACT council:z DISRUPTED 2024-05-02`

func TestSpread(t *testing.T) {
	t.Parallel()
	store := graph(t, partners)
	incident := &ledger.Thing{ID: "incident:1"}
	want := []string{
		"origins a",
		"1 a ->(p) c UNAFFECTED 2024-01-03 3",
		"1 a ->(p) b DISRUPTED 2024-01-04 3",
		"1 a ->(p) d UNREPORTED  2",
		"2 b ->(q) e UNREPORTED  2",
		"3 e ->(r) f UNREPORTED  2",
		"map[COMPROMISED:1 DISRUPTED:1 UNAFFECTED:1 UNREPORTED:3] to 4, truncated false",
	}
	if diff := cmp.Diff(want, spread(t, store, incident, 4)); diff != "" {
		t.Error(diff)
	}
	want = append(append([]string{}, want[:5]...), "map[COMPROMISED:1 DISRUPTED:1 UNAFFECTED:1 UNREPORTED:2] to 2, truncated true")
	if diff := cmp.Diff(want, spread(t, store, incident, 2)); diff != "" {
		t.Error(diff)
	}
	// The incident's own time decides which arrangements held.
	old := &ledger.Thing{ID: "incident:1", IdentifiedOn: "2017-01-01", Precision: ledger.Year}
	if got := spread(t, store, old, 1); !strings.Contains(strings.Join(got, "\n"), "1 a ->(old) g UNREPORTED") {
		t.Errorf("in 2017 the old arrangement held:\n%s", strings.Join(got, "\n"))
	}
}

func TestSpreadFromSeveralOrigins(t *testing.T) {
	t.Parallel()
	store := graph(t, `
		incident:1 IMPACT council:b COMPROMISED -
		incident:1 IMPACT council:a DISRUPTED -
		incident:1 IMPACT council:c UNAFFECTED -
		council:a in arrangement:p - -
		council:b in arrangement:p - -
		council:c in arrangement:p - -
		council:a in arrangement:q - -
		council:b in arrangement:q - -
		council:c in arrangement:r - -
		council:b in arrangement:r - -`)
	want := []string{
		"origins a b",
		"1 a --(p) b COMPROMISED  3",
		"1 a --(q) b COMPROMISED  3",
		"1 a ->(p) c UNAFFECTED  3",
		"1 b ->(r) c UNAFFECTED  3",
		"map[COMPROMISED:1 DISRUPTED:1 UNAFFECTED:1] to 2, truncated false",
	}
	if diff := cmp.Diff(want, spread(t, store, &ledger.Thing{ID: "incident:1"}, 4)); diff != "" {
		t.Error(diff)
	}
}

func TestSpreadWithoutAnOrigin(t *testing.T) {
	t.Parallel()
	store := graph(t, `
		incident:1 IMPACT council:a SUSPECTED 2024-01-01
		council:a in arrangement:p - -
		council:b in arrangement:p - -`)
	if diff := cmp.Diff([]string{"origins ", "map[] to 0, truncated false"}, spread(t, store, &ledger.Thing{ID: "incident:1"}, 4)); diff != "" {
		t.Error(diff)
	}
}

func TestExposure(t *testing.T) {
	t.Parallel()
	store := graph(t, partners)
	hops, err := trace.Exposures(context.Background(), store, "2026-01-01", []string{"council:a", "council:z", "council:f"}, 2)
	if err != nil {
		t.Fatal(err)
	}
	var got [][]string
	for _, of := range hops {
		var s []string
		for _, h := range of {
			s = append(s, hop(h))
		}
		got = append(got, s)
	}
	want := [][]string{
		{"1 a ->(p) b UNREPORTED  2", "1 a ->(p) c UNREPORTED  2", "1 a ->(p) d UNREPORTED  2", "1 a ->(later) h UNREPORTED  2", "2 b ->(q) e UNREPORTED  2"},
		nil,
		{"1 f ->(r) e UNREPORTED  2", "2 e ->(q) b UNREPORTED  2"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestPath(t *testing.T) {
	t.Parallel()
	store := graph(t, partners)
	for _, test := range []struct {
		from, to string
		maxHops  int
		through  []ledger.Kind
		want     string
	}{
		{"council:a", "council:f", 6, nil, "a p b q e r f"},
		{"council:f", "council:a", 6, nil, "f r e q b p a"},
		{"council:a", "council:f", 5, nil, ""},
		{"council:a", "council:z", 8, nil, ""}, // only the agency joins them
		{"council:a", "council:z", 8, []ledger.Kind{ledger.Agency}, "a incident:1 agency:ncsc incident:2 z"},
		{"agency:ncsc", "council:z", 8, nil, "agency:ncsc incident:2 z"},
		{"council:a", "council:b", 8, nil, "a p b"}, // of two of one length the smaller ids: arrangement:p before incident:1
		{"council:a", "council:a", 8, nil, "a"},
		{"council:a", "council:none", 8, nil, ""},
	} {
		p, err := trace.FindPath(context.Background(), store, ledger.Undated, test.from, test.to, test.maxHops, test.through)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if p != nil {
			got = test.from
			for _, s := range p.Steps {
				got += " " + s.To
			}
		}
		got = strings.NewReplacer("council:", "", "arrangement:", "").Replace(got)
		if got != test.want {
			t.Errorf("%s to %s in %d through %v: %q, want %q", test.from, test.to, test.maxHops, test.through, got, test.want)
		}
	}
}

// kept has each answer of a store at hand after the first time, so that tracing alone is measured.
type kept struct {
	ledger.Store
	pages  map[string][]ledger.ClaimPage
	things map[string][]*ledger.Thing
}

func (k kept) Things(ctx context.Context, ids []string, at ledger.Date) ([]*ledger.Thing, error) {
	key := strings.Join(ids, " ")
	if things, ok := k.things[key]; ok {
		return things, nil
	}
	things, err := k.Store.Things(ctx, ids, at)
	k.things[key] = things
	return things, err
}

func (k kept) Claims(ctx context.Context, q ledger.ClaimQuery) ([]ledger.ClaimPage, error) {
	key := fmt.Sprint(q.Predicates, q.Towards) + strings.Join(q.IDs, " ")
	if pages, ok := k.pages[key]; ok {
		return pages, nil
	}
	pages, err := k.Store.Claims(ctx, q)
	k.pages[key] = pages
	return pages, err
}

// BenchmarkSpreads is one incident among 240 councils, in 60 arrangements of eight that overlap.
func BenchmarkSpreads(b *testing.B) {
	lines := []string{"incident:i IMPACT council:000 COMPROMISED 2024-01-01"}
	for a := range 60 {
		for m := range 8 {
			lines = append(lines, fmt.Sprintf("council:%03d in arrangement:%02d - -", (a*4+m)%240, a))
		}
	}
	store := kept{graph(b, strings.Join(lines, "\n")), map[string][]ledger.ClaimPage{}, map[string][]*ledger.Thing{}}
	for _, hops := range []int{2, 4} {
		b.Run(fmt.Sprint(hops, " hops"), func(b *testing.B) {
			b.ReportAllocs()
			found := 0
			for b.Loop() {
				s, err := trace.Spreads(b.Context(), store, ledger.Undated, []*ledger.Thing{{ID: "incident:i", Kind: ledger.Incident}}, hops)
				if err != nil {
					b.Fatal(err)
				}
				found = len(s[0].Hops)
			}
			b.ReportMetric(float64(found), "hops/op")
		})
	}
}
