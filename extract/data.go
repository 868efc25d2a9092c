package extract

import (
	"slices"
	"strings"
)

var (
	// Kinds of data as reports name them.
	dataKind = mustCompile(`\b(?:job applications?|(?:departmental |council )?budgets|(?:scanned )?(?:passports|driving licen[cs]es)|reports on [\w ]{3,40}|records of [\w ]{3,40}|personal and sensitive (?:data|information|details)|(?:full )?names|(?:home |email |postal )?addresses|dates of birth|national insurance numbers?|(?:bank|payment|financial|card) (?:account )?(?:details|information|statements|records|data|cards?)|(?:digits|numbers) of bank cards|passports?(?: (?:information|details|scans|numbers))?|driving licen[cs]es?|door codes?|mobile numbers|sexuality|(?:mental|physical) health|mental illness|(?:a )?list of (?:children|people|tenants|pupils)[\w ]{0,40}|notes on [\w ]{3,30}|identification documents|identity documents|birth certificates|payslips?|payroll (?:data|records)|salar(?:y|ies)(?: details)?|signatures|(?:tele)?phone numbers|mobile numbers|contact details|(?:medical|health|care|social care|safeguarding|children's|education|school|pupil|staff|personnel|employee|housing|tenancy|tenants'|planning enforcement|benefit|council tax|electoral|criminal|adoption|fostering|historical|historic|customer|resident|residents'|personal|sensitive|special category|financial|legal|case|hr|client|patient|voter)(?: and (?:personal|sensitive|financial|housing))? (?:records|data|information|details|files|histories|references|documents|notes)|tenancy agreements?|rent (?:statements?|arrears letters?|records|accounts)|letters about [\w ]{3,30}|housing applications?|applications to [\w ]{3,30}|forms for buying \w+ \w+|minutes of [\w ]{3,20}meetings?|number plates|polling cards|(?:[\w]+ )?licensing files|(?:housing )?waiting lists?|benefit references|kinds of benefit(?: received)?|photographs|photos of [\w ]{3,20}|(?:details of )?[\w ']{0,20}medical (?:treatment|details|conditions?|histories)|allegations? of [\w ]{3,30}|usernames?|passwords?|log-?in details|ethnicity|sexual orientation|religion|sex(?:uality)? of [\w ]{3,20}|gender|criminal (?:convictions|offence data)|contracts|invoices|historical (?:data|records)|[\w-]+ reference numbers|nhs numbers|disability(?: \w+)?|reasons for [\w ]{3,30}|potentially sensitive and personal information|sensitive and personal (?:data|information)|personal (?:data|details|information))\b`)
	// "They include", "such as", "held": a list follows.
	listAfter = mustCompile(`\b(?:includ(?:e|es|ed|ing)|such as|contain(?:s|ed|ing)|shows|held|holds|holding|passed the|disclosed|exposed|revealed|that means|consist(?:s|ed|ing) of|showed|showing|listing|listed|^"?the (?:records|files|documents|data|papers) (?:are|were|is)|comprising|details of|involved|relat(?:es?|ed|ing) to|covers?|covering)\b[:,]? (.+)$`)
	// What was taken or laid open, somewhere in the sentence.
	laidOpen = mustCompile(`\b(?:stolen|stole|copied|taken|accessed|leaked|exfiltrated|extracted|published|posted|exposed|disclosed|revealed|visible|downloaded|compromised|dumped|impacts?|impacted|breach|mailed|sent|emailed|among them|held|holds|passed|let|lay|opened|copy of|thought to include|obtained|lost|at risk|(?:could|may|might) be involved|contain(?:s|ed|ing)?|could have been seen|on the same storage|includ(?:e|ed|es|ing))\b`)
	anaphora = mustCompile(`^(?:"|')?(?:they|these|the (?:\w+ )?(?:documents|files|data|information|records|letters|interesting two|papers|details|emails)|among (?:them|the|those)|some of|it|this|that (?:also )?(?:means|shows|showed|includes)|for <c\d+> that means|the list|it also)\b`)
	volume   = mustCompile(`\b(?:(?:around|about|some|nearly|almost|over|more than|up to|at least|roughly) )?(?:\d[\d,.]*|\w+ (?:million|thousand|hundred)) ?(?:tb|gb|mb|terabytes?|gigabytes?|million files|million|thousand|(?:\w+ ){0,2}(?:documents|files|records|people|residents|letters|motorists|letters|emails|carers|families|children|tenants|staff|pupils|customers|individuals|claimants|households))\b`)
	noData   = mustCompile(`\b(?:(?:was|were|been) taken (?:down|off)|warn(?:ed|s|ing)? (?:\w+ ){0,3}?(?:to|against|of|not|about)\b|vigilant|cautious|urg(?:es|ed|ing)|beware|calls, emails|checking whether|told whether|fears for|relied on|to be on their guard|promise that|no bank|held elsewhere|not touched|not held|a myth|(?:is|are|was|were) (?:\w+ )?(?:untrue|false|not true|nonsense|a lie|baseless|unfounded)\b|(?:kept|held|stored|sits?|backed up|processed) (?:\w+ ){0,2}(?:on|in|by|with) (?:a |an )?(?:\w+ )?(?:separate|different|another|other) |(?:are|is|remain|remains) (?:all |both )?safe\b|kept separately|stored separately|there were no|not included|without names)\b`)
	listCut  = mustCompile(`,? and in one case,? |, and |, | and | or |; `)
	listEnd  = mustCompile(` (?:were|was|have|has|had|that|which|who|for|from|but|though|although|before|after|on|at|when|where|while|because|belonging|relating|between|by)\b.*$|,? <[cats]\d+>.*$|, (?:the|he|she|it|they) .*$`)
	leading  = mustCompile(`^(?:your|with|lots? of|plenty of|part of|most of|each|every|copies of|a copy of|together with|along with|as well as|plus|others|that|in one case,?|the|a|an|some|their|its|his|her|our|also|and|other|both|of|as|including|such as|identification documents such as|details of) `)
	plainNo  = mustCompile(`^whether |^in |^may$|\d|^(?:\w+ ){0,2}(?:staff|counters|officers|employees|tenants|workers|members|children|pupils|people|residents|schools|councils|boroughs|companies|customers)$|^please |^(?:times|dates|routes|data|information|files?|documents?|records?|details|letters|it|them|more|others?|people|residents|staff|personal data|one case)$`)
)

// data are the kinds of data that an incident laid open.
//
// It reads "The files held names and addresses."; it must not read "be wary of emails that ask for bank details".
func (p *page) data(sents []*tagged) []DataKind {
	var out []DataKind
	seen := map[string]bool{}
	add := func(t *tagged, label string) {
		for i := 0; i < 3; i++ {
			label = leading.ReplaceAllString(strings.Trim(label, ` .,:;"'`), "")
		}
		label = givingOf.ReplaceAllString(strings.TrimSuffix(label, " and"), "")
		label = withTheir.ReplaceAllString(label, "")
		if tells.MatchString(label) || container.MatchString(label) || noLabel.MatchString(label) {
			return
		}
		label = spanOf.ReplaceAllString(ofNumber.ReplaceAllString(label, ""), "")
		if label == "" || plainNo.MatchString(label) && !strings.Contains(label, " of ") || seen[label] || len(label) > 60 || strings.Contains(label, ": ") || strings.Contains(label, "<") {
			return
		}
		seen[label] = true
		out = append(out, DataKind{Label: label, Volume: volume.FindString(t.low), Evidence: p.whole(t)})
	}
	open := 0 // how many sentences more may go on about data that was laid open
	asked, next := false, false
	var atLarge *tagged // the sentence that says of personal data in general that they were taken
	generally := ""
	listing := false // whether the lines that follow list what was laid open
	for _, t := range sents {
		if item := listMark.FindString(t.low); listing && item != "" {
			for _, x := range dataList(strings.TrimRight(t.low[len(item):], `.;, `)) {
				add(t, x)
			}
			continue
		}
		listing = listsData.MatchString(strings.TrimRight(t.low, " ")) && !negatedAt(t, len(t.low)-1, len(t.low)) && !t.says(general)
		asked, next = next, asksWhat.MatchString(t.low)
		if t.heading && !strings.HasPrefix(t.low, "•") {
			continue
		}
		if t.says(noData) || t.says(otherOnes) || t.says(undone) || strings.HasSuffix(t.low, "?") || t.says(general) {
			continue
		}
		if m := anyPersonal(t); m != "" && atLarge == nil {
			atLarge, generally = t, m
		}
		taken := append(takenIn(t), heldIn(t, open > 0)...)
		if x := foundThere.FindStringSubmatchIndex(t.low); x != nil && open > 0 && !negatedAt(t, x[0], x[2]) {
			taken = append(taken, dataList(t.low[x[2]:x[3]])...)
		}
		here := len(taken) > 0 || t.says(laidOpen) && t.says(dataContext)
		continued := open > 0 && t.says(anaphora)
		if words := strings.Count(strings.TrimSpace(t.low), " "); open > 0 && (words < 6 || words < 20 && strings.Count(t.low, ", ") > 1 && !clausal.MatchString(t.low)) && len(t.s) > 3 && t.s[len(t.s)-1] == '.' && !strings.Contains(t.low, "<") && t.s[0] != '"' && !verbal.MatchString(t.low) {
			if items := dataList(strings.TrimRight(t.low, `."' `)); len(items) > 0 {
				for _, x := range items {
					add(t, x) // "Names. Addresses. Door codes, if you please."
				}
				continue
			}
		}
		if asked && !strings.HasSuffix(t.low, "?") && !verbal.MatchString(t.low) {
			// "What was in the database?" "Your name, your address and the colour of your bin."
			for _, x := range dataList(strings.TrimRight(accordingTo.ReplaceAllString(t.low, ""), `."' `)) {
				add(t, x)
			}
		}
		if continued && !here && t.says(stateUp) {
			continued = false // "including My Account": what works again
		}
		if here || continued {
			p.dataIn(t, continued || here, add)
		}
		for _, x := range taken {
			add(t, x)
		}
		open--
		if here && !negatedAt(t, len(t.low)-1, len(t.low)) || continued {
			open = 5
		}
	}
	if len(out) == 0 && atLarge != nil {
		out = append(out, DataKind{Label: generally, Volume: volume.FindString(atLarge.low), Evidence: p.whole(atLarge)})
	}
	// Of "addresses" and "previous addresses" the article means one.
	out = slices.DeleteFunc(out, func(d DataKind) bool {
		return slices.ContainsFunc(out, func(o DataKind) bool {
			return strings.HasSuffix(o.Label, " "+d.Label) || strings.HasPrefix(o.Label, d.Label+" ")
		})
	})
	// "personal details" adds nothing where the article says which.
	if len(out) > 1 {
		out = slices.DeleteFunc(out, func(d DataKind) bool { return broad.MatchString(d.Label) })
	}
	return out
}

var (
	// "people giving National Insurance numbers": the numbers; "describing illnesses": no kind of data.
	givingOf = mustCompile(`^(?:(?:people|callers|residents|tenants|customers) )?(?:giving|naming|quoting|listing|showing|revealing) `)
	tells    = mustCompile(`^(?:(?:people|callers|residents|tenants|customers) )?(?:describing|reporting|asking|complaining|telling|saying|discussing)\b`)
	// "When he switched it on he found assessments of 48 children."
	foundThere = mustCompile(`\b(?:he|she|they|who|finder|buyer|resident|woman|man|reporters?|journalists?) (?:\w+ )?(?:found|saw|discovered|could (?:read|see)|was able to (?:read|see)|came across) ((?:\S+ ){0,24}\S+)`)
	// "What was taken?", "What data was in the file?"
	asksWhat = mustCompile(`^[\W\d]*(?:and |so )?(?:what|which)(?: \w+){0,3} (?:was|were|is|are|has been|have been|did|does)\b[^?]*\b(?:database|files?|data|information|details|records?|list|spreadsheet|document|emails?|taken|stolen|copied|accessed|involved|affected|included|exposed|lost)\b[^?]*\?$`)
	// "The material removed consists of:", "What was taken:"; not "The following services were affected:".
	listsData = mustCompile(`\b(?:^(?:it|they|this|these|the \w+) (?:\w+ )?(?:contain|include|hold|held|list|show|cover)\w*|data|information|documents?|files?|records?|details|material|folders?|spreadsheet|database|papers|emails?|letters?|(?:also )?(?:took|taken|stole|stolen|grabbed|copied|swiped|nabbed|published|leaked|exposed|include|included|including|are|were|of)|what (?:was|were|has been) (?:taken|stolen|copied|exposed|seen|accessed|lost))\b[^.]*:$`)
	// "According to the letter: name, address and sort code."
	accordingTo = mustCompile(`^(?:according to [^:]{3,60}: |the (?:letter|council|notice|firm|company) says: |answer: )?(?:your )?`)
	// A longer one has verbs of other kinds, pronouns or years.
	clausal = mustCompile(`\b(?:\w+ed|which|who|when|he|she|they|it|found|includ\w+|contain\w+|\d{4})\b|[;:]`)
	// A sentence with a verb is no list.
	verbal = mustCompile(`\b(?:is|are|was|were|has|have|had|do|does|did|can|could|will|would|may|might|must|should|be|been|says?|said|told)\b`)
)

// "mobile numbers of around 640 parents": the number is the volume.
var ofNumber = mustCompile(` (?:of|for|about|on|belonging to) (?:(?:about|around|some|up|to|more|than|nearly|almost|over|at|least|the|all|roughly|as|many) ){0,3}\d.*$`)

const personalData = `((?:personal|sensitive|confidential)(?:(?: and |, )(?:personal|sensitive|confidential|financial))? (?:data|information|details|documents))`

var (
	// "Residents' personal data was stolen", "the removal of personal information": what counts where the article says no more of it.
	personalTaken = mustCompile(`\b` + personalData + `(?: (?:of|on|about|belonging to|relating to|held|from) [^.;:]{2,60}?| in \w+)? (?:is|are|was|were|has|have|had|may|might|could|may well|will) (?:\w+ ){0,5}?(?:stolen|taken|copied|accessed|removed|exposed|published|compromised|leaked|disclosed|lost|shared|viewed|seen|extracted|obtained|revealed|downloaded|affected|involved|at risk|put online|impacted|breached|posted)\b`)
	takesPersonal = mustCompile(`\b(?:stole|stolen|took|taken|copied|accessed|removed|published|exposed|disclosed|leaked|obtained|extracted|viewed|downloaded|revealed|lost|theft of|loss of|leak of|release of|exposure of|disclosure of|removal of) (?:[\w']+ ){0,4}?` + personalData + `\b`)
)

// anyPersonal is "personal data" where a sentence says of them that they were taken, "" if it does not.
func anyPersonal(t *tagged) string {
	for _, re := range []*pattern{personalTaken, takesPersonal} {
		if !re.may(t.grams) {
			continue
		}
		if x := re.FindStringSubmatchIndex(t.low); x != nil && !negatedAt(t, x[0], x[1]) && !questioned(t, x[0]) {
			return t.low[x[2]:x[3]]
		}
	}
	return ""
}

// "list of pupils with their names": the list.
var withTheir = mustCompile(` with (?:their|its|the|his|her) .*$| on (?:the|its|a) (?:\w+ )?(?:internet|dark ?web|web|website|servers?|drives?|network|forum|site)\b.*$`)

// Data of others than the council of the article: "a separate theft of records", "photographs from a nursery chain in 2025".
var otherOnes = mustCompile(`\b(?:separate|unrelated|different|another) (?:theft|incident|attack|breach|leak|hack|case)\b|\b(?:from|of|at|against|on|by) (?:an?|another|two|three|several|other|the) (?:[\w'-]+ ){0,4}(?:hospitals?|chain|airlines?|retailers?|universit(?:y|ies)|colleges?|clinics?|law firm|banks?|charity|casinos?|manufacturers?|supermarkets?|hotels?|nursery|practice|surgery)\b[^.;]*\b(?:in (?:19|20)\d\d|(?:last|earlier this|the previous) (?:year|month|week|summer|winter|autumn|spring)|years ago)\b|\b(?:in (?:19|20)\d\d|(?:last|earlier this|the previous) (?:year|month|summer|winter|autumn|spring)|years ago|best known|known for)\b[^.;]*\b(?:from|of|at|against|on|by) (?:an?|another|two|three|several|other) (?:[\w'-]+ ){0,4}(?:hospitals?|chain|airlines?|retailers?|universit(?:y|ies)|colleges?|clinics?|law firm|banks?|charity|casinos?|manufacturers?|supermarkets?|hotels?|nursery|practice|surgery)\b`)

var broad = mustCompile(`^personal (?:data|details|information)(?: of \w+)?$|^(?:confidential|personal|sensitive|private|internal) (?:papers|files|documents|records)$`)

var dataContext = mustCompile(`\b(?:data|information|documents?|files?|records?|details|emails?|letters?|names|addresses|statements|payslips?|passports?|database|minutes|copies|spreadsheets?|cards|leak|applications|budgets)\b`)

// "the records of 2,375 tenants: their names and ages"; not "three things: names and ages".
var ofSoMany = mustCompile(`\b(?:records|details|data|information|files) (?:of|about|on) (?:\w+ )?\d[\d,]*[^.:;]{0,60}: (.+)$`)

var (
	// "Bank details of customers were not accessed."
	deniedAfter = mustCompile(`^[^.;,:]{0,50}\b(?:was|were|has|have|had|is|are|did|does|do)(?:n't| not| never)\b`)
	// "records of former staff had been accessed": the records of former staff.
	saidOfIt = mustCompile(` (?:is|are|was|were|has|have|had|may|might|could|can|will)\b.*$`)
	// "pension records of former staff"
	pensionOf = mustCompile(`\b(?:pension|staff|care|housing|health|school|tax|benefit|medical|payroll|council tax|licensing|planning|sickness|attendance) $`)
	// "reports on housing and records of payments": two kinds.
	twoKinds = mustCompile(`^((?:reports|records|notes|letters|applications|forms|lists?) [\w ]+?) and\b.*$`)
)

// dataIn adds the kinds of data of a sentence that says what was laid open.
func (p *page) dataIn(t *tagged, list bool, add func(*tagged, string)) {
	taken := 0
	if m := ofSoMany.FindStringSubmatchIndex(t.low); list && m != nil {
		for _, x := range listCut.Split(listEnd.ReplaceAllString(t.low[m[2]:m[3]], ""), -1) {
			add(t, x)
		}
		taken = m[2]
	} else if m := listAfter.FindStringSubmatchIndex(t.low); list && m != nil && !negatedAt(t, m[0], m[1]) && (t.says(anaphora) || dataKind.MatchString(t.low[m[2]:m[3]]) || keepsData(t.low[m[2]:m[3]])) {
		for _, x := range itemsOf(t.low[m[2]:m[3]], true) {
			add(t, x)
			taken = m[0]
		}
	}
	end := len(t.low)
	if taken > 0 {
		end = taken
	}
	for _, m := range dataKind.FindAllStringIndex(t.low[:end], -1) {
		if negatedAt(t, m[0], m[1]) || questioned(t, m[0]) || deniedAfter.MatchString(t.low[m[1]:]) || denied(t.low[m[1]:]) {
			continue
		}
		label := saidOfIt.ReplaceAllString(t.low[m[0]:m[1]], "")
		if m[0] > 0 && strings.HasPrefix(label, "records of ") && pensionOf.MatchString(t.low[:m[0]]) {
			label = pensionOf.FindString(t.low[:m[0]]) + label
		}
		if x := twoKinds.FindStringSubmatch(label); x != nil {
			label = x[1]
		}
		add(t, label)
	}
}
