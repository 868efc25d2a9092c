package extract

import "strings"

// Posts that no sentence gives beside the name: in signatures, press contacts, and sentences that go on with "she".

var (
	// "played by Ann Lee": no post, a part.
	playedBy = mustCompile(`\b(?:played|portrayed|acted|drawn|voiced) by (?:the )?(?:\w+ )?$`)
	// "Kent's emergency planner, Ann Lee": what a body has is a post, whatever the word for it.
	ownedPostBefore = mustCompile(`(<[ca]\d+>)(?:'s?|s') ((?:[\w&'/-]+ ){0,6}[a-z][\w'-]*),? $`)
	// "Kent's victims, Ann Lee and her son": no posts.
	noPost = mustCompile(`(?i)\b(?:residents?|victims?|fans?|captain|striker|coach|historian|poet|singer|author|player|actor|artist|neighbours?|tenants?|voters?|hospital|school|street|team|squad|critics?|patients?|predecessor|rival|daughter|son|wife|husband|family|families|lawyers?|solicitors|supplier|contractor|provider|firm|candidate|correspondent|bishop|winner)$`)
	// "played by the librarian": the post begins after the article.
	withinRole = mustCompile(`^(?:.*\b(?:by|from|of|with|to|and|as) )?(?:the|a|an|its|our|their) `)
	// Posts of companies, clubs and trusts, where nothing says that they are a council's.
	firmPost = mustCompile(`(?i)^(?:sales|commercial|account|creative|marketing|founding|artistic|medical|regional sales|technical) (?:director|manager|executive)|^(?:co-)?founder|^branch secretary`)
	// "said Ann Lee, Chief Executive, Acme.": the body stands last.
	firmLast = mustCompile(`^, [A-Z][\w&-]+(?: [A-Z][\w&-]+){0,2}[.:]?["']?$`)
	// "a former head of": of nobody now.
	aFormer   = mustCompile(`(?i)^an? (?:[\w-]+ )?(?:former |retired |ex-)`)
	outOfPost = mustCompile(`(?i)^(?:former |retired |ex-)`)
	// "who runs a roofing firm", "who manages a cafe": none of the council's.
	ownAffair = mustCompile(`(?i)^(?:an?|his|her|their|one of) |\b(?:firm|company|cafe|shop|business|pub|restaurant|charity|club|farm|salon|garage|hotel|gym|bakery|stall|nursery)\b`)
	tagNext   = mustCompile(`^(?: (?:at|for|of|in|on))? (?:the )?(<[ca]\d+>)`)
	// "leader of the Conservative group".
	partyGroup = mustCompile(`(?i)\b(?:labour|conservatives?|tory|tories|liberal democrats?|lib dems?|greens?|reform|independents?|snp|plaid cymru|opposition|unionists?|sinn f\S+n|alliance|sdlp|dup) ?(?:group|party|councillors|members)?\b`)
	// "secretary of the tenants' group".
	membersOwn = mustCompile(`(?i)\b(?:tenants|residents|traders|parents|supporters|pensioners|taxpayers|shopkeepers|landlords|carers|teachers|workers|drivers|users)(?:'|'s)? (?:\w+ )?(?:group|association|alliance|union|federation|forum|society|panel|network|campaign)\b|\bof the (?:charity|union|club|firm|company|campaign|trust)\b`)
	// "the firm's chief executive": another body's.
	firmsOwn = mustCompile(`(?i)^(?:the |its |their )?(?:[\w-]+ )?(?:trust|company|firm|charity|club|supplier|contractor|provider|university|college|association|union|group|consultancy|bank|vendor)(?:'s|s') `)
	// "The trust has 12 schools. Its chief executive, Ann Lee": the post is at the body just spoken of.
	anotherBody = mustCompile(`(?i)\b(?:trust|company|firm|charity|club|supplier|contractor|provider|university|college|association|union|telecom|limited|ltd|plc|group|consultancy|bank|vendor)\b`)

	// "Media contact: Ann Lee, Press Office", "Issued by: Communications (Ann Lee)".
	contactLine = mustCompile(`(?i)^[\W]*(?:for (?:further|more) information,? (?:please )?contact|(?:media|press|news|communications|further)?\s?(?:contacts?(?: point)?|enquiries|queries|office)|issued by|report (?:of|by|author)|author|prepared by|signed)\b[^:]{0,30}: ?([\w &/'-]*?)[ (,]*$`)
	contactPost = mustCompile(`^,? ?\(?([A-Z][\w&'/ -]{3,60}?)(?:\)|,|\.|;| - | on \d| tel\b| \d|$)`)
	titleLine   = mustCompile(`^(?:(?:The|Acting|Interim) )?(?i:(?:[\w&'/-]+ ){0,6}?` + post + `)\b[^.!?"]{0,70}$`)

	// "She has been head of technology at Kent since April".
	herPost = mustCompile(`\b(?:[Ss]he|[Hh]e|[Tt]hey) (?:is|was|has been|had been|became|joined as|serves as|works as|started as|took over as|took up the post of) (?:now |currently |then |appointed |made )?(?:the |a |an )?(?:(<[ca]\d+>)(?:'s?|s') ((?i:` + before + post + `)\b(?: of [\w&'/-]+(?: and [\w&'/-]+)?)?)|((?i:` + before + post + `)\b(?: of [\w&'/, -]{3,60}?)?) (?:at|for|of|with) (?:the )?(<[ca]\d+>))`)
	// "Her predecessor, Ben Roe, retired": whoever held the post before.
	predecessor = mustCompile(`\b(?:[Hh]er|[Hh]is|[Tt]heir) predecessor,? (` + nameWord + `(?: ` + nameWord + `){1,2})`)
)

// signs reads a post from what stands around a name that a line holds alone, or a contact's line.
func (p *page) signs(i int, x *person, left, right string) bool {
	if !x.t.heading {
		return false
	}
	at := func(org string) string {
		for _, id := range []string{org, p.voice, p.agencyVoice, p.main} {
			if id != "" {
				return id
			}
		}
		return ""
	}
	if m := contactLine.FindStringSubmatch(left); m != nil {
		role := strings.TrimSpace(m[1])
		if c := contactPost.FindStringSubmatchIndex(right); role == "" && c != nil {
			role = strings.TrimSpace(right[c[2]:c[3]])
			x.to += c[3]
		} else {
			x.from = 0
		}
		if role == "" || strings.Contains(role, "<") {
			return false
		}
		x.role, x.org = role, at("")
		return true
	}
	if strings.Trim(left, " ,-*") != "" || strings.Trim(right, " ,-*") != "" || i+1 >= len(p.sents) {
		return false
	}
	next := p.sents[i+1]
	if !next.heading || strings.Count(next.s, " ") > 10 || !titleLine.MatchString(next.s) || outsider.MatchString(next.s) {
		return false
	}
	org := ""
	if tag := tagPattern.FindString(next.s); tag != "" {
		org = p.orgOf(next, tag)
	}
	role, _, _ := strings.Cut(next.s, ",")
	role = strings.TrimSpace(strings.TrimPrefix(tagPattern.ReplaceAllString(role, ""), "'s "))
	if org = at(org); org == "" || role == "" {
		return false
	}
	x.role, x.org = role, org
	return true
}

// ofAnother is whether a post given as "its" is at a body that is neither a council nor an agency.
func (p *page) ofAnother(i int, t *tagged, x *person) bool {
	upTo := t.s[:max(0, min(x.from, len(t.s)))]
	its := strings.HasSuffix(upTo, "Its ") || strings.HasSuffix(upTo, "its ") || strings.HasPrefix(strings.ToLower(t.s[min(x.from, len(t.s)):]), "its ")
	if !its {
		return false
	}
	own := func(s *tagged, to int) bool {
		for _, g := range append(s.tags(0, to, 'c'), s.tags(0, to, 'a')...) {
			if g.n.how != byAnaphor && g.n.how != byPlace {
				return true
			}
		}
		return false
	}
	if own(t, len(upTo)) {
		return false
	}
	if anotherBody.MatchString(upTo) {
		return true
	}
	if i == 0 || own(p.sents[i-1], len(p.sents[i-1].s)) {
		return false
	}
	return anotherBody.MatchString(p.sents[i-1].s) || strings.HasPrefix(x.role, "managing director")
}

// laterPosts are the people named in one sentence whose post the next ones give: "Ann Lee drinks no coffee. Since April she has been …".
func (p *page) laterPosts() []*person {
	var out []*person
	for i, t := range p.sents {
		m := herPost.FindStringSubmatchIndex(t.s)
		if m == nil || t.quoted[m[0]] {
			continue
		}
		tag, post := 1, 2
		if m[2] < 0 {
			tag, post = 4, 3
		}
		org, role := p.orgOf(t, t.s[m[2*tag]:m[2*tag+1]]), t.s[m[2*post]:m[2*post+1]]
		if org == "" || outsider.MatchString(role) {
			continue
		}
		if who := p.lastNamed(i, m[0]); who != nil {
			who.role, who.org = strings.TrimPrefix(role, "new "), org
			out = append(out, who)
			for _, s := range p.sents[i:min(len(p.sents), i+25)] {
				if x := predecessor.FindStringSubmatchIndex(s.s); x != nil && !s.quoted[x[0]] {
					out = append(out, &person{name: s.s[x[2]:x[3]], role: "former " + who.role, org: org, t: s, at: x[2], from: x[0], to: x[3]})
					break
				}
			}
		}
	}
	return out
}

// lastNamed is the last person named before a place, in that sentence or the three before it.
func (p *page) lastNamed(i, at int) *person {
	for k := i; k >= 0 && k >= i-3; k-- {
		t := p.sents[k]
		to := len(t.s)
		if k == i {
			to = at
		}
		all := personName.FindAllStringSubmatchIndex(t.s[:to], -1)
		for n := len(all) - 1; n >= 0; n-- {
			m := all[n]
			name := t.s[m[4]:m[5]]
			if t.quoted[m[4]] || p.isReporter(name) || whereNot.MatchString(t.s[:m[4]]) {
				continue
			}
			parts := strings.Split(name, " ")
			if len(parts) < 2 || noName.MatchString(parts[0]) || noName.MatchString(parts[len(parts)-1]) {
				continue
			}
			return &person{name: name, t: t, at: m[4], from: m[4], to: m[5]}
		}
	}
	return nil
}

// councilMeant is the body of a tag; where that is "the council" in a paragraph that names another council than the article's own nowhere,
// it is the article's own again.
func (p *page) councilMeant(t *tagged, tag string) string {
	org := p.orgOf(t, tag)
	if n := t.name(tag); n == nil || n.how != byAnaphor || org == p.main || p.main == "" || !p.cleared[org] {
		return org
	}
	for _, s := range p.sents {
		if s.para != t.para {
			continue
		}
		for _, g := range s.tags(0, len(s.s), 'c') {
			if g.n.how != byAnaphor && len(g.n.ids) > 0 && g.n.ids[0] == org {
				return org
			}
		}
	}
	return p.main
}
