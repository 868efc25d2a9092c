// Package access says who may write: named tokens with scopes, kept hashed in a file. Reads are open and need none.
//
// It knows nothing of HTTP nor of GraphQL. Package httpd finds out who calls, package graph refuses what they may not do.
package access

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"slices"
	"strings"
)

// A Scope is a sort of writing.
type Scope string

// The scopes.
const (
	Load   Scope = "load"   // load articles
	Curate Scope = "curate" // retract, assert, and judge
)

// Scopes are all scopes.
var Scopes = []Scope{Load, Curate}

// ParseScopes reads scopes that commas or blanks part. It wants at least one, and refuses what is none.
func ParseScopes(text string) ([]Scope, error) {
	var all []Scope
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		s := Scope(word)
		if !slices.Contains(Scopes, s) {
			return nil, fmt.Errorf("%q is no scope; write %s, or both with a comma between", word, join(Scopes, " or "))
		}
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no scope is given; write %s, or both with a comma between", join(Scopes, " or "))
	}
	return all, nil
}

func join(scopes []Scope, by string) string {
	words := make([]string, len(scopes))
	for i, s := range scopes {
		words[i] = string(s)
	}
	return strings.Join(words, by)
}

// A Caller is who calls, by the token that the call brought. The zero Caller brought none, or a wrong one.
type Caller struct {
	Name   string // of the token; what the audit trail shows
	Scopes []Scope
}

// Known is whether the call brought a token that is right.
func (c Caller) Known() bool { return c.Name != "" }

// May is whether the caller has a scope.
func (c Caller) May(s Scope) bool { return slices.Contains(c.Scopes, s) }

// A Check finds the caller of a token; the zero Caller where the token is not right.
type Check func(token string) Caller

// Secret checks against one token, which may do everything under the given name. "" is no token.
func Secret(name, token string) Check {
	want := sha256.Sum256([]byte(token))
	return func(guess string) Caller {
		got := sha256.Sum256([]byte(guess))
		// Digests are compared, so that neither the time taken nor the length says how much of a guess was right.
		if subtle.ConstantTimeCompare(got[:], want[:]) == 1 && token != "" {
			return Caller{Name: name, Scopes: Scopes}
		}
		return Caller{}
	}
}

// Any finds the caller by the first check that knows the token.
func Any(checks ...Check) Check {
	return func(token string) Caller {
		for _, check := range checks {
			if c := check(token); c.Known() {
				return c
			}
		}
		return Caller{}
	}
}
