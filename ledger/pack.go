package ledger

import (
	"strconv"
	"strings"
)

// Stores keep claims, things and articles packed as well: all fields in one string, which is read several times faster
// than a column for each. Fields are in the order in which Pack… writes them, between unit separators, and the items of
// lists between record separators. Where a field has such a character itself, an escape stands for it.

const (
	unit   = "\x1f"
	record = "\x1e"
	escape = "\x1b"
)

// What stands for characters that separate, and for an item of a list that is empty.
const nothing = escape + "n"

var (
	escaped  = strings.NewReplacer(escape, escape+"e", unit, escape+"u", record, escape+"r")
	original = strings.NewReplacer(escape+"e", escape, escape+"u", unit, escape+"r", record, nothing, "")
)

// A packer joins fields.
type packer struct {
	out   strings.Builder
	begun bool
}

func (p *packer) raw(field string) {
	if p.begun {
		p.out.WriteString(unit)
	}
	p.begun = true
	p.out.WriteString(field)
}

// add adds fields, in all of which separators are escaped.
func (p *packer) add(fields ...string) *packer {
	n := len(fields)
	for _, f := range fields {
		n += len(f)
	}
	p.out.Grow(n)
	for _, f := range fields {
		p.raw(escaping(f))
	}
	return p
}

// list adds a list as one field.
func (p *packer) list(items []string) *packer {
	all := make([]string, len(items))
	for i, item := range items {
		if all[i] = escaping(item); item == "" {
			all[i] = nothing
		}
	}
	p.raw(strings.Join(all, record))
	return p
}

// escaping is a field or an item as it is packed.
func escaping(s string) string {
	if strings.ContainsAny(s, unit+record+escape) {
		return escaped.Replace(s)
	}
	return s
}

// An unpacker gives the fields of a packed string one after the other.
type unpacker struct {
	rest    string
	ended   bool // there were fewer fields than were asked for
	more    bool
	escapes bool // whether there are any
}

func (u *unpacker) next() string {
	return u.unescaped(u.field())
}

func (u *unpacker) unescaped(s string) string {
	if u.escapes {
		return original.Replace(s)
	}
	return s
}

func (u *unpacker) field() (field string) {
	u.ended = u.ended || !u.more
	field, u.rest, u.more = strings.Cut(u.rest, unit)
	return field
}

func (u *unpacker) list() []string {
	field := u.field()
	if field == "" {
		return nil
	}
	list := strings.Split(field, record)
	for i := range list {
		list[i] = u.unescaped(list[i])
	}
	return list
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

func unpacking(s string) *unpacker {
	return &unpacker{rest: s, more: true, escapes: strings.Contains(s, escape)}
}

// PackClaim packs a claim in two parts: what relations are folded from, and the words with the rest.
func PackClaim(c *Claim) (lean, words string) {
	var l, w packer
	l.add(c.ID, string(c.Predicate), c.From, c.To, c.Mention, c.Value, c.Label, c.Volume, c.Provider, string(c.Since), string(c.SincePrecision),
		string(c.Until), string(c.UntilPrecision), c.Article, string(c.AssertedOn), c.Publisher, c.Witness, string(c.Certainty))
	w.add(c.Subject, c.Object, c.Quote, strconv.Itoa(c.Start), strconv.Itoa(c.End), c.Speaker, string(c.KnownFrom), string(c.KnownUntil))
	return l.out.String(), w.out.String()
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

// PackThing packs a thing.
func PackThing(t *Thing) string {
	var p packer
	p.add(t.ID, string(t.Kind), t.Name).list(t.Aliases).add(t.GSS).list(t.FormerGSS).add(t.Type, t.Nation, t.Region, string(t.CeasedOn)).list(t.Successors)
	p.add(t.ArrangementKind, t.Provider, t.AgencyKind, t.Organisation, t.IncidentKind, string(t.IdentifiedOn), string(t.Precision)).list(t.Mentions)
	return p.add(strconv.FormatBool(t.Reference)).out.String()
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

// PackArticle packs an article without Text and Sketch.
func PackArticle(a *Article) string {
	var p packer
	p.add(a.ID, a.Title, a.Publisher, a.URL, string(a.PublishedOn)).list(a.Byline).add(a.Digest, string(a.Origin), a.Author, a.Reason)
	return p.out.String()
}

// UnpackArticle fills an article from what [PackArticle] gave.
func UnpackArticle(s string, a *Article) error {
	u := unpacking(s)
	a.ID, a.Title, a.Publisher, a.URL, a.PublishedOn, a.Byline = u.next(), u.next(), u.next(), u.next(), Date(u.next()), u.list()
	a.Digest, a.Origin, a.Author, a.Reason = u.next(), Origin(u.next()), u.next(), u.next()
	return u.done("article")
}
