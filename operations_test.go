package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// certificate writes a certificate for 127.0.0.1 and its key.
func certificate(t *testing.T) (cert, key string, trusted *x509.CertPool) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	cert, key = filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	err = errors.Join(os.WriteFile(cert, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600),
		os.WriteFile(key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), 0o600))
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	trusted = x509.NewCertPool()
	trusted.AddCert(parsed)
	return cert, key, trusted
}

func TestTLS(t *testing.T) {
	t.Parallel()
	cert, key, trusted := certificate(t)
	m := &Main{Config: configured(func(c *Config) {
		c.DB, c.Samples, c.TLSCert, c.TLSKey = filepath.Join(t.TempDir(), "spillover.db"), false, cert, key
	}), Out: &output{}, Log: slog.New(slog.DiscardHandler)}
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := m.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(m.URL(), "https://") {
		t.Errorf("it says that it is at %s", m.URL())
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trusted}}}
	defer client.CloseIdleConnections()
	res, err := client.Do(request(t, "GET", m.URL()+"/healthz", ""))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK || res.TLS == nil {
		t.Errorf("%s %v", res.Status, res.TLS)
	}
}

// Traces go to where the environment says, before the server ends. It is not parallel: there is one tracer for the process.
func TestTraces(t *testing.T) {
	got := make(chan string, 10)
	collector := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got <- r.URL.Path + " " + string(body)
	}))
	defer collector.Close()
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.URL)
	m := &Main{Config: configured(func(c *Config) {
		c.DB, c.Samples, c.Traces = filepath.Join(t.TempDir(), "spillover.db"), false, collector.URL
	}), Out: &output{}, Log: slog.New(slog.DiscardHandler)}
	if err := m.Run(t.Context()); err != nil {
		t.Fatal(errors.Join(err, m.Close()))
	}
	post(t, m, `query Traced($secret: ID! = "hush") { council(id: $secret) { name } }`, nil)
	if err := m.Close(); err != nil {
		t.Error(err)
	}
	select {
	case sent := <-got:
		for _, want := range []string{"/v1/traces", "spillover", "Traced", "graphql.operation.type"} {
			if !strings.Contains(sent, want) {
				t.Errorf("the trace lacks %q", want)
			}
		}
		if strings.Contains(sent, "hush") {
			t.Error("the trace has the contents of variables")
		}
	case <-time.After(10 * time.Second):
		t.Error("no trace is sent")
	}
}
