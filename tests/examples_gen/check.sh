#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Regenerates the bundled example into a temporary folder and compares it byte for byte with what is committed.
#   sh tests/examples_gen/check.sh            compare (exit 1 on a difference)
#   sh tests/examples_gen/check.sh --write    write the committed files anew
set -eu
here=$(cd "$(dirname "$0")" && pwd)
exports=$here/../../examples/quarterly-audit/exports
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/exports"
"${CXX:-c++}" -std=c++20 -o "$work/quarter" "$here"/*.cpp
"$work/quarter" "$here/people.psv" "$work/exports" "$work/expected.csv"
if [ "${1:-}" = --write ]; then
  mkdir -p "$exports"
  cp "$work"/exports/* "$exports/"
  cp "$work/expected.csv" "$here/expected.csv"
fi
diff -rq "$work/exports" "$exports"
cmp "$work/expected.csv" "$here/expected.csv"
echo "the bundled example is what its generator writes"
