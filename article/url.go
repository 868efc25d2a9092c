package article

import (
	"net/url"
	"regexp"
	"strings"

	"spillover/ledger"
)

// tracking are the query parameters that say how a reader came to a page, not which page it is.
var tracking = regexp.MustCompile(`(?i)^(?:utm_.*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_[ce]id|_ga|_gl|ocid|cmpid|cmp|ito|ns_(?:mchannel|source|campaign|linkname|fee)|at_(?:medium|campaign|custom\d*|format|link_\w+|ptr_name|bbc_team)|xtor|int_(?:source|medium|campaign)|ref_src|spm|smid|__twitter_impression|guccounter)$`)

// CanonicalURL is the one form of a page's address: scheme and host in lower case, no default port, no fragment, no
// tracking parameters, the other parameters in order, no slash at the end.
func CanonicalURL(s string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" || u.Hostname() == "" {
		return "", ledger.Errorf(ledger.Invalid, "%q is not a page's address; write it as https://host/path", s)
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	if u.Scheme != "http" && u.Scheme != "https" {
		return "", ledger.Errorf(ledger.Invalid, "%q is not a page's address; it must begin with https:// or http://", s)
	}
	if u.Scheme == "http" {
		u.Host = strings.TrimSuffix(u.Host, ":80")
	} else {
		u.Host = strings.TrimSuffix(u.Host, ":443")
	}
	u.Host = strings.TrimSuffix(u.Host, ".")
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	query := u.Query()
	for name := range query {
		if tracking.MatchString(name) {
			query.Del(name)
		}
	}
	u.RawQuery, u.ForceQuery = query.Encode(), false
	u.Path = strings.TrimRight(u.Path, "/")
	u.RawPath = strings.TrimRight(u.RawPath, "/")
	return u.String(), nil
}
