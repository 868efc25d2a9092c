package trace

import (
	"cmp"
	"context"
	"slices"

	"spillover/fold"
	"spillover/ledger"
)

// Spreads follows incidents from the councils first reported compromised or disrupted through the arrangements they
// were members of at the time, breadth first, to a distance of at most maxHops. The incidents are walked in step, so
// that the store is asked as often for many as for one. Results are aligned with the incidents.
func Spreads(ctx context.Context, src Source, at ledger.Date, incidents []*ledger.Thing, maxHops int) ([]*Spread, error) {
	ids := make([]string, len(incidents))
	for i, t := range incidents {
		ids[i] = t.ID
	}
	pages, err := src.Claims(ctx, ledger.ClaimQuery{IDs: ids, Towards: ledger.Out, Predicates: []ledger.Predicate{ledger.Impact},
		At: at, Page: ledger.Page{Limit: -1}})
	if err != nil {
		return nil, err
	}
	walks := make([]*walk, len(incidents))
	for i, t := range incidents {
		w := &walk{impacts: map[string]*fold.Relation{}}
		impacts := fold.Relations(pages[i].Claims)
		for k := range impacts {
			w.impacts[impacts[k].To] = &impacts[k]
		}
		w.first, w.last = span(t, impacts)
		w.start(origins(impacts))
		walks[i] = w
	}
	if err := step(ctx, src, at, walks, maxHops); err != nil {
		return nil, err
	}
	out := make([]*Spread, len(incidents))
	for i, w := range walks {
		s := &Spread{Incident: ids[i], Origins: w.origins, Hops: w.hops, SearchedTo: w.searched, Truncated: w.truncated, Counts: map[string]int{}}
		for c := range w.distance {
			s.Counts[w.outcome(c)]++
		}
		out[i] = s
	}
	return out, nil
}

// Exposures follows, from each council, the arrangements that hold on the day of knowledge (today, where that is now), to a
// distance of at most maxHops: whom a compromise there could reach. Results are aligned with the councils.
func Exposures(ctx context.Context, src Source, at ledger.Date, councils []string, maxHops int) ([][]Hop, error) {
	today := at
	if at == ledger.Undated {
		today = ledger.Today()
	}
	walks := make([]*walk, len(councils))
	for i, c := range councils {
		walks[i] = &walk{impacts: map[string]*fold.Relation{}, first: today, last: today}
		walks[i].start([]string{c})
	}
	if err := step(ctx, src, at, walks, maxHops); err != nil {
		return nil, err
	}
	out := make([][]Hop, len(councils))
	for i, w := range walks {
		out[i] = w.hops
	}
	return out, nil
}

// span is the time of an incident: its own day with its precision, else from the first report to the last. Both are "" where
// nothing is dated: then no arrangement is ruled out.
func span(t *ledger.Thing, impacts []fold.Relation) (first, last ledger.Date) {
	if t.IdentifiedOn != "" {
		return ledger.Span(t.IdentifiedOn, t.Precision)
	}
	for i := range impacts {
		if r := &impacts[i]; r.First != "" && (first == "" || r.First < first) {
			first = r.First
		}
	}
	return first, first
}

// origins are the councils first reported compromised or disrupted: those of the first day on which any was, or, where
// no such report is dated, all that were.
func origins(impacts []fold.Relation) []string {
	struck := map[string]ledger.Date{} // to the first day
	var first ledger.Date
	for i := range impacts {
		for _, c := range impacts[i].Claims {
			if c.Value != ledger.Compromised && c.Value != ledger.Disrupted {
				continue
			}
			day, ok := struck[c.To]
			if !ok || c.AssertedOn != "" && (day == "" || c.AssertedOn < day) {
				struck[c.To] = c.AssertedOn
			}
			if c.AssertedOn != "" && (first == "" || c.AssertedOn < first) {
				first = c.AssertedOn
			}
		}
	}
	var out []string
	for c, day := range struck {
		if day == first {
			out = append(out, c)
		}
	}
	slices.Sort(out)
	return out
}

// A walk is one breadth-first search from councils to their partners.
type walk struct {
	impacts     map[string]*fold.Relation // by council
	first, last ledger.Date               // the time at which an arrangement must have held

	origins   []string
	distance  map[string]int // of the councils reached
	used      map[string]bool
	frontier  []string
	hops      []Hop
	searched  int
	truncated bool
}

func (w *walk) start(origins []string) {
	w.origins, w.frontier, w.distance, w.used = origins, origins, map[string]int{}, map[string]bool{}
	for _, c := range origins {
		w.distance[c] = 0
	}
}

func (w *walk) outcome(council string) string {
	if r := w.impacts[council]; r != nil {
		return r.Value
	}
	return Unreported
}

// step walks all walks to the distance, one level after the other. Each level asks twice: which arrangements the councils of
// the frontier were in, and who else was.
func step(ctx context.Context, src Source, at ledger.Date, walks []*walk, maxHops int) error {
	for distance := 1; distance <= maxHops; distance++ {
		var councils []string
		for _, w := range walks {
			councils = append(councils, w.frontier...)
		}
		if councils = ledger.Set(councils...); len(councils) == 0 {
			break
		}
		memberships, err := members(ctx, src, at, councils, ledger.Out)
		if err != nil {
			return err
		}
		var arrangements []string
		for _, w := range walks {
			for _, c := range w.frontier {
				for i := range memberships[c] {
					if m := &memberships[c][i]; !w.used[m.To] && m.Held(w.first, w.last) {
						arrangements = append(arrangements, m.To)
					}
				}
			}
		}
		partners, err := members(ctx, src, at, ledger.Set(arrangements...), ledger.In)
		if err != nil {
			return err
		}
		for _, w := range walks {
			if len(w.frontier) > 0 {
				w.advance(distance, memberships, partners)
			}
		}
	}
	// What the bound cut off: does anything lead on from the last councils reached?
	var last []string
	for _, w := range walks {
		last = append(last, w.frontier...)
	}
	if last = ledger.Set(last...); len(last) > 0 {
		memberships, err := members(ctx, src, at, last, ledger.Out)
		if err != nil {
			return err
		}
		for _, w := range walks {
			for _, c := range w.frontier {
				for i := range memberships[c] {
					m := &memberships[c][i]
					w.truncated = w.truncated || !w.used[m.To] && m.Held(w.first, w.last)
				}
			}
		}
	}
	return order(ctx, src, at, walks)
}

// members are the membership relations of councils (Out) or of arrangements (In), by id.
func members(ctx context.Context, src Source, at ledger.Date, ids []string, towards ledger.Towards) (map[string][]fold.Relation, error) {
	out := map[string][]fold.Relation{}
	if len(ids) == 0 {
		return out, nil
	}
	pages, err := src.Claims(ctx, ledger.ClaimQuery{IDs: ids, Towards: towards, Predicates: []ledger.Predicate{ledger.Membership},
		At: at, Page: ledger.Page{Limit: -1}})
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		out[id] = fold.Relations(pages[i].Claims)
	}
	return out, nil
}

// advance takes one level: from the councils of the frontier, in the order of their ids, through each arrangement that
// held and was not walked before, to the members that were not reached earlier.
func (w *walk) advance(distance int, memberships, partners map[string][]fold.Relation) {
	var next []string
	walked := map[string]bool{}
	done := map[[2]string]bool{} // arrangement and council: listed once for each arrangement that leads there
	slices.Sort(w.frontier)
	for _, from := range w.frontier {
		for i := range memberships[from] {
			mine := &memberships[from][i]
			via := mine.To
			if w.used[via] || !mine.Held(w.first, w.last) {
				continue
			}
			walked[via] = true
			for k := range partners[via] {
				theirs := &partners[via][k]
				to := theirs.From
				d, reached := w.distance[to]
				if to == from || reached && d < distance && !(distance == 1 && d == 0) || !theirs.Held(w.first, w.last) {
					continue
				}
				directed := !(reached && d == 0)
				if directed && done[[2]string{via, to}] || !directed && to < from {
					continue
				}
				if !reached {
					if len(w.distance) >= maxWidth {
						w.truncated = true
						continue
					}
					w.distance[to] = distance
					next = append(next, to)
				}
				done[[2]string{via, to}] = true
				w.hops = append(w.hops, w.hop(from, via, to, distance, directed, mine, theirs))
			}
		}
	}
	for via := range walked {
		w.used[via] = true
	}
	w.frontier, w.searched = next, distance
}

func (w *walk) hop(from, via, to string, distance int, directed bool, mine, theirs *fold.Relation) Hop {
	h := Hop{From: from, Via: via, To: to, Distance: distance, Directed: directed, Outcome: Unreported, standing: w.impacts[to], mine: mine, theirs: theirs}
	if h.standing != nil {
		h.Outcome = h.standing.Value
		for _, c := range h.standing.Claims { // newest first: the last that says so is the first report
			if c.Value == h.Outcome && c.AssertedOn != "" {
				h.ReportedOn = c.AssertedOn
			}
		}
	}
	return h
}

// order puts hops by distance, then day (the unknown last), then the name of the council reached; ids break ties.
func order(ctx context.Context, src Source, at ledger.Date, walks []*walk) error {
	var ids []string
	for _, w := range walks {
		for i := range w.hops {
			ids = append(ids, w.hops[i].To)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	ids = ledger.Set(ids...)
	things, err := src.Things(ctx, ids, at)
	if err != nil {
		return err
	}
	name := map[string]string{}
	for i, t := range things {
		if t != nil {
			name[ids[i]] = ledger.SortKey(t.Name)
		}
	}
	for _, w := range walks {
		slices.SortFunc(w.hops, func(a, b Hop) int {
			return cmp.Or(cmp.Compare(a.Distance, b.Distance),
				cmp.Compare(cmp.Or(a.ReportedOn, ledger.Forever), cmp.Or(b.ReportedOn, ledger.Forever)),
				cmp.Compare(name[a.To], name[b.To]), cmp.Compare(a.To, b.To), cmp.Compare(a.Via, b.Via), cmp.Compare(a.From, b.From))
		})
	}
	return nil
}
