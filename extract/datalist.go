package extract

import "strings"

// Reporters say what was in the files in lists: behind a verb of holding ("they contain", "with columns for"), behind a verb of taking,
// or as what was taken. These rules read such a list item by item, whatever stands between the items.

var (
	// holders are nouns for what data is kept in, and the pronouns that go back to them.
	holders = `(?:files?|rows?|documents?|records?|data|information|material|spreadsheets?|sheets?|lists?|databases?|mailbox(?:es)?|inbox(?:es)?|folders?|drives?|archives?|haul|trove|cache|dump|listing|posts?|posting|screenshots?|samples?|pages?|letters?|emails?|messages?|attachments?|forms?|reports?|entries|entry|envelopes?|printouts?|exports?|tables?|images?|scans?|bundles?|papers|paperwork|back-?ups?|logs?|copies|copy|details|column|tab|accounts?|laptops?|sticks?|servers?|system|storage|bucket|disks?|tablets?|phones?|boxes|box|cabinets?|stash|loot|set|tranche|batch|register|directory|workbook|ledger|memo|slides?|link|upload|download|extract|index|everything|contents?|it|they|them|these|those|this|which|that|each|some|others|one|both|many|most)`
	// What makes a list of what stands behind it: "hold", "consists of", "with columns for". Not: "they held a meeting".
	holding = mustCompile(`\b(?:could (?:all |then )?(?:see|read|view) (?:each other's|one another's|everyone(?: else)?'s|other people's)|(?:stolen|taken|copied|exposed|leaked|published|accessed|lost|posted|visible|missing|gone|included|in there|also there)(?: too| also| as well| with (?:it|them)| in the \w+)?,? (?:was|were|are|is)|\d ?(?:gb|tb|mb|gigabytes|terabytes|megabytes)(?: worth)? of|(?:mostly|mainly|largely|chiefly|most of (?:it|them)|some of (?:it|them)|much of it)|(?:had|has|have|held) (?:on|in|inside) (?:it|them)|(?:it|they|these|most of it|most|the rest|this) (?:is|are|was|were|appears? to be|seems? to be) (?:mostly|mainly|largely|chiefly|partly)|concerned about|worried about|anxious about|hold(?:s|ing)?|held|contain(?:s|ed|ing)?|includ(?:es?|ed|ing)|compris(?:es?|ed|ing)|consist(?:s|ed|ing)?(?: mainly| mostly| largely)? of|(?:made|taken) up(?: mainly| mostly| largely)? of|bears?|bore|carr(?:y|ies|ied|ying)|featur(?:es?|ed|ing)|detail(?:s|ed|ing)?|list(?:s|ed|ing)?|show(?:s|ed|ing)?(?: what (?:look|looks|appear|appears|seem|seems)(?: to be| like)?)?|g(?:ives?|ave|iving)|named|naming|records?|recorded|recording|set(?:s|ting)? out|spell(?:s|ed|ing)? out|cover(?:s|ed|ing)?|relat(?:e|es|ed|ing) to|concern(?:s|ed|ing)?|identif(?:y|ies|ied|ying)|rang(?:e|es|ed|ing) from|runs? from|amount(?:s|ed)? to|boast(?:s|ed|ing)? of|takes? in|took in|among (?:them|these|those|which|it)(?:,)?(?: are| were| is| was)?|such as|columns? (?:for|headed|with|giving|showing)|fields? for|with|had|has|have|complete with|down to|namely|full of|reveal(?:s|ed|ing)?|disclos(?:es?|ed|ing)|expos(?:es?|ed|ing)|let slip|display(?:s|ed|ing)?|stor(?:es?|ed|ing)|bring together|brought together|among (?:the|its|their|those|some) [^,.;:]{3,60}?(?:, [^,.;:]{3,40},)? (?:were|was|are|is)|what (?:was|were|is|has been|have been|had been) [^,.;:]{3,40} (?:is|was|are|were)) `)
	// Of these the ones that need a holder right before them, since they say so many other things.
	weakHold   = mustCompile(`^(?:with|had|has|have|names?|named|naming|records?|recorded|concern\w*|cover\w*|carr\w+|g(?:ives?|ave|iving)|show\w*|detail\w*|list\w*|identif\w+|set\w* out|spell\w* out|display\w*|stor\w+|amount\w* to|relat\w+ to|bears?|bore|reveal\w*|disclos\w*|expos\w*|takes? in|took in|rang\w+ from|runs? from|includ\w+|such as|hold\w*|held|namely|down to|compris\w+|featur\w+)\b`)
	holderNear = mustCompile(`\b` + holders + `\b[^;:]{0,70}$`)
	// "files for staff with", "the man who had": who holds is no paper.
	whoHolds = mustCompile(`(?:\b(?:he|she|we|i|you|who|people|residents|staff|officers?|council(?:s|lors?)?|police|team|firm|company|anyone|those)|<[capt]\d+>(?:'s)?)(?: (?:\w+ly|also|still|already|already|do|does|did|has|have|had|would|may|might|must|can|will|could))* ?$`)

	// What may be slipped in between the items of a list.
	slippedIn = mustCompile(`(?:,? (and|or),|,) (?:(?:and )?in (?:some|many|most|a few|several|certain|other|rare|around \d+|about \d+|\d+) (?:\w+ )?(?:cases|instances)|in (?:one|a single|at least one|a handful of) (?:cases?|instances?)|(?:where|if|when) [^,;]{3,60}|for (?:some|those|people|children|adults|anyone|families|staff|tenants|pupils|members|\w+ (?:who|with|on|in|of)|[\w-]+ [\w-]+) ?[^,;]{0,60}|in (?:the case of|respect of|relation to) [^,;]{3,60}|(?:most |more |perhaps |even |far )*(?:worryingly|seriously|sensitively|importantly|crucially|alarmingly|worse|worst(?: of all)?|bafflingly|oddly)|it (?:is|was) (?:thought|believed|feared|understood|claimed)|it (?:said|says|added)|he (?:said|says|added)|she (?:said|says|added)|the (?:council|company|firm|gang|group|letter|notice) (?:said|says|added|claims)|perhaps|possibly|potentially|occasionally|sometimes|apparently|reportedly),`)
	// A list goes on behind these as behind a comma.
	alsoSplit = mustCompile(`,? (?:including|among them|such as|containing|comprising|and even|right down to|down to|not to mention|alongside|in addition to|together with|along with|as well as|complete with|(?:and|together|along|some|many|all) with (?:their|its|his|her)|with (?:their|its|[a-z]+s'|the (?:names?|addresses|dates)|names?|addresses|photographs|photos|scans|copies|details|dates|home|telephone|phone|email)) |,? and (?:about|over) `)
	// "a column in which candidates set out any disability": any disability.
	whatTold = mustCompile(`^what (?:you|they|people|tenants|residents|we|he|she|parents|staff) (?:had |have )?(?:told|said|wrote|written|gave|given)(?: (?:us|it|them|the council|officers))? about (?:your |their |the |any )?`)
	columnOf = mustCompile(`^(?:an? |the |one )?(?:\w+ )?(?:columns?|fields?|box(?:es)?|space|section|notes?|tab) (?:in which|where|for|headed|asking (?:for|about)|recording|giving|showing|marked|saying|that (?:recorded|gave|showed|set out)) (?:.{0,60}\b(?:set out|state|declare|record|recorded|give|gave|enter|entered|list|listed|describe|described|explain|explained|noted?|wrote) )?`)
	// "listed 4,317 employees by name": their names.
	byName = mustCompile(`\b(?:employees|people|residents|tenants|staff|pupils|children|carers|members|customers|drivers|families|individuals|them|each|all|claimants|applicants|patients|candidates|workers|households|councillors|parents|women|men)\b[^,.;]{0,30}\bby (?:first )?name\b|\b(?:names|named|naming|identified|identifies|identifying) (?:\w+ ){0,3}\d[\d,]* (?:\w+ )?(?:employees|people|residents|tenants|staff|pupils|children|carers|members|customers|drivers|families|claimants|applicants|patients|candidates|workers|councillors|parents|women|men)\b`)
	// "Passports had been taken, as had certificate numbers."
	asHad = mustCompile(`\b(?:as|so) (?:had|have|has|were|was|did|are|is) ([^.;:]{3,120})`)
)

// A gang "claims to hold" files, "says it has" them.
var claimsTo = mustCompile(`\b(?:claim|profess|purport|boast|brag|say|said|insist|assert|alleg|threat)\w*(?: on [\w ]{3,40})?(?: to| it| they| that it| that they| of)+(?: now| also| still)? (?:hold|holds|have|has|had|possess|possesses|having|holding|be (?:in possession of|holding|sitting on|selling)|sitting on)(?: got| taken| stolen| copied| grabbed| in its hands| copies of)? `)

// heldIn are the kinds of data of the lists of a sentence that says what papers held; back is whether "it" and "they" go back to such papers.
func heldIn(t *tagged, back bool) []string {
	var out []string
	if m := claimsTo.FindStringIndex(t.low); m != nil && !negatedAt(t, m[0], m[1]) && !participle.MatchString(t.low[m[1]:]) {
		if items := itemsOf(t.low[m[1]:min(len(t.low), m[1]+600)], true); len(items) > 1 || len(items) == 1 && !alone[singular(items[0])] {
			out = append(out, items...)
		}
	}
	for _, m := range holding.FindAllStringIndex(t.low, -1) {
		at := clauseStart(t, m[0])
		before := t.low[max(at, m[0]-160):m[0]]
		if strings.HasSuffix(t.low[:at], ", which ") {
			before = t.low[max(0, m[0]-160):m[0]] // "the register, which gives"
		}
		weak := weakHold.MatchString(t.low[m[0]:])
		if weak && !holderNear.MatchString(before) || whoHolds.MatchString(before) {
			continue
		}
		if !back && itHolds.MatchString(before) {
			continue
		}
		if negatedAt(t, m[0], m[1]) || questioned(t, m[0]) {
			continue
		}
		list := t.low[m[1]:min(len(t.low), m[1]+600)]
		if strings.HasSuffix(t.low[m[0]:m[1]], " from ") { // "ranging from invoices to payslips"
			list = strings.Replace(list, " to ", ", ", 2)
		}
		if denied(list) || strings.HasPrefix(t.low[m[0]:], "hold ") && toCome.MatchString(before) {
			continue
		}
		items := itemsOf(list, true)
		if len(items) > 0 && relatesTo.MatchString(t.low[m[0]:]) && alone[singular(items[0])] {
			items = items[1:] // "relate to applications made in 2021"
		}
		if len(items) > 1 && withNames.MatchString(t.low[m[0]:]) {
			out = append(out, items...)
			continue
		}
		if thinHold.MatchString(t.low[m[0]:]) && (len(items) < 2 || participle.MatchString(list)) || len(items) == 1 && alone[singular(items[0])] || thinHold.MatchString(t.low[m[0]:]) && !thinNear.MatchString(before) {
			continue
		}
		out = append(out, items...)
	}
	if m := asHad.FindStringSubmatchIndex(t.low); m != nil && laidOpen.MatchString(t.low[:m[0]]) && !negatedAt(t, m[0], m[1]) {
		out = append(out, itemsOf(t.low[m[2]:m[3]], false)...)
	}
	if byName.MatchString(t.low) && len(out) > 0 {
		out = append(out, "names")
	}
	return out
}

var (
	// "with", "had": a list of one is none; "had copied data" is no list.
	thinHold   = mustCompile(`^(?:with|had|has|have|named?|names|naming)\b`)
	thinNear   = mustCompile(`\b` + holders + `(?: [\w'-]+){0,4},? ?$`)
	withNames  = mustCompile(`^with (?:the |their |its )?(?:\w+ )?(?:names?|addresses|dates of birth)\b`)
	relatesTo  = mustCompile(`^(?:relat|concern|cover)\w*(?: to)? `)
	participle = mustCompile(`^(?:not |never |also |already |since |now |\w+ly )*(?:\w+ed|been|had|seen|shown|taken|given|sent|found|made|gone|got|told|written|put|begun|broken|stolen|lost) `)
	// alone are nouns that name a kind of data only in company or with a word before them.
	alone = wordSet(`date case letter key paper rate sum order time map initial notice circumstance location return report form application certificate complaint test mark will deed
		school placement card ticket post chat picture review amount birth email phone mobile contact lesson minute plan result score claim survey petition bid submission permit
		budget tender transaction income benefit condition need account document file record data information information history status note code list register agreement image statement
		reason comment title union warning schedule agenda presentation briefing expense fine attendance mandate message calendar carer extract transcript evidence`)
)

// moreHeads are nouns that name what was known of people, but no paper.
var moreHeads = wordSet(`appeal visa copy check background bundle history-sheet footage entitlement health offence offending illness impairment occupation employer earning absence surname forename initial nickname title nationality immigration
	marital kin relative guardian parentage weight height language dialect vulnerability risk injury accident incident-log overpayment deposit salary-band pension-number
	borrowing booking-history spending purchase bid price tariff rating wage stipend arrangement referee whereabouts postcode geolocation coordinates interest politics opinion
	worksheet dossier affidavit statement testimony notebook fileserver casework workbook letterhead mugshot selfie video clip negative x-ray scan-result chart log-book roster
	log-on pin-code passkey token secret hash answer question-answer nino nhs-number cvv iban swift licence-plate registration-plate plate mandate standing-order
	meal diet allergy inhaler epilepsy asthma dyslexia autism disability-status pregnancy miscarriage counselling therapy adoption fostering custody parentage paternity`)

// "what appear to be records", "the last four digits": the records, the digits.
var lookLike = mustCompile(`^(?:what (?:look|looks|looked|appear|appears|appeared|seem|seems|seemed|is|are|purport|purports)(?: to be| like)? |the (?:last|first|final) (?:\w+ )?|(?:an? |the |one |some |several )?(?:[\w-]+ )?(?:folders?|files?|spreadsheets?|sheets?|databases?|box(?:es)?|lists?|tables?) (?:full of|with|containing|holding|that (?:held|contained)|listing|showing|giving) )`)

// toCome is what stands before "hold" where that is yet to come: "the new system will hold records".
var toCome = mustCompile(`\b(?:will|would|to|can) (?:\w+ )?$`)

// deniedLater is a denial with the rest of a list before it: "passwords, card details and dates of birth were not".
var deniedLater = mustCompile(`^([^.;:]{0,90}?) (?:was|were|has|have|had|is|are|did|does|do)(?:n't| not| never)\b`)

// denied is whether what stands behind a kind of data denies it.
func denied(rest string) bool {
	m := deniedLater.FindStringSubmatch(rest)
	return m != nil && !verbal.MatchString(m[1])
}

// "It holds": who that is depends on the sentence before.
var itHolds = mustCompile(`^\W*(?:it|they|these|those|this|some|others|each|many|most|both)(?: \w+){0,2} $`)

// itemsOf are the kinds of data of a list, up to where its clause ends. In a list of two known kinds and more an item of an unknown noun counts as well if open.
func itemsOf(list string, open bool) []string {
	list = slippedIn.ReplaceAllString(list+" ", " $1, ")
	list = strings.ReplaceAll(strings.ReplaceAll(list, " and, ", " and"), " or, ", " or")
	list = strings.ReplaceAll(list, `,"`, `."`)
	list = alsoSplit.ReplaceAllString(list, ", ")
	var out, maybe []string
	sure := 0
	from := 0
	cuts := append(listOf.FindAllStringIndex(list, -1), []int{len(list), len(list)})
	joined := false // whether an "and" stands before the item
	for _, cut := range cuts {
		raw := whatTold.ReplaceAllString(strings.Trim(list[from:cut[0]], ` "'`), "")
		and := joined
		ends := false
		joined = strings.Contains(list[cut[0]:cut[1]], "and") || strings.Contains(list[cut[0]:cut[1]], "or")
		from = cut[1]
		if loc := endsThere.FindStringIndex(raw); loc != nil {
			ends, raw = true, strings.TrimRight(raw[:loc[0]], ` "'`)
		}
		raw = columnOf.ReplaceAllString(raw, "")
		item, ok := kindIn(raw)
		switch {
		case ok:
			out = append(append(out, maybe...), item)
			maybe = nil
			sure++
		case open && isNoun(item):
			if and && sure > 1 && (cut[0] == len(list) || ends) {
				out = append(out, item)
			} else if sure > 0 || from == cuts[0][1] {
				maybe = append(maybe, item)
			}
		case isClause.MatchString(raw):
			return out
		}
		if ends {
			return out
		}
	}
	return out
}

var (
	// Where the clause of a list ends behind an item.
	endsThere = mustCompile(`[.?!]"?(?: |$)|: | - |\b(?:but|though|although|while|because|so that|after which|said|says|added|told)\b`)
	isClause  = mustCompile(`^(?:it|they|he|she|we|i|you|who|which|but|after|before|when|while|though|although|because|according|the (?:council|company|firm|police|gang|group|attack|incident|hackers|watchdog)|police|officers|<)|\b(?:said|says|told|was|were|is|are|has|have|had|will|would|can|could)\b`)
	// Words that no noun phrase of an unknown kind holds.
	noNoun = mustCompile(`(?:ing|ed|ly)$|^(?:seen|shown|taken|pen|gross|net|held|children|parents|carers|pupils|tenants|drivers|workers|members|customers|employees|families|applicants|landlords|suppliers|managers|teachers|voters|guardians|planner|adults|clients|patients|holders|users|company|firm|gang|group|spreadsheet|known|pages?|council|police|attack|hackers?|services?|systems?|network|website|staff|people|residents|more|much|others?|phones?|bookings?|payments?|telephone|computers?|councillors?|schools?|care|months?|money|cash)$`)
)

// verbToo are nouns that phrases of services do not run across, since they are verbs as well.
var verbToo = wordSet(`runs scans work orders reports views checks prints books reviews hours days times`)

// container are nouns of what data is kept in: no kind of data by themselves.
var container = mustCompile(`^(?:(?:second|first|third|whole|entire|same|stolen|leaked|copied|new|old|own|single|large|full|public|attached|shared|wrong|internal|encrypted) )*(?:archives?|pages?|sheets?|spreadsheets?|mailbox(?:es)?|inbox(?:es)?|folders?|haul|drives?|databases?|documents?|files?|records?|data|information|entries|tables?|columns?|attachments?|copies|copy|extracts?|exports?|transcripts?|posts?|registers?|lists?|batch of \w+|scans?|samples?|images?|screenshots?)$`)

// ofWhat is a paper that is nothing by itself, with who wrote it or what it is on: "reports written by social workers for the court".
var ofWhat = mustCompile(`^((?:[\w-]+ )?(?:reports?|letters?|notes?|files?|papers|documents?|records?|remarks|comments|correspondence|emails|details|information|data|reasons?|complaints?|statements?|assessments?|photographs?|photos|pictures|recordings|reviews?|plans?|referrals?|evidence)) (?:(?:written|drawn up|prepared|compiled|recorded|given|sent|made|exchanged|kept|filed) )?((?:by|about|on|from|for|of|regarding|concerning) (?:each |every |their |the |a |an )?)([\w' -]{3,60}?)(?: (?:for|who|whom|whose|that|which|in|at|where|when|since|with|to|held|given|sent|and|going|dating|from|supplied|needed|used|asking|between|until|after|before) .*)?$`)

// ofThose is a list that is nothing without the people it is of: "a list of children who have free school meals".
var ofThose = mustCompile(`^((?:lists?|registers?|records?|details|information|files?|names|photographs|photos|notes) (?:of|about|on) (?:the )?(?:\w+ )?(?:people|children|adults|women|men|families|tenants|residents|pupils|those|staff|parents|anyone|voters|households) (?:who|with|in|receiving|getting|waiting|at|under|fleeing|claiming|living in) [\w' -]{3,30}\w)`)

// noLabel are labels that say nothing, or that things have which are no data.
var noLabel = mustCompile(`^(?:spreadsheets?|databases?) (?:about|on|of|for) |^(?:(?:new|own|other|further|second|public) )?(?:cases?|answers?|keys?|rates?|sums?|order|times?|cards?|posts?|letter|form|tests?|will|deeds?|session|amount|place|lessons?|questions?|email|invoice|rotas?|report|review|file|picture|map|complaint|contact|date|location)$|^(?:form|case|file|report|review) (?:of|on|against) (?:an? |the )?\w+$`)

// isNoun is whether an item may be a noun phrase of a kind that no list knows: "shoe sizes", "the colour of your bin".
func isNoun(item string) bool {
	if strings.HasPrefix(item, "mostly ") || container.MatchString(item) {
		return false
	}
	head, _, _ := strings.Cut(item, " of ")
	words := strings.Fields(head)
	if len(words) == 0 || len(words) > 4 || strings.ContainsAny(item, "<>0123456789£") || notData.MatchString(item) || plainNo.MatchString(item) || verbal.MatchString(item) {
		return false
	}
	for i, w := range words {
		if dull[w] && !(i > 0 && i == len(words)-1 && verbToo[w]) && w != "staff" && w != "council" && w != "tenants'" {
			return false
		}
	}
	return !noNoun.MatchString(words[len(words)-1])
}
