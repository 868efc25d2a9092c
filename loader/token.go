package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"spillover/access"
)

// tokenCommand manages the named tokens by which others may write.
type tokenCommand struct {
	Add    tokenAddCommand    `cmd:"" help:"Make a token and print it, once."`
	List   tokenListCommand   `cmd:"" help:"List the tokens, without themselves."`
	Revoke tokenRevokeCommand `cmd:"" help:"Refuse a token from now on."`
}

type tokenAddCommand struct {
	Name   string `arg:"" help:"Who uses it; the list of changes shows the name."`
	Scopes string `default:"load" help:"What it is for: load (load articles), curate (retract, assert, judge), or both with a comma between."`
}

// Run makes a token. Standard output has the token alone, so that scripts can use it.
func (c *tokenAddCommand) Run(s *session) error {
	scopes, err := access.ParseScopes(c.Scopes)
	if err != nil {
		return err
	}
	t := access.At(s.tokenFile())
	token, err := t.Add(c.Name, scopes)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.err, "The token of %q, which is kept nowhere (%s has its digest):\n", c.Name, t.Path())
	fmt.Fprintln(s.out, token)
	return nil
}

type tokenListCommand struct{}

// Run lists the tokens.
func (c *tokenListCommand) Run(s *session) error {
	all, err := access.At(s.tokenFile()).List()
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(s.out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tSCOPES\tMADE")
	for _, t := range all {
		scopes := make([]string, len(t.Scopes))
		for i, scope := range t.Scopes {
			scopes[i] = string(scope)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", t.Name, strings.Join(scopes, ","), t.Made)
	}
	return w.Flush()
}

type tokenRevokeCommand struct {
	Name string `arg:"" help:"The token's name."`
}

// Run revokes a token.
func (c *tokenRevokeCommand) Run(s *session) error {
	if err := access.At(s.tokenFile()).Revoke(c.Name); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "revoked %s\n", c.Name)
	return nil
}

// tokenFile is the file that the server reads too.
func (s *session) tokenFile() string {
	return cmp.Or(s.Getenv("SPILLOVER_TOKENS"), filepath.Join(filepath.Dir(s.storeFile()), ".spillover-tokens"))
}
