package exports

import (
	"cmp"
	"slices"
	"strings"

	"quitus/ledger"
)

// postingKind says what a line of the customers' ledger is, in the order in which those of one day are shown.
type postingKind byte

const (
	invoicePosting postingKind = iota
	creditNotePosting
	registerPosting // what a register says was paid
	paymentPosting
	writeOffPosting
)

// postingKeys are the endings of the keys of kinds.
var postingKeys = [...]string{"invoice", "credit_note", "payment", "payment", "write_off"}

// posting is a line of the customers' ledger.
type posting struct {
	customer *ledger.Customer
	on       ledger.Date
	kind     postingKind
	invoice  *ledger.Invoice // that the line is or settles; nil where it settles none, or several
	payment  *ledger.Payment // of a payment
	amount   ledger.Money    // positive in debit
	text     string          // what a person wrote about it
	letter   string
}

func (e *posting) number() string {
	if e.invoice == nil {
		return ""
	}
	return e.invoice.Number
}

// comparePostings orders by customer, currency and day.
func comparePostings(a, b posting) int {
	paid := func(e posting) ledger.PaymentID {
		if e.payment == nil {
			return 0
		}
		return e.payment.ID
	}
	return cmp.Or(cmp.Compare(a.customer.Ref, b.customer.Ref), cmp.Compare(a.customer.ID, b.customer.ID),
		cmp.Compare(a.amount.Currency, b.amount.Currency), cmp.Compare(a.on, b.on), cmp.Compare(a.kind, b.kind),
		cmp.Compare(paid(a), paid(b)), cmp.Compare(a.number(), b.number()))
}

// postings gives the customers' ledger up to the report's day. A payment has a line for each document that it settles,
// which bears the document's number, so that what is open of each can be read off; once all that hangs together is
// settled, one line and a letter say it.
func (r Report) postings() []posting {
	var out []posting
	add := func(e posting) {
		if e.amount.Minor != 0 {
			out = append(out, e)
		}
	}
	paid := make([]int64, r.Book.Invoices.Cap()+1)
	r.addPayments(paid, add)
	for w := range r.Book.WriteOffs.All() {
		if i := r.Book.Invoice(w.Invoice); i != nil && w.On <= r.Standings.On {
			add(posting{customer: r.customer(i.Customer), on: w.On, kind: writeOffPosting, invoice: i, amount: w.Amount.Neg(), text: w.Reason})
		}
	}
	for i := range r.Book.Invoices.All() {
		e := posting{customer: r.customer(i.Customer), on: i.Issued, kind: invoicePosting, invoice: i, amount: i.Total, text: i.Subject}
		if i.CreditNote {
			e.kind = creditNotePosting
		}
		add(e)
		// What a register said was paid, as far as no payment accounts for it. A figure learnt after the closing date
		// counts on it, for nobody knows since when it is true.
		add(posting{customer: e.customer, on: min(cmp.Or(i.RegisterDay, i.Issued), r.Standings.On), kind: registerPosting, invoice: i,
			amount: ledger.Money{Minor: paid[i.ID] - r.Standings.Of(i.ID).Paid, Currency: i.Total.Currency}})
	}
	slices.SortStableFunc(out, comparePostings)
	r.letter(out)
	return merged(out)
}

// addPayments adds the lines of payments, and counts what they settle of each invoice.
func (r Report) addPayments(paid []int64, add func(posting)) {
	for p := range r.Book.Payments.All() {
		if p.On > r.Standings.On {
			continue
		}
		e := posting{on: p.On, kind: paymentPosting, payment: p, text: p.Reference}
		left := p.Amount
		for _, a := range p.Allocations {
			if e.invoice = r.Book.Invoice(a.Invoice); e.invoice == nil {
				continue // issued after the day: it takes nothing yet
			}
			e.customer, e.amount = r.customer(e.invoice.Customer), ledger.Money{Minor: -a.Amount, Currency: p.Amount.Currency}
			add(e)
			paid[a.Invoice] += a.Amount
			left.Minor -= a.Amount
		}
		e.customer, e.invoice, e.amount = r.customer(p.Customer), nil, left.Neg()
		add(e)
	}
}

// letter gives the documents of a customer that payments tie together, and these payments, a letter of their own, if
// all of them are settled. The postings are in order.
func (r Report) letter(postings []posting) {
	groups := r.groups()
	open := map[ledger.InvoiceID]bool{}
	for i := range r.Book.Invoices.All() {
		if r.Standings.Of(i.ID).Open != 0 {
			open[groups.of(i.ID)] = true
		}
	}
	type key struct {
		customer ledger.CustomerID
		group    ledger.InvoiceID
	}
	letters, given := map[key]string{}, map[ledger.CustomerID]int{}
	for n := range postings {
		e := &postings[n]
		if e.invoice == nil {
			continue
		}
		k := key{e.customer.ID, groups.of(e.invoice.ID)}
		if open[k.group] {
			continue
		}
		if letters[k] == "" {
			letters[k] = letterCode(given[e.customer.ID])
			given[e.customer.ID]++
		}
		e.letter = letters[k]
	}
}

// letterCode gives the n-th letter, from 0: AA, AB … ZZ, AAA.
func letterCode(n int) string {
	s := ""
	for n += 26; n >= 0; n = n/26 - 1 { // the first 26 are single letters, which are not given
		s = string(rune('A'+n%26)) + s
	}
	return s
}

// groups are sets of invoices and credit notes that payments tie together, each named by one of them.
type groups []ledger.InvoiceID

// groups finds what payments up to the report's day tie together.
func (r Report) groups() groups {
	g := make(groups, r.Book.Invoices.Cap()+1)
	for k := range g {
		g[k] = ledger.InvoiceID(k)
	}
	for p := range r.Book.Payments.All() {
		if p.On > r.Standings.On {
			continue
		}
		first := ledger.InvoiceID(0)
		for _, a := range p.Allocations {
			switch {
			case r.Book.Invoice(a.Invoice) == nil:
			case first == 0:
				first = a.Invoice
			default:
				g[g.of(a.Invoice)] = g.of(first)
			}
		}
	}
	return g
}

func (g groups) of(id ledger.InvoiceID) ledger.InvoiceID {
	for g[id] != id {
		g[id] = g[g[id]]
		id = g[id]
	}
	return id
}

// merged makes the lines of one payment under one letter one line. A credit note set against an invoice, where no money
// came, leaves none.
func merged(postings []posting) []posting {
	out := postings[:0]
	for _, e := range postings {
		if n := len(out) - 1; n >= 0 && e.letter != "" && e.payment != nil && out[n].payment == e.payment && out[n].letter == e.letter && out[n].customer == e.customer {
			out[n].invoice, out[n].amount = nil, out[n].amount.Add(e.amount)
			continue
		}
		out = append(out, e)
	}
	return slices.DeleteFunc(out, func(e posting) bool { return e.amount.IsZero() })
}

// payments is the customers' ledger. It has the column titles of one, so that the file can be imported back.
func (r Report) payments() Sheet {
	t := r.Texts.T
	postings := r.postings()
	s := Sheet{
		Name:  t("exports.sheet.payments"),
		Above: []string{r.heading("exports.payments.title")},
		Columns: []Column{
			{t("exports.col.ref"), 12}, {t("exports.col.customer"), 34}, {t("exports.col.date"), 12}, {t("exports.col.kind"), 18},
			{t("exports.col.piece"), 17}, {t("exports.col.due"), 12}, {t("exports.col.label"), 48}, {t("exports.col.debit"), 15},
			{t("exports.col.credit"), 15}, {t("exports.col.letter"), 10}, {t("exports.col.running"), 16}, {t("exports.col.currency"), 9},
		},
		Rows: func(yield func([]any) bool) {
			var customer *ledger.Customer
			balance := ledger.Money{}
			for n := range postings {
				e := &postings[n]
				if e.customer != customer || e.amount.Currency != balance.Currency {
					customer, balance = e.customer, ledger.Money{Currency: e.amount.Currency}
				}
				balance = balance.Add(e.amount)
				if !yield(r.paymentRow(e, balance)) {
					return
				}
			}
		},
	}
	s.Totals = r.paymentTotals(postings)
	return s
}

// paymentTotals sums up each currency.
func (r Report) paymentTotals(postings []posting) (rows [][]any) {
	debit, credit, moved := ledger.Sums{}, ledger.Sums{}, ledger.Sums{}
	for _, e := range postings {
		moved.Add(e.amount.Abs())
		if e.amount.Positive() {
			debit.Add(e.amount)
		} else {
			credit.Add(e.amount.Neg())
		}
	}
	for _, m := range moved.List() {
		in, out := ledger.Money{Minor: debit[m.Currency], Currency: m.Currency}, ledger.Money{Minor: credit[m.Currency], Currency: m.Currency}
		rows = append(rows, []any{r.Texts.T("exports.total"), nil, nil, nil, nil, nil, nil, in, out, nil, in.Sub(out), string(m.Currency)})
	}
	return rows
}

func (r Report) paymentRow(e *posting, balance ledger.Money) []any {
	var debit, credit, due any
	if e.amount.Positive() {
		debit = e.amount
	} else {
		credit = e.amount.Neg()
	}
	if e.kind <= creditNotePosting {
		due = e.invoice.Due
	}
	return []any{e.customer.Ref, e.customer.Name, e.on, r.Texts.T("exports.kind." + postingKeys[e.kind]), e.number(), due, r.label(e),
		debit, credit, e.letter, balance, string(e.amount.Currency)}
}

// label says what a line is: the means and the reference of a payment, what a document is about.
func (r Report) label(e *posting) string {
	t := r.Texts.T
	switch {
	case e.kind == registerPosting:
		return t("exports.label.register", "date", cmp.Or(e.invoice.RegisterDay, e.on))
	case e.kind != paymentPosting:
		return e.text
	case e.payment.Amount.IsZero():
		return t("exports.label.set_off")
	}
	s := t("exports.kind.payment")
	if e.payment.Means != ledger.OtherMeans {
		s = r.Texts.Means(e.payment.Means)
	}
	switch {
	case strings.HasPrefix(ledger.Fold(e.text), ledger.Fold(s)): // « virement F-118 » says it already
		s = e.text
	case e.text != "":
		s += " " + e.text
	}
	if e.invoice == nil && e.letter == "" {
		s = t("exports.label.not_allocated", "label", s)
	}
	return s
}
