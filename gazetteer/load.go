package gazetteer

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"

	"spillover/ledger"
)

// Load reads the files councils.csv, agencies.csv, actors.csv, arrangements.csv and VERSION of each folder, as far as it
// has them. A row takes the place of the one with its id in an earlier folder, so that a folder of one's own corrects
// and extends. The error names every cell that is wrong.
func Load(folders ...fs.FS) (*Gazetteer, error) {
	l := &loader{folders: folders}
	g := &Gazetteer{councils: map[string]int{}, codes: map[string]int{}, agencies: map[string]int{}, actors: map[string]int{}, arranged: map[string]int{}}
	var versions []string
	for _, f := range folders {
		if b, err := fs.ReadFile(f, "VERSION"); err == nil {
			versions = append(versions, strings.TrimSpace(string(b)))
		}
	}
	rows := l.table("councils.csv", "council:")
	for i, r := range rows {
		c := Council{
			ID: r.cell("id"), GSS: r.cell("gss"), FormerGSS: r.list("former_gss"), Name: r.need("name"), ShortName: r.need("short_name"),
			Type: r.need("type"), Nation: r.need("nation"), Region: r.cell("region"), CeasedOn: r.day("ceased_on"), Domain: r.cell("domain"),
			Aliases: r.list("aliases"), Former: r.former(), Mistakes: r.list("mistakes"), Ordinary: r.list("ordinary_word"),
		}
		g.Councils, g.councils[c.ID] = append(g.Councils, c), i
		for _, code := range ledger.Set(append([]string{c.GSS}, c.FormerGSS...)...) {
			if _, taken := g.codes[code]; taken {
				r.wrong("the code %q stands in another row too", code)
			}
			g.codes[code] = i
		}
	}
	for i, r := range rows { // once all councils are there
		g.Councils[i].Successors = r.councils(g, r.list("successors"))
	}
	for i, r := range l.table("agencies.csv", "agency:") {
		a := Agency{
			ID: r.cell("id"), Name: r.need("name"), Kind: r.oneOf("kind", agencyKinds), Nation: r.cell("nation"), Note: r.cell("note"),
			Aliases: r.list("aliases"), Former: r.former(), Mistakes: r.list("mistakes"), Ordinary: r.list("ordinary_word"),
		}
		g.Agencies, g.agencies[a.ID] = append(g.Agencies, a), i
	}
	for i, r := range l.table("actors.csv", "actor:") {
		a := Actor{ID: r.cell("id"), Name: r.need("name"), Kind: r.need("kind"), Aliases: r.list("aliases"),
			Ordinary: r.list("ordinary_word"), Note: r.cell("note")}
		g.Actors, g.actors[a.ID] = append(g.Actors, a), i
	}
	for i, r := range l.table("arrangements.csv", "arrangement:") {
		a := Arrangement{
			ID: r.cell("id"), Name: r.need("name"), Kind: r.oneOf("kind", arrangementKinds), Provider: r.cell("provider"),
			Since: r.when("since", r.cell("since")), Until: r.when("until", r.cell("until")),
			Aliases: r.list("aliases"), Ordinary: r.list("ordinary_word"), Source: r.need("source"), Note: r.cell("note"),
		}
		a.Members = r.members(g, &a)
		g.Arrangements, g.arranged[a.ID] = append(g.Arrangements, a), i
	}
	g.version = strings.Join(versions, "+") + "-" + ledger.Digest(l.contents...)[:8]
	if err := errors.Join(l.problems...); err != nil {
		return nil, ledger.Errorf(ledger.Invalid, "the gazetteer cannot be used: %w", err)
	}
	return g, nil
}

var (
	agencyKinds      = []string{"POLICE", "REGULATOR", "NATIONAL_SECURITY", "GOVERNMENT", "REPRESENTATIVE_BODY", "COMBINED_AUTHORITY"}
	arrangementKinds = []string{"JOINT_SERVICE", "SHARED_SYSTEM", "SUPPLIER"}
)

// columns are those of each file. A file may leave some out, but a column that is not among them is a slip of the pen.
var columns = map[string]string{
	"councils.csv": "id gss former_gss name short_name type nation region ceased_on successors " +
		"aliases former_names mistakes ordinary_word domain",
	"agencies.csv":     "id name kind nation aliases former_names mistakes ordinary_word note",
	"actors.csv":       "id name kind aliases ordinary_word note",
	"arrangements.csv": "id name kind provider members since until aliases ordinary_word source note",
}

// A loader collects what is wrong, so that one reading names it all.
type loader struct {
	folders  []fs.FS
	contents []string // of the files, in the order of reading
	problems []error
}

// A row is one line of a file by the names of its columns.
type row struct {
	loader *loader
	file   string
	line   int
	cells  map[string]string
}

// table is the rows of a file in all folders, each id once, at the place of its first.
func (l *loader) table(file, prefix string) []row {
	var rows []row
	at := map[string]int{}
	for _, folder := range l.folders {
		fresh := map[string]bool{}
		for _, r := range l.read(folder, file) {
			id := r.cell("id")
			switch i, before := at[id]; {
			case !strings.HasPrefix(id, prefix) || strings.ContainsAny(id, " \t|"):
				r.wrong("the id %q does not have the form %ssome-name", id, prefix)
			case fresh[id]:
				r.wrong("the id %q stands in another row too", id)
			case before:
				rows[i] = r
			default:
				at[id] = len(rows)
				rows = append(rows, r)
			}
			fresh[id] = true
		}
	}
	return rows
}

func (l *loader) read(folder fs.FS, file string) (rows []row) {
	b, err := fs.ReadFile(folder, file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		l.problems = append(l.problems, ledger.Errorf(ledger.Invalid, "%s cannot be read: %w", file, err))
		return nil
	}
	l.contents = append(l.contents, string(b))
	in := csv.NewReader(bytes.NewReader(b))
	known := strings.Fields(columns[file])
	var header []string
	for {
		cells, err := in.Read()
		if err == io.EOF {
			return rows
		}
		if err != nil {
			l.problems = append(l.problems, ledger.Errorf(ledger.Invalid, "%s: %w", file, err))
			return rows
		}
		if header == nil {
			header = cells
			header[0] = strings.TrimPrefix(header[0], "\ufeff") // the mark with which spreadsheets begin a file
			for _, c := range header {
				if !slices.Contains(known, c) {
					l.problems = append(l.problems, ledger.Errorf(ledger.Invalid, "%s has the column %q; its columns are %s", file, c, strings.Join(known, ", ")))
					return nil
				}
			}
			continue
		}
		line, _ := in.FieldPos(0)
		r := row{loader: l, file: file, line: line, cells: map[string]string{}}
		for i, c := range cells {
			r.cells[header[i]] = strings.TrimSpace(c)
		}
		rows = append(rows, r)
	}
}

func (r row) wrong(format string, args ...any) {
	r.loader.problems = append(r.loader.problems, ledger.Errorf(ledger.Invalid, "%s line %d: "+format, append([]any{r.file, r.line}, args...)...))
}

func (r row) cell(column string) string { return r.cells[column] }

func (r row) need(column string) string {
	if r.cells[column] == "" {
		r.wrong("the column %s is empty", column)
	}
	return r.cells[column]
}

func (r row) oneOf(column string, values []string) string {
	v := r.cells[column]
	if !slices.Contains(values, v) {
		r.wrong("%s is %q; it must be one of %s", column, v, strings.Join(values, ", "))
	}
	return v
}

// list is a cell of several values with "|" between them.
func (r row) list(column string) []string {
	if r.cells[column] == "" {
		return nil
	}
	values := strings.Split(r.cells[column], "|")
	if slices.Contains(values, "") {
		r.wrong("an item of %s is empty", column)
	}
	return values
}

func (r row) day(column string) ledger.Date {
	w := r.when(column, r.cells[column])
	if w.Date != "" && w.Precision != ledger.Day {
		r.wrong("%s is %q; write the whole day, YYYY-MM-DD", column, r.cells[column])
	}
	return w.Date
}

// when reads 2011, 2011-02 or 2011-02-01; "" is unknown.
func (r row) when(column, s string) When {
	full, precision := s, ledger.Day
	switch len(s) {
	case 0:
		return When{}
	case len("2006"):
		full, precision = s+"-01-01", ledger.Year
	case len("2006-01"):
		full, precision = s+"-01", ledger.Month
	}
	d, err := ledger.ParseDate(full)
	if err != nil {
		r.wrong("%s has %q; write a date as 2011, 2011-02 or 2011-02-01", column, s)
		return When{}
	}
	return When{Date: d, Precision: precision}
}

// former reads the column former_names: NAME, NAME:SINCE or NAME:SINCE:UNTIL.
func (r row) former() (names []FormerName) {
	for _, item := range r.list("former_names") {
		name, since, until := r.dated("former_names", item)
		names = append(names, FormerName{Name: name, Since: since, Until: until})
	}
	return names
}

// members reads the column members: CODE, CODE:SINCE or CODE:SINCE:UNTIL. What is left out is the arrangement's.
func (r row) members(g *Gazetteer, a *Arrangement) (members []Member) {
	items := r.list("members")
	if len(items) == 0 {
		r.wrong("the column members is empty")
	}
	for _, item := range items {
		code, since, until := r.dated("members", item)
		if since.Date == "" {
			since = a.Since
		}
		if until.Date == "" {
			until = a.Until
		}
		for _, id := range r.councils(g, []string{code}) {
			members = append(members, Member{Council: id, Since: since, Until: until})
		}
	}
	return members
}

func (r row) dated(column, item string) (text string, since, until When) {
	text, dates, _ := strings.Cut(item, ":")
	from, to, _ := strings.Cut(dates, ":")
	since, until = r.when(column, from), r.when(column, to)
	if since.Date != "" && until.Date != "" && until.Date < since.Date {
		r.wrong("in %s, %q ends before it begins", column, item)
	}
	return text, since, until
}

// councils are the ids of the councils with these codes.
func (r row) councils(g *Gazetteer, codes []string) (ids []string) {
	for _, code := range codes {
		c, ok := g.CouncilByGSS(code)
		if !ok {
			r.wrong("no council has the code %q", code)
			continue
		}
		ids = append(ids, c.ID)
	}
	return ids
}
