package ledger

import "context"

// A Store keeps the graph. Its methods may be called from many goroutines at once. They return an [Error]
// of kind Unavailable where the database cannot be reached, and the context's error where it ended; then
// nothing was written.
//
// at is the day of knowledge: a method sees the versions, claims and aliases with KnownFrom ≤ at < KnownUntil.
// The moment [Undated] is now. Results of batch methods are aligned with the ids asked for.
type Store interface {
	// Name is what the store is called in [Query.info]: "sqlite" or "neo4j".
	Name() string

	// Revision counts the changes of the graph. It is the same only where nothing changed.
	Revision(ctx context.Context) (int64, error)

	// Things gives the thing of each id, nil where there is none, and for articles, which [Store.Articles] gives. A thing
	// that exists at that day gives itself; another id gives the thing that its alias at that day leads to, of several
	// aliases the one with the smallest To, and so on; a loop gives nil. A thing that records contribute is as the
	// earliest of them has it (by KnownFrom, then article id); from that record's KnownFrom it exists where it is
	// Reference or where a claim from or to it stands. Versions that were put exist by their own days.
	Things(ctx context.Context, ids []string, at Date) ([]*Thing, error)

	// List gives one page of the things of one kind, in the order asked for.
	List(ctx context.Context, q ListQuery) (*ListPage, error)

	// Tally counts the things of a list, whatever its order and page.
	Tally(ctx context.Context, q ListQuery, names []string) (*Tally, error)

	// Search gives the things that have, for every word of q.Words, a term that begins with it. See [SearchQuery]
	// for their order.
	Search(ctx context.Context, q SearchQuery) (*ListPage, error)

	// Claims gives claims: those of each id in q.IDs, or of the whole graph where it is nil (then one page).
	Claims(ctx context.Context, q ClaimQuery) ([]ClaimPage, error)

	// Gather gives things with all that reaches want of them, as [Store.Things], [Store.Claims] and [Store.Articles] would,
	// from one state of the graph. It is nil where a store had rather be asked one by one: for an id that leads to another
	// thing, or for more than it gives at once.
	Gather(ctx context.Context, ids []string, at Date, reaches []Reach) (*Gathered, error)

	// Articles gives the article of each id, nil where there is none or it is not known at that day. Text and
	// Sketch are left out unless withText.
	Articles(ctx context.Context, ids []string, at Date, withText bool) ([]*Article, error)

	// Mentions gives the mention of each id as its record has it, nil where there is none or its article is not known at
	// that day. What incident it is part of, [Store.Things] says.
	Mentions(ctx context.Context, ids []string, at Date) ([]*Mention, error)

	// Spans gives for each thing (no merged ids) the first and last AssertedOn of the claims from or to it that stand
	// at that day, "" where none is dated. Claims of data sets do not count.
	Spans(ctx context.Context, ids []string, at Date) ([]SpanOf, error)

	// Counts gives the number of things of each kind, zero or more, and of claims under the key "Claim". Articles are
	// those from news.
	Counts(ctx context.Context, at Date) (map[string]int, error)

	// Records calls yield with every record in the order of their article's ids, a few at a time.
	// What is written meanwhile may or may not be seen. yield may call the store; its error ends the call and is returned.
	Records(ctx context.Context, yield func(*Record) error) error

	// Judgements gives all judgements in the order of their ids.
	Judgements(ctx context.Context) ([]Judgement, error)

	// Acts gives a page of the acts, the newest first.
	Acts(ctx context.Context, q ActQuery) (*ActPage, error)

	// Changes gives the changes after a revision, oldest first. ok is false where they are no longer kept
	// (a store keeps the last thousand). After the newest revision there are none, and ok is true.
	Changes(ctx context.Context, since int64) (changes []GraphChange, ok bool, err error)

	// Update runs f in one transaction, alone among all writers of all processes, and commits where it returns
	// nil. f's error is returned as it is, a panic goes on, and either leaves nothing written. f may be run again after
	// a failure of the database, so it must have no other effect. The revision grows by one where f applied a change
	// that is not empty, or reset. The change is logged under the ids of the records' articles, of the things of the
	// versions, of the aliases (ID alone), and From and To of the claims that were dropped and put.
	Update(ctx context.Context, f func(Tx) error) error

	// Close releases the database.
	Close(ctx context.Context) error
}

// A Tx is the ledger inside one Update: it sees what it has applied.
type Tx interface {
	// Records gives the record of each article, nil where there is none. Of an article that is found absent nothing is looked
	// for when it is put: it has no contributions, mentions or claims.
	Records(ctx context.Context, articles []string) ([]*Record, error)

	// MentionsByKey gives the mentions that have any of the keys, in the order of their ids, each once.
	MentionsByKey(ctx context.Context, keys []string) ([]Mention, error)

	// MentionsByID gives the mentions that there are among ids, in the order of their ids.
	MentionsByID(ctx context.Context, ids []string) ([]Mention, error)

	// ArticlesAbout gives the ids of the articles whose records contribute any of the things, in order.
	ArticlesAbout(ctx context.Context, things []string) ([]string, error)

	// Judgements gives all judgements in the order of their ids.
	Judgements(ctx context.Context) ([]Judgement, error)

	// Things gives the thing of each id as [Store.Things] does, of now.
	Things(ctx context.Context, ids []string) ([]*Thing, error)

	// Apply writes a change. What is put replaces what is there under the same key: a record that of its article, in
	// whole. It lists the things that records contribute by [Index] and their articles by [IndexArticle].
	Apply(ctx context.Context, c *Change) error

	// Reset drops all that is derived: claims, versions, aliases, things, search terms. Records and judgements stay.
	// The rest, articles in lists and mentions too, is there again when the records are put again, not before.
	Reset(ctx context.Context) error
}

// A Change is what one Apply writes. Drops come before puts. Dropping what is not there is no error.
type Change struct {
	DropRecords    []string // article ids
	PutRecords     []*Record
	DropJudgements []string // judgement ids
	PutJudgements  []Judgement

	// What is derived of incidents: versions only of things that no record contributes. A claim is known by its ID and KnownFrom, a version by its thing's ID and From,
	// an alias by ID, To, From and Source.
	DropClaims   []Claim
	PutClaims    []Claim
	DropVersions []Version
	PutVersions  []Version
	DropAliases  []Alias
	PutAliases   []Alias

	Act *Act // who made it by hand, at most one in an Update; nil where nobody did
}

// Empty is whether c changes nothing.
func (c *Change) Empty() bool {
	return c.Act == nil && len(c.DropRecords)+len(c.PutRecords)+len(c.DropJudgements)+len(c.PutJudgements)+
		len(c.DropClaims)+len(c.PutClaims)+len(c.DropVersions)+len(c.PutVersions)+len(c.DropAliases)+len(c.PutAliases) == 0
}

// An Order is what a list goes by. Ties go by id, so every order is total.
type Order string

// The orders of lists.
const (
	ByName Order = "NAME" // by Version.Sort
	ByDate Order = "DATE" // by Version.Date; the undated are last, whichever direction
)

// A ListQuery asks for a page of one kind.
type ListQuery struct {
	Kind   Kind
	At     Date
	Facets [][]string // of each group the version has at least one, so none has one of an empty group
	Words  []string   // for each word it has a term that begins with it; see [Terms]
	Since  Date       // Version.Date is not before; "" is no bound. An undated version is outside any bound
	Until  Date       // nor after
	Order  Order
	Desc   bool // the other way round; ids still break ties upwards
	Page   Page
	Then   []Reach // what is going to be read of the things that are listed, see [ListPage]
}

// A Page says which part of a list is asked for. Limit 0 asks for no item, only for the total; HasMore is then false.
type Page struct {
	Limit     int
	After     *Cursor // items after it
	Before    *Cursor // items before it
	Backward  bool    // the last Limit items of the range, still given in the list's order
	WithTotal bool    // count all that match, whatever After and Before say
}

// A Cursor is a place in a list: the key that it goes by (Version.Sort or Version.Date, of a claim AssertedOn, as
// they are) and the id of the item there. The item need not exist any more.
type Cursor struct {
	Rank int // searches only
	Key  string
	ID   string
}

// A ListPage is part of a list.
type ListPage struct {
	Items   []ListItem
	HasMore bool // there are more in the direction of paging
	Total   int  // where asked for

	// What Then wants, of one state with the list. It is nil where nothing is wanted, and where a store had rather be asked for it.
	Gathered *Gathered
}

// A ListItem is a thing in a list with its place.
type ListItem struct {
	Thing  Thing
	Cursor Cursor
}

// A Tally is how many things there are in a list.
type Tally struct {
	Total  int
	Months map[string]int // by the month of Version.Date, "2025-11"; "" are the undated
	Facets map[string]int // by each facet "name:value" that has one of the names asked for, and no "@" in its value
}

// A SearchQuery asks for things by words. They come in the order of rank, then Sort, then id. The rank is 0
// where Sort is Key, 1 where Sort begins with Key, 2 otherwise.
type SearchQuery struct {
	Words []string // not empty; see [Terms]
	Key   string   // [SortKey] of the whole text
	Kinds []Kind   // none: all kinds but Data and Article
	At    Date
	Page  Page
}

// Towards says which end of a claim an id is asked about.
type Towards int

// The ends.
const (
	Either Towards = iota
	Out            // claims from the id
	In             // claims to the id
	MadeBy         // claims of the id, an article
)

// A ClaimQuery asks for claims in the order of AssertedOn downwards (the undated last), then id upwards.
type ClaimQuery struct {
	IDs        []string // ids of things (not merged ones); nil is the whole graph, empty gives no page
	Towards    Towards
	Claims     []string    // claims with one of these ids; none is all
	Predicates []Predicate // none is all
	Article    string      // claims of one article; "" is all
	Values     []string    // claims with one of these values; none is all
	Since      Date        // AssertedOn is not before; "" is no bound. An undated claim is outside any bound
	Until      Date        // nor after
	At         Date
	Lean       bool // Subject, Object, Quote, Start, End, Speaker and the known days are not wanted, and may be left out
	Page       Page // for each id; a Limit below 0 asks for all
}

// A ClaimPage is part of the claims of one id.
type ClaimPage struct {
	Claims  []*Claim
	HasMore bool
	Total   int
}

// ClaimCursor is the place of a claim in a list of claims.
func ClaimCursor(c *Claim) Cursor { return Cursor{Key: string(c.AssertedOn), ID: c.ID} }

// A SpanOf is the days between which something was reported.
type SpanOf struct{ First, Last Date }

// A GraphChange says what one Update changed.
type GraphChange struct {
	Revision int64
	IDs      []string // of articles and things, sorted
}
