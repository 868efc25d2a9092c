// Package identity decides whose mention is whose. It turns a Reading into the claims of a record, joins the
// incidents that articles mention into incidents, finds the arrangement that an article means, and applies
// analysts' judgements.
//
// Nothing is merged by rewriting: [Derive] computes from records and judgements how each claim resolves over the
// days of knowledge, so that a judgement or an article can be taken back. It never reads a store; package
// ingest hands it the records that may matter to one another, and stores what it derives.
package identity

import (
	"cmp"
	"slices"
	"strings"

	"spillover/extract"
	"spillover/gazetteer"
	"spillover/ledger"
)

// Reader is the version of reading: extraction and the making of records. An article that was read by
// another is read again when it is loaded again.
const Reader = "7"

// NewRecord turns what an article says into its record. Names that the gazetteer does not have, other than those
// of officials, arrangements and kinds of data, make no claim.
func NewRecord(a *ledger.Article, r *extract.Reading, g *gazetteer.Gazetteer) *ledger.Record {
	b := &builder{g: g, things: map[string]ledger.Thing{}, rec: &ledger.Record{Article: *a, Reader: Reader + "/" + g.Version()}}
	for _, x := range r.Refusals {
		b.rec.Refusals = append(b.rec.Refusals, ledger.Refusal(x))
	}
	if len(r.Incidents) == 0 {
		return b.rec
	}
	officials := map[string]string{}
	for _, o := range r.Officials {
		if !b.known(o.ID) {
			continue
		}
		id := OfficialID(o.ID, o.Name)
		officials[o.Name] = id
		b.things[id] = ledger.Thing{ID: id, Kind: ledger.Official, Name: o.Name, Organisation: o.ID}
		b.claim(o.Evidence, ledger.Claim{Predicate: ledger.Appointment, Subject: id, Object: o.ID, Value: o.Role})
	}
	for i := range r.Incidents {
		b.incident(ledger.MentionID(a.ID, i+1), &r.Incidents[i], officials)
	}
	for i := range b.rec.Mentions {
		Summarise(b.rec, &b.rec.Mentions[i], g)
	}
	for _, t := range b.things {
		b.rec.Things = append(b.rec.Things, t)
	}
	slices.SortFunc(b.rec.Things, func(x, y ledger.Thing) int { return cmp.Compare(x.ID, y.ID) })
	// One statement supported twice by the same words is one claim.
	slices.SortFunc(b.rec.Claims, func(x, y ledger.Claim) int { return cmp.Compare(x.ID, y.ID) })
	b.rec.Claims = slices.CompactFunc(b.rec.Claims, func(x, y ledger.Claim) bool { return x.ID == y.ID })
	return b.rec
}

// OfficialID is the id of a person in an organisation: "official:leicester/richard-sword".
func OfficialID(organisation, name string) string {
	_, org, _ := strings.Cut(organisation, ":")
	return "official:" + org + "/" + ledger.Slug(name)
}

type builder struct {
	g      *gazetteer.Gazetteer
	rec    *ledger.Record
	things map[string]ledger.Thing
}

// known adds the gazetteer's thing of this id to the record, and is whether there is one.
func (b *builder) known(id string) bool {
	t, ok := b.g.Thing(id)
	if ok {
		b.things[id] = t
	}
	return ok
}

func (b *builder) claim(e extract.Evidence, c ledger.Claim) {
	a := &b.rec.Article
	c.Quote, c.Start, c.End = e.Quote, e.Start, e.End
	c.Speaker, c.Certainty = e.Speaker, cmp.Or(e.Certainty, ledger.Stated)
	c.Article, c.AssertedOn, c.Publisher = a.ID, a.PublishedOn, a.Publisher
	c.ID = ledger.ClaimID(&c)
	b.rec.Claims = append(b.rec.Claims, c)
}

func (b *builder) incident(id string, in *extract.Incident, officials map[string]string) {
	m := ledger.Mention{ID: id, Article: b.rec.Article.ID, KnownFrom: b.rec.Article.KnownFrom(),
		PublishedOn: b.rec.Article.PublishedOn, IncidentKind: in.Kind}
	if in.IdentifiedOn != nil && in.Precision != nil {
		m.IdentifiedOn, m.Precision = ledger.Date(*in.IdentifiedOn), ledger.Precision(*in.Precision)
	}
	councils := map[string]string{} // official name → id
	for _, c := range in.Councils {
		if b.known(c.ID) {
			councils[c.Name] = c.ID
			b.claim(c.Evidence, ledger.Claim{Predicate: ledger.Impact, Subject: id, Object: c.ID, Mention: id, Value: c.Impact})
		}
	}
	for _, a := range in.Actors {
		if b.known(a.ID) {
			b.claim(a.Evidence, ledger.Claim{Predicate: ledger.Attribution, Subject: id, Object: a.ID, Mention: id, Value: a.Attribution})
		}
	}
	for _, a := range in.Agencies {
		if b.known(a.ID) {
			b.claim(a.Evidence, ledger.Claim{Predicate: ledger.Response, Subject: a.ID, Object: id, Mention: id, Value: a.Role})
		}
	}
	for _, a := range in.Arrangements {
		b.arrangement(&m, &a)
	}
	for _, d := range in.Data {
		to := "data:" + ledger.Slug(d.Label)
		if to == "data:" {
			continue
		}
		b.things[to] = ledger.Thing{ID: to, Kind: ledger.Data, Name: d.Label}
		b.claim(d.Evidence, ledger.Claim{Predicate: ledger.DataTaken, Subject: id, Object: to, Mention: id, Label: d.Label, Volume: d.Volume})
	}
	for _, s := range in.Services {
		to, ok := councils[s.Council]
		if !ok {
			if c, found := b.g.CouncilNamed(s.Council); found && b.known(c.ID) {
				to, ok = c.ID, true
			}
		}
		if ok {
			b.claim(s.Evidence, ledger.Claim{Predicate: ledger.Service, Subject: id, Object: to, Mention: id, Label: s.Label, Value: s.State})
		}
	}
	for _, s := range in.Statements {
		if from, ok := officials[s.Official]; ok {
			b.claim(s.Evidence, ledger.Claim{Predicate: ledger.Statement, Subject: from, Object: id, Mention: id, Value: s.Text})
		}
	}
	b.rec.Mentions = append(b.rec.Mentions, m)
}

// arrangement adds an arrangement's memberships. One that the article does not name is the known one of its kind
// that then had all its members, or one of its own by kind and members.
func (b *builder) arrangement(m *ledger.Mention, a *extract.Arrangement) {
	var members []string
	for _, name := range a.Members {
		if c, ok := b.g.CouncilNamed(name); ok && b.known(c.ID) {
			members = append(members, c.ID)
		}
	}
	members = ledger.Set(members...)
	if len(members) == 0 {
		return
	}
	t := ledger.Thing{Kind: ledger.SharedArrangement, ArrangementKind: a.Kind}
	if a.Provider != nil {
		t.Provider = *a.Provider
	}
	known := false
	if k, ok := b.g.ArrangementByID(a.ID); ok {
		t.ID, known = k.ID, true
	} else if a.Name != nil && ledger.Slug(*a.Name) != "" {
		t.ID, t.Name, known = "arrangement:"+ledger.Slug(*a.Name), *a.Name, true
	} else if k, ok := b.meant(m, a, members); ok {
		t.ID, known = k.ID, true
	} else {
		t.ID, t.Name = ownArrangement(b.g, a.Kind, t.Provider, members)
	}
	provider := t.Provider
	if full, ok := b.g.Thing(t.ID); ok {
		t = full
	}
	b.things[t.ID] = t
	since, sp := partial(a.Since)
	until, up := partial(a.Until)
	for _, id := range members {
		b.claim(a.Evidence, ledger.Claim{Predicate: ledger.Membership, Subject: id, Object: t.ID, Mention: m.ID, Provider: provider,
			Since: since, SincePrecision: sp, Until: until, UntilPrecision: up})
	}
	m.Arrangements = append(m.Arrangements, ledger.MentionArrangement{ID: t.ID, Kind: a.Kind, Provider: provider, Members: members, Known: known})
}

// meant is the gazetteer's arrangement of the kind with all the members: at the incident's time, or, where that is
// unknown, one that has not ended. A supplier's is meant only where the supplier is the same.
func (b *builder) meant(m *ledger.Mention, a *extract.Arrangement, members []string) (gazetteer.Arrangement, bool) {
	if len(members) < 2 {
		return gazetteer.Arrangement{}, false
	}
	k, ok := b.g.Known(a.Kind, members, cmp.Or(m.IdentifiedOn, m.PublishedOn))
	if ok && a.Kind == "SUPPLIER" && (a.Provider == nil || ledger.Slug(*a.Provider) != ledger.Slug(k.Provider)) {
		return gazetteer.Arrangement{}, false
	}
	return k, ok
}

// ownArrangement is the id and the name of an arrangement known by its kind, provider and members alone.
func ownArrangement(g *gazetteer.Gazetteer, kind, provider string, members []string) (id, name string) {
	var short []string
	for _, m := range members {
		if c, ok := g.CouncilByID(m); ok {
			short = append(short, c.ShortName)
		}
	}
	who := list(short, 4)
	switch kind {
	case "SUPPLIER":
		name = cmp.Or(provider, "Supplier") + " for " + who
	case "SHARED_SYSTEM":
		name = "Shared system of " + who
	default:
		name = "Joint service of " + who
	}
	return "arrangement:" + strings.ToLower(strings.ReplaceAll(kind, "_", "-")) + "-" +
		ledger.Digest(append([]string{kind, ledger.Slug(provider)}, members...)...)[:12], name
}

// list is names in a sentence, at most limit of them.
func list(names []string, limit int) string {
	if len(names) > limit {
		rest := len(names) - limit + 1
		names = append(slices.Clone(names[:limit-1]), itoa(rest)+" others")
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// partial reads YYYY, YYYY-MM or YYYY-MM-DD.
func partial(s string) (ledger.Date, ledger.Precision) {
	for _, form := range []struct {
		rest string
		p    ledger.Precision
	}{{"", ledger.Day}, {"-01", ledger.Month}, {"-01-01", ledger.Year}} {
		if d, err := ledger.ParseDate(s + form.rest); err == nil {
			return d, form.p
		}
	}
	return "", ""
}
