package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/coder/websocket"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"spillover/ledger"
)

// sockets accept WebSockets.
type sockets struct {
	origin func(*http.Request) bool
}

const subprotocol = "graphql-transport-ws"

// checked answers requests for a WebSocket that are refused: those from pages of other origins, which CORS does not keep
// from opening one, and those that do not offer graphql-transport-ws.
func (s sockets) checked(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = r.WithContext(context.WithValue(r.Context(), connectionKey, &ending{}))
		if r.Header.Get("Upgrade") == "" {
			next.ServeHTTP(w, r)
			return
		}
		allowed := s.origin
		if allowed == nil {
			allowed = own
		}
		offered := strings.FieldsFunc(strings.Join(r.Header.Values("Sec-WebSocket-Protocol"), ","), func(c rune) bool { return c == ',' || c == ' ' })
		switch {
		case r.Header.Get("Origin") != "" && !allowed(r):
			refuse(w, typeJSON, http.StatusForbidden, ledger.Invalid, "pages of the origin %q may not open a WebSocket here", r.Header.Get("Origin"))
		case !slices.Contains(offered, subprotocol):
			refuse(w, typeJSON, http.StatusBadRequest, ledger.Invalid, "offer the WebSocket subprotocol %s", subprotocol)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// own is whether a page comes from the host that it asks.
func own(r *http.Request) bool {
	origin, err := url.Parse(r.Header.Get("Origin"))
	return err == nil && strings.EqualFold(origin.Host, r.Host)
}

// Accept opens a connection whose request was checked.
func (sockets) Accept(w http.ResponseWriter, r *http.Request, _ transport.WebsocketAcceptOptions) (transport.WebsocketConn, error) {
	accept := transport.CoderWebsocketImplementation{AcceptOptions: websocket.AcceptOptions{InsecureSkipVerify: true}} // the origin has been checked
	c, err := accept.Accept(w, r, transport.WebsocketAcceptOptions{Subprotocols: []string{subprotocol}})
	if err != nil {
		return nil, err
	}
	return &socket{WebsocketConn: c, end: endingOf(r.Context(), connectionKey), active: map[string]bool{}, over: map[string]bool{}}, nil
}

// A socket holds a connection to the protocol where gqlgen's transport does not: it closes with the protocol's codes,
// answers a ping before the initialisation, sends no complete after an error, and does not wait for ever for a client
// that does not read.
type socket struct {
	transport.WebsocketConn
	end    *ending
	mu     sync.Mutex
	silent *time.Timer     // runs while a sign of life is awaited
	ready  bool            // whether the initialisation came
	shut   bool            // whether the close has been sent, after which nothing is
	active map[string]bool // operations that the transport has not completed
	over   map[string]bool // those of them of which the client hears no more: it completed them, or had their error
}

// Codes that the protocol closes with.
const (
	closeBadMessage    = 4400
	closeUnauthorized  = 4401 // subscribing before the initialisation was acknowledged
	closeInitTimeout   = 4408
	closeKnownID       = 4409
	closeInitTwice     = 4429
	closeProtocolError = transport.WebsocketCloseProtocolError // what gqlgen closes with in place of these
)

const (
	mostOperations = 50               // at once on one connection
	writeTimeout   = 10 * time.Second // of one message of a stream
)

// A socketMessage is a message in either direction.
type socketMessage struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// NextReader gives the next message that the transport is to see.
func (s *socket) NextReader() (int, io.Reader, error) {
	for {
		kind, r, err := s.WebsocketConn.NextReader()
		if err != nil {
			return kind, nil, err
		}
		text, err := io.ReadAll(r)
		if err != nil {
			return kind, nil, err
		}
		var m socketMessage
		if json.Unmarshal(text, &m) != nil {
			m = socketMessage{} // which is of no type
		}
		pass, err := s.take(&m)
		if err != nil {
			return kind, nil, err
		}
		if pass {
			return kind, bytes.NewReader(text), nil
		}
	}
}

// take decides on a message from the client: whether it is for the transport, or ends the connection.
func (s *socket) take(m *socketMessage) (pass bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch m.Type {
	case "connection_init":
		if s.ready {
			return false, s.close(closeInitTwice, "Too many initialisation requests")
		}
		var parameters map[string]any
		if m.Payload != nil && json.Unmarshal(m.Payload, &parameters) != nil {
			return false, s.close(closeBadMessage, "the payload of connection_init must be an object")
		}
		s.ready = true
		return true, nil
	case "ping":
		if !s.ready {
			return false, s.send(socketMessage{Type: "pong", Payload: m.Payload})
		}
		return true, nil
	case "pong":
		return s.ready, nil
	case "subscribe":
		switch {
		case !s.ready:
			return false, s.close(closeUnauthorized, "Unauthorized")
		case m.ID == "":
			return false, s.close(closeBadMessage, "subscribe needs an id")
		case s.active[m.ID]:
			return false, s.close(closeKnownID, "Subscriber for "+m.ID+" already exists")
		case len(s.active) >= mostOperations:
			refusal := coded(ledger.TooLarge, "this connection has %d operations under way, and no more are answered; complete some or open another", mostOperations)
			payload, err := json.Marshal(gqlerror.List{refusal})
			if err != nil {
				return false, err
			}
			return false, s.send(socketMessage{ID: m.ID, Type: "error", Payload: payload})
		}
		s.active[m.ID] = true
		return true, nil
	case "complete":
		if s.active[m.ID] {
			s.over[m.ID] = true
		}
		return s.ready, nil
	}
	return false, s.close(closeBadMessage, "a message is one JSON object with a type of the protocol")
}

// close ends the connection with a code of the protocol.
func (s *socket) close(code int, reason string) error {
	s.shut = true
	if len(reason) > 120 { // a close frame has room for 123 bytes
		reason = strings.ToValidUTF8(reason[:120], "")
	}
	if err := s.WebsocketConn.WriteClose(code, reason); err != nil {
		return err
	}
	return transport.ErrWebsocketClosed
}

// WriteJSON sends a message of the transport's.
func (s *socket) WriteJSON(v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	var m socketMessage
	if err := json.Unmarshal(text, &m); err != nil {
		return err
	}
	if s.told(&m) {
		return s.send(json.RawMessage(text))
	}
	return nil
}

// told is whether the client is to hear a message of the transport's.
func (s *socket) told(m *socketMessage) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	over := s.over[m.ID]
	switch m.Type {
	case "error":
		s.over[m.ID] = true
	case "complete":
		delete(s.active, m.ID)
		delete(s.over, m.ID)
	}
	return !over && !s.shut
}

// send writes a message, and closes the connection where that takes too long.
func (s *socket) send(v any) error {
	late := time.AfterFunc(writeTimeout, s.drop)
	defer late.Stop()
	return s.WebsocketConn.WriteJSON(v)
}

// WriteClose closes with the protocol's code for what gqlgen closes with its own.
func (s *socket) WriteClose(code int, reason string) error {
	if code == closeProtocolError {
		code = closeBadMessage
		if strings.Contains(reason, "timeout") {
			code, reason = closeInitTimeout, "Connection initialisation timeout"
		}
	}
	return s.WebsocketConn.WriteClose(code, reason)
}

// SetReadLimit bounds the size of a message.
func (s *socket) SetReadLimit(limit int64) {
	if c, ok := s.WebsocketConn.(transport.WebsocketReadLimiter); ok {
		c.SetReadLimit(limit)
	}
}

// SetReadDeadline ends the connection where nothing is read by then, not even the answer to a ping: that client has not kept up.
func (s *socket) SetReadDeadline(t time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.silent != nil {
		s.silent.Stop()
		s.silent = nil
	}
	if !t.IsZero() {
		s.silent = time.AfterFunc(time.Until(t), s.drop)
	}
	return nil
}

// drop ends the connection of a client that does not keep up.
func (s *socket) drop() {
	s.end.late.Store(true)
	s.WebsocketConn.Close()
}

// Close ends the connection without a word.
func (s *socket) Close() error {
	_ = s.SetReadDeadline(time.Time{})
	return s.WebsocketConn.Close()
}
