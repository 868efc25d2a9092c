package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"runtime/debug"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"

	"spillover/graph"
	"spillover/httpd"
)

// A Config is all that can be set from outside: each field by the environment variable that its tag names. The tags are the
// documentation, see docs/configuration.md. String leaves secrets out.
type Config struct {
	Addr    string   `env:"ADDR" envDefault:"127.0.0.1:8080" doc:"where the server listens, as HOST:PORT; port 0 picks a free one"`
	TLSCert string   `env:"TLS_CERT" doc:"file with the certificate, in PEM; with TLS_KEY the server speaks HTTPS"`
	TLSKey  string   `env:"TLS_KEY" doc:"file with the certificate's key, in PEM"`
	Origins []string `env:"CORS_ORIGINS" doc:"origins whose pages may use the API, separated by commas, as https://example.org; * is any"`

	DB            string `env:"SPILLOVER_DB" envDefault:"spillover.db" doc:"file of the embedded store"`
	Neo4jURI      string `env:"NEO4J_URI" doc:"bolt://… or neo4j://… of the Neo4j to use; without it the store is the embedded one"`
	Neo4jUsername string `env:"NEO4J_USERNAME" envDefault:"neo4j" doc:"user name there"`
	Neo4jPassword string `env:"NEO4J_PASSWORD" secret:"yes" doc:"password there"`
	Neo4jDatabase string `env:"NEO4J_DATABASE" envDefault:"neo4j" doc:"database there"`
	Samples       onOff  `env:"SPILLOVER_SAMPLES" envDefault:"on" doc:"on or off: whether an empty store gets the sample articles"`
	Gazetteer     string `env:"SPILLOVER_GAZETTEER" doc:"names of your own: a folder with files like those of gazetteer/data, or one such file; give server and loader the same"`

	Token        string `env:"SPILLOVER_TOKEN" secret:"yes" doc:"a token that may do everything; without it one is made at the first start and kept in a file that only its user can read"`
	TokenFile    string `env:"SPILLOVER_TOKENS" doc:"file of named tokens, which the loader's token command makes and revokes; .spillover-tokens beside the embedded store's file where it is not set"`
	OIDCIssuer   string `env:"SPILLOVER_OIDC_ISSUER" doc:"OpenID Connect issuer whose JSON web tokens are accepted too, as https://login.example.org"`
	OIDCAudience string `env:"SPILLOVER_OIDC_AUDIENCE" doc:"audience that such tokens must be for; required with the issuer"`

	Fetch string `env:"SPILLOVER_FETCH" envDefault:"public" doc:"where the server fetches pages from that callers with the scope load name: public is the public internet, any is also private networks and this machine, off is nowhere"`

	Documents string `env:"SPILLOVER_DOCUMENTS" doc:"folder of .graphql files: then callers without a token may ask these documents and no others"`

	Cache int64 `env:"SPILLOVER_CACHE" envDefault:"67108864" zero:"yes" doc:"bytes of reads and answers that are kept while the graph does not change; 0 keeps none"`

	Depth      int            `env:"SPILLOVER_MAX_DEPTH" envDefault:"20" doc:"levels of fields in one operation"`
	Aliases    int            `env:"SPILLOVER_MAX_ALIASES" envDefault:"60" doc:"aliases in one operation"`
	RootFields int            `env:"SPILLOVER_MAX_ROOT_FIELDS" envDefault:"30" doc:"root fields in one operation"`
	Directives int            `env:"SPILLOVER_MAX_DIRECTIVES" envDefault:"40" doc:"directives in one operation"`
	Tokens     int            `env:"SPILLOVER_MAX_QUERY_TOKENS" envDefault:"2000" doc:"words and signs in the text of one document"`
	Cost       int            `env:"SPILLOVER_MAX_COST" envDefault:"100000" doc:"cost of one operation: what it may read, priced by first and by hops"`
	Rows       int            `env:"SPILLOVER_MAX_ROWS" envDefault:"200000" doc:"things, claims and articles that one operation may read from the store"`
	Concurrent int            `env:"SPILLOVER_MAX_CONCURRENT" envDefault:"64" doc:"queries and mutations that are answered at the same time; others wait a moment, then are refused"`
	Timeout    time.Duration  `env:"SPILLOVER_TIMEOUT" envDefault:"20s" doc:"time for one query"`
	Body       int64          `env:"SPILLOVER_MAX_BODY" envDefault:"33554432" doc:"bytes of one request's body"`
	Rate       float64        `env:"SPILLOVER_RATE" envDefault:"0" doc:"requests a second for one client address, with bursts of ten seconds' worth; 0 is no limit"`
	Proxies    []netip.Prefix `env:"SPILLOVER_TRUSTED_PROXIES" doc:"addresses of proxies before the server, separated by commas, as 10.0.0.0/8: their X-Forwarded-For says who the client is. Without them all clients behind a proxy have its address"`

	LogQueries onOff  `env:"SPILLOVER_LOG_QUERIES" envDefault:"off" doc:"on or off: whether each operation is logged, with its name, digest, time and outcome, never with variables"`
	Traces     string `env:"OTEL_EXPORTER_OTLP_ENDPOINT" doc:"where traces go, by OTLP over HTTP; its other OTEL_ variables work as well. Without it there are none"`
}

// onOff is a switch, written on or off.
type onOff bool

// UnmarshalText reads it.
func (o *onOff) UnmarshalText(text []byte) error {
	switch strings.ToLower(strings.TrimSpace(string(text))) {
	case "on":
		*o = true
	case "off":
		*o = false
	default:
		return errors.New("write on or off")
	}
	return nil
}

func (o onOff) String() string {
	if o {
		return "on"
	}
	return "off"
}

// A setting is a field of Config with its tags.
type setting struct {
	name, standard, doc string
	secret              bool
	zero                bool // whether 0 means something
	field               int
}

// settings are all fields of Config, in their order.
func settings() []setting {
	var all []setting
	t := reflect.TypeFor[Config]()
	for i := range t.NumField() {
		tag := t.Field(i).Tag
		all = append(all, setting{tag.Get("env"), tag.Get("envDefault"), tag.Get("doc"), tag.Get("secret") != "", tag.Get("zero") != "", i})
	}
	return all
}

// readConfig reads the configuration from the environment, and names the variable that is wrong.
func readConfig(getenv func(string) string) (Config, error) {
	given := map[string]string{}
	for _, s := range settings() {
		if v := strings.TrimSpace(getenv(s.name)); v != "" {
			given[s.name] = v
		}
	}
	var c Config
	if err := env.ParseWithOptions(&c, env.Options{Environment: given}); err != nil {
		return c, parseFault(err, given)
	}
	if _, _, err := net.SplitHostPort(c.Addr); err != nil {
		return c, fmt.Errorf("ADDR=%s: write it as HOST:PORT, for example 127.0.0.1:8080", c.Addr)
	}
	for i, o := range c.Origins {
		o = strings.TrimSpace(o)
		c.Origins[i] = o
		if u, err := url.Parse(o); o != "*" && (err != nil || u.Scheme == "" || u.Host == "" || u.Scheme+"://"+u.Host != o) {
			return c, fmt.Errorf("CORS_ORIGINS: %q is no origin; write it as https://example.org, with a port if it has one and without a path", o)
		}
	}
	switch {
	case c.Fetch != "public" && c.Fetch != "any" && c.Fetch != "off":
		return c, fmt.Errorf("SPILLOVER_FETCH=%s: write public, any or off", c.Fetch)
	case (c.TLSCert == "") != (c.TLSKey == ""):
		return c, errors.New("TLS_CERT and TLS_KEY belong together: set both or neither")
	case (c.OIDCIssuer == "") != (c.OIDCAudience == ""):
		return c, errors.New("SPILLOVER_OIDC_ISSUER and SPILLOVER_OIDC_AUDIENCE belong together: set both or neither")
	}
	for _, s := range settings() {
		v := reflect.ValueOf(c).Field(s.field)
		if v.CanInt() && v.Int() < 1 && !(s.zero && v.Int() == 0) || v.CanFloat() && v.Float() < 0 {
			return c, fmt.Errorf("%s=%s: give a number above zero", s.name, given[s.name])
		}
	}
	return c, nil
}

// parseFault names the variable that could not be read.
func parseFault(err error, given map[string]string) error {
	var parse env.ParseError
	if !errors.As(err, &parse) {
		return err
	}
	field, _ := reflect.TypeFor[Config]().FieldByName(parse.Name)
	name := field.Tag.Get("env")
	what := "give a whole number"
	switch field.Type {
	case reflect.TypeFor[onOff]():
		what = "write on or off"
	case reflect.TypeFor[time.Duration]():
		what = "write a time such as 20s"
	case reflect.TypeFor[float64]():
		what = "give a number"
	}
	return fmt.Errorf("%s=%s: %s", name, given[name], what)
}

// String gives where the server listens, the store, and all that is not as it is by default, without secrets.
func (c Config) String() string {
	always := map[string]bool{"ADDR": true, "SPILLOVER_DB": c.Neo4jURI == "", "NEO4J_URI": c.Neo4jURI != "", "NEO4J_DATABASE": c.Neo4jURI != "", "NEO4J_PASSWORD": c.Neo4jURI != ""}
	var all []string
	for _, s := range settings() {
		v := reflect.ValueOf(c).Field(s.field)
		text := fmt.Sprint(v.Interface())
		if v.Kind() == reflect.Slice {
			text = strings.Join(strings.Fields(strings.Trim(text, "[]")), ",")
		}
		switch {
		case text == s.standard && !always[s.name] || s.name == "SPILLOVER_DB" && c.Neo4jURI != "":
		case s.secret && text == "":
			all = append(all, s.name+" not set")
		case s.secret:
			all = append(all, s.name+" set")
		case s.name == "NEO4J_URI":
			all = append(all, s.name+"="+withoutUser(text))
		default:
			all = append(all, s.name+"="+text)
		}
	}
	return strings.Join(all, "  ")
}

// limits are those of the API.
func (c Config) limits() graph.Limits {
	return graph.Limits{Depth: c.Depth, Aliases: c.Aliases, RootFields: c.RootFields, Directives: c.Directives, Tokens: c.Tokens, Cost: c.Cost,
		Rows: c.Rows, Concurrent: c.Concurrent}
}

// tokens is the file of named tokens.
func (c Config) tokens() string {
	if c.TokenFile != "" {
		return c.TokenFile
	}
	return filepath.Join(filepath.Dir(c.DB), ".spillover-tokens")
}

// documents are the trusted documents: the texts of the .graphql files of a folder. nil where none is named.
func (c Config) documents() ([]string, error) {
	if c.Documents == "" {
		return nil, nil
	}
	files, err := filepath.Glob(filepath.Join(c.Documents, "*.graphql"))
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("SPILLOVER_DOCUMENTS=%s: there is no .graphql file", c.Documents)
	}
	all := []string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("SPILLOVER_DOCUMENTS: %w", err)
		}
		all = append(all, string(text))
	}
	return all, err
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
