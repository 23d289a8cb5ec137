#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# sqlite3.sh CSV STORE: a log to user x feature x day counts with the last time, by the sqlite3 shell's fastest settings.
set -eu
rm -f "$2" "$2-journal" "$2-wal"
sqlite3 "$2" <<SQL
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1048576; PRAGMA temp_store = MEMORY;
ATTACH ':memory:' AS log;
CREATE TABLE log.activity ("timestamp" TEXT, user_email TEXT, event TEXT, module TEXT, client_ip TEXT, session_id TEXT,
                           duration_ms INTEGER, detail TEXT);
.import --csv --skip 1 --schema log $1 activity
CREATE TABLE daily AS SELECT user_email u, event f, substr("timestamp", 1, 10) d, count(*) n, max("timestamp") last
FROM log.activity GROUP BY 1, 2, 3;
SELECT count(*), sum(n) FROM daily;
SQL
