package ingest

import (
	"spillover/identity"
	"spillover/ledger"
)

// An Explanation says of mentions why they are one incident, a [Join] of two of them.
type (
	Explanation = identity.Explanation
	Join        = identity.Join
)

// Explain prepares to say why mentions are one, from the claims that stand at a day: those of the mentions' articles, and
// the memberships of the councils struck. It touches no store.
func (p *Pipeline) Explain(mentions []*ledger.Mention, claims []*ledger.Claim, judgements []ledger.Judgement) *Explanation {
	return identity.Explain(mentions, claims, judgements, p.g)
}
