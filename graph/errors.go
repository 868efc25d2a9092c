package graph

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"spillover/ledger"
)

// Codes in extensions.code beyond the kinds of package ledger and those that gqlgen sets on what it cannot parse or validate.
const (
	codeTimeout   = "TIMEOUT"
	codeCancelled = "CANCELLED"
	codeForbidden = "FORBIDDEN" // the caller is known and may not
	mostErrors    = 20          // in one answer
)

// errMoved is for what a first call found and a second did not.
var errMoved = ledger.Errorf(ledger.Unavailable, "the graph changed while this was being answered; ask again")

// coded is an error of the API itself.
func coded(code ledger.ErrorKind, format string, args ...any) *gqlerror.Error {
	err := gqlerror.Errorf(format, args...)
	err.Extensions = map[string]any{"code": string(code)}
	return err
}

// present makes of an error what a client sees: the message and kind of errors that are meant for people, and for all
// others an id under which the log has the rest.
func present(log *slog.Logger) graphql.ErrorPresenterFunc {
	return func(ctx context.Context, err error) *gqlerror.Error {
		shown := *graphql.DefaultErrorPresenter(ctx, err)
		if shown.Extensions["code"] != nil {
			return &shown
		}
		var known *ledger.Error
		switch {
		case errors.As(err, &known) && known.Kind != ledger.Internal:
			shown.Message = known.Message
			shown.Extensions = map[string]any{"code": string(known.Kind)}
			if known.Kind == ledger.Unavailable && known.Cause != nil {
				// What a database or a network says of itself is for the log.
				shown.Message = "the database cannot be reached or is busy; try again in a moment"
				log.LogAttrs(ctx, slog.LevelWarn, "unavailable", slog.Any("path", shown.Path), slog.Any("error", err))
			}
		case errors.Is(err, context.DeadlineExceeded):
			shown.Message = "the operation took too long; ask for less: fewer items, fewer hops or fewer levels"
			shown.Extensions = map[string]any{"code": codeTimeout}
		case errors.Is(err, context.Canceled):
			shown.Message = "the operation was cancelled"
			shown.Extensions = map[string]any{"code": codeCancelled}
		default:
			id := make([]byte, 8)
			rand.Read(id) // never fails
			shown.Message = "internal error"
			shown.Extensions = map[string]any{"code": string(ledger.Internal), "id": hex.EncodeToString(id)}
			log.LogAttrs(ctx, slog.LevelError, "internal error", slog.String("id", hex.EncodeToString(id)), slog.Any("path", shown.Path), slog.Any("error", err))
		}
		return &shown
	}
}

// recovered makes an error of a panic, for the log.
func recovered(_ context.Context, reason any) error {
	return fmt.Errorf("panic: %v\n%s", reason, debug.Stack())
}

// cut bounds the errors of an answer: a text of two thousand misspelt fields would have as many.
func cut(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	answer := next(ctx)
	if answer != nil && len(answer.Errors) > mostErrors {
		more := len(answer.Errors) - mostErrors
		answer.Errors = append(answer.Errors[:mostErrors:mostErrors], coded(ledger.TooLarge, "there are %d more errors; mend these first", more))
	}
	return answer
}
