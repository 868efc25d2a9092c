package cache

import (
	"context"

	"spillover/ledger"
)

// Gather gives things with all that reaches want of them: all from what is kept, or all from the store.
func (s *Store) Gather(ctx context.Context, ids []string, at ledger.Date, reaches []ledger.Reach) (*ledger.Gathered, error) {
	generation, err := s.current(ctx)
	if err != nil {
		return nil, err
	}
	keep := s.keeper(generation)
	w := walk{store: s, generation: generation, at: at, found: ledger.NewGathered()}
	if w.things(ids); w.elsewhere {
		return nil, nil // an id leads to another thing, as the store would say
	}
	if w.reach(ids, reaches); !w.missing {
		s.hits.Add(1)
		return w.found, nil
	}
	s.misses.Add(1)
	found, err := s.Store.Gather(ctx, ids, at, reaches)
	if err != nil || found == nil {
		return nil, err
	}
	s.keepGathered(keep, generation, at, found)
	return found, nil
}

func (s *Store) keepGathered(keep func(key, any), generation int64, at ledger.Date, found *ledger.Gathered) {
	for id, t := range found.Things {
		keep(key{generation, thing, at, id, ""}, t)
	}
	for bond, some := range found.Bunches {
		k := key{generation, bunch, at, bond.ID, bond.Predicate}
		if had, ok := s.kept.GetIfPresent(k); ok && had.(ledger.Bunch).Whole {
			continue
		}
		keep(k, some)
	}
	for id, a := range found.Articles {
		keep(key{generation, article, at, id, ""}, a)
	}
}

// A walk goes along reaches through what is kept, until something is missing.
type walk struct {
	store      *Store
	generation int64
	at         ledger.Date
	found      *ledger.Gathered
	missing    bool
	elsewhere  bool
}

func (w *walk) things(ids []string) {
	for _, id := range ids {
		if w.found.Things[id] != nil {
			continue
		}
		value, ok := w.store.kept.GetIfPresent(key{w.generation, thing, w.at, id, ""})
		t, _ := value.(*ledger.Thing)
		switch {
		case !ok:
			w.missing = true
			return
		case t == nil || t.ID != id:
			w.elsewhere = true
			return
		}
		w.found.Things[id] = t
	}
}

func (w *walk) reach(ids []string, reaches []ledger.Reach) {
	for i := range reaches {
		r := &reaches[i]
		for _, id := range ids {
			for _, p := range r.Predicates {
				if w.missing {
					return
				}
				bond := ledger.Bond{ID: id, Predicate: p}
				had, ok := w.found.Bunches[bond]
				if !ok || r.Words && !had.Whole {
					value, kept := w.store.kept.GetIfPresent(key{w.generation, bunch, w.at, id, p})
					if had, ok = value.(ledger.Bunch); !kept || !ok || r.Words && !had.Whole {
						w.missing = true
						return
					}
					w.found.Bunches[bond] = had
				}
				if r.Sources {
					w.sources(had.Claims)
				}
			}
		}
		if r.Ends {
			w.ends(w.found.FarEnds(ids, &ledger.Reach{Predicates: r.Predicates}))
		}
		if len(r.Then) > 0 && !w.missing {
			w.reach(w.found.FarEnds(ids, r), r.Then)
		}
	}
}

// ends are things at far ends. What leads elsewhere is left out, as the store does.
func (w *walk) ends(ids []string) {
	if w.things(ids); w.elsewhere {
		w.elsewhere, w.missing = false, true
	}
}

func (w *walk) sources(claims []*ledger.Claim) {
	for i := range claims {
		id := claims[i].Article
		if w.found.Articles[id] != nil {
			continue
		}
		value, ok := w.store.kept.GetIfPresent(key{w.generation, article, w.at, id, ""})
		if a, _ := value.(*ledger.Article); ok && a != nil {
			w.found.Articles[id] = a
			continue
		}
		w.missing = true
		return
	}
}
