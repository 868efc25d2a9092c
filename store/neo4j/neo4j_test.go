package neo4j_test

import (
	"testing"

	"spillover/ledger"
	"spillover/setup/neo4jtest"
	"spillover/store/neo4j"
	"spillover/store/storetest"
)

// open opens the store in a test's database.
func open(t *testing.T, server neo4jtest.Server) ledger.Store {
	t.Helper()
	s, err := neo4j.Open(t.Context(), neo4j.Config{URI: server.URI, Username: server.Username, Password: server.Password})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStore(t *testing.T) {
	storetest.TestAll(t, func(t *testing.T) ledger.Store { return open(t, neo4jtest.Start(t)) })
}

func TestReopen(t *testing.T) {
	server := neo4jtest.Start(t)
	again := func(t *testing.T) ledger.Store { return open(t, server) }
	storetest.TestReopen(t, again, again)
}
