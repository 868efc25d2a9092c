package neo4j

import (
	"context"
	"errors"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"spillover/ledger"
)

// kept is how many changes the change log keeps.
const kept = 1000

const (
	// Writers of all processes queue for this node. A lock is only sure to be held after the statement that takes it.
	lockGraph = `MATCH (g:Graph {key: 'graph'}) SET g.locked = true`

	// Readers are told that a commit begins, and that it has ended. Neo4j makes a commit visible bit by bit, its revision
	// maybe first, so each is a transaction of its own, and on a node of its own, because :Graph is locked.
	beginCommit = `
		MERGE (c:Graph {key: 'commit'}) ON CREATE SET c.ended = 0, c.begun = 0
		SET c.begun = c.begun + 1
		RETURN c.begun`

	endCommit = `
		MATCH (c:Graph {key: 'commit'}) WHERE c.ended < $q.number
		SET c.ended = $q.number
		RETURN c.ended`

	// The change gets its revision, and the log loses its oldest.
	logChange = `
		MATCH (g:Graph {key: 'graph'})
		SET g.revision = g.revision + 1
		CREATE (:Change {revision: g.revision, ids: $q.ids})
		WITH g.revision - $q.kept AS oldest
		MATCH (c:Change) WHERE c.revision <= oldest
		DELETE c`

	// The mentions that have any of the keys.
	mentionsByKey = `
		UNWIND $q.asked AS key
		MATCH (:MentionKey {key: key})<-[:HAS_KEY]-(m:Mention)
		WITH DISTINCT m
		RETURN m.mention ORDER BY m.id`

	// The mentions that have any of the ids.
	mentionsByID = `
		UNWIND $q.asked AS id
		MATCH (m:Thing {id: id}) WHERE m:Mention
		RETURN m.mention ORDER BY m.id`

	// The articles that contribute any of the things.
	articlesAbout = `
		UNWIND $q.asked AS id
		MATCH (:Thing {id: id})<-[:MENTIONS]-(a:Article)
		WITH DISTINCT a.id AS article
		RETURN article ORDER BY article`
)

var (
	// The record of each article.
	recordsOf = `
		UNWIND range(0, size($q.ids) - 1) AS i
		MATCH (a:Article {id: $q.ids[i]})
		RETURN i, a.text, a.sketch, a.record, ` + returnedArticle

	// Everything derived, one statement after another.
	reset = []string{
		`MATCH (v:PastVersion) DETACH DELETE v`,
		`MATCH (t:Thing) DETACH DELETE t`,
		`MATCH (k:MentionKey) DETACH DELETE k`,
		`MATCH (a:Article:Version) REMOVE a:Version, a.kind, a.name, a.sort, a.sort_start, a.date, a.date_up, a.terms, a.facets, a.standing, a.known_until`,
	}
)

// errStop ends a transaction for the reason that Update keeps.
var errStop = errors.New("stop")

// Update runs f in one transaction that excludes all other writers from its first statement.
func (s *Store) Update(ctx context.Context, f func(ledger.Tx) error) error {
	steady, stop := outlasting(ctx)
	defer stop()
	session := s.session(steady, driver.AccessModeWrite)
	defer session.Close(steady)
	var refused error // by f, on its last run
	var begun int64   // number of the last commit
	_, err := session.ExecuteWrite(steady, func(tx driver.ManagedTransaction) (any, error) {
		if refused = ctx.Err(); refused != nil {
			return nil, errStop
		}
		u := &update{store: s, tx: tx, absent: map[string]bool{}}
		if err := u.run(ctx, lockGraph, nil); err != nil {
			return nil, err
		}
		refused = f(u)
		if refused == nil && u.fault == nil && u.changed {
			u.run(ctx, logChange, map[string]any{"ids": ledger.Set(u.touched...), "kept": kept}) // a failure is the fault
		}
		switch {
		case ctx.Err() != nil: // the last moment to give up
			refused = ctx.Err()
			return nil, errStop
		case u.fault != nil: // whatever f made of it: the driver knows whether to run f again
			return nil, u.fault
		case refused != nil:
			return nil, errStop
		}
		if u.changed {
			return nil, s.mark(steady, beginCommit, nil, &begun)
		}
		return nil, nil
	}, timeout(ctx))
	if begun > 0 {
		// Where this fails, readers wait a while, once. What was written is written.
		var ended int64
		if merr := s.mark(steady, endCommit, map[string]any{"number": begun}, &ended); err != nil {
			err = errors.Join(err, merr)
		}
	}
	if err != nil && refused != nil {
		return refused
	}
	return s.failed(ctx, err, "write a change")
}

// mark runs a statement that readers look at, in a transaction of its own, and reads the number that it gives.
func (s *Store) mark(ctx context.Context, cypher string, params map[string]any, number *int64) error {
	session := s.session(ctx, driver.AccessModeWrite)
	defer session.Close(ctx)
	_, err := session.ExecuteWrite(ctx, func(tx driver.ManagedTransaction) (any, error) {
		return nil, each(ctx, tx, cypher, params, func(values []any) error { return scan(values, number) })
	})
	return err
}

// outlasting is a context that ends ten seconds after ctx, so that a commit that has begun comes to its end and is not
// left in doubt.
func outlasting(ctx context.Context) (context.Context, context.CancelFunc) {
	steady, cancel := context.WithCancel(context.WithoutCancel(ctx))
	unhook := context.AfterFunc(ctx, func() {
		select {
		case <-steady.Done():
		case <-time.After(10 * time.Second):
			cancel()
		}
	})
	return steady, func() { unhook(); cancel() }
}

// An update is the ledger.Tx of one run of an Update's function.
type update struct {
	store   *Store
	tx      driver.ManagedTransaction
	fault   error // the first of the database, as the driver gave it
	changed bool
	touched []string        // ids for the change log
	shown   []string        // things that the last Apply shows otherwise
	absent  map[string]bool // articles that Records found none of, and of which nothing was put since
}

// each calls row for every row of a statement's answer.
func (u *update) each(ctx context.Context, cypher string, params map[string]any, row func([]any) error) error {
	err := each(ctx, u.tx, cypher, params, row)
	if err != nil && u.fault == nil {
		u.fault = err
	}
	return err
}

// run runs a statement without an answer.
func (u *update) run(ctx context.Context, cypher string, params map[string]any) error {
	return u.each(ctx, cypher, params, func([]any) error { return nil })
}

// Records gives the record of each article.
func (u *update) Records(ctx context.Context, articles []string) ([]*ledger.Record, error) {
	records := make([]*ledger.Record, len(articles))
	err := u.each(ctx, recordsOf, map[string]any{"ids": texts(articles)}, func(values []any) error {
		i, r, err := scanRecord(values)
		if err == nil {
			records[i] = r
		}
		return err
	})
	for i, id := range articles {
		if err == nil && records[i] == nil {
			u.absent[id] = true
		}
	}
	return records, u.store.failed(ctx, err, "read records")
}

// MentionsByKey gives the mentions that have any of the keys.
func (u *update) MentionsByKey(ctx context.Context, keys []string) ([]ledger.Mention, error) {
	return u.mentions(ctx, mentionsByKey, keys)
}

// MentionsByID gives the mentions that there are among ids.
func (u *update) MentionsByID(ctx context.Context, ids []string) ([]ledger.Mention, error) {
	return u.mentions(ctx, mentionsByID, ids)
}

func (u *update) mentions(ctx context.Context, cypher string, asked []string) ([]ledger.Mention, error) {
	var mentions []ledger.Mention
	err := u.each(ctx, cypher, map[string]any{"asked": ledger.Set(asked...)}, func(values []any) error {
		m, err := scanJSON[ledger.Mention](values)
		mentions = append(mentions, m)
		return err
	})
	return mentions, u.store.failed(ctx, err, "read mentions")
}

// ArticlesAbout gives the ids of the articles whose records contribute any of the things.
func (u *update) ArticlesAbout(ctx context.Context, things []string) ([]string, error) {
	var articles []string
	err := u.each(ctx, articlesAbout, map[string]any{"asked": ledger.Set(things...)}, func(values []any) error {
		var id string
		err := scan(values, &id)
		articles = append(articles, id)
		return err
	})
	return articles, u.store.failed(ctx, err, "read what articles are about")
}

// Judgements gives all judgements.
func (u *update) Judgements(ctx context.Context) ([]ledger.Judgement, error) {
	all, err := judgements(ctx, u.tx)
	if err != nil && u.fault == nil {
		u.fault = err
	}
	return all, u.store.failed(ctx, err, "read judgements")
}

// Things gives the thing of each id.
func (u *update) Things(ctx context.Context, ids []string) ([]*ledger.Thing, error) {
	found, err := things(ids, ledger.Undated, func(cypher string, params map[string]any, row func([]any) error) error {
		return u.each(ctx, cypher, params, row)
	})
	return found, u.store.failed(ctx, err, "read things")
}

// Reset drops all that is derived.
func (u *update) Reset(ctx context.Context) error {
	for _, cypher := range reset {
		if err := u.run(ctx, cypher, nil); err != nil {
			return u.store.failed(ctx, err, "reset")
		}
	}
	u.changed = true
	return nil
}

// Apply writes a change.
func (u *update) Apply(ctx context.Context, c *ledger.Change) error {
	if c.Empty() {
		return nil
	}
	u.changed = true
	return u.store.failed(ctx, u.apply(ctx, c), "write a change")
}
