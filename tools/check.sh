#!/bin/sh
# Checks what no Go test can: format, vet, that generated code is what the generator makes, that go.mod is tidy, and the types of
# the pages and their stories.
set -eu
cd "$(dirname "$0")/.."

echo "Checking format, vet, generated code, go.mod and the pages' types …"
unformatted=$(git ls-files -z --cached --others --exclude-standard '*.go' | xargs -0 ls 2>/dev/null | xargs gofmt -l)
if [ -n "$unformatted" ]; then
    echo "Not formatted, run gofmt -w on:" "$unformatted" >&2
    exit 1
fi
go vet ./...

before=$(mktemp -d)
trap 'rm -rf "$before"' EXIT
cp -R graph "$before"
tools/generate.sh
if ! diff -r "$before/graph" graph; then
    echo "graph/ was not what the generator makes of schema.graphqls and gqlgen.yml. It is now: look at the difference and commit it." >&2
    exit 1
fi

if ! go mod tidy -diff; then
    echo "go.mod or go.sum is not tidy: run go mod tidy." >&2
    exit 1
fi

if ! [ -e web/app/operations.gen.ts ]; then
    echo "The pages are not built: run make setup." >&2
    exit 1
fi
(cd web && node_modules/.bin/tsc --noEmit)
