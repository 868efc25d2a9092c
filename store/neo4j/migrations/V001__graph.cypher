// The graph, as people and this program read it.
//
//   (:Thing:Council …)             a thing under its kind, as it is known now; Thing alone: an id without a
//                                  thing, which claims, aliases or mentions hold on to
//   (:PastVersion)-[:VERSION_OF]->(:Thing)   what a thing was known as, from known_from until known_until
//   (:Thing)-[:IMPACT …]->(:Thing)  a claim, under its predicate, with its evidence
//   (:Thing)-[:PART_OF]->(:Thing)  an alias: the first leads to the second
//   (:Article)                     with its text; record is the rest of what was read from it, as JSON
//   (:Article)-[:MENTIONS]->(:Thing)         a contribution; doc is the thing as the article has it, as JSON
//   (:Article)-[:REPORTS]->(:Thing:Mention)  the article's own incident; mention is its JSON
//   (:Mention)-[:HAS_KEY]->(:MentionKey)     mentions that share one may be one incident
//   (:Version)                     a second label of things, past versions and articles: what lists and searches see
//   (:Judgement) (:Graph) (:Change) (:Migration)
//
// Statements end with a semicolon at the end of a line. Each may be run again.

CREATE CONSTRAINT migration_version IF NOT EXISTS FOR (m:Migration) REQUIRE m.version IS UNIQUE;
CREATE CONSTRAINT graph_key IF NOT EXISTS FOR (g:Graph) REQUIRE g.key IS UNIQUE;
CREATE CONSTRAINT change_revision IF NOT EXISTS FOR (c:Change) REQUIRE c.revision IS UNIQUE;
CREATE CONSTRAINT article_id IF NOT EXISTS FOR (a:Article) REQUIRE a.id IS UNIQUE;
CREATE CONSTRAINT judgement_id IF NOT EXISTS FOR (j:Judgement) REQUIRE j.id IS UNIQUE;
CREATE CONSTRAINT thing_id IF NOT EXISTS FOR (t:Thing) REQUIRE t.id IS UNIQUE;
CREATE CONSTRAINT past_version_id_known_from IF NOT EXISTS FOR (v:PastVersion) REQUIRE (v.id, v.known_from) IS UNIQUE;
CREATE CONSTRAINT mention_key_key IF NOT EXISTS FOR (k:MentionKey) REQUIRE k.key IS UNIQUE;

// Lists by name, and by date downwards and upwards; searches, and lists by facets or words.
CREATE INDEX version_sort IF NOT EXISTS FOR (v:Version) ON (v.kind, v.sort_start);
CREATE INDEX version_date IF NOT EXISTS FOR (v:Version) ON (v.kind, v.date);
CREATE INDEX version_date_up IF NOT EXISTS FOR (v:Version) ON (v.kind, v.date_up);
CREATE FULLTEXT INDEX version_words IF NOT EXISTS FOR (v:Version) ON EACH [v.terms, v.facets]
  OPTIONS {indexConfig: {`fulltext.analyzer`: 'keyword', `fulltext.eventually_consistent`: false}};

// Claims by id, by article, and by date.
CREATE CONSTRAINT impact_id_known_from IF NOT EXISTS FOR ()-[c:IMPACT]-() REQUIRE (c.id, c.known_from) IS UNIQUE;
CREATE INDEX impact_article IF NOT EXISTS FOR ()-[c:IMPACT]-() ON (c.article);
CREATE INDEX impact_asserted_on IF NOT EXISTS FOR ()-[c:IMPACT]-() ON (c.asserted_on, c.id);
CREATE CONSTRAINT membership_id_known_from IF NOT EXISTS FOR ()-[c:MEMBERSHIP]-() REQUIRE (c.id, c.known_from) IS UNIQUE;
CREATE INDEX membership_article IF NOT EXISTS FOR ()-[c:MEMBERSHIP]-() ON (c.article);
CREATE INDEX membership_asserted_on IF NOT EXISTS FOR ()-[c:MEMBERSHIP]-() ON (c.asserted_on, c.id);
CREATE CONSTRAINT attribution_id_known_from IF NOT EXISTS FOR ()-[c:ATTRIBUTION]-() REQUIRE (c.id, c.known_from) IS UNIQUE;
CREATE INDEX attribution_article IF NOT EXISTS FOR ()-[c:ATTRIBUTION]-() ON (c.article);
CREATE INDEX attribution_asserted_on IF NOT EXISTS FOR ()-[c:ATTRIBUTION]-() ON (c.asserted_on, c.id);
CREATE CONSTRAINT response_id_known_from IF NOT EXISTS FOR ()-[c:RESPONSE]-() REQUIRE (c.id, c.known_from) IS UNIQUE;
CREATE INDEX response_article IF NOT EXISTS FOR ()-[c:RESPONSE]-() ON (c.article);
CREATE INDEX response_asserted_on IF NOT EXISTS FOR ()-[c:RESPONSE]-() ON (c.asserted_on, c.id);
CREATE CONSTRAINT appointment_id_known_from IF NOT EXISTS FOR ()-[c:APPOINTMENT]-() REQUIRE (c.id, c.known_from) IS UNIQUE;
CREATE INDEX appointment_article IF NOT EXISTS FOR ()-[c:APPOINTMENT]-() ON (c.article);
CREATE INDEX appointment_asserted_on IF NOT EXISTS FOR ()-[c:APPOINTMENT]-() ON (c.asserted_on, c.id);
CREATE CONSTRAINT statement_id_known_from IF NOT EXISTS FOR ()-[c:STATEMENT]-() REQUIRE (c.id, c.known_from) IS UNIQUE;
CREATE INDEX statement_article IF NOT EXISTS FOR ()-[c:STATEMENT]-() ON (c.article);
CREATE INDEX statement_asserted_on IF NOT EXISTS FOR ()-[c:STATEMENT]-() ON (c.asserted_on, c.id);
CREATE CONSTRAINT data_id_known_from IF NOT EXISTS FOR ()-[c:DATA]-() REQUIRE (c.id, c.known_from) IS UNIQUE;
CREATE INDEX data_article IF NOT EXISTS FOR ()-[c:DATA]-() ON (c.article);
CREATE INDEX data_asserted_on IF NOT EXISTS FOR ()-[c:DATA]-() ON (c.asserted_on, c.id);
CREATE CONSTRAINT service_id_known_from IF NOT EXISTS FOR ()-[c:SERVICE]-() REQUIRE (c.id, c.known_from) IS UNIQUE;
CREATE INDEX service_article IF NOT EXISTS FOR ()-[c:SERVICE]-() ON (c.article);
CREATE INDEX service_asserted_on IF NOT EXISTS FOR ()-[c:SERVICE]-() ON (c.asserted_on, c.id);
