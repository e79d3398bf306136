#!/usr/bin/env bash
# Three nodes share one HubSpot budget: ten minutes, or as many seconds as the first argument says.
# Fails where any ten seconds at the account held more than 80 % of its limit, where less than 95 % of that was used, or where a
# person waited a second (95th percentile).
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build test/Liaison.Safety.Tests -c Release -v quiet
LIAISON_SOAK_SECONDS="${1:-600}" artifacts/bin/Liaison.Safety.Tests/release/Liaison.Safety.Tests -noColor -showLiveOutput \
  -class Liaison.Safety.Tests.Budgets.SharedBudgetTests
