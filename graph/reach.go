package graph

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"spillover/ledger"
	"spillover/trace"
)

// This file turns what an operation selects of a thing into reaches: which claims it is going to read, and what these
// lead to. Resolvers do not depend on it: what is gathered by it is there when they ask, see gather.go, and what it leaves
// out they ask for themselves. So it knows the fields that are worth it, not all.

// relationFields are the fields of entities that relations are resolved from, by "Type.field": of which claims, and which
// field of the relation is the thing at the far end.
var relationFields = map[string]struct {
	predicate ledger.Predicate
	far       string
}{
	"Council.impacts":               {ledger.Impact, "incident"},
	"Council.memberships":           {ledger.Membership, "arrangement"},
	"Council.officials":             {ledger.Appointment, "official"},
	"SharedArrangement.memberships": {ledger.Membership, "council"},
	"Incident.impacts":              {ledger.Impact, "council"},
	"Incident.attributions":         {ledger.Attribution, "actor"},
	"Incident.responses":            {ledger.Response, "agency"},
	"Incident.exposures":            {ledger.DataTaken, ""},
	"Incident.services":             {ledger.Service, "council"},
	"Incident.statements":           {ledger.Statement, "official"},
	"ThreatActor.attributions":      {ledger.Attribution, "incident"},
	"Agency.responses":              {ledger.Response, "incident"},
	"Agency.officials":              {ledger.Appointment, "official"},
	"Official.appointments":         {ledger.Appointment, "organisation"},
	"Official.statements":           {ledger.Statement, "incident"},
}

// typesOf are the entities that a field may be of: an organisation is a council or an agency.
func typesOf(f graphql.CollectedField) []string {
	if name := f.Definition.Type.Name(); name != "Entity" {
		return []string{name}
	}
	return []string{"Council", "Agency"}
}

// fieldsOf are the fields that are selected of an object of a type.
func fieldsOf(op *graphql.OperationContext, selections ast.SelectionSet, typ string) []graphql.CollectedField {
	return graphql.CollectFields(op, selections, []string{typ, "Relation", "Entity", "Node"})
}

// below are the fields of a name that are selected of an object of a type.
func below(op *graphql.OperationContext, selections ast.SelectionSet, typ, name string) (some []graphql.CollectedField) {
	for _, f := range fieldsOf(op, selections, typ) { // gqlgen keeps these, so they are not to be touched
		if f.Name == name {
			some = append(some, f)
		}
	}
	return some
}

// readsWords is whether the claims behind f, a field of relations or of what is made of them, are shown, and whether their
// articles are.
func readsWords(op *graphql.OperationContext, f graphql.CollectedField) (words, sources bool) {
	for _, part := range fieldsOf(op, f.Selections, f.Definition.Type.Name()) {
		switch part.Name {
		case "evidence":
			words = true
			sources = sources || len(below(op, part.Selections, "Claim", "article")) > 0
		case "history", "hops":
			w, s := readsWords(op, part)
			words, sources = words || w, sources || s
		}
	}
	return words, sources
}

// reachesOf are the reaches of what is selected of a thing of a type.
func reachesOf(op *graphql.OperationContext, selections ast.SelectionSet, typ string) []ledger.Reach {
	var all []ledger.Reach
	anyWords := false
	for _, f := range fieldsOf(op, selections, typ) {
		words, sources := readsWords(op, f)
		known, ok := relationFields[typ+"."+f.Name]
		switch name := typ + "." + f.Name; {
		case ok:
			r := ledger.Reach{Predicates: []ledger.Predicate{known.predicate}, Sources: sources, Ends: known.far != ""}
			for _, far := range below(op, f.Selections, f.Definition.Type.Name(), known.far) {
				for _, of := range typesOf(far) {
					r.Then = append(r.Then, reachesOf(op, far.Selections, of)...)
				}
			}
			all = append(all, r)
		case name == "Incident.timeline":
			all, words = append(all, ledger.Reach{Predicates: ledger.Predicates, Sources: sources, Ends: true}), true
		case name == "Incident.spread":
			all = append(all, ledger.Reach{Predicates: []ledger.Predicate{ledger.Impact}, Sources: sources, Ends: true,
				Through: []string{ledger.Compromised, ledger.Disrupted}, Then: shared(words, sources, hopsOf(op, f, 4))})
		case name == "Council.exposure":
			all = append(all, shared(words, sources, hopsOf(op, f, 2))...)
		default:
			continue
		}
		anyWords = anyWords || words
	}
	// The relations of a thing are loaded together, so they are whole or lean together.
	for i := range all {
		all[i].Words = anyWords
	}
	return merged(all)
}

// shared are the reaches from councils through what they share to their partners, and on. The last finds out whether
// there is more beyond.
func shared(words, sources bool, hops int) []ledger.Reach {
	r := ledger.Reach{Predicates: []ledger.Predicate{ledger.Membership}, Words: words, Sources: sources}
	chain := []ledger.Reach{r}
	r.Ends = true
	for range hops {
		r.Then = chain
		partners := r
		r.Then = []ledger.Reach{partners}
		chain = []ledger.Reach{r}
	}
	return chain
}

// hopsOf is the argument maxHops of a field.
func hopsOf(op *graphql.OperationContext, f graphql.CollectedField, otherwise int) int {
	n := otherwise
	switch given := f.ArgumentMap(op.Variables)["maxHops"].(type) {
	case int64:
		n = int(given)
	case int:
		n = given
	case json.Number:
		if i, err := given.Int64(); err == nil {
			n = int(i)
		}
	}
	return min(max(n, 0), trace.MaxHops)
}

// merged takes reaches that differ in their predicates alone together.
func merged(all []ledger.Reach) (few []ledger.Reach) {
	for _, r := range all {
		i := slices.IndexFunc(few, func(x ledger.Reach) bool {
			return len(x.Then)+len(r.Then)+len(x.Through)+len(r.Through) == 0 && x.Words == r.Words && x.Sources == r.Sources && x.Ends == r.Ends
		})
		if i < 0 {
			few = append(few, r)
			continue
		}
		few[i].Predicates = slices.Compact(slices.Sorted(slices.Values(append(slices.Clone(few[i].Predicates), r.Predicates...))))
	}
	return few
}

// prefixes are how ids of the types begin.
var prefixes = map[string]string{"council": "Council", "arrangement": "SharedArrangement", "incident": "Incident", "actor": "ThreatActor",
	"agency": "Agency", "official": "Official"}

// typesOfIDs are the types of the things with ids.
func typesOfIDs(ids []string) (types []string) {
	for _, id := range ids {
		prefix, _, _ := strings.Cut(id, ":")
		if typ := prefixes[prefix]; typ != "" && !slices.Contains(types, typ) {
			types = append(types, typ)
		}
	}
	return types
}

// listThrough are the fields that lead to the things of a list.
var listThrough = [][]string{{"nodes"}, {"edges", "node"}}

// reaches are those of the field that is being resolved, for things of types; through are the names of the fields that lead
// to the things where the field is no thing itself.
func reaches(ctx context.Context, types []string, through ...[]string) []ledger.Reach {
	field, op := graphql.GetFieldContext(ctx), graphql.GetOperationContext(ctx)
	if field == nil || op == nil {
		return nil
	}
	fields := []graphql.CollectedField{field.Field}
	if len(through) > 0 {
		fields = nil
		for _, names := range through {
			at := []graphql.CollectedField{field.Field}
			for _, name := range names {
				var next []graphql.CollectedField
				for _, f := range at {
					next = append(next, below(op, f.Selections, f.Definition.Type.Name(), name)...)
				}
				at = next
			}
			fields = append(fields, at...)
		}
	}
	var all []ledger.Reach
	for _, f := range fields {
		for _, typ := range types {
			all = append(all, reachesOf(op, f.Selections, typ)...)
		}
	}
	return merged(all)
}
