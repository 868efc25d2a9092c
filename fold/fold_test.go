package fold

import (
	"fmt"
	"math/rand"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"spillover/ledger"
)

// impact is a claim "2024-01-01 COMPROMISED", the day "-" being unknown.
func impact(n int, on, value string) *ledger.Claim {
	c := &ledger.Claim{ID: fmt.Sprintf("claim:%02d", n), Predicate: ledger.Impact, From: "incident:a-1", To: "council:x", Value: value,
		Article: fmt.Sprintf("article:%02d", n), Witness: fmt.Sprintf("article:%02d", n), Certainty: ledger.Stated}
	if on != "-" {
		c.AssertedOn = ledger.Date(on)
	}
	return c
}

func TestStanding(t *testing.T) {
	t.Parallel()
	type said struct{ on, value string }
	for _, test := range []struct {
		name     string
		said     []said
		value    string
		disputed bool
	}{
		{"one report", []said{{"2024-01-02", "SUSPECTED"}}, "SUSPECTED", false},
		{"the strongest, though a later report says less", []said{{"2024-01-02", "COMPROMISED"}, {"2024-01-09", "DISRUPTED"}}, "COMPROMISED", false},
		{"the strongest, though an earlier report said less", []said{{"2024-01-02", "SUSPECTED"}, {"2024-01-09", "DISRUPTED"}}, "DISRUPTED", false},
		{"a later clearing ends a suspicion", []said{{"2024-01-02", "SUSPECTED"}, {"2024-01-09", "UNAFFECTED"}}, "UNAFFECTED", false},
		{"a suspicion after a clearing stands", []said{{"2024-01-02", "UNAFFECTED"}, {"2024-01-09", "SUSPECTED"}}, "SUSPECTED", false},
		{"suspicion, clearing, suspicion", []said{{"2024-01-02", "SUSPECTED"}, {"2024-01-03", "UNAFFECTED"}, {"2024-01-09", "SUSPECTED"}}, "SUSPECTED", false},
		{"suspicion and clearing of one day", []said{{"2024-01-02", "SUSPECTED"}, {"2024-01-02", "UNAFFECTED"}}, "SUSPECTED", true},
		{"a clearing never ends a compromise", []said{{"2024-01-02", "COMPROMISED"}, {"2024-01-09", "UNAFFECTED"}}, "COMPROMISED", true},
		{"nor a disruption", []said{{"2024-01-02", "DISRUPTED"}, {"2024-01-09", "UNAFFECTED"}}, "DISRUPTED", true},
		{"a compromise after a clearing is a turn", []said{{"2024-01-02", "UNAFFECTED"}, {"2024-01-09", "COMPROMISED"}}, "COMPROMISED", false},
		{"a clearing between two reports contradicts the first", []said{{"2024-01-01", "DISRUPTED"}, {"2024-01-02", "UNAFFECTED"}, {"2024-01-09", "COMPROMISED"}}, "COMPROMISED", true},
		{"an undated clearing contradicts", []said{{"-", "UNAFFECTED"}, {"2024-01-09", "COMPROMISED"}}, "COMPROMISED", true},
		{"an undated clearing does not end a suspicion", []said{{"-", "UNAFFECTED"}, {"2024-01-09", "SUSPECTED"}}, "SUSPECTED", true},
		{"both undated", []said{{"-", "UNAFFECTED"}, {"-", "SUSPECTED"}}, "SUSPECTED", true},
		{"an undated suspicion is not ended", []said{{"2024-01-09", "UNAFFECTED"}, {"-", "SUSPECTED"}}, "SUSPECTED", true},
		{"cleared and never anything else", []said{{"2024-01-09", "UNAFFECTED"}, {"-", "UNAFFECTED"}}, "UNAFFECTED", false},
	} {
		var claims []*ledger.Claim
		for i, s := range test.said {
			claims = append(claims, impact(i, s.on, s.value))
		}
		value, disputed := Standing(claims)
		if value != test.value || disputed != test.disputed {
			t.Errorf("%s: %s, disputed %v; want %s, %v", test.name, value, disputed, test.value, test.disputed)
		}
	}
}

func TestHistoryShowsTheTurn(t *testing.T) {
	t.Parallel()
	r := Relations([]*ledger.Claim{impact(1, "2024-01-09", "COMPROMISED"), impact(2, "2024-01-02", "UNAFFECTED"), impact(3, "2024-01-03", "UNAFFECTED")})[0]
	var got []string
	for _, s := range r.History() {
		got = append(got, fmt.Sprintf("%s %s %d", s.On, s.Value, len(s.Claims)))
	}
	if diff := cmp.Diff([]string{"2024-01-02 UNAFFECTED 2", "2024-01-09 COMPROMISED 1"}, got); diff != "" {
		t.Error(diff)
	}
	if r.First != "2024-01-02" || r.Last != "2024-01-09" || r.Publishers() != 3 {
		t.Errorf("first %s, last %s, %d publishers", r.First, r.Last, r.Publishers())
	}
}

func TestOtherRelations(t *testing.T) {
	t.Parallel()
	claim := func(n int, p ledger.Predicate, on ledger.Date, value string) *ledger.Claim {
		return &ledger.Claim{ID: fmt.Sprint("claim:", n), Predicate: p, From: "a:a", To: "b:b", Label: "phones", AssertedOn: on, Value: value,
			Article: fmt.Sprint("article:", n)}
	}
	for _, test := range []struct {
		name     string
		claims   []*ledger.Claim
		value    string
		disputed bool
	}{
		{"attribution folds to the strongest", []*ledger.Claim{claim(1, ledger.Attribution, "2024-01-03", "CLAIMED"), claim(2, ledger.Attribution, "2024-01-01", "CONFIRMED")}, "CONFIRMED", false},
		{"a role too", []*ledger.Claim{claim(1, ledger.Response, "2024-01-03", "NOTIFIED"), claim(2, ledger.Response, "", "INVESTIGATING")}, "INVESTIGATING", false},
		{"a service to its last state", []*ledger.Claim{claim(1, ledger.Service, "2024-01-03", "RESTORED"), claim(2, ledger.Service, "2024-01-01", "DISRUPTED")}, "RESTORED", false},
		{"which may be worse", []*ledger.Claim{claim(1, ledger.Service, "2024-01-03", "DISRUPTED"), claim(2, ledger.Service, "2024-01-01", "RESTORED")}, "DISRUPTED", false},
		{"undated states that differ", []*ledger.Claim{claim(1, ledger.Service, "", "RESTORED"), claim(2, ledger.Service, "", "UNAFFECTED")}, "DISRUPTED", true},
		{"an undated state that differs from the last", []*ledger.Claim{claim(1, ledger.Service, "2024-01-03", "RESTORED"), claim(2, ledger.Service, "", "DISRUPTED")}, "DISRUPTED", true},
		{"an appointment to its last title", []*ledger.Claim{claim(1, ledger.Appointment, "2024-01-03", "leader"), claim(2, ledger.Appointment, "2024-01-01", "deputy leader")}, "leader", false},
		{"dated before undated", []*ledger.Claim{claim(1, ledger.Appointment, "", "councillor for the East"), claim(2, ledger.Appointment, "2024-01-01", "leader")}, "leader", false},
	} {
		got := Relations(test.claims)
		if len(got) != 1 || got[0].Value != test.value || got[0].Disputed != test.disputed {
			t.Errorf("%s: %+v", test.name, got)
		}
	}
}

func TestCertainty(t *testing.T) {
	t.Parallel()
	hedged, stated, weaker := impact(1, "2024-01-02", "COMPROMISED"), impact(2, "2024-01-01", "COMPROMISED"), impact(3, "2024-01-01", "DISRUPTED")
	hedged.Certainty = ledger.Hedged
	if got := Relations([]*ledger.Claim{hedged, weaker})[0].Certainty; got != ledger.Hedged {
		t.Errorf("a hedged claim beside a weaker stated one: %s", got)
	}
	if got := Relations([]*ledger.Claim{hedged, stated})[0].Certainty; got != ledger.Stated {
		t.Errorf("a hedged claim beside an equal stated one: %s", got)
	}
}

func TestMembership(t *testing.T) {
	t.Parallel()
	m := func(n int, since ledger.Date, p ledger.Precision, until ledger.Date, up ledger.Precision) *ledger.Claim {
		return &ledger.Claim{ID: fmt.Sprint("claim:", n), Predicate: ledger.Membership, From: "council:x", To: "arrangement:y", Since: since, SincePrecision: p,
			Until: until, UntilPrecision: up, Article: fmt.Sprint("article:", n)}
	}
	r := Relations([]*ledger.Claim{m(1, "2011-01-01", ledger.Year, "", ""), m(2, "2011-04-01", ledger.Month, "2017-01-01", ledger.Year)})[0]
	if r.Since != "2011-04-01" || r.SinceP != ledger.Month || r.Until != "2017-01-01" || r.Disputed {
		t.Errorf("%+v", r)
	}
	for _, test := range []struct {
		first, last ledger.Date
		held        bool
	}{
		{"2011-03-31", "2011-03-31", false}, {"2011-04-01", "2011-04-01", true}, {"2017-12-31", "2017-12-31", true}, {"2018-01-01", "2018-01-01", false},
		{"2017-12-01", "2018-02-01", true}, {"", "", true},
	} {
		if got := r.Held(test.first, test.last); got != test.held {
			t.Errorf("held from %s to %s: %v", test.first, test.last, got)
		}
	}
	if r := Relations([]*ledger.Claim{m(1, "2011-01-01", ledger.Year, "", ""), m(2, "2013-04-01", ledger.Month, "", "")})[0]; !r.Disputed {
		t.Error("2011 and April 2013 are no contradiction")
	}
}

func TestPublishers(t *testing.T) {
	t.Parallel()
	c := func(article, publisher, witness string) *ledger.Claim {
		return &ledger.Claim{Article: article, Publisher: publisher, Witness: witness}
	}
	for _, test := range []struct {
		name   string
		claims []*ledger.Claim
		want   int
	}{
		{"two papers", []*ledger.Claim{c("1", "Times", "1"), c("2", "Echo", "2")}, 2},
		{"one paper twice", []*ledger.Claim{c("1", "Times", "1"), c("2", "times", "2")}, 1},
		{"one wire story on three sites", []*ledger.Claim{c("1", "Times", "1"), c("2", "Echo", "1"), c("3", "Star", "1")}, 1},
		{"a chain", []*ledger.Claim{c("1", "Times", "1"), c("2", "Echo", "1"), c("3", "Echo", "3"), c("4", "", "4")}, 2},
		{"without publishers", []*ledger.Claim{c("1", "", "1"), c("2", "", "2")}, 2},
	} {
		if got := publishers(test.claims); got != test.want {
			t.Errorf("%s: %d, want %d", test.name, got, test.want)
		}
	}
}

// Any order, and any repetition, folds to the same relations.
func TestOrderPlaysNoPart(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var claims []*ledger.Claim
		for i := range rapid.IntRange(1, 12).Draw(t, "claims") {
			p := rapid.SampledFrom(ledger.Predicates).Draw(t, "predicate")
			value := rapid.SampledFrom([]string{"COMPROMISED", "DISRUPTED", "SUSPECTED", "UNAFFECTED", "RESTORED", "CLAIMED", "CONFIRMED"}).Draw(t, "value")
			claims = append(claims, &ledger.Claim{ID: fmt.Sprint("claim:", i), Predicate: p, From: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "from"), To: "x",
				Value: value, Label: rapid.SampledFrom([]string{"Phones", "phones", "web"}).Draw(t, "label"), Publisher: rapid.SampledFrom([]string{"", "P", "Q"}).Draw(t, "publisher"),
				AssertedOn: rapid.SampledFrom([]ledger.Date{"", "2024-01-01", "2024-01-02"}).Draw(t, "on"), Article: fmt.Sprint("article:", i),
				Witness: fmt.Sprint("article:", rapid.IntRange(0, i).Draw(t, "witness")), Volume: rapid.SampledFrom([]string{"", "3TB"}).Draw(t, "volume"),
				Since: rapid.SampledFrom([]ledger.Date{"", "2011-01-01", "2012-01-01"}).Draw(t, "since"), SincePrecision: ledger.Year})
		}
		want := Relations(claims)
		mixed := append([]*ledger.Claim(nil), claims...)
		mixed = append(mixed, claims[rapid.IntRange(0, len(claims)-1).Draw(t, "again")])
		rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed"))).Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		if diff := cmp.Diff(want, Relations(mixed)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func BenchmarkRelations(b *testing.B) {
	var claims []*ledger.Claim
	for i := range 100 {
		c := impact(i, fmt.Sprintf("2024-01-%02d", i%28+1), ledger.Disrupted)
		c.To = fmt.Sprint("council:", i%10)
		claims = append(claims, c)
	}
	b.ReportAllocs()
	for b.Loop() {
		Relations(claims)
	}
}
