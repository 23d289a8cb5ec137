-- SPDX-License-Identifier: Apache-2.0
-- The first schema: what each file said, row by row for snapshots, and day sets for activity.
-- Days are integers counted from 1970-01-01; the views show them as YYYY-MM-DD.

CREATE TABLE setting (
  name  TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE org (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- Which vendor tenant an org is: a file that names another one is refused.
CREATE TABLE org_tenant (
  org_id INTEGER NOT NULL REFERENCES org (id),
  vendor TEXT NOT NULL,
  tenant TEXT NOT NULL,
  PRIMARY KEY (org_id, vendor)
) STRICT, WITHOUT ROWID;

-- The ledger: one row a file, org, profile and snapshot date.
CREATE TABLE imported_file (
  id              INTEGER PRIMARY KEY,
  sha256          TEXT NOT NULL,
  org_id          INTEGER NOT NULL REFERENCES org (id),
  profile         TEXT NOT NULL,
  snapshot_date   INTEGER,
  name            TEXT NOT NULL,
  bytes           INTEGER NOT NULL,
  kind            TEXT NOT NULL,
  vendor          TEXT NOT NULL,
  tenant          TEXT NOT NULL,
  app             TEXT NOT NULL,
  first_day       INTEGER,
  last_day        INTEGER,
  covers_first    INTEGER,
  covers_last     INTEGER,
  covers_by_hand  INTEGER NOT NULL,
  gives_actions   INTEGER NOT NULL,
  has_last_activity INTEGER NOT NULL,
  blank_means_never INTEGER NOT NULL,
  row_cap         INTEGER NOT NULL,
  cap_edge        INTEGER,
  shrink_allowed  INTEGER NOT NULL,
  encoding        TEXT NOT NULL,
  delimiter       TEXT NOT NULL,
  rows_read       INTEGER NOT NULL,
  rows_stored     INTEGER NOT NULL,
  rows_rejected   INTEGER NOT NULL,
  rows_skipped    INTEGER NOT NULL,
  rows_duplicate  INTEGER NOT NULL,
  skipped         TEXT NOT NULL,
  warnings        TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX imported_file_identity ON imported_file (sha256, org_id, profile, ifnull(snapshot_date, -1));

-- Snapshot records: accounts, their attributes and what they hold, some hundreds of them packed into a block.
-- `first_line` is that of its first record. `rows` is read by the table-valued function user_row(rows), a row a record;
-- lists are JSON arrays of names as written there, and products is NULL where the export does not speak about products.
CREATE TABLE user_block (
  file_id    INTEGER NOT NULL REFERENCES imported_file (id),
  first_line INTEGER NOT NULL,
  rows       BLOB NOT NULL,
  PRIMARY KEY (file_id, first_line)
) STRICT, WITHOUT ROWID;

CREATE TABLE lookup_row (
  file_id INTEGER NOT NULL REFERENCES imported_file (id),
  line    INTEGER NOT NULL,
  key     TEXT NOT NULL, name TEXT NOT NULL, product TEXT NOT NULL,
  PRIMARY KEY (file_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE entitlement_row (
  file_id     INTEGER NOT NULL REFERENCES imported_file (id),
  line        INTEGER NOT NULL,
  product     TEXT NOT NULL,
  quantity    INTEGER, assigned INTEGER,
  price_minor INTEGER, currency TEXT,
  term_start  INTEGER, term_end INTEGER, notice_days INTEGER, floor INTEGER,
  reducible   TEXT NOT NULL,
  PRIMARY KEY (file_id, line)
) STRICT, WITHOUT ROWID;

-- Departures (last_day), leave and part-time (from_day, to_day; share of full time in per cent, null for leave). Why
-- somebody is away is never stored.
CREATE TABLE person_row (
  file_id  INTEGER NOT NULL REFERENCES imported_file (id),
  line     INTEGER NOT NULL,
  email    TEXT, hr_id TEXT, login TEXT,
  last_day INTEGER, from_day INTEGER, to_day INTEGER,
  share    INTEGER,
  PRIMARY KEY (file_id, line)
) STRICT, WITHOUT ROWID;

-- What was done, as the log has it, numbered within its file. A changed catalog re-reads history without a new import.
CREATE TABLE activity_action (
  file_id     INTEGER NOT NULL REFERENCES imported_file (id),
  number      INTEGER NOT NULL,
  object      TEXT NOT NULL, verb TEXT NOT NULL,
  app         TEXT NOT NULL, environment TEXT NOT NULL,
  machine     INTEGER NOT NULL,
  PRIMARY KEY (file_id, number)
) STRICT, WITHOUT ROWID;

-- Days, not rows: all that identities did in one file, packed. The identity stands as the log names it and finds its
-- account when read, so that the order of import never matters. About a hundred identities are one row, ordered by a
-- hash of them, and `actor` is that of the first. `rows` is read by the table-valued function log_row(rows), a row an
-- identity; its `facts` by activity_fact(facts) and activity_fact_day(facts).
CREATE TABLE activity_block (
  file_id INTEGER NOT NULL REFERENCES imported_file (id),
  part    INTEGER NOT NULL,
  actor   INTEGER NOT NULL,
  rows    BLOB NOT NULL,
  PRIMARY KEY (file_id, part, actor)
) STRICT, WITHOUT ROWID;

-- When somebody looked. Reports never read it.
CREATE TABLE audit_run (
  id            INTEGER PRIMARY KEY,
  ran_on        INTEGER NOT NULL,
  as_of         INTEGER NOT NULL,
  inputs_sha256 TEXT NOT NULL,
  policy_sha256 TEXT NOT NULL,
  findings      INTEGER NOT NULL
) STRICT;

CREATE VIEW import_file AS
SELECT f.name AS file, f.sha256, f.kind, f.profile, f.vendor, o.name AS org, f.tenant,
       date(f.snapshot_date * 86400, 'unixepoch') AS snapshot_date,
       date(f.first_day * 86400, 'unixepoch') AS first_day, date(f.last_day * 86400, 'unixepoch') AS last_day,
       f.encoding, f.delimiter, f.rows_read, f.rows_stored, f.rows_rejected, f.rows_skipped, f.rows_duplicate,
       f.skipped, f.warnings, f.bytes, f.id AS file_id
FROM imported_file f JOIN org o ON o.id = f.org_id;

-- Every snapshot record, newest first for each org and profile (`age` 1 is the newest snapshot).
CREATE VIEW account AS
SELECT o.name AS org, f.vendor, coalesce(u.id, u.login, u.email) AS account, u.id, u.login, u.email, u.name, u.title,
       u.department, u.manager, u.state, u.class, date(u.created * 86400, 'unixepoch') AS created,
       CASE u.last_kind WHEN 1 THEN 'never' WHEN 2 THEN date(u.last_day * 86400, 'unixepoch') END AS last_activity,
       u.roles, u.products, u.group_products, f.profile,
       date(f.snapshot_date * 86400, 'unixepoch') AS snapshot_date, f.name AS file, u.line,
       dense_rank() OVER (PARTITION BY f.org_id, f.profile ORDER BY f.snapshot_date DESC) AS age
FROM user_block b JOIN user_row(b.rows) u JOIN imported_file f ON f.id = b.file_id JOIN org o ON o.id = f.org_id;

-- Who held what from which snapshot on; valid_to is the first snapshot that lacks it, NULL while it lasts.
CREATE VIEW assignment AS
WITH snapshot AS (
  SELECT DISTINCT org_id, profile, snapshot_date,
         dense_rank() OVER (PARTITION BY org_id, profile ORDER BY snapshot_date) AS n
  FROM imported_file WHERE kind IN ('users', 'assignments')
), held AS (
  SELECT DISTINCT f.org_id, f.profile, f.vendor, p.account, p.value AS product, s.n
  FROM (SELECT b.file_id, coalesce(u.id, u.login, u.email) AS account, j.value
        FROM user_block b, user_row(b.rows) u, json_each(u.products) j
        UNION ALL
        SELECT b.file_id, coalesce(u.id, u.login, u.email), j.value
        FROM user_block b, user_row(b.rows) u, json_each(u.group_products) j) p
  JOIN imported_file f ON f.id = p.file_id
  JOIN snapshot s ON s.org_id = f.org_id AND s.profile = f.profile AND s.snapshot_date = f.snapshot_date
), run AS (
  SELECT *, n - row_number() OVER (PARTITION BY org_id, profile, account, product ORDER BY n) AS island FROM held
)
SELECT o.name AS org, r.vendor, r.account, r.product, r.profile,
       date(a.snapshot_date * 86400, 'unixepoch') AS valid_from, date(b.snapshot_date * 86400, 'unixepoch') AS valid_to
FROM (SELECT org_id, profile, vendor, account, product, min(n) AS first_n, max(n) AS last_n
      FROM run GROUP BY org_id, profile, vendor, account, product, island) r
JOIN org o ON o.id = r.org_id
JOIN snapshot a ON a.org_id = r.org_id AND a.profile = r.profile AND a.n = r.first_n
LEFT JOIN snapshot b ON b.org_id = r.org_id AND b.profile = r.profile AND b.n = r.last_n + 1;

-- The identity an account answers to, from all snapshots.
CREATE VIEW account_key AS
SELECT f.org_id, f.vendor, k.key, min(coalesce(k.id, k.login, k.email)) AS account
FROM (SELECT file_id, id, login, email, id AS key FROM user_block b, user_row(b.rows) WHERE id IS NOT NULL
      UNION ALL SELECT file_id, id, login, email, login FROM user_block b, user_row(b.rows) WHERE login IS NOT NULL
      UNION ALL SELECT file_id, id, login, email, email FROM user_block b, user_row(b.rows) WHERE email IS NOT NULL
      UNION ALL SELECT b.file_id, u.id, u.login, u.email, j.value
      FROM user_block b, user_row(b.rows) u, json_each(u.aliases) j) k
JOIN imported_file f ON f.id = k.file_id
GROUP BY f.org_id, f.vendor, k.key;

-- Whom a key names alone in an org, whatever the vendor: a log of another vendor may name that account.
CREATE VIEW org_key AS
SELECT org_id, key, min(account) AS account FROM account_key GROUP BY org_id, key HAVING count(DISTINCT account) = 1;

-- Log identities with the accounts they name and what they did.
CREATE VIEW log_identity AS
SELECT b.file_id, b.part, l.actor, f.org_id, f.vendor, o.name AS org,
       coalesce(k1.account, k2.account, k3.account, o1.account, o2.account, o3.account,
                nullif(l.id, ''), nullif(l.login, ''), l.email) AS account, l.facts
FROM activity_block b JOIN log_row(b.rows) l JOIN imported_file f ON f.id = b.file_id JOIN org o ON o.id = f.org_id
LEFT JOIN account_key k1 ON k1.org_id = f.org_id AND k1.vendor = f.vendor AND k1.key = l.id AND l.id <> ''
LEFT JOIN account_key k2 ON k2.org_id = f.org_id AND k2.vendor = f.vendor AND k2.key = l.login AND l.login <> ''
LEFT JOIN account_key k3 ON k3.org_id = f.org_id AND k3.vendor = f.vendor AND k3.key = l.email AND l.email <> ''
LEFT JOIN org_key o1 ON o1.org_id = f.org_id AND o1.key = l.id AND l.id <> ''
LEFT JOIN org_key o2 ON o2.org_id = f.org_id AND o2.key = l.login AND l.login <> ''
LEFT JOIN org_key o3 ON o3.org_id = f.org_id AND o3.key = l.email AND l.email <> '';

-- CROSS JOIN: each block is unpacked once, not once an action.
CREATE VIEW activity_evidence AS
SELECT i.org, i.vendor, i.account, a.object, a.verb, a.app, a.environment,
       CASE a.machine WHEN 1 THEN 'machine' ELSE 'human' END AS client, f.name AS file,
       date(x.first_day * 86400, 'unixepoch') AS first_day, x.first_line,
       date(x.last_day * 86400, 'unixepoch') AS last_day, x.last_line
FROM log_identity i
JOIN activity_fact(i.facts) x
CROSS JOIN activity_action a ON a.file_id = i.file_id AND a.number = x.action
JOIN imported_file f ON f.id = i.file_id;

CREATE VIEW activity AS
SELECT org, vendor, account, object, verb, app, environment, client,
       min(first_day) AS first_day, max(last_day) AS last_day
FROM activity_evidence GROUP BY org, vendor, account, object, verb, app, environment, client;

CREATE VIEW activity_day AS
SELECT DISTINCT i.org, i.vendor, i.account, a.object, a.verb, a.app, a.environment,
       CASE a.machine WHEN 1 THEN 'machine' ELSE 'human' END AS client,
       date(x.day * 86400, 'unixepoch') AS day
FROM log_identity i
JOIN activity_fact_day(i.facts) x
CROSS JOIN activity_action a ON a.file_id = i.file_id AND a.number = x.action;

CREATE VIEW entitlement AS
SELECT o.name AS org, e.product, e.quantity, e.assigned, e.price_minor AS unit_price_minor, e.currency,
       date(e.term_start * 86400, 'unixepoch') AS term_start, date(e.term_end * 86400, 'unixepoch') AS term_end,
       e.notice_days, e.floor, e.reducible, f.profile, date(f.snapshot_date * 86400, 'unixepoch') AS snapshot_date,
       f.name AS file, e.line
FROM entitlement_row e JOIN imported_file f ON f.id = e.file_id JOIN org o ON o.id = f.org_id;

CREATE VIEW coverage AS
SELECT o.name AS org, f.vendor, f.app, k.kind,
       date(f.covers_first * 86400, 'unixepoch') AS first_day, date(f.covers_last * 86400, 'unixepoch') AS last_day,
       f.name AS file, f.row_cap, date(f.cap_edge * 86400, 'unixepoch') AS cap_edge
FROM imported_file f JOIN org o ON o.id = f.org_id
JOIN (SELECT 'login' AS kind UNION ALL SELECT 'action') k ON k.kind = 'login' OR f.gives_actions = 1
WHERE f.kind = 'activity' AND f.covers_first IS NOT NULL;
