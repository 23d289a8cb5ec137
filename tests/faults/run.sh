#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Long campaigns of faults, as often as you like; the counts of all runs add up in FOLDER/ledger:
#   sh tests/faults/run.sh FOLDER COUNT [CAMPAIGN...]
# Campaigns: calls allocations kills stores crowd; and, as root, power.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
folder=${1:?a folder for the ledger}
count=${2:?how many trials of each}
shift 2
[ $# -gt 0 ] || set -- calls allocations kills stores crowd
mkdir -p "$folder"
build=${SEATLINT_BUILD:-$top/.build/release}

status=0
for campaign in "$@"; do
  "$build/tests/faults/faults" "$campaign" --count "$count" --binary "$build/seatlint" \
    --shim "$build/tests/faults/fault_shim.so" --samples "$top/tests/data/samples/dynamics" \
    --ledger "$folder/ledger" || status=1
done
exit "$status"
