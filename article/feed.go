package article

import "io"

func eachItem(r io.Reader, yield yielder) {}
