package extract

import (
	"slices"
	"strings"

	"spillover/ledger"
)

// Firms that do something for councils. A firm is named by what it is ("its parking contractor, Acme"), by the end of its name ("Acme
// Ltd") or by what it does ("Acme prints bills for"); that it is the councils' supplier must be said beside it, or of "the firm" later.

const (
	firmNoun = `(?:company|companies|firm|business|supplier|provider|contractor|sub-?contractor|vendor|outsourcer|developer|operator|bureau|maker|outfit|printer|start-?up|giant|(?:mailing|software|printing|print|clearing) house|debt collector|bailiff)s?`
	firmName = `([A-Z][\w&'-]*(?:(?: and| &)? [A-Z0-9][\w&'-]*){0,4})`
	// What stands before "for the council": what firms do for those who pay them.
	serves   = `(?:runs|ran|running|handles|handled|handling|provides|provided|providing|hosts|hosted|hosting|manages|managed|managing|processes|processed|processing|supplies|supplied|supplying|maintains|maintained|looks after|looked after|looking after|sells|sold|prints|printed|printing|issues|issued|issuing|serves|served|serving|operates|operated|collects|collected|collecting|answers|answered|answering|administers|administered|stores|stored|posts|posted|mails|mailed|sends out|sent out|delivers|delivered|does|did|makes|made|builds|built|develops|developed|designs|designed|works|worked|acts|acted|employs|books|takes|took|carries out|carried out|keeps|kept|holds|held|checks|shreds|shredded|scans|scanned|pays|repairs|repaired|cleans|empties)`
	servedBy = `(?:run|handled|provided|hosted|managed|processed|supplied|maintained|looked after|sold|printed|issued|operated|collected|answered|administered|stored|posted|delivered|made|built|developed|designed|written|held|kept|outsourced|contracted out|bought|leased|licensed)`
)

var (
	firmsNamed = []*pattern{
		// "the contractor Acme", "its IT supplier, Acme", "a company called Acme".
		mustCompile(`\b(?:` + firmNoun + `)(?:,| called| named| known as|, called|:)* ` + firmName),
		// "the company behind them, Acme Civic Software, has been attacked".
		mustCompile(`\b(?:` + firmNoun + `) (?:behind|that|which|responsible|in charge)\b[^.;,]{0,70}, ` + firmName),
		// "Acme, a Leeds company", "Acme, which is its payroll provider".
		mustCompile(firmName + `(?:,| \()(?: which is| who are)? ?(?:an?|the|its|their|our|one of|<c\d+>'s)\b (?:[\w'&-]+ ){0,5}?` + firmNoun + `(?:$|[,.;:)"']| (?:that|which|whose|behind|based|in|of|for|with|said|says|has|had|is|was|it|used|hired|paid|to|responsible|working|and|from|at|running|which)\b)`),
		// "run by Acme", "outsourced to Acme", "customers of Acme".
		mustCompile(`\b(?:` + servedBy + `(?: under contract| on its behalf| for (?:it|them|us|<c\d+>))? by|(?:outsourced|contracted out|sub-contracted) to|(?:bought|leased|licensed|rented) (?:in )?from|contracts? (?:with|to)|(?:customers?|clients?) of|handed (?:\w+ ){1,5}(?:over )?to|spokes\w+ for) (?:an? (?:[\w-]+ ){0,3}` + firmNoun + `,? (?:called |named )?|the (?:[\w-]+ ){0,3}` + firmNoun + `,? )?` + firmName),
		// "Acme's customers", "Acme's fee for running".
		mustCompile(firmName + `(?:'s|') (?:customers?|clients?|contracts?|fee|software|platform|booking system)\b`),
		// "Acme, which handles calls", "Acme prints bills for", "Acme told councils".
		mustCompile(firmName + `,?(?: (?:of|in|from|at) [A-Z]\w+,?)? (?:(?:which|whose|(?:to|for|through|with|from) (?:which|whom))\b|told councils|based in|has (?:also )?(?:contracts|` + serves + `)|also ` + serves + `|` + serves + `)`),
		mustCompile(`\b(?:us(?:es?|ed|ing)) ` + firmName),
		mustCompile(`\b([A-Z][\w&'-]*(?: [A-Z][\w&'-]*){0,3} (?:Ltd|Limited|plc|PLC|LLP|Inc|Software|Systems|Solutions|Technologies))(?:$|[^\w ]| (?:[^a-z]|(?:which|that|has|had|is|was|of|in|and|said|says|told|to|for|confirmed|discovered|found|admitted|runs|provides|by|with|on|at|from|also|did|does|will|would|but)\b))`),
	}
	// "the company that prints our bills", "another customer". Not: "a customer service desk".
	supplies = mustCompile(`\b(?:its|their|our|<c\d+>'s|the (?:council|authority|borough|city|county|district|councils|authorities)'s?) (?:own |main |former )?(?:[\w&-]+ ){0,4}` + firmNoun + `\b|\b` + firmNoun + `,? (?:that|which|who|behind|to (?:which|whom)|for)\b|\b` + serves + `\b[^.;]{0,90} (?:for|to|at|in|on behalf of) (?:both |the |several |many |some |other |a number of |\d+ |two |three |four |five |six |dozens of |more than \d+ )*(?:[\w-]+ ){0,3}(?:<c\d+>|councils|authorities|boroughs|districts|it\b|us\b|them\b|local government|the public sector|customers|clients)|\b(?:serves|served|serving|supplies|works for|acts for) (?:the |both |also )?(?:<c\d+>|[\w ]{0,20}councils)|\b(?:which|that|who) (?:also )?` + serves + ` (?:\w+ ){0,3}(?:its|their|our|the council's|the councils'|the authority's|the borough's|the city's|<c\d+>'s)\b|\bwhich <c\d+> (?:uses?|pays?|employs?|hires?)|\b(?:that|which) (?:it|they|we|<c\d+>) (?:uses?|pays?|employs?|hires?|bought|buys?)\b|\boutsourc\w+|\bcontract(?:s|ed|ing) out\b|\bcontract(?:s|ed)?\b|\bthird[- ]party|\b(?:customers?|clients?)\b|\bus(?:e|es|ed) (?:by|the|its|<)|\b(?:that|which also|also|councils) use[sd]?\b|\bbought from\b|\bhanded (?:it|this|them|the (?:work|job)|its [\w ]{3,30}) (?:over )?to\b|\bsame ` + firmNoun + `\b|\b(?:` + firmNoun + `)\b[^.;<]{0,40} (?:named|called)\b|\bsupplier|\bcontractor|\b(?:payroll|software|parking|printing|mailing|payments?|cloud|hosting|it|data|care) ` + firmNoun + `\b|\bin the hands of\b|\b` + servedBy + ` (?:by|to|from)\b`)
	// "called in the firm Acme", "the security company Acme": who helps is no supplier of what was struck.
	helper = mustCompile(`\b(?:(?:cyber[- ]?)?security|forensics?|incident[- ]response|recovery|anti-?virus|threat|intelligence|law|insurance|research|pr) (?:[\w-]+ ){0,2}(?:` + firmNoun + `|specialists?|experts?|consultants?|consultancy|group|team)\b|\b(?:called in|brought in|drafted in|engaged|enlisted|turned to|help (?:from|of)|helped by|advised by|experts? (?:at|from|with)|researchers? (?:at|from|with)|analysts? (?:at|from|with)|consultan\w+|think tank|has hired|have hired|incident responders?)\b|\b(?:warned|said|says|believes?|reckons?|estimat\w+) (?:that )?(?:many |most |all |some )?(?:councils|local authorities|(?:such )?attacks|hackers|gangs|the sector)\b|\b(?:specialist|expert|researcher|analyst|professor)\b`)
	// "stole the data from Acme": a firm, if the next words are on "the firm".
	somebody = mustCompile(`\b(?:(?:stole|taken|stolen|copied|leaked|downloaded)\b[^.]{0,40} from|attacked|breached|hacked|got into|broke into|broken into|(?:attack|raid) on|(?:breach|hack|leak) (?:at|of)) ` + firmName)
	// "the firm", "the same company": the one named before.
	theFirm = mustCompile(`\b(?:the|this|that) (?:[\w-]+ )?(?:same |stricken |hacked )?(?:firm|company|supplier|provider|vendor|contractor|business|outfit|developer|bureau)\b|\b(?:also|another|too) (?:one )?(?:a |of its )?(?:customer|client)|(?:of its|among its) (?:customers|clients)\b`)
	// "the authorities there that use Acme": who they are stands elsewhere.
	someUse = mustCompile(`(?:\b(?:councils|authorities|boroughs|districts)\b[^.;<]{0,30}|<c\d+> there) (?:that|which|who) (?:also )?(?:use|used|buy|pay)\b`)
	itDoes  = mustCompile(`^(?:it|they) (?:also )?` + serves + `\b`)
	// "Bury and Trafford also use the firm", "whose customers include Bury"; not "customers were told".
	customers = mustCompile(`\b(?:(?:<c\d+>'s|the council's|its|their|our) (?:[\w-]+ ){0,4}` + firmNoun + `|us(?:e|es|ed|ing)|customers?|clients?|contracts?|serves?|served|serving|suppl(?:y|ies|ied)|pays?|buys?|bought|taken|takes?|among|does|did|` + serves + ` [^.;]{0,60}(?:for|to|at|in))\b`)
	notTheirs = mustCompile(`\b(?:not|never|no longer|n't|(?:another|different|other) (?:[\w-]+ ){0,2}` + firmNoun + `|its own|their own|left|quit|dropped|moved|ended|used to|until|before|former(?:ly)?|in-?house)\b`)
	left      = mustCompile(`<c\d+>,? (?:which |who |that )?(?:has |have |had )?(?:(?:until|in|since|last|once) [^,.;<]{0,30} )?(?:left|quit|dropped|ceased to|ended its|was a customer until|moved (?:away|off|out)|no longer|stopped using|ended|(?:took|brought|taken|moved) [^.;<]{0,60}?(?:back )?in[- ]house|moved to another|switched to another)`)
	// "has a contractor of its own", "has never been a customer": no customer now.
	notClient = mustCompile(`^[^<]*\b(?:(?:another|a different|its own|their own) (?:[\w-]+ ){0,3}(?:supplier|provider|contractor|firm|company|vendor)|(?:contractor|supplier|firm|company) of (?:its|their) own|not (?:been )?(?:a )?(?:customer|client|user)|never (?:been )?(?:a )?(?:customer|client|used|signed up)|(?:do|does|did)(?:n't| not) use|(?:bought|used|paid|customer|client|contract|signed)\b[^.;<]{0,40} until (?:19|20)\d\d)\b`)
	itLeft    = mustCompile(`^(?:it|the (?:council|authority|borough|district|city)) (?:had |has |have )?(?:dropped|left|quit|stopped using|ended its contract|moved away)\b`)
	// "the Leicestershire Partnership": what councils have set up themselves.
	noSupplier = mustCompile(`\b(?:Partnership|Alliance|Consortium|Council|Authority|Police|Constabulary)$`)
	titled     = mustCompile(`\b(?:` + courtesy + `|` + rank + `)\.? $`)
	// Ends of sentences on firms that are no names.
	noFirm = mustCompile(`^(?:The|A|An|In|On|At|By|For|But|And|It|Its|He|She|They|We|Our|This|That|These|Those|When|While|After|Before|If|As|Since|Until|Last|Next|Council|Councils|Hackers|Attackers|Criminals|Police|Detectives|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|Staff|Officers|Residents|Tenants|Councillors?|Cllr|Mr|Mrs|Ms|Dr|Sir|Dame|Nobody|Nothing|Everything|Some|Most|Many|Two|Three|Four|Five|Six|Both|All|Each|Who|What|Why|How|Where|There|Here|Yes|No|Not|Only|Other|Another|Neither|One|Anyone|Windows|Facebook|Twitter|WhatsApp|Instagram|Excel|PDFs?|IT|ICT|GDPR|NHS|UK|Labour|Conservatives?|English|Welsh|Scottish|British|Russian)$`)
)

// firmIn is the firm that a sentence names, "" if it names none.
func (p *page) firmIn(t *tagged) string {
	if f := p.knownProvider(t.s); f != "" {
		return f
	}
	for _, re := range firmsNamed {
		for _, m := range re.FindAllStringSubmatchIndex(t.s, -1) {
			if honour.MatchString(t.s[m[2]:m[3]]) || noSupplier.MatchString(t.s[m[2]:m[3]]) {
				continue
			}
			name := strings.TrimSuffix(strings.TrimSuffix(t.s[m[2]:m[3]], "'s"), "'")
			first, rest, more := strings.Cut(name, " ")
			for more && noFirm.MatchString(first) {
				name = rest // "In May Acme told councils"
				first, rest, more = strings.Cut(name, " ")
			}
			if noFirm.MatchString(first) || !more && p.commonWord(name) || strings.HasPrefix(t.s[m[3]:], ", who ") || titled.MatchString(t.s[:m[2]]) || p.isReporter(name) || len(name) < 3 {
				continue
			}
			return name
		}
	}
	return ""
}

// commonWord is whether the article also writes a word small: "Websites run by" names no firm.
func (p *page) commonWord(w string) bool {
	return strings.Contains(p.v.s, " "+strings.ToLower(w)) || strings.HasSuffix(w, "ing")
}

// suppliers is the arrangement by which councils use one firm: the firm that the article names as theirs, and the councils of the incident
// that had not left it.
//
// It reads "Acme Ltd issues permits for Kent County Council" as SUPPLIER; it must not read "the council has called in the security firm
// Acme".
func (p *page) suppliers(sents []*tagged, struck []CouncilImpact) []Arrangement {
	provider, pending, loose := "", "", ""
	looseAt, unnamed := -2, false
	var at *tagged
	gone := map[string]bool{}
	var using []string
	for i, t := range sents {
		for _, g := range t.tags(0, len(t.s), 'c') {
			if left.MatchString(t.low[g.start:]) || notClient.MatchString(t.low[g.end:clauseEnd(t, g.end)]) {
				for _, id := range g.n.ids {
					gone[id] = true
				}
			}
		}
		if len(t.focus) == 1 && itLeft.MatchString(t.low) {
			gone[t.focus[0]] = true
		}
		firm := p.firmIn(t)
		again := firm == "" && (t.says(theFirm) || t.says(itDoes)) || firm != "" && provider != "" && strings.HasPrefix(provider, firm)
		if firm != "" && t.says(helper) && !t.says(ownFirm) {
			continue
		}
		if firm != "" {
			pending = firm
		} else if m := somebody.FindStringSubmatch(t.s); m != nil && !again && !noFirm.MatchString(m[1]) && !t.says(helper) {
			loose, looseAt = m[1], i
		}
		if !t.says(supplies) {
			continue
		}
		if again && provider == "" {
			if firm = pending; firm == "" && looseAt == i-1 {
				firm = loose
			}
		}
		if provider == "" {
			provider = firm
		}
		if provider == "" {
			continue
		}
		if unnamed = unnamed || t.says(someUse); (firm == provider || again) && t.says(customers) && !t.says(someUse) {
			using = append(using, p.usersIn(t)...)
		}
		if at == nil || len(at.tags(0, len(at.s), 'c')) == 0 {
			at = t
		}
	}
	if provider == "" || at == nil {
		return nil
	}
	a := Arrangement{Kind: "SUPPLIER", Provider: &provider, Evidence: p.whole(at)}
	for _, c := range struck {
		if !gone[c.ID] && (len(using) == 0 || unnamed || c.Impact != ledger.Unaffected || c.ID == p.main || slices.Contains(using, c.ID)) {
			a.Members = append(a.Members, c.Name)
		}
	}
	for _, id := range using {
		if n := p.r.nameOf(id); !gone[id] && !slices.Contains(a.Members, n) {
			a.Members = append(a.Members, n)
		}
	}
	if len(a.Members) == 0 {
		return nil
	}
	return []Arrangement{a}
}

// "its security company": a supplier all the same.
var ownFirm = mustCompile(`\b(?:its|their|our|<c\d+>'s|council's) (?:[\w&-]+ ){0,4}(?:supplier|provider|contractor|vendor)\b`)

// clauseEnd is where the clause at a place ends.
func clauseEnd(t *tagged, at int) int {
	if m := boundary.FindStringIndex(t.low[at:]); m != nil {
		return at + m[0]
	}
	return len(t.low)
}

// usersIn are the councils of a sentence that are a firm's customers by it.
func (p *page) usersIn(t *tagged) []string {
	var out []string
	for _, g := range t.tags(0, len(t.s), 'c') {
		from := clauseStart(t, g.start)
		if !notTheirs.MatchString(t.low[from:clauseEnd(t, g.end)]) {
			out = append(out, g.n.ids...)
		}
	}
	return out
}

// knownProvider is the firm of the gazetteer that a sentence names.
func (p *page) knownProvider(s string) string {
	for _, f := range p.r.providers {
		if i := strings.Index(s, f); i >= 0 && (i == 0 || !isLetter(s[i-1])) && (i+len(f) == len(s) || !isLetter(s[i+len(f)])) {
			return f
		}
	}
	return ""
}
