package imports

import (
	"regexp"
	"slices"
	"strings"

	"quitus/ledger"
)

// found keeps what was taken so far: customers by their code or name, invoices by their number.
type found struct {
	byText    map[[2]string]int32 // code and name as written → customer
	byKey     map[string]int32    // folded code, or folded name → customer
	customers []customer
	numbers   map[string]int32 // number → last draft of that number, from 1
	before    []int32          // draft → the one of the same number before it, from 1
	owner     []int32          // draft → customer
	letter    []string         // draft → its lettering
}

type customer struct{ ref, name string }

func (f *found) init() {
	f.byText, f.byKey, f.numbers = map[[2]string]int32{}, map[string]int32{}, map[string]int32{}
}

// reserve makes room for that many drafts, so that it need not be made again and again.
func (f *found) reserve(drafts int) {
	f.numbers = make(map[string]int32, drafts)
	f.before, f.owner, f.letter = make([]int32, 0, drafts), make([]int32, 0, drafts), make([]string, 0, drafts)
}

// customer gives the customer of a code and a name. One customer written in several ways stays one; the code decides
// where there is one.
func (f *found) customer(ref, name string) int32 {
	text := [2]string{ref, name}
	if id, ok := f.byText[text]; ok {
		return id
	}
	key := "r" + fold(ref)
	if ref == "" {
		key = "n" + fold(name)
	}
	id, ok := f.byKey[key]
	if !ok {
		id = int32(len(f.customers))
		f.customers = append(f.customers, customer{ref, name})
		f.byKey[key] = id
	} else if f.customers[id].name == "" {
		f.customers[id].name = name
	}
	f.byText[text] = id
	return id
}

// take adds a line to the result, unless the same invoice was there before.
func (r *reading) take(l *line) {
	f := &r.found
	last := f.numbers[l.Number]
	other := false
	for at := last; at > 0; at = f.before[at-1] {
		if f.owner[at-1] == l.customer {
			r.again(l, int(at-1))
			return
		}
		other = true
	}
	if other {
		r.warn(r.problem(l.Line, Number, "same_number_two_customers", map[string]any{"number": l.Number, "other": r.out.Invoices[last-1].Line}))
	}
	r.out.Warnings = append(r.out.Warnings, l.doubts...)
	r.out.Invoices = append(r.out.Invoices, l.Draft)
	f.before, f.owner = append(f.before, last), append(f.owner, l.customer)
	f.numbers[l.Number] = int32(len(r.out.Invoices))
	f.letter = append(f.letter, r.text(Lettering))
}

var partOf = regexp.MustCompile(`\b\d{1,2} ?(/|sur|de|of) ?\d{1,2}\b|\b(echeance|ech|acompte|instalment|terme)\b`)

// again handles a second line of the same number and customer: the same once more, an article or instalment of
// the same invoice, or a contradiction.
func (r *reading) again(l *line, at int) {
	d := &r.out.Invoices[at]
	args := map[string]any{"number": l.Number, "other": d.Line}
	same := d.Issued == l.Issued && d.Due == l.Due && d.Total == l.Total && d.Open == l.Open
	switch {
	case r.s.Articles && d.Issued == l.Issued && d.Total.Currency == l.Total.Currency:
		addTo(d, l)
		d.CreditNote = d.Total.Negative()
		r.skip(l, Number, "line_merged", args)
	case same && len(d.Instalments) == 0:
		r.skip(l, Number, "duplicate", args)
	case r.isInstalment(l, d):
		if len(d.Instalments) == 0 {
			d.Instalments = append(d.Instalments, Instalment{d.Due, d.Total, d.Open})
		}
		for _, i := range d.Instalments {
			if i.Due == l.Due && i.Open == l.Open {
				r.skip(l, Number, "duplicate", args)
				return
			}
		}
		d.Instalments = append(d.Instalments, Instalment{l.Due, l.Total, l.Open})
		addTo(d, l)
		d.Due = min(d.Due, l.Due)
		r.skip(l, Number, "instalment_merged", args)
	default:
		args["total"], args["first"] = l.Total, d.Total
		r.reject(r.problem(l.Line, Number, "duplicate_conflict", args))
	}
}

// isInstalment says whether a line is another due date of the same invoice: issued the same day, due another, in
// a list of due dates or with a label that says so.
func (r *reading) isInstalment(l *line, d *Draft) bool {
	if d.Issued != l.Issued || d.Due == l.Due || d.CreditNote != l.CreditNote || d.Total.Currency != l.Total.Currency {
		return false
	}
	if r.m.Has(Debit) || r.s.instal {
		return true
	}
	return partOf.MatchString(fold(l.Subject)) && partOf.MatchString(fold(d.Subject))
}

func addTo(d *Draft, l *line) {
	d.Total, d.Open = d.Total.Add(l.Total), d.Open.Add(l.Open)
	d.Net, d.VAT, d.Paid = d.Net.Add(l.Net), d.VAT.Add(l.VAT), d.Paid.Add(l.Paid)
	d.Settled = d.Open.IsZero()
}

// receipts keeps the money received that a customer ledger lists, to find what invoices it settles.
type receipts struct {
	byLetter map[letterKey]int64 // customer and lettering → sum of credits
	byNumber map[letterKey]int64 // customer and invoice number → sum of credits
}

type letterKey struct {
	customer int32
	mark     string
}

func (c *receipts) init() { c.byLetter, c.byNumber = map[letterKey]int64{}, map[letterKey]int64{} }

func (c *receipts) add(r *reading, l *line) {
	if !r.vals[Lettering].blank() {
		c.byLetter[letterKey{l.customer, r.text(Lettering)}] += -l.Total.Minor
	} else if n := documentNumber(r.text(Number)); n != "" {
		c.byNumber[letterKey{l.customer, n}] += -l.Total.Minor
	}
}

// receipt keeps money received, or given back, for the invoices of a customer ledger that it settles, unless the
// ledger says of each what is open. f is the column that tells what the line is.
func (r *reading) receipt(l *line, f Field) {
	if len(l.problems) == 0 && !r.m.Has(Open) {
		r.credits.add(r, l)
	}
	r.skip(l, f, "receipt_not_invoice", nil)
}

// finish settles what the lettering and the receipts say, and gives each invoice its customer's name.
func (r *reading) finish() {
	f := &r.found
	if len(r.broken) > 0 {
		r.dropBroken()
	}
	if r.m.Has(Lettering) {
		r.settleLetters()
	}
	contacts := r.lookUp()
	for i := range r.out.Invoices {
		d := &r.out.Invoices[i]
		d.orderInstalments()
		if d.Contact == nil {
			d.Contact = contacts[f.owner[i]]
		}
		key := letterKey{f.owner[i], d.Number}
		if got := r.credits.byNumber[key]; got > 0 && d.Open.Positive() || got < 0 && d.Open.Negative() {
			part := min(got, d.Open.Minor)
			if got < 0 { // what was used up of a credit note
				part = max(got, d.Open.Minor)
			}
			r.credits.byNumber[key] -= part
			d.Open.Minor -= part
			d.Paid = d.Paid.Add(ledger.Money{Minor: part, Currency: d.Open.Currency})
			d.Settled = d.Open.IsZero()
		}
		c := f.customers[f.owner[i]]
		if d.CustomerRef, d.CustomerName = c.ref, c.name; c.name == "" {
			d.CustomerName = c.ref
			r.warn(Problem{Line: d.Line, Field: Customer, Code: "name_missing", Args: map[string]any{"ref": c.ref}})
		}
	}
	slices.SortStableFunc(r.out.Warnings, func(a, b Problem) int { return a.Line - b.Line })
}

// lookUp completes the customers by what the workbook's list of customers tells, and gives their contacts.
func (r *reading) lookUp() []*Contact {
	out := make([]*Contact, len(r.found.customers))
	if len(r.s.directory) == 0 {
		return out
	}
	for i := range r.found.customers {
		c := &r.found.customers[i]
		if l := r.s.directory.find(*c); l != nil {
			if out[i] = l.contact; c.name == "" {
				c.name = l.name
			}
		}
	}
	return out
}

// dropBroken refuses invoices of which an article was refused: without it their total would be wrong.
func (r *reading) dropBroken() {
	f := &r.found
	kept := 0
	for i, d := range r.out.Invoices {
		if r.broken[d.Number] {
			r.reject(Problem{Line: d.Line, Field: Number, Value: d.Number, Code: "article_refused", Args: map[string]any{"number": d.Number}})
			continue
		}
		r.out.Invoices[kept], f.owner[kept], f.letter[kept] = d, f.owner[i], f.letter[i]
		kept++
	}
	r.out.Invoices = r.out.Invoices[:kept]
	slices.SortStableFunc(r.out.Rejected, func(a, b Problem) int { return a.Line - b.Line })
}

// settleLetters settles lettered invoices. Where a letter's receipts and credit notes are less than its invoices, the
// rest stays open on the latest of them.
func (r *reading) settleLetters() {
	f := &r.found
	groups := map[letterKey][]int{}
	for i := range r.out.Invoices {
		if mark := strings.TrimSpace(f.letter[i]); mark != "" {
			k := letterKey{f.owner[i], mark}
			groups[k] = append(groups[k], i)
		}
	}
	for k, list := range groups {
		left := -r.credits.byLetter[k]
		for _, i := range list {
			left += r.out.Invoices[i].Total.Minor
		}
		if r.credits.byLetter[k] == 0 && left > 0 && !slices.ContainsFunc(list, func(i int) bool { return r.out.Invoices[i].CreditNote }) {
			left = 0 // the list holds no receipts at all: lettered is settled
		}
		slices.Sort(list)
		for _, i := range slices.Backward(list) {
			d := &r.out.Invoices[i]
			open := int64(0)
			if left > 0 && d.Total.Positive() {
				open = min(left, d.Total.Minor)
				left -= open
			}
			d.Open.Minor = open
			d.Paid = d.Total.Sub(d.Open)
			d.Settled = open == 0
			if open > 0 {
				r.warn(Problem{Line: d.Line, Field: Lettering, Value: f.letter[i], Code: "lettering_unbalanced", Args: map[string]any{"open": d.Open}})
			}
		}
	}
}
