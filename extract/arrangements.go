package extract

import (
	"slices"
	"strings"
)

// A bond is a turn of phrase that says that councils share something.
type bond struct {
	kind string
	re   *pattern
}

var (
	bonds = []bond{
		// "<c0>, which provides safeguarding advice to <c1>", "schools at <c0> take their broadband from <c1>". Not: "takes advice from <c1>".
		{"JOINT_SERVICE", mustCompile(`<c\d+>, (?:which|who) [^.;<]{3,60}? (?:through|by|via|from|with) the same (?:[\w-]+ ){0,5}(?:team|service|unit|office|staff|hub|department)\b|<c\d+>[^.;<]{0,60}?\b(?:rel(?:y|ies|ied)|depends?) on <c\d+> for\b|<c\d+>[^.;<]{0,60}?\b(?:provides?|runs?|hosts?|delivers?|operates?|does|handles?|manages?|supplies) (?:the |its |all )?[^.;<]{3,50}? (?:to|for|on behalf of) (?:the |both )?<c\d+>|<c\d+>[^.;<]{0,60}?\b(?:takes?|buys?|gets?|draws?|receives?|has|obtains?|rents?) (?:its|their|all its|some of its|most of its) [^.;<]{3,50}? from (?:the )?<c\d+>`)},
		// "with whom <c0> swaps books" through a connection of their catalogues.
		{"SHARED_SYSTEM", mustCompile(`<c\d+>[^.;]{0,20}\buses? the same [^.;<]{3,50} as <c\d+>|<c\d+>[^.;]{0,20}\b(?:both |all )?(?:uses?|used|runs?|ran) the (?:same|compromised|affected|stricken|hacked) (?:[\w-]+ ){0,3}(?:tool|system|platform|software|product|server|network|application)s?\b|<c\d+>, (?:which|who) (?:hosts?|runs?|houses?|looks after) (?:<c\d+>'s|the (?:pair|trio|partnership|councils)'s?|their|both councils'|its partners') (?:\w+ )?(?:website|sites?|servers?|systems?|network|email|data|databases?|platform|data centre|portal)\b|<c\d+>[^.;<]{0,60}\b(?:rents?|leases?|uses?|has|have|keeps?|hosts?|houses?) (?:\w+ ){0,3}(?:rack|space|servers?|capacity|hosting|cabinets?|racks)\b[^.;<]{0,30}(?:from|at|in|with|on) <c\d+>|\b(?:pulled|cut|severed|disconnected|suspended|dropped|closed|reinstated|restored) (?:its|their|the) (?:\w+ ){0,2}(?:connection|link|feed|interface)\b[^.;<]{0,20}(?:to|with) <c\d+>|<c\d+>, (?:with (?:whom|which)|whose) [^.;]{0,60}<c\d+>[^.;]{0,60}\b(?:connection|link|database|catalogue|feed|system)\b`)},
		// "due to joint arrangements", "a three-way partnering service", "which share the revenues service with".
		// Not: "a joint statement".
		{"JOINT_SERVICE", mustCompile(`\b(?:joint (?:arrangements?|service|services|team|workforce|staff|management|organisation|committee|venture|legal|it|ict|working arrangements?|partnership|(?:[\w&-]+ ){1,4}(?:service|team|department|unit|hub|scheme|programme|agency|board|panel|office|centre|contract|committee|workforce|function))|partnering service|partnership|shared services?|shared[\w -]{0,20} (?:service|services|team|department|partnership|function)|(?:run|runs|ran|operates?|managed?|worked?) as one|runs? [\w' ]{0,30}jointly|run jointly|jointly with|jointly (?:run|own|operate)\w*|shar(?:e|es|ed|ing) (?:a |an |the |their |its |one )?(?:[\w&-]+ ){0,3}(?:service|services|team|staff|department|back office|chief executive|management)|(?:which|who) buys?[\w ]{0,30} from|(?:own(?:s|ed)?|owning|controls?|set up|founded) (?:it |the (?:company|firm|business|venture) )?(?:in equal (?:parts|shares|measure)|equally|between them)|owned (?:equally |jointly |wholly )*by|(?:in equal (?:parts|shares)|equal shareholders|joint owners)|(?:run|runs|ran|operates?|manages?|staff|fund|own) (?:\w+ ){0,2}between them|over which the (?:two|three|pair)|(?:run|runs|ran|running|deliver\w*|provid\w*|operat\w*|manag\w*|employ\w*|staff\w*|commission\w*)\b[^.;]{0,90}?\b(?:together|in (?:partnership|tandem|harness|common)) with|(?:pool|combin|merg)(?:es|ed|ing|e|s) (?:its|their) (?:[\w&-]+ ){1,4}(?:teams?|services?|staff|departments?|functions?|offices?)|(?:teams?|services?|departments?|offices?|staff|units?|hubs?|functions?|officers?),? (?:(?:that|which) )?(?:it|they|we|<c\d+>|the (?:council|authority|district|borough|city|county)) (?:now |also |both |already |still )*shar(?:e|es|ed)\b|(?:one|a single) (?:team|office|unit|department|service) (?:serves|covers|works for|looks after|does)|lead authority|(?:two|three|four)-way|set up)\b`)},
		// "a shared IT system with", "run a number of systems in common". Not: "share an IT director's view".
		{"SHARED_SYSTEM", mustCompile(`\b(?:shared (?:it|ict|computer|digital|technology|data|[\w-]+)? ?(?:systems?|network|infrastructure|platform|servers?|data centre|software|provisions?|environment|database|hosting)|shar(?:e|es|ed|ing) (?:a |an |the |some |their |its |one |much of their |parts of their )?(?:[\w-]+ ){0,3}?(?:it|ict|systems?|network|infrastructure|platform|servers?|data centre|software|provisions?|environment|database|technology)\b|(?:it|ict|systems?|network|infrastructure|platform|servers?|data centre|software|database|technology),? (?:that|which) (?:it|they|<c\d+>|is|are|was|were)(?: (?:also|both|all))? shar(?:es?|ed)\b|(?:systems?|network|platform|servers?|infrastructure|data centre) shared (?:by|with|between|across)|systems in common|(?:uses?|runs? on|sits? on|relies on|rely on|hosted (?:on|by)) (?:our|its|the same|their|<c\d+>'s) (?:[\w-]+ ){0,2}(?:data centre|systems?|network|servers?|platform|infrastructure)|common (?:[\w-]+ ){0,3}(?:systems?|platform|network|database|catalogue)|(?:a|one) single (?:[\w-]+ ){0,3}(?:estate of servers|servers?|network|platform|system|data centre|database)|one and the same as|same (?:[\w-]+ ){0,3}(?:systems?|network|platform|servers?|catalogue|database|data centre|domain|machines?|box|hardware|kit|tenancy|tenant|rack|cabinet|firewall|backbone)|joint (?:it|ict) (?:systems?|network|infrastructure)|(?:systems?|database|network|platform|servers?|software|portal|website|infrastructure)\b[^.;<]{0,30}? (?:together|jointly|in (?:partnership|common|tandem)) with)`)},
	}
	// "the company that runs residents' parking permits for", "another customer". Not: "a customer service desk".
	supplier = mustCompile(`\b(?:handed (?:it|this|them|the (?:work|job)|its [\w ]{3,30}) (?:over )?to|(?:same|stricken|hacked) (?:company|firm|supplier|provider|contractor|vendor)|bought from|(?:business|company|firm|outfit) behind|which \w+s (?:our|its|their|the council's|the borough's|the city's|<c\d+>'s)\b|supplier|contractor|provider|use the (?:firm|company)|outsourc\w+|third[- ]party|software (?:company|provider|firm)|it (?:provider|company|firm)|company (?:that|which) (?:runs|handles|provides|hosts|manages|processes)|(?:runs|handles|handled|provides|hosts|manages|processes|supplies|maintains|looks after|sells|sold|prints|serves) [^.;]{0,60} (?:for|to)\b|\bwhich [^.;]{3,60} for (?:[\w-]+ ){0,4}(?:councils|districts|boroughs|authorities)\b|\b(?:acts|works) (?:also )?for\b|\bin the hands of\b|\bpayroll (?:company|firm|bureau)\b|\bsuppl(?:y|ied) by\b|\b(?:software|cloud|hosting|printing|payments?|parking|mailing|care|it|data) (?:company|firm|supplier|contractor|house|vendor|specialist|provider)\b|for which (?:it|they) (?:handled|handles|ran|runs|run|provides|provided)|another customer|other customers|which also uses|that use|use[sd]? (?:by|the|its|<)|customers?)\b`)
	// "Penstemon Parking, based in Leeds", "the company Capita", "supplier Capita", "outsourced to Civica", "by Capita".
	providerAt = mustCompile(`\b(?:handed (?:it|this|them|the (?:work|job)|its [\w ]{3,30}) (?:over )?to|bought from|supplier|contractor|company|firm|provider|outsourced to|outsourcer|run by|provided by|hosted by|supplied by|operated by|managed by|handled by|use|uses|used|using|customers of|spokes\w+ for)\b,? (?:the )?([A-Z][\w&-]+(?: [A-Z][\w&-]+){0,3})`)
	providerIs = mustCompile(`\b([A-Z][\w&-]+(?:(?: and)? [A-Z][\w&-]+){0,4}),? (?:which|told councils|the (?:[\w-]+ ){0,2}(?:company|firm|business|outfit|vendor|supplier|contractor|outsourc\w+)|based in|an? (?:[\w-]+ ){0,3}(?:company|firm|supplier|contractor|provider|outsourc\w+)|handled|runs|provides|supplies|hosts)\b`)
	left       = mustCompile(`<c\d+>,? (?:which |who |that )?(?:has |have |had )?(?:(?:until|in|since|last|once) [^,.;<]{0,30} )?(?:left|quit|dropped|ceased to|ended its|was a customer until|moved (?:away|off|out)|no longer|stopped using|ended|(?:took|brought|taken|moved) [^.;<]{0,60}?(?:back )?in[- ]house|moved to another|switched to another)`)
	itLeft     = mustCompile(`^(?:it|the (?:council|authority|borough|district|city)) (?:had |has |have )?(?:dropped|left|quit|stopped using|ended its contract|moved away)\b`)
	sinceYear  = mustCompile(`\b(?:since|in|from) ((?:19|20)\d{2})\b`)
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
	for i, t := range sents {
		for _, b := range bonds {
			m := t.find(b.re)
			if m == nil || negatedAt(t, m[0], m[1]) || notShared.MatchString(t.low) {
				continue
			}
			if strings.Contains(t.low[m[0]:m[1]], "set up") && !strings.Contains(t.low, "to run") {
				continue
			}
			ids := p.members(t, m[0], m[1])
			if len(ids) < 2 {
				continue
			}
			a := Arrangement{Kind: b.kind, Evidence: p.whole(t)}
			for _, id := range ids {
				a.Members = append(a.Members, p.r.nameOf(id))
			}
			p.christen(&a, t, sents, i)
			add(a)
			break
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

// "the same software under separate contracts", "until May placed families through the same team".
var notShared = mustCompile(`\bseparate contracts?\b|<c\d+>, (?:which|who) (?:until|once|used to|formerly|previously)\b`)

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
	withOthers = mustCompile(`\b(?:jointly|together|in (?:partnership|common|tandem)|shar(?:es?|ed|ing)\b[^.;<]{0,60}) with (?:both )?(?:the )?<c\d+>|\bbetween them\b|\b(?:that|which) the (?:two|pair)\b|\bwith the (?:city|borough|county|district|council|authority)\b`)
	sameThing  = mustCompile(`\b(?:on|in|from|through|behind|over) (?:the|that) same (?:[\w-]+ ){0,2}(?:machines?|servers?|box|hardware|kit|tenancy|rack|cabinet|network|system|platform|data centre|database|firewall)\b|\bone and the same as\b`)
)

// members are the councils that a bond joins: those of its sentence, or the speaker's own and those.
func (p *page) members(t *tagged, from, to int) []string {
	var ids []string
	add := func(more []string) {
		for _, id := range more {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	for _, g := range t.tags(0, len(t.s), 'c') {
		if g.n.how != byPlace || len(ids) > 0 {
			add(g.n.ids)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	if ownVoice.MatchString(t.low[max(0, from-40):min(len(t.low), to+40)]) {
		if p.voice != "" {
			add(some(p.voice))
		} else if t.spoke == "" && p.main != "" && !t.quoted[from] && strings.Contains(t.low[max(0, from-20):min(len(t.low), to+20)], " our ") {
			add(some(p.main)) // "share our licensing service"
		} else if t.spoke != "" {
			if _, ok := p.r.g.CouncilByID(t.spoke); ok {
				add(some(t.spoke))
			}
		}
	}
	if p.main != "" && !slices.Contains(ids, p.main) {
		if m := t.find(withOthers); m != nil && (len(ids) == 1 || len(t.tags(0, m[1]-4, 'c')) == 0) || len(ids) == 1 && t.says(sameThing) {
			add(some(p.main)) // "Building control is provided jointly with Bromsgrove": by the article's own council
		}
	}
	if t.says(alsoSame) || len(ids) < 2 {
		add(t.past)
	}
	if len(ids) < 2 && len(t.focus) > 1 {
		add(t.focus)
	}
	return ids
}

// christen gives an arrangement the name that its sentence has for it, and the provider named close by.
func (p *page) christen(a *Arrangement, t *tagged, sents []*tagged, i int) {
	for _, g := range t.tags(0, len(t.s), 's') {
		known, _ := p.r.g.ArrangementByID(g.n.ids[0])
		name := known.Name
		a.Name, a.ID = &name, known.ID
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

// "Bury and Trafford are among those that use the firm"; not "customers were told".
var customers = mustCompile(`\b(?:uses?|used|(?:has|have) (?:also )?used|also uses?|customers? of|among the customers of) (?:the |this |that )?(?:same )?(?:firm|company|supplier|provider|vendor|contractor)\b`)

// suppliers is the arrangement by which councils use one firm: the firm that the article names as theirs, and the
// councils of the incident that had not left it.
func (p *page) suppliers(sents []*tagged, struck []CouncilImpact) []Arrangement {
	provider := ""
	var at *tagged
	gone := map[string]bool{}
	var using []string
	for _, t := range sents {
		for _, g := range t.tags(0, len(t.s), 'c') {
			if left.MatchString(t.low[g.start:]) {
				for _, id := range g.n.ids {
					gone[id] = true
				}
			}
		}
		if len(t.focus) == 1 && itLeft.MatchString(t.low) {
			gone[t.focus[0]] = true
		}
		if !t.says(supplier) {
			continue
		}
		if t.says(customers) {
			for _, g := range t.tags(0, len(t.s), 'c') {
				if g.n.how != byPlace {
					using = append(using, g.n.ids...)
				}
			}
		}
		firm := p.knownProvider(t.s)
		for _, re := range []*pattern{providerAt, providerIs} {
			if m := re.FindStringSubmatch(t.s); m != nil && firm == "" && !noName.MatchString(strings.Fields(m[1])[0]) {
				firm = strings.TrimSuffix(m[1], "'s")
			}
		}
		if provider == "" {
			provider = firm
		}
		if provider != "" && (at == nil || len(at.tags(0, len(at.s), 'c')) == 0) {
			at = t
		}
	}
	if provider == "" || at == nil {
		return nil
	}
	a := Arrangement{Kind: "SUPPLIER", Provider: &provider, Evidence: p.whole(at)}
	for _, c := range struck {
		if !gone[c.ID] {
			a.Members = append(a.Members, c.Name)
		}
	}
	for _, id := range using {
		if n := p.r.nameOf(id); !gone[id] && !slices.Contains(a.Members, n) {
			a.Members = append(a.Members, n)
		}
	}
	if len(a.Members) == 0 {
		return nil
	}
	return []Arrangement{a}
}

// knownProvider is the firm of the gazetteer that a sentence names.
func (p *page) knownProvider(s string) string {
	for _, f := range p.r.providers {
		if i := strings.Index(s, f); i >= 0 && (i == 0 || !isLetter(s[i-1])) && (i+len(f) == len(s) || !isLetter(s[i+len(f)])) {
			return f
		}
	}
	return ""
}
