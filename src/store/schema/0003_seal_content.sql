-- SPDX-License-Identifier: Apache-2.0
-- Evidence and erasure: the chain that commits to all stored content, who looked, and whom the store must not take back.

-- One entry an event. `head` is SHA-256 over the head before, the number, and the other columns; `commitment` is SHA-256
-- over a salt and the digest of the content it seals, or empty where that content is gone. Nothing here names a person.
CREATE TABLE chain_entry (
  seq        INTEGER PRIMARY KEY,
  kind       TEXT NOT NULL,
  unit       TEXT NOT NULL, unit_id INTEGER NOT NULL,
  says       TEXT NOT NULL,  -- JSON
  commitment TEXT NOT NULL,
  head       TEXT NOT NULL
) STRICT;

-- The salt of each unit's newest commitment. Older salts are gone, so what was erased can't be guessed and tried.
CREATE TABLE seal (
  unit    TEXT NOT NULL, unit_id INTEGER NOT NULL,
  seq     INTEGER NOT NULL,
  salt    TEXT NOT NULL,
  PRIMARY KEY (unit, unit_id)
) STRICT, WITHOUT ROWID;

-- Keyed digests of erased identities. The key is in `setting`; without it nobody can tell whom they stand for.
CREATE TABLE forgotten (
  token TEXT PRIMARY KEY NOT NULL
) STRICT, WITHOUT ROWID;

-- Who looked: each time names were shown.
CREATE TABLE name_access (
  id      INTEGER PRIMARY KEY,
  on_day  INTEGER NOT NULL,
  who     TEXT NOT NULL,
  command TEXT NOT NULL,
  names   TEXT NOT NULL,
  reason  TEXT NOT NULL
) STRICT;
