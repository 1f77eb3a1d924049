package exports

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"quitus/ledger"
)

// CustomerSheet writes one customer's file as a workbook: balance, address and contacts, invoices with
// what is open of them, what happened, and notes. The error's code is "customer_unknown".
func CustomerSheet(w io.Writer, r Report, id ledger.CustomerID) error {
	r = r.closed()
	c := r.Book.Customer(id)
	if c == nil {
		return ledger.Errorf("customer_unknown", "customer", fmt.Sprint(uint32(id)))
	}
	return Write(w, []Sheet{r.card(c), r.invoices(c), r.events(c), r.notes(c)})
}

// card has the figures and the details of a customer, one per line, then its contacts.
func (r Report) card(c *ledger.Customer) Sheet {
	t := r.Texts.T
	s := Sheet{
		Name:    t("exports.sheet.customer"),
		Above:   []string{c.Name, r.heading("exports.customer.title")},
		Columns: []Column{{t("exports.col.what"), 26}, {t("exports.col.value"), 34}, {t("exports.col.phone"), 20}, {t("exports.col.email"), 40}},
	}
	var rows [][]any
	add := func(key string, value any) {
		if value != "" {
			rows = append(rows, []any{t(key), value})
		}
	}
	sum := r.Book.Summary(c.ID, r.Standings)
	for _, m := range sum.Owed.List() {
		add("exports.card.owed", m)
	}
	for _, m := range sum.Overdue.List() {
		add("exports.card.overdue", m)
	}
	add("exports.card.days_late", sum.MaxDaysLate)
	add("exports.col.ref", c.Ref)
	add("exports.card.address", strings.Join(strings.Split(c.Address, "\n"), ", "))
	add("exports.card.town", strings.TrimSpace(c.Postcode+" "+c.Town))
	add("exports.card.country", c.Country)
	add("exports.card.siren", c.SIREN)
	add("exports.card.vat", c.VAT)
	rows = append(rows, []any{t("exports.card.general"), c.Name, c.Phone, c.Email})
	for _, p := range r.Book.ContactsOf(c.ID) {
		what := p.Role
		if p.DoNotContact {
			what = strings.TrimSpace(what + " " + t("exports.card.do_not_contact"))
		}
		rows = append(rows, []any{what, p.Name, p.Phone, p.Email})
	}
	s.Rows = slices.Values(rows)
	return s
}

// invoices has all of a customer's invoices, the newest first, and the balance per currency.
func (r Report) invoices(c *ledger.Customer) Sheet {
	t := r.Texts.T
	s := Sheet{
		Name: t("exports.sheet.invoices"),
		Columns: []Column{
			{t("exports.col.number"), 17}, {t("exports.col.date"), 12}, {t("exports.col.due"), 12}, {t("exports.col.total"), 15},
			{t("exports.col.paid"), 15}, {t("exports.col.open"), 15}, {t("exports.col.currency"), 9}, {t("exports.col.days_late"), 14},
			{t("exports.col.situation"), 22}, {t("exports.col.order"), 16}, {t("exports.col.subject"), 60},
		},
	}
	var rows [][]any
	ids := slices.SortedStableFunc(slices.Values(r.Book.InvoicesOf(c.ID)), func(a, b ledger.InvoiceID) int {
		return cmp.Compare(r.Book.Invoice(b).Issued, r.Book.Invoice(a).Issued)
	})
	for _, id := range ids {
		i := r.Book.Invoice(id)
		st, cur := r.Standings.Of(i.ID), i.Total.Currency
		rows = append(rows, []any{i.Number, i.Issued, i.Due, i.Total, ledger.Money{Minor: st.Paid, Currency: cur},
			ledger.Money{Minor: st.Open, Currency: cur}, string(cur), late(st), r.Texts.Situation(st.Situation), i.OrderRef, i.Subject})
	}
	s.Rows = slices.Values(rows)
	for _, m := range r.Book.Summary(c.ID, r.Standings).Owed.List() {
		s.Totals = append(s.Totals, []any{t("exports.total"), nil, nil, nil, nil, m, string(m.Currency)})
	}
	return s
}

// eventKinds are the endings of the keys, in the order of [ledger.EventKind].
var eventKinds = [...]string{"issued", "credit_note", "fell_due", "payment", "settled", "write_off", "promise", "promise_kept",
	"promise_kept_in_part", "promise_broken", "dispute", "dispute_closed", "note", "document", "letter", "step"}

// events has what happened with a customer, the latest first.
func (r Report) events(c *ledger.Customer) Sheet {
	t := r.Texts.T
	var rows [][]any
	for _, e := range r.Book.Events(c.ID, r.Standings) {
		number := ""
		if e.Invoice != nil {
			number = e.Invoice.Number
		}
		var amount any
		if !e.Amount.IsZero() {
			amount = e.Amount
		}
		rows = append(rows, []any{e.On, t("exports.event." + eventKinds[e.Kind]), number, amount, e.Until, e.Text})
	}
	return Sheet{
		Name: t("exports.sheet.events"),
		Columns: []Column{{t("exports.col.date"), 12}, {t("exports.col.event"), 26}, {t("exports.col.number"), 17},
			{t("exports.col.amount"), 15}, {t("exports.col.until"), 12}, {t("exports.col.words"), 80}},
		Rows: slices.Values(rows),
	}
}

func (r Report) notes(c *ledger.Customer) Sheet {
	var rows [][]any
	for n := range r.Book.Notes.All() {
		if n.Customer == c.ID && n.On <= r.Standings.On {
			rows = append(rows, []any{n.On, n.Text})
		}
	}
	return Sheet{
		Name:    r.Texts.T("exports.sheet.notes"),
		Columns: []Column{{r.Texts.T("exports.col.date"), 12}, {r.Texts.T("exports.col.note"), 100}},
		Rows:    slices.Values(rows),
	}
}
