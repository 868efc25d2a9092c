package neo4j

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// asks has n questions wait while one that has begun is held, and gives their answers in order.
func asks(t *testing.T, n int, contexts func(i int) context.Context, run func(ctx context.Context, all []int) ([]int, error)) (answers []int, errs []error) {
	t.Helper()
	all := &together{atOnce: 1}
	begun, held := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		_, _ = ask(t.Context(), all, "a", -1, func(context.Context, []int) ([]int, error) {
			close(begun)
			<-held
			return []int{0}, nil
		})
	})
	<-begun
	answers, errs = make([]int, n), make([]error, n)
	for i := range n {
		wg.Go(func() { answers[i], errs[i] = ask(contexts(i), all, "a", i, run) })
		for waits := 0; waits <= i; { // in their order
			all.mu.Lock()
			waits = len(all.queues["a"].waiting)
			all.mu.Unlock()
		}
	}
	close(held)
	wg.Wait()
	for left := 1; left > 0; { // the last statement ends a little after its answers
		all.mu.Lock()
		left = len(all.queues)
		all.mu.Unlock()
	}
	return answers, errs
}

// What waits goes together, no more than fit, and each has its own answer.
func TestAskTogether(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var sizes []int
	answers, errs := asks(t, 20, func(int) context.Context { return t.Context() }, func(_ context.Context, all []int) ([]int, error) {
		mu.Lock()
		defer mu.Unlock()
		sizes = append(sizes, len(all))
		doubled := make([]int, len(all))
		for i, n := range all {
			doubled[i] = 2 * n
		}
		return doubled, nil
	})
	if want := []int{mostTogether, 20 - mostTogether}; !slices.Equal(sizes, want) {
		t.Errorf("statements of %v questions, want %v", sizes, want)
	}
	for i, answer := range answers {
		if answer != 2*i || errs[i] != nil {
			t.Errorf("question %d is answered %d, %v", i, answer, errs[i])
		}
	}
}

// What the database refuses is asked again by each alone: the fault may be another's.
func TestAskAloneWhereRefused(t *testing.T) {
	t.Parallel()
	answers, errs := asks(t, 3, func(int) context.Context { return t.Context() }, func(_ context.Context, all []int) ([]int, error) {
		if slices.Contains(all, 1) {
			return nil, &driver.Neo4jError{Code: "Neo.ClientError.Statement.ArgumentError"}
		}
		return all, nil
	})
	for i := range 3 {
		if refused := errs[i] != nil; refused != (i == 1) || !refused && answers[i] != i {
			t.Errorf("question %d is answered %d, %v", i, answers[i], errs[i])
		}
	}
}

// Who goes does not end what others wait for; when all have gone nothing goes on for them.
func TestAskersGo(t *testing.T) {
	t.Parallel()
	for _, stay := range []bool{true, false} {
		t.Run(fmt.Sprint("one stays ", stay), func(t *testing.T) {
			t.Parallel()
			going, gone := context.WithCancel(t.Context())
			runs := make(chan error, 1)
			answers, errs := asks(t, 3, func(i int) context.Context {
				if stay && i == 2 {
					return t.Context()
				}
				return going
			}, func(ctx context.Context, all []int) ([]int, error) {
				gone()
				if stay {
					time.Sleep(10 * time.Millisecond)
				} else {
					<-ctx.Done()
				}
				runs <- ctx.Err()
				return all, ctx.Err()
			})
			if err := <-runs; (err == nil) != stay {
				t.Errorf("the statement's context: %v", err)
			}
			for i := range 3 {
				if stays := stay && i == 2; stays && (answers[i] != i || errs[i] != nil) || !stays && !errors.Is(errs[i], context.Canceled) {
					t.Errorf("question %d is answered %d, %v", i, answers[i], errs[i])
				}
			}
		})
	}
}

// A run that panics ends neither the program nor the queue.
func TestAskPanics(t *testing.T) {
	t.Parallel()
	_, errs := asks(t, 2, func(int) context.Context { return t.Context() }, func(context.Context, []int) ([]int, error) { panic("so") })
	for i, err := range errs {
		if err == nil || !strings.Contains(err.Error(), "so") {
			t.Errorf("question %d: %v", i, err)
		}
	}
}
