package ingest

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"spillover/identity"
	"spillover/ledger"
)

// An Assertion is a claim that a person makes by hand, with the source that it rests on.
type Assertion struct {
	Predicate      ledger.Predicate
	Subject        string // id
	Object         string // id; "" for DATA claims, which have a Label
	Value          string // see the predicates
	Label          string
	Volume         string
	Since, Until   ledger.Date
	SincePrecision ledger.Precision // DAY where a date is given without
	UntilPrecision ledger.Precision
	Certainty      ledger.Certainty // STATED where it is ""

	Title       string // of the source
	Publisher   string
	URL         string
	PublishedOn ledger.Date
	Quote       string // the words of the source that support the claim

	By By // who makes the claim, and why
}

// By is who changes something by hand, and why. The zero By leaves no act, for changes that nobody made by hand.
type By struct {
	Token  string // the name of the token that allowed it
	Author string // as given
	Reason string
}

// act is what by did to the things of ids: they are looked at before and after f does it.
func act(ctx context.Context, tx ledger.Tx, kind ledger.ActKind, by By, ids []string, f func() error) error {
	before, err := stand(ctx, tx, ids)
	if err != nil {
		return err
	}
	if err := f(); err != nil {
		return err
	}
	after, err := stand(ctx, tx, ids)
	if err != nil {
		return err
	}
	return note(ctx, tx, kind, by, before, after)
}

// note writes who makes the change that is under way.
func note(ctx context.Context, tx ledger.Tx, kind ledger.ActKind, by By, before, after []ledger.Stood) error {
	if by == (By{}) {
		return nil
	}
	return tx.Apply(ctx, &ledger.Change{Act: &ledger.Act{Kind: kind, On: time.Now().UTC().Format(time.RFC3339), Token: by.Token, Author: by.Author,
		Reason: by.Reason, Before: before, After: after}})
}

// stand is how things stand.
func stand(ctx context.Context, tx ledger.Tx, ids []string) ([]ledger.Stood, error) {
	things, err := tx.Things(ctx, ids)
	if err != nil {
		return nil, err
	}
	all := make([]ledger.Stood, len(ids))
	for i, id := range ids {
		all[i].ID = id
		if t := things[i]; t != nil {
			all[i].Name, all[i].LeadsTo = t.Name, t.ID
		}
	}
	return all, nil
}

// claimed is how a claim stands, there or not.
func claimed(c *ledger.Claim, there bool) []ledger.Stood {
	s := ledger.Stood{ID: c.ID, Name: strings.Join(strings.Fields(strings.Join([]string{string(c.Predicate), c.From, c.To, c.Value, c.Label}, " ")), " ")}
	if there {
		s.LeadsTo = c.ID
	}
	return []ledger.Stood{s}
}

// shapes are, for each predicate, the kinds of its ends and the values it may have; nil is any text.
var shapes = map[ledger.Predicate]struct {
	from, to []ledger.Kind
	values   []string
}{
	ledger.Impact:      {[]ledger.Kind{ledger.Incident}, []ledger.Kind{ledger.Council}, []string{ledger.Compromised, ledger.Disrupted, ledger.Suspected, ledger.Unaffected}},
	ledger.Membership:  {[]ledger.Kind{ledger.Council}, []ledger.Kind{ledger.SharedArrangement}, []string{""}},
	ledger.Attribution: {[]ledger.Kind{ledger.Incident}, []ledger.Kind{ledger.ThreatActor}, []string{"CLAIMED", "REPORTED", "CONFIRMED"}},
	ledger.Response:    {[]ledger.Kind{ledger.Agency}, []ledger.Kind{ledger.Incident}, []string{"NOTIFIED", "SUPPORTING", "INVESTIGATING"}},
	ledger.Appointment: {[]ledger.Kind{ledger.Official}, []ledger.Kind{ledger.Council, ledger.Agency}, nil},
	ledger.Statement:   {[]ledger.Kind{ledger.Official}, []ledger.Kind{ledger.Incident}, nil},
	ledger.DataTaken:   {[]ledger.Kind{ledger.Incident}, []ledger.Kind{ledger.Data}, []string{""}},
	ledger.Service:     {[]ledger.Kind{ledger.Incident}, []ledger.Kind{ledger.Council}, []string{ledger.Disrupted, ledger.Restored, ledger.Unaffected}},
}

// Assert stores a claim made by hand and gives it as it stands in the graph. It is a record of its own, whose text
// is the quote; saying the same again changes nothing.
func (p *Pipeline) Assert(ctx context.Context, x Assertion) (*ledger.Claim, error) {
	r, err := p.assertion(ctx, &x)
	if err != nil {
		return nil, err
	}
	err = p.store.Update(ctx, func(tx ledger.Tx) error {
		had, err := tx.Records(ctx, []string{r.Article.ID})
		if err != nil || had[0] != nil {
			return err
		}
		if err := p.replace(ctx, tx, nil, []*ledger.Record{r}, nil, nil); err != nil {
			return err
		}
		return note(ctx, tx, ledger.ActAssertClaim, x.By, claimed(&r.Claims[0], false), claimed(&r.Claims[0], true))
	})
	if err != nil {
		return nil, err
	}
	return p.claim(ctx, r.Claims[0].ID)
}

func (p *Pipeline) claim(ctx context.Context, id string) (*ledger.Claim, error) {
	pages, err := p.store.Claims(ctx, ledger.ClaimQuery{Claims: []string{id}, At: ledger.Undated, Page: ledger.Page{Limit: 1}})
	if err != nil {
		return nil, err
	}
	if len(pages) == 0 || len(pages[0].Claims) == 0 {
		return nil, ledger.Errorf(ledger.NotFound, "there is no claim %s", id)
	}
	return pages[0].Claims[0], nil
}

// assertion is the record of a claim made by hand.
func (p *Pipeline) assertion(ctx context.Context, x *Assertion) (*ledger.Record, error) {
	shape, ok := shapes[x.Predicate]
	switch {
	case !ok:
		return nil, ledger.Errorf(ledger.Invalid, "%q is no predicate", x.Predicate)
	case strings.TrimSpace(x.Quote) == "":
		return nil, ledger.Errorf(ledger.Invalid, "a claim needs the words of its source: quote is empty")
	case x.Title == "" && x.URL == "":
		return nil, ledger.Errorf(ledger.Invalid, "a claim needs its source: give a title or a URL")
	case strings.TrimSpace(x.By.Author) == "" || strings.TrimSpace(x.By.Reason) == "":
		return nil, ledger.Errorf(ledger.Invalid, "a claim made by hand needs its author and a reason")
	case shape.values != nil && !slices.Contains(shape.values, x.Value):
		return nil, ledger.Errorf(ledger.Invalid, "the value of %s claims is one of %s; %q is none", x.Predicate, strings.Join(shape.values, ", "), x.Value)
	case shape.values == nil && x.Value == "":
		return nil, ledger.Errorf(ledger.Invalid, "%s claims need a value", x.Predicate)
	case (x.Predicate == ledger.DataTaken || x.Predicate == ledger.Service) && ledger.Slug(x.Label) == "":
		return nil, ledger.Errorf(ledger.Invalid, "%s claims need a label", x.Predicate)
	case x.Predicate != ledger.Membership && x.Since+x.Until != "":
		return nil, ledger.Errorf(ledger.Invalid, "since and until are for MEMBERSHIP claims")
	}
	for _, d := range []ledger.Date{x.Since, x.Until, x.PublishedOn} {
		if d != "" {
			if _, err := ledger.ParseDate(string(d)); err != nil {
				return nil, err
			}
		}
	}
	if x.Predicate == ledger.DataTaken {
		x.Object = "data:" + ledger.Slug(x.Label)
	}
	things, err := p.store.Things(ctx, []string{x.Subject, x.Object}, ledger.Undated)
	if err != nil {
		return nil, err
	}
	if x.Predicate == ledger.DataTaken && things[1] == nil {
		things[1] = &ledger.Thing{ID: x.Object, Kind: ledger.Data, Name: x.Label}
	}
	for i, end := range []struct {
		name, id string
		kinds    []ledger.Kind
	}{{"subject", x.Subject, shape.from}, {"object", x.Object, shape.to}} {
		if things[i] == nil {
			if t, ok := p.g.Thing(end.id); ok { // in the gazetteer, though nobody has spoken of it yet
				things[i] = &t
			} else {
				return nil, ledger.Errorf(ledger.NotFound, "%s: there is nothing with the id %q", end.name, end.id)
			}
		}
		if !slices.Contains(end.kinds, things[i].Kind) {
			return nil, ledger.Errorf(ledger.Invalid, "the %s of a %s claim is a %s; %s is a %s", end.name, x.Predicate, end.kinds[0], end.id, things[i].Kind)
		}
	}

	source := ledger.Digest(x.By.Author, x.By.Reason, string(x.Predicate), x.Subject, x.Object, x.Value, x.Label, x.Volume, string(x.Since), string(x.Until),
		string(x.Certainty), x.Title, x.Publisher, x.URL, string(x.PublishedOn), x.Quote)
	a := ledger.Article{ID: ledger.ArticleID("", source), Title: x.Title, Publisher: x.Publisher, URL: x.URL, PublishedOn: x.PublishedOn,
		Text: x.Quote, Digest: ledger.Digest(x.Quote), Origin: ledger.FromAnalyst, Author: x.By.Author, Reason: x.By.Reason}
	r := &ledger.Record{Article: a, Reader: "analyst"}
	c := ledger.Claim{Predicate: x.Predicate, Subject: things[0].ID, Object: things[1].ID, Value: x.Value, Label: x.Label, Volume: x.Volume,
		Since: x.Since, Until: x.Until, Quote: x.Quote, End: len([]rune(x.Quote)), Article: a.ID, AssertedOn: a.PublishedOn, Publisher: a.Publisher,
		Certainty: cmp.Or(x.Certainty, ledger.Stated)}
	if c.Since != "" {
		c.SincePrecision = cmp.Or(x.SincePrecision, ledger.Day)
	}
	if c.Until != "" {
		c.UntilPrecision = cmp.Or(x.UntilPrecision, ledger.Day)
	}
	for i, t := range things {
		if t.Kind != ledger.Incident {
			r.Things = append(r.Things, *t)
			continue
		}
		// The claim is of a mention of its own, which is the incident by the analyst's word, so that it does not hang in
		// the air if the articles on the incident are retracted.
		m := ledger.Mention{ID: ledger.MentionID(a.ID, 1), Article: a.ID, KnownFrom: a.KnownFrom(), PublishedOn: a.PublishedOn,
			IncidentKind: t.IncidentKind, SameAs: []string{t.ID}}
		c.Mention = m.ID
		if i == 0 {
			c.Subject = m.ID
		} else {
			c.Object = m.ID
		}
		r.Mentions = []ledger.Mention{m}
	}
	c.ID = ledger.ClaimID(&c)
	r.Claims = []ledger.Claim{c}
	for i := range r.Mentions {
		identity.Summarise(r, &r.Mentions[i], p.g)
	}
	return r, nil
}

// RetractClaim takes a claim out of the graph: one made by hand altogether, one read from an article by a judgement that can
// be taken back.
func (p *Pipeline) RetractClaim(ctx context.Context, id string, by By) error {
	c, err := p.claim(ctx, id)
	if err != nil {
		return err
	}
	articles, err := p.store.Articles(ctx, []string{c.Article}, ledger.Undated, false)
	if err != nil {
		return err
	}
	if a := articles[0]; a != nil && a.Origin == ledger.FromAnalyst {
		return p.store.Update(ctx, func(tx ledger.Tx) error {
			if err := p.replace(ctx, tx, []string{a.ID}, nil, nil, nil); err != nil {
				return err
			}
			return note(ctx, tx, ledger.ActRetractClaim, by, claimed(c, true), claimed(c, false))
		})
	} else if a != nil && a.Origin == ledger.FromDataSet {
		return ledger.Errorf(ledger.Invalid, "%s is part of the gazetteer; correct it there", id)
	}
	j, err := judgement(ledger.RetractClaim, id, "", by)
	if err != nil {
		return err
	}
	j.B = c.Article
	return p.store.Update(ctx, func(tx ledger.Tx) error {
		if err := p.replace(ctx, tx, nil, nil, nil, []ledger.Judgement{*j}); err != nil {
			return err
		}
		return note(ctx, tx, ledger.ActRetractClaim, by, claimed(c, true), claimed(c, false))
	})
}

// Judge records that two things of a kind are the same or are not. It replaces an earlier judgement on the two.
func (p *Pipeline) Judge(ctx context.Context, kind ledger.JudgementKind, a, b string, by By) (*ledger.Judgement, error) {
	if kind != ledger.SameAs && kind != ledger.NotSameAs {
		return nil, ledger.Errorf(ledger.Invalid, "two things can be judged SAME_AS or NOT_SAME_AS, not %s", kind)
	}
	things, err := p.store.Things(ctx, []string{a, b}, ledger.Undated)
	if err != nil {
		return nil, err
	}
	for i, id := range []string{a, b} {
		if things[i] == nil {
			return nil, ledger.Errorf(ledger.NotFound, "there is nothing with the id %q", id)
		}
	}
	switch {
	case things[0].Kind != things[1].Kind:
		return nil, ledger.Errorf(ledger.Invalid, "%s is a %s and %s a %s: only two things of one kind can be judged", a, things[0].Kind, b, things[1].Kind)
	case a == b:
		return nil, ledger.Errorf(ledger.Invalid, "a and b are both %s", a)
	}
	j, err := judgement(kind, a, b, by)
	if err != nil {
		return nil, err
	}
	deed := ledger.ActSameAs
	if kind == ledger.NotSameAs {
		deed = ledger.ActNotSameAs
	}
	return j, p.store.Update(ctx, func(tx ledger.Tx) error {
		return act(ctx, tx, deed, by, []string{a, b}, func() error { return p.replace(ctx, tx, nil, nil, nil, []ledger.Judgement{*j}) })
	})
}

// RetractJudgement takes a judgement back, as if it had never been made.
func (p *Pipeline) RetractJudgement(ctx context.Context, id string, by By) error {
	return p.store.Update(ctx, func(tx ledger.Tx) error {
		all, err := tx.Judgements(ctx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(j ledger.Judgement) bool { return j.ID == id })
		if i < 0 {
			return ledger.Errorf(ledger.NotFound, "there is no judgement %s", id)
		}
		drop := func() error { return p.replace(ctx, tx, nil, nil, []string{id}, nil) }
		if j := all[i]; j.Kind != ledger.RetractClaim {
			return act(ctx, tx, ledger.ActRetractJudgement, by, []string{j.A, j.B}, drop)
		}
		if err := drop(); err != nil {
			return err
		}
		claim := all[i].A
		return note(ctx, tx, ledger.ActRetractJudgement, by, []ledger.Stood{{ID: claim}}, []ledger.Stood{{ID: claim, LeadsTo: claim}})
	})
}

func judgement(kind ledger.JudgementKind, a, b string, by By) (*ledger.Judgement, error) {
	if strings.TrimSpace(by.Author) == "" || strings.TrimSpace(by.Reason) == "" {
		return nil, ledger.Errorf(ledger.Invalid, "a judgement needs its author and a reason")
	}
	if b != "" && b < a {
		a, b = b, a
	}
	return &ledger.Judgement{ID: ledger.JudgementID(a, b), Kind: kind, A: a, B: b, Author: by.Author, Reason: by.Reason,
		On: time.Now().UTC().Format(time.RFC3339)}, nil
}
