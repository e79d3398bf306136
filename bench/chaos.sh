#!/usr/bin/env bash
# Nothing lost, nothing doubled: a run against a CRM that fails now and then, whose process is killed three times in the middle.
# 5 % of the answers are cut after the CRM took the write, 3 % are server errors, 2 % are throttled; the CRM's own ledger is the judge.
# Usage: bench/chaos.sh [CONTACTS] [SEED]; the target is for 20,000 on SQLite with one process.
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/shell.sh

contacts="${1:-20000}"
seed="${2:-37}"
need_dotnet
build_cli
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
for _ in $(seq 240); do
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
liaison() { dotnet "$LIAISON_DLL" --config "$folder/liaison.yaml" --output json "$@"; }
arm() { curl -fsS -X POST -H 'content-type: application/json' -d "$1" "$address/_emulator/faults" >/dev/null; }
writes() { curl -fsS "$address/_emulator/ledger/writes?type=contacts" | tail -1 | node -pe 'JSON.parse(require("fs").readFileSync(0, "utf8")).summary.writes'; }

arm "{\"kind\":\"cut-after-commit\",\"operation\":\"POST /crm/*/batch/update\",\"probability\":0.05,\"seed\":$seed}"
arm "{\"kind\":\"status\",\"status\":503,\"probability\":0.03,\"seed\":$((seed + 1))}"
arm "{\"kind\":\"burst\",\"probability\":0.02,\"seed\":$((seed + 2))}"

kills=0
verb=(run start qualify --connection crm)
for quarter in 1 2 3; do
  # Not by the function: its subshell would be killed in place of the process.
  dotnet "$LIAISON_DLL" --config "$folder/liaison.yaml" --output json "${verb[@]}" >/dev/null 2>>"$folder/worker.log" &
  worker=$!
  while kill -0 "$worker" 2>/dev/null && [ "$(writes)" -lt "$((contacts * quarter / 4))" ]; do sleep 0.2; done
  if kill -9 "$worker" 2>/dev/null; then kills=$((kills + 1)); fi
  wait "$worker" 2>/dev/null || true
  worker=
  run="$(liaison run list | node -pe 'JSON.parse(require("fs").readFileSync(0, "utf8"))[0].id')"
  verb=(run resume "$run")
done

# What a fault parked is taken up again by the next resume.
for _ in $(seq 12); do
  liaison run resume "$run" >/dev/null 2>>"$folder/worker.log" && break
done
liaison run report "$run" >"$folder/report.json"
curl -fsS "$address/_emulator/ledger/writes?type=contacts" | tail -1 >"$folder/ledger.json"

node - "$folder/report.json" "$folder/ledger.json" "$contacts" "$kills" <<'JS'
const { readFileSync } = require('node:fs');
const [, , reportFile, ledgerFile, contacts, kills] = process.argv;
const { counts, run } = JSON.parse(readFileSync(reportFile, 'utf8'));
const { summary } = JSON.parse(readFileSync(ledgerFile, 'utf8'));
const ends = counts.done + counts.skipped + counts.gone + counts.parked + counts.dead;
const rows = [
  ['kills in the middle', kills, 3],
  ['contacts', counts.in, Number(contacts)],
  ['lost', Number(contacts) - summary.records, 0],
  ['doubled', summary.duplicates, 0],
  ['most writes to one', summary.maxPerRecord, 1],
  ['in = the sum of ends', counts.in - ends, 0],
  ['dead', counts.dead, 0],
  ['state', run.state, 'Finished'],
];
console.log(`${'what'.padEnd(24)}${'measured'.padStart(12)}${'target'.padStart(12)}`);
for (const [what, measured, target] of rows) {
  console.log(`${what.padEnd(24)}${String(measured).padStart(12)}${String(target).padStart(12)}`);
}
process.exitCode = rows.every(([, measured, target]) => String(measured) === String(target)) ? 0 : 1;
JS
