#!/usr/bin/env bash
# Nothing lost, nothing doubled: a run against a CRM that fails now and then, by processes that are killed three times in the middle.
# 5 % of the answers to writes are cut after the CRM took them, 3 % of all are server errors, 2 % are throttled, and access tokens live
# for a minute; the CRM's own ledger is the judge. It is the test of the same name, at the size that is given.
# Usage: bench/chaos.sh [postgres|sqlite] [CONTACTS] [SEED] [TOKEN_LIFE_SECONDS]
#   postgres: three nodes, each killed once; the target is for 100,000.   sqlite: one process, killed three times; for 20,000.
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/shell.sh

store="${1:-postgres}"
case "$store" in
  postgres) default=100000; method='*PostgreSQL*' ;;
  sqlite) default=20000; method='*SQLite*' ;;
  *) fail "There is no store \"$store\"; expected postgres or sqlite." ;;
esac
need_dotnet
if [ "$store" = postgres ]; then CI=true install_postgres; fi
printf 'Building …\n'
quiet_build test/Liaison.EndToEnd.Tests/Liaison.EndToEnd.Tests.csproj
figures="$(mktemp)"
log="$(mktemp)"
trap 'rm -f "$figures" "$log"' EXIT
LIAISON_CHAOS_CONTACTS="${2:-$default}" LIAISON_CHAOS_SEED="${3:-37}" LIAISON_CHAOS_TOKEN_LIFE="${4:-60}" LIAISON_CHAOS_FIGURES="$figures" \
  artifacts/bin/Liaison.EndToEnd.Tests/release/Liaison.EndToEnd.Tests -noColor -class '*ChaosTests' -method "$method" >"$log" 2>&1 \
  && failed=0 || failed=1
cat "$figures"
[ "$failed" = 0 ] || { cat "$log" >&2; fail "It does not hold."; }
