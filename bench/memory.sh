#!/usr/bin/env bash
# The memory of the gateway on a long run: one process works on a run of CONTACTS contacts on SQLite, against a CRM in a process of its
# own without limits, and is looked at every second. The baseline is the same executable while it serves and does nothing.
# Prints the memory at each twentieth of the run, by how many contacts the CRM has been sent. Flat means: in its last quarter the run holds
# no more than a tenth above what it held in its first. The target is for 1,000,000: flat, below 300 MiB.
# On Salesforce the run goes by jobs.
# Usage: bench/memory.sh [CONTACTS] [hubspot|salesforce]. LIAISON_NO_BUILD=1 takes the executable as it is.
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/shell.sh

contacts="${1:-100000}"
name="${2:-hubspot}"
case "$name" in
  hubspot) token=pat-demo ;;
  salesforce) token='00Ddemo!admin' ;;
  *) fail "There is no emulator of \"$name\" here; choose hubspot or salesforce." ;;
esac
need_dotnet
[ -n "${LIAISON_NO_BUILD:-}" ] || build_cli
folder="$(mktemp -d)"
printf '%s' "$token" >"$folder/token"

# The CRM's process holds every record and is not looked at: it is not to spend its time on staying small.
DOTNET_GCConserveMemory=0 DOTNET_GCGen0MaxBudget=0 dotnet "$LIAISON_DLL" emulate "$name" --port 0 --contacts "$contacts" --companies "$((contacts / 10 + 1))" --ai-fields --limits off >"$folder/crm.log" 2>&1 &
crm=$!
worker=
idle=
stop() {
  for process in $worker $idle "$crm"; do
    kill "$process" 2>/dev/null || true
    wait "$process" 2>/dev/null || true
  done
  rm -rf "$folder"
}
trap stop EXIT
for _ in $(seq 1800); do
  grep -q 'Press Ctrl+C' "$folder/crm.log" && break
  kill -0 "$crm" 2>/dev/null || { cat "$folder/crm.log" >&2; fail "The emulator did not start."; }
  sleep 0.5
done
address="$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$folder/crm.log" | head -1)"

cat >"$folder/liaison.yaml" <<YAML
connections:
  crm:
    crm: $name
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

# The baseline: everything is open, nobody asks.
dotnet "$LIAISON_DLL" --config "$folder/liaison.yaml" --output json serve --urls http://127.0.0.1:0 >"$folder/serve.log" 2>&1 &
idle=$!
for _ in $(seq 120); do
  grep -q 'addresses' "$folder/serve.log" && break
  kill -0 "$idle" 2>/dev/null || { cat "$folder/serve.log" >&2; fail "The server did not start."; }
  sleep 0.5
done
sleep 3
baseline="$(awk '/^VmRSS/ { printf "%d", $2 / 1024 }' "/proc/$idle/status")"
kill "$idle"
wait "$idle" 2>/dev/null || true
idle=

dotnet "$LIAISON_DLL" --config "$folder/liaison.yaml" --output json run start qualify --connection crm >"$folder/report.json" 2>"$folder/worker.log" &
worker=$!
node bench/memory.mjs watch "$worker" "$address" "$contacts" >"$folder/samples"
wait "$worker" || { cat "$folder/worker.log" >&2; fail "The run did not finish."; }
worker=
node bench/memory.mjs tell "$folder/report.json" "$folder/samples" "$contacts" "$baseline"
