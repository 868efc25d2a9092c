package extract

import (
	"bufio"
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"spillover/gazetteer"
	"spillover/ledger"
)

// A case of testdata/rules: what is expected, a "|", a text. Lines that begin with "#" say what the file expects.
type ruleCase struct{ want, text string }

func ruleCases(t *testing.T, name string) []ruleCase {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "rules", name))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var out []ruleCase
	for s := bufio.NewScanner(f); s.Scan(); {
		if want, text, ok := strings.Cut(s.Text(), " | "); ok && !strings.HasPrefix(want, "#") {
			out = append(out, ruleCase{want, strings.ReplaceAll(text, `\n`, "\n")}) // "\n" in a case is a new line
		}
	}
	if len(out) == 0 {
		t.Fatalf("%s holds no cases", name)
	}
	return out
}

const someWednesday ledger.Date = "2024-05-15"

func readText(text string, published ledger.Date) *Reading {
	return New(gazetteer.Default()).Read(&ledger.Article{Text: text, PublishedOn: published})
}

// afterAttack puts a sentence into an article on an attack.
func afterAttack(sentence string) *Reading {
	return readText("Leicester City Council was hacked and its data was copied.\n\n"+sentence+"\n", someWednesday)
}

// first is the first incident of a reading, an empty one if there is none.
func first(r *Reading) Incident {
	if len(r.Incidents) == 0 {
		return Incident{}
	}
	return r.Incidents[0]
}

func TestRules(t *testing.T) {
	t.Parallel()
	tests := []struct {
		file string
		sep  string
		read func(text string) []string
	}{
		{"names.txt", ", ", namesIn},
		{"impact.txt", ", ", standingOfLeicester},
		{"impact-wordings.txt", ", ", standingOfLeicester},
		{"impact-more.txt", ", ", standingOfLeicester},
		{"neighbours.txt", ", ", neighboursIn},
		{"neighbours-wordings.txt", ", ", neighboursIn},
		{"neighbours-more.txt", ", ", neighboursIn},
		{"agencies.txt", ", ", func(text string) []string {
			var out []string
			role := ""
			for _, a := range first(afterAttack(text)).Agencies {
				id := strings.TrimPrefix(a.ID, "agency:")
				if n := len(out) - 1; n >= 0 && a.Role == role {
					out[n] = strings.TrimSuffix(out[n], role) + id + " " + role
					continue
				}
				role = a.Role
				out = append(out, id+" "+role)
			}
			return out
		}},
		{"officials.txt", ", ", func(text string) []string {
			var out []string
			for _, o := range readText(text, someWednesday).Officials {
				out = append(out, o.Name+"; "+o.Role+"; "+o.ID)
			}
			return out
		}},
		{"speakers.txt", ", ", func(text string) []string {
			var out []string
			for _, c := range first(afterAttack(text)).Councils {
				if c.ID != "council:leicester" {
					out = append(out, strings.TrimPrefix(c.ID, "council:")+" "+c.Impact+" by "+cmp.Or(c.Evidence.Speaker, "-"))
				}
			}
			return out
		}},
		{"actors.txt", ", ", func(text string) []string {
			var out []string
			for _, a := range first(afterAttack(text)).Actors {
				out = append(out, strings.TrimPrefix(a.ID, "actor:")+" "+a.Attribution)
			}
			return out
		}},
		{"arrangements.txt", "; ", func(text string) []string {
			var out []string
			for _, a := range first(readText("Hackers broke into a council's network and copied data.\n\n"+text, someWednesday)).Arrangements {
				out = append(out, a.Kind+": "+strings.Join(shortNames(a.Members), ", "))
			}
			return out
		}},
		{"services.txt", ", ", servicesIn},
		{"services-wordings.txt", ", ", servicesIn},
		{"services-deeds.txt", ", ", servicesIn},
		{"services-manners.txt", ", ", servicesIn},
		{"data.txt", ", ", dataIn},
		{"data-wordings.txt", ", ", dataIn},
		{"dates.txt", ", ", func(text string) []string {
			i := first(readText(text, someWednesday))
			if i.IdentifiedOn == nil {
				return nil
			}
			return []string{*i.IdentifiedOn + " " + *i.Precision}
		}},
		{"none.txt", ", ", func(text string) []string {
			var out []string
			for _, i := range readText(text, someWednesday).Incidents {
				out = append(out, i.Kind)
			}
			return out
		}},
		{"kinds.txt", ", ", func(text string) []string { return []string{first(readText(text, someWednesday)).Kind} }},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			t.Parallel()
			for _, c := range ruleCases(t, tt.file) {
				got := cmp.Or(strings.Join(tt.read(c.text), tt.sep), "-")
				if diff := gocmp.Diff(c.want, got); diff != "" {
					t.Errorf("%s\n(-want +got)\n%s", c.text, diff)
				}
			}
		})
	}
}

// neighboursIn are the councils of a text on an attack on Canterbury's, but for that one, and how they stand.
func neighboursIn(text string) []string {
	var out []string
	for _, c := range first(readText("Canterbury City Council was hacked on Monday and its files were copied.\n\n"+text, someWednesday)).Councils {
		if c.ID != "council:canterbury" {
			out = append(out, strings.TrimPrefix(c.ID, "council:")+" "+c.Impact)
		}
	}
	slices.Sort(out)
	return out
}

func servicesIn(text string) []string {
	var out []string
	for _, s := range first(afterAttack(text)).Services {
		out = append(out, s.Label+" "+s.State)
	}
	return out
}

func dataIn(text string) []string {
	var out []string
	for _, d := range first(afterAttack(text)).Data {
		out = append(out, d.Label)
	}
	return out
}

func standingOfLeicester(text string) []string {
	var out []string
	for _, c := range first(readText(text, someWednesday)).Councils {
		if c.ID == "council:leicester" {
			out = append(out, c.Impact)
		}
	}
	return out
}

func namesIn(text string) []string {
	p := New(gazetteer.Default()).page(&ledger.Article{Text: text, PublishedOn: someWednesday})
	var out []string
	for _, n := range p.names {
		if n.kind == ledger.Council && n.how != byPlace {
			var ids []string
			for _, id := range n.ids {
				ids = append(ids, strings.TrimPrefix(id, "council:"))
			}
			out = append(out, strings.Join(ids, " "))
		}
	}
	return out
}

func shortNames(names []string) []string {
	var out []string
	for _, n := range names {
		for _, c := range gazetteer.Default().Councils {
			if c.Name == n {
				out = append(out, c.ShortName)
			}
		}
	}
	slices.Sort(out)
	return out
}
