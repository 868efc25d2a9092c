package extract

import (
	"strings"

	"spillover/ledger"
)

// How a clause says that a service stands: the words for being down, for working again and for having worked all along, and what turns
// them round.

var (
	// "are still down", "went dark"; not "settled down".
	stateDown = mustCompile(`\b(?:(?:has|have|had) not been (?:working|available|possible|answered)|not been able to|not (?:due|expected|likely) (?:to (?:be )?(?:back|return|resume|reopen|restored|available)|back)|can (?:now |currently )?(?:only )?be \w+ (?:only )?(?:by (?:phone|telephone|post)|in person)|(?:met|greeted) (?:with|by) an? (?:error|blank|holding)|error messages?|(?:has|have) had no|(?:been|were|was|are|is) (?:left )?without|(?:shut|closed|suspended|stopped|halted|paused|cancelled) (?:its|their|all)\b|(?:is|are|was|were|went|been|being|still|remains?|gone|go|going|knocked|taken?|took|shut|brought) (?:\w+ ){0,3}?(?:down|off ?line|dark|off|out)\b|unavailable|unreachable|unpaid|the exception|(?:weeks|months|days) (?:yet|away)|some way off|won't (?:scan|load|open|start|work|connect|print)|not (?:be |expected (?:to be )?)back|will not (?:go out|be (?:sent|posted|delivered|issued|made|paid))|stuck|disrupted|suspended|suspend\w*|out of action|not working|inaccessible|cannot be|not be able to|overwhelmed|slow\b|can not be|could not be|can ?not|can't|could not|couldn't|unable to|crippled|crashed|stalled|shut out of|are late|delayed|limited|off the web|off their|will not go off|not available|have been restored when|hard to deliver|impede|interrupted|restoring|to return to normal|return to normal|still (?:affected|off)|come and go|closed|down\b|are affected by|are not being|went too|hope to report|lost|off work|held up|stopped|halted|paused|postponed|cancelled|hit by delays|slower|by hand|affected|:? down)\b|` +
		// On paper, by telephone, behind, and every way of being shut: "loans are being noted by hand", "the desk has turned to paper".
		`: (?:still |now |all )?(?:shut|off|down|dark|off ?line|suspended|not available|out)\b|\b(?:pen|pencil) and paper|\b(?:on|to|with|using) paper\b|\bmanual(?:ly)?\b|\bbacklogs?\b|\b(?:dead|silent|frozen|froze|unusable|jammed|inoperable|idle|blank)\b|\b(?:remain(?:s|ed|ing)?|stay(?:s|ed)?|is|are|was|were|still) (?:\w+ )?(?:shut|closed|suspended|patchy|limited|restricted|intermittent|delayed|behind)\b|\bno longer (?:work\w*|available|possible)\b|\b(?:put|placed) on hold\b|\bon hold\b|\bpulled\b|\bdisabled\b|\bsevered\b|\b(?:cut|knocked|taken|switched|turned) off\b|\bunplugged\b|\bdisconnected\b|\bfell over\b|\brings? out\b|\bunanswered\b|\bground to a halt\b|\bin (?:person|writing) only\b|\b(?:whiteboards?|notebooks?|index cards)\b|\bwiped\b|\bweeks? late\b|\b(?:withdrawn|inaccessible|scrapped|kaput|unobtainable|unstaffed|ceased|deferred)\b|\b(?:packed (?:up|in)|conked out|on the blink|out of (?:order|use)|(?:put|pushed|moved) back (?:to|until|by|a)|called off)\b|\bno (?:new |further )?(?:[a-z-]+ ){1,4}(?:(?:is|are|was|were) being|can be|could be) (?:issued|taken|made|processed|accepted|answered|booked|set up|paid|sent|opened|registered|let|offered|held|arranged|carried out|performed|granted|given|allocated|published|printed)\b|\bbefore [^.;]{0,50}(?:are|is) possible\b`)
	// "back online", "working again"; not "back in 2020".
	stateUp = mustCompile(`\b(?:(?:has|have) been (?:working|running|open|available) (?:again |normally )*since|can (?:now )?be \w+ (?:\w+ )?once (?:more|again)|back (?:online|up|on ?line|operating|in action|in use|working|to normal|on)|came back|come back|now back|working again|work again|restored|reopened|re-opened|resolved|up and running|available again|running again|open again|return(?:ed)? to (?:operating as )?normal|accessible again|now accessible|unlocked|can (?:once )?(?:again|now)|can be \w+ (?:(?:by|over the) \w+ |online |in person )?again|(?:residents|people|customers|tenants|users|you) can (?:now |again |once again |once more )?(?:pay|book|apply|report|access|log)|able to (?:return|reopen|resume)|resumed|working once more|fixed|brought back|mended|work\w* (?:normally|properly|as normal) (?:by|since|from|after|within)|(?:down|off|out|lost|offline|unavailable|shut|closed|dark|unreachable|unusable) for (?:\w+ ){0,3}(?:minutes|hours?|days?|weeks?)|(?:work\w*|open\w*|live|up|online|running|available|answer\w*|taken|made|paid|processed|accepted|possible|usable|accessible|reachable|normal|loading|function\w*|operat\w*|served|issued|looked up|booked|reported) (?:once )?again|recovered|reinstated|reconnected|\w+ing (?:\w+ )?(?:once more|once again|again)|(?:now|since) being \w+ed|reloading|returned (?:on|in|this|last|yesterday|today|at|to (?:use|service|work))|handed back|given back|(?:was|were|is|are|has|have|come|came|went) (?:\w+ )?back\b|(?:down|out|off|shut|closed|offline|unavailable|suspended) (?:for \w+ \w+|(?:until|till) (?:last|yesterday))|(?:was|were|had been) (?:\w+ )?(?:down|out|off|shut|closed|offline|unavailable|suspended|lost|dark|missing) (?:\w+ )?(?:until|till)|(?:start\w*|begun|began|begin|ran|moving|flowing|collect\w*|emptied|going|go|goes) (?:up )?again|(?:is|are|was|were|went|gone|put) live)\b|: (?:now )?(?:back|open again|working again|restored|reopened)\b`)
	// "as normal", "not affected"; not "normally shut".
	stateFine = mustCompile(`\b(?:(?:stayed|remained|kept|been) open|(?:operat|function|work|runn?)\w* (?:\w+ly )?normally|as normal|nor (?:was|were|is|are)|(?:was|were|is|are) never (?:\w+ )?(?:off|down|out|lost|affected|touched|in doubt)|(?:went out|were paid|was paid) on (?:the|mon|tues|wednes|thurs|fri|satur|sun|time|\d)|(?:ran|run|running|went|going|collected|emptied|paid) (?:every day|daily|without a break|like clockwork)|as usual|as ever|as before|as always|as planned|came to no harm|come to no harm|never (?:wobbled|flickered|blinked|skipped|suffered|lost)|gone ahead|(?:is|are|was|were) out as|(?:residents|people|customers|tenants|users|you|anyone|visitors|borrowers|drivers) can (?:still |as always |as usual )+(?:pay|book|apply|report|visit|use|call|ring)|in full swing|still being (?:collected|lifted|emptied|delivered|paid|processed|answered|taken|swept|cleaned|run)|(?:have|has) (?:all )?(?:been (?:collected|emptied|delivered)|opened (?:as|on|at|their|today|this|early))|at the usual time|on schedule|to schedule|business as|(?:is|are|was|were) fine|never missed (?:a|an) \w+|have not missed|not missed|(?:was|were|is|are) (?:all )?working (?:when|throughout|as|fine|today|yesterday)|regardless|in the clear|business as usual|unaffected|(?:not|never|\w+n't) (?:been )?(?:affected|touched|disrupted|hit|impacted|interrupted)|are safe|is safe|so are|throughout|on time|were paid|continued (?:as|to|without)|ran as|running normally|work(?:s|ing|ed) normally|has worked|have worked|still working|still running|open as|remain(?:s|ed)? (?:open|available|up)|normal service|escaped|untouched|carried on|stayed up|stays up|goes on|go on|understood to work|gone on|went on|(?:made|paid|sent|issued|delivered|out) (?:on time|in full)|(?:never|not) (?:stopped|interrupted|missed|faltered)|(?:did not|didn.t) (?:stop|miss|falter)|went ahead|carr(?:y|ies) on|unhindered|without (?:a hitch|interruption|a break)|(?:on|uses?|using|runs? on) (?:a |its own |their own )?(?:separate|different|another) (?:system|network|supplier|server|contract)|hosted elsewhere|(?:is|are|was|were) being (?:collected|paid|made|emptied) (?:as|on|nor)|(?:kept|keep|keeps) (?:going|open|running|working)|never (?:went|stopped|closed)|(?:is|are|was|were) (?:\w+ )?(?:open|available|operational)|(?:not|never|\w+n't) (?:been )?(?:reached|stopped|in danger|at risk)|can still (?:be |pay|book|apply|report|use)|still (?:be )?(?:open|available|operating|taking|accepting|answering)|separate system)\b|: (?:all )?(?:open|working|normal|available|running|fine|ok|unaffected|operating|as usual)\b`)
)

// "cannot exclude that forms were seen", "disconnected itself", "is not suspended from duty": nothing of a service.
var noCue = mustCompile(`^(?:will |would |to )?continu\w* to (?:take|suffer|face|experience|cause|be (?:\w+ )?(?:delayed|affected|disrupted|down|unavailable|closed|limited))|^(?:\w+ )?c[ao]me back (?:clear|clean|negative|empty|blank|normal)|^taken? (?:apolog|offence|risks?|time|part|place|chances)|^carry(?:ing)? on \w+ing\b|^can now be \w+ only\b|^(?:is|are|was|were) (?:not|never|no longer|hardly|barely) (?:open|available|operational)\b|^(?:have|has|had|went|gone)(?: gone)? back to (?:\w+ )?(?:notebooks?|paper|pens?|pencils?|manual|basics|typewriters|exercise books|cash|the drawing|handwrit\w+)|^now being \w+ (?:by hand|on paper|manually)|^(?:can ?not|can't|could not|couldn't|unable to|cannot be|not be able to)(?: yet| currently)? (?:be )?(?:exclude|rule|say|confirm|comment|certain|sure|speculate|discuss|disclose|go into|name|tell|explain|account|guarantee|promise|know)|^\w+ (?:itself|himself|herself|themselves)\b|^recovered (?:the|its|all|some|most) (?:\w+ )?(?:emails?|files?|data|records?|documents?|letters?|laptops?|devices?)|^lost (?:money|\d|£)`)

// "had gone out", "carried out", "taking down details": nothing is out or down.
var noDown = mustCompile(`^turn(?:ed|ing|s)? down (?:an?|the|its|their|requests?|offers?|demands?)\b|^(?:go|goes|gone|going|went) (?:\w+ )?out\b|^(?:\w+ ){1,3}?(?:carried|carrying|carry|worked|working|work|sent|sending|given|giving|set|setting|ruled|handed|pointed|pointing|rolled|paid|paying|sorted|laid|spelled|spelt|singled|written|writing|copied|turned|find|finding|found|figuring|figure|missed|missing|reached|reaching|fill\w*) out\b|^(?:\w+ ){0,3}?(?:noting|noted|writing|written|wrote|jotting|jotted) down\b|^(?:\w+ ){0,3}?(?:taking|take|took|taken) down (?:\w+ )?(?:details|names|notes|numbers|messages|orders|particulars)|^(?:\w+ ){1,3}?(?:narrowed|settled|broken|handed|cut|tracked|stepped|stepping|let|sat|knuckled) down\b|^(?:\w+ ){1,3}?(?:sent|paid|set|fended|fought|laid|let|staved|warded) off\b`)

// A cue is a run of a clause that says how a service stands.
type cue struct {
	at, end int
	state   string
}

// "Neither the switchboard nor the website has been interrupted", "no service was lost".
var neither = mustCompile(`\b(?:neither|none of|nor|no (?:other )?services?|not been|never|has not|have not|was not|were not|\w+n't been|wasn't|weren't)\b[^.;]*$`)

// More words for each state, by kinds.
var (
	// Work that machines do elsewhere: "births are recorded with fountain pens".
	byPen = mustCompile(`\b(?:(?:with|in|on|using|by|to|from) (?:(?:a|an|the|their|its|pre-?printed|old|big) )*(?:[\w-]+ )?(?:(?:fountain |ballpoint |felt-tip )?pens?|pencils?|biros?|quills?|paper|exercise books?|ledger books?|desk diar(?:y|ies)|clipboards?|whiteboards?|flip ?charts?|(?:post-it|sticky) notes|card index(?:es)?|typewriters?|carbon paper|printed lists?|printouts?)|(?:is|are|was|were|being|been) (?:\w+ )?handwritten|(?:gone|went|go|going|is|are) cash[- ]only)\b`)
	// What people meet with who want it.
	turnedAway = mustCompile(`\b(?:(?:still |been |left |kept )waiting (?:[\w-]+ ){0,3}(?:for|to be)|waiting to be (?:\w+ed|paid|dealt with)|(?:asked|told|advised|urged) to (?:ring|call|phone|come|try|telephone) (?:back|again)|(?:asked|told|advised|urged) (?:not to (?:ring|call|phone|come|apply|submit|send|book|visit|turn up|expect)|they (?:can(?:not|'t| not)|must wait)|to wait)|turned away|without (?:any )?access to|lost (?:all )?access to|(?:have|has|had) (?:no|lost|little) (?:[\w-]+ )?access to|(?:is|are|was|were) owed|cut off from|locked out of|lose access|(?:no|not) (?:\w+ )?(?:way of|possible|able) (?:for \w+ )?(?:to )?)\b`)
	// "there is a six-week wait for refunds", "no date for the return of the portal".
	waitFor = mustCompile(`\b(?:(?:(?:weeks?|months?|days?|hours?|long|lengthy) (?:wait|queue)|delays?|disruption|problems|difficulties|trouble|interruptions?|outage|faults?) (?:of (?:[\w-]+ ){1,4})?(?:for|to|with|in|on|at|affecting)|no (?:firm |exact )?(?:date|word|timetable|estimate|timescale|sign|indication) (?:\w+ )?(?:for|of|on|when)|(?:long|lengthy|growing) (?:delays?|queues?|waits?))\b`)
	// "would not take cards", "has yet to return", "is unlikely to be running".
	wontWork = mustCompile(`\b(?:(?:would not|wouldn't|will not|won't|do not|don't|does not|doesn't|did not|didn't|cannot|can't|refus\w+ to|fail\w* to) (?:\w+ )?(?:take (?:cards?|cash|bookings|payments?|calls|orders)|accept|scan|load|open|answer|work|connect|recognise|start|respond|print|function|operate|run)|(?:are not|is not|aren't|isn't|was not|were not|not) (?:\w+ )?(?:taking|accepting|scanning|loading|opening|answer(?:ing|ed)|working|connecting|starting|responding|printing|functioning|operating|running|accessible|reachable|online|live|process(?:ed|ing)|being \w+)|missing (?:since|from)|vanished|disappeared|in limbo|at a standstill|seized up|on ice|hampered|hobbled|paralysed|knocked (?:out|over|offline)|bagged up|buckled|collapsed|put off|(?:is|are|was|were) (?:all |completely |still )?gone\b|unlikely to|yet to (?:return|reopen|resume|come|be|restart|start)|out of reach|impossible|mothballed|shelved|deferred|(?:not|n't|never) (?:yet |been )?(?:go|gone|going|sent) out|not (?:yet )?been paid|scaled (?:back|down)|(?:cut|held|kept) back|refusing|(?:take|takes|taking|accept|accepts|accepting) (?:only cash|cash only)|cash only|(?:will|would|to) be (?:\w+ )?late|(?:must|have to|has to|can only|should) be \w+ (?:by|in|over|on) (?:the )?(?:telephone|phone|post|person|paper|writing)|fell (?:silent|quiet)|(?:went|go|goes|gone) (?:silent|dead|blank|unanswered|quiet|missing)|among (?:the )?(?:\w+ ){0,2}(?:services|systems|things|areas|functions|casualties|parts|work|departments)(?: \w+){0,2} (?:hit|affected|disrupted|knocked out|down|lost|suspended|stopped)|among the casualties|mute|deserted|unworkable|went under|taken away|pulled (?:offline|down))\b`)
	// What somebody does to a service: "switching off dinner payments".
	stopping = mustCompile(`\b(?:(?:switch|shut|turn|cut|clos|tak|knock|pull)(?:s|es|ing|ting)? (?:off|down|offline|out)|suspending|halting|pausing|cancelling|postponing|freezing|froze|disabling|crippling|disrupting|hampering|paralysing|knocking (?:out|over)|bringing down|shutting|closing|affecting|hitting|interrupting)\b`)
	// "limped back", "callers are getting through".
	upAgain = mustCompile(`\b(?:(?:fell|went|was|were) (?:\w+ )?(?:silent|dead|quiet|unanswered|blank|dark|slow|patchy|unreachable|jammed|stopped|suspended) for (?:[\w-]+ ){0,5}?(?:minutes?|hours?|days?|weeks?|afternoon|morning|weekend)|stopped for (?:[\w-]+ ){1,3}(?:hours|days|weeks)|(?:could not|couldn't) (?:be )?(?:\w+ ){1,3}for (?:\w+ ){1,3}(?:days|weeks|months|hours)|(?:was|were|did) not (?:\w+ ){1,3}(?:again )?until|(?:once|now) (?:again|more) \w+ing|switched (?:back )?on(?: again)?|back (?:in (?:service|place|operation|business|full)|with us|for (?:users|residents|everyone))|getting through|got (?:it|them|its|their) (?:[\w-]+ )?back|(?:limped|crept|came|gone|went|got|has|have|had|is|are) (?:\w+ )?back (?:on|in|to|up|at|by|last|yesterday)|(?:has|have|had|all|since|now) returned|restarted|re-?started|re-?opens|resumes|(?:is|are) (?:once more |now )?answering(?: calls| the phones?| queries)?\W*$|(?:was|were) (?:\w+ ){1,3}(?:by hand|on paper|late) for (?:\w+ ){1,3}(?:days|weeks|months)\b|cleared to|pronounced (?:clean|safe|fit)|re-?connected|repaired|rebuilt|revived|re-?established|restoration of|return of|caught up|(?:has|have) (?:since )?recovered)\b`)
	// "in the usual way", "kept to their rounds", "had no effect on".
	likeAlways = mustCompile(`\b(?:(?:not|never|n't|without) (?:\w+ )?(?:affect|hit|touch|reach|disrupt|interrupt|impact|harm|spread to|affecting|touching|hitting|disrupting|interrupting)|(?:in|to|at|on) (?:the |its |their )?(?:usual|normal|ordinary|customary|regular) (?:way|manner|fashion|timetable|hours|times?|rounds?|days?|schedule)|going ahead|(?:still|always) (?:able|possible|free) (?:for \w+ )?to|(?:kept|keeping|stuck|sticking) to (?:the|their|its)|to (?:the )?timetable|(?:will|would) (?:still )?go ahead|go(?:es)? ahead|carry(?:ing)? on|still works?|like any other|(?:no|little) (?:effect|impact|bearing|disruption|interruption|delays?|threat) (?:\w+ )?(?:on|to|for)|(?:without|with no) (?:interruption|disruption|delay|trouble)|in (?:perfect |full |good )?working order|out of harm's way|(?:is|are|was|were) (?:all |also )?running (?:as|on|to|normally|well)|immune|undisturbed|come what may|as (?:they|it) always (?:do|does|have|has|is|are|were|was)|day in,? day out)\b`)
)

// cuesIn are the runs of a clause that say how a service stands, in the state that they mean there.
func cuesIn(t *tagged, low string) []cue {
	var cues []cue
	take := func(state string, res ...*pattern) {
		for _, re := range res {
			if !re.may(t.grams) {
				continue
			}
			for _, m := range re.FindAllStringIndex(low, -1) {
				if !noCue.MatchString(low[m[0]:]) && !(state == ledger.Disrupted && noDown.MatchString(low[m[0]:]) && !strings.Contains(low[m[0]:m[1]], "not ")) {
					cues = append(cues, cue{m[0], m[1], turned(low, m, state)})
				}
			}
		}
	}
	take(ledger.Restored, stateUp, upAgain, mendedNow)
	if len(cues) == 0 {
		take(ledger.Unaffected, stateFine, likeAlways, fineThen)
	}
	take(ledger.Disrupted, stateDown, stopping, byPen, turnedAway, waitFor, wontWork, onlySome, misbehaves, inItsPlace, setAside, notDone)
	return cues
}

var (
	// "had still not come back", "has yet to be restored", "until it is restored".
	notYet = mustCompile(`\b(?:not|never|\w+n't|yet to|still to|unlikely to|far from|nor|neither|cannot|no (?:date|word|sign|timetable|estimate|prospect)(?: \w+){0,3} (?:for|of|on|when)|how (?:long|soon)|(?:until|till|before|once|when|if|whether) (?:[\w<>']+ ){0,4}(?:is|are|has|have|can))(?: (?:\w+ ){0,2}| )$`)
	// "on hold till it reopens"
	presently = mustCompile(`^(?:re-?opens?|resumes?|returns?|restarts?|comes? back|works? again|recovers?)\b`)
	untilIt   = mustCompile(`\b(?:until|till|before|once|when|if|unless) (?:[\w<>'-]+ ){1,5}$`)
	// "is closed for two weeks"; not "was closed for two weeks".
	forSoLong  = mustCompile(`^\w+ (?:for|until|till) `)
	isNow      = mustCompile(`\b(?:is|are|be|remains?|stays?|still|now) (?:\w+ )?$`)
	byHandNext = mustCompile(`^ (?:\w+ )?(?:on paper|by hand|manually|in pencil|with pen)\b`)
	// "No appointments have been lost."
	notOne = mustCompile(`^\W*(?:and |but |that )?(?:no|none of (?:the|its|our|their|these|those)|not a single|not a|not one|nobody's|no one's) `)
	harmed = mustCompile(`^(?:(?:is|are|was|were|been|being|has|have|had) )*(?:\w+ )?(?:lost|affected|disrupted|interrupted|cancelled|missed|suspended|delayed|stopped|halted|postponed|down|off|out|shut|closed|held up|late)\b`)
)

// turned is the state that a cue of state means where it stands: "had not come back" is DISRUPTED.
func turned(low string, m []int, state string) string {
	before := low[max(0, m[0]-60):m[0]]
	switch {
	case state == ledger.Disrupted && neither.MatchString(low[:m[0]]), state == ledger.Disrupted && notOne.MatchString(low) && harmed.MatchString(low[m[0]:]):
		return ledger.Unaffected
	case state == ledger.Restored && (notYet.MatchString(before) || presently.MatchString(low[m[0]:m[1]]) && untilIt.MatchString(before) || forSoLong.MatchString(low[m[0]:m[1]]) && isNow.MatchString(before)):
		return ledger.Disrupted
	case state != ledger.Disrupted && byHandNext.MatchString(low[m[1]:]):
		return ledger.Disrupted // "are still being taken on paper"
	}
	return state
}

// "They are now working as usual": of what was down before.
var asNormal = mustCompile(`\b(?:as (?:normal|usual|before)|normally|working|open|available|running|up|fine|fully operational)\b`)

// worksAgain is whether a clause says of what was named before that it works again.
func worksAgain(low string) bool {
	for _, re := range []*pattern{stateUp, upAgain, mendedNow, asNormal} {
		for _, m := range re.FindAllStringIndex(low, -1) {
			if turned(low, m, ledger.Restored) == ledger.Restored && !noCue.MatchString(low[m[0]:]) {
				return !someday.MatchString(low)
			}
		}
	}
	return false
}

// A clause is a run of a sentence, perhaps with some of it left out.
type clause struct {
	low  string
	from int      // where it begins in the sentence
	gaps [][2]int // where in low something was left out, and how much
}

// at is where a byte of the clause stands in the sentence.
func (c clause) at(i int) int {
	n := c.from + i
	for _, g := range c.gaps {
		if i >= g[0] {
			n += g[1]
		}
	}
	return n
}

var (
	// ", which go through a separate bank system,"
	asides = mustCompile(`, (?:which|who|whose|where|used|run|kept|built|held|hosted|based|hit|shut|left|taken|closed|lost|frozen|silent|dark|down|out|off|bought|made|known|launched|created|provided|introduced|suspended|due|normally|usually|once|first|now|already|still|also) [^,;<]{3,140},|, (?:the |a |an )[^,;]{3,60} (?:that|which|who|for|of) [^,;]{3,60},| \([^)]{3,120}\)`)
	// What a clause goes on with after an aside: its verb.
	goesOn = mustCompile(`^ (?:\w+ly )?(?:is|are|was|were|has|have|had|will|would|can|can't|cannot|could|remains?|remained|stay(?:s|ed)?|came|went|goes|go|works?|worked|continues?|continued|resumed|reopened|returned|started|began|runs?|ran|stopped|fell|closed|failed|crashed|should|must|may|did|does|do|carried|kept|escaped|got|still|never|now|also|both|all)\b`)
)

// bare is the clause without its asides: what stands between a subject and its verb says less than the verb.
func (c clause) bare() clause {
	out := clause{from: c.from}
	from := 0
	var b strings.Builder
	for _, m := range asides.FindAllStringIndex(c.low, -1) {
		if !goesOn.MatchString(c.low[m[1]:]) {
			continue
		}
		b.WriteString(c.low[from:m[0]])
		out.gaps = append(out.gaps, [2]int{b.Len(), m[1] - m[0]})
		from = m[1]
	}
	b.WriteString(c.low[from:])
	out.low = b.String()
	return out
}

// left is what bare left out of the clause.
func (c clause) left(bare clause) string {
	var b strings.Builder
	at := 0
	for _, g := range bare.gaps {
		at += g[0]
		b.WriteString(c.low[at : at+g[1]])
		at += g[1] - g[0]
	}
	return b.String()
}
