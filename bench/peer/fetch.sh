#!/bin/sh
# Fetches what package-lock.json names from npm into a folder, once, and puts the server beside it. The stamp is that file.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

if ! cmp -s "$here/package-lock.json" "$1/fetched.json"; then
    echo "Fetching Neo4j's GraphQL library (once) …" >&2
    rm -rf "$1"
    mkdir -p "$1"
    cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$1"
    (cd "$1" && npm ci --silent)
    cp "$here/package-lock.json" "$1/fetched.json"
fi
cp "$here/server.mjs" "$1"
