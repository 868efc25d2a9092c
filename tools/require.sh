#!/bin/sh
# Sees that the named programs are there. On Debian and its like root gets the missing ones installed; everyone else is told
# what to install. The package of each program stands below.
set -eu

package() {
    case $1 in
    go) echo golang-go ;;
    cc) echo gcc libc6-dev ;;
    javac) echo default-jdk-headless ;;
    mvn) echo maven ;;
    npm) echo nodejs npm ;;
    python3) echo python3 python3-venv ;;
    *) echo "$1" ;;
    esac
}

there() {
    case $1 in
    chromium) command -v chromium || command -v chromium-browser || command -v google-chrome ;;
    *) command -v "$1" ;;
    esac >/dev/null 2>&1
}

missing=
packages=
for program in "$@"; do
    if ! there "$program"; then
        missing="$missing $program"
        packages="$packages $(package "$program")"
    fi
done

if [ -n "$missing" ]; then
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        echo "Missing:$missing. On Debian or Ubuntu: sudo apt-get install$packages" >&2
        exit 1
    fi
    echo "Installing$packages …"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086 # the packages are words of their own
    apt-get install -y -qq --no-install-recommends $packages >/dev/null
fi

# Since 1.21 go fetches the version that go.mod names; an older one does not know how.
for program in "$@"; do
    if [ "$program" = go ]; then
        case $(go env GOVERSION) in
        go1.[0-9] | go1.[0-9].* | go1.1[0-9]* | go1.20*)
            echo "$(go env GOVERSION) is too old; install a newer one from https://go.dev/dl" >&2
            exit 1
            ;;
        esac
    fi
done
