package graph

import (
	"cmp"
	"context"
	"slices"

	"spillover/extract"
	"spillover/ledger"
)

// An Article is a text with what is known of its publication.
type Article struct {
	*ledger.Article
	among *articles
}

func (a *Article) id() string { return a.ID }

// articles are a cohort of articles, each once.
type articles struct {
	cohort
	ids  []string
	byID map[string]*ledger.Article
}

// loadArticles makes a cohort of the articles with ids, those that there are, without their texts.
func (v view) loadArticles(ctx context.Context, ids []string) (*articles, error) {
	s := &articles{cohort: cohort{view: v}, byID: map[string]*ledger.Article{}}
	ids = ledger.Set(ids...)
	if len(ids) == 0 {
		return s, nil
	}
	found, err := v.store.Articles(ctx, ids, v.at, false)
	if err != nil {
		return nil, err
	}
	for _, a := range found {
		if a != nil {
			s.ids = append(s.ids, a.ID)
			s.byID[a.ID] = a
		}
	}
	return s, nil
}

// article is the member with an id, nil where there is none.
func (s *articles) article(id string) *Article {
	if a := s.byID[id]; a != nil {
		return &Article{a, s}
	}
	return nil
}

// Title is its title.
func (a *Article) Title() *string { return optional(a.Article.Title) }

// Publisher is who published it.
func (a *Article) Publisher() *string { return optional(a.Article.Publisher) }

// URL is where it was published.
func (a *Article) URL() *string { return optional(a.Article.URL) }

// Byline is its reporters.
func (a *Article) Byline() []string { return orEmpty(a.Article.Byline) }

// Author is who made the claim.
func (a *Article) Author() *string { return optional(a.Article.Author) }

// Reason is why the claim was made.
func (a *Article) Reason() *string { return optional(a.Article.Reason) }

// TextSha256 is the digest of its text.
func (a *Article) TextSha256() string { return a.Digest }

// Text is its text.
func (a *Article) Text(ctx context.Context) (string, error) {
	texts, err := together(&a.among.cohort, "texts", func() (map[string]string, error) {
		found, err := a.among.store.Articles(ctx, a.among.ids, a.among.at, true)
		if err != nil {
			return nil, err
		}
		texts := map[string]string{}
		for _, a := range found {
			if a != nil {
				texts[a.ID] = a.Text
			}
		}
		return texts, nil
	})
	if err != nil {
		return "", err
	}
	text, ok := texts[a.ID]
	if !ok {
		return "", errMoved
	}
	return text, nil
}

// Refusals are the runs of its text that made no claim. They are not kept in the graph but read again: reading touches no
// store and gives the same each time.
func (a *Article) Refusals(ctx context.Context) ([]*extract.Refusal, error) {
	refusals := []*extract.Refusal{}
	if a.Origin != ledger.FromNews {
		return refusals, nil
	}
	text, err := a.Text(ctx)
	if err != nil {
		return nil, err
	}
	whole := *a.Article
	whole.Text = text
	reading := a.among.pipeline.Read(&whole)
	for i := range reading.Refusals {
		refusals = append(refusals, &reading.Refusals[i])
	}
	return refusals, nil
}

// Claims are what it says.
func (a *Article) Claims(ctx context.Context, first *int, after *string, last *int, before *string) (*ClaimConnection, error) {
	return claimsOf(ctx, &a.among.cohort, a.among.ids, a.ID, ledger.MadeBy, pageArgs{first, after, last, before})
}

// Incidents are those that its claims are about.
func (a *Article) Incidents(ctx context.Context) ([]*Incident, error) {
	type found struct {
		*things
		of map[string][]string
	}
	all, err := together(&a.among.cohort, "incidents", func() (found, error) {
		f := found{of: map[string][]string{}}
		pages, err := a.among.store.Claims(ctx, ledger.ClaimQuery{IDs: a.among.ids, Towards: ledger.MadeBy, At: a.among.at, Page: ledger.Page{Limit: -1}})
		if err != nil {
			return f, err
		}
		var ids []string
		for i, id := range a.among.ids {
			f.of[id] = incidentsOf(pages[i].Claims)
			ids = append(ids, f.of[id]...)
		}
		f.things, err = a.among.loadThings(ctx, ids)
		return f, err
	})
	if err != nil {
		return nil, err
	}
	return all.incidents(all.of[a.ID]), nil
}

// incidentsOf is the ids of the incidents that claims are about.
func incidentsOf(claims []*ledger.Claim) []string {
	var ids []string
	for _, c := range claims {
		switch c.Predicate {
		case ledger.Impact, ledger.Attribution, ledger.DataTaken, ledger.Service:
			ids = append(ids, c.From)
		case ledger.Response, ledger.Statement:
			ids = append(ids, c.To)
		}
	}
	return ledger.Set(ids...)
}

// newestArticle orders articles as they are listed: by day downwards, the undated last, then by id.
func newestArticle(a, b *Article) int {
	return cmp.Or(cmp.Compare(b.PublishedOn, a.PublishedOn), cmp.Compare(a.ID, b.ID))
}

// reports is the articles from news that make claims of each of the cohort's incidents, newest first.
func (s *things) reports(ctx context.Context) (map[string][]*Article, error) {
	return together(&s.cohort, "articles", func() (map[string][]*Article, error) {
		ids := s.ids(ledger.Incident)
		pages, err := s.store.Claims(ctx, ledger.ClaimQuery{IDs: ids, At: s.at, Page: ledger.Page{Limit: -1}})
		if err != nil {
			return nil, err
		}
		of := map[string][]string{}
		var every []string
		for i, id := range ids {
			for _, c := range pages[i].Claims {
				of[id] = append(of[id], c.Article)
			}
			of[id] = ledger.Set(of[id]...)
			every = append(every, of[id]...)
		}
		set, err := s.loadArticles(ctx, every)
		if err != nil {
			return nil, err
		}
		found := map[string][]*Article{}
		for id, articles := range of {
			for _, article := range articles {
				if a := set.article(article); a != nil && a.Origin == ledger.FromNews {
					found[id] = append(found[id], a)
				}
			}
			slices.SortFunc(found[id], newestArticle)
		}
		return found, nil
	})
}

// Articles are those that report it. They are few enough to be paged here.
func (i *Incident) Articles(ctx context.Context, first *int, after *string, last *int, before *string) (*ArticleConnection, error) {
	page, err := pageArgs{first, after, last, before}.page(ctx)
	if err != nil {
		return nil, err
	}
	all, err := i.among.reports(ctx)
	if err != nil {
		return nil, err
	}
	return pageOf(page, all[i.ID], func(a *Article) ledger.Cursor { return ledger.Cursor{Key: string(a.PublishedOn), ID: a.ID} },
		func(a, b ledger.Cursor) int { return cmp.Or(cmp.Compare(b.Key, a.Key), cmp.Compare(a.ID, b.ID)) }), nil
}
