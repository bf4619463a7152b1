#!/usr/bin/env bash
# Prints every measure as one table (a few minutes); benchmarks/README.md keeps the last one.
set -euo pipefail
cd "$(dirname "$0")"
exec dotnet run -c Release --project UcSdk.Benchmarks
