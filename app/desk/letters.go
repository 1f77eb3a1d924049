package desk

import (
	"cmp"
	"context"
	"slices"

	"quitus/ledger"
	"quitus/letters"
)

// LetterCase is a customer to whom a letter of one model could be written today.
type LetterCase struct {
	Customer *ledger.Customer
	Model    string
	Invoices []ledger.InvoiceID // late, neither promised nor contested, and open credit notes
	Late     int                // how many of them are late
	Amount   ledger.Money       // what they come to, less what is contested
	DaysLate int                // of the oldest
	// Hold says why the letter is not proposed though it could be written: "recent_letter",
	// "deadline_running", "notice_sent", "handed_over", "credit_covers"; empty where nothing speaks against it.
	Hold  string
	Since ledger.Date // of what Hold speaks of
}

// leastDaysBetween is the house rule against pestering: no letter to a customer to whom one was sent
// less than so many days ago, unless the owner ticks it.
const leastDaysBetween = 7

// LetterCases gives the letters that are due today, largest amount first. Levels go up one at a time: a
// formal notice is proposed when a reminder about all the late invoices was sent and its deadline is
// past, a first reminder before; a part that fell due since counts like another invoice. One letter a
// customer and currency, with all its invoices. The list is shared: it is not to be changed.
func (s *State) LetterCases() []LetterCase {
	s.lettersOnce.Do(func() { s.letters = s.letterCases() })
	return s.letters
}

func (s *State) letterCases() []LetterCase {
	byCustomer := map[ledger.CustomerID]map[ledger.Currency]*LetterCase{}
	credits := map[ledger.CustomerID][]*ledger.Invoice{}
	for i := range s.Book.Invoices.All() {
		st := s.Standings.Of(i.ID)
		switch {
		case st.Open == 0:
		case i.CreditNote:
			credits[i.Customer] = append(credits[i.Customer], i)
		case st.DaysLate > 0 && st.PromisedBy == 0 && st.Contested < st.Overdue:
			cases := byCustomer[i.Customer]
			if cases == nil {
				cases = map[ledger.Currency]*LetterCase{}
				byCustomer[i.Customer] = cases
			}
			c := cases[i.Total.Currency]
			if c == nil {
				c = &LetterCase{Customer: s.Book.Customer(i.Customer)}
				cases[i.Total.Currency] = c
			}
			c.Invoices = append(c.Invoices, i.ID)
			c.Late++
			c.Amount = c.Amount.Add(ledger.Money{Minor: st.Overdue - st.Contested, Currency: i.Total.Currency})
			c.DaysLate = max(c.DaysLate, st.DaysLate)
		}
	}
	var out []LetterCase
	for id, cases := range byCustomer {
		for _, c := range cases {
			s.level(c)
			for _, n := range credits[id] {
				if n.Total.Currency == c.Amount.Currency {
					c.Invoices = append(c.Invoices, n.ID)
					c.Amount = c.Amount.Add(s.Open(n))
				}
			}
			if !c.Amount.Positive() {
				c.Hold = "credit_covers"
			}
			out = append(out, *c)
		}
	}
	slices.SortFunc(out, func(a, b LetterCase) int {
		return cmp.Or(cmp.Compare(b.Amount.Minor, a.Amount.Minor), cmp.Compare(a.Customer.ID, b.Customer.ID))
	})
	return out
}

// LettersDue is how many letters nothing speaks against.
func (s *State) LettersDue() int {
	n := 0
	for _, c := range s.LetterCases() {
		if c.Hold == "" {
			n++
		}
	}
	return n
}

// level decides the model of a case from the letters sent before, and what holds it back.
func (s *State) level(c *LetterCase) {
	reminded := map[ledger.InvoiceID]*ledger.Letter{}
	var last *ledger.Letter
	for _, l := range s.Book.LettersOf(c.Customer.ID) {
		if l.Sent == 0 || l.Sent > s.On || letters.Level(l.Model) == 0 {
			continue // a receipt or a statement asks for nothing
		}
		if last == nil || l.Sent >= last.Sent {
			last = l
		}
		for _, line := range l.Lines {
			if l.On > s.lastFallen(line.Invoice) && l.Model != letters.PreDue {
				reminded[line.Invoice] = l
			}
		}
	}
	before := s.earlierSteps(c)
	c.Model = letters.FormalNotice
	for _, id := range c.Invoices {
		if reminded[id] == nil && !before.reminded[id] {
			c.Model = letters.FirstFor(c.Customer)
		}
	}
	switch {
	case before.over != 0:
		c.Hold, c.Since = "handed_over", before.over
	case before.notice != 0 && (last == nil || last.Sent <= before.notice):
		c.Hold, c.Since = "notice_sent", before.notice
	case before.last != 0 && int(s.On-before.last) < leastDaysBetween:
		c.Hold, c.Since = "recent_letter", before.last
	case last == nil:
	case c.Model == letters.FormalNotice && last.Deadline >= s.On:
		c.Hold, c.Since = "deadline_running", last.Deadline
	case c.Model == letters.FormalNotice && letters.Level(last.Model) >= letters.Level(letters.FormalNotice):
		c.Hold, c.Since = "notice_sent", last.Sent
	case int(s.On-last.Sent) < leastDaysBetween:
		c.Hold, c.Since = "recent_letter", last.Sent
	}
}

// lastFallen is the latest due date of what is overdue of an invoice in parts, which a letter must come
// after to have asked for all of it; zero of any other invoice.
func (s *State) lastFallen(id ledger.InvoiceID) ledger.Date {
	last := ledger.Date(0)
	if i := s.Book.Invoice(id); i != nil && len(i.Instalments) > 0 {
		for p, left := range i.Parts(s.Standings.Of(id).Open) {
			if left != 0 && p.Due < s.On {
				last = p.Due
			}
		}
	}
	return last
}

// LetterRequest says which letter to write. Zero fields mean what [letters.Request] takes for them.
type LetterRequest struct {
	Customer ledger.CustomerID
	Model    string
	Deadline ledger.Date
	Invoices []ledger.InvoiceID
	Currency ledger.Currency
	Facts    letters.Facts
}

// LetterCurrencies gives the currencies in which a customer may be written to with a model: those of what is late, or
// of what is open for a model that is about more; one that is empty where the letter itself finds its currency.
func (s *State) LetterCurrencies(c ledger.CustomerID, model string) []ledger.Currency {
	sums := s.Summaries()[c].Overdue
	switch {
	case model == letters.PreDue || model == letters.StatementOfAccount:
		sums = s.Summaries()[c].Owed
	case letters.Level(model) == 0 && model != letters.VisitNotice:
		sums = nil
	}
	var out []ledger.Currency
	for _, m := range sums.List() {
		out = append(out, m.Currency)
	}
	if len(out) == 0 {
		out = append(out, "") // the writer says what is missing
	}
	return out
}

// Written is a letter made, with its pages; it is not recorded yet.
type Written struct {
	*letters.Letter
	Warnings []letters.Warning
	PDF      []byte
}

// Writer writes letters about one moment of the ledger; it saves working out for each what is the same
// for all.
type Writer struct {
	state *State
	logo  *letters.Logo
}

// Writer begins to write letters. A logo that the ledger no longer holds, or that cannot be read, is
// left out.
func (d *Desk) Writer() *Writer {
	s := d.State()
	return &Writer{state: s, logo: d.logo(s.Book)}
}

// logo gives the company's logo, or nil.
func (d *Desk) logo(b *ledger.Book) *letters.Logo {
	h := b.Company().Logo
	if h == "" {
		return nil
	}
	picture, err := d.store.Document(h)
	if err != nil {
		return nil
	}
	l, _ := letters.NewLogo(picture)
	return l
}

// request is what the composer of letters and e-mails is given.
func (w *Writer) request(r LetterRequest) letters.Request {
	return letters.Request{
		Book: w.state.Book, Standings: w.state.Standings, Customer: r.Customer, Model: r.Model, On: w.state.On,
		Deadline: r.Deadline, Invoices: r.Invoices, Currency: r.Currency, Logo: w.logo, Rates: w.state.Rates(), Facts: r.Facts,
	}
}

// Write makes one letter. Errors are those of [letters.Compose].
func (w *Writer) Write(r LetterRequest) (*Written, error) {
	l, warnings, err := letters.Compose(w.request(r))
	if err != nil {
		return nil, err
	}
	pdf, err := l.PDF()
	if err != nil {
		return nil, err
	}
	return &Written{l, warnings, pdf}, nil
}

// KeepLetters records letters with their pages, as one batch; sent says that they leave today. A letter
// that is recorded already, byte for byte, is not recorded twice, but marked as sent.
func (d *Desk) KeepLetters(ctx context.Context, list []*Written, sent bool) (ledger.Entry, error) {
	act := ledger.ActLetters
	if sent {
		act = ledger.ActLettersSent
	}
	return d.change(ctx, act, nil, func(x *ledger.Draft) error {
		for _, w := range list {
			if err := ctx.Err(); err != nil {
				return err
			}
			d.keepLetter(x, w, sent)
		}
		return nil
	})
}

// keepLetter stages a letter and gives its number.
func (d *Desk) keepLetter(x *ledger.Draft, w *Written, sent bool) ledger.LetterID {
	r := &ledger.Letter{
		Customer: w.Customer, Model: w.Model, Reference: w.Reference, On: w.Date, Deadline: w.Deadline,
		Amount: w.Amount, Lines: w.Lines, Size: int64(len(w.PDF)), Hash: x.Keep(w.PDF),
	}
	for _, known := range x.Book().LettersOf(w.Customer) {
		if known.Hash != r.Hash {
			continue
		}
		if known.Sent != 0 || !sent {
			return known.ID
		}
		r = ledger.Clone(known)
	}
	if sent {
		r.Sent = d.Today()
	}
	x.Put(r)
	return r.ID
}

// MarkSent notes that letters recorded before left today.
func (d *Desk) MarkSent(ctx context.Context, ids []ledger.LetterID) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActLettersSent, nil, func(x *ledger.Draft) error {
		for _, id := range ids {
			l, ok := x.Record(ledger.KindLetter, uint32(id)).(*ledger.Letter)
			if !ok {
				return ledger.Errorf("letter_unknown")
			}
			l = ledger.Clone(l)
			l.Sent = d.Today()
			x.Put(l)
		}
		return nil
	})
}
