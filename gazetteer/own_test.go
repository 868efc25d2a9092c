package gazetteer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWith(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	actors := write("actors.csv", "id,name,kind,aliases\nactor:grey-heron,Grey Heron,RANSOMWARE_EXTORTION,Heron Gang\nactor:lockbit,LockBit of ours,RANSOMWARE_EXTORTION,\n")
	for _, path := range []string{actors, dir} {
		g, err := With(path)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if a, ok := g.ActorByID("actor:grey-heron"); !ok || a.Name != "Grey Heron" {
			t.Errorf("%s: the new actor is %+v", path, a)
		}
		if a, _ := g.ActorByID("actor:lockbit"); a.Name != "LockBit of ours" {
			t.Errorf("%s: the corrected actor is %+v", path, a)
		}
		if len(g.Councils) != len(Default().Councils) || g.Version() == Default().Version() {
			t.Errorf("%s: %d councils, version %s", path, len(g.Councils), g.Version())
		}
	}
	if g, err := With(""); err != nil || g != Default() {
		t.Errorf("without one: %v", err)
	}
	for path, says := range map[string]string{
		filepath.Join(dir, "none"):                                   "cannot be read",
		write("names.csv", "id\n"):                                   "councils.csv, agencies.csv",
		write("agencies.csv", "id,name,kind\nagency:x,X,NONSENSE\n"): "agencies.csv",
	} {
		if _, err := With(path); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want words on %q", path, err, says)
		}
	}
}
