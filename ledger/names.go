package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// letters are the Latin letters with marks that occur in British names, and typographic marks, to ASCII.
var letters = strings.NewReplacer(
	"à", "a", "á", "a", "â", "a", "ä", "a", "ã", "a", "å", "a", "æ", "ae", "ç", "c", "è", "e", "é", "e", "ê", "e", "ë", "e",
	"ì", "i", "í", "i", "î", "i", "ï", "i", "ñ", "n", "ò", "o", "ó", "o", "ô", "o", "ö", "o", "õ", "o", "ø", "o", "œ", "oe",
	"ù", "u", "ú", "u", "û", "u", "ü", "u", "ŵ", "w", "ý", "y", "ÿ", "y", "ŷ", "y", "ß", "ss", "ł", "l", "š", "s", "ž", "z",
	"’", "'", "‘", "'", "&", " and ",
)

// Terms are the words of s for searching: ASCII, lower case, without marks, in the order of s.
func Terms(s string) []string {
	s = strings.ToLower(s)
	if strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII || r == '&' }) { // most names have none
		s = letters.Replace(s)
	}
	s = strings.ReplaceAll(s, "'", "")
	return strings.FieldsFunc(s, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// SortKey is what lists by name go by: the words of the name, one blank between them.
func SortKey(name string) string { return strings.Join(Terms(name), " ") }

// Slug is name as part of an id: "Leicester City Council" is "leicester-city-council".
func Slug(name string) string { return strings.Join(Terms(name), "-") }

// Digest is the hexadecimal SHA-256 of the parts, told apart from one another.
func Digest(parts ...string) string {
	h := sha256.New()
	for i, p := range parts {
		if i > 0 {
			h.Write([]byte{0})
		}
		h.Write([]byte(p))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// ArticleID is the id of the article at a canonical URL or, without one, of the article with this text digest.
func ArticleID(url, digest string) string {
	if url != "" {
		return "article:" + Digest(url)[:16]
	}
	return "article:" + digest[:16]
}

// MentionID is the id of the n-th incident, from 1, of an article.
func MentionID(article string, n int) string {
	return "incident:" + strings.TrimPrefix(article, "article:") + "-" + strconv.Itoa(n)
}

// JudgementID is the id of the judgement on a and b, whichever comes first.
func JudgementID(a, b string) string {
	if b != "" && b < a {
		a, b = b, a
	}
	return "judgement:" + Digest(a, b)[:16]
}

// ClaimID is the id of a claim as its article states it.
func ClaimID(c *Claim) string {
	return "claim:" + Digest(c.Article, string(c.Predicate), c.Subject, c.Object, c.Mention, c.Value, c.Label, c.Volume,
		string(c.Since), string(c.Until), c.Quote, strconv.Itoa(c.Start), c.Speaker, string(c.Certainty))[:16]
}

const sketchSize = 64

// SketchOf is a MinHash of the text's runs of four words, by which near copies are told; nil for a text of
// fewer than 20 words.
func SketchOf(text string) []uint32 {
	words := Terms(text)
	if len(words) < 20 {
		return nil
	}
	sketch := make([]uint32, sketchSize)
	for i := range sketch {
		sketch[i] = ^uint32(0)
	}
	for i := 0; i+4 <= len(words); i++ {
		h := fnv.New64a()
		for _, w := range words[i : i+4] {
			h.Write([]byte(w))
			h.Write([]byte{' '})
		}
		v := h.Sum64()
		for k := range sketch {
			// One multiply-shift hash per place, each with its own odd factor.
			x := uint32((v * (2*uint64(k)*0x9E3779B97F4A7C15 + 0xBF58476D1CE4E5B9)) >> 32)
			sketch[k] = min(sketch[k], x)
		}
	}
	return sketch
}

// NearCopy is whether the texts of two sketches are mostly the same.
func NearCopy(a, b []uint32) bool {
	if len(a) != sketchSize || len(b) != sketchSize {
		return false
	}
	same := 0
	for i := range a {
		if a[i] == b[i] {
			same++
		}
	}
	return same*10 >= len(a)*6
}

// Set is the strings sorted, each once, without "".
func Set(s ...string) []string {
	s = slices.DeleteFunc(slices.Clone(s), func(x string) bool { return x == "" })
	slices.Sort(s)
	return slices.Compact(s)
}

// Index is the version of a thing that is not an incident, or of an article, as lists and searches see it. Whether it
// is seen at a day the store decides.
func Index(t Thing, from Date) Version {
	v := Version{Thing: t, From: from, Until: Forever, Sort: SortKey(t.Name)}
	v.Terms = Terms(t.Name)
	for _, a := range t.Aliases {
		v.Terms = append(v.Terms, Terms(a)...)
	}
	v.Terms = append(v.Terms, Terms(t.GSS)...)
	v.Terms = append(v.Terms, Terms(t.Provider)...)
	v.Terms = Set(v.Terms...)
	facet := func(name, value string) {
		if value != "" {
			v.Facets = append(v.Facets, name+":"+value)
		}
	}
	facet("gss", t.GSS)
	for _, g := range t.FormerGSS {
		facet("gss", g)
	}
	facet("type", t.Type)
	facet("nation", t.Nation)
	facet("region", t.Region)
	facet("kind", t.ArrangementKind)
	facet("kind", t.AgencyKind)
	facet("organisation", t.Organisation)
	for _, id := range t.Successors {
		facet("successor", id)
	}
	facet("provider", Slug(t.Provider))
	if t.Kind == Council {
		if t.CeasedOn == "" {
			facet("ceased", "no")
		} else {
			facet("ceased", "yes")
		}
	}
	slices.Sort(v.Facets)
	return v
}

// IndexArticle is the version of a record's article as lists see it. Things are its Name (title) alone.
func IndexArticle(r *Record) Version {
	a := &r.Article
	v := Version{Thing: Thing{ID: a.ID, Kind: ArticleKind, Name: a.Title}, From: a.KnownFrom(), Until: Forever,
		Sort: SortKey(a.Title), Date: a.PublishedOn}
	v.Terms = Set(append(Terms(a.Title), Terms(a.Text)...)...)
	v.Facets = []string{"origin:" + string(a.Origin)}
	if a.Publisher != "" {
		v.Facets = append(v.Facets, "publisher:"+Slug(a.Publisher))
	}
	for _, t := range r.Things {
		if t.Kind != Data {
			v.Facets = append(v.Facets, "about:"+t.ID)
		}
	}
	for _, m := range r.Mentions {
		v.Facets = append(v.Facets, "mention:"+m.ID)
	}
	v.Facets = Set(v.Facets...)
	return v
}
