package cache

import (
	"unsafe"

	"spillover/ledger"
)

// weigh is about how many bytes a read takes.
func weigh(k key, value any) uint32 {
	n := 200 + len(k.id) // of the cache itself
	switch v := value.(type) {
	case []byte:
		n += cap(v)
	case *ledger.Thing:
		n += ofThing(v)
	case ledger.Bunch:
		n += ofClaims(v.Claims)
	case *ledger.Article:
		if v != nil {
			n += int(unsafe.Sizeof(*v)) + len(v.ID) + len(v.Title) + len(v.Publisher) + len(v.URL) + len(v.Digest) + 40*len(v.Byline)
		}
	case []ledger.ClaimPage:
		for i := range v {
			n += 40 + ofClaims(v[i].Claims)
		}
	case *ledger.ListPage:
		for i := range v.Items {
			n += ofThing(&v.Items[i].Thing) + 80
		}
	case *ledger.Tally:
		n += 60 * (len(v.Months) + len(v.Facets))
	case []*ledger.Mention:
		for _, m := range v {
			if m != nil {
				n += int(unsafe.Sizeof(*m)) + 60*(len(m.Struck)+len(m.Cleared)+len(m.Actors)+len(m.Keys)+4*len(m.Arrangements))
			}
		}
	}
	return uint32(min(n, 1<<31))
}

func ofThing(t *ledger.Thing) int {
	if t == nil {
		return 0
	}
	return int(unsafe.Sizeof(*t)) + len(t.ID) + len(t.Name) + 40*(2+len(t.Aliases)+len(t.FormerGSS)+len(t.Successors)+len(t.Mentions))
}

func ofClaims(claims []*ledger.Claim) int {
	n := 0
	for _, c := range claims {
		n += 8 + int(unsafe.Sizeof(*c)) + len(c.Quote) + len(c.Value) + 200 // ids and names
	}
	return n
}
