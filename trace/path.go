package trace

import (
	"context"
	"slices"
	"strings"

	"spillover/fold"
	"spillover/ledger"
)

// roads are the kinds that a path may always run through. Evidence is no road, and neither are agencies, threat actors
// and officials, or else everything is two steps from everything.
var roads = []ledger.Kind{ledger.Council, ledger.SharedArrangement, ledger.Incident}

// FindPath is a shortest path between two things over relations, of at most maxHops of them, walked either way. It runs
// through councils, arrangements and incidents, and through the kinds in through; its ends may be of any kind. Of
// several of one length it is the first by the ids along it. nil where none was
// found.
func FindPath(ctx context.Context, src Source, at ledger.Date, from, to string, maxHops int, through []ledger.Kind) (*Path, error) {
	// Distances are counted from the far end, so that walking from the near end can always take the smallest id
	// that is one step closer.
	distance := map[string]int{to: 0}
	relations := map[string][]fold.Relation{} // of each thing expanded
	frontier := []string{to}
	truncated := false
	for d := 1; d <= maxHops && len(frontier) > 0; d++ {
		if _, found := distance[from]; found {
			break
		}
		pages, err := src.Claims(ctx, ledger.ClaimQuery{IDs: frontier, At: at, Page: ledger.Page{Limit: -1}})
		if err != nil {
			return nil, err
		}
		var next []string
		for i, id := range frontier {
			relations[id] = fold.Relations(pages[i].Claims)
			for k := range relations[id] {
				other := otherEnd(&relations[id][k], id)
				if _, seen := distance[other]; seen || other != from && !walkable(other, through) {
					continue
				}
				if len(distance) >= maxWidth {
					truncated = true
					continue
				}
				distance[other] = d
				next = append(next, other)
			}
		}
		slices.Sort(next)
		frontier = next
	}
	length, found := distance[from]
	if !found {
		return nil, nil
	}
	p := &Path{Truncated: truncated}
	for at := from; at != to; {
		var best *fold.Relation
		next := ""
		length--
		for id, d := range distance {
			if d != length || next != "" && id >= next {
				continue
			}
			for i := range relations[id] {
				if r := &relations[id][i]; otherEnd(r, id) == at {
					best, next = r, id
					break // relations are in order: the first between the two
				}
			}
		}
		p.Steps = append(p.Steps, PathStep{From: at, To: next, Relation: *best})
		at = next
	}
	return p, nil
}

func otherEnd(r *fold.Relation, id string) string {
	if r.From == id {
		return r.To
	}
	return r.From
}

// kindOf is the kind that an id tells.
func kindOf(id string) ledger.Kind {
	prefix, _, _ := strings.Cut(id, ":")
	return map[string]ledger.Kind{"council": ledger.Council, "arrangement": ledger.SharedArrangement, "incident": ledger.Incident,
		"actor": ledger.ThreatActor, "agency": ledger.Agency, "official": ledger.Official}[prefix]
}

func walkable(id string, through []ledger.Kind) bool {
	kind := kindOf(id)
	return kind != "" && (slices.Contains(roads, kind) || slices.Contains(through, kind))
}
