package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
)

// marshalSlice is gqlgen's MarshalSliceConcurrently without goroutines; tools/generate.sh says why. A panic ends the
// list as it would there.
func marshalSlice(ctx context.Context, length int, _ int64, _ bool, element func(context.Context, int) graphql.Marshaler) (all graphql.Array) {
	at := ctx
	defer func() {
		if r := recover(); r != nil {
			graphql.AddError(at, graphql.Recover(at, r))
			all = nil
		}
	}()
	all = make(graphql.Array, length)
	for i := range length {
		at = graphql.WithFieldContext(ctx, &graphql.FieldContext{Index: &i})
		all[i] = element(at, i)
	}
	return all
}
