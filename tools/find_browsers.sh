#!/bin/sh
# Look for Chromium, which the browser tests drive; install Debian's package where that is allowed. The package without
# windows comes first: the tests take two thirds of the time in it.
set -eu

found() {
  for one in "$@"; do
    if command -v "$one" > /dev/null; then return 0; fi
  done
  return 1
}

if found chromium-headless-shell; then exit 0; fi

if ! command -v apt-get > /dev/null; then root="none"
elif [ "$(id -u)" = 0 ]; then root=""
elif command -v sudo > /dev/null && sudo -n true 2> /dev/null; then root="sudo"
else root="none"
fi

if [ "$root" != none ]; then
  # Where no package can be had, the Chromium that is there must do, and soon.
  $root apt-get update -qq -o Acquire::Retries=1 -o Acquire::http::Timeout=20 || true
  fetch() { DEBIAN_FRONTEND=noninteractive $root apt-get install -qq -y "$1"; }
  fetch chromium-headless-shell || found chromium chromium-browser google-chrome || fetch chromium || true
fi

if ! found chromium-headless-shell chromium chromium-browser google-chrome; then
  echo "The browser tests need Chromium. Install it so that 'chromium' is found (on Debian: sudo apt-get install" >&2
  echo "chromium-headless-shell), then run make again." >&2
  exit 1
fi
