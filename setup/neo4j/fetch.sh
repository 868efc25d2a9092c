#!/bin/sh
# Fetches the jars of the Neo4j server that tests and `make neo4j` run into .setup/neo4j/lib, once.
# Needs Java 17 and Maven. The stamp is the pom they were fetched for: a changed pom fetches again.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
to=$here/../../.setup/neo4j

if cmp -s "$here/pom.xml" "$to/fetched.xml"; then
    exit 0
fi
for tool in java mvn; do
    if ! command -v "$tool" >/dev/null; then
        echo "setup/neo4j/fetch.sh: $tool is not there; install a Java 17 development kit and Maven" >&2
        exit 1
    fi
done
echo "Fetching the Neo4j server (about 240 jars, once) …"
rm -rf "$to/lib" "$to/fetched.xml"
mkdir -p "$to/lib"
mvn --batch-mode --quiet --file "$here/pom.xml" dependency:copy-dependencies \
    -DoutputDirectory="$(cd "$to/lib" && pwd)" -DincludeScope=runtime
cp "$here/pom.xml" "$to/fetched.xml"
