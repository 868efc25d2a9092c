package neo4j

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"spillover/ledger"
)

// TestColumns holds that no field of a noun is forgotten.
func TestColumns(t *testing.T) {
	for _, test := range []struct {
		noun      any
		columns   []string
		fields    int
		elsewhere []string
	}{
		{ledger.Thing{}, thingColumns, len(thingFields(new(ledger.Thing))), nil},
		{ledger.Claim{}, slices.Concat(leanColumns, wordColumns), len(leanFields(new(ledger.Claim))) + len(wordFields(new(ledger.Claim))), []string{"predicate", "from", "to"}},
		{ledger.Article{}, articleColumns, len(articleFields(new(ledger.Article))), []string{"text", "sketch"}},
		{ledger.Judgement{}, judgementColumns, len(judgementFields(new(ledger.Judgement))), nil},
	} {
		noun := reflect.TypeOf(test.noun)
		if len(test.columns) != test.fields || test.fields+len(test.elsewhere) != noun.NumField() {
			t.Errorf("%s has %d fields; there are %d columns, %d fields and %d elsewhere", noun, noun.NumField(), len(test.columns), test.fields, len(test.elsewhere))
		}
		for i := range noun.NumField() {
			name, _, _ := strings.Cut(noun.Field(i).Tag.Get("json"), ",")
			if !slices.Contains(test.columns, name) && !slices.Contains(test.elsewhere, name) {
				t.Errorf("%s.%s is not kept", noun, noun.Field(i).Name)
			}
		}
	}
}
