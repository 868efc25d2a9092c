package ledger

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// An ActKind says what a person did by hand.
type ActKind string

// The kinds of act.
const (
	ActRetractArticle   ActKind = "RETRACT_ARTICLE"
	ActAssertClaim      ActKind = "ASSERT_CLAIM"
	ActRetractClaim     ActKind = "RETRACT_CLAIM"
	ActSameAs           ActKind = "SAME_AS"
	ActNotSameAs        ActKind = "NOT_SAME_AS"
	ActRetractJudgement ActKind = "RETRACT_JUDGEMENT"
)

// An Act is a change that a person made by hand: who, when and why, and how what it concerns stood before and after. Acts
// are no part of the graph. They say what happened to it, and stay when what they did is taken back.
type Act struct {
	Revision int64   `json:"-"` // that the change made; the store gives it
	Kind     ActKind `json:"kind"`
	On       string  `json:"on"`              // RFC 3339, UTC
	Token    string  `json:"token,omitempty"` // the name of the token that allowed it; "" is the loader on the store itself
	Author   string  `json:"author"`          // who says so, as given
	Reason   string  `json:"reason"`
	Before   []Stood `json:"before"`
	After    []Stood `json:"after"` // of the same ids, in the same order
}

// Stood is how something stood at one time.
type Stood struct {
	ID      string `json:"id"`
	Name    string `json:"name,omitempty"`     // of what it led to; "" for articles, of which nothing stays when they are retracted
	LeadsTo string `json:"leads_to,omitempty"` // itself, or what it was merged into; "" where it led nowhere: it was not there
}

// Subjects are the ids that an act concerns.
func (a *Act) Subjects() []string {
	var ids []string
	for _, s := range append(a.Before, a.After...) {
		ids = append(ids, s.ID, s.LeadsTo)
	}
	return Set(ids...)
}

// An ActQuery asks for acts, the newest first.
type ActQuery struct {
	Of   string // acts that concern this id; "" is all
	Page Page   // its cursors are those of [ActCursor]
}

// An ActPage is part of a list of acts.
type ActPage struct {
	Acts    []Act
	HasMore bool
	Total   int // where asked for
}

const actPrefix = "change:"

// ActCursor is the place of an act in a list of acts.
func ActCursor(a *Act) Cursor {
	return Cursor{Key: fmt.Sprintf("%020d", a.Revision), ID: actPrefix + strconv.FormatInt(a.Revision, 10)}
}

// Bounds are the revisions between which a page's acts lie, both excluded. A cursor that is none of acts is Invalid.
func (q *ActQuery) Bounds() (above, below int64, err error) {
	below = math.MaxInt64
	bound := func(c *Cursor) (int64, int, error) {
		n, err := strconv.ParseInt(c.Key, 10, 64)
		if err != nil || n < 0 || !strings.HasPrefix(c.ID, actPrefix) {
			return 0, 0, Errorf(Invalid, "the cursor is none of this list")
		}
		return n, strings.Compare(ActCursor(&Act{Revision: n}).ID, c.ID), nil
	}
	if c := q.Page.After; c != nil {
		n, tie, err := bound(c)
		if err != nil {
			return 0, 0, err
		}
		if below = n; tie > 0 { // the act at the cursor comes after it
			below++
		}
	}
	if c := q.Page.Before; c != nil {
		n, tie, err := bound(c)
		if err != nil {
			return 0, 0, err
		}
		if above = n; tie < 0 {
			above--
		}
	}
	return above, below, nil
}
