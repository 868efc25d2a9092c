#!/bin/sh
# Measures reading beside the raw driver on made-up graphs of 400 and of 40,000 councils, on a real Neo4j each, and loading into
# both stores beside the same rows through the raw driver and raw SQL, and reading while a loader writes, and writes
# docs/benchmarks.md. BENCH_SIZES names other sizes, BENCH_ARGS further arguments of `bench reads`. What it fills stays in
# .setup/bench for the next time.
set -eu
cd "$(dirname "$0")/.."
dir=.setup/bench
mkdir -p "$dir"
go build -o "$dir/bench" ./bench
go build -o "$dir/spillover" .
bench/peer/fetch.sh "$dir/peer"
export NEO4J_PASSWORD=benchmark

report=$(mktemp)
trap 'rm -f "$report"; [ -z "${neo4j:-}" ] || kill "$neo4j" 2>/dev/null || true' EXIT
# start runs a Neo4j on a port with its data in a folder, and leaves its process in $neo4j. It ends when its input does, so that all
# end with $hold.
start() {
    setup/neo4j/run.sh "$1" "$2" <"$dir/lifeline" >"$2.log" 2>&1 &
    neo4j=$!
    until grep -q ^ready "$2.log"; do
        kill -0 "$neo4j" || { cat "$2.log" >&2; exit 1; }
        sleep 1
    done
}
mkfifo "$dir/lifeline" 2>/dev/null || true

{
    echo
    echo "$(getconf _NPROCESSORS_ONLN) cores, $(uname -s), $(go env GOVERSION); Neo4j with a heap of 2 GB; SQLite in pure Go. $(date '+%-d %B %Y')."
} | tee -a "$report"
port=7787
for councils in ${BENCH_SIZES:-400 40000}; do
    sleep 1000000 >"$dir/lifeline" &
    hold=$!
    start "$port" "$dir/neo4j-$councils"
    NEO4J_URI=bolt://127.0.0.1:$port
    export NEO4J_URI
    {
        echo
        echo "## $councils councils"
        echo
        if [ ! -e "$dir/filled-$councils" ]; then
            echo "Filled through the pipeline, from records as reading makes them:"
            echo
            echo "- Neo4j: $("$dir/bench" fill --councils "$councils")"
            echo "- embedded: $("$dir/bench" fill --councils "$councils" --db "$dir/$councils.db")"
            echo
            touch "$dir/filled-$councils"
        fi
        # shellcheck disable=SC2086
        "$dir/bench" reads --server "$dir/spillover" --councils "$councils" --sqlite "$PWD/$dir/$councils.db" --peer "$dir/peer/server.mjs" --neo4j-pid "$neo4j" ${BENCH_ARGS:-}
    } | tee -a "$report"
    kill "$hold"
    wait "$neo4j" || true
    neo4j=
    port=$((port + 1))
done
rm -rf "$dir/neo4j-pipeline" "$dir/neo4j-raw"
sleep 1000000 >"$dir/lifeline" &
hold=$!
start "$port" "$dir/neo4j-pipeline"
pipeline=$neo4j
start "$((port + 1))" "$dir/neo4j-raw"
{
    echo
    echo "## Loading"
    echo
    "$dir/bench" loading --folder "$dir/loading" --neo4j-uri "bolt://127.0.0.1:$port" --neo4j-uri "bolt://127.0.0.1:$((port + 1))" \
        --neo4j-pid "$pipeline" --neo4j-pid "$neo4j"
    echo
    echo "## Reading while a loader writes"
    echo
    echo "By eight connections, nothing cached, in turns of a second with and without a loader that has one core of the machine's."
    echo
    echo "| store | operation | requests/s alone | while loading | kept | claims/s |"
    echo "|---|---|---|---|---|---|"
    "$dir/bench" beside --store Neo4j --server "$dir/spillover" --neo4j-uri "bolt://127.0.0.1:$port"
    "$dir/bench" beside --store embedded --server "$dir/spillover" --db "$PWD/$dir/loading/pipeline.db"
} | tee -a "$report"
kill "$hold"
wait "$pipeline" "$neo4j" || true
neo4j=
{
    sed '/^<!-- measured -->$/q' docs/benchmarks.md
    cat "$report"
} >"$dir/benchmarks.md"
mv "$dir/benchmarks.md" docs/benchmarks.md
