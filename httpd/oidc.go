package httpd

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"

	"spillover/access"
)

// Issued checks JSON web tokens of an OpenID Connect issuer that are for an audience. Its keys are fetched at the first token and
// again when a token names one that is not known, so they may be rotated. What a token may do, its claim "scope" says: load,
// curate, or both.
func Issued(issuer, audience string, log *slog.Logger) access.Check {
	c := &issued{issuer: issuer, audience: audience}
	return func(token string) access.Caller {
		if strings.Count(token, ".") != 2 { // no JSON web token
			return access.Caller{}
		}
		ctx, cancel := context.WithTimeout(context.Background(), issuerTimeout)
		defer cancel()
		caller, err := c.caller(ctx, token)
		if err != nil {
			log.Info("a token of the issuer was refused", "issuer", issuer, "error", err)
		}
		return caller
	}
}

// issuerTimeout is how long the issuer may take to give its keys.
const issuerTimeout = 5 * time.Second

type issued struct {
	issuer, audience string

	mutex    sync.Mutex
	verifier *oidc.IDTokenVerifier // nil until the issuer has been asked
}

func (c *issued) ready(ctx context.Context) (*oidc.IDTokenVerifier, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.verifier != nil {
		return c.verifier, nil
	}
	// The provider keeps the context for later fetches of keys.
	provider, err := oidc.NewProvider(context.WithoutCancel(ctx), c.issuer)
	if err != nil {
		return nil, err
	}
	c.verifier = provider.Verifier(&oidc.Config{ClientID: c.audience})
	return c.verifier, nil
}

func (c *issued) caller(ctx context.Context, token string) (access.Caller, error) {
	verifier, err := c.ready(ctx)
	if err != nil {
		return access.Caller{}, err
	}
	verified, err := verifier.Verify(ctx, token)
	if err != nil {
		return access.Caller{}, err
	}
	var claims struct {
		Scope string `json:"scope"`
		Name  string `json:"preferred_username"`
		Email string `json:"email"`
	}
	if err := verified.Claims(&claims); err != nil {
		return access.Caller{}, err
	}
	caller := access.Caller{Name: verified.Subject}
	for _, name := range []string{claims.Email, claims.Name} {
		if name != "" {
			caller.Name = name
		}
	}
	for word := range strings.FieldsSeq(claims.Scope) {
		if scopes, err := access.ParseScopes(word); err == nil { // others are for other services
			caller.Scopes = append(caller.Scopes, scopes...)
		}
	}
	return caller, nil
}
