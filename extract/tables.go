package extract

import (
	"slices"
	"strings"

	"spillover/ledger"
)

// columns are those of a table of services that its head names: "Service | Lost | Resumed".
type columns struct {
	cells int
	back  int // which cell says when a service came back; -1 is none
}

var (
	headLost = mustCompile(`^(?:lost|down|down since|stopped|suspended|off|out|interrupted|unavailable(?: from| since)?|from|date lost|failed|closed)$`)
	headBack = mustCompile(`^(?:resumed|restored|back|back online|returned|reopened|recovered|until|date restored|available again|live again)$`)
	// A cell that gives no day on which the service came back.
	notBack = mustCompile(`^\W*$|\b(?:part(?:ly|ial(?:ly)?)?|not yet|no|ongoing|tbc|tbd|awaited|outstanding|expected|due|never|still|pending|unknown|under way|to follow|target|planned)\b`)
)

// row takes a line of a table whose head named its columns: a service, with the days on which it was lost and came back.
//
// It reads "Council tax billing | 3 Feb | 11 March" below such a head as RESTORED; it must not read a row of another table.
func (c *columns) row(p *page, t *tagged, all *[]claimOf) bool {
	cells := strings.Split(t.low, "|")
	if len(cells) < 2 {
		c.cells = 0
		return false
	}
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	lost, back := slices.IndexFunc(cells, headLost.MatchString), slices.IndexFunc(cells, headBack.MatchString)
	if lost > 0 && back > 0 || (lost > 0 || back > 0) && len(cells) > 2 {
		*c = columns{len(cells), back}
		return true
	}
	label := cells[0]
	if c.cells != len(cells) || label == "" || strings.Count(label, " ") > 6 || strings.Contains(label, "<") {
		return false
	}
	state := ledger.Disrupted
	if c.back > 0 && !notBack.MatchString(cells[c.back]) {
		state = ledger.Restored
	}
	p.serves(t, p.ofRow(t), label, state, all)
	return true
}
