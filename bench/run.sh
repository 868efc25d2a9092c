#!/bin/sh
# Measures reading beside the raw driver on made-up graphs of 400 and of 40,000 councils, on a real Neo4j each, and loading into
# the embedded store beside raw SQL (`bench loading` takes two Neo4js, too, where there are), and writes
# docs/benchmarks.md. BENCH_SIZES names other sizes, BENCH_ARGS further arguments of `bench reads`. What it fills stays in
# .setup/bench for the next time.
set -eu
cd "$(dirname "$0")/.."
dir=.setup/bench
mkdir -p "$dir"
go build -o "$dir/bench" ./bench
go build -o "$dir/spillover" .
export NEO4J_PASSWORD=benchmark

report=$(mktemp)
trap 'rm -f "$report"; [ -z "${neo4j:-}" ] || kill "$neo4j" 2>/dev/null || true' EXIT
port=7787
for councils in ${BENCH_SIZES:-400 40000}; do
    # The server ends when its input does.
    mkfifo "$dir/lifeline" 2>/dev/null || true
    sleep 1000000 >"$dir/lifeline" &
    hold=$!
    setup/neo4j/run.sh "$port" "$dir/neo4j-$councils" <"$dir/lifeline" >"$dir/neo4j.log" 2>&1 &
    neo4j=$!
    until grep -q ^ready "$dir/neo4j.log"; do
        kill -0 "$neo4j" || { cat "$dir/neo4j.log" >&2; exit 1; }
        sleep 1
    done
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
        "$dir/bench" reads --server "$dir/spillover" --councils "$councils" --sqlite "$PWD/$dir/$councils.db" --neo4j-pid "$neo4j" ${BENCH_ARGS:-}
    } | tee -a "$report"
    kill "$hold"
    wait "$neo4j" || true
    neo4j=
    port=$((port + 1))
done
{
    echo
    echo "## Loading"
    echo
    "$dir/bench" loading --folder "$dir/loading"
} | tee -a "$report"
{
    sed '/^<!-- measured -->$/q' docs/benchmarks.md
    cat "$report"
} >"$dir/benchmarks.md"
mv "$dir/benchmarks.md" docs/benchmarks.md
