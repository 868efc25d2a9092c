package graph

import (
	"cmp"
	"context"

	"spillover/ingest"
	"spillover/ledger"
)

// changed tells subscribers at once and gives the revision.
func (r *Resolver) changed(ctx context.Context) (int, error) {
	r.broker.look()
	revision, err := r.store.Revision(ctx)
	return int(revision), err
}

// by is who the mutation of ctx is by: the author that it names, else the name of its token.
func by(ctx context.Context, author, reason string) ingest.By {
	token := callerOf(ctx).Name
	return ingest.By{Token: token, Author: cmp.Or(author, token), Reason: reason}
}

func (r *Resolver) ingestArticles(ctx context.Context, input IngestArticlesInput) (*IngestArticlesPayload, error) {
	all, err := r.given(ctx, input, mostArticles)
	if err != nil {
		return nil, err
	}
	payload := &IngestArticlesPayload{Results: make([]*IngestResult, len(all))}
	var articles []ledger.Article
	var places []int // in the results
	for i, g := range all {
		if g.err != nil {
			reason := g.err.Error()
			payload.Results[i] = &IngestResult{Status: ingest.StatusRefused, Reason: &reason}
			continue
		}
		articles = append(articles, g.article)
		places = append(places, i)
	}
	outcomes, err := r.pipeline.Load(ctx, articles)
	if err != nil {
		return nil, err
	}
	for i, o := range outcomes {
		result := &IngestResult{ArticleID: optional(o.Article), Status: o.Status, Claims: o.Claims}
		if o.Err != nil {
			reason := o.Err.Error()
			result.Reason = &reason
		}
		payload.Results[places[i]] = result
	}
	for _, result := range payload.Results {
		r.counts.articles.WithLabelValues(string(result.Status)).Inc()
		switch result.Status {
		case ingest.StatusNew:
			payload.New++
		case ingest.StatusUnchanged:
			payload.Unchanged++
		case ingest.StatusReplaced:
			payload.Replaced++
		case ingest.StatusRefused:
			payload.Refused++
		}
	}
	payload.Revision, err = r.changed(ctx)
	return payload, err
}

func (r *Resolver) retractArticle(ctx context.Context, input RetractArticleInput) (*RetractArticlePayload, error) {
	gone, err := r.pipeline.Retract(ctx, []string{input.ID}, by(ctx, "", input.Reason))
	if err != nil {
		return nil, err
	}
	if len(gone) == 0 {
		return nil, ledger.Errorf(ledger.NotFound, "there is no article %q that could be retracted", input.ID)
	}
	revision, err := r.changed(ctx)
	return &RetractArticlePayload{ArticleID: gone[0], Revision: revision}, err
}

func (r *Resolver) assertClaim(ctx context.Context, input AssertClaimInput) (*AssertClaimPayload, error) {
	x := ingest.Assertion{Predicate: input.Predicate, Subject: input.Subject, Object: text(input.Object), Value: text(input.Value),
		Label: text(input.Label), Volume: text(input.Volume), Since: day(input.Since), Until: day(input.Until),
		Title: text(input.Source.Title), Publisher: text(input.Source.Publisher), URL: text(input.Source.URL),
		PublishedOn: day(input.Source.PublishedOn), Quote: input.Source.Quote, By: by(ctx, input.Author, input.Reason)}
	if input.SincePrecision != nil {
		x.SincePrecision = *input.SincePrecision
	}
	if input.UntilPrecision != nil {
		x.UntilPrecision = *input.UntilPrecision
	}
	if input.Certainty != nil {
		x.Certainty = *input.Certainty
	}
	made, err := r.pipeline.Assert(ctx, x)
	if err != nil {
		return nil, err
	}
	set := r.view(ctx).newClaims()
	set.add([]*ledger.Claim{made})
	revision, err := r.changed(ctx)
	return &AssertClaimPayload{Claim: set.wrap([]*ledger.Claim{made})[0], Revision: revision}, err
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func day(d *ledger.Date) ledger.Date {
	if d == nil {
		return ""
	}
	return *d
}

func (r *Resolver) retractClaim(ctx context.Context, input RetractClaimInput) (*RetractClaimPayload, error) {
	if err := r.pipeline.RetractClaim(ctx, input.ID, by(ctx, input.Author, input.Reason)); err != nil {
		return nil, err
	}
	payload := &RetractClaimPayload{ClaimID: input.ID}
	all, err := r.store.Judgements(ctx)
	if err != nil {
		return nil, err
	}
	for _, j := range all {
		if j.Kind == ledger.RetractClaim && j.A == input.ID {
			payload.JudgementID = &j.ID
		}
	}
	payload.Revision, err = r.changed(ctx)
	return payload, err
}

func (r *Resolver) sameAs(ctx context.Context, input SameAsInput) (*SameAsPayload, error) {
	j, ends, err := r.judge(ctx, ledger.SameAs, input.A, input.B, input.Author, input.Reason)
	if err != nil {
		return nil, err
	}
	payload := &SameAsPayload{Judgement: j}
	if a, b := ends.asked[input.A], ends.asked[input.B]; a != nil && b != nil && a.ID == b.ID {
		payload.Entity = ends.entity(input.A)
	}
	payload.Revision, err = r.changed(ctx)
	return payload, err
}

func (r *Resolver) notSameAs(ctx context.Context, input NotSameAsInput) (*NotSameAsPayload, error) {
	j, ends, err := r.judge(ctx, ledger.NotSameAs, input.A, input.B, input.Author, input.Reason)
	if err != nil {
		return nil, err
	}
	payload := &NotSameAsPayload{Judgement: j, A: ends.entity(input.A), B: ends.entity(input.B)}
	payload.Revision, err = r.changed(ctx)
	return payload, err
}

// judge records a judgement and gives what the two ids lead to afterwards.
func (r *Resolver) judge(ctx context.Context, kind ledger.JudgementKind, a, b, author, reason string) (*Judgement, *things, error) {
	j, err := r.pipeline.Judge(ctx, kind, a, b, by(ctx, author, reason))
	if err != nil {
		return nil, nil, err
	}
	ends, err := r.view(ctx).loadThings(ctx, []string{a, b})
	return &Judgement{j}, ends, err
}

func (r *Resolver) retractJudgement(ctx context.Context, input RetractJudgementInput) (*RetractJudgementPayload, error) {
	if err := r.pipeline.RetractJudgement(ctx, input.ID, by(ctx, input.Author, input.Reason)); err != nil {
		return nil, err
	}
	revision, err := r.changed(ctx)
	return &RetractJudgementPayload{JudgementID: input.ID, Revision: revision}, err
}
