package graph_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"
)

func schema(t *testing.T) *ast.Schema {
	t.Helper()
	text, err := os.ReadFile("../schema.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	s, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphqls", Input: string(text)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The schema is a document: everything in it is described.
func TestEverythingIsDescribed(t *testing.T) {
	t.Parallel()
	s := schema(t)
	described := func(what, text string) {
		if strings.TrimSpace(text) == "" || !strings.HasSuffix(strings.TrimSpace(text), ".") {
			t.Errorf("%s is described as %q; write a sentence", what, text)
		}
	}
	for _, d := range s.Types {
		if d.BuiltIn {
			continue
		}
		described(d.Name, d.Description)
		for _, f := range d.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			described(d.Name+"."+f.Name, f.Description)
			for _, a := range f.Arguments {
				described(d.Name+"."+f.Name+"("+a.Name+":)", a.Description)
			}
		}
		for _, v := range d.EnumValues {
			described(d.Name+"."+v.Name, v.Description)
		}
	}
	described("@asOf", s.Directives["asOf"].Description)
}

// Lists are Relay's connections: edges with cursor and node, nodes, pageInfo, totalCount.
func TestConnectionsAreRelays(t *testing.T) {
	t.Parallel()
	s := schema(t)
	n := 0
	for name, d := range s.Types {
		item, ok := strings.CutSuffix(name, "Connection")
		if !ok {
			continue
		}
		n++
		node := strings.Trim(d.Fields.ForName("nodes").Type.String(), "[]!")
		for field, want := range map[string]string{"edges": "[" + item + "Edge!]!", "nodes": "[" + node + "!]!", "pageInfo": "PageInfo!", "totalCount": "Int!"} {
			if got := d.Fields.ForName(field); got == nil || got.Type.String() != want {
				t.Errorf("%s.%s is %v, want %s", name, field, got, want)
			}
		}
		edge := s.Types[item+"Edge"]
		if edge.Fields.ForName("cursor").Type.String() != "String!" || edge.Fields.ForName("node").Type.String() != node+"!" {
			t.Errorf("%sEdge has %v", item, edge.Fields)
		}
	}
	if n != 10 {
		t.Errorf("%d connections", n)
	}
}

// Each example, also those that change something, is one operation that the schema allows with its variables.
func TestExamplesAreValid(t *testing.T) {
	t.Parallel()
	s := schema(t)
	files, err := filepath.Glob("../queries/*.graphql")
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[ast.Operation]bool{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		document, faults := gqlparser.LoadQuery(s, string(text))
		if faults != nil {
			t.Errorf("%s: %v", file, faults)
			continue
		}
		if len(document.Operations) != 1 || document.Operations[0].Name == "" || !strings.HasPrefix(string(text), "# ") {
			t.Errorf("%s: an example begins with a comment that says what it shows, and is one operation with a name", file)
		}
		kinds[document.Operations[0].Operation] = true
		var variables map[string]any
		if raw, err := os.ReadFile(strings.TrimSuffix(file, ".graphql") + ".json"); err == nil {
			if err := json.Unmarshal(raw, &variables); err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
		if _, err := validator.VariableValues(s, document.Operations[0], variables); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
	if len(kinds) != 3 {
		t.Errorf("the examples have %v", kinds)
	}
}
