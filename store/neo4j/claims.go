package neo4j

import (
	"context"
	"errors"
	"strings"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"spillover/ledger"
)

// standing is what a claims query sees of its source.
const standing = ` c.known_from <= $q.at AND $q.at < c.known_until
	AND (size($q.predicates) = 0 OR type(c) IN $q.predicates) AND (size($q.claims) = 0 OR c.id IN $q.claims)
	AND ($q.article = '' OR c.article = $q.article) AND (size($q.values) = 0 OR coalesce(c.value, '') IN $q.values)
	AND ($q.since = '' OR c.asserted_on >= $q.since) AND ($q.until = '' OR c.asserted_on <= $q.until AND c.asserted_on <> '')`

// A claimSource is where the claims of a query are found.
type claimSource int

const (
	// Of each id, a thing.
	fromThings claimSource = iota
	toThings
	ofThings
	// Of each id, an article.
	byArticles
	// Of the whole graph, as one page: those of $q.article, those of $q.claims, or any.
	ofArticle
	ofClaims
	ofGraph
)

// claimSources find relationships c, for thing t or article id. Neo4j has an index for each type of relationship, so the
// last four ask each.
var claimSources = map[claimSource]string{
	fromThings: `MATCH (t)-[c:` + claimTypes + `]->()`,
	toThings:   `MATCH (t)<-[c:` + claimTypes + `]-()`,
	ofThings:   `MATCH (t)-[c:` + claimTypes + `]-()`,
	byArticles: `MATCH ()-[c:PREDICATE]->() WHERE c.article = id`,
	ofArticle:  `MATCH ()-[c:PREDICATE]->() WHERE c.article = $q.article`,
	ofClaims:   `MATCH ()-[c:PREDICATE]->() WHERE c.id IN $q.claims AND c.known_from <= $q.at`,
	ofGraph:    `MATCH ()-[c:PREDICATE]->() WHERE ` + claimRange + ` AND c.id >= ''`,
}

// claimRange lets the index find the page's place.
const claimRange = `c.asserted_on >= $q.low AND c.asserted_on <= $q.high`

// A claimListing is a way to list claims.
type claimListing struct {
	source   claimSource
	backward bool
}

var (
	claimOrder  = sequence{key: "c.asserted_on", id: "c.id", desc: true}
	claimItems  = map[claimListing]string{}
	claimTotals = map[claimSource]string{}
)

func init() {
	for source, find := range claimSources {
		known := ` WITH c WHERE ` + standing
		whole := strings.Replace(find, claimRange, `c.asserted_on >= ''`, 1)
		// How many claims there are of each id.
		claimTotals[source] = ofEach(source, claimsIn(source, whole, ``)+known+` RETURN c`) + ` RETURN i, count(c)`
		for _, backward := range []bool{false, true} {
			page := known + ` AND ` + claimOrder.between() + ` RETURN c ORDER BY ` + claimOrder.order(backward) + ` LIMIT toInteger($q.most)`
			then := ``
			if source == ofGraph {
				then = page // the index is in order: of each type no more is read than the page needs
			}
			// A page of the claims of each id.
			claimItems[claimListing{source, backward}] = ofEach(source, claimsIn(source, find, then)+page) +
				` RETURN i, ` + returnedClaim + ` ORDER BY i, ` + claimOrder.order(backward)
		}
	}
}

// claimsIn finds the claims of a source and goes on.
func claimsIn(source claimSource, find, then string) string {
	if source < byArticles {
		return find + then
	}
	if then == "" {
		then = ` RETURN c`
	}
	return `CALL (id) {` + everyPredicate(find+then) + `}`
}

// ofEach runs a subquery for each id at its position i.
func ofEach(source claimSource, subquery string) string {
	switch {
	case source < byArticles:
		return `UNWIND range(0, size($q.ids) - 1) AS i MATCH (t:Thing {id: $q.ids[i]}) CALL (t) {` + subquery + `}`
	case source == byArticles:
		return `UNWIND range(0, size($q.ids) - 1) AS i WITH i, $q.ids[i] AS id CALL (id) {` + subquery + `}`
	}
	return `WITH 0 AS i, '' AS id CALL (id) {` + subquery + `}`
}

// source is where the claims of q are found.
func source(q *ledger.ClaimQuery) claimSource {
	switch {
	case q.IDs == nil && len(q.Claims) > 0:
		return ofClaims
	case q.IDs == nil && q.Article != "":
		return ofArticle
	case q.IDs == nil:
		return ofGraph
	case q.Towards == ledger.Out:
		return fromThings
	case q.Towards == ledger.In:
		return toThings
	case q.Towards == ledger.MadeBy:
		return byArticles
	}
	return ofThings
}

// Claims gives claims of ids, or of the whole graph.
func (s *Store) Claims(ctx context.Context, q ledger.ClaimQuery) ([]ledger.ClaimPage, error) {
	if q.IDs != nil && len(q.IDs) == 0 {
		return nil, nil
	}
	params := map[string]any{"ids": texts(q.IDs), "at": string(q.At), "article": q.Article, "since": string(q.Since), "until": string(q.Until),
		"predicates": texts(q.Predicates), "claims": texts(q.Claims), "values": texts(q.Values), "most": most(q.Page)}
	cursors(params, q.Page, claimOrder.desc, func(c *ledger.Cursor) string { return c.Key })
	from := source(&q)
	pages := make([]ledger.ClaimPage, max(len(q.IDs), 1))
	counted := func(values []any) error {
		var i, n int
		err := scan(values, &i, &n)
		pages[i].Total = n
		return err
	}
	listed := func(values []any) error {
		var i int
		c := new(ledger.Claim)
		err := errors.Join(scan(values[:1], &i), scanClaim(values[1:], c))
		pages[i].Claims = append(pages[i].Claims, c)
		return err
	}
	total, items := claimTotals[from], claimItems[claimListing{from, q.Page.Backward}]
	const doing = "read claims"
	var err error
	switch {
	case !q.Page.WithTotal && q.Page.Limit == 0:
	case q.Page.Limit == 0:
		err = s.look(ctx, doing, total, params, counted)
	case !q.Page.WithTotal && from != ofGraph:
		err = s.look(ctx, doing, items, params, listed)
	default: // in step: the whole graph's claims may be many
		err = s.read(ctx, doing, func(tx driver.ManagedTransaction) error {
			pages = make([]ledger.ClaimPage, len(pages))
			if q.Page.WithTotal {
				if err := each(ctx, tx, total, params, counted); err != nil {
					return err
				}
			}
			return each(ctx, tx, items, params, listed)
		})
	}
	if err != nil {
		return nil, err
	}
	for i := range pages {
		pages[i].Claims, pages[i].HasMore = cut(pages[i].Claims, q.Page)
	}
	return pages, nil
}
