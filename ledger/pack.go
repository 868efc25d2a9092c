package ledger

import (
	"strconv"
	"strings"
)

// Stores keep claims, things and articles packed as well: all fields in one string, which is read several times faster
// than a column for each. Fields are in the order in which Pack… writes them, between unit separators, and the items of
// lists between record separators. What has such a character itself cannot be packed; a store then reads its
// columns.

const (
	unit   = "\x1f"
	record = "\x1e"
)

// packed joins fields; "" where one of them has a separator.
func packed(fields ...string) string {
	n := len(fields)
	for _, f := range fields {
		n += len(f)
	}
	var b strings.Builder
	b.Grow(n)
	for i, f := range fields {
		if strings.Contains(f, unit) {
			return ""
		}
		if i > 0 {
			b.WriteString(unit)
		}
		b.WriteString(f)
	}
	return b.String()
}

// joined is a list as a field. An item that is empty or has a separator makes it one that cannot be packed.
func joined(list []string) string {
	for _, item := range list {
		if item == "" || strings.Contains(item, record) {
			return unit
		}
	}
	return strings.Join(list, record)
}

// An unpacker gives the fields of a packed string one after the other.
type unpacker struct {
	rest  string
	ended bool // there were fewer fields than were asked for
	more  bool
}

func (u *unpacker) next() (field string) {
	u.ended = u.ended || !u.more
	field, u.rest, u.more = strings.Cut(u.rest, unit)
	return field
}

func (u *unpacker) list() []string {
	field := u.next()
	if field == "" {
		return nil
	}
	return strings.Split(field, record)
}

func (u *unpacker) number() int {
	n, err := strconv.Atoi(u.next())
	u.ended = u.ended || err != nil
	return n
}

// done is nil where there were as many fields as were asked for, and numbers where they belong.
func (u *unpacker) done(what string) error {
	if u.ended || u.more {
		return Errorf(Internal, "a packed %s is not whole", what)
	}
	return nil
}

func unpacking(s string) *unpacker { return &unpacker{rest: s, more: true} }

// PackClaim packs a claim in two parts: what relations are folded from, and the words with the rest. Both are "" where it
// cannot be packed.
func PackClaim(c *Claim) (lean, words string) {
	lean = packed(c.ID, string(c.Predicate), c.From, c.To, c.Mention, c.Value, c.Label, c.Volume, c.Provider, string(c.Since), string(c.SincePrecision),
		string(c.Until), string(c.UntilPrecision), c.Article, string(c.AssertedOn), c.Publisher, c.Witness, string(c.Certainty))
	words = packed(c.Subject, c.Object, c.Quote, strconv.Itoa(c.Start), strconv.Itoa(c.End), c.Speaker, string(c.KnownFrom), string(c.KnownUntil))
	if lean == "" || words == "" {
		return "", ""
	}
	return lean, words
}

// UnpackClaim fills what the first part of [PackClaim] has.
func UnpackClaim(lean string, c *Claim) error {
	u := unpacking(lean)
	c.ID, c.Predicate, c.From, c.To, c.Mention = u.next(), Predicate(u.next()), u.next(), u.next(), u.next()
	c.Value, c.Label, c.Volume, c.Provider = u.next(), u.next(), u.next(), u.next()
	c.Since, c.SincePrecision, c.Until, c.UntilPrecision = Date(u.next()), Precision(u.next()), Date(u.next()), Precision(u.next())
	c.Article, c.AssertedOn, c.Publisher, c.Witness, c.Certainty = u.next(), Date(u.next()), u.next(), u.next(), Certainty(u.next())
	return u.done("claim")
}

// UnpackWords fills what the second part of [PackClaim] has.
func UnpackWords(words string, c *Claim) error {
	u := unpacking(words)
	c.Subject, c.Object, c.Quote, c.Start, c.End = u.next(), u.next(), u.next(), u.number(), u.number()
	c.Speaker, c.KnownFrom, c.KnownUntil = u.next(), Date(u.next()), Date(u.next())
	return u.done("claim's words")
}

// PackThing packs a thing; "" where it cannot be packed.
func PackThing(t *Thing) string {
	return packed(t.ID, string(t.Kind), t.Name, joined(t.Aliases), t.GSS, joined(t.FormerGSS), t.Type, t.Nation, t.Region, string(t.CeasedOn),
		joined(t.Successors), t.ArrangementKind, t.Provider, t.AgencyKind, t.Organisation, t.IncidentKind, string(t.IdentifiedOn), string(t.Precision),
		joined(t.Mentions), strconv.FormatBool(t.Reference))
}

// UnpackThing fills a thing from what [PackThing] gave.
func UnpackThing(s string, t *Thing) error {
	u := unpacking(s)
	t.ID, t.Kind, t.Name, t.Aliases, t.GSS, t.FormerGSS = u.next(), Kind(u.next()), u.next(), u.list(), u.next(), u.list()
	t.Type, t.Nation, t.Region, t.CeasedOn, t.Successors = u.next(), u.next(), u.next(), Date(u.next()), u.list()
	t.ArrangementKind, t.Provider, t.AgencyKind, t.Organisation = u.next(), u.next(), u.next(), u.next()
	t.IncidentKind, t.IdentifiedOn, t.Precision, t.Mentions, t.Reference = u.next(), Date(u.next()), Precision(u.next()), u.list(), u.next() == "true"
	return u.done("thing")
}

// PackArticle packs an article without Text and Sketch; "" where it cannot be packed.
func PackArticle(a *Article) string {
	return packed(a.ID, a.Title, a.Publisher, a.URL, string(a.PublishedOn), joined(a.Byline), a.Digest, string(a.Origin), a.Author, a.Reason)
}

// UnpackArticle fills an article from what [PackArticle] gave.
func UnpackArticle(s string, a *Article) error {
	u := unpacking(s)
	a.ID, a.Title, a.Publisher, a.URL, a.PublishedOn, a.Byline = u.next(), u.next(), u.next(), u.next(), Date(u.next()), u.list()
	a.Digest, a.Origin, a.Author, a.Reason = u.next(), Origin(u.next()), u.next(), u.next()
	return u.done("article")
}
