// Package exports writes workbooks (XLSX) and CSV files from what is recorded. It computes nothing of
// its own: sums come from the ledger, and texts from the [Texts] given to it.
//
// What a text says is never executed by the program that opens the file: in workbooks texts are string
// cells, in CSV a text that looks like a formula is put behind an apostrophe.
package exports

import (
	"cmp"
	"io"
	"maps"
	"slices"

	"quitus/ledger"
)

// Texts is one language's words, as quitus/assets/words has them. Titles and names of sheets are under
// keys "exports.…".
type Texts interface {
	T(key string, pairs ...any) string
	Situation(ledger.Situation) string
	Bucket(ledger.Bucket) string
	Act(ledger.Act) string
	Means(ledger.Means) string
	Letter(model string) string
	DisputeReason(ledger.DisputeReason) string
	Step(*ledger.Step) string
}

// Report is what a workbook tells of: a book on the day of its standings, the closing date. What was issued
// after that day is left out.
type Report struct {
	Book      *ledger.Book
	Standings *ledger.Standings
	Texts     Texts
}

// What is a sheet that can be had alone.
type What string

// The sheets that can be had alone. Each is read back by quitus/ledger/imports.
const (
	OpenItems What = "open"     // what is not settled
	Doubtful  What = "doubtful" // what is late, as a provision for it needs it
	Payments  What = "payments" // the customers' ledger: documents, payments and their lettering
)

// Workbook writes the whole picture of a day: open items, ageing by customer, doubtful debts, payments and
// their lettering, promises, and the journal, which is given in the order in which it is to be shown.
func Workbook(w io.Writer, r Report, journal []ledger.Entry) error {
	r = r.closed()
	return Write(w, []Sheet{r.openItems(), r.ageing(), r.doubtful(), r.payments(), r.promises(), r.journal(journal)})
}

// WorkbookOf writes a workbook of one sheet.
func WorkbookOf(w io.Writer, r Report, what What) error {
	return Write(w, []Sheet{r.closed().sheet(what)})
}

// CSV writes one sheet as CSV.
func CSV(w io.Writer, r Report, what What, style CSVStyle) error {
	return WriteCSV(w, r.closed().sheet(what), style)
}

func (r Report) sheet(what What) Sheet {
	switch what {
	case Doubtful:
		return r.doubtful()
	case Payments:
		return r.payments()
	}
	return r.openItems()
}

// closed gives the report without what was issued after its day: the standings leave out later payments
// only.
func (r Report) closed() Report {
	d := ledger.NewDraft(r.Book)
	for i := range r.Book.Invoices.All() {
		if i.Issued > r.Standings.On {
			d.Delete(ledger.KindInvoice, uint32(i.ID))
		}
	}
	if !d.Empty() {
		r.Book = d.Next()
	}
	return r
}

// open gives the invoices and credit notes that are not settled, oldest due date first; those without
// due date come last.
func (r Report) open() []*ledger.Invoice {
	var out []*ledger.Invoice
	for i := range r.Book.Invoices.All() {
		if r.Standings.Of(i.ID).Open != 0 {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b *ledger.Invoice) int {
		return cmp.Or(cmp.Compare(dueOrder(a), dueOrder(b)), cmp.Compare(a.Number, b.Number))
	})
	return out
}

func dueOrder(i *ledger.Invoice) ledger.Date {
	if i.Due == 0 {
		return ledger.EndOfTime
	}
	return i.Due
}

// openItems has the column titles of an invoice register, so that the file can be imported back.
func (r Report) openItems() Sheet {
	t := r.Texts.T
	return Sheet{
		Name:  t("exports.sheet.open_items"),
		Above: []string{r.heading("exports.open_items.title")},
		Columns: []Column{
			{t("exports.col.number"), 17}, {t("exports.col.ref"), 12}, {t("exports.col.customer"), 34},
			{t("exports.col.date"), 12}, {t("exports.col.due"), 12}, {t("exports.col.net"), 15}, {t("exports.col.vat"), 13},
			{t("exports.col.total"), 15}, {t("exports.col.paid"), 15}, {t("exports.col.open"), 15}, {t("exports.col.currency"), 9},
			{t("exports.col.days_late"), 14}, {t("exports.col.situation"), 22}, {t("exports.col.order"), 16},
			{t("exports.col.subject"), 48},
		},
		Rows: func(yield func([]any) bool) {
			for _, i := range r.open() {
				if !yield(r.openItem(i)) {
					return
				}
			}
		},
	}
}

func (r Report) openItem(i *ledger.Invoice) []any {
	st, c := r.Standings.Of(i.ID), i.Total.Currency
	k := r.customer(i.Customer)
	net, vat := tax(i, i.Total.Minor)
	return []any{i.Number, k.Ref, k.Name, i.Issued, i.Due, net, vat, i.Total, ledger.Money{Minor: st.Paid, Currency: c},
		ledger.Money{Minor: st.Open, Currency: c}, string(c), late(st), r.Texts.Situation(st.Situation), i.OrderRef, i.Subject}
}

// customer gives a customer; an empty one where it was taken back.
func (r Report) customer(id ledger.CustomerID) *ledger.Customer {
	if c := r.Book.Customer(id); c != nil {
		return c
	}
	return &ledger.Customer{}
}

// tax gives the cells of a part of an invoice before tax, and of the tax in it: empty ones where the invoice does
// not tell.
func tax(i *ledger.Invoice, part int64) (net, vat any) {
	n, v, known := i.Tax(part)
	if !known {
		return nil, nil
	}
	return ledger.Money{Minor: n, Currency: i.Total.Currency}, ledger.Money{Minor: v, Currency: i.Total.Currency}
}

// late gives the days late, and nothing where there are none.
func late(st ledger.Standing) any {
	if st.DaysLate == 0 {
		return nil
	}
	return st.DaysLate
}

// buckets is every bucket of an ageing report, in the order of its columns.
var buckets = []ledger.Bucket{ledger.BucketNotDue, ledger.Bucket30, ledger.Bucket60, ledger.Bucket90,
	ledger.BucketOlder, ledger.BucketNoDate, ledger.BucketCredit}

// owing is one customer's ageing in one currency.
type owing struct {
	customer *ledger.Customer
	ledger.Ageing
}

// owings gives the ageing by customer and currency, in the order of customer codes.
func (r Report) owings() []owing {
	type key struct {
		customer ledger.CustomerID
		currency ledger.Currency
	}
	by := map[key]*owing{}
	for i := range r.Book.Invoices.All() {
		st := r.Standings.Of(i.ID)
		if st.Open == 0 {
			continue
		}
		k := key{i.Customer, i.Total.Currency}
		if by[k] == nil {
			by[k] = &owing{r.customer(i.Customer), ledger.Ageing{Currency: k.currency}}
		}
		for b, left := range r.Standings.Ages(i) {
			by[k].Amounts[b] += left
		}
	}
	out := make([]owing, 0, len(by))
	for _, o := range by {
		out = append(out, *o)
	}
	slices.SortFunc(out, func(a, b owing) int {
		return cmp.Or(cmp.Compare(a.customer.Ref, b.customer.Ref), cmp.Compare(a.customer.ID, b.customer.ID), cmp.Compare(a.Currency, b.Currency))
	})
	return out
}

// ageing has one row per customer and currency, and one total per currency.
func (r Report) ageing() Sheet {
	t := r.Texts.T
	s := Sheet{
		Name:    t("exports.sheet.ageing"),
		Above:   []string{r.heading("exports.ageing.title")},
		Columns: []Column{{t("exports.col.ref"), 12}, {t("exports.col.customer"), 34}, {t("exports.col.currency"), 9}},
		Rows: func(yield func([]any) bool) {
			for _, o := range r.owings() {
				if !yield(ageingRow(o.customer.Ref, o.customer.Name, o.Ageing)) {
					return
				}
			}
		},
	}
	for _, b := range buckets {
		s.Columns = append(s.Columns, Column{r.Texts.Bucket(b), 17})
	}
	s.Columns = append(s.Columns, Column{t("exports.col.balance"), 17})
	for _, a := range r.Book.Ageings(r.Standings) {
		s.Totals = append(s.Totals, ageingRow(t("exports.total"), "", a))
	}
	return s
}

func ageingRow(ref, name string, a ledger.Ageing) []any {
	out := []any{ref, name, string(a.Currency)}
	for _, b := range buckets {
		out = append(out, ledger.Money{Minor: a.Amounts[b], Currency: a.Currency})
	}
	return append(out, a.Total())
}

// promises has every promise, the latest first.
func (r Report) promises() Sheet {
	t := r.Texts.T
	return Sheet{
		Name:  t("exports.sheet.promises"),
		Above: []string{r.heading("exports.promises.title")},
		Columns: []Column{
			{t("exports.col.ref"), 12}, {t("exports.col.customer"), 34}, {t("exports.col.made"), 12},
			{t("exports.col.promised_for"), 12}, {t("exports.col.amount"), 15}, {t("exports.col.currency"), 9},
			{t("exports.col.invoices"), 28}, {t("exports.col.outcome"), 20}, {t("exports.col.words"), 60},
		},
		Rows: func(yield func([]any) bool) {
			for _, p := range slices.SortedFunc(r.Book.Promises.All(), func(a, b *ledger.Promise) int {
				return cmp.Or(cmp.Compare(b.Made, a.Made), cmp.Compare(b.ID, a.ID))
			}) {
				if p.Made <= r.Standings.On && !yield(r.promise(p)) {
					return
				}
			}
		},
	}
}

// promiseStates are the endings of the keys, in the order of [ledger.PromiseState].
var promiseStates = [...]string{"running", "kept", "kept_in_part", "not_kept"}

func (r Report) promise(p *ledger.Promise) []any {
	c := r.customer(p.Customer)
	return []any{c.Ref, c.Name, p.Made, p.Due, p.Amount, string(p.Amount.Currency), r.numbers(p.Invoices),
		r.Texts.T("exports.promise." + promiseStates[r.Book.Judge(p, r.Standings.On)]), p.Words}
}

// numbers names invoices in one cell.
func (r Report) numbers(ids []ledger.InvoiceID) string {
	s := ""
	for _, id := range ids {
		if i := r.Book.Invoice(id); i != nil {
			if s != "" {
				s += ", "
			}
			s += i.Number
		}
	}
	return s
}

// journal shows the entries of the report's day and before; what they are about is written as recorded, for it holds no
// text of people.
func (r Report) journal(entries []ledger.Entry) Sheet {
	t := r.Texts.T
	return Sheet{
		Name:  t("exports.sheet.journal"),
		Above: []string{r.heading("exports.journal.title")},
		Columns: []Column{
			{t("exports.col.entry"), 9}, {t("exports.col.at"), 19}, {t("exports.col.day"), 12}, {t("exports.col.who"), 18},
			{t("exports.col.act"), 26}, {t("exports.col.facts"), 44}, {t("exports.col.undoes"), 14}, {t("exports.col.hash"), 68},
		},
		Rows: func(yield func([]any) bool) {
			for _, e := range entries {
				if e.On > r.Standings.On {
					continue
				}
				var undoes any
				if e.Undoes != 0 {
					undoes = int(e.Undoes)
				}
				if !yield([]any{int(e.Seq), e.At, e.On, e.Who, r.Texts.Act(e.Act), facts(e.Facts), undoes, string(e.Hash)}) {
					return
				}
			}
		},
	}
}

func facts(m map[string]string) string {
	s := ""
	for _, k := range slices.Sorted(maps.Keys(m)) {
		if s != "" {
			s += " ; "
		}
		s += k + " = " + m[k]
	}
	return s
}

// heading is a sheet's first line: what it shows, of whom, and on which day.
func (r Report) heading(key string) string {
	return r.Texts.T(key, "company", r.Book.Company().Name, "date", r.Standings.On)
}
