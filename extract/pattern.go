package extract

import (
	"regexp/syntax"
	"strings"
	"sync"

	regexp "github.com/wasilibs/go-re2" // RE2 itself takes half the time of the standard library's on these patterns
)

// A pattern is a regular expression that knows what a text must hold to match it. Most sentences hold none of what most
// patterns need, and asking that costs next to nothing. It is compiled when a text is first held against it: all of them take half
// a second, for which a server that only answers would wait at each start.
type pattern struct {
	text     string
	compiled func() *regexp.Regexp
	need     func() [][]uint16 // the runs of three letters of each of some words, one of which is in every match; nil is no need
}

// patterns are all that there are, for a test that each can be compiled.
var patterns []*pattern

// grams are the runs of three letters of a sentence, each hashed to a bit.
type grams [64]uint64

func gram(a, b, c byte) uint16 { return (uint16(a)*961 + uint16(b)*31 + uint16(c)) % 4096 }

func gramsOf(low string) *grams {
	g := new(grams)
	for i := 0; i+3 <= len(low); i++ {
		b := [3]byte{low[i], low[i+1], low[i+2]}
		for k := range b {
			if b[k] == '\n' {
				b[k] = ' '
			}
		}
		n := gram(b[0], b[1], b[2])
		g[n/64] |= 1 << (n % 64)
	}
	return g
}

// mustCompile makes a pattern of a regular expression of this package.
func mustCompile(s string) *pattern {
	p := &pattern{text: s, compiled: sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(s) }), need: sync.OnceValue(func() [][]uint16 { return needOf(s) })}
	patterns = append(patterns, p)
	return p
}

// needOf is what a text must hold to match a regular expression.
func needOf(s string) (need [][]uint16) {
	tree, err := syntax.Parse(s, syntax.Perl)
	if err != nil {
		return nil // RE2 has what the standard library has not
	}
	for _, w := range required(tree.Simplify()) {
		w = strings.ToLower(w)
		var all []uint16
		for i := 0; i+3 <= len(w); i++ {
			all = append(all, gram(w[i], w[i+1], w[i+2]))
		}
		need = append(need, all)
	}
	return need
}

// The methods of a compiled expression.

func (p *pattern) MatchString(s string) bool            { return p.compiled().MatchString(s) }
func (p *pattern) FindString(s string) string           { return p.compiled().FindString(s) }
func (p *pattern) FindStringIndex(s string) []int       { return p.compiled().FindStringIndex(s) }
func (p *pattern) FindStringSubmatch(s string) []string { return p.compiled().FindStringSubmatch(s) }
func (p *pattern) FindStringSubmatchIndex(s string) []int {
	return p.compiled().FindStringSubmatchIndex(s)
}
func (p *pattern) FindAllString(s string, n int) []string { return p.compiled().FindAllString(s, n) }
func (p *pattern) FindAllStringIndex(s string, n int) [][]int {
	return p.compiled().FindAllStringIndex(s, n)
}
func (p *pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return p.compiled().FindAllStringSubmatchIndex(s, n)
}
func (p *pattern) ReplaceAllString(s, by string) string { return p.compiled().ReplaceAllString(s, by) }
func (p *pattern) ReplaceAllStringFunc(s string, by func(string) string) string {
	return p.compiled().ReplaceAllStringFunc(s, by)
}
func (p *pattern) Split(s string, n int) []string { return p.compiled().Split(s, n) }
func (p *pattern) SubexpIndex(name string) int    { return p.compiled().SubexpIndex(name) }

// may is whether a sentence with these grams, or a part of it, can match.
func (p *pattern) may(g *grams) bool {
	need := p.need()
	if need == nil {
		return true
	}
next:
	for _, all := range need {
		for _, n := range all {
			if g[n/64]&(1<<(n%64)) == 0 {
				continue next
			}
		}
		return true
	}
	return false
}

// required are words of three letters and more, one of which is in every match; nil if there are no such words. Tags are
// no words, for rules write them in a sentence.
func required(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		w := string(re.Rune)
		if len(w) < 3 || !plainWord(w) {
			return nil
		}
		return []string{w}
	case syntax.OpCapture, syntax.OpPlus:
		return required(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return required(re.Sub[0])
		}
	case syntax.OpConcat:
		var best []string
		better := func(w []string) {
			if len(w) > 0 && shortest(w) >= 3 && (best == nil || len(w) < len(best) || len(w) == len(best) && shortest(w) > shortest(best)) {
				best = w
			}
		}
		run := []string{""}
		for i, sub := range re.Sub {
			better(required(sub))
			if i > 0 && sub.Op == syntax.OpAlternate && re.Sub[i-1].Op == syntax.OpLiteral {
				better(spread(re.Sub[i-1], sub))
			}
			if run = cross(run, exact(sub)); run == nil {
				run = []string{""}
			}
			better(run)
		}
		return best
	case syntax.OpAlternate:
		var all []string
		for _, s := range re.Sub {
			w := required(s)
			if w == nil {
				if w = exact(s); len(w) == 0 || shortest(w) < 3 {
					return nil
				}
			}
			all = append(all, w...)
		}
		return all
	}
	return nil
}

// spread is what is required by a beginning that the branches of a choice share: of "g(?:ot|ained)" it is "got" and
// "gained".
func spread(begin, choice *syntax.Regexp) []string {
	var all []string
	for _, branch := range choice.Sub {
		parts := []*syntax.Regexp{begin, branch}
		if branch.Op == syntax.OpConcat {
			parts = append([]*syntax.Regexp{begin}, branch.Sub...)
		}
		w := required(&syntax.Regexp{Op: syntax.OpConcat, Sub: parts})
		if w == nil {
			return nil
		}
		all = append(all, w...)
	}
	return all
}

// plainWord is whether w is ASCII and no part of a tag.
func plainWord(w string) bool {
	return !strings.ContainsAny(w, "<>@") && strings.IndexFunc(w, func(r rune) bool { return r >= 0x80 }) < 0
}

// exact are all texts that an expression matches, nil if they are many or cannot be listed.
func exact(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpWordBoundary, syntax.OpBeginText, syntax.OpEndText:
		return []string{""}
	case syntax.OpLiteral:
		if w := string(re.Rune); plainWord(w) {
			return []string{w}
		}
	case syntax.OpCharClass:
		var out []string
		for i := 0; i+1 < len(re.Rune); i += 2 {
			if re.Rune[i+1]-re.Rune[i] > 3 || re.Rune[i+1] >= 0x80 || len(out) > 6 {
				return nil
			}
			for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
				if !plainWord(string(r)) {
					return nil
				}
				out = append(out, string(r))
			}
		}
		return out
	case syntax.OpCapture:
		return exact(re.Sub[0])
	case syntax.OpQuest:
		if w := exact(re.Sub[0]); w != nil {
			return append([]string{""}, w...)
		}
	case syntax.OpConcat:
		out := []string{""}
		for _, sub := range re.Sub {
			if out = cross(out, exact(sub)); out == nil {
				return nil
			}
		}
		return out
	case syntax.OpAlternate:
		var out []string
		for _, sub := range re.Sub {
			w := exact(sub)
			if w == nil || len(out)+len(w) > 96 {
				return nil
			}
			out = append(out, w...)
		}
		return out
	}
	return nil
}

// cross is every text of a followed by every text of b, nil if they are too many or either is nil.
func cross(a, b []string) []string {
	if a == nil || b == nil || len(a)*len(b) > 96 {
		return nil
	}
	out := make([]string, 0, len(a)*len(b))
	for _, x := range a {
		for _, y := range b {
			out = append(out, x+y)
		}
	}
	return out
}

func shortest(words []string) int {
	n := len(words[0])
	for _, w := range words {
		n = min(n, len(w))
	}
	return n
}

// group is where the group of this name stands in a match, nil if it has no part in it.
func (p *pattern) group(m []int, name string) []int {
	if i := p.SubexpIndex(name); i >= 0 && m[2*i] >= 0 {
		return m[2*i : 2*i+2]
	}
	return nil
}

// find is the first match of a pattern in the sentence's small letters, nil if there is none.
func (t *tagged) find(p *pattern) []int {
	if !p.may(t.grams) {
		return nil
	}
	return p.FindStringIndex(t.low)
}

// findAll are all matches of a pattern in the sentence's small letters.
func (t *tagged) findAll(p *pattern) [][]int {
	if !p.may(t.grams) {
		return nil
	}
	return p.FindAllStringIndex(t.low, -1)
}

// findParts are all matches of a pattern in the sentence's small letters with their groups.
func (t *tagged) findParts(p *pattern) [][]int {
	if !p.may(t.grams) {
		return nil
	}
	return p.FindAllStringSubmatchIndex(t.low, -1)
}

// says is whether a pattern matches the sentence's small letters.
func (t *tagged) says(p *pattern) bool { return p.may(t.grams) && p.MatchString(t.low) }
