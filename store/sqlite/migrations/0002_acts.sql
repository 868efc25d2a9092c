-- Who changed what by hand, when and why. It is no part of the graph: nothing is derived from it, and resetting keeps it.

CREATE TABLE act (
  revision INTEGER PRIMARY KEY, -- that the change made
  doc      TEXT NOT NULL
) STRICT;

CREATE TABLE act_subject (
  subject  TEXT NOT NULL, -- the id of a thing, a claim or an article
  revision INTEGER NOT NULL,
  PRIMARY KEY (subject, revision)
) STRICT, WITHOUT ROWID;
