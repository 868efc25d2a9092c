package gazetteer

import (
	"slices"
	"strings"
	"unicode"

	"spillover/ledger"
)

// A Class says what sort of name a [Name] is.
type Class string

// The classes of names.
const (
	Official Class = "OFFICIAL" // the full name in use, or the last one
	Short    Class = "SHORT"    // a place alone, "Leicester": the council only where the context says so
	Alias    Class = "ALIAS"    // another name that means it
	Former   Class = "FORMER"   // a name that it used to have
	Mistake  Class = "MISTAKE"  // a wrong name that is often meant for it: "Canterbury County Council"
	Acronym  Class = "ACRONYM"  // initials: "RBKC"
)

// A Name is one surface form of one entry. Two entries may have the same Text: an abolished council and its successor
// share "Somerset".
type Name struct {
	Text     string
	Kind     ledger.Kind
	ID       string
	Class    Class
	Ordinary bool // it is also a word, a person or another place: "Reading", "Play", "the Met"
}

// Names lists every surface form of every entry, entries in the order of the files, the official name first.
func (g *Gazetteer) Names() []Name {
	var names []Name
	for i := range g.Councils {
		c := &g.Councils[i]
		n := namer{kind: ledger.Council, id: c.ID, ordinary: c.Ordinary}
		n.add(Official, c.Name)
		n.add(Short, c.ShortName)
		n.aliases(c.Aliases)
		n.former(c.Former)
		n.add(Mistake, c.Mistakes...)
		names = append(names, n.names...)
	}
	for i := range g.Agencies {
		a := &g.Agencies[i]
		n := namer{kind: ledger.Agency, id: a.ID, ordinary: a.Ordinary}
		n.add(Official, a.Name)
		n.aliases(a.Aliases)
		n.former(a.Former)
		n.add(Mistake, a.Mistakes...)
		names = append(names, n.names...)
	}
	for i := range g.Actors {
		a := &g.Actors[i]
		n := namer{kind: ledger.ThreatActor, id: a.ID, ordinary: a.Ordinary}
		n.add(Official, a.Name)
		n.aliases(a.Aliases)
		names = append(names, n.names...)
	}
	for i := range g.Arrangements {
		a := &g.Arrangements[i]
		n := namer{kind: ledger.SharedArrangement, id: a.ID, ordinary: a.Ordinary}
		n.add(Official, a.Name)
		n.aliases(a.Aliases)
		names = append(names, n.names...)
	}
	return names
}

// A namer collects the names of one entry, each text once.
type namer struct {
	kind     ledger.Kind
	id       string
	ordinary []string
	names    []Name
}

func (n *namer) add(class Class, texts ...string) {
	for _, t := range texts {
		if !slices.ContainsFunc(n.names, func(o Name) bool { return o.Text == t }) {
			n.names = append(n.names, Name{Text: t, Kind: n.kind, ID: n.id, Class: class, Ordinary: slices.Contains(n.ordinary, t)})
		}
	}
}

func (n *namer) aliases(texts []string) {
	for _, t := range texts {
		switch {
		case isAcronym(t):
			n.add(Acronym, t)
		case n.kind == ledger.Council && isPlace(t):
			n.add(Short, t)
		default:
			n.add(Alias, t)
		}
	}
}

func (n *namer) former(names []FormerName) {
	for _, f := range names {
		n.add(Former, f.Name)
	}
}

// isAcronym is whether s is one word with at least half of its letters capitals, and more than one: "BwD", "H&F".
func isAcronym(s string) bool {
	letters, capitals := 0, 0
	for _, r := range s {
		switch {
		case r == ' ':
			return false
		case unicode.IsUpper(r):
			capitals++
			letters++
		case unicode.IsLetter(r):
			letters++
		}
	}
	return capitals > 1 && capitals*2 >= letters
}

// bodies are the words by which the name of a council is told from that of its place. Welsh and Gaelic ones are among them.
var bodies = []string{"Council", "Corporation", "Comhairle", "Cyngor", "LB ", "London Borough", "Royal Borough", "MBC"}

func isPlace(s string) bool {
	return !slices.ContainsFunc(bodies, func(b string) bool { return strings.Contains(s, b) })
}
