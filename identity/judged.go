package identity

import (
	"slices"
	"strings"

	"spillover/gazetteer"
	"spillover/ledger"
)

// Judged is the judgements as resolving asks them.
type Judged struct {
	same, notSame map[[2]string]bool // pairs of ids, the smaller first
	retracted     map[string]bool    // claim ids
	canonical     map[string]string  // of merged things other than incidents
	judgements    []ledger.Judgement
}

// NewJudged prepares judgements. There is at most one on any pair.
func NewJudged(judgements []ledger.Judgement) *Judged {
	j := &Judged{same: map[[2]string]bool{}, notSame: map[[2]string]bool{}, retracted: map[string]bool{}, canonical: map[string]string{}, judgements: judgements}
	for _, x := range judgements {
		switch x.Kind {
		case ledger.SameAs:
			j.same[ordered(x.A, x.B)] = true
			if !strings.HasPrefix(x.A, "incident:") {
				j.merge(x.A, x.B)
			}
		case ledger.NotSameAs:
			j.notSame[ordered(x.A, x.B)] = true
		case ledger.RetractClaim:
			j.retracted[x.A] = true
		}
	}
	return j
}

func ordered(a, b string) [2]string {
	if b < a {
		a, b = b, a
	}
	return [2]string{a, b}
}

// merge makes two things one, under the smaller of their ids, and all that was merged into either.
func (j *Judged) merge(a, b string) {
	x, y := j.Canonical(a), j.Canonical(b)
	to := min(x, y)
	j.canonical[x], j.canonical[y] = to, to
	for id, c := range j.canonical {
		if c == x || c == y {
			j.canonical[id] = to
		}
	}
}

// Canonical is the id under which a thing other than an incident is shown.
func (j *Judged) Canonical(id string) string {
	if to, ok := j.canonical[id]; ok {
		return to
	}
	return id
}

// Aliases are the aliases that follow from judgements on things other than incidents.
func (j *Judged) Aliases() []ledger.Alias {
	var out []ledger.Alias
	for id, to := range j.canonical {
		if id != to {
			out = append(out, ledger.Alias{ID: id, To: to, From: ledger.Always, Until: ledger.Forever, Source: "judgement"})
		}
	}
	slices.SortFunc(out, func(a, b ledger.Alias) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// without is a record without the claims that analysts retracted; the record itself where there are none.
func (j *Judged) without(r *ledger.Record, g *gazetteer.Gazetteer) *ledger.Record {
	gone := func(c ledger.Claim) bool { return j.retracted[c.ID] }
	if !slices.ContainsFunc(r.Claims, gone) {
		return r
	}
	n := *r
	n.Claims = slices.DeleteFunc(slices.Clone(r.Claims), gone)
	n.Mentions = slices.Clone(r.Mentions)
	for i := range n.Mentions {
		n.Mentions[i] = standing(&n.Mentions[i], n.Claims, g)
	}
	return &n
}

// standing is a mention as those of its claims have it that still stand.
func standing(m *ledger.Mention, claims []ledger.Claim, g *gazetteer.Gazetteer) ledger.Mention {
	n := *m
	n.Arrangements = slices.DeleteFunc(slices.Clone(m.Arrangements), func(a ledger.MentionArrangement) bool {
		return !slices.ContainsFunc(claims, func(c ledger.Claim) bool { return c.Mention == m.ID && c.Object == a.ID })
	})
	Summarise(&ledger.Record{Claims: claims}, &n, g)
	return n
}
