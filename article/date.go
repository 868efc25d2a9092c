package article

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // London's days on machines without time zones of their own

	"spillover/ledger"
)

// months are the beginnings of their names in English and the names in Welsh.
var months = map[string]time.Month{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
	"ionawr": 1, "chwefror": 2, "mawrth": 3, "ebrill": 4, "mai": 5, "mehefin": 6, "gorffennaf": 7, "awst": 8, "medi": 9,
	"hydref": 10, "tachwedd": 11, "rhagfyr": 12,
}

const month = `(january|february|march|april|may|june|july|august|september|october|november|december|` +
	`jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|` +
	`ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr)`

// dateForms are the ways in which a whole day is written, with the places of year, month and day among the groups.
var dateForms = []struct {
	form             *regexp.Regexp
	year, month, day int
}{
	{regexp.MustCompile(`\b(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}[\d:.]*(?:Z|[+-]\d{2}:?\d{2})?)?\b`), 1, 2, 3},
	{regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th|af|ail|ydd|fed|eg|ain)?(?:\s+of)?[\s-]+` + month + `\b[.,]?[\s-]+(\d{4})\b`), 3, 2, 1},
	{regexp.MustCompile(`(?i)\b` + month + `\b\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b`), 3, 1, 2},
	{regexp.MustCompile(`\b(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4}|\d{2})\b`), 4, 3, 1},
}

// A found date stands at [start, end) of the line it was found in.
type found struct {
	on         ledger.Date
	start, end int
}

// findDate is the first whole day in s. Numbers alone are read day first.
func findDate(s string) (found, bool) {
	best := found{start: len(s) + 1}
	if !strings.ContainsAny(s, "0123456789") {
		return best, false
	}
	for _, f := range dateForms {
		for _, m := range f.form.FindAllStringSubmatchIndex(s, -1) {
			if m[0] >= best.start {
				break
			}
			part := func(n int) string { return s[m[2*n]:m[2*n+1]] }
			if d, ok := day(part(f.year), part(f.month), part(f.day)); ok {
				best = found{d, m[0], m[1]}
				break
			}
		}
	}
	return best, best.on != ""
}

// day puts a date together, where there is such a day.
func day(y, m, d string) (ledger.Date, bool) {
	year, _ := strconv.Atoi(y)
	if len(y) == 2 {
		year += 2000
	}
	name := strings.ToLower(m)
	number, ok := months[name]
	if !ok && len(name) >= 3 {
		number, ok = months[name[:3]]
	}
	if !ok {
		n, err := strconv.Atoi(m)
		if err != nil {
			return "", false
		}
		number = time.Month(n)
	}
	dd, _ := strconv.Atoi(d)
	t := time.Date(year, number, dd, 0, 0, 0, 0, time.UTC)
	if t.Day() != dd || t.Month() != number || year < 1900 || year > 2200 {
		return "", false
	}
	return ledger.Date(t.Format(time.DateOnly)), true
}

var london = func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		return time.UTC
	}
	return l
}()

// dayOf is the day that it was in London at t, "" where no article can be of it.
func dayOf(t time.Time) ledger.Date {
	d, err := ledger.ParseDate(t.In(london).Format(time.DateOnly))
	if err != nil {
		return ""
	}
	return d
}

// machineDate reads a date as markup gives it: a day, or a moment as RFC 3339 writes it or nearly so.
func machineDate(s string) ledger.Date {
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05-0700", "2006-01-02T15:04Z07:00", time.RFC1123Z, time.RFC1123, "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05-07:00"} {
		if t, err := time.Parse(layout, s); err == nil {
			return dayOf(t)
		}
	}
	// What is written without a zone is the day that it says.
	f, _ := findDate(s)
	return f.on
}
