package article

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"spillover/ledger"
)

// How far from the top and the bottom a plain text is looked through for furniture, in lines that are not blank.
const (
	topLines    = 24
	topProse    = 3 // and at most until this many sentences of running text
	bottomLines = 14
	lineLength  = 400 // bytes of a line that are looked at; a longer one is running text
)

// A textLine is a line of a plain text that is not blank.
type textLine struct {
	text  string // trimmed, with single blanks
	wide  string // trimmed only
	block int    // lines without a blank one between them are one block
	prose bool
	other bool // it stands below a heading over other articles
}

// A sheet is a plain text as its furniture is looked for.
type sheet struct {
	top, bottom []textLine
	title       int // line of top, -1 where there is none
	masthead    int // the same
}

// fromText reads what the furniture of a plain text says of its publication. The text itself stays as it is.
func fromText(text string) ledger.Article {
	s := newSheet(text)
	a := ledger.Article{Text: text, PublishedOn: s.publishedOn(), Publisher: s.publisher(), Byline: s.byline()}
	if s.title >= 0 {
		a.Title = s.top[s.title].text
		// The title of a browser's window has the outlet at its end.
		if site := siteOf(a.Title, ""); site != "" && masthead(site) {
			a.Title = withoutSite(a.Title, site)
			a.Publisher = first(a.Publisher, site)
		}
	}
	return a
}

func newSheet(text string) *sheet {
	s := &sheet{title: -1, masthead: -1}
	var all []textLine
	block, blank, begun, other := 0, false, false, false
	for l := range strings.Lines(text) {
		if strings.TrimSpace(l) == "" {
			blank = true
			continue
		}
		if blank && len(all) > 0 {
			block++
		}
		blank = false
		long := len(l) > lineLength
		if long {
			l = strings.ToValidUTF8(l[:lineLength], "")
		}
		l = strings.TrimSpace(mended.Replace(l))
		line := textLine{text: oneLine(l), wide: l, block: block}
		line.prose = long || prose(line.text)
		begun = begun || line.prose
		other = other || begun && otherArticles.MatchString(line.text)
		line.other = other
		all = append(all, line)
	}
	sentences := 0
	for _, l := range all[:min(len(all), topLines)] {
		if l.prose {
			sentences++
		}
		if sentences >= topProse {
			break
		}
		s.top = append(s.top, l)
	}
	if rest := all[len(s.top):]; len(rest) > 0 {
		s.bottom = rest[max(0, len(rest)-bottomLines):]
	}
	s.headline()
	return s
}

var (
	// otherArticles are headings that only stand over lists of other articles.
	otherArticles = regexp.MustCompile(`(?i)^\W*(?:related(?: news| articles| stories| content| topics| links)?|most (?:read|popular|viewed)(?: in .*)?|latest(?: news| articles| stories)?|more (?:news|stories|headlines|like this|on this(?: story)?|from (?:us|the \w+|this author))|you (?:may|might) (?:also )?(?:like|be interested in)|(?:other|further|similar) (?:stories|articles|news)|recommended(?: for you| reading)?|trending(?: now)?|editor['’]s picks|read next|up next)\W*$`)
	sentenceEnd   = regexp.MustCompile(`[.:;,…]["'”’)\]]*$`)
	questionEnd   = regexp.MustCompile(`[!?.]["'”’)\]]+$|[!?]$`)
)

// prose is whether a line is running text: it ends as a sentence does, or is long.
func prose(l string) bool {
	n := len(strings.Fields(l))
	return n > 28 || n >= 6 && sentenceEnd.MatchString(l) || n > 16 && questionEnd.MatchString(l)
}

// headline finds the masthead and the headline among the lines before the first sentence.
func (s *sheet) headline() {
	end := len(s.top)
	for i, l := range s.top {
		if l.prose && !furniture(l) {
			end = i
			break
		}
	}
	head := s.top[:end]
	first := -1
	for i, l := range head {
		if !furniture(l) && !dateLine(l.text) {
			first = i
			break
		}
	}
	if first < 0 {
		return
	}
	if masthead(head[first].text) {
		s.masthead = first
		// A first block without running text is the masthead's: taglines, sections, the day.
		skip := first
		for skip+1 < len(head) && head[skip+1].block == head[first].block {
			skip++
		}
		if skip+1 == end && end < len(s.top) && s.top[end].block == head[first].block {
			skip = first
		}
		for i := skip + 1; i < end; i++ {
			if s.candidate(head[i]) {
				s.title = i
				return
			}
		}
		for i := first + 1; i <= skip; i++ {
			if s.candidate(head[i]) && lowerWords(head[i].text) > 0 {
				s.title = i
				return
			}
		}
		if !has(head[first].text, outletWords) && !has(head[first].text, orgWords) {
			s.masthead, s.title = -1, first
		}
		return
	}
	for i := first; i < end; i++ {
		if s.candidate(head[i]) {
			s.title = i
			return
		}
	}
}

// candidate is whether a line before the running text can be the headline.
func (s *sheet) candidate(l textLine) bool {
	n := len(strings.Fields(l.text))
	if furniture(l) || dateLine(l.text) || caption.MatchString(l.text) || n > 28 {
		return false
	}
	if byWord.MatchString(l.text) && len(splitNames(l.text)) > 0 || hasJob(l.text) {
		return false
	}
	// One or two words are a label, unless a masthead stands above.
	return n >= 3 || s.masthead >= 0 && l.text == strings.ToUpper(l.text)
}

// masthead is whether a line can be the name of an outlet or a body: a few words, all of them capitalised.
func masthead(l string) bool {
	name, _ := mastheadName(l)
	n := len(strings.Fields(name))
	if n == 0 || lowerWords(name) > 0 || strings.ContainsAny(name, `.?!:“”"`) || strings.ContainsFunc(name, unicode.IsDigit) {
		return false
	}
	return n <= 4 || n <= 7 && (has(name, outletWords) || has(name, orgWords))
}

// mastheadName is the outlet of a masthead line: what stands before the menu or the name in another language.
func mastheadName(l string) (string, bool) {
	name, _, more := strings.Cut(l, " | ")
	if n, _, ok := strings.Cut(name, " / "); ok {
		name, more = n, true
	}
	return strings.TrimSpace(name), more
}

// lowerWords counts the words of s that are not capitalised, but for the small ones that never are.
func lowerWords(s string) int {
	n := 0
	for _, w := range strings.Fields(s) {
		w = strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLower(r) && len(w) > 1 && !smallWords[w] { // the "e" of "e-paper" is no word
			n++
		}
	}
	return n
}

// mended undoes the commonest garbling of marks, so that furniture is read in spite of it. The text stays as it is.
var mended = strings.NewReplacer("â€™", "’", "â€˜", "‘", "â€œ", "“", "â€\u009d", "”", "â€“", "–", "â€”", "—", "Â©", "©", "Â£", "£", "Â\u00a0", " ", "\u00ad", "")

var (
	caption = regexp.MustCompile(`(?i)\b(?:image|images|photo|photograph|photos|picture|pictured|pic|credit|copyright|getty|shutterstock|istock)\b|©`)
	label   = regexp.MustCompile(`(?i)^\W*(?:skip to\b.*|more|menu|home|search|news|sport|share|shared?(?: this)?(?: on .*)?|save|print|copy link|back|back to .*|close|open|latest|latest news|live|watch(?: live)?|listen|exclusive|breaking(?: news)?|opinion|advertisement|advert|ad|sponsored|subscribe(?: .*)?|register(?: .*)?|sign (?:in|up)(?: .*)?|log ?in(?: .*)?|my account|comments?(?: \(?\d+\)?)?|\d+ (?:shares?|comments?|view comments)(?: .*)?|related(?: articles| stories| topics)?|most (?:read|popular)(?: .*)?|read more.*|continue reading|story continues below|key points|cookies?|accept(?: all)?(?: cookies)?|manage (?:options|cookies|preferences)|reject all|we value your privacy|we and our \d+ .*|this (?:site|website) uses cookies.*|we use cookies.*|get .* news|get the latest .*|follow us.*|facebook|twitter|x|whatsapp|linkedin|email|toggle .*|newsletters?(?: .*)?|reference ?:.*|ref ?:.*|case ?:.*|to ?: .*|from ?: .*|image source.*|media caption.*|image caption.*|\d+ min(?:ute)?s?(?: read)?|page \d+.*|press releases?|news releases?|media releases?|news and appeals|for immediate release)\W*$`)
	menuGap = regexp.MustCompile(`\s{3,}|\t`)
	menuCut = regexp.MustCompile(` [|>›»•/] `)
)

// navWords are what menus are made of.
var navWords = words(`home news sport sports business opinion jobs events weather crosswords puzzles obituaries motors property politics culture lifestyle
	comment features video podcasts travel food money tech technology health education contact about newyddion chwaraeon cysylltu`)

// furniture is whether a line belongs to the page and not to the article: labels, buttons, menus, breadcrumbs.
func furniture(l textLine) bool {
	if label.MatchString(l.text) {
		return true
	}
	if _, dated := findDate(l.text); dated {
		return false
	}
	parts := menuCut.Split(l.text, -1)
	if gaps := menuGap.Split(l.wide, -1); len(gaps) > len(parts) {
		parts = gaps
	}
	if len(parts) >= 3 || len(parts) == 2 && (strings.ContainsAny(l.text, ">›»") || navWords[strings.ToLower(parts[0])]) {
		name, _ := mastheadName(l.text)
		return navWords[strings.ToLower(parts[0])] || !has(name, outletWords) && !has(name, orgWords)
	}
	nav := 0
	fields := strings.Fields(strings.ToLower(l.text))
	for _, w := range fields {
		if navWords[w] {
			nav++
		}
	}
	return nav >= 3 && lowerWords(l.text) == 0
}
