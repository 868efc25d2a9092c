package neo4j

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"spillover/ledger"
)

// widest is how many things one level of a Gather may have. What is wider is asked level by level, with its own bounds.
const widest = 5000

// A gathering is the statement for a tree of reaches. The statement depends on the tree alone, ids and the day are
// parameters, so Neo4j plans it once:
//
//	the number of the last commit
//	CALL t0: the things with the ids
//	CALL for each reach, its parents first: claims cN of the things before, and the things tN at their far ends
//	CALL things, whole, lean, articles: the columns of all of these, each once
//	the number of the last commit again
//
// It gives one row. Each CALL collects, so that no row is multiplied by another.
type gathering struct {
	calls                       strings.Builder
	n                           int
	things, whole, lean, source []string // variables
	frontiers                   []string
	through                     [][]string // values, by place in $q.through
}

// newGathering writes the calls for reaches.
func newGathering(reaches []ledger.Reach) *gathering {
	g := &gathering{things: []string{"t0"}, through: [][]string{}}
	g.add("t0", reaches)
	return g
}

func (g *gathering) add(from string, reaches []ledger.Reach) {
	for i := range reaches {
		r := &reaches[i]
		g.n++
		claims, ends := fmt.Sprint("c", g.n), fmt.Sprint("t", g.n)
		far := "u"
		if len(r.Through) > 0 {
			far = `CASE WHEN c.value IN $q.through[` + strconv.Itoa(len(g.through)) + `] THEN u END`
			g.through = append(g.through, r.Through)
		}
		collect := `collect(DISTINCT c) AS ` + claims
		then := len(r.Then) > 0
		if then {
			collect += `, collect(DISTINCT ` + far + `)[..` + strconv.Itoa(widest+1) + `] AS ` + ends
			g.frontiers = append(g.frontiers, ends)
		}
		if r.Ends {
			collect += `, collect(DISTINCT u) AS ` + ends + `e`
			g.things = append(g.things, ends+"e")
		}
		fmt.Fprintf(&g.calls, `
			CALL (%s) { UNWIND %s AS t MATCH (t)-[c:%s]-(u) WHERE c.known_from <= $q.at AND $q.at < c.known_until RETURN %s }`,
			from, from, strings.Join(texts(r.Predicates), "|"), collect)
		if r.Words {
			g.whole = append(g.whole, claims)
		} else {
			g.lean = append(g.lean, claims)
		}
		if r.Sources {
			g.source = append(g.source, claims)
		}
		if then {
			g.add(ends, r.Then)
		}
	}
}

// statement is the whole text. In the past things may be versions beside their node.
func (g *gathering) statement(past bool) string {
	list := func(variables []string) string {
		if len(variables) == 0 {
			return "[]"
		}
		return strings.Join(variables, " + ")
	}
	// What a claim leads to exists while the claim stands, so only the things of the ids are looked at closely.
	version, exists := `WITH t AS v WHERE v:Version AND v.known_from <= $q.at AND $q.at < v.known_until`, visible
	if past {
		version = `MATCH (t)<-[:VERSION_OF*0..1]-(v:Version) WHERE v.known_from <= $q.at AND $q.at < v.known_until`
	}
	var b strings.Builder
	b.WriteString(lookBefore + `
		CALL () { UNWIND $q.ids AS id MATCH (t:Thing {id: id}) ` + strings.Replace(version, "WITH t AS v", "WITH t, t AS v", 1) + ` AND ` + exists + ` RETURN collect(DISTINCT t) AS t0 }`)
	b.WriteString(g.calls.String())
	wide := "false"
	for _, f := range g.frontiers {
		wide += ` OR size(` + f + `) > ` + strconv.Itoa(widest)
	}
	fmt.Fprintf(&b, `
			WITH begun, ended, %s AS wide, %s AS ts, %s AS ws, %s AS ls, %s AS ss`, wide, list(g.things), list(g.whole), list(g.lean), list(g.source))
	b.WriteString(`
			CALL (ts) { UNWIND ts AS t WITH DISTINCT t ` + version + ` RETURN collect(` + returnedThing + `) AS things }`)
	wholes, leans, articles := "[] AS whole", "[] AS lean", "[] AS articles"
	if len(g.whole) > 0 {
		b.WriteString(`
			CALL (ws) { UNWIND ws AS c WITH DISTINCT c RETURN collect([` + returnedClaim + `]) AS whole }`)
		wholes = "whole"
	}
	if len(g.lean) > 0 {
		b.WriteString(`
			CALL (ls) { UNWIND ls AS c WITH DISTINCT c RETURN collect(` + returnedLean + `) AS lean }`)
		leans = "lean"
	}
	if len(g.source) > 0 {
		b.WriteString(`
			CALL (ss) { UNWIND ss AS c WITH DISTINCT c.article AS id MATCH (a:Article {id: id}) WHERE a.known_from <= $q.at RETURN collect(` + returnedArticle + `) AS articles }`)
		articles = "articles"
	}
	b.WriteString(lookAfter + `, wide, things, ` + wholes + `, ` + leans + `, ` + articles)
	return b.String()
}

// Gather gives things with all that reaches want of them, by one statement outside of any transaction.
func (s *Store) Gather(ctx context.Context, ids []string, at ledger.Date, reaches []ledger.Reach) (*ledger.Gathered, error) {
	ids = ledger.Set(ids...)
	g := newGathering(reaches)
	cypher := g.statement(at != ledger.Undated)
	params := map[string]any{"ids": ids, "at": string(at), "through": g.through}
	var found *ledger.Gathered
	_, err := s.steady(ctx, cypher, params, func(given []any) (err error) {
		if wide, _ := given[0].(bool); !wide {
			found, err = gathered(ids, reaches, given[1:])
		}
		return err
	})
	return found, s.failed(ctx, err, "gather") // nothing where commits come all the time: one by one each is read in a transaction
}

// gathered is the lists of a row. It is nil where one of the ids leads elsewhere.
func gathered(ids []string, reaches []ledger.Reach, lists []any) (*ledger.Gathered, error) {
	g := ledger.NewGathered()
	for _, value := range rows(lists[0]) {
		t := new(ledger.Thing)
		if err := scanThing(value, t); err != nil {
			return nil, err
		}
		g.Things[t.ID] = t
	}
	for _, id := range ids {
		if g.Things[id] == nil {
			return nil, nil
		}
	}
	whole, lean := make([]ledger.Claim, len(rows(lists[1]))), make([]ledger.Claim, len(rows(lists[2])))
	for i, values := range rows(lists[1]) {
		if err := scanClaim(rows(values), &whole[i]); err != nil {
			return nil, err
		}
	}
	for i, value := range rows(lists[2]) {
		if err := scanLean(value, &lean[i]); err != nil {
			return nil, err
		}
	}
	for _, value := range rows(lists[3]) {
		a := new(ledger.Article)
		if err := scanArticle(value, a); err != nil {
			return nil, err
		}
		g.Articles[a.ID] = a
	}
	g.Bunch(ids, reaches, whole, lean)
	return g, nil
}

// rows is a list of the database.
func rows(list any) []any {
	all, _ := list.([]any)
	return all
}
