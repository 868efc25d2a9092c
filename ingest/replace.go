package ingest

import (
	"context"
	"reflect"
	"slices"
	"strings"

	"spillover/identity"
	"spillover/ledger"
)

// replace drops and puts records and judgements, and writes what that changes of all that is derived. Only what may be
// one incident with something changed is looked at: it is derived as it was and as it is, and the difference is
// written.
func (p *Pipeline) replace(ctx context.Context, tx ledger.Tx, drop []string, put []*ledger.Record, dropJudgements []string, putJudgements []ledger.Judgement) error {
	if len(drop)+len(put)+len(dropJudgements)+len(putJudgements) == 0 {
		return nil
	}
	before, err := tx.Judgements(ctx)
	if err != nil {
		return err
	}
	after := slices.DeleteFunc(slices.Clone(before), func(j ledger.Judgement) bool {
		return slices.Contains(dropJudgements, j.ID) || slices.ContainsFunc(putJudgements, func(n ledger.Judgement) bool { return n.ID == j.ID })
	})
	after = append(after, putJudgements...)

	n := &neighbourhood{tx: tx, records: map[string]*ledger.Record{}, seenKeys: map[string]bool{}}
	for _, r := range put {
		n.arrive(r)
	}
	seeds := slices.Clone(drop)
	for _, r := range put {
		seeds = append(seeds, r.Article.ID)
	}
	touched, err := judgedArticles(ctx, tx, before, after)
	if err != nil {
		return err
	}
	if err := n.grow(ctx, append(seeds, touched...), append(before, after...)); err != nil {
		return err
	}

	was := make([]*ledger.Record, 0, len(n.records))
	is := slices.Clone(put)
	gone := map[string]bool{}
	for _, id := range seeds {
		gone[id] = true
	}
	for _, id := range sortedKeys(n.records) {
		was = append(was, n.records[id])
		if !gone[id] {
			is = append(is, n.records[id])
		}
	}
	old, now := identity.Derive(was, before, p.g), identity.Derive(is, after, p.g)
	old.Aliases = append(old.Aliases, identity.NewJudged(before).Aliases()...)
	now.Aliases = append(now.Aliases, identity.NewJudged(after).Aliases()...)
	change := difference(old, now)
	change.DropRecords, change.PutRecords = drop, put
	change.DropJudgements, change.PutJudgements = dropJudgements, putJudgements
	return tx.Apply(ctx, change)
}

// judgedArticles are the articles that a difference between judgements concerns.
func judgedArticles(ctx context.Context, tx ledger.Tx, before, after []ledger.Judgement) ([]string, error) {
	var mentions, things, articles []string
	for _, j := range append(slices.Clone(before), after...) {
		if slices.Contains(before, j) && slices.Contains(after, j) {
			continue
		}
		switch {
		case j.Kind == ledger.RetractClaim:
			articles = append(articles, j.B)
		case strings.HasPrefix(j.A, "incident:"):
			mentions = append(mentions, j.A, j.B)
		default:
			things = append(things, j.A, j.B)
		}
	}
	ms, err := tx.MentionsByID(ctx, ledger.Set(mentions...))
	if err != nil {
		return nil, err
	}
	for _, m := range ms {
		articles = append(articles, m.Article)
	}
	about, err := tx.ArticlesAbout(ctx, ledger.Set(things...))
	if err != nil {
		return nil, err
	}
	return append(articles, about...), nil
}

// A neighbourhood is the records that may be one incident with one another, as they are stored.
type neighbourhood struct {
	tx       ledger.Tx
	records  map[string]*ledger.Record // stored ones, by article
	mentions []ledger.Mention          // of stored and of new records
	seenKeys map[string]bool
}

// arrive adds a record that is to be stored.
func (n *neighbourhood) arrive(r *ledger.Record) { n.mentions = append(n.mentions, r.Mentions...) }

// grow adds the stored records of articles, and of whatever may be one incident with them, until nothing is missing. It
// asks the store twice for each step outwards.
func (n *neighbourhood) grow(ctx context.Context, articles []string, judgements []ledger.Judgement) error {
	partners := map[string][]string{}
	for _, j := range judgements {
		if j.Kind == ledger.SameAs {
			partners[j.A] = append(partners[j.A], j.B)
			partners[j.B] = append(partners[j.B], j.A)
		}
	}
	asked := 0 // mentions whose keys were asked for
	for {
		var missing []string
		for _, id := range ledger.Set(articles...) {
			if _, ok := n.records[id]; !ok {
				missing = append(missing, id)
			}
		}
		articles = nil
		if len(missing) > 0 {
			stored, err := n.tx.Records(ctx, missing)
			if err != nil {
				return err
			}
			for _, r := range stored {
				if r != nil {
					n.records[r.Article.ID] = r
					n.mentions = append(n.mentions, r.Mentions...)
				}
			}
		}
		var keys []string
		for _, m := range n.mentions[asked:] {
			keys = append(keys, m.Keys...)
			for _, other := range partners[m.ID] {
				keys = append(keys, "="+other)
			}
		}
		fresh := n.mentions[asked:]
		asked = len(n.mentions)
		if len(keys) == 0 {
			return nil
		}
		near, err := n.tx.MentionsByKey(ctx, ledger.Set(keys...))
		if err != nil {
			return err
		}
		byKey := map[string][]*ledger.Mention{}
		for i := range fresh {
			for _, k := range fresh[i].Keys {
				byKey[k] = append(byKey[k], &fresh[i])
			}
		}
		for i := range near {
			if n.records[near[i].Article] == nil && joins(&near[i], byKey, partners) {
				articles = append(articles, near[i].Article)
			}
		}
		if len(articles) == 0 {
			return nil
		}
	}
}

// joins is whether a mention may be one incident with one of those.
func joins(m *ledger.Mention, byKey map[string][]*ledger.Mention, partners map[string][]string) bool {
	for _, other := range partners[m.ID] {
		if len(byKey["="+other]) > 0 {
			return true
		}
	}
	for _, k := range m.Keys {
		for _, o := range byKey[k] {
			if _, yes := identity.Joined(m, o); yes {
				return true
			}
		}
	}
	return false
}

// difference is what leads from one derivation to another.
func difference(old, now *identity.Derived) *ledger.Change {
	c := &ledger.Change{}
	c.DropClaims, c.PutClaims = diff(old.Claims, now.Claims, func(c ledger.Claim) [4]string { return [4]string{c.ID, string(c.KnownFrom)} })
	c.DropVersions, c.PutVersions = diff(old.Versions, now.Versions, func(v ledger.Version) [4]string { return [4]string{v.Thing.ID, string(v.From)} })
	c.DropAliases, c.PutAliases = diff(old.Aliases, now.Aliases, func(a ledger.Alias) [4]string { return [4]string{a.ID, a.To, string(a.From), a.Source} })
	return c
}

// diff is what is in old and not, or not so, in now, and the other way round, each in the order of its key.
func diff[T any](old, now []T, key func(T) [4]string) (drop, put []T) {
	byKey := func(s []T) map[[4]string]T {
		m := make(map[[4]string]T, len(s))
		for _, x := range s {
			m[key(x)] = x
		}
		return m
	}
	was, is := byKey(old), byKey(now)
	for k, x := range was {
		if y, ok := is[k]; !ok || !reflect.DeepEqual(x, y) {
			drop = append(drop, x)
		}
	}
	for k, x := range is {
		if y, ok := was[k]; !ok || !reflect.DeepEqual(x, y) {
			put = append(put, x)
		}
	}
	order := func(a, b T) int { x, y := key(a), key(b); return slices.Compare(x[:], y[:]) }
	slices.SortFunc(drop, order)
	slices.SortFunc(put, order)
	return drop, put
}
