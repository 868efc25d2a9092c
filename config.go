package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"runtime/debug"
	"strings"

	"spillover/httpd"
)

// A Config is all that can be set from outside. String leaves its secrets out.
type Config struct {
	Addr      string   // ADDR: where the server listens; port 0 picks a free one
	DB        string   // SPILLOVER_DB: the embedded store's file
	Samples   bool     // SPILLOVER_SAMPLES: whether an empty store gets the sample articles; "off" says no
	Token     string   // SPILLOVER_TOKEN: what mutations need; "" means one that is made and kept in a file
	Gazetteer string   // SPILLOVER_GAZETTEER: names of the user's own, see gazetteer.With
	Origins   []string // CORS_ORIGINS: origins whose pages may use the API, separated by commas; "*" is any

	Neo4jURI      string // NEO4J_URI: bolt://… or neo4j://…; "" means the embedded store
	Neo4jUsername string // NEO4J_USERNAME
	Neo4jPassword string // NEO4J_PASSWORD
	Neo4jDatabase string // NEO4J_DATABASE
}

// readConfig reads the configuration from the environment, and names the variable that is wrong.
func readConfig(getenv func(string) string) (Config, error) {
	or := func(name, otherwise string) string {
		if v := strings.TrimSpace(getenv(name)); v != "" {
			return v
		}
		return otherwise
	}
	c := Config{
		Addr:          or("ADDR", "127.0.0.1:8080"),
		DB:            or("SPILLOVER_DB", "spillover.db"),
		Samples:       true,
		Token:         or("SPILLOVER_TOKEN", ""),
		Gazetteer:     or("SPILLOVER_GAZETTEER", ""),
		Neo4jURI:      or("NEO4J_URI", ""),
		Neo4jUsername: or("NEO4J_USERNAME", "neo4j"),
		Neo4jPassword: getenv("NEO4J_PASSWORD"),
		Neo4jDatabase: or("NEO4J_DATABASE", "neo4j"),
	}
	if _, _, err := net.SplitHostPort(c.Addr); err != nil {
		return c, fmt.Errorf("ADDR=%s: write it as HOST:PORT, for example 127.0.0.1:8080", c.Addr)
	}
	switch v := strings.ToLower(or("SPILLOVER_SAMPLES", "on")); v {
	case "on":
	case "off":
		c.Samples = false
	default:
		return c, fmt.Errorf("SPILLOVER_SAMPLES=%s: write on or off", v)
	}
	for o := range strings.SplitSeq(getenv("CORS_ORIGINS"), ",") {
		o = strings.TrimSpace(o)
		if o == "" {
			continue
		}
		if u, err := url.Parse(o); o != "*" && (err != nil || u.Scheme == "" || u.Host == "" || u.Scheme+"://"+u.Host != o) {
			return c, fmt.Errorf("CORS_ORIGINS: %q is no origin; write it as https://example.org, with a port if it has one and without a path", o)
		}
		c.Origins = append(c.Origins, o)
	}
	return c, nil
}

func (c Config) String() string {
	set := func(secret string) string {
		if secret == "" {
			return "not set"
		}
		return "set"
	}
	fields := []string{"ADDR=" + c.Addr}
	if c.Neo4jURI == "" {
		fields = append(fields, "SPILLOVER_DB="+c.DB)
	} else {
		fields = append(fields, "NEO4J_URI="+withoutUser(c.Neo4jURI), "NEO4J_USERNAME="+c.Neo4jUsername,
			"NEO4J_PASSWORD "+set(c.Neo4jPassword), "NEO4J_DATABASE="+c.Neo4jDatabase)
	}
	samples := "off"
	if c.Samples {
		samples = "on"
	}
	return strings.Join(append(fields, "SPILLOVER_SAMPLES="+samples, "SPILLOVER_GAZETTEER="+c.Gazetteer, "SPILLOVER_TOKEN "+set(c.Token),
		"CORS_ORIGINS="+strings.Join(c.Origins, ",")), "  ")
}

// withoutUser is an address without the name and password that some people write into it.
func withoutUser(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "(not an address)"
	}
	u.User = nil
	return u.String()
}

// token is what mutations need, and where a person finds it. Where none is configured, it is made once and kept beside the
// embedded store's file, in a file that only its user can read.
func (c Config) token() (token, where string, err error) {
	if c.Token != "" {
		return c.Token, "in SPILLOVER_TOKEN", nil
	}
	name, err := filepath.Abs(filepath.Join(filepath.Dir(c.DB), ".spillover-token"))
	if err != nil {
		return "", "", fmt.Errorf("find the folder of the token: %w", err)
	}
	token, err = readToken(name)
	if errors.Is(err, fs.ErrNotExist) {
		token = rand.Text() + rand.Text()
		err = writeToken(name, token)
	}
	if err != nil {
		return "", "", fmt.Errorf("the token for mutations: %w", err)
	}
	return token, "in " + name + ", as Authorization: Bearer", nil
}

func readToken(name string) (string, error) {
	info, err := os.Stat(name)
	if err != nil {
		return "", err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return "", fmt.Errorf("others can read %s; make it yours alone with chmod 600, or delete it to get a new one", name)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	token := strings.TrimSpace(string(text))
	if len(token) < 32 {
		return "", fmt.Errorf("%s holds no token of 32 characters or more; delete it to get a new one", name)
	}
	return token, nil
}

func writeToken(name, token string) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(f, token)
	return errors.Join(err, f.Close())
}

// version names the build: the module's version, or else the commit it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return "development"
}

// exampleQueries are the files queries/*.graphql, in the order of their names. Variables, where a query has any, are in
// the file of the same name that ends in .json.
func exampleQueries() ([]httpd.Example, error) {
	files, err := fs.Glob(queries, "queries/*.graphql")
	if err != nil {
		return nil, err
	}
	var all []httpd.Example
	for _, file := range files {
		query, err := queries.ReadFile(file)
		if err != nil {
			return nil, err
		}
		e := httpd.Example{Query: string(query)}
		variables, err := queries.ReadFile(strings.TrimSuffix(file, path.Ext(file)) + ".json")
		if err == nil {
			e.Variables = string(variables)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}
