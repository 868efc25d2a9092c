package graph

import (
	"context"

	"spillover/ledger"
)

// A Change is what a person changed by hand.
type Change struct{ *ledger.Act }

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
	all := make([]*Change, len(found.Acts))
	for i := range found.Acts {
		all[i] = &Change{&found.Acts[i]}
	}
	c := newConnection(page, all, func(c *Change) ledger.Cursor { return ledger.ActCursor(c.Act) }, found.HasMore, found.Total)
	c.other = func(ctx context.Context, probe ledger.Page) (bool, error) {
		beyond, err := r.store.Acts(ctx, ledger.ActQuery{Of: text(of), Page: probe})
		return err == nil && len(beyond.Acts) > 0, err
	}
	return c, nil
}
