#!/bin/sh
# Look for PostgreSQL, which the storage is tested on; install Debian's package where that is allowed.
set -eu

for program in /usr/lib/postgresql/*/bin/postgres; do
  if [ -x "$program" ]; then exit 0; fi
done
if command -v postgres > /dev/null; then exit 0; fi

if ! command -v apt-get > /dev/null; then
  echo "The storage tests need PostgreSQL. Install it so that 'postgres' is found, then run make again." >&2
  exit 1
fi

if [ "$(id -u)" = 0 ]; then root=""
elif command -v sudo > /dev/null && sudo -n true 2> /dev/null; then root="sudo"
else
  echo "The storage tests need PostgreSQL: sudo apt-get install postgresql, then run make again." >&2
  exit 1
fi

# The tests start a server of their own: the package must not start one, too.
$root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $root apt-get install -qq -y postgresql-common
$root mkdir -p /etc/postgresql-common/createcluster.d
echo "create_main_cluster = false" | $root tee /etc/postgresql-common/createcluster.d/textwright.conf > /dev/null
DEBIAN_FRONTEND=noninteractive $root apt-get install -qq -y postgresql
