package extract

import (
	"slices"
	"sort"
	"strings"

	"spillover/ledger"
)

var (
	// "the council", "the city council", "this authority"; not "the council tax bill", not "the council houses".
	oneCouncil = mustCompile(`\b(?:the|this|that) (?:[\w-]+ ){0,2}?(city |county |borough |district |unitary |metropolitan )?(?:council|authority|borough|comhairle|cyngor)\b`)
	// "the parish council" and "the fire authority" are others.
	otherBody = mustCompile(`\b(?:parish|town|community|combined|fire|police|full|other|another|neighbouring|shadow|research|national|security|british|arts|privy|health|of|and|to|for|by|with|from|in|on|at|that|which|said|is|was|former|old|first|second|next|port|water|rescue|care|student|works|press|no) (?:[\w-]+ )?(?:council|authority|borough)$`)
	// "the town hall passed the names on"; not "at the town hall".
	townHall = mustCompile(`(?:^|[,.;:"'] |\bthat |\band |\bbut |\b\d{4} )((?:the )?(?:town hall|county hall|city hall|guildhall|civic centre)(?: (?:bosses|chiefs|officials|leaders|staff))?|council (?:bosses|chiefs|leaders|officials|officers)|the unitary|the local authority)\b`)
	// "the city's files", "the county's website"; not "the city's cathedral".
	placeOwner = mustCompile(`\b(the (city|county|borough|district))'s (?:(?:wide area|own|main|core|data|computer|it|email|phone) )?(?:files|systems?|data|network|website|servers?|computers?|it|services|records|own)\b`)
	// "a London council has revealed", before the council is named.
	someCouncil = mustCompile(`\ban? (?:[\w-]+ ){0,2}(?:council|local authority)\b`)
	// "the three authorities", "both councils", "all three west London boroughs"; not "three councillors".
	manyCouncils = mustCompile(`\b(?:both|all|the|these|those|each of the)(?: of)?(?: the| these)?(?: (two|three|four|five|six|seven|eight))?(?: (?:[\w-]+ ){0,2}?|(?: affected| stricken| kent| london| neighbouring)? )(?:councils|authorities|boroughs|neighbours|districts)\b`)
	// "the three set up a company", "all of them are working", "both have since been scanned"; not "both ends".
	pairs     = mustCompile(`\b(the pair|the trio)'s\b`)
	manyAlone = mustCompile(`(?:^|[.,;] |["'])(both|all of them|the pair|the trio|(?:the|all) (two|three|four|five|six))(?:,|\.| (?:of them|have|has|are|is|were|was|set|share|shared|run|runs|said|say|also|had|will|lost|did|now|still|use)\b)`)
	// "jointly with the other two"; not "the other two hundred".
	theOthers = mustCompile(`\b(?:with|by|at|for|and) (the other (two|three))(?:[.,;]| (?:councils|boroughs|authorities)|$)`)
	// "The force said inquiries were at an early stage."; not "force majeure".
	theForce = mustCompile(`\b(?:the|that) (?:police )?force\b`)
	// "the Commissioner", "the regulator", "the watchdog" where the article has named one.
	theRegulator = mustCompile(`\b(?:the|that) (?:data(?: protection)? |privacy |information )?(?:regulator|watchdog|commissioner)\b`)
	// "the Commission" after "the Electoral Commission"; not "the commission on rents".
	theCommission = mustCompile(`\bthe commission\b`)
	notCouncil    = mustCompile(`^ (?:of |tax|hous|home|estate|flat|car park|rent|meeting chamber|chamber|tenant|of europe)`)
	counts        = map[string]int{"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "both": 2, "the pair": 2, "the trio": 3}
	agencyList    = mustCompile(`^(?:'s)?(?: \([A-Za-z]+\))?(?:,|,? and|,? or|,? as well as|,? along with|,? alongside|,? together with)(?: (?:the|both|with|from|at|of|by|to|also|its|specialists|experts|officers|detectives|unit|team|cyber|crime|security|chief|executives'|society|regulator|watchdog|local|county|national|officials|staff)){0,6} $`)
)

// someCouncils is "two west London councils that share systems" before they are named; not "two councils have failed".
var someCouncils = mustCompile(`\b(two|three|four|five)(?: [\w-]+){0,3}? (?:councils|boroughs|authorities)\b`)

// refer settles whom "the council", "the three authorities" and "the force" mean, sentence by sentence, and tags the
// sentences. What stands within quotation marks does not change whom the next sentence speaks of.
//
// It reads "the council" after "Westminster City Council shares a system with Kent County Council" as Westminster; it
// must not read it as the last name before it.
func (p *page) refer() {
	p.mergeLists()
	p.findMain()
	named := p.names
	p.resolve()
	p.findCleared()
	if len(p.cleared) > 0 {
		// Whom the article clears tells better whom it goes on to speak of.
		p.names = named
		p.resolve()
	}
}

func (p *page) resolve() {
	c := &referent{p: p, long: map[int]bool{}}
	for i, t := range p.sents {
		c.long[t.para] = i > 0 && p.sents[i-1].para == t.para
	}
	for _, n := range p.names {
		if n.kind == ledger.Agency && c.regulator == "" {
			// "The Commissioner" may stand before the name: there is one.
			if a, _ := p.r.g.AgencyByID(n.ids[0]); a.Kind == "REGULATOR" {
				c.regulator = n.ids[0]
			}
		}
		if n.kind == ledger.Council && n.how != byPlace {
			if len(n.ids) > 1 {
				c.lists = append(c.lists, n.ids)
			}
			for _, id := range n.ids {
				if !slices.Contains(c.all, id) {
					c.all = append(c.all, id)
				}
			}
		}
	}
	var out []*name
	at, para, open := 0, -1, false
	for _, t := range p.sents {
		if t.para != para {
			para, open = t.para, false
		}
		var here []*name
		for at < len(p.names) && p.names[at].start < t.start {
			out = append(out, p.names[at])
			at++
		}
		for at < len(p.names) && p.names[at].start < t.end {
			here = append(here, p.names[at])
			at++
		}
		quoted := quotedRuns(p.v.s, t.start, t.end, open)
		here, open = c.sentence(t, here, quoted), quoted[len(quoted)-1]
		out = append(out, here...)
	}
	p.names = append(out, p.names[at:]...)
	sort.SliceStable(p.names, func(i, j int) bool { return p.names[i].start < p.names[j].start })
	para, open = -1, false
	for _, t := range p.sents {
		if t.para != para {
			para, open = t.para, false
		}
		open = p.tag(t, open)
	}
}

// quotedRuns says of each byte of a run, and of its end, whether it stands within quotation marks.
func quotedRuns(s string, start, end int, open bool) []bool {
	out := make([]bool, end-start+1)
	for i := start; i < end; i++ {
		if s[i] == '"' || s[i] == '\'' && singleQuote(s, start, i, open) {
			open = !open
		}
		out[i-start] = open
	}
	out[end-start] = open
	return out
}

// "told the ICO, and the NCSC has given advice": the second begins a clause of its own.
var ownVerb = mustCompile(`^ (?:has|is|was|said|says|will|provided|gave|offered|sent)\b`)

// mergeLists makes one name of names that stand in a list.
func (p *page) mergeLists() {
	var out []*name
	for _, n := range p.names {
		if len(out) > 0 {
			last := out[len(out)-1]
			gap := p.v.s[last.end:n.start]
			if last.kind == n.kind && len(gap) < 90 &&
				(n.kind == ledger.Council && last.how != byPlace && n.how != byPlace && coordinates(gap) || n.kind == ledger.Agency && agencyList.MatchString(gap) && !(strings.HasPrefix(gap, ", and") && ownVerb.MatchString(p.v.low[n.end:min(len(p.v.low), n.end+20)]))) {
				for _, id := range n.ids {
					if !slices.Contains(last.ids, id) {
						last.ids = append(last.ids, id)
					}
				}
				last.end = n.end
				continue
			}
		}
		c := *n
		c.ids = slices.Clone(n.ids)
		out = append(out, &c)
	}
	p.names = out
}

// findMain settles the council that the article is about: whose page it is, else the one named most, what stands at the
// beginning counting more.
func (p *page) findMain() {
	for _, f := range p.r.lex.find(newView(p.a.Publisher), tokenise(newView(p.a.Publisher).s)) {
		for _, e := range f.entries {
			if c, ok := p.r.g.CouncilByID(e.id); ok && c.CeasedOn == "" && strings.Contains(strings.ToLower(e.form), "council") {
				p.voice = e.id
				p.accepted[e.id] = true
			}
			if e.kind == ledger.Agency {
				p.agencyVoice = e.id
			}
		}
	}
	p.firstNamed = len(p.v.s)
	for _, n := range p.names {
		if n.kind == ledger.Council && n.how != byPlace && !p.inByline(n) {
			p.firstNamed = n.start
			break
		}
	}
	score := map[string]int{}
	best := p.voice
	back := p.takenBack()
	for _, n := range p.names {
		if n.kind != ledger.Council || back(n.start) {
			continue
		}
		w := 1
		switch {
		case p.inByline(n):
		case len(score) == 0:
			w = 7 // what a report is about it mostly names first
		case n.start < 700:
			w = 3
		}
		for _, id := range n.ids {
			score[id] += w
			if p.voice == "" && (best == "" || score[id] > score[best]) {
				best = id
			}
		}
	}
	p.main = best
}

// inByline is whether a name ends a short line under the title, such as "Westward News, Devon".
func (p *page) inByline(n *name) bool {
	i := sort.Search(len(p.sents), func(i int) bool { return p.sents[i].end > n.start })
	return n.how == byShort && i > 0 && i < len(p.sents) && p.sents[i].heading && n.end == p.sents[i].end && !p.sents[i].says(event)
}

// takenBack is whether a place stands in a sentence by which the article corrects itself.
func (p *page) takenBack() func(at int) bool {
	var runs [][2]int
	for _, t := range p.sents {
		if undone.MatchString(p.v.low[t.start:t.end]) {
			runs = append(runs, [2]int{t.start, t.end})
		}
	}
	return func(at int) bool {
		return slices.ContainsFunc(runs, func(r [2]int) bool { return r[0] <= at && at < r[1] })
	}
}

// A referent keeps whom the text speaks of.
type referent struct {
	p          *page
	all        []string // councils named in the article, in order
	seen       []string // those named so far
	focus      []string
	lists      [][]string   // all lists of councils in the article
	list       []string     // the last list of councils
	at         int          // paragraph that is being read
	para       int          // paragraph in which the focus was last set
	long       map[int]bool // paragraphs of more than one sentence
	police     string
	regulator  string
	commission string
}

// sentence adds to the names of a sentence what it calls otherwise.
func (c *referent) sentence(t *tagged, here []*name, quoted []bool) []*name {
	low := c.p.v.low[t.start:t.end]
	c.at = t.para
	add := func(from, to int, n *name) {
		n.start, n.end, n.how = t.start+from, t.start+to, byAnaphor
		for _, o := range here {
			if n.start < o.end && o.start < n.end {
				return
			}
		}
		here = append(here, n)
	}
	pending := func(re *pattern, group int, kind ledger.Kind, f func(m []int) []string) {
		if !re.may(t.grams) {
			return
		}
		for _, m := range re.FindAllStringSubmatchIndex(low, -1) {
			if kind == ledger.Council && notCouncil.MatchString(low[m[2*group+1]:]) {
				continue
			}
			if ids := f(m); len(ids) > 0 {
				add(m[2*group], m[2*group+1], &name{kind: kind, ids: ids})
			}
		}
	}
	word := func(m []int, g int) string {
		if m[2*g] < 0 {
			return ""
		}
		return strings.TrimSpace(low[m[2*g]:m[2*g+1]])
	}
	if strings.Contains(low, "the") || strings.Contains(low, "all ") || strings.Contains(low, "both") {
		pending(manyCouncils, 0, ledger.Council, func(m []int) []string {
			if strings.HasSuffix(low[:m[0]], "one of ") {
				return nil // "one of the largest authorities in England"
			}
			for _, n := range here {
				if gap := n.start - t.start - m[1]; gap >= 0 && gap < 6 && !strings.Contains(low[m[1]:n.start-t.start], ",") {
					return nil // "the councils in Bury and Tameside" are named at once
				}
			}
			return c.many(word(m, 1), low[m[0]:m[1]])
		})
		pending(manyAlone, 1, ledger.Council, func(m []int) []string {
			if n := word(m, 2); n != "" {
				return c.many(n, "")
			}
			return c.many(word(m, 1), "")
		})
		pending(pairs, 1, ledger.Council, func(m []int) []string { return c.many(word(m, 1), "") })
		pending(theOthers, 1, ledger.Council, func(m []int) []string { return c.many(word(m, 2), "") })
		local := func(at int) ([]string, bool) { return c.localFocus(here, t, at, quoted) }
		pending(oneCouncil, 0, ledger.Council, func(m []int) []string {
			if otherBody.MatchString(low[m[0]:m[1]]) {
				return nil
			}
			focus, here := local(t.start + m[0])
			return c.one(word(m, 1), focus, here)
		})
		pending(townHall, 1, ledger.Council, func(m []int) []string {
			focus, here := local(t.start + m[0])
			return c.one("", focus, here)
		})
		pending(placeOwner, 1, ledger.Council, func(m []int) []string {
			focus, _ := local(t.start + m[0])
			return c.owner(word(m, 2), focus)
		})
		pending(theForce, 0, ledger.Agency, func([]int) []string { return some(c.police) })
		pending(theCommission, 0, ledger.Agency, func([]int) []string { return some(c.commission) })
		pending(theRegulator, 0, ledger.Agency, func([]int) []string { return some(c.regulator) })
	}
	pending(someCouncils, 0, ledger.Council, func(m []int) []string { return c.many(word(m, 1), "") })
	if len(c.focus) == 0 && !hasCouncil(here) {
		pending(someCouncil, 0, ledger.Council, func([]int) []string { return some(c.p.main) })
	}
	sort.SliceStable(here, func(i, j int) bool { return here[i].start < here[j].start })
	first, firstForce := true, true
	past := c.focus
	for _, n := range here {
		switch n.kind {
		case ledger.Council:
			inQuote := quoted[n.start-t.start]
			if n.how != byAnaphor && n.how != byPlace {
				for _, id := range n.ids {
					if !slices.Contains(c.seen, id) {
						c.seen = append(slices.Clip(c.seen), id)
					}
				}
			}
			if n.how != byAnaphor && len(n.ids) > 1 {
				c.list = n.ids
			}
			listed := len(n.ids) > 1 && n.how != byAnaphor && strings.HasSuffix(c.p.v.s[:n.start], ": ")
			if (first || listed) && !inQuote && n.how != byPlace {
				c.focus = n.ids
				first = false
			}
		case ledger.Agency:
			for _, id := range n.ids {
				a, _ := c.p.r.g.AgencyByID(id)
				switch a.Kind {
				case "POLICE":
					if firstForce {
						c.police, firstForce = id, false
					}
				case "REGULATOR":
					c.regulator = id
				}
				if strings.HasSuffix(a.Name, " Commission") {
					c.commission = id
				}
			}
		}
	}
	t.listed = c.list
	t.past, t.fresh = past, !first || t.para == c.para
	if !first {
		c.para = t.para
	}
	t.focus = c.focus
	if len(t.focus) == 0 {
		t.focus = some(c.p.main)
	}
	return here
}

func some(id string) []string {
	if id == "" {
		return nil
	}
	return []string{id}
}

func hasCouncil(names []*name) bool {
	return slices.ContainsFunc(names, func(n *name) bool { return n.kind == ledger.Council })
}

// localFocus is whom a sentence has spoken of before a place in it, else whom the text has, and whether it was the sentence.
func (c *referent) localFocus(here []*name, t *tagged, at int, quoted []bool) ([]string, bool) {
	best := -1
	var ids []string
	for _, n := range here {
		if n.kind == ledger.Council && n.how != byAnaphor && n.how != byPlace && n.start < at && !quoted[n.start-t.start] && (best < 0 || n.start < best) {
			best, ids = n.start, n.ids
		}
	}
	if ids != nil {
		return ids, true
	}
	return c.focus, false
}

// one is whom "the council" means: the one spoken of, in the sentence itself or before it, if the word for its type fits.
func (c *referent) one(kind string, focus []string, here bool) []string {
	fits := func(id string) bool {
		if !c.p.mayStand(id) {
			return false
		}
		return kind == "" || kind == "unitary" || strings.Contains(strings.ToLower(c.p.r.nameOf(id)+" "+c.typeOf(id)), kind)
	}
	if !here && len(focus) == 1 && focus[0] != c.p.main && (c.para+1 < c.at || c.para < c.at && c.long[c.para]) && c.p.main != "" && !c.p.cleared[c.p.main] && fits(c.p.main) {
		// A council that was brought in beside the article's own is done with when its paragraph is.
		return some(c.p.main)
	}
	if len(focus) > 1 && slices.Contains(focus, c.p.main) && fits(c.p.main) {
		return some(c.p.main)
	}
	for _, id := range focus {
		if fits(id) {
			return some(id)
		}
	}
	for _, id := range c.all {
		if fits(id) && kind != "" {
			return some(id)
		}
	}
	if len(focus) > 0 && c.p.mayStand(focus[0]) {
		return some(focus[0])
	}
	return some(c.p.main)
}

// owner is whom "the city's files" means: only a council of that type.
func (c *referent) owner(kind string, focus []string) []string {
	for _, id := range append(slices.Clone(focus), append(some(c.p.main), c.all...)...) {
		if strings.Contains(strings.ToLower(c.p.r.nameOf(id)+" "+c.typeOf(id)), kind) {
			return some(id)
		}
	}
	return nil
}

func (c *referent) typeOf(id string) string {
	council, _ := c.p.r.g.CouncilByID(id)
	return strings.ReplaceAll(council.Type, "_", " ")
}

// listOf is the first list of so many councils in the article, nil if it has none.
func (c *referent) listOf(n int) []string {
	for _, l := range c.lists {
		if len(l) == n {
			return l
		}
	}
	return nil
}

// many is whom "the three authorities" or "both councils" means: the last list of that many, else all named.
func (c *referent) many(count, phrase string) []string {
	n := counts[count]
	if strings.HasPrefix(phrase, "both") {
		n = 2
	}
	switch {
	case n > 0 && len(c.list) == n:
		return c.list
	case n > 0 && c.listOf(n) != nil:
		return c.listOf(n)
	case n > 0 && len(c.all) == n:
		return c.all
	case n == 0 && len(c.list) > 1:
		return c.list
	case n == 0 && len(c.seen) > 1:
		return c.seen
	case n == 0 && len(c.all) > 1:
		return c.all
	}
	return nil
}
