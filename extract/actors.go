package extract

import (
	"spillover/ledger"
)

var (
	// "a gang named <@> has claimed to have stolen data", "<@> listed the council on its leak site"; not "linked to <@>".
	claims = mustCompile(`<@>[^.;]{0,90}?\b(?:claim(?:ed|s|ing)?|said (?:that )?(?:it|the attack|this) (?:was|had)|said (?:on|in|via|through) [^.;,]{3,60} that (?:it|they) (?:had|was|were|has|have)|says it|indicated that it|boast(?:ed|s)?|took credit|taken credit|takes credit|posted|posts|published|publishes|lists|leaks|dumps|listed|added (?:the council|it|<c\d)|leaked|threaten(?:ed|s)|responsibility|offer(?:ed|s|ing)|sells?|selling|sold|auction\w*|put (?:the |its |up )|bragg\w+|crow(?:ed|s|ing)|gloat\w+|uploaded|dumped|released|(?:gave|given|gives|giving|set|sets) (?:the (?:council|authority|city)|it|<c\d+>)|demand(?:s|ed|ing)?|wants|counting down|countdown|deadline|days to (?:pay|find|respond))(?:\b|\d)|\b(?:claim(?:ed|s)?|responsibility|credit)\b[^.;]{0,60}?\b(?:by|from)\b[^.;]{0,40}?<@>|\bon <@>'s (?:\w+ ){0,3}(?:leak )?(?:site|blog|page|channel)|\bleak site (?:of|run by) (?:the )?<@>`)
	// "The council confirmed that <@> was behind it."; not "the council would not say whether it was <@>".
	confirms = mustCompile(`(?:<[ca]\d+>|\bstatement\b|\bpolice\b|\bwe\b|\bchief executive\b|\bleader\b)[^.]{0,120}?\b(?:confirm(?:ed|s)?|named?|said|says|identified|attribut\w+|blam\w+|found|told|believes?|left|works? of|carried out)\b[^.]{0,120}?<@>|(?:according to|told by|advised by|assessment (?:of|by)|in the view of|confirmation from) (?:the )?<[ca]\d+>[^.]{0,100}<@>|<@>[^.]{0,60}?(?:,? according to|,? named by|,? identified by|,? blamed by) (?:the )?(?:<[ca]\d+>|council|police|force|regulator|notice|report)|\b(?:report|notice|letter|paper|briefing|minutes|update|cabinet member|director|officials?|officers)\b[^.]{0,80}\b(?:confirm\w*|nam(?:es|ed|ing)|identif\w+|attribut\w+|blam\w+)\b[^.]{0,80}<@>|<@>[^.]{0,60}?,? (?:<[ca]\d+>|it) (?:says|said|believes|confirmed)\b|<@>[^.;]{0,30}\b(?:is|was|are|were) (?:named|identified|blamed|listed|given) in (?:the |a |an |its )?(?:<c\d+>'s )?(?:[\w-]+ )?(?:report|notice|letter|paper|briefing|minutes|update|review)\b|\b(?:identified|named|known|described|attributed)\b[^.;]{0,60}\b(?:by|to) (?:the )?<[ca]\d+>[^.;]{0,40}\bas <@>|\b(?:report|notice|letter|paper|briefing|minutes|update|cabinet member|director|officials?|officers|<[ca]\d+>)[^.;]{0,60}\b(?:conced\w+|accept\w*|acknowledg\w+|admit\w*|calls?|called|pins?|pinned|holds?|disclos\w+|reveal\w*|conclud\w+|establish\w*)\b[^.]{0,80}<@>|\b(?:attributed|traced) (?:by (?:the )?<[ca]\d+> )?to[^.;]{0,40}<@>[^.;]{0,40}by (?:the )?<[ca]\d+>`)
	// "<@> had nothing to do with this", "it was not <@>"; not "<@> did not reply".
	cleared = mustCompile(`<@>[^.;]{0,60}?(?:had nothing to do|has nothing to do|was not (?:behind|responsible|involved)|is not responsible|denied (?:any |having |that |being |it\b|involvement|responsibility)|distanced itself)|\b(?:not|wasn't|isn't),? [^.;:'"]{0,20}<@>|\b(?:wrongly|mistakenly|hoax|(?:earlier|previous|original) version)\b[^.;]{0,40}?<@>|no (?:evidence|link)[^.;]{0,40}<@>|<@>[^.;]{0,30}\b(?:was|is) a (?:hoax|fake|forgery)\b|\bearlier version\b[^.;]{0,160}<@>`)
	// "That screenshot? A spoof.", "We should not have.", "make of that what you will".
	takenBack = mustCompile(`\b(?:a|an|was|were|is|be|just|only) (?:\w+ )?(?:spoof|hoax|prank|forgery|fake|joke)\b|\bwe (?:should not|shouldn't|ought not to) have\b|\bmake of (?:that|it|this) what you (?:will|like|want)\b|\bconfused (?:this|it|the two|the attack) with\b`)
	// A group that is only compared: "like <@>", "formerly <@>".
	compared = mustCompile(`\b(?:like|such as|similar to|unlike|including|formerly|rival|rivals of|other attacks by)\b[^.;]{0,30}<@>|\bwhat <@> usually\b|if you are <@>|<@>'s lawyer`)
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
				confirms.MatchString(low) && !unnamedSource.MatchString(low) && !refusesTo.MatchString(low), t.quoted[g.start] && t.spoke != "":
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
