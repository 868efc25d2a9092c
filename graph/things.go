package graph

import (
	"context"
	"slices"
	"strings"
	"sync"

	"spillover/ledger"
)

// A Node is anything that has an id.
type Node interface{ id() string }

// An Entity is a thing that claims are about.
type Entity interface {
	Node
	thing() *ledger.Thing
	sortKey() string // what lists by name go by
}

// The kinds of entity.
type (
	// A Council is a principal local authority.
	Council struct{ entity }
	// A SharedArrangement is what several councils share.
	SharedArrangement struct{ entity }
	// An Incident is a cyber incident.
	Incident struct{ entity }
	// A ThreatActor is a group that attacks.
	ThreatActor struct{ entity }
	// An Agency is a body that is told of incidents, helps or investigates.
	Agency struct{ entity }
	// An Official holds a post.
	Official struct{ entity }
)

// An entity is a thing and its cohort.
type entity struct {
	*ledger.Thing
	among *things
}

func (e entity) id() string           { return e.ID }
func (e entity) thing() *ledger.Thing { return e.Thing }
func (e entity) sortKey() string      { return e.among.sortKey(e.Thing) }

// things are a cohort of things, each once.
type things struct {
	cohort
	all   []*ledger.Thing
	asked map[string]*ledger.Thing // by the id that was asked for or its own

	keysMu sync.Mutex
	keys   map[*ledger.Thing]string // of those that were sorted by name
}

// sortKey is the key of a member: sorting asks for it again and again.
func (s *things) sortKey(t *ledger.Thing) string {
	s.keysMu.Lock()
	defer s.keysMu.Unlock()
	key, ok := s.keys[t]
	if !ok {
		if s.keys == nil {
			s.keys = map[*ledger.Thing]string{}
		}
		key = ledger.SortKey(t.Name)
		s.keys[t] = key
	}
	return key
}

// newThings makes a cohort of things that were found under their own ids.
func (v view) newThings(all []*ledger.Thing) *things {
	s := &things{cohort: cohort{view: v}, asked: map[string]*ledger.Thing{}}
	for _, t := range all {
		s.add(t.ID, t)
	}
	return s
}

// add has t found under id.
func (s *things) add(id string, t *ledger.Thing) {
	if known := s.asked[t.ID]; known != nil {
		t = known
	} else {
		s.all = append(s.all, t)
		s.asked[t.ID] = t
	}
	s.asked[id] = t
}

// loadThings makes a cohort of the things with ids, those that there are.
func (v view) loadThings(ctx context.Context, ids []string) (*things, error) {
	ids = ledger.Set(ids...)
	if len(ids) == 0 {
		return v.newThings(nil), nil
	}
	found, err := v.store.Things(ctx, ids, v.at)
	if err != nil {
		return nil, err
	}
	s := v.newThings(nil)
	for i, t := range found {
		if t != nil {
			s.add(ids[i], t)
		}
	}
	return s, nil
}

// entity is the thing that id leads to; nil where there is none, or none that the API shows.
func (s *things) entity(id string) Entity {
	t := s.asked[id]
	if t == nil {
		return nil
	}
	e := entity{t, s}
	switch t.Kind {
	case ledger.Council:
		return &Council{e}
	case ledger.SharedArrangement:
		return &SharedArrangement{e}
	case ledger.Incident:
		return &Incident{e}
	case ledger.ThreatActor:
		return &ThreatActor{e}
	case ledger.Agency:
		return &Agency{e}
	case ledger.Official:
		return &Official{e}
	}
	return nil
}

// ids are the ids of the members of a kind; of all of them where it is "".
func (s *things) ids(kind ledger.Kind) []string {
	ids := []string{}
	for _, t := range s.all {
		if kind == "" || t.Kind == kind {
			ids = append(ids, t.ID)
		}
	}
	return ids
}

// pick is the things with ids as one type of entity, in their order, without those that are not there.
func pick[E Entity](s *things, ids []string) []E {
	found := make([]E, 0, len(ids))
	for _, id := range ids {
		if e, ok := s.entity(id).(E); ok {
			found = append(found, e)
		}
	}
	return found
}

// Aliases are other names.
func (e entity) Aliases() []string { return orEmpty(e.Thing.Aliases) }

// FirstReportedOn is the day of the first article with a claim about it.
func (e entity) FirstReportedOn(ctx context.Context) (ledger.Date, error) {
	span, err := e.span(ctx)
	return span.First, err
}

// LastReportedOn is the day of the latest article with a claim about it.
func (e entity) LastReportedOn(ctx context.Context) (ledger.Date, error) {
	span, err := e.span(ctx)
	return span.Last, err
}

func (e entity) span(ctx context.Context) (ledger.SpanOf, error) {
	spans, err := together(&e.among.cohort, "spans", func() (map[string]ledger.SpanOf, error) {
		ids := e.among.ids("")
		found, err := e.among.store.Spans(ctx, ids, e.among.at)
		if err != nil {
			return nil, err
		}
		spans := make(map[string]ledger.SpanOf, len(ids))
		for i, id := range ids {
			spans[id] = found[i]
		}
		return spans, nil
	})
	return spans[e.ID], err
}

// Claims are the claims from it or to it.
func (e entity) Claims(ctx context.Context, first *int, after *string, last *int, before *string) (*ClaimConnection, error) {
	return claimsOf(ctx, &e.among.cohort, e.among.ids(""), e.ID, ledger.Either, pageArgs{first, after, last, before})
}

func orEmpty(s []string) []string {
	if s == nil {
		return []string{}
	}
	return slices.Clip(s)
}

// one is the thing with an id, nil where there is none or it is of another type.
func one[E Entity](ctx context.Context, v view, id string) (found E, err error) {
	if err := v.gather(ctx, []string{id}); err != nil {
		return found, err
	}
	set, err := v.loadThings(ctx, []string{id})
	if err != nil {
		return found, err
	}
	return as[E](set.entity(id)), nil
}

// mostNodes bounds the ids of one question.
const mostNodes = 100

// nodes are the things, articles and claims with ids, in their order, nil where there is none.
func (v view) nodes(ctx context.Context, ids []string) ([]Node, error) {
	if len(ids) > mostNodes {
		return nil, ledger.Errorf(ledger.Invalid, "ids has %d ids; give at most %d", len(ids), mostNodes)
	}
	var ofArticles, ofClaims, others []string
	for _, id := range ids {
		switch {
		case strings.HasPrefix(id, "article:"):
			ofArticles = append(ofArticles, id)
		case strings.HasPrefix(id, "claim:"):
			ofClaims = append(ofClaims, id)
		default:
			others = append(others, id)
		}
	}
	if err := v.gather(ctx, others); err != nil {
		return nil, err
	}
	entities, err := v.loadThings(ctx, others)
	if err != nil {
		return nil, err
	}
	articles, err := v.loadArticles(ctx, ofArticles)
	if err != nil {
		return nil, err
	}
	claims, err := v.loadClaims(ctx, ofClaims)
	if err != nil {
		return nil, err
	}
	found := make([]Node, len(ids))
	for i, id := range ids {
		if e := entities.entity(id); e != nil {
			found[i] = e
		} else if a := articles.article(id); a != nil {
			found[i] = a
		} else if c := claims[id]; c != nil {
			found[i] = c
		}
	}
	return found, nil
}
