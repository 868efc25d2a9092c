package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"spillover/ledger"
)

// kept is how many changes the change log keeps.
const kept = 1000

// Update runs f in one transaction that excludes all other writers from its first moment.
func (s *Store) Update(ctx context.Context, f func(ledger.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return s.failed(ctx, err, "begin a change")
	}
	defer tx.Rollback() // after a failure or a panic of f; without effect after Commit
	u := &update{store: s, tx: tx, statements: map[string]*sql.Stmt{}, terms: map[int64]string{}}
	defer u.close()
	if err := f(u); err != nil {
		return err
	}
	if u.changed {
		if err := u.putTerms(ctx); err != nil {
			return s.failed(ctx, err, "write terms")
		}
		if err := u.log(ctx); err != nil {
			return s.failed(ctx, err, "log a change")
		}
	}
	return s.failed(ctx, tx.Commit(), "commit a change")
}

// An update is the ledger.Tx of one Update.
type update struct {
	store      *Store
	tx         *sql.Tx
	statements map[string]*sql.Stmt // prepared once for all rows of the update
	changed    bool
	touched    []string         // ids for the change log
	terms      map[int64]string // of versions that were put, not yet written, see putTerms
}

func (u *update) close() {
	for _, s := range u.statements {
		s.Close()
	}
}

func (u *update) prepared(ctx context.Context, text string) (*sql.Stmt, error) {
	if s, ok := u.statements[text]; ok {
		return s, nil
	}
	s, err := u.tx.PrepareContext(ctx, text)
	if err == nil {
		u.statements[text] = s
	}
	return s, err
}

func (u *update) exec(ctx context.Context, text string, args ...any) error {
	_, err := u.did(ctx, text, args...)
	return err
}

// did is how many rows a statement wrote.
func (u *update) did(ctx context.Context, text string, args ...any) (rows int64, err error) {
	s, err := u.prepared(ctx, text)
	if err != nil {
		return 0, err
	}
	result, err := s.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// insert runs an INSERT OR IGNORE, and where something is there under its key drops that and runs it again: nearly all that is
// put is new, and need not be looked for before.
func (u *update) insert(ctx context.Context, drop func() error, text string, args ...any) error {
	n, err := u.did(ctx, text, args...)
	if err != nil || n > 0 {
		return err
	}
	if err := drop(); err != nil {
		return err
	}
	return u.exec(ctx, text, args...)
}

// QueryContext makes an update a querier.
func (u *update) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	s, err := u.prepared(ctx, text)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// log gives the change its revision.
func (u *update) log(ctx context.Context) error {
	if err := u.exec(ctx, `UPDATE revision SET number = number + 1`); err != nil {
		return err
	}
	if err := u.exec(ctx, `INSERT INTO change_log SELECT number, ? FROM revision`, list(ledger.Set(u.touched...))); err != nil {
		return err
	}
	return u.exec(ctx, `DELETE FROM change_log WHERE revision <= (SELECT number FROM revision) - ?`, kept)
}

// Records gives the record of each article.
func (u *update) Records(ctx context.Context, articles []string) ([]*ledger.Record, error) {
	records := make([]*ledger.Record, len(articles))
	err := each(ctx, u, `SELECT j.key, r.article_doc, r.sketch, r.doc, r.text
		FROM json_each(?) j CROSS JOIN record r ON r.article = j.value`, []any{list(articles)}, func(rows *sql.Rows) error {
		var i int
		r, err := scanRecord(rows, &i)
		if err == nil {
			records[i] = r
		}
		return err
	})
	if err != nil {
		return nil, u.store.failed(ctx, err, "read records")
	}
	return records, nil
}

// MentionsByKey gives the mentions that have any of the keys.
func (u *update) MentionsByKey(ctx context.Context, keys []string) ([]ledger.Mention, error) {
	return u.mentions(ctx, `SELECT doc FROM mention WHERE id IN
		(SELECT k.mention FROM json_each(?) j CROSS JOIN mention_key k ON k.key = j.value) ORDER BY id`, keys)
}

// MentionsByID gives the mentions that there are among ids.
func (u *update) MentionsByID(ctx context.Context, ids []string) ([]ledger.Mention, error) {
	return u.mentions(ctx, `SELECT doc FROM mention WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`, ids)
}

func (u *update) mentions(ctx context.Context, text string, asked []string) ([]ledger.Mention, error) {
	var mentions []ledger.Mention
	err := each(ctx, u, text, []any{list(asked)}, func(rows *sql.Rows) error {
		m, err := scanJSON[ledger.Mention](rows)
		mentions = append(mentions, m)
		return err
	})
	if err != nil {
		return nil, u.store.failed(ctx, err, "read mentions")
	}
	return mentions, nil
}

// ArticlesAbout gives the ids of the articles whose records contribute any of the things.
func (u *update) ArticlesAbout(ctx context.Context, things []string) ([]string, error) {
	var articles []string
	err := each(ctx, u, `SELECT DISTINCT c.article FROM json_each(?) j CROSS JOIN contribution c ON c.thing = j.value ORDER BY c.article`,
		[]any{list(things)}, func(rows *sql.Rows) error {
			var a string
			err := rows.Scan(&a)
			articles = append(articles, a)
			return err
		})
	if err != nil {
		return nil, u.store.failed(ctx, err, "read what articles are about")
	}
	return articles, nil
}

// Judgements gives all judgements.
func (u *update) Judgements(ctx context.Context) ([]ledger.Judgement, error) {
	all, err := judgements(ctx, u)
	return all, u.store.failed(ctx, err, "read judgements")
}

// Things gives the thing of each id.
func (u *update) Things(ctx context.Context, ids []string) ([]*ledger.Thing, error) {
	found, err := things(ctx, u, thingsText, ids, ledger.Undated)
	return found, u.store.failed(ctx, err, "read things")
}

// Reset drops all that is derived.
func (u *update) Reset(ctx context.Context) error {
	for _, text := range []string{
		`DELETE FROM claim`, `DELETE FROM alias`, `DELETE FROM facet`, `DELETE FROM version`, `INSERT INTO term (term) VALUES ('delete-all')`,
		`DELETE FROM contribution`, `DELETE FROM mention_key`, `DELETE FROM mention`,
	} {
		if err := u.exec(ctx, text); err != nil {
			return u.store.failed(ctx, err, "reset")
		}
	}
	clear(u.terms)
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

func (u *update) apply(ctx context.Context, c *ledger.Change) error {
	if err := u.applyRecords(ctx, c); err != nil {
		return err
	}
	for _, id := range c.DropJudgements {
		if err := u.exec(ctx, `DELETE FROM judgement WHERE id = ?`, id); err != nil {
			return err
		}
	}
	for _, j := range c.PutJudgements {
		if err := u.exec(ctx, `INSERT OR REPLACE INTO judgement VALUES (?, ?)`, j.ID, doc(j)); err != nil {
			return err
		}
	}
	if c.Act != nil {
		if err := u.putAct(ctx, c.Act); err != nil {
			return err
		}
	}
	for i := range c.DropClaims {
		if err := u.dropClaim(ctx, &c.DropClaims[i]); err != nil {
			return err
		}
	}
	for i := range c.PutClaims {
		if err := u.putClaim(ctx, &c.PutClaims[i]); err != nil {
			return err
		}
	}
	for _, v := range c.DropVersions {
		u.touch(v.Thing.ID)
		if err := u.dropVersion(ctx, v.Thing.ID, false, v.From); err != nil {
			return err
		}
	}
	for i := range c.PutVersions {
		u.touch(c.PutVersions[i].Thing.ID)
		if err := u.putVersion(ctx, &c.PutVersions[i], false, true); err != nil {
			return err
		}
	}
	for _, a := range c.DropAliases {
		u.touch(a.ID)
		if err := u.exec(ctx, `DELETE FROM alias WHERE id = ? AND to_id = ? AND known_from = ? AND source = ?`, a.ID, a.To, string(a.From), a.Source); err != nil {
			return err
		}
	}
	for _, a := range c.PutAliases {
		u.touch(a.ID)
		if err := u.exec(ctx, `INSERT OR REPLACE INTO alias (id, to_id, known_from, known_until, source) VALUES (?, ?, ?, ?, ?)`,
			a.ID, a.To, string(a.From), string(a.Until), a.Source); err != nil {
			return err
		}
	}
	return nil
}

func (u *update) touch(ids ...string) { u.touched = append(u.touched, ids...) }

// applyRecords drops and puts records with all that is derived from single ones.
func (u *update) applyRecords(ctx context.Context, c *ledger.Change) error {
	var things []string // whose contributions changed
	for _, article := range c.DropRecords {
		if err := u.dropRecord(ctx, article, &things); err != nil {
			return err
		}
	}
	for _, r := range c.PutRecords {
		if err := u.putRecord(ctx, r, &things); err != nil {
			return err
		}
	}
	for _, id := range ledger.Set(things...) {
		if err := u.show(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

func (u *update) dropRecord(ctx context.Context, article string, things *[]string) error {
	u.touch(article)
	err := each(ctx, u, `SELECT thing FROM contribution WHERE article = ?`, []any{article}, func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		*things = append(*things, id)
		return err
	})
	if err != nil {
		return err
	}
	for _, text := range []string{
		`DELETE FROM contribution WHERE article = ?`,
		`DELETE FROM mention_key WHERE mention IN (SELECT id FROM mention WHERE article = ?)`,
		`DELETE FROM mention WHERE article = ?`,
		`DELETE FROM record WHERE article = ?`,
	} {
		if err := u.exec(ctx, text, article); err != nil {
			return err
		}
	}
	return u.dropVersions(ctx, article, true)
}

func (u *update) putRecord(ctx context.Context, r *ledger.Record, things *[]string) error {
	a, rest := r.Article, *r
	a.Text, a.Sketch, rest.Article = "", nil, ledger.Article{}
	from := string(r.Article.KnownFrom())
	u.touch(a.ID)
	drop := func() error { return u.dropRecord(ctx, a.ID, things) }
	if err := u.insert(ctx, drop, `INSERT OR IGNORE INTO record (article, known_from, origin, article_doc, sketch, doc, text) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		a.ID, from, string(a.Origin), articleDoc(&a), packed(r.Article.Sketch), doc(rest), r.Article.Text); err != nil {
		return err
	}
	for _, t := range r.Things {
		*things = append(*things, t.ID)
		if err := u.exec(ctx, `INSERT OR REPLACE INTO contribution (thing, known_from, article, doc) VALUES (?, ?, ?, ?)`, t.ID, from, a.ID, thingDoc(&t)); err != nil {
			return err
		}
	}
	for _, m := range r.Mentions {
		if err := u.exec(ctx, `INSERT OR REPLACE INTO mention (id, article, doc) VALUES (?, ?, ?)`, m.ID, a.ID, doc(m)); err != nil {
			return err
		}
		for _, k := range ledger.Set(m.Keys...) {
			if err := u.exec(ctx, `INSERT OR IGNORE INTO mention_key (key, mention) VALUES (?, ?)`, k, m.ID); err != nil {
				return err
			}
		}
	}
	v := ledger.IndexArticle(r)
	return u.putVersion(ctx, &v, true, true)
}

// show lists a thing as its earliest contributor has it, or no more where it has none.
func (u *update) show(ctx context.Context, id string) error {
	var now, then struct{ from, doc string }
	err := each(ctx, u, `SELECT known_from, doc FROM contribution WHERE thing = ? ORDER BY known_from, article LIMIT 1`, []any{id},
		func(rows *sql.Rows) error { return rows.Scan(&now.from, &now.doc) })
	if err != nil {
		return err
	}
	err = each(ctx, u, `SELECT known_from, doc FROM version WHERE id = ? AND contributed = 1`, []any{id},
		func(rows *sql.Rows) error { return rows.Scan(&then.from, &then.doc) })
	if err != nil || now == then { // most articles name councils that the gazetteer shows already
		return err
	}
	if err := u.dropVersions(ctx, id, true); err != nil || now.doc == "" {
		return err
	}
	var t ledger.Thing
	if err := readThing([]byte(now.doc), &t); err != nil {
		return fmt.Errorf("thing %s: %w", id, err)
	}
	v := ledger.Index(t, ledger.Date(now.from))
	return u.putVersion(ctx, &v, true, t.Reference)
}
