package extract

import (
	"slices"
	"strings"

	"spillover/gazetteer"
	"spillover/ledger"
)

// A spot is a surface form of the text on its way to a name.
type spot struct {
	found
	entries []entry
	ids     []string // councils that it may mean
	strong  bool     // the form says that a council is meant
	run     int      // spots of one list have one run
	place   bool     // "in Leicester"
	plural  bool     // "Kent councils"
	drop    bool
	listed  bool // one of a list whose head says that its members are councils
	party   bool // a party to what councils share, whatever preposition stands before it
}

var (
	// "Canterbury, Dover and Thanet local authorities" and "Durham council" are councils; "Durham council housing" is not.
	councilAfter = mustCompile(`^(?:'s)? (?:\(\w+\) )?(?:(?:city|county|borough|district|metropolitan|unitary|local|london) )*(?:councils?|authorit(?:y|ies)|boroughs|districts)\b`)
	// "councils in Bury and Tameside", "councillors in Gloucester"; not "residents in Bury".
	councilBefore = mustCompile(`(?:councils|council|authorities|authority|councillors?|boroughs|districts|neighbours|partners)(?: areas?)?(?: in| of| at| for| like| such as| including| are| were|:)? (?:both |the )?$`)
	// "A council in Devon has been hacked": one that lies there.
	councilThere = mustCompile(`\b(?:a|another|one|each|every|any|some|which|what|second|third|fourth|neighbouring) (?:[\w-]+ ){0,2}(?:council|authority|borough|district) in (?:the )?$`)
	// "in Leicester" is a place; "Leicester" at the start of a clause need not be.
	placeBefore = mustCompile(`\b(?:in|at|near|from|across|around|outside|throughout|to|into|through|towards|of|on|over|for|about|off) (?:the (?:city|town|county|borough) of |central |north |south |east |west )?$`)
	// "University of Durham" and "Bishop of Durham" are no councils.
	otherBodyBefore = mustCompile(`\b(?:south|north|east|west|mid|greater|inner|outer|nhs|university|college|bishop|archbishop|diocese|port|dean|duke|earl|bank|museum|school|friends|hospital|theatre|archdeacon|battle|treaty|isle|mp for|mps for|lord|lady|baroness|baron|viscount|marquess|chamber of commerce|citizens advice)(?: of| for| in)? (?:the )?(?:city of )?$`)
	// "Durham Parish Council", "Portsmouth FC", "Derby County", "Stockport NHS Trust": another body of the same place.
	otherBodyAfter = mustCompile(`^(?:'s)?(?: and [A-Z]\w+)?(?: [A-Z][\w']*)*? (?:University|College|School|Academy|Hospitals?|Infirmary|NHS|Trust|FC|AFC|RFC|CC|Town|United|City(?: FC)?|County|Rovers|Wanderers|Athletic|Albion|Police|Constabulary|Fire|Cathedral|Airport|Station|Theatre|Museum|Castle|Prison|Crown Court|Magistrates|Chamber|Castle|Market|Homes|Housing|Building|Evening|Gazette|Herald|Mercury|Post|News|Echo|Times|Telegraph|Live|Mail|Express|Chronicle|Observer|Argus|Parish Council|Town Council|Community Council|Parish|Combined Authority|MP|MPs|North|South|East|West|Central|Labour|Conservatives?|Lib)\b`)
	// "South Cambridgeshire and Cambridge City, which share"; not "Cambridge City won".
	cityToo  = mustCompile(`^ City(?:,? (?:which|who|whose|and [A-Z]\w+(?: [A-Z]\w+)? (?:councils|share|have|are|both|say))| (?:share|councils?|say|says|both))\b`)
	cityNext = mustCompile(`^ and [A-Z]\w+ City(?:,| (?:which|who|share|both|say|councils?))|^ and [A-Z]\w+(?: [A-Z]\w+)? (?:City|County) Council\b`)
	// "A third borough, Hammersmith & Fulham, buys".
	apposed = mustCompile(`\bthen there(?:'s| is| was) $|\b(?:borough|council|authority|neighbour|district), (?:the )?$`)
	// "a Preston landlord": where somebody is.
	ofPeople    = mustCompile(`^(?:-based)? (?:landlord|residents?|man|woman|men|women|firm|company|school|hospital|pensioner|mum|dad|mother|father|family|families|business|businesses|club|fans?|charity|street|gang|shop|housing association|teenager|driver|people|homes?|area|town centre|city centre|factory)\b`)
	areaBefore  = mustCompile(`\b(?:councils|authorities|boroughs|districts)(?: areas?)?(?: in| of| across| around| at)? (?:the )?$`)
	areaPlural  = mustCompile(`^ (?:local )?(?:councils|authorities|boroughs|districts)$`)
	nextCapital = mustCompile(`^ [A-Z][a-z]+`)
	// "Cleveland, Ohio", "Durham in North Carolina".
	abroad = mustCompile(`^(?: (?:city )?council)?(?: in question)?(?:,| in| \(| (?:is|was|lies) in)? ?(?:the )?(?:Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|Wisconsin|Wyoming|Ontario|Quebec|British Columbia|Alberta|Nova Scotia|New South Wales|NSW|Queensland|Victoria|Tasmania|Australia|New Zealand|Canada|Jamaica|South Africa|United States|USA|US|Ireland)\b`)
	// What only a body can do: "Tameside has checked", "Adur and Worthing, which are run as one", not "Tameside is hilly".
	actsAfter        = mustCompile(`^(?:'s)?(?: councillors?\b|, (?:its|next door|just|over|also|for its|by contrast|in contrast|a|an|named|listed|meanwhile|once|part of|home to|which|with whom|with which|whose|who|too|meanwhile|also|another|the)\b| (?:has|have|had|is|are|was|were|says?|said|say:|says:|will|would|also|confirmed|reported|admitted|took|takes|counted|uses?|used|shares?|shared|runs?|ran|saw|sees|found|lost|told|believes?|expects?|suffered|declined|did|does|itself|remains?|rushed|insists?|insisted|escaped|stressed|declined|escaped|and its|whose|which|who)\b|'s (?:own |deputy |interim |former )?(?:systems?|services?|network|website|staff|chief|director|leader|head|portal|cabinet|officers?|files|data|servers?|section|spokes\w+|press|residents|records|executive|corporate|monitoring|mayor|statement|computers?|phone|online|council|IT|(?:[a-z]+ ){0,2}(?:payroll|portal|telephones?|phones|email|records|accounts|payments|call centre|contact centre|bins|libraries|benefits|helpdesk|network|servers|systems?|firewall|backups))\b)`)
	ownerOf          = mustCompile(`\b(?:data|systems?|infrastructure|files|networks?|servers?|records) (?:of|at|from) $`)
	speaksOfCouncils = mustCompile(`\b(?:councils?|boroughs?|local authorit(?:y|ies)|county hall|town hall)\b`)
	objectOf         = mustCompile(`\b(?:nearby|hit|struck|targeted|affected|neighbouring|by|and|with|told|including|both|or|nor|neither|helping|at|run by|hacked|breached|affect|reach|reached|touch|involve|include|spread to|extend to|spared?|besides|apart from|other than|except) (?:the )?$`)
	// The text of the article is a page of the body itself.
	abbreviated = mustCompile(`^(?:'s?|s')? ?\(["']?(?:the )?["']?([A-Z][A-Za-z&]{1,8})["']?\)`)
)

// nameCouncils finds all names and decides of each form that may mean a council whether it does.
//
// It reads "Kent Police" as the force and "Canterbury, Dover and Thanet local authorities" as three councils; it must
// not read "Derby County" or "the University of Gloucester" as a council.
func (p *page) nameCouncils() {
	forms := p.r.lex.find(p.v, p.tokens)
	local := p.localShortForms(forms)
	var spots []*spot
	for _, f := range forms {
		s := &spot{found: f, entries: f.entries}
		spots = append(spots, s)
	}
	spots = append(spots, local...)
	slices.SortFunc(spots, func(a, b *spot) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	end := -1
	kept := spots[:0]
	for _, s := range spots {
		if s.start >= end {
			kept = append(kept, s)
			end = s.end
		}
	}
	spots = kept
	p.candidates(spots)
	p.namesakes(spots)
	p.lists(spots)
	p.countyInTitle(spots)
	for _, s := range spots {
		if s.strong && !s.drop && len(s.ids) == 1 {
			p.accepted[s.ids[0]] = true
		}
	}
	for _, s := range spots {
		if len(s.ids) > 1 {
			s.ids = p.narrow(s.ids)
		}
		if s.strong && !s.drop && len(s.ids) == 1 {
			p.accepted[s.ids[0]] = true
		}
	}
	p.actors(spots)
	p.lonePlace(spots)
	for _, s := range spots {
		if n := p.nameOfSpot(s); n != nil {
			p.names = append(p.names, n)
		}
	}
}

// localShortForms are the abbreviations that the article itself gives: "Thanet District Council's (TDC)".
func (p *page) localShortForms(forms []found) []*spot {
	short := map[string][]entry{}
	for _, f := range forms {
		m := abbreviated.FindStringSubmatch(p.v.s[f.end:min(len(p.v.s), f.end+24)])
		if m == nil {
			continue
		}
		var of []entry
		for _, e := range f.entries {
			if e.class != gazetteer.Short {
				e.class, e.ordinary = gazetteer.Acronym, false
				of = append(of, e)
			}
		}
		if len(of) > 0 && short[m[1]] == nil {
			short[m[1]] = of
		}
	}
	for _, f := range forms {
		for _, e := range f.entries {
			if first, _, _ := strings.Cut(p.v.s[f.start:f.end], " "); p.r.firsts[first] == e.id && short[first] == nil {
				e.class, e.ordinary = gazetteer.Short, false
				short[first] = []entry{e} // "Merthyr Tydfil ... the picture in Merthyr"
			}
		}
	}
	var out []*spot
	if len(short) == 0 {
		return out
	}
	for i, t := range p.tokens {
		end := i
		text := p.v.s[t.start:t.end]
		if i+2 < len(p.tokens) && p.tokens[i+1].word == "and" && p.v.s[p.tokens[i+1].start] == '&' && p.tokens[i+2].start == p.tokens[i+1].end {
			end, text = i+2, p.v.s[t.start:p.tokens[i+2].end]
		}
		if of := short[text]; of != nil {
			out = append(out, &spot{found: found{start: t.start, end: p.tokens[end].end, first: i, last: end}, entries: of})
		}
	}
	return out
}

// candidates settles what each spot alone tells.
func (p *page) candidates(spots []*spot) {
	for _, s := range spots {
		before := p.v.low[max(0, s.start-40):s.start]
		after := p.v.s[s.end:min(len(p.v.s), s.end+90)]
		afterLow := p.v.low[s.end:min(len(p.v.s), s.end+90)]
		for _, e := range s.entries {
			if e.kind != ledger.Council {
				continue
			}
			c, _ := p.r.g.CouncilByID(e.id)
			if c.CeasedOn != "" && p.a.PublishedOn != "" && p.a.PublishedOn >= c.CeasedOn && e.class == gazetteer.Short && len(s.entries) > 1 {
				continue
			}
			s.ids = append(s.ids, e.id)
			if e.class != gazetteer.Short && !(e.ordinary && e.class == gazetteer.Acronym) {
				s.strong = true
			}
		}
		if len(s.ids) == 0 {
			continue
		}
		if abroad.MatchString(after) && !strings.HasPrefix(after, " in Ireland") {
			s.drop = true
			continue
		}
		if s.strong {
			if strings.HasPrefix(afterLow, " of parishes") {
				s.drop = true
			}
			continue
		}
		switch {
		case councilAfter.MatchString(afterLow) && !strings.HasPrefix(afterLow, " council tax") && !strings.HasPrefix(afterLow, " council hous"):
			s.strong = !otherBodyAfter.MatchString(after) || strings.Contains(afterLow[:min(len(afterLow), 30)], "county council")
			s.drop = !s.strong
			m := councilAfter.FindString(afterLow)
			if areaPlural.MatchString(m) {
				s.plural = true // "Kent councils" are those in Kent, unless a list precedes
			}
			if s.strong && !strings.HasSuffix(m, "s") && !strings.HasPrefix(m, "'s") {
				s.end += len(m)
			}
		case cityToo.MatchString(after) && p.isOfType(s.ids[0], "city"):
			s.end += len(" City")
		case otherBodyBefore.MatchString(before), otherBodyAfter.MatchString(after) && !cityNext.MatchString(after):
			s.drop = true
		case councilThere.MatchString(before):
			s.drop = true
		case apposed.MatchString(before):
			s.strong = true
		case councilBefore.MatchString(before), p.headed(s):
			s.strong = true
			s.plural = areaBefore.MatchString(before)
		case nextCapital.MatchString(after) && !p.endsSentence(s.end):
			s.drop = true
		}
		s.place = !s.strong && (placeBefore.MatchString(before) || ofPeople.MatchString(after) || strings.HasSuffix(before, "| ") || strings.HasPrefix(after, " |"))
	}
}

// "Four local authorities were on the list: Calderdale, Rushmoor and Swansea"; not "the councils said: Bury is fine".
var listHead = mustCompile(`\b(?:councils|authorities|boroughs|districts)(?:\b[^.;:\n]{0,80}: | (?:-|–|—) | \()(?:the )?$`)

// headed is whether a form begins a list whose head says that councils follow.
func (p *page) headed(s *spot) bool {
	return listHead.MatchString(p.v.low[max(0, s.start-140):s.start]) && coordination.MatchString(p.v.low[s.end:min(len(p.v.low), s.end+2)])
}

// namesakes drops a place that the article once sets abroad, wherever else it names it by less than the full name.
func (p *page) namesakes(spots []*spot) {
	foreign := map[string]bool{}
	for _, s := range spots {
		if s.drop && len(s.ids) > 0 && abroad.MatchString(p.v.s[s.end:min(len(p.v.s), s.end+40)]) {
			for _, id := range s.ids {
				foreign[id] = true
			}
		}
	}
	for _, s := range spots {
		official := slices.ContainsFunc(s.entries, func(e entry) bool { return e.class == gazetteer.Official })
		if !official && slices.ContainsFunc(s.ids, func(id string) bool { return foreign[id] }) {
			s.drop = true
		}
	}
}

// countyInTitle drops "Staffordshire council" of a title where the text names another council and never the county's: it is one that lies there.
func (p *page) countyInTitle(spots []*spot) {
	first := p.sents[:min(2, len(p.sents))]
	for _, s := range spots {
		if !s.strong || s.drop || len(s.ids) != 1 || !p.isOfType(s.ids[0], "county") || !strings.HasSuffix(p.v.s[:s.end], " council") ||
			!slices.ContainsFunc(first, func(t *tagged) bool { return t.heading && t.start <= s.start && s.start < t.end }) {
			continue
		}
		again := slices.ContainsFunc(spots, func(o *spot) bool { return o != s && !o.drop && slices.Contains(o.ids, s.ids[0]) })
		other := slices.ContainsFunc(spots, func(o *spot) bool { return o.strong && !o.drop && !slices.Contains(o.ids, s.ids[0]) })
		s.drop = other && !again
	}
}

// endsSentence is whether a line ends at this place.
func (p *page) endsSentence(at int) bool { return at >= len(p.v.s) || p.v.s[at] == '\n' }

// lists joins the names of a list, so that what is said of the list is said of each.
func (p *page) lists(spots []*spot) {
	run := 0
	for i, s := range spots {
		if len(s.ids) == 0 {
			continue
		}
		if i == 0 || len(spots[i-1].ids) == 0 || spots[i-1].drop || !coordinates(p.v.low[spots[i-1].end:s.start]) {
			run++
		}
		s.run = run
	}
	placed := map[int]bool{}
	for _, s := range spots {
		if s.run > 0 && !s.drop && s.place {
			placed[s.run] = true
		}
		if placed[s.run] && !s.strong && !s.drop {
			s.place = true
		}
	}
	strong := map[int]bool{}
	for i := len(spots) - 1; i >= 0; i-- {
		s := spots[i]
		if s.drop || s.run == 0 || !s.strong {
			continue
		}
		// The head noun stands behind the last of a list ("Bury and Trafford councils") or before its first.
		after := p.v.low[s.end:min(len(p.v.low), s.end+40)]
		before := p.v.low[max(0, s.start-40):s.start]
		if strings.HasSuffix(strings.TrimSpace(p.v.low[s.start:s.end]), "councils") || councilAfter.MatchString(after) || councilBefore.MatchString(before) || p.headed(s) {
			strong[s.run] = true
		}
	}
	size := map[int]int{}
	for _, s := range spots {
		if s.run > 0 && !s.drop {
			size[s.run]++
		}
	}
	for _, s := range spots {
		if s.plural && size[s.run] == 1 {
			s.drop = true
		}
	}
	for _, s := range spots {
		if strong[s.run] && !s.drop {
			s.strong, s.place, s.listed = true, false, size[s.run] > 1
		}
	}
}

var coordination = mustCompile(`^(?:'s)?(?: \([a-z&]+\))?(?:,|,? and|,? or|,? as well as|,? along with|,? &|,? nor| /|/)(?: the| both| also)? $|^/$`)

// coordinates is whether what stands between two names makes them one list.
func coordinates(gap string) bool { return coordination.MatchString(gap) }

// narrow leaves, of several councils that one form may mean, those that the article names otherwise, else those that
// existed when it was published.
func (p *page) narrow(ids []string) []string {
	keep := func(ok func(string) bool) []string {
		var out []string
		for _, id := range ids {
			if ok(id) {
				out = append(out, id)
			}
		}
		return out
	}
	if out := keep(func(id string) bool { return p.accepted[id] }); len(out) == 1 {
		return out
	}
	there := keep(func(id string) bool {
		c, _ := p.r.g.CouncilByID(id)
		return c.CeasedOn == "" || p.a.PublishedOn != "" && p.a.PublishedOn < c.CeasedOn
	})
	if len(there) > 0 {
		return there
	}
	return ids
}

// actors accepts a bare place as its council where it does what only a body does.
func (p *page) actors(spots []*spot) {
	acting, owner := map[int]bool{}, map[int]bool{}
	for _, s := range spots {
		if !s.drop && !s.strong && len(s.ids) > 1 {
			s.ids = p.ofType(s)
		}
		if s.drop || s.strong || len(s.ids) != 1 {
			continue
		}
		if p.accepted[s.ids[0]] {
			s.strong = true
			continue
		}
		after := p.v.s[s.end:min(len(p.v.s), s.end+60)]
		before := p.v.low[max(0, s.start-40):s.start]
		ordinary := slices.ContainsFunc(s.entries, func(e entry) bool { return e.ordinary })
		if listItem.MatchString(before) && (strings.HasPrefix(after, ":") || dashed.MatchString(before) && strings.HasPrefix(after, ".")) && (len(p.accepted) > 0 || speaksOfCouncils.MatchString(p.v.low)) {
			acting[s.run] = true // "- Bolton: down from 7.15am"
		}
		if ownerOf.MatchString(before) && strings.Contains(p.v.low[max(0, s.start-90):min(len(p.v.low), s.end+90)], "affected") {
			acting[s.run], owner[s.run] = true, true
		}
		if !ordinary && p.party(s) {
			acting[s.run], owner[s.run], s.party = true, true, true
			continue
		}
		if !ordinary && len(p.accepted) > 0 && opens.MatchString(before) && doesAfter.MatchString(after) {
			acting[s.run], owner[s.run] = true, true // "Rutland got off with an outage."
			s.party = strings.HasSuffix(before, "at ")
		}
		if !ordinary && len(p.accepted) > 0 && over.MatchString(before) && theirs.MatchString(after) {
			acting[s.run], owner[s.run], s.party = true, true, true
			continue
		}
		if !ordinary && len(p.accepted) > 0 && standsSo.MatchString(after) {
			acting[s.run], owner[s.run], s.party = true, true, true
			continue
		}
		if p.sectionOf(s, spots) {
			acting[s.run], owner[s.run], s.party = true, true, true
			continue
		}
		if s.place || !actsAfter.MatchString(after) {
			continue
		}
		if len(p.accepted) > 0 || !ordinary && objectOf.MatchString(before) || !ordinary && speaksOfCouncils.MatchString(p.v.low) {
			acting[s.run] = true
		}
	}
	for _, s := range spots {
		if acting[s.run] && !s.drop && (!s.place || owner[s.run]) && len(s.ids) == 1 {
			s.place = false
			s.strong = true
			p.accepted[s.ids[0]] = true
		}
	}
	for _, s := range spots {
		if !s.drop && len(s.ids) == 1 && p.accepted[s.ids[0]] {
			s.strong = true
		}
	}
}

var (
	// Where a clause opens: "Rutland got off", "and Melton kept going", "At Melton things are less clear".
	// "our cousins in Somerset are not touched": who is spared or struck is the council.
	standsSo = mustCompile(`^(?:,? too,?)? (?:is|are|was|were|has|have|had)(?: \w+)? (?:un(?:affected|touched|scathed|harmed)|not (?:\w+ ){0,2}(?:touched|affected|hit|involved|reached|caught|attacked|struck)|safe|in the clear|fine|clear)\b`)
	// "Over in South Tyneside, two employees clicked on a link": the council's.
	over      = mustCompile(`(?:^|[.!?:;]["')]* |\n)["']?(?:over |across |down |up |meanwhile,? |elsewhere,? |and |but )*in (?:neighbouring |nearby )?$`)
	theirs    = mustCompile(`^, (?:(?:the|a|an|some|two|three|four|five|six|several|most|all|many|its|council|senior) )*(?:employees|staff|officers|councils?|authority|workers|officials|bosses|systems|libraries|spokes\w+|chief executive|town hall)\b`)
	opens     = mustCompile(`(?:^|[.!?:;]["')]* |\n[-•* ]*|, (?:while|but|and|whereas|as) |; )(?:at )?$`)
	doesAfter = mustCompile(`^(?:, [^,.;]{2,70},|,)? (?:things|(?:an?|the|its) (?:\w+ )?(?:investigation|check|review|audit|search|scan|inquiry|spokes\w+)|matters|nobody|no one|nothing|everything|staff|officers|[a-z]{2,}ed|got|went|lost|came|kept|fell|held|put|cut|left|began|became|made|paid|sent|knew|thought|chose|brought|bought|stood|broke|gave|fares?|seems?|appears?|thinks?|too|alone|meanwhile|still|never|cannot|can|may|could|might|must|would|will|also|only|now|has|had|is|was|says?|said|shares?|runs?|uses?|buys?|has|have|takes?|moved|whose|which|spent|found|does|do|keeps?|pays?|gets?|sits?|stands?)\b`)
	// What councils share, or have done for them.
	shareWords = mustCompile(`\b(?:shar(?:e|es|ed|ing)|merg(?:es|ed|ing)|pool(?:s|ed|ing)?|combin(?:es|ed)|common to|covers|as one|joint(?:ly)?|partner(?:s|ship|ed)?|host(?:s|ed|ing)?|on behalf of|the same (?:network|system|platform|supplier|servers?|provider|firm|company|software|contractor|service)|lead authority|customers|clients|acts? (?:also )?for|acts also for|(?:run|runs|ran|does|did|handles|operates|manages|provid\w+|suppl(?:y|ies|ied)|serv(?:e|es|ed)|work(?:s|ed)?)\b[^.]{0,70}\b(?:for|to|with|by)|used by|contracts? (?:in|with)|customers in|clients in|buys? (?:its|their)|serves)\b`)
	partyTo    = mustCompile(`(?:\b(?:contracts in|customers in|clients in|with|for|and|between|to|both|by|alongside|serves?|served|serving|supplies|of|itself|namely|from|including|either)(?: the)?|[,:(])(?: the)? $`)
)

// party is whether a bare place is a party to what councils share: it stands in a list, or behind "with", "for" or "on behalf of", in a
// sentence that speaks of sharing and names a council, or of one council alone.
func (p *page) party(s *spot) bool {
	if !partyTo.MatchString(p.v.low[max(0, s.start-40):s.start]) {
		return false
	}
	from := s.start - strings.IndexByte(reversed(p.v.low[max(0, s.start-220):s.start])+".", '.')
	to := min(len(p.v.low), s.end+100)
	if i := strings.IndexAny(p.v.low[s.end:to], ".\n"); i >= 0 {
		to = s.end + i
	}
	sentence := p.v.low[max(0, from):to]
	if i := strings.LastIndexByte(p.v.low[max(0, from):s.start], '\n'); i >= 0 {
		sentence = sentence[i+1:]
	}
	return shareWords.MatchString(sentence) && (speaksOfCouncils.MatchString(sentence) || len(p.accepted) > 0) && !livesIn.MatchString(sentence)
}

// "shares a house with his mother in Bridgend": no councils.
var livesIn = mustCompile(`\b(?:home in|house|lives?|living|born|road|street|town of|villages?|pub|football|roads?|train|bus)\b`)

func reversed(s string) string {
	b := []byte(s)
	slices.Reverse(b)
	return string(b)
}

// "– Swale. Worst off.": what a line of a list is about.
var dashed = mustCompile(`(?:^|\n)[-–—•*]+ $`)

var listItem = mustCompile(`(?:^|\n)[-–—•* ]*$`)

var anyCouncil = mustCompile(`\bthe (?:city |county |borough |district )?(?:council|authority)\b`)

// lonePlace accepts the only place named where the article speaks of "the council" and names none.
func (p *page) lonePlace(spots []*spot) {
	if len(p.accepted) > 0 || !anyCouncil.MatchString(p.v.low) {
		return
	}
	if p.mostNamed(spots) {
		p.actors(spots) // what acts beside it is a council too
		return
	}
	only := ""
	for _, s := range spots {
		if s.drop || len(s.ids) != 1 || slices.ContainsFunc(s.entries, func(e entry) bool { return e.ordinary }) {
			continue
		}
		if only != "" && only != s.ids[0] {
			return
		}
		only = s.ids[0]
	}
	if only == "" {
		return
	}
	p.accepted[only] = true
	for _, s := range spots {
		if !s.drop && len(s.ids) == 1 && s.ids[0] == only {
			s.strong = true
		}
	}
}
