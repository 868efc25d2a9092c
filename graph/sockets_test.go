package graph_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/prometheus/client_golang/prometheus"

	"spillover/graph"
)

// Each exchange of messages goes as graphql-transport-ws says.
func TestSocketProtocol(t *testing.T) {
	t.Parallel()
	a := newAPI(t, embedded(t), graph.Options{})
	const (
		begin    = `> {"type":"connection_init"}`
		ack      = `< {"type":"connection_ack"}`
		ask      = `> {"id":"q","type":"subscribe","payload":{"query":"{info {store}}"}}`
		answered = `< {"payload":{"data":{"info":{"store":"sqlite"}}},"id":"q","type":"next"}`
		done     = `< {"id":"q","type":"complete"}`
		watch    = `> {"id":"1","type":"subscribe","payload":{"query":"subscription {graphChanged {revision}}"}}`
	)
	for name, script := range map[string][]string{ // > is sent, < is heard, or a part of it, and then the code of the close
		"a query":                               {begin, ack, ask, answered, done},
		"a query again under its id":            {begin, ack, ask, answered, done, ask, answered, done},
		"a ping before the beginning":           {`> {"type":"ping","payload":{"n":1}}`, `< "type":"pong"`, begin, ack, ask, answered, done},
		"a ping":                                {begin, ack, `> {"type":"ping","payload":{"n":1}}`, `< {"payload":{"n":1},"type":"pong"}`},
		"a pong before the beginning":           {`> {"type":"pong"}`, begin, ack, ask, answered, done},
		"two beginnings":                        {begin, ack, begin, "4429"},
		"parameters that are no object":         {`> {"type":"connection_init","payload":5}`, "4400"},
		"a subscription before the beginning":   {watch, "4401"},
		"an id twice":                           {begin, ack, watch, watch, "4409"},
		"no id":                                 {begin, ack, `> {"type":"subscribe","payload":{"query":"{info {store}}"}}`, "4400"},
		"no JSON":                               {begin, ack, `> hello`, "4400"},
		"no JSON at the beginning":              {`> hello`, "4400"},
		"no type that is known":                 {begin, ack, `> {"type":"start"}`, "4400"},
		"a refused operation, and its id again": {begin, ack, `> {"id":"q","type":"subscribe","payload":{"query":"{nothing}"}}`, `< "type":"error"`, ask, answered, done},
		"a payload that is no question":         {begin, ack, `> {"id":"q","type":"subscribe","payload":5}`, `< "type":"error"`, ask, answered, done},
		"an operation that the client ends":     {begin, ack, watch, `> {"id":"1","type":"complete"}`, ask, answered, done},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := a.dial(t, &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
			if err != nil {
				t.Fatal(err)
			}
			for _, step := range script {
				if text, ok := strings.CutPrefix(step, "> "); ok {
					if err := c.Write(t.Context(), websocket.MessageText, []byte(text)); err != nil {
						t.Fatal(err)
					}
					continue
				}
				_, heard, err := c.Read(t.Context())
				if part, ok := strings.CutPrefix(step, "< "); ok {
					if err != nil || !strings.Contains(string(heard), part) {
						t.Fatalf("heard %s, %v; want %s", heard, err, part)
					}
				} else if code := websocket.CloseStatus(err); fmt.Sprint(int(code)) != step {
					t.Fatalf("heard %s, %v; want it closed with %s", heard, err, step)
				}
			}
		})
	}
}

// One connection has a bounded number of operations.
func TestSocketOperations(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	a := newAPI(t, embedded(t), graph.Options{Metrics: registry})
	c, err := a.dial(t, &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { // when all have ended, nothing uses the store any more
		c.CloseNow()
		for range 500 {
			if ended(t, registry) == 50 {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
		t.Errorf("%v subscriptions have ended, not 50", ended(t, registry))
	}()
	send := func(text string) {
		if err := c.Write(t.Context(), websocket.MessageText, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	send(`{"type":"connection_init"}`)
	for n := range 51 {
		send(fmt.Sprintf(`{"id":"%d","type":"subscribe","payload":{"query":"subscription {graphChanged {revision}}"}}`, n))
	}
	for {
		_, heard, err := c.Read(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(heard), `"type":"error"`) {
			if !strings.Contains(string(heard), `"id":"50"`) || !strings.Contains(string(heard), "LIMIT_EXCEEDED") {
				t.Errorf("%s", heard)
			}
			return
		}
	}
}

// ended is how many operations the metrics have counted.
func ended(t *testing.T, registry *prometheus.Registry) (n float64) {
	t.Helper()
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() == "spillover_operations_total" {
			for _, m := range f.GetMetric() {
				n += m.GetCounter().GetValue()
			}
		}
	}
	return n
}
