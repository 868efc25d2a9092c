// Who changed what by hand, when and why. It is no part of the graph: nothing is derived from it, and resetting keeps it.
//
//   (:ActSubject)-[:CHANGED_BY]->(:Act)   the id of a thing, a claim or an article; doc is the rest of the act, as JSON

CREATE CONSTRAINT act_revision IF NOT EXISTS FOR (a:Act) REQUIRE a.revision IS UNIQUE;
CREATE CONSTRAINT act_subject_id IF NOT EXISTS FOR (s:ActSubject) REQUIRE s.id IS UNIQUE;
