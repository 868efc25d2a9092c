package main

import (
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"slices"
	"strings"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"spillover/gazetteer"
	"spillover/identity"
	"spillover/ledger"
)

// The raw ways of loading write the rows that the pipeline comes to, worked out before the clock starts, by one statement for each
// sort of row, a thousand rows at a time, or by a prepared statement. They look for nothing that may be there, and answer for
// nothing.

// A content is what the pipeline comes to for some records.
type content struct {
	records []*ledger.Record
	shown   []ledger.Version // things by their earliest contributor, and whether they are references
	*identity.Derived
}

func contentOf(batches [][]*ledger.Record, g *gazetteer.Gazetteer, known map[string]bool) *content {
	c := &content{records: slices.Concat(batches...)}
	c.Derived = identity.Derive(c.records, nil, g)
	for _, r := range c.records {
		for _, t := range r.Things {
			if _, there := g.Thing(t.ID); !there && !known[t.ID] {
				known[t.ID] = true
				c.shown = append(c.shown, ledger.Index(t, r.Article.KnownFrom()))
			}
		}
	}
	return c
}

// row is v by its names in JSON, with more.
func row(v any, more map[string]any) map[string]any {
	m := map[string]any{}
	d := json.NewDecoder(strings.NewReader(doc(v)))
	d.UseNumber()
	if err := d.Decode(&m); err != nil {
		panic(err) // the ledger's nouns can always be written and read
	}
	for name, value := range m {
		if n, ok := value.(json.Number); ok {
			m[name], _ = n.Int64()
		}
	}
	for name, value := range more {
		m[name] = value
	}
	return m
}

func doc(v any) string { return string(body(v)) }

// sketchBytes is a sketch as stores keep it.
func sketchBytes(sketch []uint32) (b []byte) {
	for _, n := range sketch {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	return b
}

// rest is a record without its article, and the article without what is kept beside.
func rest(r *ledger.Record) (ledger.Record, ledger.Article) {
	without, a := *r, r.Article
	without.Article, a.Text, a.Sketch = ledger.Article{}, "", nil
	return without, a
}

func versionRow(v *ledger.Version) map[string]any {
	up := v.Date
	if up == "" {
		up = "~"
	}
	return row(v.Thing, map[string]any{"packed_thing": ledger.PackThing(&v.Thing), "known_from": v.From, "known_until": v.Until, "sort": v.Sort,
		"sort_start": v.Sort[:min(len(v.Sort), 1000)], "date": v.Date, "date_up": up, "terms": v.Terms, "facets": v.Facets, "standing": true})
}

// rawStatements are the statements of the raw driver, in order, each with its rows. %s is a kind or a predicate.
var rawStatements = []struct{ name, cypher string }{
	{"articles", `UNWIND $rows AS row CREATE (a:Article:Version) SET a = row`},
	{"things", `UNWIND $rows AS row MERGE (t:Thing {id: row.id}) SET t:Version:%s, t += row`},
	{"contributions", `UNWIND $rows AS row MATCH (a:Article {id: row.article}) MATCH (t:Thing {id: row.thing}) CREATE (a)-[:MENTIONS {doc: row.doc}]->(t)`},
	{"mentions", `UNWIND $rows AS row MATCH (a:Article {id: row.article}) MERGE (m:Thing {id: row.id}) SET m:Mention, m.mention = row.mention
		CREATE (a)-[:REPORTS]->(m) FOREACH (key IN row.keys | MERGE (k:MentionKey {key: key}) CREATE (m)-[:HAS_KEY]->(k))`},
	{"present", `UNWIND $rows AS row MATCH (t:Thing {id: row.id}) SET t:Version:%s, t += row`},
	{"past", `UNWIND $rows AS row MATCH (t:Thing {id: row.id}) CREATE (v:PastVersion:Version)-[:VERSION_OF]->(t) SET v += row`},
	{"aliases", `UNWIND $rows AS row MATCH (t:Thing {id: row.id}) MATCH (u:Thing {id: row.to})
		CREATE (t)-[:PART_OF {known_from: row.known_from, known_until: row.known_until, source: row.source}]->(u)`},
	{"claims", `UNWIND $rows AS row MATCH (t:Thing {id: row.from}) MATCH (u:Thing {id: row.to}) CREATE (t)-[c:%s]->(u) SET c = row.claim`},
}

// graphRows are the rows of each of those, by kind or predicate.
func (c *content) graphRows() map[string]map[string][]map[string]any {
	all := map[string]map[string][]map[string]any{}
	add := func(name, sort string, r map[string]any) {
		if all[name] == nil {
			all[name] = map[string][]map[string]any{}
		}
		all[name][sort] = append(all[name][sort], r)
	}
	for _, r := range c.records {
		without, a := rest(r)
		v := ledger.IndexArticle(r)
		article := versionRow(&v)
		for name, value := range row(a, map[string]any{"text": r.Article.Text, "sketch": sketchBytes(r.Article.Sketch), "record": doc(without), "packed_article": ledger.PackArticle(&a)}) {
			article[name] = value
		}
		add("articles", "", article)
		for _, t := range r.Things {
			add("contributions", "", map[string]any{"article": a.ID, "thing": t.ID, "doc": doc(t)})
		}
		for _, m := range r.Mentions {
			add("mentions", "", map[string]any{"article": a.ID, "id": m.ID, "mention": doc(m), "keys": m.Keys})
		}
	}
	for i := range c.shown {
		v := &c.shown[i]
		add("things", string(v.Thing.Kind), versionRow(v))
	}
	for i := range c.Versions {
		if v := &c.Versions[i]; v.Until == ledger.Forever {
			add("present", string(v.Thing.Kind), versionRow(v))
		} else {
			add("past", "", versionRow(v))
		}
	}
	for _, a := range c.Aliases {
		add("aliases", "", row(a, nil))
	}
	for i := range c.Claims {
		claim := &c.Claims[i]
		lean, words := ledger.PackClaim(claim)
		properties := row(claim, map[string]any{"packed": lean, "packed_words": words, "asserted_on": claim.AssertedOn})
		for _, name := range []string{"predicate", "from", "to", "subject", "object", "mention", "witness", "start", "end", "since_precision", "until_precision"} {
			delete(properties, name) // they are packed, or the relationship itself
		}
		add("claims", string(claim.Predicate), map[string]any{"from": claim.From, "to": claim.To, "claim": properties})
	}
	return all
}

func (c *loadCommand) rawNeo4j(ctx context.Context, g *gazetteer.Gazetteer) (putter, error) {
	d, err := driver.NewDriverWithContext(c.Neo4jURI, driver.BasicAuth(c.Neo4jUsername, c.Neo4jPassword, ""))
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	return func(ctx context.Context, batches [][]*ledger.Record, clock *stopwatch) error {
		rows := contentOf(batches, g, known).graphRows()
		session := d.NewSession(ctx, driver.SessionConfig{DatabaseName: "neo4j"})
		defer session.Close(ctx)
		clock.start()
		for _, s := range rawStatements {
			for sort, some := range rows[s.name] {
				for part := range slices.Chunk(some, 1000) {
					result, err := session.Run(ctx, strings.Replace(s.cypher, "%s", sort, 1), map[string]any{"rows": part})
					if err == nil {
						_, err = result.Consume(ctx)
					}
					if err != nil {
						return err
					}
				}
			}
		}
		return nil
	}, nil
}

// rawSQL inserts rows by prepared statements, two hundred articles' worth in a transaction.
func rawSQL(ctx context.Context, file string, g *gazetteer.Gazetteer) (putter, error) {
	db, err := sql.Open("sqlite", "file:"+file+"?_txlock=immediate&_pragma=synchronous(FULL)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-32000)&_pragma=journal_size_limit(67108864)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	var number int
	if err := db.QueryRowContext(ctx, `SELECT max(number) FROM version`).Scan(&number); err != nil {
		return nil, err
	}
	known := map[string]bool{}
	return func(ctx context.Context, batches [][]*ledger.Record, clock *stopwatch) error {
		rows := contentOf(batches, g, known).tableRows(&number)
		clock.start()
		for part := range slices.Chunk(rows, max(1, len(rows)/len(batches))) {
			if err := insert(ctx, db, part); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// A tableRow is a statement with its values.
type tableRow struct {
	insert string
	values []any
}

// tableRows are the rows of all tables. number is that of the last version.
func (c *content) tableRows(number *int) (rows []tableRow) {
	add := func(table string, values ...any) {
		rows = append(rows, tableRow{`INSERT INTO ` + table + ` VALUES (?` + strings.Repeat(", ?", len(values)-1) + `)`, values})
	}
	version := func(v *ledger.Version, contributed, standing bool) {
		*number++
		t := &v.Thing
		add("version (number, id, contributed, known_from, known_until, standing, kind, sort, date, doc)", *number, t.ID, contributed, string(v.From), string(v.Until),
			standing, string(t.Kind), v.Sort, string(v.Date), doc(t))
		for _, f := range v.Facets {
			add("facet", f, *number)
		}
		add("term (rowid, terms)", *number, strings.Join(v.Terms, " "))
	}
	for _, r := range c.records {
		without, a := rest(r)
		from := string(r.Article.KnownFrom())
		add("record (article, known_from, origin, article_doc, sketch, doc, text)", a.ID, from, string(a.Origin), doc(a), sketchBytes(r.Article.Sketch), doc(without), r.Article.Text)
		for _, t := range r.Things {
			add("contribution (thing, known_from, article, doc)", t.ID, from, a.ID, doc(t))
		}
		for _, m := range r.Mentions {
			add("mention (id, article, doc)", m.ID, a.ID, doc(m))
			for _, k := range m.Keys {
				add("mention_key", k, m.ID)
			}
		}
		v := ledger.IndexArticle(r)
		version(&v, true, true)
	}
	for i := range c.shown {
		version(&c.shown[i], true, c.shown[i].Thing.Reference)
	}
	for i := range c.Versions {
		version(&c.Versions[i], false, true)
	}
	for _, a := range c.Aliases {
		add("alias (id, to_id, known_from, known_until, source)", a.ID, a.To, string(a.From), string(a.Until), a.Source)
	}
	for i := range c.Claims {
		x := &c.Claims[i]
		lean, words := ledger.PackClaim(x)
		add(`claim (id, predicate, from_id, to_id, subject, object, mention, value, label, volume, provider, since, since_precision, until, until_precision,
			quote, start_at, end_at, article, asserted_on, publisher, witness, speaker, certainty, known_from, known_until, packed, packed_words)`,
			x.ID, string(x.Predicate), x.From, x.To, x.Subject, x.Object, x.Mention, x.Value, x.Label, x.Volume, x.Provider,
			string(x.Since), string(x.SincePrecision), string(x.Until), string(x.UntilPrecision), x.Quote, x.Start, x.End, x.Article,
			string(x.AssertedOn), x.Publisher, x.Witness, x.Speaker, string(x.Certainty), string(x.KnownFrom), string(x.KnownUntil), lean, words)
	}
	return rows
}

// insert inserts rows in one transaction.
func insert(ctx context.Context, db *sql.DB, rows []tableRow) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	prepared := map[string]*sql.Stmt{}
	for _, r := range rows {
		s := prepared[r.insert]
		if s == nil {
			if s, err = tx.PrepareContext(ctx, r.insert); err != nil {
				return err
			}
			prepared[r.insert] = s
		}
		if _, err := s.ExecContext(ctx, r.values...); err != nil {
			return err
		}
	}
	return tx.Commit()
}
