package identity

import (
	"cmp"
	"slices"

	"spillover/ledger"
)

// A group is records that are connected by edges or by holding several mentions.
type group struct {
	records []*ledger.Record
	edges   []edge // in the order in which they come to be known
	apart   bool   // whether something keeps two of its mentions apart: an analyst, or one article that has both
}

// groups splits records, which are sorted, into the smallest groups that can be derived alone.
//
// One incident may have thousands of mentions, and so millions of pairs that are joined. Which incidents there are on each day
// follows from few of them: an edge between two mentions that edges known no later connect already says nothing new. So those are
// left out, but not where something keeps mentions apart: there an edge may be what is left when another may not be followed.
func groups(records []*ledger.Record, j *Judged) []*group {
	g := newGrouping(records, j)
	edges := g.spanning()
	byRoot := map[int]*group{}
	var out []*group
	for i, r := range records {
		root := g.articles.find(i)
		gr := byRoot[root]
		if gr == nil {
			gr = &group{}
			byRoot[root], out = gr, append(out, gr)
		}
		gr.records = append(gr.records, r)
		gr.apart = gr.apart || len(r.Mentions) > 1
	}
	of := func(id string) *group { return byRoot[g.articles.find(g.article[g.mention[id].Article])] }
	for pair := range j.notSame {
		if g.mention[pair[0]] != nil && g.mention[pair[1]] != nil && of(pair[0]) == of(pair[1]) {
			of(pair[0]).apart = true
		}
	}
	for _, e := range edges {
		if gr := of(e.a.ID); !gr.apart {
			gr.edges = append(gr.edges, e)
		}
	}
	for _, gr := range out {
		if gr.apart {
			gr.edges = newGrouping(gr.records, j).all()
		}
		slices.SortFunc(gr.edges, byDay)
	}
	return out
}

// byDay orders edges as they are followed.
func byDay(x, y edge) int {
	return cmp.Or(cmp.Compare(x.from, y.from), compareBool(y.forced, x.forced), cmp.Compare(x.a.ID, y.a.ID), cmp.Compare(x.b.ID, y.b.ID))
}

// A grouping looks for edges among the mentions of records.
type grouping struct {
	j        *Judged
	mentions []*ledger.Mention // in the order in which they came to be known
	mention  map[string]*ledger.Mention
	article  map[string]int // place among the records
	articles forest         // of these places: what is connected
}

func newGrouping(records []*ledger.Record, j *Judged) *grouping {
	g := &grouping{j: j, mention: map[string]*ledger.Mention{}, article: map[string]int{}, articles: newForest(len(records))}
	for i, r := range records {
		g.article[r.Article.ID] = i
		for k := range r.Mentions {
			m := &r.Mentions[k]
			g.mention[m.ID] = m
			g.mentions = append(g.mentions, m)
		}
	}
	slices.SortFunc(g.mentions, byKnowledge)
	return g
}

// byKnowledge orders mentions as they came to be known.
func byKnowledge(a, b *ledger.Mention) int {
	if order := cmp.Compare(a.KnownFrom, b.KnownFrom); order != 0 {
		return order
	}
	return cmp.Compare(a.ID, b.ID)
}

// edge is the edge between two mentions, if there is one.
func (g *grouping) edge(a, b *ledger.Mention) (e edge, joined bool) {
	if a.ID > b.ID {
		a, b = b, a
	}
	pair := ordered(a.ID, b.ID)
	forced := g.j.same[pair] || !g.j.notSame[pair] && asserted(a, b)
	joined = forced
	if !joined && !g.j.notSame[pair] {
		_, joined = Joined(a, b)
	}
	if joined {
		g.articles.union(g.article[a.Article], g.article[b.Article])
	}
	return edge{a, b, max(a.KnownFrom, b.KnownFrom), forced}, joined
}

// all is all edges.
func (g *grouping) all() (edges []edge) {
	byKey := map[string][]*ledger.Mention{}
	for _, m := range g.mentions {
		for _, key := range m.Keys {
			byKey[key] = append(byKey[key], m)
		}
	}
	seen := map[[2]*ledger.Mention]bool{} // pairs may share several keys
	consider := func(a, b *ledger.Mention) {
		if a == b || seen[[2]*ledger.Mention{a, b}] || seen[[2]*ledger.Mention{b, a}] {
			return
		}
		seen[[2]*ledger.Mention{a, b}] = true
		if e, joined := g.edge(a, b); joined {
			edges = append(edges, e)
		}
	}
	for _, ms := range byKey {
		for i, a := range ms {
			for _, b := range ms[i+1:] {
				consider(a, b)
			}
		}
	}
	for pair := range g.j.same {
		if a, b := g.mention[pair[0]], g.mention[pair[1]]; a != nil && b != nil {
			consider(a, b)
		}
	}
	return edges
}

// A part is mentions with a key that are connected already, all with a date or all without.
type part struct {
	root        int // one of them, by its place
	members     []int
	first, last ledger.Date // the time of all of them
}

// spanning is edges that connect on each day what all edges would, and all of those that are more than connections: which an
// analyst made, or which lead from a mention without a date to one with, see [sweep.join].
func (g *grouping) spanning() (edges []edge) {
	connected := newForest(len(g.mentions))
	parts := map[string]*[2][]*part{} // by key, of mentions with a date and of those without
	seen := map[[2]*ledger.Mention]bool{}
	special := func(a, b *ledger.Mention) {
		if a == b || seen[[2]*ledger.Mention{a, b}] || seen[[2]*ledger.Mention{b, a}] {
			return
		}
		seen[[2]*ledger.Mention{a, b}] = true
		if e, joined := g.edge(a, b); joined {
			edges = append(edges, e)
		}
	}
	for i, m := range g.mentions {
		first, last, dated := when(m)
		sort := 0
		if !dated {
			sort = 1
		}
		for _, key := range m.Keys {
			if parts[key] == nil {
				parts[key] = &[2][]*part{}
			}
			of := parts[key]
			for _, p := range of[1-sort] {
				for _, k := range p.members {
					special(g.mentions[k], m)
				}
			}
			for _, p := range of[sort] {
				if connected.find(p.root) == connected.find(i) || dated && p.far(first, last) {
					continue
				}
				for _, k := range slices.Backward(p.members) { // the latest are the likeliest
					if e, joined := g.edge(g.mentions[k], m); joined {
						connected.union(k, i)
						edges = append(edges, e)
						break
					}
				}
			}
			of[sort] = with(of[sort], &part{root: i, members: []int{i}, first: first, last: last}, connected)
		}
		for _, id := range m.SameAs {
			if other := g.mention[id]; other != nil {
				special(other, m)
			}
		}
	}
	for pair := range g.j.same {
		if a, b := g.mention[pair[0]], g.mention[pair[1]]; a != nil && b != nil {
			special(a, b)
		}
	}
	return edges
}

// far is whether no member can be of the time from first to last.
func (p *part) far(first, last ledger.Date) bool {
	after, _ := ledger.Days(p.last, first)
	before, _ := ledger.Days(last, p.first)
	return after > window || before > window
}

// with adds a part to those of a key, and takes together what is connected by now.
func with(parts []*part, fresh *part, connected forest) []*part {
	for _, p := range parts {
		if connected.find(p.root) == connected.find(fresh.root) {
			if len(p.members) < len(fresh.members) {
				p.members, fresh.members = fresh.members, p.members
			}
			fresh.members = append(p.members, fresh.members...)
			fresh.first, fresh.last = min(fresh.first, p.first), max(fresh.last, p.last)
			p.members = nil
		}
	}
	return append(slices.DeleteFunc(parts, func(p *part) bool { return p.members == nil }), fresh)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// forest is a union-find.
type forest []int

func newForest(n int) forest {
	f := make(forest, n)
	for i := range f {
		f[i] = i
	}
	return f
}

func (f forest) find(i int) int {
	for f[i] != i {
		f[i] = f[f[i]]
		i = f[i]
	}
	return i
}

func (f forest) union(a, b int) { f[f.find(a)] = f.find(b) }
