package dialogs

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
)

// agreedDesk is what noting a promise, a dispute or insolvency proceedings needs of the desk.
type agreedDesk interface {
	State() *desk.State
	Today() ledger.Date
	Promise(ctx context.Context, p ledger.Promise) (ledger.PromiseID, ledger.Entry, error)
	Dispute(ctx context.Context, r ledger.Dispute) (ledger.DisputeID, ledger.Entry, error)
	CloseDispute(ctx context.Context, id ledger.DisputeID, ended string) (ledger.Entry, error)
	SetInsolvency(ctx context.Context, id ledger.CustomerID, judgment, published ledger.Date, officer ledger.Officer) (ledger.Entry, error)
}

// owed is what a customer owes, invoice by invoice, the oldest due first.
type owed struct {
	state    *desk.State
	w        *words.Words
	Customer *ledger.Customer
	Invoices []*ledger.Invoice
}

func readOwed(s *desk.State, w *words.Words, customer ledger.CustomerID) owed {
	o := owed{state: s, w: w, Customer: s.Book.Customer(customer)}
	for _, id := range s.Book.InvoicesOf(customer) {
		if i := s.Book.Invoice(id); !i.CreditNote && s.Open(i).Positive() {
			o.Invoices = append(o.Invoices, i)
		}
	}
	slices.SortStableFunc(o.Invoices, func(a, b *ledger.Invoice) int {
		return cmp.Or(cmp.Compare(s.Standings.Of(a.ID).Due, s.Standings.Of(b.ID).Due), cmp.Compare(a.ID, b.ID))
	})
	return o
}

// name is the customer's.
func (o *owed) name() string { return o.Customer.Name }

// invoice gives one of the open invoices by what its choice is named; nil for another.
func (o *owed) invoice(code string) *ledger.Invoice {
	for _, i := range o.Invoices {
		if invoiceCode(i.ID) == code {
			return i
		}
	}
	return nil
}

func invoiceCode(id ledger.InvoiceID) string { return strconv.Itoa(int(id)) }

// choices lists the open invoices, after all of them together where all is true.
func (o *owed) choices(all bool) []choice {
	var out []choice
	if all {
		out = append(out, choice{"", o.w.T("calls.all_invoices")})
	}
	for _, i := range o.Invoices {
		out = append(out, choice{invoiceCode(i.ID), o.w.T("calls.invoice_open", "number", i.Number, "open", o.state.Open(i))})
	}
	return out
}

// currency is the chosen invoice's own, or else that of the oldest.
func (o *owed) currency(code string) ledger.Currency {
	switch i := o.invoice(code); {
	case i != nil:
		return i.Total.Currency
	case len(o.Invoices) > 0:
		return o.Invoices[0].Total.Currency
	}
	return ledger.EUR
}

// proposed is what is overdue of a choice of invoices, or open where nothing is overdue.
func (o *owed) proposed(code string) ledger.Money {
	open := ledger.Money{Currency: o.currency(code)}
	overdue := open
	for _, i := range o.Invoices {
		if i.Total.Currency != open.Currency || (code != "" && invoiceCode(i.ID) != code) {
			continue
		}
		st := o.state.Standings.Of(i.ID)
		open.Minor += st.Open - st.Contested // nobody is held to promise what is contested
		overdue.Minor += max(st.Overdue-st.Contested, 0)
	}
	if overdue.Positive() {
		return overdue
	}
	return open
}

// named gives the invoices of a choice as records have them: none for all.
func (o *owed) named(code string) []ledger.InvoiceID {
	if i := o.invoice(code); i != nil {
		return []ledger.InvoiceID{i.ID}
	}
	return nil
}

// sentence gives what is said of one field among errors.
func sentence(w *words.Words, list []*ledger.Error, field string) string {
	for _, e := range list {
		if FieldOf(e) == field {
			return w.Error(e)
		}
	}
	return ""
}

// promiseModel is a promise that is being noted.
type promiseModel struct {
	owed
	desk agreedDesk
	Now  ledger.Promise
}

func newPromiseModel(d agreedDesk, w *words.Words, customer ledger.CustomerID) *promiseModel {
	m := &promiseModel{owed: readOwed(d.State(), w, customer), desk: d}
	m.Now = ledger.Promise{Customer: customer, Made: d.Today(), Amount: m.proposed(""), Means: ledger.Transfer}
	return m
}

// choose takes another choice of invoices and proposes what is due of them.
func (m *promiseModel) choose(code string) {
	m.Now.Invoices, m.Now.Amount = m.named(code), m.proposed(code)
}

// check gives the sentence for one field after change was made to the promise.
func (m *promiseModel) check(field string, change func(*ledger.Promise)) string {
	p := m.Now
	change(&p)
	return sentence(m.w, ledger.CheckPromise(m.state.Book, &p, m.state.Standings), field)
}

func (m *promiseModel) save(ctx context.Context) (ledger.Entry, error) {
	_, e, err := m.desk.Promise(ctx, m.Now)
	return e, err
}

// disputeModel is a dispute that is being noted, or changed where the invoice has one open.
type disputeModel struct {
	owed
	desk agreedDesk
	Now  ledger.Dispute
}

// newDisputeModel begins with an invoice; 0 stands for the oldest.
func newDisputeModel(d agreedDesk, w *words.Words, customer ledger.CustomerID, invoice ledger.InvoiceID) *disputeModel {
	m := &disputeModel{owed: readOwed(d.State(), w, customer), desk: d}
	if invoice == 0 && len(m.Invoices) > 0 {
		invoice = m.Invoices[0].ID
	}
	m.choose(invoiceCode(invoice))
	return m
}

// choose takes another invoice: its open dispute, or a new one.
func (m *disputeModel) choose(code string) {
	m.Now = ledger.Dispute{Opened: m.desk.Today()}
	if i := m.invoice(code); i != nil {
		m.Now.Invoice = i.ID
		if x := m.state.Book.OpenDispute(i.ID, m.state.On); x != nil {
			m.Now = *x
		}
	}
}

// amount is what is contested, nothing where it is all of the invoice.
func (m *disputeModel) amount() ledger.Money {
	return ledger.Money{Minor: m.Now.Amount, Currency: m.currency(invoiceCode(m.Now.Invoice))}
}

func (m *disputeModel) check(field string, change func(*ledger.Dispute)) string {
	x := m.Now
	change(&x)
	return sentence(m.w, ledger.CheckDispute(m.state.Book, &x, m.state.Standings), field)
}

func (m *disputeModel) save(ctx context.Context) (ledger.Entry, error) {
	_, e, err := m.desk.Dispute(ctx, m.Now)
	return e, err
}

// disputeReasons lists what can be contested.
func disputeReasons(w *words.Words) []choice {
	var out []choice
	for _, r := range ledger.DisputeReasons {
		out = append(out, choice{string(r), w.DisputeReason(r)})
	}
	return out
}

// openDispute is a dispute that can be closed.
type openDispute struct {
	ID   ledger.DisputeID
	Word string // the invoice and what is contested
	Said string // what would settle it and who does it
}

// openDisputes lists a customer's disputes that are not closed.
func openDisputes(s *desk.State, w *words.Words, customer ledger.CustomerID) []openDispute {
	var out []openDispute
	for _, id := range s.Book.InvoicesOf(customer) {
		if x := s.Book.OpenDispute(id, s.On); x != nil {
			out = append(out, openDispute{x.ID, Joined(s.Book.Invoice(id).Number, w.DisputeReason(x.Reason)), Joined(x.Words, x.Settles, x.Who)})
		}
	}
	return out
}

// HasOpenDispute says whether a customer has a dispute that can be closed.
func HasOpenDispute(s *desk.State, customer ledger.CustomerID) bool {
	return slices.ContainsFunc(s.Book.InvoicesOf(customer), func(id ledger.InvoiceID) bool { return s.Book.OpenDispute(id, s.On) != nil })
}

// insolvencyModel is insolvency proceedings that are being noted.
type insolvencyModel struct {
	desk      agreedDesk
	w         *words.Words
	Customer  *ledger.Customer
	Judgment  ledger.Date
	Published ledger.Date
	Officer   ledger.Officer // to whom the claim is declared
}

func newInsolvencyModel(d agreedDesk, w *words.Words, customer ledger.CustomerID) *insolvencyModel {
	c := d.State().Book.Customer(customer)
	return &insolvencyModel{desk: d, w: w, Customer: c, Judgment: c.Insolvent, Published: c.Published, Officer: c.Officer}
}

// check gives the sentence for one of the two days, as they would be.
func (m *insolvencyModel) check(field string, judgment, published ledger.Date) string {
	d := ledger.NewDraft(m.desk.State().Book)
	return sentence(m.w, ledger.SetInsolvency(d, m.Customer.ID, judgment, published, m.desk.Today()), field)
}

func (m *insolvencyModel) save(ctx context.Context) (ledger.Entry, error) {
	return m.desk.SetInsolvency(ctx, m.Customer.ID, m.Judgment, m.Published, m.Officer)
}
