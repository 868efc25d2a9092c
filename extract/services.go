package extract

import (
	"slices"
	"strings"

	"spillover/ledger"
)

var (
	// What councils do for people and what they do it with, as reports name it.
	service = mustCompile(`\b(?:child protection|(?:adult |children's )?safeguarding\b|homelessness|exams\b|examinations|(?:(?:education|corporate|public access|public|school|schools'|library|internal|staff|curriculum|finance) )+networks?|financ(?:e|ial) systems?|bin calendars?|freedom of information requests|requests under freedom of information|payments? of (?:[\w-]+ ){0,2}(?:charges|fines|bills|fees)|penalty charges?|pest control|school payments?|case management|council chamber|contact cent(?:re|er)s?|(?:pay(?:ing)?|payments? (?:of|for)) (?:their |your |for |the )?(?:council tax|rents?|business rates)(?:(?:, | or | and |, and |, or )(?:council tax|rents?|business rates|bills|parking fines|fines))+|customer service lines(?: for [\w', ]+?care)?|(?:main |online )+service portals|(?:benefits, council tax and business rates portal)|applications? (?:for|to) [\w ]{3,30}|(?:online )?(?:appointment|tip|library) bookings?|planning (?:portal|applications?|pages?|documents?|services?|system|enforcement)|(?:online )?(?:application|order|report|complaint|web)? ?forms\b|online (?:services?|payments?|bookings?|portals?|systems?|applications?|accounts?|permit shop|appointments?)|(?:remaining |customer |some )?(?:phone|telephone)(?: ?lines?| system| number)s?|phones\b|customer service(?:s| lines?| centre| portals?)?|(?:main )?service portals?|contact centre|(?:[\w-]+ )?(?:helplines?|hotline)|call centre|(?:public )?web ?sites?|\bsites?\b|web ?pages|staff email|emails?|e-mail|libraries|library (?:loans?|computers?|services?|wi-fi)|leisure centres?|bin (?:collections?|rounds?)|bins|(?:waste|refuse|rubbish|recycling) (?:collections?|services?)|council tax(?: (?:payment line|payments?|portal|support|bills|system|helpline|accounts?|rebates?|letters?|line))?|business rates(?: (?:payments?|portal))?|housing benefits?(?: (?:applications?|claims?|payments?|forms))?|discretionary housing payments|[\w-]+ support payments|benefits?(?: (?:payments?|portal|claims?|applications?|system))?|universal credit|payroll|wages|salaries|parking (?:permits?|fines?|portal|tickets|appeals|payments?)|permits?|land (?:charges )?searches|land charges|property searches|electoral (?:register|services?|roll)|voter registration|housing (?:repairs?|applications?|register|complaints|services?|bidding|waiting list)|repairs|social care (?:records|systems?|advice|services?|customer service lines|payments)|social care\b|street ?(?:lights?|lighting|lamps)|schools\b|lessons|school (?:admissions|meals|transport)|adult learning|births(?: and deaths)?(?: registration)?|appointments?|certificates|tenants' accounts|rent accounts|taxi licences|library catalogue|catalogue|self-service|chat ?bot|app\b|live ?streams?|registrars?|registration (?:of births|service)|environmental health|planning\b|licen[sc]ing|highways|potholes?|tip\b|rent\b|payments?\b|bookings?\b|internal systems|it systems?|computer systems?|computers and wi-fi|computers\b|council systems|systems\b|council services|services\b|portals?\b|maps\b|(?:public-facing )?applications\b|wi-fi|my account|care lines?|meetings?|webcasts?|ticket machines|car parks?|burials?|cemeter\w+|crematori\w+|marriage\w*|ceremonies|blue badges?|grants?\b|invoices|supplier payments|tax bills|case management|careline|deliver(?:y|ies)|cctv|traffic lights|museums?|theatres?|nurser\w+|care homes?)\b`)

	// "are still down", "went dark"; not "settled down".
	stateDown = mustCompile(`\b(?:(?:has|have|had) not been (?:working|available|possible|answered)|not been able to|not (?:due|expected|likely) (?:to (?:be )?(?:back|return|resume|reopen|restored|available)|back)|can (?:now |currently )?(?:only )?be \w+ (?:only )?(?:by (?:phone|telephone|post)|in person)|(?:met|greeted) (?:with|by) an? (?:error|blank|holding)|error messages?|(?:has|have) had no|(?:been|were|was|are|is) (?:left )?without|(?:shut|closed|suspended|stopped|halted|paused|cancelled) (?:its|their|all)\b|(?:is|are|was|were|went|been|being|still|remains?|gone|go|going|knocked|taken?|took|shut|brought|:) (?:\w+ ){0,3}?(?:down|off ?line|dark|off|out)\b|unavailable|unreachable|unpaid|the exception|(?:weeks|months|days) (?:yet|away)|some way off|won't (?:scan|load|open|start|work|connect|print)|not (?:be |expected (?:to be )?)back|will not (?:go out|be (?:sent|posted|delivered|issued|made|paid))|stuck|disrupted|suspended|suspend\w*|out of action|not working|inaccessible|cannot be|not be able to|overwhelmed|slow\b|can not be|could not be|can ?not|can't|could not|couldn't|unable to|crippled|crashed|stalled|shut out of|are late|delayed|limited|off the web|off their|will not go off|not available|have been restored when|hard to deliver|impede|interrupted|restoring|to return to normal|return to normal|still (?:affected|off)|come and go|closed|down\b|are affected by|are not being|went too|hope to report|lost|off work|held up|stopped|halted|paused|postponed|cancelled|hit by delays|slower|by hand|affected|:? down)\b|` +
		// On paper, by telephone, behind, and every way of being shut: "loans are being noted by hand", "the desk has turned to paper".
		`: (?:still |now )?(?:shut|off|suspended|not available|out)\b|\b(?:pen|pencil) and paper|\b(?:on|to|with|using) paper\b|\bmanual(?:ly)?\b|\bbacklogs?\b|\b(?:dead|silent|frozen|froze|unusable|jammed|inoperable|idle|blank)\b|\b(?:remain(?:s|ed|ing)?|stay(?:s|ed)?|is|are|was|were|still) (?:\w+ )?(?:shut|closed|suspended|patchy|limited|restricted|intermittent|delayed|behind)\b|\bno longer (?:work\w*|available|possible)\b|\b(?:put|placed) on hold\b|\bon hold\b|\bpulled\b|\bdisabled\b|\bsevered\b|\b(?:cut|knocked|taken|switched|turned) off\b|\bunplugged\b|\bdisconnected\b|\bfell over\b|\brings? out\b|\bunanswered\b|\bground to a halt\b|\bin (?:person|writing) only\b|\b(?:whiteboards?|notebooks?|index cards)\b|\bwiped\b|\bweeks? late\b|\b(?:withdrawn|inaccessible|scrapped|kaput|unobtainable|unstaffed|ceased|deferred)\b|\b(?:packed (?:up|in)|conked out|on the blink|out of (?:order|use)|(?:put|pushed|moved) back (?:to|until|by|a)|called off)\b|\bno (?:new |further )?(?:[a-z-]+ ){1,4}(?:(?:is|are|was|were) being|can be|could be) (?:issued|taken|made|processed|accepted|answered|booked|set up|paid|sent|opened|registered)\b|\bbefore [^.;]{0,50}(?:are|is) possible\b`)
	// "back online", "working again"; not "back in 2020".
	stateUp = mustCompile(`\b(?:(?:has|have) been (?:working|running|open|available) (?:again |normally )*since|can (?:now )?be \w+ (?:\w+ )?once (?:more|again)|back (?:online|up|on ?line|operating|in action|in use|working|to normal|on)|came back|come back|now back|working again|work again|restored|reopened|re-opened|resolved|up and running|available again|running again|open again|return(?:ed)? to (?:operating as )?normal|accessible again|now accessible|operating as normal|unlocked|can (?:once )?(?:again|now)|can be \w+ (?:(?:by|over the) \w+ |online |in person )?again|(?:residents|people|customers|tenants|users|you) can (?:now |again |once again |once more )?(?:pay|book|apply|report|access|log)|able to (?:return|reopen|resume)|resumed|working once more|fixed|brought back|mended|work\w* (?:normally|properly|as normal) (?:by|since|from|after|within)|(?:down|off|out|lost|offline|unavailable|shut|closed|dark|unreachable|unusable) for (?:\w+ ){0,3}(?:minutes|hours?|days?|weeks?)|(?:work\w*|open\w*|live|up|online|running|available|answer\w*|taken|made|paid|processed|accepted|possible|usable|accessible|reachable|normal|loading|function\w*|operat\w*|served|issued|looked up|booked|reported) (?:once )?again|recovered|reinstated|reconnected|\w+ing (?:\w+ )?(?:once more|once again|again)|(?:now|since) being \w+ed|reloading|returned (?:on|in|this|last|yesterday|today|at|to (?:use|service|work))|handed back|given back|(?:was|were|is|are|has|have|come|came|went) (?:\w+ )?back\b|(?:down|out|off|shut|closed|offline|unavailable|suspended) (?:for \w+ \w+|(?:until|till) (?:last|yesterday|this|monday|tuesday|wednesday|thursday|friday|saturday|sunday))|(?:was|were|had been) (?:\w+ )?(?:down|out|off|shut|closed|offline|unavailable|suspended|lost|dark|missing) (?:\w+ )?(?:until|till)|(?:start\w*|begun|began|begin|ran|moving|flowing|collect\w*|emptied|going|go|goes) (?:up )?again|(?:is|are|was|were|went|gone|put) live)\b|: (?:now )?(?:back|open again|working again|restored|reopened)\b`)
	// "as normal", "not affected"; not "normally shut".
	stateFine  = mustCompile(`\b(?:(?:stayed|remained|kept|been) open|(?:operat|function|work|runn?)\w* (?:\w+ly )?normally|as normal|nor (?:was|were|is|are)|(?:was|were|is|are) never (?:\w+ )?(?:off|down|out|lost|affected|touched|in doubt)|(?:went out|were paid|was paid) on (?:the|mon|tues|wednes|thurs|fri|satur|sun|time|\d)|(?:ran|run|running|went|going|collected|emptied|paid) (?:every day|daily|without a break|like clockwork)|as usual|as ever|as before|as always|as planned|came to no harm|come to no harm|never (?:wobbled|flickered|blinked|skipped|suffered|lost)|gone ahead|(?:is|are|was|were) out as|(?:residents|people|customers|tenants|users|you|anyone|visitors|borrowers|drivers) can (?:still |as always |as usual )+(?:pay|book|apply|report|visit|use|call|ring)|in full swing|still being (?:collected|lifted|emptied|delivered|paid|processed|answered|taken|swept|cleaned|run)|(?:have|has) (?:all )?(?:been (?:collected|emptied|delivered)|opened (?:as|on|at|their|today|this|early))|at the usual time|on schedule|to schedule|business as|(?:is|are|was|were) fine|never missed (?:a|an) \w+|have not missed|not missed|(?:was|were|is|are) (?:all )?working (?:when|throughout|as|fine|today|yesterday)|regardless|in the clear|business as usual|unaffected|(?:not|never|\w+n't) (?:been )?(?:affected|touched|disrupted|hit|impacted|interrupted)|are safe|is safe|so are|throughout|on time|were paid|continued (?:as|to|without)|ran as|running normally|work(?:s|ing|ed) normally|has worked|have worked|still working|still running|open as|remain(?:s|ed)? (?:open|available|up)|normal service|escaped|untouched|carried on|stayed up|stays up|goes on|go on|understood to work|gone on|went on|(?:made|paid|sent|issued|delivered|out) (?:on time|in full)|(?:never|not) (?:stopped|interrupted|missed|faltered)|(?:did not|didn.t) (?:stop|miss|falter)|went ahead|carr(?:y|ies) on|unhindered|without (?:a hitch|interruption|a break)|(?:on|uses?|using|runs? on) (?:a |its own |their own )?(?:separate|different|another) (?:system|network|supplier|server|contract)|hosted elsewhere|(?:is|are|was|were) being (?:collected|paid|made|emptied) (?:as|on|nor)|(?:kept|keep|keeps) (?:going|open|running|working)|never (?:went|stopped|closed)|(?:is|are|was|were) (?:\w+ )?(?:open|available|operational)|(?:not|never|\w+n't) (?:been )?(?:reached|stopped|in danger|at risk)|can still (?:be |pay|book|apply|report|use)|still (?:be )?(?:open|available|operating|taking|accepting|answering)|separate system)\b|: (?:all )?(?:open|working|normal|available|running|fine|ok|unaffected|operating|as usual)\b`)
	serviceCut = mustCompile(`;|,? but |, while |, whereas |, although |, though |, and (?:it|they|its|<|we|the)|, so |: no |\. `)
	someday    = mustCompile(`\b(?:hope(?:s|d)? to (?:report|announce)|next week|will be|expects? to|aim(?:s|ing)? to|by the end of|working (?:hard )?to(?:wards)?|trying to|plans? to|in due course|months? for|expected to|before|restoring|may take|will take)\b`)
	standIn    = mustCompile(`\b(?:dedicated helpline|helpline and email|stand-in|temporary (?:phone|number|call)|being built|for any enquiries|to any attempt|calls, emails|emails? or (?:calls|texts?)|phishing|email addresses? (?:have|has) been created|spends?|spent|is urging|urged|vigilant|investigation|blocking email|names? and|came in an email|opened an email|sent an email|in an email|by email|disclosed|medical)\b`)
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
		if t.says(standIn) && !t.says(deed) || t.says(general) || t.says(attackerSays) || strings.HasSuffix(t.low, "?") {
			continue
		}
		had := len(all)
		p.againIn(t, last, &all)
		from := 0
		for _, m := range append(t.findAll(serviceCut), []int{len(t.low), len(t.low)}) {
			before := len(all)
			p.servicesIn(t, from, m[0], &all)
			if clause := t.low[from:m[0]]; len(all) == before && butAgain.MatchString(clause) && stateUp.MatchString(clause) && !someday.MatchString(clause) {
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

func (p *page) servicesIn(t *tagged, from, to int, all *[]claimOf) {
	low := t.low[from:to]
	if !strings.ContainsAny(low, "abcdefghijklmnopqrstuvwxyz") || boasts.MatchString(low) {
		return
	}
	var cues []cue
	take := func(ms [][]int, state string) {
		for _, m := range ms {
			cues = append(cues, cue{m[0], m[1], state})
		}
	}
	if stateUp.may(t.grams) {
		take(stateUp.FindAllStringIndex(low, -1), ledger.Restored)
	}
	if len(cues) == 0 && stateFine.may(t.grams) {
		take(stateFine.FindAllStringIndex(low, -1), ledger.Unaffected)
	}
	if stateDown.may(t.grams) {
		take(stateDown.FindAllStringIndex(low, -1), ledger.Disrupted)
	}
	cues = slices.DeleteFunc(cues, func(c cue) bool { return noCue.MatchString(low[c.at:]) })
	if len(cues) == 0 {
		return
	}
	including := strings.Index(low, ", including ")
	open := slices.DeleteFunc(phrases(low, serviceHeads), func(m []int) bool { return !named(low[m[0]:m[1]]) })
	spots := overlap(service.FindAllStringIndex(low, -1), append(open, openPhrases(low, cues)...))
	if len(spots) == 0 {
		spots = deeds(low)
	}
	for _, m := range spots {
		if including > 0 && m[0] < including && len(service.FindAllStringIndex(low[including:], -1)) > 0 {
			continue // what it includes is what is said
		}
		label := ownersOf.ReplaceAllString(strings.TrimSpace(low[m[0]:m[1]]), "")
		label = predicate.ReplaceAllString(label, "")
		if idiom.MatchString(label) || noService.MatchString(label) || strings.HasSuffix(label, "report") && strings.HasPrefix(low[m[1]:], " that ") {
			continue
		}
		if anotherOwns.MatchString(label) || label == "" {
			continue
		}
		if h := complement.FindStringIndex(low[:m[0]]); h != nil && hasHead(serviceHeads, strings.Fields(low[h[0]:m[0]])[0]) {
			label = low[h[0]:m[0]] + label // "appeals against fines"
		}
		if strings.HasSuffix(label, "post office") || aside.MatchString(low[:m[0]]) || modifies.MatchString(low[m[1]:]) {
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
		best := nearest(low, cues, spots, m)
		if best < 0 {
			continue
		}
		state := cues[best].state
		if state == ledger.Disrupted && neither.MatchString(low[:cues[best].at]) {
			state = ledger.Unaffected
		}
		if state == ledger.Restored && someday.MatchString(low) {
			state = ledger.Disrupted
		}
		ids := p.locus(t, from+m[0], from+m[1])
		for _, id := range ids {
			*all = append(*all, claimOf{ServiceState{Label: label, Council: p.r.nameOf(id), State: state, Evidence: p.whole(t)}, id, strings.Contains(low, "still") || strings.Contains(low, "remain")})
		}
	}
}

var (
	// "the council's own website": the website.
	ownersOf = mustCompile(`^(?:(?:council|city|county|borough|district|authority|town hall)'s |own )+`)
	// "applications for new licences are being taken".
	predicate = mustCompile(` (?:is|are|was|were|has|have|had|can|cannot|will|being|remains?)\b.*$`)
	// "leisure centres run on a contractor's network".
	anotherOwns = mustCompile(`^(?:contractor|supplier|provider|neighbour|firm|company|attacker|hacker|gang)s?'s? `)
)

// "cannot exclude that forms were seen", "disconnected itself", "is not suspended from duty": nothing of a service.
var noCue = mustCompile(`^can now be \w+ only\b|^(?:is|are|was|were) (?:not|never|no longer|hardly|barely) (?:open|available|operational)\b|^(?:have|has|had|went|gone)(?: gone)? back to (?:\w+ )?(?:notebooks?|paper|pens?|pencils?|manual|basics|typewriters|exercise books|cash|the drawing|handwrit\w+)|^now being \w+ (?:by hand|on paper|manually)|^(?:can ?not|can't|could not|couldn't|unable to|cannot be|not be able to)(?: yet| currently)? (?:be )?(?:exclude|rule|say|confirm|comment|certain|sure|speculate|discuss|disclose|go into|name|tell|explain|account|guarantee|promise|know)|^\w+ (?:itself|himself|herself|themselves)\b|^recovered (?:the|its|all|some|most) (?:\w+ )?(?:emails?|files?|data|records?|documents?|letters?|laptops?|devices?)|^lost (?:money|\d|£)`)

// A cue is a run of a clause that says how a service stands.
type cue struct {
	at, end int
	state   string
}

// nearest is the cue that says how the service at m stands, -1 if none does: of those that follow it, before another service's, what
// says that it works again or all along ("the centre, closed on Sunday, reopened"), else the first; else the last before it.
func nearest(low string, cues []cue, spots [][]int, m []int) int {
	end, first := 1<<30, 1<<30
	for _, c := range cues {
		if c.at >= m[1] {
			first = min(first, c.at)
		}
	}
	for _, s := range spots {
		if s[0] > first {
			end = min(end, s[0])
		}
	}
	best, gap := -1, 130
	for i, c := range cues {
		if c.at < m[0] && m[1] < c.end {
			return i // "taken rent statements offline"
		}
		if c.at < m[1] || c.at >= end || c.at-m[1] > 130 {
			continue
		}
		if best < 0 || cues[best].state == ledger.Disrupted && c.state != ledger.Disrupted {
			best = i
		}
	}
	if best >= 0 {
		return best
	}
	for i, c := range cues {
		if d := m[0] - c.end; d >= 0 && d < gap && (c.state != ledger.Unaffected || !strings.ContainsAny(low[c.end:m[0]], ",;(")) {
			best, gap = i, d
		}
	}
	return best
}

// "Neither the switchboard nor the website has been interrupted", "no service was lost".
var neither = mustCompile(`\b(?:neither|none of|nor|no (?:other )?services?|not been|never|has not|have not|was not|were not|\w+n't been|wasn't|weren't)\b[^.;]*$`)

// "computers in its libraries", "a backlog of emails": where something is, not what works. "which buys some IT services": what
// is shared.
var aside = mustCompile(`\b(?:in|at|from) (?:its|their|our|all) $|backlog of $|\b(?:noticed|spotted|raised|found|seen|detected|flagged) by (?:the |its )?$|[a-z]+ for access to $|\bby $|\bwhose (?:[\w-]+ )?$|\b(?:buys?|bought|buying|shares?|shared|sharing|joint) (?:\w+ ){0,2}$`)

// "appeals against fines", "applications for licences": the phrase begins with what people do there.
var complement = mustCompile(`\b[\w-]+(?:s|ing) (?:against|for|to|of|about) (?:the |their |its |new )?$`)

// "a payroll team": the word only says what sort of team.
var modifies = mustCompile(`^ (?:data|records?|files?|papers?|appeals?|customers?|clients?|team|officers?|staff|department|manager|went off\b|provider|company|firm|worker|committee|list|fraud|scam)\b`)

// "hackers said they had knocked out the websites": a boast, not news of a service.
var attackerSays = mustCompile(`\b(?:hackers?|gang|group|attackers)\b[^.;]{0,50}\b(?:said|says|claim\w*|boast\w*)\b`)

// "It also claimed to have taken down the website of <c0>".
var boasts = mustCompile(`\b(?:claim(?:s|ed|ing)?|boast(?:s|ed|ing)? of|brag(?:s|ged)? of) (?:also )?(?:to have|having) `)

// "The switchboard was out of order on Sunday but is now working again."
var butAgain = mustCompile(`^,? (?:but|although|though) (?:it |they |both |all )?(?:is|are|was|were|has|have|had|came|went)\b`)

// noService are people, vehicles and places that such phrases name, which are not what works or does not.
var noService = mustCompile(`^(?:crews?|notices?|alarms?|laptops?|paper rounds|lorr(?:y|ies)|rounds|branch|union)$|^(?:(?:north|south|east|west|mid|central) )?(?:wales|england|scotland|london)$|(?:^|[ -])(?:carers?|pests|trolls|saboteurs|crooks|thugs|hackers|hacktivists|criminals|attackers|gangs?|mums|dads|parents|families|pensioners|commuters|shoppers|hospitals?|care homes?|pumps?|(?:unison|union)(?:'s)? branch|fax machines?|civic cent(?:re|er))$`)

// idiom is what people cannot do that is no service: "you cannot pay your way out", "you can't cancel where you live".
var idiom = mustCompile(`\b(?:your|their|its|our) (?:way|part|respects?)\b|^(?:\w+ ){1,2}(?:where|what|how|who|why)\b|^cancel an? |^(?:pay|use|make) (?:attention|heed|sense|excuses|it|them|this|that)\b`)

// deed is what people can or cannot do: "report a pothole", "apply for or report something".
var (
	deed     = mustCompile(`\b(?:can ?not|can't|cannot|unable to|could not|couldn't|not able to|not be able to|not been able to|can't do[^:]{0,20}:)(?: currently| now| still)? ((?:apply|report|pay|book|look up|access|register|view|order|renew|check|search|make|submit|lodge|use|top up|scan|swipe|borrow|reserve|log in ?to|get into|cancel|change|update)\b[\w' ]{6,50}?)(?:,|\.|;| or (?:pay|report|book|check|view|apply)| in | on | at | until | because |$)`)
	deedGap  = mustCompile(`^(?:, or |, and |, | or | and )`)
	deedNext = mustCompile(`^((?:apply|report|pay|book|look up|access|register|view|order|renew|check|search|make|submit|lodge|use)\b[\w' ]{2,40})`)
	subject  = mustCompile(`^(?:["'*• -]*)(?:and |but |so |the |some |all |its |their |our |most |many )*([a-z][\w'/-]+(?: [\w'/-]+){0,4}?)(?:: (?:down|off)| (?:is|are|was|were|remains?|cannot|can not|could not|went|has been|have been)\b)`)
	pronouns = mustCompile(`\b(?:it|they|we|he|she|there|this|that|these|those|which|who|what|you|staff|officers|people|residents|councillors|council|nobody|systems|everything|attackers?|hackers?|police|investigat\w+|incident|attack|data|files?|documents?|information|records|details|somebody|anyone|gang|group|spokes\w+|some|most|both|all|work|experts|specialists|inquiries|enquiries|arrests?|statement|ransom|money|bill|cost)\b`)
)

// deeds are the runs of a clause that name a service by what people do there or by no word of the trade.
func deeds(low string) [][]int {
	var out [][]int
	if m := deed.FindStringSubmatchIndex(low); m != nil {
		out = append(out, []int{m[2], m[3]})
		for at := m[3]; at < len(low); {
			gap := deedGap.FindString(low[at:])
			n := deedNext.FindStringSubmatchIndex(low[at+len(gap):])
			if gap == "" || n == nil {
				break
			}
			at += len(gap)
			out = append(out, []int{at + n[2], at + n[3]})
			at += n[1]
		}
		return out
	}
	if m := subject.FindStringSubmatchIndex(low); m != nil && !pronouns.MatchString(low[m[2]:m[3]]) && strings.Contains(low, "online") {
		out = append(out, []int{m[2], m[3]})
	}
	return out
}

var wideLabels = map[string]bool{"systems": true, "council services": true, "it systems": true, "it system": true, "website": true, "internal systems": false,
	"reports": true, "report": true, "payments": true, "payment": true, "portal": true, "portals": true, "money": true, "rent": true, "meeting": true, "email": false, "customer services": false, "meetings": true, "planning": false, "schools": false, "benefit": true, "permit": true, "permits": true}

// settle leaves one state of each service of a council: what works again outweighs that it was down, unless it still is;
// words as wide as "systems" count only where they work again or nothing else is said of the council.
// Where websites themselves were the target (sites), they count.
func settle(all []claimOf, sites bool) []ServiceState {
	wide := func(label string) bool { return wideLabels[label] && !(sites && label == "website") }
	type key struct{ council, label string }
	at := map[key]int{}
	var out []claimOf
	first := map[key]string{} // by council and last word, the first label that ends in it
	for _, c := range all {
		if last := singular(c.Label[strings.LastIndexByte(c.Label, ' ')+1:]); wide(c.Label) {
			// "its council tax portal ... the portal is back": of the one named before.
			if label := first[key{c.id, last}]; label != "" && !strings.Contains(c.Label, " ") {
				c.Label = label
			}
		} else if first[key{c.id, last}] == "" {
			first[key{c.id, last}] = c.Label
		}
		k := key{c.Council, strings.TrimSuffix(c.Label, "s")}
		i, there := at[k]
		if !there {
			at[k] = len(out)
			out = append(out, c)
			continue
		}
		if out[i].State == ledger.Restored && c.State == ledger.Disrupted && !c.still {
			continue
		}
		if out[i].State == ledger.Disrupted && c.State == ledger.Unaffected {
			c.State = ledger.Restored // it works, and was down before
		}
		out[i] = c
	}
	narrow := map[string]map[int]bool{} // by council, where the sentences begin that name a service of it
	for _, c := range out {
		if !wide(c.Label) {
			if narrow[c.Council] == nil {
				narrow[c.Council] = map[int]bool{}
			}
			narrow[c.Council][c.Start] = true
		}
	}
	var kept []ServiceState
	for _, c := range out {
		if n := narrow[c.Council]; wide(c.Label) && !(c.Label == "website" && c.State == ledger.Unaffected) && (len(n) > 1 || len(n) == 1 && !n[c.Start] || c.State != ledger.Restored && c.Label != "council services") {
			continue
		}
		if !slices.ContainsFunc(out, func(o claimOf) bool {
			return o.id == c.id && o.State == c.State && len(o.Label) > len(c.Label) && strings.HasPrefix(o.Label, c.Label+" ")
		}) {
			kept = append(kept, c.ServiceState)
		}
	}
	return kept
}
