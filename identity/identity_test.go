package identity

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"spillover/extract"
	"spillover/gazetteer"
	"spillover/ledger"
)

// mention writes a mention as "KIND PUBLISHED IDENTIFIED STRUCK CLEARED ACTORS", lists with commas, "-" for nothing.
func mention(article, s string) *ledger.Mention {
	f := strings.Fields(s)
	set := func(s, prefix string) []string {
		var out []string
		for _, x := range strings.Split(strings.TrimPrefix(s, "-"), ",") {
			if x != "" {
				out = append(out, prefix+x)
			}
		}
		return ledger.Set(out...)
	}
	m := &ledger.Mention{ID: "incident:" + article + "-1", Article: "article:" + article, IncidentKind: f[0],
		PublishedOn: ledger.Date(strings.TrimPrefix(f[1], "-")), IdentifiedOn: ledger.Date(strings.TrimPrefix(f[2], "-"))}
	if m.IdentifiedOn != "" {
		m.Precision = ledger.Day
	}
	r := &ledger.Record{}
	for _, c := range set(f[3], "council:") {
		r.Claims = append(r.Claims, ledger.Claim{Predicate: ledger.Impact, Mention: m.ID, Object: c, Value: ledger.Disrupted})
	}
	for _, c := range set(f[4], "council:") {
		r.Claims = append(r.Claims, ledger.Claim{Predicate: ledger.Impact, Mention: m.ID, Object: c, Value: ledger.Unaffected})
	}
	for _, a := range set(f[5], "actor:") {
		r.Claims = append(r.Claims, ledger.Claim{Predicate: ledger.Attribution, Mention: m.ID, Object: a})
	}
	Summarise(r, m, gazetteer.Default())
	return m
}

func TestJoined(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		a, b string
		want bool
	}{
		{"one council within sixty days", "CYBER_ATTACK 2024-03-08 - leicester - -", "CYBER_ATTACK 2024-04-04 - leicester - -", true},
		{"one council after sixty days", "CYBER_ATTACK 2024-03-08 - leicester - -", "CYBER_ATTACK 2024-05-08 - leicester - -", false},
		{"by the incident's own day, however late the article", "CYBER_ATTACK 2024-03-08 - leicester - -", "RANSOMWARE 2025-01-08 2024-03-07 leicester - -", true},
		{"another council", "CYBER_ATTACK 2024-03-08 - leicester - -", "CYBER_ATTACK 2024-03-08 - dudley - -", false},
		{"a council that is unaffected joins nothing", "CYBER_ATTACK 2024-03-08 - leicester hackney -", "CYBER_ATTACK 2024-03-08 - hackney - -", false},
		{"partners that an arrangement joins", "CYBER_ATTACK 2024-01-20 - thanet - -", "CYBER_ATTACK 2024-01-21 - dover - -", true},
		{"kinds that contradict each other", "DENIAL_OF_SERVICE 2024-03-08 - leicester - -", "RANSOMWARE 2024-03-20 - leicester - -", false},
		{"unless it is the very day", "DENIAL_OF_SERVICE 2024-03-08 2024-03-07 leicester - -", "RANSOMWARE 2024-03-20 2024-03-07 leicester - -", true},
		{"theft and ransomware do not", "DATA_THEFT 2024-03-08 - leicester - -", "RANSOMWARE 2024-03-20 - leicester - -", true},
		{"an accident is no attack", "ACCIDENTAL_DISCLOSURE 2024-03-08 - leicester - -", "CYBER_ATTACK 2024-03-20 - leicester - -", false},
		{"actors that contradict each other", "RANSOMWARE 2024-03-08 - leicester - medusa", "RANSOMWARE 2024-03-20 - leicester - inc-ransom", false},
		{"one names an actor", "RANSOMWARE 2024-03-08 - leicester - medusa", "RANSOMWARE 2024-03-20 - leicester - -", true},
		{"undated: two councils", "DATA_THEFT - - westminster,kensington-and-chelsea - -", "DATA_THEFT - - westminster,kensington-and-chelsea - -", true},
		{"undated: one struck, one cleared", "DATA_THEFT - - westminster hammersmith-and-fulham -", "DATA_THEFT 2025-11-27 - westminster hammersmith-and-fulham -", true},
		{"undated: one council is not enough", "DATA_THEFT - - westminster - -", "DATA_THEFT 2025-11-27 - westminster - -", false},
		{"undated: two cleared are not enough", "DATA_THEFT - - leicester westminster,hackney -", "DATA_THEFT 2025-11-27 - dudley westminster,hackney -", false},
	} {
		a, b := mention("a", test.a), mention("b", test.b)
		why, got := Joined(a, b)
		if got != test.want || got != (why.Rule != "") {
			t.Errorf("%s: %v, %+v", test.name, got, why)
		}
		if back, _ := Joined(b, a); !cmp.Equal(why, back) {
			t.Errorf("%s: %+v, and the other way round %+v", test.name, why, back)
		}
		if test.want && len(common(a.Keys, b.Keys)) == 0 {
			t.Errorf("%s: joined without a key in common", test.name)
		}
	}
	a := mention("a", "CYBER_ATTACK 2024-03-08 - leicester - -")
	b := *a
	b.ID = "incident:a-2"
	if _, yes := Joined(a, &b); yes {
		t.Error("two incidents of one article are joined")
	}
}

// derive gives the incidents that mentions come to on a day, as sorted lists of articles.
func derive(t *testing.T, at ledger.Date, judgements []ledger.Judgement, mentions ...*ledger.Mention) []string {
	t.Helper()
	var records []*ledger.Record
	for _, m := range mentions {
		a := ledger.Article{ID: m.Article, PublishedOn: m.PublishedOn, Origin: ledger.FromNews}
		m.KnownFrom = a.KnownFrom()
		records = append(records, &ledger.Record{Article: a, Mentions: []ledger.Mention{*m}})
	}
	var out []string
	for _, v := range Derive(records, judgements, gazetteer.Default()).Versions {
		if v.From <= at && at < v.Until {
			names := slices.Clone(v.Thing.Mentions)
			slices.Sort(names)
			out = append(out, strings.NewReplacer("incident:", "", "-1", "").Replace(strings.Join(names, "+")))
		}
	}
	slices.Sort(out)
	return out
}

func TestDerive(t *testing.T) {
	t.Parallel()
	same := func(a, b string) ledger.Judgement {
		return ledger.Judgement{Kind: ledger.SameAs, A: "incident:" + a + "-1", B: "incident:" + b + "-1"}
	}
	apart := func(a, b string) ledger.Judgement {
		j := same(a, b)
		j.Kind = ledger.NotSameAs
		return j
	}
	first := "CYBER_ATTACK 2024-03-08 - leicester - -"
	second := "CYBER_ATTACK 2024-04-20 - leicester - -"
	third := "CYBER_ATTACK 2024-06-10 - leicester - -"
	west := "CYBER_ATTACK 2024-03-08 - westminster,kensington-and-chelsea - -"
	later := "CYBER_ATTACK 2025-11-26 - westminster,kensington-and-chelsea - -"
	undated := "CYBER_ATTACK - - westminster,kensington-and-chelsea - -"
	for _, test := range []struct {
		name       string
		at         ledger.Date
		mentions   []string
		judgements []ledger.Judgement
		want       []string
	}{
		{"a chain is one incident", ledger.Undated, []string{first, second, third}, nil, []string{"a+b+c"}},
		{"before the link between them they are two", "2024-04-01", []string{first, second, third}, nil, []string{"a"}},
		{"what an analyst keeps apart stays apart", ledger.Undated, []string{first, second, third}, []ledger.Judgement{apart("a", "b")}, []string{"a", "b+c"}},
		{"even by way of a third", ledger.Undated, []string{first, second, third}, []ledger.Judgement{apart("a", "c")}, []string{"a+b", "c"}},
		{"what an analyst joins is one", ledger.Undated, []string{west, later}, []ledger.Judgement{same("a", "b")}, []string{"a+b"}},
		{"an undated mention joins the only one that it can", ledger.Undated, []string{west, undated}, nil, []string{"a+b"}},
		{"and bridges no two", ledger.Undated, []string{west, later, undated}, nil, []string{"a", "b", "c"}},
		{"unless an analyst says which", ledger.Undated, []string{west, later, undated}, []ledger.Judgement{same("b", "c")}, []string{"a", "b+c"}},
		{"two undated ones are one and join nothing of two", ledger.Undated, []string{west, later, undated, undated}, nil, []string{"a", "b", "c+d"}},
	} {
		var mentions []*ledger.Mention
		for i, s := range test.mentions {
			mentions = append(mentions, mention(string(rune('a'+i)), s))
		}
		if diff := cmp.Diff(test.want, derive(t, test.at, test.judgements, mentions...)); diff != "" {
			t.Errorf("%s:\n%s", test.name, diff)
		}
	}
}

func TestArrangementMeant(t *testing.T) {
	t.Parallel()
	g := gazetteer.Default()
	name := "Joint Desk"
	record := func(n int, kind string, named *string, members ...string) *ledger.Record {
		a := &ledger.Article{ID: fmt.Sprint("article:", n), PublishedOn: "2024-03-08", Origin: ledger.FromNews}
		in := extract.Incident{Kind: "CYBER_ATTACK", Councils: []extract.CouncilImpact{{Name: "Leicester City Council", ID: "council:leicester", Impact: "DISRUPTED"}}}
		x := extract.Arrangement{Kind: kind, Name: named}
		for _, id := range members {
			c, _ := g.CouncilByID(id)
			x.Members = append(x.Members, c.Name)
		}
		in.Arrangements = []extract.Arrangement{x}
		return NewRecord(a, &extract.Reading{Incidents: []extract.Incident{in}}, g)
	}
	objects := func(records ...*ledger.Record) []string {
		var out []string
		for _, c := range Derive(records, nil, g).Claims {
			if c.Predicate == ledger.Membership {
				out = append(out, c.To)
			}
		}
		return ledger.Set(out...)
	}
	east := record(1, "JOINT_SERVICE", nil, "council:dover", "council:thanet", "council:canterbury")
	if diff := cmp.Diff([]string{"arrangement:east-kent-services"}, objects(east)); diff != "" {
		t.Errorf("the gazetteer's arrangement: %s", diff)
	}
	pair := []string{"council:leicester", "council:dudley"}
	own := objects(record(2, "JOINT_SERVICE", nil, pair...))
	if len(own) != 1 || !strings.HasPrefix(own[0], "arrangement:joint-service-") {
		t.Errorf("one of its own: %v", own)
	}
	more := append(pair, "council:walsall")
	if got := objects(record(2, "JOINT_SERVICE", nil, pair...), record(3, "JOINT_SERVICE", &name, more...)); len(got) != 1 || got[0] != "arrangement:joint-desk" {
		t.Errorf("the one that another article on the incident names: %v", got)
	}
	if got := objects(record(2, "JOINT_SERVICE", nil, pair...), record(3, "JOINT_SERVICE", nil, more...)); len(got) != 1 {
		t.Errorf("the wider one that another article gives: %v", got)
	}
	if got := objects(record(2, "JOINT_SERVICE", nil, pair...), record(3, "SHARED_SYSTEM", nil, more...)); len(got) != 2 {
		t.Errorf("of another kind: %v", got)
	}
}
