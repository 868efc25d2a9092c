package access_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"spillover/access"
)

func TestTokens(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "tokens")
	here, elsewhere := access.At(path), access.At(path) // as a server and a command have the same file
	check := here.Check(func(err error) { t.Error(err) })
	if c := check("guess"); c.Known() {
		t.Errorf("a token without a file: %+v", c)
	}
	token, err := elsewhere.Add("newsroom", []access.Scope{access.Load})
	if err != nil || len(token) < 40 {
		t.Fatalf("%q %v", token, err)
	}
	if diff := cmp.Diff(access.Caller{Name: "newsroom", Scopes: []access.Scope{access.Load}}, check(token)); diff != "" {
		t.Error(diff)
	}
	for _, guess := range []string{"", token[1:], token + "x", strings.ToLower(token), "newsroom"} {
		if c := check(guess); c.Known() {
			t.Errorf("%q is taken for %+v", guess, c)
		}
	}
	text, err := os.ReadFile(path)
	if err != nil || strings.Contains(string(text), token) {
		t.Errorf("the file holds the token itself: %v", err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if _, err := here.Add("newsroom", access.Scopes); err == nil {
		t.Error("two tokens of one name")
	}
	second, err := here.Add("curator", access.Scopes)
	if err != nil {
		t.Fatal(err)
	}
	if err := elsewhere.Revoke("newsroom"); err != nil {
		t.Fatal(err)
	}
	if check(token).Known() || !check(second).May(access.Curate) {
		t.Error("revoking one token is not seen, or takes another with it")
	}
	if err := elsewhere.Revoke("newsroom"); err == nil || !strings.Contains(err.Error(), "newsroom") {
		t.Errorf("revoked twice: %v", err)
	}
	all, err := access.At(path).List()
	if err != nil || len(all) != 1 || all[0].Name != "curator" || all[0].Made == "" {
		t.Errorf("%+v %v", all, err)
	}

	var told error
	check = access.At(path).Check(func(err error) { told = err })
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if check(second).Known() || told == nil || !strings.Contains(told.Error(), "chmod") {
		t.Errorf("a file that others can read: %v", told)
	}
	if err := errors.Join(os.WriteFile(path, []byte("{}\n"), 0o600), os.Chmod(path, 0o600)); err != nil {
		t.Fatal(err)
	}
	if check(second).Known() || told == nil || !strings.Contains(told.Error(), "line 1") {
		t.Errorf("a damaged file: %v", told)
	}
}

func TestScopes(t *testing.T) {
	t.Parallel()
	got, err := access.ParseScopes("load, curate load")
	if diff := cmp.Diff([]access.Scope{access.Load, access.Curate}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	for _, text := range []string{"", " , ", "admin", "load,admin"} {
		if _, err := access.ParseScopes(text); err == nil {
			t.Errorf("%q are taken for scopes", text)
		}
	}
	check := access.Any(access.Secret("none", ""), access.Secret("operator", "s3cret"))
	for token, want := range map[string]string{"s3cret": "operator", "": "", "s3cre": "", "s3cret ": ""} {
		if got := check(token); got.Name != want {
			t.Errorf("%q is %+v, want %q", token, got, want)
		}
	}
}
