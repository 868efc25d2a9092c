// Things, articles and claims are kept packed, as ledger.Pack… has them, beside the properties that people read. What was kept
// before that is packed by repack, in pack.go. Things that exist only while a claim of them stands, and have none now, are marked as
// claimless.
