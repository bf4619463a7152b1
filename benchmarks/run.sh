#!/usr/bin/env bash
# Prints every measure as tables (some minutes); benchmarks/README.md keeps the last ones.
set -euo pipefail
cd "$(dirname "$0")"
dotnet run -c Release --project UcSdk.Benchmarks
echo
exec dotnet run -c Release --project UcSdk.Load
