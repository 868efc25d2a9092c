package extract

import (
	"slices"
	"strings"

	"spillover/ledger"
)

// Councils beside the article's own: where no sign says how one stands, the words that stand by its name weigh.

var (
	// "declined to comment" says nothing.
	mum = mustCompile(`\b(?:declin\w+|refus\w+) to (?:comment|say|be drawn)|\b(?:did|has|have|had) not (?:respond|repl|answer|comment)\w*|\bno comment\b|\b(?:been )?approached\b|\basked for (?:a )?comment`)
	// "is still going through its records", "whether its files are there".
	inDoubt = mustCompile(`\b(?:still|yet|whether|unsure|unclear|unknown|not (?:so )?(?:sure|certain|lucky)|await\w*|waiting|may (?:be|have|also|well)|might|could (?:be|have|also)|possibl[ey]|(?:close|hard|careful|second|closer) look|cannot say|too early|ruled? out|working (?:out|through)|going (?:over|through)|comb\w*|sift\w*|trawl\w*|under review|(?:is|are|was|were) (?:now |also |itself |being )*(?:check|review|examin|investigat|look|audit|study|studi|assess|scan|test|prob|inspect)\w*|(?:has|have) (?:begun|started|ordered|asked|called|launched|brought in)\b[^.;]{0,40}\b(?:check|review|audit|investigat|inquir|scan|experts?|specialists?)\w*|(?:checks?|reviews?|audits?) (?:is|are|was|were) (?:expected|due|under way|continuing|going on|in hand)|checks? (?:is|are)|taking no chances|as a precaution it is)\b`)
	// "has counted its laptops and all are present", "no sign of trouble", "sits behind its own firewall".
	isClear = mustCompile(`\b(?:negative|clean|clear|unharmed|safe|secure|fine|intact|sound|accounted for|nothing|none|nobody|neither|no (?:\w+ )?(?:signs?|evidence|trace|indication|hint|suggestion|problems?|loss|breach|effects?|impact|links?|connection|work|data|records|files|trouble|damage|cause)|not|never|\w+n't|certified|(?:its|their) own (?:\w+ )?(?:firewall|servers?|systems?|network|software|supplier|provider)|servers of its own|separate|different (?:systems?|supplier|network|software|company|firm|provider|server)|elsewhere|unconnected|unaffected|normal|usual|spared|escaped|unscathed|untouched|all (?:of (?:it|them) )?(?:is|are|was|were) (?:present|there|working|well|fine|safe))\b`)
	// "900 of its letters are involved", "its tenants are in the file too".
	isIn = mustCompile(`\b(?:of its|its|of their|their|\d+) (?:own )?(?:[\w-]+ ){0,3}\b(?:is|are|was|were|has been|have been|had been) (?:also |all |among |included|involved|affected|in |on |taken|stolen|copied|exposed|published|leaked|lost|downloaded|accessed|viewed)|\b(?:lost|losing) (?:\w+ ){0,4}(?:records|data|files|letters|details)\b`)
	// "was without email for a week".
	isDown = mustCompile(`\b(?:offline|off line|outages?|without (?:its|their|email|phones|a |any )|(?:is|are|was|were|went|been) (?:\w+ )?(?:down|shut|closed|suspended|disrupted|dark)|on paper|lost (?:access|its|the use|contact|email|phones))\b`)
	ownIT  = mustCompile(`\b(?:does|do|runs?|has|have|keeps?|uses?) (?:its|their) own (?:it|computing|technology|systems?|servers?|network)\b`)
	// What the words must be about.
	ofIncident = mustCompile(`\b(?:systems?|networks?|data|records?|files?|servers?|logs?|laptops?|devices?|attack\w*|breach\w*|incident|hack\w*|signs?|trouble|untoward|check\w*|tests?|scans?|look|review\w*|affected|involved|suppliers?|firm|company|software|platforms?|links?|connections?|email|it|cabinets?|backups?|letters?|accounts?|residents'?|customers|tenants|pupils|copy|copied|caught|touched|hit|harm)\b`)
	// ", which shares a team with <c0>, has": the clause goes on behind it.
	aSide = mustCompile(`^,? (?:which|who|whose|with (?:whom|which)|a|an|the|its|another|also|too)\b[^,;.]*, `)
	// A name behind these is no subject.
	notSubject = mustCompile(`\b(?:with|from|to|for|of|by|in|on|at|near|against|about|than|like|and|or|called|into|inside) (?:the )?$`)
)

// judgeBeside is how a council stands by the words about it, "" if they leave it open.
func judgeBeside(words string) string {
	if mum.MatchString(words) || !ofIncident.MatchString(words) {
		return ""
	}
	switch {
	case inDoubt.MatchString(words):
		return ledger.Suspected
	case isClear.MatchString(words), ownIT.MatchString(words):
		return ledger.Unaffected
	case isIn.MatchString(words):
		return ledger.Compromised
	case isDown.MatchString(words):
		return ledger.Disrupted
	}
	return ""
}

// beside adds a mark for each council other than the article's own of which the signs have said nothing, or only that it was careful.
func (p *page) beside(sents []*tagged, marks map[string][]mark, put func([]string, mark)) {
	careful := func(id string) bool {
		return !slices.ContainsFunc(marks[id], func(m mark) bool { return !m.caution })
	}
	done := map[string]bool{}
	for i, t := range sents {
		if t.heading || strings.HasSuffix(strings.TrimRight(t.low, `"' `), "?") || t.says(general) || t.says(undone) {
			continue
		}
		all := t.tags(0, len(t.s), 'c')
		for k, g := range all {
			if g.n.how == byPlace || g.n.how == byAnaphor || slices.Contains(g.n.ids, p.main) || t.quoted[g.start] || !subjectAt(t, all, k) {
				continue
			}
			end := len(t.low)
			if m := boundary.FindStringIndex(t.low[g.end:]); m != nil && k+1 < len(all) && all[k+1].start > g.end+m[0] && !strings.HasPrefix(t.low[g.end+m[0]:], ", which") {
				end = g.end + m[0]
			}
			words := aSide.ReplaceAllString(t.low[g.end:end], " ")
			standing := judgeBeside(words)
			if standing == "" && !mum.MatchString(words) && ownIT.MatchString(t.low[g.end:end]) {
				standing = ledger.Unaffected // "which does its own IT"
			}
			if standing == "" && i+1 < len(sents) && sents[i+1].para == t.para && len(sents[i+1].tags(0, len(sents[i+1].s), 'c')) == 0 && end == len(t.low) {
				standing = judgeBeside(words + " " + sents[i+1].low)
			}
			if standing == "" {
				continue
			}
			for _, id := range g.n.ids {
				if !done[id] && careful(id) {
					done[id] = true
					put([]string{id}, mark{standing: standing, t: t, from: g.start, to: end, certain: certaintyOf(words), several: len(g.n.ids) > 1})
				}
			}
		}
	}
}

// subjectAt is whether the k-th council of a sentence begins a clause of it.
func subjectAt(t *tagged, all []tagAt, k int) bool {
	start := clauseStart(t, all[k].start)
	before := t.low[start:all[k].start]
	if notSubject.MatchString(before) && strings.TrimSpace(before) != "at" {
		return false
	}
	if k > 0 && all[k-1].start >= start {
		return false
	}
	return len(before) < 45
}
