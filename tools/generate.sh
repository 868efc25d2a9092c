#!/bin/sh
# Makes graph's generated code anew, after schema.graphqls or gqlgen.yml changed.
#
# gqlgen starts a goroutine for each element of a list and for each field that may load something. Here the first
# that is asked loads for all (graph/cohort.go), so goroutines only cost: they were half of the time of a large
# answer. So what gqlgen writes is changed to resolve one after the other; root fields still run side by side. And it
# computes for each object the path of what @defer may put off, also where nothing is.
set -eu
cd "$(dirname "$0")/.."
go tool gqlgen generate
perl -0pi \
    -e 's/graphql\.MarshalSliceConcurrently\(/marshalSlice(/g;' \
    -e 's/out\.Concurrently\(i, func\(ctx context\.Context\) graphql\.Marshaler \{ return innerFunc\(ctx, out\) \}\)/out.Values[i] = innerFunc(ctx, out)/g;' \
    -e 's/(\tatomic\.AddInt32\(&ec\.Deferred[^\n]*\n\n\tec\.ProcessDeferredGroup\(.*?\n\t\}\)\n)/\tif len(deferLabelToView) > 0 {\n$1\t}\n/gs;' \
    graph/generated.go
gofmt -w graph/generated.go
