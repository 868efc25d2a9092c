package graph

import (
	"cmp"
	"context"

	"spillover/fold"
	"spillover/ledger"
	"spillover/trace"
)

// IncidentKind is what happened.
func (i *Incident) IncidentKind() string { return i.Thing.IncidentKind }

// MentionIds are the ids of its mentions.
func (i *Incident) MentionIds() []string { return orEmpty(i.Thing.Mentions) }

// Impacts are how each council stands in it.
func (i *Incident) Impacts(ctx context.Context) ([]*Impact, error) {
	return related[*Impact](ctx, i.entity, func(a, b *relation) int { return cmp.Or(strongest(a, b), byFarName(a, b)) })
}

// Attributions are who is said to be behind it.
func (i *Incident) Attributions(ctx context.Context) ([]*Attribution, error) {
	return related[*Attribution](ctx, i.entity, func(a, b *relation) int { return cmp.Or(strongest(a, b), byFarName(a, b)) })
}

// Responses are what agencies do about it.
func (i *Incident) Responses(ctx context.Context) ([]*Response, error) {
	return related[*Response](ctx, i.entity, func(a, b *relation) int { return cmp.Or(strongest(a, b), byNearName(a, b)) })
}

// Exposures are the kinds of data.
func (i *Incident) Exposures(ctx context.Context) ([]*DataExposure, error) {
	return related[*DataExposure](ctx, i.entity, func(a, b *relation) int {
		return cmp.Or(cmp.Compare(ledger.SortKey(a.Label), ledger.SortKey(b.Label)), cmp.Compare(a.To, b.To))
	})
}

// Services are the services that it touched.
func (i *Incident) Services(ctx context.Context) ([]*ServiceImpact, error) {
	return related[*ServiceImpact](ctx, i.entity, byFarName)
}

// Statements are what officials said about it.
func (i *Incident) Statements(ctx context.Context) ([]*Statement, error) {
	return related[*Statement](ctx, i.entity, newest)
}

// A TimelineEvent is a point of an incident's timeline.
type TimelineEvent struct {
	trace.Event
	claims []*Claim
}

// Evidence is the claims that it rests on.
func (e *TimelineEvent) Evidence() []*Claim { return e.claims }

// Timeline is what happened and was reported when.
func (i *Incident) Timeline(ctx context.Context) ([]*TimelineEvent, error) {
	// This field wants all predicates, so whatever is asked beside it comes with the same load.
	all, err := i.wanted(ctx, ledger.Impact)
	if err != nil {
		return nil, err
	}
	var relations []fold.Relation
	names := map[string]string{i.ID: i.Name}
	var evidence *relation
	for _, p := range ledger.Predicates {
		for _, r := range all[bond{i.ID, p}] {
			evidence = r.folded()
			relations = append(relations, *evidence.Relation)
			for _, end := range []Entity{evidence.from, evidence.to} {
				if end != nil {
					names[end.thing().ID] = end.thing().Name
				}
			}
		}
	}
	events := []*TimelineEvent{}
	for _, event := range trace.Timeline(i.Thing, relations, func(id string) string { return names[id] }) {
		e := &TimelineEvent{Event: event, claims: []*Claim{}}
		if evidence != nil {
			if e.claims, err = evidence.among.claims(event.Evidence); err != nil {
				return nil, err
			}
		}
		events = append(events, e)
	}
	return events, nil
}

// Spread is how it reached councils through what they share.
func (i *Incident) Spread(ctx context.Context, maxHops *int) (*Spread, error) {
	hops, err := hopsWanted(maxHops, 4)
	if err != nil {
		return nil, err
	}
	words := fieldReadsWords(ctx)
	all, err := together(&i.among.cohort, tracing{"spread", hops, words}, func() (map[string]*Spread, error) {
		var incidents []*ledger.Thing
		for _, t := range i.among.all {
			if t.Kind == ledger.Incident {
				incidents = append(incidents, t)
			}
		}
		spreads, err := trace.Spreads(ctx, source{i.among.store, !words}, i.among.at, incidents, hops)
		if err != nil {
			return nil, err
		}
		var every []trace.Hop
		var origins []string
		for _, s := range spreads {
			every = append(every, s.Hops...)
			origins = append(origins, s.Origins...)
		}
		set := i.among.newHops(every)
		set.councils = append(set.councils, origins...)
		found := map[string]*Spread{}
		for n, s := range spreads {
			found[incidents[n].ID] = &Spread{Spread: s, incident: &Incident{entity{incidents[n], i.among}}, among: set}
		}
		return found, nil
	})
	if err != nil {
		return nil, err
	}
	return all[i.ID], nil
}
