package sqlite

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"

	"spillover/ledger"
	"spillover/store/storetest"
)

// A store that was kept before things, articles and claims were packed gives the same.
func TestPackedLater(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "s.db")
	open := func(t *testing.T) ledger.Store {
		s, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	storetest.TestReopen(t, open, func(t *testing.T) ledger.Store {
		db, err := sql.Open("sqlite", dsn(path, nil))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		asJSON := func(table, column string, into func() any, read func([]byte, any) error) {
			docs := map[string]string{}
			rows, err := db.Query(fmt.Sprintf(`SELECT %s FROM %s`, column, table))
			if err != nil {
				t.Fatal(err)
			}
			for rows.Next() {
				var text string
				v := into()
				if err := rows.Scan(&text); err != nil {
					t.Fatal(err)
				}
				if err := read([]byte(text), v); err != nil {
					t.Fatal(err)
				}
				docs[text] = doc(v)
			}
			if err := rows.Err(); err != nil || len(docs) == 0 {
				t.Fatalf("%d documents in %s, %v", len(docs), table, err)
			}
			for packed, text := range docs {
				if _, err := db.Exec(fmt.Sprintf(`UPDATE %s SET %s = ? WHERE %s = ?`, table, column, column), text, packed); err != nil {
					t.Fatal(err)
				}
			}
		}
		thing := func() any { return new(ledger.Thing) }
		readAThing := func(text []byte, v any) error { return readThing(text, v.(*ledger.Thing)) }
		asJSON("version", "doc", thing, readAThing)
		asJSON("contribution", "doc", thing, readAThing)
		asJSON("record", "article_doc", func() any { return new(ledger.Article) }, func(text []byte, v any) error { return readArticle(text, v.(*ledger.Article)) })
		if _, err := db.Exec(`UPDATE claim SET packed = NULL, packed_words = NULL`); err != nil {
			t.Fatal(err)
		}
		return open(t)
	})
}
