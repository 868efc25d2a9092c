#!/bin/sh
# Makes graph's generated code anew, after schema.graphqls or gqlgen.yml changed.
#
# gqlgen starts a goroutine for each element of a list and for each field that may load something. Here the first
# that is asked loads for all (graph/cohort.go), so goroutines only cost: they were half of the time of a large
# answer. So what gqlgen writes is changed to resolve one after the other; root fields still run side by side.
set -eu
cd "$(dirname "$0")/.."
go tool gqlgen generate
sed -i.before \
    -e 's/graphql\.MarshalSliceConcurrently(/marshalSlice(/' \
    -e 's/out\.Concurrently(i, func(ctx context\.Context) graphql\.Marshaler { return innerFunc(ctx, out) })/out.Values[i] = innerFunc(ctx, out)/' \
    graph/generated.go
rm graph/generated.go.before
