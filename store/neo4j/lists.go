package neo4j

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"spillover/ledger"
)

// listAndGather gives a page that is not cut yet, with what then wants of the things that it has room for, unless that is too much for one
// answer. Lists of one sort that are asked for at the same time share a statement, and those that are the same an answer.
func (s *Store) listAndGather(ctx context.Context, doing, items string, params map[string]any, then []ledger.Reach) (*ledger.ListPage, error) {
	sort := fmt.Sprint(params["at"], params["most"], items, then)
	found, err := ask(ctx, &s.together, sort, params, func(ctx context.Context, all []map[string]any) ([]*ledger.ListPage, error) {
		var asked []map[string]any
		places, each := map[string]int{}, make([]int, len(all))
		for i, params := range all {
			key := fmt.Sprint(params)
			place, ok := places[key]
			if !ok {
				place = len(asked)
				places[key], asked = place, append(asked, params)
			}
			each[i] = place
		}
		pages, err := s.listAll(ctx, items, asked, then)
		answers := make([]*ledger.ListPage, len(all))
		if pages != nil {
			for i, place := range each {
				p := pages[place]
				p.Items = slices.Clone(p.Items) // who gets it may order it anew
				answers[i] = &p
			}
		}
		return answers, err
	})
	if err == nil && found == nil { // commits came all the time
		found = &ledger.ListPage{}
		err = s.readOnce(ctx, doing, items, params, func(columns []any) error {
			item, err := scanItem(columns)
			found.Items = append(found.Items, item)
			return err
		})
	}
	return found, s.failed(ctx, err, doing)
}

// listAll gives the page for each of the parameters, which differ in what is listed alone, by one statement; nothing where commits
// come all the time.
func (s *Store) listAll(ctx context.Context, items string, asked []map[string]any, then []ledger.Reach) (pages []ledger.ListPage, err error) {
	past := asked[0]["at"] != string(ledger.Undated)
	g, params := ofList(items, then, past), map[string]any{"at": asked[0]["at"], "most": asked[0]["most"], "all": asked}
	if len(asked) == 1 {
		params = asked[0]
	} else {
		g = ofLists(items, then, past)
		for i := range asked {
			asked[i]["n"] = i
		}
	}
	params["through"] = g.through
	var wide bool
	_, err = s.steady(ctx, g.text(), params, func(given []any) error {
		wide, _ = given[0].(bool)
		lists := []any{[]any{int64(0), given[5]}}
		if len(asked) > 1 {
			lists = rows(given[5])
		}
		pages = make([]ledger.ListPage, len(asked))
		ids := make([][]string, len(asked))
		all := ledger.NewGathered()
		for _, list := range lists {
			values := rows(list)
			n := values[0].(int64)
			p := &pages[n]
			err := eachRow(values[1], func(columns []any) error {
				item, err := scanItem(columns)
				p.Items = append(p.Items, item)
				return err
			})
			if err != nil {
				return err
			}
			for i := range p.Items[:min(len(p.Items), asked[n]["most"].(int)-1)] {
				t := &p.Items[i].Thing
				all.Things[t.ID], ids[n] = t, append(ids[n], t.ID)
			}
		}
		if wide {
			return nil
		}
		if err := gathered(all, ledger.Set(slices.Concat(ids...)...), then, given[1:5]); err != nil {
			return err
		}
		for i := range pages {
			pages[i].Gathered = all
			if len(pages) > 1 {
				pages[i].Gathered = all.Part(ids[i], then)
			}
		}
		return nil
	})
	if wide && len(asked) > 1 { // together; maybe none of them is alone
		for i := range asked {
			alone, err := s.listAll(ctx, items, asked[i:i+1], then)
			if err != nil || alone == nil {
				return nil, err
			}
			pages[i] = alone[0]
		}
	}
	return pages, err
}

// scanItem reads a row of rank, key and the thing.
func scanItem(values []any) (item ledger.ListItem, err error) {
	err = errors.Join(scan(values[:2], &item.Cursor.Rank, &item.Cursor.Key), scanThing(values[2], &item.Thing))
	item.Cursor.ID = item.Thing.ID
	return item, err
}
