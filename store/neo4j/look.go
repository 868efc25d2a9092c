package neo4j

import (
	"context"
	"errors"
	"fmt"
	"regexp"
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

// looks are statements as looks, joints as those of lookTogether.
var looks, joints sync.Map

// madeOf is what a statement was made into, once.
func madeOf(cypher string, into *sync.Map, as func(string) string) string {
	text, ok := into.Load(cypher)
	if !ok {
		text, _ = into.LoadOrStore(cypher, as(cypher))
	}
	return text.(string)
}

// A joint is a statement for several questions. It has the parameters of each as q.name, and $q.most, which is the same for all.
// Where a part begins anew by WITH it keeps q.
func joint(cypher string) string {
	return lookBefore + `
		UNWIND $q.all AS q
		CALL (q) {` + byEach(collected(cypher), "q") + ` AS rows }
		WITH begun, ended, collect([q.n, rows]) AS all` + lookAfter + `, all`
}

// byEach is a statement with the parameters of a map in place of $q, but for $q.most.
func byEach(cypher, of string) string {
	return strings.ReplaceAll(strings.ReplaceAll(cypher, "$q.", of+"."), of+".most", "$q.most")
}

// lookTogether is look, maybe with others that ask the same statement.
func (s *Store) lookTogether(ctx context.Context, doing, cypher string, params map[string]any, row func([]any) error) error {
	type answer struct {
		rows  any
		whole bool
	}
	given, err := ask(ctx, &s.together, fmt.Sprint(params["most"], cypher), params, func(ctx context.Context, all []map[string]any) ([]answer, error) {
		answers := make([]answer, len(all))
		if len(all) == 1 {
			whole, err := s.steady(ctx, madeOf(cypher, &looks, asLook), all[0], func(given []any) error {
				answers[0].rows = given[0]
				return nil
			})
			answers[0].whole = whole
			return answers, err
		}
		for i, params := range all {
			params["n"] = i
		}
		whole, err := s.steady(ctx, madeOf(cypher, &joints, joint), map[string]any{"all": all, "most": all[0]["most"]}, func(given []any) error {
			for _, pair := range rows(given[0]) {
				values := rows(pair)
				answers[values[0].(int64)].rows = values[1]
			}
			return nil
		})
		for i := range answers {
			answers[i].whole = whole
		}
		return answers, err
	})
	if err == nil && !given.whole {
		return s.readOnce(ctx, doing, cypher, params, row)
	}
	if err == nil {
		err = eachRow(given.rows, row)
	}
	return s.failed(ctx, err, doing)
}

// eachRow calls row with each row of a list.
func eachRow(list any, row func([]any) error) error {
	for _, columns := range rows(list) {
		if err := row(rows(columns)); err != nil {
			return err
		}
	}
	return nil
}

// look calls row with the columns of every row of a statement's answer, read at one moment.
func (s *Store) look(ctx context.Context, doing, cypher string, params map[string]any, row func([]any) error) error {
	whole, err := s.steady(ctx, madeOf(cypher, &looks, asLook), params, func(given []any) error {
		return eachRow(given[0], row)
	})
	if err == nil && !whole {
		return s.readOnce(ctx, doing, cypher, params, row)
	}
	return s.failed(ctx, err, doing)
}

// readOnce calls row with the columns of every row of a statement's answer, once, however often it is read.
func (s *Store) readOnce(ctx context.Context, doing, cypher string, params map[string]any, row func([]any) error) error {
	var all any
	err := s.read(ctx, doing, func(tx driver.ManagedTransaction) error {
		return each(ctx, tx, collected(cypher), params, func(columns []any) error {
			all = columns[0]
			return nil
		})
	})
	if err != nil {
		return err
	}
	return eachRow(all, row)
}

// asLook is a statement that collects the rows of another into one.
func asLook(cypher string) string {
	return lookBefore + `
		CALL () {` + collected(cypher) + ` AS rows }` + lookAfter + `, rows`
}

// counting is what a statement may return that is made of many rows.
var counting = regexp.MustCompile(`\b(count|min|max)\(`)

// collected collects the rows of a statement, which ends with RETURN, its columns and maybe ORDER BY and LIMIT.
func collected(cypher string) string {
	at := strings.LastIndex(cypher, "RETURN ")
	head, columns := cypher[:at], cypher[at+len("RETURN "):]
	tail := ""
	if i := strings.Index(columns, " ORDER BY"); i >= 0 {
		columns, tail = columns[:i], columns[i:]
	} else if i := strings.Index(columns, " LIMIT"); i >= 0 {
		columns, tail = columns[:i], columns[i:]
	}
	if tail == "" && !counting.MatchString(columns) {
		return head + `RETURN collect([` + columns + `])`
	}
	var named, names []string
	for i, column := range parts(columns) {
		name := fmt.Sprint("x", i)
		if expression, _, ok := strings.Cut(column, " AS "); ok && !strings.Contains(expression, "(") {
			column = expression
		}
		named, names = append(named, column+" AS "+name), append(names, name)
	}
	return head + `WITH ` + strings.Join(named, ", ") + tail + ` RETURN collect([` + strings.Join(names, ", ") + `])`
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
