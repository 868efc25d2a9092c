package graph

import (
	"context"

	"spillover/fold"
	"spillover/ledger"
	"spillover/trace"
)

// hopsWanted is the argument maxHops, or its default.
func hopsWanted(maxHops *int, otherwise int) (int, error) {
	if maxHops == nil {
		return otherwise, nil
	}
	return *maxHops, inRange("maxHops", *maxHops, 1, trace.MaxHops)
}

// A tracing names what is traced for a whole cohort.
type tracing struct {
	field string
	hops  int
	words bool // whether the words behind hops are shown
}

// A Spread is how an incident reached councils.
type Spread struct {
	*trace.Spread
	incident *Incident
	among    *hopSet
}

// A SpreadHop is one step of a spread or an exposure.
type SpreadHop struct {
	*trace.Hop
	among *hopSet
}

// A hopSet is a cohort of hops.
type hopSet struct {
	cohort
	all      []trace.Hop
	councils []string // further councils to load with them: origins
}

func (v view) newHops(all []trace.Hop) *hopSet { return &hopSet{cohort: cohort{view: v}, all: all} }

func (s *hopSet) wrap(some []trace.Hop) []*SpreadHop {
	hops := make([]*SpreadHop, len(some))
	for i := range some {
		hops[i] = &SpreadHop{&some[i], s}
	}
	return hops
}

// ends are the councils and arrangements of all hops.
func (s *hopSet) ends(ctx context.Context) (*things, error) {
	return together(&s.cohort, "ends", func() (*things, error) {
		ids := s.councils
		for i := range s.all {
			ids = append(ids, s.all[i].From, s.all[i].Via, s.all[i].To)
		}
		return s.loadThings(ctx, ids)
	})
}

// end is a council or an arrangement of a hop.
func end[E Entity](ctx context.Context, s *hopSet, id string) (found E, err error) {
	ends, err := s.ends(ctx)
	if err != nil {
		return found, err
	}
	found, ok := ends.entity(id).(E)
	if !ok {
		return found, errMoved
	}
	return found, nil
}

// Incident is the incident.
func (s *Spread) Incident() *Incident { return s.incident }

// Origins are the councils first reported compromised or disrupted.
func (s *Spread) Origins(ctx context.Context) ([]*Council, error) {
	ends, err := s.among.ends(ctx)
	if err != nil {
		return nil, err
	}
	return pick[*Council](ends, s.Spread.Origins), nil
}

// Hops are the steps.
func (s *Spread) Hops() []*SpreadHop { return s.among.wrap(s.Spread.Hops) }

// Compromised is the number of councils that were compromised.
func (s *Spread) Compromised() int { return s.Counts[ledger.Compromised] }

// Disrupted is the number of councils that were disrupted.
func (s *Spread) Disrupted() int { return s.Counts[ledger.Disrupted] }

// Suspected is the number of councils that are suspected to be affected.
func (s *Spread) Suspected() int { return s.Counts[ledger.Suspected] }

// Unaffected is the number of councils that were said to be unaffected.
func (s *Spread) Unaffected() int { return s.Counts[ledger.Unaffected] }

// Unreported is the number of councils of which nobody has said anything.
func (s *Spread) Unreported() int { return s.Counts[trace.Unreported] }

// From is the council that the step leaves.
func (h *SpreadHop) From(ctx context.Context) (*Council, error) {
	return end[*Council](ctx, h.among, h.Hop.From)
}

// Via is the arrangement that joins the two.
func (h *SpreadHop) Via(ctx context.Context) (*SharedArrangement, error) {
	return end[*SharedArrangement](ctx, h.among, h.Hop.Via)
}

// To is the council that the step reaches.
func (h *SpreadHop) To(ctx context.Context) (*Council, error) {
	return end[*Council](ctx, h.among, h.Hop.To)
}

// Evidence is the claims of the standing, then of both memberships.
func (h *SpreadHop) Evidence() ([]*Claim, error) {
	set, err := together(&h.among.cohort, "evidence", func() (*claims, error) {
		set := h.among.newClaims()
		for i := range h.among.all {
			set.add(h.among.all[i].Evidence())
		}
		return set, nil
	})
	if err != nil {
		return nil, err
	}
	return set.wrap(h.Hop.Evidence()), nil
}

// A Path is a shortest connection between two things.
type Path struct {
	*trace.Path
	steps []*PathStep
}

// A PathStep is one relation of a path.
type PathStep struct {
	From     Entity
	Relation Relation
	To       Entity
}

// Length is the number of steps.
func (p *Path) Length() int { return len(p.steps) }

// Steps are the steps.
func (p *Path) Steps() []*PathStep { return p.steps }

// findPath is a shortest path between two things, nil where there is none.
func (v view) findPath(ctx context.Context, from, to string, maxHops int, through []ledger.Kind) (*Path, error) {
	asked, err := v.store.Things(ctx, []string{from, to}, v.at)
	if err != nil {
		return nil, err
	}
	for i, id := range []string{from, to} {
		if asked[i] == nil {
			return nil, ledger.Errorf(ledger.NotFound, "there is nothing with the id %q to look for a path from or to", id)
		}
	}
	found, err := trace.FindPath(ctx, v.store, v.at, asked[0].ID, asked[1].ID, maxHops, through)
	if found == nil || err != nil {
		return nil, err
	}
	set := &relations{cohort: cohort{view: v}}
	var ids []string
	for _, step := range found.Steps {
		set.all = append(set.all, []fold.Relation{step.Relation})
		ids = append(ids, step.Relation.From, step.Relation.To)
	}
	ends, err := v.loadThings(ctx, ids)
	if err != nil {
		return nil, err
	}
	path := &Path{Path: found, steps: make([]*PathStep, len(found.Steps))}
	for i := range found.Steps {
		step := &found.Steps[i]
		r := set.wrap(&step.Relation, ends.entity(step.Relation.From), ends.entity(step.Relation.To))
		path.steps[i] = &PathStep{ends.entity(step.From), r, ends.entity(step.To)}
		if path.steps[i].From == nil || path.steps[i].To == nil {
			return nil, errMoved
		}
	}
	return path, nil
}
