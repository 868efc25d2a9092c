package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"spillover/ledger"
)

// overHTTP answers GET and POST as GraphQL over HTTP says, and streams by server-sent events in the distinct connections
// mode. gqlgen's own transports differ from both in status codes, and quote bodies back in their errors.
type overHTTP struct {
	store   ledger.Store
	version string
}

const (
	typeJSON     = "application/json"
	typeResponse = "application/graphql-response+json"
	typeEvents   = "text/event-stream"
)

// Supports all that is no WebSocket.
func (overHTTP) Supports(r *http.Request) bool { return r.Header.Get("Upgrade") == "" }

// Do answers one request.
func (t overHTTP) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	accepted := accepts(r)
	if accepted == "" {
		refuse(w, typeJSON, http.StatusNotAcceptable, ledger.Invalid, "answers come as %s, %s or %s; accept one of them", typeResponse, typeJSON, typeEvents)
		return
	}
	w.Header().Add("Vary", "Accept")
	params, status, err := question(r)
	if err != nil {
		if status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", "GET, POST")
		}
		refuse(w, accepted, status, ledger.Invalid, "%s", err)
		return
	}
	ctx := r.Context()
	operation, faults := exec.CreateOperationContext(ctx, params)
	if faults != nil {
		answer := exec.DispatchError(graphql.WithOperationContext(ctx, operation), faults)
		if accepted == typeEvents {
			stream(w, r, func() *graphql.Response { defer func() { answer = nil }(); return answer })
			return
		}
		status := http.StatusOK
		if accepted == typeResponse {
			status = http.StatusBadRequest
		}
		write(w, accepted, status, answer)
		return
	}
	if r.Method == http.MethodGet && operation.Operation.Operation == ast.Mutation {
		w.Header().Set("Allow", "POST")
		refuse(w, accepted, http.StatusMethodNotAllowed, ledger.Invalid, "GET is for queries alone; send mutations by POST")
		return
	}
	if operation.Operation.Operation == ast.Subscription && accepted != typeEvents {
		refuse(w, accepted, http.StatusNotAcceptable, ledger.Invalid, "subscriptions come as server-sent events (accept %s) or by WebSocket (%s)", typeEvents, subprotocol)
		return
	}
	tag := ""
	if r.Method == http.MethodGet && accepted != typeEvents && repeatable(operation) {
		if tag = t.tag(r, accepted); tag != "" && matches(r, tag) {
			w.Header().Set("ETag", tag)
			w.Header().Set("Cache-Control", "no-cache")
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	next, ctx := exec.DispatchOperation(ctx, operation)
	if accepted == typeEvents {
		stream(w, r, func() *graphql.Response { return next(ctx) })
		return
	}
	answer := next(ctx)
	if tag != "" && answer != nil && len(answer.Errors) == 0 {
		w.Header().Set("ETag", tag)
		w.Header().Set("Cache-Control", "no-cache") // keep it, and ask each time whether it still holds
	}
	write(w, accepted, http.StatusOK, answer)
}

// tag is the entity tag of the answer to a GET: the same question has the same answer as long as the graph's revision and the
// server are the same. The revision is read before the answer is made, so that a tag is never newer than its answer. The day is part of it as it is
// of what an answer is kept under.
func (t overHTTP) tag(r *http.Request, accepted string) string {
	revision, err := t.store.Revision(r.Context())
	if err != nil {
		return "" // the answer will say what is wrong
	}
	return `W/"` + ledger.Digest(strconv.FormatInt(revision, 10), string(ledger.Today()), t.version, accepted, r.URL.RawQuery)[:24] + `"`
}

// matches is whether the client has the answer with a tag.
func matches(r *http.Request, tag string) bool {
	for given := range strings.SplitSeq(strings.Join(r.Header.Values("If-None-Match"), ","), ",") {
		if given = strings.TrimSpace(given); given == "*" || given == tag || "W/"+given == tag {
			return true
		}
	}
	return false
}

// accepts is the first media type of the request's that answers come in; JSON where it names none.
func accepts(r *http.Request) string {
	header := strings.Join(r.Header.Values("Accept"), ",")
	if strings.TrimSpace(header) == "" {
		return typeJSON
	}
	for part := range strings.SplitSeq(header, ",") {
		media, options, err := mime.ParseMediaType(strings.TrimSpace(part))
		if charset := options["charset"]; err != nil || charset != "" && !strings.EqualFold(charset, "utf-8") {
			continue
		}
		switch media {
		case "*/*", "application/*":
			return typeJSON
		case typeJSON, typeResponse, typeEvents:
			return media
		}
	}
	return ""
}

// question reads what a request asks; on an error with the status that it means.
func question(r *http.Request) (*graphql.RawParams, int, error) {
	start := graphql.Now()
	fields := map[string]json.RawMessage{}
	switch r.Method {
	case http.MethodGet:
		query, err := url.ParseQuery(r.URL.RawQuery)
		if err != nil {
			return nil, http.StatusBadRequest, errors.New("the URL's query cannot be read; escape it")
		}
		for _, name := range []string{"query", "operationName", "documentId"} {
			if query.Has(name) {
				fields[name], _ = json.Marshal(query.Get(name)) // a string: no error
			}
		}
		for _, name := range []string{"variables", "extensions"} {
			if value := query.Get(name); value != "" {
				fields[name] = json.RawMessage(value)
			}
		}
	case http.MethodPost:
		media, options, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
		if charset := options["charset"]; err != nil || media != typeJSON || charset != "" && !strings.EqualFold(charset, "utf-8") {
			return nil, http.StatusUnsupportedMediaType, errors.New("send the body as application/json in UTF-8")
		}
		body, err := io.ReadAll(r.Body) // package httpd bounds it
		if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
			return nil, http.StatusRequestEntityTooLarge, errors.New("the body is too large; send fewer articles at once")
		}
		if err != nil {
			return nil, http.StatusBadRequest, errors.New("the body ended too early")
		}
		if json.Unmarshal(body, &fields) != nil || fields == nil {
			return nil, http.StatusBadRequest, errors.New("the body is not one JSON object; batches of several are not answered")
		}
	default:
		return nil, http.StatusMethodNotAllowed, errors.New("use GET or POST")
	}
	params := &graphql.RawParams{Headers: r.Header}
	for name, into := range map[string]any{"query": &params.Query, "operationName": &params.OperationName, "variables": &params.Variables,
		"extensions": &params.Extensions} {
		value, ok := fields[name]
		if !ok {
			continue
		}
		decoder := json.NewDecoder(bytes.NewReader(value))
		decoder.UseNumber()
		if err := decoder.Decode(into); err != nil || decoder.More() {
			what := "a string"
			if name == "variables" || name == "extensions" {
				what = "an object"
			}
			return nil, http.StatusBadRequest, errors.New(name + " must be " + what)
		}
	}
	if id, ok := fields["documentId"]; ok { // the name of the digest in the GraphQL over HTTP draft on persisted documents
		var digest string
		if json.Unmarshal(id, &digest) != nil || digest == "" {
			return nil, http.StatusBadRequest, errors.New("documentId must be a string")
		}
		params.Extensions = map[string]any{"persistedQuery": map[string]any{"version": json.Number("1"), "sha256Hash": strings.TrimPrefix(digest, "sha256:")}}
	}
	if strings.TrimSpace(params.Query) == "" && persisted(params.Extensions) == "" {
		return nil, http.StatusBadRequest, errors.New("query is missing; send the GraphQL document as query")
	}
	params.ReadTime = graphql.TraceTiming{Start: start, End: graphql.Now()}
	return params, 0, nil
}

// refuse answers a request that is no question.
func refuse(w http.ResponseWriter, media string, status int, code ledger.ErrorKind, format string, args ...any) {
	if media == typeEvents {
		media = typeJSON
	}
	write(w, media, status, &graphql.Response{Errors: gqlerror.List{coded(code, format, args...)}})
}

func write(w http.ResponseWriter, media string, status int, answer *graphql.Response) {
	w.Header().Set("Content-Type", media+"; charset=utf-8")
	w.WriteHeader(status)
	w.Write(encode(answer)) // an error means that the client is gone
}

// encode is an answer as JSON. An answer to a question that was not carried out has no data, not even null.
func encode(answer *graphql.Response) []byte {
	if answer == nil { // the operation was cancelled before it began
		answer = &graphql.Response{Errors: gqlerror.List{coded(codeCancelled, "the operation was cancelled")}}
	}
	var out bytes.Buffer
	out.Grow(len(answer.Data) + 64)
	out.WriteByte('{')
	if len(answer.Errors) > 0 {
		list, err := json.Marshal(answer.Errors)
		if err != nil { // an extension that is no JSON; there is none
			list = []byte(`[{"message":"internal error"}]`)
		}
		out.WriteString(`"errors":`)
		out.Write(list)
	}
	if answer.Data != nil {
		if out.Len() > 1 {
			out.WriteByte(',')
		}
		out.WriteString(`"data":`)
		out.Write(answer.Data)
	}
	out.WriteByte('}')
	return out.Bytes()
}

// stream sends answers as server-sent events until there is none, and signs of life in between.
func stream(w http.ResponseWriter, r *http.Request, next func() *graphql.Response) {
	w.Header().Set("Content-Type", typeEvents+"; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	w.WriteHeader(http.StatusOK)
	control := http.NewResponseController(w)
	send := func(event string) bool {
		// A write that fails ends the request's context, and so the subscription; why must be known before.
		late := time.AfterFunc(writeTimeout, func() {
			endingOf(r.Context(), connectionKey).late.Store(true)
			_ = control.SetWriteDeadline(time.Now())
		})
		defer late.Stop()
		_, err := io.WriteString(w, event)
		if err == nil {
			err = control.Flush()
		}
		return err == nil
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	answers := make(chan []byte)
	go func() {
		defer close(answers)
		for {
			answer := next()
			if answer == nil {
				return
			}
			select {
			case answers <- encode(answer):
			case <-ctx.Done():
				for next() != nil { // to the end, which is counted; it is near, because the request is over
				}
				return
			}
		}
	}()
	alive := time.NewTicker(pingEvery)
	defer alive.Stop()
	for going := send(":\n\n"); going; {
		select {
		case answer, ok := <-answers:
			if !ok {
				send("event: complete\ndata:\n\n")
				return
			}
			going = send("event: next\ndata: " + string(answer) + "\n\n")
		case <-alive.C:
			going = send(":\n\n")
		case <-ctx.Done():
			return
		}
	}
}

// Errors of validation and parsing, so that GetErrorKind knows those of limits too.
func init() { errcode.RegisterErrorType(string(ledger.TooLarge), errcode.KindProtocol) }
