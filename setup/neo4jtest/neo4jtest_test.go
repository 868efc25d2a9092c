package neo4jtest

import (
	"testing"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// count runs one statement that gives a number, or nothing.
func count(t *testing.T, s Server, cypher string) int64 {
	t.Helper()
	ctx := t.Context()
	d, err := driver.NewDriverWithContext(s.URI, driver.BasicAuth(s.Username, s.Password, ""))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close(ctx)
	result, err := driver.ExecuteQuery(ctx, d, cypher, nil, driver.EagerResultTransformer, driver.ExecuteQueryWithDatabase("neo4j"))
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Records) == 0 {
		return 0
	}
	n, _ := result.Records[0].Values[0].(int64)
	return n
}

func TestStart(t *testing.T) {
	t.Run("filled", func(t *testing.T) {
		s := Start(t)
		count(t, s, "CREATE (n:Council {id: 'council:a'})-[:IMPACT]->(:Incident) RETURN count(n)")
		count(t, s, "CREATE CONSTRAINT c FOR (n:Council) REQUIRE n.id IS UNIQUE")
		count(t, s, "CREATE FULLTEXT INDEX f FOR (n:Council) ON EACH [n.name]")
	})
	t.Run("emptied", func(t *testing.T) {
		s := Start(t)
		for _, cypher := range []string{
			"MATCH (n) RETURN count(n)",
			"SHOW CONSTRAINTS YIELD name RETURN count(*)",
			"SHOW INDEXES YIELD type WHERE type <> 'LOOKUP' RETURN count(*)",
		} {
			if n := count(t, s, cypher); n != 0 {
				t.Errorf("what the test before left: %s gives %d, want 0", cypher, n)
			}
		}
	})
}
