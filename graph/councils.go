package graph

import (
	"cmp"
	"context"
	"slices"

	"spillover/ledger"
	"spillover/trace"
)

// Gss is its code.
func (c *Council) Gss() *string { return optional(c.Thing.GSS) }

// FormerGss are the codes that it had before.
func (c *Council) FormerGss() []string { return orEmpty(c.FormerGSS) }

// Successor is the first of the councils that took over.
func (c *Council) Successor(ctx context.Context) (*Council, error) {
	all, err := c.Successors(ctx)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all[0], nil
}

// Successors are the councils that took over.
func (c *Council) Successors(ctx context.Context) ([]*Council, error) {
	if len(c.Thing.Successors) == 0 {
		return []*Council{}, nil
	}
	heirs, err := together(&c.among.cohort, "successors", func() (*things, error) {
		var ids []string
		for _, t := range c.among.all {
			ids = append(ids, t.Successors...)
		}
		return c.among.loadThings(ctx, ids)
	})
	if err != nil {
		return nil, err
	}
	return pick[*Council](heirs, slices.Sorted(slices.Values(c.Thing.Successors))), nil
}

// Predecessors are the councils that it took over from.
func (c *Council) Predecessors(ctx context.Context) ([]*Council, error) {
	all, err := c.among.predecessors(ctx)
	if err != nil {
		return nil, err
	}
	return pick[*Council](all.things, all.of[c.ID]), nil
}

// forebears are the predecessors of a cohort's councils.
type forebears struct {
	*things
	of map[string][]string // their ids by the id of an heir, sorted
}

// predecessors asks for the councils that name a member as their successor, then for those that name these. It takes
// as many calls as abolitions followed one another, which is two or three.
func (s *things) predecessors(ctx context.Context) (forebears, error) {
	return together(&s.cohort, "predecessors", func() (forebears, error) {
		found := forebears{s.newThings(nil), map[string][]string{}}
		for next := s.ids(ledger.Council); len(next) > 0; {
			facets := make([]string, len(next))
			for i, id := range next {
				facets[i] = "successor:" + id
			}
			q := ledger.ListQuery{Kind: ledger.Council, At: s.at, Facets: [][]string{facets}, Order: ledger.ByName, Page: ledger.Page{Limit: mostPredecessors}}
			page, err := s.store.List(ctx, q)
			if err != nil {
				return found, err
			}
			next = nil
			for i := range page.Items {
				t := &page.Items[i].Thing
				if found.asked[t.ID] != nil {
					continue
				}
				found.add(t.ID, t)
				next = append(next, t.ID)
			}
		}
		slices.SortFunc(found.all, func(a, b *ledger.Thing) int { return cmp.Compare(a.ID, b.ID) })
		for _, t := range found.all {
			met := map[string]bool{t.ID: true}
			for heirs := slices.Clone(t.Successors); len(heirs) > 0; heirs = heirs[1:] {
				id := heirs[0]
				if met[id] {
					continue
				}
				met[id] = true
				found.of[id] = append(found.of[id], t.ID)
				if heir := found.asked[id]; heir != nil {
					heirs = append(heirs, heir.Successors...)
				}
			}
		}
		return found, nil
	})
}

// mostPredecessors bounds the abolished councils of one cohort; there have been about a hundred.
const mostPredecessors = 10_000

// Memberships are the arrangements it is or was part of.
func (c *Council) Memberships(ctx context.Context) ([]*Membership, error) {
	return related[*Membership](ctx, c.entity, byFarName)
}

// Impacts are how it stood in each incident.
func (c *Council) Impacts(ctx context.Context, includePredecessors *bool) ([]*Impact, error) {
	impacts, err := related[*Impact](ctx, c.entity, latestIncident)
	if err != nil || includePredecessors != nil && !*includePredecessors {
		return impacts, err
	}
	before, err := c.among.predecessors(ctx)
	if err != nil {
		return nil, err
	}
	for _, old := range pick[*Council](before.things, before.of[c.ID]) {
		all, err := old.among.bonds(ctx, ledger.Council, []ledger.Predicate{ledger.Impact}, true)
		if err != nil {
			return nil, err
		}
		impacts = append(impacts, ordered[*Impact](all, old.entity, latestIncident)...)
	}
	slices.SortStableFunc(impacts, func(a, b *Impact) int { return latestIncident(&a.relation, &b.relation) })
	return impacts, nil
}

// Officials are its officials, with their posts.
func (c *Council) Officials(ctx context.Context) ([]*Appointment, error) {
	return related[*Appointment](ctx, c.entity, byNearName)
}

// Exposure is whom a compromise could reach.
func (c *Council) Exposure(ctx context.Context, maxHops *int) ([]*SpreadHop, error) {
	hops, err := hopsWanted(maxHops, 2)
	if err != nil {
		return nil, err
	}
	type found struct {
		*hopSet
		of map[string][]trace.Hop
	}
	words := fieldReadsWords(ctx)
	all, err := together(&c.among.cohort, tracing{"exposure", hops, words}, func() (found, error) {
		ids := c.among.ids(ledger.Council)
		exposures, err := trace.Exposures(ctx, source{c.among.store, !words}, c.among.at, ids, hops)
		if err != nil {
			return found{}, err
		}
		f := found{c.among.newHops(slices.Concat(exposures...)), map[string][]trace.Hop{}}
		for i, id := range ids {
			f.of[id] = exposures[i]
		}
		return f, nil
	})
	if err != nil {
		return nil, err
	}
	return all.wrap(all.of[c.ID]), nil
}

// ArrangementKind is what is shared.
func (a *SharedArrangement) ArrangementKind() string { return a.Thing.ArrangementKind }

// Provider is who runs it, by its memberships where it is an article's own and nobody else says.
func (a *SharedArrangement) Provider(ctx context.Context) (*string, error) {
	if a.Thing.Provider != "" {
		return &a.Thing.Provider, nil
	}
	members, err := a.Memberships(ctx)
	if err != nil {
		return nil, err
	}
	for _, m := range members {
		if m.relation.Provider != "" {
			return &m.relation.Provider, nil
		}
	}
	return nil, nil
}

// Memberships are the councils that are or were part of it.
func (a *SharedArrangement) Memberships(ctx context.Context) ([]*Membership, error) {
	return related[*Membership](ctx, a.entity, byNearName)
}

// Incidents are those in whose reports it plays a part: in whose context a membership of it was claimed.
func (a *SharedArrangement) Incidents(ctx context.Context) ([]*Incident, error) {
	members, err := a.Memberships(ctx)
	if err != nil {
		return nil, err
	}
	found, err := together(&a.among.cohort, "incidents", func() (*things, error) {
		var ids []string
		for _, t := range a.among.all {
			if t.Kind != ledger.SharedArrangement {
				continue
			}
			all, err := related[*Membership](ctx, entity{t, a.among}, byNearName)
			if err != nil {
				return nil, err
			}
			ids = append(ids, mentionsOf(all)...)
		}
		return a.among.loadThings(ctx, ids)
	})
	if err != nil {
		return nil, err
	}
	return found.incidents(mentionsOf(members)), nil
}

func mentionsOf(members []*Membership) []string {
	var ids []string
	for _, m := range members {
		for i := range m.relation.Claims {
			ids = append(ids, m.relation.Claims[i].Mention)
		}
	}
	return ledger.Set(ids...)
}

// incidents are the incidents that ids lead to, the latest first.
func (s *things) incidents(ids []string) []*Incident {
	all := pick[*Incident](s, ids)
	slices.SortFunc(all, func(a, b *Incident) int {
		return cmp.Or(cmp.Compare(b.IdentifiedOn, a.IdentifiedOn), cmp.Compare(a.ID, b.ID))
	})
	return slices.CompactFunc(all, func(a, b *Incident) bool { return a.ID == b.ID })
}

// Responses are what it does about incidents.
func (a *Agency) Responses(ctx context.Context) ([]*Response, error) {
	return related[*Response](ctx, a.entity, latestIncident)
}

// Officials are its officials, with their posts.
func (a *Agency) Officials(ctx context.Context) ([]*Appointment, error) {
	return related[*Appointment](ctx, a.entity, byNearName)
}

// AgencyKind is what sort of body it is.
func (a *Agency) AgencyKind() string { return a.Thing.AgencyKind }

// Attributions are the incidents that it is said to be behind.
func (a *ThreatActor) Attributions(ctx context.Context) ([]*Attribution, error) {
	return related[*Attribution](ctx, a.entity, latestIncident)
}

// Appointments are the posts that the person holds or held.
func (o *Official) Appointments(ctx context.Context) ([]*Appointment, error) {
	return related[*Appointment](ctx, o.entity, byFarName)
}

// Statements are what the person said.
func (o *Official) Statements(ctx context.Context) ([]*Statement, error) {
	return related[*Statement](ctx, o.entity, newest)
}
