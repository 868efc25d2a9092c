package extract

import (
	"slices"
	"strings"

	"spillover/ledger"
)

const (
	// What a gang says of itself.
	brags = `(?:boast(?:ed|s|ing)?|took credit|taken credit|takes credit|bragg\w+|brags|crow(?:ed|s|ing)|gloat\w+)`
	// What a gang does with a victim's name and files.
	publishes = `(?:post(?:ed|s|ing)|publish\w+|lists|listed|listing|leaks|leaked|leaking|dumps|dumped|dumping|upload\w+|releas(?:ed|es|ing)|displayed|advertis\w+|auction\w*|offer(?:ed|s|ing)|sells|selling|sold|threaten\w*|wants|add(?:ed|s) (?:the |it\b|its |<c)|(?:plac(?:ed|es)|puts?|named?|names) (?:the |it\b|its |up\b|<c)|(?:gave|given|gives|giving|set|sets) (?:the (?:council|authority|city)|it|<c\d+>)|demand(?:s|ed|ing)? (?:£|\$|\d|an? |money|bitcoin|the council|that ))`
)

const (
	// Who speaks for a council or an agency by virtue of a post.
	inOffice = `(?:chief executive|leader|officials|officers|detectives|director|cabinet member|council (?:bosses|chiefs|leaders)|the (?:council|authority|force))`
	// What a council or an agency puts on paper. The first alone may be anybody's: "a report in The Times".
	paper   = `(?:report|notice|letter|paper|briefing|minutes|update|review|statement)`
	papers  = `(?:(?:decision|penalty|enforcement|reprimand|committee|council|audit|auditors?|internal|official|confidential|cabinet|covering|lessons-learn(?:ed|t)|<[ca]\d+>'s) (?:[\w-]+ )?` + paper + `|the ` + paper + `(?:'s)?|` + paper + `s? (?:to|for|going to|seen by|put to|before) (?:the |its |full )?(?:[\w-]+ ){0,3}(?:committee|councillors|members|cabinet|council|panel|board|<c\d+>))`
	holds   = `(?:conced\w+|accept\w*|acknowledg\w+|admit\w*|calls?|called|pins?|pinned|holds?|disclos\w+|reveal\w*|conclud\w+|establish\w*|confirm\w*|nam(?:es|ed|ing)|identif\w+|attribut\w+|blam\w+)`
	asserts = `(?:says?|records?|recorded|said|told|adds?|added|states?|stated|puts? it down|shows?|found|finds|named?|believes?|suspects?|thinks?|briefed|informed|` + holds + `)`
)

var (
	// "a gang named <@> has claimed to have stolen data", "<@> listed the council on its leak site"; not "linked to <@>".
	claims = mustCompile(`<@>(?:'s)?(?:[^.;]|\.\d){0,90}?\b(?:claim\w*|said (?:that )?(?:it|they|the attack|this) (?:was|were|had|has|have)|said (?:on|in|via|through) [^.;,]{3,60} that (?:it|they) (?:had|was|were|has|have)|says (?:it|they)|indicated that it|` + brags + `|` + publishes + `|counting down|countdown|deadline|days to (?:pay|find|respond)|responsibility|(?:is|are|was|were|has been) (?:asking for|holding|threatening|demanding)|wants? (?:£|\$|\d|a ransom|payment|[a-z]+ bitcoin)|puts? (?:[\w-]+ ){0,6}online|(?:put|drip\w*|spill\w*|spilt|holds?|emptied|empties|promis\w+|vow\w*|hawk\w*|flaunt\w*|shows?|showed)\b[^.;]{0,60}\b(?:files?|data|documents|gigabytes|\d+ ?[gt]b|passports?|dark web|online|publish)|off its (?:list|site|page)|its name to)(?:\b|\d)|` +
		// It speaks itself: "Rhysida told the BBC", "a page on which Akira, a gang, says".
		`<@>(?:(?:, [^,;<]{2,90},| ?\([^)]*\))| (?:gang|group|crew|outfit|operation|hackers|ransomware|extortion|collective))* (?:has |have |had |also |later |since |then )*(?:said|says|say|told|wrote|writes|announced|insist(?:s|ed)|warned)\b|` +
		`\b(?:gang|hackers|group|crew|attackers)'s? (?:own )?(?:[\w-]+ ){0,3}(?:site|website|blog|page|channel|post)\b[^.;]{0,60}<@>|\bgiven (?:until|till|\w+ days|a deadline)\b[^.;]{0,50} by <@>|\b(?:countdown|clock|timer)\b[^.;]{0,60}<@>|\b(?:note|message|demand|email)\b[^.;]{0,40}\bsigned (?:by|with|off by) <@>[^.;]{0,30}\bdemand|` +
		`\b(?:claim(?:ed|s)?|responsibility|credit)\b[^.;]{0,60}?\b(?:by|from)\b[^.;]{0,40}?<@>|` +
		`\b(?:posted|published|listed|leaked|dumped|uploaded|released|advertised|offered|shared|put up|put online|made public|auctioned|placed)\b[^.;]{0,40} by (?:the )?(?:[\w-]+ ){0,4}<@>|` +
		`\bon <@>'s (?:[\w-]+ ){0,3}(?:leak )?(?:site|blog|page|channel|portal)|<@>'s (?:[\w-]+ ){0,3}(?:site|blog|page|channel|portal)\b[^.;]{0,60}\b(?:lists?|listed|names?|named|shows?|showed|says|said|carries|carried|claims?)|` +
		`\b(?:site|blog|page|channel|portal|forum)\b[^.;]{0,20}\b(?:of|run by|operated by|belonging to|maintained by|used by|kept by|linked to) (?:the )?(?:[\w-]+ ){0,4}<@>`)
	// "The council confirmed that <@> was behind it.", "<@>, the report adds"; not "the council would not say whether it was <@>".
	confirms = mustCompile(`(?:<[ca]\d+>|\bstatement\b|\bpolice\b|\bwe\b|\b` + inOffice + `)[^.]{0,120}?\b(?:` + asserts + `|left|works? of|carried out)\b[^.]{0,120}?<@>|` +
		`\b` + papers + `\b[^.]{0,100}\b` + asserts + `\b[^.]{0,100}<@>|\b(?:` + paper + `|officials?|officers)\b[^.;]{0,80}\b` + holds + `\b[^.]{0,80}<@>|` +
		`(?:according to|told by|advised by|assessment (?:of|by)|in the view of|confirmation from) (?:the )?(?:<[ca]\d+>|` + inOffice + `|` + papers + `)[^.]{0,100}<@>|` +
		`<@>[^.]{0,60}?(?:,? according to|,? named by|,? identified by|,? blamed by) (?:the )?(?:<[ca]\d+>|council|police|force|regulator|` + paper + `)|` +
		`<@> by (?:the )?<[ca]\d+>|\b(?:councillors|members|councillors and staff|staff) (?:were|have been|had been) told (?:\w+ ){0,6}that\b[^.]{0,80}<@>|<@>[^.]{0,60}?,? (?:<[ca]\d+>|it) (?:says|said|believes|confirmed)\b|<@>[^.;]{0,40}["'] ?(?:the|a|an|its|his|her|<[ca]\d+>'s) (?:[\w']+ ){0,3}` + paper + `\b|` +
		`<@>[^.;]{0,30}\b(?:is|was|are|were) (?:named|identified|blamed|listed|given) in (?:the |a |an |its )?(?:<c\d+>'s )?(?:[\w-]+ )?` + paper + `\b|` +
		`\b(?:identified|named|known|described|attributed)\b[^.;]{0,60}\b(?:by|to) (?:the )?<[ca]\d+>[^.;]{0,40}\bas <@>|\b(?:attributed|traced) (?:by (?:the )?<[ca]\d+> )?to[^.;]{0,40}<@>[^.;]{0,40}by (?:the )?<[ca]\d+>`)
	// The council, an agency or who leads it takes up what was said of the group before: "confirmed as much", "accepts that finding".
	agrees = mustCompile(`(?:<[ca]\d+>|\b` + inOffice + `|\b(?:he|she|it|we|police))\b?[^.]{0,120}?\b(?:confirm(?:s|ed)|satisfied|accepts?|accepted|agrees?|agreed|convinced|in no doubt|sure)\b[^.]{0,60}\b(?:as much|that (?:group|gang|name|finding|much)|the (?:group|gang) (?:was|is)|it was responsible|th(?:at|is) (?:attribution|assessment)|who did it|who was responsible)\b`)
	// "<@> had nothing to do with this", "it was not <@>"; not "<@> did not reply".
	cleared = mustCompile(`<@>[^.;]{0,70}?\b(?:is|was) not (?:thought|believed|suspected|understood) to\b|<@>[^.;]{0,60}?\bit (?:had not|has not|did not|hadn't|hasn't|didn't) (?:hit|attack\w*|touch\w*|carr\w+|hack\w*|done|do|target\w*)\b|\b(?:nothing|no (?:\w+ )?(?:evidence|sign|signs|indication|suggestion|reason|link|proof))\b[^.;]{0,60}<@>[^.;]{0,30}\b(?:involved|involvement|responsib\w+|behind|to blame|had a hand|part in|work)\b|(?:link|link\w* (?:it|the attack|them|this)|connection|connect\w* (?:it|the attack)) (?:to|with) <@>[^.;]{0,20}\b(?:was|is|had been) (?:not |never |un)\w*|<@>[^.;]{0,60}\b(?:is|are|was|were) (?:simply |just |quite |plain )?(?:wrong|untrue|false|mistaken|incorrect|not true|nonsense|unfounded|baseless|a mistake|ruled out)\b|<@>,? but [^.]{0,90}\b(?:mistake|wrong|not the case|a different (?:group|gang)|another (?:group|gang))\b|\bruled out <@>|<@>[^.;]{0,60}?(?:had nothing to do|has nothing to do|was not (?:behind|responsible|involved)|is not responsible|denied (?:any |having |that |being |it\b|involvement|responsibility)|distanced itself)|\b(?:not|wasn't|isn't),? (?:the |a |an |from |by |the work of )*(?:gang |group )?<@>|\bdenie[sd] (?:that |reports that |claims that )?(?:the )?<@> (?:gang |group )?(?:had|was|is|were)\b|\b(?:wrongly|mistakenly|hoax|(?:earlier|previous|original) version)\b[^.;]{0,40}?<@>|\bno (?:evidence of|link (?:to|with))[^.;]{0,30}<@>|<@>[^.;]{0,30}\b(?:was|is) a (?:hoax|fake|forgery)\b|\bearlier version\b[^.;]{0,160}<@>`)
	// "That screenshot? A spoof.", "We should not have.", "make of that what you will".
	takenBack = mustCompile(`^(?:we|this (?:site|page|paper|article)|our report) (?:\w+ )?(?:attributed|blamed|named|linked|pinned|put)\b|\b(?:a|an|was|were|is|be|just|only) (?:\w+ )?(?:spoof|hoax|prank|forgery|fake|joke)\b|\bwe (?:should not|shouldn't|ought not to) have\b|\bmake of (?:that|it|this) what you (?:will|like|want)\b|\bconfused (?:this|it|the two|the attack) with\b`)
	// A group that is only compared: "like <@>", "formerly <@>".
	compared = mustCompile(`\b(?:neither|nor)\b[^.;]{0,40}<@>|<@> nor\b|\b(?:members?|affiliates?|leaders?|servers|arrests?|takedown|infrastructure) of <@>[^.;]{0,60}\b(?:arrest|unrelated|seiz|court|jail|charg)\w*|\b(?:much|just|exactly|the way|in the way) as <@>|\b(?:track\w*|stud(?:y|ies|ied)|follow\w*|research\w*|written about|negotiat\w* with) (?:the )?<@>|<@>[^.;]{0,60}\b(?:was|were|had been|has been) (?:taken down|dismantled|disrupted|sanctioned|broken up|shut down|seized|raided)\b|\b(?:i've|i have|have|we have|we've) no idea\b|\bafter the <@> attack on\b|\bpeople say <@>|\b(?:like|such as|similar to|unlike|including|formerly|rival|rivals of|other attacks by)\b[^.;]{0,30}<@>|\b(?:other|past|previous|earlier|several|many) (?:[\w-]+ )?(?:councils|attacks|victims|targets|authorities|organisations|hospitals)\b[^.;]{0,60}<@>|<@>[^.;]{0,40} (?:in|on) (?:other|past|previous|earlier) (?:\w+ )?(?:attacks|cases|incidents)\b|\bwhat <@> usually\b|if you are <@>|<@>'s lawyer`)
)

var attributionWeight = map[string]int{"REPORTED": 1, "CLAIMED": 2, "CONFIRMED": 3}

// threatActors are the groups to which an incident is attributed, each with its strongest attribution. A group that the
// article takes back is none.
//
// It reads "INC Ransom has claimed the attack" as CLAIMED; it must not read "unlike LockBit, the gang" at all.
func (p *page) threatActors(sents []*tagged, struck []CouncilImpact) []ActorRole {
	best := map[string]ActorRole{}
	gone := map[string]bool{}
	var order []string
	for i, t := range p.sents {
		for _, g := range t.tags(0, len(t.s), 't') {
			if p.takesBack(i) || cleared.MatchString(t.low[:g.start]+"<@>"+t.low[g.end:]) {
				for _, id := range g.n.ids {
					gone[id] = true
				}
				p.refuse(t, "the group is said to have had no part")
			}
		}
	}
	for _, t := range sents {
		i := slices.Index(p.sents, t)
		for _, g := range t.tags(0, len(t.s), 't') {
			low := t.low[:g.start] + "<@>" + t.low[g.end:]
			if compared.MatchString(low) || p.struckAnother(t, g, low, struck) {
				continue
			}
			how := "REPORTED"
			voice := p.speakerOf(t, g.start)
			switch {
			case hearsay.MatchString(low):
			case claims.MatchString(low) && !unclaimed.MatchString(low):
				how = "CLAIMED"
			case (voice != "" && voice != "unnamed source" || p.voice != "" || p.agencyVoice != "") && !refusesTo.MatchString(low),
				(confirms.MatchString(low) || p.officialGoesOn(i, low)) && !unnamedSource.MatchString(low) && !refusesTo.MatchString(low), t.quoted[g.start] && t.spoke != "":
				how = "CONFIRMED"
			}
			if how != "CONFIRMED" && p.agreed(i) {
				how = "CONFIRMED"
			}
			if how == "REPORTED" && !tied.MatchString(low) && !t.heading {
				continue
			}
			if how == "CLAIMED" {
				voice = "attacker"
			}
			for _, id := range g.n.ids {
				if gone[id] {
					continue
				}
				old, there := best[id]
				if !there {
					order = append(order, id)
				}
				if !there || attributionWeight[how] > attributionWeight[old.Attribution] {
					actor, _ := p.r.g.ActorByID(id)
					certainty := certaintyOf(t.low)
					if how == "CONFIRMED" {
						certainty = ledger.Stated
					}
					best[id] = ActorRole{Name: actor.Name, ID: id, Attribution: how, Evidence: p.evidence(t, 0, len(t.s), voice, certainty)}
				}
			}
		}
	}
	var out []ActorRole
	for _, id := range order {
		out = append(out, best[id])
	}
	return out
}

var (
	// "He confirmed that the software used was <@>": whoever "he" is.
	heNames = mustCompile(`^["']?(?:he|she|they|it|the (?:spokes\w+|leader|chief executive|director|inspector|superintendent|detective)) (?:also |has |have |had |later |then )*(?:confirm\w*|nam(?:ed|es)|said|says|identified|told|blamed|revealed|disclosed|added|attributed)\b[^.]*<@>`)
	inPost  = mustCompile(`\b(?:leader|chief executive|director|head of|spokes\w+|mayor|councillor|cllr|cabinet member|inspector|superintendent|officer|<[ca]\d+> (?:said|says|confirmed))\b`)
)

// agreed is whether one of the two sentences behind this one takes up the group that it names, in the words of the council or an agency.
func (p *page) agreed(i int) bool {
	for k := i + 1; k < len(p.sents) && k <= i+2; k++ {
		t := p.sents[k]
		if t.para > p.sents[i].para+1 || len(t.tags(0, len(t.s), 't')) > 0 {
			return false
		}
		if t.says(agrees) && !t.says(refusesTo) && !outsider.MatchString(t.s) {
			return true
		}
	}
	return false
}

const strikeVerbs = `(?:hit|hits|struck|strikeVerbs|attack(?:ed|s)|hack(?:ed|s)|breach(?:ed|es)|cripple[sd]|paralysed|target(?:ed|s)|raided|extorted|brought down|took down|knocked out|infected|shut|robbed|looted|listed|named|rummages through|broke into|stole from|leaked|posted)`

var (
	// "the British Library was crippled by <@>", "Hackney lost its systems to <@>", "the <@> attack on a hospital".
	fellTo = mustCompile(`(?P<v>[^.;:]{0,120}?)\b(?:(?:was|were|been|being|got) (?:\w+ )?` + strikeVerbs + `\b[^.;]{0,40} by|lost [^.;]{0,40} to|fell (?:victim )?to|victim of|published by|leaked by) [^.;]{0,40}<@>`)
	// "LockBit hit a hospital in Bristol".
	felled = mustCompile(`<@>(?:'s)?(?: (?:gang|group|crew|hackers|ransomware|clones))?(?: has| have| had| also| previously)*,? ` + strikeVerbs + ` (?P<v>[^.;:]{2,90})`)
	// What is of the incident told of.
	ours = mustCompile(`\b(?:it|its|they|their|we|our|this|the (?:council|authority|attack|breach|city|county|borough|district|town hall|systems?|servers?|network|files|data|documents|website|site|seven|two|three|both)(?:'s)?|systems?|servers?|network|computers?|files|data|records|documents|scans|passports?|details|samples?|screenshots?|pages?|targets|victims|list|names?|gigabytes|website|sites)\b`)
	// "after an attack on <c1>": the last council that is struck in a clause.
	attackOn = mustCompile(`\b(?:attack|raid|breach|hack|assault)\b[^.;<]{0,30} (?:on|at|of|against) (?:the )?(<c\d+>)`)
	// "was behind the attack on Synnovis": as the text is written, for a name begins high.
	attackOnName = mustCompile(`\b(?:[Aa]ttacks?|[Rr]aids?|[Bb]reach(?:es)?|[Hh]acks?|[Aa]ssaults?|[Tt]hefts?) (?:\w+ )?(?:on|at|of|against) (?:the )?(?:(?:\w+ ){0,3}(?:hospitals?|library|universit(?:y|ies)|schools?|retailers?|colleges?|compan(?:y|ies)|firms?|airline|trust)|[A-Z]\w+)`)
	onSomeDay    = mustCompile(`(?:on|at|of) (?:the )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$|(?:of|at|on) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*$`)
	// "which has been seen in attacks on firms": what else is told of a group beside what it did here.
	inPassing = mustCompile(`^[^.;]{0,20}, (?:which|who|whose|that|a|an|the|one|best|also|known|notorious|blamed|more|already|itself)\b`)
	// What ties a group to the incident where it is merely named: "is behind it", "the gang is".
	tied = mustCompile(`\b(?:looks? like|looked like|bears?|bore|behind|responsib\w+|blam\w+|work of|handiwork|hallmarks?|marks of|signature|signed|linked|pointed? (?:\w+ )?(?:to|at)|points? (?:\w+ )?(?:to|at)|fingered|culprits?|perpetrators?|attributed|identified|traced|suspect\w*|believed|understood|understands|thought|reckon\w*|named|the name|did it|contact\w*|talked about|carried out|(?:gang|group|crew|outfit|attackers?|hackers|criminals|note|message|malware|ransomware|strain|software|code|intruders|thieves)\b[^.;]{0,50}\b(?:is|was|were|are|as|by|of|from|called|known|name|calling|calls?|matched|using)|demand\w*|dealing with|it (?:is|was|were)|(?:this|that) (?:is|was))\b`)
	// What nobody of the council says: "is aware of reports that", "rumours".
	hearsay = mustCompile(`\b(?:reports? that|speculation|rumou?rs?|media reports|press reports|suggestions? that|talk of)\b[^.;]{0,60}<@>`)
)

// struckAnother is whether a sentence tells of what a group did to somebody else: to a council that is none of those struck, or to no council.
//
// It reads "Gateshead Council was listed by the Medusa gang" as of another; it must not read "the council was listed by the Medusa gang".
func (p *page) struckAnother(t *tagged, g tagAt, low string, struck []CouncilImpact) bool {
	if m := attackOn.FindStringSubmatch(low); m != nil && !p.anyStruck(t, m[1:], struck) {
		return true
	}
	if m := attackOnName.FindStringIndex(t.s); m != nil && !onSomeDay.MatchString(t.s[m[0]:m[1]]) && (m[0] < g.start || !inPassing.MatchString(t.low[g.end:m[0]])) {
		return true
	}
	for _, re := range []*pattern{fellTo, felled} {
		if m := re.FindStringSubmatchIndex(low); m != nil {
			v := re.group(m, "v")
			if at := v[0] + len(otherClauseTail(low[v[0]:v[1]])); re == fellTo {
				v[0] = at
			}
			if tags := tagPattern.FindAllString(low[v[0]:v[1]], -1); len(tags) > 0 {
				return !p.anyStruck(t, tags, struck)
			}
			return low[v[0]:v[1]] != "" && !ours.MatchString(low[v[0]:v[1]]) && strings.TrimSpace(low[v[0]:v[1]]) != ""
		}
	}
	return false
}

// anyStruck is whether one of the councils of some tags is struck by the incident, or no tag is a council's.
func (p *page) anyStruck(t *tagged, tags []string, struck []CouncilImpact) bool {
	council := false
	for _, tag := range tags {
		n := t.name(tag)
		if n == nil || n.kind != ledger.Council {
			continue
		}
		council = true
		if slices.ContainsFunc(struck, func(c CouncilImpact) bool { return c.Impact != ledger.Unaffected && slices.Contains(n.ids, c.ID) }) {
			return true
		}
	}
	return !council
}

// otherClauseTail is a run up to where its last clause begins.
func otherClauseTail(run string) string {
	at := 0
	for _, m := range boundary.FindAllStringIndex(run, -1) {
		at = m[1]
	}
	return run[:at]
}

// officialGoesOn is whether the sentence of this number names a group in the words of the official who spoke in one of the four before.
func (p *page) officialGoesOn(i int, low string) bool {
	if !heNames.MatchString(low) {
		return false
	}
	for k := i - 1; k >= 0 && k >= i-4; k-- {
		if t := p.sents[k]; outsider.MatchString(t.s) {
			return false
		} else if t.says(inPost) {
			return true
		}
	}
	return false
}

// takesBack is whether a sentence takes back what it says of a group, or the next does: "We named a gang. We should not have."
func (p *page) takesBack(i int) bool {
	if p.sents[i].says(takenBack) || i+1 == len(p.sents) {
		return p.sents[i].says(takenBack)
	}
	next := p.sents[i+1]
	return next.para == p.sents[i].para && len(next.tags(0, len(next.s), 't')) == 0 && next.says(takenBack)
}

// "no group had put its hand up": the group that is named has claimed nothing either.
var unclaimed = mustCompile(`\b(?:has|have|had)(?:n't| not| yet to| never)(?: yet)? (?:claim\w*|taken (?:credit|responsibility))\b|\b(?:no (?:\w+ )?(?:group|gang|one|hackers?|criminals?|crew)|nobody)\b[^.;]{0,30}\b(?:claim\w*|put|taken|admitted|owned|responsib\w+|credit)\b`)

var refusesTo = mustCompile(`\b(?:refus\w+|declin\w+|would not|will not|won't|whether|tell us|sources?|understood|opposition|heard|asked not to be named|anonym\w+|off the record)\b`)
