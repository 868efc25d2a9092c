package identity

import (
	"cmp"
	"reflect"
	"slices"

	"spillover/gazetteer"
	"spillover/ledger"
)

// Derived is what records and judgements come to over the days of knowledge.
type Derived struct {
	Claims   []ledger.Claim
	Versions []ledger.Version // of incidents
	Aliases  []ledger.Alias
}

// Derive resolves the claims of records: which incident each mention is part of and which arrangement each membership is
// of, from which day to which. The records must be closed: whatever may be one incident with something in
// them is among them. Their order plays no part, and records that have nothing to do with one another do not
// change each other's result, so that deriving a part equals that part of deriving the whole.
func Derive(records []*ledger.Record, judgements []ledger.Judgement, g *gazetteer.Gazetteer) *Derived {
	j := NewJudged(judgements)
	records = slices.Clone(records)
	for i, r := range records {
		records[i] = j.without(r, g)
	}
	slices.SortFunc(records, func(a, b *ledger.Record) int {
		return cmp.Or(cmp.Compare(a.Article.KnownFrom(), b.Article.KnownFrom()), cmp.Compare(a.Article.ID, b.Article.ID))
	})
	out := &Derived{}
	for _, group := range groups(records, j) {
		newSweep(group, j, g, out).run()
	}
	return out
}

// An edge joins two mentions that may be one incident from the day that both are known.
type edge struct {
	a, b   *ledger.Mention
	from   ledger.Date
	forced bool // by an analyst
}

// A sweep goes through the days of knowledge of one group, and notes what begins and what ends on each.
type sweep struct {
	*group
	j   *Judged
	g   *gazetteer.Gazetteer
	out *Derived

	records  map[string]*ledger.Record  // by article id
	claims   map[string][]*ledger.Claim // by mention
	incident map[string]*component      // by mention id

	openClaims   map[string]*ledger.Claim
	openVersions map[string]ledger.Version
	openAliases  map[[2]string]ledger.Alias // by id and source
}

// A component is an incident: its mentions, earliest first where it is not dirty.
type component struct {
	mentions []*ledger.Mention
	dirty    bool
}

func newSweep(gr *group, j *Judged, g *gazetteer.Gazetteer, out *Derived) *sweep {
	s := &sweep{group: gr, j: j, g: g, out: out, records: map[string]*ledger.Record{}, claims: map[string][]*ledger.Claim{},
		incident: map[string]*component{}, openClaims: map[string]*ledger.Claim{},
		openVersions: map[string]ledger.Version{}, openAliases: map[[2]string]ledger.Alias{}}
	for _, r := range gr.records {
		s.records[r.Article.ID] = r
		for i := range r.Claims {
			c := &r.Claims[i]
			s.claims[c.Mention] = append(s.claims[c.Mention], c)
		}
	}
	return s
}

func (s *sweep) run() {
	var days []ledger.Date
	arrivals := map[ledger.Date][]*ledger.Record{}
	for _, r := range s.group.records {
		day := r.Article.KnownFrom()
		days = append(days, day)
		arrivals[day] = append(arrivals[day], r)
	}
	slices.Sort(days)
	edges := s.edges
	for _, day := range slices.Compact(days) {
		for _, r := range arrivals[day] {
			for i := range r.Mentions {
				m := &r.Mentions[i]
				s.incident[m.ID] = &component{mentions: []*ledger.Mention{m}, dirty: true}
			}
			if len(r.Mentions) == 0 { // reference data
				s.unmentioned(day, r, r.Article.ID)
			}
		}
		n := 0
		for n < len(edges) && edges[n].from == day {
			n++
		}
		s.join(edges[:n])
		edges = edges[n:]
		s.note(day)
	}
	for _, c := range s.openClaims {
		s.out.Claims = append(s.out.Claims, *c)
	}
	for _, v := range s.openVersions {
		s.out.Versions = append(s.out.Versions, v)
	}
	for _, a := range s.openAliases {
		s.out.Aliases = append(s.out.Aliases, a)
	}
}

// join applies the edges of one day. A mention without any date of its own must not bridge two incidents that time tells
// apart: it joins only where all that it could join is one.
func (s *sweep) join(edges []edge) {
	var bridges []edge
	dateless := func(m *ledger.Mention) bool { _, _, ok := when(m); return !ok }
	for _, e := range edges {
		if e.forced || dateless(e.a) == dateless(e.b) {
			s.unite(e)
		} else {
			bridges = append(bridges, e)
		}
	}
	choices := map[*component]map[*component]bool{}
	for _, e := range bridges {
		a, b := e.a, e.b
		if !dateless(a) {
			a, b = b, a
		}
		from := s.incident[a.ID]
		if slices.ContainsFunc(from.mentions, func(m *ledger.Mention) bool { return !dateless(m) }) {
			continue // an analyst has said where it belongs
		}
		if choices[from] == nil {
			choices[from] = map[*component]bool{}
		}
		choices[from][s.incident[b.ID]] = true
	}
	sole := map[*component]bool{}
	for from, to := range choices {
		sole[from] = len(to) == 1
	}
	for _, e := range bridges {
		a := e.a
		if !dateless(a) {
			a = e.b
		}
		if from := s.incident[a.ID]; sole[from] {
			s.unite(e)
			sole[s.incident[a.ID]] = true // further edges lead to the same
		}
	}
}

// unite makes one incident of two, unless that would bring together what an analyst, or one article, keeps apart.
func (s *sweep) unite(e edge) {
	x, y := s.incident[e.a.ID], s.incident[e.b.ID]
	if x == y {
		return
	}
	if s.apart {
		for _, a := range x.mentions {
			for _, b := range y.mentions {
				pair := ordered(a.ID, b.ID)
				if s.j.notSame[pair] || a.Article == b.Article && !s.j.same[pair] {
					return
				}
			}
		}
	}
	if len(x.mentions) < len(y.mentions) {
		x, y = y, x
	}
	x.mentions = append(x.mentions, y.mentions...)
	x.dirty = true
	for _, m := range y.mentions {
		s.incident[m.ID] = x
	}
}

// note writes down what the day left: for each incident that changed its version, its aliases and its claims.
func (s *sweep) note(day ledger.Date) {
	heads := map[string]bool{}
	for _, c := range s.incident {
		if !c.dirty {
			heads[c.mentions[0].ID] = true
			continue
		}
		c.dirty = false
		slices.SortFunc(c.mentions, byKnowledge)
		heads[c.mentions[0].ID] = true
		head := c.mentions[0].ID
		meant := s.arrangements(c)
		witness := s.witnesses(c)
		var resolved []*ledger.Claim
		for _, m := range c.mentions {
			if r := s.records[m.Article]; r.Mentions[0].ID == m.ID {
				s.unmentioned(day, r, witness[m.Article])
			}
			if m.ID != head {
				s.alias(day, m.ID, head, m.ID)
			}
			for _, a := range m.Arrangements {
				if to := meant[m.ID+" "+a.ID]; to != a.ID {
					s.alias(day, a.ID, to, m.ID)
				}
			}
			for _, claim := range s.claims[m.ID] {
				from, to := claim.Subject, claim.Object
				switch {
				case from == m.ID:
					from = head
				case to == m.ID:
					to = head
				}
				if claim.Predicate == ledger.Membership {
					to = cmp.Or(meant[m.ID+" "+to], to)
				}
				resolved = append(resolved, s.put(day, claim, s.j.Canonical(from), s.j.Canonical(to), witness[m.Article]))
			}
		}
		s.version(day, describe(c.mentions, resolved, s.records, s.g))
	}
	for id, v := range s.openVersions {
		if !heads[id] {
			s.close(&v, day)
			delete(s.openVersions, id)
		}
	}
}

func (s *sweep) close(v *ledger.Version, day ledger.Date) {
	if v.From < day {
		v.Until = day
		s.out.Versions = append(s.out.Versions, *v)
	}
}

func (s *sweep) version(day ledger.Date, v ledger.Version) {
	v.From, v.Until = day, ledger.Forever
	if open, ok := s.openVersions[v.Thing.ID]; ok {
		v.From = open.From
		if reflect.DeepEqual(open, v) {
			return
		}
		v.From = day
		s.close(&open, day)
	}
	s.openVersions[v.Thing.ID] = v
}

func (s *sweep) alias(day ledger.Date, id, to, source string) {
	k := [2]string{id, source}
	if open, ok := s.openAliases[k]; ok {
		if open.To == to {
			return
		}
		if open.From < day {
			open.Until = day
			s.out.Aliases = append(s.out.Aliases, open)
		}
	}
	s.openAliases[k] = ledger.Alias{ID: id, To: to, From: day, Until: ledger.Forever, Source: source}
}

// unmentioned notes the claims of a record that are made in no incident's context.
func (s *sweep) unmentioned(day ledger.Date, r *ledger.Record, witness string) {
	for i := range r.Claims {
		if c := &r.Claims[i]; c.Mention == "" {
			s.put(day, c, s.j.Canonical(c.Subject), s.j.Canonical(c.Object), witness)
		}
	}
}

// put notes that from this day a claim stands between two things, and whose text it is.
func (s *sweep) put(day ledger.Date, c *ledger.Claim, from, to, witness string) *ledger.Claim {
	if open, ok := s.openClaims[c.ID]; ok {
		if open.From == from && open.To == to && open.Witness == witness {
			return open
		}
		if open.KnownFrom < day {
			open.KnownUntil = day
			s.out.Claims = append(s.out.Claims, *open)
		}
	}
	n := new(*c)
	n.From, n.To, n.Witness, n.KnownFrom, n.KnownUntil = from, to, witness, day, ledger.Forever
	s.openClaims[c.ID] = n
	return n
}

// arrangements says for each mention's arrangement, as "mention arrangement", which one is meant: of those that other
// articles on the incident give, the first known of the same kind and provider whose members include all of its own.
func (s *sweep) arrangements(c *component) map[string]string {
	meant := map[string]string{}
	var resolve func(m *ledger.Mention, a *ledger.MentionArrangement) string
	resolve = func(m *ledger.Mention, a *ledger.MentionArrangement) string {
		if a.Known {
			return a.ID
		}
		for _, other := range c.mentions {
			for i := range other.Arrangements {
				x := &other.Arrangements[i]
				if other.Article == m.Article || x.ID == a.ID || x.Kind != a.Kind || len(common(a.Members, x.Members)) < len(a.Members) ||
					!x.Known && len(x.Members) == len(a.Members) || x.Provider != "" && a.Provider != "" && ledger.Slug(x.Provider) != ledger.Slug(a.Provider) {
					continue
				}
				return resolve(other, x)
			}
		}
		return a.ID
	}
	for _, m := range c.mentions {
		for i := range m.Arrangements {
			a := &m.Arrangements[i]
			meant[m.ID+" "+a.ID] = resolve(m, a)
		}
	}
	return meant
}
