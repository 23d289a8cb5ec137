#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs the fuzzers in turns and adds up what was reached, over as many runs as you like:
#   sh tests/fuzz/run.sh FOLDER [SECONDS [TARGET...]]
# FOLDER keeps the corpora, the findings and the ledger (preset, target, executions, seconds, findings: a line a run).
# SEATLINT_FUZZ_PRESET: `fuzz`, with all sanitizers, or `fuzz-fast`, with the assertions alone and many times faster; run
# both over one FOLDER. SEATLINT_FUZZ_LENGTH: the longest input (1024). Needs clang and libclang-rt-14-dev. To put a
# finding right: add its input to seeds/TARGET/ and mend what it found.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
folder=${1:?a folder for corpora, findings and the ledger}
seconds=${2:-60}
[ $# -gt 2 ] && shift 2 || set -- reader decoder dates profile policy containers
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

preset=${SEATLINT_FUZZ_PRESET:-fuzz}
fuzzers=${SEATLINT_FUZZERS:-$top/.build/$preset/tests/fuzz}
if [ -z "${SEATLINT_FUZZERS:-}" ]; then
  cd "$top"
  [ -f ".build/$preset/build.ninja" ] || cmake --preset "$preset" >"$folder/build.log"
  cmake --build --preset "$preset" --target $(printf 'fuzz_%s ' "$@") >>"$folder/build.log"
fi

status=0
for target in "$@"; do
  mkdir -p "$folder/corpus/$target" "$folder/findings/$target"
  log=$folder/$target.log
  "$fuzzers/fuzz_$target" "$folder/corpus/$target" "$top/tests/fuzz/seeds/$target" \
    -max_total_time="$seconds" -max_len="${SEATLINT_FUZZ_LENGTH:-1024}" -timeout="${SEATLINT_FUZZ_TIMEOUT:-25}" \
    -rss_limit_mb=2048 -report_slow_units=900 -entropic=0 -print_final_stats=1 \
    -artifact_prefix="$folder/findings/$target/" >"$log" 2>&1 || status=1
  executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  spent=$(sed -n 's/^Done .* in \([0-9]*\) second.*/\1/p' "$log")
  found=$(find "$folder/findings/$target" -type f | wc -l)
  printf '%s\t%s\t%s\t%s\t%s\n' "$preset" "$target" "${executions:-0}" "${spent:-$seconds}" "$found" >>"$folder/ledger.tsv"
done

awk -F '\t' '{ n[$1 " " $2] += $3; s[$1 " " $2] += $4; f[$1 " " $2] = $5; all += $3; time += $4 }
  END { for (t in n) printf "%-22s %14d executions %8d s %4d findings\n", t, n[t], s[t], f[t] | "sort"
        close("sort"); printf "%-22s %14d executions %8d s\n", "total", all, time }' "$folder/ledger.tsv"
exit "$status"
