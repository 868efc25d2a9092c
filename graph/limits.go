package graph

import (
	"cmp"
	"context"
	"encoding/json"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"spillover/ledger"
)

// Limits bound what one operation may ask. They are held before anything is resolved.
type Limits struct {
	Depth      int // levels of fields
	Aliases    int // fields under another name
	RootFields int // fields of the operation itself
	Directives int // of fields, fragments and the operation
	Tokens     int // of a document's text; validation takes the square of it
	Cost       int // see priceOf
	Rows       int // that an operation may read, see meter
	Concurrent int // operations at the same time
}

// DefaultLimits let through what pages of a front end ask, with room.
var DefaultLimits = Limits{Depth: 20, Aliases: 60, RootFields: 30, Directives: 40, Tokens: 2000, Cost: 100_000, Rows: 200_000, Concurrent: 64}

// orDefault has the default for each limit that is not given.
func (l Limits) orDefault() Limits {
	d := DefaultLimits
	return Limits{cmp.Or(l.Depth, d.Depth), cmp.Or(l.Aliases, d.Aliases), cmp.Or(l.RootFields, d.RootFields), cmp.Or(l.Directives, d.Directives),
		cmp.Or(l.Tokens, d.Tokens), cmp.Or(l.Cost, d.Cost), cmp.Or(l.Rows, d.Rows), cmp.Or(l.Concurrent, d.Concurrent)}
}

// Prices. A list without a page size is taken to have a few items.
const (
	fewItems  = 5
	hopPrice  = 20
	readPrice = 50 // an article is read again, or all incidents are counted
	pathPrice = 50
	mostCost  = 1 << 40 // far beyond any limit, and far from overflow
)

// A measure is how deep, how often renamed and directed, and how costly a selection is. roots counts its own fields alone.
type measure struct{ depth, aliases, directives, roots, cost int }

func (m *measure) add(other measure) {
	m.depth = max(m.depth, other.depth)
	m.aliases = min(m.aliases+other.aliases, mostCost)
	m.directives = min(m.directives+other.directives, mostCost)
	m.roots = min(m.roots+other.roots, mostCost)
	m.cost = min(m.cost+other.cost, mostCost)
}

// A measurer measures an operation. It remembers fragments, because fragments in fragments expand exponentially.
type measurer struct {
	variables map[string]any
	fragments map[string]measure
}

func (w *measurer) selections(set ast.SelectionSet) measure {
	var total measure
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			total.add(w.field(s))
		case *ast.InlineFragment:
			total.add(w.selections(s.SelectionSet))
			total.directives += len(s.Directives)
		case *ast.FragmentSpread:
			total.directives += len(s.Directives)
			m, known := w.fragments[s.Name]
			if !known {
				m = w.selections(s.Definition.SelectionSet)
				w.fragments[s.Name] = m
			}
			total.add(m)
		}
	}
	return total
}

func (w *measurer) field(f *ast.Field) measure {
	m := w.selections(f.SelectionSet)
	m.depth++
	m.roots = 1
	m.directives += len(f.Directives)
	if f.Alias != f.Name {
		m.aliases++
	}
	once, each := w.priceOf(f)
	if m.cost > mostCost/each {
		m.cost = mostCost / each
	}
	m.cost = min(once+each*m.cost, mostCost)
	return m
}

// priceOf is what a field costs once, and for how many items each field below it is paid.
func (w *measurer) priceOf(f *ast.Field) (once, each int) {
	if f.Definition == nil || f.ObjectDefinition == nil || strings.HasPrefix(f.ObjectDefinition.Name, "__") || strings.HasPrefix(f.Name, "__") {
		return 1, 1
	}
	args := f.ArgumentMap(w.variables)
	once, each = 1, 1
	switch hops, ok := number(args["maxHops"]); {
	case ok && f.Name == "path":
		once = hops * pathPrice
	case ok:
		once = hops * hopPrice
	case f.Name == "refusals", f.Name == "statistics":
		once = readPrice
	case f.Name == "readArticles":
		input, _ := args["input"].(map[string]any)
		articles, _ := input["articles"].([]any)
		files, _ := input["files"].([]any)
		once = readPrice * (len(articles) + fewItems*len(files))
	}
	switch {
	case f.Definition.Arguments.ForName("first") != nil:
		each = pageDefault
		if n, ok := number(args["first"]); ok {
			each = n
		} else if n, ok := number(args["last"]); ok {
			each = n
		}
	case f.Definition.Arguments.ForName("ids") != nil:
		if ids, ok := args["ids"].([]any); ok {
			each = len(ids)
		}
	case strings.HasSuffix(f.ObjectDefinition.Name, "Connection"): // counted at the connection
	case f.Definition.Type.Elem != nil && len(f.SelectionSet) > 0:
		each = fewItems
	}
	return max(once, 1), max(each, 1)
}

// number is a whole number as literals and variables have it. What is out of range costs the most, or nothing; the
// resolver refuses it.
func number(v any) (int, bool) {
	switch n := v.(type) {
	case int:
		return min(max(n, 0), 1000), true
	case int64:
		return int(min(max(n, 0), 1000)), true
	case float64:
		return int(min(max(n, 0), 1000)), true
	case json.Number:
		i, err := n.Int64()
		return int(min(max(i, 0), 1000)), err == nil
	}
	return 0, false
}

// ExtensionName and Validate make Limits an extension of gqlgen's.
func (Limits) ExtensionName() string { return "Limits" }

// Validate has nothing to check.
func (Limits) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext refuses an operation that is beyond a limit.
func (l Limits) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	op.DisableIntrospection = false // the API is public, and so is its schema
	w := measurer{op.Variables, map[string]measure{}}
	m := w.selections(op.Operation.SelectionSet)
	switch {
	case m.depth > l.Depth:
		return coded(ledger.TooLarge, "the operation is %d levels deep; at most %d are answered; ask in several operations", m.depth, l.Depth)
	case m.aliases > l.Aliases:
		return coded(ledger.TooLarge, "the operation has %d aliases; at most %d are answered; use nodes(ids:) or ask in several operations", m.aliases, l.Aliases)
	case m.roots > l.RootFields:
		return coded(ledger.TooLarge, "the operation has %d root fields; at most %d are answered; use nodes(ids:) or ask in several operations", m.roots, l.RootFields)
	case m.directives+len(op.Operation.Directives) > l.Directives:
		return coded(ledger.TooLarge, "the operation has %d directives; at most %d are answered; leave out what is not needed instead of skipping it", m.directives+len(op.Operation.Directives), l.Directives)
	case m.cost > l.Cost:
		return coded(ledger.TooLarge, "the operation costs %d; at most %d is answered; ask for fewer items with first, for fewer hops, or for fewer levels of lists", m.cost, l.Cost)
	}
	return nil
}

// mostCached bounds the text of a query that is kept parsed, because a cache counts queries and not bytes.
const mostCached = 8 << 10

// A cache keeps small queries alone.
type cache struct {
	graphql.Cache[*ast.QueryDocument]
}

func (c cache) Add(ctx context.Context, query string, doc *ast.QueryDocument) {
	if len(query) <= mostCached {
		c.Cache.Add(ctx, strings.Clone(query), doc)
	}
}
