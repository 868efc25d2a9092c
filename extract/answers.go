package extract

import (
	"strings"

	"spillover/ledger"
)

// Questions and answers, as councils put them on their pages.

var (
	// "Can I still pay my council tax or rent?"
	canI = mustCompile(`\bcan (?:i|we|you|people|residents) (?:still |now )?((?:pay|book|apply for|report|use|visit|renew|borrow|order|top up)\b[\w' -]{3,60})\?`)
	// "What is not working?"
	whatStands = mustCompile(`^\W*(?:and )?(?:what|which (?:\w+ )?services?)(?:'s| is| are| has| have)? ?(.{3,60})\?\W*$`)
	yes        = mustCompile(`^\W*yes\b`)
	no         = mustCompile(`^\W*(?:no\b|not (?:at|for|yet|just)|unfortunately|sorry)`)
	ofMine     = mustCompile(`\b(?:my|our|your|the|a|an) `)
)

// answersTo takes the services of an answer, and says whether the sentence is one.
func (p *page) answersTo(t *tagged, asked string, all *[]claimOf) bool {
	if asked == "" {
		return false
	}
	put := func(label, state string) {
		if label = itemLabel(label); label == "" || strings.Count(label, " ") > 6 || strings.Contains(label, "<") {
			return
		}
		p.serves(t, p.mainOnes(), label, state, all)
	}
	if m := canI.FindStringSubmatch(asked); m != nil {
		state := ""
		switch {
		case yes.MatchString(t.low):
			state = ledger.Unaffected
		case no.MatchString(t.low):
			state = ledger.Disrupted
		}
		if state != "" {
			for i, label := range listOf.Split(ofMine.ReplaceAllString(m[1], ""), -1) {
				if verb, rest, ok := strings.Cut(label, " "); i == 0 && ok && verb == "pay" {
					label = rest + " payments"
				}
				put(label, state)
			}
		}
		return state != ""
	}
	m := whatStands.FindStringSubmatch(asked)
	if m == nil || verbal.MatchString(t.low) {
		return false
	}
	state := stateOfHead(m[1])
	if state == "" {
		return false
	}
	for _, label := range listOf.Split(strings.TrimRight(t.low, `. "'`), -1) {
		put(label, state)
	}
	return true
}
