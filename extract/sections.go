package extract

import (
	"slices"
	"sort"
	"strings"
)

// Articles that go from council to council name the place once, "First, Stoke.", and say "the city council" after that.

var (
	// Where a part of an article opens with a place.
	opensPart = mustCompile(`(?:^|[.!?:;]["')]* |\n[-•* ]*)(?:(?:first|second|third|next|then|finally|lastly|meanwhile|now|elsewhere)(?: up| comes?| to| there's| there is| there was| came)*[,:]? |(?:over |up |down |back )?(?:in|to|at) |and |then )?$`)
	// "the city council" soon after.
	thenCouncil = mustCompile(`^[^\n]{0,160}?\bthe (city|borough|county|district|unitary|metropolitan) (?:council|authority)\b`)
	// "no connection": the article tells of incidents that have nothing to do with each other.
	unlinked = mustCompile(`\b(?:no (?:connection|link)|not (?:linked|connected|related)|unconnected|unrelated|linked\? no\b|separate (?:incidents|breaches|attacks|leaks)|nothing to do with (?:each other|one another))\b`)
)

// ofType leaves, of the councils that a bare place may mean, those of the type that the text goes on to speak of.
func (p *page) ofType(s *spot) []string {
	m := thenCouncil.FindStringSubmatch(p.v.low[s.end:min(len(p.v.low), s.end+240)])
	if m == nil {
		return s.ids
	}
	var out []string
	for _, id := range s.ids {
		if p.isOfType(id, m[1]) {
			out = append(out, id)
		}
	}
	if len(out) == 1 {
		return out
	}
	return s.ids
}

func (p *page) isOfType(id, kind string) bool {
	c, _ := p.r.g.CouncilByID(id)
	return strings.Contains(strings.ToLower(c.Name+" "+c.Type), kind)
}

// sectionOf is whether a bare place opens a part of the article that speaks of its council by type.
func (p *page) sectionOf(s *spot, spots []*spot) bool {
	if !opensPart.MatchString(p.v.low[max(0, s.start-40):s.start]) {
		return false
	}
	m := thenCouncil.FindStringSubmatchIndex(p.v.low[s.end:min(len(p.v.low), s.end+240)])
	if m == nil || !p.isOfType(s.ids[0], p.v.low[s.end+m[2]:s.end+m[3]]) {
		return false
	}
	from := sort.Search(len(spots), func(i int) bool { return spots[i].start > s.start })
	for _, o := range spots[from:] {
		if o.start >= s.end+m[2] {
			break
		}
		if len(o.ids) > 0 && !o.drop && o.ids[0] != s.ids[0] {
			return false
		}
	}
	return true
}

// apartBy gives, of an article on incidents that it says have nothing to do with each other, the council of each paragraph that tells of
// another than the article's own; nil of any other article.
func (p *page) apartBy() map[int]string {
	if !unlinked.MatchString(p.v.low) {
		return nil
	}
	out := map[int]string{}
	for _, t := range p.sents {
		if len(t.focus) != 1 || t.focus[0] == p.main || p.cleared[t.focus[0]] || !t.fresh {
			continue
		}
		if out[t.para] == "" && p.namesCouncil(t) && t.says(happening) {
			out[t.para] = t.focus[0]
		}
	}
	return out
}

// mostNamed accepts the place that an article without the name of any council names three times and more often than any other, and says
// whether there is one.
func (p *page) mostNamed(spots []*spot) bool {
	times := map[string]int{}
	best, next := "", 0
	for _, s := range spots {
		if s.drop || len(s.ids) != 1 || slices.ContainsFunc(s.entries, func(e entry) bool { return e.ordinary }) {
			continue
		}
		id := s.ids[0]
		if times[id]++; best == "" || times[id] > times[best] {
			best = id
		}
	}
	for id, n := range times {
		if id != best {
			next = max(next, n)
		}
	}
	if times[best] < 3 || times[best] <= next {
		return false
	}
	p.accepted[best] = true
	return true
}
