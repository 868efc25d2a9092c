package article

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is one word of a person's name: "Pask", "O'Brien", "Lund-Hale", "J.", "McNally".
var (
	nameWord = regexp.MustCompile(`^(?:\p{Lu}\.|(?:\p{Lu}\.){2,}|(?:[DOL]['’])?\p{Lu}[\p{L}]*(?:['’-]\p{L}+)*)$`)
	particle = regexp.MustCompile(`^(?:de|da|del|della|der|den|di|du|la|le|van|von|ap|ab|bin|ibn|al|el|st)$`)
)

// notPeople are words of outlets, organisations and furniture: no name of a person has them.
var notPeople = words(`academy advertisement advertiser agency alerts and association authority authorities bbc beacon blog board borough
	breakfast breaking bugle bulletin business campaign centre channel chronicle citizen city civic college comments commission
	commissioner committee community company computing contact cookies correspondent council councillor councils county courier
	cyber daily data democracy department desk digest digital district echo edition editor editorial education enquirer
	evening examiner exclusive express features file files force foundation free gazette getty government group guardian health home
	house image images independent information informer insider intelligence international itv january february april
	june july august september october november december journal journalist latest leaders library limited live llais local london
	ltd magazine mail managing media mercury messenger metro ministry mirror monday tuesday wednesday thursday friday saturday sunday
	morning national network news newsdesk newsletter newsletters newsquest newsroom newspaper newspapers nhs notebook observer office
	online opinion partnership photo photos picture pictures podcast police politics post press privacy public publishing radio read
	related reporter reporters reporting review school sector security sentinel service services share skip society special sport
	staff standard stock story stories team tech technology telegraph television the times today tomorrow town tribune trust
	tv uk university update updates us video view village visiter voice watch weather week weekly wire world writer your`)

// outletWords are those by which a line is told to be the name of an outlet.
var outletWords = words(`advertiser argus beacon bbc blog breakfast bugle bulletin chronicle citizen courier daily desk digest digital echo
	enquirer evening examiner express gazette guardian herald independent informer insider journal live llais magazine mail matters
	mercury messenger mirror news newsletter newsroom notebook observer online post press radio reporter review sentinel standard sun
	telegraph times today tribune tv visiter voice weekly wire world`)

// orgWords end the names of bodies that publish news of their own.
var orgWords = words(`agency association authority borough centre commission commissioner committee council constabulary department
	foundation government group ministry office ombudsman partnership police service services trust university`)

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// has is whether s has a word of the set, parts of hyphened words included.
func has(s string, set map[string]bool) bool {
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }) {
		w, _, _ = strings.Cut(strings.ReplaceAll(w, "’", "'"), "'")
		if set[w] {
			return true
		}
	}
	return false
}

// personName is whether s can only be read as the name of a person: two to four capitalised words, none of them
// one of an outlet or an office.
func personName(s string) bool {
	fields := strings.Fields(s)
	if len(fields) < 2 || len(fields) > 5 || has(s, notPeople) {
		return false
	}
	capitals := 0
	for i, w := range fields {
		switch {
		case particle.MatchString(w) && i > 0:
		case nameWord.MatchString(w):
			capitals++
		default:
			return false
		}
	}
	return capitals >= 2 && capitals <= 4 && utf8.RuneCountInString(fields[len(fields)-1]) > 1
}

// titled gives words in capitals only as words with capitals first, leaving short names of initials alone.
func titled(s string) string {
	if s != strings.ToUpper(s) || len(strings.Fields(s)) < 2 {
		return s
	}
	fields := strings.Fields(s)
	for i, w := range fields {
		switch lower := strings.ToLower(w); {
		case initials[lower] || !vowel.MatchString(lower):
		case i > 0 && smallWords[lower]:
			fields[i] = lower
		default:
			out := []rune(lower)
			for j := range out {
				if j == 0 || out[j-1] == '-' || j > 1 && j < len(out)-1 && (out[j-1] == '\'' || out[j-1] == '’') {
					out[j] = unicode.ToUpper(out[j])
				}
			}
			fields[i] = string(out)
		}
	}
	return strings.Join(fields, " ")
}

var (
	initials   = words("bbc itv stv uk us ico nhs pa ap lbc gb ncsc it ai")
	smallWords = words("of the and for in on at a an to by with y yr")
	vowel      = regexp.MustCompile(`[aeiouyw]`)
)

var (
	byWord    = regexp.MustCompile(`(?i)^\s*(?:(?:exclusive|special report|report|analysis|words?|text|story|live reporting|reporting|written|posted|published|author|authors|live)\s*:?\s+)?(?:by\s*:?\s+|by:\s*)|^\s*(?i:words|author|authors|live reporting|reporter|reporting|written by)\s*:\s*`)
	nameBreak = regexp.MustCompile(`\s*(?:,|;|/|&|\s+and\s+|\s+a\s+|\s+with\s+|\|)\s*`)
	handle    = regexp.MustCompile(`\s*(?:\(?@\w+\)?|\S+@\S+|\(\s*\))\s*`)
	jobTitle  = regexp.MustCompile(`(?i)[\s,|–-]+(?:(?:the|our|a|chief|senior|managing|deputy|assistant|acting|political|local|community|digital|technology|tech|home|crime|business|news|science|education|health|data|live|staff|regional|national|public|features?|sub|trainee|freelance|investigations?|investigative|cyber|security|government|democracy|affairs|london|breaking|print|web|audience|content|uk|social|sector|multimedia|video|broadcast|group)[\s-]+){0,5}(?:editor|reporter|correspondent|writer|journalist|columnist|producer|contributor)(?:[\s-]+(?:in[\s-]chief|at large))?\s*$`)
	// gluedTitle is an agency or a job that a scraper left without a space after the name.
	gluedTitle = regexp.MustCompile(`^(.*\p{Ll})((?:Local Democracy|Chief|Senior|Managing|Political|Deputy|Community|Technology|Crime|Digital|News|Data|Business|Education|Health|Home|Trainee|BBC|PA|Press Association|Reporter|Editor|Correspondent|Journalist)\b.*)$`)
)

// splitNames gives the persons in what was set as a byline, without "By", jobs, agencies and addresses.
func splitNames(s string) []string {
	s = strings.TrimSpace(handle.ReplaceAllString(byWord.ReplaceAllString(oneLine(s), ""), " "))
	var names []string
	for _, part := range nameBreak.Split(s, -1) {
		if name, ok := reporter(part); ok {
			names = append(names, name)
		}
	}
	return unique(names)
}

// reporter is the person in "Mark Say Managing Editor" or "Adrian ZorzutLocal Democracy Reporting Service".
func reporter(s string) (string, bool) {
	s = strings.Trim(s, " .:–—-•∙·()")
	if m := gluedTitle.FindStringSubmatch(s); m != nil && personName(strings.TrimSpace(m[1])) {
		s = strings.TrimSpace(m[1])
	}
	s = strings.TrimSpace(jobTitle.ReplaceAllString(s, ""))
	if !personName(s) {
		return "", false
	}
	return titled(s), true
}

// hasJob is whether s is a person with a reporter's job or agency after the name.
func hasJob(s string) bool {
	if m := gluedTitle.FindStringSubmatch(s); m != nil && personName(strings.TrimSpace(m[1])) {
		return true
	}
	name := strings.TrimSpace(jobTitle.ReplaceAllString(s, ""))
	return name != strings.TrimSpace(s) && personName(name)
}

// unique drops what is there already, keeping the order.
func unique(list []string) []string {
	var out []string
	for _, s := range list {
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// oneLine is s with single blanks for all white space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
