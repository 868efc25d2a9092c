//go:build !race

package extract

import (
	"strings"
	"testing"
	"time"

	"spillover/gazetteer"
	"spillover/ledger"
)

// Reading takes time in proportion to length: a text a hundred times as long takes at most some three hundred times the
// time, on a busy machine. What no newspaper prints is tried at sizes that would show a square.
func TestTimeGrowsWithLength(t *testing.T) {
	r := New(gazetteer.Default())
	texts := map[string]struct {
		unit        string
		short, long int
	}{
		"articles":      {sample(t, "two.txt") + "\n", 100_000, 10_000_000},
		"one long line": {"Leicester City Council, Mr Ann Lee, said data was stolen on 3 May, its systems are down, ", 4_000, 80_000},
		"one long word": {"Leicester", 10_000, 200_000},
		"quotes":        {"\"' \"", 10_000, 200_000},
	}
	for name, tt := range texts {
		read := func(length int) time.Duration {
			a := &ledger.Article{Text: strings.Repeat(tt.unit, length/len(tt.unit)+1), PublishedOn: "2024-05-15"}
			begin := time.Now()
			r.Read(a)
			return time.Since(begin)
		}
		short := max(read(tt.short), 5*time.Millisecond)
		long := read(tt.long)
		t.Logf("%s: %d bytes took %v and %d took %v", name, tt.short, short, tt.long, long)
		if times := tt.long / tt.short; long > time.Duration(3*times)*short {
			t.Errorf("%s: %d bytes took %v and %d took %v", name, tt.short, short, tt.long, long)
		}
	}
}
