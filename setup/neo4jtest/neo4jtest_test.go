package neo4jtest

import (
	"testing"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// count runs one statement that gives one number.
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
	n, _ := result.Records[0].Values[0].(int64)
	return n
}

func TestStart(t *testing.T) {
	t.Run("filled", func(t *testing.T) {
		s := Start(t)
		count(t, s, "CREATE (n:Council {id: 'council:a'})-[:IMPACT]->(:Incident) RETURN count(n)")
	})
	t.Run("emptied", func(t *testing.T) {
		s := Start(t)
		if n := count(t, s, "MATCH (n) RETURN count(n)"); n != 0 {
			t.Errorf("a new test meets %d nodes of the one before, want 0", n)
		}
	})
}
