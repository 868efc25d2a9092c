package extract

import (
	"strings"

	"spillover/ledger"
)

// Services that a clause names by what people can or cannot do there: "nobody could comment on planning applications, renew a garden
// waste subscription or report a missed bin" names three.

// doings are the verbs of those who want something of a council, with the noun that names what they want: who cannot pay the rent
// lacks rent payments.
var doings = map[string]string{"pay": "payments", "pay for": "payments", "pay off": "payments", "book": "bookings", "report": "reports", "apply for": "applications", "apply to": "applications", "sign up for": "sign-ups",
	"sign up to": "sign-ups", "register": "registrations", "register for": "registrations", "renew": "renewals", "order": "orders", "comment on": "comments",
	"object to": "objections", "claim": "claims", "bid for": "bids", "bid on": "bids", "request": "requests", "borrow": "loans", "reserve": "reservations",
	"hire": "hire", "top up": "top-ups", "appeal against": "appeals", "buy": "sales", "enrol on": "enrolments", "enrol for": "enrolments", "arrange": "", "challenge": "", "track": "", "fill in": "", "submit": "", "lodge": "", "cancel": "", "make": "", "join": ""}

// doingVerb are the verbs of doings, and those of staff who handle what people want: what these are done to must itself sound like a service.
const doingVerb = `(?:apply (?:for|to)|sign up (?:for|to)|register for|comment on|object to|bid (?:for|on)|appeal against|enrol (?:on|for)|top up|fill in|log in ?to|log into|log on ?to|get (?:into|at)|look (?:at|up)|pull up|bring up|deal with|send (?:out|in)|pay (?:for|off)|` +
	`pay|book|report|register|renew|order|claim|request|borrow|reserve|hire|buy|arrange|challenge|track|submit|lodge|cancel|make|join|access|view|see|use|open|read|check|issue|process|collect|print|produce|record|take|accept|answer|receive|send|update|change|search|download|upload|complete|consult|retrieve|publish|hold|validate|handle|raise|schedule|offer|provide|deliver)`

const (
	// "Nobody in the town has been able to", "it is not possible to".
	cannotDo = `(?:can ?not|can't|could not|couldn't|unable to|(?:not|n't) (?:\w+ )?(?:able|possible|allowed)(?: for [\w ]{1,20})? to|not be able to|(?:nobody|no one|none of \w+|no \w+)(?: (?:in|at|from|on) (?:the |its )?(?:\w+ ){1,3}?| )(?:can|could|(?:was|were|is|are|has been|have been|had been|will be) able to)|impossible (?:for [\w ]{1,20})?to|no way (?:to|for [\w ]{1,20} to)|(?:struggling|struggle|struggled|failed|powerless) to|(?:told|asked|advised|urged|warned) not to|will not|won't)`
	canAgain = `(?:can|could|able to|possible (?:for [\w ]{1,20})?to)(?: now| again| once again| once more)+|can|able to|possible (?:for [\w ]{1,20})?to`
)

var (
	deed     = mustCompile(`\b` + cannotDo + `(?: currently| now| still| even| yet| also| either)? ` + doingVerb + `\b ?`)
	doAgain  = mustCompile(`\b(?:` + canAgain + `) ` + doingVerb + `\b ?`)
	doStill  = mustCompile(`\bcan (?:still|all|also|always|as usual|as normal)(?: \w+)? ` + doingVerb + `\b ?`)
	doElse   = mustCompile(`\b(?:(?:told|asked|advised|urged|having|have|has|need|needs|must|forced|reduced)(?: to)?|can only) (?:\w+ )?` + doingVerb + `\b ?`)
	hopeTo   = mustCompile(`\b(?:hoping|wanting|wishing|trying|needing|looking|who (?:want|wants|wanted|need|needs|needed|tried|try|tries)|anyone who wants)(?: to)? ` + doingVerb + `\b ?`)
	nextVerb = mustCompile(`^(?:to )?` + doingVerb + `\b ?`)
	// What becomes of those who want it.
	inVain    = mustCompile(`\b(?:must|will have to|have to|has to|had to|having to|disappointed|told|asked|advised|met|greeted|faces?|faced|cannot|can't|could not|wait|out of luck|in vain|error|blank|turned away|instead|should|need to|directed|without success|to no avail|nowhere)\b`)
	byOldWay  = mustCompile(`\b(?:by|in|on|over|with|using) (?:the |an? )?(?:phone|telephone|person|paper|post|writing|letter|cash|hand|cheque)\b`)
	onceMore  = mustCompile(`\b(?:again|once more|as before)\b`)
	asEver    = mustCompile(`\b(?:as (?:normal|usual|ever|always|before)|in the (?:usual|normal) way|throughout)\b`)
	wasSo     = mustCompile(`\b(?:could not|couldn't|were unable|was unable|were not able|was not able|could)\b`)
	soLong    = mustCompile(`\b(?:for (?:[\w-]+ ){1,3}(?:minutes|hours?|days?|weeks?|months)\b|(?:until|till) (?:last|yesterday|mon|tues|wednes|thurs|fri|satur|sun|the weekend))`)
	notOurs   = mustCompile(`\b(?:hackers?|attackers?|intruders?|criminals?|gangs?|fraudsters?|scammers?|police|detectives|investigators?|experts?|specialists|company|firm|supplier|auditors?|<t\d+>|<a\d+>|i|we|he|she) (?:\w+ )?$`)
	objectEnd = wordSet(`in on at until till because by via through from since with without while when after before as nor but now again online this that today yesterday tomorrow
		over if where who which what why how whether it them us me him you one either any more there here out up down off properly electronically normally is are was were be been has have
		had will would can cannot could should must said says say though although unless so than then next last during within under using not once still directly together face-to-face too waiting hoping trying wanting`)
	anObject = mustCompile(`^(?:(?:the|a|an|their|its|his|her|our|your|my|any|some|all|new|most|these|those|another|even|for|online|more|further|of) )+`)
	goesVerb = mustCompile(`^(?: and [\w-]+)? (?:can't|waiting|hoping|trying|who|is|are|was|were|has|have|had|will|would|can|cannot|could|should|must|said|says|remains?|stay|went|go|did|do|does)\b`)
	// What can itself be said not to do something; what else stands before "cannot book pitches" are people.
	works = mustCompile(`(?:centres?|lines?|desks?|portals?|systems?|services?|websites?|forms?|apps?|machines?|kiosks?|switchboard|phones)$`)
)

// wanted takes the services of a clause that it names by what people do there, and gives the runs of it that it has read.
func (p *page) wanted(t *tagged, c clause, all *[]claimOf) [][2]int {
	var read [][2]int
	low := c.low
	for _, way := range []struct {
		re    *pattern
		state string
		holds func(before, after string) bool
	}{
		{deed, ledger.Disrupted, nil},
		{doStill, ledger.Unaffected, func(_, after string) bool { return !byOldWay.MatchString(after) }},
		{doAgain, ledger.Restored, func(said, after string) bool {
			return onceMore.MatchString(said+after) || strings.Contains(said, " now ") && !byOldWay.MatchString(after)
		}},
		{doAgain, ledger.Unaffected, func(_, after string) bool { return asEver.MatchString(after) && !byOldWay.MatchString(after) }},
		{doElse, ledger.Disrupted, func(_, after string) bool { return byOldWay.MatchString(after) }},
		{hopeTo, ledger.Disrupted, func(_, after string) bool { return inVain.MatchString(after) }},
	} {
		if !way.re.may(t.grams) {
			continue
		}
		for _, m := range way.re.FindAllStringIndex(low, -1) {
			if covered(read, m[0]) || notOurs.MatchString(low[:m[0]]) {
				continue
			}
			if said := low[m[0]:m[1]]; way.holds != nil && !way.holds(said, low[m[1]:]) {
				continue
			}
			state := way.state
			if state == ledger.Disrupted && wasSo.MatchString(low[:m[1]]) && (soLong.MatchString(low[m[1]:])) {
				state = ledger.Restored
			}
			verb := verbOf(low[m[0]:m[1]])
			if end := p.objects(t, c, verb, m[1], state, all); end > m[1] {
				read = append(read, [2]int{m[0], end})
			}
		}
	}
	return read
}

// covered is whether a place lies in one of the runs.
func covered(runs [][2]int, at int) bool {
	for _, r := range runs {
		if r[0] <= at && at < r[1] {
			return true
		}
	}
	return false
}

// subjectOf is whether what ends at a place is the subject of one of the runs: who cannot do it.
func subjectOf(runs [][2]int, low string, end int) bool {
	for _, r := range runs {
		if r[0] > end && r[0]-end < 30 && auxGap.MatchString(low[end:r[0]]) {
			return true
		}
	}
	return false
}

var lastVerb = mustCompile(doingVerb + ` ?$`)

// verbOf is the verb that a run ends in.
func verbOf(run string) string {
	return strings.TrimSpace(lastVerb.FindString(run))
}

var between = mustCompile(`^(?:,? (?:and|or|nor)(?: even)? |, )`)

// objects takes what a verb is done to, and what the verbs that follow in the list are done to, from a place of the clause on; it gives
// the place where they end.
func (p *page) objects(t *tagged, c clause, verb string, from int, state string, all *[]claimOf) int {
	end := from
	var bare []string
	for at := from; at < len(c.low); {
		m := c.low[at:]
		skip := len(anObject.FindString(m))
		n, words := 0, 0
		for _, w := range strings.SplitAfterN(m[skip:min(len(m), skip+120)], " ", 9) {
			word := strings.TrimRight(w, " ")
			stop := strings.TrimRight(word, `.,;:!?"')`)
			if stop == "" || objectEnd[stop] || stop == "and" || stop == "or" || strings.HasPrefix(word, "<") || strings.ContainsAny(stop, `("–—|`) || words == 6 ||
				words > 0 && (stop == "to" || stop == "for") && !needsMore[singular(lastWord(m[skip:skip+n]))] {
				break
			}
			n += len(stop)
			words++
			if stop != word {
				break
			}
			n += len(w) - len(stop)
		}
		object := strings.TrimSpace(m[skip : skip+n])
		to := at + skip + len(object)
		next := verbNext.FindString(c.low[to:])
		if object == "" && next == "" || at > from && goesVerb.MatchString(c.low[to:]) {
			break
		}
		label := wantedLabel(verb, object)
		if object == "" || object == "something" || object == "anything" { // "apply for or report something"
			if noun := doings[verb]; noun != "" {
				bare = append(bare, noun)
			}
			if object != "" && len(bare) > 1 {
				label = strings.Join(bare, " and ")
			}
		}
		if label != "" {
			p.serves(t, p.locus(t, c.at(at+skip), c.at(to)), label, state, all)
			end = to
		}
		gap := between.FindString(c.low[to:])
		if gap == "" {
			if next != "" {
				gap = next[:strings.IndexByte(next, ' ')+1] // the verb follows at once
			} else if gap = adverb.FindString(c.low[to:]); gap == "" {
				break
			}
		}
		at = to + len(gap)
		if v := nextVerb.FindString(c.low[at:]); v != "" {
			verb = verbOf(v)
			at += len(v)
		}
	}
	if end > from {
		end += len(restOf.FindString(c.low[end:]))
	}
	return end
}

// "report a change of address for council tax", "book a visit from pest control": what stands behind the object is no service more.
var restOf = mustCompile(`^(?: (?:for|from|of|to|at|in|on|with|about) (?:[\w'-]+ ?){1,4})`)

// "apply for or report"
var verbNext = mustCompile(`^(?:and|or) ` + doingVerb + `\b`)

// "report repairs online or check their balance"
var adverb = mustCompile(`^ (?:online|by phone|by email|electronically|on the website|in person),? (?:or|and|nor) `)

func lastWord(s string) string {
	s = strings.TrimSpace(s)
	return s[strings.LastIndexByte(s, ' ')+1:]
}

var noObject = mustCompile(`^(?:ransom|attention|heed|sense|excuses|way|anybody|anyone|everyone|people|residents|council$|police|time|part|action|data|files|information|details|questions?|to|for|calls? (?:from|about)|claims?|work|money|decisions?|mistakes?|sure|progress|contact|use|dividends|steps?|chances?|risks?|care|advice|place|advantage|responsibility|vote in|suspicious|scams?|fraud|concerns?|unusual)\b|\b(?:ransom|fraud|scams?|crime|emails?|messages|texts|links?|attachments?|passwords?|statement|comment)$`)

// getsAt are verbs of reaching what is kept: "cannot get into lesson plans".
var getsAt = wordSet(`access view see open check retrieve read consult print`)

var personal = mustCompile(`\b(?:personal|bank|private|sensitive|confidential|customer|resident|their own|someone|other) |\b(?:what|how|details?|data|names?|addresses|information|source|reason|problem|end|point|future|council|attack|attackers?|scale|extent)$`)

// wantedLabel names the service of which people want something: "" if there is none.
func wantedLabel(verb, object string) string {
	if noObject.MatchString(object) || idiom.MatchString(object) || dull[object] || strings.ContainsAny(object, "£0123456789") {
		if !(verb == "register" && strings.HasSuffix(object, "vote")) {
			return ""
		}
		return "voter registration"
	}
	last := singular(lastWord(object))
	if verb == "register" && (last == "death" || last == "birth" || last == "marriage") {
		return last + " registrations"
	}
	noun, wants := doings[verb]
	if !wants || verb == "make" || verb == "buy" || verb == "arrange" || verb == "submit" || verb == "cancel" || verb == "join" {
		sounds := serviceHeads[last] || service.MatchString(object) || getsAt[verb] && strings.Contains(object, " ") && !personal.MatchString(object)
		if !sounds || !named(object) {
			return ""
		}
	}
	if noun == "" || serviceHeads[last] && (vague[last] || needsMore[last]) && !strings.HasSuffix(verb, "for") && last != "visit" || strings.Contains(noun, last) || strings.Contains(object, strings.TrimSuffix(noun, "s")) {
		return object
	}
	if verb == "report" && last == "report" {
		return object
	}
	if last != "rate" && last != "benefit" { // "business rates payments"
		object = object[:len(object)-len(lastWord(object))] + last
	}
	return object + " " + noun
}

var (
	subject  = mustCompile(`^(?:["'*• -]*)(?:and |but |so |the |some |all |its |their |our |most |many )*([a-z][\w'/-]+(?: [\w'/-]+){0,4}?)(?:: (?:down|off)| (?:is|are|was|were|remains?|cannot|can not|could not|went|has been|have been)\b)`)
	pronouns = mustCompile(`\b(?:it|they|we|he|she|there|this|that|these|those|which|who|what|you|staff|officers|people|residents|councillors|council|nobody|systems|everything|attackers?|hackers?|police|investigat\w+|incident|attack|data|files?|documents?|information|records|details|somebody|anyone|gang|group|spokes\w+|some|most|both|all|work|experts|specialists|inquiries|enquiries|arrests?|statement|ransom|money|bill|cost)\b`)
)

// subjectOnline is the subject of a clause that says that something is on or off line, whatever its noun.
func subjectOnline(low string) [][]int {
	if m := subject.FindStringSubmatchIndex(low); m != nil && !pronouns.MatchString(low[m[2]:m[3]]) && strings.Contains(low, "online") {
		return [][]int{{m[2], m[3]}}
	}
	return nil
}
