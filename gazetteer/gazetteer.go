// Package gazetteer holds the names that news about UK councils uses: the councils themselves, agencies, threat actors
// and the arrangements by which councils are known to share their IT. The rows are CSV files in data/, which a person
// can review and extend without code; data/README.md says what each column means.
//
// It never reads an article and never decides whom a name in a text means: it lists the names ([Gazetteer.Names]) and
// answers questions of fact. Package extract finds the names in a text, package identity decides whose they are, and
// the facts enter the graph as the records that [Gazetteer.Records] gives.
package gazetteer

import (
	"embed"
	"io/fs"
	"sync"

	"spillover/ledger"
)

// A Gazetteer is a set of rows. It does not change once made, so any number of goroutines may read it.
type Gazetteer struct {
	Councils     []Council     // in the order of the file
	Agencies     []Agency      // likewise
	Actors       []Actor       // likewise
	Arrangements []Arrangement // likewise

	version  string
	councils map[string]int // places in Councils by id, and so on
	codes    map[string]int // places in Councils by present and former code
	agencies map[string]int
	actors   map[string]int
	arranged map[string]int

	relations relations
}

// A Council is a principal council, present or abolished. Combined authorities are none, see [Agency].
type Council struct {
	ID         string // "council:" and a slug; with the year of its end where a present council has the same short name
	GSS        string // the present or last code; "" for the Northern Irish districts that ended in 2015
	FormerGSS  []string
	Name       string // official
	ShortName  string // the place alone: "Leicester"
	Type       string // COUNTY, DISTRICT, UNITARY, METROPOLITAN_BOROUGH, LONDON_BOROUGH, CITY_CORPORATION, SCOTTISH_COUNCIL, WELSH_PRINCIPAL_AREA or NI_DISTRICT
	Nation     string
	Region     string      // of England, else ""
	CeasedOn   ledger.Date // the first day without it, "" for present ones
	Successors []string    // ids
	Aliases    []string
	Former     []FormerName
	Mistakes   []string // wrong names that are often meant for it
	Ordinary   []string // those of its names that need context, for they are words, people or other places too
	Domain     string   // of its website, "" where unknown
}

// A FormerName is a name that a body had. Either end may be unknown.
type FormerName struct {
	Name         string
	Since, Until When
}

// A When is a date as far as it is known. The zero When is an unknown one.
type When struct {
	Date      ledger.Date
	Precision ledger.Precision
}

// An Agency is a public body that answers for, helps with or looks into incidents.
type Agency struct {
	ID       string
	Name     string // official, at present or at its end
	Kind     string // POLICE, REGULATOR, NATIONAL_SECURITY, GOVERNMENT, REPRESENTATIVE_BODY or COMBINED_AUTHORITY
	Nation   string
	Aliases  []string
	Former   []FormerName
	Mistakes []string
	Ordinary []string
	Note     string
}

// NameAt is the name that the agency had on a day: its present one where the day is "".
func (a *Agency) NameAt(at ledger.Date) string {
	for _, f := range a.Former {
		// The day on which one name gave way to another is only known to the month: the new name has it all.
		if at != "" && f.Until.Date != "" && at < f.Until.Date && (f.Since.Date == "" || at >= f.Since.Date) {
			return f.Name
		}
	}
	return a.Name
}

// An Actor is a group, or a label that groups use, to which attacks are attributed.
type Actor struct {
	ID       string
	Name     string
	Kind     string // RANSOMWARE_EXTORTION, ACCESS_AND_EXTORTION, HACKTIVIST, STATE_LINKED, CRIMINAL_GROUP or MALWARE
	Aliases  []string
	Ordinary []string
	Note     string
}

// An Arrangement is a service, a system or a supplier that several councils share.
type Arrangement struct {
	ID           string
	Name         string
	Kind         string // JOINT_SERVICE, SHARED_SYSTEM or SUPPLIER
	Provider     string // "" where it is the councils themselves, or unknown
	Members      []Member
	Since, Until When // what the members have that give no dates of their own
	Aliases      []string
	Ordinary     []string
	Source       string // the public reports that say so
	Note         string
}

// A Member is a council's part in an arrangement. Until is the last day.
type Member struct {
	Council      string // id
	Since, Until When
}

// At is whether m was a member on the day, as far as is known: a date of precision YEAR counts from the first to the
// last day of that year. On the day "" it is whether m was ever one, which always holds.
func (m *Member) At(day ledger.Date) bool {
	if day == "" {
		return true
	}
	if m.Since.Date != "" {
		if first, _ := ledger.Span(m.Since.Date, m.Since.Precision); day < first {
			return false
		}
	}
	if m.Until.Date != "" {
		if _, last := ledger.Span(m.Until.Date, m.Until.Precision); day > last {
			return false
		}
	}
	return true
}

//go:embed data/*.csv data/VERSION
var embedded embed.FS

var builtIn = sync.OnceValue(func() *Gazetteer {
	data, err := fs.Sub(embedded, "data")
	if err == nil {
		var g *Gazetteer
		if g, err = Load(data); err == nil {
			return g
		}
	}
	panic(err) // the embedded files are wrong, which the tests of this package rule out
})

// Default is the gazetteer that the program carries. It is read once.
func Default() *Gazetteer { return builtIn() }

// Version names the state of the data files: their VERSION and a digest, so that it changes with every change of theirs.
func (g *Gazetteer) Version() string { return g.version }

// CouncilByID is the council of this id.
func (g *Gazetteer) CouncilByID(id string) (Council, bool) { return pick(g.Councils, g.councils, id) }

// CouncilByGSS is the council that has this code, or had it.
func (g *Gazetteer) CouncilByGSS(code string) (Council, bool) {
	return pick(g.Councils, g.codes, code)
}

// AgencyByID is the agency of this id.
func (g *Gazetteer) AgencyByID(id string) (Agency, bool) { return pick(g.Agencies, g.agencies, id) }

// ActorByID is the actor of this id.
func (g *Gazetteer) ActorByID(id string) (Actor, bool) { return pick(g.Actors, g.actors, id) }

// ArrangementByID is the arrangement of this id.
func (g *Gazetteer) ArrangementByID(id string) (Arrangement, bool) {
	return pick(g.Arrangements, g.arranged, id)
}

func pick[T any](rows []T, by map[string]int, key string) (row T, ok bool) {
	i, ok := by[key]
	if ok {
		row = rows[i]
	}
	return row, ok
}

// Known is the arrangement of this kind whose members at that day include all of the councils, by id: the one with the
// fewest members. It is false where there is none or where two tie. The day "" is any day; then, of two with equally
// few members, one that still holds goes before one that has ended.
func (g *Gazetteer) Known(kind string, members []string, at ledger.Date) (Arrangement, bool) {
	best, bestSize, bestEnded, tie := -1, 0, false, false
	for i := range g.Arrangements {
		a := &g.Arrangements[i]
		if a.Kind != kind || len(members) == 0 {
			continue
		}
		there := map[string]bool{}
		ended := true
		for j := range a.Members {
			if m := &a.Members[j]; m.At(at) {
				there[m.Council] = true
				ended = ended && m.Until.Date != ""
			}
		}
		all := true
		for _, c := range members {
			all = all && there[c]
		}
		if !all {
			continue
		}
		size := len(there)
		switch ended := at == "" && ended; {
		case best < 0, size < bestSize, size == bestSize && bestEnded && !ended:
			best, bestSize, bestEnded, tie = i, size, ended, false
		case size == bestSize && bestEnded == ended:
			tie = true
		}
	}
	if best < 0 || tie {
		return Arrangement{}, false
	}
	return g.Arrangements[best], true
}
