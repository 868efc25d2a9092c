package main

import (
	"fmt"
	"io"

	"github.com/schollz/progressbar/v3"
)

// A progress is drawn as a bar on a terminal, and written as plain lines elsewhere.
type progress struct {
	w   io.Writer
	bar *progressbar.ProgressBar // nil where it is no terminal
}

func (s *session) newProgress() *progress {
	p := &progress{w: s.err}
	if s.Terminal {
		p.bar = progressbar.NewOptions(-1, progressbar.OptionSetWriter(s.err), progressbar.OptionSetDescription("loading"),
			progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetItsString("articles"), progressbar.OptionClearOnFinish())
	}
	return p
}

// expect says how many articles there are at least.
func (p *progress) expect(n int) {
	if p.bar != nil {
		p.bar.ChangeMax(n)
	}
}

// expectMore says that there is one more than was expected.
func (p *progress) expectMore() {
	if p.bar != nil {
		p.bar.ChangeMax(p.bar.GetMax() + 1)
	}
}

// done counts articles. What a terminal cannot show is not worth failing for.
func (p *progress) done(n int) {
	if p.bar != nil {
		_ = p.bar.Add(n)
	}
}

// say writes a plain line where no bar is drawn.
func (p *progress) say(format string, args ...any) {
	if p.bar == nil {
		fmt.Fprintf(p.w, format+"\n", args...)
	}
}

// clear makes room for a line of another kind.
func (p *progress) clear() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

// end takes the bar away.
func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
