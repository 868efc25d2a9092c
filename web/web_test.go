package web

import (
	"io/fs"
	"strings"
	"testing"
)

// A server that was built without the pages says how to build them, on a page that needs nothing but what is committed.
func TestUnbuilt(t *testing.T) {
	t.Parallel()
	var page strings.Builder
	if err := unbuilt.Execute(&page, struct{ Page string }{"explorer"}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"The explorer is not built in", "make run", "/static/unbuilt.css", "/graphql"} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page lacks %q:\n%s", want, &page)
		}
	}
	for _, name := range []string{"unbuilt.css", "icon.svg"} {
		if _, err := fs.Stat(Site(), name); err != nil {
			t.Error(err)
		}
	}
}
