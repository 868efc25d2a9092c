package ledger

import (
	"reflect"
	"strings"
	"testing"
)

// filled sets every field of a struct to something of its own.
func filled(v any) {
	s := reflect.ValueOf(v).Elem()
	for i := range s.NumField() {
		name := s.Type().Field(i).Name
		switch f := s.Field(i); f.Kind() {
		case reflect.String:
			f.SetString("the " + name + ",\n\t“of” it")
		case reflect.Int:
			f.SetInt(int64(i + 100))
		case reflect.Bool:
			f.SetBool(true)
		case reflect.Slice:
			if f.Type().Elem().Kind() == reflect.String {
				f.Set(reflect.ValueOf([]string{"first " + name, "second"}))
			}
		}
	}
}

// All fields come back, of what has all and of what has none.
func TestPacked(t *testing.T) {
	for _, fill := range []func(any){filled, func(any) {}} {
		var claim, claim2 Claim
		fill(&claim)
		lean, words := PackClaim(&claim)
		if err := UnpackClaim(lean, &claim2); err != nil {
			t.Fatal(err)
		}
		if err := UnpackWords(words, &claim2); err != nil || claim2 != claim {
			t.Errorf("%v %+v", err, claim2)
		}
		var thing, thing2 Thing
		fill(&thing)
		if err := UnpackThing(PackThing(&thing), &thing2); err != nil || !reflect.DeepEqual(thing, thing2) {
			t.Errorf("%v %+v", err, thing2)
		}
		var article, article2 Article
		fill(&article)
		article.Text, article.Sketch = "", nil
		if err := UnpackArticle(PackArticle(&article), &article2); err != nil || !reflect.DeepEqual(article, article2) {
			t.Errorf("%v %+v", err, article2)
		}
	}
}

// What is in a field comes back, separators and escapes among it.
func FuzzPack(f *testing.F) {
	for _, s := range []string{"", "a", unit, record, escape, nothing, escape + "u", "a" + unit + "b" + record + escape, escape + escape + "n"} {
		f.Add(s, "second")
		f.Add("first", s)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		claim, claim2 := Claim{ID: a, Value: b, Quote: a, Speaker: b, Start: 3}, Claim{}
		lean, words := PackClaim(&claim)
		if err := UnpackClaim(lean, &claim2); err != nil {
			t.Fatal(err)
		}
		if err := UnpackWords(words, &claim2); err != nil || claim2 != claim {
			t.Errorf("%v %+v, want %+v", err, claim2, claim)
		}
		thing, thing2 := Thing{Name: b, Aliases: []string{a, b}, Mentions: []string{a}, Successors: []string{b, "", a}}, Thing{}
		if err := UnpackThing(PackThing(&thing), &thing2); err != nil || !reflect.DeepEqual(thing, thing2) {
			t.Errorf("%v %+v, want %+v", err, thing2, thing)
		}
		article, article2 := Article{Title: a, Byline: []string{"", a}, Reason: b}, Article{}
		if err := UnpackArticle(PackArticle(&article), &article2); err != nil || !reflect.DeepEqual(article, article2) {
			t.Errorf("%v %+v, want %+v", err, article2, article)
		}
	})
}

// What is not whole is not taken for packed.
func TestNotPacked(t *testing.T) {
	for _, s := range []string{"", "a", strings.Repeat(unit, 30)} {
		if UnpackClaim(s, new(Claim)) == nil || UnpackWords(s, new(Claim)) == nil || UnpackThing(s, new(Thing)) == nil || UnpackArticle(s, new(Article)) == nil {
			t.Errorf("%q is taken for packed", s)
		}
	}
}

// BenchmarkPack writes and reads one claim as stores keep it, whole and lean.
func BenchmarkPack(b *testing.B) {
	var claim Claim
	filled(&claim)
	lean, words := PackClaim(&claim)
	b.Run("write", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			PackClaim(&claim)
		}
	})
	for name, whole := range map[string]bool{"read lean": false, "read whole": true} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				var c Claim
				err := UnpackClaim(lean, &c)
				if err == nil && whole {
					err = UnpackWords(words, &c)
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
