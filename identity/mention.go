package identity

import (
	"slices"
	"strconv"

	"spillover/gazetteer"
	"spillover/ledger"
)

const (
	// window is how many days may lie between two mentions of one incident.
	window = 60
	// hub is how many members an arrangement may have for two incidents at different members to be taken for
	// one although neither article speaks of it. What joins everybody says nothing.
	hub = 6
)

func itoa(n int) string { return strconv.Itoa(n) }

// Summarise fills in what a mention's identity is computed from, out of its record's claims.
//
// Its keys are the councils struck, those that an arrangement joins to one of them, and the ids of the mentions that
// it belongs to by an analyst's word. Two mentions that may be one incident share a key.
func Summarise(r *ledger.Record, m *ledger.Mention, g *gazetteer.Gazetteer) {
	m.Struck, m.Cleared, m.Actors = nil, nil, nil
	for i := range r.Claims {
		c := &r.Claims[i]
		switch {
		case c.Mention != m.ID:
		case c.Predicate == ledger.Impact && c.Value == ledger.Unaffected:
			m.Cleared = append(m.Cleared, c.Object)
		case c.Predicate == ledger.Impact:
			m.Struck = append(m.Struck, c.Object)
		case c.Predicate == ledger.Attribution:
			m.Actors = append(m.Actors, c.Object)
		}
	}
	m.Struck, m.Cleared, m.Actors = ledger.Set(m.Struck...), ledger.Set(m.Cleared...), ledger.Set(m.Actors...)
	keys := slices.Clone(m.Struck)
	for _, a := range joining(m, g) {
		keys = append(keys, a.Members...)
	}
	keys = append(keys, "="+m.ID)
	for _, id := range m.SameAs {
		keys = append(keys, "="+id)
	}
	m.Keys = ledger.Set(keys...)
}

// joining are the arrangements by which a mention may be one incident with those at other councils, each with its members
// at the time: those that the article gives for a council struck, and small ones of the gazetteer.
func joining(m *ledger.Mention, g *gazetteer.Gazetteer) []ledger.MentionArrangement {
	var out []ledger.MentionArrangement
	for _, a := range m.Arrangements {
		if k, ok := g.ArrangementByID(a.ID); ok {
			a.Members = membersAt(&k, m)
		}
		if slices.ContainsFunc(m.Struck, func(c string) bool { return slices.Contains(a.Members, c) }) {
			out = append(out, a)
		}
	}
	for _, c := range m.Struck {
		for _, k := range g.ArrangementsOf(c) {
			if members := membersAt(&k, m); k.Kind != "SUPPLIER" && len(members) <= hub && slices.Contains(members, c) {
				out = append(out, ledger.MentionArrangement{ID: k.ID, Kind: k.Kind, Members: members, Known: true})
			}
		}
	}
	return out
}

// membersAt are the councils that an arrangement of the gazetteer had at the time of the mention.
func membersAt(k *gazetteer.Arrangement, m *ledger.Mention) []string {
	_, last, _ := when(m)
	var out []string
	for _, x := range k.Members {
		if x.At(last) && (last != "" || x.Until.Date == "") {
			out = append(out, x.Council)
		}
	}
	return out
}

// when is the time of a mention: the incident's own, else its publication.
func when(m *ledger.Mention) (first, last ledger.Date, ok bool) {
	switch {
	case m.IdentifiedOn != "":
		first, last = ledger.Span(m.IdentifiedOn, m.Precision)
		return first, last, true
	case m.PublishedOn != "":
		return m.PublishedOn, m.PublishedOn, true
	}
	return "", "", false
}

// A Rule is that by which two mentions are taken for one incident.
type Rule string

// The rules, the strongest first.
const (
	ByJudgement   Rule = "JUDGEMENT"   // an analyst says that they are one
	ByAssertion   Rule = "ASSERTION"   // one is an analyst's claim, which was made of the other
	ByCouncils    Rule = "COUNCILS"    // both name the same councils
	ByArrangement Rule = "ARRANGEMENT" // both speak of one arrangement, or one joins their councils
)

// A Reason is why two mentions are taken for one incident.
type Reason struct {
	Rule         Rule
	Councils     []string // ids, sorted
	Arrangements []string // ids, sorted, of those that the mentions themselves name
}

// Joined says whether two mentions are taken for one incident, and why. It is the same both ways round.
// Judgements are not looked at.
func Joined(a, b *ledger.Mention) (why Reason, yes bool) {
	if a.Article == b.Article || a.ID == b.ID {
		return Reason{}, false // several incidents of one article are several
	}
	if asserted(a, b) {
		return Reason{Rule: ByAssertion}, true
	}
	shared := common(a.Struck, b.Struck)
	af, al, aok := when(a)
	bf, bl, bok := when(b)
	if !aok || !bok {
		return joinedUndated(a, b, shared)
	}
	if gap, _ := ledger.Days(al, bf); gap > window {
		return Reason{}, false
	}
	if gap, _ := ledger.Days(bl, af); gap > window {
		return Reason{}, false
	}
	if contradict(a, b) && !(a.IdentifiedOn == b.IdentifiedOn && a.Precision == ledger.Day && b.Precision == ledger.Day) {
		return Reason{}, false
	}
	if len(shared) > 0 {
		return Reason{Rule: ByCouncils, Councils: shared}, true
	}
	if via := append(common(a.Struck, b.Keys), common(b.Struck, a.Keys)...); len(via) > 0 {
		return Reason{Rule: ByArrangement, Councils: ledger.Set(via...)}, true
	}
	return Reason{}, false
}

// asserted is whether one of two mentions is an analyst's claim made of the other.
func asserted(a, b *ledger.Mention) bool {
	return slices.Contains(a.SameAs, b.ID) || slices.Contains(b.SameAs, a.ID)
}

// joinedUndated joins a mention without any date: by two councils, one of them struck in both, or by one and an arrangement.
func joinedUndated(a, b *ledger.Mention, shared []string) (why Reason, yes bool) {
	if len(shared) == 0 || contradict(a, b) {
		return Reason{}, false
	}
	named := common(append(slices.Clone(a.Struck), a.Cleared...), append(slices.Clone(b.Struck), b.Cleared...))
	if len(named) >= 2 {
		return Reason{Rule: ByCouncils, Councils: named}, true
	}
	for _, x := range a.Arrangements {
		for _, y := range b.Arrangements {
			if x.ID == y.ID || x.Kind == y.Kind && len(common(x.Members, y.Members)) >= 2 {
				return Reason{Rule: ByArrangement, Councils: shared, Arrangements: ledger.Set(x.ID, y.ID)}, true
			}
		}
	}
	return Reason{}, false
}

// contradict is whether the kinds of two mentions cannot be one incident's, or each names actors and none is the other's.
func contradict(a, b *ledger.Mention) bool {
	if len(a.Actors) > 0 && len(b.Actors) > 0 && len(common(a.Actors, b.Actors)) == 0 {
		return true
	}
	class := func(kind string) string {
		switch kind {
		case "RANSOMWARE", "DATA_THEFT":
			return "intrusion"
		}
		return kind
	}
	x, y := class(a.IncidentKind), class(b.IncidentKind)
	if x == y {
		return false
	}
	// A CYBER_ATTACK says no more than that somebody attacked.
	attack := func(k string) bool { return k == "intrusion" || k == "DENIAL_OF_SERVICE" || k == "CYBER_ATTACK" }
	return !(attack(x) && attack(y) && (x == "CYBER_ATTACK" || y == "CYBER_ATTACK"))
}

// common is what two sets share, sorted.
func common(a, b []string) []string {
	var out []string
	for _, x := range a {
		if slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return ledger.Set(out...)
}
