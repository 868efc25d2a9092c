-- The claims of one predicate at a thing, that stand: all that relations are folded from is in the index, one after the other, so that
-- the rows, each on a page of its own, need not be read.

DROP INDEX claim_from;
DROP INDEX claim_to;
CREATE INDEX claim_from ON claim (from_id, predicate, known_until, known_from, packed);
CREATE INDEX claim_to ON claim (to_id, predicate, known_until, known_from, from_id, packed);

-- From here on the documents of things and articles are packed, as ledger.Pack… has them, after a unit separator. Those of before are
-- JSON and are read as such.
