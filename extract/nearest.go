package extract

import (
	"strings"

	"spillover/ledger"
)

// Which words of a clause say how a service stands, and which phrases are no service.

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
	for _, s := range spots {
		if s[0] >= m[1] && s[0] < end {
			if crosses.MatchString(low[m[1]:s[0]]) && !underPreposition.MatchString(low[m[1]:s[0]]) {
				end = s[0]
			}
			break
		}
	}
	best, gap := -1, 130
	for i, c := range cues {
		if c.at < m[0] && m[1] < c.end {
			return i // "taken rent statements offline"
		}
		if c.at < m[1] || c.at >= end || c.at-m[1] > 130 || aboutOthers.MatchString(low[m[1]:c.at]) {
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

// "has extended licences because it cannot process renewals": what follows is said of something else.
var aboutOthers = mustCompile(`\b(?:because|if|whether|unless) (?:it|they|nobody|no one|staff|we|<)`)

// "The register was not altered and the elections went ahead": what is said of the elections is not said of the register.
var crosses = mustCompile(`\b(?:is|are|was|were|has|have|had|will|would|can|could|says?|said|because|since|when|while|which|who|that|until|before|so|if|after|as|does|did|runs?|ran)\b`)

// "Rent can be paid at any post office as normal": the office is no subject.
var underPreposition = mustCompile(`\b(?:at|in|on|by|to|for|from|with|through|via|over|of|into)(?: [\w-]+)? $`)

// "computers in its libraries", "a backlog of emails": where something is, not what works. "which buys some IT services": what
// is shared.
var aside = mustCompile(`\b(?:worried|concerned|anxious|unsure|confused) about (?:[\w-]+ ){0,3}$|\b(?:someone|somebody|anyone|anybody|nobody|women|men|people|staff|workers?|others|employees|manager|volunteers?|visitors?|clerk|caretaker|workman|engineer) (?:at|in|from|behind|on) (?:the |that |its |our |a )?(?:\w+ )?$|\b(?:or|by hand|in person|on paper) at (?:the|a) (?:[\w-]+ )?$|\b(?:in|at|from) (?:its|their|our|all) $|backlog of $|\b(?:noticed|spotted|raised|found|seen|detected|flagged) by (?:the |its )?$|[a-z]+ for access to $|\bby $|\bwhose (?:[\w-]+ )?$|\b(?:buys?|bought|buying|shares?|shared|sharing|joint) (?:\w+ ){0,2}$`)

// "appeals against fines", "applications for licences": the phrase begins with what people do there.
var beforeIt = mustCompile(`\b[\w-]+(?:s|ing) (?:against|for|to|of|about) (?:the |their |its |new )?$`)

// "a payroll team": the word only says what sort of team.
var modifies = mustCompile(`^ (?:stations?|stops?|depots?|drivers?|tenants|users|holders?|operators?|workers|data|records?|files?|papers?|appeals?|customers?|clients?|team|officers?|staff|department|manager|went off\b|provider|company|firm|worker|committee|list|fraud|scam)\b`)

// "hackers said they had knocked out the websites": a boast, not news of a service.
var attackerSays = mustCompile(`\b(?:hackers?|gang|group|attackers)\b[^.;]{0,50}\b(?:said|says|claim\w*|boast\w*)\b`)

// "It also claimed to have taken down the website of <c0>".
var boasts = mustCompile(`\b(?:claim(?:s|ed|ing)?|boast(?:s|ed|ing)? of|brag(?:s|ged)? of) (?:also )?(?:to have|having) `)

// "The switchboard was out of order on Sunday but is now working again", "went unpaid for a week; they are now being settled".
var goesOnWith = mustCompile(`^,?;? ?(?:(?:but|although|though|and|then) (?:it |they |both |all )?(?:is|are|was|were|has|have|had|came|went|got|then|later|since|resumed|reopened|returned)|(?:but |and )?(?:it|they|both|all|these|those|that|everything))\b`)

// noService are people, vehicles and places that such phrases name, which are not what works or does not.
var noService = mustCompile(`^(?:paper|same) |^(?:till|crews?|notices?|alarms?|laptops?|paper rounds|round|lorr(?:y|ies)|rounds|branch|union)$|^(?:(?:north|south|east|west|mid|central) )?(?:wales|england|scotland|london)$|(?:^|[ -])(?:teams?|officers|directors|couples|timetable|schedule|directions?|workers|colleagues|further notice|(?:last|first|next|only|other) (?:service|system|one)|spokes\w+|(?:leak|dark web|extortion|phishing|affiliate|test) \w+|follow-up report|carers?|pests|trolls|saboteurs|crooks|thugs|hackers|hacktivists|criminals|attackers|gangs?|mums|dads|parents|families|pensioners|commuters|shoppers|hospitals?|care homes?|pumps?|(?:unison|union)(?:'s)? branch|fax machines?|civic cent(?:re|er))$`)

// idiom is what people cannot do that is no service: "you cannot pay your way out", "you can't cancel where you live".
var idiom = mustCompile(`\b(?:any|either|it|them|anything|more)$|\b(?:your|their|its|our) (?:way|part|respects?)\b|^(?:\w+ ){1,2}(?:where|what|how|who|why)\b|^cancel an? |^(?:pay|use|make) (?:attention|heed|sense|excuses|it|them|this|that)\b`)
