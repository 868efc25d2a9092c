package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// A question has a place for a word: the variable $s.
type question struct {
	place string // "Query.incidents(filter.text)"
	text  string
	write bool
}

// questions are one for each place of the schema that takes a string or an id: each argument of each field, and each
// field of each input, by name.
func questions(t *testing.T) []question {
	t.Helper()
	text, err := os.ReadFile("schema.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	schema, gqlErr := gqlparser.LoadSchema(&ast.Source{Input: string(text)})
	if gqlErr != nil {
		t.Fatal(gqlErr)
	}
	a := asker{schema: schema}
	type step struct {
		d             *ast.Definition
		before, after string
	}
	seen := map[string]bool{}
	for _, root := range []*ast.Definition{schema.Query, schema.Mutation} {
		for queue := []step{{root, "{", "}"}}; len(queue) > 0; queue = queue[1:] {
			at := queue[0]
			if seen[at.d.Name] {
				continue
			}
			seen[at.d.Name] = true
			for _, f := range at.d.Fields {
				if strings.HasPrefix(f.Name, "__") {
					continue
				}
				below := schema.Types[f.Type.Name()]
				selected := ""
				if below.IsCompositeType() {
					selected = " { __typename }"
				}
				for _, arg := range f.Arguments {
					for _, p := range a.places(arg.Name, arg.Type, nil) {
						given := a.required(f.Arguments, arg.Name)
						given = append(given, arg.Name+": "+p.value)
						a.all = append(a.all, question{at.d.Name + "." + f.Name + "(" + p.name + ")",
							a.kind(root) + "($s: " + p.typ + "!) " + at.before + f.Name + "(" + strings.Join(given, ", ") + ")" + selected + at.after, root == schema.Mutation})
					}
				}
				if below.IsCompositeType() && root != schema.Mutation {
					given := ""
					if list := a.required(f.Arguments, ""); len(list) > 0 {
						given = "(" + strings.Join(list, ", ") + ")"
					}
					queue = append(queue, step{below, at.before + f.Name + given + " {", "}" + at.after})
				}
			}
		}
	}
	return a.all
}

type asker struct {
	schema *ast.Schema
	all    []question
}

func (a *asker) kind(root *ast.Definition) string {
	if root == a.schema.Mutation {
		return "mutation"
	}
	return "query"
}

// A spot is where a word goes in a value, and the value with $s there.
type spot struct{ name, value, typ string }

// places are those in a value of a type.
func (a *asker) places(name string, typ *ast.Type, within []string) (all []spot) {
	wrap := func(p spot, elem bool) spot {
		if elem {
			p.value = "[" + p.value + "]"
		}
		return p
	}
	list := typ.Elem != nil
	d := a.schema.Types[typ.Name()]
	switch {
	case d.Name == "String" || d.Name == "ID":
		return []spot{wrap(spot{name, "$s", d.Name}, list)}
	case d.Kind == ast.InputObject:
		for _, f := range d.Fields {
			for _, p := range a.places(name+"."+f.Name, f.Type, append(within, d.Name)) {
				given := append(a.required2(d, f.Name), f.Name+": "+p.value)
				all = append(all, wrap(spot{p.name, "{" + strings.Join(given, ", ") + "}", p.typ}, list))
			}
		}
	}
	return all
}

// required are the arguments that must be given, but for one, with values that can be.
func (a *asker) required(args ast.ArgumentDefinitionList, except string) (given []string) {
	for _, arg := range args {
		if arg.Name != except && arg.Type.NonNull && arg.DefaultValue == nil {
			given = append(given, arg.Name+": "+a.value(arg.Name, arg.Type))
		}
	}
	return given
}

func (a *asker) required2(d *ast.Definition, except string) (given []string) {
	for _, f := range d.Fields {
		if f.Name != except && f.Type.NonNull && f.DefaultValue == nil {
			given = append(given, f.Name+": "+a.value(f.Name, f.Type))
		}
	}
	return given
}

func (a *asker) value(name string, typ *ast.Type) string {
	if typ.Elem != nil {
		return "[" + a.value(name, typ.Elem) + "]"
	}
	d := a.schema.Types[typ.NamedType]
	switch {
	case d.Kind == ast.Enum:
		return d.EnumValues[0].Name
	case d.Kind == ast.InputObject:
		return "{" + strings.Join(a.required2(d, ""), ", ") + "}"
	case d.Name == "Int":
		return "1"
	case d.Name == "Boolean":
		return "true"
	case d.Name == "Date":
		return `"2024-01-01"`
	case name == "id" && d.Name == "ID":
		return `"council:leicester"`
	}
	return fmt.Sprintf("%q", "council:leicester")
}
