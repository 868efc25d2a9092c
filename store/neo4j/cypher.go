package neo4j

import (
	"fmt"
	"strings"

	"spillover/ledger"
)

var (
	// claimTypes is any claim, as a relationship's type.
	claimTypes = strings.Join(texts(ledger.Predicates), "|")

	// visible is whether version v exists at the day $q.at: by its own days, and where it is not standing, on the days
	// on which a claim of it stands.
	visible = `(v.known_from <= $q.at AND $q.at < v.known_until AND (v.standing
		OR EXISTS { (v)-[f:` + claimTypes + `]-() WHERE f.known_from <= $q.at AND $q.at < f.known_until }))`

	// kindLabels are all labels of kinds, for taking them away.
	kindLabels = strings.Join(texts(ledger.Kinds), ":")
)

// What is returned of versions v, articles a and claims c: packed, as ledger.Pack… has it. The columns are the same for people
// to read.
const (
	returnedThing   = `v.packed_thing`
	returnedArticle = `a.packed_article`
	returnedLean    = `c.packed`
	returnedClaim   = returnedLean + `, c.packed_words`
)

// holds is whether a variable's days have the day $q.at, or now: what holds now has no end.
func holds(variable string, past bool) string {
	if past {
		return variable + `.known_from <= $q.at AND $q.at < ` + variable + `.known_until`
	}
	return variable + `.known_until = '` + string(ledger.Forever) + `'`
}

// shows is whether version v, whose days have the day, exists then. What has no claim now is marked on writing, see markClaimless:
// looking for one costs more than all else that a list looks at.
func shows(past bool) string {
	if past {
		return `(v.standing OR ` + claimed("v", past) + `)`
	}
	return `v.claimless IS NULL`
}

// claimed is whether a claim of a thing stands.
func claimed(variable string, past bool) string {
	return `EXISTS { (` + variable + `)-[f:` + claimTypes + `]-() WHERE ` + holds("f", past) + ` }`
}

// perKind makes one statement for each kind of thing, with its label where cypher has KIND.
func perKind(cypher string) map[ledger.Kind]string {
	all := map[ledger.Kind]string{}
	for _, k := range ledger.Kinds {
		if k != ledger.ArticleKind {
			all[k] = strings.ReplaceAll(cypher, "KIND", string(k))
		}
	}
	return all
}

// perPredicate makes one statement for each predicate, with its type where cypher has PREDICATE.
func perPredicate(cypher string) map[ledger.Predicate]string {
	all := map[ledger.Predicate]string{}
	for _, p := range ledger.Predicates {
		all[p] = strings.ReplaceAll(cypher, "PREDICATE", string(p))
	}
	return all
}

// everyPredicate asks once for each predicate, with its type where cypher has PREDICATE, and gives all answers.
func everyPredicate(cypher string) string {
	var all []string
	for _, p := range ledger.Predicates {
		all = append(all, strings.ReplaceAll(cypher, "PREDICATE", string(p)))
	}
	return strings.Join(all, "\nUNION ALL\n")
}

// fromRow are properties whose values follow one another in row, from a place on.
func fromRow(place int, names []string) string {
	var all []string
	for i, name := range names {
		all = append(all, fmt.Sprintf("`%s`: row[%d]", name, place+i))
	}
	return strings.Join(all, ", ")
}
