// Package world makes up councils, what they share, and what newspapers wrote of their incidents: a graph of any size that
// is the same each time, for measuring.
//
// Councils come in clusters of [ClusterSize] that share nothing with other clusters, so that what a spread meets
// depends on the cluster and not on the size of the world. It knows nothing of stores or of the API.
package world

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"spillover/gazetteer"
	"spillover/identity"
	"spillover/ledger"
)

// The shape of a cluster.
const (
	ClusterSize = 80
	incidents   = ClusterSize / 3
	articles    = 8  // of an incident
	customers   = 56 // of the cluster's supplier
)

// A Cluster is the records of some councils.
type Cluster struct {
	Number   int
	Councils []ledger.Thing
	Records  []*ledger.Record
}

var (
	first  = strings.Fields("Ash Bram Cald Dun Elms Fern Gran Hals Ivel Kirk Lang Mar Nor Old Pen Quern Ross Stan Thorn Ulv Vale Wick Yar Zel")
	second = strings.Fields("a e i o u ar en il or un")
	third  = strings.Fields("bourne bury combe dale den field ford ham hurst leigh mere minster mouth ness ridge shaw stead stoke ton wold worth")
	kinds  = []string{"RANSOMWARE", "DATA_THEFT", "DENIAL_OF_SERVICE", "CYBER_ATTACK"}
	agency = []string{"agency:ncsc", "agency:ico", "agency:nca"}
	papers = []string{"The Courier", "County Press", "Evening Post", "The Record", "Public Technology", "Daily Echo", "The Herald", "Morning Mail"}
)

// Name is the name of the council with a number, not two the same among the first hundred thousand.
func Name(n int) string {
	a, b, c := first[n%len(first)], second[n/7%len(second)], third[n/3%len(third)]
	return fmt.Sprintf("%s%s%s %05d Borough Council", a, b, c, n)
}

// CouncilID is the id of the council with a number.
func CouncilID(n int) string { return fmt.Sprintf("council:made-up-%05d", n) }

// Make is the cluster with a number.
func Make(number int, g *gazetteer.Gazetteer) *Cluster {
	m := &maker{g: g, rand: rand.New(rand.NewPCG(uint64(number), 7)), Cluster: Cluster{Number: number}}
	for i := range ClusterSize {
		n := number*ClusterSize + i
		m.Councils = append(m.Councils, ledger.Thing{ID: CouncilID(n), Kind: ledger.Council, Name: Name(n), GSS: fmt.Sprintf("E0%07d", n),
			Aliases: []string{strings.Fields(Name(n))[0]}, Type: "DISTRICT", Nation: "England", Region: "East of England"})
	}
	m.shared()
	for i := range incidents {
		m.incident(i)
	}
	return &m.Cluster
}

type maker struct {
	Cluster
	g    *gazetteer.Gazetteer
	rand *rand.Rand
}

// record begins the record of one article; say adds a claim with its words.
func (m *maker) record(name, publisher, on string) *ledger.Record {
	a := ledger.Article{Title: name, Publisher: publisher, URL: fmt.Sprintf("https://news.example/%d/%s", m.Number, ledger.Slug(name)),
		PublishedOn: ledger.Date(on), Byline: []string{"A Reporter"}, Origin: ledger.FromNews}
	a.ID = ledger.ArticleID(a.URL, "")
	return &ledger.Record{Article: a, Reader: identity.Reader + "/" + m.g.Version()}
}

func say(r *ledger.Record, words string, c ledger.Claim) {
	begin := len([]rune(r.Article.Text))
	r.Article.Text += words + "\n"
	c.Quote, c.Start, c.End, c.Certainty = words, begin, begin+len([]rune(words)), ledger.Stated
	c.Article, c.AssertedOn, c.Publisher = r.Article.ID, r.Article.PublishedOn, r.Article.Publisher
	c.ID = ledger.ClaimID(&c)
	r.Claims = append(r.Claims, c)
}

func (m *maker) finish(r *ledger.Record, things map[string]ledger.Thing) {
	a := &r.Article
	a.Digest, a.Sketch = ledger.Digest(a.Text), ledger.SketchOf(a.Text)
	for _, id := range slices.Sorted(maps.Keys(things)) {
		r.Things = append(r.Things, things[id])
	}
	slices.SortFunc(r.Claims, func(x, y ledger.Claim) int { return strings.Compare(x.ID, y.ID) })
	for i := range r.Mentions {
		identity.Summarise(r, &r.Mentions[i], m.g)
	}
	m.Records = append(m.Records, r)
}

// shared are the cluster's arrangements: one supplier, joint services of four neighbours, systems of three anywhere.
func (m *maker) shared() {
	r := m.record("Who shares what", "Local Government Gazette", "2010-01-04")
	things := map[string]ledger.Thing{}
	add := func(kind, name, provider string, members []int) {
		a := ledger.Thing{ID: "arrangement:" + ledger.Slug(name), Kind: ledger.SharedArrangement, Name: name, ArrangementKind: kind, Provider: provider}
		things[a.ID] = a
		for _, i := range members {
			c := m.Councils[i]
			things[c.ID] = c
			say(r, fmt.Sprintf("%s has been part of %s since 2009.", c.Name, name), ledger.Claim{Predicate: ledger.Membership, Subject: c.ID, Object: a.ID,
				Provider: provider, Since: "2009-01-01", SincePrecision: ledger.Year})
		}
	}
	supplier := fmt.Sprintf("Ledgerline %d", m.Number)
	add("SUPPLIER", "Payroll by "+supplier, supplier, m.rand.Perm(ClusterSize)[:customers])
	for i := 0; i < ClusterSize; i += 4 {
		add("JOINT_SERVICE", fmt.Sprintf("Joint IT service %d of cluster %d", i/4, m.Number), "", []int{i, i + 1, i + 2, i + 3})
	}
	for i := range ClusterSize / 8 {
		add("SHARED_SYSTEM", fmt.Sprintf("Planning system %d of cluster %d", i, m.Number), "", m.rand.Perm(ClusterSize)[:3])
	}
	m.finish(r, things)
}

// incident is one incident at a council and its neighbours in the joint service, as eight articles tell it.
func (m *maker) incident(n int) {
	struck := n * 3 % ClusterSize
	group := struck / 4 * 4
	partner, cleared := m.Councils[group+(struck+1)%4], m.Councils[group+(struck+2)%4]
	council := m.Councils[struck]
	began := time.Date(2014, 1, 6, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n*150+m.Number%50)
	kind, on := kinds[m.rand.IntN(len(kinds))], began.Format(time.DateOnly)
	actor := m.g.Actors[m.rand.IntN(len(m.g.Actors))].ID
	person := ledger.Thing{Kind: ledger.Official, Name: fmt.Sprintf("Person %d %s", n, strings.Fields(council.Name)[0]), Organisation: council.ID}
	person.ID = identity.OfficialID(council.ID, person.Name)
	for i := range articles {
		r := m.record(fmt.Sprintf("Report %d on incident %d at %s", i+1, n, council.Name), papers[i%len(papers)], began.AddDate(0, 0, i).Format(time.DateOnly))
		things := map[string]ledger.Thing{council.ID: council}
		id := ledger.MentionID(r.Article.ID, 1)
		r.Mentions = []ledger.Mention{{ID: id, Article: r.Article.ID, KnownFrom: r.Article.KnownFrom(), PublishedOn: r.Article.PublishedOn,
			IncidentKind: kind, IdentifiedOn: ledger.Date(on), Precision: ledger.Day}}
		value := ledger.Disrupted
		if i > 2 {
			value = ledger.Compromised
		}
		say(r, fmt.Sprintf("Systems at %s were taken down, the %s learned on day %d of the incident numbered %d of cluster %d.", council.Name, papers[i], i, n, m.Number),
			ledger.Claim{Predicate: ledger.Impact, Subject: id, Object: council.ID, Mention: id, Value: value})
		switch i % 4 {
		case 0:
			things[partner.ID] = partner
			say(r, fmt.Sprintf("%s, which shares the service, is looking into whether it was reached, report %d says.", partner.Name, i),
				ledger.Claim{Predicate: ledger.Impact, Subject: id, Object: partner.ID, Mention: id, Value: ledger.Suspected})
			m.agency(r, things, id, i)
		case 1:
			things[cleared.ID] = cleared
			say(r, fmt.Sprintf("%s had pulled its cables in time and saw nothing, report %d says.", cleared.Name, i),
				ledger.Claim{Predicate: ledger.Impact, Subject: id, Object: cleared.ID, Mention: id, Value: ledger.Unaffected})
			m.agency(r, things, id, i)
		case 2:
			if t, ok := m.g.Thing(actor); ok {
				things[actor] = t
				say(r, fmt.Sprintf("%s is said to be behind it, as report %d has it.", t.Name, i),
					ledger.Claim{Predicate: ledger.Attribution, Subject: id, Object: actor, Mention: id, Value: "REPORTED"})
			}
			say(r, fmt.Sprintf("Council tax payments at %s cannot be taken, wrote %s.", council.Name, papers[i]),
				ledger.Claim{Predicate: ledger.Service, Subject: id, Object: council.ID, Mention: id, Label: "council tax payments", Value: ledger.Disrupted})
		case 3:
			things[person.ID] = person
			say(r, fmt.Sprintf("%s, chief executive of %s, spoke to %s.", person.Name, council.Name, papers[i]),
				ledger.Claim{Predicate: ledger.Appointment, Subject: person.ID, Object: council.ID, Value: "chief executive"})
			words := fmt.Sprintf("We are working day and night, and this is day %d of incident %d.", i, n)
			say(r, words, ledger.Claim{Predicate: ledger.Statement, Subject: person.ID, Object: id, Mention: id, Value: words, Speaker: person.Name})
		}
		m.finish(r, things)
	}
}

func (m *maker) agency(r *ledger.Record, things map[string]ledger.Thing, incident string, i int) {
	id := agency[i%len(agency)]
	if t, ok := m.g.Thing(id); ok {
		things[id] = t
		say(r, fmt.Sprintf("%s was told on day %d.", t.Name, i), ledger.Claim{Predicate: ledger.Response, Subject: id, Object: incident, Mention: incident, Value: "NOTIFIED"})
	}
}
