package gazetteer

import (
	"slices"
	"sync"
)

// relations are look-ups that are made from the rows when first asked for.
type relations struct {
	once         sync.Once
	byName       map[string]int   // official name to council, a present one before an abolished one
	arrangements map[string][]int // council id to the arrangements it is or was in
	predecessors map[string][]string
}

func (g *Gazetteer) related() *relations {
	r := &g.relations
	r.once.Do(func() {
		r.byName, r.arrangements, r.predecessors = map[string]int{}, map[string][]int{}, map[string][]string{}
		for i, c := range g.Councils {
			if _, taken := r.byName[c.Name]; !taken || c.CeasedOn == "" {
				r.byName[c.Name] = i
			}
			for _, s := range c.Successors {
				r.predecessors[s] = append(r.predecessors[s], c.ID)
			}
		}
		for i, a := range g.Arrangements {
			for _, m := range a.Members {
				if of := r.arrangements[m.Council]; len(of) == 0 || of[len(of)-1] != i {
					r.arrangements[m.Council] = append(of, i)
				}
			}
		}
	})
	return r
}

// CouncilNamed is the council of this official name, the present one where an abolished one had it too.
func (g *Gazetteer) CouncilNamed(name string) (Council, bool) {
	return pick(g.Councils, g.related().byName, name)
}

// ArrangementsOf are the arrangements that a council, by id, is or was in, in the order of the file.
func (g *Gazetteer) ArrangementsOf(council string) []Arrangement {
	var out []Arrangement
	for _, i := range g.related().arrangements[council] {
		out = append(out, g.Arrangements[i])
	}
	return out
}

// SuccessorsOf are the ids of the councils that took over from a council, and from those in turn.
func (g *Gazetteer) SuccessorsOf(council string) []string {
	var out []string
	queue := []string{council}
	for len(queue) > 0 {
		c, _ := g.CouncilByID(queue[0])
		queue = queue[1:]
		for _, s := range c.Successors {
			if !slices.Contains(out, s) {
				out = append(out, s)
				queue = append(queue, s)
			}
		}
	}
	return out
}

// PredecessorsOf are the ids of the councils that a council took over from, in the order of the file.
func (g *Gazetteer) PredecessorsOf(council string) []string {
	return slices.Clone(g.related().predecessors[council])
}
