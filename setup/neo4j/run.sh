#!/bin/sh
# Runs the Neo4j server that fetch.sh fetched: NEO4J_PASSWORD=… setup/neo4j/run.sh PORT [FOLDER]; see Neo4j.java.
# For a server of tests, which has no folder and lives for a minute, the compiler is kept to its quick first stage.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if [ $# -gt 1 ]; then options='-Xmx2g -XX:+UseG1GC'; else options='-Xmx1g -XX:+UseSerialGC -XX:TieredStopAtLevel=1'; fi
# shellcheck disable=SC2086
exec java $options \
    --add-opens java.base/java.nio=ALL-UNNAMED --add-opens java.base/java.io=ALL-UNNAMED \
    --add-opens java.base/sun.nio.ch=ALL-UNNAMED \
    --class-path "$here/../../.setup/neo4j/lib/*" "$here/Neo4j.java" "$@"
