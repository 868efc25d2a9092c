package gazetteer

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"spillover/ledger"
)

// publisher is who answers for the reference data.
const publisher = "Spillover gazetteer"

// Thing is the node of an entry, whichever kind its id is of.
func (g *Gazetteer) Thing(id string) (ledger.Thing, bool) {
	if c, ok := g.CouncilByID(id); ok {
		t := ledger.Thing{ID: c.ID, Kind: ledger.Council, Name: c.Name, GSS: c.GSS, FormerGSS: c.FormerGSS, Type: c.Type,
			Nation: c.Nation, Region: c.Region, CeasedOn: c.CeasedOn, Successors: c.Successors, Reference: true}
		if c.ShortName != c.Name {
			t.Aliases = append(t.Aliases, c.ShortName)
		}
		t.Aliases = withFormer(append(t.Aliases, c.Aliases...), c.Former)
		return t, true
	}
	if a, ok := g.AgencyByID(id); ok {
		return ledger.Thing{ID: a.ID, Kind: ledger.Agency, Name: a.Name, AgencyKind: a.Kind, Aliases: withFormer(a.Aliases, a.Former)}, true
	}
	if a, ok := g.ActorByID(id); ok {
		return ledger.Thing{ID: a.ID, Kind: ledger.ThreatActor, Name: a.Name, Aliases: a.Aliases}, true
	}
	if a, ok := g.ArrangementByID(id); ok {
		return ledger.Thing{ID: a.ID, Kind: ledger.SharedArrangement, Name: a.Name, Aliases: a.Aliases, ArrangementKind: a.Kind,
			Provider: a.Provider}, true
	}
	return ledger.Thing{}, false
}

func withFormer(aliases []string, former []FormerName) []string {
	all := append([]string(nil), aliases...)
	for _, f := range former {
		all = append(all, f.Name)
	}
	return all
}

// Records is the reference data as records of the ledger, with their articles known from the beginning: one for the
// register of councils, which claims nothing, and one for each arrangement, which claims its memberships.
func (g *Gazetteer) Records() []*ledger.Record {
	records := []*ledger.Record{g.register()}
	for i := range g.Arrangements {
		records = append(records, g.record(&g.Arrangements[i]))
	}
	return records
}

func (g *Gazetteer) register() *ledger.Record {
	present := 0
	var things []ledger.Thing
	for i := range g.Councils {
		if g.Councils[i].CeasedOn == "" {
			present++
		}
		t, _ := g.Thing(g.Councils[i].ID)
		things = append(things, t)
	}
	text := fmt.Sprintf("The principal councils of the United Kingdom: %d present ones, and %d that have been abolished since 2009, "+
		"with their codes, names, types and regions. Version %s of the gazetteer.", present, len(g.Councils)-present, g.version)
	return &ledger.Record{Article: g.article("Register of UK councils", text), Reader: g.reader(), Things: things}
}

func (g *Gazetteer) record(a *Arrangement) *ledger.Record {
	var text strings.Builder
	fmt.Fprintf(&text, "%s (%s).", a.Name, kindWords[a.Kind])
	if a.Provider != "" {
		fmt.Fprintf(&text, " Provided by %s.", a.Provider)
	}
	text.WriteString("\n")
	thing, _ := g.Thing(a.ID)
	r := &ledger.Record{Reader: g.reader(), Things: []ledger.Thing{thing}}
	at := utf8.RuneCountInString(text.String())
	for _, m := range a.Members {
		council, _ := g.Thing(m.Council)
		r.Things = append(r.Things, council)
		sentence := fmt.Sprintf("%s (source: %s).", membership(council.Name, a.Name, m.Since, m.Until), a.Source)
		text.WriteString(sentence + "\n")
		end := at + utf8.RuneCountInString(sentence)
		r.Claims = append(r.Claims, ledger.Claim{
			Predicate: ledger.Membership, Subject: m.Council, Object: a.ID, Provider: a.Provider,
			Since: m.Since.Date, SincePrecision: m.Since.Precision, Until: m.Until.Date, UntilPrecision: m.Until.Precision,
			Quote: sentence, Start: at, End: end, Publisher: publisher, Certainty: ledger.Stated,
		})
		at = end + 1
	}
	if a.Note != "" {
		fmt.Fprintf(&text, "Note: %s.\n", a.Note)
	}
	r.Article = g.article(a.Name, strings.TrimSuffix(text.String(), "\n"))
	for i := range r.Claims {
		c := &r.Claims[i]
		c.Article = r.Article.ID
		c.ID = ledger.ClaimID(c)
	}
	return r
}

func (g *Gazetteer) reader() string { return "gazetteer " + g.version }

// article makes the article of a record. It has no sketch: our own sentences are much alike, and must not pass for
// copies of one another.
func (g *Gazetteer) article(title, text string) ledger.Article {
	digest := ledger.Digest(text)
	return ledger.Article{ID: ledger.ArticleID("", digest), Title: title, Publisher: publisher, Text: text, Digest: digest, Origin: ledger.FromDataSet}
}

var kindWords = map[string]string{"JOINT_SERVICE": "joint service", "SHARED_SYSTEM": "shared system", "SUPPLIER": "supplier to several councils"}

func membership(council, arrangement string, since, until When) string {
	switch {
	case since.Date == "" && until.Date == "":
		return fmt.Sprintf("%s is a member of %s", council, arrangement)
	case until.Date == "":
		return fmt.Sprintf("%s has been a member of %s since %s", council, arrangement, since)
	case since.Date == "":
		return fmt.Sprintf("%s was a member of %s until %s", council, arrangement, until)
	}
	return fmt.Sprintf("%s was a member of %s from %s until %s", council, arrangement, since, until)
}

// String is w in words, as far as it is known: "2011", "February 2011", "1 February 2011".
func (w When) String() string {
	t, ok := w.Date.Time()
	if !ok {
		return ""
	}
	return t.Format(map[ledger.Precision]string{ledger.Year: "2006", ledger.Month: "January 2006", ledger.Day: "2 January 2006"}[w.Precision])
}
