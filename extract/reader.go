// Package extract reads an article: which councils an incident struck and how, who answered, who is blamed, what was
// taken, what stopped working, who spoke, each with the words that say so. It works by rules over sentences in which
// the gazetteer's names are marked.
//
// It never looks anything up outside the article and the gazetteer, never guesses what the article does not say, and
// never tells whether two articles mean one incident: package identity does, with the Readings that it gets from here.
package extract

import (
	"strings"

	"spillover/gazetteer"
	"spillover/ledger"
)

// A Reader reads articles with one gazetteer. It may be used from many goroutines at once.
type Reader struct {
	g   *gazetteer.Gazetteer
	lex *lexicon

	firsts    map[string]string // see [firstNames]
	providers []string          // firms that run something for councils
}

// New makes a reader with this gazetteer.
func New(g *gazetteer.Gazetteer) *Reader {
	r := &Reader{g: g, lex: &lexicon{}}
	for _, n := range g.Names() {
		r.lex.add(n.Text, entry{n.ID, n.Kind, n.Text, n.Class, n.Ordinary})
	}
	r.firsts = firstNames(g)
	for first, id := range r.firsts {
		r.lex.add(first+" council", entry{id, ledger.Council, first + " council", gazetteer.Alias, false})
	}
	for i := range g.Arrangements {
		if f := g.Arrangements[i].Provider; f != "" && !strings.Contains(f, "Council") {
			r.providers = append(r.providers, f)
		}
	}
	r.providers = ledger.Set(r.providers...)
	return r
}

// Read gives what an article says. The same article gives the same reading.
func (r *Reader) Read(a *ledger.Article) *Reading {
	p := r.page(a)
	out := &Reading{Article: sourceOf(a), Incidents: []Incident{}, Officials: []Official{}, NotOfficials: []string{}, Refusals: []Refusal{}}
	people := p.people()
	p.findSpeakers(people)
	out.Officials, out.NotOfficials = append(out.Officials, p.officials(people)...), append(out.NotOfficials, p.notOfficials(people)...)
	out.Incidents = append(out.Incidents, p.incidents(people)...)
	out.Refusals = append(out.Refusals, withoutClaims(p.refusals, out.Incidents)...)
	return out
}

// withoutClaims are the refusals whose sentences support no claim on another point.
func withoutClaims(refusals []Refusal, incidents []Incident) []Refusal {
	var claims []Evidence
	for i := range incidents {
		in := &incidents[i]
		for _, x := range in.Councils {
			claims = append(claims, x.Evidence)
		}
		for _, x := range in.Actors {
			claims = append(claims, x.Evidence)
		}
		for _, x := range in.Agencies {
			claims = append(claims, x.Evidence)
		}
		for _, x := range in.Arrangements {
			claims = append(claims, x.Evidence)
		}
		for _, x := range in.Data {
			claims = append(claims, x.Evidence)
		}
		for _, x := range in.Services {
			claims = append(claims, x.Evidence)
		}
	}
	taken := map[int]bool{}
	for _, c := range claims {
		taken[c.Start] = true // claims and refusals quote whole sentences
	}
	var out []Refusal
	for _, r := range refusals {
		if !taken[r.Start] {
			out = append(out, r)
		}
	}
	return out
}

// page is the article with its sentences and the names in them.
func (r *Reader) page(a *ledger.Article) *page {
	p := &page{r: r, a: a, v: newView(a.Text), accepted: map[string]bool{}, gangs: map[string]bool{}}
	p.tokens = tokenise(p.v.s)
	for _, s := range splitSentences(p.v) {
		p.sents = append(p.sents, &tagged{sentence: s, grams: gramsOf(p.v.low[s.start:s.end])})
	}
	p.nameCouncils()
	p.refer()
	p.foreign = p.isForeign()
	p.chronicle()
	return p
}

func sourceOf(a *ledger.Article) Source {
	s := Source{ID: a.ID, Byline: append([]string{}, a.Byline...), TextSHA256: a.Digest}
	for _, f := range []struct {
		to   **string
		from string
	}{{&s.Title, a.Title}, {&s.Publisher, a.Publisher}, {&s.PublishedOn, string(a.PublishedOn)}, {&s.URL, a.URL}} {
		if f.from != "" {
			text := f.from
			*f.to = &text
		}
	}
	return s
}

// nameOf is the canonical name of a council, an agency, an actor or an arrangement, "" for an unknown id.
func (r *Reader) nameOf(id string) string {
	if c, ok := r.g.CouncilByID(id); ok {
		return c.Name
	}
	if a, ok := r.g.AgencyByID(id); ok {
		return a.Name
	}
	if a, ok := r.g.ActorByID(id); ok {
		return a.Name
	}
	if a, ok := r.g.ArrangementByID(id); ok {
		return a.Name
	}
	return ""
}
