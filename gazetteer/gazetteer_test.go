package gazetteer

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"spillover/ledger"
)

func TestEmbeddedDataIsSound(t *testing.T) {
	t.Parallel()
	g := Default()
	present := 0
	for _, c := range g.Councils {
		if c.CeasedOn == "" {
			present++
			if c.GSS == "" {
				t.Errorf("%s has no code", c.ID)
			}
			if len(c.Successors) > 0 {
				t.Errorf("%s is present and has successors", c.ID)
			}
		} else if len(c.Successors) == 0 {
			t.Errorf("%s was abolished and has no successor", c.ID)
		}
		for _, s := range c.Successors {
			if next, ok := g.CouncilByID(s); !ok || next.CeasedOn != "" && next.CeasedOn <= c.CeasedOn {
				t.Errorf("%s was succeeded by %s, which was not there", c.ID, s)
			}
		}
	}
	if abolished := len(g.Councils) - present; present != 382 || abolished != 112 {
		t.Errorf("%d present and %d abolished councils, want 382 and 112", present, abolished)
	}
	if !strings.HasPrefix(g.Version(), "20") {
		t.Errorf("the version is %q", g.Version())
	}
	for _, a := range g.Arrangements {
		seen := map[string]bool{}
		for _, m := range a.Members {
			c, _ := g.CouncilByID(m.Council)
			if c.CeasedOn != "" && (m.Until.Date == "" || m.At(c.CeasedOn) && m.Until.Precision == ledger.Day) {
				t.Errorf("%s is in %s beyond its end", c.ID, a.ID)
			}
			if seen[m.Council] {
				t.Errorf("%s is in %s twice", c.ID, a.ID)
			}
			seen[m.Council] = true
		}
	}
}

// A name may mean an abolished council and a present one, or a council and an agency's area, but of what exists today
// it means one.
func TestNamesAreUnique(t *testing.T) {
	t.Parallel()
	g := Default()
	owner := map[string]string{}
	for _, n := range g.Names() {
		if strings.TrimSpace(n.Text) != n.Text || n.Text == "" {
			t.Errorf("%s has the name %q", n.ID, n.Text)
		}
		if c, ok := g.CouncilByID(n.ID); ok && c.CeasedOn != "" {
			continue
		}
		key := string(n.Kind) + strings.ToLower(n.Text)
		if o := owner[key]; o != "" && o != n.ID {
			t.Errorf("%q means %s and %s", n.Text, o, n.ID)
		}
		owner[key] = n.ID
	}
	mistaken := map[string]string{}
	for _, c := range g.Councils {
		for _, m := range c.Mistakes {
			mistaken[m] = c.ID
		}
	}
	for _, n := range g.Names() {
		if id := mistaken[n.Text]; id != "" && n.Class != Mistake {
			t.Errorf("%q is a mistake for %s and a name of %s", n.Text, id, n.ID)
		}
	}
}

func TestOrdinaryNamesAreNames(t *testing.T) {
	t.Parallel()
	g := Default()
	got := map[string]int{}
	for _, n := range g.Names() {
		if n.Ordinary {
			got[n.ID]++
		}
	}
	want := map[string]int{}
	for _, c := range g.Councils {
		want[c.ID] = len(c.Ordinary)
	}
	for _, a := range g.Agencies {
		want[a.ID] = len(a.Ordinary)
	}
	for _, a := range g.Actors {
		want[a.ID] = len(a.Ordinary)
	}
	for _, a := range g.Arrangements {
		want[a.ID] = len(a.Ordinary)
	}
	for id, n := range want {
		if got[id] != n {
			t.Errorf("%s: %d of the %d words in ordinary_word are names of it", id, got[id], n)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	classes := map[string]Class{}
	for _, n := range Default().Names() {
		classes[n.ID+" "+n.Text] = n.Class
	}
	for name, want := range map[string]Class{
		"council:leicester Leicester City Council":                                Official,
		"council:leicester Leicester":                                             Short,
		"council:leicester Leicester Council":                                     Alias,
		"council:canterbury Canterbury County Council":                            Mistake,
		"council:kensington-and-chelsea RBKC":                                     Acronym,
		"council:kensington-and-chelsea K&C":                                      Acronym,
		"council:kensington-and-chelsea Kensington & Chelsea":                     Short,
		"council:kensington-and-chelsea Kensington and Chelsea Council":           Alias,
		"council:hammersmith-and-fulham H&F":                                      Acronym,
		"council:hammersmith-and-fulham Hammersmith & Fulham":                     Short,
		"council:hammersmith-and-fulham Hammersmith and Fulham Council":           Alias,
		"council:hammersmith-and-fulham London Borough of Hammersmith and Fulham": Official,
		"council:westminster Westminster City Council":                            Official,
		"council:colchester Colchester Borough Council":                           Former,
		"council:copeland Copeland Borough Council":                               Official,
		"agency:metropolitan-police the Met":                                      Alias,
		"agency:metropolitan-police Met Police":                                   Alias,
		"agency:ico Information Commissioner":                                     Alias,
		"agency:ico ICO":                                                          Acronym,
		"agency:ncsc NCSC":                                                        Acronym,
		"actor:inc-ransom INC Ransom":                                             Official,
		"arrangement:east-kent-services EK Services":                              Alias,
		"arrangement:east-kent-services EKS":                                      Acronym,
	} {
		if classes[name] != want {
			t.Errorf("%s is %q, want %q", name, classes[name], want)
		}
	}
}

func TestLookUps(t *testing.T) {
	t.Parallel()
	g := Default()
	if c, ok := g.CouncilByGSS("E08000019"); !ok || c.ID != "council:sheffield" {
		t.Errorf("Sheffield's former code leads to %q", c.ID)
	}
	if c, ok := g.CouncilByID("council:somerset-county-2023"); !ok || c.Name != "Somerset County Council" || !cmp.Equal(c.Successors, []string{"council:somerset"}) {
		t.Errorf("Somerset County Council: %+v", c)
	}
	if _, ok := g.CouncilByID("E06000016"); ok {
		t.Error("a code passed for an id")
	}
	a, _ := g.AgencyByID("agency:mhclg")
	for day, want := range map[ledger.Date]string{
		"2012-01-01": "Department for Communities and Local Government",
		"2020-10-13": "Ministry of Housing, Communities and Local Government",
		"2023-08-25": "Department for Levelling Up, Housing and Communities",
		"2025-01-01": "Ministry of Housing, Communities and Local Government",
		"":           "Ministry of Housing, Communities and Local Government",
	} {
		if got := a.NameAt(day); got != want {
			t.Errorf("on %q MHCLG is %q, want %q", day, got, want)
		}
	}
	for _, id := range []string{"council:leicester", "agency:ico", "actor:play", "arrangement:east-kent-services"} {
		if thing, ok := g.Thing(id); !ok || thing.ID != id {
			t.Errorf("Thing(%q) = %+v, %v", id, thing, ok)
		}
	}
	if _, ok := g.Thing("council:nowhere"); ok {
		t.Error("a thing for an id that nobody has")
	}
}

func TestKnown(t *testing.T) {
	t.Parallel()
	const westminster, kensington, hammersmith = "council:westminster", "council:kensington-and-chelsea", "council:hammersmith-and-fulham"
	for _, tt := range []struct {
		name, kind string
		members    []string
		at         ledger.Date
		want       string
	}{
		{"shared system of two", "SHARED_SYSTEM", []string{westminster, kensington}, "2025-11-24", "arrangement:bi-borough-shared-it"},
		{"joint service of three, now", "JOINT_SERVICE", []string{kensington, westminster, hammersmith}, "2025-11-24", "arrangement:west-london-joint-it-services"},
		{"joint service of three, any day: what still holds", "JOINT_SERVICE", []string{kensington, westminster, hammersmith}, "", "arrangement:west-london-joint-it-services"},
		{"joint service of three while two held", "JOINT_SERVICE", []string{kensington, westminster, hammersmith}, "2015-05-01", ""},
		{"East Kent", "JOINT_SERVICE", []string{"council:canterbury", "council:thanet", "council:dover"}, "2024-01-18", "arrangement:east-kent-services"},
		{"two of East Kent", "JOINT_SERVICE", []string{"council:thanet", "council:dover"}, "2024-01-18", "arrangement:east-kent-services"},
		{"before it began", "JOINT_SERVICE", []string{"council:thanet", "council:dover"}, "2010-12-31", ""},
		{"its first year counts whole", "JOINT_SERVICE", []string{"council:thanet", "council:dover"}, "2011-01-01", "arrangement:east-kent-services"},
		{"after one left", "JOINT_SERVICE", []string{"council:bexley", "council:newham"}, "2020-08-01", ""},
		{"in the month in which it left", "JOINT_SERVICE", []string{"council:bexley", "council:newham"}, "2020-07-31", "arrangement:onesource"},
		{"another kind", "SHARED_SYSTEM", []string{"council:thanet", "council:dover"}, "2024-01-18", ""},
		{"nobody", "JOINT_SERVICE", nil, "", ""},
	} {
		if a, ok := Default().Known(tt.kind, tt.members, tt.at); a.ID != tt.want || ok != (tt.want != "") {
			t.Errorf("%s: %q, %v, want %q", tt.name, a.ID, ok, tt.want)
		}
	}
}

func TestRecords(t *testing.T) {
	t.Parallel()
	g := Default()
	records := g.Records()
	if len(records) != 1+len(g.Arrangements) {
		t.Fatalf("%d records", len(records))
	}
	if n := len(records[0].Things); n != len(g.Councils) || len(records[0].Claims) != 0 {
		t.Errorf("the register has %d councils and %d claims", n, len(records[0].Claims))
	}
	articles, claims := map[string]bool{}, map[string]bool{}
	for _, r := range records {
		a := &r.Article
		if articles[a.ID] || a.KnownFrom() != ledger.Always || a.Digest != ledger.Digest(a.Text) || a.Title == "" {
			t.Errorf("article %+v", a)
		}
		articles[a.ID] = true
		things := map[string]bool{}
		for _, thing := range r.Things {
			things[thing.ID] = true
		}
		text := []rune(a.Text)
		for _, c := range r.Claims {
			if string(text[c.Start:c.End]) != c.Quote {
				t.Errorf("%s: %q is not at %d", c.ID, c.Quote, c.Start)
			}
			if claims[c.ID] || c.ID != ledger.ClaimID(&c) || c.Article != a.ID || !things[c.Subject] || !things[c.Object] {
				t.Errorf("claim %+v", c)
			}
			claims[c.ID] = true
		}
	}
}

func TestMembershipSentences(t *testing.T) {
	t.Parallel()
	year, month, day := When{"2011-01-01", ledger.Year}, When{"2017-02-01", ledger.Month}, When{"2018-03-02", ledger.Day}
	for _, tt := range []struct {
		since, until When
		want         string
	}{
		{When{}, When{}, "A is a member of B"},
		{year, When{}, "A has been a member of B since 2011"},
		{When{}, month, "A was a member of B until February 2017"},
		{month, day, "A was a member of B from February 2017 until 2 March 2018"},
	} {
		if got := membership("A", "B", tt.since, tt.until); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}

const (
	councilHeader     = "id,gss,name,short_name,type,nation,ceased_on,successors\n"
	arrangementHeader = "id,name,kind,members,since,until,source\n"
)

func TestLoadNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ file, text, want string }{
		{"councils.csv", councilHeader + "x,E1,A,A,UNITARY,England,,\n", `councils.csv line 2: the id "x" does not have the form council:some-name`},
		{"councils.csv", councilHeader + "council:a,E1,,A,UNITARY,England,,\n", "councils.csv line 2: the column name is empty"},
		{"councils.csv", councilHeader + "council:a,E1,A,A,UNITARY,England,,\ncouncil:b,E1,B,B,UNITARY,England,,\n", `line 3: the code "E1" stands in another row too`},
		{"councils.csv", councilHeader + "council:a,E1,A,A,UNITARY,England,,\ncouncil:a,E2,B,B,UNITARY,England,,\n", `line 3: the id "council:a" stands in another row too`},
		{"councils.csv", councilHeader + "council:a,E1,A,A,UNITARY,England,2020,E9\n", `write the whole day`},
		{"councils.csv", councilHeader + "council:a,E1,A,A,UNITARY,England,2020-04-01,E9\n", `no council has the code "E9"`},
		{"councils.csv", councilHeader + "council:a,E1\n", "wrong number of fields"},
		{"councils.csv", "id,nmae\n", `councils.csv has the column "nmae"; its columns are id, gss`},
		{"agencies.csv", "id,name,kind\nagency:a,A,CIRCUS\n", `kind is "CIRCUS"; it must be one of POLICE`},
		{"arrangements.csv", arrangementHeader + "arrangement:a,A,SUPPLIER,,,,S\n", "the column members is empty"},
		{"arrangements.csv", arrangementHeader + "arrangement:a,A,SUPPLIER,E1,2011-13,,S\n", `since has "2011-13"; write a date as 2011`},
		{"arrangements.csv", arrangementHeader + "arrangement:a,A,SUPPLIER,E1:2012:2011,,,S\n", "ends before it begins"},
	} {
		_, err := Load(fstest.MapFS{tt.file: {Data: []byte(tt.text)}})
		if ledger.KindOf(err) != ledger.Invalid || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: error %v, want %q", tt.text, err, tt.want)
		}
	}
}

func TestLoadLaterFoldersCorrectAndExtend(t *testing.T) {
	t.Parallel()
	first := fstest.MapFS{"VERSION": {Data: []byte("1\n")}, "actors.csv": {Data: []byte("id,name,kind\nactor:a,A,HACKTIVIST\nactor:b,B,HACKTIVIST\n")}}
	second := fstest.MapFS{"VERSION": {Data: []byte("mine\n")}, "actors.csv": {Data: []byte("\ufeffid,name,kind\nactor:c,C,HACKTIVIST\nactor:a,Corrected,MALWARE\n")}}
	g, err := Load(first, second)
	if err != nil {
		t.Fatal(err)
	}
	want := []Actor{{ID: "actor:a", Name: "Corrected", Kind: "MALWARE"}, {ID: "actor:b", Name: "B", Kind: "HACKTIVIST"}, {ID: "actor:c", Name: "C", Kind: "HACKTIVIST"}}
	if d := cmp.Diff(want, g.Actors); d != "" || !strings.HasPrefix(g.Version(), "1+mine-") {
		t.Errorf("version %q, actors (-want +got)\n%s", g.Version(), d)
	}
}

// Whatever a file holds, loading it ends in a gazetteer or in an error.
func FuzzLoad(f *testing.F) {
	f.Add("councils.csv", councilHeader+"council:a,E1,A,A,UNITARY,England,2020-04-01,E1\n")
	f.Add("arrangements.csv", arrangementHeader+"arrangement:a,A,SUPPLIER,E1:2012:2011|,2011-02,x,S\n")
	f.Add("agencies.csv", "id,name,kind,former_names\nagency:a,A,POLICE,B::2020|:\n")
	f.Fuzz(func(t *testing.T, file, text string) {
		g, err := Load(fstest.MapFS{file: {Data: []byte(text)}})
		if (g == nil) == (err == nil) {
			t.Errorf("a gazetteer: %v, an error: %v", g != nil, err)
		}
		if g != nil {
			g.Names()
			g.Records()
		}
	})
}
