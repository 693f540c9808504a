#!/bin/sh
# Run all tests some times beside two busy loops, and say a line a round: tools/under_load.sh [ROUNDS [COMMAND ...]]
# What a round said stands in out/under_load. Ends with 1 where a round was red.
set -u
cd "$(dirname "$0")/.."
rounds=${1:-10}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- make test
mkdir -p out/under_load
loops=
for _ in 1 2; do
  sh -c 'while kill -0 "$PPID" 2>/dev/null; do :; done' &
  loops="$loops $!"
done
trap 'kill $loops 2>/dev/null' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
red=0
for round in $(seq "$rounds"); do
  began=$(date +%s)
  if "$@" >"out/under_load/$round.txt" 2>&1; then word=passed; else word=failed red=1; fi
  echo "round $round: $word, $(($(date +%s) - began)) seconds; out/under_load/$round.txt"
done
exit "$red"
