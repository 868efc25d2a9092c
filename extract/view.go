package extract

import (
	"strings"
	"unicode/utf8"
)

// A view is an article's text as the rules see it: straight quotation marks, plain blanks, single blanks, no soft
// hyphens, usual mojibake mended. Every byte of it knows where in the text it stands, so that a quote is cut from the
// text itself and stays verbatim.
type view struct {
	src   string
	s     string
	low   string  // s with ASCII letters in lower case; same offsets
	off   []int32 // for each byte of s its offset in src; one more for the end
	marks []int   // number of characters of src before each 1024th byte
}

// mends are the runs of characters that the view writes in another way, longest first where one begins another.
var mends = []struct{ from, to string }{
	{"â€™", "'"}, {"â€˜", "'"}, {"â€œ", `"`}, {"â€\u009d", `"`}, {"â€“", "-"}, {"â€”", "-"}, {"â€", `"`}, {"Â ", " "}, {"Â\u00a0", " "},
	{"Â£", "£"}, {"Â©", " "}, {"\r\n", "\n"}, {"\r", "\n"}, {"\u2028", "\n"}, {"\u2029", "\n"},
	{"‘", "'"}, {"’", "'"}, {"ʼ", "'"}, {"“", `"`}, {"”", `"`}, {"„", `"`}, {"«", `"`}, {"»", `"`},
	{"–", "-"}, {"—", "-"}, {"‑", "-"}, {"‐", "-"}, {"−", "-"}, {"\u00ad", ""}, {"\u200b", ""}, {"\u200c", ""}, {"\u200d", ""},
	{"\ufeff", ""}, {"\u2060", ""}, {"\u00a0", " "}, {"\u2009", " "}, {"\u202f", " "}, {"\u2002", " "}, {"\u2003", " "}, {"\t", " "},
	{"\v", " "}, {"\f", " "}, {"<", "("}, {">", ")"}, {"…", "."},
}

var mendsBy = func() map[byte][]int {
	m := map[byte][]int{}
	for i, x := range mends {
		m[x.from[0]] = append(m[x.from[0]], i)
	}
	return m
}()

func newView(src string) *view {
	v := &view{src: src, off: make([]int32, 0, len(src)+1)}
	out := make([]byte, 0, len(src))
	put := func(b byte, at int) {
		if b == ' ' && len(out) > 0 && (out[len(out)-1] == ' ' || out[len(out)-1] == '\n') {
			return
		}
		out = append(out, b)
		v.off = append(v.off, int32(at))
	}
next:
	for i := 0; i < len(src); {
		b := src[i]
		if b == ' ' || b > ' ' && b < utf8.RuneSelf && b != '<' && b != '>' {
			put(b, i)
			i++
			continue
		}
		for _, m := range mendsBy[b] {
			if strings.HasPrefix(src[i:], mends[m].from) {
				for k := 0; k < len(mends[m].to); k++ {
					put(mends[m].to[k], i)
				}
				i += len(mends[m].from)
				continue next
			}
		}
		put(b, i)
		i++
	}
	v.s = string(out)
	v.low = lowerASCII(v.s)
	v.off = append(v.off, int32(len(src)))
	count := 0
	for i := 0; i < len(src); i++ {
		if i%1024 == 0 {
			v.marks = append(v.marks, count)
		}
		if !continues(src[i]) {
			count++
		}
	}
	v.marks = append(v.marks, count)
	return v
}

// continues is whether b is a byte within a character, not its first.
func continues(b byte) bool { return b&0xC0 == 0x80 }

// chars is the number of characters of the text before byte offset at.
func (v *view) chars(at int) int {
	n := v.marks[at/1024]
	for i := at / 1024 * 1024; i < at; i++ {
		if !continues(v.src[i]) {
			n++
		}
	}
	return n
}

// quote cuts the run [start, end) of the view out of the text, without blanks at its ends.
func (v *view) quote(start, end int) Evidence {
	for start < end && (v.s[start] == ' ' || v.s[start] == '\n') {
		start++
	}
	for end > start && (v.s[end-1] == ' ' || v.s[end-1] == '\n') {
		end--
	}
	from, to := int(v.off[start]), int(v.off[end])
	if end > start {
		// The text between the last byte of the run and the next byte of the view may hold what the view left out.
		to = int(v.off[end-1]) + 1
		for to < len(v.src) && continues(v.src[to]) {
			to++
		}
		if n := v.mendAt(int(v.off[end-1])); n > 0 {
			to = int(v.off[end-1]) + n
		}
	}
	return Evidence{Quote: v.src[from:to], Start: v.chars(from), End: v.chars(to)}
}

// mendAt is the length of the run of the text at byte offset at that the view wrote in another way, 0 if none.
func (v *view) mendAt(at int) int {
	for _, m := range mendsBy[v.src[at]] {
		if strings.HasPrefix(v.src[at:], mends[m].from) {
			return len(mends[m].from)
		}
	}
	return 0
}

func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
