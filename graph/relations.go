package graph

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"spillover/fold"
	"spillover/ledger"
)

// A Relation is how two things stand to each other.
type Relation interface{ folded() *relation }

// The kinds of relation, one for each predicate.
type (
	// An Impact is how a council stands in an incident.
	Impact struct{ relation }
	// A Membership is a council's part in a shared arrangement.
	Membership struct{ relation }
	// An Attribution is who is said to be behind an incident.
	Attribution struct{ relation }
	// A Response is what an agency does about an incident.
	Response struct{ relation }
	// An Appointment is a post of an official.
	Appointment struct{ relation }
	// A Statement is what an official said.
	Statement struct{ relation }
	// A DataExposure is a kind of data taken or laid open.
	DataExposure struct{ relation }
	// A ServiceImpact is how a service stands.
	ServiceImpact struct{ relation }
)

// A relation is a folded relation with its ends and its cohort.
type relation struct {
	*fold.Relation
	from, to Entity // to is nil for data
	among    *relations
}

func (r *relation) folded() *relation { return r }

// relations are a cohort of relations.
type relations struct {
	cohort
	all [][]fold.Relation // of each thing that they were asked of
}

// wrap is a relation as the type of its predicate.
func (s *relations) wrap(folded *fold.Relation, from, to Entity) Relation {
	r := relation{folded, from, to, s}
	switch folded.Predicate {
	case ledger.Impact:
		return &Impact{r}
	case ledger.Membership:
		return &Membership{r}
	case ledger.Attribution:
		return &Attribution{r}
	case ledger.Response:
		return &Response{r}
	case ledger.Appointment:
		return &Appointment{r}
	case ledger.Statement:
		return &Statement{r}
	case ledger.DataTaken:
		return &DataExposure{r}
	}
	return &ServiceImpact{r}
}

// A bond is a predicate at a thing.
type bond struct {
	id        string
	predicate ledger.Predicate
}

// bonds are the relations of a cohort of things.
type bonds map[bond][]Relation

// related is the relations of a thing that are of type R, in order. They are loaded for its whole cohort: the claims
// of all relations that the operation asks of these things in one call, the things at their far ends in another.
func related[R Relation](ctx context.Context, e entity, order func(a, b *relation) int) ([]R, error) {
	var none R
	all, err := e.wanted(ctx, predicateOf(none))
	if err != nil {
		return nil, err
	}
	return ordered[R](all, e, order), nil
}

// ordered are a thing's of type R, in order.
func ordered[R Relation](all bonds, e entity, order func(a, b *relation) int) []R {
	var none R
	own := all[bond{e.ID, predicateOf(none)}]
	found := make([]R, len(own))
	for i, r := range own {
		found[i] = r.(R)
	}
	slices.SortStableFunc(found, func(a, b R) int { return order(a.folded(), b.folded()) })
	return found
}

func predicateOf(r Relation) ledger.Predicate {
	switch r.(type) {
	case *Impact:
		return ledger.Impact
	case *Membership:
		return ledger.Membership
	case *Attribution:
		return ledger.Attribution
	case *Response:
		return ledger.Response
	case *Appointment:
		return ledger.Appointment
	case *Statement:
		return ledger.Statement
	case *DataExposure:
		return ledger.DataTaken
	}
	return ledger.Service
}

// fieldPredicates says which claims fields of entities are made of.
var fieldPredicates = map[string][]ledger.Predicate{
	"impacts": {ledger.Impact}, "memberships": {ledger.Membership}, "attributions": {ledger.Attribution}, "responses": {ledger.Response},
	"officials": {ledger.Appointment}, "appointments": {ledger.Appointment}, "statements": {ledger.Statement},
	"exposures": {ledger.DataTaken}, "services": {ledger.Service},
	"timeline": ledger.Predicates, // of an incident, all that there are
}

// A selected names what an operation selects of an object, and the claims that the field being resolved is made of.
type selected struct {
	first  *ast.Selection
	count  int
	object string
	own    ledger.Predicate
}

// wanted are the bonds of a thing's cohort that the field being resolved is made of, and with them those of the fields that the
// operation asks beside it.
func (e entity) wanted(ctx context.Context, own ledger.Predicate) (bonds, error) {
	field := graphql.GetFieldContext(ctx)
	if field == nil || field.Parent == nil {
		return e.among.bonds(ctx, e.Kind, []ledger.Predicate{own}, true)
	}
	parent := field.Parent
	for parent.Field.Field == nil && parent.Parent != nil {
		parent = parent.Parent // the places in lists between them
	}
	selections := parent.Field.Selections
	if len(selections) == 0 {
		return e.among.bonds(ctx, e.Kind, []ledger.Predicate{own}, true)
	}
	key := selected{&selections[0], len(selections), field.Object, own}
	return together(&e.among.cohort, key, func() (bonds, error) {
		predicates, whole := besides(graphql.GetOperationContext(ctx), selections, field.Object, own)
		return e.among.bonds(ctx, e.Kind, predicates, whole)
	})
}

// besides are a predicate and those of all that is selected of an object, and whether the words of any are shown.
func besides(op *graphql.OperationContext, selections ast.SelectionSet, object string, own ledger.Predicate) (all []ledger.Predicate, whole bool) {
	all = []ledger.Predicate{own}
	for _, beside := range fieldsOf(op, selections, object) {
		if some := fieldPredicates[beside.Name]; len(some) > 0 {
			words, _ := readsWords(op, beside)
			all, whole = append(all, some...), whole || words || beside.Name == "timeline"
		}
	}
	slices.Sort(all)
	return slices.Compact(all), whole
}

// A loading names bonds of a cohort: of which kind of thing, and by which claims.
type loading struct {
	kind       ledger.Kind
	predicates string
	whole      bool
}

func (s *things) bonds(ctx context.Context, kind ledger.Kind, predicates []ledger.Predicate, whole bool) (bonds, error) {
	key := loading{kind, fmt.Sprint(predicates), whole}
	return together(&s.cohort, key, func() (bonds, error) {
		ids := s.ids(kind)
		pages, err := s.store.Claims(ctx, ledger.ClaimQuery{IDs: ids, Predicates: predicates, At: s.at, Lean: !whole, Page: ledger.Page{Limit: -1}})
		if err != nil {
			return nil, err
		}
		set := &relations{cohort: cohort{view: s.view}, all: make([][]fold.Relation, len(ids))}
		near := make(map[string]bool, len(ids))
		for i, id := range ids {
			set.all[i] = fold.Relations(pages[i].Claims)
			near[id] = true
		}
		var far []string
		for _, folded := range set.all {
			for i := range folded {
				r := &folded[i]
				if !near[r.From] {
					far = append(far, r.From)
				}
				if r.Predicate != ledger.DataTaken && !near[r.To] {
					far = append(far, r.To)
				}
			}
		}
		others, err := s.loadThings(ctx, far)
		if err != nil {
			return nil, err
		}
		found := make(bonds, len(ids))
		for i, id := range ids {
			for k := range set.all[i] {
				folded := &set.all[i][k]
				end := func(x string) Entity {
					if x == id {
						return s.entity(id)
					}
					return others.entity(x)
				}
				from, to := end(folded.From), end(folded.To)
				// What is gone between the two calls is left out, as if the claims had been asked later.
				if from != nil && (to != nil || folded.Predicate == ledger.DataTaken) {
					b := bond{id, folded.Predicate}
					found[b] = append(found[b], set.wrap(folded, from, to))
				}
			}
		}
		return found, nil
	})
}

// Orders of relations. Ties are in the order of package fold, which is total.

func nameOf(e Entity) string {
	if e == nil {
		return ""
	}
	return e.sortKey()
}

func byNearName(a, b *relation) int {
	return cmp.Or(cmp.Compare(nameOf(a.from), nameOf(b.from)), cmp.Compare(a.From, b.From), cmp.Compare(a.Label, b.Label))
}

func byFarName(a, b *relation) int {
	return cmp.Or(cmp.Compare(nameOf(a.to), nameOf(b.to)), cmp.Compare(a.To, b.To), cmp.Compare(a.Label, b.Label))
}

func strongest(a, b *relation) int {
	return cmp.Compare(fold.Strength(b.Value), fold.Strength(a.Value))
}

func newest(a, b *relation) int {
	return cmp.Or(cmp.Compare(b.Last, a.Last), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Value, b.Value))
}

// latestIncident orders by the day of the incident, or of the first report where that is unknown.
func latestIncident(a, b *relation) int {
	day := func(r *relation) ledger.Date {
		for _, e := range []Entity{r.from, r.to} {
			if incident, ok := e.(*Incident); ok {
				return cmp.Or(incident.IdentifiedOn, r.First)
			}
		}
		return r.First
	}
	return cmp.Or(cmp.Compare(day(b), day(a)), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
}

// as is an end of a relation as its type; nil where it is of another.
func as[E Entity](e Entity) E {
	typed, _ := e.(E)
	return typed
}

// Evidence is the claims that it rests on.
func (r *relation) Evidence() ([]*Claim, error) { return r.among.claims(r.Relation.Claims) }

// claims is some of the cohort's claims, in one cohort with all of them.
func (s *relations) claims(some []*ledger.Claim) ([]*Claim, error) {
	set, err := together(&s.cohort, "evidence", func() (*claims, error) {
		set := s.newClaims()
		for _, some := range s.all {
			for i := range some {
				set.add(some[i].Claims)
			}
		}
		return set, nil
	})
	if err != nil {
		return nil, err
	}
	return set.wrap(some), nil
}

// FirstReportedOn is the day of the first article that claims it.
func (r *relation) FirstReportedOn() ledger.Date { return r.First }

// LastReportedOn is the day of the latest article that claims it.
func (r *relation) LastReportedOn() ledger.Date { return r.Last }

// Incident is the incident.
func (r *Impact) Incident() *Incident { return as[*Incident](r.from) }

// Council is the council.
func (r *Impact) Council() *Council { return as[*Council](r.to) }

// Status is how the council stands.
func (r *Impact) Status() string { return r.Value }

// An ImpactReport is one turn in what was reported of a council.
type ImpactReport struct {
	fold.Step
	among *relations
}

// History is what was reported when.
func (r *Impact) History() []*ImpactReport {
	history := r.Relation.History()
	steps := make([]*ImpactReport, len(history))
	for i, step := range history {
		steps[i] = &ImpactReport{step, r.among}
	}
	return steps
}

// Status is the standing reported from then on.
func (s *ImpactReport) Status() string { return s.Value }

// Evidence is the claims of this turn.
func (s *ImpactReport) Evidence() ([]*Claim, error) { return s.among.claims(s.Claims) }

// Council is the council.
func (r *Membership) Council() *Council { return as[*Council](r.from) }

// Arrangement is the arrangement.
func (r *Membership) Arrangement() *SharedArrangement { return as[*SharedArrangement](r.to) }

// SincePrecision is how much of the beginning is known.
func (r *Membership) SincePrecision() ledger.Precision { return r.SinceP }

// UntilPrecision is how much of the end is known.
func (r *Membership) UntilPrecision() ledger.Precision { return r.UntilP }

// Provider is who runs the arrangement.
func (r *Membership) Provider() *string { return optional(r.Relation.Provider) }

// Incident is the incident.
func (r *Attribution) Incident() *Incident { return as[*Incident](r.from) }

// Actor is the group.
func (r *Attribution) Actor() *ThreatActor { return as[*ThreatActor](r.to) }

// Basis is on whose word.
func (r *Attribution) Basis() string { return r.Value }

// Agency is the agency.
func (r *Response) Agency() *Agency { return as[*Agency](r.from) }

// Incident is the incident.
func (r *Response) Incident() *Incident { return as[*Incident](r.to) }

// Role is its role.
func (r *Response) Role() string { return r.Value }

// Official is the person.
func (r *Appointment) Official() *Official { return as[*Official](r.from) }

// Organisation is the council or the agency.
func (r *Appointment) Organisation() Entity { return r.to }

// Title is the title.
func (r *Appointment) Title() string { return r.Value }

// Official is the person.
func (r *Statement) Official() *Official { return as[*Official](r.from) }

// Incident is the incident.
func (r *Statement) Incident() *Incident { return as[*Incident](r.to) }

// Text is the words.
func (r *Statement) Text() string { return strings.TrimSpace(r.Value) }

// Incident is the incident.
func (r *DataExposure) Incident() *Incident { return as[*Incident](r.from) }

// Volume is how much.
func (r *DataExposure) Volume() *string { return optional(r.Relation.Volume) }

// Incident is the incident.
func (r *ServiceImpact) Incident() *Incident { return as[*Incident](r.from) }

// Council is the council.
func (r *ServiceImpact) Council() *Council { return as[*Council](r.to) }

// State is how the service stands.
func (r *ServiceImpact) State() string { return r.Value }
