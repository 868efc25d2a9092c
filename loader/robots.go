package main

import (
	"bufio"
	"bytes"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// robots are the rules of one site's robots.txt that hold for us, as RFC 9309 reads them.
type robots struct {
	rules []robotRule
	delay time.Duration // between requests
}

type robotRule struct {
	path  *regexp.Regexp
	long  int // the longest rule that matches decides; of equally long ones the one that allows
	allow bool
}

// robotName is the name by which robots.txt speaks of us.
const robotName = "spillover-loader"

// maxDelay is the longest time between requests that is waited for.
const maxDelay = time.Minute

// parseRobots takes the group that names us, else the one for all.
func parseRobots(text []byte) *robots {
	var ours, all robots
	named, to := false, []*robots(nil)
	agents := false // the last line named an agent
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line, _, _ := strings.Cut(lines.Text(), "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		key, value = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(key, "\ufeff"))), strings.TrimSpace(value)
		if key == "user-agent" {
			if !agents {
				to = nil
			}
			agents = true
			switch strings.ToLower(value) {
			case robotName:
				named = true
				to = append(to, &ours)
			case "*":
				to = append(to, &all)
			}
			continue
		}
		agents = false
		for _, r := range to {
			r.add(key, value)
		}
	}
	if named {
		return &ours
	}
	return &all
}

func (r *robots) add(key, value string) {
	switch key {
	case "allow", "disallow":
		if value == "" {
			return
		}
		pattern := "^" + strings.ReplaceAll(regexp.QuoteMeta(value), `\*`, ".*")
		if p, ok := strings.CutSuffix(pattern, `\$`); ok {
			pattern = p + "$"
		}
		if path, err := regexp.Compile(pattern); err == nil {
			r.rules = append(r.rules, robotRule{path, len(value), key == "allow"})
		}
	case "crawl-delay":
		if seconds, err := strconv.ParseFloat(value, 64); err == nil && seconds > 0 {
			r.delay = min(time.Duration(seconds*float64(time.Second)), maxDelay)
		}
	}
}

// allows is whether we may fetch the address.
func (r *robots) allows(u *url.URL) bool {
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	best, allowed := -1, true
	for _, rule := range r.rules {
		if rule.path.MatchString(path) && (rule.long > best || rule.long == best && rule.allow) {
			best, allowed = rule.long, rule.allow
		}
	}
	return allowed
}
