package graph

import (
	"cmp"
	"context"
	"slices"

	"spillover/ingest"
	"spillover/ledger"
)

// A Mention is one article's incident.
type Mention struct {
	*ledger.Mention
	among *mentions
}

// mentions are a cohort of mentions, each once.
type mentions struct {
	cohort
	all      []*ledger.Mention
	byID     map[string]*ledger.Mention
	siblings map[string][]string // by id, the ids of all mentions of the incident, earliest first
}

// mentions are those of a cohort's incidents.
func (s *things) mentions(ctx context.Context) (*mentions, error) {
	return together(&s.cohort, "mentions", func() (*mentions, error) {
		set := &mentions{cohort: cohort{view: s.view}, byID: map[string]*ledger.Mention{}, siblings: map[string][]string{}}
		var ids []string
		for _, t := range s.all {
			ids = append(ids, t.Mentions...)
			for _, id := range t.Mentions {
				set.siblings[id] = t.Mentions
			}
		}
		ids = ledger.Set(ids...)
		if len(ids) == 0 {
			return set, nil
		}
		found, err := s.store.Mentions(ctx, ids, s.at)
		if err != nil {
			return nil, err
		}
		for _, m := range found {
			if m != nil {
				set.all = append(set.all, m)
				set.byID[m.ID] = m
			}
		}
		return set, nil
	})
}

// Mentions are its mentions, earliest first.
func (i *Incident) Mentions(ctx context.Context) ([]*Mention, error) {
	set, err := i.among.mentions(ctx)
	if err != nil {
		return nil, err
	}
	found := []*Mention{}
	for _, id := range i.Thing.Mentions {
		if m := set.byID[id]; m != nil {
			found = append(found, &Mention{m, set})
		}
	}
	return found, nil
}

// Article is the article.
func (m *Mention) Article(ctx context.Context) (*Article, error) {
	set, err := together(&m.among.cohort, "articles", func() (*articles, error) { return m.among.loadArticles(ctx, m.among.articles()) })
	if err != nil {
		return nil, err
	}
	if a := set.article(m.Mention.Article); a != nil {
		return a, nil
	}
	return nil, errMoved
}

// articles are the ids of the cohort's articles.
func (s *mentions) articles() []string {
	ids := make([]string, len(s.all))
	for i, m := range s.all {
		ids[i] = m.Article
	}
	return ledger.Set(ids...)
}

// said is what a cohort's mentions rest on.
type said struct {
	why    *ingest.Explanation
	claims map[string]*ledger.Claim
}

// said asks for the claims of the articles, for the memberships of the councils that they report struck, and for the
// judgements.
func (s *mentions) said(ctx context.Context) (said, error) {
	return together(&s.cohort, "said", func() (said, error) {
		var councils []string
		for _, m := range s.all {
			councils = append(councils, m.Struck...)
		}
		var all []*ledger.Claim
		byID := map[string]*ledger.Claim{}
		for _, q := range []ledger.ClaimQuery{
			{IDs: s.articles(), Towards: ledger.MadeBy},
			{IDs: ledger.Set(councils...), Towards: ledger.Out, Predicates: []ledger.Predicate{ledger.Membership}},
		} {
			if len(q.IDs) == 0 {
				continue
			}
			q.At, q.Page = s.at, ledger.Page{Limit: -1}
			pages, err := s.store.Claims(ctx, q)
			if err != nil {
				return said{}, err
			}
			for _, page := range pages {
				for _, c := range page.Claims {
					if _, known := byID[c.ID]; !known {
						byID[c.ID] = c
						all = append(all, c)
					}
				}
			}
		}
		judgements, err := s.store.Judgements(ctx)
		if err != nil {
			return said{}, err
		}
		return said{s.pipeline.Explain(s.all, all, judgements), byID}, nil
	})
}

// councils are those that the cohort's mentions name.
func (s *mentions) councils(ctx context.Context) (*things, error) {
	return together(&s.cohort, "councils", func() (*things, error) {
		var ids []string
		for _, m := range s.all {
			ids = append(append(ids, m.Struck...), m.Cleared...)
		}
		return s.loadThings(ctx, ids)
	})
}

// Struck are the councils that it reports struck.
func (m *Mention) Struck(ctx context.Context) ([]*Council, error) {
	return m.named(ctx, func(m *ledger.Mention) []string { return m.Struck })
}

// Cleared are the councils that it reports unaffected.
func (m *Mention) Cleared(ctx context.Context) ([]*Council, error) {
	return m.named(ctx, func(m *ledger.Mention) []string { return m.Cleared })
}

// named is councils of the mention, as those of its claims have them that still stand.
func (m *Mention) named(ctx context.Context, ids func(*ledger.Mention) []string) ([]*Council, error) {
	said, err := m.among.said(ctx)
	if err != nil {
		return nil, err
	}
	set, err := m.among.councils(ctx)
	if err != nil {
		return nil, err
	}
	return byName[*Council](set, ids(said.why.Mention(m.ID))), nil
}

// byName is the things with ids, as [pick] has them, by name.
func byName[E Entity](s *things, ids []string) []E {
	found := pick[E](s, ids)
	slices.SortFunc(found, func(a, b E) int { return cmp.Or(cmp.Compare(nameOf(a), nameOf(b)), cmp.Compare(a.id(), b.id())) })
	return slices.CompactFunc(found, func(a, b E) bool { return a.id() == b.id() })
}

// A MentionJoin is why two mentions are one incident.
type MentionJoin struct {
	why   ingest.Join
	other *Mention
	among *joins
}

// joins are a cohort of joins, those that are shown of a cohort of mentions.
type joins struct {
	cohort
	of  map[string][]*MentionJoin // by the id of a mention
	set *claims                   // the evidence of all
	by  map[string]*ledger.Claim
}

// Joins are the other mentions with which it is one, and why.
func (m *Mention) Joins(ctx context.Context, first *int) ([]*MentionJoin, error) {
	page, err := pageArgs{first: first}.page(ctx)
	if err != nil {
		return nil, err
	}
	said, err := m.among.said(ctx)
	if err != nil {
		return nil, err
	}
	all, err := together(&m.among.cohort, keyOf("joins", page.Limit), func() (*joins, error) {
		j := &joins{cohort: cohort{view: m.among.view}, of: map[string][]*MentionJoin{}, set: m.among.newClaims(), by: said.claims}
		for _, one := range m.among.all {
			shown := []*MentionJoin{}
			for _, id := range m.among.siblings[one.ID] {
				if len(shown) == page.Limit {
					break
				}
				if why, yes := said.why.Join(one.ID, id); yes {
					shown = append(shown, &MentionJoin{why, &Mention{m.among.byID[id], m.among}, j})
					for _, c := range why.Evidence {
						j.set.add([]*ledger.Claim{said.claims[c]})
					}
				}
			}
			j.of[one.ID] = shown
		}
		return j, nil
	})
	if err != nil {
		return nil, err
	}
	return all.of[m.ID], nil
}

// Mention is the other mention.
func (j *MentionJoin) Mention() *Mention { return j.other }

// Rule is by what the two are joined.
func (j *MentionJoin) Rule() string { return string(j.why.Rule) }

// Reason is the reason in words.
func (j *MentionJoin) Reason() string { return j.why.Words }

// Judgement is the analyst's.
func (j *MentionJoin) Judgement() *Judgement {
	if j.why.Judgement == nil {
		return nil
	}
	return &Judgement{j.why.Judgement}
}

// ends are the councils and arrangements that the cohort's joins rest on.
func (s *joins) ends(ctx context.Context) (*things, error) {
	return together(&s.cohort, "ends", func() (*things, error) {
		var ids []string
		for _, shown := range s.of {
			for _, j := range shown {
				ids = append(append(ids, j.why.Councils...), j.why.Arrangements...)
			}
		}
		return s.loadThings(ctx, ids)
	})
}

// Councils are the councils that it rests on.
func (j *MentionJoin) Councils(ctx context.Context) ([]*Council, error) {
	ends, err := j.among.ends(ctx)
	if err != nil {
		return nil, err
	}
	return byName[*Council](ends, j.why.Councils), nil
}

// Arrangements are the arrangements that it rests on.
func (j *MentionJoin) Arrangements(ctx context.Context) ([]*SharedArrangement, error) {
	ends, err := j.among.ends(ctx)
	if err != nil {
		return nil, err
	}
	return byName[*SharedArrangement](ends, j.why.Arrangements), nil
}

// Evidence is the claims that it rests on.
func (j *MentionJoin) Evidence() []*Claim {
	some := make([]*ledger.Claim, len(j.why.Evidence))
	for i, id := range j.why.Evidence {
		some[i] = j.among.by[id]
	}
	slices.SortFunc(some, ledger.NewestFirst)
	return j.among.set.wrap(some)
}
