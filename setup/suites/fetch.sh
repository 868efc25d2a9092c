#!/bin/sh
# Fetches the suites and clients of package-lock.json from npm into .setup/suites, once. The stamp is the lock file.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
to=$here/../../.setup/suites

if cmp -s "$here/package-lock.json" "$to/fetched.json"; then
    exit 0
fi
echo "Fetching GraphQL test suites and clients (once) …"
rm -rf "$to"
mkdir -p "$to"
cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$to"
(cd "$to" && npm ci --silent)
cp "$here/package-lock.json" "$to/fetched.json"
