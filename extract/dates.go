package extract

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"spillover/ledger"
)

// A when is a date in a sentence.
type when struct {
	start, end int // in the tagged sentence
	date       ledger.Date
	precision  ledger.Precision
	score      int
}

const (
	monthNames = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr)`
	dayNames   = `(?:mon|tues|wednes|thurs|fri|satur|sun)day`
	numbers    = `(?:\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)`
)

var (
	// "7 March", "16th October 2018", "the 3rd of May"; not "7 Marchers".
	dayMonth = mustCompile(`\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? (` + monthNames + `)\b\.?(?:,? (\d{4}))?`)
	// "January 18", "June 15, 2024"; not "May 2024".
	monthDay = mustCompile(`\b(` + monthNames + `)\.? (\d{1,2})(?:st|nd|rd|th)?\b(?:,? (\d{4}))?`)
	// "in November", "August bank holiday of 2017", "March 2024"; not "may have", "march on".
	monthOnly = mustCompile(`\b(in|last|this|since|early|late|mid|during|of|by|until|from|over the|that|through|and)?[ -]?(` + monthNames + `)\b(?:(?: bank holiday)?(?:,| of)? ((?:19|20)\d{2}))?`)
	// "on Monday", "last Thursday", "Saturday" before a date is part of that date.
	weekday = mustCompile(`\b(last |next |this |that )?(` + dayNames + `)\b`)
	// "noticed on Monday of last week".
	ofLastWeek = mustCompile(`^(?: (?:morning|afternoon|evening|night))?,?(?: of)? last week\b`)
	// "08/02/2020", "2024-03-07"; not "24/7".
	numeric = mustCompile(`\b(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})\b|\b(\d{4})-(\d{2})-(\d{2})\b`)
	// "since the 16th", "on the morning of the 9th"; not "the 16th century", "the 9th floor".
	dayAlone = mustCompile(`\b(?:on|since|from|of|around|about|before) the (\d{1,2})(?:st|nd|rd|th)\b(?:[.,;:)]| (?:and|when|that|but|after|in the|at|by|it|they|she|he|the)\b|$)`)
	// "a fortnight ago", "on Christmas Eve", "on Good Friday".
	feast = mustCompile(`\b(?:(a fortnight ago)|(christmas eve)|(christmas day)|(boxing day)|(new year's eve)|(new year's day)|(good friday)|(easter sunday)|(easter monday))\b`)
	// "yesterday", "last night", "three weeks ago", "last month", "at the weekend".
	relative = mustCompile(`\b(?:(yesterday|last night)|(today|this morning|tonight)|(` + numbers + `) (day|week|month)s? (?:ago|earlier)|last (week|month|year)|(?:over|at|since|during) the weekend|(?:earlier )?this (month|year))\b`)
	// "in 2020", "back in 2017"; not "2,020" and not "room 2020".
	yearOnly = mustCompile(`\b(?:in|of|since|during|back in|from) ((?:19|20)\d{2})\b`)

	monthNumber = map[string]time.Month{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
		"ionawr": 1, "chwefror": 2, "mawrth": 3, "ebrill": 4, "mai": 5, "mehefin": 6, "gorffennaf": 7, "awst": 8, "medi": 9, "hydref": 10, "tachwedd": 11, "rhagfyr": 12}
	dayNumber    = map[string]time.Weekday{"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 0}
	numberWords  = map[string]int{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}
	dateLikeWord = mustCompile(monthNames + `|` + dayNames + `|yesterday|\d(?:st|nd|rd|th)\b|christmas|boxing day|new year|good friday|easter|last |this |today|tonight|ago|earlier|later|next|following|previous|preceding|before|afterwards|weekend|\d{4}|\d[/.]\d`)
)

// soon is how many days after publication a day without a year is one that is still to come, rather than last year's.
const soon = 60

func monthOf(s string) time.Month {
	if m, ok := monthNumber[s]; ok {
		return m
	}
	return monthNumber[s[:3]]
}

func dateOf(y int, m time.Month, d int) (ledger.Date, bool) {
	t := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	if t.Day() != d || t.Month() != m || y < 1990 || y > 2100 {
		return "", false
	}
	return ledger.Date(t.Format(time.DateOnly)), true
}

// datesIn are the dates of a sentence, see [page.resolveDates].
func (p *page) datesIn(t *tagged) []when {
	if !t.dated {
		t.dates, t.dated = p.resolveDates(t), true
	}
	return t.dates
}

// resolveDates are the dates of a sentence, resolved against the day of publication: "on Monday" is the Monday before it or
// on it, a day without a year is the last one before it. Without a day of publication neither is known.
func (p *page) resolveDates(t *tagged) []when {
	low := t.low
	if !t.says(dateLikeWord) {
		return nil
	}
	published, known := p.a.PublishedOn.Time()
	var out []when
	add := func(m []int, d ledger.Date, pr ledger.Precision) {
		if d == "" || known && string(d) > string(p.a.PublishedOn) {
			return
		}
		for _, w := range out {
			if m[0] < w.end && w.start < m[1] {
				return
			}
		}
		out = append(out, when{start: m[0], end: m[1], date: d, precision: pr})
	}
	text := func(m []int, g int) string {
		if m[2*g] < 0 {
			return ""
		}
		return low[m[2*g]:m[2*g+1]]
	}
	year := func(s string, m time.Month, d int) (int, bool) {
		if s != "" {
			y, _ := strconv.Atoi(s)
			return y, true
		}
		if y := loneYear(low); y > 0 {
			return y, true
		}
		if near, ok := t.told.Time(); ok {
			// In a story of the past, "14 July" is the one after the date told before it.
			at := time.Date(near.Year(), m, d, 0, 0, 0, 0, time.UTC)
			if at.Before(near.AddDate(0, 0, -31)) {
				at = at.AddDate(1, 0, 0)
			}
			if at.Sub(near).Hours() < 24*220 {
				return at.Year(), true
			}
		}
		if !known {
			return p.onlyYear()
		}
		if at := time.Date(published.Year(), m, d, 0, 0, 0, 0, time.UTC); at.After(published.AddDate(0, 0, soon)) {
			return published.Year() - 1, true
		}
		return published.Year(), true
	}
	full := func(m []int, dg, mg, yg int) {
		d, _ := strconv.Atoi(text(m, dg))
		month := monthOf(text(m, mg))
		if y, ok := year(text(m, yg), month, d); ok {
			if date, ok := dateOf(y, month, d); ok {
				add(m, date, ledger.Day)
			}
		}
	}
	for _, m := range t.findParts(dayMonth) {
		full(m, 1, 2, 3)
	}
	for _, m := range t.findParts(monthDay) {
		full(m, 2, 1, 3)
	}
	for _, m := range numeric.FindAllStringSubmatchIndex(low, -1) {
		if text(m, 4) != "" {
			y, _ := strconv.Atoi(text(m, 4))
			mo, _ := strconv.Atoi(text(m, 5))
			d, _ := strconv.Atoi(text(m, 6))
			date, _ := dateOf(y, time.Month(mo), d)
			add(m, date, ledger.Day)
			continue
		}
		d, _ := strconv.Atoi(text(m, 1))
		mo, _ := strconv.Atoi(text(m, 2))
		y, _ := strconv.Atoi(text(m, 3))
		if y < 100 {
			y += 2000
		}
		date, _ := dateOf(y, time.Month(mo), d)
		add(m, date, ledger.Day)
	}
	if known {
		for _, m := range t.findParts(feast) {
			add(m[:2], feastBefore(low[m[0]:m[1]], published), ledger.Day)
		}
	}
	if known {
		for _, m := range t.findParts(weekday) {
			if text(m, 1) == "next " || slices.ContainsFunc(out, func(w when) bool { return w.start > m[0] && w.start <= m[1]+2 }) {
				continue // "Tuesday, November 12"
			}
			back := (int(published.Weekday()) - int(dayNumber[text(m, 2)[:3]]) + 7) % 7
			if back == 0 && text(m, 1) == "last " {
				back = 7
			}
			if ofLastWeek.MatchString(low[m[1]:]) {
				sinceMonday := (int(published.Weekday()) + 6) % 7
				back = sinceMonday + 7 - (int(dayNumber[text(m, 2)[:3]])+6)%7
			}
			add(m, ledger.Date(published.AddDate(0, 0, -back).Format(time.DateOnly)), ledger.Day)
		}
		for _, m := range t.findParts(relative) {
			d, pr := relativeDate(low[m[0]:m[1]], func(g int) string { return text(m, g) }, published)
			add(m, d, pr)
		}
	}
	if known {
		for _, m := range t.findParts(dayAlone) {
			d, _ := strconv.Atoi(text(m, 1))
			at := published
			if told, ok := t.told.Time(); ok {
				at = told.AddDate(0, 0, 20)
			}
			if d > at.Day() {
				at = time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -1)
			}
			if date, ok := dateOf(at.Year(), at.Month(), d); ok {
				add(m[:2], date, ledger.Day)
			}
		}
	}
	for _, m := range t.findParts(dayBack) {
		for k := len(out) - 1; k >= 0; k-- {
			if at, ok := out[k].date.Time(); ok && out[k].precision == ledger.Day && out[k].end <= m[0] {
				add(m[:2], ledger.Date(at.AddDate(0, 0, -1).Format(time.DateOnly)), ledger.Day)
				break
			}
		}
	}
	if base, ok := p.dayBefore(t); ok {
		for _, m := range t.findParts(later) {
			n := 1
			if text(m, 1) != "" {
				if n = numberWords[text(m, 1)]; n == 0 {
					n, _ = strconv.Atoi(text(m, 1))
				}
			}
			if n < 100 {
				add(m[:2], ledger.Date(base.AddDate(0, 0, n).Format(time.DateOnly)), ledger.Day)
			}
		}
	}
	for _, m := range t.findParts(monthOnly) {
		before, name := text(m, 1), text(m, 2)
		if text(m, 3) == "" && (before == "" || before == "and" || (name == "may" || name == "march") && before != "in" && before != "last" && before != "since" && before != "early" && before != "late") {
			continue
		}
		month := monthOf(name)
		if y, ok := year(text(m, 3), month, 1); ok {
			if date, ok := dateOf(y, month, 1); ok {
				add(m, date, ledger.Month)
			}
		}
	}
	for _, m := range t.findParts(yearOnly) {
		y, _ := strconv.Atoi(text(m, 1))
		date, _ := dateOf(y, 1, 1)
		add(m, date, ledger.Year)
	}
	return out
}

// "discovered it two days later": after the day told before it.
var later = mustCompile(`\b(?:(` + numbers + `) days? (?:later|afterwards)|the (?:next|following) (?:day|morning))\b`)

// "said on 3 September that it had found ransomware the previous morning": before the day told before it in the sentence.
var dayBack = mustCompile(`\b(?:the (?:previous|preceding) (?:day|morning|afternoon|evening|night)|the (?:day|night|evening|morning) before)\b(?:[.,;]|$| (?:and|but|when|after|at|in)\b)`)

// dayBefore is the last day that the sentence before this one gives.
func (p *page) dayBefore(t *tagged) (time.Time, bool) {
	if !t.says(later) {
		return time.Time{}, false
	}
	i, _ := slices.BinarySearchFunc(p.sents, t.start, func(s *tagged, at int) int { return s.start - at })
	if i == 0 || t.para-p.sents[i-1].para > 1 || p.sents[i-1].says(later) {
		return time.Time{}, false // a chain of them is not followed
	}
	days := p.datesIn(p.sents[i-1])
	for k := len(days) - 1; k >= 0; k-- {
		if days[k].precision == ledger.Day {
			return days[k].date.Time()
		}
	}
	return time.Time{}, false
}

// feastBefore is the last such day before, or on, the day of publication.
func feastBefore(name string, published time.Time) ledger.Date {
	in := func(y int) time.Time {
		day := func(m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
		switch name {
		case "christmas eve":
			return day(12, 24)
		case "christmas day":
			return day(12, 25)
		case "boxing day":
			return day(12, 26)
		case "new year's eve":
			return day(12, 31)
		case "new year's day":
			return day(1, 1)
		case "good friday":
			return easter(y).AddDate(0, 0, -2)
		case "easter monday":
			return easter(y).AddDate(0, 0, 1)
		}
		return easter(y)
	}
	at := in(published.Year())
	switch {
	case name == "a fortnight ago":
		at = published.AddDate(0, 0, -14)
	case at.After(published):
		at = in(published.Year() - 1)
	}
	return ledger.Date(at.Format(time.DateOnly))
}

// easter is Easter Sunday of a year in the Gregorian calendar, by Gauss's reckoning as amended.
func easter(y int) time.Time {
	a, b, c := y%19, y/100, y%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return time.Date(y, time.Month(n/31), n%31+1, 0, 0, 0, 0, time.UTC)
}

// onlyYear is the year of an undated article that names one year and no other.
func (p *page) onlyYear() (int, bool) {
	if p.year == 0 {
		p.year = -1
		for _, s := range anyYear.FindAllString(p.v.low, -1) {
			y, _ := strconv.Atoi(s)
			if p.year > 0 && y != p.year {
				p.year = -1
				break
			}
			p.year = y
		}
	}
	return p.year, p.year > 0
}

var anyYear = mustCompile(`\b(?:19|20)\d{2}\b`)

// loneYear is the only year that a sentence gives, 0 if it gives none or several.
func loneYear(low string) int {
	all := anyYear.FindAllStringIndex(low, 3)
	if len(all) != 1 || sinceThen.MatchString(low[:all[0][0]]) {
		return 0
	}
	y, _ := strconv.Atoi(low[all[0][0]:all[0][1]])
	return y
}

// "since 2013", "until 2019": a year of something that lasts, not of a day in the sentence.
var sinceThen = mustCompile(`\b(?:since|until|till|before|by) $`)

func relativeDate(s string, group func(int) string, published time.Time) (ledger.Date, ledger.Precision) {
	day := func(back int) (ledger.Date, ledger.Precision) {
		return ledger.Date(published.AddDate(0, 0, -back).Format(time.DateOnly)), ledger.Day
	}
	switch {
	case group(1) != "":
		return day(1)
	case group(2) != "":
		return day(0)
	case group(3) != "":
		n, ok := numberWords[group(3)]
		if !ok {
			n, _ = strconv.Atoi(group(3))
		}
		switch group(4) {
		case "day":
			if n < 10000 {
				return day(n)
			}
		case "month":
			if n < 400 {
				first := time.Date(published.Year(), published.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, -n, 0)
				return ledger.Date(first.Format(time.DateOnly)), ledger.Month
			}
		}
		return "", ""
	case group(5) == "month":
		first := time.Date(published.Year(), published.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, -1, 0)
		return ledger.Date(first.Format(time.DateOnly)), ledger.Month
	case group(5) == "year":
		d, _ := dateOf(published.Year()-1, 1, 1)
		return d, ledger.Year
	case group(6) == "month":
		d, _ := dateOf(published.Year(), published.Month(), 1)
		return d, ledger.Month
	case strings.HasSuffix(s, "weekend"):
		return day((int(published.Weekday()) + 1) % 7)
	}
	return "", ""
}

// chronicle notes for each sentence the last date with a year that was told shortly before it, if that is well before
// the day of publication.
func (p *page) chronicle() {
	var told ledger.Date
	at := 0
	for i, t := range p.sents {
		if told != "" && i-at < 6 {
			t.told = told
		}
		if t.heading || !t.says(anyYear) {
			continue
		}
		for _, w := range p.resolveDates(t) {
			if strings.HasPrefix(t.low[w.start:], "since ") || sinceThen.MatchString(t.low[:w.start]) {
				continue // "every absence since April 2022"
			}
			if w.precision != ledger.Year && anyYear.MatchString(t.low[w.start:w.end]) && p.a.PublishedOn != "" && apart(p.a.PublishedOn, w.date) {
				told, at = w.date, i
			}
		}
	}
}
