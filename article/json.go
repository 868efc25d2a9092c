package article

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"spillover/ledger"
)

// eachJSON reads an array of objects, JSON lines, or objects one after another. Where the first line holds a whole
// object the input is JSON lines, and a broken line does not keep the others from being read.
func eachJSON(in *bufio.Reader, yield yielder) {
	first, err := line(in)
	for err == nil && len(bytes.TrimSpace(first)) == 0 {
		first, err = line(in)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		yield(ledger.Article{}, err)
		return
	}
	begin := bytes.TrimSpace(first)
	if begin[0] == '{' && json.Valid(begin) {
		eachLine(first, err, in, yield)
		return
	}
	eachValue(io.MultiReader(bytes.NewReader(first), in), begin[0] == '[', yield)
}

// line reads one line, within the limit for one article.
func line(in *bufio.Reader) ([]byte, error) {
	var out []byte
	for {
		part, err := in.ReadSlice('\n')
		out = append(out, part...)
		if len(out) > maxRaw {
			return nil, ledger.Errorf(ledger.TooLarge, "a line is longer than %d MB, too large for one article", maxRaw>>20)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && !errors.Is(err, io.EOF) {
			err = unreadable(err)
		}
		return out, err
	}
}

// eachLine reads JSON lines. raw is the first, with the error that came with it.
func eachLine(raw []byte, err error, in *bufio.Reader, yield yielder) {
	for n := 1; ; n++ {
		if value := bytes.TrimSpace(raw); len(value) > 0 {
			a, verr := fromJSON(value)
			if rest, _ := in.Peek(1); verr != nil && (n > 1 || len(rest) > 0) {
				verr = ledger.Errorf(ledger.KindOf(verr), "line %d: %w", n, verr)
			}
			if !yield(a, verr) {
				return
			}
		}
		if errors.Is(err, io.EOF) {
			return
		}
		if raw, err = line(in); err != nil && !errors.Is(err, io.EOF) {
			yield(ledger.Article{}, ledger.Errorf(ledger.KindOf(err), "after line %d: %w", n, err))
			return
		}
	}
}

// eachValue reads values that may go over several lines, or the items of one array, one at a time.
func eachValue(r io.Reader, array bool, yield yielder) {
	in := &limited{r: r, left: maxRaw}
	dec := json.NewDecoder(in)
	n := 0
	fail := func(err error) {
		err = jsonError(err)
		if n > 0 {
			err = ledger.Errorf(ledger.KindOf(err), "after article %d: %w", n, err)
		}
		yield(ledger.Article{}, err)
	}
	if array {
		if _, err := dec.Token(); err != nil {
			fail(err)
			return
		}
	}
	for !array || dec.More() {
		in.left = maxRaw
		var raw json.RawMessage
		err := dec.Decode(&raw)
		if errors.Is(err, io.EOF) && !array && n > 0 {
			return
		}
		if err != nil {
			fail(err)
			return
		}
		n++
		a, err := fromJSON(raw)
		if err != nil && (array || n > 1) {
			err = ledger.Errorf(ledger.KindOf(err), "article %d: %w", n, err)
		}
		if !yield(a, err) {
			return
		}
	}
	if _, err := dec.Token(); err != nil {
		fail(err)
	} else if n == 0 {
		yield(ledger.Article{}, ledger.Errorf(ledger.Invalid, "it is an array without articles"))
	}
}

// A limited reader fails once more than its allowance was read. The allowance is renewed for each article.
type limited struct {
	r    io.Reader
	left int
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, ledger.Errorf(ledger.TooLarge, "an article takes more than %d MB, too large for one article", maxRaw>>20)
	}
	n, err := l.r.Read(p[:min(len(p), l.left)])
	l.left -= n
	return n, err
}

// jsonError says in our words what is wrong with JSON.
func jsonError(err error) error {
	if kind := (*ledger.Error)(nil); errors.As(err, &kind) {
		return err
	}
	var syntax *json.SyntaxError
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &syntax) && strings.HasPrefix(syntax.Error(), "unexpected end") {
		return ledger.Errorf(ledger.Invalid, "its JSON is cut off: it ends in the middle of a value")
	}
	if syntax != nil {
		return ledger.Errorf(ledger.Invalid, "its JSON is broken at byte %d: %w", syntax.Offset, err)
	}
	return unreadable(err)
}

// keys are those of an article as JSON.
const keys = `"title", "text", "url", "publisher", "published_on", "byline"`

// fromJSON reads one object. What it leaves out is looked for in the furniture of its text.
func fromJSON(raw []byte) (ledger.Article, error) {
	var none ledger.Article
	if !utf8.Valid(raw) {
		text, err := decode(raw, "")
		if err != nil {
			return none, err
		}
		raw = []byte(text)
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(raw, &object); err != nil {
		if json.Valid(raw) {
			return none, ledger.Errorf(ledger.Invalid, "its JSON is %s; it must be an object with %s", jsonKind(raw), keys)
		}
		return none, jsonError(err)
	}
	text, err := stringAt(object, "text")
	if err != nil {
		return none, err
	}
	if _, ok := object["text"]; !ok {
		have := "no keys at all"
		if names := slices.Sorted(maps.Keys(object)); len(names) > 0 {
			have = `"` + strings.Join(names[:min(len(names), 8)], `", "`) + `"`
		}
		return none, ledger.Errorf(ledger.Invalid, `its JSON has no "text" but %s; the keys of an article are %s`, have, keys)
	}
	if strings.TrimSpace(text) == "" {
		return none, ledger.Errorf(ledger.Invalid, `its "text" is empty`)
	}
	given := ledger.Article{}
	for key, field := range map[string]*string{"title": &given.Title, "url": &given.URL, "publisher": &given.Publisher} {
		if *field, err = stringAt(object, key); err != nil {
			return none, err
		}
		*field = oneLine(*field)
	}
	if given.URL != "" {
		if given.URL, err = CanonicalURL(given.URL); err != nil {
			return none, ledger.Errorf(ledger.Invalid, `its "url": %w`, err)
		}
	}
	if given.PublishedOn, err = dateAt(object); err != nil {
		return none, err
	}
	if given.Byline, err = bylineAt(object); err != nil {
		return none, err
	}
	a := fromText(strings.TrimPrefix(text, "\ufeff"))
	a.URL = given.URL
	if given.Title != "" {
		a.Title = given.Title
	}
	if given.Publisher != "" {
		a.Publisher = given.Publisher
	}
	if given.PublishedOn != "" {
		a.PublishedOn = given.PublishedOn
	}
	if given.Byline != nil {
		a.Byline = given.Byline
	}
	return a, nil
}

func stringAt(object map[string]json.RawMessage, key string) (string, error) {
	raw, ok := object[key]
	if !ok {
		return "", nil
	}
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		return "", ledger.Errorf(ledger.Invalid, "its JSON has %s as %q; it must be a string", jsonKind(raw), key)
	}
	return s, nil
}

func dateAt(object map[string]json.RawMessage) (ledger.Date, error) {
	s, err := stringAt(object, "published_on")
	if s == "" || err != nil {
		return "", err
	}
	if t, terr := time.Parse(time.RFC3339, s); terr == nil && dayOf(t) != "" {
		return dayOf(t), nil
	}
	d, err := ledger.ParseDate(s)
	if err != nil {
		return "", ledger.Errorf(ledger.Invalid, `its "published_on": %w`, err)
	}
	return d, nil
}

// bylineAt reads a list of names, or names in one string. It is nil where the object gives none.
func bylineAt(object map[string]json.RawMessage) ([]string, error) {
	raw, ok := object["byline"]
	if !ok || string(raw) == "null" {
		return nil, nil
	}
	var list []string
	if json.Unmarshal(raw, &list) != nil {
		s, err := stringAt(object, "byline")
		if err != nil {
			return nil, ledger.Errorf(ledger.Invalid, `its JSON has %s as "byline"; it must be a string or a list of strings`, jsonKind(raw))
		}
		list = []string{s}
	}
	names := []string{}
	for _, s := range list {
		names = append(names, splitNames(s)...)
	}
	return unique(names), nil
}

// jsonKind says what a JSON value is.
func jsonKind(raw []byte) string {
	switch raw := bytes.TrimSpace(raw); raw[0] {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "a string"
	case 't', 'f':
		return "a truth value"
	case 'n':
		return "null"
	}
	return "a number"
}
