package extract

import "testing"

// Each pattern can be compiled: some would only be when an article has what they need.
func TestPatterns(t *testing.T) {
	t.Parallel()
	for _, p := range patterns {
		func() {
			defer func() {
				if r := recover(); r != nil {
					t.Errorf("%s: %v", p.text, r)
				}
			}()
			p.compiled()
		}()
	}
}
