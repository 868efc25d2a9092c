package extract

import (
	"sort"
	"strings"

	"spillover/ledger"
)

// A duty is a turn of phrase that gives an agency, written <@>, its role.
type duty struct {
	role string
	re   *pattern
}

const inquiry = `(?:investigating|investigation|investigations|investigated|investigates|looking into|looked into|looking at|inquir\w+|enquir\w+|probe|probing|asking questions|asked for (?:an? |more |further |the )?(?:full |detailed |written )?(?:account|details|information|explanation|report|answers|evidence|copies)|trying to identify|(?:demanded|wants|sought|seeking) (?:an? |more |further )?(?:full |detailed |written )?(?:account|explanation|answers)|trying to establish|trying to find out|examining|pursuing|hunting|chasing|on the trail|looking for (?:the (?:culprits?|people|person|gang|hackers?)|those|whoever)|(?:has|have|took|taken up|has taken) the case\b|on to it\b|has it\b|have it\b|trying to trace|tracking down|leading the (?:criminal )?(?:case|investigation|inquiry)|in charge of the|lines of inquiry|assessing the information|considering the|recorded a crime|opened a file|sent questions|carrying out|on the case|(?:running|has taken over|took over|now ha(?:s|ve)|leading on|heading|picked up) the case\b|closed (?:its|the) (?:case|file)|on it\b)`

var (
	// The agency is told: what follows the name is what the council does, not the agency.
	asObject = mustCompile(`(?:notif(?:y|ied|ying|ies)|inform(?:ed|ing|s)?|told|tell(?:ing)?|alert(?:ed|ing)?|let|contact(?:ed|ing)?|report(?:ed|ing)? (?:\w+ ){0,8}(?:to|with)|refer(?:red|ring)? (?:\w+ ){0,6}to|in touch with|breach report to|self-report(?:ed)? to)(?: both)?(?: the)?(?: police and the| [\w' ]{1,40}(?: at| of| and| from)(?: the)?)? ?<@>`)
	passive  = mustCompile(`<@>,? (?:also )?(?:which|who|whose \w+) (?:now |also |since )?(?:is|are|has|have|had|was|were|will)\b`)
	// Advice to readers gives an agency no role: "anyone with information should contact Kent Police".
	advice = mustCompile(`\b(?:should|please|urg(?:ed|es|ing)|encourag\w+|advis(?:ed|ing) (?:residents|people|anyone)|asked to|residents can|you can|anyone (?:who|with)|if (?:you|the latter)|follow|visit|for more|call)\b[^.;]{0,140}<@>`)

	duties = []duty{
		// "<@> is investigating." "<@> said it was making enquiries." Not: "<@> was told of the investigation."
		{"INVESTIGATING", mustCompile(`<@>(?:'s?)?(?:[^.;<]|<[cat]\d+>){0,90}?\b` + inquiry)},
		{"INVESTIGATING", mustCompile(`<@>[^.;]{0,60}?\b(?:opened|launched|begun|began|started|leads|leading|taken (?:on|over))\b[^.;]{0,40}?(?:investigation|inquiry|case|probe|criminal)`)},
		// "<@> has received the report and will be making enquiries" at the start of a sentence.
		{"INVESTIGATING", mustCompile(`^["' ]*(?:the )?<@>[^.;]{0,300}?\b(?:will be|is|are|has been|and is|have begun) (?:now |also )?(?:making (?:\w+ )?(?:enquir|inquir)|investigating|looking into)`)},
		// "<@> has issued a reprimand", "<@> fined the council", "<@> gave it a telling-off".
		{"INVESTIGATING", mustCompile(`<@>[^.;]{0,70}?\b(?:reprimand\w*|fined|fine of|fining|penalty|telling-off|ruled that|found that|concluded|criticised|enforcement|has the servers|seized|arrested|charged|imposed|rapped|undertaking|executed)\b`)},
		// "Detectives from <@>", "investigated by <@>", "an inquiry by <@>", "fined by <@>".
		{"INVESTIGATING", mustCompile(`\b(?:detectives?|investigators?|officers (?:from|at) (?:the )?[\w ]{0,30}cyber crime unit)\b[^.;]{0,40}?(?:from|at|of|with) (?:the )?<@>|\bpolice (?:officers )?from (?:the )?<@>|(?:investigat\w+|inquiry|inquiries|enquiries|probe|examined|looked into|reprimand\w*|fined|fine|penalty|arrested|criticised|handed)\b[^.;<]{0,60}? (?:by|from|of|with) (?:the )?<@>|\bhanded (?:\w+ ){0,3}to (?:the )?<@>|\b(?:inspector|superintendent|sergeant|constable|dci|di|ds)\b[^.;]{0,60}? (?:of|from|at) (?:the )?<@>`)},
		// "working with <@> as part of this criminal investigation"; not "working with <@> as they investigate".
		{"INVESTIGATING", mustCompile(`\bwork\w*\b[^.;]{0,160}<@>[^.;]{0,140}?\b(?:to investigate|as part of (?:this|the|an|its)[\w ]{0,30}(?:investigation|inquiry)|(?:which|who) are (?:pursuing|investigating))`)},
		// "<a1> is investigating alongside <@>".
		{"INVESTIGATING", mustCompile(`<a\d+>[^.;]{0,60}\b(?:investigating|inquiries|enquiries|investigation)\b[^.;<]{0,20}\b(?:alongside|together with|jointly with|side by side with) (?:the )?<@>`)},
		// "with the support of <@>", "<@> is advising", "working with <@>", "called in <@>". Not: "<@> supports councils".
		{"SUPPORTING", mustCompile(`\b(?:work(?:ing|ed|s)?|liais\w+|co-?operat\w+|engag\w+|collaborat\w+)\b[^.;]{0,40}?\b(?:with|alongside|beside|and)\b[^.;]{0,160}?<@>`)},
		{"SUPPORTING", mustCompile(`\b(?:help|support|backing|advice|assistance|guidance|supported|helped|assisted|advised|aided|backed|expertise|specialists|experts|people)\b[^.;]{0,40}?\b(?:from|of|by|with)\b[^.;]{0,80}?<@>`)},
		{"SUPPORTING", mustCompile(`<@>[^.;]{0,90}?\b(?:support(?:ing|ed)?|assist(?:ing|ed|ance)?|help(?:ing|ed)?|to help|advis(?:ing|ed)|on site|on hand|in the building|on the line|on the phone|holding (?:its|the council's|their) hand|boots on the ground|feet on the ground|lent|lending|seconded|offer(?:ing|ed)?|in touch with|in contact with|providing|provided|rebuild|on the phone|co-?ordinat\w+|paid (?:for|towards)|paying for|contributed|granted|(?:picked up|raised) the (?:first )?alarm|fund(?:ed|ing)|deploy(?:ed|ing)|dispatch(?:ed|ing)|step(?:ped|ping) in|set up|scanned|examined the (?:network|systems|servers) for|hosting|loaned)\b`)},
		// "<@> gave the council guidance", "<@> worked with the council", "co-ordinated with <@>"; not "<@> gave evidence".
		{"SUPPORTING", mustCompile(`<@>[^.;]{0,120}?\b(?:is|are) (?:also |now )?working with\b|<@>[^.;]{0,60}?\b(?:(?:gave|give|gives|giving|given|lent|lending|sent|sending|assigned|appointed|dispatched|offers?|provides?|brought|put) (?:\S+ ){0,5}(?:guidance|advice|support|help|assistance|expertise|specialists?|experts?|officers|advisers?|managers?|teams?|engineers|analysts|people|staff|a hand)|(?:is|are|was|were|been|has|have|had|also|and)? ?(?:work(?:ed|ing|s)? (?:\w+ )?(?:with|alongside|beside)|stepped in|(?:had|has|have|put|sent) (?:its )?(?:people|staff|specialists|experts|engineers|analysts|officers|a team) (?:in|at|on|with|to|there)|leading the (?:national )?(?:response|recovery)))\b|\b(?:co-?ordinat\w+|partnership|jointly|together|hand in hand|side by side) (?:\w+ )?with\b[^.;]{0,80}?<@>|\bso (?:are|is|have|has) (?:the )?<@>`)},
		{"SUPPORTING", mustCompile(`\b(?:called in|brought in|drafted in|turned to|enlisted|called on)\b[^.;]{0,60}?<@>`)},
		// "The council has informed <@>." "<@> has been told." Not: "<@> told residents".
		{"NOTIFIED", mustCompile(`\b(?:in touch|in contact) with\b[^.;]{0,110}?<@>|\b(?:notif\w+|inform(?:ed|ing|s)?|told|tell(?:ing)?|alert(?:ed|ing)?|report(?:ed|ing|s)?|refer(?:red|ral)|contact(?:ed|ing)?|let|flagged|passed|owned up|own up|confess\w*|come clean|came clean|(?:put|turned|reported|referred) (?:him|her|it|them)sel(?:f|ves) (?:forward|in)|gone to|went to|declared|disclosed|aware|called in|called|breach report|self-refer\w*)\b[^.;]{0,110}?<@>`)},
		{"NOTIFIED", mustCompile(`<@>[^.;]{0,60}?\b(?:told|informed|notified|aware|alerted|contacted|received|passed|took (?:the|a) (?:first |initial |original )?(?:call|report)|put on notice|logged the|took a report|kept (?:abreast|informed|up to date|in touch|posted)|recorded a crime|tipped off|logged|handed|notice|word|knows?|know|called|consulted|in the loop|contact with|had a report|has had|made us aware)\b`)},
	}
)

var weight = map[string]int{"NOTIFIED": 1, "SUPPORTING": 2, "INVESTIGATING": 3}

// agencies are the agencies that answer to an incident, each with its strongest role.
//
// It reads "the ICO, which is asking questions" as INVESTIGATING; it must not read "follow guidance from the NCSC" as
// any role.
func (p *page) agencies(sents []*tagged) []AgencyRole {
	best := map[string]AgencyRole{}
	var order []string
	for _, t := range sents {
		for _, g := range append(t.tags(0, len(t.s), 'a'), p.ownWords(t)...) {
			role, ok := p.roleIn(t, g)
			if !ok {
				continue
			}
			for _, id := range g.n.ids {
				role := role
				if a, _ := p.r.g.AgencyByID(id); role == "SUPPORTING" && a.Kind == "POLICE" && (id == p.agencyVoice || t.says(detectives)) {
					role = "INVESTIGATING" // what detectives do when they are "in the building"
				}
				old, there := best[id]
				if !there {
					order = append(order, id)
				}
				if !there || weight[role] > weight[old.Role] {
					agency, _ := p.r.g.AgencyByID(id)
					best[id] = AgencyRole{Name: agency.NameAt(p.a.PublishedOn), ID: id, Role: role, Evidence: p.whole(t)}
				}
			}
		}
	}
	var out []AgencyRole
	for _, id := range order {
		out = append(out, best[id])
	}
	return out
}

var detectives = mustCompile(`\b(?:detectives|criminal (?:matter|inquiry|investigation)|cyber[- ]?crime (?:unit|team|squad))\b`)

// ownWords is the "we" of an agency that is quoted: "We will be making enquiries," said its spokesman.
func (p *page) ownWords(t *tagged) []tagAt {
	if p.agencyVoice != "" && !strings.Contains(t.s, `"`) {
		if m := t.find(ownOfficers); m != nil {
			return []tagAt{{m[0], m[1], &name{kind: ledger.Agency, ids: some(p.agencyVoice)}}}
		}
	}
	agency, ok := p.r.g.AgencyByID(t.spoke)
	if !ok {
		return nil
	}
	for _, m := range t.findAll(weSpeak) {
		if t.quoted[m[0]] {
			return []tagAt{{m[0], m[1], &name{kind: ledger.Agency, ids: some(agency.ID)}}}
		}
	}
	return nil
}

// "Detectives are looking into it" on a force's own page.
var ownOfficers = mustCompile(`^(?:detectives|officers|police|investigators|we|the force)\b|\bour (?:inquir(?:y|ies)|enquir(?:y|ies)|investigations?)\b`)

var weSpeak = mustCompile(`\bwe\b|\bour (?:officers|detectives|investigators|inquiries|enquiries|investigation)\b`)

// roleIn is the role that a sentence gives the agency at a tag.
func (p *page) roleIn(t *tagged, g tagAt) (string, bool) {
	from := 0
	for _, m := range boundary.FindAllStringIndex(t.low[:g.start], -1) {
		if strings.HasPrefix(t.low[m[0]:], ", which ") || t.low[m[0]] == ':' {
			continue
		}
		from = m[1]
	}
	if all := andWe.FindAllStringIndex(t.low[from:g.start], -1); all != nil {
		from += all[len(all)-1][0]
	}
	if m := withAgency.FindStringIndex(t.low[from:g.start]); m != nil {
		from += m[0]
	}
	if strings.HasPrefix(t.low[g.start:], "our ") {
		return "INVESTIGATING", true // a force on its own page: "supports our inquiry"
	}
	low := t.low[from:g.start] + "<@>" + t.low[g.end:]
	if strings.HasPrefix(t.low[g.start:g.end], "we") && t.spoke != "" {
		low = "<@>" + t.low[g.end:] // what stands before in the quotation is others' deed
	}
	if bare := strings.Trim(low, ` "'`); bare == "<@>?" || bare == "the <@>?" {
		low = "<@> " + p.following(t) // "Kent Police? They are on the case."
	}
	if advice.MatchString(low) && !toldAlready.MatchString(low) {
		p.refuse(t, "advice to readers gives the agency no role")
		return "", false
	}
	if adviceHad.MatchString(low) {
		return "SUPPORTING", true
	}
	if noRole.MatchString(low) || parentOf.MatchString(low) {
		return "", false
	}
	if helpFrom.MatchString(low) && !ownDuty.MatchString(low) {
		return "SUPPORTING", true
	}
	if itsInquiry.MatchString(low) {
		return "INVESTIGATING", true
	}
	if passesOn.MatchString(low) {
		return "NOTIFIED", true
	}
	if m := whichDoes.FindStringIndex(low); m != nil && !ownInquiry.MatchString(low[m[1]:]) {
		// "told <@>, which said it was making enquiries": what the clause says of it, not what was done to it.
		if own := "<@> " + low[m[1]:]; duties[0].re.MatchString(own) && !anotherDoes.MatchString(duties[0].re.FindString(own)) {
			return "INVESTIGATING", true
		}
	}
	object := asObject.MatchString(low) && !passive.MatchString(low)
	for _, d := range duties {
		if object && d.role == "INVESTIGATING" && !strings.HasPrefix(strings.TrimSpace(low), "<@>") && !investigatedBy.MatchString(low) {
			continue
		}
		if object && d.role == "SUPPORTING" {
			continue
		}
		for _, m := range d.re.FindAllStringIndex(low, -1) {
			if ownInquiry.MatchString(low[m[0]:m[1]]) || anotherDoes.MatchString(low[m[0]:m[1]]) {
				continue
			}
			return d.role, true
		}
	}
	p.refuse(t, "an agency is named, but what it does about the incident is not said")
	return "", false
}

// following is the sentence after one, "" after the last.
func (p *page) following(t *tagged) string {
	i := sort.Search(len(p.sents), func(i int) bool { return p.sents[i].start > t.start })
	if i == len(p.sents) {
		return ""
	}
	return p.sents[i].low
}

var (
	// "..., with <@> advising": a clause of its own.
	withAgency = mustCompile(`, (?:with|while|and) (?:the )?$`)
	// "is investigating, with advice from <@>"; not "with help from <@>, which is investigating".
	helpFrom = mustCompile(`\b(?:support|backing|help|advice|assistance|guidance|expertise) (?:\w+ ){0,2}(?:from|of|by) (?:both )?(?:the )?(?:\w+ ){0,3}<@>`)
	ownDuty  = mustCompile(`<@>[^.;]{0,90}` + inquiry)
	// "have received guidance from <@>"; not "guidance from <@> says".
	adviceHad = mustCompile(`\b(?:received|receiving|getting|had|taken|taking|been given|with) (?:\w+ ){0,3}(?:guidance|advice|support|help) from (?:the )?(?:\w+ ){0,3}<@>`)
	whichDoes = mustCompile(`<@>(?: \([^)]*\))?,? (?:which|who|whose)\b`)
	// "<@> has sent a team, and the <a1> is investigating": what stands behind is another's.
	anotherDoes = mustCompile(`<@>[^<]*\b(?:passed|handed|referred|transferred) (?:on )?to (?:the )?<a\d+>[^<]*$|<@>[^<]*, (?:and|while|but) (?:the )?<a\d+>[^<]*$|<@>[^<]*\b(?:has|have|had|is|are|was|were)\b[^<]* and (?:that )?(?:the )?<a\d+>[^<]*$`)
	// "GCHQ's offshoot", "part of <@>": only whose the body named next is.
	parentOf = mustCompile(`<@>'s (?:offshoot|arm|branch|sister|part|division)\b|\b(?:part|arm|branch|offshoot|division) of (?:the )?(?:[\w-]+ ){0,3}<@>`)
	// "We told <@> and its inquiries continue."
	itsInquiry = mustCompile(`<@>[^.;<]{0,40}\b(?:and|whose) (?:its )?(?:inquir|enquir|investigation)`)
	// "<@> is investigating and we are supported by": the second half is another matter.
	andWe          = mustCompile(`\band (?:we|it|they|the council) (?:are|is|have|has|were|was) `)
	passesOn       = mustCompile(`<@>[^.;<]{0,30}\b(?:passed|handed|referred|took the (?:first )?call)\b`)
	investigatedBy = mustCompile(`(?:investigated|reprimanded|fined|inquiry|investigation) by (?:the )?<@>`)
	// "while our investigation takes place" is not the agency's.
	ownInquiry = mustCompile(`\bnot (?:currently |yet |itself )?(?:investigating|opened|launched|looking into)|\b(?:our|its own|their own|the council's) (?:\w+ )?(?:investigation|inquir\w+|enquir\w+)\b|as they investigate`)
	// "could not be reached", "no comment": the agency does nothing.
	// "urged residents to be careful and notified <@>".
	toldAlready = mustCompile(`(?:notified|informed|alerted|reported [\w ]{0,40}to|referred [\w ]{0,40}to) (?:the )?<@>|<@>[^.;]{0,40}(?:informed|notified|aware|investigating|enquir|inquir)`)
	noRole      = mustCompile(`\b(?:may|might|could) (?:also |yet )?(?:have to |need to )?(?:tell|notify|inform|report|refer)\b[^.;,]{0,40}<@>|\b(?:not|never|[a-z]+n't|without|yet to|need not|no need to|no (?:legal )?(?:duty|obligation) to)(?: (?:yet|been|itself|so far|required|needed|obliged|have|had|need|to))* (?:notify|notified|notifying|inform|informed|informing|told|tell|telling|report|reported|reporting|refer|referred|contacted|contact|alerted|alert)\b[^.;,]{0,40}<@>|<@>[^.;<]{0,30}\b(?:fined|reprimanded|criticised|rapped) (?:an?|another|several|two|three|other) (?:[\w-]+ ){0,3}(?:trust|hospital|company|firm|airline|school|university|force|charity|landlord|association|department|ministry|bank|council|councils)\b|\bnot (?:so far |yet |itself )?(?:been )?in (?:touch|contact) with\b[^.;]{0,40}<@>|<@>[^.;<]{0,30}\b(?:nobody|no one) (?:had |has |have )?(?:\w+ )?(?:told|informed|contacted|notified|rung|called|asked)\b|<@>[^.;<]{0,30}\b(?:was|were|has|had|have)(?: not|n't| never) (?:yet )?(?:been )?(?:told|informed|contacted|notified)\b|<@> (?:declined to comment|was approached|has been (?:approached|asked) for (?:a )?comment|figures|statistics|data show)|\b(?:survey|study|figures|statistics|research|analysis|guidance|guide) (?:published |issued )?(?:by|from|of) (?:the )?<@>|councils in general|approached (?:the )?<@>|<@>[^.;<]{0,20}\bcontacted (?:for|by (?:us|this|the (?:newsroom|newspaper|paper|reporter)))`)
)
