#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run.sh FOLDER [USERS ROWS [ROUNDS]]: times the import of a generated log and a list of users, and an audit of both,
# against whichever peers are installed, in turn, and checks that all of them found the same facts. FOLDER keeps the generated files; npm packages
# installed in it (@duckdb/node-api, nodejs-polars) are found.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
cd "$1"
users=${2:-100000} rows=${3:-10000000} rounds=${4:-5}
seatlint=${SEATLINT:-$here/../../.build/release/seatlint}
log=activity-$users-$rows.csv

for tool in generate pairs; do
  [ "$tool" -nt "$here/$tool.cpp" ] || "${CXX:-c++}" -std=c++20 -O2 -o "$tool" "$here/$tool.cpp"
done
[ -f "$log" ] || ./generate . "$users" "$rows"
cat "$log" >/dev/null
cp "$here"/peers/* .

installed() { [ -d "node_modules/$1" ] || command -v "$1" >/dev/null 2>&1; }
set -- seatlint 'rm -f seatlint.db*' "$seatlint -q --db seatlint.db import --profile $here/activity.toml $log"
set -- "$@" 'seatlint, the same file again' '' "$seatlint -q --db seatlint.db import --profile $here/activity.toml $log"
installed @duckdb/node-api && set -- "$@" 'DuckDB, per day' '' "node duckdb.mjs DAYS $log duckdb.db"
installed nodejs-polars && set -- "$@" 'polars, per day' '' "node polars.cjs $log polars.parquet"
[ "$rounds" -gt 0 ] && [ -n "${ALL_PEERS:-}" ] && installed sqlite3 &&
  set -- "$@" 'sqlite3 .import, per day' '' "sh sqlite3.sh $log sqlite.db"
[ "$rounds" -gt 0 ] && [ -n "${ALL_PEERS:-}" ] && installed mlr && set -- "$@" 'Miller, per day' '' "sh miller.sh $log miller.csv"
set -- "$@" 'wc -l' '' "wc -l $log" 'sha256sum' '' "sha256sum $log"
./pairs -n "$rounds" "$@"

printf 'facts, ours:   '
"$seatlint" --db seatlint.db query -o csv "SELECT count(*) FROM activity_day" | tail -n 1
if installed @duckdb/node-api; then
  printf 'facts, DuckDB: '
  node duckdb.mjs DAYS "$log" duckdb.db
fi
printf 'store bytes:   '
wc -c <seatlint.db

set -- 'seatlint, users' 'rm -f users.db*' \
  "$seatlint -q --db users.db import --profile $here/users.toml --snapshot-date 2026-07-01 users-$users.csv"
installed @duckdb/node-api && set -- "$@" 'DuckDB, users' 'rm -f users.duckdb' "node duckdb.mjs USERS users-$users.csv users.duckdb"
./pairs -n "$rounds" "$@"

"$seatlint" -q --db seatlint.db import --profile "$here/users.toml" --snapshot-date 2026-07-01 "users-$users.csv" >/dev/null
set -- 'seatlint, audit' '' "$seatlint -q --config $here/policy.toml --db seatlint.db audit -o json"
if installed @duckdb/node-api; then
  node duckdb.mjs USERS "users-$users.csv" duckdb.db
  set -- "$@" 'DuckDB, audit' '' "node duckdb.mjs AUDIT - duckdb.db"
fi
./pairs -n "$rounds" "$@"
