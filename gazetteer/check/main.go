// Command check compares the councils of the gazetteer with a folder of reference data and prints every difference:
//
//	go run ./gazetteer/check DIR
//
// DIR holds a councils.csv with the columns gss, name, ceased_on and successor_gss, codes as the Office for National
// Statistics gives them. It changes nothing, and its exit status is 1 where the two differ.
package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"spillover/gazetteer"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./gazetteer/check DIR")
		os.Exit(2)
	}
	f, err := os.Open(filepath.Join(os.Args[1], "councils.csv"))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	defer f.Close()
	differences, err := compare(os.Stdout, gazetteer.Default(), f)
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", f.Name(), err)
		os.Exit(2)
	}
	if differences > 0 {
		os.Exit(1)
	}
}

// compare prints a line for each difference and one of counts, and gives the number of differences.
func compare(out io.Writer, g *gazetteer.Gazetteer, reference io.Reader) (differences int, err error) {
	rows, err := csv.NewReader(reference).ReadAll()
	if err != nil {
		return 0, err
	}
	if len(rows) == 0 {
		return 0, fmt.Errorf("it has no header row")
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	for _, name := range []string{"gss", "name", "ceased_on", "successor_gss"} {
		if _, ok := column[name]; !ok {
			return 0, fmt.Errorf("it has no column %s", name)
		}
	}
	differ := func(format string, args ...any) {
		differences++
		fmt.Fprintf(out, format+"\n", args...)
	}
	type key struct{ gss, name string } // councils without a code go by their name
	keyOf := func(gss, name string) key {
		if gss != "" {
			name = ""
		}
		return key{gss, name}
	}
	ours := map[key]gazetteer.Council{}
	present := 0
	for _, c := range g.Councils {
		ours[keyOf(c.GSS, c.Name)] = c
		if c.CeasedOn == "" {
			present++
		}
	}
	for _, r := range rows[1:] {
		gss, name := r[column["gss"]], r[column["name"]]
		c, ok := ours[keyOf(gss, name)]
		if !ok {
			differ("%s %s: not in the gazetteer", gss, name)
			continue
		}
		delete(ours, keyOf(gss, name))
		if c.Name != name {
			differ("%s: the gazetteer calls it %s, the reference %s", gss, c.Name, name)
		}
		if ceased := r[column["ceased_on"]]; string(c.CeasedOn) != ceased {
			differ("%s %s: ended on %q in the gazetteer, on %q in the reference", gss, name, c.CeasedOn, ceased)
		}
		var successors []string
		for _, id := range c.Successors {
			s, _ := g.CouncilByID(id)
			successors = append(successors, s.GSS)
		}
		want := strings.Split(r[column["successor_gss"]], "|")
		slices.Sort(successors)
		slices.Sort(want)
		if got := strings.Join(successors, "|"); got != strings.Join(want, "|") {
			differ("%s %s: succeeded by %q in the gazetteer, by %q in the reference", gss, name, got, strings.Join(want, "|"))
		}
	}
	for _, c := range g.Councils {
		if _, left := ours[keyOf(c.GSS, c.Name)]; left {
			differ("%s %s: not in the reference", c.GSS, c.Name)
		}
	}
	fmt.Fprintf(out, "%d councils in the gazetteer (%d present, %d abolished), %d in the reference, %d differences\n",
		len(g.Councils), present, len(g.Councils)-present, len(rows)-1, differences)
	return differences, nil
}
