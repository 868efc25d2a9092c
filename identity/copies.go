package identity

import (
	"slices"

	"spillover/ledger"
)

// witnesses leads each article of an incident to the earliest of them with nearly the same text.
func (s *sweep) witnesses(c *component) map[string]string {
	out := map[string]string{}
	copies := newCopies()
	for _, m := range c.mentions { // earliest first
		out[m.Article] = m.Article
		if earlier := copies.add(m.Article, s.records[m.Article].Article.Sketch); earlier != "" {
			out[m.Article] = out[earlier]
		}
	}
	return out
}

// copies finds near copies among texts without comparing all with all. Two sketches are of near copies where they differ in at most
// two places of five (see [ledger.NearCopy]); so of as many bands of places as they may differ in and one more, they agree in one.
type copies struct {
	articles []string
	sketches [][]uint32
	known    map[band][]int // earlier texts, by what they have in a band
	tried    []int          // of each text, in which turn it was last compared
	turn     int            // one for each text that was added
}

// A band is a pair of places of a sketch with what is in them.
type band struct {
	place int
	a, b  uint32
}

func newCopies() *copies { return &copies{known: map[band][]int{}} }

// add adds a text, and gives the first one before it that it is a near copy of, "" where there is none.
func (c *copies) add(article string, sketch []uint32) (earlier string) {
	n := len(c.articles)
	first := n
	c.turn++
	bands := (len(sketch)*2/5 + 1) * 2 // places
	for i := 0; i+1 < min(bands, len(sketch)); i += 2 {
		for _, k := range c.known[band{i, sketch[i], sketch[i+1]}] {
			if k >= first {
				break
			}
			if c.tried[k] == c.turn {
				continue
			}
			c.tried[k] = c.turn
			if ledger.NearCopy(c.sketches[k], sketch) {
				first = k
				break
			}
		}
	}
	if first < n {
		earlier = c.articles[first]
		if slices.Equal(c.sketches[first], sketch) {
			return earlier // what is a near copy of this one is one of that one, which is before it
		}
	}
	c.articles, c.sketches, c.tried = append(c.articles, article), append(c.sketches, sketch), append(c.tried, 0)
	for i := 0; i+1 < min(bands, len(sketch)); i += 2 {
		at := band{i, sketch[i], sketch[i+1]}
		c.known[at] = append(c.known[at], n)
	}
	return earlier
}
