package dialogs

import (
	"cmp"
	"context"
	"slices"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
)

// depositDesk is what a slip of cheques needs of the desk.
type depositDesk interface {
	State() *desk.State
	Today() ledger.Date
	Cheques() ([]desk.InHand, error)
	Deposit(ctx context.Context, r desk.DepositRequest, dry bool) (*desk.Slip, ledger.Entry, error)
	SlipOf(id ledger.DepositID, lang words.Lang) (*desk.Slip, error)
}

// depositLine is a cheque in hand.
type depositLine struct {
	Name   string
	Fact   string // its number, and when it came
	Amount ledger.Money
	Ticked bool
	cheque desk.InHand
}

// earlierSlip is a slip made before, in words.
type earlierSlip struct {
	ID   ledger.DepositID
	Text string
	Bank string // whether the bank has booked it
}

// earlierShown is how many earlier slips are shown.
const earlierShown = 3

// depositModel is a slip that is being made.
type depositModel struct {
	desk     depositDesk
	w        *words.Words
	Lines    []depositLine
	Accounts []choice // IBANs; the company's first
	Account  string
	On       ledger.Date
	Earlier  []earlierSlip
}

// newDepositModel lists the cheques in hand, those that came lately ticked, and the latest slips.
func newDepositModel(d depositDesk, w *words.Words) (*depositModel, error) {
	s := d.State()
	hand, err := d.Cheques()
	if err != nil {
		return nil, err
	}
	m := &depositModel{desk: d, w: w, On: d.Today()}
	for _, c := range hand {
		l := depositLine{Amount: c.Amount, Ticked: c.Lately, cheque: c, Fact: w.T("deposit.cheque_no_number", "day", c.On)}
		if c.Reference != "" {
			l.Fact = w.T("deposit.cheque", "number", c.Reference, "day", c.On)
		}
		if k := s.Book.Customer(c.Customer); k != nil {
			l.Name = k.Name
		}
		m.Lines = append(m.Lines, l)
	}
	m.tickOneCurrency()
	for _, iban := range s.Accounts() {
		m.Accounts = append(m.Accounts, choice{ID: iban, Word: words.Grouped(iban, 4)})
	}
	if len(m.Accounts) > 0 {
		m.Account = m.Accounts[0].ID
	}
	m.earlier(s)
	return m, nil
}

// tickOneCurrency leaves ticked the cheques of one currency, the first ticked one's: a slip has no others.
func (m *depositModel) tickOneCurrency() {
	currency := ledger.Currency("")
	for k := range m.Lines {
		l := &m.Lines[k]
		if l.Ticked {
			currency = cmp.Or(currency, l.Amount.Currency)
			l.Ticked = l.Amount.Currency == currency
		}
	}
}

func (m *depositModel) earlier(s *desk.State) {
	all := slices.Collect(s.Book.Deposits.All())
	slices.SortStableFunc(all, func(a, b *ledger.Deposit) int { return cmp.Or(cmp.Compare(b.On, a.On), cmp.Compare(b.ID, a.ID)) })
	for _, d := range all[:min(len(all), earlierShown)] {
		e := earlierSlip{ID: d.ID, Text: m.w.N("deposit.earlier_line", d.Cheques, "number", int(d.ID), "day", d.On, "amount", d.Amount), Bank: m.w.T("deposit.waiting")}
		if day := bookedOn(s.Book, d); day != 0 {
			e.Bank = m.w.T("deposit.booked", "day", day)
		}
		m.Earlier = append(m.Earlier, e)
	}
}

// bookedOn is the day on which the bank booked the last of a slip's cheques; zero while it has not booked all.
func bookedOn(b *ledger.Book, d *ledger.Deposit) ledger.Date {
	day := ledger.Date(0)
	for _, p := range d.PaymentsIn(b) {
		e := b.BankEntries.Get(uint32(p.Entry))
		if e == nil {
			return 0
		}
		day = max(day, e.Booked)
	}
	return day
}

// request is the slip as ticked.
func (m *depositModel) request() desk.DepositRequest {
	r := desk.DepositRequest{On: m.On, IBAN: m.Account, Lang: m.w.Lang()}
	for _, l := range m.Lines {
		if l.Ticked {
			r.Payments = append(r.Payments, l.cheque.Payments...)
		}
	}
	return r
}

// total says how many cheques are ticked and what they come to.
func (m *depositModel) total() string {
	sums, n := ledger.Sums{}, 0
	for _, l := range m.Lines {
		if l.Ticked {
			sums.Add(l.Amount)
			n++
		}
	}
	if n == 0 {
		return m.w.T("deposit.nothing")
	}
	return m.w.N("deposit.total", n, "amount", sums)
}

// checkDay gives the sentence for a day that cannot be the slip's.
func (m *depositModel) checkDay(on ledger.Date) string {
	if on > m.desk.Today() {
		return m.w.Error(ledger.Errorf("deposit_in_future", "date", on))
	}
	for _, l := range m.Lines {
		if l.Ticked && l.cheque.On > on {
			return m.w.Error(ledger.Errorf("deposit_before", "received", l.cheque.On))
		}
	}
	return ""
}

// done says what was recorded.
func (m *depositModel) done(s *desk.Slip) string {
	return m.w.N("deposit.done", s.Cheques, "number", int(s.ID), "amount", s.Amount)
}
