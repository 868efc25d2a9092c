package ledger

import (
	"cmp"
	"context"
	"slices"
)

// A Reach says what is wanted of things beyond themselves: claims at them, and what these lead to. A tree of reaches is
// all that a question is going to read, so that a store can give it at once, see [Store.Gather].
type Reach struct {
	Predicates []Predicate // of the claims wanted, from the things or to them
	Words      bool        // whether the claims are wanted whole; see [ClaimQuery.Lean]
	Sources    bool        // whether the articles of these claims are wanted, without Text and Sketch
	Ends       bool        // whether the things at their far ends are wanted
	Through    []string    // Then starts from the far ends of claims with one of these values; none is all
	Then       []Reach     // what is wanted of the things at the far ends
}

// A Bond is a predicate at a thing.
type Bond struct {
	ID        string
	Predicate Predicate
}

// A Bunch is all claims of a bond that stand at a day, the newest first.
type Bunch struct {
	Claims []*Claim
	Whole  bool // else they are lean, see [ClaimQuery.Lean]
}

// Gathered is what a store gave for reaches. What it does not have, it does not know: a bond that is there with no claims
// has none, one that is not there was not asked.
type Gathered struct {
	Things   map[string]*Thing
	Bunches  map[Bond]Bunch
	Articles map[string]*Article
}

// NewGathered is nothing yet.
func NewGathered() *Gathered {
	return &Gathered{Things: map[string]*Thing{}, Bunches: map[Bond]Bunch{}, Articles: map[string]*Article{}}
}

// Add adds what another has.
func (g *Gathered) Add(more *Gathered) {
	for id, t := range more.Things {
		g.Things[id] = t
	}
	for b, bunch := range more.Bunches {
		g.put(b, bunch)
	}
	for id, a := range more.Articles {
		g.Articles[id] = a
	}
}

func (g *Gathered) put(b Bond, bunch Bunch) {
	if had, ok := g.Bunches[b]; !ok || bunch.Whole && !had.Whole {
		g.Bunches[b] = bunch
	}
}

// Rows is how many things, claims and articles there are.
func (g *Gathered) Rows() int {
	n := len(g.Things) + len(g.Articles)
	for _, b := range g.Bunches {
		n += len(b.Claims)
	}
	return n
}

// NewestFirst orders claims as they are listed: by day downwards, the undated last, then by id.
func NewestFirst(a, b *Claim) int {
	if order := cmp.Compare(b.AssertedOn, a.AssertedOn); order != 0 {
		return order
	}
	return cmp.Compare(a.ID, b.ID)
}

// FarEnds are the ids of the things that r's Then starts from, of those that the claims of ids lead to.
func (g *Gathered) FarEnds(ids []string, r *Reach) []string {
	seen := map[string]bool{}
	var far []string
	for _, id := range ids {
		for _, p := range r.Predicates {
			for _, c := range g.Bunches[Bond{id, p}].Claims {
				other := c.To
				if other == id {
					other = c.From
				}
				if !seen[other] && (len(r.Through) == 0 || slices.Contains(r.Through, c.Value)) {
					seen[other] = true
					far = append(far, other)
				}
			}
		}
	}
	return far
}

// Bunch sorts claims that a store read for reaches into the bonds they are of. It walks the reaches as the store did, so that
// bonds without claims are known to have none. whole and lean have no order, and may have a claim more than once; what
// is wanted lean is looked for in both.
func (g *Gathered) Bunch(ids []string, reaches []Reach, whole, lean []Claim) {
	// Claims are looked for at either end.
	index := func(lists ...[]Claim) map[Bond][]*Claim {
		found := map[Bond][]*Claim{}
		for _, claims := range lists {
			for i := range claims {
				c := &claims[i]
				at := Bond{c.From, c.Predicate}
				found[at] = append(found[at], c)
				if c.To != c.From {
					at.ID = c.To
					found[at] = append(found[at], c)
				}
			}
		}
		return found
	}
	wholes, either := index(whole), (map[Bond][]*Claim)(nil)
	var walk func(ids []string, reaches []Reach)
	walk = func(ids []string, reaches []Reach) {
		for i := range reaches {
			r := &reaches[i]
			from := wholes
			if !r.Words {
				if either == nil {
					either = index(whole, lean)
				}
				from = either
			}
			for _, id := range ids {
				for _, p := range r.Predicates {
					b := Bond{id, p}
					if had, ok := g.Bunches[b]; ok && (had.Whole || !r.Words) {
						continue
					}
					found := from[b]
					slices.SortFunc(found, NewestFirst)
					g.Bunches[b] = Bunch{Claims: slices.CompactFunc(found, func(x, y *Claim) bool { return x.ID == y.ID }), Whole: r.Words}
				}
			}
			if len(r.Then) > 0 {
				walk(g.FarEnds(ids, r), r.Then)
			}
		}
	}
	walk(ids, reaches)
}

// Part is the part of g that reaches want of some of the things that it was gathered for.
func (g *Gathered) Part(ids []string, reaches []Reach) *Gathered {
	part := NewGathered()
	things := func(ids []string) (own []string) {
		for _, id := range ids {
			if t := g.Things[id]; t != nil {
				part.Things[id], part.Things[t.ID] = t, t
				own = append(own, t.ID)
			}
		}
		return own
	}
	var walk func(ids []string, reaches []Reach)
	walk = func(ids []string, reaches []Reach) {
		for i := range reaches {
			r := &reaches[i]
			for _, id := range ids {
				for _, p := range r.Predicates {
					b := Bond{id, p}
					bunch, ok := g.Bunches[b]
					if !ok {
						continue
					}
					part.Bunches[b] = bunch
					for _, c := range bunch.Claims {
						if a := g.Articles[c.Article]; r.Sources && a != nil {
							part.Articles[c.Article] = a
						}
					}
				}
			}
			if r.Ends {
				things(g.FarEnds(ids, &Reach{Predicates: r.Predicates}))
			}
			if len(r.Then) > 0 {
				walk(g.FarEnds(ids, r), r.Then)
			}
		}
	}
	walk(things(ids), reaches)
	return part
}

// A Source is what [GatherByLevel] asks: a [Store], or one state of it.
type Source interface {
	Things(ctx context.Context, ids []string, at Date) ([]*Thing, error)
	Claims(ctx context.Context, q ClaimQuery) ([]ClaimPage, error)
	Articles(ctx context.Context, ids []string, at Date, withText bool) ([]*Article, error)
}

// GatherByLevel gives what [Store.Gather] does, asking claims, things and articles level by level. It is for stores to which
// each question costs little.
func GatherByLevel(ctx context.Context, s Source, ids []string, at Date, reaches []Reach) (*Gathered, error) {
	found, err := s.Things(ctx, ids, at)
	if err != nil {
		return nil, err
	}
	g, err := GatherOf(ctx, s, found, at, reaches)
	if err != nil {
		return nil, err
	}
	for i, t := range found {
		if t != nil {
			g.Things[ids[i]] = t
		}
	}
	return g, nil
}

// GatherOf is [GatherByLevel] of things that are known, some of which may be nil.
func GatherOf(ctx context.Context, s Source, things []*Thing, at Date, reaches []Reach) (*Gathered, error) {
	g := NewGathered()
	var found, ends, sources []string
	for _, t := range things {
		if t != nil {
			g.Things[t.ID] = t
			found = append(found, t.ID)
		}
	}
	var level func(ids []string, reaches []Reach) error
	level = func(ids []string, reaches []Reach) error {
		for i := range reaches {
			r := &reaches[i]
			if err := g.ask(ctx, s, ids, at, r); err != nil {
				return err
			}
			if r.Sources {
				for _, id := range ids {
					for _, p := range r.Predicates {
						for _, c := range g.Bunches[Bond{id, p}].Claims {
							sources = append(sources, c.Article)
						}
					}
				}
			}
			far := g.FarEnds(ids, r)
			if r.Ends {
				ends = append(ends, g.FarEnds(ids, &Reach{Predicates: r.Predicates})...)
			}
			if len(r.Then) > 0 && len(far) > 0 {
				if err := level(far, r.Then); err != nil {
					return err
				}
			}
		}
		return nil
	}
	if err := level(Set(found...), reaches); err != nil {
		return nil, err
	}
	ends = slices.DeleteFunc(Set(ends...), func(id string) bool { return g.Things[id] != nil })
	find := s.Things
	if e, ok := s.(interface {
		// Ends gives things that claims which stand at the day lead to: they exist, under these ids.
		Ends(ctx context.Context, ids []string, at Date) ([]*Thing, error)
	}); ok {
		find = e.Ends
	}
	far, err := find(ctx, ends, at)
	if err != nil {
		return nil, err
	}
	for i, t := range far {
		if t != nil && t.ID == ends[i] {
			g.Things[t.ID] = t
		}
	}
	sources = Set(sources...)
	articles, err := s.Articles(ctx, sources, at, false)
	if err != nil {
		return nil, err
	}
	for i, a := range articles {
		if a != nil {
			g.Articles[sources[i]] = a
		}
	}
	return g, nil
}

// ask gets the claims of one reach that are not there yet.
func (g *Gathered) ask(ctx context.Context, s Source, ids []string, at Date, r *Reach) error {
	var missing []string
	for _, id := range ids {
		if slices.ContainsFunc(r.Predicates, func(p Predicate) bool {
			had, ok := g.Bunches[Bond{id, p}]
			return !ok || r.Words && !had.Whole
		}) {
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	pages, err := s.Claims(ctx, ClaimQuery{IDs: missing, Predicates: r.Predicates, At: at, Lean: !r.Words, Page: Page{Limit: -1}})
	if err != nil {
		return err
	}
	for i, id := range missing {
		bunches := map[Predicate][]*Claim{}
		for _, c := range pages[i].Claims {
			bunches[c.Predicate] = append(bunches[c.Predicate], c)
		}
		for _, p := range r.Predicates {
			g.put(Bond{id, p}, Bunch{bunches[p], r.Words})
		}
	}
	return nil
}
