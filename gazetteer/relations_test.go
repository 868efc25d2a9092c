package gazetteer

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRelations(t *testing.T) {
	t.Parallel()
	g := Default()
	if c, ok := g.CouncilNamed("Bedford Borough Council"); !ok || c.ID != "council:bedford" {
		t.Errorf("of two Bedford Borough Councils the present one is meant, not %q", c.ID)
	}
	if c, ok := g.CouncilNamed("Copeland Borough Council"); !ok || c.ID != "council:copeland" {
		t.Errorf("Copeland Borough Council is %q", c.ID)
	}
	var arrangements []string
	for _, a := range g.ArrangementsOf("council:dover") {
		arrangements = append(arrangements, a.ID)
	}
	if d := cmp.Diff([]string{"arrangement:civica-east-kent", "arrangement:east-kent-services"}, arrangements); d != "" {
		t.Errorf("Dover's arrangements (-want +got)\n%s", d)
	}
	// Taunton Deane went into Somerset West and Taunton, and that into Somerset.
	if d := cmp.Diff([]string{"council:somerset-west-and-taunton", "council:somerset"}, g.SuccessorsOf("council:taunton-deane")); d != "" {
		t.Errorf("successors (-want +got)\n%s", d)
	}
	if d := cmp.Diff([]string{"council:allerdale", "council:carlisle", "council:copeland", "council:cumbria"}, g.PredecessorsOf("council:cumberland")); d != "" {
		t.Errorf("predecessors (-want +got)\n%s", d)
	}
}
