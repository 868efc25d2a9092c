package neo4j

import (
	"context"
	"slices"

	"spillover/ledger"
)

const (
	// The things that articles contribute.
	contributedBy = `
		UNWIND $q.ids AS id
		MATCH (:Article {id: id})-[:MENTIONS]->(t:Thing)
		RETURN DISTINCT t.id`

	// The mentions that articles report, and their keys.
	reportedBy = `
		UNWIND $q.ids AS id
		MATCH (:Article {id: id})-[:REPORTS]->(m:Mention)
		RETURN m.id, COLLECT { MATCH (m)-[:HAS_KEY]->(k) RETURN k.key }`

	// These mentions are none any more.
	dropMentions = `
		UNWIND $q.ids AS id
		MATCH (m:Mention:Thing {id: id})
		OPTIONAL MATCH (m)-[has:HAS_KEY]->()
		DELETE has
		REMOVE m:Mention, m.mention`

	// These keys, where no mention has them.
	dropKeys = `
		UNWIND $q.keys AS key
		MATCH (k:MentionKey {key: key}) WHERE NOT EXISTS { (k)<-[:HAS_KEY]-() }
		DELETE k`

	// These articles, with what they contribute and report.
	dropArticles = `
		UNWIND $q.ids AS id
		MATCH (a:Article {id: id})
		DETACH DELETE a`

	// Articles, as they are and as lists see them.
	putArticles = `
		UNWIND $q.rows AS row
		CREATE (a:Article:Version)
		SET a = row`

	// What an article says a thing is.
	putContributions = `
		UNWIND $q.rows AS row
		MATCH (a:Article {id: row.article})
		MERGE (t:Thing {id: row.thing})
		MERGE (a)-[m:MENTIONS]->(t)
		SET m.doc = row.doc`

	// An article's incidents. The FOREACH is for those without keys, too.
	putMentions = `
		UNWIND $q.rows AS row
		MATCH (a:Article {id: row.article})
		MERGE (m:Thing {id: row.id})
		SET m:Mention, m.mention = row.mention
		MERGE (a)-[:REPORTS]->(m)
		FOREACH (key IN row.keys | MERGE (k:MentionKey {key: key}) MERGE (m)-[:HAS_KEY]->(k))`

	// For each thing, what it is shown by and the earliest contribution, unless that is shown which comes before row's.
	earliest = `
		UNWIND $q.rows AS row
		MATCH (t:Thing {id: row.id})
		WHERE row.article = '' OR t.shown_by IS NULL
			OR row.from < t.known_from OR row.from = t.known_from AND row.article < t.shown_by
		RETURN row.id, t.shown, t.shown_by, COLLECT {
			MATCH (t)<-[m:MENTIONS]-(a:Article) RETURN [a.known_from, a.id, m.doc] ORDER BY a.known_from, a.id LIMIT 1
		}[0]`

	// Versions that are past.
	putPast = `
		UNWIND $q.rows AS row
		MERGE (t:Thing {id: row.id})
		MERGE (v:PastVersion {id: row.id, known_from: row.known_from})
		SET v:Version, v += row
		MERGE (v)-[:VERSION_OF]->(t)`

	// The past versions of these ids and days.
	dropPast = `
		UNWIND $q.rows AS row
		MATCH (v:PastVersion {id: row.id, known_from: row.known_from})
		DETACH DELETE v`

	// Aliases of these ids, days and sources.
	dropAliases = `
		UNWIND $q.rows AS row
		MATCH (:Thing {id: row.id})-[a:PART_OF {known_from: row.known_from, source: row.source}]->(:Thing {id: row.to})
		DELETE a`

	// Aliases.
	putAliases = `
		UNWIND $q.rows AS row
		MERGE (t:Thing {id: row.id})
		MERGE (u:Thing {id: row.to})
		MERGE (t)-[a:PART_OF {known_from: row.known_from, source: row.source}]->(u)
		SET a.known_until = row.known_until`

	// Judgements of these ids.
	dropJudgements = `
		UNWIND $q.ids AS id
		MATCH (j:Judgement {id: id})
		DELETE j`

	// Judgements.
	putJudgements = `
		UNWIND $q.rows AS row
		MERGE (j:Judgement {id: row.id})
		SET j += row`

	// Ids that nothing holds on to any more.
	dropUnheld = `
		UNWIND $q.ids AS id
		MATCH (t:Thing {id: id}) WHERE NOT t:Version AND NOT t:Mention AND NOT EXISTS { (t)--() }
		DELETE t`
)

var (
	// Things as they are known now, under their kind.
	putPresent = perKind(`
		UNWIND $q.rows AS row
		MERGE (t:Thing {id: row.id})
		SET t:Version:KIND, t += row`)

	// Things of these ids that exist only while a claim of them stands, and have none now, are marked.
	markClaimless = `
		UNWIND $q.ids AS id
		MATCH (t:Thing {id: id}) WHERE t:Version AND NOT t.standing
		WITH t, ` + claimed("t", false) + ` AS claimed WHERE claimed = (t.claimless IS NOT NULL)
		SET t.claimless = CASE WHEN claimed THEN null ELSE true END`

	// The same of all things.
	markAllClaimless = `
		MATCH (t:Thing) WHERE t:Version AND NOT t.standing AND NOT ` + claimed("t", false) + `
		SET t.claimless = true`

	// Things of these ids and days, put as versions, are not known now.
	dropPresent = `
		UNWIND $q.rows AS row
		MATCH (t:Thing {id: row.id}) WHERE t:Version AND t.shown IS NULL AND t.known_from = row.known_from
		SET t += $q.blank
		REMOVE t:Version:` + kindLabels

	// Things of these ids, which articles contributed, are not known now.
	dropShown = `
		UNWIND $q.ids AS id
		MATCH (t:Thing {id: id})
		SET t += $q.blank
		REMOVE t:Version:` + kindLabels

	// Claims of these ids and days, under whatever predicate.
	dropClaims = `
		UNWIND $q.rows AS row
		CALL (row) {` + everyPredicate(`
			MATCH (t)-[c:PREDICATE {id: row.id, known_from: row.known_from}]->(u)
			RETURN c, t.id AS t, u.id AS u`) + `}
		DELETE c
		RETURN t, u`

	// Claims, as claimRow has them.
	putClaims = perPredicate(`
		UNWIND $q.rows AS row
		MERGE (t:Thing {id: row[0]})
		MERGE (u:Thing {id: row[1]})
		CREATE (t)-[:PREDICATE {` + fromRow(2, claimProperties) + `}]->(u)`)
)

// blank takes away all that a thing has as a version.
var blank = func() map[string]any {
	row := versionRow(&ledger.Version{}, "")
	for name := range row {
		row[name] = nil
	}
	delete(row, "id")
	return row
}()

// rowsAtOnce bounds the parameters of one statement.
const rowsAtOnce = 1000

// batches runs a statement on rows, as many at a time as is good for the server.
func batches[T any](ctx context.Context, u *update, cypher, name string, rows []T, more map[string]any, row func([]any) error) error {
	for part := range slices.Chunk(rows, rowsAtOnce) {
		params := map[string]any{name: part}
		for k, v := range more {
			params[k] = v
		}
		if err := u.each(ctx, cypher, params, row); err != nil {
			return err
		}
	}
	return nil
}

func ignore([]any) error { return nil }
