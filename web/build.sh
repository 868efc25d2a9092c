#!/bin/sh
# Fetches what package-lock.json names from npm, where that is not done, and builds the pages into web/site/built, from where
# they are embedded. Neither is committed.
set -eu
cd "$(dirname "$0")"

if ! command -v npm >/dev/null; then
    echo "web/build.sh: npm is not there; install Node.js 20 or newer" >&2
    exit 1
fi
if ! cmp -s package-lock.json node_modules/fetched.json; then
    echo "Fetching what the pages are made of (once) …"
    npm ci --silent
    cp package-lock.json node_modules/fetched.json
fi
node build.mjs
