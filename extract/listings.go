package extract

import (
	"slices"
	"strings"

	"spillover/ledger"
)

// Services in lists, rows of tables, and sentences that go on with "it" or "they".

var (
	listMark = mustCompile(`^(?:[•*–—-]+|\(?\d{1,2}[.)]) ?`)
	// "The following remain unavailable:", "Services affected"; a line that ends in a colon or is a heading.
	listDown = mustCompile(`\b(?:unavailable|(?:still|now) out|lost|not (?:available|working|running)|affected|down|off ?line|suspended|disrupted|disruption|closed|shut|out of action|delayed|on hold|what (?:hasn't|isn't|is not|doesn't|does not)|cannot|can't|unable)\b`)
	listUp   = mustCompile(`\b(?:restored|back|reopened|resumed|again|returned)\b`)
	listFine = mustCompile(`\b(?:unaffected|never (?:lost|down|off|out|affected|stopped|hit)|untouched|not (?:been )?affected|as (?:normal|usual)|normally|still (?:open|working|running|available)|working|what works|remain(?:s|ing)? (?:open|available)|continu\w+)\b`)
)

var (
	// "It was back within three days.", "They were restored on Thursday.", "The first two have returned."
	again = mustCompile(`^["' ]*(?:but |and |however, |by \w+,? |on \w+,? |since then |later )?(it|they|this|that|these|those|both|(?:all|each|both|none|most)(?: of (?:them|these|those))?|(?:all|the (?:first|last|other))(?: two| three| four| five)?|the (?:latter|former|others?)|the pair)(?:'s|'re|'ve)?,? (?:was|were|is|are|has|have|had|came|come|went|will|works?|should|did|can|could|\w+ed|began|ran|runs?|now|again|once|also|later|then|since|got|took|too|not|still)\b`)
	// "The form is back online.", "That service was restored on Friday."
	theSame = mustCompile(`^["' ]*(?:but |and |however, )?(?:the|that|this|these|those) ((?:online |whole )?([a-z-]+)) (?:(?:itself|themselves|both|all|also|then|later|since|has|have|had|is|are|was|were|will|came|went|did|does|do|could|can) )*`)
	// Nouns that stand for any service named before.
	anyService = wordSet(`service system facility function tool process page site`)
)

// againIn takes what a sentence that goes on with "it", "they" or the bare noun says of the services of the one before.
func (p *page) againIn(t *tagged, last []claimOf, all *[]claimOf) bool {
	start := p.v.low[t.start:t.end]
	low := t.low
	if cut := serviceCut.FindStringIndex(low); cut != nil {
		low = low[:cut[0]]
	}
	if m := again.FindStringSubmatch(start); m != nil && len(last) > 0 {
		switch m[1] {
		case "it", "this", "that", "the latter", "the last", "the other":
			last = last[len(last)-1:]
		case "the former", "the first":
			last = last[:1]
		case "the first two":
			last = last[:min(2, len(last))]
		case "none":
			return false
		}
	} else if m := theSame.FindStringSubmatch(start); m != nil {
		last = sameNoun(m[2], last, *all)
	} else {
		return false
	}
	if len(last) == 0 || last[0].State == ledger.Restored || !worksAgain(low) {
		return false
	}
	for _, c := range slices.Clone(last) {
		if c.State == ledger.Disrupted {
			c.State, c.Evidence, c.still = ledger.Restored, p.whole(t), false
			*all = append(*all, c)
		}
	}
	return true
}

// sameNoun are the claims that a definite noun goes back to: the last that ends in it, or those of the sentence before for a noun as wide
// as "service".
func sameNoun(noun string, last, all []claimOf) []claimOf {
	for i := len(all) - 1; i >= 0 && i > len(all)-12; i-- {
		if words := strings.Fields(all[i].Label); len(words) > 1 && singular(words[len(words)-1]) == singular(noun) {
			return all[i : i+1]
		}
	}
	if !anyService[singular(noun)] || len(last) == 0 {
		return nil
	}
	if singular(noun) == noun {
		return last[len(last)-1:]
	}
	return last
}

// "-- Exeter: intermittent; working since midnight": a line on one council's site.
var siteOf = mustCompile(`^[-•* ]*<c\d+>(?: \([^)]{0,60}\))?: ?(.{3,120})$`)

// siteLine takes how the website of a council stands from a line of a list about websites.
func (p *page) siteLine(t *tagged, all *[]claimOf) bool {
	m := siteOf.FindStringSubmatch(t.low)
	if m == nil {
		return false
	}
	state := ""
	switch said := ": " + m[1]; {
	case stateUp.MatchString(said), stateDown.MatchString(said) && siteWorks.MatchString(said):
		state = ledger.Restored
	case siteFine.MatchString(said), stateFine.MatchString(said):
		state = ledger.Unaffected
	case stateDown.MatchString(said), strings.Contains(said, "intermittent"):
		state = ledger.Disrupted
	}
	if state == "" {
		return false
	}
	p.serves(t, p.locus(t, 0, 1), "website", state, all)
	return true
}

var (
	siteWorks = mustCompile(`(?:[;,] |then |now )(?:working|up|fine|back|ok|normal|live|online)\b`)
	siteFine  = mustCompile(`\b(?:no interruption|not down|never down|stayed up|unaffected|blocked|withstood|up throughout)\b`)
)

// "Land charges | Restored 28 June": a row of a table, or of a list that is set as one.
var serviceRow = mustCompile(`^([^|:]{3,60}?) (?:\||-|:) ((?:not |now |all |still |fully |partly )?\w+(?: \w+)?)`)

// rowOf takes a line that gives a service and its state in two columns.
func (p *page) rowOf(t *tagged, all *[]claimOf) bool {
	m := serviceRow.FindStringSubmatch(t.low)
	if m == nil || !strings.Contains(t.low, "|") || strings.Count(t.low, "|") > 3 || strings.Contains(m[1], "<") || strings.HasPrefix(m[2], "status") {
		return false
	}
	state := stateOfHead(m[2])
	if state == "" {
		return false
	}
	p.serves(t, p.ofRow(t), m[1], state, all)
	return true
}

// ofRow are the councils whose service a row of a table gives.
func (p *page) ofRow(t *tagged) []string {
	if ids := p.locus(t, 0, 0); len(ids) > 0 {
		return ids
	}
	return p.mainOnes()
}

// Lists within a sentence: "Still down: cashless catering and the parents' app. What isn't: school buses."
var (
	inlineList = mustCompile(`(?:^|[.;] )([^.:;<]{3,60}): ([^.:<]{3,300})`)
	opposite   = mustCompile(`^(?:and )?what (?:hasn't|isn't|is not|has not|doesn't|does not|aren't|is n't|haven't)$`)
	stoppedNow = mustCompile(`^(?:and )?what(?:'s| has| is|'s been)? (?:stopped|down|off|broken|closed|gone|hit|lost|shut|affected|not working|unavailable)$`)
)

// stateOfInline is the state that a head gives to the list behind its colon, "" if it gives none; before is that of the list before it.
func stateOfInline(head, before string) string {
	head = strings.TrimLeft(head, `"'-•* `)
	switch {
	case opposite.MatchString(head) && before == ledger.Unaffected:
		return ledger.Disrupted
	case opposite.MatchString(head):
		return ledger.Unaffected
	case stoppedNow.MatchString(head):
		return ledger.Disrupted
	case strings.Count(head, " ") > 5:
		return ""
	}
	return stateOfHead(head)
}

// inlineLists takes the services of lists that follow a colon.
func (p *page) inlineLists(t *tagged, before string, all *[]claimOf) (string, bool) {
	took := false
	for _, m := range inlineList.FindAllStringSubmatchIndex(t.low, -1) {
		state := stateOfInline(t.low[m[2]:m[3]], before)
		if state == "" {
			continue
		}
		list := t.low[m[4]:m[5]]
		if m[5] < len(t.low) && t.low[m[5]] == ':' { // "down: the phones; up: email"
			if cut := strings.LastIndexByte(list, ';'); cut >= 0 {
				list = list[:cut]
			}
		}
		between := listOf
		if strings.Contains(list, "; ") {
			between = semicolons
		}
		items := between.Split(list, -1)
		if len(items) < 2 && !opposite.MatchString(t.low[m[2]:m[3]]) && !stoppedNow.MatchString(t.low[m[2]:m[3]]) {
			continue
		}
		before = state
		for _, item := range items {
			label := itemLabel(item)
			if label == "" || strings.Count(label, " ") > 5 || stateDown.MatchString(label) || stateUp.MatchString(label) || stateFine.MatchString(label) {
				continue
			}
			took = true
			p.serves(t, p.locus(t, m[4], m[5]), label, state, all)
		}
	}
	return before, took
}

// "gym bookings at all centres; dog licensing, which restarted on Monday; and the payments page".
var semicolons = mustCompile(`; (?:and )?`)

var (
	asideOf  = mustCompile(`, .*$|^(?:which|who|whose|where|when|for which)\b.*$`)
	articles = mustCompile(`^(?:and |both |the |our |its |their |all |some |most )+`)
	listTail = mustCompile(` (?:in|on|at|until|from|by|for the|which|that|where) .*$`)
)

// stateOfList is the state that a line gives to the lines that follow it, "" if it begins no list.
func stateOfList(t *tagged) string {
	low := strings.TrimRight(t.low, ` "'`)
	if !strings.HasSuffix(low, ":") && !(t.heading && strings.Count(low, " ") < 6) {
		return ""
	}
	if i := strings.LastIndex(strings.TrimSuffix(low, ":"), ". "); i >= 0 {
		low = low[i:]
	}
	return stateOfHead(low)
}

// stateOfHead is the state that the head of a list or the second column of a row says, "" if it says none.
func stateOfHead(low string) string {
	switch {
	case listUp.MatchString(low):
		return ledger.Restored
	case listFine.MatchString(low) && !strings.Contains(low, "not working"):
		return ledger.Unaffected
	case listDown.MatchString(low):
		return ledger.Disrupted
	}
	return ""
}

// listed takes a line of a list as a service, with the list's state unless the line has a state of its own.
func (p *page) listed(t *tagged, from int, state string, all *[]claimOf) bool {
	label := t.low[from:]
	if cut := strings.IndexAny(label, ".,;:(–"); cut >= 0 {
		label = label[:cut]
	}
	label = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(label), "the "))
	last := label[strings.LastIndexByte(label, ' ')+1:]
	if from == 0 && !hasHead(serviceHeads, last) {
		return false
	}
	if label == "" || strings.Count(label, " ") > 6 || strings.Contains(label, "<") || stateDown.MatchString(t.low) || stateUp.MatchString(t.low) || stateFine.MatchString(t.low) {
		return false
	}
	p.serves(t, p.locus(t, from, from), label, state, all)
	return true
}

// itemLabel is a service as an item of a list names it.
func itemLabel(item string) string {
	item = asideOf.ReplaceAllString(item, "")
	return strings.TrimSpace(listTail.ReplaceAllString(articles.ReplaceAllString(strings.Trim(item, ` "'.,`), ""), ""))
}

// serves adds the state of a service of councils, as a sentence has it.
func (p *page) serves(t *tagged, ids []string, label, state string, all *[]claimOf) {
	for _, id := range ids {
		*all = append(*all, claimOf{ServiceState{Label: label, Council: p.r.nameOf(id), State: state, Evidence: p.whole(t)}, id, false})
	}
}
