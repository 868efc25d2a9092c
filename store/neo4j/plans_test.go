package neo4j

import (
	"fmt"
	"strings"
	"testing"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"spillover/ledger"
	"spillover/setup/neo4jtest"
)

// statementsByName are all that run after a store is opened, save those that differ in a label or type alone.
func statementsByName() map[string]string {
	all := map[string]string{"readRevision": readRevision, "readMoment": readMoment, "beginCommit": beginCommit, "endCommit": endCommit, "readThings": readThings, "readArticles": readArticles, "readMentions": readMentions, "readSpans": readSpans, "readCounts": readCounts,
		"readRecords": readRecords, "readJudgements": readJudgements, "readChanges": readChanges, "searchTotal": searchTotal, "lockGraph": lockGraph,
		"logChange": logChange, "mentionsByKey": mentionsByKey, "mentionsByID": mentionsByID, "articlesAbout": articlesAbout, "recordsOf": recordsOf,
		"contributedBy": contributedBy, "reportedBy": reportedBy, "dropMentions": dropMentions, "dropKeys": dropKeys, "dropArticles": dropArticles,
		"putArticles": putArticles, "putContributions": putContributions, "putMentions": putMentions, "earliest": earliest, "putPast": putPast,
		"dropPast": dropPast, "dropAliases": dropAliases, "putAliases": putAliases, "dropJudgements": dropJudgements, "putJudgements": putJudgements,
		"dropUnheld": dropUnheld, "markClaimless": markClaimless, "dropClaims": dropClaims, "dropPresent": dropPresent, "dropShown": dropShown}
	for i, cypher := range reset {
		all[fmt.Sprint("reset ", i)] = cypher
	}
	for _, p := range []paging{{}, {backward: true}, {past: true, after: true}, {past: true, after: true, before: true, backward: true}} {
		for _, way := range []listing{byName, byName.down(), byDateUp, byDateDown} {
			way.paging, way.source = p, inOrder
			all[fmt.Sprintf("list %+v", way)] = way.items()
			way.groups, way.dated = true, true
			all[fmt.Sprintf("list %+v", way)] = way.items()
		}
		way := byName // the full-text index has no order
		way.paging, way.source = p, byContent
		all[fmt.Sprintf("list %+v", way)] = way.items()
		all[fmt.Sprintf("search %+v", p)] = searchItems(p)
		all[fmt.Sprintf("joint search %+v", p)] = joint(searchItems(p))
	}
	for source, cypher := range listTotals {
		all["list total "+source] = cypher
	}
	for _, way := range []listing{byName, byDateUp, byDateDown} {
		way.source = inOrder
		all[fmt.Sprintf("joint list %+v", way)] = joint(way.items())
		reach := []ledger.Reach{{Predicates: []ledger.Predicate{ledger.Impact}, Ends: true}}
		all[fmt.Sprintf("list and gather %+v", way)] = ofList(way.items(), reach, false).text()
		all[fmt.Sprintf("lists and gather %+v", way)] = ofLists(way.items(), reach, false).text()
	}
	all["single"], all["past single"] = single[false], single[true]
	all["putAct"] = putAct
	for source, cypher := range actItems {
		all["acts "+source] = cypher
	}
	all["acts total"], all["acts of total"] = actTotals[allActs], actTotals[actsOf]
	for source, cypher := range monthTotals {
		all["month totals "+source], all["facet totals "+source] = cypher, facetTotals[source]
	}
	for way, cypher := range claimItems {
		all[fmt.Sprintf("claims %+v", way)] = cypher
	}
	for source, cypher := range claimTotals {
		all[fmt.Sprint("claims total ", source)] = cypher
	}
	// One of each will do: they differ in a name.
	all["put present"], all["put claims"] = putPresent[ledger.Council], putClaims[ledger.Impact]
	return all
}

// scans are the steps of a plan that read the whole graph, or all of a label or type.
var scans = []string{"AllNodesScan", "NodeByLabelScan", "DirectedRelationshipTypeScan", "RelationshipTypesScan", "AllRelationshipsScan"}

// scanning are the statements that are about everything of a sort.
var scanning = []string{"readCounts", "readJudgements", "reset"}

// TestPlans looks at how Neo4j would run each statement: from an index, never by a scan.
func TestPlans(t *testing.T) {
	server := neo4jtest.Start(t)
	ctx := t.Context()
	s, err := Open(ctx, Config{URI: server.URI, Username: server.Username, Password: server.Password})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close(ctx)
	session := s.session(ctx, driver.AccessModeWrite)
	defer session.Close(ctx)
	params := map[string]any{"all": []any{}, "at": "", "ids": []string{}, "rows": []any{}, "keys": []string{}, "asked": []string{}, "blank": map[string]any{}, "text": true,
		"after": "", "most": 1, "since": "", "until": "", "kept": 1, "kind": "", "kinds": []string{}, "content": "x", "groups": [][]string{}, "key": "",
		"low": "", "high": "", "after_key": "", "after_id": "", "before_key": "", "before_id": "", "predicates": []string{}, "claims": []string{}, "article": "",
		"values": []string{}, "names": []string{},
		"doc": "", "subjects": []string{}, "of": "", "above": 0, "below": 1}
	for name, cypher := range statementsByName() {
		result, err := session.Run(ctx, "EXPLAIN "+cypher, map[string]any{"q": params})
		if err != nil {
			t.Errorf("%s: %v\n%s", name, err, cypher)
			continue
		}
		summary, err := result.Consume(ctx)
		if err != nil {
			t.Errorf("%s: %v\n%s", name, err, cypher)
			continue
		}
		wanted := false
		for _, prefix := range scanning {
			wanted = wanted || strings.HasPrefix(name, prefix)
		}
		for _, step := range steps(summary.Plan()) {
			for _, scan := range scans {
				if strings.Contains(step, scan) && !wanted {
					t.Errorf("%s has the step %s:\n%s", name, step, cypher)
				}
			}
		}
	}
}

// steps are the operators of a plan.
func steps(p driver.Plan) []string {
	all := []string{p.Operator()}
	for _, child := range p.Children() {
		all = append(all, steps(child)...)
	}
	return all
}
