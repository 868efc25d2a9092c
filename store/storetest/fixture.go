package storetest

import (
	"fmt"
	"strings"

	"spillover/ledger"
)

// The days of world, and those just before them.
const (
	dayFirst, eveFirst   ledger.Date = "2024-03-10", "2024-03-09"
	dayThird, eveThird   ledger.Date = "2024-04-01", "2024-03-31"
	daySecond, eveSecond ledger.Date = "2024-05-02", "2024-05-01"
)

// world is a small graph of every sort: four articles and a data set.
//
//	gazetteer  always      alder, birch (Reference), hub, ncsc, wolf
//	                       alder ─MEMBERSHIP→ hub ←MEMBERSHIP─ birch
//	first      10 March    first-1 ─IMPACT COMPROMISED→ alder
//	third      1 April     third-1 ─IMPACT SUSPECTED→ birch
//	second     2 May       ncsc ─RESPONSE→ first-1        and tells that first-1 and third-1 are one, so from then on:
//	                       first-1 ─IMPACT SUSPECTED→ birch,  third-1 ⇒ first-1,  first-1 has another name
//	undated    (now)       undated-1 ─IMPACT DISRUPTED→ cedar
//
// Nobody claims anything of wolf, so it is never shown; hub is shown always, ncsc from 2 May, cedar only now.
func world() *ledger.Change {
	gazetteer := record("gazetteer", "", alder, birch, hub, ncsc, wolf)
	gazetteer.Article.Origin = ledger.FromDataSet
	first := mentioning(record("first", dayFirst, alder), "key:alder")
	third := mentioning(record("third", dayThird, birch), "key:birch")
	second := mentioning(record("second", daySecond, ncsc, alder, birch), "key:alder", "key:birch")
	undated := mentioning(record("undated", "", cedar), "key:cedar")

	compromised := claim(ledger.Impact, "incident:first-1", alder.ID, ledger.Compromised, &first.Article)
	suspected := claim(ledger.Impact, "incident:third-1", birch.ID, ledger.Suspected, &third.Article)
	joined := suspected
	suspected.KnownUntil, joined.KnownFrom, joined.From = daySecond, daySecond, "incident:first-1"

	return &ledger.Change{
		PutRecords: []*ledger.Record{gazetteer, first, third, second, undated},
		PutClaims: []ledger.Claim{
			claim(ledger.Membership, alder.ID, hub.ID, "", &gazetteer.Article),
			claim(ledger.Membership, birch.ID, hub.ID, "", &gazetteer.Article),
			compromised, suspected, joined,
			claim(ledger.Response, ncsc.ID, "incident:first-1", "SUPPORTING", &second.Article),
			claim(ledger.Impact, "incident:undated-1", cedar.ID, ledger.Disrupted, &undated.Article),
		},
		PutVersions: []ledger.Version{
			incident("first-1", "Alder incident", "2024-03-01", dayFirst, daySecond),
			incident("first-1", "Alder and Birch incident", "2024-03-01", daySecond, ledger.Forever),
			incident("third-1", "Birch incident", "", dayThird, daySecond),
			incident("undated-1", "Cedar incident", "", ledger.Undated, ledger.Forever),
		},
		PutAliases: []ledger.Alias{
			{ID: "incident:third-1", To: "incident:first-1", From: daySecond, Until: ledger.Forever, Source: "incident:second-1"},
			{ID: "incident:second-1", To: "incident:first-1", From: daySecond, Until: ledger.Forever, Source: "incident:second-1"},
		},
		PutJudgements: []ledger.Judgement{
			{ID: "judgement:1", Kind: ledger.NotSameAs, A: "incident:first-1", B: "incident:undated-1", Author: "Ann", Reason: "other place", On: "2024-06-01T10:00:00Z"},
		},
	}
}

var (
	alder = ledger.Thing{ID: "council:alder", Kind: ledger.Council, Name: "Alder Borough Council", Aliases: []string{"Alder Town Hall"},
		GSS: "E07000001", Type: "DISTRICT", Nation: "England", Region: "East", Reference: true}
	birch = ledger.Thing{ID: "council:birch", Kind: ledger.Council, Name: "Birch County Council", GSS: "E10000002", Type: "COUNTY",
		Nation: "England", CeasedOn: "2019-04-01", Successors: []string{"council:alder"}, Reference: true}
	cedar = ledger.Thing{ID: "council:cedar", Kind: ledger.Council, Name: "Cyngor Cedar Council", Nation: "Wales"}
	hub   = ledger.Thing{ID: "arrangement:hub", Kind: ledger.SharedArrangement, Name: "The Hub", ArrangementKind: "JOINT_SERVICE", Provider: "Civica"}
	ncsc  = ledger.Thing{ID: "agency:ncsc", Kind: ledger.Agency, Name: "National Cyber Security Centre", Aliases: []string{"NCSC"}, AgencyKind: "CYBER"}
	wolf  = ledger.Thing{ID: "actor:wolf", Kind: ledger.ThreatActor, Name: "Wolf"}
)

// record is the record of an article:NAME from the news of that day that contributes things.
func record(name string, on ledger.Date, things ...ledger.Thing) *ledger.Record {
	text := "What " + name + " says. " + strings.Repeat("One more word about "+name+" of many. ", 5)
	return &ledger.Record{
		Article: ledger.Article{
			ID: "article:" + name, Title: "Title of " + name, Publisher: "The Daily " + name, URL: "https://example.org/" + name, PublishedOn: on,
			Byline: []string{"Jo Field", "Sam Brook"}, Text: text, Digest: ledger.Digest(text), Origin: ledger.FromNews, Sketch: ledger.SketchOf(text),
		},
		Reader:   "7",
		Things:   things,
		Refusals: []ledger.Refusal{{Quote: "says", Start: 6, End: 10, Reason: "hypothetical"}},
	}
}

// mentioning gives a record its incident, incident:NAME-1, with these keys.
func mentioning(r *ledger.Record, keys ...string) *ledger.Record {
	a := &r.Article
	r.Mentions = []ledger.Mention{{
		ID: ledger.MentionID(a.ID, 1), Article: a.ID, KnownFrom: a.KnownFrom(), PublishedOn: a.PublishedOn, IncidentKind: "RANSOMWARE",
		IdentifiedOn: "2024-03-01", Precision: ledger.Month, Struck: []string{alder.ID}, Cleared: []string{birch.ID}, Actors: []string{wolf.ID},
		Arrangements: []ledger.MentionArrangement{{ID: hub.ID, Kind: hub.ArrangementKind, Members: []string{alder.ID, birch.ID}, Known: true}},
		Keys:         keys,
	}}
	r.Claims = []ledger.Claim{{ID: "claim:" + a.ID, Predicate: ledger.Impact, Subject: r.Mentions[0].ID, Object: alder.ID, Quote: "says", Start: 6, End: 10, Article: a.ID}}
	return r
}

// claim is a resolved claim of an article, known from the article's day for ever.
func claim(p ledger.Predicate, from, to, value string, a *ledger.Article) ledger.Claim {
	c := ledger.Claim{
		Predicate: p, From: from, To: to, Subject: from, Object: to, Value: value, Quote: "says", Start: 6, End: 10, Article: a.ID, AssertedOn: a.PublishedOn,
		Publisher: a.Publisher, Witness: a.ID, Speaker: "attacker", Certainty: ledger.Stated, KnownFrom: a.KnownFrom(), KnownUntil: ledger.Forever,
	}
	if p == ledger.Membership {
		c.Since, c.SincePrecision, c.Until, c.UntilPrecision = "2015-04-01", ledger.Month, "2030-01-01", ledger.Year
	}
	c.ID = ledger.ClaimID(&c)
	return c
}

// incident is a version of incident:NAME.
func incident(name, title string, date, from, until ledger.Date) ledger.Version {
	return ledger.Version{
		Thing: ledger.Thing{ID: "incident:" + name, Kind: ledger.Incident, Name: title, IncidentKind: "RANSOMWARE", IdentifiedOn: date,
			Precision: ledger.Month, Mentions: []string{"incident:" + name}},
		From: from, Until: until, Sort: ledger.SortKey(title), Date: date, Terms: ledger.Set(ledger.Terms(title)...),
		Facets: []string{"kind:RANSOMWARE"},
	}
}

// incidents are n incidents in a list with many ties: ten names, four dates, one of them unknown.
func incidents(n int) []ledger.Version {
	versions := make([]ledger.Version, n)
	for i := range versions {
		date := []ledger.Date{"2024-01-01", "2024-01-02", "", "2023-12-31"}[i%4]
		versions[i] = incident(fmt.Sprintf("n%03d", i*37%n), fmt.Sprintf("Incident %d", i%10), date, "2024-01-01", ledger.Forever)
	}
	return versions
}
