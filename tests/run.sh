#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds everything and runs every test. The last line says how many passed; the exit code says whether all did.
set -eu
cd "$(dirname "$0")/.."
mkdir -p .build
. examples/prepare.sh

install_packages
build_release

status=0
logged .build/tests.log ctest --preset release --parallel "$(nproc)" --output-log "$PWD/.build/tests-full.log" ||
  status=$?
# Times stay in the log, so that two runs print the same.
grep -E '^[0-9]+% tests passed, ' .build/tests-full.log || say "No test ran; see .build/tests-full.log"
exit "$status"
