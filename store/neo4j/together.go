package neo4j

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// Most of what a small statement costs is the same for one question and for ten. So questions of one sort that come while others of
// it are being answered wait, and then go together in one statement: each sees the graph as it is after it was asked. Who asks
// alone does not wait.

// mostTogether bounds what one statement is asked, and so what one answer holds.
const mostTogether = 16

// together is what is being asked of a store, by sort.
type together struct {
	atOnce int // statements of one sort
	mu     sync.Mutex
	queues map[string]*queue
}

// A queue is what waits for statements of one sort, of which some run.
type queue struct {
	running int
	waiting []*question
}

// A question waits for its answer.
type question struct {
	ctx    context.Context
	asked  any
	run    func(context.Context, []*question)
	done   chan struct{}
	answer any
	err    error
}

// ask answers a question of a sort by run, maybe with others of it. run gives an answer to each question, in their order.
func ask[Q, A any](ctx context.Context, t *together, sort string, asked Q, run func(context.Context, []Q) ([]A, error)) (answer A, err error) {
	q := &question{ctx: ctx, asked: asked, done: make(chan struct{})}
	q.run = func(ctx context.Context, some []*question) {
		all := make([]Q, len(some))
		for i, q := range some {
			all[i] = q.asked.(Q)
		}
		answers, err := run(ctx, all)
		for i, q := range some {
			if q.err = err; err == nil {
				q.answer = answers[i]
			}
		}
	}
	if at := t.enter(sort, q); at != nil {
		defer t.next(sort, at) // come what may: others wait
		q.run(ctx, []*question{q})
	} else {
		select {
		case <-q.done:
		case <-ctx.Done():
			return answer, ctx.Err()
		}
		var refused *driver.Neo4jError
		if errors.As(q.err, &refused) { // maybe for what another asked
			q.run(ctx, []*question{q})
		}
	}
	if q.err == nil {
		answer = q.answer.(A)
	}
	return answer, q.err
}

// enter gives the queue where q may run at once; else q waits there.
func (t *together) enter(sort string, q *question) *queue {
	t.mu.Lock()
	defer t.mu.Unlock()
	at := t.queues[sort]
	if at == nil {
		if t.queues == nil {
			t.queues = map[string]*queue{}
		}
		at = &queue{}
		t.queues[sort] = at
	}
	if at.running < t.atOnce {
		at.running++
		return at
	}
	at.waiting = append(at.waiting, q)
	return nil
}

// next asks what waits, in place of a statement that has ended.
func (t *together) next(sort string, at *queue) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var some []*question
	for len(at.waiting) > 0 && len(some) < mostTogether {
		if q := at.waiting[0]; q.ctx.Err() == nil {
			some = append(some, q)
		}
		at.waiting = at.waiting[1:]
	}
	if len(some) == 0 {
		if at.running--; at.running == 0 {
			delete(t.queues, sort)
		}
		return
	}
	go func() {
		ctx, cancel := whileWanted(some)
		defer func() {
			cancel()
			p := recover() // here nobody else would, and the program would end
			for _, q := range some {
				if p != nil {
					q.err = fmt.Errorf("reading together: %v\n%s", p, debug.Stack())
				}
				close(q.done)
			}
			t.next(sort, at)
		}()
		some[0].run(ctx, some)
	}()
}

// whileWanted is a context for what some ask together: until the last of them has gone.
func whileWanted(some []*question) (context.Context, context.CancelFunc) {
	var latest time.Time
	bounded := true
	for _, q := range some {
		end, ok := q.ctx.Deadline()
		bounded = bounded && ok
		if end.After(latest) {
			latest = end
		}
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(some[0].ctx))
	free := cancel
	if bounded {
		ctx, free = context.WithDeadline(ctx, latest)
	}
	var left atomic.Int32
	left.Store(int32(len(some)))
	var stops []func() bool
	for _, q := range some {
		stops = append(stops, context.AfterFunc(q.ctx, func() {
			if left.Add(-1) == 0 {
				cancel()
			}
		}))
	}
	return ctx, func() {
		for _, stop := range stops {
			stop()
		}
		free()
		cancel()
	}
}
