package extract

import (
	"strings"
)

// A person is somebody named with what the article says of their post.
type person struct {
	name     string
	role     string // "" where it gives none
	org      string // id of a council or an agency; "" where the post is at another body, or none
	t        *tagged
	from, to int  // of the words about the post
	at       int  // of the name
	refused  bool // a reporter, an expert, a member of parliament, somebody of another body
}

const (
	courtesy = `(?:Cllrs?|Coun|Clr|Councillors?|Alderman|Alderwoman|Ald|Cyng|Y Cynghorydd|Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Rev|The Rt Hon|Rt Hon)`
	rank     = `(?:(?:Temporary |Acting )?(?:Detective |Det )?(?:Chief )?(?:Inspector|Superintendent|Sergeant|Supt|Insp|Sgt|Constable)|DCI|DI|DS|DC|PC|DCS|Det Supt|Assistant Chief Constable|Deputy Chief Constable|Chief Constable|Commander|Deputy Commissioner)`
)

var (
	nameWord   = `[A-Z][\p{L}']*[\p{Ll}][\p{L}']*(?:-[\p{L}']+)*`
	personName = mustCompile(`\b(?:(` + courtesy + `|` + rank + `)\.? )*((?:[B-HJ-Z]\.? ){1,3}` + nameWord + `|` + nameWord + `(?:(?: [A-Z]\.?| de| van| von| der| le| la| al| ap| ab| ferch| bin)* ` + nameWord + `){1,3})`)
	honour     = mustCompile(`^(?:(?:` + courtesy + `|` + rank + `)\.? )+`)
	councillor = mustCompile(`^(?:Cllrs?|Coun|Clr|Councillors?|Alderman|Alderwoman|Ald|Cyng|Y Cynghorydd)\b`)
	ranked     = mustCompile(`^` + rank + `\b`)
	// Words that are no part of a person's name.
	noName = mustCompile(`^(?:The|A|An|In|On|At|By|For|From|But|And|It|Its|He|She|They|We|Our|This|That|These|Those|When|While|After|Before|If|As|Since|Until|Last|Next|Council|Councils|City|County|Borough|District|Metropolitan|Royal|London|Police|Service|Services|Centre|Office|Hall|House|Street|Road|Group|Team|Unit|Department|Ministry|Agency|Commission|Corporate|Communications|University|College|School|Hospital|Trust|NHS|News|Post|Times|Guardian|Telegraph|Today|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|Cyber|Security|Data|Information|Digital|Online|Local|National|Central|Government|Labour|Conservative|Conservatives|Liberal|Democrat|Democrats|Green|Reform|Party|Image|Images|Getty|Read|More|Get|Share|Register|Sign|Latest|Related|Skip|Home|Published|Updated|Senior|Reporter|Editor|Managing|Chief|Deputy|Executive|Director|Head|Leader|Mayor|Member|Cabinet|Officer|Manager|Spokesperson|Spokesman|Spokeswoman|Live|Wi-Fi|My|Account|Ltd|Limited|Plc|Association|Society|Union|Management|North|South|East|West|Northern|Southern|Eastern|Western|Great|Greater|Saint|Update|Democracy|Reporting|Tax|Housing|Social|Care|Customer|Public|Emergency|Freedom|Advice|Action|Bank|Christmas|Easter|New|Year|Town|Village|Green|Park|Lane|Square|Tower|Company|Solutions|Systems|Technology|Technologies|Parking|Nobody|Nothing|Everything|Some|Most|Many|Two|Three|Four|Five|Six|Who|What|Why|How|Where|Write|Contact|Speaking|Asked|Signed|Background|Aggravating|Mitigating|Officers|Detectives|Residents|Staff|Sources|Councillor|Councillors|Opposition|Portfolio|Holder|Chair|Shadow|Interim|Former|Acting|Detective|Inspector|Superintendent|Constable|Commissioner|European|British|English|Welsh|Scottish|Irish|Russian|Big|Brother|Watch|Press|Association|Premier|League|United|Wanderers|Albion|Rovers|Windows|Microsoft|Facebook|Twitter|Instagram|Google|Bitcoin|Case|Articles|Article|Section|Act|Photo|Picture|Credit|Copyright|Story|Continues|Advertisement|Breaking)$`)
)

const (
	post = `(?:leader|executive|exec|director|head|manager|officer|member|planner|clerk|archivist|accountant|surveyor|strategist|coordinator|co-ordinator|technologist|mayor|councillor|spokesperson|spokesman|spokeswoman|commissioner|inspector|superintendent|constable|sergeant|holder|chair|chairman|chairwoman|chairperson|secretary|solicitor|treasurer|lead|controller|registrar|auditor|ombudsman|convener|convenor|provost|adviser|commander|counsel|engineer|librarian|boss|minister|ceo|cio|ciso)(?: (?:officer|member|director|manager|executive|holder|leader|councillor|lead))?`
	// A word within a post before its head: "strategic", "chief information", "section 151"; never a verb or a tag.
	before = `(?:[\w&'/-]+ ){0,5}?`
	words  = `[\w&'/-]+(?:(?:, and |, | and | & | )[\w&'/-]+){0,11}`
)

var (
	// ", the council's strategic director of city developments" after a name.
	roleAfter = mustCompile(`^(?:,? ?(?:\(|-|,) ?|: )(?:(?:who is|who became|who was (?:made|appointed|named)|who took over as|and|then|now) )?((?:(?:the|a|an|its|our|their|his|her)(?: own| actual| new| former| acting| then)? )?(?:(<[ca]\d+>)(?:'s?|s')? )?(?:(?i:(` + before + post + `))\b)((?: (?:of|for|with responsibility for|responsible for|on|to) (?:the )?` + words + `)?)((?:,? (?:of|at|for|with|from|in) (?:the )?<[ca]\d+>)?))`)
	// "the council's chief executive, " before a name.
	roleBefore = mustCompile(`((?:(?:the|a|an|its|our|their|\b[Tt]he|\b[Ii]ts)(?: own| actual| new| former| acting)? )?(?:(<[ca]\d+>)(?:'s?|s')? )?(?:\b(?i:(` + before + post + `))\b)((?: (?:of|for|with responsibility for|responsible for) (?:the )?` + words + `)?)((?: (?:of|at|for|with|from) (?:the )?<[ca]\d+>(?: cabinet)?)?))(?: there)?(?:,|:| \(|,? -)? ?$`)
	// "who leads the Labour group", "who speaks for Canterbury" after a name.
	whoDoes = mustCompile(`^,? ((?:who|which) (?:now |currently |also )?(leads for|leads|heads|runs|chairs|speaks for|manages|directs|oversees|is responsible for|looks after|represents|is in charge of|holds|has)(?: up)? (?:the )?(<[ca]\d+>'s [\w ]{3,40}|` + words + `|(?:[\w&'/-]+ ){0,6}<[ca]\d+>)((?: (?:at|for|of|in) (?:the )?<[ca]\d+>)?))`)
	// "Beatrix Lee and she is the chief executive".
	andIs = mustCompile(`^ (and (?:she|he) is (?:the |a )?(?:(<[ca]\d+>)(?:'s)? )?(?i:(` + before + post + `))\b)`)
	// "Detective Inspector Ann Lee, of the Kent Police cyber crime unit", "DCI Lee of Kent Police".
	rankedOf = mustCompile(`^,? (?:who is |from|of|at|with)(?: the)? (?:[\w' -]{0,40}?)?(<a\d+>)`)
	// "for the Liberal Democrats" after a name.
	forParty = mustCompile(`^,? ?(?:for the|of the|\() ?(Liberal Democrats?|Lib Dems?|Labour(?: group| Party)?|Conservatives?(?: group)?|Greens?|Green Party|Reform(?: UK)?|Plaid Cymru|SNP|Independents?)\b`)
	// Where a post ends.
	roleStops = mustCompile(`(?i)(?:,? (?:said|says|say|told|tells|added|adds|explained|explains|insisted|warned|warns|stated|states|believes?|believed|apologised|confirmed|confirms|admitted|described|called|wrote|writes|puts|put|thinks?|commented|urged|promised|could|can|stopped|has|have|had|is|was|were|are|who|which|that|will|would|at|by|from|in|on|told|pressed|praised|repeated|refused|declined|announced|used|thanked|hopes|hoped|expects?|complained|replied|revealed|pointed|points|blamed|gave|gives|took|made|as|when|where|during|after|before|because|since|while|but|speaking|speaks|whose|with|went|came|found|did|does|also|defended|stressed|claimed|reassured|welcomed|responded|issued|signed|met|played|ran|runs|later|yesterday|today|<[cats]\d+>)\b.*$|,? <[cats]\d+>.*$)`)
	// People whose words are no official's.
	outsider   = mustCompile(`(?i)\b(?:MPs?|MSP|MS|AM|analyst|researcher|threat research\w*|threat intel\w*|research lead|expert|professor|lecturer|lectures|lecturer|negotiat\w+|consultant|journalist|reporter|editor|correspondent|columnist|union|unison|gmb|unite|branch secretary|campaign\w*|victim|pensioner|claimant|mother|father|mum|dad|parent|pundit|blogger|barrister|lawyer|shop owner|founder|minister|secretary of state|security firm|company|taxpayers|photographer|presenter|charity|residents' association|tenants' association|campaign group|think tank|consultancy)\b`)
	otherOwner = mustCompile(`\b[A-Z][\w&.-]*(?: [A-Z][\w&.-]*)*(?:'s|s') (?:[\w-]+ ){0,4}$|\b[A-Z][\w&.-]*(?:'s|s') `)
	otherOrg   = mustCompile(`^ (?:of|for|at|from) (?:the )?[A-Z][\w&-]+`)
	otherFirm  = mustCompile(`^,? (?:at|from|for|with) (?:the |a |an )?(?:[A-Z][\w&-]+|(?:[\w-]+ ){0,3}(?:firm|company|charity|consultancy|association|union|think tank|provider|supplier|vendor)\b)`)
	bylineLine = mustCompile(`(?i)^(?:by|words|words by|reporting by|additional reporting by|live reporting|story by|written by|author|reporter)\b:?`)
	speech     = mustCompile(`(?:\b(?:said|says|added|told|warned|explained|asked|according to|thinks|believes|wrote) (?:(?:` + courtesy + `)\.? )?$)`)
	speechNext = mustCompile(`^,? (?:\d{2},? )?(?:from [A-Z][\w ]+, )?(?:said|says|added|told|warned|explained|thinks|believes|wrote|has said|fears|worries|points out)\b`)
)

// people finds everybody named with a post, a rank or the title of a councillor, and those who speak.
//
// It reads "said spokesperson Ann Lee" and "Ann Lee, who leads Kent"; it must not take "Ann Lee, an analyst at Acme"
// or the reporter in "By Ann Lee" for an official.
func (p *page) people() []*person {
	var out []*person
	for i, t := range p.sents {
		if bylineLine.MatchString(t.s) && t.heading {
			continue
		}
		for _, m := range personNames(t.s) {
			if x := p.personAt(i, t, m); x != nil {
				out = append(out, x)
			}
		}
	}
	return append(out, p.laterPosts()...)
}

// personNames are the matches of personName in s. A name begins anew behind words with capitals that are none, so that
// "Interim Chief Executive Ann Lee" and "Conservative Cllr Ann Lee" are read whole.
func personNames(s string) [][]int {
	var out [][]int
	for at := 0; ; {
		m := personName.FindStringSubmatchIndex(s[at:])
		if m == nil {
			return out
		}
		for i := range m {
			if m[i] >= 0 {
				m[i] += at
			}
		}
		if first, _, more := strings.Cut(s[m[4]:m[5]], " "); more && m[4] == m[0] && noName.MatchString(first) {
			at = m[4] + len(first) + 1
			continue
		}
		out = append(out, m)
		at = m[1]
	}
}

// personAt is the person named at a match of personName, nil if it names none.
func (p *page) personAt(i int, t *tagged, m []int) *person {
	begin, end := m[4], m[5]
	title := ""
	if h := honour.FindString(t.s[m[0]:]); h != "" && m[0]+len(h) <= begin {
		title = h
	}
	parts := strings.Split(t.s[begin:end], " ")
	for len(parts) > 0 && noName.MatchString(parts[0]) {
		begin += len(parts[0]) + 1
		parts = parts[1:]
	}
	for n := 0; n < 2 && n+2 < len(parts); n++ {
		if strings.HasSuffix(parts[n], "'s") { // "Sinn Fein's Ann Lee"
			begin += len(strings.Join(parts[:n+1], " ")) + 1
			parts = parts[n+1:]
			break
		}
	}
	for n, w := range parts {
		if noName.MatchString(w) {
			end = begin + len(strings.Join(parts[:n], " "))
			parts = parts[:n]
			break
		}
	}
	if len(parts) < 2 || len(parts) > 4 {
		return nil
	}
	last := parts[len(parts)-1]
	if strings.HasSuffix(last, "'s") {
		end -= 2
	}
	x := &person{name: t.s[begin:end], t: t, at: begin, from: begin, to: end}
	if p.isReporter(x.name) {
		x.refused = true
		return x
	}
	left, right := t.s[:m[0]], t.s[end:]
	if !bracketed.MatchString(right) {
		right = partyMark.ReplaceAllString(right, ", ")
	}
	if h := atTheHall.FindStringSubmatchIndex(right); h != nil {
		right = right[:h[2]] + right[h[3]:]
	}
	skipped := len(t.s) - end - len(right) // a party or an age in brackets, which the post follows, and where the post is
	if begin != m[4] {
		left = t.s[:begin]
	}
	left = strings.TrimSuffix(left, title)
	if whereNot.MatchString(left) && title == "" && !(strings.HasSuffix(left, "from ") && roleAfter.MatchString(right)) {
		return nil
	}
	switch {
	case playedBy.MatchString(left):
		x.refused = true
		return x
	case p.postAfter(x, right), p.postBefore(x, left), p.signs(i, x, left, right):
	case ranked.MatchString(title):
		x.role = strings.TrimSpace(strings.TrimSuffix(title, " "))
		x.from = m[0]
		if o := rankedOf.FindStringSubmatchIndex(right); o != nil {
			x.org = p.orgOf(t, right[o[2]:o[3]])
			x.to = end + o[1]
		}
	case forParty.MatchString(right):
		f := forParty.FindStringSubmatchIndex(right)
		x.role, x.to = strings.TrimSuffix(right[f[2]:f[3]], "s")+" councillor", end+f[1]
	case councillor.MatchString(title):
		x.role, x.from = "councillor", m[0]
	case speech.MatchString(left), speechNext.MatchString(right), outsider.MatchString(right[:min(len(right), 40)]), outsider.MatchString(left[max(0, len(left)-30):]):
		x.refused = true
		return x
	default:
		return nil
	}
	if x.refused {
		return x
	}
	if x.to > end && x.to < len(t.s) {
		x.to = min(x.to+skipped, len(t.s))
	}
	if x.to < len(t.s) && t.s[x.to] == ')' && strings.Contains(t.s[end:x.to], "(") {
		x.to++
	}
	if councillor.MatchString(title) || ranked.MatchString(title) {
		x.from = min(x.from, m[0])
	}
	if x.org == "" && !p.ofAnother(i, t, x) {
		x.org = p.employer(i, t, x)
	}
	if x.org == "" || outsider.MatchString(x.role) {
		x.refused = true
	}
	return x
}

// "assistant director for digital at Shire Hall, told us": the seat of the council says no more than "the council".
var atTheHall = mustCompile(`^[^.;"]{3,90}?( at (?:the )?(?:Shire|County|Town|City|Guild|Civic|Council) ?(?:[Hh]all|[Cc]entre|[Hh]ouse))`)

// bracketed is a post in brackets, as minutes have it: "Councillors Q Harcourt (Chairman), T Desai". Not: a party.
var bracketed = mustCompile(`^ \((?i:(?:vice[- ]|deputy |acting )?(?:chair(?:man|woman|person)?|leader|mayor|convener|provost))\)`)

// postAfter reads a post that follows the name.
func (p *page) postAfter(x *person, right string) bool {
	base := x.at + len(x.name)
	if m := roleAfter.FindStringSubmatchIndex(right); m != nil {
		if otherOwner.MatchString(right[m[2]:m[6]]) || otherOwner.MatchString(right[m[6]:m[7]]) {
			x.refused = true
			return true
		}
		if aFormer.MatchString(right[m[2]:m[6]]) || aFormer.MatchString(right[m[6]:m[7]]) || outOfPost.MatchString(right[m[6]:m[7]]) && strings.HasSuffix(right[m[2]:m[6]], "a ") {
			x.refused = true // "a former government adviser": who comments from outside
			return true
		}
		p.post(x, right, m[2], m[4], m[5], m[6], m[7], m[8], m[9], m[10], m[11], base)
		return true
	}
	if m := whoDoes.FindStringSubmatchIndex(right); m != nil {
		verb, what := right[m[4]:m[5]], ownedPost.ReplaceAllString(right[m[6]:m[7]], "")
		what = roleStops.ReplaceAllString(what, "")
		tags := tagPattern.FindAllString(right[m[2]:m[3]], -1)
		next := tagNext.FindStringSubmatch(right[m[3]:])
		if len(tags) > 0 {
			x.org = p.orgOf(x.t, tags[len(tags)-1])
		} else if next != nil {
			x.org = p.orgOf(x.t, next[1]) // "who leads the Labour group at Kent"
		} else if ownAffair.MatchString(what) {
			x.refused = true // "who runs a roofing firm"
			return true
		} else if otherFirm.MatchString(right[m[7]:]) || elsewhereAt.MatchString(right[m[6]:m[7]]) {
			x.refused = true
			return true
		}
		if i := strings.Index(what, " <"); i >= 0 {
			what = what[:i]
		}
		what = strings.TrimSpace(strings.TrimPrefix(tagPattern.ReplaceAllString(what, ""), "'s "))
		for _, cut := range []string{" at", " for", " of", " in"} {
			what = strings.TrimSuffix(what, cut)
		}
		switch verb {
		case "has":
			brief, _, ok := strings.Cut(what, " brief")
			if !ok {
				brief, _, ok = strings.Cut(what, " portfolio")
			}
			if !ok {
				return false // "who has three children"
			}
			x.role = "responsible for " + brief
		case "leads for":
			if _, field, ok := strings.Cut(" "+what, " on "); ok {
				what = field
			}
			x.role = "lead for " + what
		case "leads":
			x.role = strings.TrimSpace(what + " leader")
		case "heads":
			x.role = "head of " + what
		case "speaks for":
			x.role = "spokesperson"
		case "chairs":
			x.role = strings.TrimSpace("chair of " + what)
		case "represents":
			x.role = "councillor"
		default:
			x.role = "responsible for " + what
		}
		x.role = strings.TrimSuffix(strings.TrimSuffix(x.role, " of "), "head of ")
		x.to = base + m[3]
		return true
	}
	if m := andIs.FindStringSubmatchIndex(right); m != nil {
		x.role, x.to = right[m[6]:m[7]], base+m[3]
		if m[4] >= 0 {
			x.org = p.orgOf(x.t, right[m[4]:m[5]])
		}
		return true
	}
	return false
}

// postBefore reads a post that stands before the name.
func (p *page) postBefore(x *person, left string) bool {
	from := max(0, len(left)-160)
	m := roleBefore.FindStringSubmatchIndex(left[from:])
	text := left[from:]
	if m == nil {
		if o := ownedPostBefore.FindStringSubmatchIndex(text); o != nil && !outsider.MatchString(text[o[4]:o[5]]) && !noPost.MatchString(text[o[4]:o[5]]) {
			x.org, x.role, x.from = p.orgOf(x.t, text[o[2]:o[3]]), text[o[4]:o[5]], from+o[2]
			return true
		}
		return false
	}
	if otherOwner.MatchString(text[m[2]:m[6]]) || otherOwner.MatchString(text[m[6]:m[7]]) || otherOwner.MatchString(text[:m[6]]) && m[4] < 0 && strings.HasSuffix(strings.TrimSpace(text[:m[6]]), "'s") {
		x.refused = true
		return true
	}
	p.post(x, text, m[2], m[4], m[5], m[6], m[7], m[8], m[9], m[10], m[11], from)
	x.from, x.to = from+m[6], x.at+len(x.name)
	if m[4] >= 0 {
		x.from = from + m[4]
	}
	return true
}

// post fills role and organisation from the parts of a matched post.
func (p *page) post(x *person, s string, start, og0, og1, head0, head1, tail0, tail1, end0, end1, base int) {
	role := s[head0:head1]
	stop := head1
	if tail1 > tail0 {
		of := s[tail0:tail1]
		if kept := roleStops.ReplaceAllString(of, ""); strings.Count(strings.TrimSpace(kept), " ") > 0 || kept == of {
			of = lastComma(kept)
		} else {
			of = ""
		}
		if strings.TrimSpace(of) != "" && otherOrg.MatchString(of) && topPost.MatchString(role) && !strings.Contains(of, "ouncil") && !partyGroup.MatchString(of) {
			x.refused = true
			return
		}
		if strings.Count(strings.TrimSpace(of), " ") > 0 {
			role += of
			stop = tail0 + len(of)
		}
	}
	switch {
	case og0 >= 0:
		x.org = p.councilMeant(x.t, s[og0:og1])
	case end1 > end0:
		x.org = p.orgOf(x.t, tagPattern.FindString(s[end0:end1]))
		stop = end1
	default:
		rest := s[stop:]
		if m := atBody.FindStringSubmatchIndex(rest); m != nil {
			x.org = p.orgOf(x.t, rest[m[2]:m[3]])
			stop += m[1]
		} else if otherFirm.MatchString(rest) && !strings.HasPrefix(rest, ",") || !x.t.heading && firmLast.MatchString(rest) {
			x.refused = true
			return
		}
	}
	role = strings.TrimSpace(role)
	if m := withinRole.FindStringIndex(s[head0:head1]); m != nil {
		role = strings.TrimSpace(role[m[1]:]) // "played by the librarian"
	}
	if firmsOwn.MatchString(role) || membersOwn.MatchString(role) {
		x.refused = true
		return
	}
	if x.org == "" && (firmPost.MatchString(role) || role == "Clerk") { // a bare clerk is a parish's
		x.refused = true
		return
	}
	if strings.HasPrefix(role, "s ") {
		x.refused = true // "Publica's managing director": of an arrangement or a group
		return
	}
	for _, w := range []string{"the ", "a ", "an ", "its ", "our ", "their ", "actual ", "said ", "says ", "new ", "own "} {
		role = strings.TrimPrefix(role, w)
	}
	x.role = role
	x.to = base + stop
}

// lastComma cuts a post's field at its first comma unless an "and" closes the list: "finance, housing and growth".
func lastComma(s string) string {
	i := strings.Index(s, ",")
	if i < 0 || strings.Contains(s[i:], " and ") || strings.Contains(s[i:], " & ") {
		return s
	}
	return s[:i]
}

// orgOf is the council or agency of a tag; of several the main one, else the first.
func (p *page) orgOf(t *tagged, tag string) string {
	n := t.name(tag)
	if n == nil || len(n.ids) == 0 {
		return ""
	}
	for _, id := range n.ids {
		if id == p.main {
			return id
		}
	}
	return n.ids[0]
}

var voices = mustCompile(`(?i)^(?:[\w ]*spokes\w+|press officer)$`)

// employer is the body that the text is speaking of where a post is given without one.
func (p *page) employer(i int, t *tagged, x *person) string {
	if strings.Contains(strings.ToLower(x.role), "minister") {
		return ""
	}
	letters := "c"
	if voices.MatchString(x.role) || ranked.MatchString(x.role) {
		letters = "ca"
	}
	if strings.Contains(strings.ToLower(x.role), "commissioner") {
		letters = "a"
	}
	its := strings.Contains(t.s[max(0, x.from-5):min(len(t.s), x.to)], " its ") || strings.HasPrefix(t.s[x.from:], "its ")
	if its {
		letters = "ca"
	}
	if ranked.MatchString(x.role) {
		letters = "a"
	}
	if (signed.MatchString(t.s) || t.heading && p.voice == "") && p.agencyVoice != "" {
		return p.agencyVoice
	}
	paras := 0
	for k := i; k >= 0 && k >= i-8; k-- {
		s := p.sents[k]
		if k < i && s.para != p.sents[k+1].para {
			paras++
		}
		if letters == "c" && (paras > 1 || paras == 1 && p.councilsIn(s.para, k) > 1) {
			break
		}
		for _, m := range tagPattern.FindAllStringIndex(s.s, -1) {
			n := s.name(s.s[m[0]:m[1]])
			if its && k == i && m[0] > x.at {
				continue
			}
			if s.quoted[m[0]] || strings.IndexByte(letters, s.s[m[0]+1]) < 0 || n.how == byPlace || len(n.ids) == 0 {
				continue
			}
			org := p.orgOf(s, s.s[m[0]:m[1]])
			if paras > 0 && p.cleared[org] {
				continue
			}
			return org
		}
	}
	if letters == "a" {
		return p.agencyVoice
	}
	if p.strikesAnother() && !ofCouncil.MatchString(strings.ToLower(x.role)) {
		return ""
	}
	if letters == "c" && p.main != "" {
		return p.main
	}
	if len(t.focus) > 0 {
		return t.focus[0]
	}
	return ""
}

// Posts that only councils have.
var ofCouncil = mustCompile(`councillor|cabinet member|portfolio holder|leader`)

// "Ann Lee (Lib Dem), cabinet member": the party stands between.
var partyMark = mustCompile(`^(?: \([A-Z][\w ,']{1,40}\)|, \d{2})(?:, | - )`)

// "Leicester's resources committee".
var ownedPost = mustCompile(`^<[ca]\d+>'s `)

// "in Rowley Regis": a place.
var whereNot = mustCompile(`\b(?:in|at|near|from|outside|around) (?:the )?$`)

var (
	elsewhereAt = mustCompile(`\b(?:at|in) (?:the )?[A-Z]`)
	topPost     = mustCompile(`(?i)(?:executive|leader|spokes\w+|boss|chair\w*|ceo)$`)
	atBody      = mustCompile(`^,? (?:of|at|for|with|from|in) (?:the )?(<[ca]\d+>)`)
)

var signed = mustCompile(`^(?:Signed|Yours)`)

// councilsIn is how many councils the paragraph that ends with sentence k names.
func (p *page) councilsIn(para, k int) int {
	seen := map[string]bool{}
	for ; k >= 0 && p.sents[k].para == para; k-- {
		for _, g := range p.sents[k].tags(0, len(p.sents[k].s), 'c') {
			for _, id := range g.n.ids {
				seen[id] = true
			}
		}
	}
	return len(seen)
}

func (p *page) isReporter(name string) bool {
	for _, b := range p.a.Byline {
		if strings.EqualFold(strings.TrimSpace(b), name) || strings.Contains(strings.ToLower(b), strings.ToLower(name)) {
			return true
		}
	}
	return false
}
