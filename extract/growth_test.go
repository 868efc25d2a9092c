//go:build !race

package extract

import (
	"runtime"
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

// A long article is read within a heap that is a multiple of its length, and the multiple does not grow with it.
func TestHeapGrowsWithLength(t *testing.T) {
	r := New(gazetteer.Default())
	unit := sample(t, "two.txt") + "\n"
	const length = 2_000_000
	a := &ledger.Article{Text: strings.Repeat(unit, length/len(unit)+1), PublishedOn: "2024-05-15"}
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	done, most := make(chan struct{}), make(chan uint64)
	go func() {
		var top uint64
		for {
			select {
			case <-done:
				most <- top
				return
			case <-time.After(20 * time.Millisecond):
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				top = max(top, m.HeapAlloc)
			}
		}
	}()
	r.Read(a)
	close(done)
	held := <-most - before.HeapAlloc
	t.Logf("%d bytes of text took at most %d MB of heap", length, held>>20)
	if held > 250*length {
		t.Errorf("%d bytes of text took %d MB of heap, more than 250 times their length", length, held>>20)
	}
}
