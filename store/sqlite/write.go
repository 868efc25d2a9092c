package sqlite

import (
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"spillover/ledger"
)

// putVersion writes a version with its facets and terms, in place of the one under the same key.
func (u *update) putVersion(ctx context.Context, v *ledger.Version, contributed, standing bool) error {
	t := &v.Thing
	number, err := u.insertVersion(ctx, v, contributed, standing)
	if err == nil && number == 0 {
		if err = u.dropVersion(ctx, t.ID, contributed, v.From); err == nil {
			number, err = u.insertVersion(ctx, v, contributed, standing)
		}
	}
	if err != nil {
		return err
	}
	u.terms[number] = strings.Join(v.Terms, " ")
	return u.exec(ctx, `INSERT INTO facet (facet, version) SELECT DISTINCT value, ? FROM json_each(?)`, number, list(v.Facets))
}

// insertVersion gives the number of the new row, 0 where there is one under its key.
func (u *update) insertVersion(ctx context.Context, v *ledger.Version, contributed, standing bool) (number int64, err error) {
	t := &v.Thing
	err = each(ctx, u, `INSERT OR IGNORE INTO version (id, contributed, known_from, known_until, standing, kind, sort, date, doc)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number`,
		[]any{t.ID, contributed, string(v.From), string(v.Until), standing, string(t.Kind), v.Sort, string(v.Date), thingDoc(t)},
		func(rows *sql.Rows) error { return rows.Scan(&number) })
	return number, err
}

// putTerms writes the terms of all versions that were put, in the order of their numbers. One after another, between other
// changes of the index, each would make a segment of its own.
func (u *update) putTerms(ctx context.Context) error {
	for _, number := range slices.Sorted(maps.Keys(u.terms)) {
		if err := u.exec(ctx, `INSERT INTO term (rowid, terms) VALUES (?, ?)`, number, u.terms[number]); err != nil {
			return err
		}
	}
	clear(u.terms)
	return nil
}

// dropVersion drops the version of one key.
func (u *update) dropVersion(ctx context.Context, id string, contributed bool, from ledger.Date) error {
	return u.dropNumbers(ctx, `DELETE FROM version WHERE id = ? AND contributed = ? AND known_from = ? RETURNING number`, id, contributed, string(from))
}

// dropVersions drops all versions of an id, those by records or those that were put.
func (u *update) dropVersions(ctx context.Context, id string, contributed bool) error {
	return u.dropNumbers(ctx, `DELETE FROM version WHERE id = ? AND contributed = ? RETURNING number`, id, contributed)
}

// dropNumbers runs a deletion of versions and drops their facets and terms.
func (u *update) dropNumbers(ctx context.Context, text string, args ...any) error {
	var numbers []int64
	err := each(ctx, u, text, args, func(rows *sql.Rows) error {
		var n int64
		err := rows.Scan(&n)
		numbers = append(numbers, n)
		return err
	})
	if err != nil {
		return err
	}
	for _, n := range numbers {
		if err := u.exec(ctx, `DELETE FROM facet WHERE version = ?`, n); err != nil {
			return err
		}
		if _, waits := u.terms[n]; waits {
			delete(u.terms, n)
		} else if err := u.exec(ctx, `DELETE FROM term WHERE rowid = ?`, n); err != nil {
			return err
		}
	}
	return nil
}

func (u *update) dropClaim(ctx context.Context, c *ledger.Claim) error {
	return each(ctx, u, `DELETE FROM claim WHERE id = ? AND known_from = ? RETURNING from_id, to_id`, []any{c.ID, string(c.KnownFrom)},
		func(rows *sql.Rows) error {
			var from, to string
			err := rows.Scan(&from, &to)
			u.touch(from, to)
			return err
		})
}

// claimColumns are the columns of a claim in the order of claimFields.
const claimColumns = `c.id, c.predicate, c.from_id, c.to_id, c.subject, c.object, c.mention, c.value, c.label, c.volume, c.provider,
	c.since, c.since_precision, c.until, c.until_precision, c.quote, c.start_at, c.end_at, c.article, c.asserted_on, c.publisher,
	c.witness, c.speaker, c.certainty, c.known_from, c.known_until`

// claimFields are where a claim's columns are scanned to.
func claimFields(c *ledger.Claim) []any {
	return []any{&c.ID, &c.Predicate, &c.From, &c.To, &c.Subject, &c.Object, &c.Mention, &c.Value, &c.Label, &c.Volume, &c.Provider,
		&c.Since, &c.SincePrecision, &c.Until, &c.UntilPrecision, &c.Quote, &c.Start, &c.End, &c.Article, &c.AssertedOn, &c.Publisher,
		&c.Witness, &c.Speaker, &c.Certainty, &c.KnownFrom, &c.KnownUntil}
}

func (u *update) putClaim(ctx context.Context, c *ledger.Claim) error {
	u.touch(c.From, c.To)
	lean, words := ledger.PackClaim(c)
	return u.insert(ctx, func() error { return u.dropClaim(ctx, c) }, `INSERT OR IGNORE INTO claim (id, predicate, from_id, to_id, subject, object, mention, value, label, volume, provider,
		since, since_precision, until, until_precision, quote, start_at, end_at, article, asserted_on, publisher,
		witness, speaker, certainty, known_from, known_until, packed, packed_words)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		c.ID, string(c.Predicate), c.From, c.To, c.Subject, c.Object, c.Mention, c.Value, c.Label, c.Volume, c.Provider,
		string(c.Since), string(c.SincePrecision), string(c.Until), string(c.UntilPrecision), c.Quote, c.Start, c.End, c.Article,
		string(c.AssertedOn), c.Publisher, c.Witness, c.Speaker, string(c.Certainty), string(c.KnownFrom), string(c.KnownUntil),
		lean, words)
}

// Things and articles are kept packed, with a mark before: what was kept before that is JSON.
const packedMark = "\x1f"

func thingDoc(t *ledger.Thing) string { return packedMark + ledger.PackThing(t) }

func articleDoc(a *ledger.Article) string { return packedMark + ledger.PackArticle(a) }

func readThing(doc []byte, t *ledger.Thing) error { return readDoc(doc, t, ledger.UnpackThing) }

func readArticle(doc []byte, a *ledger.Article) error {
	return readDoc(doc, a, ledger.UnpackArticle)
}

func readDoc[T any](doc []byte, into *T, unpack func(string, *T) error) error {
	if text, ok := strings.CutPrefix(string(doc), packedMark); ok {
		return unpack(text, into)
	}
	return json.Unmarshal(doc, into)
}

// doc is v as JSON.
func doc(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // the ledger's nouns can always be written
	}
	return string(text)
}

// scanJSON reads a row of one column of JSON.
func scanJSON[T any](rows *sql.Rows) (v T, err error) {
	var text sql.RawBytes
	if err = rows.Scan(&text); err == nil {
		err = json.Unmarshal(text, &v)
	}
	return v, err
}

// packed is a sketch as bytes; nil stays nil.
func packed(sketch []uint32) []byte {
	var b []byte
	for _, n := range sketch {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	return b
}

// unpacked is the sketch of packed bytes.
func unpacked(b []byte) []uint32 {
	var sketch []uint32
	for ; len(b) >= 4; b = b[4:] {
		sketch = append(sketch, binary.LittleEndian.Uint32(b))
	}
	return sketch
}
