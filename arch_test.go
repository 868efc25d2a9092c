package main_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The architecture: which packages of ours each package may import. A package that is missing here may not exist, and one
// that imports more than it may is an error, whichever is wrong. Tests may import what they like.
var mayImport = map[string]string{
	"access":         "",
	"ledger":         "",
	"gazetteer":      "ledger",
	"gazetteer/data": "",
	"article":        "ledger",
	"fold":           "ledger",
	"extract":        "ledger gazetteer",
	"identity":       "ledger gazetteer fold extract",
	"trace":          "ledger fold",
	"ingest":         "ledger gazetteer article fold extract identity trace",
	"samples":        "",
	"fetch":          "ledger",

	// The stores know the nouns and nothing else: no rule of reading, identity or the API can hide in one of them.
	"store/sqlite":    "ledger",
	"store/neo4j":     "ledger",
	"store/cache":     "ledger",
	"store/storetest": "ledger",
	"setup/neo4jtest": "",

	// The API knows no store.
	"graph": "access ledger gazetteer article fold extract identity trace ingest",
	"httpd": "access web",
	"web":   "",

	// A program that measures all of it.
	"bench":       "ledger gazetteer identity ingest bench/world store/sqlite store/neo4j",
	"bench/world": "ledger gazetteer identity",

	// A command that compares the gazetteer with another copy of the facts.
	"gazetteer/check": "gazetteer",

	// The two programs and the benchmark alone name concrete stores.
	"":       "access ledger article fetch gazetteer ingest samples graph httpd store/cache store/sqlite store/neo4j",
	"loader": "access ledger gazetteer article extract fetch ingest store/sqlite store/neo4j",
}

// The modules that the server may import directly, itself or by a package of ours. What they import in turn is their affair.
var serverModules = []string{
	"github.com/99designs/gqlgen",
	"github.com/caarlos0/env/v11",
	"github.com/coder/websocket",
	"github.com/coreos/go-oidc/v3",
	"github.com/klauspost/compress",
	"github.com/markusmobius/go-dateparser",
	"github.com/markusmobius/go-htmldate",
	"github.com/markusmobius/go-trafilatura",
	"github.com/maypok86/otter/v2",
	"github.com/mmcdole/gofeed",
	"github.com/neo4j/neo4j-go-driver/v5",
	"github.com/prometheus/client_golang",
	"github.com/rs/cors",
	"github.com/vektah/gqlparser/v2",
	"github.com/wasilibs/go-re2",
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp",
	"go.opentelemetry.io/otel",
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp",
	"go.opentelemetry.io/otel/sdk",
	"golang.org/x/net",
	"golang.org/x/text",
	"golang.org/x/time",
	"modernc.org/sqlite",
}

type goPackage struct {
	ImportPath string
	Imports    []string
	Deps       []string
	Standard   bool
	Module     *struct{ Path string }
}

const module = "spillover"

func goList(t *testing.T, args ...string) []goPackage {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", append([]string{"list", "-json=ImportPath,Imports,Deps,Standard,Module"}, args...)...).Output()
	if err != nil {
		if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
			t.Fatalf("go list: %v\n%s", err, exit.Stderr)
		}
		t.Fatal(err)
	}
	var packages []goPackage
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

// ours is the name of a package within the module.
func ours(path string) (name string, yes bool) {
	if path == module {
		return "", true
	}
	return strings.CutPrefix(path, module+"/")
}

func TestWhoImportsWhom(t *testing.T) {
	t.Parallel()
	for _, p := range goList(t, "./...") {
		name, _ := ours(p.ImportPath)
		allowed, known := mayImport[name]
		if !known {
			t.Errorf("package %s is not part of the architecture; see mayImport", p.ImportPath)
			continue
		}
		for _, i := range p.Imports {
			if to, yes := ours(i); yes && !slices.Contains(strings.Fields(allowed), to) {
				t.Errorf("package %s imports %s and may not", p.ImportPath, i)
			}
			if name == "ledger" && strings.Contains(strings.SplitN(i, "/", 2)[0], ".") {
				t.Errorf("package ledger imports %s; it may import the standard library only", i)
			}
		}
	}
}

func TestServerModules(t *testing.T) {
	t.Parallel()
	packages := goList(t, "-deps", ".")
	moduleOf := map[string]string{}
	for _, p := range packages {
		if p.Module != nil {
			moduleOf[p.ImportPath] = p.Module.Path
		}
	}
	var got []string
	for _, p := range packages {
		if _, yes := ours(p.ImportPath); !yes {
			continue
		}
		for _, i := range p.Imports {
			if m := moduleOf[i]; m != "" && m != module {
				got = append(got, m)
			}
		}
	}
	slices.Sort(got)
	if diff := cmp.Diff(serverModules, slices.Compact(got)); diff != "" {
		t.Errorf("modules that the server imports directly (-allowed +imported):\n%s", diff)
	}
}
