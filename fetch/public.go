package fetch

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"syscall"
	"time"

	"spillover/ledger"
)

// briefly is how long an answer may take while a caller of the server's waits.
const briefly = 15 * time.Second

// Public is a client that reaches addresses of the public internet and no others: what it is told to fetch comes from those
// who may load articles, and they are not to look round the network that the server stands in. The address that a
// connection is made to is checked, not the name that led to it, so neither redirects nor a name that changes its
// address get past. It uses no proxy: through one, the addresses would be the proxy's to check.
func Public() *http.Client {
	dialer := &net.Dialer{Timeout: briefly, Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil || !isPublic(to.Addr()) {
			return ledger.Errorf(ledger.Invalid, "its address is not on the public internet, and this server fetches from nowhere else")
		}
		return nil
	}}
	return &http.Client{Timeout: briefly, Transport: &http.Transport{DialContext: dialer.DialContext, TLSHandshakeTimeout: briefly,
		ForceAttemptHTTP2: true, DisableKeepAlives: true, MaxResponseHeaderBytes: 1 << 20}}
}

// Unchecked is a client that reaches any address, and waits no longer than that of [Public].
func Unchecked() *http.Client { return &http.Client{Timeout: briefly} }

// special are the ranges of IANA's registries of special addresses that netip does not tell from public ones, and those
// whose addresses bear another one inside.
var special = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("192.88.99.0/24"), netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("::/96"), netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"),
	netip.MustParsePrefix("100::/64"), netip.MustParsePrefix("2001::/23"), netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("3fff::/20"), netip.MustParsePrefix("5f00::/16"), netip.MustParsePrefix("fec0::/10"),
}

func isPublic(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	return a.IsGlobalUnicast() && !a.IsPrivate() && !slices.ContainsFunc(special, func(p netip.Prefix) bool { return p.Contains(a) })
}
