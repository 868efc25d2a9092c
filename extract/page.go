package extract

import (
	"fmt"
	"sort"
	"strings"

	"spillover/ledger"
)

// How a name in the text leads to what it stands for.
type means int

const (
	byFull    means = iota // "Leicester City Council", "RBKC"
	byShort                // "Westminster has said"
	byAnaphor              // "the council", "the three authorities", "the force"
	byPlace                // "in Canterbury": where, not who
)

// A name is a run of the view that stands for councils, an agency, a threat actor or an arrangement. It stands for
// several where the text lists them or says "all three".
type name struct {
	start, end int
	kind       ledger.Kind
	ids        []string
	how        means
}

// A tagged is a sentence in which each name is written as a tag ("<c0>", "<a1>", "<t2>", "<s3>" for councils, agencies,
// threat actors and arrangements), so that rules read "<a1> is investigating" whatever the agency is called.
type tagged struct {
	sentence
	s, low  string
	at      []int32 // for each byte of s its offset in the view; one more for the end
	names   []*name // by the number in the tag
	quoted  []bool  // for each byte of s whether it stands within quotation marks
	focus   []string
	fresh   bool    // the focus was named or meant in this paragraph
	grams   *grams  // of the words as they stand in the text
	bounds  [][]int // where its clauses part; filled on demand
	refused bool    // it has made a refusal
	dates   []when
	dated   bool        // dates is filled
	told    ledger.Date // the date told shortly before, where the text tells of the past
	past    []string    // the focus before this sentence
	listed  []string    // the last councils that the text has put in a list
	spoke   string      // the organisation whose words the quotations are
}

// A page is one article while it is being read.
type page struct {
	r           *Reader
	a           *ledger.Article
	v           *view
	tokens      []token
	sents       []*tagged
	names       []*name
	main        string          // the council that the article is about; "" if none
	accepted    map[string]bool // councils that the article means as councils
	agencyVoice string          // the agency whose own page this is; "" if none
	voice       string          // the council whose own page this is; "" if none
	refusals    []Refusal

	firstNamed int             // where the first council stands that is no mere place
	judged     bool            // elsewhere is settled
	elsewhere  bool            // the article is about an incident at another body than a council
	foreign    bool            // it speaks of another country, see isForeign
	cleared    map[string]bool // councils that the article clears by name
	gangs      map[string]bool // threat actors that the article has named as such
	year       int             // the only year that the text names, -1 if there is none, 0 before it was asked
}

func (p *page) refuse(t *tagged, reason string) {
	if t.refused {
		return // one reason is enough
	}
	t.refused = true
	e := p.v.quote(t.start, t.end)
	p.refusals = append(p.refusals, Refusal{Quote: e.Quote, Start: e.Start, End: e.End, Reason: reason})
}

// evidence is the run [from, to) of a tagged sentence as a quote.
func (p *page) evidence(t *tagged, from, to int, speaker string, certainty ledger.Certainty) Evidence {
	e := p.v.quote(int(t.at[from]), int(t.at[to]))
	e.Speaker, e.Certainty = speaker, certainty
	return e
}

// whole is the sentence as a quote.
func (p *page) whole(t *tagged) Evidence {
	return p.evidence(t, 0, len(t.s), p.speakerOf(t, 0), certaintyOf(t.low))
}

// speakerOf is whose word the byte at of a sentence is.
func (p *page) speakerOf(t *tagged, at int) string {
	if at < len(t.quoted) && t.quoted[at] || allQuoted(t) {
		return p.r.nameOf(t.spoke)
	}
	if m := reportedBy.FindStringSubmatch(t.low); m != nil {
		if n := t.name(m[1]); n != nil && len(n.ids) > 0 {
			return p.r.nameOf(n.ids[0])
		}
	}
	if t.says(unnamedSource) {
		return "unnamed source"
	}
	return ""
}

func allQuoted(t *tagged) bool {
	n := 0
	for _, q := range t.quoted {
		if q {
			n++
		}
	}
	return n*10 >= len(t.quoted)*9
}

// clauseBetween is what may stand between a body and what it said.
const clauseBetween = `(?:, (?:which|whose|who) [^,;:.]{1,100})?`

var (
	// "<c0> said its systems were down" is the council's word, and so is "<c0>, which shares a network with <c1>, said so"; "<c0> was
	// hit" is the article's.
	reportedBy = mustCompile(`(<[cat]\d+>)(?:'s [\w' -]{1,40})?` + clauseBetween + `,? (?:has |have |had )?(?:also |since |now |then |previously |later |itself )?(?:said|says|say|confirmed|confirms|revealed|admitted|admits|acknowledged|announced|added|told|warned|stated|believes|believed|insisted|insists|reported)\b`)
	// "sources say that a copy was made" is nobody's word by name; "the council's source code" is none.
	unnamedSource = mustCompile(`\b(?:sources?|insiders?|people) (?:who|say|says|said|at|close|familiar|told)\b|\bit is (?:understood|believed|thought)\b`)
	// "it is understood that" and "may have been" hedge; "in May" does not.
	hedge = mustCompile(`\b(?:understood|believed|thought|may have|might have|could have|may be|might be|possibl[ey]|likely|apparently|reportedly|allegedly|suspected|appears? to|seems? to|sources say|it is claimed|unconfirmed)\b`)
)

// "as swiftly as possible" and "everything possible" do not hedge.
var asPossible = mustCompile(`\b(?:as|where|wherever|everything|all|if|when|whenever) possible\b`)

func certaintyOf(low string) ledger.Certainty {
	if hedge.MatchString(low) && hedge.MatchString(asPossible.ReplaceAllString(low, "")) {
		return ledger.Hedged
	}
	return ledger.Stated
}

// name is the name that a tag stands for, nil if the text is no tag.
func (t *tagged) name(tag string) *name {
	tag = strings.TrimPrefix(tag, "the ")
	if len(tag) < 4 || tag[0] != '<' {
		return nil
	}
	n := 0
	for i := 2; i < len(tag) && tag[i] >= '0' && tag[i] <= '9'; i++ {
		n = n*10 + int(tag[i]-'0')
	}
	if n >= len(t.names) {
		return nil
	}
	return t.names[n]
}

var tagPattern = mustCompile(`<[cats]\d+>`)

// tags gives the names of one letter in the run [from, to) of the sentence, in order.
func (t *tagged) tags(from, to int, letter byte) []tagAt {
	var out []tagAt
	for _, m := range tagPattern.FindAllStringIndex(t.s[from:to], -1) {
		if t.s[from+m[0]+1] == letter {
			out = append(out, tagAt{from + m[0], from + m[1], t.name(t.s[from+m[0] : from+m[1]])})
		}
	}
	return out
}

// A tagAt is a tag in a sentence.
type tagAt struct {
	start, end int
	n          *name
}

var letterOf = map[ledger.Kind]byte{ledger.Council: 'c', ledger.Agency: 'a', ledger.ThreatActor: 't', ledger.SharedArrangement: 's'}

// tag writes the names of a sentence as tags. open is whether a quotation is open where it begins; the result is whether
// one is at its end.
func (p *page) tag(t *tagged, open bool) bool {
	first := sort.Search(len(p.names), func(i int) bool { return p.names[i].start >= t.start })
	var b strings.Builder
	t.at = t.at[:0]
	t.names = t.names[:0]
	t.quoted = t.quoted[:0]
	inQuote := open
	copyTo := func(from, to int) {
		for i := from; i < to; i++ {
			c := p.v.s[i]
			if c == '\n' {
				c = ' '
			}
			if c == '"' || c == '\'' && singleQuote(p.v.s, t.start, i, inQuote) {
				inQuote = !inQuote
			}
			b.WriteByte(c)
			t.at = append(t.at, int32(i))
			t.quoted = append(t.quoted, inQuote)
		}
	}
	at := t.start
	for _, n := range p.names[first:] {
		if n.start >= t.end {
			break
		}
		if n.start < at || n.end > t.end {
			continue
		}
		copyTo(at, n.start)
		tag := fmt.Sprintf("<%c%d>", letterOf[n.kind], len(t.names))
		for k := range len(tag) {
			b.WriteByte(tag[k])
			t.at = append(t.at, int32(n.start))
			t.quoted = append(t.quoted, inQuote)
		}
		t.names = append(t.names, n)
		at = n.end
	}
	copyTo(at, t.end)
	t.at = append(t.at, int32(t.end))
	t.s = b.String()
	t.low = lowerASCII(t.s)
	t.bounds = nil
	return inQuote
}

// singleQuote is whether the apostrophe at i opens or closes a quotation.
func singleQuote(s string, start, i int, open bool) bool {
	before, after := byte(' '), byte(' ')
	if i > start {
		before = s[i-1]
	}
	if i+1 < len(s) {
		after = s[i+1]
	}
	if !open {
		return (before == ' ' || before == '(') && isLetter(after) && strings.IndexByte(s[i+1:min(len(s), i+200)], '\'') > 0
	}
	return before != 's' && !isLetter(after) || strings.IndexByte(".,!?", before) >= 0
}

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= 0x80 }
