package neo4j

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"spillover/ledger"
)

var (
	// The number of the last change.
	readRevision = `MATCH (g:Graph {key: 'graph'}) RETURN g.revision`

	// The numbers of the last commit that began and of the last that ended; see beginCommit.
	readMoment = `
		OPTIONAL MATCH (c:Graph {key: 'commit'})
		RETURN coalesce(c.begun, 0), coalesce(c.ended, 0)`

	// For each id the version that exists, or else the alias to follow.
	readThings = `
		UNWIND range(0, size($q.ids) - 1) AS i
		MATCH (t:Thing {id: $q.ids[i]})
		OPTIONAL MATCH (t)<-[:VERSION_OF*0..1]-(v:Version) WHERE ` + visible + `
		WITH i, v, CASE WHEN v IS NULL THEN COLLECT {
				MATCH (t)-[a:PART_OF]->(u:Thing) WHERE a.known_from <= $q.at AND $q.at < a.known_until RETURN u.id ORDER BY u.id LIMIT 1
			}[0] END AS leads
		RETURN i, leads, ` + returnedThing

	// The article of each id.
	readArticles = `
		UNWIND range(0, size($q.ids) - 1) AS i
		MATCH (a:Article {id: $q.ids[i]}) WHERE a.known_from <= $q.at
		RETURN i, CASE WHEN $q.text THEN a.text END, CASE WHEN $q.text THEN a.sketch END, ` + returnedArticle

	// The mention of each id, where its article is known.
	readMentions = `
		UNWIND range(0, size($q.ids) - 1) AS i
		MATCH (m:Thing {id: $q.ids[i]})<-[:REPORTS]-(a:Article) WHERE m:Mention AND a.known_from <= $q.at
		RETURN i, m.mention`

	// For each id the first and last day of what articles and analysts claimed of it.
	readSpans = `
		UNWIND range(0, size($q.ids) - 1) AS i
		MATCH (t:Thing {id: $q.ids[i]})-[c:` + claimTypes + `]-()
		WHERE c.known_from <= $q.at AND $q.at < c.known_until AND c.asserted_on <> ''
			AND NOT EXISTS { (a:Article {id: c.article}) WHERE a.origin = 'DATA_SET' }
		RETURN i, min(c.asserted_on), max(c.asserted_on)`

	// How many things of each kind, articles from news, and claims there are.
	readCounts = `
		MATCH (v:Version) WHERE v.kind <> 'Article' AND ` + visible + ` RETURN v.kind AS kind, count(*) AS n
		UNION ALL
		MATCH (a:Article) WHERE a.origin = 'ARTICLE' AND a.known_from <= $q.at RETURN 'Article' AS kind, count(*) AS n
		UNION ALL
		MATCH ()-[c:` + claimTypes + `]->() WHERE c.known_from <= $q.at AND $q.at < c.known_until RETURN 'Claim' AS kind, count(*) AS n`

	// A page of all records.
	readRecords = `
		MATCH (a:Article) WHERE a.id > $q.after
		RETURN 0, a.text, a.sketch, a.record, ` + returnedArticle + ` ORDER BY a.id LIMIT toInteger($q.most)`

	// All judgements.
	readJudgements = `MATCH (j:Judgement) RETURN ` + returned("j", judgementColumns) + ` ORDER BY j.id`

	// The newest revision, beside each change after $q.since that is kept.
	readChanges = `
		MATCH (g:Graph {key: 'graph'})
		OPTIONAL MATCH (c:Change) WHERE c.revision > $q.since
		RETURN g.revision, c.revision, c.ids ORDER BY c.revision`
)

// errMore is that a question takes more than one statement.
var errMore = errors.New("more to ask")

// Revision counts the changes of the graph.
func (s *Store) Revision(ctx context.Context) (int64, error) {
	var n int64
	err := s.look(ctx, "read the revision", readRevision, nil, func(values []any) error { return scan(values, &n) })
	return n, err
}

// Things gives the thing of each id. Aliases are followed for all ids at once: one statement for each step of the
// longest chain.
func (s *Store) Things(ctx context.Context, ids []string, at ledger.Date) ([]*ledger.Thing, error) {
	// Most ids are the things' own, and one look is enough.
	var looked bool
	found, err := things(ids, at, func(cypher string, params map[string]any, row func([]any) error) error {
		if looked {
			return errMore
		}
		looked = true
		return s.look(ctx, "read things", cypher, params, row)
	})
	if !errors.Is(err, errMore) {
		return found, err
	}
	err = s.read(ctx, "read things", func(tx driver.ManagedTransaction) (err error) {
		found, err = things(ids, at, func(cypher string, params map[string]any, row func([]any) error) error {
			return each(ctx, tx, cypher, params, row)
		})
		return err
	})
	return found, err
}

// things gives the thing of each id; each runs a statement.
func things(ids []string, at ledger.Date, each func(cypher string, params map[string]any, row func([]any) error) error) ([]*ledger.Thing, error) {
	things := make([]*ledger.Thing, len(ids))
	found, leads := map[string]ledger.Thing{}, map[string]string{}
	for asked := ledger.Set(ids...); len(asked) > 0; {
		var next []string
		err := each(readThings, map[string]any{"ids": asked, "at": string(at)}, func(values []any) error {
			var i int
			var to string
			var t ledger.Thing
			if err := errors.Join(scan(values[:2], &i, &to), scanThing(values[2], &t)); err != nil {
				return err
			}
			if t.ID != "" {
				found[asked[i]] = t
			} else if to != "" {
				leads[asked[i]] = to
				next = append(next, to)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		asked = slices.DeleteFunc(ledger.Set(next...), func(id string) bool {
			_, thing := found[id]
			_, alias := leads[id]
			return thing || alias
		})
	}
	for i, id := range ids {
		for range len(leads) + 1 { // and no more, so a loop gives nothing
			if t, ok := found[id]; ok {
				things[i] = &t
				break
			}
			id = leads[id]
		}
	}
	return things, nil
}

// Articles gives the article of each id.
func (s *Store) Articles(ctx context.Context, ids []string, at ledger.Date, withText bool) ([]*ledger.Article, error) {
	params := map[string]any{"ids": texts(ids), "at": string(at), "text": withText}
	articles := make([]*ledger.Article, len(ids))
	err := s.look(ctx, "read articles", readArticles, params, func(values []any) error {
		var i int
		var sketch []byte
		var a ledger.Article
		err := errors.Join(scan(values[:3], &i, &a.Text, &sketch), scanArticle(values[3], &a))
		a.Sketch = unpacked(sketch)
		articles[i] = &a
		return err
	})
	return articles, err
}

// Mentions gives the mention of each id.
func (s *Store) Mentions(ctx context.Context, ids []string, at ledger.Date) ([]*ledger.Mention, error) {
	mentions := make([]*ledger.Mention, len(ids))
	err := s.look(ctx, "read mentions", readMentions, map[string]any{"ids": texts(ids), "at": string(at)}, func(values []any) error {
		var i int
		var text string
		if err := scan(values, &i, &text); err != nil {
			return err
		}
		mentions[i] = new(ledger.Mention)
		return json.Unmarshal([]byte(text), mentions[i])
	})
	return mentions, err
}

// Spans gives the first and last day on which something was claimed of each thing.
func (s *Store) Spans(ctx context.Context, ids []string, at ledger.Date) ([]ledger.SpanOf, error) {
	spans := make([]ledger.SpanOf, len(ids))
	err := s.look(ctx, "read spans", readSpans, map[string]any{"ids": texts(ids), "at": string(at)}, func(values []any) error {
		var i int
		var span ledger.SpanOf
		err := scan(values, &i, &span.First, &span.Last)
		spans[i] = span
		return err
	})
	return spans, err
}

// Counts gives the number of things of each kind, and of claims.
func (s *Store) Counts(ctx context.Context, at ledger.Date) (map[string]int, error) {
	var counts map[string]int
	err := s.read(ctx, "count", func(tx driver.ManagedTransaction) error {
		counts = map[string]int{"Claim": 0}
		for _, k := range ledger.Kinds {
			counts[string(k)] = 0
		}
		return each(ctx, tx, readCounts, map[string]any{"at": string(at)}, func(values []any) error {
			var kind string
			var n int
			err := scan(values, &kind, &n)
			counts[kind] = n
			return err
		})
	})
	return counts, err
}

// recordsAtOnce bounds what Records holds in memory. It holds no transaction open while yield runs.
const recordsAtOnce = 32

// Records calls yield with every record.
func (s *Store) Records(ctx context.Context, yield func(*ledger.Record) error) error {
	for after := ""; ; {
		var page []*ledger.Record
		err := s.read(ctx, "read records", func(tx driver.ManagedTransaction) error {
			page = nil
			return each(ctx, tx, readRecords, map[string]any{"after": after, "most": recordsAtOnce}, func(values []any) error {
				_, r, err := scanRecord(values)
				page = append(page, r)
				return err
			})
		})
		if err != nil {
			return err
		}
		for _, r := range page {
			if err := yield(r); err != nil {
				return err
			}
		}
		if len(page) < recordsAtOnce {
			return nil
		}
		after = page[len(page)-1].Article.ID
	}
}

// scanRecord reads a row of a position, text, sketch, record and the article's columns.
func scanRecord(values []any) (position int, r *ledger.Record, err error) {
	var a ledger.Article
	var sketch []byte
	var rest string
	if err := errors.Join(scan(values[:4], &position, &a.Text, &sketch, &rest), scanArticle(values[4], &a)); err != nil {
		return 0, nil, err
	}
	a.Sketch = unpacked(sketch)
	r = new(ledger.Record)
	err = json.Unmarshal([]byte(rest), r)
	r.Article = a
	return position, r, err
}

// Judgements gives all judgements.
func (s *Store) Judgements(ctx context.Context) ([]ledger.Judgement, error) {
	var all []ledger.Judgement
	err := s.read(ctx, "read judgements", func(tx driver.ManagedTransaction) (err error) {
		all, err = judgements(ctx, tx)
		return err
	})
	return all, err
}

func judgements(ctx context.Context, tx driver.ManagedTransaction) ([]ledger.Judgement, error) {
	var all []ledger.Judgement
	err := each(ctx, tx, readJudgements, nil, func(values []any) error {
		var j ledger.Judgement
		err := scan(values, judgementFields(&j)...)
		all = append(all, j)
		return err
	})
	return all, err
}

// Changes gives the changes after a revision.
func (s *Store) Changes(ctx context.Context, since int64) (changes []ledger.GraphChange, ok bool, err error) {
	err = s.look(ctx, "read changes", readChanges, map[string]any{"since": since}, func(values []any) error {
		var newest int64
		var c ledger.GraphChange
		if err := scan(values, &newest, &c.Revision, &c.IDs); err != nil {
			return err
		}
		if ok = since >= newest-kept; ok && c.Revision > 0 {
			changes = append(changes, c)
		}
		return nil
	})
	return changes, ok, err
}
