// Package cache keeps what was read of a store for as long as the graph does not change.
//
// It keeps reads: the thing of an id, the claims of a predicate at it, an article, a page of a list. So questions that differ share
// what they have in common. And it keeps what others made of reads, whole answers, so that who asks again gets the same without
// more ado; both share the bytes that there are for it. All that is kept belongs to a generation; a write through this
// store ends the generation before it returns, and one by another process is seen by a look at the revision, which happens
// at most twice and at least once a second while there are questions. So an answer is exact for this program's own
// writes, and at most a second behind another's.
//
// What it gives is shared by all who asked: it must not be changed.
package cache

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"

	"spillover/ledger"
)

// How old the last look at the revision may be: from soon on one question looks and others go on, after late all wait.
const (
	soon = 500 * time.Millisecond
	late = time.Second
)

// A Store is a store whose reads are kept. Make it with New.
type Store struct {
	ledger.Store
	kept *otter.Cache[key, any]
	now  func() time.Time

	generation atomic.Int64
	looked     atomic.Int64 // when the revision was looked at last, in nanoseconds; 0 asks for a look
	revision   atomic.Int64 // what it was
	looking    sync.Mutex   // held by who looks, and by who ends a generation

	writing      atomic.Int64 // writes of this program that are under way: what is read meanwhile is not kept
	hits, misses atomic.Uint64
}

// A sort tells what is kept under a key.
type sort byte

const (
	thing sort = iota
	bunch
	article
	span
	whole // the answer to a whole question, whose text is the id
	made  // what was made of reads, see Answer
)

type key struct {
	generation int64
	sort       sort
	at         ledger.Date
	id         string
	predicate  ledger.Predicate
}

// New keeps reads of a store in at most so many bytes, about.
func New(store ledger.Store, bytes int64) *Store {
	return &Store{Store: store, now: time.Now, kept: otter.Must(&otter.Options[key, any]{MaximumWeight: uint64(bytes), Weigher: weigh})}
}

// Stats are how many reads were answered from what is kept and how many were not, and the size of what is kept in bytes.
func (s *Store) Stats() (hits, misses, bytes uint64) {
	s.kept.CleanUp()
	return s.hits.Load(), s.misses.Load(), s.kept.WeightedSize()
}

// current is the generation that a question may read, after a look at the revision where the last one is old.
func (s *Store) current(ctx context.Context) (int64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	age := s.now().UnixNano() - s.looked.Load()
	switch {
	case age < int64(soon):
		return s.generation.Load(), nil
	case age < int64(late):
		if !s.looking.TryLock() {
			return s.generation.Load(), nil
		}
	default:
		s.looking.Lock()
	}
	defer s.looking.Unlock()
	began := s.now().UnixNano()
	if began-s.looked.Load() >= int64(soon) { // or else another question looked meanwhile
		revision, err := s.Store.Revision(ctx)
		if err != nil {
			return 0, err
		}
		if s.revision.Swap(revision) != revision {
			s.end()
		}
		s.looked.Store(began)
	}
	return s.generation.Load(), nil
}

// end ends the generation.
func (s *Store) end() {
	s.generation.Add(1)
	s.kept.InvalidateAll()
}

// Update runs f as the store does, and ends the generation before it returns, whatever came of it. While it runs nothing is
// kept: what is read then may be of before or of after, and a generation is of one state.
func (s *Store) Update(ctx context.Context, f func(ledger.Tx) error) error {
	s.writing.Add(1)
	defer func() {
		defer s.writing.Add(-1)
		s.looking.Lock()
		defer s.looking.Unlock()
		s.looked.Store(0)
		s.end()
	}()
	return s.Store.Update(ctx, f)
}

// Revision is the revision at the last look.
func (s *Store) Revision(ctx context.Context) (int64, error) {
	if _, err := s.current(ctx); err != nil {
		return 0, err
	}
	return s.revision.Load(), nil
}

// keeper is set before a read; it keeps what was read, unless this program wrote meanwhile.
func (s *Store) keeper(generation int64) func(key, any) {
	steady := s.writing.Load() == 0
	return func(k key, value any) {
		if steady && s.writing.Load() == 0 && s.generation.Load() == generation {
			s.kept.Set(k, value)
		}
	}
}

func get[T any](s *Store, k key) (T, bool) {
	value, ok := s.kept.GetIfPresent(k)
	if !ok {
		s.misses.Add(1)
		var none T
		return none, false
	}
	s.hits.Add(1)
	return value.(T), true
}

// mostIDs is how many ids a question may have to be kept: one of more is a walk over the graph, which would push out what others
// ask again and again.
const mostIDs = 1000

// each answers for ids where all are kept; or else it asks for all, so that they are of one state.
func each[T any](ctx context.Context, s *Store, sort sort, ids []string, at ledger.Date, ask func(ids []string) ([]T, error)) ([]T, error) {
	if len(ids) > mostIDs {
		return ask(ids)
	}
	generation, err := s.current(ctx)
	if err != nil {
		return nil, err
	}
	keep := s.keeper(generation)
	found := make([]T, len(ids))
	for i, id := range ids {
		var ok bool
		if found[i], ok = get[T](s, key{generation, sort, at, id, ""}); ok {
			continue
		}
		if found, err = ask(ids); err != nil {
			return nil, err
		}
		for i, id := range ids {
			keep(key{generation, sort, at, id, ""}, found[i])
		}
		break
	}
	return found, nil
}

// once answers a whole question.
func once[T any](ctx context.Context, s *Store, question any, ask func() (T, error)) (T, error) {
	generation, err := s.current(ctx)
	if err != nil {
		var none T
		return none, err
	}
	keep := s.keeper(generation)
	k := key{generation: generation, sort: whole, id: text(question)}
	if value, ok := get[T](s, k); ok {
		return value, nil
	}
	value, err := ask()
	if err == nil {
		keep(k, value)
	}
	return value, err
}

// Answer gives what is kept as the answer to a question, nil where nothing is. What is then made of reads of this store keep
// keeps, as they are kept: unless something was written meanwhile. An answer must not depend on anything else.
func (s *Store) Answer(ctx context.Context, question string) (answer []byte, keep func([]byte), err error) {
	generation, err := s.current(ctx)
	if err != nil {
		return nil, nil, err
	}
	k := key{generation: generation, sort: made, id: question}
	if answer, ok := get[[]byte](s, k); ok {
		return answer, nil, nil
	}
	set := s.keeper(generation)
	return nil, func(answer []byte) { set(k, answer) }, nil
}

// text tells a question from all others: its type and all its fields, with what they point to.
func text(question any) string { return fmt.Sprintf("%T %#v", question, question) }

// Things gives the thing of each id.
func (s *Store) Things(ctx context.Context, ids []string, at ledger.Date) ([]*ledger.Thing, error) {
	return each(ctx, s, thing, ids, at, func(ids []string) ([]*ledger.Thing, error) { return s.Store.Things(ctx, ids, at) })
}

// Spans gives the first and last day of what was claimed of each thing.
func (s *Store) Spans(ctx context.Context, ids []string, at ledger.Date) ([]ledger.SpanOf, error) {
	return each(ctx, s, span, ids, at, func(ids []string) ([]ledger.SpanOf, error) { return s.Store.Spans(ctx, ids, at) })
}

// Articles gives the article of each id. Texts are not kept: they are long, and seldom asked for.
func (s *Store) Articles(ctx context.Context, ids []string, at ledger.Date, withText bool) ([]*ledger.Article, error) {
	if withText {
		return s.Store.Articles(ctx, ids, at, true)
	}
	return each(ctx, s, article, ids, at, func(ids []string) ([]*ledger.Article, error) { return s.Store.Articles(ctx, ids, at, false) })
}

// A paging is a page as a part of a question: what its pointers point to.
type paging struct {
	ledger.Page
	after, before ledger.Cursor
}

func pagingOf(p *ledger.Page) paging {
	q := paging{Page: *p}
	if p.After != nil {
		q.after = *p.After
	}
	if p.Before != nil {
		q.before = *p.Before
	}
	q.Page.After, q.Page.Before = nil, nil
	return q
}

// List gives one page of the things of one kind.
func (s *Store) List(ctx context.Context, q ledger.ListQuery) (*ledger.ListPage, error) {
	question := struct {
		ledger.ListQuery
		paging
	}{q, pagingOf(&q.Page)}
	question.ListQuery.Page, question.Then = ledger.Page{}, nil
	generation, err := s.current(ctx)
	if err != nil {
		return nil, err
	}
	keep := s.keeper(generation)
	k := key{generation: generation, sort: whole, id: text(question)}
	if page, ok := get[*ledger.ListPage](s, k); ok {
		return page, nil
	}
	page, err := s.Store.List(ctx, q)
	if err != nil {
		return nil, err
	}
	if page.Gathered != nil {
		s.keepGathered(keep, generation, q.At, page.Gathered)
	}
	bare := *page // what was gathered is kept beside, for others too
	bare.Gathered = nil
	keep(k, &bare)
	return page, nil
}

// Search gives things by words.
func (s *Store) Search(ctx context.Context, q ledger.SearchQuery) (*ledger.ListPage, error) {
	question := struct {
		ledger.SearchQuery
		paging
	}{q, pagingOf(&q.Page)}
	question.SearchQuery.Page = ledger.Page{}
	return once(ctx, s, question, func() (*ledger.ListPage, error) { return s.Store.Search(ctx, q) })
}

// Claims gives claims of ids, or of the whole graph.
func (s *Store) Claims(ctx context.Context, q ledger.ClaimQuery) ([]ledger.ClaimPage, error) {
	if len(q.IDs)+len(q.Claims) > mostIDs {
		return s.Store.Claims(ctx, q)
	}
	question := struct {
		ledger.ClaimQuery
		paging
	}{q, pagingOf(&q.Page)}
	question.ClaimQuery.Page = ledger.Page{}
	return once(ctx, s, question, func() ([]ledger.ClaimPage, error) { return s.Store.Claims(ctx, q) })
}

// Tally counts the things of a list.
func (s *Store) Tally(ctx context.Context, q ledger.ListQuery, names []string) (*ledger.Tally, error) {
	q.Page = ledger.Page{}
	question := struct {
		tally ledger.ListQuery
		names []string
	}{q, names}
	return once(ctx, s, question, func() (*ledger.Tally, error) { return s.Store.Tally(ctx, q, names) })
}

// Counts gives the number of things of each kind, and of claims.
func (s *Store) Counts(ctx context.Context, at ledger.Date) (map[string]int, error) {
	return once(ctx, s, struct{ counts ledger.Date }{at}, func() (map[string]int, error) { return s.Store.Counts(ctx, at) })
}

// Mentions gives the mention of each id.
func (s *Store) Mentions(ctx context.Context, ids []string, at ledger.Date) ([]*ledger.Mention, error) {
	if len(ids) > mostIDs {
		return s.Store.Mentions(ctx, ids, at)
	}
	question := struct {
		mentions []string
		at       ledger.Date
	}{ids, at}
	return once(ctx, s, question, func() ([]*ledger.Mention, error) { return s.Store.Mentions(ctx, ids, at) })
}
