package extract

import (
	"slices"
	"strings"
)

// Nobody can list all that a council does or keeps. These rules know the nouns that such a phrase ends in, and take the
// words that stand before it as they come: "the mobile library's booking line", "scans of tenancy agreements".

// serviceHeads are nouns by which a noun phrase names a service or what it runs on.
var serviceHeads = wordSet(`service system portal homepage line desk office payment application booking collection register website site email phone network tool app form
	search appointment admission permit fine appeal repair loan pc computer terminal kiosk machine library crew lorry round club debit scheme centre center switchboard hotline helpline branch counter
	rota payroll wage benefit billing bill invoice catalogue calendar map telephony wi-fi wifi cctv streetlight barrier meal transport tax rate rent grant
	rubbish refuse waste licensing planning licence registrar registration webcast meeting report reporting complaint request log-in login intranet  tip recycling bin parking
	ticket pool gym museum theatre lesson printing printer noticeboard shop till reader camera meter sensor lift turnstile gate   platform
	 laptop   inbox mailbox voicemail chatbot livestream stream transaction   voucher subsidy allowance
	salary pay timesheet recruitment tender procurement  delivery inspection visit assessment referral screening vaccination burial cremation cemetery crematorium
	wedding ceremony birth death registry certificate vote voting election poll nomination consultation market nursery creche playground allotment ferry bus
	tram taxi mot car-park hire pest dog cleansing sweeping gritting maintenance letting bidding waiting-list homelessness care safeguarding fostering adoption careline telecare lifeline alarm
	exam  homework timetable classroom wages enforcement control chat webchat     cafe reservation membership   extranet dashboard link connection feed
	refund enquiries subscription renewal sign-up pass diary telephone subscription notice
	bid claim funeral session class course swim concert pitch place election by-election committee court loan lending borrowing ordering checkout top-up payslip internet broadband tour file-share   e-mail messaging mail  fax printing scanner
	cleaning e-book ebook signal wedding mowing lighting train boat minibus helpdesk telephony catering ticketing decision enrolment cutting`)

// vague are heads that name a service only with a word before them that says which: "finance system", not "the system".
var vague = wordSet(`place claim session class course bid system network service tool office centre center line desk machine platform app report form control record request site map bill link feed
	visit assessment connection inbox mailbox screen meter camera counter visit shop support delivery committee court birth death vote poll market hire`)

// plain are words that say nothing of which service is meant.
var plain = wordSet(`own new main joint shared whole internal other core crucial essential key vital critical central affected data clean legal same old entire normal full main
	different same similar council council's corporate public wider separate second computer it lighting single big large small usual various remaining`)

// named is whether a phrase is more than a vague word.
func named(phrase string) bool {
	words := strings.Fields(phrase)
	if strings.ContainsAny(phrase, "0123456789£") {
		return false
	}
	if !hasHead(vague, words[len(words)-1]) {
		return true
	}
	for _, w := range words[:len(words)-1] {
		if !plain[w] || singular(words[len(words)-1]) == "network" && (w == "main" || w == "corporate" || w == "internal") {
			return true
		}
	}
	return false
}

// dataHeads are nouns by which a noun phrase names what was known of people or kept on file.
var dataHeads = wordSet(`name address number detail record file data information document letter email history status note code pin signature list register certificate
	application paper passport licence plate report agreement contract photograph photo scan image statement payslip salary grade reason diagnosis expense comment
	minute plan invoice form bill arrears result score assessment evidence correspondence message recording footage password credential log-in login fine claim
	order card ticket log survey complaint referral allegation ethnicity religion disability condition need income benefit earning debt age gender nationality
	birth orientation blueprint map backup archive database spreadsheet mailbox budget tender bid submission petition objection roll rota time transcript
	appraisal cv reference rating medication prescription treatment allergy pregnancy belief union membership contact phone mobile fingerprint biometric tenancy rent
	account sort-code iban balance transaction receipt subscription diary calendar post tweet chat voicemail conviction caution warrant sanction warning
	placement review school attendance exclusion lesson mark exam identity identifier username picture portrait memo briefing presentation
	agenda email-address schedule valuation deed will title drawing test inspection permit vote ballot date case initial rate digit timetable notice amount circumstance chart reminder number-plate address-book sum postcode post-code key lookup extract deduction coursework comments absence leave sickness pay pension
	particular mandate prognosis remark cheque canvass ledger grievance disciplinary tribunal screening biography testimonial dossier diagram licence-number passphrase handset location return registration`)

// dull are words that no phrase of interest runs across: articles, prepositions, pronouns, auxiliaries, and the verbs and adverbs of
// being shut, open, stopped and mended.
var dull = wordSet(`fell fall falls failed fails crashed froze vanished silent dead blank patchy quiet jammed buckled collapsed ground seized limped crept struggled rang rings hung able possible
	why whether hold a an the this that these those its his her their our my your some any all both each every most many several other another no none neither nor either
	and or but so while when where which who whom whose what how if as than then though although because since until till before after during within without of in
	on at to from by for with about into onto over under through across between among against around near off out up down back away not never also
	only even just still yet now again too very more less much few it they them we us he she him i you there here one two three four five six seven eight nine ten
	is are was were be been being am has have had having do does did done can cannot could may might must shall should will would
	sending taking using giving being went go goes gone going came come comes coming got get gets getting took take takes taken taking put puts made make makes making let lets kept keep keeps keeping
	remain remains remained remaining stay stays stayed staying seem seems seemed look looks looked run runs ran running
	shut shuts closed closes close closing open opened opens opening reopen reopened reopens reopening stop stops stopped stopping halt halted pause paused suspend
	suspended suspends suspending cancel cancelled postpone postponed delay delayed resume resumed resumes restore restored restores restoring return returned returns
	recover recovered mend mended fix fixed work works worked working use used uses using said says say told tell tells added adds adding including include includes
	included such well unable able offline dark late slow unavailable available affected unaffected hit lost lose loses losing left leave leaving knock knocked switched switch
	turn turned pull pulled disrupt disrupted cut isolate isolated disconnect disconnected unplug unplugged expected expect hope hoped hopes likely understood thought believed feared
	however meanwhile instead today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday weeks months years days hours nights week weekend month year day hour
	january february march april june july august september october november december morning afternoon evening night
	sold swap swaps swapped met brought
	people residents customers staff officers workers councillors visitors callers users tenants parents pupils drivers taxpayers
	council councils authority authorities borough city county district attackers hackers criminals police force
	pay book order report renew apply access view submit check reach print send receive issue process face facing faces check checked found find finds begin began started start starts
	continue continues continued continuing carry carried paid made sent brought bring brings asked ask asks advised offered meant mean means caused forced force left leaving`)

func wordSet(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

// singular is a noun without the ending of its plural, roughly: enough to look it up.
func singular(w string) string {
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "xes"):
		return w[:len(w)-2]
	case w == "diagnoses":
		return "diagnosis"
	case strings.HasSuffix(w, "'s"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && len(w) > 3:
		return w[:len(w)-1]
	}
	return w
}

// hasHead is whether a word is one of heads, in the singular or the plural.
func hasHead(heads map[string]bool, w string) bool {
	return heads == nil || heads[w] || heads[singular(w)]
}

// isWordByte is whether a byte belongs to a word of a phrase.
func isWordByte(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '\'' || b == '-' || b >= 0x80
}

// phrases are the noun phrases of a clause in small letters that end in one of heads, or in any noun where heads is nil: runs of words between dull ones, at most five words
// long. "the mobile library's booking line, silent for days, was back" has one, "mobile library's booking line".
func phrases(low string, heads map[string]bool) [][]int {
	var out [][]int
	var run [][]int // the words of the phrase so far
	flush := func() {
		// Up to the last word that is a head; what stands behind it is a verb or an adjective.
		last := len(run) - 1
		for last >= 0 && !hasHead(heads, low[run[last][0]:run[last][1]]) {
			last--
		}
		if last >= 0 && last >= len(run)-2 {
			first := max(0, last-4)
			out = append(out, []int{run[first][0], run[last][1]})
		}
		run = run[:0]
	}
	for i := 0; i < len(low); {
		if !isWordByte(low[i]) {
			if low[i] != ' ' {
				flush()
			}
			if low[i] == '<' { // a tag
				for i < len(low) && low[i] != '>' {
					i++
				}
				if i+2 < len(low) && low[i+1] == '\'' && low[i+2] == 's' {
					i += 2
				}
			}
			i++
			continue
		}
		j := i
		for j < len(low) && isWordByte(low[j]) {
			j++
		}
		from, to := i, j
		for from < to && (low[from] == '\'' || low[from] == '-') {
			from++
		}
		for to > from && (low[to-1] == '\'' || low[to-1] == '-') && !(to < j) {
			to--
		}
		w := low[from:to]
		switch {
		case w == "":
			flush()
		case dull[w] && !(len(run) > 0 && heads != nil && hasHead(heads, w)), len(w) > 4 && strings.HasSuffix(w, "ly"), strings.HasSuffix(w, "n't"):
			flush()
		default:
			run = append(run, []int{from, to})
		}
		i = j
	}
	flush()
	return out
}

// overlap puts the phrases that rules of structure found beside those that words found: what overlaps is one phrase.
func overlap(words, structure [][]int) [][]int {
	all := slices.Concat(words, structure)
	slices.SortFunc(all, func(a, b []int) int { return a[0] - b[0] })
	var out [][]int
	for _, m := range all {
		if n := len(out) - 1; n >= 0 && m[0] < out[n][1] {
			out[n] = []int{out[n][0], max(out[n][1], m[1])}
			continue
		}
		out = append(out, m)
	}
	return out
}

var (
	// What may stand between a phrase and what is said of it.
	auxGap = mustCompile(`^ (?:(?:has|have|had|is|are|was|were|be|been|being|remain\w*|stay\w*|still|now|also|currently|all|both|will|must|cannot|can not|can't|could not|to|\w+ly) )*$`)
	// Verbs that do it to their object: "has stopped tenancy sign-ups".
	stops  = mustCompile(`^(?:stopped|suspend(?:ed|ing)?|paus(?:ed|ing)|halted|cancelled|postponed|closed|delayed|restored|reopened|resumed)$`)
	detGap = mustCompile(`^ (?:(?:the|its|their|all|most|some|new|any|our) )*$`)
)

// openPhrases are phrases of two words and more, whatever plural they end in, of which a cue says how they stand: the subject that a
// predicate follows ("taxi licence renewals have ground to a halt") or the object of a verb of stopping.
func openPhrases(low string, cues []cue) [][]int {
	var out [][]int
	for _, m := range phrases(low, nil) {
		phrase := low[m[0]:m[1]]
		if !strings.Contains(phrase, " ") || !strings.HasSuffix(phrase, "s") || strings.HasSuffix(phrase, "ss") || pronouns.MatchString(phrase) || beginsVerb(phrase) || !named(phrase) {
			continue
		}
		for _, c := range cues {
			if c.at < m[0] && m[1] < c.end || c.at >= m[1] && c.at-m[1] < 40 && auxGap.MatchString(low[m[1]:c.at]) ||
				m[0] > c.end && m[0]-c.end < 24 && stops.MatchString(low[c.at:c.end]) && detGap.MatchString(low[c.end:m[0]]) {
				out = append(out, m)
				break
			}
		}
	}
	return out
}

// tradeWords are words that look like the beginning of a verb phrase and are what councils do.
var tradeWords = wordSet(`parking planning housing licensing gritting recycling cleaning fostering swimming training building sweeping booking catering
	printing billing letting lettings nursing wedding lighting banking learning sporting bidding cycling boating mooring fishing meeting ongoing outstanding supporting
	sheltered assisted supported registered subsidised`)

// beginsVerb is whether a phrase begins with a participle: "stamping books", "seen purchases".
func beginsVerb(phrase string) bool {
	w, _, _ := strings.Cut(phrase, " ")
	return len(w) > 5 && strings.HasSuffix(w, "ing") && !tradeWords[w] || doneTo(phrase)
}

// doneTo is whether a phrase begins with a participle that no service is named by.
func doneTo(phrase string) bool {
	w, _, _ := strings.Cut(phrase, " ")
	return w == "seen" || w == "answered" || w == "reached" || w == "extended" || w == "given"
}
