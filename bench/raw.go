package main

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// rawCypher are the operations as a person would write them by hand for the driver: one statement each, which gives one
// map in the shape of the GraphQL answer.
var rawCypher = map[string]string{
	"q1": `MATCH (i:Thing {id: $id}) WHERE i:Incident
		CALL (i) { MATCH (i)-[c:IMPACT]->(o) WHERE c.known_until = '9999-12-31' MATCH (a:Article {id: c.article}) WITH o, c, a ORDER BY c.asserted_on DESC, c.id
			WITH o, max(` + strength + `) AS best, collect({quote: c.quote, assertedOn: c.asserted_on, article: {title: a.title, publisher: a.publisher, url: a.url}}) AS evidence ORDER BY best DESC, o.sort RETURN collect({status: ` + standings + `[best], council: {id: o.id, name: o.name}, evidence: evidence}) AS impacts }
		CALL (i) { MATCH (i)-[c:ATTRIBUTION]->(o) WHERE c.known_until = '9999-12-31' MATCH (a:Article {id: c.article}) WITH o, c, a ORDER BY c.asserted_on DESC, c.id
			WITH o, max(c.value) AS basis, collect({quote: c.quote, assertedOn: c.asserted_on, article: {title: a.title, publisher: a.publisher, url: a.url}}) AS evidence RETURN collect({basis: basis, actor: {id: o.id, name: o.name}, evidence: evidence}) AS attributions }
		CALL (i) { MATCH (i)<-[c:RESPONSE]-(o) WHERE c.known_until = '9999-12-31' MATCH (a:Article {id: c.article}) WITH o, c, a ORDER BY c.asserted_on DESC, c.id
			WITH o, max(c.value) AS role, collect({quote: c.quote, assertedOn: c.asserted_on, article: {title: a.title, publisher: a.publisher, url: a.url}}) AS evidence ORDER BY o.sort RETURN collect({role: role, agency: {id: o.id, name: o.name}, evidence: evidence}) AS responses }
		CALL (i) { MATCH (i)<-[c:STATEMENT]-(o) WHERE c.known_until = '9999-12-31' MATCH (a:Article {id: c.article}) WITH o, c, a ORDER BY c.asserted_on DESC, c.id
			WITH o, c.value AS words, collect({quote: c.quote, assertedOn: c.asserted_on, article: {title: a.title, publisher: a.publisher, url: a.url}}) AS evidence RETURN collect({text: words, official: {id: o.id, name: o.name}, evidence: evidence}) AS statements }
		RETURN {incident: {id: i.id, name: i.name, incidentKind: i.incident_kind, identifiedOn: i.identified_on, impacts: impacts, attributions: attributions,
			responses: responses, statements: statements}}`,
	"q2": `MATCH (v:Version) WHERE v.kind = 'Incident' AND v.known_until = '9999-12-31' AND v.date >= $since AND v.date <= $until WITH v ORDER BY v.kind DESC, v.date DESC, v.id LIMIT 20
		CALL (v) { MATCH (v)-[c:IMPACT]->(o) WHERE c.known_until = '9999-12-31' WITH o, max(` + strength + `) AS best ORDER BY best DESC, o.sort
			RETURN collect({status: ` + standings + `[best], council: {id: o.id, name: o.name}}) AS impacts }
		CALL (v) { MATCH (v)-[c:ATTRIBUTION]->(o) WHERE c.known_until = '9999-12-31' WITH o, max(c.value) AS basis
			RETURN collect({basis: basis, actor: {id: o.id, name: o.name}}) AS attributions }
		RETURN {incidents: {nodes: collect({id: v.id, name: v.name, incidentKind: v.incident_kind, identifiedOn: v.identified_on, impacts: impacts, attributions: attributions})}}`,
	"q3": `MATCH (k:Thing {id: $id}) WHERE k:Council
		CALL (k) { MATCH (k)-[m:MEMBERSHIP]->(s) WHERE m.known_until = '9999-12-31' WITH DISTINCT s ORDER BY s.sort
			CALL (s) { MATCH (s)<-[n:MEMBERSHIP]-(p) WHERE n.known_until = '9999-12-31' WITH DISTINCT p ORDER BY p.sort
				CALL (p) { MATCH (p)<-[c:IMPACT]-(i) WHERE c.known_until = '9999-12-31' WITH i, max(` + strength + `) AS best ORDER BY i.identified_on DESC
					RETURN collect({status: ` + standings + `[best], incident: {id: i.id, name: i.name, identifiedOn: i.identified_on}}) AS impacts }
				RETURN collect({council: {id: p.id, name: p.name, impacts: impacts}}) AS members }
			RETURN collect({arrangement: {id: s.id, name: s.name, arrangementKind: s.arrangement_kind, memberships: members}}) AS memberships }
		RETURN {council: {id: k.id, name: k.name, memberships: memberships}}`,
	"q4":  rawSpread(2),
	"q4d": rawSpread(4),
	"q5": `CALL db.index.fulltext.queryNodes('version_words', 'terms:' + $text + '*') YIELD node AS v WHERE v.kind = 'Council'
		WITH v ORDER BY v.sort, v.id LIMIT 20 RETURN {councils: {nodes: collect({id: v.id, name: v.name})}}`,
	"q5t": `CALL db.index.fulltext.queryNodes('version_words', 'terms:' + $text + '*') YIELD node AS v
		WHERE v.known_until = '9999-12-31' AND v.kind IN ['Council', 'SharedArrangement', 'Incident', 'ThreatActor', 'Agency', 'Official']
		WITH v, CASE WHEN v.sort = $text THEN 0 WHEN v.sort STARTS WITH $text THEN 1 ELSE 2 END AS rank ORDER BY rank, v.sort, v.id LIMIT 20
		RETURN {search: {nodes: collect({id: v.id, kind: {Council: 'COUNCIL', SharedArrangement: 'SHARED_ARRANGEMENT', Incident: 'INCIDENT', ThreatActor: 'THREAT_ACTOR', Agency: 'AGENCY', Official: 'OFFICIAL'}[v.kind], name: v.name})}}`,
	"q6": `MATCH (k:Thing {id: $id}) WHERE k:Council RETURN {council: {id: k.id, name: k.name, gss: k.gss}}`,
}

const (
	strength  = `CASE c.value WHEN 'COMPROMISED' THEN 4 WHEN 'DISRUPTED' THEN 3 WHEN 'SUSPECTED' THEN 2 ELSE 1 END`
	standings = `['', 'UNAFFECTED', 'SUSPECTED', 'DISRUPTED', 'COMPROMISED']`
)

// rawSpread walks level by level from the councils first struck, and lists each arrangement and council once.
func rawSpread(hops int) string {
	text := `MATCH (i:Thing {id: $id}) WHERE i:Incident
		CALL (i) { MATCH (i)-[c:IMPACT]->(o) WHERE c.known_until = '9999-12-31' AND c.value IN ['COMPROMISED', 'DISRUPTED']
			WITH c.asserted_on AS day, collect(DISTINCT o) AS some ORDER BY day LIMIT 1 RETURN some AS l0 }
		CALL (i) { MATCH (i)-[c:IMPACT]->(o) WHERE c.known_until = '9999-12-31' WITH o, max(` + strength + `) AS best RETURN collect({id: o.id, status: ` + standings + `[best]}) AS stands }
		WITH i, l0, l0 AS seen0, stands, [] AS all0`
	for n := range hops {
		a, b := string(rune('0'+n)), string(rune('1'+n))
		text += `
		CALL (l` + a + `, seen` + a + `, stands) { UNWIND l` + a + ` AS f MATCH (f)-[m:MEMBERSHIP]->(s)<-[n:MEMBERSHIP]-(t)
			WHERE m.known_until = '9999-12-31' AND n.known_until = '9999-12-31' AND NOT t IN seen` + a + `
			WITH s, t, min(f.id) AS from ORDER BY t.sort, t.id, s.id
			RETURN collect(DISTINCT t) AS l` + b + `, collect({distance: ` + b + `, from: {id: from}, via: {id: s.id, name: s.name}, to: {id: t.id, name: t.name},
				outcome: coalesce(head([x IN stands WHERE x.id = t.id | x.status]), 'UNREPORTED')}) AS h` + b + ` }
		WITH i, l` + b + `, seen` + a + ` + l` + b + ` AS seen` + b + `, l0, stands, all` + a + ` + h` + b + ` AS all` + b
	}
	last := string(rune('0' + hops))
	return text + ` RETURN {incident: {id: i.id, spread: {origins: [o IN l0 | {id: o.id, name: o.name}], hops: all` + last + `}}}`
}

type rawCommand struct {
	place
}

// Run serves each operation by one statement of the raw driver, on a free port that it prints.
func (c *rawCommand) Run(ctx context.Context, out io.Writer) error {
	d, err := driver.NewDriverWithContext(c.Neo4jURI, driver.BasicAuth(c.Neo4jUsername, c.Neo4jPassword, ""))
	if err != nil {
		return err
	}
	defer d.Close(context.WithoutCancel(ctx))
	routes := http.NewServeMux()
	for name, cypher := range rawCypher {
		routes.HandleFunc("POST /"+name, func(w http.ResponseWriter, r *http.Request) {
			var params map[string]any
			if err := json.NewDecoder(r.Body).Decode(&params); err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
				return
			}
			session := d.NewSession(r.Context(), driver.SessionConfig{DatabaseName: "neo4j", AccessMode: driver.AccessModeRead})
			defer session.Close(context.WithoutCancel(r.Context()))
			result, err := session.Run(r.Context(), cypher, params)
			if err == nil {
				var record *driver.Record
				if record, err = result.Single(r.Context()); err == nil {
					w.Header().Set("Content-Type", "application/json")
					_ = json.NewEncoder(w).Encode(map[string]any{"data": record.Values[0]})
					return
				}
			}
			http.Error(w, err.Error(), http.StatusInternalServerError)
		})
	}
	return serve(ctx, out, routes)
}

// serve serves on a free port, prints its address, and ends with ctx.
func serve(ctx context.Context, out io.Writer, handler http.Handler) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: handler}
	defer context.AfterFunc(ctx, func() { _ = server.Close() })()
	if _, err := io.WriteString(out, "http://"+l.Addr().String()+"\n"); err != nil {
		return err
	}
	if err := server.Serve(l); ctx.Err() == nil {
		return err
	}
	return nil
}
