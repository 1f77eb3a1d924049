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
	All      = "all"
)

// filters in the order in which they are offered.
var filters = []string{ToCheck, Recorded, Other, All}

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
	Returned bool // a cheque or a direct debit that comes back: it opens invoices again
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

// Waits says whether a row wants a decision.
func (r *Row) Waits() bool { return r.State <= Unknown }

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
	Short   string // the same where there is little room
	Account string
	Rows    []Row
	Counts  map[string]int
	Read    ledger.Date // the last day up to which the bank is known, 0 for none
	Late    int         // days since then, where they are too many; else 0
	Old     string      // the sentence that says so, or empty
	Sure    int         // entries that are sure and wait for being recorded
	SureSum ledger.Sums // what those come to

	w      *words.Words
	newest ledger.BankStatementID // the statement that came last
	hand   bool                   // the bank was checked by hand later than any statement
}

// NewModel decides about the entries and words them; it may take some seconds for thousands.
func NewModel(ctx context.Context, w *words.Words, s *desk.State) (*Model, error) {
	lines, err := s.Decide(ctx)
	if err != nil {
		return nil, err
	}
	m := &Model{Counts: map[string]int{}, SureSum: ledger.Sums{}, w: w}
	for i := range lines {
		m.Rows = append(m.Rows, undecided(w, s.Book, &lines[i]))
	}
	for e := range s.Book.BankEntries.All() {
		switch payments := s.Book.PaymentsOfEntry(e.ID); {
		case len(payments) > 0:
			m.Rows = append(m.Rows, settled(w, s.Book, e, payments))
		case e.Aside != "":
			r := rowOf(w, e)
			r.Filter, r.State, r.Word = Other, LeftAside, w.T("bank.state.aside")
			if e.Aside == ledger.AsideNoReceipt {
				r.Word = w.T("bank.state.no_receipt")
			}
			m.Rows = append(m.Rows, r)
		}
	}
	slices.SortStableFunc(m.Rows, func(a, b Row) int { return int(b.On - a.On) })
	m.reading(s)
	m.accounts(s)
	m.count()
	return m, nil
}

// count brings the counts and the facts up to date with the rows.
func (m *Model) count() {
	clear(m.Counts)
	m.Sure, m.SureSum = 0, ledger.Sums{}
	for i := range m.Rows {
		r := &m.Rows[i]
		m.Counts[r.Filter]++
		if r.State == Sure {
			m.Sure++
			m.SureSum.Add(r.entry.Amount)
		}
	}
	m.Counts[All] = len(m.Rows)
	m.Short = m.w.T("bank.facts.short", "day", m.Read, "check", m.Counts[ToCheck])
	receipts, check := m.Counts[ToCheck]+m.Counts[Recorded], m.Counts[ToCheck]
	switch {
	case m.Read == 0:
		m.Facts = m.w.T("bank.facts.none")
		m.Short = m.Facts
	case m.hand:
		m.Facts = m.w.N("bank.facts.by_hand", receipts, "day", m.Read, "check", check)
	default:
		m.Facts = m.w.N("bank.facts", receipts, "day", m.Read, "check", check)
	}
}

// Settle shows a row as recorded by an answer, before all is decided anew.
func (m *Model) Settle(id ledger.BankEntryID, a *Answer) {
	for i := range m.Rows {
		if r := &m.Rows[i]; r.ID == id && r.Waits() {
			r.Filter, r.State, r.Headline, r.Why, r.Answers = Recorded, Settled, a.Headline, a.Left, nil
			if !r.Returned {
				r.Word = m.w.T("bank.state.recorded")
			}
			m.count()
			return
		}
	}
}

// reading tells up to which day the bank is known, and when that is too long ago.
func (m *Model) reading(s *desk.State) {
	if m.Read = s.Book.BankRead(); m.Read == 0 {
		return
	}
	if late := int(s.On - m.Read); late > desk.BankOldAfter {
		m.Late, m.Old = late, m.w.N("bank.old", late)
	}
	m.hand = true
	for st := range s.Book.BankStatements.All() {
		m.newest = max(m.newest, st.ID)
		m.hand = m.hand && st.To < m.Read
	}
}

// accounts tells the last balance of each account; of the only one, whether its entries make it.
func (m *Model) accounts(s *desk.State) {
	last := map[ledger.BankAccountID]*ledger.BankStatement{}
	for st := range s.Book.BankStatements.All() {
		if was := last[st.Account]; st.Closed && (was == nil || st.To >= was.To) {
			last[st.Account] = st
		}
	}
	var parts []string
	for a := range s.Book.BankAccounts.All() {
		st := last[a.ID]
		if st == nil {
			continue
		}
		key := "bank.account.short"
		if len(last) == 1 {
			if key = "bank.account"; addsUp(s.Book, st) {
				key = "bank.account.verified"
			}
		}
		parts = append(parts, m.w.T(key, "account", shortAccount(a), "balance", ledger.Money{Minor: st.Closing, Currency: a.Currency}, "day", st.To))
	}
	m.Account = strings.Join(parts, " · ")
}

// addsUp says whether the entries of a statement's days lead from its opening to its closing balance.
func addsUp(b *ledger.Book, st *ledger.BankStatement) bool {
	if !st.Opened || !st.Closed {
		return false
	}
	sum := st.Opening
	for e := range b.BankEntries.All() {
		if e.Account == st.Account && e.Booked >= st.From && e.Booked <= st.To {
			sum += e.Amount.Minor
		}
	}
	return sum == st.Closing
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
	r.Returned = l.Returned || opensAgain(b, l.Allocations)
	for _, a := range l.Answers() {
		r.Answers = append(r.Answers, answerOf(w, b, a, l.Amount.Currency, r.Returned))
	}
	r.Filter = ToCheck
	switch {
	case l.Outcome == reconcile.NotAReceipt, l.Outcome == reconcile.Unknown && !l.Amount.Positive() && !l.Returned:
		r.Filter, r.State, r.Word = Other, NoReceipt, w.T("bank.state.no_receipt")
	case len(r.Answers) == 0:
		r.State, r.Word, r.Headline = Unknown, w.T("bank.state.unknown"), question(w, l)
	case l.Outcome == reconcile.Recorded:
		r.State, r.Word, r.Headline = Sure, w.T("bank.state.sure"), r.Answers[0].Headline
	case len(r.Answers) == 1:
		r.State, r.Word, r.Headline = Proposed, w.T("bank.state.to_confirm"), r.Answers[0].Headline
	default:
		r.State, r.Word, r.Headline = Ambiguous, several(w, len(r.Answers)), toChoose(w, r.Answers)
	}
	if r.Returned && r.Waits() && r.State != Ambiguous {
		r.Word = w.T("bank.state.returned")
	}
	return r
}

// question is what an entry asks the owner when nothing is known of it.
func question(w *words.Words, l *desk.BankLine) string {
	switch {
	case l.Returned:
		return w.T("bank.unknown.returned")
	case l.Type == ledger.EntryCheques:
		return w.T("bank.unknown.cheques")
	}
	return w.T("bank.unknown")
}

func several(w *words.Words, n int) string {
	switch n {
	case 2:
		return w.T("bank.state.two")
	case 3:
		return w.T("bank.state.three")
	}
	return w.N("bank.state.several", n)
}

// toChoose says of several answers whether one is likelier.
func toChoose(w *words.Words, answers []Answer) string {
	good := func(r reconcile.Reason) bool { return r.Code == "others_as_good" }
	if answers[0].Answer.Confidence-answers[1].Answer.Confidence < asLikely || slices.ContainsFunc(answers[0].Answer.Reasons, good) {
		return w.T("bank.as_likely")
	}
	return w.T("bank.likeliest_first")
}

// asLikely is the difference of confidence below which two answers are as likely.
const asLikely = 0.02

// opensAgain says whether something that was settled is open again: a part of an invoice taken back.
func opensAgain(b *ledger.Book, allocations []reconcile.Allocation) bool {
	return slices.ContainsFunc(allocations, func(a reconcile.Allocation) bool {
		i := b.Invoice(a.Item)
		return i != nil && !i.CreditNote && a.Amount < 0
	})
}

func answerOf(w *words.Words, b *ledger.Book, a reconcile.Answer, currency ledger.Currency, returned bool) Answer {
	out := Answer{Why: desk.Because(w, a.Reasons), Answer: a}
	if out.Headline = headline(w, b, a.Customer, a.Allocations); returned && len(a.Allocations) > 0 {
		out.Headline = w.T("bank.opens_again", "what", out.Headline)
	}
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
			amount := a.Amount
			if !i.CreditNote {
				amount = max(amount, -amount) // what is open again of it
			}
			if len(allocations) > 1 || amount != i.Total.Minor {
				number = w.T("bank.part", "number", number, "amount", ledger.Money{Minor: amount, Currency: i.Total.Currency})
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
	if r.Returned = e.Returned || opensAgain(b, all); r.Returned {
		r.Word, r.Headline = w.T("bank.state.returned"), w.T("bank.open_again", "what", r.Headline)
	}
	if left != 0 {
		r.Why = w.T("bank.left", "amount", ledger.Money{Minor: left, Currency: e.Amount.Currency})
	}
	return r
}
