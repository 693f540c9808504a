#!/bin/sh
# Run a command with its temporary files in memory, where there is room for some gigabytes: what tests write
# is flushed to the disk thousands of times, and nobody reads it afterwards.
set -eu
room=$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1)
if [ "${room:-0}" -gt 8000000 ]; then
  TMPDIR=$(mktemp -d /dev/shm/textwright.XXXXXX)
  chmod 1777 "$TMPDIR" # as /tmp: PostgreSQL runs as another user
  export TMPDIR
  trap 'rm -rf "$TMPDIR"' EXIT
  trap 'exit 130' INT TERM
fi
"$@"
