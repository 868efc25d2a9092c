package main

import (
	"embed"
	"fmt"
	"maps"
	"strings"
	"time"
)

// peerName is the contender of bench/peer. Its schema is its own, and so are its operations; and it may be slow beyond waiting for,
// which is then a row of the report.
const peerName = "Neo4j GraphQL library"

// patience is how long the peer may take for comparing one operation, for warming up and for one row of the report before it is
// passed over in what is left of it.
const patience = 5 * time.Second

//go:embed peer/operations
var peerTexts embed.FS

// peerAsk is a request's body. The library gives words to the full-text index as they are, so the client writes its language.
func peerAsk(operation string, variables map[string]any) []byte {
	text, err := peerTexts.ReadFile("peer/operations/" + operation + ".graphql")
	if err != nil {
		panic(err) // the operations are in this program
	}
	variables = maps.Clone(variables)
	if text, ok := variables["text"].(string); ok {
		variables["phrase"] = "terms:" + text + "*"
	}
	return body(map[string]any{"query": string(text), "variables": variables})
}

// tires tells whether a contender is not asked any more, for now.
func (x *contender) tires() bool { return x.failed != nil || x.name == peerName && x.spent > patience }

// fails tells whether an error is only the peer's, which then stands in the report.
func (x *contender) fails(err error) bool {
	if err == nil || x.name != peerName {
		return false
	}
	x.failed = err
	return true
}

// lacks is what an answer lacks of what the raw driver's has; "" where it has all. The peer may find other names first where a search
// finds more than it gives.
func (x *contender) lacks(op string, want, got any) string {
	if x.name == peerName {
		if strings.HasPrefix(op, "q5") && len(told(want, map[string]bool{})) >= 2*20 {
			return ""
		}
		return unmentioned(want, got)
	}
	return missing(want, got, "answer")
}

// unmentioned is what want tells of and got, in another shape, does not: an id, a name or a quote; "" where it has all.
func unmentioned(want, got any) string {
	has := told(got, map[string]bool{})
	for what := range told(want, map[string]bool{}) {
		if !has[what] {
			return fmt.Sprintf("the answer has no %q", what)
		}
	}
	return ""
}

// told adds the ids, names and quotes of an answer.
func told(answer any, to map[string]bool) map[string]bool {
	switch a := answer.(type) {
	case map[string]any:
		for _, key := range []string{"id", "name", "quote"} {
			if text, ok := a[key].(string); ok {
				to[text] = true
			}
		}
		for _, value := range a {
			told(value, to)
		}
	case []any:
		for _, value := range a {
			told(value, to)
		}
	}
	return to
}
