package graph

import (
	"context"
	"strings"

	"spillover/ledger"
)

// mostWords bounds the words of one text to look for.
const mostWords = 16

// words are the words of a text to look for; none where it is not given or blank.
func words(text *string) ([]string, error) {
	if text == nil || strings.TrimSpace(*text) == "" {
		return nil, nil
	}
	found := ledger.Set(ledger.Terms(*text)...)
	switch {
	case len(found) == 0:
		return nil, ledger.Errorf(ledger.Invalid, "text has no letter and no digit to look for; give at least one word or its beginning")
	case len(found) > mostWords:
		return nil, ledger.Errorf(ledger.Invalid, "text has %d words; give at most %d", len(found), mostWords)
	}
	return found, nil
}

// A narrowing is a list query as filters make it.
type narrowing struct {
	ledger.ListQuery
	err error
}

// newNarrowing begins a query for things of a kind in an order such as "DATE_DESC".
func (v view) newNarrowing(kind ledger.Kind, orderBy *string, otherwise string) *narrowing {
	if orderBy == nil {
		orderBy = &otherwise
	}
	by, direction, _ := strings.Cut(*orderBy, "_")
	order := ledger.ByName // also TITLE
	if by == "DATE" {
		order = ledger.ByDate
	}
	return &narrowing{ListQuery: ledger.ListQuery{Kind: kind, At: v.at, Order: order, Desc: direction == "DESC"}}
}

// any narrows to what has the facet with one of the values; nil narrows nothing.
func (n *narrowing) any(facet string, values []string) {
	if values == nil {
		return
	}
	group := make([]string, len(values))
	for i, value := range values {
		group[i] = facet + ":" + value
	}
	n.Facets = append(n.Facets, group)
}

func (n *narrowing) text(text *string) {
	found, err := words(text)
	n.Words = found
	if n.err == nil {
		n.err = err
	}
}

func (n *narrowing) days(since, until *ledger.Date) {
	if since != nil {
		n.Since = *since
	}
	if until != nil {
		n.Until = *until
	}
	if n.err == nil {
		n.err = inOrder(n.Since, n.Until)
	}
}

func inOrder(since, until ledger.Date) error {
	if since != "" && until != "" && until < since {
		return ledger.Errorf(ledger.Invalid, "since is %s and until %s; give a since that is not after until", since, until)
	}
	return nil
}

// slugs are names as facets have them.
func slugs(names []string) []string {
	if names == nil {
		return nil
	}
	found := []string{}
	for _, name := range names {
		found = append(found, ledger.Slug(name))
	}
	return found
}

// resolve leads ids to those of the things that they were merged into; what is not there stays as it is. It asks the
// store once for all lists of ids, and not at all where there are none.
func (v view) resolve(ctx context.Context, lists ...*[]string) (*things, error) {
	var all []string
	for _, ids := range lists {
		all = append(all, *ids...)
	}
	found, err := v.loadThings(ctx, all)
	if err != nil {
		return nil, err
	}
	for _, ids := range lists {
		if *ids == nil {
			continue
		}
		resolved := []string{}
		for _, id := range *ids {
			if t := found.asked[id]; t != nil {
				id = t.ID
			}
			resolved = append(resolved, id)
		}
		*ids = resolved
	}
	return found, nil
}

// listed is a page of the things that a query narrows to.
func listed[E Entity](ctx context.Context, v view, n *narrowing, args pageArgs) (*Connection[E], error) {
	if n.err != nil {
		return nil, n.err
	}
	gathered := false
	return browse(ctx, v, args, func(ctx context.Context, page ledger.Page) (*ledger.ListPage, error) {
		q := n.ListQuery
		q.Page, q.Then = page, reaches(ctx, []string{string(q.Kind)}, listThrough...)
		found, err := v.store.List(ctx, q)
		gathered = err == nil && found.Gathered != nil
		return found, err
	}, func(items []ledger.ListItem) ([]E, error) {
		set := v.newThings(nil)
		ids := make([]string, len(items))
		for i := range items {
			ids[i] = items[i].Thing.ID
			set.add(ids[i], &items[i].Thing)
		}
		if gathered {
			return pick[E](set, ids), nil
		}
		return pick[E](set, ids), v.gather(ctx, ids, listThrough...)
	})
}

// browse is a page of a list of the store. show makes the items as the API shows them, in their order; what is gone
// meanwhile is left out.
func browse[T Node](ctx context.Context, v view, args pageArgs, list func(context.Context, ledger.Page) (*ledger.ListPage, error),
	show func([]ledger.ListItem) ([]T, error)) (*Connection[T], error) {
	page, err := args.page(ctx)
	if err != nil {
		return nil, err
	}
	got, err := list(ctx, page)
	if err != nil {
		return nil, err
	}
	items, err := show(got.Items)
	if err != nil {
		return nil, err
	}
	places := map[string]ledger.Cursor{}
	for _, item := range got.Items {
		places[item.Thing.ID] = item.Cursor
	}
	c := newConnection(page, items, func(item T) ledger.Cursor { return places[item.id()] }, got.HasMore, got.Total)
	c.other = func(ctx context.Context, probe ledger.Page) (bool, error) {
		got, err := list(ctx, probe)
		return err == nil && len(got.Items) > 0, err
	}
	return c, nil
}

func (v view) councils(ctx context.Context, f *CouncilFilter, orderBy *string, args pageArgs) (*CouncilConnection, error) {
	n := v.newNarrowing(ledger.Council, orderBy, "NAME_ASC")
	if f != nil {
		n.any("gss", f.Gss)
		n.any("nation", f.Nation)
		n.any("region", f.Region)
		n.any("type", f.Type)
		if f.Ceased != nil && *f.Ceased {
			n.any("ceased", []string{"yes"})
		} else if f.Ceased != nil {
			n.any("ceased", []string{"no"})
		}
		n.text(f.Text)
	}
	return listed[*Council](ctx, v, n, args)
}

func (v view) sharedArrangements(ctx context.Context, f *SharedArrangementFilter, orderBy *string, args pageArgs) (*SharedArrangementConnection, error) {
	n := v.newNarrowing(ledger.SharedArrangement, orderBy, "NAME_ASC")
	if f != nil {
		n.any("kind", f.Kind)
		n.any("provider", slugs(f.Provider))
		n.text(f.Text)
	}
	return listed[*SharedArrangement](ctx, v, n, args)
}

func (v view) incidents(ctx context.Context, f *IncidentFilter, orderBy *string, args pageArgs) (*IncidentConnection, error) {
	n, err := v.narrowedIncidents(ctx, f, orderBy)
	if err != nil {
		return nil, err
	}
	return listed[*Incident](ctx, v, n, args)
}

func (v view) narrowedIncidents(ctx context.Context, f *IncidentFilter, orderBy *string) (*narrowing, error) {
	n := v.newNarrowing(ledger.Incident, orderBy, "DATE_DESC")
	if f != nil {
		councils, actors, agencies, arrangements := f.Council, f.Actor, f.Agency, f.Arrangement
		if _, err := v.resolve(ctx, &councils, &actors, &agencies, &arrangements); err != nil {
			return nil, err
		}
		n.any("kind", f.Kind)
		n.any("actor", actors)
		n.any("agency", agencies)
		n.any("arrangement", arrangements)
		n.any("nation", f.Nation)
		n.any("region", f.Region)
		if f.Impact != nil && councils != nil {
			pairs := []string{}
			for _, standing := range f.Impact {
				for _, council := range councils {
					pairs = append(pairs, standing+"@"+council)
				}
			}
			n.any("impact", pairs)
		} else {
			n.any("impact", f.Impact)
			n.any("council", councils)
		}
		n.days(f.Since, f.Until)
		n.text(f.Text)
	}
	return n, nil
}

func (v view) threatActors(ctx context.Context, f *ThreatActorFilter, orderBy *string, args pageArgs) (*ThreatActorConnection, error) {
	n := v.newNarrowing(ledger.ThreatActor, orderBy, "NAME_ASC")
	if f != nil {
		n.text(f.Text)
	}
	return listed[*ThreatActor](ctx, v, n, args)
}

func (v view) agencies(ctx context.Context, f *AgencyFilter, orderBy *string, args pageArgs) (*AgencyConnection, error) {
	n := v.newNarrowing(ledger.Agency, orderBy, "NAME_ASC")
	if f != nil {
		n.any("kind", f.Kind)
		n.text(f.Text)
	}
	return listed[*Agency](ctx, v, n, args)
}

func (v view) officials(ctx context.Context, f *OfficialFilter, orderBy *string, args pageArgs) (*OfficialConnection, error) {
	n := v.newNarrowing(ledger.Official, orderBy, "NAME_ASC")
	if f != nil {
		organisations := f.Organisation
		if _, err := v.resolve(ctx, &organisations); err != nil {
			return nil, err
		}
		n.any("organisation", organisations)
		n.text(f.Text)
	}
	return listed[*Official](ctx, v, n, args)
}

func (v view) articles(ctx context.Context, f *ArticleFilter, orderBy *string, args pageArgs) (*ArticleConnection, error) {
	n := v.newNarrowing(ledger.ArticleKind, orderBy, "DATE_DESC")
	origins := []string{string(ledger.FromNews)}
	if f != nil {
		if f.Origin != nil {
			origins = []string{}
			for _, origin := range f.Origin {
				origins = append(origins, string(origin))
			}
		}
		// Articles are filed under the ids that they use themselves, so both that one and the one it leads to may find them.
		about, incidents := f.About, f.Incident
		found, err := v.resolve(ctx, &about, &incidents)
		if err != nil {
			return nil, err
		}
		n.any("publisher", slugs(f.Publisher))
		if about != nil {
			n.any("about", ledger.Set(append(about, f.About...)...))
		}
		if incidents != nil {
			mentions := []string{}
			for _, id := range incidents {
				mentions = append(mentions, id)
				if t := found.asked[id]; t != nil {
					mentions = append(mentions, t.Mentions...)
				}
			}
			n.any("mention", mentions)
		}
		n.days(f.Since, f.Until)
		n.text(f.Text)
	}
	n.any("origin", origins)
	if n.err != nil {
		return nil, n.err
	}
	return browse(ctx, v, args, func(ctx context.Context, page ledger.Page) (*ledger.ListPage, error) {
		q := n.ListQuery
		q.Page = page
		return v.store.List(ctx, q)
	}, func(items []ledger.ListItem) ([]*Article, error) {
		ids := make([]string, len(items))
		for i := range items {
			ids[i] = items[i].Thing.ID
		}
		set, err := v.loadArticles(ctx, ids)
		if err != nil {
			return nil, err
		}
		articles := []*Article{}
		for _, id := range ids {
			if a := set.article(id); a != nil {
				articles = append(articles, a)
			}
		}
		return articles, nil
	})
}

func (v view) search(ctx context.Context, text string, kinds []ledger.Kind, args pageArgs) (*SearchConnection, error) {
	found, err := words(&text)
	if err != nil {
		return nil, err
	}
	if found == nil {
		return nil, ledger.Errorf(ledger.Invalid, "text is empty; give at least one word or its beginning")
	}
	if kinds != nil && len(kinds) == 0 {
		return nil, ledger.Errorf(ledger.Invalid, "kinds is empty; leave it out to look for all kinds")
	}
	return browse(ctx, v, args, func(ctx context.Context, page ledger.Page) (*ledger.ListPage, error) {
		return v.store.Search(ctx, ledger.SearchQuery{Words: found, Key: ledger.SortKey(text), Kinds: kinds, At: v.at, Page: page})
	}, func(items []ledger.ListItem) ([]Entity, error) {
		set := v.newThings(nil)
		ids := make([]string, len(items))
		for i := range items {
			ids[i] = items[i].Thing.ID
			set.add(ids[i], &items[i].Thing)
		}
		return pick[Entity](set, ids), v.gather(ctx, ids, listThrough...)
	})
}

func (v view) claims(ctx context.Context, f *ClaimFilter, args pageArgs) (*ClaimConnection, error) {
	q := ledger.ClaimQuery{At: v.at}
	none := false // whether a list of values is empty, so that nothing matches
	if f != nil {
		q.Predicates, q.Values = f.Predicate, f.Value
		none = f.Predicate != nil && len(f.Predicate) == 0 || f.Value != nil && len(f.Value) == 0
		if f.Article != nil {
			q.Article = *f.Article
		}
		if f.Since != nil {
			q.Since = *f.Since
		}
		if f.Until != nil {
			q.Until = *f.Until
		}
		if err := inOrder(q.Since, q.Until); err != nil {
			return nil, err
		}
		if f.About != nil {
			q.IDs = []string{*f.About}
			if _, err := v.resolve(ctx, &q.IDs); err != nil {
				return nil, err
			}
		}
	}
	page, err := args.page(ctx)
	if err != nil {
		return nil, err
	}
	list := func(ctx context.Context, page ledger.Page) (ledger.ClaimPage, error) {
		if none {
			return ledger.ClaimPage{}, nil
		}
		q := q
		q.Page = page
		pages, err := v.store.Claims(ctx, q)
		if err != nil {
			return ledger.ClaimPage{}, err
		}
		return pages[0], nil
	}
	got, err := list(ctx, page)
	if err != nil {
		return nil, err
	}
	set := v.newClaims()
	set.add(got.Claims)
	c := newConnection(page, set.wrap(got.Claims), func(c *Claim) ledger.Cursor { return ledger.ClaimCursor(c.Claim) }, got.HasMore, got.Total)
	c.other = func(ctx context.Context, probe ledger.Page) (bool, error) {
		got, err := list(ctx, probe)
		return len(got.Claims) > 0, err
	}
	return c, nil
}
