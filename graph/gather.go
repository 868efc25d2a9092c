package graph

import (
	"context"
	"slices"
	"sync"

	"github.com/99designs/gqlgen/graphql"

	"spillover/ledger"
)

// An ahead is a store as one root field sees it. It has what the field's reaches gave, at once, before the resolvers ask
// for it; what it does not have it asks the store for. So a resolver may not know whether it was foreseen.
type ahead struct {
	ledger.Store
	at ledger.Date

	mu  sync.RWMutex
	has []*ledger.Gathered // as they were given: others may have them too
}

func (a *ahead) keep(found *ledger.Gathered) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.has = append(a.has, found)
}

// gather gets the things with ids and all that the operation selects of them from the store, as far as that can be foreseen.
func (v view) gather(ctx context.Context, ids []string, through ...[]string) error {
	a, ok := v.store.(*ahead)
	if !ok || len(ids) == 0 {
		return nil
	}
	wanted := reaches(ctx, typesOfIDs(ids), through...)
	if len(through) > 0 && len(wanted) == 0 {
		return nil // the things of a list are there
	}
	found, err := a.Store.Gather(ctx, ids, v.at, wanted)
	if err != nil {
		return err
	}
	if found == nil {
		if found, err = a.merged(ctx, ids, wanted); err != nil {
			return err
		}
	}
	a.keep(found)
	return nil
}

// merged gathers what ids lead to, where they were merged into other things.
func (a *ahead) merged(ctx context.Context, ids []string, wanted []ledger.Reach) (*ledger.Gathered, error) {
	all := ledger.NewGathered()
	things, err := a.Store.Things(ctx, ids, a.at)
	if err != nil {
		return nil, err
	}
	var own []string
	for i, t := range things {
		if t != nil {
			all.Things[ids[i]], all.Things[t.ID] = t, t
			own = append(own, t.ID)
		}
	}
	if own = ledger.Set(own...); len(own) == 0 || slices.Equal(own, ledger.Set(ids...)) || len(wanted) == 0 {
		return all, nil
	}
	found, err := a.Store.Gather(ctx, own, a.at, wanted)
	if err == nil && found != nil {
		all.Add(found)
	}
	return all, err
}

// List gives a page, and has what was gathered of it.
func (a *ahead) List(ctx context.Context, q ledger.ListQuery) (*ledger.ListPage, error) {
	page, err := a.Store.List(ctx, q)
	if err == nil && page.Gathered != nil && q.At == a.at {
		a.keep(page.Gathered)
	}
	return page, err
}

// Things gives the thing of each id.
func (a *ahead) Things(ctx context.Context, ids []string, at ledger.Date) ([]*ledger.Thing, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return rest(ids, func(id string) (t *ledger.Thing, ok bool) {
		for i := 0; at == a.at && !ok && i < len(a.has); i++ {
			t, ok = a.has[i].Things[id]
		}
		return t, ok
	},
		func(ids []string) ([]*ledger.Thing, error) { return a.Store.Things(ctx, ids, at) })
}

// Articles gives the article of each id.
func (a *ahead) Articles(ctx context.Context, ids []string, at ledger.Date, withText bool) ([]*ledger.Article, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return rest(ids, func(id string) (x *ledger.Article, ok bool) {
		for i := 0; at == a.at && !withText && !ok && i < len(a.has); i++ {
			x, ok = a.has[i].Articles[id]
		}
		return x, ok
	},
		func(ids []string) ([]*ledger.Article, error) { return a.Store.Articles(ctx, ids, at, withText) })
}

// Claims gives claims of ids, or of the whole graph.
func (a *ahead) Claims(ctx context.Context, q ledger.ClaimQuery) ([]ledger.ClaimPage, error) {
	if q.IDs == nil || q.At != a.at || q.Towards == ledger.MadeBy || len(q.Predicates) == 0 || q.Page.Limit >= 0 || q.Page.WithTotal ||
		q.Page.After != nil || q.Page.Before != nil || len(q.Claims)+len(q.Values) > 0 || q.Article != "" || q.Since != "" || q.Until != "" {
		return a.Store.Claims(ctx, q)
	}
	a.mu.RLock()
	defer a.mu.RUnlock()
	return rest(q.IDs, func(id string) (ledger.ClaimPage, bool) { return a.bunches(id, &q) },
		func(ids []string) ([]ledger.ClaimPage, error) {
			q := q
			q.IDs = ids
			return a.Store.Claims(ctx, q)
		})
}

// bunches are the claims of one id, where all that q asks of it are there.
func (a *ahead) bunches(id string, q *ledger.ClaimQuery) (page ledger.ClaimPage, ok bool) {
	var all []*ledger.Claim
	for _, p := range q.Predicates {
		bunch, ok := a.bunch(ledger.Bond{ID: id, Predicate: p}, q.Lean)
		if !ok {
			return page, false
		}
		before := len(all)
		for _, c := range bunch.Claims {
			if q.Towards == ledger.Either || (q.Towards == ledger.Out) == (c.From == id) || c.From == c.To {
				all = append(all, c)
			}
		}
		if len(q.Predicates) == 1 && len(all)-before == len(bunch.Claims) {
			return ledger.ClaimPage{Claims: bunch.Claims}, true // as they are, without moving any
		}
	}
	slices.SortFunc(all, ledger.NewestFirst)
	return ledger.ClaimPage{Claims: all}, true
}

// bunch is that of a bond, lean only where it may be.
func (a *ahead) bunch(b ledger.Bond, lean bool) (bunch ledger.Bunch, ok bool) {
	for _, has := range a.has {
		if bunch, ok := has.Bunches[b]; ok && (bunch.Whole || lean) {
			return bunch, true
		}
	}
	return bunch, false
}

// A source is what a trace asks. It is lean where the words behind the trace's hops are not shown.
type source struct {
	ledger.Store
	lean bool
}

func (s source) Claims(ctx context.Context, q ledger.ClaimQuery) ([]ledger.ClaimPage, error) {
	q.Lean = s.lean
	return s.Store.Claims(ctx, q)
}

// fieldReadsWords is whether the field being resolved shows the words behind what it gives.
func fieldReadsWords(ctx context.Context) bool {
	field := graphql.GetFieldContext(ctx)
	if field == nil || field.Field.Field == nil {
		return true
	}
	words, _ := readsWords(graphql.GetOperationContext(ctx), field.Field)
	return words
}

// rest takes what there is, and asks for the rest.
func rest[T any](ids []string, have func(id string) (T, bool), ask func(ids []string) ([]T, error)) ([]T, error) {
	found := make([]T, len(ids))
	var missing []string
	var places []int
	for i, id := range ids {
		x, ok := have(id)
		if !ok {
			missing, places = append(missing, id), append(places, i)
			continue
		}
		found[i] = x
	}
	if len(missing) == 0 {
		return found, nil
	}
	more, err := ask(missing)
	if err != nil {
		return nil, err
	}
	for i, place := range places {
		found[place] = more[i]
	}
	return found, nil
}
