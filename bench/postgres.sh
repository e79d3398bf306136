#!/usr/bin/env bash
# Measures the stores on a PostgreSQL server that it starts for itself and that keeps every commit on the disk, beside bare rows.
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/shell.sh

need_dotnet
CI=true install_postgres
printf 'Building …\n'
quiet_build bench/Liaison.Bench/Liaison.Bench.csproj
artifacts/bin/Liaison.Bench/release/Liaison.Bench work-items-postgres audit-postgres
