#!/usr/bin/env bash
# Builds Liaison and runs its main job against a local HubSpot emulator. Everything stays in this folder.
# Options are those of `liaison demo`: --exit stops after the report, --help lists the rest.
set -euo pipefail
cd "$(dirname "$0")"
. eng/shell.sh

need_dotnet
build_cli
exec dotnet "$LIAISON_DLL" demo --folder .demo "$@"
