#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Loads what is new in the drop folder, then writes the page and the gauges.
#   report.sh DROP-FOLDER PAGE GAUGES
# The store and the policy are found as always: under systemd the store is in $STATE_DIRECTORY.
set -eu
drop=$1 page=$2 gauges=$3

# Known files are recognized, so the whole folder may be given each time. A refused file (2) must not stop the report.
loaded=0
seatlint --quiet import "$drop" >/dev/null || loaded=$?

checked=0
seatlint --quiet check -o html="$page" -o prom="$gauges" || checked=$?
[ "$loaded" -gt "$checked" ] && exit "$loaded"
exit "$checked"
