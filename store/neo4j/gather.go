package neo4j

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"spillover/ledger"
)

// widest is how many things one level of a Gather may have. What is wider is asked level by level, with its own bounds.
const widest = 5000

// A gathering is the statement for a tree of reaches. It depends on the tree alone, ids and the day are parameters, so
// Neo4j plans it once:
//
//	the number of the last commit
//	CALL t0: the things with the ids
//	CALL for each reach, its parents first: claims at the things before, and the things at their far ends
//	CALL once for the things, and for claims that several reaches may find
//	CALL articles
//	the number of the last commit again
//
// It gives one row. Each CALL collects, so that no row is multiplied by another.
type gathering struct {
	calls   strings.Builder
	n       int
	count   map[ledger.Predicate]int // how many reaches ask for it
	lists   [2]lists                 // lean, whole
	things  []string                 // variables: lists of things
	sources []string                 // lists of articles' ids
	wide    []string                 // lists that may be too long
	through [][]string               // values, by place in $q.through
}

// lists are variables of claims of one sort: lists of what is returned, and lists of claims that are to be returned once.
type lists struct{ returned, claims []string }

// newGathering writes the calls for reaches.
func newGathering(reaches []ledger.Reach) *gathering {
	g := &gathering{things: []string{"t0"}, count: map[ledger.Predicate]int{}, through: [][]string{}}
	g.counts(reaches)
	g.add("t0", reaches)
	return g
}

func (g *gathering) counts(reaches []ledger.Reach) {
	for i := range reaches {
		for _, p := range reaches[i].Predicates {
			g.count[p]++
		}
		g.counts(reaches[i].Then)
	}
}

// returnedClaims are the columns of claims, lean and whole.
var returnedClaims = [2]string{returnedLean, `[` + returnedClaim + `]`}

func (g *gathering) add(from string, reaches []ledger.Reach) {
	for i := range reaches {
		r := &reaches[i]
		g.n++
		name := strconv.Itoa(g.n)
		var collected []string
		sort := 0
		if r.Words {
			sort = 1
		}
		l := &g.lists[sort]
		if slices.ContainsFunc(r.Predicates, func(p ledger.Predicate) bool { return g.count[p] > 1 }) {
			collected = append(collected, `collect(c) AS c`+name)
			l.claims = append(l.claims, "c"+name)
		} else {
			collected = append(collected, `collect(`+returnedClaims[sort]+`) AS r`+name)
			l.returned = append(l.returned, "r"+name)
		}
		if r.Sources {
			collected = append(collected, `collect(DISTINCT c.article) AS a`+name)
			g.sources = append(g.sources, "a"+name)
		}
		if r.Ends {
			collected = append(collected, `collect(DISTINCT u) AS e`+name)
			g.things = append(g.things, "e"+name)
		}
		if len(r.Then) > 0 {
			far := "u"
			if len(r.Through) > 0 {
				far = `CASE WHEN c.value IN $q.through[` + strconv.Itoa(len(g.through)) + `] THEN u END`
				g.through = append(g.through, r.Through)
			}
			collected = append(collected, `collect(DISTINCT `+far+`)[..`+strconv.Itoa(widest+1)+`] AS t`+name)
			g.wide = append(g.wide, "t"+name)
		}
		fmt.Fprintf(&g.calls, `
		CALL (%s) { UNWIND %s AS t MATCH (t)-[c:%s]-(u) WHERE c.known_from <= $q.at AND $q.at < c.known_until RETURN %s }`,
			from, from, strings.Join(texts(r.Predicates), "|"), strings.Join(collected, ", "))
		g.add("t"+name, r.Then)
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
	version := `WITH t, t AS v WHERE v:Version AND v.known_from <= $q.at AND $q.at < v.known_until`
	if past {
		version = `MATCH (t)<-[:VERSION_OF*0..1]-(v:Version) WHERE v.known_from <= $q.at AND $q.at < v.known_until`
	}
	wide := "false"
	for _, t := range g.wide {
		wide += ` OR size(` + t + `) > ` + strconv.Itoa(widest)
	}
	var b strings.Builder
	fmt.Fprintf(&b, lookBefore+`
		CALL () { UNWIND $q.ids AS id MATCH (t:Thing {id: id}) %s AND %s RETURN collect(DISTINCT t) AS t0 }%s
		WITH begun, ended, %s AS wide, %s AS ts, %s AS articles`, version, visible, g.calls.String(), wide, list(g.things), list(g.sources))
	for sort, l := range g.lists {
		fmt.Fprintf(&b, `, %s AS r_%d, %s AS c_%d`, list(l.returned), sort, list(l.claims), sort)
	}
	b.WriteString(`
		CALL (ts) { UNWIND ts AS t WITH DISTINCT t ` + version + ` RETURN collect(` + returnedThing + `) AS things }`)
	if len(g.sources) > 0 {
		b.WriteString(`
		CALL (articles) { UNWIND articles AS id WITH DISTINCT id MATCH (a:Article {id: id}) WHERE a.known_from <= $q.at RETURN collect(` + returnedArticle + `) AS found }`)
	} else {
		b.WriteString(` WITH *, [] AS found`)
	}
	var claims [2]string
	for sort, l := range g.lists {
		claims[sort] = fmt.Sprint("r_", sort)
		if len(l.claims) > 0 {
			fmt.Fprintf(&b, `
		CALL (c_%d) { UNWIND c_%d AS c WITH DISTINCT c RETURN collect(%s) AS d_%d }`, sort, sort, returnedClaims[sort], sort)
			claims[sort] += fmt.Sprint(" + d_", sort)
		}
	}
	b.WriteString(lookAfter + `, wide, things, ` + claims[1] + ` AS whole, ` + claims[0] + ` AS lean, found`)
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
