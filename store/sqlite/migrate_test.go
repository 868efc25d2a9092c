package sqlite

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
)

// TestMigrations holds that the number of a migration is the version of the schema after it.
func TestMigrations(t *testing.T) {
	t.Parallel()
	scripts, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("%d migrations, %v", len(scripts), err)
	}
	for i, name := range scripts {
		if want := fmt.Sprintf("migrations/%04d_", i+1); !strings.HasPrefix(name, want) {
			t.Errorf("migration %s should begin with %s", name, want)
		}
	}
}
