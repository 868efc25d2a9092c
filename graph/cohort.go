package graph

import (
	"sync"

	"spillover/ingest"
	"spillover/ledger"
)

// A view is the graph as one operation sees it: a store, at a day of knowledge.
type view struct {
	store    ledger.Store
	at       ledger.Date
	pipeline *ingest.Pipeline // asked what an article says, and why mentions are one
}

// A cohort is what makes the number of store calls depend on the shape of an operation and not on the size of its
// answer. gqlgen resolves field by field and object by object: asked for the impacts of a hundred councils, it asks
// each council in turn. So every object that a resolver returns belongs to a cohort: all objects of one sort that one
// load made for the whole operation, whoever their parents are. The first object that needs, say, its impacts loads
// those of its whole cohort in one store call; the others find them there; and the objects so made, for all parents,
// are the next cohort. An operation therefore makes a fixed number of calls for each field that it names, without
// timers and whatever runs first. An object without siblings is a cohort of one.
//
// Types that embed a cohort hold the members. Loads run under [together], which is what gives each field its key.
type cohort struct {
	view

	mu    sync.Mutex
	loads map[any]*load
}

// A load is what was asked for a whole cohort, once.
type load struct {
	once  sync.Once
	value any
	err   error
}

// together runs f for the whole cohort when it is first called with key, which names a field and its arguments and can be compared, and
// gives every caller what f gave.
func together[T any](c *cohort, key any, f func() (T, error)) (T, error) {
	c.mu.Lock()
	if c.loads == nil {
		c.loads = map[any]*load{}
	}
	l := c.loads[key]
	if l == nil {
		l = &load{err: ledger.Errorf(ledger.Internal, "loading %v did not end", key)} // where f panics
		c.loads[key] = l
	}
	c.mu.Unlock()
	l.once.Do(func() { l.value, l.err = f() })
	value, _ := l.value.(T)
	return value, l.err
}
