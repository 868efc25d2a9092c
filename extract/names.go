package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"spillover/gazetteer"
	"spillover/ledger"
)

// A token is a word of the view: letters and digits, folded to ASCII small letters.
type token struct {
	start, end int
	word       string
}

// tokenise cuts s into words. "&" is the word "and"; an apostrophe, a hyphen and a blank part words.
func tokenise(s string) []token {
	out := make([]token, 0, len(s)/6+1)
	for i := 0; i < len(s); {
		if s[i] == '&' {
			out = append(out, token{i, i + 1, "and"})
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			i += n
			continue
		}
		j, plain := i, true
		for j < len(s) {
			r, n = utf8.DecodeRuneInString(s[j:])
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				break
			}
			plain = plain && r < utf8.RuneSelf
			j += n
		}
		word := s[i:j]
		if plain {
			word = strings.ToLower(word)
		} else {
			word = strings.Join(ledger.Terms(word), "")
		}
		out = append(out, token{i, j, word})
		i = j
	}
	return out
}

// A lexicon is the gazetteer's surface forms as a tree of words.
type lexicon struct {
	next    map[string]*lexicon
	entries []entry
}

// An entry is one meaning of a surface form.
type entry struct {
	id       string
	kind     ledger.Kind
	form     string // as the gazetteer writes it
	class    gazetteer.Class
	ordinary bool // also a word, a person or another place
}

func (l *lexicon) add(form string, e entry) {
	words := tokenise(form)
	if len(words) == 0 {
		return
	}
	for _, w := range words {
		if l.next == nil {
			l.next = map[string]*lexicon{}
		}
		n := l.next[w.word]
		if n == nil {
			n = &lexicon{}
			l.next[w.word] = n
		}
		l = n
	}
	for _, x := range l.entries {
		if x.id == e.id && shouts(x.form) == shouts(form) {
			return
		}
	}
	l.entries = append(l.entries, e)
}

// A found is a surface form in the view, the longest at its place.
type found struct {
	start, end  int
	first, last int // tokens
	entries     []entry
}

// find gives the surface forms in the view from left to right; none overlaps another.
func (l *lexicon) find(v *view, tokens []token) []found {
	var out []found
	for i := 0; i < len(tokens); i++ {
		best := -1
		var entries []entry
		node := l
		for j := i; j < len(tokens); j++ {
			if j > i && !joined(v.s[tokens[j-1].end:tokens[j].start]) {
				break
			}
			node = node.next[tokens[j].word]
			if node == nil {
				break
			}
			if len(node.entries) > 0 {
				if fit := fitting(v.s[tokens[i].start:tokens[j].end], node.entries); len(fit) > 0 {
					best, entries = j, fit
				}
			}
		}
		if best >= 0 {
			out = append(out, found{tokens[i].start, tokens[best].end, i, best, entries})
			i = best
		}
	}
	return out
}

// joined is whether what parts two words may stand within a name.
func joined(gap string) bool {
	switch gap {
	case " ", "-", "'", " - ", ", ", "", ".", ". ", "/", "$", "(":
		return true
	}
	return strings.TrimSpace(gap) == "" && strings.Count(gap, "\n") <= 1 || gap == " (" || gap == "'s "
}

// fitting are the entries whose way of writing the text follows: abbreviations letter by letter, other names with a
// capital at the start. Names of agencies of two words and more are known in small letters too.
//
// It reads "the information commissioner"; it must not read "ico" or "royal" in running text.
func fitting(text string, entries []entry) []entry {
	var out []entry
	for _, e := range entries {
		switch {
		case shouts(e.form):
			if plainName(text) != plainName(e.form) {
				continue
			}
		case e.kind == ledger.Agency && strings.Count(e.form, " ") == 1 && startsHigh(text) && !sameCase(text, e.form) && !strings.HasSuffix(text, " police"):
			continue // "London councils" are not London Councils, but "Kent police" are Kent Police
		case startsHigh(text):
		case e.kind == ledger.Agency && strings.Contains(e.form, " ") && len(e.form) > 12:
		default:
			continue
		}
		out = append(out, e)
	}
	return out
}

// sameCase is whether the last word of the text begins as high as that of the form.
func sameCase(text, form string) bool {
	last := func(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }
	return startsHigh(last(text)) || !startsHigh(last(form))
}

func plainName(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, " ", ""), "’", "'")
}

// shouts is whether a form is an abbreviation: one word without small letters but a connecting one.
func shouts(form string) bool {
	if strings.Contains(form, " ") {
		return false
	}
	high := 0
	for _, r := range form {
		if unicode.IsUpper(r) {
			high++
		}
		if unicode.IsLower(r) {
			return false
		}
	}
	return high > 0
}

func startsHigh(s string) bool {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "the "), "The ")
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}

// noFirstName are first words of councils' names that are no name by themselves, or that of another place.
var noFirstName = []string{"north", "south", "east", "west", "mid", "new", "great", "high", "royal", "city", "london", "isle", "isles", "saint", "the", "county", "central", "upper", "lower", "three", "forest", "vale", "mole", "cannock", "bath", "reading", "castle", "epping", "st"}

// firstNames are, by their first word, the councils whose name has several and no other's begins so. People call them by it, with
// "council" or once they have named them in full: "Merthyr council".
func firstNames(g *gazetteer.Gazetteer) map[string]string {
	firsts, out := map[string]int{}, map[string]string{}
	for i := range g.Councils {
		first, _, _ := strings.Cut(strings.ReplaceAll(g.Councils[i].ShortName, "-", " "), " ")
		firsts[first]++
	}
	for i := range g.Councils {
		c := &g.Councils[i]
		first, rest, _ := strings.Cut(c.ShortName, " ")
		if rest == "" || firsts[first] > 1 || len(first) < 5 || slices.Contains(noFirstName, strings.ToLower(first)) {
			continue
		}
		out[first] = c.ID
	}
	return out
}
