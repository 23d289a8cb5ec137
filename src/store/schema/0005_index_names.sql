-- SPDX-License-Identifier: Apache-2.0
-- Where a name of a user or an actor stands, so that a question about one person reads that person's rows only.

-- Made from the rows of the file and nothing else; see name_index.hpp for the bytes. A long list is written in runs.
CREATE TABLE name_index (
  file_id INTEGER NOT NULL REFERENCES imported_file (id),
  run     INTEGER NOT NULL,
  first   INTEGER NOT NULL,  -- the smallest hash among the entries
  entries BLOB NOT NULL,
  PRIMARY KEY (file_id, run, first)
) STRICT, WITHOUT ROWID;
