#!/bin/sh
# Makes graph's generated code anew, after schema.graphqls or gqlgen.yml changed.
#
# gqlgen starts a goroutine for each element of a list and for each field that may load something. Here the first
# that is asked loads for all (graph/cohort.go), so goroutines only cost: they were half of the time of a large
# answer. So what gqlgen writes is changed to resolve one after the other; root fields still run side by side. And it
# computes for each object the path of what @defer may put off, also where nothing is.
#
# It makes a context and four closures for each field, also where a field is a name that only has to be written; these were
# a third of what an answer left behind. So fields that cannot fail, nor be null where they must not, are written at once, and
# an object is written by package graph (slice.go).
set -eu
cd "$(dirname "$0")/.."
go tool gqlgen generate
perl -0pi \
    -e 's/graphql\.MarshalSliceConcurrently\(/marshalSlice(/g;' \
    -e 's/out\.Concurrently\(i, func\(ctx context\.Context\) graphql\.Marshaler \{ return innerFunc\(ctx, out\) \}\)/out.Values[i] = innerFunc(ctx, out)/g;' \
    -e 's/(\tatomic\.AddInt32\(&ec\.Deferred[^\n]*\n\n\tec\.ProcessDeferredGroup\(.*?\n\t\}\)\n)/\tif len(deferLabelToView) > 0 {\n$1\t}\n/gs;' \
    -e '$plain = qr/N(?:String|ID)2string|NInt2int(?:64)?|NBoolean2bool|O(?:String|ID)2ᚖstring|ODate2\S+?Date|ODatePrecision2\S+?Precision|NCertainty2\S+?Certainty|O\w+2string/;' \
    -e '$word = qr/N(?:ImpactStatus|SpreadOutcome|IncidentKind|ArrangementKind|AgencyKind|AttributionBasis|ResponseRole|ServiceState)2string/;' \
    -e '$resolve = qr/return graphql\.ResolveField\((?:(?!\n\}).)*?return (obj\.[\w.]+(?:\(\))?), nil\n\t\t\},\n\t\tnil,\n[^\n]*\n\t\t\treturn /s;' \
    -e 's/$resolve(ec\.marshal$plain)\(ctx, selections, v\)\n.*?\n\t\)/return $2(ctx, nil, $1)/gs;' \
    -e 's/($resolve(?:ec\.marshal$word)\(ctx, selections, v\))/if v := $2; v != "" {\n\t\treturn graphql.MarshalString(v)\n\t}\n\t$1/gs;' \
    -e 's/\n\treturn out\n/\n\treturn object{fields, out.Values}\n/g;' \
    -e 's/\tvar buf bytes\.Buffer\n(\t*data\.Marsh)/\tvar buf bytes.Buffer\n\tbuf.Grow(startBuffer)\n$1/g;' \
    graph/generated.go
gofmt -w graph/generated.go
