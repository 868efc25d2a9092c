package extract

import (
	"slices"
	"strings"
)

// officials are the people with a post at a council or an agency, each once, with the fullest title given.
func (p *page) officials(people []*person) []Official {
	best := map[string]*person{}
	var order []string
	for _, x := range people {
		if x.refused || x.role == "" || x.org == "" {
			continue
		}
		if _, ours := p.r.g.CouncilByID(x.org); ours && p.foreign {
			continue // of the namesake abroad
		}
		old := best[x.name]
		if old == nil {
			order = append(order, x.name)
		}
		if old == nil || generic(old.role) && !generic(x.role) || generic(old.role) == generic(x.role) && len(x.role) > len(old.role) {
			best[x.name] = x
		}
	}
	var out []Official
	for _, n := range order {
		x := best[n]
		from, to := min(x.from, x.at), max(x.to, x.at+len(x.name))
		out = append(out, Official{Name: n, Role: x.role, Organisation: p.r.nameOf(x.org), ID: x.org,
			Evidence: p.evidence(x.t, from, min(to, len(x.t.s)), "", certaintyOf(""))})
	}
	return out
}

// generic is whether a title says less than others do.
func generic(role string) bool { return strings.EqualFold(role, "councillor") }

// notOfficials are the reporters, and the people whom the article gives no post at a council or an agency.
func (p *page) notOfficials(people []*person) []string {
	var out []string
	official := map[string]bool{}
	for _, x := range people {
		if !x.refused && x.org != "" {
			official[x.name] = true
		}
	}
	add := func(n string) {
		if n = strings.TrimSpace(n); n != "" && !official[n] && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	for _, b := range p.a.Byline {
		add(b)
	}
	for _, x := range people {
		if x.refused {
			add(x.name)
		}
	}
	return out
}

var bodySaid = mustCompile(`(?:(<[ca]\d+>)(?:'s [\w' -]{1,40})?` + clauseBetween + `,? (?:has |have |had )?(?:also |since |now |then |previously |later )?(?:said|says|stated|states|told|added|confirmed|announced|warned|revealed|insisted|tweeted|wrote)|(?:said|says|according to|added) (?:a |the )?(?:spokes\w+ (?:for|from|at) )?(?:the )?(<[ca]\d+>)|statement(?:,? (?:from|by))? (?:the )?(<[ca]\d+>)|(?:spokes\w+|statement) (?:for|from|by|of) (?:the )?(<[ca]\d+>)|(<[ca]\d+>) (?:spokes\w+|statement|press officer))\b`)

// findSpeakers settles for each paragraph whose words its quotations are: who is said to have said them in it, or, in a
// paragraph that only goes on quoting, who spoke last.
func (p *page) findSpeakers(people []*person) {
	by := map[*tagged][]*person{}
	for _, x := range people {
		by[x.t] = append(by[x.t], x)
	}
	last := ""
	for i := 0; i < len(p.sents); {
		j := i
		org, quotes := "", false
		for ; j < len(p.sents) && p.sents[j].para == p.sents[i].para; j++ {
			t := p.sents[j]
			quotes = quotes || slices.Contains(t.quoted, true)
			for _, x := range by[t] {
				if x.org != "" && !t.quoted[x.at] {
					org = x.org
				} else if x.refused && org == "" {
					org = "other"
				}
			}
			if org != "" && org != "other" {
				continue
			}
			for _, m := range bodySaid.FindAllStringSubmatchIndex(t.low, -1) {
				for g := 1; g <= 5; g++ {
					if m[2*g] >= 0 && !t.quoted[m[2*g]] && org == "" {
						org = p.orgOf(t, t.s[m[2*g]:m[2*g+1]])
					}
				}
			}
			if org == "" && len(t.focus) > 0 && t.says(anonymous) {
				org = t.focus[0]
				if k := p.precedingBody(j); k != "" {
					org = k
				}
			}
		}
		if org != "" {
			last = org
		} else if quotes {
			org = last
		}
		for ; i < j; i++ {
			p.sents[i].spoke = org
			if org == "other" {
				p.sents[i].spoke = ""
			}
			if own := p.saidIn(p.sents[i]); own != "" {
				p.sents[i].spoke = own
			}
		}
	}
}

// saidIn is the body that a sentence with a quotation says spoke, outside it: "A spokesperson for <a0>: "We are looking into it."".
func (p *page) saidIn(t *tagged) string {
	if !slices.Contains(t.quoted, true) {
		return ""
	}
	for _, m := range bodySaid.FindAllStringSubmatchIndex(t.low, -1) {
		for g := 1; g <= 5; g++ {
			if m[2*g] >= 0 && !t.quoted[m[2*g]] {
				return p.orgOf(t, t.s[m[2*g]:m[2*g+1]])
			}
		}
	}
	return ""
}

// "A spokesman stated:" speaks for whom the text speaks of; "a spokesman for Acme" does not.
var anonymous = mustCompile(`\b(?:an?|the|its) (?:[\w-]+ )?(?:spokes\w+|statement|press officer)(?: there)?(?:,? (?:said|says|stated|added|told|reads?|confirmed)|:)|\b(?:he|she|they|it) (?:said|added|continued|stated|says)\b`)

// precedingBody is the first council or agency named outside quotation marks in the nearest sentence before, or in, this one.
func (p *page) precedingBody(i int) string {
	for k := i; k >= 0 && k > i-4; k-- {
		s := p.sents[k]
		for _, m := range tagPattern.FindAllStringIndex(s.s, -1) {
			if c := s.s[m[0]+1]; (c == 'c' || c == 'a') && !s.quoted[m[0]] {
				return p.orgOf(s, s.s[m[0]:m[1]])
			}
		}
	}
	return ""
}

// statements are the words that officials say in quotation marks in the sentences of an incident.
func (p *page) statements(sents []*tagged, people []*person, officials map[string]bool) []StatementWords {
	out := []StatementWords{}
	in := map[*tagged]bool{}
	for _, t := range sents {
		in[t] = true
	}
	speaker := map[int]*person{} // by paragraph
	inSentence := map[*tagged]*person{}
	for _, x := range people {
		if officials[x.name] && !x.t.quoted[x.at] && inSentence[x.t] == nil {
			inSentence[x.t] = x
		}
		if officials[x.name] && !x.t.quoted[x.at] && speaker[x.t.para] == nil {
			speaker[x.t.para] = x
		}
	}
	lastPara := -10
	var last *person
	for _, t := range p.sents {
		who := speaker[t.para]
		if who == nil && last != nil && t.para-lastPara <= 2 && len(t.s) > 0 && strings.HasPrefix(t.s, `"`) {
			who = last
		}
		if who == nil {
			continue
		}
		if own := inSentence[t]; own != nil {
			who = own
		}
		for _, run := range quotations(t) {
			if run[1]-run[0] < 20 || !in[t] {
				continue
			}
			e := p.evidence(t, run[0], run[1], p.r.nameOf(who.org), certaintyOf(t.low[run[0]:run[1]]))
			out = append(out, StatementWords{Official: who.name, Text: e.Quote, Evidence: e})
			last, lastPara = who, t.para
		}
		if speaker[t.para] != nil {
			last, lastPara = who, t.para
		}
	}
	return out
}

// quotations are the runs within quotation marks of a sentence, without the marks.
func quotations(t *tagged) [][2]int {
	var out [][2]int
	for i := 0; i < len(t.s); i++ {
		if !t.quoted[i] {
			continue
		}
		j := i
		for j < len(t.s) && t.quoted[j] {
			j++
		}
		from := i
		if c := t.s[i]; c == '"' || c == '\'' {
			from++
		}
		out = append(out, [2]int{from, j})
		i = j
	}
	return out
}
