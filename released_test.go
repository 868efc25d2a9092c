package main

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// A schema that breaks what clients of the released one count on must say so.
func TestReleasedSchemaHolds(t *testing.T) {
	t.Parallel()
	load := func(name string) *ast.Schema {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		s, err := gqlparser.LoadSchema(&ast.Source{Name: name, Input: string(text)})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	text, err := os.ReadFile("docs/breaking.md")
	if err != nil {
		t.Fatal(err)
	}
	declared := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "- "); ok {
			name, why, _ := strings.Cut(rest, ": ")
			declared[name] = strings.TrimSpace(why) != ""
		}
	}
	broken := breaks(load("docs/released.graphqls"), load("schema.graphqls"))
	for _, b := range broken {
		if !declared[b.name] {
			t.Errorf("%s %s: keep it, or write it with what to use instead into docs/breaking.md", b.name, b.what)
		}
		delete(declared, b.name)
	}
	for name := range declared {
		t.Errorf("docs/breaking.md names %s, which is not broken", name)
	}
	for _, d := range load("schema.graphqls").Types {
		for _, f := range d.Fields {
			if reason := f.Directives.ForName("deprecated"); reason != nil && !strings.Contains(reason.Arguments.ForName("reason").Value.Raw, "`") {
				t.Errorf("%s.%s is deprecated and names no replacement in `backticks`", d.Name, f.Name)
			}
		}
	}
}

// A break is what clients of a schema counted on and do not find any more.
type broken struct{ name, what string }

// breaks are the breaks from old to now: types, fields, arguments, values and members that are gone, answers that may
// be of another type or null, and arguments that are required or of another type.
func breaks(old, now *ast.Schema) (all []broken) {
	found := func(name, what string) { all = append(all, broken{name, what}) }
	for name, d := range old.Types {
		n := now.Types[name]
		switch {
		case d.BuiltIn:
		case n == nil || n.Kind != d.Kind:
			found(name, "is gone")
		default:
			for _, value := range d.EnumValues {
				if n.EnumValues.ForName(value.Name) == nil {
					found(name+"."+value.Name, "is gone")
				}
			}
			for _, i := range append(slices.Clone(d.Interfaces), d.Types...) {
				if !slices.Contains(append(slices.Clone(n.Interfaces), n.Types...), i) {
					found(name+"."+i, "is no longer implemented or a member")
				}
			}
			for _, f := range d.Fields {
				to := n.Fields.ForName(f.Name)
				at := name + "." + f.Name
				switch {
				case to == nil:
					found(at, "is gone")
					continue
				case d.Kind == ast.InputObject && !accepts(to.Type, f.Type), d.Kind != ast.InputObject && !accepts(f.Type, to.Type):
					found(at, "is "+to.Type.String()+" and was "+f.Type.String())
				}
				argumentBreaks(at, f.Arguments, to.Arguments, found)
			}
			if d.Kind == ast.InputObject {
				for _, f := range n.Fields {
					if d.Fields.ForName(f.Name) == nil && f.Type.NonNull && f.DefaultValue == nil {
						found(name+"."+f.Name, "is required and was not there")
					}
				}
			}
		}
	}
	for name, d := range old.Directives {
		if n := now.Directives[name]; n == nil {
			found("@"+name, "is gone")
		} else {
			argumentBreaks("@"+name, d.Arguments, n.Arguments, found)
		}
	}
	return all
}

func argumentBreaks(at string, old, now ast.ArgumentDefinitionList, found func(name, what string)) {
	for _, a := range old {
		if n := now.ForName(a.Name); n == nil {
			found(at+"("+a.Name+")", "is gone")
		} else if !accepts(n.Type, a.Type) {
			found(at+"("+a.Name+")", "takes "+n.Type.String()+" and took "+a.Type.String())
		} else if a.DefaultValue != nil && (n.DefaultValue == nil || n.DefaultValue.String() != a.DefaultValue.String()) {
			found(at+"("+a.Name+")", "has another default")
		}
	}
	for _, n := range now {
		if old.ForName(n.Name) == nil && n.Type.NonNull && n.DefaultValue == nil {
			found(at+"("+n.Name+")", "is required and was not there")
		}
	}
}

// accepts is whether whoever takes a may be given b: the same, or what is never null where null would do.
func accepts(a, b *ast.Type) bool {
	if a.NonNull && !b.NonNull || (a.Elem == nil) != (b.Elem == nil) {
		return false
	}
	if a.Elem != nil {
		return accepts(a.Elem, b.Elem)
	}
	return a.NamedType == b.NamedType
}

// The check sees each kind of break, and no break where clients lose nothing.
func TestBreaksAreSeen(t *testing.T) {
	t.Parallel()
	const old = `directive @d(a: Int) on QUERY interface I { a: Int } type T implements I { a: Int! f(x: Int = 1, y: [Int!]): [T!]! } enum E { A B } input In { a: Int } union U = T | V type V { a: Int } type Query { t: T, e(in: In): E }`
	load := func(text string) *ast.Schema {
		s, err := gqlparser.LoadSchema(&ast.Source{Input: text})
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		return s
	}
	for _, c := range []struct{ from, to, want string }{
		{"", "", ""},
		{"a: Int! f", "a: Int! b: Int f", ""},
		{"A B", "A B C", ""},
		{"y: [Int!]", "y: [Int!], z: Int", ""},
		{"input In { a: Int }", "input In { a: Int b: Int }", ""},
		{"type V { a: Int }", "type V { a: Int! }", ""},
		{"a: Int! f", "a: Int f", "T.a"},
		{"f(x: Int = 1, y: [Int!])", "f(x: Int = 2, y: [Int!])", "T.f(x)"},
		{"y: [Int!])", "y: [Int!]!)", "T.f(y)"},
		{"x: Int = 1, ", "", "T.f(x)"},
		{"y: [Int!])", "y: [Int!], z: Int!)", "T.f(z)"},
		{"A B", "A", "E.B"},
		{"T | V", "T", "U.V"},
		{"type T implements I", "type T", "T.I"},
		{"input In { a: Int }", "input In { a: Int! }", "In.a"},
		{"input In { a: Int }", "input In { a: Int b: Int! }", "In.b"},
		{"[T!]!", "[T]!", "T.f"},
		{", e(in: In): E", "", "Query.e"},
		{"directive @d(a: Int) on QUERY", "", "@d"},
	} {
		got := ""
		for _, b := range breaks(load(old), load(strings.Replace(old, c.from, c.to, 1))) {
			got += b.name
		}
		if got != c.want {
			t.Errorf("%q in place of %q breaks %q, want %q", c.to, c.from, got, c.want)
		}
	}
}
