package extract

import (
	"slices"
	"strings"

	"spillover/ledger"
)

var (
	// What councils do for people and what they do it with, as reports name it.
	service    = mustCompile(`\b(?:child protection|(?:adult |children's )?safeguarding\b|homelessness|exams\b|examinations|(?:(?:education|corporate|public access|public|school|schools'|library|internal|staff|curriculum|finance) )+networks?|financ(?:e|ial) systems?|bin calendars?|freedom of information requests|requests under freedom of information|payments? of (?:[\w-]+ ){0,2}(?:charges|fines|bills|fees)|penalty charges?|pest control|school payments?|case management|council chamber|contact cent(?:re|er)s?|(?:pay(?:ing)?|payments? (?:of|for)) (?:their |your |for |the )?(?:council tax|rents?|business rates)(?:(?:, | or | and |, and |, or )(?:council tax|rents?|business rates|bills|parking fines|fines))+|customer service lines(?: for [\w', ]+?care)?|(?:main |online )+service portals|(?:benefits, council tax and business rates portal)|applications? (?:for|to) [\w ]{3,30}|(?:online )?(?:appointment|tip|library) bookings?|planning (?:portal|applications?|pages?|documents?|services?|system|enforcement)|(?:online )?(?:application|order|report|complaint|web)? ?forms\b|online (?:services?|payments?|bookings?|portals?|systems?|applications?|accounts?|permit shop|appointments?)|(?:remaining |customer |some )?(?:phone|telephone)(?: ?lines?| system| number)s?|phones\b|customer service(?:s| lines?| centre| portals?)?|(?:main )?service portals?|contact centre|(?:[\w-]+ )?(?:helplines?|hotline)|call centre|(?:public )?web ?sites?|\bsites?\b|web ?pages|staff email|emails?|e-mail|libraries|library (?:loans?|computers?|services?|wi-fi)|leisure centres?|bin (?:collections?|rounds?)|bins|(?:waste|refuse|rubbish|recycling) (?:collections?|services?)|council tax(?: (?:payment line|payments?|portal|support|bills|system|helpline|accounts?|rebates?|letters?|line))?|business rates(?: (?:payments?|portal))?|housing benefits?(?: (?:applications?|claims?|payments?|forms))?|discretionary housing payments|[\w-]+ support payments|benefits?(?: (?:payments?|portal|claims?|applications?|system))?|universal credit|payroll|wages|salaries|parking (?:permits?|fines?|portal|tickets|appeals|payments?)|permits?|land (?:charges )?searches|land charges|property searches|electoral (?:register|services?|roll)|voter registration|housing (?:repairs?|applications?|register|complaints|services?|bidding|waiting list)|repairs|social care (?:records|systems?|advice|services?|customer service lines|payments)|social care\b|street ?(?:lights?|lighting|lamps)|schools\b|lessons|school (?:admissions|meals|transport)|adult learning|births(?: and deaths)?(?: registration)?|appointments?|certificates|tenants' accounts|rent accounts|taxi licences|library catalogue|catalogue|self-service|chat ?bot|app\b|live ?streams?|registrars?|registration (?:of births|service)|environmental health|planning\b|licen[sc]ing|highways|potholes?|tip\b|rent\b|payments?\b|bookings?\b|internal systems|it systems?|computer systems?|computers and wi-fi|computers\b|council systems|systems\b|council services|services\b|portals?\b|maps\b|(?:public-facing )?applications\b|wi-fi|my account|care lines?|meetings?|webcasts?|ticket machines|car parks?|burials?|cemeter\w+|crematori\w+|marriage\w*|ceremonies|blue badges?|grants?\b|invoices|supplier payments|tax bills|case management|careline|deliver(?:y|ies)|cctv|traffic lights|museums?|theatres?|nurser\w+|care homes?)\b`)
	serviceCut = mustCompile(`;|,? but |, while |, whereas |, although |, though |, and (?:it|they|its|<|we|the)|, so |: no |\. `)
	someday    = mustCompile(`\b(?:hope(?:s|d)? to (?:report|announce)|next week|will be|expects? to|aim(?:s|ing)? to|by the end of|working (?:hard )?to(?:wards)?|trying to|plans? to|in due course|months? for|expected to|before|restoring|may take|will take)\b`)
	standIn    = mustCompile(`\b(?:dedicated helpline|helpline and email|stand-in|temporary (?:phone|number|call)|being built|for any enquiries|to any attempt|calls, emails|emails? or (?:calls|texts?)|phishing|email addresses? (?:have|has) been created|is urging|vigilant|blocking email|names? and|came in an email|opened an email|sent an email|in an email|disclosed)\b`)
)

// A claimOf a service, while they are being gathered.
type claimOf struct {
	ServiceState
	id    string
	still bool
}

// services are the services of the councils of an incident with their last state.
//
// It reads "the benefits portal is still down" as DISRUPTED; it must not read "residents should be wary of emails".
func (p *page) services(sents []*tagged, sites bool) []ServiceState {
	var all []claimOf
	list, inline := "", "" // the state of what the lines that follow list, and of the last list behind a colon
	asked := ""            // the question that the sentence before put
	var last []claimOf     // of the sentence before
	var table columns
	for _, t := range sents {
		if sites && p.siteLine(t, &all) || table.row(p, t, &all) || p.rowOf(t, &all) {
			continue
		}
		if item := listMark.FindString(t.low); item != "" || list != "" && t.heading && strings.Count(t.low, " ") < 8 {
			if list != "" && p.listed(t, len(item), list, &all) {
				continue
			}
		} else {
			list = stateOfList(t)
		}
		if strings.HasSuffix(strings.TrimRight(t.low, `"' `), "?") {
			asked = t.low
			continue
		}
		if p.answersTo(t, asked, &all) {
			asked = ""
			continue
		}
		asked = ""
		var took bool
		if inline, took = p.inlineLists(t, inline, &all); took {
			continue
		}
		if t.says(standIn) && !t.says(deed) || t.says(general) || t.says(atLarge) || t.says(attackerSays) || strings.HasSuffix(t.low, "?") {
			continue
		}
		had := len(all)
		from := 0
		if p.againIn(t, last, &all) {
			if cut := t.findAll(serviceCut); len(cut) > 0 {
				from = cut[0][0]
			} else {
				from = len(t.low)
			}
		}
		for _, m := range append(t.findAll(serviceCut), []int{len(t.low), len(t.low)}) {
			if m[0] < from {
				continue
			}
			before := len(all)
			if !p.elliptic(t, from, m[0], last, &all) {
				p.servicesIn(t, from, m[0], &all)
			}
			if len(all) == before && yetOnly.MatchString(t.low[from:m[0]]) {
				for i := range all[had:] {
					all[had+i].State = ledger.Disrupted // "is up, but only as a single page"
				}
			}
			if clause := t.low[from:m[0]]; len(all) == before && goesOnWith.MatchString(clause) && worksAgain(clause) {
				for _, c := range all[had:before] {
					c.State, c.still = ledger.Restored, false
					all = append(all, c)
				}
			}
			from = m[0]
		}
		last = slices.Clone(all[had:])
	}
	return settle(all, sites)
}

// "Analysts say such gangs often shut down payroll first": of no council in particular.
var atLarge = mustCompile(`\b(?:such|these|those|many|most|other) (?:gangs|attacks|groups|incidents|criminals|hackers) (?:often|can|could|may|might|tend|usually|typically|will|are|have|like)\b|\b(?:gangs|attackers|criminals|hackers|councils|hacktivists|attacks) (?:often|usually|typically|tend to|generally|like to)\b`)

// "but only as a single page with phone numbers on it", "but can deal only with emergencies"
var yetOnly = mustCompile(`^,? ?(?:but|although|though|albeit|if) (?:(?:it|they|this|these|is|are|can|could|now|will|has|have|was|were|had|been|\w+) ){0,3}(?:only|for emergenc\w+|to emergenc\w+|limited|slow\w*|restricted|come and go)\b`)

// servicesIn takes the services of a clause: of what is left of it without its asides, or of all of it if that says nothing.
func (p *page) servicesIn(t *tagged, from, to int, all *[]claimOf) {
	whole := clause{low: t.low[from:to], from: from}
	if !strings.ContainsAny(whole.low, "abcdefghijklmnopqrstuvwxyz") || boasts.MatchString(whole.low) {
		return
	}
	before := len(*all)
	if bare := whole.bare(); len(bare.gaps) > 0 {
		p.standing(t, bare, all)
		for i := range (*all)[before:] {
			if c := &(*all)[before+i]; c.State == ledger.Unaffected && stateDown.MatchString(whole.left(bare)) {
				c.State = ledger.Restored // "which were interrupted for three days, can be made as normal"
			}
		}
	}
	if len(*all) == before {
		p.standing(t, whole, all)
	}
}

// standing takes the services of which a clause says how they stand.
func (p *page) standing(t *tagged, c clause, all *[]claimOf) {
	low := c.low
	read := p.wanted(t, c, all)
	cues := cuesIn(t, low)
	if len(cues) == 0 {
		return
	}
	including := strings.Index(low, ", including ")
	spots := linked(low, overlap(service.FindAllStringIndex(low, -1), append(servicePhrases(low), openPhrases(low, cues)...)))
	if len(spots) == 0 {
		spots = subjectOnline(low)
	}
	p.paid(t, c, cues, all)
	for _, m := range spots {
		if covered(read, m[0]) || covered(read, m[1]-1) || subjectOf(read, low, m[1]) && !works.MatchString(low[m[0]:m[1]]) {
			continue
		}
		if including > 0 && m[0] < including && len(service.FindAllStringIndex(low[including:], -1)) > 0 {
			continue // what it includes is what is said
		}
		label := ownersOf.ReplaceAllString(strings.TrimSpace(low[m[0]:m[1]]), "")
		label = predicate.ReplaceAllString(label, "")
		if idiom.MatchString(label) || noService.MatchString(label) && !complemented.MatchString(label) || strings.HasSuffix(label, "report") && strings.HasPrefix(low[m[1]:], " that ") {
			continue
		}
		if anotherOwns.MatchString(label) || label == "" {
			continue
		}
		if h := beforeIt.FindStringIndex(low[:m[0]]); h != nil && hasHead(serviceHeads, strings.Fields(low[h[0]:m[0]])[0]) {
			label = low[h[0]:m[0]] + label // "appeals against fines"
		}
		if strings.HasSuffix(label, "post office") || aside.MatchString(low[:m[0]]) || modifies.MatchString(low[m[1]:]) || channels[label] && byMeans.MatchString(low[:m[0]]) || portfolio.MatchString(low[:m[0]]) {
			continue
		}
		if label == "websites" || label == "web site" || label == "homepage" || label == "home page" || label == "site" || label == "sites" || label == "public website" {
			label = "website"
		}
		if label == "services" {
			label = "council services"
		}
		if label == "forms" {
			label = "online forms"
		}
		if label == "rent" && (strings.Contains(low, "paid") || strings.Contains(low, "pay ")) {
			label = "rent payments"
		}
		best := nearest(low, cues, spots, m)
		if best < 0 {
			continue
		}
		if q := cues[best]; (label == "council services" || label == "systems") && q.at <= m[0] && m[1] <= q.end || gathers.MatchString(label) && !gathering.MatchString(low[q.at:q.end]) {
			continue // "among the services hit"
		}
		if x := doing.FindString(label); x != "" {
			if rest := label[len(x):]; wideLabels[rest] {
				x = ""
			}
			if label = label[len(x):]; !hasHead(serviceHeads, label[strings.LastIndexByte(label, ' ')+1:]) {
				continue
			}
		}
		state := cues[best].state
		if state == ledger.Disrupted && onlyTool[label] {
			continue
		}
		if state == ledger.Restored && someday.MatchString(low) {
			state = ledger.Disrupted
		}
		ids := p.locus(t, c.at(m[0]), c.at(m[1]))
		for _, id := range ids {
			*all = append(*all, claimOf{ServiceState{Label: label, Council: p.r.nameOf(id), State: state, Evidence: p.whole(t)}, id, strings.Contains(low, "still") || strings.Contains(low, "remain")})
		}
	}
}

// "All 3,200 staff were paid as normal", "suppliers have not been paid since May".
var paidTo = mustCompile(`\b(staff|workers|employees|teachers|suppliers|contractors|carers|foster carers|foster families|claimants|pensioners|landlords|creditors|councillors)\b(?: [\w,]+){0,3}? (?:were|was|will be|would be|are|been|being|get|got)(?: \w+){0,2}? paid\b`)

// paid takes the payments of those who, a clause says, are paid on time, late or not at all.
func (p *page) paid(t *tagged, c clause, cues []cue, all *[]claimOf) {
	m := paidTo.FindStringSubmatchIndex(c.low)
	if m == nil {
		return
	}
	label := c.low[m[2]:m[3]]
	switch label {
	case "staff", "workers", "employees", "teachers":
		label = "staff payroll"
	default:
		label = strings.TrimSuffix(label, "s") + " payments"
	}
	for _, q := range cues {
		if q.at >= m[3] {
			p.serves(t, p.locus(t, c.at(m[2]), c.at(m[3])), label, q.state, all)
			return
		}
	}
	if strings.Contains(c.low[m[3]:m[1]], " not ") {
		p.serves(t, p.locus(t, c.at(m[2]), c.at(m[3])), label, ledger.Disrupted, all)
	}
}

// servicePhrases are the phrases of a clause that name a service by their head.
func servicePhrases(low string) [][]int {
	var out [][]int
	for _, m := range phrases(low, serviceHeads) {
		if m = withComplement(low, m); named(low[m[0]:m[1]]) && !doneTo(low[m[0]:m[1]]) {
			out = append(out, m)
		}
	}
	return out
}

var (
	complemented = mustCompile(`^[\w' -]+ (?:to|for|of) `)
	// Heads that say little without what they are for: "payments to carers", "bids for homes".
	needsMore  = wordSet(`payment bid claim application booking appointment meeting visit grant request support help permit form letter bill invoice query enquiry renewal appeal complaint referral test`)
	complement = mustCompile(`^ (?:to|for|of|against|about) (?:(?:the|its|their|all|new|our|some) )*((?:[a-z'-]+ ){0,2}?[a-z'-]+)(?:[,.;]|$| (?:is|are|was|were|has|have|had|can|cannot|will|would|could|should|remain|continue|stay|went|go|resumed|stopped|which|who|that)\b)`)
)

// withComplement is a phrase together with what it is for, where its head says little alone.
func withComplement(low string, m []int) []int {
	head := low[m[0]:m[1]]
	if needsMore[singular(head[strings.LastIndexByte(head, ' ')+1:])] {
		if x := complement.FindStringSubmatchIndex(low[m[1]:]); x != nil && !dull[strings.Fields(low[m[1]+x[2] : m[1]+x[3]])[0]] {
			return []int{m[0], m[1] + x[3]}
		}
	}
	return m
}

// linked makes one run of two that a preposition joins, "wi-fi in the libraries", and leaves out what a run says of its service:
// "applications for permits were suspended" names the applications.
func linked(low string, spots [][]int) [][]int {
	var out [][]int
	for _, m := range spots {
		if x := predicate.FindStringIndex(low[m[0]:m[1]]); x != nil && x[0] > 0 {
			m = []int{m[0], m[0] + x[0]}
		}
		m = withComplement(low, m)
		if n := len(out) - 1; n >= 0 && m[0] > out[n][1] && joint.MatchString(low[out[n][1]:m[0]]) && m[1]-out[n][0] < 70 && !channels[low[m[0]:m[1]]] {
			out[n] = []int{out[n][0], m[1]}
			continue
		}
		out = append(out, m)
	}
	return out
}

var (
	// A committee is disrupted if it cannot meet.
	gathers   = mustCompile(`\bcommittee$`)
	gathering = mustCompile(`\b(?:postponed|called off|cancelled|put off|abandoned|ahead|put back|off)\b`)
	// "have stopped publishing spreadsheets", "processing applications by hand".
	doing = mustCompile(`^(?:processing|issuing|taking|publishing|making|sending(?: out)?|handling|writing|printing|producing|recording|answering|collecting|accepting|raising) `)
)

// onlyTool are what all services run on: that it was hit says nothing of a service, that it works again does.
var onlyTool = map[string]bool{"computers": true, "computer": true, "internet": true, "phone": true, "network": true, "networks": true, "pcs": true}

var (
	joint = mustCompile(`^ (?:in|at|for|of|to|on|against|about|from) (?:(?:the|its|their|our|own|all|some|most|new|[\w-]+'s|<c\d+>'s?) )*$`)
	// "bookings cannot be made on the app": what people would have done it with.
	channels = map[string]bool{"phone": true, "telephone": true, "website": true, "web site": true, "email": true, "app": true, "internet": true, "online portal": true, "portal": true, "post": true, "site": true, "e-mail": true}
	byMeans  = mustCompile(`\b(?:by|over|via|through|on|using|from|off) (?:the |its |their |our )?$|\bput(?:ting)? (?:down )?the $`)
	// "the director of adult services": whose post it is.
	portfolio = mustCompile(`\b(?:directors?|members?|portfolio holders?|heads?|managers?|leads?|leaders?|officers?|ministers?|executives?|councillors?|chiefs?|spokes\w+|lawyers?|chairs?|chairman|responsib\w+) (?:for|of) (?:[\w-]+ ){0,4}$`)
)

var (
	// "the council's own website": the website.
	ownersOf = mustCompile(`^(?:new |current |(?:council|city|county|borough|district|authority|town hall)'s |own )+`)
	// "applications for new licences are being taken".
	predicate = mustCompile(` (?:is|are|was|were|has|have|had|can|cannot|will|being|remains?)\b.*$`)
	// "leisure centres run on a contractor's network".
	anotherOwns = mustCompile(`^(?:contractor|supplier|provider|neighbour|firm|company|attacker|hacker|gang)s?'s? `)
)
