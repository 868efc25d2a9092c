package extract

import (
	"slices"
)

// arrangements are what the councils of an incident share, with those that do.
//
// It reads "<c0> hosted on a shared IT system with <c1>" as a SHARED_SYSTEM of both; it must not read "a joint
// statement by <c0> and <c1>".
func (p *page) arrangements(sents []*tagged, struck []CouncilImpact) []Arrangement {
	var out []Arrangement
	add := func(a Arrangement) {
		slices.Sort(a.Members)
		for i := range out {
			if out[i].Kind == a.Kind && sameOrWithin(a.Members, out[i].Members) {
				if out[i].Name == nil {
					out[i].Name, out[i].ID = a.Name, a.ID
				}
				if out[i].Provider == nil {
					out[i].Provider = a.Provider
				}
				return
			}
			if out[i].Kind == a.Kind && sameOrWithin(out[i].Members, a.Members) {
				if a.Name == nil {
					a.Name, a.ID = out[i].Name, out[i].ID
				}
				out[i] = a
				return
			}
		}
		out = append(out, a)
	}
	var weak []Arrangement
	for i, t := range sents {
		b := t.bondIn()
		if b == nil {
			continue
		}
		ids := p.joinedBy(t, b)
		if b.joins {
			// "the third partner in the payroll team": with those who were said to have one.
			ids = p.partiesIn(t, b)
			if k := slices.IndexFunc(out, func(a Arrangement) bool { return a.Kind == b.kind }); k >= 0 {
				ids = append(ids, p.idsOf(out[k].Members, ids)...)
			} else if p.main != "" && len(ids) < 2 && !slices.Contains(ids, p.main) {
				ids = append(ids, p.main)
			}
		}
		if len(ids) < 2 {
			continue
		}
		a := Arrangement{Kind: b.kind, Evidence: p.whole(t)}
		for _, id := range ids {
			a.Members = append(a.Members, p.r.nameOf(id))
		}
		if p.christen(&a, t, sents, i); b.weak {
			weak = append(weak, a)
			continue
		}
		add(a)
	}
	for _, a := range weak {
		if !slices.ContainsFunc(out, func(o Arrangement) bool { return sameOrWithin(a.Members, o.Members) }) {
			add(a)
		}
	}
	for _, a := range p.suppliers(sents, struck) {
		add(a)
	}
	return slices.DeleteFunc(out, func(a Arrangement) bool {
		if a.Kind == "SUPPLIER" && slices.ContainsFunc(out, func(o Arrangement) bool {
			return o.Kind != "SUPPLIER" && o.Provider != nil && *o.Provider == *a.Provider
		}) {
			return true
		}
		return a.Kind == "SHARED_SYSTEM" && slices.ContainsFunc(out, func(o Arrangement) bool { return o.Kind == "JOINT_SERVICE" && slices.Equal(a.Members, o.Members) })
	})
}

// partiesIn are the councils of a sentence up to the end of a bond's clause.
func (p *page) partiesIn(t *tagged, b *bonded) []string {
	var ids []string
	end := len(t.low)
	if m := clauseEnds.FindStringIndex(t.low[b.to:]); m != nil {
		end = b.to + m[0]
	}
	begin := 0
	if all := otherClause.FindAllStringIndex(t.low[:b.from], -1); all != nil {
		begin = all[len(all)-1][1]
	}
	for _, g := range t.tags(begin, end, 'c') {
		for _, id := range g.n.ids {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// idsOf are the councils of these names that are not among some.
func (p *page) idsOf(names, but []string) []string {
	var ids []string
	for i := range p.r.g.Councils {
		if c := &p.r.g.Councils[i]; slices.Contains(names, c.Name) && !slices.Contains(but, c.ID) {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// "the same incident has also affected": those spoken of before are joined too.
var alsoSame = mustCompile(`\b(?:same (?:incident|attack|breach|event|problem)|also affect\w*)\b`)

func sameOrWithin(a, b []string) bool {
	for _, x := range a {
		if !slices.Contains(b, x) {
			return false
		}
	}
	return true
}

var (
	withOthers = mustCompile(`\b(?:jointly|together|in (?:partnership|common|tandem)|shar(?:es?|ed|ing)\b[^.;<]{0,60}) with (?:both )?(?:the )?<c\d+>|\bbetween them\b|\b(?:that|which) the (?:two|pair)\b|\b(?:with|from|for|by) the (?:city|borough|county|district|council|authority)\b|\b(?:for|across|in|on behalf of|to) (?:both|the two) (?:districts|boroughs|areas|councils|authorities|counties|cities|of them|neighbours)\b`)
	sameThing  = mustCompile(`\b(?:on|in|from|through|behind|over) (?:the|that) same (?:[\w-]+ ){0,2}(?:machines?|servers?|box|hardware|kit|tenancy|rack|cabinet|network|system|platform|data centre|database|firewall)\b|\bone and the same as\b`)
)

var (
	// "the company Acme", "outsourced to Acme": who runs what has a name.
	providerAt = mustCompile(`\b(?:handed (?:it|this|them|the (?:work|job)|its [\w ]{3,30}) (?:over )?to|bought from|supplier|contractor|company|firm|provider|outsourced to|outsourcer|run by|provided by|hosted by|supplied by|operated by|managed by|handled by|use|uses|used|using|customers of|spokes\w+ for)\b,? (?:the )?([A-Z][\w&-]+(?: [A-Z][\w&-]+){0,3})`)
	sinceYear  = mustCompile(`\b(?:since|in|from) ((?:19|20)\d{2})\b`)
)

// christen gives an arrangement the name that its sentence has for it, and the provider named close by.
func (p *page) christen(a *Arrangement, t *tagged, sents []*tagged, i int) {
	for _, g := range t.tags(0, len(t.s), 's') {
		known, _ := p.r.g.ArrangementByID(g.n.ids[0])
		name := known.Name
		a.Name, a.ID = &name, known.ID
		if known.Kind != "SUPPLIER" {
			a.Kind = known.Kind
		}
	}
	if a.Name == nil {
		return
	}
	for _, s := range sents[i:min(len(sents), i+2)] {
		if m := providerAt.FindStringSubmatch(s.s); m != nil {
			firm := m[1]
			a.Provider = &firm
		}
		if m := sinceYear.FindStringSubmatch(s.low); m != nil && a.Since == "" && s == t {
			a.Since = m[1]
		}
	}
}
