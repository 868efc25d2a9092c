package graph

import (
	"context"
	"encoding/json"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"spillover/ledger"
)

// A keeper is a store that keeps answers besides, for as long as the graph does not change.
type keeper interface {
	// Answer gives what is kept for a question, nil where nothing is; keep is then called with the answer that was made meanwhile.
	Answer(ctx context.Context, question string) (answer []byte, keep func(answer []byte), err error)
}

// mostAnswer bounds the bytes of an answer that is kept: a longer one would push out many that are asked more often.
const mostAnswer = 256 << 10

// repeated answers what was asked before of the same graph with what was answered then.
func repeated(answers keeper) graphql.OperationMiddleware {
	return func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		op := graphql.GetOperationContext(ctx)
		if op.Operation.Operation != ast.Query || !repeatable(op) {
			return next(ctx)
		}
		variables, err := json.Marshal(op.Variables)
		if err != nil {
			return next(ctx)
		}
		// The day too: whom a compromise could reach depends on it.
		answer, keep, err := answers.Answer(ctx, ledger.Digest(op.RawQuery, op.OperationName, string(variables), string(ledger.Today())))
		if err != nil {
			return next(ctx) // which will say what is wrong
		}
		if answer != nil {
			return graphql.OneShot(&graphql.Response{Data: answer})
		}
		made := next(ctx)
		return func(ctx context.Context) *graphql.Response {
			response := made(ctx)
			if response != nil && keep != nil && len(response.Errors)+len(response.Extensions) == 0 && response.HasNext == nil && len(response.Data) <= mostAnswer {
				keep(response.Data)
			}
			keep = nil // a transport asks again, until there is no answer
			return response
		}
	}
}
