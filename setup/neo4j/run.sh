#!/bin/sh
# Runs the Neo4j server that fetch.sh fetched: NEO4J_PASSWORD=… setup/neo4j/run.sh PORT [FOLDER]; see Neo4j.java.
# The heap is capped, and the compiler kept to its quick first stage: a server for tests lives for a minute.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
exec java -Xmx1g -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    --add-opens java.base/java.nio=ALL-UNNAMED --add-opens java.base/java.io=ALL-UNNAMED \
    --add-opens java.base/sun.nio.ch=ALL-UNNAMED \
    --class-path "$here/../../.setup/neo4j/lib/*" "$here/Neo4j.java" "$@"
