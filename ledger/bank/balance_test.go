package bank

import (
	"fmt"
	"strings"
	"testing"

	"quitus/ledger"
)

// told writes problems with their facts.
func told(problems []Problem) string {
	var out []string
	for _, p := range problems {
		switch p.Code {
		case "balance_differs":
			out = append(out, fmt.Sprintf("on %v expected %v stated %v difference %v", p.Args["on"], p.Args["expected"], p.Args["stated"], p.Args["difference"]))
		case "balance_gap":
			out = append(out, fmt.Sprintf("from %v to %v difference %v", p.Args["from"], p.Args["to"], p.Args["difference"]))
		}
		if p.Refused {
			out = append(out, "refused")
		}
	}
	return strings.Join(out, "; ")
}

func TestCheck(t *testing.T) {
	a := Account{IBAN: "FR7630006000011234567890189"}
	b := Account{IBAN: "BE68539007547034"}
	on := func(day int, amount int64) *Balance { return &Balance{ledger.Day(2026, 6, day), amount} }
	st := func(a Account, opening, closing *Balance, amounts ...int64) *Statement {
		s := &Statement{Account: a, Currency: ledger.EUR, Opening: opening, Closing: closing}
		for _, m := range amounts {
			s.Entries = append(s.Entries, Entry{Booked: ledger.Day(2026, 6, 10), Amount: ledger.Euros(m)})
		}
		return s
	}
	dollars := st(a, on(1, 0), on(2, 100), 50)
	dollars.Entries[0].Amount.Currency = "USD"
	inDollars := st(a, on(1, 500), on(2, 500))
	inDollars.Currency = "USD"
	between := st(a, nil, nil, 15)
	between.Entries[0].Booked = ledger.Day(2026, 6, 3)
	for name, c := range map[string]struct {
		sts  []*Statement
		want string
	}{
		"nothing":                {nil, ""},
		"adds up":                {[]*Statement{st(a, on(1, 100), on(2, 130), 50, -20)}, ""},
		"differs":                {[]*Statement{st(a, on(1, 100), on(2, 135), 50, -20)}, "on 2026-06-02 expected 1.30 EUR stated 1.35 EUR difference 0.05 EUR"},
		"no entries, differs":    {[]*Statement{st(a, on(1, 100), on(2, 90))}, "on 2026-06-02 expected 1.00 EUR stated 0.90 EUR difference -0.10 EUR"},
		"one balance":            {[]*Statement{st(a, nil, on(2, 135), 50), st(a, on(2, 135), nil, 50)}, ""},
		"another currency in it": {[]*Statement{dollars}, ""},
		"follow each other":      {[]*Statement{st(a, on(1, 0), on(2, 10), 10), st(a, on(2, 10), on(3, 30), 20)}, ""},
		"the newest first":       {[]*Statement{st(a, on(2, 10), on(3, 30), 20), st(a, on(1, 0), on(2, 10), 10)}, ""},
		"a gap":                  {[]*Statement{st(a, on(1, 0), on(2, 10), 10), st(a, on(5, 25), on(6, 30), 5)}, "from 2026-06-02 to 2026-06-05 difference 0.15 EUR"},
		"two accounts in turn":   {[]*Statement{st(a, on(1, 0), on(2, 10), 10), st(b, on(1, 99), on(2, 99)), st(a, on(2, 10), on(3, 30), 20), st(b, on(2, 98), on(3, 98))}, "from 2026-06-02 to 2026-06-02 difference -0.01 EUR"},
		"two currencies":         {[]*Statement{st(a, on(1, 0), on(2, 10), 10), inDollars}, ""},
		"one between without":    {[]*Statement{st(a, on(1, 0), on(2, 10), 10), between, st(a, on(5, 25), on(6, 30), 5)}, ""},
	} {
		if got := told(Check(&File{Statements: c.sts})); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
