package article

import (
	"bufio"
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"spillover/ledger"
)

// unmarked is in without its byte order mark, as UTF-8; false where it has none.
func unmarked(in *bufio.Reader, head []byte) (io.Reader, bool) {
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, err := in.Discard(3)
		return in, err == nil
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return transform.NewReader(in, unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewDecoder()), true
	}
	return nil, false
}

// decode gives raw as UTF-8. Where a server declared no other encoding, what is not UTF-8 is Windows-1252, the
// encoding that British pages had before.
func decode(raw []byte, declared string) (string, error) {
	if utf8.Valid(raw) {
		return string(raw), nil
	}
	if declared != "" {
		if e, name := charset.Lookup(declared); e != nil && name != "utf-8" && name != "windows-1252" {
			text, err := e.NewDecoder().Bytes(raw)
			if err != nil {
				return "", ledger.Errorf(ledger.Invalid, "it was declared as %s, but cannot be decoded as such: %w", name, err)
			}
			return string(text), nil
		}
	}
	// A text that is UTF-8 in most places is damaged UTF-8: as Windows-1252 every quote in it would be garbled.
	good, bad, first := 0, 0, -1
	for i := 0; i < len(raw); {
		r, size := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && size == 1 {
			if bad++; first < 0 {
				first = i
			}
		} else if size > 1 {
			good++
		}
		i += size
	}
	if first+utf8.UTFMax > len(raw) && !utf8.FullRune(raw[first:]) && good > 0 {
		return "", ledger.Errorf(ledger.Invalid, "it is cut off in the middle of a character at byte %d", first)
	}
	if good >= bad {
		return "", ledger.Errorf(ledger.Invalid, "it is wrongly encoded: UTF-8 in most places, but not at byte %d", first)
	}
	for i, b := range raw {
		if charmap.Windows1252.DecodeByte(b) == utf8.RuneError {
			return "", ledger.Errorf(ledger.Invalid, "it is wrongly encoded: neither UTF-8 (byte %d) nor Windows-1252 (byte %d); convert it to UTF-8", first, i)
		}
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	if err != nil {
		return "", ledger.Errorf(ledger.Invalid, "it cannot be decoded: %w", err)
	}
	return string(text), nil
}
