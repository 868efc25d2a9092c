package identity

import (
	"cmp"
	"slices"
	"strings"

	"spillover/fold"
	"spillover/gazetteer"
	"spillover/ledger"
)

// incidentKinds are the kinds of incident, the most specific first: an article that says less takes nothing back.
var incidentKinds = []string{"RANSOMWARE", "DATA_THEFT", "DENIAL_OF_SERVICE", "ACCIDENTAL_DISCLOSURE", "CYBER_ATTACK"}

// describe is the version of an incident: what its mentions, earliest first, and its resolved claims come to.
func describe(mentions []*ledger.Mention, claims []*ledger.Claim, records map[string]*ledger.Record, g *gazetteer.Gazetteer) ledger.Version {
	t := ledger.Thing{ID: mentions[0].ID, Kind: ledger.Incident}
	var published ledger.Date
	for _, m := range mentions {
		t.Mentions = append(t.Mentions, m.ID)
		if t.IncidentKind == "" || slices.Index(incidentKinds, m.IncidentKind) < slices.Index(incidentKinds, t.IncidentKind) {
			t.IncidentKind = m.IncidentKind
		}
		if published == "" {
			published = m.PublishedOn // the earliest is first
		}
	}
	t.IdentifiedOn, t.Precision = identified(mentions)
	relations := fold.Relations(claims)
	t.Name = incidentName(&t, published, relations, g)

	v := ledger.Version{Thing: t, Sort: ledger.SortKey(t.Name), Date: cmp.Or(t.IdentifiedOn, published)}
	facets := []string{"kind:" + t.IncidentKind}
	for _, m := range mentions {
		facets = append(facets, "mention:"+m.ID)
	}
	words := &strings.Builder{}
	say := func(s string) { words.WriteString(s + " ") }
	say(t.Name)
	for i := range relations {
		r := &relations[i]
		switch r.Predicate {
		case ledger.Impact:
			facets = append(facets, councilFacets(r, g)...)
			if c, ok := g.CouncilByID(r.To); ok {
				say(c.Name + " " + c.ShortName)
			}
		case ledger.Attribution:
			facets = append(facets, "actor:"+r.To, "basis:"+r.Value)
			if x, ok := g.Thing(r.To); ok {
				say(x.Name)
			}
		case ledger.Response:
			facets = append(facets, "agency:"+r.From)
			if x, ok := g.Thing(r.From); ok {
				say(x.Name)
			}
		case ledger.Membership:
			facets = append(facets, "arrangement:"+r.To)
		case ledger.DataTaken, ledger.Service:
			say(r.Label)
		}
	}
	for _, m := range mentions {
		say(records[m.Article].Article.Title)
	}
	for i := range claims {
		say(claims[i].Quote)
	}
	v.Facets = ledger.Set(facets...)
	v.Terms = ledger.Set(ledger.Terms(words.String())...)
	return v
}

// councilFacets are what filters find of one council's impact. An incident at an abolished council is found from
// the councils that took over, too.
func councilFacets(r *fold.Relation, g *gazetteer.Gazetteer) []string {
	facets := []string{"impact:" + r.Value}
	c, ok := g.CouncilByID(r.To)
	ids := []string{r.To}
	if ok {
		facets = append(facets, "nation:"+c.Nation)
		if c.Region != "" {
			facets = append(facets, "region:"+c.Region)
		}
		ids = append(ids, g.SuccessorsOf(r.To)...)
	}
	for _, id := range ids {
		facets = append(facets, "council:"+id, "impact:"+r.Value+"@"+id)
		if r.Value != ledger.Unaffected {
			facets = append(facets, "struck:"+id)
		}
	}
	return facets
}

// identified is the incident's day: the most precise that a mention gives; of several the one that most give, then the earliest.
func identified(mentions []*ledger.Mention) (ledger.Date, ledger.Precision) {
	type day struct {
		on ledger.Date
		p  ledger.Precision
	}
	votes := map[day]int{}
	for _, m := range mentions {
		if m.IdentifiedOn != "" {
			votes[day{m.IdentifiedOn, m.Precision}]++
		}
	}
	fine := map[ledger.Precision]int{ledger.Day: 3, ledger.Month: 2, ledger.Year: 1}
	var best day
	for d, n := range votes {
		if c := cmp.Or(cmp.Compare(fine[d.p], fine[best.p]), cmp.Compare(n, votes[best]), cmp.Compare(best.on, d.on)); best.on == "" || c > 0 {
			best = d
		}
	}
	return best.on, best.p
}

// incidentName is a name for people: "Ransomware at Leicester City Council, March 2024".
func incidentName(t *ledger.Thing, published ledger.Date, relations []fold.Relation, g *gazetteer.Gazetteer) string {
	what := map[string]string{"RANSOMWARE": "Ransomware", "DATA_THEFT": "Data theft", "DENIAL_OF_SERVICE": "Denial of service",
		"ACCIDENTAL_DISCLOSURE": "Accidental disclosure", "CYBER_ATTACK": "Cyber attack"}[t.IncidentKind]
	var impacts []fold.Relation
	for _, r := range relations {
		if r.Predicate == ledger.Impact && r.Value != ledger.Unaffected {
			impacts = append(impacts, r)
		}
	}
	if len(impacts) == 0 {
		for _, r := range relations {
			if r.Predicate == ledger.Impact {
				impacts = append(impacts, r)
			}
		}
	}
	slices.SortStableFunc(impacts, func(a, b fold.Relation) int {
		return cmp.Or(cmp.Compare(fold.Strength(b.Value), fold.Strength(a.Value)), cmp.Compare(a.To, b.To))
	})
	var names []string
	for _, r := range impacts {
		if c, ok := g.CouncilByID(r.To); ok {
			if len(impacts) == 1 {
				names = append(names, c.Name)
			} else {
				names = append(names, c.ShortName)
			}
		}
	}
	name := cmp.Or(what, "Incident")
	if len(names) > 0 {
		name += " at " + list(names, 3)
	}
	if d, ok := t.IdentifiedOn.Time(); ok {
		if t.Precision == ledger.Year {
			return name + ", " + d.Format("2006")
		}
		return name + ", " + d.Format("January 2006")
	}
	if d, ok := published.Time(); ok {
		return name + ", reported " + d.Format("January 2006")
	}
	return name
}
