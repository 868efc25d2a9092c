// Package fold turns claims into relations: how two things stand to each other as all articles together leave
// it, with the history, the evidence and whether sources disagree.
//
// Folding is a pure function of the set of claims: their order plays no part, so a relation as of a day is the
// same fold over fewer claims. It never reads a store; package trace and the API ask for claims and fold them.
package fold

import (
	"cmp"
	"slices"

	"spillover/ledger"
)

// A Relation is what the claims of one predicate between two things come to. SERVICE and DATA relations are told
// apart by label too, STATEMENT relations by their words.
type Relation struct {
	Predicate ledger.Predicate
	From, To  string
	Label     string           // SERVICE: the service; DATA: the kind of data
	Value     string           // the folded standing, basis, role, title, words or state
	Certainty ledger.Certainty // HEDGED where every claim of that value is
	Volume    string           // DATA: as the newest claim that gives one has it
	Provider  string           // MEMBERSHIP: as the earliest claim that gives one has it
	Since     ledger.Date      // MEMBERSHIP
	SinceP    ledger.Precision
	Until     ledger.Date // MEMBERSHIP: the last day
	UntilP    ledger.Precision

	Disputed bool            // sources contradict each other
	Claims   []*ledger.Claim // the evidence, newest first, the undated last
	First    ledger.Date     // day of the first dated claim; "" where none is dated
	Last     ledger.Date
}

// A Step is one turn of a history: from this day a value was reported. On is "" where no article is dated.
type Step struct {
	On     ledger.Date
	Value  string
	Claims []*ledger.Claim // newest first
}

// strength orders the values of IMPACT, ATTRIBUTION and RESPONSE claims.
var strength = map[string]int{
	ledger.Compromised: 4, ledger.Disrupted: 3, ledger.Suspected: 2, ledger.Unaffected: 1,
	"CONFIRMED": 3, "REPORTED": 2, "CLAIMED": 1,
	"INVESTIGATING": 3, "SUPPORTING": 2, "NOTIFIED": 1,
}

// Strength orders standings, bases and roles: the greater is the stronger, 0 is none.
func Strength(value string) int { return strength[value] }

type key struct {
	predicate       int // its place among the predicates
	from, to, extra string
}

// compare stops at the first difference: most keys differ early.
func (k *key) compare(other *key) int {
	if order := cmp.Compare(k.predicate, other.predicate); order != 0 {
		return order
	}
	if order := cmp.Compare(k.from, other.from); order != 0 {
		return order
	}
	if order := cmp.Compare(k.to, other.to); order != 0 {
		return order
	}
	return cmp.Compare(k.extra, other.extra)
}

// Relations folds claims, in the order of predicate, from, to, then label or words.
func Relations(claims []*ledger.Claim) []Relation {
	type keyed struct {
		key
		claim *ledger.Claim
	}
	sorted := make([]keyed, len(claims))
	for i, c := range claims {
		k := key{slices.Index(ledger.Predicates, c.Predicate), c.From, c.To, ""}
		switch c.Predicate {
		case ledger.Service:
			k.extra = ledger.Slug(c.Label)
		case ledger.Statement:
			k.extra = c.Value
		}
		sorted[i] = keyed{k, c}
	}
	slices.SortFunc(sorted, func(a, b keyed) int {
		if order := a.key.compare(&b.key); order != 0 {
			return order
		}
		return ledger.NewestFirst(a.claim, b.claim)
	})
	n := 0
	for i := range sorted {
		if i == 0 || sorted[i].key != sorted[i-1].key {
			n++
		}
	}
	out := make([]Relation, 0, n)
	all := make([]*ledger.Claim, 0, len(claims)) // one array for the evidence of all
	for i := 0; i < len(sorted); {
		from, first := len(all), sorted[i].key
		for ; i < len(sorted) && sorted[i].key == first; i++ {
			if n := len(all); n == from || all[n-1].ID != sorted[i].claim.ID {
				all = append(all, sorted[i].claim)
			}
		}
		out = append(out, one(all[from:len(all):len(all)]))
	}
	return out
}

// one folds the claims of one relation, newest first; there is at least one.
func one(claims []*ledger.Claim) Relation {
	// What is shown where claims of one value differ in wording comes from the plainest of them.
	best := slices.MinFunc(claims, func(a, b *ledger.Claim) int {
		if order := cmp.Compare(a.Label, b.Label); order != 0 {
			return order
		}
		return cmp.Compare(a.ID, b.ID)
	})
	r := Relation{Predicate: claims[0].Predicate, From: claims[0].From, To: claims[0].To, Label: best.Label, Value: best.Value, Claims: claims}
	for _, c := range claims {
		if c.AssertedOn != "" {
			r.Last = max(r.Last, c.AssertedOn)
			if r.First == "" || c.AssertedOn < r.First {
				r.First = c.AssertedOn
			}
		}
	}
	switch r.Predicate {
	case ledger.Impact:
		r.Value, r.Disputed = Standing(claims)
	case ledger.Attribution, ledger.Response:
		r.Value = slices.MaxFunc(claims, func(a, b *ledger.Claim) int { return cmp.Compare(strength[a.Value], strength[b.Value]) }).Value
	case ledger.Service:
		r.Value, r.Disputed = serviceState(claims)
	case ledger.Appointment:
		r.Value = lastTitle(claims)
	case ledger.Membership:
		membership(&r)
	case ledger.DataTaken:
		for _, c := range claims {
			if c.Volume != "" {
				r.Volume = c.Volume
				break
			}
		}
	}
	r.Certainty = ledger.Hedged
	for _, c := range claims {
		if c.Value == r.Value && c.Certainty != ledger.Hedged {
			r.Certainty = ledger.Stated
		}
	}
	return r
}

// Publishers is the number of independent ones.
func (r *Relation) Publishers() int { return publishers(r.Claims) }

// History is what was reported of an IMPACT when, oldest first.
func (r *Relation) History() []Step { return history(r.Claims) }

// Standing is how a council stands by its IMPACT claims. It is the strongest that anyone reported, for an article
// that says less takes nothing back; but a clearing after the last suspicion ends it. A clearing never ends
// anything stronger: it makes the standing disputed, unless it came before, when the later report is a turn
// and no contradiction. Claims whose order is unknown, for want of a date or on one day, contradict each other.
func Standing(claims []*ledger.Claim) (value string, disputed bool) {
	var firstStrong, lastSuspicion, lastClearing ledger.Date
	var strong, suspected, cleared, undatedStrong, undatedSuspicion, undatedClearing bool
	for _, c := range claims {
		if strength[c.Value] > strength[value] {
			value = c.Value
		}
		switch c.Value {
		case ledger.Compromised, ledger.Disrupted:
			strong, undatedStrong = true, undatedStrong || c.AssertedOn == ""
			if c.AssertedOn != "" && (firstStrong == "" || c.AssertedOn < firstStrong) {
				firstStrong = c.AssertedOn
			}
		case ledger.Suspected:
			suspected, undatedSuspicion = true, undatedSuspicion || c.AssertedOn == ""
			lastSuspicion = max(lastSuspicion, c.AssertedOn)
		case ledger.Unaffected:
			cleared, undatedClearing = true, undatedClearing || c.AssertedOn == ""
			lastClearing = max(lastClearing, c.AssertedOn)
		}
	}
	switch {
	case !cleared:
		return value, false
	case strong:
		return value, undatedClearing || undatedStrong && firstStrong == "" || lastClearing >= firstStrong
	case !suspected:
		return value, false
	case lastClearing != "" && lastClearing > lastSuspicion && !undatedSuspicion:
		return ledger.Unaffected, false
	}
	return ledger.Suspected, undatedClearing || undatedSuspicion || lastClearing == lastSuspicion
}

// history is what was reported when: claims of one value that follow one another are one step, the undated come first.
func history(claims []*ledger.Claim) []Step {
	sorted := slices.Clone(claims)
	slices.SortFunc(sorted, func(a, b *ledger.Claim) int {
		return cmp.Or(cmp.Compare(a.AssertedOn, b.AssertedOn), cmp.Compare(strength[a.Value], strength[b.Value]), cmp.Compare(a.ID, b.ID))
	})
	var steps []Step
	for _, c := range sorted {
		if n := len(steps); n == 0 || steps[n-1].Value != c.Value {
			steps = append(steps, Step{On: c.AssertedOn, Value: c.Value})
		}
		last := &steps[len(steps)-1]
		last.Claims = append(last.Claims, c)
	}
	for i := range steps {
		slices.SortFunc(steps[i].Claims, ledger.NewestFirst)
	}
	return steps
}

// serviceState is the last state by date, and DISRUPTED where claims of that day, or undated ones, differ from it.
func serviceState(claims []*ledger.Claim) (state string, disputed bool) {
	state = claims[0].Value // newest first
	for _, c := range claims {
		if (c.AssertedOn == claims[0].AssertedOn || c.AssertedOn == "") && c.Value != state {
			return ledger.Disrupted, true
		}
	}
	return state, false
}

// lastTitle is the title of the last day; of several the longest, which says most.
func lastTitle(claims []*ledger.Claim) string {
	title := ""
	for _, c := range claims {
		if c.AssertedOn != claims[0].AssertedOn {
			break
		}
		if len(c.Value) > len(title) || len(c.Value) == len(title) && c.Value < title {
			title = c.Value
		}
	}
	return title
}

// membership takes each end of the time from the most precise claim that gives it, the newest of several, and is
// disputed where two claims give ends that cannot both be true.
func membership(r *Relation) {
	fine := map[ledger.Precision]int{ledger.Day: 3, ledger.Month: 2, ledger.Year: 1}
	end := func(get func(*ledger.Claim) (ledger.Date, ledger.Precision)) (day ledger.Date, precision ledger.Precision) {
		for i := range r.Claims {
			d, p := get(r.Claims[i])
			if d == "" {
				continue
			}
			if day != "" {
				a1, a2 := ledger.Span(day, precision)
				b1, b2 := ledger.Span(d, p)
				r.Disputed = r.Disputed || a2 < b1 || b2 < a1
			}
			if fine[p] > fine[precision] {
				day, precision = d, p
			}
		}
		return day, precision
	}
	r.Since, r.SinceP = end(func(c *ledger.Claim) (ledger.Date, ledger.Precision) { return c.Since, c.SincePrecision })
	r.Until, r.UntilP = end(func(c *ledger.Claim) (ledger.Date, ledger.Precision) { return c.Until, c.UntilPrecision })
	for i := len(r.Claims) - 1; i >= 0; i-- {
		if r.Provider == "" {
			r.Provider = r.Claims[i].Provider
		}
	}
}

// Held is whether a MEMBERSHIP relation may have held on some day from first to last, its own ends taken with their
// precision. An unknown end is no bound, and neither is an unknown day.
func (r *Relation) Held(first, last ledger.Date) bool {
	if r.Since != "" && last != "" && last < ledger.FirstDay(r.Since, r.SinceP) {
		return false
	}
	if r.Until != "" && first != "" {
		if _, end := ledger.Span(r.Until, r.UntilP); end < first {
			return false
		}
	}
	return true
}

// publishers counts independent witnesses: claims of one publisher, or of nearly the same text, are one.
func publishers(claims []*ledger.Claim) int {
	group := map[string]string{}
	var find func(string) string
	find = func(x string) string {
		if p, ok := group[x]; ok && p != x {
			return find(p)
		}
		group[x] = x
		return x
	}
	for _, c := range claims {
		text := find("text " + cmp.Or(c.Witness, c.Article))
		if c.Publisher != "" {
			group[find("publisher "+ledger.Slug(c.Publisher))] = text
		}
	}
	n := 0
	for x := range group {
		if find(x) == x {
			n++
		}
	}
	return n
}
