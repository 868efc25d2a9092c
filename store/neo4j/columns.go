package neo4j

import (
	"encoding/binary"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"spillover/ledger"
)

// Names of properties and pointers to the fields that they fill are kept in one order. They are the names that the
// ledger's nouns have in JSON.

var thingColumns = []string{"id", "kind", "name", "aliases", "gss", "former_gss", "council_type", "nation", "region", "ceased_on", "successors",
	"arrangement_kind", "provider", "agency_kind", "organisation", "incident_kind", "identified_on", "precision", "mentions", "reference"}

func thingFields(t *ledger.Thing) []any {
	return []any{&t.ID, &t.Kind, &t.Name, &t.Aliases, &t.GSS, &t.FormerGSS, &t.Type, &t.Nation, &t.Region, &t.CeasedOn, &t.Successors,
		&t.ArrangementKind, &t.Provider, &t.AgencyKind, &t.Organisation, &t.IncidentKind, &t.IdentifiedOn, &t.Precision, &t.Mentions, &t.Reference}
}

// leanColumns of claims are those that relations are folded from. Predicate, from and to are the relationship's type and
// ends.
var leanColumns = []string{"id", "mention", "value", "label", "volume", "provider", "since", "since_precision", "until", "until_precision",
	"article", "asserted_on", "publisher", "witness", "certainty"}

func leanFields(c *ledger.Claim) []any {
	return []any{&c.ID, &c.Mention, &c.Value, &c.Label, &c.Volume, &c.Provider, &c.Since, &c.SincePrecision, &c.Until, &c.UntilPrecision,
		&c.Article, &c.AssertedOn, &c.Publisher, &c.Witness, &c.Certainty}
}

// wordColumns are the rest of a claim's.
var wordColumns = []string{"subject", "object", "quote", "start", "end", "speaker", "known_from", "known_until"}

func wordFields(c *ledger.Claim) []any {
	return []any{&c.Subject, &c.Object, &c.Quote, &c.Start, &c.End, &c.Speaker, &c.KnownFrom, &c.KnownUntil}
}

// packedOnly are the columns of a claim that no statement asks about and few people would: each further property makes all
// others slower to find, so they are kept packed alone.
var packedOnly = []string{"subject", "object", "mention", "witness", "start", "end", "since_precision", "until_precision"}

// claimProperties are all properties of a claim, in the order of claimRow.
var claimProperties = slices.DeleteFunc(slices.Concat(leanColumns, wordColumns, []string{"packed", "packed_words"}),
	func(name string) bool { return slices.Contains(packedOnly, name) })

// articleColumns leave out text and sketch, which are read where they are asked for.
var articleColumns = []string{"id", "title", "publisher", "url", "published_on", "byline", "text_sha256", "origin", "author", "reason"}

func articleFields(a *ledger.Article) []any {
	return []any{&a.ID, &a.Title, &a.Publisher, &a.URL, &a.PublishedOn, &a.Byline, &a.Digest, &a.Origin, &a.Author, &a.Reason}
}

var judgementColumns = []string{"id", "kind", "a", "b", "author", "reason", "on"}

func judgementFields(j *ledger.Judgement) []any {
	return []any{&j.ID, &j.Kind, &j.A, &j.B, &j.Author, &j.Reason, &j.On}
}

// returned are the columns of a node or relationship in a RETURN.
func returned(variable string, columns []string) string {
	return variable + ".`" + strings.Join(columns, "`, "+variable+".`") + "`"
}

// unpack fills a noun from a column that has it packed; null leaves it empty.
func unpack[T any](value any, into *T, packed func(string, *T) error) error {
	if value == nil {
		return nil
	}
	text, _ := value.(string)
	return packed(text, into)
}

func scanThing(value any, t *ledger.Thing) error { return unpack(value, t, ledger.UnpackThing) }

func scanArticle(value any, a *ledger.Article) error { return unpack(value, a, ledger.UnpackArticle) }

func scanLean(value any, c *ledger.Claim) error { return unpack(value, c, ledger.UnpackClaim) }

// scanClaim reads the two columns of returnedClaim.
func scanClaim(values []any, c *ledger.Claim) error {
	if err := scanLean(values[0], c); err != nil {
		return err
	}
	return unpack(values[1], c, ledger.UnpackWords)
}

// properties are fields as properties. What is empty is null, which takes the property away.
func properties(columns []string, fields []any) map[string]any {
	props := make(map[string]any, len(columns))
	for i, name := range columns {
		props[name] = property(reflect.ValueOf(fields[i]).Elem())
	}
	return props
}

func property(v reflect.Value) any {
	switch {
	case v.Kind() == reflect.Int: // an offset: 0 is one
		return v.Int()
	case v.IsZero(), v.Kind() == reflect.Slice && v.Len() == 0:
		return nil
	case v.Kind() == reflect.String:
		return v.String()
	}
	return v.Interface()
}

// scan fills fields with the values of columns.
func scan(values []any, fields ...any) error {
	if len(values) < len(fields) {
		return fmt.Errorf("an answer has %d columns, not %d", len(values), len(fields))
	}
	for i, field := range fields {
		if err := fill(reflect.ValueOf(field).Elem(), values[i]); err != nil {
			return fmt.Errorf("column %d of an answer: %w", i+1, err)
		}
	}
	return nil
}

func fill(to reflect.Value, value any) error {
	switch v := value.(type) {
	case nil:
		to.SetZero()
		return nil
	case string:
		if to.Kind() == reflect.String {
			to.SetString(v)
			return nil
		}
	case int64:
		if to.CanInt() {
			to.SetInt(v)
			return nil
		}
	case bool:
		if to.Kind() == reflect.Bool {
			to.SetBool(v)
			return nil
		}
	case []byte:
		if b, ok := to.Addr().Interface().(*[]byte); ok {
			*b = v
			return nil
		}
	case []any:
		if to.Kind() == reflect.Slice {
			list := reflect.MakeSlice(to.Type(), len(v), len(v))
			for i := range v {
				if err := fill(list.Index(i), v[i]); err != nil {
					return err
				}
			}
			to.Set(list)
			return nil
		}
	}
	return fmt.Errorf("the database holds a %T where this program keeps a %s", value, to.Type())
}

// packedSketch is a sketch as bytes; nil stays nil.
func packedSketch(sketch []uint32) []byte {
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

// texts are values as a parameter.
func texts[T ~string](values []T) []string {
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = string(v)
	}
	return list
}
