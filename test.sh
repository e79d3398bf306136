#!/usr/bin/env bash
# Installs what the tests need where the machine lacks it, runs every test, and ends with "N passed, N failed".
set -euo pipefail
cd "$(dirname "$0")"
. eng/shell.sh

need_dotnet
install_postgres
install_command node nodejs npm
install_command npm npm
node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' \
  || fail "Node.js 20 or newer is needed for the vendors' clients; this machine has $(node --version)."

printf 'Building …\n'
quiet_build Liaison.slnx

printf 'Fetching the vendors'"'"' clients …\n'
for folder in test/clients/*/; do
  (cd "$folder" && npm ci --no-audit --no-fund --silent)
done

passed=0
failed=0
skipped=0
for project in test/Liaison*.Tests; do
  name="$(basename "$project")"
  printf '== %s\n' "$name"
  log="$(mktemp)"
  # The tests count themselves; a run that counts nothing has failed, whatever it says.
  status=0
  "artifacts/bin/$name/release/$name" -noColor >"$log" 2>&1 || status=$?
  grep -vE '^(xUnit|Copyright|Ok, passed|  Disc|  Start|  Finish|=== TEST)|^$' "$log" | awk '
    # What was skipped is told once a reason, with its count; everything else as it stands.
    /\[SKIP\]$/ { getline reason; sub(/^ +/, "", reason); skips[reason]++; next }
    { print }
    END { for (reason in skips) printf "   %d skipped: %s\n", skips[reason], reason }' || true
  read -r total errors bad left < <(sed -nE 's/^ *[^ ]+ +Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+).*/\1 \2 \3 \4/p' "$log" | tail -n 1) \
    || { total=0 errors=0 bad=0 left=0; }
  rm -f "$log"
  bad=$((bad + errors))
  # A run that counts nothing, or ends badly without a failed test, has failed, whatever it says.
  if [ "$total" = 0 ] || { [ "$status" != 0 ] && [ "$bad" = 0 ]; }; then
    printf '%s ended with code %s after %s tests.\n' "$name" "$status" "$total"
    bad=$((bad + 1))
    total=$((total + 1))
  fi
  passed=$((passed + total - bad - left))
  failed=$((failed + bad))
  skipped=$((skipped + left))
done

[ "$skipped" = 0 ] || printf '%s tests were skipped; their messages say what was not at hand.\n' "$skipped"
printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
