package main

import (
	"embed"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"

	"spillover/bench/world"
)

//go:embed operations
var operationTexts embed.FS

// operations are what is measured, in the order of the report.
var operations = []string{"q1", "q2", "q3", "q4", "q4d", "q5", "q5t", "q6"}

// drawn is how many questions of each operation are asked, again and again: what is cached is measured where it is repeated.
const drawn = 200

// questions are the variables of the questions of an operation.
func questions(operation string, councils int, incidents []string) []map[string]any {
	a := &asker{rand.New(rand.NewPCG(99, 99)), councils, incidents}
	all := make([]map[string]any, drawn)
	for i := range all {
		all[i] = a.variables(operation)
	}
	return all
}

// An asker draws the variables of operations, the same for the same seed.
type asker struct {
	rand      *rand.Rand
	councils  int
	incidents []string
}

// variables are those of one request.
func (a *asker) variables(operation string) map[string]any {
	council := a.rand.IntN(a.councils)
	switch operation {
	case "q1", "q4", "q4d":
		return map[string]any{"id": a.incidents[a.rand.IntN(len(a.incidents))]}
	case "q2":
		year := 2014 + a.rand.IntN(10)
		return map[string]any{"since": fmt.Sprintf("%d-01-01", year), "until": fmt.Sprintf("%d-12-31", year)}
	case "q5", "q5t":
		name := strings.ToLower(world.Name(council))
		return map[string]any{"text": name[:5]}
	}
	return map[string]any{"id": world.CouncilID(council)}
}

// graphQL is a request's body.
func graphQL(operation string, variables map[string]any) []byte {
	text, err := operationTexts.ReadFile("operations/" + operation + ".graphql")
	if err != nil {
		panic(err) // the operations are in this program
	}
	return body(map[string]any{"query": string(text), "variables": variables})
}

func body(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings in maps
	}
	return text
}
