package article

import "spillover/ledger"

func fromHTML(raw []byte, o Options) (ledger.Article, error) { return ledger.Article{}, nil }
