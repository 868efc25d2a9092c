package identity

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"spillover/gazetteer"
	"spillover/ledger"
)

// said gives the claims by which a mention of [mention]'s form names its councils and arrangements, with short ids.
func said(m *ledger.Mention) []ledger.Claim {
	var out []ledger.Claim
	claim := func(p ledger.Predicate, from, to, value string) {
		out = append(out, ledger.Claim{ID: m.Article[len("article:"):] + " " + to, Predicate: p, Subject: from, Object: to, Value: value, Mention: m.ID})
	}
	for _, c := range m.Struck {
		claim(ledger.Impact, m.ID, c, ledger.Disrupted)
	}
	for _, c := range m.Cleared {
		claim(ledger.Impact, m.ID, c, ledger.Unaffected)
	}
	for _, a := range m.Arrangements {
		for _, c := range a.Members {
			claim(ledger.Membership, c, a.ID, "")
			out[len(out)-1].ID += " " + c
		}
	}
	return out
}

func TestExplain(t *testing.T) {
	t.Parallel()
	desk := ledger.MentionArrangement{ID: "arrangement:desk", Kind: "JOINT_SERVICE", Members: []string{"council:dudley", "council:leicester"}}
	register := []ledger.Claim{
		{ID: "of the gazetteer", Predicate: ledger.Membership, Subject: "council:dover", Object: "arrangement:east-kent-services", KnownFrom: ledger.Always},
		{ID: "of a partner", Predicate: ledger.Membership, Subject: "council:canterbury", Object: "arrangement:east-kent-services", KnownFrom: ledger.Always},
		{ID: "of an analyst", Predicate: ledger.Membership, Subject: "council:thanet", Object: "arrangement:east-kent-services", KnownFrom: "2024-01-01"},
	}
	for _, test := range []struct {
		name       string
		a, b       string
		share      bool // both speak of the desk
		asserted   bool // b is an analyst's claim of a
		retracted  string
		judgements []ledger.Judgement
		want       Join
	}{
		{name: "a council", a: "CYBER_ATTACK 2024-03-08 - leicester - -", b: "CYBER_ATTACK 2024-04-04 - leicester,dudley - -",
			want: Join{Reason{ByCouncils, []string{"council:leicester"}, nil}, "both report Leicester City Council struck, within sixty days", nil,
				[]string{"a council:leicester", "b council:leicester"}}},
		{name: "an arrangement of the gazetteer", a: "CYBER_ATTACK 2024-01-20 - thanet - -", b: "CYBER_ATTACK 2024-01-21 - dover - -",
			want: Join{Reason{ByArrangement, []string{"council:dover", "council:thanet"}, []string{"arrangement:east-kent-services"}},
				"East Kent Services joins Dover District Council and Thanet District Council, within sixty days", nil,
				[]string{"a council:thanet", "b council:dover", "of the gazetteer"}}},
		{name: "no date: councils", a: "DATA_THEFT - - westminster hackney -", b: "DATA_THEFT 2025-11-27 - westminster hackney -",
			want: Join{Reason{ByCouncils, []string{"council:hackney", "council:westminster"}, nil}, "both name London Borough of Hackney and Westminster City Council, and a date is missing", nil,
				[]string{"a council:hackney", "a council:westminster", "b council:hackney", "b council:westminster"}}},
		{name: "no date: a council and an arrangement", a: "DATA_THEFT - - leicester - -", b: "DATA_THEFT 2025-11-27 - leicester - -", share: true,
			want: Join{Reason{ByArrangement, []string{"council:leicester"}, []string{"arrangement:desk"}},
				"both report Leicester City Council struck and speak of a joint service, and a date is missing", nil,
				[]string{"a arrangement:desk council:dudley", "a arrangement:desk council:leicester", "a council:leicester",
					"b arrangement:desk council:dudley", "b arrangement:desk council:leicester", "b council:leicester"}}},
		{name: "an analyst's claim", a: "CYBER_ATTACK 2024-03-08 - leicester - -", b: "CYBER_ATTACK 2025-03-08 - dudley - -", asserted: true,
			want: Join{Reason{Rule: ByAssertion}, "one is an analyst's claim, which was made of the other", nil, []string{"b council:dudley"}}},
		{name: "an analyst's judgement, whatever else there is", a: "CYBER_ATTACK 2024-03-08 - leicester - -", b: "CYBER_ATTACK 2024-03-08 - leicester - -",
			judgements: []ledger.Judgement{{Kind: ledger.SameAs, A: "incident:a-1", B: "incident:b-1", Author: "Ann Field", Reason: "one note", On: "2024-05-02T10:00:00Z"}},
			want: Join{Reason{Rule: ByJudgement}, "Ann Field judged on 2 May 2024 that they are one: one note",
				&ledger.Judgement{Kind: ledger.SameAs, A: "incident:a-1", B: "incident:b-1", Author: "Ann Field", Reason: "one note", On: "2024-05-02T10:00:00Z"}, nil}},
		{name: "nothing that was retracted", a: "CYBER_ATTACK 2024-03-08 - leicester - -", b: "CYBER_ATTACK 2024-04-04 - leicester,dudley - -", retracted: "b council:leicester"},
		{name: "nothing at all", a: "CYBER_ATTACK 2024-03-08 - leicester - -", b: "CYBER_ATTACK 2024-03-08 - hackney - -"},
	} {
		a, b := mention("a", test.a), mention("b", test.b)
		if test.share {
			a.Arrangements, b.Arrangements = []ledger.MentionArrangement{desk}, []ledger.MentionArrangement{desk}
		}
		if test.asserted {
			b.SameAs = []string{a.ID}
		}
		claims := append(register, append(said(a), said(b)...)...)
		var left []*ledger.Claim
		for _, c := range claims {
			if c.ID != test.retracted {
				left = append(left, &c)
			}
		}
		e := Explain([]*ledger.Mention{a, b}, left, test.judgements, gazetteer.Default())
		for _, pair := range [][2]string{{a.ID, b.ID}, {b.ID, a.ID}} {
			got, yes := e.Join(pair[0], pair[1])
			if diff := cmp.Diff(test.want, got, cmpopts.EquateEmpty()); diff != "" || yes != (test.want.Rule != "") {
				t.Errorf("%s, %s with %s: %v (-want +got)\n%s", test.name, pair[0], pair[1], yes, diff)
			}
		}
	}
	if e := Explain(nil, nil, nil, gazetteer.Default()); e.Mention("incident:a-1") != nil {
		t.Error("a mention that was not given")
	}
}
