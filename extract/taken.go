package extract

import "strings"

const takenVerb = `(?:shown to|recorded|open to (?:anyone|anybody|everyone|all|the public)|acquired|accessed|viewed|seen|read by|opened|copied|stolen|taken|removed|published|posted|leaked|dumped|exfiltrated|extracted|downloaded|exposed|disclosed|revealed|released|compromised|lost|obtained|harvested|skimmed|swiped|lifted|siphoned off|encrypted|scrambled|laid (?:bare|open)|left (?:the building|its network|the network)|in (?:criminal|the wrong|hostile|other) hands|visible|legible|readable|left (?:at|on|in|visible|behind|uncovered|unredacted)[\w ]{0,20}|shared|sent|emailed|included|involved|affected|at risk|on view|put online|uploaded|misused|in the open|up for sale|for sale|in it|in them|in the (?:same |stolen |copied )?(?:folder|file|haul|archive|spreadsheet|mailbox|inbox|batch|dump|database|system|store|document|email|attachment|bundle)|on it|inside|on (?:the|that) (?:same )?(?:\w+ )?(?:drive|server|disk|share|folder|box|memory stick|laptop)s?|shown on (?:the|a|its) [\w' ]{3,30}|grabbed|snatched|swept up|caught up|in the hands of (?:the |a )?[\w ]{3,20}|on the (?:dark ?web|internet)|on (?:a|the|its|their) leak (?:site|page)|in the hands of \w+|on (?:an? |the )?(?:public|open|council)(?:'s)? (?:web ?site|page|drive)|among (?:the|its|their) (?:haul|loot|\w+)|among (?:it|them|those|material|data|files|information|records|the \w+))`

var (
	// "Dates of birth and library PINs of 300 borrowers were accessed", "names are understood to be among the material removed".
	// Not: "the road was closed".
	subjectTaken = mustCompile(`^(.{3,220}?),? (?:(?:is|are|was|were|has|have|had|may|might|could|can|been|be|being|got|to|also|since|then|all|already|understood|thought|believed|feared|likely|known|said|reported|among|the|material|data|files|information|items|things|what|left|stored|kept|\w+ly) )+` + takenVerb + `\b`)
	// "stole passport scans and contracts", "a dump of its electoral register"; not "took a decision".
	objectTaken = mustCompile(`\b(?:(?:limited|confined|restricted) to|bore|recorded|covers|(?:thieves|hackers|attackers|intruders|they|gang) (?:got|took|saw|copied) (?:was|were)|setting out|stored (?:on|in) (?:it|them|the \w+) (?:were|was)|stole|stolen|stealing|copied|copying|accessed|viewed|saw|opened|took away|carried off|took|taken|taking|published|publishing|dumped|dumping|divulged|divulging|gave away|giving away|bagged|pilfered|plundered|swiped|(?:anybody|anyone|everybody|everyone|strangers|any visitor) (?:\w+ )?(?:could|can|was able to) (?:\w+ )?(?:download|see|read|view|open|copy)|read|leaked|leaking|posted|exposed|exposing|disclosed|disclosing|revealed|revealing|obtained|downloaded|downloading|emailed|sent|released|lost|losing|skimmed|harvested|exfiltrated|uploaded|shared|compromise of|theft of|loss of|copy of|copies of|dumps? of|leaks? of|exposure of|disclosure of|release of|publication of|made off with|got away with|walked off with|made away with|helped (?:itself|himself|themselves) to|got hold of|grab(?:s|bed|bing)|nabbed|snatched|seized|hoovered up|siphoned off|reached|(?:has|have|had|having) (?:got|obtained)|pinched|nicked|(?:had|gained|got|have|gain|getting|gaining) access to|got at|held|holds|holding|held on|contains|contained|containing|containing the|(?:which|that|who) hold|stores|full of|loaded with|crammed with|acquired|listing|listed|showing|showed|giving|gave|set out|featuring) ((?:\S+ ){0,24}\S+)`)
	// "that homelessness applications … have been viewed": what somebody says begins after "that".
	sayThat = mustCompile(`^.*\b(?:that|said|says|whether|because|as|where|when|after|but|how|understood|fear|fears|believes?|including|while|so|then|and that)\b:? `)
	// What stands on after the kind of data: who it is of, where it was kept.
	whoseData = mustCompile(` of (?:current|former|past|present|some|an unknown)\b.*$| (?:online|too|as well|instead|last night|yesterday|today)$| of (?:everyone|anyone|everybody|anybody|those|all|each|every)\b.*$| (?:made|submitted|signed|written|held|stored|kept|belonging|relating|linked|that|which|who|whose|appeared|surfaced|emerged|turned|ended|leaked|posted|published|online|from|going|that were|going|recorded|handed|filed|uploaded|completed|returned|gathered|collected|prepared|compiled|exchanged|issued|seen|needed|required|provided|supplied|on|in|at|by|to|for|with|during|dating|covering|given|left|along|sitting|used|sent|was|were|had|has|have|is|are|when|after|before|until|without|because|if) .*$| of (?:the )?other.*$| (?:of|about|on) (?:\w+ ){0,3}(?:people|residents|tenants|staff|customers|borrowers|children|pupils|families|employees|drivers|councillors|patients|households|taxpayers|claimants|applicants|candidates|carers|workers|individuals|voters|members|users|officers|parents|motorists|<c\d+>)(?: (?:who|whom|whose|that|which|in|at|on|from|with|of|under|aged|for|to|by|across|living|known|working|registered|over)\b.*)?$`)
	// "disclosed, of 40 members of staff: payroll number; grade; dates of absence".
	colonList = mustCompile(`\b(?:` + takenVerb[3:len(takenVerb)-1] + `|data|details|information|records|files?|includ\w+|contain\w+|held|consist\w+ of|compris\w+)\b[^:]{0,90}: (.+)$`)
	listOf    = mustCompile(`; (?:and )?|,? (?:and|or|as well as|along with|together with|plus) |, `)
	notData   = mustCompile(`^(?:a )?report$|^(?:stolen |contractor's |own )?passwords?$|\b(?:databases?|back-?ups?|systems?|servers?|networks?|websites?|accounts?|computers?|laptops?|mailbox\w*|inbox\w*|platforms?|lessons|questions?|breach\w*|attack\w*|incident|(?:breach|full|incident|interim|first|initial|original) reports?|certificates? of deletion|^notes|^spreadsheets?|picture|(?:emergency|helpline|temporary|alternative|new|interim) (?:numbers?|addresses|details)|lines?|it|they|he|she|we|you|people|staff|residents|officers|attackers|hackers|gang|time|money|part|place|steps?|action|decisions?|nothing|anything|something|everything|evidence|advice|statement|details of the|services?|schools?|offices?)$`)
)

var (
	// "In the rows were 1,138 children: their names, ages and addresses". Not: "Have these ready: your name and address".
	anyColon = mustCompile(`\w: (.+)$`)
	asksFor  = mustCompile(`\b(?:bring|need|needs|ask|asks|asked|give|provide|quote|ready|send|require[sd]?|include your|unaffected|available|restored|services?|closed|open|down|working)\b`)
	ownOnes  = mustCompile(`^(?:their|its|the|his|her) `)
	// "has yet to establish whether case notes were exposed": at risk. Not: "checked whether payslips were taken".
	unresolved = mustCompile(`\b(?:investigating|examining|establish(?:ing)?|urgently|trying|seeking|yet to|cannot|can't|unable|not (?:yet )?(?:been able|known|clear|certain|say)|unclear|awaiting|does not know|do not know|don't know)\b[^.;]{0,60}\bwhether (?:any (?:of (?:the|its|their) )?|some |the |its |their |a )?([^.;,]{3,90}?) (?:was|were|had been|has been|have been|may have been) (?:\w+ )?` + takenVerb + `\b`)
)

// "held on that server", "and that date": no clause begins there.
var thatOne = mustCompile(`\b(?:on|in|to|of|from|at|by|with|for|and|about) that (?:date|day|time|night|week|month|year|server|system|network|file|folder|list|database|team|office|mailbox|inbox|account|drive|device|laptop)\b`)

// "taken down": switched off; "a shared drawing": shared is what sort it is.
var (
	takenDown = mustCompile(`^ (?:down|off|offline|out of|away from the|over by|part|place|on by|seriously|to court)\b`)
	// "taking down names by hand", "took part".
	downOn      = mustCompile(`^(?:down|part|place|the (?:form|lead|view|opportunity|precaution|decision|step)|(?:an?|the) (?:[\w-]+ ){0,2}(?:email|attachment|message|link|case|file on|investigation|inquiry)\b|over|on|up|steps|action|advice|bookings|payments|calls)\b`)
	sayAside    = mustCompile(`, (?:(?:the|its|their) )?[\w<>]+ (?:\w+ )?(?:said|says|fears?|feared|believes?|thinks?|admitted|confirmed|understands|warned|insists?|say),`) // ", the council fears,"
	unseen      = mustCompile(`(?: cannot| can't| can not| could not| couldn't| can no longer| could no longer)(?: be| yet be| currently be| now be)? \w+$`)                 // "papers cannot be viewed"
	stillTaking = mustCompile(`\b(?:stop\w*|resum\w*|start\w*|began|begin|is|are|still|back|not|been|again|keep|kept) $`)
	meansOf     = mustCompile(`\b(?:use|used|using|with|via|through) (?:a |the |some )?$`)
	sharedOne   = mustCompile(`\b(?:a|an|the|its|their|our|this) (?:newly |recently )?$`)
)

var byHand = mustCompile(`^ (?:on paper|by (?:phone|telephone|hand|post|letter)|over the|in person|manually)\b`)

// "put 143 email addresses in the wrong box".
var wrongBox = mustCompile(`\b(?:put|pasted|entered|typed|placed|left|copied) ((?:\S+ ){0,4}\S+) in(?:to)? (?:the wrong|plain sight|full view|the (?:cc|"to"|to)) ?(?:box|field|line|view)?|\b(?:put|placed|posted|uploaded|left|published) ((?:\S+ ){0,8}?\S+) (?:online|on(?:to)? (?:the|its|a|their) (?:\w+ ){0,2}(?:internet|web|website|site|forum))\b`)

var (
	// "A sample of 60 files, posted to a hacking forum", "a laptop full of plans turned up at a car boot sale". Not: "turned up at a meeting".
	turnedUp = mustCompile(`^(.{3,200}?),? (?:has |have |had |was |were |been |being |later |since |then )*(?:appear|appears|posted|published|dumped|leaked|offered|advertised|put up|put|listed|uploaded|shared|turned up|turning up|appeared|surfaced|emerged|found|left|sold|spotted|bought|circulating|visible|seen|dropped|lost) (?:\w+ ){0,3}?(?:to|on|at|in|for|via|by|outside) (?:an? |the |its )?(?:[\w'-]+ ){0,2}?(?:forum|dark ?web|leak (?:site|page|blog)|(?:tor|onion) site|sale|open web|internet|google|telegram|channel|car boot|skip|wheelie bin|street|train|bus|taxi|pub|auction|charity shop|(?:open|public|unsecured|unprotected|exposed) (?:server|storage|bucket|drive|folder|cloud)|strangers?|hackers?|criminals|facebook|whatsapp)\b`)
	// "The page shows what look like case files", "the files carry signatures". Not: "the figures show a rise".
	shows = mustCompile(`\b(?:page|post|listing|screenshots?|samples?|files?|documents?|papers?|records?|sheets?|letters?|proof|folder|bundle|images?|haul|stash|cache|trove|hoard|loot|dump|archive)\b[^.;]{0,50}? (?:takes? in|took in|includes?|included|runs? from|shows?|carry|carries|bears?|bore|details?|lists?|sets? out|gives?|names?|covers?|comprises?) (?:what (?:look|looks|appear|appears|seem|seems)(?: to be| like)? )?((?:\S+ ){0,24}\S+)`)
	// "In it were medical reports and photographs."
	inside = mustCompile(`\b(?:in|inside|within|among|on) (?:it|them|these|those|the (?:folder|files?|haul|cache|list|box|bundle|drive|laptop|spreadsheet|documents?|batch|dump)) (?:were|was|are|is|lay|sat) ((?:\S+ ){0,24}\S+)`)
	// "Medical notes and safeguarding logs sit on the encrypted servers too."
	satThere = mustCompile(`^(.{3,160}?),? (?:also )?(?:sit|sits|sat|lie|lies|lay|live|lived|were|was|are|is) (?:\w+ )?on the (?:\w+ )?(?:encrypted|stolen|copied|affected|hacked|compromised|scrambled) (?:\w+ )?(?:servers?|drives?|systems?|disks?|laptops?|folders?)\b`)
	// "Vehicle registrations and contact details for 19,400 households went."
	went = mustCompile(`^(.{3,160}?)(?: (?:for|of|on|about|belonging to) (?:\w+ ){0,3}\d[\d,]* \w+)?(?: of [\w ]{3,40})?,? (?:also |all )?(?:went|(?:have|has|had|(?:may|might|could) (?:also |well )?have) (?:also |now |all )?gone)(?: too| missing| as well| with (?:it|them))?(?:\W*$|,")`)
	// "may have had their medical certificates copied".
	hadTheirs = mustCompile(`\b(?:had|have|having) (?:some of |all )?(?:their|his|her|our) ((?:[\w'-]+,? ){1,9}?)(?:copied|stolen|taken|exposed|accessed|published|read|leaked|viewed|disclosed|downloaded|harvested|skimmed|seen|shared|revealed|lost|breached|compromised|obtained|removed|posted|put (?:online|on))\b`)
	// "a sample of 60 tenancy files": tenancy files.
	partOf = mustCompile(`^(?:a |the )?(?:small |large |huge |limited |certain )?number of |^(?:a |an |the |some |one )?(?:[\w-]+ )?(?:samples?|batch(?:es)?|sets?|handful|selection|cache|trove|tranche|bundle|collection|archive|spreadsheet|dump|pile|box|boxes|laptop|copy|folder|part|portion|lot|amount|small number|quantity) (?:(?:full )?of|with|containing|holding|listing|showing) (?:about |around |some |nearly |almost |over |more than |up to )*(?:\d[\d,.]* )?(?:(?:gb|tb|mb) of )?`)
	// "amounts owed": the head is "amounts".
	afterHead = mustCompile(` (?:owed|due|paid|claimed|received|outstanding|held|involved|concerned|given)$`)
)

// strongly is a verb of taking or laying open that leaves no doubt: "walked off with care plans". Not: "the file held care plans".
var strongly = mustCompile(`\b(?:stolen|stole|copied|viewed|accessed|published|leaked|exfiltrated|downloaded|(?:walked|made) off with|got away with|helped (?:itself|himself|themselves) to|dumped|exposed|removed|skimmed|scrambled|encrypted|uploaded|disclosed|harvested)\b`)

// takenIn are the kinds of data of a sentence that stand as the subject or the object of a taking or a laying open.
func takenIn(t *tagged) []string {
	var out []string
	from := 0
	if x := colonList.FindStringSubmatchIndex(t.low); x != nil && !negatedAt(t, x[0], x[2]) && !questioned(t, x[0]) {
		items := dataList(t.low[x[2]:x[3]])
		if len(items) > 1 || len(items) == 1 && ownOnes.MatchString(t.low[x[2]:]) && !alone[singular(items[0])] {
			return items
		}
	}
	if x := anyColon.FindStringSubmatchIndex(t.low); x != nil && !negatedAt(t, x[0], x[2]) && !questioned(t, x[0]) && !asksFor.MatchString(t.low[:x[2]]) {
		if items := itemsOf(t.low[x[2]:x[3]], true); len(items) > 2 {
			return items
		}
	}
	if x := unresolved.FindStringSubmatchIndex(t.low); x != nil {
		for _, item := range dataList(t.low[x[2]:x[3]]) {
			if !alone[singular(item)] {
				out = append(out, item)
			}
		}
	}
	if x := wrongBox.FindStringSubmatchIndex(t.low); x != nil && !negatedAt(t, x[0], x[1]) {
		g := 2
		if x[2] < 0 {
			g = 4
		}
		out = append(out, dataList(t.low[x[g]:x[g+1]])...)
	}
	for _, re := range []*pattern{turnedUp, shows, inside, satThere, went, hadTheirs} {
		if x := re.FindStringSubmatchIndex(t.low); x != nil && !negatedAt(t, x[2], x[1]) && !questioned(t, x[2]) {
			out = append(out, dataList(sayThat.ReplaceAllString(t.low[x[2]:x[3]], ""))...)
		}
	}
	for _, m := range append(serviceCut.FindAllStringIndex(t.low, -1), []int{len(t.low), len(t.low)}) {
		clause := t.low[from:m[0]]
		begin := from
		from = m[1]
		clause = sayAside.ReplaceAllString(clause, "")
		clause = thatOne.ReplaceAllStringFunc(clause, func(m string) string { return strings.Replace(m, "that", "this", 1) })
		if x := subjectTaken.FindStringSubmatchIndex(clause); x != nil && !negatedAt(t, begin+x[2], begin+x[1]) && !questioned(t, begin+x[3]) {
			if byHand.MatchString(clause[x[1]:]) || takenDown.MatchString(clause[x[1]:]) {
				continue // "applications are being taken on paper"
			}
			if unseen.MatchString(clause[:x[1]]) {
				continue
			}
			subject := clause[x[2]:x[3]]
			if cut := sayThat.FindStringIndex(subject); cut != nil {
				subject = subject[cut[1]:]
			}
			out = append(out, itemsOf(subject, true)...)
		}
		for _, x := range objectTaken.FindAllStringSubmatchIndex(clause, 2) {
			if meansOf.MatchString(clause[:x[0]]) {
				continue // "used stolen credentials"
			}
			if again := clause[:x[0]]; strings.HasPrefix(clause[x[0]:], "taking") && stillTaking.MatchString(again) {
				continue
			}
			if downOn.MatchString(clause[x[2]:]) {
				continue
			}
			if strings.HasPrefix(clause[x[0]:], "shared") && sharedOne.MatchString(clause[:x[0]]) {
				continue
			}
			if !negatedAt(t, begin+x[0], begin+x[2]) && !questioned(t, begin+x[0]) {
				out = append(out, dataList(clause[x[2]:x[3]])...)
			}
		}
	}
	return out
}

// dataList are the items of a list that are kinds of data.
func dataList(list string) []string { return itemsOf(list, false) }

// kindIn is the kind of data that an item of a list names, and whether it names one.
func kindIn(item string) (string, bool) {
	item = bracketsOf.ReplaceAllString(item, "")
	item = lookLike.ReplaceAllString(strings.Trim(item, ` "'.,:()`), "")
	item = partOf.ReplaceAllString(item, "")
	given := holder.ReplaceAllString(strings.Trim(item, ` "'.,:()`), "")
	if m := ofThose.FindString(leadOff.ReplaceAllString(given, "")); m != "" && !strings.ContainsAny(m, "<>0123456789") {
		return m, true
	}
	if m := ofWhat.FindStringSubmatch(leadOff.ReplaceAllString(given, "")); m != nil && (strings.Contains(m[2], "of ") == false || notData.MatchString(m[1])) && !strings.ContainsAny(m[0], "<>0123456789") && !notOn.MatchString(m[3]) {
		return m[1] + " " + m[2] + m[3], true
	}
	item = spanOf.ReplaceAllString(ofNumber.ReplaceAllString(whoseData.ReplaceAllString(given, ""), ""), "")
	item = partOf.ReplaceAllString(item, "")
	if bare := countOf.ReplaceAllString(item, ""); bare != item && isData(bare) {
		item = bare
	}
	for range 3 {
		item = leading.ReplaceAllString(item, "")
	}
	if !isData(item) {
		return item, false
	}
	if plainNo.MatchString(item) { // "details of 212 families": of whom says which
		item = strings.Join(strings.Fields(digits.ReplaceAllString(given, "")), " ")
		if item = listEnd.ReplaceAllString(item, ""); !strings.Contains(item, " of ") && !strings.Contains(item, " about ") || strings.ContainsAny(item, "<>") {
			return item, false
		}
	}
	return item, true
}

// "case notes (611 households)": the notes.
var bracketsOf = mustCompile(` \([^)]*\)`)

// "files that held names": the names.
var holder = mustCompile(`^.*\b(?:holds?|held|holding|contain|contains|containing|contained|comprised|comprises|comprising|include|includes|included|covers?|listed|showed|gave|consist(?:s|ed) of) `)

var (
	leadOff = mustCompile(`^(?:also |the |a |an |some |their |its |his |her |our |any |other |about |around |all |both |even |copies of |as |\d[\d,]* )+`)
	// "files on the server", "letters from Monday": where and when.
	notOn = mustCompile(`^(?:<|(?:\w+ )?(?:server|drive|system|website|internet|web|site|dark|leak|network|disk|laptop|computer|monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|month|year|sale|display|show|company|firm|supplier|software|gang|group|mailbox|database|it|them|then|now|residents|people|staff|customers|tenants|council|department|team|office|authority|attack|incident|breach|example|free|which|whom|whether|what|how|why|who|display|paper|file|record|request|time|purposes?)s?\b)`)
)

// "143 email addresses": the addresses.
var countOf = mustCompile(`^(?:the |some |about |around |nearly |almost |over |more than |at least |up to |roughly |just )*(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|many|several|(?:tens of |hundreds of )?thousands of|dozens of|hundreds of|scores of) (?:of (?:the|its|their) )?`)

// "11 years of homelessness files".
var spanOf = mustCompile(`^(?:the |some |about |around |nearly |almost |over |more than )*(?:[\d,.]+|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty) (?:years|months|weeks|decades|days)(?:'| worth)* (?:of )?`)

var digits = mustCompile(`(?:about |around |some |up to |more than |nearly |almost |over |at least |roughly |approximately |an estimated |fewer than |just )*\d[\d,.]*`)

// "a picture of a bear", "a list": what a gang posts for show.
var posted = mustCompile(`^(?:pictures?|screenshots?|messages?|statements?|videos?|updates?|warnings?|notices?|lists?|links?|notes?|photos?)(?: of an? .*)?$`)

// isData is whether a noun phrase is a kind of data by its head: the last word before "of".
func isData(item string) bool {
	if posted.MatchString(item) {
		return false
	}
	if item == "" || strings.Count(item, " ") > 5 || strings.ContainsAny(item, "<>0123456789") || notData.MatchString(item) {
		return false
	}
	head, _, _ := strings.Cut(item, " of ")
	head, _, _ = strings.Cut(head, " about ")
	head, _, _ = strings.Cut(head, " on ")
	head, _, _ = strings.Cut(head, " for ")
	head, _, _ = strings.Cut(head, " between ")
	words := strings.Fields(afterHead.ReplaceAllString(head, ""))
	if len(words) == 0 {
		return false
	}
	for i, w := range words {
		if dull[w] && !(i > 0 && i == len(words)-1 && verbToo[w]) && w != "report" && w != "order" && w != "pay" && w != "account" && w != "contact" && w != "tenants" && w != "council" && w != "pupils" && w != "staff" && w != "check" && w != "book" && w != "police" {
			return false
		}
	}
	return hasHead(dataHeads, words[len(words)-1]) || hasHead(moreHeads, words[len(words)-1])
}

// keepsData is whether a list holds a kind of data.
func keepsData(list string) bool { return len(dataList(list)) > 0 }
