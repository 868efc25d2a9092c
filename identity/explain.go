package identity

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"spillover/gazetteer"
	"spillover/ledger"
)

// An Explanation says of mentions why they are one incident.
type Explanation struct {
	mentions    map[string]*ledger.Mention
	claims      map[string][]ledger.Claim // by mention
	memberships map[string][]ledger.Claim // those of the gazetteer, by arrangement
	judgements  map[[2]string]*ledger.Judgement
	g           *gazetteer.Gazetteer
}

// A Join is that two mentions are one incident, with what it rests on.
type Join struct {
	Reason
	Words     string            // the reason, for people
	Judgement *ledger.Judgement // the analyst's, where the rule is ByJudgement
	Evidence  []string          // ids of claims, of both mentions where both make some, sorted
}

// Explain prepares to say why mentions are one. claims are those that stand at the day of knowledge: of the mentions'
// articles, and the memberships of the councils struck.
func Explain(mentions []*ledger.Mention, claims []*ledger.Claim, judgements []ledger.Judgement, g *gazetteer.Gazetteer) *Explanation {
	e := &Explanation{map[string]*ledger.Mention{}, map[string][]ledger.Claim{}, map[string][]ledger.Claim{}, map[[2]string]*ledger.Judgement{}, g}
	for _, c := range claims {
		switch {
		case c.Mention != "":
			e.claims[c.Mention] = append(e.claims[c.Mention], *c)
		case c.Predicate == ledger.Membership && c.KnownFrom == ledger.Always:
			e.memberships[c.Object] = append(e.memberships[c.Object], *c)
		}
	}
	for _, m := range mentions {
		n := standing(m, e.claims[m.ID], g)
		e.mentions[m.ID] = &n
	}
	for i := range judgements {
		if j := &judgements[i]; j.Kind == ledger.SameAs {
			e.judgements[ordered(j.A, j.B)] = j
		}
	}
	return e
}

// Mention is a mention as its claims that still stand have it; nil where it was not given.
func (e *Explanation) Mention(id string) *ledger.Mention { return e.mentions[id] }

// Join says by what two mentions of one incident are joined; false where they are not, or only by way of others.
func (e *Explanation) Join(one, other string) (Join, bool) {
	a, b := e.mentions[one], e.mentions[other]
	if a == nil || b == nil {
		return Join{}, false
	}
	if j := e.judgements[ordered(one, other)]; j != nil {
		return Join{Reason: Reason{Rule: ByJudgement}, Words: judged(j), Judgement: j}, true
	}
	why, yes := Joined(a, b)
	if !yes {
		return Join{}, false
	}
	j := Join{Reason: why}
	_, _, adated := when(a)
	_, _, bdated := when(b)
	dated := adated && bdated
	switch {
	case why.Rule == ByAssertion:
		j.Words = "one is an analyst's claim, which was made of the other"
	case why.Rule == ByCouncils && dated:
		j.Words = fmt.Sprintf("both report %s struck, within sixty days", e.councils(why.Councils))
	case why.Rule == ByCouncils:
		j.Words = fmt.Sprintf("both name %s, and a date is missing", e.councils(why.Councils))
	case dated:
		e.joint(&j, a, b)
	default:
		j.Words = fmt.Sprintf("both report %s struck and speak of %s, and a date is missing", e.councils(why.Councils), e.arrangements(why.Arrangements, a, b))
	}
	j.Evidence = e.evidence(&j, a, b, dated)
	return j, true
}

// joint finds the arrangements that join the councils of one mention with those of another.
func (e *Explanation) joint(j *Join, a, b *ledger.Mention) {
	var councils, arrangements []string
	for _, x := range append(joining(a, e.g), joining(b, e.g)...) {
		if here, there := common(a.Struck, x.Members), common(b.Struck, x.Members); len(here) > 0 && len(there) > 0 {
			councils = append(append(councils, here...), there...)
			arrangements = append(arrangements, x.ID)
		}
	}
	j.Councils, j.Arrangements = ledger.Set(councils...), ledger.Set(arrangements...)
	j.Words = fmt.Sprintf("%s joins %s, within sixty days", e.arrangements(j.Arrangements, a, b), e.councils(j.Councils))
}

// evidence is the claims that a join rests on.
func (e *Explanation) evidence(j *Join, a, b *ledger.Mention, dated bool) []string {
	var ids []string
	for _, m := range []*ledger.Mention{a, b} {
		for _, c := range e.claims[m.ID] {
			switch {
			case j.Rule == ByAssertion && len(m.SameAs) > 0,
				c.Predicate == ledger.Impact && slices.Contains(j.Councils, c.Object) && (c.Value != ledger.Unaffected || !dated),
				c.Predicate == ledger.Membership && slices.Contains(j.Arrangements, c.Object):
				ids = append(ids, c.ID)
			}
		}
	}
	for _, arrangement := range j.Arrangements {
		for _, c := range e.memberships[arrangement] {
			if slices.Contains(j.Councils, c.Subject) {
				ids = append(ids, c.ID)
			}
		}
	}
	return ledger.Set(ids...)
}

// councils is the names of councils.
func (e *Explanation) councils(ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		c, _ := e.g.CouncilByID(id)
		names[i] = cmp.Or(c.Name, id)
	}
	return list(names, 5)
}

// arrangements is the names of arrangements; one that only an article names is told by its kind.
func (e *Explanation) arrangements(ids []string, a, b *ledger.Mention) string {
	var names []string
	for _, id := range ids {
		if t, ok := e.g.Thing(id); ok {
			names = append(names, t.Name)
			continue
		}
		for _, x := range append(slices.Clone(a.Arrangements), b.Arrangements...) {
			if x.ID == id {
				names = append(names, "a "+strings.ToLower(strings.ReplaceAll(x.Kind, "_", " ")))
				break
			}
		}
	}
	return list(ledger.Set(names...), 3)
}

// judged is a judgement in words: "Ann Field judged on 2 May 2024 that they are one: the same note was left".
func judged(j *ledger.Judgement) string {
	on := ""
	if t, err := time.Parse(time.RFC3339, j.On); err == nil {
		on = " on " + t.Format("2 January 2006")
	}
	return fmt.Sprintf("%s judged%s that they are one: %s", j.Author, on, j.Reason)
}
