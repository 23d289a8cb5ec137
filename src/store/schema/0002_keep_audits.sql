-- SPDX-License-Identifier: Apache-2.0
-- What each audit was made with and what it said, so that it can be printed again and compared with later ones.

-- Policies, catalogs, lists of inputs and verdicts: each text once, however often it was used. `packed` is zlib's format.
CREATE TABLE kept_text (
  sha256 TEXT PRIMARY KEY NOT NULL,
  bytes  INTEGER NOT NULL,
  packed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Whom recorded verdicts are about, some hundreds packed into a block and numbered through; `first` is the number of its
-- first. Verdicts name seats by number, so names stand here and nowhere else.
CREATE TABLE audited_seat_block (
  first INTEGER PRIMARY KEY,
  names BLOB NOT NULL
) STRICT;

-- `scope` is what the command line said over the policy, a `name=value` a line.
CREATE TABLE audit_record (
  audit_id        INTEGER PRIMARY KEY REFERENCES audit_run (id),
  as_of_given     INTEGER NOT NULL,
  scope           TEXT NOT NULL,
  policy_path     TEXT NOT NULL,
  policy_sha256   TEXT NOT NULL REFERENCES kept_text (sha256),
  catalog_sha256  TEXT NOT NULL REFERENCES kept_text (sha256),
  inputs_sha256   TEXT NOT NULL REFERENCES kept_text (sha256),
  verdicts_sha256 TEXT NOT NULL REFERENCES kept_text (sha256)
) STRICT;

CREATE VIEW audit AS
SELECT r.id AS audit, date(r.ran_on * 86400, 'unixepoch') AS ran_on, date(r.as_of * 86400, 'unixepoch') AS as_of,
       r.findings, r.inputs_sha256, r.policy_sha256, a.catalog_sha256, a.verdicts_sha256, a.scope
FROM audit_run r LEFT JOIN audit_record a ON a.audit_id = r.id;
