#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Shows each format to a program that is not ours, over the bundled quarter. Ends with 77 (skipped) where that program is not
# installed.
#   sh tests/formats.sh SEATLINT TREE json|sarif|junit|prom|html|markdown|browser|shells
# Schemas of SARIF and JUnit are read where SEATLINT_SARIF_SCHEMA and SEATLINT_JUNIT_SCHEMA say; without them only the form
# is checked.
set -eu
bin=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
tree=$(cd "$2" && pwd)
check=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export SEATLINT_TODAY=2026-10-05 LC_ALL=C.UTF-8

needs() { command -v "$1" >/dev/null || { echo "skipped: no $1"; exit 77; }; }
needs_module() { needs python3 && python3 -c "import $1" 2>/dev/null || { echo "skipped: no Python module $1"; exit 77; }; }
fresh() { SEATLINT_DB=$work/s.db SEATLINT_CONFIG=$tree/examples/quarterly-audit/seatlint.toml "$bin" --quiet "$@"; }
load() { fresh import "$tree/examples/quarterly-audit/exports" >/dev/null 2>&1 || [ $? -eq 2 ]; }
valid() { python3 - "$@" <<'PY'
import json, jsonschema, sys
schema = json.load(open(sys.argv[1], encoding="utf-8"))
validator = jsonschema.validators.validator_for(schema)
validator.check_schema(schema)
for name in sys.argv[2:]:
    errors = list(validator(schema).iter_errors(json.load(open(name, encoding="utf-8"))))
    for error in errors[:5]:
        print(name, list(error.absolute_path), error.message[:200])
    if errors:
        sys.exit(1)
PY
}

case $check in
json)
  needs_module jsonschema
  fresh import "$tree/examples/quarterly-audit/exports" --format json >import.json || [ $? -eq 2 ]
  fresh audit -o json=show.json -o jsonl=show.jsonl
  fresh audit --since 2026-06-30 --names pseudonym -o json=pseudonym.json
  fresh audit --names hide -o json=hide.json
  fresh check --max-cost 1 -o json=check.json 2>/dev/null || [ $? -eq 1 ]
  fresh status --format json >status.json
  fresh audit -o gitlab=gitlab.json
  fresh compare --since 2026-06-30 --format json >compare.json
  fresh compare --since 2026-06-30 --names hide --format json >compare-hide.json
  fresh audit --backtest 2026-06-30 -o json=backtest.json
  fresh evidence bundle.json
  fresh subject sigrid.falk@tidewater.example --format json >subject.json
  fresh status --privacy --format json >privacy.json
  valid "$tree/docs/schema/compare-1.json" compare.json compare-hide.json
  valid "$tree/docs/schema/backtest-1.json" backtest.json
  valid "$tree/docs/schema/evidence-1.json" bundle.json
  valid "$tree/docs/schema/subject-1.json" subject.json
  valid "$tree/docs/schema/privacy-1.json" privacy.json
  for list in rules catalog profiles; do
    fresh $list --format json >$list.json
    valid "$tree/docs/schema/$list-1.json" $list.json
  done
  valid "$tree/docs/schema/audit-1.json" show.json pseudonym.json hide.json check.json
  valid "$tree/docs/schema/import-1.json" import.json
  valid "$tree/docs/schema/status-1.json" status.json
  python3 - <<'PY'
import json
lines = [json.loads(line) for line in open("show.jsonl", encoding="utf-8")]
whole = json.load(open("show.json", encoding="utf-8"))
assert lines[0]["type"] == "summary" and len(lines) == len(whole["findings"]) + 1
for line, finding in zip(lines[1:], whole["findings"]):
    assert {**finding, "type": "finding"} == line
hide = json.load(open("hide.json", encoding="utf-8"))
assert all(f["count"] % 5 == 0 for f in hide["findings"] if f["rule"] not in ("unassigned", "overassigned") and f["product"])
for report in (whole, hide):
    for m in report["money"]:
        parts = ["used", "idle", "overprovisioned", "tier_excess", "unassigned", "waived", "unjudged", "outside", "withheld"]
        assert sum(m[p] for p in parts) == m["contract"], m
    for p in report["products"]:
        cells = ["used", "idle", "overprovisioned", "mistiered", "waived", "unjudged", "outside", "withheld"]
        assert sum(p[c] for c in cells) == p["assigned"], p
# GitLab's rules: these members, these words, one fingerprint an issue.
issues = json.load(open("gitlab.json", encoding="utf-8"))
assert issues and len({i["fingerprint"] for i in issues}) == len(issues)
for i in issues:
    assert i["severity"] in ("info", "minor", "major", "critical", "blocker") and i["description"] and i["check_name"]
    assert i["location"]["lines"]["begin"] >= 1 and not i["location"]["path"].startswith("/")
PY
  ;;
sarif)
  needs_module jsonschema
  load
  fresh audit --since 2026-06-30 --names pseudonym -o sarif=out.sarif
  python3 -c 'import json; r = json.load(open("out.sarif"))["runs"][0]
rules = [x["id"] for x in r["tool"]["driver"]["rules"]]
assert len(set(rules)) == len(rules) and r["results"]
assert all(rules[x["ruleIndex"]] == x["ruleId"] for x in r["results"])'
  [ -z "${SEATLINT_SARIF_SCHEMA:-}" ] || valid "$SEATLINT_SARIF_SCHEMA" out.sarif
  ;;
junit)
  needs xmllint
  load
  fresh check --max-cost 1 -o junit=out.xml 2>/dev/null || [ $? -eq 1 ]
  xmllint --noout out.xml
  [ "$(xmllint --xpath 'count(//testcase) = sum(//testsuite/@tests) and count(//failure) = sum(//testsuite/@failures)' out.xml)" = true ]
  [ -z "${SEATLINT_JUNIT_SCHEMA:-}" ] || xmllint --noout --schema "$SEATLINT_JUNIT_SCHEMA" out.xml
  ;;
prom)
  needs promtool
  load
  fresh check --max-cost 1 -o prom=out.prom 2>/dev/null || [ $? -eq 1 ]
  promtool check metrics <out.prom
  ;;
html)
  needs tidy
  load
  for names in show pseudonym hide; do
    fresh audit --names "$names" -o html=page.html
    # 1 is "warnings"; those about what HTML 5 allows are left out.
    tidy -quiet -errors --drop-empty-elements no --show-warnings yes page.html 2>warnings || [ $? -eq 1 ]
    ! grep -iE 'error|unescaped|unknown|missing|unexpected|discarding' warnings
  done
  ;;
markdown)
  needs cmark-gfm
  load
  fresh audit -o markdown=out.md --group-by department
  cmark-gfm --unsafe -e table out.md >out.html
  [ "$(grep -c '<table>' out.html)" -ge 5 ]
  ! grep -E '<(script|img|a )' out.html
  [ "$(wc -m <out.md)" -le 65536 ]
  ;;
browser)
  needs chromium
  needs node
  load
  fresh audit -o html=page.html
  node "$tree/tests/browser.mjs" chromium page.html
  ;;
shells)
  "$bin" completion bash | bash -n
  found=0
  if command -v zsh >/dev/null; then "$bin" completion zsh >_seatlint && zsh -n _seatlint && found=1; fi
  if command -v fish >/dev/null; then "$bin" completion fish >seatlint.fish && fish -n seatlint.fish && found=1; fi
  if command -v mandoc >/dev/null; then
    for page in "" $("$bin" completion candidates -- ""); do
      [ "$page" = help ] || "$bin" man $page >page.1
      mandoc -T lint -W error page.1 >lint || { cat lint; exit 1; }
    done
    found=1
  fi
  [ "$found" -eq 1 ] || { echo "skipped: no zsh, fish or mandoc"; exit 77; }
  ;;
*)
  echo "no check named $check"
  exit 2
  ;;
esac
