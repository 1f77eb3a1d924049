package ledger

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Error is every error meant for people: a stable code for programs, and the facts that the sentence
// of that code needs. The sentence itself, with its next step, is in the translations under
// "error." + Code; the cause is for the log only.
type Error struct {
	Code  string
	Args  map[string]any
	Cause error
}

// Term is a fact of an error that is itself a word of the translations: its key there.
type Term string

// Errorf makes an Error from a code and pairs of fact name and value. A value of type error becomes
// the cause.
func Errorf(code string, pairs ...any) *Error {
	e := &Error{Code: code, Args: map[string]any{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		if err, ok := pairs[i+1].(error); ok {
			e.Cause = err
			continue
		}
		e.Args[pairs[i].(string)] = pairs[i+1]
	}
	return e
}

// Error writes the code and the facts for logs and tests.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Code)
	for _, k := range sortedKeys(e.Args) {
		fmt.Fprintf(&b, " %s=%v", k, e.Args[k])
	}
	if e.Cause != nil {
		fmt.Fprintf(&b, ": %v", e.Cause)
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Is makes errors.Is compare codes.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// CodeOf gives the code of the first Error in err's chain, "internal" for any other error, and nothing for nil.
func CodeOf(err error) string {
	if err == nil {
		return ""
	}
	if e := (*Error)(nil); errors.As(err, &e) {
		return e.Code
	}
	return "internal"
}

func sortedKeys(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }
