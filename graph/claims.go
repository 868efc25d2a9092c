package graph

import (
	"context"

	"spillover/ledger"
)

// A Claim is what one source says of two things.
type Claim struct {
	*ledger.Claim
	among *claims
}

func (c *Claim) id() string { return c.ID }

// claims are a cohort of claims, each once.
type claims struct {
	cohort
	all  []*ledger.Claim
	byID map[string]*ledger.Claim
}

func (v view) newClaims() *claims {
	return &claims{cohort: cohort{view: v}, byID: map[string]*ledger.Claim{}}
}

func (s *claims) add(some []*ledger.Claim) {
	for _, c := range some {
		if s.byID[c.ID] == nil {
			s.byID[c.ID] = c
			s.all = append(s.all, c)
		}
	}
}

// wrap is members as the API shows them.
func (s *claims) wrap(some []*ledger.Claim) []*Claim {
	wrapped := make([]*Claim, len(some))
	for i := range some {
		wrapped[i] = &Claim{s.byID[some[i].ID], s}
	}
	return wrapped
}

// loadClaims is the claims with ids, by id.
func (v view) loadClaims(ctx context.Context, ids []string) (map[string]*Claim, error) {
	found := map[string]*Claim{}
	if len(ids) == 0 {
		return found, nil
	}
	pages, err := v.store.Claims(ctx, ledger.ClaimQuery{Claims: ids, At: v.at, Page: ledger.Page{Limit: -1}})
	if err != nil {
		return nil, err
	}
	set := v.newClaims()
	for _, page := range pages {
		set.add(page.Claims)
	}
	for _, c := range set.all {
		found[c.ID] = &Claim{c, set}
	}
	return found, nil
}

func (s *claims) ends(ctx context.Context) (*things, error) {
	return together(&s.cohort, "ends", func() (*things, error) {
		var ids []string
		for _, c := range s.all {
			ids = append(ids, c.From)
			if c.Predicate != ledger.DataTaken {
				ids = append(ids, c.To)
			}
		}
		return s.loadThings(ctx, ids)
	})
}

// Subject is the thing that it starts from.
func (c *Claim) Subject(ctx context.Context) (Entity, error) {
	ends, err := c.among.ends(ctx)
	if err != nil {
		return nil, err
	}
	if e := ends.entity(c.From); e != nil {
		return e, nil
	}
	return nil, errMoved
}

// Object is the thing that it goes to.
func (c *Claim) Object(ctx context.Context) (Entity, error) {
	if c.Predicate == ledger.DataTaken {
		return nil, nil
	}
	ends, err := c.among.ends(ctx)
	if err != nil {
		return nil, err
	}
	return ends.entity(c.To), nil
}

// Value is what it says.
func (c *Claim) Value() *string {
	if c.Predicate == ledger.DataTaken {
		return optional(c.Claim.Label)
	}
	return optional(c.Claim.Value)
}

// Label is the service or the kind of data.
func (c *Claim) Label() *string { return optional(c.Claim.Label) }

// Volume is how much.
func (c *Claim) Volume() *string { return optional(c.Claim.Volume) }

// Speaker is who says it.
func (c *Claim) Speaker() *string { return optional(c.Claim.Speaker) }

// Article is the article that says it.
func (c *Claim) Article(ctx context.Context) (*Article, error) {
	found, err := together(&c.among.cohort, "articles", func() (*articles, error) {
		var ids []string
		for _, c := range c.among.all {
			ids = append(ids, c.Article)
		}
		return c.among.loadArticles(ctx, ids)
	})
	if err != nil {
		return nil, err
	}
	if a := found.article(c.Claim.Article); a != nil {
		return a, nil
	}
	return nil, errMoved
}

// claimsOf is a page of the claims of the member id, loaded for all ids of the cohort.
func claimsOf(ctx context.Context, c *cohort, ids []string, id string, towards ledger.Towards, args pageArgs) (*ClaimConnection, error) {
	page, err := args.page(ctx)
	if err != nil {
		return nil, err
	}
	type found struct {
		*claims
		of map[string]ledger.ClaimPage
	}
	load := func(ctx context.Context, page ledger.Page) (found, error) {
		return together(c, keyOf("claims", page), func() (found, error) {
			pages, err := c.store.Claims(ctx, ledger.ClaimQuery{IDs: ids, Towards: towards, At: c.at, Page: page})
			if err != nil {
				return found{}, err
			}
			f := found{c.newClaims(), map[string]ledger.ClaimPage{}}
			for i, id := range ids {
				f.add(pages[i].Claims)
				f.of[id] = pages[i]
			}
			return f, nil
		})
	}
	all, err := load(ctx, page)
	if err != nil {
		return nil, err
	}
	got := all.of[id]
	connection := newConnection(page, all.wrap(got.Claims), func(c *Claim) ledger.Cursor { return ledger.ClaimCursor(c.Claim) }, got.HasMore, got.Total)
	connection.other = func(ctx context.Context, probe ledger.Page) (bool, error) {
		all, err := load(ctx, probe)
		return len(all.of[id].Claims) > 0, err
	}
	return connection, nil
}
