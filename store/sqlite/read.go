package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"

	"spillover/ledger"
)

// visible is whether version v exists at the day :at.
const visible = `v.known_from <= :at AND :at < v.known_until AND (v.standing = 1
	OR EXISTS (SELECT 1 FROM claim f WHERE f.from_id = v.id AND f.known_from <= :at AND :at < f.known_until)
	OR EXISTS (SELECT 1 FROM claim t WHERE t.to_id = v.id AND t.known_from <= :at AND :at < t.known_until))`

// Revision counts the changes of the graph.
func (s *Store) Revision(ctx context.Context) (int64, error) {
	n, err := revision(ctx, reader{store: s})
	return n, s.failed(ctx, err, "read the revision")
}

func revision(ctx context.Context, q querier) (n int64, err error) {
	err = each(ctx, q, `SELECT number FROM revision`, nil, func(rows *sql.Rows) error { return rows.Scan(&n) })
	return n, err
}

// thingsText walks from each id to its thing.
const thingsText = `WITH RECURSIVE walk (position, id) AS (
			SELECT key, value FROM json_each(:ids)
			UNION
			SELECT w.position, (SELECT min(a.to_id) FROM alias a WHERE a.id = w.id AND a.known_from <= :at AND :at < a.known_until)
			FROM walk w
			WHERE w.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM version v WHERE v.id = w.id AND v.kind <> 'Article' AND ` + visible + `))
		SELECT w.position, v.doc FROM walk w CROSS JOIN version v ON v.id = w.id WHERE v.kind <> 'Article' AND ` + visible

// Things gives the thing of each id. The walk ends at a thing that exists; a loop of aliases ends because a pair of
// position and id is walked once.
func (s *Store) Things(ctx context.Context, ids []string, at ledger.Date) ([]*ledger.Thing, error) {
	found, err := things(ctx, reader{store: s}, thingsText, ids, at)
	return found, s.failed(ctx, err, "read things")
}

// endsText finds each id's own thing.
const endsText = `SELECT j.key, v.doc FROM json_each(:ids) j CROSS JOIN version v ON v.id = j.value
		WHERE v.kind <> 'Article' AND v.known_from <= :at AND :at < v.known_until`

func things(ctx context.Context, q querier, statement string, ids []string, at ledger.Date) ([]*ledger.Thing, error) {
	things := make([]*ledger.Thing, len(ids))
	err := each(ctx, q, statement,
		[]any{sql.Named("ids", list(ids)), sql.Named("at", string(at))}, func(rows *sql.Rows) error {
			var i int
			var text sql.RawBytes
			if err := rows.Scan(&i, &text); err != nil {
				return err
			}
			things[i] = new(ledger.Thing)
			return readThing(text, things[i])
		})
	if err != nil {
		return nil, err
	}
	return things, nil
}

// articlesText finds the article of each id.
const articlesText = `SELECT j.key, r.article_doc, CASE WHEN :text THEN r.text ELSE '' END, CASE WHEN :text THEN r.sketch END
		FROM json_each(:ids) j CROSS JOIN record r ON r.article = j.value WHERE r.known_from <= :at`

// Articles gives the article of each id.
func (s *Store) Articles(ctx context.Context, ids []string, at ledger.Date, withText bool) ([]*ledger.Article, error) {
	found, err := articles(ctx, reader{store: s}, ids, at, withText)
	return found, s.failed(ctx, err, "read articles")
}

func articles(ctx context.Context, q querier, ids []string, at ledger.Date, withText bool) ([]*ledger.Article, error) {
	articles := make([]*ledger.Article, len(ids))
	err := each(ctx, q, articlesText,
		[]any{sql.Named("ids", list(ids)), sql.Named("at", string(at)), sql.Named("text", withText)}, func(rows *sql.Rows) error {
			var i int
			var text sql.RawBytes
			var sketch []byte
			var a ledger.Article
			var body string
			if err := rows.Scan(&i, &text, &body, &sketch); err != nil {
				return err
			}
			if err := readArticle(text, &a); err != nil {
				return err
			}
			a.Text, a.Sketch = body, unpacked(sketch)
			articles[i] = &a
			return nil
		})
	if err != nil {
		return nil, err
	}
	return articles, nil
}

// Mentions gives the mention of each id.
func (s *Store) Mentions(ctx context.Context, ids []string, at ledger.Date) ([]*ledger.Mention, error) {
	mentions := make([]*ledger.Mention, len(ids))
	err := each(ctx, reader{store: s}, `SELECT j.key, m.doc FROM json_each(:ids) j CROSS JOIN mention m ON m.id = j.value
		CROSS JOIN record r ON r.article = m.article WHERE r.known_from <= :at`,
		[]any{sql.Named("ids", list(ids)), sql.Named("at", string(at))}, func(rows *sql.Rows) error {
			var i int
			var text sql.RawBytes
			if err := rows.Scan(&i, &text); err != nil {
				return err
			}
			mentions[i] = new(ledger.Mention)
			return json.Unmarshal(text, mentions[i])
		})
	if err != nil {
		return nil, s.failed(ctx, err, "read mentions")
	}
	return mentions, nil
}

// Spans gives the first and last day on which something was claimed of each thing.
func (s *Store) Spans(ctx context.Context, ids []string, at ledger.Date) ([]ledger.SpanOf, error) {
	spans := make([]ledger.SpanOf, len(ids))
	err := each(ctx, reader{store: s}, `WITH said (position, asserted_on, article) AS (
			SELECT j.key, c.asserted_on, c.article FROM json_each(:ids) j CROSS JOIN claim c ON c.from_id = j.value
			WHERE c.known_from <= :at AND :at < c.known_until AND c.asserted_on <> ''
			UNION ALL
			SELECT j.key, c.asserted_on, c.article FROM json_each(:ids) j CROSS JOIN claim c ON c.to_id = j.value
			WHERE c.known_from <= :at AND :at < c.known_until AND c.asserted_on <> '')
		SELECT s.position, min(s.asserted_on), max(s.asserted_on) FROM said s
		WHERE s.article NOT IN (SELECT article FROM record WHERE origin = 'DATA_SET')
		GROUP BY s.position`,
		[]any{sql.Named("ids", list(ids)), sql.Named("at", string(at))}, func(rows *sql.Rows) error {
			var i int
			var span ledger.SpanOf
			err := rows.Scan(&i, &span.First, &span.Last)
			if err == nil {
				spans[i] = span
			}
			return err
		})
	if err != nil {
		return nil, s.failed(ctx, err, "read spans")
	}
	return spans, nil
}

// Counts gives the number of things of each kind, and of claims.
func (s *Store) Counts(ctx context.Context, at ledger.Date) (map[string]int, error) {
	counts := map[string]int{"Claim": 0}
	for _, k := range ledger.Kinds {
		counts[string(k)] = 0
	}
	err := each(ctx, reader{store: s}, `SELECT v.kind, count(*) FROM version v WHERE v.kind <> 'Article' AND `+visible+` GROUP BY v.kind
		UNION ALL SELECT 'Article', count(*) FROM record WHERE origin = 'ARTICLE' AND known_from <= :at
		UNION ALL SELECT 'Claim', count(*) FROM claim WHERE known_from <= :at AND :at < known_until`,
		[]any{sql.Named("at", string(at))}, func(rows *sql.Rows) error {
			var kind string
			var n int
			err := rows.Scan(&kind, &n)
			counts[kind] = n
			return err
		})
	if err != nil {
		return nil, s.failed(ctx, err, "count")
	}
	return counts, nil
}

// recordsAtOnce bounds what Records holds in memory. It holds no transaction open while yield runs.
const recordsAtOnce = 32

// Records calls yield with every record.
func (s *Store) Records(ctx context.Context, yield func(*ledger.Record) error) error {
	for after := ""; ; {
		var page []*ledger.Record
		err := each(ctx, reader{store: s}, `SELECT 0, article_doc, sketch, doc, text FROM record WHERE article > ? ORDER BY article LIMIT ?`,
			[]any{after, recordsAtOnce}, func(rows *sql.Rows) error {
				r, err := scanRecord(rows, new(int))
				page = append(page, r)
				return err
			})
		if err != nil {
			return s.failed(ctx, err, "read records")
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

// scanRecord reads a row of a position, article_doc, sketch, doc and text.
func scanRecord(rows *sql.Rows, position *int) (*ledger.Record, error) {
	var article, rest sql.RawBytes
	var sketch []byte
	var text string
	if err := rows.Scan(position, &article, &sketch, &rest, &text); err != nil {
		return nil, err
	}
	var r ledger.Record
	if err := json.Unmarshal(rest, &r); err != nil {
		return nil, err
	}
	if err := readArticle(article, &r.Article); err != nil {
		return nil, err
	}
	r.Article.Text, r.Article.Sketch = text, unpacked(sketch)
	return &r, nil
}

// Judgements gives all judgements.
func (s *Store) Judgements(ctx context.Context) ([]ledger.Judgement, error) {
	all, err := judgements(ctx, reader{store: s})
	return all, s.failed(ctx, err, "read judgements")
}

func judgements(ctx context.Context, q querier) ([]ledger.Judgement, error) {
	var all []ledger.Judgement
	err := each(ctx, q, `SELECT doc FROM judgement ORDER BY id`, nil, func(rows *sql.Rows) error {
		j, err := scanJSON[ledger.Judgement](rows)
		all = append(all, j)
		return err
	})
	return all, err
}

// Changes gives the changes after a revision.
func (s *Store) Changes(ctx context.Context, since int64) (changes []ledger.GraphChange, ok bool, err error) {
	err = s.snapshot(ctx, func(r reader) error {
		newest, err := revision(ctx, r)
		if err != nil {
			return err
		}
		if ok = since >= newest-kept; !ok {
			return nil
		}
		return each(ctx, r, `SELECT revision, ids FROM change_log WHERE revision > ? ORDER BY revision`, []any{since}, func(rows *sql.Rows) error {
			var c ledger.GraphChange
			var ids sql.RawBytes
			if err := rows.Scan(&c.Revision, &ids); err != nil {
				return err
			}
			changes = append(changes, c)
			return json.Unmarshal(ids, &changes[len(changes)-1].IDs)
		})
	})
	if err != nil {
		return nil, false, s.failed(ctx, err, "read changes")
	}
	return changes, ok, nil
}
