package sqlite

import (
	"context"

	"spillover/ledger"
)

// A state is the graph as one transaction sees it.
type state struct{ reader }

func (s state) Things(ctx context.Context, ids []string, at ledger.Date) ([]*ledger.Thing, error) {
	return things(ctx, s, thingsText, ids, at)
}

// Ends gives things that are there, see [ledger.GatherByLevel]. To look whether they are takes longer than to read them.
func (s state) Ends(ctx context.Context, ids []string, at ledger.Date) ([]*ledger.Thing, error) {
	return things(ctx, s, endsText, ids, at)
}

func (s state) Claims(ctx context.Context, q ledger.ClaimQuery) ([]ledger.ClaimPage, error) {
	return s.store.claims(ctx, s.reader, q)
}

func (s state) Articles(ctx context.Context, ids []string, at ledger.Date, withText bool) ([]*ledger.Article, error) {
	return articles(ctx, s, ids, at, withText)
}

// gatherTexts are the statements of a Gather.
var gatherTexts = []string{thingsText, endsText, articlesText, atThings[true], atThings[false], claimByNumber}

// Gather gives things with all that reaches want of them. Statements cost little here, so it asks level by level.
func (s *Store) Gather(ctx context.Context, ids []string, at ledger.Date, reaches []ledger.Reach) (g *ledger.Gathered, err error) {
	err = s.snapshot(ctx, func(r reader) (err error) {
		g, err = ledger.GatherByLevel(ctx, state{r}, ids, at, reaches)
		return err
	}, gatherTexts...)
	return g, s.failed(ctx, err, "gather")
}

// atThings are the claims of some predicates at things, all of them, lean or not.
var atThings = map[bool]string{true: allOfEach(standing+ofPredicates, ledger.Either, true), false: allOfEach(standing+ofPredicates, ledger.Either, false)}
