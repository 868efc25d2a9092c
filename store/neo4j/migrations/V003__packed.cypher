// Things, articles and claims are kept packed, as ledger.Pack… has them, beside the properties that people read. What was kept
// before that is packed by repack, in pack.go.
