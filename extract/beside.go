package extract

import (
	"slices"
	"strings"

	"spillover/ledger"
)

// Councils beside the article's own: how one stands is told in what is said with its name as the subject, and with "it" in the sentences
// that follow.

var (
	// "declined to comment" says nothing.
	mum = mustCompile(`\b(?:declin\w+|refus\w+) to (?:comment|say|be drawn|discuss|answer|confirm)|\b(?:did|has|have|had) not (?:respond|repl|answer|comment)\w*|\b(?:would|will) not (?:comment|be drawn|say|discuss|confirm)\b|\bno comment\b|\b(?:been )?approached\b|\b(?:asked|contacted) for (?:a )?comment`)
	// "is still going through its records", "whether its files are there", "is seeking assurances". Not: "was checked and found clean".
	inDoubt = mustCompile(`\b(?:still|satisf(?:y|ies|ying) (?:itself|themselves)|mak(?:es?|ing) sure|yet to (?:establish|know|say|hear|confirm|learn|find|determine|receive|get|be (?:told|determined|established))|(?:not|as|n't) yet|whether|unsure|unclear|unknown|not (?:so )?(?:known|sure|certain|lucky)|await\w*|waiting|waits|may (?:be|have|also|well)|might|could (?:be|have|also)|possibl[ey]|(?:close|hard|careful|second|closer) look|cannot (?:yet )?(?:say|rule|be)|too (?:early|soon)|not ruled out|(?:working|work) (?:with|alongside|closely)\b[^.;]{0,60}\bto\b|(?:working (?:out|through)|going (?:over|through))|under (?:review|investigation)|(?:is|are|was|were|been) (?:now |also |itself |urgently |currently |carefully |being )*(?:checking|reviewing|examining|investigating|looking|auditing|studying|assessing|scanning|testing|probing|inspecting|seeking|pressing|asking|trying|combing|sifting|trawling|establishing|monitoring|treating|chasing|checked|investigated|examined|scanned|audited|assessed|reviewed)\b|(?:checks?|reviews?|audits?|tests?|inquiries|scans?) (?:is|are|was|were) (?:expected|due|under way|continuing|going on|ongoing|in hand|being)|checks? (?:is|are)|(?:has|have) (?:now |also |since )?(?:begun|started|ordered|asked|called|launched|opened|commissioned|brought in|hired)\b[^.;]{0,50}\b(?:check|review|audit|investigat|inquir|scan|experts?|specialists?|assurances?|sweep)\w*|taking no chances|as a precaution it is|(?:seek|want|demand|ask)(?:s|ing|ed)? (?:for )?(?:urgent |further |more )?(?:clarity|clarification|assurances?|answers|confirmation|information)|possible (?:victim|exposure|breach|loss)|checks? continu\w+|not (?:yet )?know|\w+n't (?:yet )?know|question mark)\b`)
	// What is over: a check with its result behind it.
	checkDone = mustCompile(`\b(?:was|were|been|had) (?:\w+ )?(?:checked|examined|investigated|scanned|audited|assessed|reviewed|tested|inspected|searched|swept|monitored)\b[^.;]{0,60}?\b(?:and|but|before|found|without|to be)\b|\b(?:checks?|tests?|reviews?|scans?|audits?|investigations?|sweeps?|search(?:es)?)\b[^.;]{0,60}\b(?:found|came|come|showed|shown|confirmed|cleared|revealed|turned up|concluded|proved|established)\b`)
	// Words that say of a doubt that it stays.
	remains = mustCompile(`\b(?:satisf(?:y|ies|ying)|assur(?:e|es|ing)) (?:itself|themselves)\b|\bmak(?:es?|ing) sure\b|\buntil it is (?:sure|certain|satisfied)\b|\b(?:still|yet to|awaiting|waiting|waits|continu\w+|is|are) (?:\w+ )?(?:check\w*|investigat\w*|examin\w*|look\w*|assess\w*|review\w*|hear\w*|wait\w*|under way|establish\w*|await\w*)\b|\b(?:is|are|was|were) ["']?(?:\w+["']? )?(?:checking|examining|investigating|assessing|looking into|waiting|reviewing|trying to|seeking)\b|\b(?:cannot|could not|can't|couldn't|not (?:yet )?(?:able|possible|been able)|unable)(?: \w+)? (?:yet )?(?:say|rule|be (?:certain|sure)|to (?:say|rule|establish|tell|be))|\bnot (?:yet )?(?:know|known|clear|certain|sure|ruled out)\b|\btoo (?:early|soon)\b`)
	// "has counted its laptops and all are present", "no sign of trouble", "sits behind its own firewall", "carried on as usual".
	isClear = mustCompile(`\b(?:negative|clean|clear|cleared|unharmed|unscathed|safe|secure|fine|intact|sound|accounted for|nothing|none|nobody|no one|neither|no (?:\w+ ){0,2}(?:signs?|evidence|trace|indication|hint|suggestion|reason|problems?|loss|breach|effects?|impact|links?|connection|work|data|records|files|trouble|damage|cause|issues?|disruption|intruders?|compromise|details|residents|customers|pupils?|tenants?|claimants?|members?|drivers?)|found no|not|never|\w+n't|certified|deleted|no longer|(?:contract|deal|agreement) (?:had |has )?(?:ended|expired|lapsed)|stopped using|(?:its|their|our) own (?:\w+ )?(?:firewall|servers?|systems?|network|software|supplier|provider|kit|data centre)|(?:servers|systems|network) of its own|separate|different (?:systems?|supplier|network|software|company|firm|provider|server|part)|elsewhere|unconnected|unaffected|normal|normally|usual|carr(?:y|ied|ying) on|escaped|spared|untouched|free of|without (?:loss|incident|interruption|a hitch)|got away|came through|caught (?:the lot|them all|every)|in the clear|all-clear|all clear|ruled out|reassur\w+|satisfied|all (?:of (?:it|them) )?(?:is|are|was|were) (?:present|there|working|well|fine|safe))\b`)
	// "900 of its letters are involved", "its tenants are in the file too", "put its figure at 7,900".
	isIn = mustCompile(`\b(?:held|contained|included|hold|contain|include)\b[^.;]{0,30}\b(?:data|details|records|information|names) (?:of|on|about|for) (?:about |some |around |nearly |almost |more than |over )?\d|\b(?:of its|its|of their|their|\d+) (?:own )?(?:[\w-]+ ){0,3}\b(?:is|are|was|were|has been|have been|had been) (?:also |all |among |included|involved|affected|in |on |taken|stolen|copied|exposed|published|leaked|lost|downloaded|accessed|viewed)|\b(?:lost|losing) (?:\w+ ){0,4}(?:records|data|files|letters|details)\b|\b(?:put|puts|gave|gives) (?:its|their|the) (?:own )?(?:figure|number|total|count|tally) at\b|\bits (?:own )?(?:figure|number|total) (?:is|was|stands at)\b|\b(?:includ\w+|contain\w*|involv\w+|cover\w*) (?:the )?[^.;]{0,40}?(?:\d[\d,]*|some|many|hundreds|thousands|details|records|names|data|files) (?:of|from|for|belonging to|about) (?:its|their) `)
	// "was without email for a week".
	isDown = mustCompile(`\b(?:offline|went off|not load\w*|cut off|switched off|on hold|slow|slowly|slowed|cancell?ed|postponed|unable to|knocked out|lost (?:its|their) |off line|outages?|out of (?:reach|action|use|order)|without (?:its|their|the|email|phones|a|any|access) |(?:is|are|was|were|went|been|has|had) (?:\w+ ){0,2}(?:down|shut|closed|suspended|disrupted|dark|unavailable|unreachable|silent|unable|inaccessible)|on paper|by (?:hand|telephone|phone|post)|in person|lost (?:access|its|the use|contact|email|phones|for (?:\w+ ){0,2}(?:hours?|days?|weeks?|months?))|(?:could not|cannot|can't|couldn't) (?:be (?:printed|paid|processed|issued|sent|made|used|reached|accessed|taken|booked|answered|registered)|pay|book|report|apply|log|use|access|process|issue|take|send|print)|had to (?:\w+ )?(?:close|cancel|postpone|suspend|shut|stop|turn away|send|delay|switch|resort|use|take|abandon))\b`)
	ownIT  = mustCompile(`\b(?:does|do|runs?|has|have|keeps?|uses?) (?:its|their) own (?:it|computing|technology|systems?|servers?|network)\b`)
	// What only its data is cleared by: "no data had been taken", which leaves a system that is down as it is.
	dataOnly = mustCompile(`\b(?:no|none(?: of (?:its|their))?|not|nothing)\b[^.;,]{0,40}\b(?:data|information|records|details|files|applicants|residents|claimants)\b|\b(?:data|information|records|details|files)\b[^.;,]{0,40}\b(?:not|never|elsewhere|safe|separate\w*)\b`)
	// "was slow because of a planned upgrade and had not been attacked".
	otherCause = mustCompile(`\b(?:not|never|\w+n't) (?:been |itself )*(?:attacked|targeted|hacked|a target|the target)\b|\b(?:planned|routine|unrelated|unconnected|nothing to do with)\b`)
	// "were silent for the morning, and it is taking calls as normal".
	restored = mustCompile(`\b(?:back|restored|returned|resumed|reconnected|reopened|reinstated|lifted|as (?:normal|usual)|normally|working again|since been|all well)\b`)
	// "one is back, the other is not expected before May".
	stillOut = mustCompile(`\b(?:not|\w+n't) (?:yet )?(?:expected|due|back|returned|been restored|likely)\b|\byet to (?:return|be restored|come back)|\bstill (?:down|out|unavailable|offline|without|closed|suspended|on paper)\b|\b(?:cancell?ed|on hold|until further notice)\b|\bhas been without\b`)
	// What the words must be about; "it" is IT as often as not.
	ofIncident = mustCompile(`\b(?:systems?|networks?|data|records?|files?|servers?|logs?|laptops?|devices?|attack\w*|breach\w*|incident|hack\w*|signs?|trouble|untoward|tests?|scans?|logs|affected|involved|suppliers?|firm|company|software|platforms?|links?|connections?|email|emails|it|ict|cabinets?|checks|check|review|look|drives?|claims?|backups?|letters?|accounts?|residents'?|customers|tenants|pupils|members|copy|copied|caught|touched|hit|harm|services?|intru\w+|targeted|clarity|claim|claimants|applicants|phones?|website|site|list|details|information|unusual|unscathed|working|lost|taken|stolen|normal|usual|permit holders|app|opened|accessed|viewed|read)\b`)
	// ", which shares a team with <c0>, has": the clause goes on behind it.
	aSide = mustCompile(`^,? (?:which|who|whose|with (?:whom|which)|a|an|the|its|another|also|too)\b[^,;.]*, `)
	// A name behind these is no subject.
	notSubject = mustCompile(`\b(?:with|from|to|for|of|by|in|on|at|near|against|about|than|like|and|or|called|into|inside) (?:the )?$`)
	// "Staff at <c0>", "Services provided by <c0>", "A spokeswoman for <c0>": what is <c0>'s, or speaks for it, is the subject.
	headNoun = mustCompile(`^["' ]*(?:the |a |an |its |most |all |some |several |many |number of |meanwhile,? |elsewhere,? |however,? )*(?:[\w'-]+ ){0,2}(?:staff|workers|officers|officials|bosses|chiefs|services?|systems?|networks?|websites?|spokes\w+|leaders?|engineers|a statement|managers|teams?|phones?|email|data|records|files|residents|people|tenants|accounts?|customers|pupils)(?: (?:provided|run|held|kept|hosted|operated|delivered|supplied|employed))? (?:at|of|by|from|for|in|belonging to) (?:the |neighbouring |nearby )*$`)
	// "none of <c0>'s applicants": what is said of them is denied.
	noneOf     = mustCompile(`\b(?:none of|nobody's \w+ (?:at|from|in)|nothing (?:at|of|from|belonging to)|nobody (?:at|from|in)|no one (?:at|from|in)|no (?:\w+ ){1,2}(?:of|at|from|in|belonging to)|no (?:trace|signs?|evidence|indication|suggestion)\b[^.;<]{0,60}\b(?:at|in|of|on|inside|from)) (?:the )?$`)
	quoteFirst = mustCompile(`^["'][^"]+,["'] (?:said )?(?:an? |the )?(?:spokes\w+ for |statement from )?(?:the )?<c\d+>`)
	// "We hold licences for <c0>": whether those were opened is told in what follows.
	heldFor = mustCompile(`\b(?:holds?|held|hosts?|hosted|keeps?|kept|stores?|stored|process(?:es|ed)?|handles?|handled|runs?)\b[^.;<]{0,60}\b(?:for|on behalf of|from|belonging to) (?:the )?$`)
	// "while checks are made" is why something is shut, not a doubt.
	untilSafe = mustCompile(`\b(?:while|until|pending|before) [^.;,]{0,30}\b(?:checks?|tests?|investigations?|scans?|inquiries) (?:is|are|was|were|has|have|had)\b[^.;,]*`)
	// "the firm had assured them that there was none": before it was known better.
	assured = mustCompile(`[;,] [^;,.]*\bhad (?:earlier |first |previously |at first )?(?:assured|told|promised|informed) (?:it|them|the councils?)\b[^.;]*`)
	// "for services to return to normal": they are not yet.
	toNormal = mustCompile(`\b(?:return\w*|get\w*|back|come|bring\w*|until|before) (?:\w+ ){0,4}(?:to )?(?:normal|usual)\b|\bstill (?:restoring|rebuilding|recovering|bringing|repairing|fixing|mending)\b`)
	// What was shut to be safe, whether or not the word is said.
	guard = mustCompile(`\b(?:while|until|before) (?:\w+ ){0,3}(?:checks?|tests?|investigations?|scans?) (?:is|are|was|were)\b|\b(?:cut|shut|clos|severed?|block|suspend|disconnect|switch|pull|dropp)\w* (?:off )?(?:its|their|our|the|all) (?:\w+ ){0,3}(?:links?|connections?|access|feeds?|app)\b|\bprecaution\w*|\b(?:disconnected|isolat\w+)\b|\b(?:to be safe|on the safe side|for safety|as a safety measure)\b`)
)

// judgeBeside is how a council stands by the words about it, "" if they leave it open.
func judgeBeside(words string) string {
	if mum.MatchString(words) || !ofIncident.MatchString(words) {
		return ""
	}
	words = assured.ReplaceAllString(words, "")
	words = toNormal.ReplaceAllString(words, " is down ")
	words = untilSafe.ReplaceAllString(words, "as a precaution")
	clear := isClear.MatchString(words) || ownIT.MatchString(words)
	down := isDown.MatchString(words) && !guard.MatchString(words)
	switch {
	case slices.ContainsFunc(strings.FieldsFunc(words, func(r rune) bool { return r == '.' || r == ';' }), func(s string) bool {
		return isIn.MatchString(s) && !isClear.MatchString(s) && !inDoubt.MatchString(s)
	}):
		return ledger.Compromised
	case clear && down && !otherCause.MatchString(words) && (dataOnly.MatchString(words) || !restored.MatchString(words) || stillOut.MatchString(words)):
		return ledger.Disrupted
	case clear && (!inDoubt.MatchString(words) || checkDone.MatchString(words)) && !remains.MatchString(words):
		return ledger.Unaffected
	case down:
		return ledger.Disrupted
	case inDoubt.MatchString(words):
		return ledger.Suspected
	case isDown.MatchString(words):
		return ledger.Disrupted
	}
	return ""
}

// A saidOf is what an article says of a council beside its own.
type saidOf struct {
	standing string // as it weighs, "" if it leaves that open
	words    string // all of it
	spans    []mark // its parts, each with how the council stands by that part alone
	told     []*tagged
	ownKit   bool // it runs its own systems, as a clause in passing says
}

// muchSaid is how many bytes of words about one council are weighed.
const muchSaid = 2000

// beside settles how each council other than the article's own stands where words with it as the subject say so. They outweigh the signs
// of the sentences that they stand in, and what the signs take for granted: that a council is struck of which it is said that it cut a link.
func (p *page) beside(sents []*tagged, marks map[string][]mark, put func([]string, mark)) map[string]*saidOf {
	said := map[string]*saidOf{}
	var order []string
	for i, t := range sents {
		if t.heading || strings.HasSuffix(strings.TrimRight(t.low, `"' `), "?") || t.says(general) || t.says(undone) {
			continue
		}
		all := t.tags(0, len(t.s), 'c')
		for k, g := range all {
			words, end, ok := p.saidAt(t, all, k)
			if !ok {
				continue
			}
			if at := mum.FindStringIndex(t.low[g.end:end]); at != nil {
				for _, id := range g.n.ids {
					if old, there := marks[id]; there { // "declined to say whether its systems were affected"
						marks[id] = slices.DeleteFunc(old, func(m mark) bool { return m.t == t && m.standing == ledger.Suspected && m.to > g.end+at[1] })
					}
				}
				continue
			}
			ownKit := !mum.MatchString(words) && ownIT.MatchString(t.low[g.end:end])
			told := []*tagged{t}
			if end == len(t.low) {
				told = append(told, followUp(sents, i, g.n.ids)...)
			}
			for _, next := range told[1:] {
				words += " " + next.low
			}
			part := mark{standing: judgeBeside(words), t: t, from: g.start, to: end, certain: certaintyOf(t.low[g.end:end]), several: len(g.n.ids) > 1}
			for _, id := range g.n.ids {
				if said[id] == nil {
					said[id] = &saidOf{}
					order = append(order, id)
				}
				if a := said[id]; len(a.words) < muchSaid {
					a.words += " " + words + "."
					a.spans = append(a.spans, part)
					a.told = append(a.told, told...)
					a.ownKit = a.ownKit || ownKit
				}
			}
		}
	}
	for _, id := range order {
		a := said[id]
		m := a.weigh()
		if m.standing == "" || slices.ContainsFunc(marks[id], func(o mark) bool { return a.leaves(o, m.standing) }) {
			continue
		}
		if old, there := marks[id]; there {
			marks[id] = old[:0]
		}
		put([]string{id}, m)
		a.standing = m.standing
	}
	return said
}

// saidAt are the words that the k-th council of a sentence is the subject of, and where they end; false if it is of none, or is the article's own.
func (p *page) saidAt(t *tagged, all []tagAt, k int) (words string, end int, ok bool) {
	g := all[k]
	before := t.low[clauseStart(t, g.start):g.start]
	none := noneOf.MatchString(before)
	switch {
	case slices.Contains(g.n.ids, p.main), t.quoted[g.start], g.n.how == byAnaphor && len(g.n.ids) > 1, g.n.how == byPlace && !(none && p.accepted[g.n.ids[0]]):
		return "", 0, false
	}
	words, end = wordsAbout(t, all, k)
	switch {
	case none:
		return before + words, end, true
	case heldFor.MatchString(before) && len(all) == k+1:
		return "", len(t.low), true
	case quoteFirst.MatchString(t.low) && len(all) == 1 && ownVoice.MatchString(t.low[:g.start]):
		return t.low[:g.start] + words, end, true // "We are not affected," a <c0> spokesman said.
	}
	return words, end, subjectAt(t, all, k)
}

// weigh is how the council stands by all that is said of it, with the part that shows it best.
func (a *saidOf) weigh() mark {
	standing := judgeBeside(a.words)
	is := func(standing string) func(mark) bool { return func(s mark) bool { return s.standing == standing } }
	switch {
	case standing == "" && a.ownKit:
		standing = ledger.Unaffected // "which does its own IT"
	case standing == ledger.Suspected && slices.ContainsFunc(a.spans, is(ledger.Unaffected)):
		standing = ledger.Unaffected // a doubt in one place does not undo what clears it in another
	}
	m := a.spans[max(0, slices.IndexFunc(a.spans, is(standing)))]
	m.standing = standing
	return m
}

// tells is whether a sentence is one of those that a standing rests on.
func (a *saidOf) tells(t *tagged) bool {
	return a != nil && slices.Contains(a.told, t)
}

// leaves is whether a sign stands against what is said of a council: it is of another sentence and says it was entered, or that it is down
// otherwise than to be safe.
func (a *saidOf) leaves(sign mark, standing string) bool {
	if slices.ContainsFunc(a.spans, func(s mark) bool { return s.t == sign.t }) {
		return false
	}
	return sign.standing == ledger.Compromised && !sign.t.heading || !a.tells(sign.t) && standing == ledger.Unaffected && sign.standing == ledger.Disrupted && !sign.caution && !guard.MatchString(sign.t.low)
}

// wordsAbout are the words that follow the k-th council of a sentence, up to the clause of another, and where they end.
func wordsAbout(t *tagged, all []tagAt, k int) (string, int) {
	g, end := all[k], len(t.low)
	other := slices.IndexFunc(all[k+1:], func(o tagAt) bool { return o.n.how != byAnaphor || !slices.Equal(o.n.ids, g.n.ids) })
	if m := boundary.FindStringIndex(t.low[g.end:]); m != nil && other >= 0 && all[k+1+other].start >= g.end+m[0] && !strings.HasPrefix(t.low[g.end+m[0]:], ", which") {
		end = g.end + m[0]
	}
	return aSide.ReplaceAllString(t.low[g.end:end], " "), end
}

// "It said that it had done so as a precaution", in a paragraph of its own: it goes on about the council before.
var stillOfIt = mustCompile(`^["' ]*(?:but |and |however,? |both |since then,? )*(?:it|they|its|their|a spokes\w+|a statement|<c\d+>)\b`)

// followUp are the sentences behind the i-th that go on about the same councils, as far as they name no other: the next two of its paragraph,
// or of the next if that begins with a pronoun.
func followUp(sents []*tagged, i int, ids []string) []*tagged {
	end := i + 1
	for ; end < len(sents) && end <= i+2; end++ {
		t := sents[end]
		if t.para != sents[end-1].para && (t.heading || t.para > sents[i].para+1 || !stillOfIt.MatchString(t.low)) ||
			slices.ContainsFunc(t.tags(0, len(t.s), 'c'), func(g tagAt) bool {
				return !slices.Equal(g.n.ids, ids) && (g.n.how != byAnaphor || t.para != sents[i].para)
			}) {
			break
		}
	}
	return sents[i+1 : end]
}

// subjectAt is whether the k-th council of a sentence begins a clause of it.
func subjectAt(t *tagged, all []tagAt, k int) bool {
	start := min(clauseStart(t, all[k].start+1), all[k].start) // a boundary may end in the name
	before := t.low[start:all[k].start]
	if notSubject.MatchString(before) && strings.TrimSpace(before) != "at" && !over.MatchString(before) && !headNoun.MatchString(before) {
		return false
	}
	if k > 0 && all[k-1].start >= start && all[k-1].n.how != byPlace {
		return false
	}
	return len(before) < 45
}
