package extract

import (
	"strconv"
	"time"

	"spillover/ledger"
)

var (
	// "identified on 7 March", "a resident drew it to our attention on 3 May"; not "found guilty on 3 May".
	identifying = mustCompile(`\b(?:identified|discovered|detected|spotted|noticed|noticing|found(?: out)?|first seen|became aware|becoming aware|came to light|realised|uncovered|alerted|learned|learnt|attention|met by|woke|picked up|showed that|found that|flagged up|raised the alarm|monitoring|noted|discovery|detection|sighted|first sign|found by|observed|recorded|traced|established|first (?:\w+ )?(?:seen|reported)|alarm|told of it|to find|(?:were|was) met with|picked (?:it )?up|spott(?:ed|ing)|suspicious|came across|come across|stumbled|chanced)\b`)
	// "hit on 8 February", "the attack of 7 March"; not "hit back on 8 February".
	happening = mustCompile(`\b(?:hit|struck|strike|attack(?:ed|s)?|began|begun|started|starts|happened|occurred|took place|broke|broken|went down|going down|shut(?: \w+)? down|closed? down|incident|breach(?:ed)?|encrypted|scrambled|targeted|hacked|hack|ransomware|left a message|compromised|outage|disclos\w+|sent|emailed|mailed|went to|stolen|theft|stole|flood\w*|knocked|took|events|trouble|intrusion|copied|opened|uploaded|exposed|entered|got in|logged in|copying|access(?:ed)?|shared|lost|left|got into|gained|dates? (?:from|back)|crippled|disrupt\w*|without|infected|infiltrated|switched off|isolated|posted|activity|made off|went out|gone out|pulled|ripped|swept|unplugged|crashed|fell over|first|went dead|went dark|dead|fell silent|silent|stopped|swamped|overwhelmed|bombarded|froze|frozen|seized up|failed|unavailable|hijacked|lock(?:ed|ing)|downloaded|clicked|malicious|raid(?:ed)?|intruders?|intrusion|detonat\w+|set off|triggered|launched|deployed|executed)\b`)
	// "posted the files on Tuesday": what came of it.
	afterwards = mustCompile(`\b(?:put online|dark web|on sale|published|posted|leaked|surfaced|appeared|listed)\b`)
	// "in a statement on 3 April", "restored on Friday", "is due on Monday": dates of something else.
	otherwise = mustCompile(`\b(?:until|by|due|expected)(?: on| in| by)? (?:the )?$|\b(?:said|says|told|announced|confirmed|admitted|revealed|updated?|emerged|disclosed it|wrote)(?: \w+)?(?: on| in| by)? (?:the )?$|\b(?:statement|meeting|issued|fined?|reprimand\w*|notified|notification|informed|restored?|back|reopen\w*|expected to|appeal\w*|court|sentenced|charged|arrested|plead\w*|decision|letter of|representations|report(?:ed)?|apologis\w+|hearing|went public|answered|reached (?:an? )?(?:agreement|deal|settlement|decision)|council meeting|full council|will (?:meet|consider|debate|discuss|hear|decide|be)|elected|appointed|joined|took over as)\b[^,;]{0,40}$`)
)

var (
	// "the firm told us on 30 September that a copy had been made": when the council learned of it.
	toldUs = mustCompile(`\b(?:wrote to|emailed|told|notified|contacted|alerted|informed|warned) (?:its |the |their |all |affected |some )*(?:customers|clients|councils|local authorities|authorities|users)(?: on| last)?(?: (?:mon|tues|wednes|thurs|fri|satur|sun)day)?,? (?:the )?$|\b(?:told|warned|alerted|informed|notified) (?:us|it|them|the council|the authority|<c\d+>|councils|officers|staff|bosses|managers)(?: of (?:it|this|the \w+))?(?: on| last)?(?: (?:mon|tues|wednes|thurs|fri|satur|sun)day)?,? (?:the )?$|\b(?:we|it|they|the council|the authority|<c\d+>) (?:was|were|had been) (?:first )?(?:told|informed|alerted|notified|contacted|made aware)[^.;]{0,30}$|\b(?:known|knew|aware)(?: about it| of it)? since (?:the )?$`)
	// "until Friday, when a researcher told the firm".
	whenFound = mustCompile(`^,? when (?:an? |the |one |its )?(?:[\w-]+ ){1,4}(?:told|found|spotted|noticed|discovered|alerted|raised|saw|rang|warned|reported)\b`)
	// "error pages since about 6am today".
	eversince = mustCompile(`\bsince (?:(?:about|around|early|late|shortly after|before|just after|the early hours of) )?(?:\d+(?:[.:]\d+)? ?(?:am|pm) )?(?:on |this )?$`)
	// "calls have been flowing again since Wednesday".
	backSince = mustCompile(`\b(?:again|back|restored|reopened|resumed|normal|normally|open|available|working)\b[^.;,]{0,30}\bsince (?:(?:late|early|mid) )?(?:on |this |last )?$`)
	// "learned on Tuesday that files had been put online": of what came of it.
	learning = mustCompile(`\b(?:learned|learnt|told|aware|alerted|discovered|found out)(?: on| last| this)? $`)
	// "it emerged yesterday", "the council said on Friday": when it was told of.
	saidThen = mustCompile(`\b(?:said|says|heard|discussed|debated|agreed|voted|announced|emerged|updated?|wrote|tweeted|added|declined|apologised|replied|resigned)(?: on| in| by)? (?:the )?$`)
)

var daysAfter = mustCompile(`^,? (` + numbers + `) days? after\b`)

// "took until this morning to come back".
var untilThen = mustCompile(`\b(?:until|till|due back|before) (?:the )?$`)

// "Published 23 April 2024", "Last updated: Friday", "By Ann Lee, 3 May": when the page was made.
var furniture = mustCompile(`^(?:first |last |page |article |story )*(?:published|posted|updated?|last updated|page last|by |date|words|modified)\b`)

// identified picks the date of the incident among the sentences that speak of it: rather when it was found than when it
// struck, rather a day than a month.
//
// It reads "spotted on 7 March" before "attacked last month"; it must not read "said in a statement on 3 April".
func (p *page) identified(sents []*tagged) (when, *tagged, bool) {
	var best when
	var of *tagged
	for i, t := range sents {
		for _, w := range p.datesIn(t) {
			if t.heading && (w.date == p.a.PublishedOn || t.says(furniture)) {
				continue
			}
			before := t.low[max(0, w.start-110):w.start]
			after := t.low[w.end:nextDate(p.datesIn(t), w.end, min(len(t.low), w.end+90))]
			near := t.low[max(0, w.start-60):w.start]
			if m := daysAfter.FindStringSubmatchIndex(after); m != nil && w.precision == ledger.Day && identifying.MatchString(after) {
				// "on 5 June, two days after the break-in was detected"
				if at, ok := w.date.Time(); ok {
					n := numberWords[after[m[2]:m[3]]]
					if n == 0 {
						n, _ = strconv.Atoi(after[m[2]:m[3]])
					}
					w.date, w.score = ledger.Date(at.AddDate(0, 0, -min(n, 99)).Format(time.DateOnly)), 8
				}
			}
			switch {
			case w.score > 0:
			case whenFound.MatchString(after):
				w.score = 8
			case untilThen.MatchString(near):
				w.score = -10
			case toldUs.MatchString(near):
				w.score = 8
			case saidThen.MatchString(near):
				w.score = -10
			case backSince.MatchString(near):
				w.score = -10
			case eversince.MatchString(near):
				w.score = 6
			case otherwise.MatchString(near) && !identifying.MatchString(near) && !happening.MatchString(tail(near, 25)):
				w.score = -10
			case learning.MatchString(near) && afterwards.MatchString(after):
				w.score = 3
			case identifying.MatchString(before):
				w.score = 8
			case identifying.MatchString(after):
				w.score = 7
			case happening.MatchString(before):
				w.score = 6
			case happening.MatchString(after):
				w.score = 5
			case afterwards.MatchString(before), afterwards.MatchString(after):
				w.score = 2
			}
			if w.score <= 0 {
				continue
			}
			if w.date == p.a.PublishedOn && w.precision == ledger.Day && w.score < 7 && anyYear.MatchString(t.low[w.start:w.end]) {
				continue
			}
			if t.heading && i > 3 {
				w.score -= 3
			}
			switch w.precision {
			case ledger.Day:
				w.score += 4
			case ledger.Month:
				w.score += 2
			}
			if of == nil || w.score > best.score {
				best, of = w, t
			}
		}
	}
	return best, of, of != nil
}

// nextDate is where the first date behind a place begins, at most limit.
func nextDate(all []when, from, limit int) int {
	for _, w := range all {
		if w.start >= from {
			limit = min(limit, w.start)
		}
	}
	return limit
}

func tail(s string, n int) string { return s[max(0, len(s)-n):] }
