#!/usr/bin/env bash
# The main job at full size under real limits: calls, throttles, time beside the least possible, memory of the gateway alone.
# Usage: bench/qualify.sh [CONTACTS] [COMPANIES] [hubspot|salesforce]; the targets are for 10,000 and 1,000.
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/shell.sh

contacts="${1:-10000}"
companies="${2:-1000}"
crm="${3:-hubspot}"
case "$crm" in
  hubspot|salesforce) ;;
  *) fail "There is no demo of \"$crm\"; choose hubspot or salesforce." ;;
esac
need_dotnet
build_cli
folder="$(mktemp -d)"
liaison() { dotnet "$LIAISON_DLL" "$@"; }

# --no-run serves the emulators and writes a configuration that a second process can work with.
dotnet "$LIAISON_DLL" demo --no-run --contacts "$contacts" --companies "$companies" --folder "$folder" >"$folder/demo.log" 2>&1 &
demo=$!
trap 'kill "$demo" 2>/dev/null || true; wait "$demo" 2>/dev/null || true; rm -rf "$folder"' EXIT
for _ in $(seq 120); do
  grep -q 'Serving on' "$folder/demo.log" && break
  kill -0 "$demo" 2>/dev/null || { cat "$folder/demo.log" >&2; fail "The emulator did not start."; }
  sleep 0.5
done

[ "$crm" = salesforce ] || liaison --config "$folder/liaison.yaml" fields apply "$crm-demo" >/dev/null
# Not by the function: its subshell would be measured in place of the gateway.
dotnet "$LIAISON_DLL" --config "$folder/liaison.yaml" --output json run start qualify --connection "$crm-demo" >"$folder/report.json" &
gateway=$!
most=0
while kill -0 "$gateway" 2>/dev/null; do
  held="$(awk '/VmHWM/ { print $2 }' "/proc/$gateway/status" 2>/dev/null || true)"
  [ "${held:-0}" -gt "$most" ] && most="$held"
  sleep 0.2
done
wait "$gateway" || fail "The run failed."

node - "$folder/report.json" "$contacts" "$most" "$crm" <<'JS'
const { readFileSync } = require('node:fs');
const [, , file, contacts, kib, crm] = process.argv;
const most = { hubspot: "≤ 215 (the vendor client's best plan)", salesforce: '≤ 55 (collections of 200)' }[crm];
// Salesforce has no limit on calls in a short time, so that nothing but the machine sets the time.
const paced = report => report.leastSeconds > 0;
const report = JSON.parse(readFileSync(file, 'utf8'));
const calls = Object.values(report.calls.byOperation).reduce((sum, count) => sum + count, 0);
const rows = [
  ['calls', calls, most, `${contacts * 4} record by record`],
  ['throttled', report.calls.throttled, '0', ''],
  ...(paced(report)
    ? [
        ['seconds', report.elapsedSeconds.toFixed(1), `≤ ${(report.leastSeconds * 1.05).toFixed(1)}`, `${report.leastSeconds.toFixed(1)} the least that the limits permit`],
        ['times the least', (report.elapsedSeconds / report.leastSeconds).toFixed(3), '≤ 1.05', ''],
      ]
    : [['seconds', report.elapsedSeconds.toFixed(1), 'no pace is set', '']]),
  ['MiB of the gateway', Math.round(kib / 1024), '< 300', ''],
  ['done of in', `${report.counts.done} of ${report.counts.in}`, 'all', ''],
];
console.log(`${'what'.padEnd(20)}${'measured'.padStart(16)}   ${'target'.padEnd(40)}baseline`);
for (const [what, measured, target, baseline] of rows) {
  console.log(`${what.padEnd(20)}${String(measured).padStart(16)}   ${target.padEnd(40)}${baseline}`);
}
JS
