// Package trace follows relations through the graph: how an incident spread from council to council, whom a
// compromise could reach, how two things are connected, and what happened when.
//
// It asks a store for claims level by level, a fixed number of calls for each, whatever the width; it folds them
// by package fold, and never writes. The API shows what it returns.
package trace

import (
	"context"

	"spillover/fold"
	"spillover/ledger"
)

// A Source is the part of a [ledger.Store] that traces ask.
type Source interface {
	Claims(ctx context.Context, q ledger.ClaimQuery) ([]ledger.ClaimPage, error)
	Things(ctx context.Context, ids []string, at ledger.Date) ([]*ledger.Thing, error)
}

// The bounds of a trace. Beyond them an answer is cut and says so.
const (
	MaxHops  = 8      // of spreads, exposures and paths
	maxWidth = 20_000 // things visited by one trace
)

// Unreported is the outcome of a hop to a council of which nobody has said anything: it is exposed.
const Unreported = "UNREPORTED"

// A Hop is one step of a spread, from a council through an arrangement to its partner.
type Hop struct {
	From, Via, To string // ids
	Distance      int
	Directed      bool        // false between two councils that were equally first
	Outcome       string      // a standing of package ledger, or Unreported
	ReportedOn    ledger.Date // day that the outcome was first reported; "" where it is Unreported or undated

	standing     *fold.Relation // nil where the outcome is Unreported
	mine, theirs *fold.Relation // the memberships of both ends
}

// Evidence is the claims of the standing, then of both memberships.
func (h *Hop) Evidence() []*ledger.Claim {
	var all []*ledger.Claim
	if h.standing != nil {
		for _, c := range h.standing.Claims {
			if c.Value == h.Outcome {
				all = append(all, c)
			}
		}
	}
	return append(append(all, h.mine.Claims...), h.theirs.Claims...)
}

// A Spread is how an incident reached councils through what they share.
type Spread struct {
	Incident string
	Origins  []string       // councils first reported compromised or disrupted, by id
	Hops     []Hop          // by distance, then day (the unknown last), then name of the council reached
	Counts   map[string]int // councils by outcome, origins included
	// SearchedTo is the distance to which all partners were looked at.
	SearchedTo int
	// Truncated is whether there may be more beyond a bound.
	Truncated bool
}

// A Path is a shortest connection between two things.
type Path struct {
	Steps     []PathStep
	Truncated bool // the search met a bound, so a connection may have been missed or may not be the first
}

// A PathStep is one relation of a path, walked from From to To; the relation may point the other way.
type PathStep struct {
	From, To string
	Relation fold.Relation
}

// An Event is a point of an incident's timeline.
type Event struct {
	On          ledger.Date
	Precision   ledger.Precision
	Description string
	Evidence    []*ledger.Claim
}
