#!/usr/bin/env bash
# The memory of the gateway on a long run: one process works on a run of CONTACTS contacts on SQLite, against a CRM in a process of its
# own without limits, and is looked at as it goes. Flat means: no more at the end than in the middle.
# Usage: bench/memory.sh [CONTACTS]; the target is for 1,000,000: flat, below 300 MiB. LIAISON_NO_BUILD=1 takes the executable as it is.
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/shell.sh

contacts="${1:-100000}"
need_dotnet
[ -n "${LIAISON_NO_BUILD:-}" ] || build_cli
folder="$(mktemp -d)"
printf 'pat-demo' >"$folder/token"

dotnet "$LIAISON_DLL" emulate hubspot --port 0 --contacts "$contacts" --companies "$((contacts / 10 + 1))" --ai-fields --limits off >"$folder/crm.log" 2>&1 &
crm=$!
worker=
stop() {
  for process in $worker "$crm"; do
    kill "$process" 2>/dev/null || true
    wait "$process" 2>/dev/null || true
  done
  rm -rf "$folder"
}
trap stop EXIT
for _ in $(seq 600); do
  grep -q 'Press Ctrl+C' "$folder/crm.log" && break
  kill -0 "$crm" 2>/dev/null || { cat "$folder/crm.log" >&2; fail "The emulator did not start."; }
  sleep 0.5
done
address="$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$folder/crm.log" | head -1)"

cat >"$folder/liaison.yaml" <<YAML
connections:
  crm:
    crm: hubspot
    environment: sandbox
    baseUrl: $address
    writes: open
    share: 1.0
    credentials:
      account: file:$folder/token
policy:
  grants:
    - subject: qualification
      actors: [qualify]
      purposes: [qualification]
      connections: [crm]
      read: { contact: ["*"], company: ["*"] }
      write: { contact: { ai_score: auto, ai_rationale: auto, ai_playbook: auto } }
scorecardFiles: [$PWD/samples/scorecards/b2b-default.yaml]
pipelines:
  qualify:
    where: email has any value or email has no value
storage:
  folder: state
YAML

began=$SECONDS
dotnet "$LIAISON_DLL" --config "$folder/liaison.yaml" --output json run start qualify --connection crm >"$folder/report.json" 2>"$folder/worker.log" &
worker=$!
: >"$folder/samples"
while kill -0 "$worker" 2>/dev/null; do
  awk -v at="$((SECONDS - began))" '/^VmRSS/ { printf "%d %d\n", at, $2 / 1024 }' "/proc/$worker/status" >>"$folder/samples" 2>/dev/null || true
  sleep 1
done
wait "$worker" || { cat "$folder/worker.log" >&2; fail "The run did not finish."; }
worker=
took=$((SECONDS - began))

node - "$folder/report.json" "$folder/samples" "$contacts" "$took" <<'JS'
const { readFileSync } = require('node:fs');
const [, , reportFile, samplesFile, contacts, took] = process.argv;
const { counts } = JSON.parse(readFileSync(reportFile, 'utf8'));
const samples = readFileSync(samplesFile, 'utf8').trim().split('\n').map(line => line.split(' ').map(Number));
const most = part => Math.max(...part.map(([, mib]) => mib));
const tenth = Math.max(1, Math.floor(samples.length / 10));
for (let at = 0; at + tenth <= samples.length; at += tenth) {
  console.log(`${String(samples[at][0]).padStart(6)} s  ${String(most(samples.slice(at, at + tenth))).padStart(5)} MiB`);
}
const middle = most(samples.slice(samples.length * 0.4, samples.length * 0.6));
const end = most(samples.slice(samples.length * 0.8));
const rows = [
  ['contacts done', counts.done, Number(contacts), counts.done === Number(contacts)],
  ['most memory, MiB', most(samples), '< 300', most(samples) < 300],
  ['middle, then end, MiB', `${middle}, ${end}`, 'flat', end <= middle * 1.1],
  ['contacts a second', Math.round(contacts / took), '', true],
];
console.log(`${'what'.padEnd(24)}${'measured'.padStart(12)}${'target'.padStart(12)}`);
for (const [what, measured, target] of rows) {
  console.log(`${what.padEnd(24)}${String(measured).padStart(12)}${String(target).padStart(12)}`);
}
process.exitCode = rows.every(([, , , holds]) => holds) ? 0 : 1;
JS
