package extract

import "strings"

// A sentence is a run of the view: a sentence of a paragraph, or a line of furniture, a heading or a list item.
type sentence struct {
	start, end int
	para       int  // number of its paragraph: a line of the text, or several that were wrapped
	heading    bool // a line without a full stop
}

// abbreviations end in a full stop that ends no sentence.
var abbreviations = map[string]bool{
	"mr": true, "mrs": true, "ms": true, "dr": true, "prof": true, "st": true, "cllr": true, "cllrs": true, "rev": true, "hon": true,
	"rt": true, "no": true, "nos": true, "inc": true, "ltd": true, "co": true, "vs": true, "eg": true, "ie": true, "sgt": true, "insp": true,
	"det": true, "supt": true, "gen": true, "col": true, "jan": true, "feb": true, "mar": true, "apr": true, "jun": true, "jul": true,
	"aug": true, "sep": true, "sept": true, "oct": true, "nov": true, "dec": true, "approx": true, "para": true, "art": true, "ref": true,
}

// longest is how many bytes of text without a full stop still make one sentence. Nobody writes such; a broken page has
// them, and reading must not take the square of their length.
const longest = 1500

// splitSentences cuts the view into sentences. A sentence ends at ".", "!" or "?", with any closing marks, before a
// blank and what can begin a sentence; never after an abbreviation, an initial or a bare paragraph number.
//
// It reads "Dr. Lee of St. Helens spoke. He left." as two; it must not cut "No. 10" or "J. Smith".
func splitSentences(v *view) []sentence {
	var out []sentence
	para := 0
	for at := 0; at < len(v.s); {
		end := lineEnd(v, at)
		before := len(out)
		if out = splitLine(v, out, at, end, para); len(out) > before {
			para++
		}
		at = end + 1
	}
	return out
}

// lineEnd is where the paragraph at at ends. A line that breaks off in the middle of a sentence, as in mail wrapped at a
// column, goes on in the next line.
func lineEnd(v *view, at int) int {
	for {
		n := strings.IndexByte(v.s[at:], '\n')
		if n < 0 {
			return len(v.s)
		}
		end := at + n
		if n < 45 || end+1 >= len(v.s) || strings.IndexByte(".!?:\"", v.s[end-1]) >= 0 {
			return end
		}
		if c := v.s[end+1]; c < 'a' || c > 'z' {
			return end
		}
		at = end + 1
	}
}

func splitLine(v *view, out []sentence, start, end, para int) []sentence {
	add := func(from, to int, heading bool) {
		for to-from > longest {
			cut := from + longest
			for cut > from && v.s[cut] != ' ' {
				cut--
			}
			if cut == from {
				for cut = from + longest; cut < to && continues(v.s[cut]); cut++ {
				}
			}
			if strings.TrimSpace(v.s[from:cut]) != "" {
				out = append(out, sentence{from, cut, para, false})
			}
			from = cut
		}
		for from < to && (v.s[from] == ' ' || v.s[from] == '\n') {
			from++
		}
		for to > from && (v.s[to-1] == ' ' || v.s[to-1] == '\n') {
			to--
		}
		if to > from {
			out = append(out, sentence{from, to, para, heading})
		}
	}
	from := start
	for i := start; i < end; i++ {
		c := v.s[i]
		if c != '.' && c != '!' && c != '?' {
			continue
		}
		j := i + 1
		for j < end && strings.IndexByte(`.!?"')]`, v.s[j]) >= 0 {
			j++
		}
		if j < end && v.s[j] != ' ' && v.s[j] != '\n' {
			continue
		}
		if j+1 < end && !begins(v.s[j+1]) {
			continue
		}
		if c == '.' && j == i+1 && noStop(v.low[from:i]) {
			continue
		}
		add(from, j, false)
		from = j
		i = j - 1
	}
	if from < end {
		tail := strings.TrimRight(v.s[from:end], " \n")
		add(from, end, tail != "" && strings.IndexByte(`.!?"`, tail[len(tail)-1]) < 0)
	}
	return out
}

// begins is whether a byte can begin a sentence: no small letter.
func begins(b byte) bool { return (b < 'a' || b > 'z') && b != ',' && b != ';' }

// noStop is whether a full stop after low ends no sentence.
func noStop(low string) bool {
	word := low[strings.LastIndexAny(low, " \n(\"")+1:]
	if abbreviations[word] {
		return true
	}
	if len(word) == 1 && word[0] >= 'a' && word[0] <= 'z' {
		return true // an initial
	}
	if strings.TrimSpace(low) == word && word != "" && strings.Trim(word, "0123456789") == "" {
		return true // the number of a paragraph
	}
	return strings.Contains(word, ".") && len(word) <= 4 && strings.Trim(word, "abcdefghijklmnopqrstuvwxyz.") == "" && word != "a.m" && word != "p.m"
}
