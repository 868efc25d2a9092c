package graph

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"spillover/ledger"
)

// tallied are the facets that statistics count by.
var tallied = []string{"kind", "region", "nation", "impact", "actor"}

// A tallyOf is a facet's value with the number of things that have it.
type tallyOf struct {
	value string
	n     int
}

// statistics counts the incidents that a filter lets through.
func (v view) statistics(ctx context.Context, f *IncidentFilter) (*Statistics, error) {
	n, err := v.narrowedIncidents(ctx, f, nil)
	if err != nil {
		return nil, err
	}
	if n.err != nil {
		return nil, n.err
	}
	tally, err := v.store.Tally(ctx, n.ListQuery, tallied)
	if err != nil {
		return nil, err
	}
	by := map[string][]tallyOf{}
	for facet, count := range tally.Facets {
		name, value, _ := strings.Cut(facet, ":")
		by[name] = append(by[name], tallyOf{value, count})
	}
	for _, all := range by {
		slices.SortFunc(all, func(a, b tallyOf) int { return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.value, b.value)) })
	}
	s := &Statistics{Incidents: tally.Total, Undated: tally.Months[""]}
	for month, count := range tally.Months {
		if month != "" {
			s.ByMonth = append(s.ByMonth, &MonthCount{Month: ledger.Date(month + "-01"), Incidents: count})
		}
	}
	slices.SortFunc(s.ByMonth, func(a, b *MonthCount) int { return cmp.Compare(a.Month, b.Month) })
	for _, x := range by["kind"] {
		s.ByKind = append(s.ByKind, &IncidentKindCount{Kind: x.value, Incidents: x.n})
	}
	for _, x := range by["region"] {
		s.ByRegion = append(s.ByRegion, &RegionCount{Region: x.value, Incidents: x.n})
	}
	for _, x := range by["nation"] {
		s.ByNation = append(s.ByNation, &NationCount{Nation: x.value, Incidents: x.n})
	}
	for _, x := range by["impact"] {
		s.ByImpact = append(s.ByImpact, &ImpactCount{Status: x.value, Incidents: x.n})
	}
	var ids []string
	for _, x := range by["actor"] {
		ids = append(ids, x.value)
	}
	actors, err := v.loadThings(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, x := range by["actor"] {
		if actor, ok := actors.entity(x.value).(*ThreatActor); ok {
			s.ByActor = append(s.ByActor, &ActorCount{Actor: actor, Incidents: x.n})
		}
	}
	return s, nil
}
