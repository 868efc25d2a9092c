package extract

import (
	"slices"
	"strings"

	"spillover/ledger"
)

var wideLabels = map[string]bool{"systems": true, "council services": true, "it systems": true, "it system": true, "website": true, "internal systems": false,
	"reports": true, "report": true, "payments": true, "payment": true, "portal": true, "portals": true, "money": true, "rent": true, "meeting": true, "email": false, "customer services": false, "meetings": true, "planning": false, "schools": false, "benefit": true, "permit": true, "permits": true}

// settle leaves one state of each service of a council: what works again outweighs that it was down, unless it still is;
// words as wide as "systems" count only where they work again or nothing else is said of the council.
// Where websites themselves were the target (sites), they count.
func settle(all []claimOf, sites bool) []ServiceState {
	wide := func(label string) bool { return wideLabels[label] && !(sites && label == "website") }
	type key struct{ council, label string }
	at := map[key]int{}
	var out []claimOf
	first := map[key]string{} // by council and last word, the first label that ends in it
	for _, c := range all {
		if last := singular(c.Label[strings.LastIndexByte(c.Label, ' ')+1:]); wide(c.Label) {
			// "its council tax portal ... the portal is back": of the one named before.
			if label := first[key{c.id, last}]; label != "" && !strings.Contains(c.Label, " ") {
				c.Label = label
			}
		} else if first[key{c.id, last}] == "" {
			first[key{c.id, last}] = c.Label
		}
		k := key{c.Council, strings.TrimSuffix(c.Label, "s")}
		i, there := at[k]
		if !there {
			at[k] = len(out)
			out = append(out, c)
			continue
		}
		if out[i].State == ledger.Restored && c.State == ledger.Disrupted && !c.still {
			continue
		}
		if out[i].State == ledger.Disrupted && c.State == ledger.Unaffected {
			c.State = ledger.Restored // it works, and was down before
		}
		out[i] = c
	}
	narrow := map[string]map[int]bool{} // by council, where the sentences begin that name a service of it
	for _, c := range out {
		if !wide(c.Label) {
			if narrow[c.Council] == nil {
				narrow[c.Council] = map[int]bool{}
			}
			narrow[c.Council][c.Start] = true
		}
	}
	var kept []ServiceState
	for _, c := range out {
		if n := narrow[c.Council]; wide(c.Label) && !(c.Label == "website" && c.State != ledger.Disrupted) && (len(n) > 1 || len(n) == 1 && !n[c.Start] || c.State != ledger.Restored && c.Label != "council services") {
			continue
		}
		if !slices.ContainsFunc(out, func(o claimOf) bool {
			return o.id == c.id && o.State == c.State && len(o.Label) > len(c.Label) && strings.HasPrefix(o.Label, c.Label+" ")
		}) {
			kept = append(kept, c.ServiceState)
		}
	}
	return kept
}
