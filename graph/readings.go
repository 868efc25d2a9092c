package graph

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"io"

	"spillover/article"
	"spillover/extract"
	"spillover/ingest"
	"spillover/ledger"
)

// Bounds of what one call may give to be read.
const (
	mostArticles = 1000
	mostPreviews = 100
	mostFiles    = 20
	mostText     = 32 << 20 // bytes of text of all articles, as much as a body may hold that is not packed; a small gzip can hold any amount
)

// A Fetch gets the page of an address, with what is known of it from outside.
type Fetch func(ctx context.Context, address string) (io.ReadCloser, article.Options, error)

// A given is one article that was given to be read, or the reason why it cannot be.
type given struct {
	article ledger.Article
	err     error
}

// given is what a call gives to be read, in its order: the articles, then those of each file.
func (r *Resolver) given(ctx context.Context, input IngestArticlesInput, most int) ([]given, error) {
	if err := inRange("the number of files", len(input.Files), 0, mostFiles); err != nil {
		return nil, err
	}
	if len(input.Files) == 0 || len(input.Articles) > most {
		if err := inRange("the number of articles", len(input.Articles), 1, most); err != nil {
			return nil, err
		}
	}
	var all []given
	size := 0
	take := func(a ledger.Article, err error) error {
		all = append(all, given{a, err})
		size += len(a.Text)
		switch {
		case len(all) > most:
			return ledger.Errorf(ledger.TooLarge, "there are more than %d articles in it; give fewer at once", most)
		case size > mostText:
			return ledger.Errorf(ledger.TooLarge, "there are more than %d MB of text in it; give fewer articles at once", mostText>>20)
		}
		return ctx.Err()
	}
	for _, x := range input.Articles {
		if err := take(readArticle(x)); err != nil {
			return nil, err
		}
	}
	for _, f := range input.Files {
		if err := r.eachOf(ctx, f, take); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// eachOf takes the articles of one file.
func (r *Resolver) eachOf(ctx context.Context, f *FileInput, take func(ledger.Article, error) error) error {
	content, o, err := r.open(ctx, f)
	if err != nil {
		return take(ledger.Article{}, err)
	}
	defer content.Close()
	o.PublishedOn = day(f.PublishedOn)
	for a, err := range article.Each(untilDone{ctx, content}, o) {
		if err := take(a, err); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// open gives a file's bytes, or the page at its address.
func (r *Resolver) open(ctx context.Context, f *FileInput) (io.ReadCloser, article.Options, error) {
	switch {
	case f.Content != nil:
		raw, err := base64.StdEncoding.DecodeString(*f.Content)
		if err != nil {
			return nil, article.Options{}, ledger.Errorf(ledger.Invalid, "its content is not base64")
		}
		return io.NopCloser(bytes.NewReader(raw)), article.Options{URL: text(f.URL)}, nil
	case f.URL == nil:
		return nil, article.Options{}, ledger.Errorf(ledger.Invalid, "a file needs content, or a url to fetch it from")
	case r.fetch == nil:
		return nil, article.Options{}, ledger.Errorf(ledger.Invalid, "this server fetches no pages; give the content")
	}
	return r.fetch(ctx, *f.URL)
}

// untilDone is a reader that fails once its context is done: what a gzip unpacks to may be without end.
type untilDone struct {
	ctx context.Context
	io.Reader
}

func (u untilDone) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.Reader.Read(p)
}

// readArticle is what was given as an article, by the rules for JSON that the loader follows too, so that an article has
// one id whichever way it comes.
func readArticle(given *ArticleInput) (ledger.Article, error) {
	raw, err := json.Marshal(map[string]any{"title": given.Title, "text": given.Text, "url": given.URL, "publisher": given.Publisher,
		"published_on": given.PublishedOn, "byline": given.Byline})
	if err != nil {
		return ledger.Article{}, err
	}
	for a, err := range article.Each(bytes.NewReader(raw), article.Options{}) {
		return a, err
	}
	return ledger.Article{}, ledger.Errorf(ledger.Invalid, "it is empty")
}

// A Reading is what one article says by itself, or why it cannot be read.
type Reading struct {
	ledger.Article
	*ingest.Preview
	err error
}

// readArticles reads what is given, and stores nothing.
func (r *Resolver) readArticles(ctx context.Context, input IngestArticlesInput) ([]*Reading, error) {
	all, err := r.given(ctx, input, mostPreviews)
	if err != nil {
		return nil, err
	}
	var articles []ledger.Article
	for _, g := range all {
		if g.err == nil {
			articles = append(articles, g.article)
		}
	}
	previews, err := r.pipeline.Preview(ctx, articles)
	if err != nil {
		return nil, err
	}
	readings := make([]*Reading, len(all))
	for i, g := range all {
		readings[i] = &Reading{g.article, &ingest.Preview{}, g.err}
		if g.err == nil {
			readings[i].Preview, previews = previews[0], previews[1:]
		}
	}
	return readings, nil
}

// ArticleID is the id that the article has when it is stored.
func (r *Reading) ArticleID() *string { return optional(r.ID) }

// Title is its title.
func (r *Reading) Title() *string { return optional(r.Article.Title) }

// Publisher is who published it.
func (r *Reading) Publisher() *string { return optional(r.Article.Publisher) }

// URL is where it was published.
func (r *Reading) URL() *string { return optional(r.Article.URL) }

// Byline is its reporters.
func (r *Reading) Byline() []string { return orEmpty(r.Article.Byline) }

// Text is its text.
func (r *Reading) Text() *string { return optional(r.Article.Text) }

// TextSha256 is the digest of its text.
func (r *Reading) TextSha256() *string { return optional(r.Digest) }

// Reason is why it cannot be read.
func (r *Reading) Reason() *string {
	if r.err == nil {
		return nil
	}
	reason := r.err.Error()
	return &reason
}

// Incidents are those that it reports.
func (r *Reading) Incidents() []*ReadIncident {
	all := make([]*ReadIncident, len(r.Preview.Incidents))
	for i := range all {
		all[i] = &ReadIncident{&r.Preview.Incidents[i]}
	}
	return all
}

// Claims are what it says.
func (r *Reading) Claims() []*ReadClaim {
	all := make([]*ReadClaim, len(r.Preview.Claims))
	for i := range all {
		all[i] = &ReadClaim{&r.Preview.Claims[i], r.Things}
	}
	return all
}

// Refusals are the runs of its text that make no claim.
func (r *Reading) Refusals() []*extract.Refusal {
	all := make([]*extract.Refusal, len(r.Preview.Refusals))
	for i := range all {
		all[i] = &r.Preview.Refusals[i]
	}
	return all
}

// A ReadIncident is an incident as one article reports it.
type ReadIncident struct{ *ledger.Thing }

// A ReadClaim is a claim that an article makes.
type ReadClaim struct {
	*ledger.Claim
	things map[string]ledger.Thing
}

// Subject is the thing that it starts from.
func (c *ReadClaim) Subject() (*ledger.Thing, error) {
	t, ok := c.things[c.From]
	if !ok {
		return nil, ledger.Errorf(ledger.Internal, "the claim %s starts from %s, which the article does not bring", c.ID, c.From)
	}
	return &t, nil
}

// Object is the thing that it goes to.
func (c *ReadClaim) Object() *ledger.Thing {
	if t, ok := c.things[c.To]; ok && c.Predicate != ledger.DataTaken {
		return &t
	}
	return nil
}

// Value is what it says.
func (c *ReadClaim) Value() *string { return (&Claim{Claim: c.Claim}).Value() }

// Label is the service or the kind of data.
func (c *ReadClaim) Label() *string { return optional(c.Claim.Label) }

// Volume is how much.
func (c *ReadClaim) Volume() *string { return optional(c.Claim.Volume) }

// Speaker is who says it.
func (c *ReadClaim) Speaker() *string { return optional(c.Claim.Speaker) }
