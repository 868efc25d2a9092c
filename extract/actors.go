package extract

import (
	"slices"

	"spillover/ledger"
)

const (
	// What a gang says of itself.
	brags = `(?:boast(?:ed|s|ing)?|took credit|taken credit|takes credit|bragg\w+|brags|crow(?:ed|s|ing)|gloat\w+)`
	// What a gang does with a victim's name and files.
	publishes = `(?:post(?:ed|s|ing)|publish\w+|lists|listed|listing|leaks|leaked|leaking|dumps|dumped|dumping|upload\w+|releas(?:ed|es|ing)|displayed|advertis\w+|auction\w*|offer(?:ed|s|ing)|sells|selling|sold|threaten\w*|wants|add(?:ed|s) (?:the |it\b|its |<c)|(?:plac(?:ed|es)|puts?|named?|names) (?:the |it\b|its |up\b|<c)|(?:gave|given|gives|giving|set|sets) (?:the (?:council|authority|city)|it|<c\d+>)|demand(?:s|ed|ing)? (?:£|\$|\d|an? |money|bitcoin|the council|that ))`
)

var (
	// "a gang named <@> has claimed to have stolen data", "<@> listed the council on its leak site"; not "linked to <@>".
	claims = mustCompile(`<@>(?:'s)?(?:[^.;]|\.\d){0,90}?\b(?:claim\w*|said (?:that )?(?:it|they|the attack|this) (?:was|were|had|has|have)|said (?:on|in|via|through) [^.;,]{3,60} that (?:it|they) (?:had|was|were|has|have)|says (?:it|they)|indicated that it|` + brags + `|` + publishes + `|counting down|countdown|deadline|days to (?:pay|find|respond)|responsibility)(?:\b|\d)|` +
		`\b(?:claim(?:ed|s)?|responsibility|credit)\b[^.;]{0,60}?\b(?:by|from)\b[^.;]{0,40}?<@>|` +
		`\b(?:posted|published|listed|leaked|dumped|uploaded|released|advertised|offered|shared|put up|put online|made public|auctioned|placed)\b[^.;]{0,40} by (?:the )?(?:[\w-]+ ){0,4}<@>|` +
		`\bon <@>'s (?:[\w-]+ ){0,3}(?:leak )?(?:site|blog|page|channel|portal)|<@>'s (?:[\w-]+ ){0,3}(?:site|blog|page|channel|portal)\b[^.;]{0,60}\b(?:lists?|listed|names?|named|shows?|showed|says|said|carries|carried|claims?)|` +
		`\b(?:site|blog|page|channel|portal|forum)\b[^.;]{0,20}\b(?:of|run by|operated by|belonging to|maintained by|used by|kept by|linked to) (?:the )?(?:[\w-]+ ){0,4}<@>`)
	// "The council confirmed that <@> was behind it."; not "the council would not say whether it was <@>".
	confirms = mustCompile(`(?:<[ca]\d+>|\bstatement\b|\bpolice\b|\bwe\b|\bchief executive\b|\bleader\b)[^.]{0,120}?\b(?:confirm(?:ed|s)?|named?|said|says|identified|attribut\w+|blam\w+|found|told|believes?|left|works? of|carried out)\b[^.]{0,120}?<@>|(?:according to|told by|advised by|assessment (?:of|by)|in the view of|confirmation from) (?:the )?<[ca]\d+>[^.]{0,100}<@>|<@>[^.]{0,60}?(?:,? according to|,? named by|,? identified by|,? blamed by) (?:the )?(?:<[ca]\d+>|council|police|force|regulator|notice|report)|\b(?:report|notice|letter|paper|briefing|minutes|update|cabinet member|director|officials?|officers)\b[^.]{0,80}\b(?:confirm\w*|nam(?:es|ed|ing)|identif\w+|attribut\w+|blam\w+)\b[^.]{0,80}<@>|<@>[^.]{0,60}?,? (?:<[ca]\d+>|it) (?:says|said|believes|confirmed)\b|<@>[^.;]{0,30}\b(?:is|was|are|were) (?:named|identified|blamed|listed|given) in (?:the |a |an |its )?(?:<c\d+>'s )?(?:[\w-]+ )?(?:report|notice|letter|paper|briefing|minutes|update|review)\b|\b(?:identified|named|known|described|attributed)\b[^.;]{0,60}\b(?:by|to) (?:the )?<[ca]\d+>[^.;]{0,40}\bas <@>|\b(?:officials|officers|director|leader|chief executive|cabinet member)\b[^.]{0,40}\b(?:told|said|briefed|informed)\b[^.]{0,80}<@>|\b(?:report|notice|letter|paper|briefing|minutes|update|cabinet member|director|officials?|officers|<[ca]\d+>)[^.;]{0,60}\b(?:conced\w+|accept\w*|acknowledg\w+|admit\w*|calls?|called|pins?|pinned|holds?|disclos\w+|reveal\w*|conclud\w+|establish\w*)\b[^.]{0,80}<@>|\b(?:attributed|traced) (?:by (?:the )?<[ca]\d+> )?to[^.;]{0,40}<@>[^.;]{0,40}by (?:the )?<[ca]\d+>`)
	// "<@> had nothing to do with this", "it was not <@>"; not "<@> did not reply".
	cleared = mustCompile(`<@>[^.;]{0,60}?(?:had nothing to do|has nothing to do|was not (?:behind|responsible|involved)|is not responsible|denied (?:any |having |that |being |it\b|involvement|responsibility)|distanced itself)|\b(?:not|wasn't|isn't),? [^.;:'"]{0,20}<@>|\b(?:wrongly|mistakenly|hoax|(?:earlier|previous|original) version)\b[^.;]{0,40}?<@>|no (?:evidence|link)[^.;]{0,40}<@>|<@>[^.;]{0,30}\b(?:was|is) a (?:hoax|fake|forgery)\b|\bearlier version\b[^.;]{0,160}<@>`)
	// "That screenshot? A spoof.", "We should not have.", "make of that what you will".
	takenBack = mustCompile(`\b(?:a|an|was|were|is|be|just|only) (?:\w+ )?(?:spoof|hoax|prank|forgery|fake|joke)\b|\bwe (?:should not|shouldn't|ought not to) have\b|\bmake of (?:that|it|this) what you (?:will|like|want)\b|\bconfused (?:this|it|the two|the attack) with\b`)
	// A group that is only compared: "like <@>", "formerly <@>".
	compared = mustCompile(`\b(?:like|such as|similar to|unlike|including|formerly|rival|rivals of|other attacks by)\b[^.;]{0,30}<@>|\b(?:other|past|previous|earlier|several|many) (?:[\w-]+ )?(?:councils|attacks|victims|targets|authorities|organisations|hospitals)\b[^.;]{0,60}<@>|<@>[^.;]{0,40} (?:in|on) (?:other|past|previous|earlier) (?:\w+ )?(?:attacks|cases|incidents)\b|\bwhat <@> usually\b|if you are <@>|<@>'s lawyer`)
)

var attributionWeight = map[string]int{"REPORTED": 1, "CLAIMED": 2, "CONFIRMED": 3}

// threatActors are the groups to which an incident is attributed, each with its strongest attribution. A group that the
// article takes back is none.
//
// It reads "INC Ransom has claimed the attack" as CLAIMED; it must not read "unlike LockBit, the gang" at all.
func (p *page) threatActors(sents []*tagged) []ActorRole {
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
			if compared.MatchString(low) {
				continue
			}
			how := "REPORTED"
			voice := p.speakerOf(t, g.start)
			switch {
			case claims.MatchString(low) && !unclaimed.MatchString(low):
				how = "CLAIMED"
			case (voice != "" && voice != "unnamed source" || p.voice != "" || p.agencyVoice != "") && !refusesTo.MatchString(low),
				(confirms.MatchString(low) || p.officialGoesOn(i, low)) && !unnamedSource.MatchString(low) && !refusesTo.MatchString(low), t.quoted[g.start] && t.spoke != "":
				how = "CONFIRMED"
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

var refusesTo = mustCompile(`\b(?:refus\w+|declin\w+|would not|will not|won't|whether|tell us|sources?|understood)\b`)
