package trace

import (
	"cmp"
	"fmt"
	"slices"

	"spillover/fold"
	"spillover/ledger"
)

// Timeline is what happened in an incident and what was reported when, by day. Relations are those from and to the
// incident; name gives a thing's name by its id. What is undated has no place in it.
func Timeline(incident *ledger.Thing, relations []fold.Relation, name func(id string) string) []Event {
	var events []Event
	add := func(on ledger.Date, p ledger.Precision, evidence []*ledger.Claim, format string, args ...any) {
		if on != "" {
			events = append(events, Event{On: on, Precision: p, Description: fmt.Sprintf(format, args...), Evidence: evidence})
		}
	}
	var impacts []*ledger.Claim
	for i := range relations {
		r := &relations[i]
		switch r.Predicate {
		case ledger.Impact:
			impacts = append(impacts, r.Claims...)
			for k, step := range r.History() {
				again := ""
				if k > 0 {
					again = " now"
				}
				add(step.On, ledger.Day, step.Claims, "%s is%s reported %s", name(r.To), again, standing[step.Value])
			}
		case ledger.Attribution:
			for _, s := range firsts(r) {
				add(s.On, ledger.Day, s.Claims, basis[s.Value], name(r.To))
			}
		case ledger.Response:
			for _, s := range firsts(r) {
				add(s.On, ledger.Day, s.Claims, role[s.Value], name(r.From))
			}
		case ledger.Service:
			for _, s := range firsts(r) {
				add(s.On, ledger.Day, s.Claims, "%s: %s reported %s", name(r.To), r.Label, state[s.Value])
			}
		case ledger.DataTaken:
			volume := ""
			if r.Volume != "" {
				volume = " (" + r.Volume + ")"
			}
			add(r.First, ledger.Day, r.Claims, "Data reported exposed: %s%s", r.Label, volume)
		case ledger.Statement:
			add(r.First, ledger.Day, r.Claims, "%s makes a statement", name(r.From))
		}
	}
	if incident.IdentifiedOn != "" {
		slices.SortFunc(impacts, ledger.NewestFirst)
		add(incident.IdentifiedOn, incident.Precision, impacts, "The incident is identified")
	}
	slices.SortStableFunc(events, func(a, b Event) int {
		return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(precision[a.Precision], precision[b.Precision]), cmp.Compare(a.Description, b.Description))
	})
	return events
}

var (
	standing = map[string]string{ledger.Compromised: "compromised", ledger.Disrupted: "disrupted",
		ledger.Suspected: "suspected of being hit", ledger.Unaffected: "unaffected"}
	basis = map[string]string{"CLAIMED": "%s claims the attack", "REPORTED": "%s is named in reports", "CONFIRMED": "%s is confirmed as the attacker"}
	role  = map[string]string{"NOTIFIED": "%s is reported notified", "SUPPORTING": "%s is reported to help", "INVESTIGATING": "%s is reported to investigate"}
	state = map[string]string{ledger.Disrupted: "disrupted", ledger.Restored: "restored", ledger.Unaffected: "unaffected"}
	// On one day what is known to the day comes last: a month's or a year's first day stands for all of it.
	precision = map[ledger.Precision]int{ledger.Year: 0, ledger.Month: 1, ledger.Day: 2}
)

// firsts is, for each value of a relation, the first day on which it was reported, with the claims that do.
func firsts(r *fold.Relation) []fold.Step {
	byValue := map[string]*fold.Step{}
	for _, c := range r.Claims { // newest first
		s := byValue[c.Value]
		if s == nil {
			s = &fold.Step{Value: c.Value}
			byValue[c.Value] = s
		}
		s.Claims = append(s.Claims, c)
		if c.AssertedOn != "" {
			s.On = c.AssertedOn
		}
	}
	var out []fold.Step
	for _, s := range byValue {
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b fold.Step) int { return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.Value, b.Value)) })
	return out
}
