#!/usr/bin/env bash
# The main job at full size under real limits: calls, throttles, time beside the least possible, memory of the gateway alone.
# On Salesforce both ways: by calls, as the baseline, and by jobs of Bulk API 2.0.
# Usage: bench/qualify.sh [CONTACTS] [COMPANIES] [hubspot|salesforce]; the targets are for 10,000 and 1,000. LIAISON_NO_BUILD=1 takes the executable as it is.
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
[ -n "${LIAISON_NO_BUILD:-}" ] || build_cli
folder="$(mktemp -d)"
demo=
stop() {
  [ -z "$demo" ] || { kill "$demo" 2>/dev/null || true; wait "$demo" 2>/dev/null || true; }
  demo=
}
trap 'stop; rm -rf "$folder"' EXIT

# measure WAY: the whole job against a CRM of its own, by calls or by jobs; leaves WAY.json and WAY.kib.
measure() {
  local way="$1" state="$folder/$1" gateway held most=0
  # --no-run serves the emulators and writes a configuration that a second process can work with.
  mkdir "$state"
  dotnet "$LIAISON_DLL" demo --no-run --contacts "$contacts" --companies "$companies" --folder "$state" >"$state/demo.log" 2>&1 &
  demo=$!
  for _ in $(seq 240); do
    grep -q 'Serving on' "$state/demo.log" && break
    kill -0 "$demo" 2>/dev/null || { cat "$state/demo.log" >&2; fail "The emulator did not start."; }
    sleep 0.5
  done

  [ "$crm" = salesforce ] || dotnet "$LIAISON_DLL" --config "$state/liaison.yaml" fields apply "$crm-demo" >/dev/null
  [ "$way" = jobs ] || sed -i "s/^\( *\)crm: salesforce$/&\n\1jobsFrom: 0/" "$state/liaison.yaml"
  dotnet "$LIAISON_DLL" --config "$state/liaison.yaml" --output json run start qualify --connection "$crm-demo" >"$folder/$way.json" &
  gateway=$!
  while kill -0 "$gateway" 2>/dev/null; do
    held="$(awk '/VmHWM/ { print $2 }' "/proc/$gateway/status" 2>/dev/null || true)"
    [ "${held:-0}" -gt "$most" ] && most="$held"
    sleep 0.2
  done
  wait "$gateway" || fail "The run failed."
  echo "$most" >"$folder/$way.kib"
  stop
}

ways=calls
[ "$crm" = hubspot ] || ways='calls jobs'
for way in $ways; do measure "$way"; done

node - "$folder" "$contacts" "$crm" "$ways" <<'JS'
const { readFileSync } = require('node:fs');
const [, , folder, contacts, crm, ways] = process.argv;
const targets = { 'hubspot calls': "≤ 215 (the vendor client's best plan)", 'salesforce calls': '≤ 55 (collections of 200)', 'salesforce jobs': '≤ 15 (Bulk API 2.0)' };
console.log(`${'what'.padEnd(20)}${'measured'.padStart(16)}   ${'target'.padEnd(40)}baseline`);
for (const way of ways.split(' ')) {
  const report = JSON.parse(readFileSync(`${folder}/${way}.json`, 'utf8'));
  const kib = Number(readFileSync(`${folder}/${way}.kib`, 'utf8'));
  const calls = Object.values(report.calls.byOperation).reduce((sum, count) => sum + count, 0);
  // Salesforce has no limit on calls in a short time, so that nothing but the machine sets the time.
  const rows = [
    [`by ${way}`, calls, targets[`${crm} ${way}`], `${contacts * 4} record by record`],
    ['throttled', report.calls.throttled, '0', ''],
    ...(report.leastSeconds > 0
      ? [
          ['seconds', report.elapsedSeconds.toFixed(1), `≤ ${(report.leastSeconds * 1.05).toFixed(1)}`, `${report.leastSeconds.toFixed(1)} the least that the limits permit`],
          ['times the least', (report.elapsedSeconds / report.leastSeconds).toFixed(3), '≤ 1.05', ''],
        ]
      : [['seconds', report.elapsedSeconds.toFixed(1), 'no pace is set', '']]),
    ['MiB of the gateway', Math.round(kib / 1024), '< 300', ''],
    ['done of in', `${report.counts.done} of ${report.counts.in}`, 'all', ''],
  ];
  for (const [what, measured, target, baseline] of rows) {
    console.log(`${what.padEnd(20)}${String(measured).padStart(16)}   ${target.padEnd(40)}${baseline}`);
  }
}
JS
