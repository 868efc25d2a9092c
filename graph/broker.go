package graph

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"spillover/ledger"
)

// How long a change by another process may go unnoticed, and how far a subscriber may lag behind.
const (
	lookEvery = time.Second
	backlog   = 16 // messages

	mostSubscribers = 1000
)

// A broker tells subscribers of changes. While it has any, one goroutine asks the store for the changes since the last
// look, every second and at once after a change of our own.
type broker struct {
	store ledger.Store
	log   *slog.Logger
	every time.Duration
	now   chan struct{} // asks to look at once

	mu          sync.Mutex
	subscribers map[*subscriber]struct{}
	running     bool // whether run is
}

// A subscriber is sent the changes that it asked for.
type subscriber struct {
	since int64           // the revision when it came
	kinds []ledger.Kind   // nil is all
	ids   map[string]bool // nil is all
	out   chan *GraphChange
	end   *ending
}

func newBroker(store ledger.Store, log *slog.Logger) *broker {
	return &broker{store: store, log: log, every: lookEvery, now: make(chan struct{}, 1), subscribers: map[*subscriber]struct{}{}}
}

// look asks the broker to look for changes at once. It does not wait.
func (b *broker) look() {
	select {
	case b.now <- struct{}{}:
	default: // it is about to look
	}
}

// subscribe sends changes from now on until ctx ends or the subscriber lags behind; then it closes the channel.
func (b *broker) subscribe(ctx context.Context, kinds []ledger.Kind, ids []string) (<-chan *GraphChange, error) {
	s := &subscriber{kinds: kinds, out: make(chan *GraphChange, backlog), end: endingOf(ctx, endingKey)}
	if ids != nil {
		s.ids = map[string]bool{}
		// An id that was merged stands for what it was merged into, whose changes are logged under its own id.
		found, err := view{store: b.store, at: ledger.Undated}.loadThings(ctx, ids)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			s.ids[id] = true
			if t := found.asked[id]; t != nil {
				s.ids[t.ID] = true
			}
		}
	}
	var err error
	if s.since, err = b.store.Revision(ctx); err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.subscribers) >= mostSubscribers {
		return nil, ledger.Errorf(ledger.TooLarge, "there are %d subscriptions, and no more are answered; try again later", mostSubscribers)
	}
	b.subscribers[s] = struct{}{}
	if !b.running {
		b.running = true
		go b.run(s.since)
	}
	context.AfterFunc(ctx, func() { b.drop(s) })
	return s.out, nil
}

// drop closes a subscriber's channel, once.
func (b *broker) drop(s *subscriber) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.close(s)
}

func (b *broker) close(s *subscriber) {
	if _, ok := b.subscribers[s]; ok {
		delete(b.subscribers, s)
		close(s.out)
		if len(b.subscribers) == 0 {
			b.look() // wakes run, so that it ends
		}
	}
}

// run looks for changes after revision as long as there are subscribers.
func (b *broker) run(revision int64) {
	ctx := context.Background() // it outlives the request that began it
	tick := time.NewTicker(b.every)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-b.now:
		}
		b.mu.Lock()
		b.running = len(b.subscribers) > 0
		going := b.running
		b.mu.Unlock()
		if !going {
			return
		}
		next, err := b.tell(ctx, revision)
		if err != nil {
			b.log.LogAttrs(ctx, slog.LevelWarn, "looking for changes failed; trying again", slog.Any("error", err))
			continue
		}
		revision = next
	}
}

// tell sends what changed after a revision and gives the newest.
func (b *broker) tell(ctx context.Context, since int64) (int64, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*b.every)
	defer cancel()
	revision, err := b.store.Revision(ctx)
	if err != nil || revision == since {
		return since, err
	}
	changes, ok, err := b.store.Changes(ctx, since)
	if err != nil {
		return since, err
	}
	if !ok { // more than the store remembers: anything may have changed
		changes = []ledger.GraphChange{{Revision: revision}}
	}
	for _, change := range changes {
		b.send(change, !ok)
		since = change.Revision
	}
	return since, nil
}

// kindsByPrefix are the kinds of thing by the first part of their ids, which says it also of what is no longer there.
var kindsByPrefix = map[string]ledger.Kind{
	"council": ledger.Council, "arrangement": ledger.SharedArrangement, "incident": ledger.Incident,
	"actor": ledger.ThreatActor, "agency": ledger.Agency, "official": ledger.Official,
}

// send tells everyone who asked for it of one change. Where everything may have changed, everyone is told.
func (b *broker) send(change ledger.GraphChange, everything bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for s := range b.subscribers {
		if change.Revision <= s.since {
			continue
		}
		message := &GraphChange{Revision: int(change.Revision), Ids: []string{}, Kinds: []ledger.Kind{}}
		for _, id := range change.IDs {
			prefix, _, _ := strings.Cut(id, ":")
			kind := kindsByPrefix[prefix]
			if s.ids != nil && !s.ids[id] || s.kinds != nil && !slices.Contains(s.kinds, kind) {
				continue
			}
			message.Ids = append(message.Ids, id)
			if kind != "" && !slices.Contains(message.Kinds, kind) {
				message.Kinds = append(message.Kinds, kind)
			}
		}
		if len(message.Ids) == 0 && !everything {
			continue
		}
		slices.Sort(message.Kinds)
		select {
		case s.out <- message:
		default:
			s.end.late.Store(true) // waiting for it would hold up the others
			b.close(s)
		}
	}
}
