package article

import (
	"regexp"
	"strings"

	"spillover/ledger"
)

// How a date in the furniture is labelled, best first.
const (
	published = iota
	bare
	updated
	undated
)

var (
	publishedLabel = regexp.MustCompile(`(?i)\b(?:first |originally |date )?(?:published|posted|publication date|posted online|released|release date|for (?:immediate )?(?:use|release)|embargoed until|issued|notice served|served|date of (?:notice|issue|publication)|date|dated|cyhoeddwyd)(?: (?:date|on|at|online))?\s*[:|–-]?\s*$`)
	updatedLabel   = regexp.MustCompile(`(?i)(?:\b(?:page |last |article )*(?:updated|modified|reviewed|edited|amended|diweddarwyd)|^\W*update)(?: (?:date|on|at))?\s*[:|–-]?\s*$`)
	weekday        = regexp.MustCompile(`(?i)\b(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?\b[,.]?|\bdydd (?:llun|mawrth|mercher|iau|gwener|sadwrn|sul)\b,?`)
	clock          = regexp.MustCompile(`(?i)\b(?:at\s+)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:am|pm|a\.m\.|p\.m\.)?(?:\s*\(?(?:gmt|bst|utc|z)\b\)?)?|\b(?:at\s+)?\d{1,2}\s*(?:am|pm)\b`)
	notices        = regexp.MustCompile(`(?i)\b(?:\d+[\s-]min(?:ute)?s?(?: read)?|\d+ (?:shares?|comments?)|read time|paid|free|share|save|first|page|last|published|posted|updated?|modified|on|at|(?:(?:\w+ ){0,2}(?:bulletin|newsletter|edition|version|issue|vol(?:ume)?\.?) )?(?:issue|no\.?|number|edition|version) ?#?\d+|view (?:this |it )?(?:email )?in (?:your )?browser|words|by|from)\b:?`)
	breaks         = regexp.MustCompile(`[|•∙·/;:~*,–—()\s-]+`)
	dateline       = regexp.MustCompile(`^(?:\p{Lu}[\p{Lu}\p{Ll}.'’-]*[\s,]+){0,6}$`)
	datelineRest   = regexp.MustCompile(`^\s*(?:\([^)]*\)\s*)?[-–—:]{1,3}\s*["“‘']?\p{Lu}`)
	agencyLine     = regexp.MustCompile(`^\p{Lu}[\p{L}\d\s.,'’-]{2,60}\((\p{Lu}[\p{L}\s&-]{2,40})\)\s*[-–—]\s`)
	pageSentence   = regexp.MustCompile(`(?i)^\W*(?:this|the) (?:article|story|page|statement|post|release|notice) (?:was |is )?(?:first |originally |last )?(?:(published|posted|issued|released)|updated|reviewed|modified|amended)(?: on| at)?\s*$`)
	titleDate      = regexp.MustCompile(`(?i)\b(?:update|statement|latest)\b[^.]{0,20}$`)
	initialDate    = regexp.MustCompile(`(?i)^\W*(?:date|published|posted|issued|released|first published|date published)\b(?: on)?\s*:?\s*$`)
)

// publishedOn is the day in the furniture that says best when the article was published.
func (s *sheet) publishedOn() ledger.Date {
	best, on := undated, ledger.Date("")
	for i, l := range s.top {
		if i == s.title {
			continue
		}
		if rank, d := dateOf(l.text); rank < best && (rank != bare || !l.other) {
			best, on = rank, d
		}
	}
	if best <= bare {
		return on
	}
	// Below, dates without a label are mostly those of other articles.
	for _, l := range s.bottom {
		if rank, d := dateOf(l.text); rank < best && rank != bare {
			best, on = rank, d
		}
	}
	if best != undated || s.title < 0 {
		return on
	}
	title := s.top[s.title].text
	if f, ok := findDate(title); ok && f.end == len(title) && titleDate.MatchString(title[:f.start]) {
		return f.on
	}
	return ""
}

// dateLine is whether a line is there for its date.
func dateLine(l string) bool {
	rank, _ := dateOf(l)
	return rank != undated && !prose(l)
}

// dateOf is the day of a line of furniture: one that is labelled, that is nothing but a date with a name, a place or
// an outlet, or a dateline. A date within running text is none.
func dateOf(l string) (rank int, on ledger.Date) {
	rank = undated
	if caption.MatchString(l) {
		return undated, ""
	}
	rest, before := l, ""
	for {
		f, ok := findDate(rest)
		if !ok {
			break
		}
		head := before + rest[:f.start]
		bareHead := strings.TrimSpace(clock.ReplaceAllString(weekday.ReplaceAllString(head, " "), " "))
		bareHead = strings.TrimRight(bareHead, " ,")
		found := undated
		sentence := pageSentence.FindStringSubmatch(bareHead)
		switch {
		case sentence != nil && len(strings.Fields(rest[f.end:])) <= 3:
			if found = updated; sentence[1] != "" {
				found = published
			}
		case prose(l) && before == "" && initialDate.MatchString(bareHead) && !continues(rest[f.end:]):
			found = published
		case prose(l):
			if before == "" && dateline.MatchString(head) && datelineRest.MatchString(rest[f.end:]) {
				found = published
			}
		case updatedLabel.MatchString(bareHead):
			found = updated
		case publishedLabel.MatchString(bareHead):
			found = published
		case onlyFurniture(l):
			found = bare
		}
		if found < rank {
			rank, on = found, f.on
		}
		before, rest = " ", rest[f.end:]
	}
	return rank, on
}

// continues is whether what follows a date goes on with the date's own sentence.
func continues(s string) bool {
	s = strings.TrimLeft(s, " ")
	return s == "" || strings.HasPrefix(s, ",") || strings.ToUpper(s[:1]) != s[:1]
}

// onlyFurniture is whether a line with a date has nothing else but names, places, outlets and notices.
func onlyFurniture(l string) bool {
	for {
		f, ok := findDate(l)
		if !ok {
			break
		}
		l = l[:f.start] + " | " + l[f.end:]
	}
	l = jobTitle.ReplaceAllString(notices.ReplaceAllString(clock.ReplaceAllString(weekday.ReplaceAllString(l, " | "), " | "), " | "), " ")
	if strings.ContainsAny(l, `:?!"“”`) {
		return false
	}
	rest := strings.Fields(breaks.ReplaceAllString(l, " "))
	if len(rest) > 9 {
		return false
	}
	return lowerWords(strings.Join(rest, " ")) == 0
}

// byline gives the reporters that the furniture names, in their order.
func (s *sheet) byline() []string {
	var names []string
	for _, lines := range [][]textLine{s.top, s.bottom} {
		for i := range lines {
			top := len(s.top) > 0 && &lines[0] == &s.top[0]
			if top && (i == s.title || i == s.masthead) {
				continue
			}
			names = append(names, s.reporters(lines, i, top)...)
		}
		if len(names) > 0 {
			break
		}
	}
	return unique(names)
}

var (
	reportedBy = regexp.MustCompile(`(?i)^\W*(?:additional |extra )?reporting by:? ([^;()]+)`)
	moreBy     = regexp.MustCompile(`(?i)^(?:more (?:by|from) (?:this|the) author|about the author|written by|author|by|words|reporter):?$`)
	moreByName = regexp.MustCompile(`(?i)^(?:more (?:stories |articles )?(?:by|from)|about the author:?) (.+)$`)
)

// reporters are those that line i names.
func (s *sheet) reporters(lines []textLine, i int, top bool) []string {
	l := lines[i]
	if caption.MatchString(l.text) {
		return nil
	}
	if m := reportedBy.FindStringSubmatch(l.text); m != nil {
		return splitNames(strings.TrimSuffix(m[1], "."))
	}
	if i > 0 && moreBy.MatchString(lines[i-1].text) {
		return splitNames(l.text)
	}
	if m := moreByName.FindStringSubmatch(l.text); m != nil {
		return splitNames(m[1])
	}
	if l.prose {
		return nil
	}
	rank, _ := dateOf(l.text)
	if rank != undated {
		return splitNames(breaksToCommas(undate(l.text)))
	}
	if m := byWord.FindString(l.text); m != "" {
		rest, _, _ := strings.Cut(l.text[len(m):], " | ")
		return splitNames(rest)
	}
	if !top || i < s.title || l.other || furniture(l) {
		return nil
	}
	if name, _, ok := strings.Cut(l.text, " | "); ok && jobTitle.MatchString(l.text) {
		return splitNames(name)
	}
	if hasJob(l.text) {
		return splitNames(l.text)
	}
	// A name alone counts beside a date.
	for _, j := range []int{i - 1, i + 1} {
		if j >= 0 && j < len(lines) && j != s.title && dateLine(lines[j].text) {
			return splitNames(l.text)
		}
	}
	return nil
}

// undate is a line without its dates, times and notices.
func undate(l string) string {
	for {
		f, ok := findDate(l)
		if !ok {
			break
		}
		l = l[:f.start] + " | " + l[f.end:]
	}
	return notices.ReplaceAllString(clock.ReplaceAllString(weekday.ReplaceAllString(l, " | "), " | "), " | ")
}

var wideBreak = regexp.MustCompile(`\s[•∙·–—-]\s|:`)

func breaksToCommas(l string) string { return wideBreak.ReplaceAllString(l, " , ") }

var (
	inbox      = regexp.MustCompile(`(?:\bfrom|[Ss]ign up (?:for|to)(?: the)?|[Gg]et(?: the)?|[Ss]ubscribe to(?: the)?) ((?:\p{Lu}[\p{L}\d&-]*)(?:\s+(?:\p{Lu}[\p{L}\d&-]*|&|of|and|the))*)`)
	newsletter = regexp.MustCompile(`(?i)newsletter|sign up|inbox|\bget .* news$|subscribe|morning email`)
	trailing   = regexp.MustCompile(`(?i)\s+(?:news|newsletter|newsletters|alerts|updates|today|now)$`)
)

// publisher is the outlet or body whose page it is, where the furniture is clear about it.
func (s *sheet) publisher() string {
	if s.masthead >= 0 {
		name, _ := mastheadName(s.top[s.masthead].text)
		return titled(name)
	}
	for i, l := range s.top {
		if m := agencyLine.FindStringSubmatch(l.text); m != nil && i == 0 {
			return m[1]
		}
		if i == s.title || l.prose || caption.MatchString(l.text) {
			continue
		}
		if rank, _ := dateOf(l.text); rank != undated {
			for _, part := range strings.FieldsFunc(undate(l.text), func(r rune) bool { return strings.ContainsRune("|,•∙·–—", r) }) {
				if part = strings.TrimSpace(part); masthead(part) && has(part, outletWords) && !personName(part) {
					return titled(part)
				}
			}
		}
	}
	for _, lines := range [][]textLine{s.bottom, s.top} {
		for i := len(lines) - 1; i >= 0; i-- {
			if l := lines[i].text; newsletter.MatchString(l) {
				for _, m := range inbox.FindAllStringSubmatch(l, -1) {
					name := m[1]
					if short := trailing.ReplaceAllString(name, ""); len(strings.Fields(short)) == 1 && len(short) > 3 {
						name = short
					}
					if len(strings.Fields(name)) > 1 && has(name, outletWords) || strings.IndexFunc(name[1:], func(r rune) bool { return r >= 'A' && r <= 'Z' }) >= 0 && !strings.Contains(name, " ") {
						return name
					}
				}
			}
		}
	}
	return ""
}
