#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# miller.sh CSV RESULT: a log to user x feature x day counts with the last time.
set -eu
mlr --icsv --ocsv cut -o -f timestamp,user_email,event then put '$d = substr($timestamp, 0, 9)' then \
  stats1 -a count,max -f timestamp -g user_email,event,d "$1" >"$2"
