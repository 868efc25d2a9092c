package extract

import (
	"slices"

	"spillover/ledger"
)

var (
	// Bodies that are no councils and get attacked too.
	struckBody = mustCompile(`\b(?:housing association|housing group|association|social landlord|landlords?|homes|retailer|supermarket|shops?|bank|building society|bus company|airline|airport|clubs?|football|rugby|cricket|supporters|law firm|solicitors|museum|gallery|water company|energy company|universit(?:y|ies)|uni|students|colleges?|sixth form|academ(?:y|ies)|hospitals?|clinics?|outpatients?|health (?:bosses|chiefs)|infirmary|nhs|health (?:board|trust|service)|ambulance|surger(?:y|ies)|patients|charit(?:y|ies)|foundation|electoral commission|royal mail|cathedral|diocese|zoo|brewery|newspaper|theatre)\b`)
	// Places abroad that share a name with one at home.
	foreignPlace = mustCompile(`\b(?:australia\w*|new zealand|canad(?:a|ian)|ontario|nova scotia|new south wales|nsw|strike force|queensland|tasmania\w*|victoria's|united states|america\w*|u\.s\.|ohio|texas|virginia|massachusetts|california|pennsylvania|new jersey|new york|connecticut|maine|new hampshire|north carolina|south africa\w*|jamaica\w*|swan river|down under|perth, (?:wa|western)|premier|state (?:government|police|premier)|county commissioners?|rhode island|mayor [a-z]+ [a-z]+ told|dollars?|a\$|us\$|fbi|sheriff|rcmp)\b`)
	// A tender speaks of attacks that it wants to be guarded against.
	tender = mustCompile(`\b(?:tender(?:s|ed|ing)?|bidders?|bids|procure(?:ment|d)?|contract notice|contract award|framework|expressions? of interest|specification|shortlist\w*|lots? \d|most economically)\b`)
)

// "school payment records", "museum tickets": what a council runs, not who was struck.
var served = mustCompile(`\b(?:schools?|museums?|theatres?|libraries|clubs?|shops?)(?:'s?)? (?:payments?|meals?|transport|records?|admissions?|networks?|data|staff|bus(?:es)?|tickets?|tills?|bookings?|computers?|dinners?|pupils|systems?|files?|website|portal|app|catering)\b|\bbank (?:statements?|details|accounts?|cards?|data|numbers?|transfers?|holidays?)\b|\b(?:people's|their|residents'|tenants'|families'|care|foster|own|empty|new|council|social|affordable|council-owned) homes\b|\b(?:bid\w*|appl\w+|waiting|wait|let|letting|advertis\w*|allocat\w*|register\w*|queue) (?:for |of |up )?(?:\w+ )?homes\b|\bchoice-based\b|\bcouncil landlords?\b|\bhousing associations? (?:to|that|which|and|also)\b|\b(?:university|cathedral|college|seaside|football) (?:city|cities|towns?)\b|\b(?:networks?|systems?|servers?|software|computers?) (?:that|which|for|of|used by|serving)\b[^.;]{0,30}\bschools?\b`)

var (
	// "a firm whose software runs the housing registers of more than twenty local authorities": what strikes it strikes them.
	servesCouncils = mustCompile(`\b(?:used by|supplied to|serves|customers (?:include|are)|clients (?:include|are))\b[^.;]{0,60}\b(?:councils?\b|<c\d+>)|\b(?:software|systems?|platform|apps?|product|company|firm|contractor|supplier|provider|developer|printers?)\b[^.;]{0,70}\b(?:used by|uses?|runs?|provid\w+|suppl(?:y|ies|ied)|makes?|sells?|handles?|process(?:es)?|manages?|for|on behalf of|serves?|customers|prints?|produces)\b[^.;]{0,50}\b(?:councils|local authorities|boroughs|town halls)\b|\b(?:councils|local authorities)\b[^.;]{0,20}\b(?:that|which|who) use (?:it|its|the)\b`)
	// "broke into the network of <c0>, which the college shares".
	hitsCouncil = mustCompile(`\b(?:broke|broken|breaking|got|hack\w*|break-in|attack\w*|ransomware|entered|breach\w*|crippled|encrypted)\b[^.;]{0,50}\b(?:networks?|systems?|servers?|computers?) (?:of|at|belonging to|run by) (?:the )?<c\d+>|<c\d+>'s (?:\w+ )?(?:networks?|systems?|servers?|computers?) (?:was|were|is|are|has|have|had) (?:been )?(?:\w+ly )?(?:hacked|attacked|breached|broken into|encrypted|hit)\b|\bcouncil(?:'s)? (?:network|systems?|computers?|servers?) (?:is |was |has been |are )?(?:hacked|attacked|breached|encrypted)\b`)
)

// lead is how many sentences that tell of an event are the beginning of an article.
const lead = 4

// "it's the other one that's been hacked".
var mixedUp = mustCompile(`\b(?:other one|mix-?up|mixed up|confus\w+|mistak\w+|wrong (?:council|place|town|city)|after reading|not that|namesake)\b`)

// opening is how many sentences, with the furniture above them, an article takes to say whom it is about.
const opening = 9

// "cyber crooks have knocked", "after a virus ripped through".
var strikes = mustCompile(`\b(?:cyber\w*|hack\w*|ransomware|malware|virus|attack\w*|breach\w*|crooks?|gang|intrud\w+|data (?:leak|theft|loss)|leaked|stolen)\b`)

// beginsElsewhere is whether the beginning of the article says that a body other than a council of the United Kingdom was struck, and no
// sentence says by name that a council was.
//
// It reads "Hackers got into the university. Lincoln's council is fine."; it must not read "Hackers struck Kent County Council and its schools".
func (p *page) beginsElsewhere() bool {
	n, other := 0, false
	for i, t := range p.sents {
		if i < opening && (t.says(servesCouncils) || t.says(hitsCouncil) && !t.says(mixedUp) && !t.says(negation)) && !t.says(foreignPlace) {
			return false
		}
		low := served.ReplaceAllString(t.low, " ")
		if i < opening && !struckBody.MatchString(low) && !otherVictim.MatchString(low) && !t.says(foreignPlace) && !t.says(negation) && !t.says(mixedUp) &&
			t.says(strikes) && p.namedIn(t, 0, len(t.s)) {
			return false // an early sentence names a council, an attack and nobody else
		}
		if !t.says(event) {
			continue
		}
		if n++; n > lead || i > 2*opening {
			break
		}
		if !otherVictim.MatchString(low) && !struckBody.MatchString(low) && !t.says(foreignPlace) || t.heading && t.para >= 4 {
			continue
		}
		if !t.says(foreignPlace) && slices.ContainsFunc(t.tags(0, len(t.s), 'c'), func(g tagAt) bool { return g.n.how != byPlace }) {
			continue
		}
		other = true
	}
	return other && !p.strikesCouncil()
}

// strikesCouncil is whether a sentence says by name of a council that it was struck, without speaking of another body.
func (p *page) strikesCouncil() bool {
	for _, t := range p.sents {
		if struckBody.MatchString(served.ReplaceAllString(t.low, " ")) || t.says(foreignPlace) {
			continue
		}
		struck := false
		p.marksOf(t, func(_ []string, m mark) {
			struck = struck || (m.standing == ledger.Compromised || m.standing == ledger.Disrupted && !m.caution) && p.namedIn(t, clauseStart(t, m.from), m.to)
		})
		if struck {
			return true
		}
	}
	return false
}

// namedIn is whether a run of a sentence holds the name of a council, rather than "the council" or where something is.
func (p *page) namedIn(t *tagged, from, to int) bool {
	return slices.ContainsFunc(t.tags(from, to, 'c'), func(g tagAt) bool { return g.n.how == byFull || g.n.how == byShort })
}

// tenders is whether the article is about buying something, and gives no day on which anything happened.
func (p *page) tenders() bool {
	n := 0
	for _, t := range p.sents {
		n += len(t.findAll(tender))
	}
	if n < 3 {
		return false
	}
	_, _, dated := p.identified(p.sents)
	return !dated
}

// "to spend £1.4 million on protecting itself from cyber attacks".
var prepares = mustCompile(`\b(?:spend\w*|invest(?:s|ed|ing|ments?)?|train|training|budget|funding|plans? to|agree\w*|approv\w*|protect\w*|strengthen\w*)\b[^.;]{0,90}\b(?:cyber|hack\w*|defen[cs]es?|ransomware|phishing)\b`)

// "in an exercise in January", "ethical hackers took over a mailbox": what is only played.
var played = mustCompile(`\b(?:in|during|as part of|for|how) (?:a|an|the|that|this) (?:[\w-]+ ){0,2}(?:exercise|test|drill|simulation|rehearsal|scenario)\b|\bexercise\b[^.;]{0,60}\b(?:supposed|imagined|assumed)\b|\b(?:imagin|pretend|simulat|rehears)(?:ed|ing)\b|\bsupposed that\b|\bethical hackers?\b|\bdummy (?:files|data|records)\b|\bpenetration test|\bred team\b`)

// onlyPrepares is whether the article begins with what is done against attacks, or tells of one that was played, and says outside quotations,
// and outside the paragraphs that play, of none that happened.
func (p *page) onlyPrepares() bool {
	body, plans := 0, false
	plays := map[int]bool{}
	for _, t := range p.sents {
		if !t.heading {
			body++
		}
		plans = plans || body <= 3 && t.says(prepares)
		if t.says(played) {
			plays[t.para] = true
		}
	}
	return (plans || len(plays) > 0) && !slices.ContainsFunc(p.sents, func(t *tagged) bool {
		happened := false
		p.marksOf(t, func(_ []string, m mark) {
			happened = happened || !t.quoted[m.from] && !plays[t.para] && (m.standing == ledger.Compromised || m.standing == ledger.Disrupted)
		})
		return happened
	})
}

// laidOpen is whether any sentence says that systems were entered or data got out, of whomever.
func (p *page) laidOpen() bool {
	return slices.ContainsFunc(p.sents, func(t *tagged) bool {
		out := false
		p.marksOf(t, func(_ []string, m mark) { out = out || m.standing == ledger.Compromised && m.certain == ledger.Stated })
		return out
	})
}
