package graph

import "spillover/ledger"

// errMoved is for what a first call found and a second did not.
var errMoved = ledger.Errorf(ledger.Unavailable, "the graph changed while this was being answered; ask again")
