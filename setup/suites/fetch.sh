#!/bin/sh
# Fetches the suites and clients of package-lock.json from npm and the fuzzer of requirements.txt from PyPI into .setup/suites and
# .setup/fuzzer, once. The stamps are those two files.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
setup=$here/../../.setup

if ! cmp -s "$here/package-lock.json" "$setup/suites/fetched.json"; then
    echo "Fetching GraphQL test suites and clients (once) …"
    rm -rf "$setup/suites"
    mkdir -p "$setup/suites"
    cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$setup/suites"
    (cd "$setup/suites" && npm ci --silent)
    cp "$here/package-lock.json" "$setup/suites/fetched.json"
fi
if ! cmp -s "$here/requirements.txt" "$setup/fuzzer/fetched.txt"; then
    echo "Fetching schemathesis (once) …"
    rm -rf "$setup/fuzzer"
    python3 -m venv "$setup/fuzzer"
    "$setup/fuzzer/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
    cp "$here/requirements.txt" "$setup/fuzzer/fetched.txt"
fi
