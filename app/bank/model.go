// Package bank is the screen of the bank's entries: those that want a decision with what is proposed and why, and those
// that are settled. Enter confirms and moves on; nothing is settled that is not sure or confirmed.
package bank

import (
	"context"
	"slices"
	"strings"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/reconcile"
)

// Names of filters, as places name them.
const (
	ToCheck  = "to_check"
	Recorded = "recorded"
	Other    = "other"
)

// filters in the order in which they are offered.
var filters = []string{ToCheck, Recorded, Other}

// Row is a bank entry in words.
type Row struct {
	ID       ledger.BankEntryID
	On       ledger.Date
	Day      string
	Label    string // in one line
	Lines    []string
	Amount   string
	Minor    int64
	Filter   string
	State    State
	Word     string
	Headline string // what is proposed or recorded
	Why      string
	Answers  []Answer
	entry    *ledger.BankEntry
}

// State is how a row stands.
type State uint8

// States of rows.
const (
	Proposed  State = iota // one answer to confirm
	Sure                   // one that only waits for being recorded
	Ambiguous              // several, equally good or not
	Unknown
	Settled
	LeftAside
	NoReceipt
)

// Answer is one way to settle an entry, in words.
type Answer struct {
	Headline string
	Why      string
	Left     string // what stays the customer's credit, if anything
	GiveUp   string // confirming and giving up the small difference, if there is one
	Reason   string // for which it is given up
	Answer   reconcile.Answer
}

// Model is what the screen shows.
type Model struct {
	Facts   string
	Account string
	Rows    []Row
	Counts  map[string]int
	Old     string // how long ago the bank was read, where that is too long; else empty
	Sure    int    // entries that are sure and wait for being recorded
}

// NewModel decides about the entries and words them; it may take some seconds for thousands.
func NewModel(ctx context.Context, w *words.Words, s *desk.State) (*Model, error) {
	lines, err := s.Decide(ctx)
	if err != nil {
		return nil, err
	}
	m := &Model{Counts: map[string]int{}}
	for i := range lines {
		m.add(undecided(w, s.Book, &lines[i]))
		if lines[i].Outcome == reconcile.Recorded {
			m.Sure++
		}
	}
	for e := range s.Book.BankEntries.All() {
		switch payments := s.Book.PaymentsOfEntry(e.ID); {
		case len(payments) > 0:
			m.add(settled(w, s.Book, e, payments))
		case e.Aside != "":
			r := rowOf(w, e)
			r.Filter, r.State, r.Word = Other, LeftAside, w.T("bank.state.aside")
			if e.Aside == ledger.AsideNoReceipt {
				r.Word = w.T("bank.state.no_receipt")
			}
			m.add(r)
		}
	}
	slices.SortStableFunc(m.Rows, func(a, b Row) int { return int(b.On - a.On) })
	m.facts(w, s)
	return m, nil
}

func (m *Model) add(r Row) {
	m.Rows = append(m.Rows, r)
	m.Counts[r.Filter]++
}

func (m *Model) facts(w *words.Words, s *desk.State) {
	read := s.Book.BankRead()
	if read == 0 {
		m.Facts = w.T("bank.facts.none")
		return
	}
	m.Facts = w.T("bank.facts", "day", read)
	if late := int(s.On - read); late > desk.BankOldAfter {
		m.Old = w.N("bank.old", late)
	}
	var last *ledger.BankStatement
	for st := range s.Book.BankStatements.All() {
		if st.Closed && (last == nil || st.To >= last.To) {
			last = st
		}
	}
	if last == nil {
		return
	}
	if a := s.Book.BankAccounts.Get(uint32(last.Account)); a != nil {
		m.Account = w.T("bank.account", "account", shortAccount(a), "balance", ledger.Money{Minor: last.Closing, Currency: a.Currency}, "day", last.To)
	}
}

// shortAccount names an account by its last digits.
func shortAccount(a *ledger.BankAccount) string {
	s := a.IBAN + a.Number
	if a.IBAN != "" {
		s = a.IBAN
	}
	return s[max(0, len(s)-4):]
}

func rowOf(w *words.Words, e *ledger.BankEntry) Row {
	return Row{
		ID: e.ID, On: e.Booked, Day: w.Date(e.Booked), Label: strings.Join(strings.Fields(e.Label), " "), Lines: strings.Split(e.Label, "\n"),
		Amount: w.Money(e.Amount), Minor: e.Amount.Minor, entry: e,
	}
}

func undecided(w *words.Words, b *ledger.Book, l *desk.BankLine) Row {
	r := rowOf(w, l.BankEntry)
	r.Why = desk.Because(w, l.Reasons)
	for _, a := range l.Answers() {
		r.Answers = append(r.Answers, answerOf(w, b, a, l.Amount.Currency))
	}
	r.Filter = ToCheck
	switch {
	case l.Outcome == reconcile.NotAReceipt, l.Outcome == reconcile.Unknown && !l.Amount.Positive() && !l.Returned:
		r.Filter, r.State, r.Word = Other, NoReceipt, w.T("bank.state.no_receipt")
	case len(r.Answers) == 0:
		r.State, r.Word, r.Headline = Unknown, w.T("bank.state.unknown"), w.T("bank.unknown")
	case l.Outcome == reconcile.Recorded:
		r.State, r.Word, r.Headline = Sure, w.T("bank.state.sure"), r.Answers[0].Headline
	case len(r.Answers) == 1:
		r.State, r.Word, r.Headline = Proposed, w.T("bank.state.to_confirm"), r.Answers[0].Headline
	default:
		r.State, r.Word, r.Headline = Ambiguous, w.N("bank.state.several", len(r.Answers)), r.Answers[0].Headline
	}
	return r
}

func answerOf(w *words.Words, b *ledger.Book, a reconcile.Answer, currency ledger.Currency) Answer {
	out := Answer{Why: desk.Because(w, a.Reasons), Answer: a}
	out.Headline = headline(w, b, a.Customer, a.Allocations)
	if a.Left != 0 {
		out.Left = w.T("bank.left", "amount", ledger.Money{Minor: a.Left, Currency: currency})
	}
	if len(a.WriteOffs) > 0 {
		sum := ledger.Money{Currency: currency}
		for _, x := range a.WriteOffs {
			sum.Minor += x.Amount
		}
		out.Reason = w.T("reconcile.write_off." + a.WriteOffs[0].Kind)
		out.GiveUp = w.T("bank.give_up", "amount", sum, "reason", out.Reason)
	}
	return out
}

// mostNamed is how many invoices a headline names.
const mostNamed = 4

// headline names the customer and the invoices: "Atelier Brénod · F-2026-0335, F-2026-0336".
func headline(w *words.Words, b *ledger.Book, customer ledger.CustomerID, allocations []reconcile.Allocation) string {
	var names, numbers []string
	add := func(id ledger.CustomerID) {
		if c := b.Customer(id); c != nil && !slices.Contains(names, c.Name) {
			names = append(names, c.Name)
		}
	}
	add(customer)
	for _, a := range allocations {
		if i := b.Invoice(a.Item); i != nil {
			add(i.Customer)
			number := i.Number
			if len(allocations) > 1 || a.Amount != i.Total.Minor {
				number = w.T("bank.part", "number", number, "amount", ledger.Money{Minor: a.Amount, Currency: i.Total.Currency})
			}
			numbers = append(numbers, number)
		}
	}
	if more := len(numbers) - mostNamed; more > 0 {
		numbers = append(numbers[:mostNamed], w.N("bank.more", more))
	}
	parts := []string{strings.Join(names, ", ")}
	if len(numbers) > 0 {
		parts = append(parts, strings.Join(numbers, ", "))
	}
	return strings.Join(parts, " · ")
}

func settled(w *words.Words, b *ledger.Book, e *ledger.BankEntry, payments []*ledger.Payment) Row {
	r := rowOf(w, e)
	r.Filter, r.State, r.Word = Recorded, Settled, w.T("bank.state.recorded")
	var all []reconcile.Allocation
	left := int64(0)
	for _, p := range payments {
		left += p.Amount.Minor
		for _, a := range p.Allocations {
			all = append(all, reconcile.Allocation{Item: a.Invoice, Amount: a.Amount})
			left -= a.Amount
		}
	}
	r.Headline = headline(w, b, payments[0].Customer, all)
	if left != 0 {
		r.Why = w.T("bank.left", "amount", ledger.Money{Minor: left, Currency: e.Amount.Currency})
	}
	return r
}
