package extract

import (
	"slices"
	"strings"

	"spillover/gazetteer"
	"spillover/ledger"
)

var (
	actorContext = mustCompile(`\b(?:perpetrators?|culprits?|behind the|responsib\w+|gang|gangs|ransomware|group|hackers?|hacking|crew|cyber-?crim\w+|cyber criminals?|extortion|leak site|hacktivists?|dark web|affiliate|ransom|malware|strain|victims|attackers|software used|outfits?|syndicate|to blame|bandits|ransomware operation|crooks|extort\w*|stolen data|collective|threat actor)\b`)
	// "none of Dover's applicants": the council's.
	someOf      = mustCompile(`\b(?:none|any|some|all|most|many|half|several|few|each|\d+) of $`)
	agencyAfter = mustCompile(`^ (?:Town|Park|Street|Road)\b`)
)

// nameOfSpot is the name that a spot ends up as, nil if it stands for nothing.
func (p *page) nameOfSpot(s *spot) *name {
	if len(s.ids) > 0 {
		if s.drop || !s.strong || len(s.ids) != 1 {
			return nil
		}
		how := byFull
		if !slices.ContainsFunc(s.entries, func(e entry) bool { return e.id == s.ids[0] && e.class != gazetteer.Short }) {
			how = byShort
		}
		if s.party {
			return &name{start: s.start, end: s.end, kind: ledger.Council, ids: s.ids, how: byShort}
		}
		if strings.HasPrefix(p.v.s[s.end:], "'s ") && someOf.MatchString(p.v.low[max(0, s.start-40):s.start]) {
			return &name{start: s.start, end: s.end, kind: ledger.Council, ids: s.ids, how: how}
		}
		if !s.listed && s.place && !ownerOf.MatchString(p.v.low[max(0, s.start-40):s.start]) || !s.listed && how == byShort && !ownerOf.MatchString(p.v.low[max(0, s.start-40):s.start]) && placeBefore.MatchString(p.v.low[max(0, s.start-40):s.start]) && !councilBefore.MatchString(p.v.low[max(0, s.start-40):s.start]) {
			how = byPlace
		}
		return &name{start: s.start, end: s.end, kind: ledger.Council, ids: s.ids, how: how}
	}
	e := s.entries[0]
	for _, x := range s.entries {
		if x.kind == ledger.ThreatActor && actorContext.MatchString(p.v.low[max(0, s.start-60):min(len(p.v.low), s.end+60)]) {
			e = x
		}
	}
	switch e.kind {
	case ledger.SharedArrangement:
		if arrangement, ok := p.r.g.ArrangementByID(e.id); ok && listsMembers(p.r, e.form, arrangement) {
			n := &name{start: s.start, end: s.end, kind: ledger.Council, how: byFull}
			for _, m := range arrangement.Members {
				n.ids = append(n.ids, m.Council)
				p.accepted[m.Council] = true
			}
			return n
		}
	case ledger.ThreatActor:
		if e.ordinary && nextCapital.MatchString(p.v.s[s.end:min(len(p.v.s), s.end+20)]) {
			return nil // "Royal Holloway"
		}
		// An ordinary word is a gang where its surroundings say so, and wherever it stands after that.
		if e.ordinary && !p.gangs[e.id] && !actorContext.MatchString(p.around(s.start, s.end)) {
			return nil
		}
		p.gangs[e.id] = true
	case ledger.Agency:
		if agencyAfter.MatchString(p.v.s[s.end:min(len(p.v.s), s.end+10)]) {
			return nil
		}
	}
	return &name{start: s.start, end: s.end, kind: e.kind, ids: []string{e.id}}
}

// around is what stands near a place in its sentence.
func (p *page) around(start, end int) string {
	from, to := max(0, start-110), min(len(p.v.low), end+60)
	for _, stop := range []string{"\n", ". ", "? ", "! "} {
		if i := strings.LastIndex(p.v.low[from:start], stop); i >= 0 {
			from += i + len(stop)
		}
		if i := strings.Index(p.v.low[end:to], stop); i >= 0 {
			to = end + i
		}
	}
	return p.v.low[from:to]
}

// listsMembers is whether an arrangement's name is nothing but those of its councils: "Adur and Worthing".
func listsMembers(r *Reader, form string, a gazetteer.Arrangement) bool {
	low := strings.ToLower(strings.ReplaceAll(form, "&", "and"))
	for _, m := range a.Members {
		c, _ := r.g.CouncilByID(m.Council)
		if !strings.Contains(low, strings.ToLower(c.ShortName)) {
			return false
		}
		low = strings.Replace(low, strings.ToLower(c.ShortName), "", 1)
	}
	return strings.Trim(strings.ReplaceAll(strings.ReplaceAll(low, "councils", ""), "and", ""), " ,") == ""
}
