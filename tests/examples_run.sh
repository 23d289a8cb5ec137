#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs the scripts of the examples as a build server and systemd would: nothing in the environment but what they set.
#   sh tests/examples_run.sh SEATLINT TREE
set -eu
bin=$(cd "$(dirname "$1")" && pwd)
tree=$(cd "$2" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
failed=0

# expect CODE COMMAND...: runs it with an empty environment; what it prints stays in out and err.
expect() {
  wanted=$1
  shift
  code=0
  env -i PATH="$bin:/usr/bin:/bin" SEATLINT_TODAY=2026-10-05 "$@" >out 2>err || code=$?
  [ "$code" -eq "$wanted" ] && return
  failed=1
  echo "exit $code instead of $wanted: $*"
  cat out err
}
holds() { "$@" || { failed=1; echo "does not hold: $*"; }; }

# CI: 0 while the budget holds, 1 with one clear line when it is broken, 2 when the export is missing.
ci=$tree/examples/ci-budget
expect 0 sh "$ci/check.sh" "$ci/exports" "$ci/seatlint.toml"
for report in seats.xml seats.sarif code-quality.json annotations.txt limits.txt; do holds test -f "reports/$report"; done
sed 's/"200.00 USD"/"100.00 USD"/' "$ci/seatlint.toml" >tight.toml
rm -r reports
expect 1 sh "$ci/check.sh" "$ci/exports" tight.toml
holds test "$(grep -c ^BROKEN out)" -eq 1
holds grep -q '^BROKEN  max-exposure: limit 100.00 USD, actual .* USD, headroom -.* USD$' out
holds test -s reports/seats.xml
expect 2 sh "$ci/check.sh" nowhere "$ci/seatlint.toml"

# systemd: a state directory, no home.
cron=$tree/examples/cron-report
mkdir state drop
cp "$tree"/examples/quarterly-audit/exports/users_2026_*.csv drop/
unit=$(sed -n 's/^ExecStart=//p' "$cron/seatlint-report.service")
set -- $unit
holds test "$1" = /usr/lib/seatlint/report.sh
expect 0 STATE_DIRECTORY="$work/state" SEATLINT_CONFIG="$cron/seatlint.toml" \
  sh "$cron/report.sh" drop "$work/state/licenses.html" "$work/state/seatlint.prom"
for made in seatlint.db seatlint.db.key licenses.html seatlint.prom; do holds test -f "state/$made"; done
holds test "$(stat -c %a state/seatlint.prom)" = 644
holds test "$(stat -c %a state/licenses.html)" = 600
holds grep -q '^SuccessExitStatus=1$' "$cron/seatlint-report.service"
if command -v systemd-analyze >/dev/null; then
  sed "s,/usr/lib/seatlint/report.sh,$cron/report.sh," "$cron/seatlint-report.service" >seatlint-report.service
  cp "$cron/seatlint-report.timer" .
  systemd-analyze verify --man=no ./seatlint-report.timer ./seatlint-report.service >out 2>&1 || { failed=1; cat out; }
fi
exit "$failed"
