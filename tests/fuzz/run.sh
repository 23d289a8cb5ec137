#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs the fuzzers in turns and adds up what was reached, over as many runs as you like:
#   sh tests/fuzz/run.sh FOLDER [SECONDS [TARGET...]]
# FOLDER keeps the corpora, the findings and the ledger (target, executions, seconds, findings: one line a run). Needs
# clang and libclang-rt-14-dev. To put a finding right: add its input to seeds/TARGET/ and mend what it found.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
folder=${1:?a folder for corpora, findings and the ledger}
seconds=${2:-60}
[ $# -gt 2 ] && shift 2 || set -- reader decoder dates profile policy containers
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

if [ -z "${SEATLINT_FUZZERS:-}" ]; then
  cd "$top"
  [ -f .build/fuzz/build.ninja ] || cmake --preset fuzz >"$folder/build.log"
  cmake --build --preset fuzz --target $(printf 'fuzz_%s ' "$@") >>"$folder/build.log"
  SEATLINT_FUZZERS=$top/.build/fuzz/tests/fuzz
fi

status=0
for target in "$@"; do
  mkdir -p "$folder/corpus/$target" "$folder/findings/$target"
  log=$folder/$target.log
  "$SEATLINT_FUZZERS/fuzz_$target" "$folder/corpus/$target" "$top/tests/fuzz/seeds/$target" \
    -max_total_time="$seconds" -max_len=8192 -timeout="${SEATLINT_FUZZ_TIMEOUT:-25}" -rss_limit_mb=2048 -print_final_stats=1 -report_slow_units=900 \
    -artifact_prefix="$folder/findings/$target/" >"$log" 2>&1 || status=1
  executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  spent=$(sed -n 's/^Done .* in \([0-9]*\) second.*/\1/p' "$log")
  found=$(find "$folder/findings/$target" -type f | wc -l)
  printf '%s\t%s\t%s\t%s\n' "$target" "${executions:-0}" "${spent:-$seconds}" "$found" >>"$folder/ledger.tsv"
done

awk -F '\t' '{ n[$1] += $2; s[$1] += $3; f[$1] = $4; all += $2 }
  END { for (t in n) printf "%-12s %14d executions %8d s %4d findings\n", t, n[t], s[t], f[t] | "sort"
        close("sort"); printf "%-12s %14d executions\n", "total", all }' "$folder/ledger.tsv"
exit "$status"
