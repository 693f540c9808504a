#!/bin/sh
# Look for Chromium, which the browser tests drive; install Debian's package where that is allowed.
set -eu

for name in chromium chromium-browser google-chrome; do
  if command -v "$name" > /dev/null; then exit 0; fi
done

if ! command -v apt-get > /dev/null; then
  echo "The browser tests need Chromium. Install it so that 'chromium' is found, then run make again." >&2
  exit 1
fi

if [ "$(id -u)" = 0 ]; then root=""
elif command -v sudo > /dev/null && sudo -n true 2> /dev/null; then root="sudo"
else
  echo "The browser tests need Chromium: sudo apt-get install chromium, then run make again." >&2
  exit 1
fi

$root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $root apt-get install -qq -y chromium
