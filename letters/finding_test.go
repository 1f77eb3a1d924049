package letters

import (
	"slices"
	"testing"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/claim"
)

// What several invoices share is said once; what differs by more than the number is not joined.
func TestFindingTexts(t *testing.T) {
	w := words.New(words.EN)
	number := func(code, n string, more ...any) claim.Finding {
		return claim.Finding{Code: code, Args: append([]any{"number", n}, more...)}
	}
	a, b := ledger.Day(2026, 5, 1), ledger.Day(2026, 6, 1)
	got := FindingTexts(w, []claim.Finding{number("no_order", "F-1"), number("disputed", "F-1", "day", a), number("no_order", "F-2"),
		number("disputed", "F-2", "day", b), number("disputed", "F-3", "day", a), {Code: "form_missing"}, {Code: "not_computed", Args: []any{"reason", ledger.Errorf("field_required")}}})
	want := []string{
		FindingText(w, number("no_order", "F-1, F-2")), FindingText(w, number("disputed", "F-1, F-3", "day", a)), FindingText(w, number("disputed", "F-2", "day", b)),
		FindingText(w, claim.Finding{Code: "form_missing"}), FindingText(w, claim.Finding{Code: "not_computed", Args: []any{"reason", ledger.Errorf("field_required")}}),
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
