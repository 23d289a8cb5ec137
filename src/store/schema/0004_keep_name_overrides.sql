-- SPDX-License-Identifier: Apache-2.0
-- Who looks at persons although the policy hides them says why, and the answer is kept.

CREATE TABLE names_override_row (
  id           INTEGER PRIMARY KEY,
  day          INTEGER NOT NULL,
  command      TEXT NOT NULL,
  policy_names TEXT NOT NULL,
  shown        TEXT NOT NULL,
  reason       TEXT NOT NULL
) STRICT;

CREATE VIEW names_override AS
SELECT date(day * 86400, 'unixepoch') AS day, command, policy_names, shown, reason FROM names_override_row;
