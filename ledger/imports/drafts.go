package imports

import (
	"context"
	"maps"
	"slices"
	"strings"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

// DueFrom says where a due date comes from.
type DueFrom uint8

const (
	DueStated   DueFrom = iota // the file states it
	DueTerms                   // issue date and the terms that the file states
	DueIssue                   // a credit note without one: its issue date
	DueCustomer                // issue date and the customer's terms as they are known
	DueAssumed                 // issue date and 30 days
	assumedDays = 30
)

// Draft is an invoice or credit note as a line of a file gives it. Amounts of a credit note are negative.
type Draft struct {
	Line         int
	Number       string
	CreditNote   bool
	CustomerName string
	CustomerRef  string // empty if the file has no code
	Issued, Due  ledger.Date
	DueFrom      DueFrom
	Terms        ledger.Terms // as the file states them
	Total        ledger.Money // including taxes
	Net, VAT     ledger.Money // zero if the file does not tell
	Paid         ledger.Money // zero if the file does not tell
	Open         ledger.Money
	Settled      bool // nothing remains, or the file says that it is paid
	Subject      string
	OrderRef     string
	// Of what the law counts from: the day of delivery or completion, and of an invoice to a public body the day of the
	// payment demand, the service that pays and the number of the commitment.
	Completed, Demanded ledger.Date
	Service, Commitment string
	Instalments         []Instalment // if it is payable in parts, at least two, the earliest due date first, which is Due
	Contact             *Contact     // nil if the file has none of it
}

// DueEstimated says whether the due date was computed, from the file's terms or an assumption, and not read.
func (d *Draft) DueEstimated() bool { return d.DueFrom != DueStated }

// Contact is what a line tells about its customer.
type Contact struct{ Email, Phone, Address, Postcode, Town, Country, SIREN, VATNumber string }

// Problem is something to say about a line: why it was refused or left out, or a doubt.
type Problem struct {
	Line   int
	Column string // letter; empty if it is about the whole line
	Field  Field
	Value  string // as the cell has it
	Code   string
	Args   map[string]any
	Also   []Problem // further problems of the same line
}

// Facts gives what the sentence of the problem's code needs, as pairs of name and value.
func (p Problem) Facts() []any {
	out := []any{"value", p.Value, "line", p.Line, "column", p.Column}
	for _, k := range slices.Sorted(maps.Keys(p.Args)) {
		out = append(out, k, p.Args[k])
	}
	return out
}

// Result is what the lines of a sheet give under a mapping.
type Result struct {
	Invoices []Draft
	Rejected []Problem // one for each line refused
	Skipped  []Problem // one for each line deliberately not taken: drafts, receipts, duplicates
	Warnings []Problem // about lines taken; several may be about one line
	Read     int       // lines that stand for an invoice: taken, refused and skipped
}

// Totals sums what the invoices' totals and open amounts come to, in each currency.
func (r *Result) Totals() (total, open ledger.Sums) {
	total, open = ledger.Sums{}, ledger.Sums{}
	for i := range r.Invoices {
		total.Add(r.Invoices[i].Total)
		open.Add(r.Invoices[i].Open)
	}
	return total, open
}

// Corrections are what the owner typed over single cells.
type Corrections map[Cell]string

// TermsOf gives the payment terms agreed with the customer of a code and a name.
type TermsOf func(ref, name string) ledger.Terms

// Drafts reads every line under a mapping, with what the owner typed over single cells; known, which may be nil, tells
// terms that the file does not. It changes nothing and may be called again and again; ten thousand lines take a
// few milliseconds.
func (s *Sheet) Drafts(m Mapping, corrections Corrections, known TermsOf) Result {
	r, _ := s.DraftsContext(context.Background(), m, corrections, known, nil) // it fails only at the context's end
	return r
}

// DraftsContext is Drafts for long sheets: it stops at the context's end, with the context's error, and tells how many lines
// are done, every thousand or so; progress may be nil.
func (s *Sheet) DraftsContext(ctx context.Context, m Mapping, corrections Corrections, known TermsOf, progress func(done, total int64)) (Result, error) {
	r := newReading(s, m, corrections)
	r.known = known
	if len(m.Missing(s.Grouped)) > 0 {
		return Result{}, nil
	}
	r.out.Invoices = make([]Draft, 0, s.grid.Len())
	r.found.reserve(s.grid.Len())
	hidden, firstHidden := 0, 0
	for i := range s.grid.Len() {
		row := s.grid.Row(i)
		if int(row.Line) <= s.HeaderLine {
			continue
		}
		if i%1024 == 0 {
			if err := ctx.Err(); err != nil {
				return Result{}, err
			}
			if progress != nil {
				progress(int64(i), int64(s.grid.Len()))
			}
		}
		r.load(row)
		switch r.classify(row) {
		case groupLine:
			if ref, name, ok := s.groupLine(row); ok {
				r.group.ref, r.group.name = ref, name
			}
		case recordLine:
			r.record(row)
			if row.Hidden {
				if hidden++; hidden == 1 {
					firstHidden = int(row.Line)
				}
			}
		}
	}
	if hidden > 0 {
		r.warn(Problem{Line: firstHidden, Code: "hidden_rows", Args: map[string]any{"count": hidden}})
	}
	r.finish()
	r.out.Read = len(r.out.Invoices) + len(r.out.Rejected) + len(r.out.Skipped)
	return r.out, nil
}

// line gathers what is read of one line, and its problems.
type line struct {
	Draft
	currency ledger.Currency
	state    state // of status
	customer int32
	kind     state
	journal  state
	subject  string
	problems []Problem
	doubts   []Problem // warnings, told if the line is taken
	credit   bool      // the amount stands in the credit column
	hasOpen  bool
	hasPaid  bool
}

func (r *reading) warn(p Problem)   { r.out.Warnings = append(r.out.Warnings, p) }
func (r *reading) reject(p Problem) { r.out.Rejected = append(r.out.Rejected, p) }

func (r *reading) skip(l *line, f Field, code string, args map[string]any) {
	p := r.problem(l.Line, f, code, args)
	r.out.Skipped = append(r.out.Skipped, p)
}

// problem makes a problem of a field of the line being read.
func (r *reading) problem(line int, f Field, code string, args map[string]any) Problem {
	p := Problem{Line: line, Field: f, Code: code, Args: args}
	if c := r.m.Column(f); c >= 0 && f != None {
		p.Column = grid.Letters(c)
		p.Value = r.text(f)
		switch v := r.vals[f]; v.kind {
		case grid.Error:
			p.Value = string(v.text)
		case grid.Uncached:
			p.Value = "=" + string(v.text)
		}
		if len(p.Value) > 2*mostText {
			p.Value = strings.ToValidUTF8(p.Value[:2*mostText], "") + "…"
		}
	}
	return p
}

func (l *line) bad(p Problem)   { l.problems = append(l.problems, p) }
func (l *line) doubt(p Problem) { l.doubts = append(l.doubts, p) }

// record reads a line that stands for an invoice.
func (r *reading) record(row grid.Row) {
	l := &r.line
	*l = line{Draft: Draft{Line: int(row.Line)}, problems: l.problems[:0], doubts: l.doubts[:0]}
	if r.leftOut(l) {
		return
	}
	if l.currency = r.currencyOf(); l.currency == "" {
		l.bad(r.problem(l.Line, Currency, "currency_unknown", nil))
		l.currency = r.s.Currency
	}
	r.readParties(l)
	r.readAmounts(l)
	r.above.total += l.Total.Minor
	r.above.open += l.Open.Minor
	if l.kind == stateReceipt {
		r.receipt(l, Kind)
		return
	}
	if len(l.problems) == 0 || !l.credit {
		r.readNumber(l)
		r.readDates(l)
	}
	if l.credit && r.isReceipt(l) {
		r.receipt(l, Credit)
		return
	}
	if l.credit && len(l.problems) == 0 {
		r.readNumber(l)
	}
	if len(l.problems) > 0 {
		p := l.problems[0]
		p.Also = slices.Clone(l.problems[1:])
		r.reject(p)
		if r.s.Articles {
			r.broken[documentNumber(r.text(Number))] = true
		}
		return
	}
	r.readRest(l)
	r.take(l)
}

// leftOut skips what is no invoice to take, by its status, kind or journal.
func (r *reading) leftOut(l *line) bool {
	for _, f := range [...]Field{Status, PaymentStatus} {
		if r.vals[f].blank() {
			continue
		}
		switch st := r.state(f, statusOf); st {
		case stateDraft:
			r.skip(l, f, "draft", nil)
			return true
		case stateCancelled:
			r.skip(l, f, "cancelled", nil)
			return true
		case stateAbandoned:
			r.skip(l, f, "abandoned", nil)
			return true
		case stateOther:
			r.skip(l, f, "not_an_invoice", nil)
			return true
		case statePaid, statePartlyPaid:
			l.state = st
		}
	}
	if l.state == stateUnknown && maybeDay(r.vals[PaidOn].text) {
		l.state = statePaid
	}
	if !r.vals[Kind].blank() {
		switch r.state(Kind, kindOf) {
		case stateOther:
			r.skip(l, Kind, "not_an_invoice", nil)
			return true
		case stateReceipt:
			if l.kind = stateReceipt; !r.m.Has(Debit) {
				r.skip(l, Kind, "receipt_not_invoice", nil)
				return true
			}
		case stateOpening:
			r.skip(l, Kind, "opening_balance", nil)
			return true
		case stateCreditNote:
			l.CreditNote, l.kind = true, stateCreditNote
		}
	}
	if n := r.vals[Number]; n.kind == grid.Text && len(n.text) > 4 && n.text[0] == '(' && statusOf(r.folded(Number)) == stateDraft {
		r.skip(l, Number, "draft", nil)
		return true
	}
	if !r.vals[Journal].blank() {
		l.journal = r.state(Journal, journalOf)
		if l.journal == stateOpening {
			r.skip(l, Journal, "opening_balance", nil)
			return true
		}
		if l.journal == stateReceipt && (r.m.Has(Debit) || r.m.Has(Side)) && !isPositive(r.vals[Credit]) {
			r.skip(l, Journal, "receipt_not_invoice", nil)
			return true
		}
	}
	return false
}

// state reads a status, kind or journal, the same text once.
func (r *reading) state(f Field, read func(folded string) state) state {
	v := r.vals[f]
	if v.kind != grid.Text {
		return read(fold(r.text(f)))
	}
	if st, ok := r.states[f][string(v.text)]; ok {
		return st
	}
	st := read(fold(r.trimmed(v.text)))
	if r.states[f] == nil {
		r.states[f] = map[string]state{}
	}
	if len(r.states[f]) < 1000 {
		r.states[f][string(v.text)] = st
	}
	return st
}

func isPositive(v value) bool {
	return v.kind == grid.Number && len(v.text) > 0 && v.text[0] != '-' && string(v.text) != "0" || v.kind == grid.Text
}

// isReceipt says whether an amount in the credit column is money received rather than a credit note.
func (r *reading) isReceipt(l *line) bool {
	label := ""
	if !r.vals[Subject].blank() {
		label = r.folded(Subject)
	}
	number := documentNumber(r.text(Number))
	switch {
	case l.kind == stateCreditNote, creditNumber(number), creditLabel(label):
		return false
	case l.journal == stateReceipt, number == "", receiptLabel(label), r.found.numbers[number] > 0:
		return true
	case l.journal == stateInvoice:
		return false
	}
	return !r.shapes[shape(r.vals[Number].text)]
}

// currencyOf finds the currency of the line: its column, else the sign beside an amount, else the sheet's. It is empty where
// the column holds something else.
func (r *reading) currencyOf() ledger.Currency {
	if strings.Trim(r.text(Currency), " -–—.") != "" {
		if c, ok := ledger.ParseCurrency(r.text(Currency)); ok && knownCurrency(c) {
			return c
		}
		c, _ := CurrencyIn(r.text(Currency))
		return c
	}
	for _, f := range [...]Field{Total, Open, Debit, Credit} {
		if c := named(r.vals[f]); c != "" {
			return c
		}
	}
	return r.s.Currency
}

func (r *reading) readParties(l *line) {
	name, ref := r.text(Customer), r.text(CustomerRef)
	if r.grouped {
		name, ref = r.group.name, r.group.ref
	}
	for _, f := range [...]Field{Customer, CustomerRef} {
		if r.vals[f].kind == grid.Error || r.vals[f].kind == grid.Uncached {
			l.bad(r.problem(l.Line, f, cellCode(r.vals[f]), nil))
			return
		}
	}
	if name == "" && ref == "" {
		l.bad(r.problem(l.Line, Customer, "customer_missing", nil))
		return
	}
	if len(name) > mostText || len(ref) > mostText {
		l.bad(r.problem(l.Line, Customer, "text_too_long", map[string]any{"limit": mostText}))
		return
	}
	l.customer = r.found.customer(ref, name)
	if name != r.above.name {
		r.above.name, r.above.total, r.above.open = name, 0, 0
	}
}

// mostText is how many bytes a number or a name may have.
const mostText = 200

func cellCode(v value) string {
	if v.kind == grid.Uncached {
		return "formula_without_value"
	}
	return "cell_error"
}

func (r *reading) readNumber(l *line) {
	v := r.vals[Number]
	if v.kind == grid.Error || v.kind == grid.Uncached {
		l.bad(r.problem(l.Line, Number, cellCode(v), nil))
		return
	}
	switch l.Number = documentNumber(r.text(Number)); {
	case l.Number == "":
		l.bad(r.problem(l.Line, Number, "number_missing", nil))
	case v.kind == grid.Number && v.format.Date:
		l.bad(r.problem(l.Line, Number, "number_is_date", nil))
	case len(l.Number) > mostText:
		l.bad(r.problem(l.Line, Number, "text_too_long", map[string]any{"limit": mostText}))
	}
}

func (r *reading) readRest(l *line) {
	l.Subject, l.OrderRef = r.text(Subject), r.text(OrderRef)
	l.Completed, l.Demanded = r.optionalDay(l, Completed), r.optionalDay(l, Demanded)
	l.Service, l.Commitment = r.text(Service), r.text(Commitment)
	l.Contact = r.contact()
}
