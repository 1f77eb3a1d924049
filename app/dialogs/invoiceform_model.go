package dialogs

import (
	"context"
	"slices"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
)

// invoiceDesk is what the form of an invoice needs of the desk.
type invoiceDesk interface {
	State() *desk.State
	SaveInvoice(ctx context.Context, i ledger.Invoice) (ledger.InvoiceID, ledger.Entry, error)
}

// invoiceModel is an invoice or credit note that is being entered or changed.
type invoiceModel struct {
	desk  invoiceDesk
	w     *words.Words
	state *desk.State
	Now   ledger.Invoice
}

// newInvoiceModel begins with an invoice as recorded, or with a new one of a customer (0: to be chosen)
// in the currency of the customer's last one.
func newInvoiceModel(d invoiceDesk, w *words.Words, id ledger.InvoiceID, customer ledger.CustomerID) *invoiceModel {
	m := &invoiceModel{desk: d, w: w, state: d.State()}
	m.Now = ledger.Invoice{Customer: customer, Total: ledger.Money{Currency: m.currency(customer)}}
	if i := m.state.Book.Invoice(id); i != nil {
		m.Now = *i
	}
	return m
}

// currency is the one that a customer was last invoiced in.
func (m *invoiceModel) currency(customer ledger.CustomerID) ledger.Currency {
	if ids := m.state.Book.InvoicesOf(customer); len(ids) > 0 {
		return m.state.Book.Invoice(ids[len(ids)-1]).Total.Currency
	}
	return ledger.EUR
}

func (m *invoiceModel) title() string {
	switch {
	case m.Now.ID == 0:
		return m.w.T("dialogs.invoice.new")
	case m.Now.CreditNote:
		return m.w.T("dialogs.invoice.edit_credit_note", "number", m.Now.Number)
	}
	return m.w.T("dialogs.invoice.edit", "number", m.Now.Number)
}

// customerName is the name of the customer chosen so far.
func (m *invoiceModel) customerName() string {
	if c := m.state.Book.Customer(m.Now.Customer); c != nil {
		return c.Name
	}
	return ""
}

// suggest finds customers by what was typed: at most four, the best first.
func (m *invoiceModel) suggest(typed string) []*ledger.Customer {
	var out []*ledger.Customer
	for _, f := range m.state.Book.Search(typed, m.state.Standings, 4) {
		if f.Invoice == nil {
			out = append(out, f.Customer)
		}
	}
	return out
}

// choose takes a customer and gives the usual due date for an issue date.
func (m *invoiceModel) choose(id ledger.CustomerID) {
	m.Now.Customer = id
	if m.Now.ID == 0 {
		m.Now.Total.Currency = m.currency(id)
	}
}

// pick takes the customer whose name or code was typed in full; without one, none is chosen.
func (m *invoiceModel) pick(typed string) {
	if typed == m.customerName() && typed != "" {
		return
	}
	m.Now.Customer = 0
	if ids := m.state.Book.CustomersByName(typed); len(ids) == 1 {
		m.choose(ids[0])
	} else if c := m.state.Book.CustomerByRef(typed); c != nil {
		m.choose(c.ID)
	}
}

// due is the day that the customer's terms give an invoice: its own terms, else the customer's, the
// company's or the usual ones.
func (m *invoiceModel) due(issued ledger.Date) ledger.Date {
	terms := m.Now.Terms
	if c := m.state.Book.Customer(m.Now.Customer); !terms.Given && c != nil {
		terms = c.Terms
	}
	if !terms.Given {
		terms = m.state.Book.Company().Terms
	}
	if !terms.Given {
		terms = ledger.DefaultTerms
	}
	return terms.Due(issued)
}

// check gives the sentence for one field after change was made.
func (m *invoiceModel) check(field string, change func(*ledger.Invoice)) string {
	i := m.Now
	change(&i)
	i.FitInstalments()
	for _, e := range ledger.CheckInvoice(ledger.NewDraft(m.state.Book), &i) {
		if FieldOf(e) == field {
			return m.w.Error(e)
		}
	}
	return ""
}

// checkTotal gives the sentence for an amount as typed, which for a credit note may be written without
// its sign.
func (m *invoiceModel) checkTotal(v ledger.Money) string {
	return m.check("total", func(i *ledger.Invoice) { i.Total = signed(v, i.CreditNote) })
}

// toPublicBody says whether the customer chosen so far is a public body, or the invoice has what only theirs have.
func (m *invoiceModel) toPublicBody() bool {
	c, n := m.state.Book.Customer(m.Now.Customer), &m.Now
	return c != nil && c.Type == ledger.PublicBody || n.Demanded != 0 || n.Service != "" || n.Commitment != ""
}

// signed gives a credit note's amount its sign.
func signed(v ledger.Money, creditNote bool) ledger.Money {
	if creditNote && v.Positive() {
		return v.Neg()
	}
	return v
}

// currencies are those offered; an invoice's own is offered too.
func (m *invoiceModel) currencies() []choice {
	codes := []ledger.Currency{ledger.EUR, "CHF", "USD", "GBP"}
	if !slices.Contains(codes, m.Now.Total.Currency) {
		codes = append(codes, m.Now.Total.Currency)
	}
	out := make([]choice, len(codes))
	for i, c := range codes {
		out[i] = choice{string(c), string(c)}
	}
	return out
}

func (m *invoiceModel) save(ctx context.Context) (ledger.InvoiceID, ledger.Entry, error) {
	m.Now.FitInstalments()
	return m.desk.SaveInvoice(ctx, m.Now)
}
