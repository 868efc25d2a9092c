-- Claims as ledger.PackClaim packs them, beside their columns: one string is read several times faster. NULL where a claim
-- cannot be packed, or was written before; then its columns are read.

ALTER TABLE claim ADD COLUMN packed TEXT;
ALTER TABLE claim ADD COLUMN packed_words TEXT;
