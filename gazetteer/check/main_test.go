package main

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"spillover/gazetteer"
)

func TestCompare(t *testing.T) {
	t.Parallel()
	const ours = "id,gss,name,short_name,type,nation,ceased_on,successors\n" +
		"council:a,E1,A Council,A,UNITARY,England,,\n" +
		"council:b,E2,B Council,B,DISTRICT,England,2020-04-01,E1\n" +
		"council:c,,C Council,C,NI_DISTRICT,Northern Ireland,2015-04-01,E1\n"
	g, err := gazetteer.Load(fstest.MapFS{"councils.csv": {Data: []byte(ours)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, reference, want string }{
		{"equal", "E1,A Council,,\nE2,B Council,2020-04-01,E1\n,C Council,2015-04-01,E1\n",
			"3 councils in the gazetteer (1 present, 2 abolished), 3 in the reference, 0 differences\n"},
		{"all differs", "E1,Ay Council,,\nE2,B Council,2021-04-01,E3\nE3,D Council,,\n",
			"E1: the gazetteer calls it A Council, the reference Ay Council\n" +
				"E2 B Council: ended on \"2020-04-01\" in the gazetteer, on \"2021-04-01\" in the reference\n" +
				"E2 B Council: succeeded by \"E1\" in the gazetteer, by \"E3\" in the reference\n" +
				"E3 D Council: not in the gazetteer\n" +
				" C Council: not in the reference\n" +
				"3 councils in the gazetteer (1 present, 2 abolished), 3 in the reference, 5 differences\n"},
	} {
		var out strings.Builder
		_, err := compare(&out, g, strings.NewReader("gss,name,ceased_on,successor_gss\n"+tt.reference))
		if d := cmp.Diff(tt.want, out.String()); d != "" || err != nil {
			t.Errorf("%s: error %v, output (-want +got)\n%s", tt.name, err, d)
		}
	}
	if _, err := compare(&strings.Builder{}, g, strings.NewReader("code,name\n")); err == nil || !strings.Contains(err.Error(), "no column gss") {
		t.Errorf("wrong columns: %v", err)
	}
}
