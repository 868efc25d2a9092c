package storetest

import (
	"strings"
	"testing"

	"spillover/ledger"
)

// awkward are texts that some database, quoting or encoding has got wrong.
var awkward = []string{
	`Robert'); DROP TABLE claim;--`, `" OR ""="`, `\`, `\'`, `'`, `''`, "`", `$1`, `?`, `:at`, `@at`, `{x}`, `$param`, `}) MATCH (n) DETACH DELETE n //`, `%s`, `%`, `_`, `*`,
	"new\nline\r\ntab\t", "\u00a0\u2028\u2029\ufeff", "Ŵŷ Môn", "e\u0301 and \u00e9", "İıſß", "日本語", "👩\u200d💻🏴󠁧󠁢󠁷󠁬󠁳󠁿", "\u202eright to left", "\u0001\u001f\u007f",
	"null", "NULL", "true", "0", "1e5", "0x10", " leading and trailing ", `{"json": [1]}`, "<b>&amp;</b>", "2024-01-01",
}

// testAnyText puts every awkward text into every field and gets it back.
func testAnyText(t *testing.T, s ledger.Store) {
	ctx := t.Context()
	for _, x := range awkward {
		thing := ledger.Thing{ID: "agency:" + x, Kind: ledger.Agency, Name: x, Aliases: []string{x, "b"}, GSS: x, FormerGSS: []string{x}, Type: x, Nation: x, Region: x, CeasedOn: "2024-01-01",
			Successors: []string{x}, ArrangementKind: x, Provider: x, AgencyKind: x, Organisation: x, IncidentKind: x, Mentions: []string{x}, Reference: true}
		r := &ledger.Record{
			Article: ledger.Article{ID: "article:" + x, Title: x, Publisher: x, URL: x, PublishedOn: dayFirst, Byline: []string{x}, Text: x, Digest: x, Origin: ledger.FromAnalyst, Author: x, Reason: x},
			Reader:  x,
			Things:  []ledger.Thing{thing},
			Mentions: []ledger.Mention{{ID: "incident:" + x, Article: "article:" + x, IncidentKind: x, Struck: []string{x}, Cleared: []string{x}, Actors: []string{x},
				Arrangements: []ledger.MentionArrangement{{ID: x, Kind: x, Members: []string{x}}}, SameAs: []string{x}, Keys: []string{x}}},
			Claims:   []ledger.Claim{{ID: x, Subject: x, Quote: x}},
			Refusals: []ledger.Refusal{{Quote: x, Reason: x}},
		}
		c := ledger.Claim{ID: "claim:" + x, Predicate: ledger.Statement, From: "agency:" + x, To: "incident:" + x, Subject: x, Object: x, Mention: x, Value: x, Label: x, Volume: x, Provider: x,
			Quote: x, Start: 1, End: 1 << 30, Article: "article:" + x, AssertedOn: dayFirst, Publisher: x, Witness: x, Speaker: x, KnownFrom: dayFirst, KnownUntil: ledger.Forever}
		v := incident(x, x, "2024-01-01", dayFirst, ledger.Forever)
		v.Facets = []string{"name:" + x}
		j := ledger.Judgement{ID: "judgement:" + x, Kind: ledger.SameAs, A: x, B: x, Author: x, Reason: x, On: x}
		alias := ledger.Alias{ID: "was:" + x, To: "incident:" + x, From: dayFirst, Until: ledger.Forever, Source: x}
		change := &ledger.Change{PutRecords: []*ledger.Record{r}, PutClaims: []ledger.Claim{c}, PutVersions: []ledger.Version{v}, PutAliases: []ledger.Alias{alias}, PutJudgements: []ledger.Judgement{j}}
		apply(t, s, change)

		same(t, "things "+x, []*ledger.Thing{&thing, &v.Thing, &v.Thing}, must(s.Things(ctx, []string{"agency:" + x, "incident:" + x, "was:" + x}, dayFirst))(t))
		same(t, "articles "+x, []*ledger.Article{&r.Article}, must(s.Articles(ctx, []string{"article:" + x}, dayFirst, true))(t))
		same(t, "records "+x, []*ledger.Record{r}, recordsOf(t, s))
		same(t, "judgements "+x, []ledger.Judgement{j}, must(s.Judgements(ctx))(t))
		q := ledger.ClaimQuery{IDs: []string{"agency:" + x}, Article: "article:" + x, Values: []string{x}, At: dayFirst, Page: ledger.Page{Limit: 9}}
		same(t, "claims "+x, []ledger.ClaimPage{{Claims: []*ledger.Claim{&c}}}, must(s.Claims(ctx, q))(t))
		cursor := ledger.Cursor{Key: v.Sort, ID: "incident:" + x}
		list := must(s.List(ctx, ledger.ListQuery{Kind: ledger.Incident, Facets: [][]string{{"name:" + x}}, At: dayFirst, Page: ledger.Page{Limit: 9}}))(t)
		same(t, "list "+x, []ledger.ListItem{{Thing: v.Thing, Cursor: cursor}}, list.Items)
		after := ledger.Cursor{Key: x, ID: x}
		must(s.List(ctx, ledger.ListQuery{Kind: ledger.Kind(x), Facets: [][]string{{x}}, Words: []string{x}, Since: ledger.Date(x), Until: ledger.Date(x), Order: ledger.Order(x), At: dayFirst,
			Page: ledger.Page{Limit: 9, After: &after, Before: &after}}))(t)
		inside(t, s, func(tx ledger.Tx) error {
			mentions, err := tx.MentionsByKey(ctx, []string{x})
			if err != nil {
				return err
			}
			same(t, "mentions "+x, r.Mentions, mentions)
			about, err := tx.ArticlesAbout(ctx, []string{"agency:" + x})
			same(t, "about "+x, []string{"article:" + x}, about)
			return err
		})
		changes, ok, err := s.Changes(ctx, revisionOf(t, s)-1)
		want := ledger.Set("article:"+x, "agency:"+x, "incident:"+x, "was:"+x)
		if err != nil || !ok || len(changes) != 1 {
			t.Errorf("changes %s: %v, %v, %v", x, changes, ok, err)
		} else {
			same(t, "changes "+x, want, changes[0].IDs)
		}
		apply(t, s, &ledger.Change{DropRecords: []string{"article:" + x}, DropClaims: change.PutClaims, DropVersions: change.PutVersions, DropAliases: change.PutAliases, DropJudgements: []string{j.ID}})
	}
}

func testLongText(t *testing.T, s ledger.Store) {
	text := strings.Repeat("A paragraph about Môn, “quoted”, of some length.\n\n", 1<<20/50)
	r := record("long", dayFirst, alder)
	r.Article.Text = text
	r.Article.Title = text[:50_000]
	r.Article.Sketch = ledger.SketchOf(text)
	v := incident("long", strings.Repeat("long name ", 2000), "2024-01-01", dayFirst, ledger.Forever)
	apply(t, s, &ledger.Change{PutRecords: []*ledger.Record{r}, PutVersions: []ledger.Version{v}})
	ctx := t.Context()
	same(t, "article", []*ledger.Article{&r.Article}, must(s.Articles(ctx, []string{"article:long"}, dayFirst, true))(t))
	same(t, "records", []*ledger.Record{r}, recordsOf(t, s))
	same(t, "incident", []*ledger.Thing{&v.Thing}, must(s.Things(ctx, []string{"incident:long"}, dayFirst))(t))
	for _, k := range []ledger.Kind{ledger.ArticleKind, ledger.Incident} {
		page := must(s.List(ctx, ledger.ListQuery{Kind: k, At: dayFirst, Page: ledger.Page{Limit: 1}}))(t)
		if len(page.Items) != 1 {
			t.Errorf("the %s with a long name is not listed", k)
			continue
		}
		page = must(s.List(ctx, ledger.ListQuery{Kind: k, At: dayFirst, Page: ledger.Page{Limit: 1, After: &page.Items[0].Cursor}}))(t)
		same(t, "after it", []string{}, idsOf(page))
	}
	page := must(s.List(ctx, ledger.ListQuery{Kind: ledger.ArticleKind, Words: []string{"paragr"}, At: dayFirst, Page: ledger.Page{Limit: 1}}))(t)
	same(t, "by a word", []string{"article:long"}, idsOf(page))
}
