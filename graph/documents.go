package graph

import (
	"context"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"spillover/ledger"
)

// Documents that clients name by their digest: those that they have given before (automatic persisted queries, gqlgen's
// extension with the cache below), or those alone that the operator trusts.

// texts keep small queries alone, because a cache counts queries and not bytes.
type texts struct{ graphql.Cache[string] }

func (t texts) Add(ctx context.Context, digest, query string) {
	if len(query) <= mostCached {
		t.Cache.Add(ctx, digest, strings.Clone(query))
	}
}

// A trusted is an extension that answers to no document but those that the operator trusts, save to callers with a token.
type trusted map[string]string // by SHA-256 in hexadecimal

func newTrusted(documents []string) trusted {
	t := trusted{}
	for _, d := range documents {
		t[ledger.Digest(d)] = d
	}
	return t
}

// ExtensionName and Validate make trusted an extension of gqlgen's.
func (trusted) ExtensionName() string { return "TrustedDocuments" }

// Validate has nothing to check.
func (trusted) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters puts the document in place of its digest, and refuses what is not trusted.
func (t trusted) MutateOperationParameters(ctx context.Context, given *graphql.RawParams) *gqlerror.Error {
	digest := persisted(given.Extensions)
	if given.Query == "" {
		document, ok := t[digest]
		if !ok {
			return coded("PERSISTED_QUERY_NOT_FOUND", "there is no trusted document with the SHA-256 %q", digest)
		}
		given.Query = document
		return nil
	}
	if _, ok := t[ledger.Digest(given.Query)]; ok || callerOf(ctx).Known() {
		return nil
	}
	return coded(ledger.Unauthorized, "this server answers trusted documents alone to callers without a token; ask one of them, by its text or by extensions.persistedQuery.sha256Hash")
}

// persisted is the digest by which a request names its document.
func persisted(extensions map[string]any) string {
	query, _ := extensions["persistedQuery"].(map[string]any)
	digest, _ := query["sha256Hash"].(string)
	return strings.ToLower(digest)
}
