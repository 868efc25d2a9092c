package graph

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"spillover/ledger"
)

// Sizes of pages.
const (
	pageDefault = 20
	pageMost    = 100
)

// pageArgs are the arguments of a list as GraphQL has them.
type pageArgs struct {
	first  *int
	after  *string
	last   *int
	before *string
}

// page is the part of a list that is asked for, with the total where the operation selects it.
func (a pageArgs) page(ctx context.Context) (p ledger.Page, err error) {
	p.Limit = pageDefault
	switch {
	case a.first != nil && a.last != nil:
		return p, ledger.Errorf(ledger.Invalid, "first and last are both given; give first to page forwards or last to page backwards")
	case a.first != nil:
		p.Limit = *a.first
		err = inRange("first", p.Limit, 1, pageMost)
	case a.last != nil:
		p.Limit, p.Backward = *a.last, true
		err = inRange("last", p.Limit, 1, pageMost)
	}
	if err != nil {
		return p, err
	}
	if p.After, err = readCursor("after", a.after); err != nil {
		return p, err
	}
	if p.Before, err = readCursor("before", a.before); err != nil {
		return p, err
	}
	p.WithTotal = selects(ctx, "totalCount")
	return p, nil
}

func inRange(name string, n, least, most int) error {
	if n < least || n > most {
		return ledger.Errorf(ledger.Invalid, "%s is %d; give a number from %d to %d", name, n, least, most)
	}
	return nil
}

// selects is whether the operation asks the field being resolved for a field of that name.
func selects(ctx context.Context, name string) bool {
	if graphql.GetFieldContext(ctx) == nil {
		return false
	}
	return slices.Contains(graphql.CollectAllFields(ctx), name)
}

// A cursor is versioned, so that a later server can tell one that it no longer understands.
const cursorVersion = "1"

// writeCursor makes an opaque cursor.
func writeCursor(c ledger.Cursor) string {
	text, _ := json.Marshal([]any{cursorVersion, c.Rank, c.Key, c.ID}) // strings and a number: no error
	return base64.RawURLEncoding.EncodeToString(text)
}

func readCursor(name string, text *string) (*ledger.Cursor, error) {
	if text == nil {
		return nil, nil
	}
	var c ledger.Cursor
	var version string
	fields := []any{&version, &c.Rank, &c.Key, &c.ID}
	raw, err := base64.RawURLEncoding.DecodeString(*text)
	if err == nil {
		err = json.Unmarshal(raw, &fields)
	}
	if err != nil || len(fields) != 4 || version != cursorVersion || !plain(c.ID) {
		return nil, ledger.Errorf(ledger.Invalid, "%s is no cursor of this list; give a cursor, startCursor or endCursor of an earlier page as it is", name)
	}
	return &c, nil
}

// plain is whether s may be an id: printable ASCII without blanks.
func plain(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
}

// An Edge is an item of a list with its place.
type Edge[T any] struct {
	Node  T
	place ledger.Cursor
}

// Cursor is the place in the list.
func (e *Edge[T]) Cursor() string { return writeCursor(e.place) }

// A Connection is a page of a list.
type Connection[T any] struct {
	Edges      []*Edge[T]
	TotalCount int // where the operation selects it

	page  ledger.Page
	more  bool                                             // in the direction of paging
	other func(context.Context, ledger.Page) (bool, error) // whether a page has items
}

// The connections and edges of the schema.
type (
	CouncilConnection           = Connection[*Council]
	CouncilEdge                 = Edge[*Council]
	SharedArrangementConnection = Connection[*SharedArrangement]
	SharedArrangementEdge       = Edge[*SharedArrangement]
	IncidentConnection          = Connection[*Incident]
	IncidentEdge                = Edge[*Incident]
	ThreatActorConnection       = Connection[*ThreatActor]
	ThreatActorEdge             = Edge[*ThreatActor]
	AgencyConnection            = Connection[*Agency]
	AgencyEdge                  = Edge[*Agency]
	OfficialConnection          = Connection[*Official]
	OfficialEdge                = Edge[*Official]
	ArticleConnection           = Connection[*Article]
	ArticleEdge                 = Edge[*Article]
	ClaimConnection             = Connection[*Claim]
	ClaimEdge                   = Edge[*Claim]
	ChangeConnection            = Connection[*Change]
	ChangeEdge                  = Edge[*Change]
	SearchConnection            = Connection[Entity]
	SearchEdge                  = Edge[Entity]
)

func newConnection[T any](page ledger.Page, items []T, place func(T) ledger.Cursor, more bool, total int) *Connection[T] {
	c := &Connection[T]{Edges: make([]*Edge[T], len(items)), TotalCount: total, page: page, more: more}
	for i, item := range items {
		c.Edges[i] = &Edge[T]{item, place(item)}
	}
	return c
}

// pageOf is a page of a list that is all there, sorted by compare.
func pageOf[T any](page ledger.Page, all []T, place func(T) ledger.Cursor, compare func(a, b ledger.Cursor) int) *Connection[T] {
	within := func(p ledger.Page) []T {
		var items []T
		for _, item := range all {
			at := place(item)
			if (p.After == nil || compare(at, *p.After) > 0) && (p.Before == nil || compare(at, *p.Before) < 0) {
				items = append(items, item)
			}
		}
		return items
	}
	items := within(page)
	more := len(items) > page.Limit
	if more && page.Backward {
		items = items[len(items)-page.Limit:]
	} else if more {
		items = items[:page.Limit]
	}
	c := newConnection(page, items, place, more, len(all))
	c.other = func(_ context.Context, probe ledger.Page) (bool, error) { return len(within(probe)) > 0, nil }
	return c
}

// Nodes are the items alone.
func (c *Connection[T]) Nodes() []T {
	nodes := make([]T, len(c.Edges))
	for i, e := range c.Edges {
		nodes[i] = e.Node
	}
	return nodes
}

// PageInfo is where the page stands.
func (c *Connection[T]) PageInfo() *PageInfo {
	info := &PageInfo{page: c.page, more: c.more, other: c.other}
	if n := len(c.Edges); n > 0 {
		start, end := c.Edges[0].Cursor(), c.Edges[n-1].Cursor()
		info.StartCursor, info.EndCursor = &start, &end
	}
	return info
}

// PageInfo says where a page stands in its list.
type PageInfo struct {
	StartCursor *string
	EndCursor   *string

	page  ledger.Page
	more  bool
	other func(context.Context, ledger.Page) (bool, error)
}

// HasNextPage is whether there are items after the page.
func (i *PageInfo) HasNextPage(ctx context.Context) (bool, error) {
	switch {
	case !i.page.Backward:
		return i.more, nil
	case i.page.Before == nil:
		return false, nil
	}
	// Is the item at the cursor, or one after it, there? No id ends in "~", the last of the characters in ids and cursors.
	from := *i.page.Before
	last := len(from.ID) - 1
	from.ID = from.ID[:last] + string(rune(from.ID[last]-1)) + "~"
	return i.other(ctx, ledger.Page{Limit: 1, After: &from})
}

// HasPreviousPage is whether there are items before the page.
func (i *PageInfo) HasPreviousPage(ctx context.Context) (bool, error) {
	switch {
	case i.page.Backward:
		return i.more, nil
	case i.page.After == nil:
		return false, nil
	}
	// Is the item at the cursor, or one before it, there? Ids have no character before "!".
	to := *i.page.After
	to.ID += "!"
	return i.other(ctx, ledger.Page{Limit: 1, Backward: true, Before: &to})
}

// keyOf is the key of a load with arguments.
func keyOf(field string, args ...any) string {
	text, err := json.Marshal(args)
	if err != nil { // not of numbers, strings and pages; without a key nothing is shared, and the answer stays right
		return fmt.Sprintf("%s %p", field, &text)
	}
	return field + " " + string(text)
}
