#!/usr/bin/env bash
# Installs what the tests need where the machine lacks it, runs every test, and ends with "N passed, N failed".
set -euo pipefail
cd "$(dirname "$0")"
. eng/shell.sh

need_dotnet
install_command node nodejs npm
install_command npm npm

printf 'Building …\n'
quiet_build Liaison.slnx

printf 'Fetching the vendors'"'"' clients …\n'
for folder in test/clients/*/; do
  (cd "$folder" && npm ci --no-audit --no-fund --silent)
done

passed=0
failed=0
skipped=0
for project in test/Liaison.*.Tests; do
  name="$(basename "$project")"
  printf '== %s\n' "$name"
  log="$(mktemp)"
  # The tests count themselves; a run that counts nothing has failed, whatever it says.
  status=0
  "artifacts/bin/$name/release/$name" --no-progress >"$log" 2>&1 || status=$?
  grep -vE '^\s*$|^xUnit|^Test run summary' "$log" | tail -n 60 || true
  count() { sed -nE "s/^ *$1: ([0-9]+).*/\1/p" "$log" | tail -n 1; }
  total="$(count total)" good="$(count succeeded)" bad="$(count failed)" left="$(count skipped)"
  rm -f "$log"
  passed=$((passed + ${good:-0}))
  failed=$((failed + ${bad:-0}))
  skipped=$((skipped + ${left:-0}))
  if [ "${total:-0}" = 0 ] || { [ "$status" != 0 ] && [ "${bad:-0}" = 0 ]; }; then
    printf '%s ended with code %s and %s tests.\n' "$name" "$status" "${total:-no}"
    failed=$((failed + 1))
  fi
done

[ "$skipped" = 0 ] || printf '%s tests were skipped; their messages say what was not at hand.\n' "$skipped"
printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
