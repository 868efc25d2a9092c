package neo4j

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"spillover/ledger"
)

func (u *update) apply(ctx context.Context, c *ledger.Change) error {
	defer func() {
		for _, r := range c.PutRecords {
			delete(u.absent, r.Article.ID)
		}
		for i := range c.PutClaims {
			delete(u.absent, c.PutClaims[i].Article)
		}
	}()
	touched := len(u.touched)
	u.shown = nil
	var loose []string // ids that may have lost what held on to them
	for _, step := range []func(context.Context, *ledger.Change, *[]string) error{
		u.applyRecords, u.applyJudgements, u.applyClaims, u.applyVersions, u.applyAliases,
	} {
		if err := step(ctx, c, &loose); err != nil {
			return err
		}
	}
	if a := c.Act; a != nil {
		if err := u.run(ctx, putAct, map[string]any{"doc": doc(a), "subjects": a.Subjects()}); err != nil {
			return err
		}
	}
	if err := batches(ctx, u, dropUnheld, "ids", ledger.Set(loose...), nil, ignore); err != nil {
		return err
	}
	return batches(ctx, u, markClaimless, "ids", ledger.Set(slices.Concat(loose, u.shown, u.touched[touched:])...), nil, ignore)
}

func (u *update) touch(ids ...string) { u.touched = append(u.touched, ids...) }

// applyRecords drops and puts records with all that is derived from single ones.
func (u *update) applyRecords(ctx context.Context, c *ledger.Change, loose *[]string) error {
	drop := slices.Clone(c.DropRecords)
	records := map[string]*ledger.Record{} // the last of each article
	for _, r := range c.PutRecords {
		u.touch(r.Article.ID)
		if !u.absent[r.Article.ID] {
			drop = append(drop, r.Article.ID)
		}
		records[r.Article.ID] = r
	}
	u.touch(c.DropRecords...)
	things, err := u.dropRecords(ctx, ledger.Set(drop...), loose)
	if err != nil {
		return err
	}
	first := map[string]contributor{} // of each thing, among those that are put; none where any was dropped
	for _, id := range things {
		first[id] = contributor{}
	}
	*loose = append(*loose, things...)
	var articles, contributions, mentions []map[string]any
	for _, id := range slices.Sorted(maps.Keys(records)) {
		r := records[id]
		articles = append(articles, articleRow(r))
		for i := range r.Things {
			thing := r.Things[i].ID
			contributions = append(contributions, map[string]any{"article": id, "thing": thing, "doc": doc(&r.Things[i])})
			by := contributor{r.Article.KnownFrom(), id}
			if had, ok := first[thing]; !ok || by.before(had) {
				first[thing] = by
			}
		}
		for i := range r.Mentions {
			m := &r.Mentions[i]
			mentions = append(mentions, map[string]any{"article": id, "id": m.ID, "mention": doc(m), "keys": ledger.Set(m.Keys...)})
		}
	}
	// Texts can be long, so fewer articles go into one statement.
	for part := range slices.Chunk(articles, rowsAtOnce/20) {
		if err := batches(ctx, u, putArticles, "rows", part, nil, ignore); err != nil {
			return err
		}
	}
	if err := batches(ctx, u, putContributions, "rows", contributions, nil, ignore); err != nil {
		return err
	}
	if err := batches(ctx, u, putMentions, "rows", mentions, nil, ignore); err != nil {
		return err
	}
	return u.show(ctx, first)
}

// A contributor is an article that says what a thing is.
type contributor struct {
	from    ledger.Date
	article string
}

// before is whether a thing is rather as c has it than as d, neither of which may be none.
func (c contributor) before(d contributor) bool {
	return d.article != "" && cmp.Or(cmp.Compare(c.from, d.from), cmp.Compare(c.article, d.article)) < 0
}

// dropRecords drops the records of articles, and gives the things that they contributed.
func (u *update) dropRecords(ctx context.Context, articles []string, loose *[]string) (things []string, err error) {
	err = batches(ctx, u, contributedBy, "ids", articles, nil, func(values []any) error {
		var id string
		err := scan(values, &id)
		things = append(things, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	var mentions, keys []string
	err = batches(ctx, u, reportedBy, "ids", articles, nil, func(values []any) error {
		var id string
		var has []string
		err := scan(values, &id, &has)
		mentions, keys = append(mentions, id), append(keys, has...)
		return err
	})
	if err != nil {
		return nil, err
	}
	*loose = append(*loose, mentions...)
	if err := batches(ctx, u, dropMentions, "ids", mentions, nil, ignore); err != nil {
		return nil, err
	}
	if err := batches(ctx, u, dropKeys, "keys", ledger.Set(keys...), nil, ignore); err != nil {
		return nil, err
	}
	return things, batches(ctx, u, dropArticles, "ids", articles, nil, ignore)
}

// show lists things as their earliest contributors have them, or no more where they have none. first is who contributes now;
// where that is later than who is shown already, nothing changes, and the contributions, of which a thing may have very many, are
// not looked at.
func (u *update) show(ctx context.Context, first map[string]contributor) error {
	var asked []map[string]any
	for _, id := range slices.Sorted(maps.Keys(first)) {
		asked = append(asked, map[string]any{"id": id, "from": string(first[id].from), "article": first[id].article})
	}
	var gone []string
	rows := map[ledger.Kind][]map[string]any{}
	err := batches(ctx, u, earliest, "rows", asked, nil, func(values []any) error {
		var id, shown, by string
		var now []string // KnownFrom, article and doc
		if err := scan(values, &id, &shown, &by, &now); err != nil {
			return err
		}
		if len(now) == 0 {
			if shown != "" {
				gone = append(gone, id)
			}
			return nil
		}
		digest := ledger.Digest(now[0], now[2])[:16]
		if shown == digest && by == now[1] {
			return nil
		}
		var t ledger.Thing
		if err := json.Unmarshal([]byte(now[2]), &t); err != nil {
			return fmt.Errorf("thing %s: %w", id, err)
		}
		v := ledger.Index(t, ledger.Date(now[0]))
		row := versionRow(&v, digest)
		row["standing"], row["shown_by"] = t.Reference, now[1]
		u.shown = append(u.shown, id)
		rows[t.Kind] = append(rows[t.Kind], row)
		return nil
	})
	if err != nil {
		return err
	}
	if err := batches(ctx, u, dropShown, "ids", gone, map[string]any{"blank": blank}, ignore); err != nil {
		return err
	}
	return u.putPresent(ctx, rows)
}

func (u *update) putPresent(ctx context.Context, rows map[ledger.Kind][]map[string]any) error {
	for kind, some := range rows {
		cypher, ok := putPresent[kind]
		if !ok {
			return ledger.Errorf(ledger.Invalid, "%v is of the kind %q, which no thing has", some[0]["id"], kind)
		}
		if err := batches(ctx, u, cypher, "rows", some, nil, ignore); err != nil {
			return err
		}
	}
	return nil
}

func (u *update) applyJudgements(ctx context.Context, c *ledger.Change, _ *[]string) error {
	if err := batches(ctx, u, dropJudgements, "ids", c.DropJudgements, nil, ignore); err != nil {
		return err
	}
	var rows []map[string]any
	for i := range c.PutJudgements {
		rows = append(rows, properties(judgementColumns, judgementFields(&c.PutJudgements[i])))
	}
	return batches(ctx, u, putJudgements, "rows", rows, nil, ignore)
}

func (u *update) applyClaims(ctx context.Context, c *ledger.Change, loose *[]string) error {
	// What is put replaces what is there under its key, and the last put of a key counts.
	var drop []map[string]any
	for _, claims := range [][]ledger.Claim{c.DropClaims, c.PutClaims} {
		for i := range claims {
			if u.absent[claims[i].Article] {
				continue // it has none
			}
			drop = append(drop, map[string]any{"id": claims[i].ID, "known_from": string(claims[i].KnownFrom)})
		}
	}
	err := batches(ctx, u, dropClaims, "rows", drop, nil, func(values []any) error {
		var from, to string
		err := scan(values, &from, &to)
		u.touch(from, to)
		*loose = append(*loose, from, to)
		return err
	})
	if err != nil {
		return err
	}
	type key struct {
		id   string
		from ledger.Date
	}
	last := map[key]int{}
	for i := range c.PutClaims {
		last[key{c.PutClaims[i].ID, c.PutClaims[i].KnownFrom}] = i
	}
	put := map[ledger.Predicate][][]any{}
	for i := range c.PutClaims {
		claim := &c.PutClaims[i]
		u.touch(claim.From, claim.To)
		if last[key{claim.ID, claim.KnownFrom}] == i {
			put[claim.Predicate] = append(put[claim.Predicate], claimRow(claim))
		}
	}
	for p, rows := range put {
		cypher, ok := putClaims[p]
		if !ok {
			return ledger.Errorf(ledger.Invalid, "a claim from %v has the predicate %q, which no claim has", rows[0][0], p)
		}
		if err := batches(ctx, u, cypher, "rows", rows, nil, ignore); err != nil {
			return err
		}
	}
	return nil
}

func (u *update) applyVersions(ctx context.Context, c *ledger.Change, loose *[]string) error {
	var drop []map[string]any
	for _, versions := range [][]ledger.Version{c.DropVersions, c.PutVersions} {
		for i := range versions {
			v := &versions[i]
			u.touch(v.Thing.ID)
			*loose = append(*loose, v.Thing.ID)
			drop = append(drop, map[string]any{"id": v.Thing.ID, "known_from": string(v.From)})
		}
	}
	if err := batches(ctx, u, dropPresent, "rows", drop, map[string]any{"blank": blank}, ignore); err != nil {
		return err
	}
	if err := batches(ctx, u, dropPast, "rows", drop, nil, ignore); err != nil {
		return err
	}
	present := map[ledger.Kind][]map[string]any{}
	var past []map[string]any
	for i := range c.PutVersions {
		v := &c.PutVersions[i]
		row := versionRow(v, "")
		if v.Until == ledger.Forever {
			present[v.Thing.Kind] = append(present[v.Thing.Kind], row)
		} else {
			past = append(past, row)
		}
	}
	if err := u.putPresent(ctx, present); err != nil {
		return err
	}
	return batches(ctx, u, putPast, "rows", past, nil, ignore)
}

func (u *update) applyAliases(ctx context.Context, c *ledger.Change, loose *[]string) error {
	rows := func(aliases []ledger.Alias) (rows []map[string]any) {
		for _, a := range aliases {
			u.touch(a.ID)
			*loose = append(*loose, a.ID, a.To)
			rows = append(rows, map[string]any{"id": a.ID, "to": a.To, "known_from": string(a.From), "known_until": string(a.Until), "source": a.Source})
		}
		return rows
	}
	if err := batches(ctx, u, dropAliases, "rows", rows(c.DropAliases), nil, ignore); err != nil {
		return err
	}
	return batches(ctx, u, putAliases, "rows", rows(c.PutAliases), nil, ignore)
}

// versionRow is a version as properties. shown is the digest of the contribution that it is from, "" where it was put.
func versionRow(v *ledger.Version, shown string) map[string]any {
	row := properties(thingColumns, thingFields(&v.Thing))
	row["id"], row["packed_thing"] = v.Thing.ID, ledger.PackThing(&v.Thing)
	row["known_from"], row["known_until"] = string(v.From), string(v.Until)
	row["sort"], row["sort_start"], row["date"], row["date_up"] = v.Sort, start(v.Sort), string(v.Date), string(v.Date)
	if v.Date == "" {
		row["date_up"] = undated
	}
	terms := texts(v.Terms)
	for i, t := range terms {
		terms[i] = t[:min(len(t), longestTerm)]
	}
	row["terms"], row["facets"] = terms, texts(v.Facets)
	row["standing"], row["claimless"], row["shown"], row["shown_by"] = true, nil, nil, nil
	if shown != "" {
		row["shown"] = shown
	}
	return row
}

// articleRow is a record's article as properties, as it is and as lists see it.
func articleRow(r *ledger.Record) map[string]any {
	a, rest := r.Article, *r
	rest.Article = ledger.Article{}
	v := ledger.IndexArticle(r)
	row := versionRow(&v, "")
	for name, value := range properties(articleColumns, articleFields(&a)) {
		row[name] = value
	}
	row["packed_article"] = ledger.PackArticle(&a)
	row["text"], row["sketch"], row["record"] = a.Text, packedSketch(a.Sketch), doc(&rest)
	return row
}

// claimRow is a claim's ends and the values of claimProperties. It is a list, so that not every row repeats the names. What lists go
// by is never null.
func claimRow(c *ledger.Claim) []any {
	props := properties(leanColumns, leanFields(c))
	maps.Copy(props, properties(wordColumns, wordFields(c)))
	props["packed"], props["packed_words"] = ledger.PackClaim(c)
	props["asserted_on"], props["known_from"], props["known_until"] = string(c.AssertedOn), string(c.KnownFrom), string(c.KnownUntil)
	row := []any{c.From, c.To}
	for _, name := range claimProperties {
		row = append(row, props[name])
	}
	return row
}

// doc is v as JSON.
func doc(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // the ledger's nouns can always be written
	}
	return string(text)
}

// scanJSON reads a row of one column of JSON.
func scanJSON[T any](values []any) (v T, err error) {
	var text string
	if err = scan(values, &text); err == nil {
		err = json.Unmarshal([]byte(text), &v)
	}
	return v, err
}
