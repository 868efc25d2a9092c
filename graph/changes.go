package graph

import (
	"context"
	"slices"
	"sync"

	"spillover/ledger"
)

// A Change is what a person changed by hand.
type Change struct {
	*ledger.Act
	standing func() ([]ledger.Judgement, error) // all judgements, read once for a page
}

// Revision is the one that the change made.
func (c *Change) Revision() int { return int(c.Act.Revision) }

// At is when.
func (c *Change) At() string { return c.On }

// Action is what was done.
func (c *Change) Action() ledger.ActKind { return c.Kind }

// Token is the name of the token that allowed it.
func (c *Change) Token() *string { return optional(c.Act.Token) }

// Before is how what it concerns stood before.
func (c *Change) Before() []*ChangedThing { return stood(c.Act.Before) }

// After is how the same stood after.
func (c *Change) After() []*ChangedThing { return stood(c.Act.After) }

// judged are the judgements that acts make.
var judged = map[ledger.ActKind]ledger.JudgementKind{
	ledger.ActSameAs: ledger.SameAs, ledger.ActNotSameAs: ledger.NotSameAs, ledger.ActRetractClaim: ledger.RetractClaim,
}

// JudgementID is the id of the judgement that it made, where that still stands. A judgement is found by what it is about, and
// told from one that replaced it by who said so and why.
func (c *Change) JudgementID() (*string, error) {
	kind, ok := judged[c.Kind]
	if !ok || len(c.Act.Before) == 0 {
		return nil, nil
	}
	all, err := c.standing()
	if err != nil {
		return nil, err
	}
	about := func(j ledger.Judgement) bool {
		if kind == ledger.RetractClaim {
			return j.A == c.Act.Before[0].ID
		}
		return len(c.Act.Before) == 2 && j.ID == ledger.JudgementID(c.Act.Before[0].ID, c.Act.Before[1].ID)
	}
	i := slices.IndexFunc(all, func(j ledger.Judgement) bool {
		return j.Kind == kind && j.Author == c.Author && j.Reason == c.Reason && about(j)
	})
	if i < 0 {
		return nil, nil
	}
	return &all[i].ID, nil
}

func stood(all []ledger.Stood) []*ChangedThing {
	things := make([]*ChangedThing, len(all))
	for i, s := range all {
		things[i] = &ChangedThing{ID: s.ID, Name: optional(s.Name), LeadsTo: optional(s.LeadsTo)}
	}
	return things
}

// changes lists the acts, the newest first. They are of no day of knowledge: @asOf does not change them.
func (r *Resolver) changes(ctx context.Context, of *string, args pageArgs) (*ChangeConnection, error) {
	page, err := args.page(ctx)
	if err != nil {
		return nil, err
	}
	found, err := r.store.Acts(ctx, ledger.ActQuery{Of: text(of), Page: page})
	if err != nil {
		return nil, err
	}
	standing := sync.OnceValues(func() ([]ledger.Judgement, error) { return r.store.Judgements(ctx) })
	all := make([]*Change, len(found.Acts))
	for i := range found.Acts {
		all[i] = &Change{&found.Acts[i], standing}
	}
	c := newConnection(page, all, func(c *Change) ledger.Cursor { return ledger.ActCursor(c.Act) }, found.HasMore, found.Total)
	c.other = func(ctx context.Context, probe ledger.Page) (bool, error) {
		beyond, err := r.store.Acts(ctx, ledger.ActQuery{Of: text(of), Page: probe})
		return err == nil && len(beyond.Acts) > 0, err
	}
	return c, nil
}
