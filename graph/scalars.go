package graph

import (
	"github.com/99designs/gqlgen/graphql"

	"spillover/ledger"
)

// MarshalDate writes a day, null where it is unknown.
func MarshalDate(d ledger.Date) graphql.Marshaler { return MarshalWord(string(d)) }

// UnmarshalDate reads a day.
func UnmarshalDate(v any) (ledger.Date, error) {
	s, ok := v.(string)
	if !ok {
		return "", ledger.Errorf(ledger.Invalid, "%v is not a date; write it as a string \"YYYY-MM-DD\"", v)
	}
	return ledger.ParseDate(s)
}

// MarshalWord writes a value of an enum that the ledger keeps as a plain string, null where there is none.
func MarshalWord(s string) graphql.Marshaler {
	if s == "" {
		return graphql.Null
	}
	return graphql.MarshalString(s)
}

// UnmarshalWord reads a value of an enum; the schema has been held against it.
func UnmarshalWord(v any) (string, error) { return graphql.UnmarshalString(v) }

// MarshalDatePrecision writes a precision, null where there is none.
func MarshalDatePrecision(p ledger.Precision) graphql.Marshaler { return MarshalWord(string(p)) }

// UnmarshalDatePrecision reads a precision.
func UnmarshalDatePrecision(v any) (ledger.Precision, error) {
	s, err := graphql.UnmarshalString(v)
	return ledger.Precision(s), err
}

// MarshalCertainty writes a certainty. What names none, as reference data does, is stated.
func MarshalCertainty(c ledger.Certainty) graphql.Marshaler {
	if c == "" {
		c = ledger.Stated
	}
	return graphql.MarshalString(string(c))
}

// UnmarshalCertainty reads a certainty.
func UnmarshalCertainty(v any) (ledger.Certainty, error) {
	s, err := graphql.UnmarshalString(v)
	return ledger.Certainty(s), err
}

// A naming maps words of the ledger to values of an enum, both ways.
type naming map[string]string

func (n naming) marshal(word string) graphql.Marshaler {
	if value, ok := n[word]; ok {
		return graphql.MarshalString(value)
	}
	return graphql.Null
}

func (n naming) unmarshal(v any) (string, error) {
	s, err := graphql.UnmarshalString(v)
	if err != nil {
		return "", err
	}
	for word, value := range n {
		if value == s {
			return word, nil
		}
	}
	return "", ledger.Errorf(ledger.Invalid, "%q is not a value that the schema knows", s)
}

var kinds = naming{
	string(ledger.Council): "COUNCIL", string(ledger.SharedArrangement): "SHARED_ARRANGEMENT", string(ledger.Incident): "INCIDENT",
	string(ledger.ThreatActor): "THREAT_ACTOR", string(ledger.Agency): "AGENCY", string(ledger.Official): "OFFICIAL",
}

var nations = naming{"England": "ENGLAND", "Scotland": "SCOTLAND", "Wales": "WALES", "Northern Ireland": "NORTHERN_IRELAND"}

var regions = naming{
	"North East": "NORTH_EAST", "North West": "NORTH_WEST", "Yorkshire and The Humber": "YORKSHIRE_AND_THE_HUMBER",
	"East Midlands": "EAST_MIDLANDS", "West Midlands": "WEST_MIDLANDS", "East of England": "EAST_OF_ENGLAND", "London": "LONDON",
	"South East": "SOUTH_EAST", "South West": "SOUTH_WEST",
}

// MarshalEntityKind writes a kind of thing.
func MarshalEntityKind(k ledger.Kind) graphql.Marshaler { return kinds.marshal(string(k)) }

// UnmarshalEntityKind reads a kind of thing.
func UnmarshalEntityKind(v any) (ledger.Kind, error) {
	word, err := kinds.unmarshal(v)
	return ledger.Kind(word), err
}

// MarshalNation writes a nation, null where it is unknown.
func MarshalNation(word string) graphql.Marshaler { return nations.marshal(word) }

// UnmarshalNation reads a nation.
func UnmarshalNation(v any) (string, error) { return nations.unmarshal(v) }

// MarshalRegion writes a region of England, null where there is none.
func MarshalRegion(word string) graphql.Marshaler { return regions.marshal(word) }

// UnmarshalRegion reads a region of England.
func UnmarshalRegion(v any) (string, error) { return regions.unmarshal(v) }

// optional is null for "".
func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
