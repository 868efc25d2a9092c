// Package ledger holds the nouns of Spillover: articles, mentions, claims, things and judgements, the
// Store that keeps them, and the kinds of error that may come back.
//
// It imports the standard library only. What an article said is kept as a [Record]; everything else in a
// store (things, resolved claims, incidents, search terms) is derived from records and judgements and can
// be dropped and rebuilt. Reading text is package extract's work, telling incidents apart package
// identity's, folding claims into relations package fold's.
package ledger

import (
	"strings"
	"time"
)

// A Date is a calendar day written YYYY-MM-DD, or "" where it is unknown. Its order as a string is its
// order in time.
type Date string

const (
	// Always is when reference data became known: before every article.
	Always Date = "0001-01-01"
	// Undated is when an article without a date counts as known: never under @asOf, and now otherwise.
	// It is the moment at which a question without @asOf looks at the graph.
	Undated Date = "9999-12-30"
	// Forever is the end of what still holds.
	Forever Date = "9999-12-31"
)

// ParseDate reads a YYYY-MM-DD day between the years 1000 and 9998.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1000 || t.Year() > 9998 {
		return "", Errorf(Invalid, "%q is not a date; write it as YYYY-MM-DD, for example 2024-01-30", s)
	}
	return Date(s), nil
}

// Today is the present day in UTC.
func Today() Date { return Date(time.Now().UTC().Format(time.DateOnly)) }

// Time is the midnight UTC that begins d; false where d is unknown or a bound.
func (d Date) Time() (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil || d == Always || d >= Undated {
		return time.Time{}, false
	}
	return t, true
}

// Days is the number of days from a to b; false where either is unknown.
func Days(a, b Date) (int, bool) {
	ta, oka := a.Time()
	tb, okb := b.Time()
	return int(tb.Sub(ta).Hours() / 24), oka && okb
}

// Precision says how much of a date is known. The rest of the date is its first day.
type Precision string

// The precisions of a date.
const (
	Day   Precision = "DAY"
	Month Precision = "MONTH"
	Year  Precision = "YEAR"
)

// Span is the first and the last day that a date of this precision may mean.
func Span(d Date, p Precision) (first, last Date) {
	if p == Day {
		return d, d
	}
	t, ok := d.Time()
	switch {
	case p == Year && ok:
		return d[:4] + "-01-01", d[:4] + "-12-31"
	case p == Month && ok:
		begin := time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
		return Date(begin.Format(time.DateOnly)), Date(begin.AddDate(0, 1, -1).Format(time.DateOnly))
	}
	return d, d
}

// FirstDay is the first day that a date of this precision may mean.
func FirstDay(d Date, p Precision) Date {
	if p == Day || p == Month && strings.HasSuffix(string(d), "-01") || p == Year && strings.HasSuffix(string(d), "-01-01") {
		return d // as dates mostly are written, without reading them
	}
	first, _ := Span(d, p)
	return first
}

// A Kind says what a thing is. Its text is the label in Neo4j and the kind in an export.
type Kind string

// The kinds of thing.
const (
	Council           Kind = "Council"
	SharedArrangement Kind = "SharedArrangement"
	Incident          Kind = "Incident"
	ThreatActor       Kind = "ThreatActor"
	Agency            Kind = "Agency"
	Official          Kind = "Official"
	Data              Kind = "Data"    // a kind of data, the object of DATA claims
	ArticleKind       Kind = "Article" // listed like the others, kept as [Article]
)

// Kinds are all kinds in their order.
var Kinds = []Kind{Council, SharedArrangement, Incident, ThreatActor, Agency, Official, Data, ArticleKind}

// A Predicate says what a claim is about. Its text is the relationship type in Neo4j.
type Predicate string

// The predicates, each with its subject and object.
const (
	Impact      Predicate = "IMPACT"      // Incident → Council; value COMPROMISED, DISRUPTED, SUSPECTED or UNAFFECTED
	Membership  Predicate = "MEMBERSHIP"  // Council → SharedArrangement; since, until
	Attribution Predicate = "ATTRIBUTION" // Incident → ThreatActor; value CLAIMED, REPORTED or CONFIRMED
	Response    Predicate = "RESPONSE"    // Agency → Incident; value NOTIFIED, SUPPORTING or INVESTIGATING
	Appointment Predicate = "APPOINTMENT" // Official → Council or Agency; value the title
	Statement   Predicate = "STATEMENT"   // Official → Incident; value the words
	DataTaken   Predicate = "DATA"        // Incident → Data; label, volume
	Service     Predicate = "SERVICE"     // Incident → Council; label, value DISRUPTED, RESTORED or UNAFFECTED
)

// Predicates are all predicates in their order.
var Predicates = []Predicate{Impact, Membership, Attribution, Response, Appointment, Statement, DataTaken, Service}

// The values of IMPACT claims, strongest first.
const (
	Compromised = "COMPROMISED" // systems or data accessed, encrypted, copied or published
	Disrupted   = "DISRUPTED"   // systems or services down or taken down
	Suspected   = "SUSPECTED"   // under investigation, possible, or reported as a precaution
	Unaffected  = "UNAFFECTED"  // no evidence of compromise, or isolated in time
)

// Restored is the state of a service that works again. Disrupted and Unaffected are the other states.
const Restored = "RESTORED"

// Certainty says how surely a claim is made.
type Certainty string

// The certainties.
const (
	Stated Certainty = "STATED"
	Hedged Certainty = "HEDGED" // "it is understood that", "may have"
)

// Origin says where a record comes from.
type Origin string

// The origins of records.
const (
	FromNews    Origin = "ARTICLE"  // an article, read by package extract
	FromDataSet Origin = "DATA_SET" // reference data: the gazetteer
	FromAnalyst Origin = "ANALYST"  // a person's claim, with the source it names
)

// An Article is a text with what is known of its publication. Text never changes under an ID and a Digest:
// the quotes of claims are runs of it.
type Article struct {
	ID          string   `json:"id"`                     // "article:" and 16 hexadecimal digits, of the canonical URL or else of the text
	Title       string   `json:"title,omitempty"`        // "" where the page gives none
	Publisher   string   `json:"publisher,omitempty"`    // "" where the page gives none
	URL         string   `json:"url,omitempty"`          // canonical
	PublishedOn Date     `json:"published_on,omitempty"` // "" where it cannot be read; never the clock's
	Byline      []string `json:"byline,omitempty"`       // names of reporters
	Text        string   `json:"text"`                   // UTF-8, as read
	Digest      string   `json:"text_sha256"`            // hexadecimal SHA-256 of Text
	Origin      Origin   `json:"origin,omitempty"`
	Sketch      []uint32 `json:"sketch,omitempty"` // of the text's shingles, see [SketchOf]
	Author      string   `json:"author,omitempty"` // of an analyst's claim: who made it
	Reason      string   `json:"reason,omitempty"` // of an analyst's claim: why
}

// KnownFrom is the day from which the article counts under @asOf.
func (a *Article) KnownFrom() Date {
	switch {
	case a.Origin == FromDataSet:
		return Always
	case a.PublishedOn == "":
		return Undated
	}
	return a.PublishedOn
}

// A Record is all that one article contributed: itself, what it mentions, what it claims. It is the unit of
// storing, replacing and retracting.
type Record struct {
	Article  Article   `json:"article"`
	Reader   string    `json:"reader"`             // version of the reader that made the record
	Things   []Thing   `json:"things,omitempty"`   // what the claims are about, as this article has it; no incidents
	Mentions []Mention `json:"mentions,omitempty"` // its incidents
	Claims   []Claim   `json:"claims,omitempty"`   // From, To, Witness and the known days are empty here
	Refusals []Refusal `json:"refusals,omitempty"`
}

// A Refusal is a run of an article's text that looked like evidence and made no claim.
type Refusal struct {
	Quote  string `json:"quote"`
	Start  int    `json:"start"` // in characters
	End    int    `json:"end"`
	Reason string `json:"reason"`
}

// A Mention is one article's incident. Which incident it is, is computed from all mentions.
type Mention struct {
	ID           string               `json:"id"` // "incident:" …; it lasts, and resolves to the incident
	Article      string               `json:"article"`
	KnownFrom    Date                 `json:"known_from"`
	PublishedOn  Date                 `json:"published_on,omitempty"`
	IncidentKind string               `json:"incident_kind"`
	IdentifiedOn Date                 `json:"identified_on,omitempty"`
	Precision    Precision            `json:"precision,omitempty"`
	Struck       []string             `json:"struck,omitempty"`  // councils with an impact other than UNAFFECTED, sorted
	Cleared      []string             `json:"cleared,omitempty"` // councils that are UNAFFECTED, sorted
	Actors       []string             `json:"actors,omitempty"`
	Arrangements []MentionArrangement `json:"arrangements,omitempty"`
	SameAs       []string             `json:"same_as,omitempty"` // incidents that an analyst's claim was made of
	Keys         []string             `json:"keys,omitempty"`    // two mentions that may be one incident share a key
}

// A MentionArrangement is a shared arrangement as one article gives it.
type MentionArrangement struct {
	ID       string   `json:"id"`
	Kind     string   `json:"kind"`
	Provider string   `json:"provider,omitempty"`
	Members  []string `json:"members"`         // sorted council ids
	Known    bool     `json:"known,omitempty"` // named, or found in the gazetteer: its ID is final
}

// A Thing is a node of the graph other than an article. Which fields it has depends on its kind.
type Thing struct {
	ID      string   `json:"id"`
	Kind    Kind     `json:"kind"`
	Name    string   `json:"name"`
	Aliases []string `json:"aliases,omitempty"`

	GSS        string   `json:"gss,omitempty"`          // Council: the code of the Office for National Statistics
	FormerGSS  []string `json:"former_gss,omitempty"`   // Council: codes it had before
	Type       string   `json:"council_type,omitempty"` // Council: COUNTY, DISTRICT, UNITARY, …
	Nation     string   `json:"nation,omitempty"`       // Council: England, Scotland, Wales, Northern Ireland
	Region     string   `json:"region,omitempty"`       // Council: an English region, else ""
	CeasedOn   Date     `json:"ceased_on,omitempty"`    // Council: the first day without it
	Successors []string `json:"successors,omitempty"`   // Council: ids of the councils that took over

	ArrangementKind string `json:"arrangement_kind,omitempty"` // SharedArrangement: JOINT_SERVICE, SHARED_SYSTEM or SUPPLIER
	Provider        string `json:"provider,omitempty"`         // SharedArrangement

	AgencyKind   string `json:"agency_kind,omitempty"`  // Agency: POLICE, REGULATOR, …
	Organisation string `json:"organisation,omitempty"` // Official: id of the council or agency

	IncidentKind string    `json:"incident_kind,omitempty"` // Incident: RANSOMWARE, DATA_THEFT, …
	IdentifiedOn Date      `json:"identified_on,omitempty"` // Incident
	Precision    Precision `json:"precision,omitempty"`     // Incident
	Mentions     []string  `json:"mentions,omitempty"`      // Incident: ids of its mentions, earliest first

	Reference bool `json:"reference,omitempty"` // part of the gazetteer's register: shown although nobody claims anything of it
}

// A Claim is an edge of the graph with its evidence: at this date, this publisher says this about that, in
// these words. As an article states it, it goes from Subject to Object; resolved, from From to To.
type Claim struct {
	ID        string    `json:"id"` // "claim:" and 16 hexadecimal digits of its content
	Predicate Predicate `json:"predicate"`
	From      string    `json:"from,omitempty"`
	To        string    `json:"to,omitempty"`
	Subject   string    `json:"subject"`
	Object    string    `json:"object"`
	Mention   string    `json:"mention,omitempty"` // the incident mention in whose context it was said

	Value          string    `json:"value,omitempty"`  // see the predicates
	Label          string    `json:"label,omitempty"`  // SERVICE: the service; DATA: the kind of data
	Volume         string    `json:"volume,omitempty"` // DATA: as given, "3TB"
	Provider       string    `json:"provider,omitempty"`
	Since          Date      `json:"since,omitempty"` // MEMBERSHIP
	SincePrecision Precision `json:"since_precision,omitempty"`
	Until          Date      `json:"until,omitempty"` // MEMBERSHIP: the last day
	UntilPrecision Precision `json:"until_precision,omitempty"`

	Quote      string    `json:"quote"`
	Start      int       `json:"start"` // offset of Quote in the article's text, in Unicode characters
	End        int       `json:"end"`
	Article    string    `json:"article"`
	AssertedOn Date      `json:"asserted_on,omitempty"` // the article's publication day
	Publisher  string    `json:"publisher,omitempty"`
	Witness    string    `json:"witness,omitempty"` // the earliest article with nearly the same text; itself where there is none
	Speaker    string    `json:"speaker,omitempty"` // who says it: a name, "attacker" or "unnamed source"; "" is the article itself
	Certainty  Certainty `json:"certainty,omitempty"`

	KnownFrom  Date `json:"known_from,omitempty"`  // from this day of knowledge it stands between From and To,
	KnownUntil Date `json:"known_until,omitempty"` // until this one
}

// A JudgementKind says what an analyst decided.
type JudgementKind string

// The kinds of judgement.
const (
	SameAs       JudgementKind = "SAME_AS"     // A and B are one
	NotSameAs    JudgementKind = "NOT_SAME_AS" // A and B are two
	RetractClaim JudgementKind = "RETRACTED"   // claim A, of article B, is not to be used
)

// A Judgement is an analyst's decision. A later one on the same things replaces it.
type Judgement struct {
	ID     string        `json:"id"` // of A and B, see [JudgementID]
	Kind   JudgementKind `json:"kind"`
	A      string        `json:"a"`
	B      string        `json:"b,omitempty"`
	Author string        `json:"author"`
	Reason string        `json:"reason"`
	On     string        `json:"on"` // RFC 3339
}

// A Version is a thing as it was known over a time, with what lists and searches look at.
type Version struct {
	Thing  Thing    `json:"thing"`
	From   Date     `json:"known_from"`
	Until  Date     `json:"known_until"`
	Sort   string   `json:"sort"`   // what lists by name go by, ASCII; see [SortKey]
	Date   Date     `json:"date"`   // what lists by date go by; "" sorts last when newest come first
	Terms  []string `json:"terms"`  // words that find it, see [Terms]
	Facets []string `json:"facets"` // what filters look at, as "name:value"
}

// An Alias leads from an id to the thing that it is part of, over a time.
type Alias struct {
	ID     string `json:"id"`
	To     string `json:"to"`
	From   Date   `json:"known_from"`
	Until  Date   `json:"known_until"`
	Source string `json:"source"` // the mention or judgement that it follows from
}
