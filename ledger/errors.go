package ledger

import (
	"errors"
	"fmt"
)

// An ErrorKind says what went wrong in a way that a caller can act on. Its text is extensions.code in GraphQL.
type ErrorKind string

// The kinds of error.
const (
	Invalid      ErrorKind = "INVALID_ARGUMENT" // the input is wrong; the message says what would be right
	NotFound     ErrorKind = "NOT_FOUND"
	Unauthorized ErrorKind = "UNAUTHENTICATED"
	TooLarge     ErrorKind = "LIMIT_EXCEEDED"
	Conflict     ErrorKind = "CONFLICT"
	Unavailable  ErrorKind = "UNAVAILABLE" // the store cannot be reached or is busy; trying again may help
	Incompatible ErrorKind = "INCOMPATIBLE_STORE"
	Internal     ErrorKind = "INTERNAL"
)

// An Error is a message for people with its kind. Cause, if any, is for the log alone.
type Error struct {
	Kind    ErrorKind
	Message string
	Cause   error
}

// Errorf makes an Error. A %w in the format becomes its cause.
func Errorf(kind ErrorKind, format string, args ...any) error {
	err := fmt.Errorf(format, args...)
	return &Error{Kind: kind, Message: err.Error(), Cause: errors.Unwrap(err)}
}

func (e *Error) Error() string { return e.Message }

func (e *Error) Unwrap() error { return e.Cause }

// KindOf is the kind of err: Internal for what is no Error, "" for nil.
func KindOf(err error) ErrorKind {
	if err == nil {
		return ""
	}
	if e := (*Error)(nil); errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Wrap adds the call to *err, where there is one: defer Wrap(&err, "load %s", path).
func Wrap(err *error, format string, args ...any) {
	if *err != nil {
		*err = fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), *err)
	}
}
