#!/usr/bin/env node
// Answers GraphQL over the database of the benchmark by Neo4j's own library, on a free port that it prints. The schema is as a user of
// the library writes it for this graph: the labels of @node name also those that the graph's indexes are on.
import { Neo4jGraphQL } from "@neo4j/graphql";
import { execute, parse, validate } from "graphql";
import neo4j from "neo4j-driver";
import { createServer } from "node:http";
import net from "node:net";

// Seconds that a question may take, after which the database gives it up too.
const LIMIT = 10;

// The driver sends statements in parts of 1400 bytes and lets them wait for each other, 40 ms on this way: not what is to be measured.
const connect = net.connect;
net.connect = (...to) => connect(...to).setNoDelay(true);

// The full-text index is on lists, which the library does not know of; that is of no matter where they are only searched.
const searched = (query) => `@fulltext(indexes: [{ indexName: "version_words", queryName: "${query}", fields: ["terms"] }])`;
const common = "id: ID! name: String kind: String sort: String known_until: String sort_start: String date: String terms: String";

const typeDefs = `#graphql
  type Council @node(labels: ["Thing", "Version", "Council"]) ${searched("councilsByWords")} {
    ${common} gss: String
    impacts: [Incident!]! @relationship(type: "IMPACT", direction: IN, properties: "Claim")
    memberships: [SharedArrangement!]! @relationship(type: "MEMBERSHIP", direction: OUT, properties: "Claim")
  }
  type SharedArrangement @node(labels: ["Thing", "Version", "SharedArrangement"]) ${searched("arrangementsByWords")} {
    ${common} arrangement_kind: String
    members: [Council!]! @relationship(type: "MEMBERSHIP", direction: IN, properties: "Claim")
  }
  type Incident @node(labels: ["Thing", "Version", "Incident"]) ${searched("incidentsByWords")} {
    ${common} incident_kind: String identified_on: String
    impacts: [Council!]! @relationship(type: "IMPACT", direction: OUT, properties: "Claim")
    attributions: [ThreatActor!]! @relationship(type: "ATTRIBUTION", direction: OUT, properties: "Claim")
    responses: [Agency!]! @relationship(type: "RESPONSE", direction: IN, properties: "Claim")
    statements: [Official!]! @relationship(type: "STATEMENT", direction: IN, properties: "Claim")
  }
  type ThreatActor @node(labels: ["Thing", "Version", "ThreatActor"]) ${searched("actorsByWords")} { ${common} }
  type Agency @node(labels: ["Thing", "Version", "Agency"]) ${searched("agenciesByWords")} { ${common} }
  type Official @node(labels: ["Thing", "Version", "Official"]) ${searched("officialsByWords")} { ${common} }
  type Claim @relationshipProperties {
    id: ID! quote: String value: String asserted_on: String known_until: String article: String
  }
`;

const driver = neo4j.driver(process.env.NEO4J_URI, neo4j.auth.basic(process.env.NEO4J_USERNAME || "neo4j", process.env.NEO4J_PASSWORD));
const features = { filters: { String: { GTE: true, LTE: true } } }; // dates are text in this graph
const schema = await new Neo4jGraphQL({ typeDefs, driver, features }).getSchema();
const documents = new Map(); // parsed and validated, as servers keep them

function documentOf(query) {
  let document = documents.get(query);
  if (!document) {
    document = parse(query);
    const errors = validate(schema, document);
    if (errors.length > 0) throw errors[0];
    documents.set(query, document);
  }
  return document;
}

async function answer(body) {
  const { query, variables } = JSON.parse(body);
  const contextValue = { sessionConfig: { database: "neo4j" }, transaction: { timeout: LIMIT * 1000 } };
  const { data, errors } = await execute({ schema, document: documentOf(query), variableValues: variables, contextValue });
  if (errors) throw errors[0].originalError?.code?.includes("TimedOut") ? new Error(`no answer within ${LIMIT} s`) : errors[0];
  return { data };
}

const server = createServer(async (request, response) => {
  try {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = request.method === "POST" ? JSON.stringify(await answer(Buffer.concat(chunks).toString())) : "{}";
    response.setHeader("Content-Type", "application/json").end(text);
  } catch (error) {
    response.writeHead(500).end(error.message);
  }
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
