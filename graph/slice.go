package graph

import (
	"bytes"
	"context"
	"io"

	"github.com/99designs/gqlgen/graphql"
)

// marshalSlice is gqlgen's MarshalSliceConcurrently without goroutines; tools/generate.sh says why. A panic ends the
// list as it would there.
func marshalSlice(ctx context.Context, length int, _ int64, _ bool, element func(context.Context, int) graphql.Marshaler) (all graphql.Array) {
	at := ctx
	defer func() {
		if r := recover(); r != nil {
			graphql.AddError(at, graphql.Recover(at, r))
			all = nil
		}
	}()
	all = make(graphql.Array, length)
	for i := range length {
		at = graphql.WithFieldContext(ctx, &graphql.FieldContext{Index: &i})
		all[i] = element(at, i)
	}
	return all
}

// startBuffer is how many bytes of an answer there is room for before its buffer has to grow.
const startBuffer = 2 << 10

// An object is the fields of an answer's object with their values; tools/generate.sh says what it is for.
type object struct {
	fields []graphql.CollectedField
	values []graphql.Marshaler
}

// MarshalGQL writes it, of fields of one name the first. Names have no letter that JSON escapes.
func (o object) MarshalGQL(w io.Writer) {
	buf, ok := w.(*bytes.Buffer)
	if !ok {
		buf = &bytes.Buffer{}
		defer func() { _, _ = w.Write(buf.Bytes()) }()
	}
	buf.WriteByte('{')
	for i := range o.fields {
		name := o.fields[i].Alias
		if o.has(i, name) {
			continue
		}
		if i > 0 {
			buf.WriteByte(',')
		}
		buf.WriteByte('"')
		buf.WriteString(name)
		buf.WriteString(`":`)
		o.values[i].MarshalGQL(buf)
	}
	buf.WriteByte('}')
}

// has is whether one of the first n fields has a name.
func (o object) has(n int, name string) bool {
	for i := range n {
		if o.fields[i].Alias == name {
			return true
		}
	}
	return false
}
