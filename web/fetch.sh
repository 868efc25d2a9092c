#!/bin/sh
# Fetches GraphiQL and React from npm, at the versions of package-lock.json, into web/site/graphiql, from where they are embedded.
# They are others' code, so they are not committed. The stamp is the lock file that they were fetched for.
set -eu
cd "$(dirname "$0")"
to=site/graphiql

if cmp -s package-lock.json "$to/fetched.json"; then
    exit 0
fi
if ! command -v npm >/dev/null; then
    echo "web/fetch.sh: npm is not there; install Node.js 20 or newer" >&2
    exit 1
fi
echo "Fetching GraphiQL and React (once) …"
npm ci --silent
rm -rf "$to"
mkdir -p "$to"
# The reference to a source map, which is not served, would be a failed request in the browser's tools.
sed '/^\/\/# sourceMappingURL=/d' node_modules/graphiql/graphiql.min.js >"$to/graphiql.js"
cp node_modules/graphiql/graphiql.min.css "$to/graphiql.css"
cp node_modules/react/umd/react.production.min.js "$to/react.js"
cp node_modules/react-dom/umd/react-dom.production.min.js "$to/react-dom.js"
for package in graphiql react react-dom; do
    cp "node_modules/$package/LICENSE" "$to/LICENSE.$package"
done
# What is left is of no use to the server, and go ./... would look for packages in it.
rm -rf node_modules
cp package-lock.json "$to/fetched.json"
