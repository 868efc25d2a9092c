package extract

import (
	"fmt"
	"slices"
	"strings"

	"spillover/ledger"
)

var (
	// What makes an article one about an incident; a planning dispute has none of these.
	incidentWords = mustCompile(`\b(?:went out by mistake|attackers|junk traffic|flood of|anyone with|ico|information commissioner|data (?:watchdog|protection|breach\w*)|the regulator|freedom of information|privacy|cyber\w*|ransomware|ransom|hack(?:ed|ers?|ing|tivists?)?|malware|phishing|ddos|denial[- ]of[- ]service|personal (?:data|details|information|files)|encrypted|scrambled|broke(?:n)? into|break-in|intruders?|unauthori[sz]ed|theft of [^.;]{0,30}data|log-?in|hijack\w*|dark web|it (?:incident|outage)|security incident|(?:data|files|documents|records|information|details|emails?|spreadsheets?|lists?) [^.;]{0,60}(?:stolen|copied|taken|leaked|exposed|in the open|sent|emailed|disclosed|encrypted|by mistake|in error)|unredacted|redacted|gained access|gang|wrongly (?:sent|emailed|posted|published|disclosed|shared|released)|wrong (?:address|person|people|recipient|inbox|email|family|school)|(?:stole|stolen|copied|emailed|sent|published|leaked|posted|disclosed) [^.;]{0,60}(?:data|files|documents|records|names|details|payslips|spreadsheets?)|could be seen|malware|spyware|computer virus|intrusion|infiltrat\w*|extortion\w*|unsecured|unencrypted|memory stick|usb stick|insiders?|snoop\w*|accidentally|inadvertently|visible to anyone|to a stranger|to one another|with each other|failed to redact|bitcoin|leak site|looked (?:up|at|through) [^.;]{0,30}records|(?:bank|medical|confidential|sensitive) (?:details|data|information|files|records|notes)|breach (?:at|exposed|by)|made off with|got away with|(?:unusual|suspicious|malicious) (?:activity|attempt|traffic|software|code|files?)|turned up on|case notes|payroll data|to another)\b`)
	// An exercise is told as if it were real.
	exercise = mustCompile(`\b(?:none of (?:it|this) was real|(?:cyber|ransomware|simulation|emergency|tabletop|table-top|training|resilience|mock|simulated)[\w -]{0,20} (?:exercise|drill)|simulated (?:cyber|ransomware|attack)|fictional (?:attack|scenario)|mock attack|role[- ]play|(?:was|were) (?:only |just |all )?(?:a |part of a |an )?(?:rehearsal|drill|exercise|simulation|dry run)|(?:wasn't|was not|weren't|isn't) real|in (?:the|an|that) exercise\b[^.;]{0,60}\bimagin\w+|imagined that)\b`)
	// "Exercise Hebble Storm put 64 people through an imaginary attack": a code name beside what is made up.
	exerciseName = mustCompile(`\bExercise \p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)?\b`)
	madeUp       = mustCompile(`\b(?:imaginary|pretend(?:ed|ing)?|make-believe|made-up|mocked-up|fictitious|rehears\w+|practis(?:es|ed|ing) (?:for|how|its|their|what)|scenario|role-play\w*|simulat\w+)\b`)
	// "The outage was not a cyber attack." Not, in a log of updates: "This is not a cyber attack."
	noAttack = mustCompile(`\b(?:off ?line|unavailable|down|closed|switched off|shut|turned off)\b[^.;]{0,60}\b(?:for|during|because of|due to|while) [^.;]{0,40}\b(?:maintenance|upgrad\w+|migrat\w+|moves? its)\b|\bcaused by (?:a |an |the )?(?:power (?:cut|failure|surge)|(?:hardware|technical|software) (?:fault|failure|bug|update)|fire|flood|burst pipe|faulty \w+|severed cable|planned|routine)\b[^.;]{0,40}\b(?:not|rather than)\b[^.;]{0,20}\b(?:hack\w*|cyber\w*|criminals|attack\w*|malicious)\b|\b(?:had|has|have|having) nothing (?:at all )?to do with (?:hackers?|hacking|criminals|a hack|(?:any |a |the )?cyber\w*|an attack)\b|\b(?:was|were) (?:no|never a) (?:cyber ?-?attack|hack)\b|\bno (?:cyber ?-?attack|hack) (?:was|had|has|took)\b|\b(?:was|were|had) not (?:been )?(?:caused by |the result of |due to )?(?:a |an |any )?(?:cyber|malicious|hack|ransomware)`)
	// "after a power failure at its data centre".
	byFault = mustCompile(`\b(?:after|because of|due to|following|by|owing to) (?:a |an |the )?(?:power (?:cut|failure|surge|outage)|(?:hardware|network|fibre|cable|cooling|software|technical|air conditioning) (?:fault|failure|break|problem)|burst \w+|faulty \w+)\b`)
	// "There has been no cyber incident": of the council that the article is about, wherever it is said.
	noneAtAll = mustCompile(`\bthere (?:has|have|had) (?:been no|not been an?y?) (?:\w+ )?(?:cyber[- ]?(?:attack|incident)|hack|security incident)\b(?:[.,]| and\b| of any\b)`)
	// Bodies by which an article of another country is told.
	foreignBody = mustCompile(`\b(?:fbi|national guard|city hall|sheriff|mayor [A-Z]|state police|county executive|homeland security|cisa|u\.s\.|garbage|city council members|ohio|texas|north carolina|australian cyber|acsc|rcmp)\b`)
	homeBody    = mustCompile(`\b(?:ncsc|national cyber security centre|information commissioner|ico|national crime agency|constabulary|\.gov\.uk|£|borough council|district council|county council|uk|scotland|councillors?|cllr)\b`)
	// "an attack on the housing association" concerns another body than a council.
	otherVictim = mustCompile(`\b(?:housing association|housing group|social landlord|landlord|retailer|supermarket|bank|bus company|airline|football club|law firm|library service|museum|water company|university|college|school|academy trust|hospital|nhs trust|charity|electoral commission|royal mail)\b|<a\d+>(?:'s)? (?:cyber[- ]?)?(?:attack|breach|hack)\b`)
	// "That earlier attack", "a separate matter": another incident than the article's own.
	another = mustCompile(`\b(?:(?:earlier|previous|separate|older|past|another|different|unrelated) (?:cyber[- ]?)?(?:attack|incident|breach|hack|case|leak|matter|disclosure)|form of another kind|not the only (?:slip|breach|attack|incident|case|mistake|leak)|second (?:such )?(?:breach|penalty|fine|leak|incident)|not the first time|also (?:hit|fined|hacked|breached) in (?:19|20)\d\d)\b`)
	// "was hit by a cyber attack in 2019"; not "left the partnership in 2019".
	backThen = mustCompile(`<c\d+>(?:'s?)?[^.;,]{0,60}\b(?:was|were|had|suffered|lost|published|sent|fined|reprimanded|emailed)\b[^.;]{0,90}\b(?:in|back in|during|of) (?:19|20)\d\d\b|\b(?:in|back in) (?:19|20)\d\d,?[^.;]{0,60}<c\d+>[^.;]{0,60}\b(?:hit|hacked|attacked|struck|breached|fined|reprimanded|lost|published|suffered)\b|\b(?:attack on|breach at|hack of|attack at|leak at|attack against) (?:the )?<c\d+>[^.;]{0,30}\bin (?:19|20)\d\d\b`)
	// What happened to a council, in a word.
	event = mustCompile(`\b(?:hijacked|break-in|raided|attack(?:ed|s)?|hack(?:ed)?|breach(?:ed)?|hit|struck|ransomware|stolen|leak(?:ed)?|encrypted|disclosed|published|mailed|emailed|sent|posted|lost|incident|exposed|fined|reprimand(?:ed)?)\b`)
)

// incidents are the incidents at councils that the article tells of: first its subject, then what it recalls. An article
// without a council that was struck has none.
func (p *page) incidents(people []*person) []Incident {
	if !p.concerns() {
		return nil
	}
	parts := p.partition()
	officials := map[string]bool{}
	for _, x := range people {
		if !x.refused && x.org != "" {
			officials[x.name] = true
		}
	}
	var out []Incident
	for k, sents := range parts {
		in := p.incident(sents, people, officials, k == 0)
		struck := slices.ContainsFunc(in.Councils, func(c CouncilImpact) bool { return c.Impact != ledger.Unaffected })
		if k == 0 && (!struck || p.onlyRecalled(in)) || bare(in) || len(in.Councils) == 0 {
			if k == 0 {
				return nil
			}
			continue
		}
		in.ID = fmt.Sprintf("i%d", len(out)+1)
		out = append(out, in)
	}
	return out
}

// bare is whether no more is told than that a council was hit in some year.
func bare(in Incident) bool {
	return in.Precision != nil && *in.Precision == string(ledger.Year) &&
		!slices.ContainsFunc(in.Councils, func(c CouncilImpact) bool { return c.Impact == ledger.Compromised || c.Impact == ledger.Disrupted })
}

// onlyRecalled is whether nothing is told of the article's own council, and of others only in quotations: "Redcar lost its systems for weeks".
func (p *page) onlyRecalled(in Incident) bool {
	return !slices.ContainsFunc(in.Councils, func(c CouncilImpact) bool {
		t := p.sentenceAt(c.Start)
		return c.ID == p.main || c.Impact != ledger.Unaffected && !strings.ContainsAny(t.low, `"`)
	})
}

// concerns is whether the article tells of a real incident at a council of the United Kingdom.
func (p *page) concerns() bool {
	named := slices.ContainsFunc(p.names, func(n *name) bool { return n.kind == ledger.ThreatActor })
	if !named && !incidentWords.MatchString(p.v.low) {
		return false
	}
	if len(p.accepted) == 0 {
		for _, t := range p.sents {
			if t.says(event) {
				p.refuse(t, "no council is named that the gazetteer has")
			}
		}
		return false
	}
	body := 0
	for _, t := range p.sents {
		if t.heading {
			continue
		}
		body++
		if body <= 4 && (t.says(noAttack) || t.says(byFault) && !p.laidOpen()) || t.says(noneAtAll) && len(t.tags(0, len(t.s), 'c')) == 0 && !p.laidOpen() {
			p.refuse(t, "the article says that it was no attack")
			return false
		}
	}
	if exercise.MatchString(p.v.low) || exerciseName.MatchString(p.v.s) && madeUp.MatchString(p.v.low) {
		for _, t := range p.sents {
			if t.says(exercise) || t.says(madeUp) || exerciseName.MatchString(t.s) {
				p.refuse(t, "an exercise, not an incident")
			}
		}
		return false
	}
	if p.strikesAnother() || p.tenders() || p.onlyPrepares() {
		for _, t := range p.sents {
			if t.says(event) {
				p.refuse(t, "it is told of another body than a council of the United Kingdom, or of nothing that happened")
			}
		}
		return false
	}
	return !p.foreign
}

// isForeign is whether an article speaks of bodies or places of another country, and of nobody who answers to an incident at home.
func (p *page) isForeign() bool {
	if foreignBody.MatchString(p.v.low) && !homeBody.MatchString(p.v.low) {
		return true
	}
	seen := map[string]bool{}
	for _, m := range foreignPlace.FindAllString(p.v.low, -1) {
		seen[m] = true
	}
	return len(seen) > 1 && !slices.ContainsFunc(p.names, func(n *name) bool { return n.kind == ledger.Agency })
}

// strikesAnother is whether the beginning of the article says that a body other than a council was struck, and says it
// of no council.
//
// It reads "Hackers have struck the housing association Acme"; it must not read "Hackers have struck Kent County
// Council and its schools".
func (p *page) strikesAnother() bool {
	if !p.judged {
		p.elsewhere, p.judged = p.beginsElsewhere(), true
	}
	return p.elsewhere
}

// partition gives the sentences of each incident: of the article's own first, then of each that it recalls. A sentence is
// of another incident if it gives what happened to another council a date well away from the article's own, or says so;
// so is the rest of its paragraph.
func (p *page) partition() [][]*tagged {
	own, _, ok := p.identified(p.sents)
	ownDate := p.a.PublishedOn
	if ok {
		ownDate = own.date
	}
	parts := [][]*tagged{nil}
	groups := map[string]int{}
	para, current := -1, 0
	unlinked := p.apartBy()
	for _, t := range p.sents {
		if t.para != para {
			para, current = t.para, 0
		}
		key := ""
		if t.says(event) {
			for _, w := range p.datesIn(t) {
				if ok && (w.precision != ledger.Year || t.says(backThen)) && apart(ownDate, w.date) && p.namesCouncil(t) && !p.namesMain(t) {
					key = string(w.date)[:7]
				}
			}
		}
		if key == "" && unlinked[t.para] != "" {
			key = "at " + unlinked[t.para]
		}
		if t.says(another) && key == "" {
			key = "another"
		}
		if key != "" && len(parts[0]) > 0 && strings.Contains(t.low, " both ") {
			parts[0] = append(parts[0], t)
		}
		if key != "" && len(parts[0]) > 0 {
			if _, there := groups[key]; !there {
				groups[key] = len(parts)
				parts = append(parts, nil)
			}
			current = groups[key]
		}
		parts[current] = append(parts[current], t)
	}
	return parts
}

// namesCouncil is whether a sentence names a council, or says "the council", outside what merely places it.
func (p *page) namesCouncil(t *tagged) bool {
	return slices.ContainsFunc(t.names, func(n *name) bool { return n.kind == ledger.Council && n.how != byPlace })
}

// namesMain is whether a sentence speaks of the council that the article is about.
func (p *page) namesMain(t *tagged) bool {
	return slices.ContainsFunc(t.names, func(n *name) bool { return n.kind == ledger.Council && slices.Contains(n.ids, p.main) })
}

// apart is whether two days are too far from each other to be one incident's.
func apart(a, b ledger.Date) bool {
	n, ok := ledger.Days(a, b)
	return ok && (n > 100 || n < -100)
}

// incident reads one incident out of its sentences.
func (p *page) incident(sents []*tagged, people []*person, officials map[string]bool, own bool) Incident {
	in := Incident{Councils: []CouncilImpact{}, Actors: []ActorRole{}, Agencies: []AgencyRole{}, Arrangements: []Arrangement{},
		Data: []DataKind{}, Services: []ServiceState{}, Statements: []StatementWords{}}
	if w, t, ok := p.identified(sents); ok {
		date, precision := string(w.date), string(w.precision)
		e := p.evidence(t, w.start, w.end, "", certaintyOf(t.low))
		in.IdentifiedOn, in.Precision, in.DateEvidence = &date, &precision, &e
	}
	in.Kind = kindOf(sents)
	services := p.services(sents, in.Kind == "DENIAL_OF_SERVICE")
	in.Councils = p.impacts(sents, services)
	in.Services = append(in.Services, services...)
	in.Agencies = append(in.Agencies, p.agencies(sents)...)
	in.Actors = append(in.Actors, p.threatActors(sents, in.Councils)...)
	in.Data = append(in.Data, p.data(sents)...)
	if in.Kind == "CYBER_ATTACK" {
		for _, a := range in.Actors {
			if actor, _ := p.r.g.ActorByID(a.ID); actor.Kind == "RANSOMWARE_EXTORTION" {
				in.Kind = "RANSOMWARE" // what such a group does, whatever the article calls it
			}
		}
	}
	in.Arrangements = append(in.Arrangements, p.arrangements(sents, in.Councils)...)
	if own {
		in.Statements = p.statements(sents, people, officials)
	}
	return in
}

var (
	// "a known ransomware group", "the network was scrambled"; not "nothing was encrypted".
	ransom = mustCompile(`\b(?:ransomware|ransom (?:note|demand)|(?:files?|servers?|data|systems?|everything) [^.;]{0,40}(?:encrypted|scrambled|locked)|encrypted (?:by|within|the|its|files|our)|(?:encrypt|scrambl|lock)(?:ed|ing) (?:\w+ ){0,3}(?:files|systems|servers|data|records)|demand\w* (?:a )?(?:payment|ransom|bitcoin)|ransom of|a ransom\b|ransom demand|(?:extortion\w*|hackers|criminals|gang|attackers)\b[^.;]{0,60}\b(?:locked|encrypted|scrambled)|(?:servers?|systems?|files|computers|network|data|backups)\b[^.;]{0,40}\b(?:unreadable|held (?:to|for) ransom)|(?:payment|money|bitcoin|sum)\b[^.;]{0,30}\b(?:was|were|been|had been) (?:demanded|asked for)|(?:(?:demand|extort)\w* (?:for )?[^.;]{0,20}|ask\w* (?:for )?(?:\w+ ){0,1})\b(?:money|payment|bitcoin|cryptocurrency|\$|£))`)
	// "sent by mistake"; not "mistakes were made".
	accident = mustCompile(`\b(?:by mistake|(?:on|in) an? (?:open|public|unsecured|unprotected) (?:server|folder|drive|bucket|storage)|(?:anyone|anybody) with (?:the|a) link|car boot|should have been (?:wiped|destroyed|shredded|deleted|locked|redacted|removed)|(?:can ?not|can't) account for|in error|accidental(?:ly)?|mistakenly|inadvertent(?:ly)?|wrongly (?:sent|emailed|posted|published|disclosed|shared|released)|human error|clerical error|wrong (?:address|person|people|recipient|email|attachment|file)|unredacted|redact\w+|not (?:properly |been )?redacted|black boxes|one another's|each other's|in the open|anyone on the internet|publicly (?:accessible|available)|left (?:exposed|unsecured|open)|misconfigur\w+|hidden (?:data|column|tab|sheet)|copied (?:them )?into|instead of bcc|cc'd|in response to a freedom of information|freedom of information (?:request|answer|response|reply)|visible to (?:all|anyone|everyone)|blunder|bungle|howler|slip\b|pivot tables?|mix-up|pressed send|wrong inbox|forgot to|without (?:removing|deleting|hiding|checking|redacting|stripping)|(?:its|their|the) (?:own )?error|administrative error|admin error|(?:sent|emailed|shared|posted|revealed|disclosed) [^.;]{0,80}(?:to|with) (?:a stranger|strangers|each other|one another)|fail(?:ed|ure|ing) to redact|(?:lost|mislaid|misplaced|left) [^.;]{0,40}(?:memory stick|usb stick|laptop|hard drive|folder)|unsecured|insecurely|unsafely|lay open|lain open|misdirected|misaddressed|without (?:the )?(?:bcc|blind copy)|blind copy)\b`)
	// "passed the names of 51 people to"; not "passed the motion".
	passedOn = mustCompile(`\b(?:passed|sent|posted|emailed|mailed|gave|published|disclosed|revealed)\b[^.;]{0,40}\b(?:names|addresses|details|records|payslips|letters|files)\b`)
	// "knocked the website over with traffic"; not "heavy traffic on the A6".
	flood = mustCompile(`\b(?:ddos|knock\w* (?:out|over|off ?line|down)[^.;]{0,40}(?:web ?)?sites?|denial[- ]of[- ]service|flood of (?:\w+ ){0,3}(?:traffic|requests)|(?:web ?)?sites? [^.;]{0,40}(?:overwhelmed|swamped|flooded|bombarded)|(?:overwhelm|swamp)\w* [^.;]{0,40}(?:traffic|requests|(?:web ?)?sites?)|flood\w* (?:\w+ ){0,4}with (?:\w+ )?(?:traffic|requests)|bombard\w* [^.;]{0,30}(?:traffic|requests))\b`)
	// "data was copied and taken"; not "care was taken".
	theft       = mustCompile(`\b(?:(?:data|information|documents?|files?|records?|details|database|emails?|letters|contents)\b[^.;]{0,70}?\b(?:stolen|copied|taken (?:away|by|from)|taken|exfiltrated|extracted|leaked|downloaded|published)|(?:names|addresses|passwords|phone numbers|dates of birth)\b[^.;]{0,70}?\b(?:stolen|copied|exfiltrated|leaked|downloaded)|(?:stole|stolen|copied|exfiltrated|leaked|downloaded|stealing|copying|theft of|took copies of|a copy of|made off with|got away with|siphon\w*|skimm\w*|harvest\w*|swiped|lifted|snatched) [^.;]{0,40}(?:data|information|documents?|files?|records?|details|database|emails|names|addresses|passwords|phone numbers))\b`)
	attackWords = mustCompile(`\b(?:cyber[- ]?attack\w*|attack(?:ed|ers?)?|hack(?:ed|ers?|ing)?|malware|phish\w+|gang|cyber[- ]?crim\w+|break-in|broke into|intru(?:sion|ders?)|extortion\w*|malicious|ransomware|unauthori[sz]ed access|criminals)\b`)
)

// "Nothing was encrypted": a gang that lives by ransomware has stolen data and no more.
var unlocked = mustCompile(`\b(?:nothing|no (?:\w+ )?(?:files?|data|systems?|servers?|computers?|devices)) (?:was|were|has been|have been|had been|is|are) (?:\w+ )?(?:encrypted|scrambled|locked)\b|\bwithout (?:encrypting|scrambling|locking)\b`)

// kindOf is the kind of incident that the sentences speak of, the most telling first.
func kindOf(sents []*tagged) string {
	has := func(re *pattern) int {
		n := 0
		for _, t := range sents {
			for _, m := range t.findAll(re) {
				hedged := re == theft && perhaps.MatchString(t.low[clauseStart(t, m[0]):m[1]])
				if !hedged && !negatedAt(t, m[0], m[1]) && !questioned(t, m[0]) {
					n++
				}
			}
		}
		return n
	}
	attacks := has(attackWords)
	switch {
	case has(accident) > 0 && has(accident) >= attacks:
		return "ACCIDENTAL_DISCLOSURE"
	case has(ransom) > 0 && (has(theft) == 0 || !slices.ContainsFunc(sents, func(t *tagged) bool { return t.says(unlocked) })):
		return "RANSOMWARE"
	case attacks == 0 && has(passedOn) > 0:
		return "ACCIDENTAL_DISCLOSURE"
	case has(flood) > 0:
		return "DENIAL_OF_SERVICE"
	case has(theft) > 0, attacks > 0 && has(turnedUp) > 0:
		return "DATA_THEFT"
	}
	return "CYBER_ATTACK"
}

var (
	negation = mustCompile(`\b(?:no evidence|no sign|no signs|no indication|no suggestion|nothing|not|never|no|without|[a-z]+n't|denied|denies|denying|neither|nor|none|cannot say|unlikely|nobody|ruled out|rather than)\b`)
	notNo    = mustCompile(`\b(?:not (?:so |quite |entirely |yet |at all )?(?:sure|certain|confident|out of the woods)|not to (?:switch|turn|use|log|open|touch|start|connect)|(?:have|has|had|having|with) no (?:working )?(?:internet|emails?|phones?|telephones?|wi-?fi|computers?|network|systems?|website|it\b|payroll)|not (?:yet )?(?:be |been )?ruled out|(?:not|cannot|\w+n.t) (?:yet )?(?:be |been )?(?:exclude|rule out|discount)d?|not (?:yet )?(?:be|been) ruled out|no longer|not only|not yet|no doubt|not just|no secret|not known|not clear|cannot be|can not be|could not be|can not|cannot|not able|no access|without (?:access|a |any |its |their |the |working |computers?|systems?|emails?|phones?|internet)|(?:would|will) not load|not (?:available|accessible|operating|functioning|working|in a position)|not certain|not sure|not established|not determined|not been established)\b`)
	whoHave  = mustCompile(`\b(?:criminals|hackers|gang|attackers|thieves|group|crooks|those|fraudsters) (?:who|that|which) (?:have|has|had)\b`)
	whether  = mustCompile(`\b(?:whether|if|should|unless|in case|to establish|to understand|to determine|find out)\b[^.;]*$`)
	boundary = mustCompile(`;|,? but |, while |, whereas |, although |, though |, however|: | - |, and (?:it|the|they|its|<)|, which |\. `)
)

// clauseStart is where the clause that holds at begins.
func clauseStart(t *tagged, at int) int {
	if t.bounds == nil {
		t.bounds = append(boundary.FindAllStringIndex(t.low, -1), []int{len(t.low) + 1, len(t.low) + 1})
	}
	start := 0
	for _, m := range t.bounds {
		if m[1] > at {
			break
		}
		if strings.HasPrefix(t.low[m[0]:], ", which ") && strings.Contains(t.low[m[1]:at], ", ") {
			continue // "Melton, which shares a system with Rutland, found …": the clause of Melton goes on
		}
		start = m[1]
	}
	return start
}

// negatedAt is whether the run [from, to) is denied: a negation stands before it in its clause, or within it.
func negatedAt(t *tagged, from, to int) bool {
	clause := t.low[clauseStart(t, from):to]
	if m := whoHave.FindAllStringIndex(clause, -1); m != nil {
		clause = clause[m[len(m)-1][0]:] // "will not give in to the criminals who have locked its files"
	}
	if !negation.MatchString(clause) {
		return false
	}
	return negation.MatchString(notNo.ReplaceAllString(clause, ""))
}

// questioned is whether what stands at a place is only asked, not said.
func questioned(t *tagged, at int) bool {
	return whether.MatchString(t.low[clauseStart(t, at):at]) || strings.HasSuffix(strings.TrimRight(t.low, `"' `), "?")
}
