-- What articles said, as they said it. Everything below "derived" can be dropped and rebuilt from these
-- and the judgements. Days are YYYY-MM-DD, so that their order as text is their order in time.

CREATE TABLE record (
  article     TEXT PRIMARY KEY,
  known_from  TEXT NOT NULL,
  origin      TEXT NOT NULL,
  article_doc TEXT NOT NULL, -- the article as JSON, without text and sketch
  sketch      BLOB,          -- 32-bit little-endian numbers
  doc         TEXT NOT NULL, -- the rest of the record as JSON
  text        TEXT NOT NULL
) STRICT;
CREATE INDEX record_origin ON record (origin, known_from);

CREATE TABLE judgement (
  id  TEXT PRIMARY KEY,
  doc TEXT NOT NULL
) STRICT;

-- The revision, and what each of the last changes touched.

CREATE TABLE revision (
  number INTEGER NOT NULL
) STRICT;
INSERT INTO revision VALUES (0);

CREATE TABLE change_log (
  revision INTEGER PRIMARY KEY,
  ids      TEXT NOT NULL -- a JSON list
) STRICT;

-- Derived from single records.

CREATE TABLE mention (
  id      TEXT PRIMARY KEY,
  article TEXT NOT NULL,
  doc     TEXT NOT NULL
) STRICT;
CREATE INDEX mention_article ON mention (article);

CREATE TABLE mention_key (
  key     TEXT NOT NULL,
  mention TEXT NOT NULL,
  PRIMARY KEY (key, mention)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_key_mention ON mention_key (mention);

-- What each record says a thing is. The earliest is shown.
CREATE TABLE contribution (
  thing      TEXT NOT NULL,
  known_from TEXT NOT NULL,
  article    TEXT NOT NULL,
  doc        TEXT NOT NULL,
  PRIMARY KEY (thing, known_from, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX contribution_article ON contribution (article);

-- Derived: what lists, searches and traces read.

CREATE TABLE version (
  number      INTEGER PRIMARY KEY, -- joins facet and term
  id          TEXT NOT NULL,
  contributed INTEGER NOT NULL,    -- 1: by a record; 0: put as a version
  known_from  TEXT NOT NULL,
  known_until TEXT NOT NULL,
  standing    INTEGER NOT NULL,    -- 1: exists by its own days; 0: on the days on which a claim stands, too
  kind        TEXT NOT NULL,
  sort        TEXT NOT NULL,
  date        TEXT NOT NULL,
  date_up     TEXT GENERATED ALWAYS AS (CASE date WHEN '' THEN '~' ELSE date END) VIRTUAL, -- the undated come last upwards, too
  doc         TEXT NOT NULL,
  UNIQUE (id, contributed, known_from)
) STRICT;
CREATE INDEX version_sort ON version (kind, sort, id);
CREATE INDEX version_date ON version (kind, date, id);
CREATE INDEX version_date_up ON version (kind, date_up, id);

CREATE TABLE facet (
  facet   TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (facet, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX facet_version ON facet (version);

-- The terms of each version. They are ASCII letters and digits already; the tokenizer only splits at blanks.
CREATE VIRTUAL TABLE term USING fts5 (terms, tokenize = 'ascii', content = '', contentless_delete = 1, detail = 'none');

CREATE TABLE claim (
  number          INTEGER PRIMARY KEY,
  id              TEXT NOT NULL,
  predicate       TEXT NOT NULL,
  from_id         TEXT NOT NULL,
  to_id           TEXT NOT NULL,
  subject         TEXT NOT NULL,
  object          TEXT NOT NULL,
  mention         TEXT NOT NULL,
  value           TEXT NOT NULL,
  label           TEXT NOT NULL,
  volume          TEXT NOT NULL,
  provider        TEXT NOT NULL,
  since           TEXT NOT NULL,
  since_precision TEXT NOT NULL,
  until           TEXT NOT NULL,
  until_precision TEXT NOT NULL,
  quote           TEXT NOT NULL,
  start_at        INTEGER NOT NULL,
  end_at          INTEGER NOT NULL,
  article         TEXT NOT NULL,
  asserted_on     TEXT NOT NULL,
  publisher       TEXT NOT NULL,
  witness         TEXT NOT NULL,
  speaker         TEXT NOT NULL,
  certainty       TEXT NOT NULL,
  known_from      TEXT NOT NULL,
  known_until     TEXT NOT NULL,
  UNIQUE (id, known_from)
) STRICT;
CREATE INDEX claim_from ON claim (from_id, known_from, known_until);
CREATE INDEX claim_to ON claim (to_id, known_from, known_until);
CREATE INDEX claim_article ON claim (article);
CREATE INDEX claim_asserted ON claim (asserted_on DESC, id, predicate, known_from, known_until);

CREATE TABLE alias (
  id          TEXT NOT NULL,
  to_id       TEXT NOT NULL,
  known_from  TEXT NOT NULL,
  known_until TEXT NOT NULL,
  source      TEXT NOT NULL,
  PRIMARY KEY (id, to_id, known_from, source)
) STRICT, WITHOUT ROWID;
