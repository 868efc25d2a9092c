package extract

import "spillover/ledger"

var (
	// "So is the council tax phone line."
	soAre = mustCompile(`^\W*(?:and |but )?so (?:too )?(?:is|are|was|were|has|have|do|does|did) (.{3,120}?)\W*$`)
	// "The library catalogue is not.", "but leisure centre bookings have."
	notSo = mustCompile(`^\W*(?:(?:and|but|though|although|while|whereas) )?((?:[\w'-]+ ){0,6}?[\w'-]+) (?:is|are|was|were|has|have|had|do|does|did|can|could|will)( not|n't)?(?: yet| been| so lucky)*\W*$`)
)

// elliptic takes what a clause without a verb of its own says: the same of another service as was said of the last, or the opposite.
func (p *page) elliptic(t *tagged, from, to int, last []claimOf, all *[]claimOf) bool {
	before := last
	if n := len(*all); n > 0 && (*all)[n-1].Start == p.whole(t).Start {
		before = (*all)[n-1:]
	}
	if len(before) == 0 {
		return false
	}
	low, state := t.low[from:to], before[len(before)-1].State
	m := soAre.FindStringSubmatchIndex(low)
	if m == nil {
		if m = notSo.FindStringSubmatchIndex(low); m == nil {
			return false
		}
		switch not := m[4] >= 0; {
		case state == ledger.Disrupted && not:
			state = ledger.Unaffected
		case state != ledger.Disrupted && not, state == ledger.Unaffected && !not:
			state = ledger.Disrupted
		default:
			return false
		}
	}
	rest := low[m[2]:m[3]]
	spots := linked(rest, overlap(service.FindAllStringIndex(rest, -1), servicePhrases(rest)))
	for _, s := range spots {
		p.serves(t, p.locus(t, from+m[2]+s[0], from+m[2]+s[1]), rest[s[0]:s[1]], state, all)
	}
	return len(spots) > 0
}
