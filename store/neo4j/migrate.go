package neo4j

import (
	"context"
	"embed"
	"io/fs"
	"path"
	"strings"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"spillover/ledger"
)

// migrations are applied in the order of their names, VNNN__name.cypher. They change the schema alone: Neo4j does not
// change schema and data in one transaction. The schema's version is their number. After that of packedSince, what was
// kept before is packed and marked.
//
//go:embed migrations/V*.cypher
var migrations embed.FS

const packedSince = 3

const (
	// Which migrations were applied, and whether there is anything in the database at all.
	readVersion = `
		RETURN COUNT { (:Migration) } AS version, EXISTS { MATCH (n) } AS filled`

	// One more migration was applied. The first makes the node that writers lock.
	noteMigration = `
		MERGE (g:Graph {key: 'graph'}) ON CREATE SET g.revision = 0
		MERGE (m:Migration {version: $q.version}) ON CREATE SET m.name = $q.name
		WITH m
		MATCH (before:Migration {version: $q.version - 1})
		MERGE (before)-[:NEXT]->(m)`

	// A new index answers only when it is online.
	awaitIndexes = `CALL db.awaitIndexes(300)`
)

// prepare brings the database to the schema that this program knows. What it does may be done again, by another
// process at the same time, too.
func (s *Store) prepare(ctx context.Context) error {
	// Unlike a transaction, this does not try again: a server that is not there is said at once.
	if err := s.driver.VerifyConnectivity(ctx); err != nil {
		return s.failed(ctx, err, "open store")
	}
	scripts, err := fs.Glob(migrations, "migrations/V*.cypher")
	if err != nil {
		return err
	}
	var version int
	var filled bool
	err = s.read(ctx, "open store", func(tx driver.ManagedTransaction) error {
		return each(ctx, tx, readVersion, nil, func(values []any) error { return scan(values, &version, &filled) })
	})
	switch {
	case err != nil:
		return err
	case version == 0 && filled:
		return ledger.Errorf(ledger.Incompatible, "the database %q at %s holds a graph of another program: name an empty one in NEO4J_DATABASE, or another server in NEO4J_URI",
			s.database, s.uri)
	case version > len(scripts):
		return ledger.Errorf(ledger.Incompatible, "the database %q at %s has schema %d and this program knows schemas up to %d: run a newer version of Spillover, or name another server in NEO4J_URI",
			s.database, s.uri, version, len(scripts))
	}
	for i, name := range scripts[version:] {
		if err := s.migrate(ctx, version+i+1, name); err != nil {
			return err
		}
	}
	return s.read(ctx, "wait for indexes", func(tx driver.ManagedTransaction) error {
		return each(ctx, tx, awaitIndexes, nil, func([]any) error { return nil })
	})
}

// migrate applies one script and notes that it did.
func (s *Store) migrate(ctx context.Context, version int, name string) error {
	script, err := migrations.ReadFile(name)
	if err != nil {
		return err
	}
	if err := s.write(ctx, "apply "+name, statements(string(script)), nil); err != nil {
		return err
	}
	if version == packedSince {
		if err := s.repack(ctx); err != nil {
			return err
		}
		if err := s.write(ctx, "apply "+name, []string{markAllClaimless}, nil); err != nil {
			return err
		}
	}
	return s.write(ctx, "apply "+name, []string{noteMigration}, map[string]any{"version": version, "name": strings.TrimSuffix(path.Base(name), ".cypher")})
}

// write runs statements in a transaction of their own, beside the changes of the graph.
func (s *Store) write(ctx context.Context, doing string, statements []string, params map[string]any) error {
	session := s.session(ctx, driver.AccessModeWrite)
	defer session.Close(context.WithoutCancel(ctx))
	_, err := session.ExecuteWrite(ctx, func(tx driver.ManagedTransaction) (any, error) {
		for _, cypher := range statements {
			if err := each(ctx, tx, cypher, params, ignore); err != nil {
				return nil, err
			}
		}
		return nil, nil
	}, timeout(ctx))
	return s.failed(ctx, err, doing)
}

// statements are those of a script, each ended by a semicolon at the end of its line; lines that are comments are none.
func statements(script string) []string {
	var lines []string
	for line := range strings.Lines(script) {
		if !strings.HasPrefix(line, "//") {
			lines = append(lines, line)
		}
	}
	var all []string
	for _, s := range strings.Split(strings.Join(lines, ""), ";\n") {
		if s = strings.TrimSpace(s); s != "" {
			all = append(all, s)
		}
	}
	return all
}
