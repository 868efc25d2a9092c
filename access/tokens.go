package access

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// A Token is what the file keeps of one: all but the token itself.
type Token struct {
	Name   string  `json:"name"`
	Scopes []Scope `json:"scopes"`
	Digest string  `json:"sha256"` // of the token, in hexadecimal
	Made   string  `json:"made"`   // RFC 3339, UTC
}

// Tokens are the tokens of a file, one a line as JSON, which only its user can read. Several programs may change it; each sees
// what the others did at its next look.
type Tokens struct {
	path string

	mutex sync.Mutex
	seen  os.FileInfo // the file as it was read last, nil where there was none
	all   []Token
}

// At are the tokens of the file at path, which need not be there yet.
func At(path string) *Tokens { return &Tokens{path: path} }

// Path is the file's.
func (t *Tokens) Path() string { return t.path }

// List gives all tokens in the order in which they were made.
func (t *Tokens) List() ([]Token, error) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	err := t.look()
	return slices.Clone(t.all), err
}

// Check finds the caller of a token. A file that cannot be read knows nobody; then failed, where it is given, is told why.
func (t *Tokens) Check(failed func(error)) Check {
	return func(token string) Caller {
		t.mutex.Lock()
		defer t.mutex.Unlock()
		if err := t.look(); err != nil {
			if failed != nil {
				failed(err)
			}
			return Caller{}
		}
		digest := digestOf(token)
		found := Caller{}
		for _, k := range t.all { // all of them, so that the time taken does not say which
			if subtle.ConstantTimeCompare([]byte(k.Digest), []byte(digest)) == 1 {
				found = Caller{Name: k.Name, Scopes: k.Scopes}
			}
		}
		return found
	}
}

// Add makes a token. It is given here and never again; the file keeps its digest.
func (t *Tokens) Add(name string, scopes []Scope) (token string, err error) {
	if name == "" || len(name) > 80 || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' }) {
		return "", errors.New("a token needs a name of 1 to 80 characters, that says who uses it")
	}
	token = "spl_" + rand.Text() + rand.Text()
	return token, t.change(func(all []Token) ([]Token, error) {
		if slices.ContainsFunc(all, func(k Token) bool { return k.Name == name }) {
			return nil, fmt.Errorf("there is a token named %q already; revoke it first, or choose another name", name)
		}
		return append(all, Token{Name: name, Scopes: scopes, Digest: digestOf(token), Made: time.Now().UTC().Format(time.RFC3339)}), nil
	})
}

// Revoke drops the token of a name. Servers refuse it from their next look at the file on, which is the next call.
func (t *Tokens) Revoke(name string) error {
	return t.change(func(all []Token) ([]Token, error) {
		left := slices.DeleteFunc(slices.Clone(all), func(k Token) bool { return k.Name == name })
		if len(left) == len(all) {
			return nil, fmt.Errorf("there is no token named %q in %s", name, t.path)
		}
		return left, nil
	})
}

// look reads the file where it has changed.
func (t *Tokens) look() error {
	info, err := os.Stat(t.path)
	if errors.Is(err, fs.ErrNotExist) {
		t.seen, t.all = nil, nil
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the tokens: %w", err)
	}
	if t.seen != nil && os.SameFile(info, t.seen) && info.ModTime().Equal(t.seen.ModTime()) && info.Size() == t.seen.Size() {
		return nil
	}
	if info.Mode().Perm()&0o077 != 0 {
		return fmt.Errorf("others can read %s; make it yours alone with chmod 600", t.path)
	}
	text, err := os.ReadFile(t.path)
	if err != nil {
		return fmt.Errorf("read the tokens: %w", err)
	}
	var all []Token
	for i, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if line == "" {
			continue
		}
		var k Token
		if err := json.Unmarshal([]byte(line), &k); err != nil || k.Name == "" || len(k.Digest) != 2*sha256.Size {
			return fmt.Errorf("%s: line %d is no token", t.path, i+1)
		}
		all = append(all, k)
	}
	t.seen, t.all = info, all
	return nil
}

// change replaces the file as a whole, alone among all programs that do.
func (t *Tokens) change(f func([]Token) ([]Token, error)) error {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	unlock, err := lock(t.path + ".lock")
	if err != nil {
		return err
	}
	defer unlock()
	if err := t.look(); err != nil {
		return err
	}
	all, err := f(t.all)
	if err != nil {
		return err
	}
	var text strings.Builder
	for _, k := range all {
		line, err := json.Marshal(k)
		if err != nil {
			return err
		}
		text.Write(line)
		text.WriteByte('\n')
	}
	temporary, err := os.CreateTemp(filepath.Dir(t.path), ".tokens-*") // which only its user can read
	if err != nil {
		return fmt.Errorf("write the tokens: %w", err)
	}
	defer os.Remove(temporary.Name()) // where it was not renamed
	_, err = temporary.WriteString(text.String())
	if err = errors.Join(err, temporary.Sync(), temporary.Close()); err == nil {
		err = os.Rename(temporary.Name(), t.path)
	}
	if err != nil {
		return fmt.Errorf("write the tokens: %w", err)
	}
	t.seen = nil
	return nil
}

// lock waits for a file to be gone, and makes it.
func lock(path string) (unlock func(), err error) {
	for end := time.Now().Add(5 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL, 0o600)
		if err == nil {
			return func() { os.Remove(path) }, f.Close()
		}
		if !errors.Is(err, fs.ErrExist) {
			return nil, fmt.Errorf("write the tokens: %w", err)
		}
		if time.Now().After(end) {
			return nil, fmt.Errorf("another program is changing the tokens; if none is, delete %s", path)
		}
	}
}

func digestOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
