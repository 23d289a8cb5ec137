#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Checks the exports against the budget and leaves the reports for the build server in $REPORTS (default: reports/).
# Ends with seatlint's exit code: 0 fine, 1 a limit is broken, 2 an export is missing or unreadable.
set -eu
exports=${1:-exports}
policy=${2:-seatlint.toml}
reports=${REPORTS:-reports}
mkdir -p "$reports"
# These formats name nobody: build logs are read by many.
seatlint --quiet --config "$policy" check --from "$exports" \
  -o junit="$reports/seats.xml" -o sarif="$reports/seats.sarif" -o gitlab="$reports/code-quality.json" \
  -o github="$reports/annotations.txt" >"$reports/limits.txt" || status=$?
cat "$reports/limits.txt"
exit "${status:-0}"
