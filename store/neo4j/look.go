package neo4j

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// A look is a question that one statement answers. It takes one round trip where a transaction takes five: the statement
// runs outside of any, and looks itself at the number of the last commit, before and after.
const (
	lookBefore = `OPTIONAL MATCH (m:Graph {key: 'commit'})
		WITH coalesce(m.begun, 0) AS begun, coalesce(m.ended, 0) AS ended`
	lookAfter = `
		OPTIONAL MATCH (m:Graph {key: 'commit'})
		RETURN begun, ended, coalesce(m.begun, 0)`
)

// steady runs a look until no commit came in between, and hands what it gives beside the numbers to row. It is false where
// commits came each time.
func (s *Store) steady(ctx context.Context, cypher string, params map[string]any, row func([]any) error) (bool, error) {
	waited := time.Now()
	for attempt := 1; attempt <= readAttempts; {
		var m moment
		var after int64
		var given []any
		err := s.once(ctx, cypher, params, func(values []any) error {
			given = values[3:]
			return scan(values[:3], &m.begun, &m.ended, &after)
		})
		var answer *driver.Neo4jError
		var lost *driver.ConnectivityError
		switch {
		case errors.As(err, &answer) && (answer.Code == "Neo.ClientError.Statement.EntityNotFound" || answer.IsRetriable()), errors.As(err, &lost) && attempt == 1:
			time.Sleep(time.Millisecond) // the graph changed meanwhile, or the server or a connection went and may be back
		case err != nil:
			return false, err
		case m.begun > m.ended && s.abandoned.Load() != m.begun && m.begun == after:
			if time.Since(waited) < commitWait {
				time.Sleep(time.Millisecond)
				continue
			}
			s.abandoned.Store(m.begun)
		case m.begun == after:
			return true, row(given)
		}
		attempt++
	}
	return false, ctx.Err()
}

// once runs a statement outside of any transaction.
func (s *Store) once(ctx context.Context, cypher string, params map[string]any, row func([]any) error) error {
	session := s.session(ctx, driver.AccessModeRead)
	defer session.Close(context.WithoutCancel(ctx))
	result, err := session.Run(ctx, cypher, map[string]any{"q": params}, timeout(ctx))
	if err != nil {
		return err
	}
	for result.Next(ctx) {
		if err := row(result.Record().Values); err != nil {
			return err
		}
	}
	return result.Err()
}

// looks are the statements of read as looks.
var looks sync.Map

// look calls row with the columns of every row of a statement's answer, read at one moment.
func (s *Store) look(ctx context.Context, doing, cypher string, params map[string]any, row func([]any) error) error {
	text, ok := looks.Load(cypher)
	if !ok {
		text = asLook(cypher)
		looks.Store(cypher, text)
	}
	whole, err := s.steady(ctx, text.(string), params, func(given []any) error {
		rows, _ := given[0].([]any)
		for _, columns := range rows {
			if err := row(columns.([]any)); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && !whole {
		err = s.read(ctx, doing, func(tx driver.ManagedTransaction) error { return each(ctx, tx, cypher, params, row) })
		return err
	}
	return s.failed(ctx, err, doing)
}

// asLook collects the rows of a statement, which ends with RETURN, its columns and maybe ORDER BY and LIMIT, into one.
func asLook(cypher string) string {
	at := strings.LastIndex(cypher, "RETURN ")
	head, columns := cypher[:at], cypher[at+len("RETURN "):]
	tail := ""
	if i := strings.Index(columns, " ORDER BY"); i >= 0 {
		columns, tail = columns[:i], columns[i:]
	} else if i := strings.Index(columns, " LIMIT"); i >= 0 {
		columns, tail = columns[:i], columns[i:]
	}
	var named, names []string
	for i, column := range parts(columns) {
		name := fmt.Sprint("x", i)
		if expression, _, ok := strings.Cut(column, " AS "); ok && !strings.Contains(expression, "(") {
			column = expression
		}
		named, names = append(named, column+" AS "+name), append(names, name)
	}
	return lookBefore + `
		CALL () {` + head + `WITH ` + strings.Join(named, ", ") + tail + ` RETURN collect([` + strings.Join(names, ", ") + `]) AS rows }` + lookAfter + `, rows`
}

// parts are what commas separate that stand in no brackets.
func parts(s string) (all []string) {
	depth, from := 0, 0
	for i, r := range s {
		switch {
		case strings.ContainsRune("([{", r):
			depth++
		case strings.ContainsRune(")]}", r):
			depth--
		case r == ',' && depth == 0:
			all, from = append(all, strings.TrimSpace(s[from:i])), i+1
		}
	}
	return slices.Clip(append(all, strings.TrimSpace(s[from:])))
}
