package ingest

import (
	"context"
	"slices"

	"spillover/identity"
	"spillover/ledger"
)

// Rebuild drops all that is derived and makes it anew from the records and judgements. It changes no answer, unless the
// gazetteer or the way of deriving changed. It holds all records in memory.
func (p *Pipeline) Rebuild(ctx context.Context) (err error) {
	defer ledger.Wrap(&err, "rebuild")
	// Nobody writes between the reading and the writing: the transaction has begun.
	return p.store.Update(ctx, func(tx ledger.Tx) error {
		var records []*ledger.Record
		if err := p.store.Records(ctx, func(r *ledger.Record) error {
			records = append(records, r)
			return nil
		}); err != nil {
			return err
		}
		judgements, err := tx.Judgements(ctx)
		if err != nil {
			return err
		}
		if err := tx.Reset(ctx); err != nil {
			return err
		}
		for _, r := range records {
			for i := range r.Mentions {
				identity.Summarise(r, &r.Mentions[i], p.g) // keys follow from the gazetteer
			}
		}
		for batch := range slices.Chunk(records, exportBatch) {
			if err := tx.Apply(ctx, &ledger.Change{PutRecords: batch}); err != nil {
				return err
			}
		}
		now := identity.Derive(records, judgements, p.g)
		now.Aliases = append(now.Aliases, identity.NewJudged(judgements).Aliases()...)
		return tx.Apply(ctx, difference(&identity.Derived{}, now))
	})
}
