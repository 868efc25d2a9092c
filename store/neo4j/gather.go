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
//	CALL t0: the things with the ids, or those of a list
//	CALL for each reach, its parents first: claims at the things before, and the things at their far ends
//	CALL once for the things, and for claims that several reaches may find
//	CALL articles
//	the number of the last commit again
//
// It gives one row. Each CALL collects, so that no row is multiplied by another.
type gathering struct {
	past    bool
	start   string // calls that give t0
	more    string // what is returned besides
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
func newGathering(reaches []ledger.Reach, past bool) *gathering {
	g := &gathering{past: past, more: `null`, things: []string{"t0"}, count: map[ledger.Predicate]int{}, through: [][]string{}}
	g.start = `
		CALL () { UNWIND $q.ids AS id MATCH (t:Thing {id: id}) ` + versionOf(past) + ` AND ` + shows(past) + ` RETURN collect(DISTINCT t) AS t0 }`
	g.counts(reaches)
	g.add("t0", reaches)
	return g
}

// ofList are the same calls for the things of a list, which are not returned a second time.
func ofList(items string, reaches []ledger.Reach, past bool) *gathering {
	return newGathering(reaches, past).of(`
		CALL () {`+collected(items)+` AS listed, collect(v)[..$q.most - 1] AS vs }
		CALL (vs) { UNWIND vs AS v `, past)
}

// ofLists are the same for several lists by one statement: $q.all has the parameters of each, n is its place among them.
func ofLists(items string, reaches []ledger.Reach, past bool) *gathering {
	return newGathering(reaches, past).of(`
		CALL () {
			UNWIND $q.all AS p
			CALL (p) {`+byEach(collected(items), "p")+` AS listed, collect(v)[..$q.most - 1] AS vs }
			RETURN collect([p.n, listed]) AS listed, collect(vs) AS all }
		CALL (all) { UNWIND all AS vs UNWIND vs AS v WITH DISTINCT v `, past)
}

// of has g start from versions v that are listed.
func (g *gathering) of(listed string, past bool) *gathering {
	g.things, g.more = g.things[1:], `listed`
	node := `WITH v AS t`
	if past {
		node = `MATCH (v)-[:VERSION_OF*0..1]->(t:Thing)`
	}
	g.start = listed + node + ` RETURN collect(DISTINCT t) AS t0 }`
	return g
}

// versionOf finds the version v of thing t that has the day. In the past it may be beside its node. What a claim leads to exists while
// the claim stands, so only for the things that are asked about [shows] is looked at besides.
func versionOf(past bool) string {
	if past {
		return `MATCH (t)<-[:VERSION_OF*0..1]-(v:Version) WHERE ` + holds("v", past)
	}
	return `WITH t, t AS v WHERE v:Version AND ` + holds("v", past)
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
		CALL (%s) { UNWIND %s AS t MATCH (t)-[c:%s]-(u) WHERE %s RETURN %s }`,
			from, from, strings.Join(texts(r.Predicates), "|"), holds("c", g.past), strings.Join(collected, ", "))
		g.add("t"+name, r.Then)
	}
}

// text is the whole statement.
func (g *gathering) text() string {
	list := func(variables []string) string {
		if len(variables) == 0 {
			return "[]"
		}
		return strings.Join(variables, " + ")
	}
	known, found := ``, `WITH t AS v RETURN collect(`+returnedThing+`)` // what claims lead to now has not ended
	if g.past {
		known, found = ` WHERE a.known_from <= $q.at`, versionOf(true)+` RETURN collect(`+returnedThing+`)`
	}
	wide := "false"
	for _, t := range g.wide {
		wide += ` OR size(` + t + `) > ` + strconv.Itoa(widest)
	}
	var b strings.Builder
	fmt.Fprintf(&b, lookBefore+`%s%s
		WITH begun, ended, %s AS more, %s AS wide, %s AS ts, %s AS articles`, g.start, g.calls.String(), g.more, wide, list(g.things), list(g.sources))
	for sort, l := range g.lists {
		fmt.Fprintf(&b, `, %s AS r_%d, %s AS c_%d`, list(l.returned), sort, list(l.claims), sort)
	}
	b.WriteString(`
		CALL (ts) { UNWIND ts AS t WITH DISTINCT t ` + found + ` AS things }`)
	sources := `[]`
	if len(g.sources) > 0 {
		sources = `found`
		b.WriteString(`
		CALL (articles) { UNWIND articles AS id WITH DISTINCT id MATCH (a:Article {id: id})` + known + ` RETURN collect(` + returnedArticle + `) AS found }`)
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
	b.WriteString(lookAfter + `, wide, things, ` + claims[1] + ` AS whole, ` + claims[0] + ` AS lean, ` + sources + ` AS found, more`)
	return b.String()
}

// Gather gives things with all that reaches want of them, by one statement outside of any transaction, which others that ask the
// same of other things may share.
func (s *Store) Gather(ctx context.Context, ids []string, at ledger.Date, reaches []ledger.Reach) (*ledger.Gathered, error) {
	if len(ids) == 1 && len(reaches) == 0 {
		return s.alone(ctx, ids[0], at)
	}
	g := newGathering(reaches, at != ledger.Undated)
	cypher := g.text()
	found, err := ask(ctx, &s.together, fmt.Sprint(at, g.through, cypher), ledger.Set(ids...), func(ctx context.Context, all [][]string) ([]*ledger.Gathered, error) {
		parts := make([]*ledger.Gathered, len(all))
		found, wide, err := s.gatherAll(ctx, cypher, ledger.Set(slices.Concat(all...)...), at, g.through, reaches)
		for i, ids := range all {
			switch {
			case err != nil:
			case wide && len(all) > 1:
				parts[i], _, err = s.gatherAll(ctx, cypher, ids, at, g.through, reaches)
			case found == nil:
			case len(all) > 1:
				parts[i] = found.Part(ids, reaches)
			default:
				parts[i] = found
			}
		}
		return parts, err
	})
	if err != nil || found == nil {
		return nil, s.failed(ctx, err, "gather")
	}
	for _, id := range ids {
		if found.Things[id] == nil {
			return nil, nil // it leads elsewhere
		}
	}
	return found, nil
}

// single are the statements for things alone, by whether they are of the past. Each thing is one row, which no commit is seen half in, so
// they need no look at its number.
var single = map[bool]string{}

func init() {
	for _, past := range []bool{false, true} {
		single[past] = `UNWIND $q.ids AS id MATCH (t:Thing {id: id}) ` + versionOf(past) + ` AND ` + shows(past) + `
			WITH collect(` + returnedThing + `) AS things RETURN 0 AS begun, 0 AS ended, 0 AS after, things`
	}
}

// alone is Gather for one thing and nothing besides.
func (s *Store) alone(ctx context.Context, id string, at ledger.Date) (*ledger.Gathered, error) {
	found, err := ask(ctx, &s.together, "single "+string(at), id, func(ctx context.Context, ids []string) ([]*ledger.Gathered, error) {
		all := make([]*ledger.Gathered, len(ids))
		_, err := s.steady(ctx, single[at != ledger.Undated], map[string]any{"ids": ledger.Set(ids...), "at": string(at)}, func(given []any) error {
			things := map[string]*ledger.Thing{}
			for _, value := range rows(given[0]) {
				t := new(ledger.Thing)
				if err := scanThing(value, t); err != nil {
					return err
				}
				things[t.ID] = t
			}
			for i, id := range ids {
				if t := things[id]; t != nil {
					all[i] = ledger.NewGathered()
					all[i].Things[id] = t
				}
			}
			return nil
		})
		return all, err
	})
	return found, s.failed(ctx, err, "gather")
}

// gatherAll gives nothing where commits come all the time: one by one each thing is read in a transaction. Nor does it where
// there is too much for one answer, which then is wide.
func (s *Store) gatherAll(ctx context.Context, cypher string, ids []string, at ledger.Date, through [][]string, reaches []ledger.Reach) (found *ledger.Gathered, wide bool, err error) {
	params := map[string]any{"ids": ids, "at": string(at), "through": through}
	_, err = s.steady(ctx, cypher, params, func(given []any) error {
		if wide, _ = given[0].(bool); wide {
			return nil
		}
		found = ledger.NewGathered()
		return gathered(found, ids, reaches, given[1:])
	})
	return found, wide, err
}

// gathered adds the lists of a row.
func gathered(g *ledger.Gathered, ids []string, reaches []ledger.Reach, lists []any) error {
	for _, value := range rows(lists[0]) {
		t := new(ledger.Thing)
		if err := scanThing(value, t); err != nil {
			return err
		}
		g.Things[t.ID] = t
	}
	whole, lean := make([]ledger.Claim, len(rows(lists[1]))), make([]ledger.Claim, len(rows(lists[2])))
	for i, values := range rows(lists[1]) {
		if err := scanClaim(rows(values), &whole[i]); err != nil {
			return err
		}
	}
	for i, value := range rows(lists[2]) {
		if err := scanLean(value, &lean[i]); err != nil {
			return err
		}
	}
	for _, value := range rows(lists[3]) {
		a := new(ledger.Article)
		if err := scanArticle(value, a); err != nil {
			return err
		}
		g.Articles[a.ID] = a
	}
	g.Bunch(ids, reaches, whole, lean)
	return nil
}

// rows is a list of the database.
func rows(list any) []any {
	all, _ := list.([]any)
	return all
}
