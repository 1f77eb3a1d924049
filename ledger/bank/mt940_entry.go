package bank

import (
	"regexp"
	"slices"
	"strings"

	"quitus/ledger"
)

// mtEntry is an entry as its field says, and what is said about it.
type mtEntry struct {
	Entry
	ref   string   // the account owner's
	extra []string // what stands below the first line
	about []string // the lines of :86:
	own   []string // texts in a field of the bank's own
	name  string   // of the other side, there
}

// mtLine is the first line of an entry: value day, accounting day without a year, mark, third letter of the currency, amount,
// type, references. RC takes a credit back, RD a debit; EC and ED are only expected.
var mtLine = regexp.MustCompile(`^(\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)| {4})? ?(R?[CD]|E[CD])([A-Z])? ?(\d*,\d*|\d+)([A-Z][A-Z0-9]{3})?(.*)$`)

// parseEntry reads an entry; nil if it cannot be read or is only expected.
func (r *mtReader) parseEntry(f mtField) *mtEntry {
	texts := slices.Clone(f.texts)
	m := mtLine.FindStringSubmatch(strings.TrimRight(texts[0], " "))
	for m == nil && len(texts) > 1 {
		texts[1] = texts[0] + texts[1] // wrapped before the amount
		texts = texts[1:]
		if len(texts[0]) > 80 {
			break
		}
		m = mtLine.FindStringSubmatch(texts[0])
	}
	refuse := func(field, value, code string) *mtEntry {
		r.note(Problem{Line: f.line, Entry: r.rank(), Refused: true, Field: field, Value: value, Code: code})
		return nil
	}
	if m == nil {
		return refuse("line", f.first(), "entry_unreadable")
	}
	mark := m[6]
	if mark[0] == 'E' {
		r.pending++
		return nil
	}
	value, ok := r.date(m[1], m[2], m[3])
	if !ok {
		return refuse("date", m[1]+m[2]+m[3], "date_invalid")
	}
	amount, ok := amountOf(m[8], ',', r.statement.Currency)
	if !ok {
		return refuse("amount", m[8], "amount_invalid")
	}
	if mark == "D" || mark == "RC" {
		amount = -amount
	}
	e := &mtEntry{extra: texts[1:]}
	e.Rank, e.Line = r.rank(), f.line
	e.Value, e.Booked = value, value
	if m[4] != "" {
		if e.Booked, ok = nearest(value, smallNumber(m[4]), smallNumber(m[5])); !ok {
			e.Booked = value
		}
	}
	e.Amount = ledger.Money{Minor: amount, Currency: r.statement.Currency}
	e.Code, e.Returned = m[9], len(mark) == 2
	ref, bankRef, _ := strings.Cut(m[10], "//")
	e.ref, e.BankRef = flat(ref), cut(flat(bankRef), maxShort)
	return e
}

// nearest gives the day of a month in the year that brings it nearest to another day.
func nearest(to ledger.Date, month, day int) (ledger.Date, bool) {
	year, _, _ := to.Civil()
	best, found := ledger.Date(0), false
	for y := year - 1; y <= year+1; y++ {
		if month < 1 || month > 12 || day < 1 || day > 31 {
			return 0, false
		}
		d, ok := ledger.MakeDate(y, month, min(day, ledger.DaysIn(y, month)))
		if ok && (!found || max(d-to, to-d) < max(best-to, to-best)) {
			best, found = d, true
		}
	}
	return best, found
}

// closeEntry ends the entry at hand with what was said about it.
func (r *mtReader) closeEntry() {
	e := r.entry
	if r.entry = nil; e == nil {
		return
	}
	t := mtTextOf(e.about)
	kind, returned := swiftOperation(e.Code, t.gvc)
	e.Type, e.Returned = kind, e.Returned || returned || t.returned
	e.Code = firstOf(t.gvc, e.Code)
	e.Party, e.Mandate, e.EndToEnd = t.party, t.mandate, t.endToEnd
	e.Party.Name = firstOf(e.Party.Name, cut(e.name, maxShort))
	if e.Amount.Negative() && !e.Returned {
		e.Party.ID = t.creditor // of money in, it is our own
	}
	for _, s := range t.references {
		e.References = addReference(e.References, s)
	}
	e.Charges = mtCharges(strings.Join(append(e.extra, t.free...), "\n"), e.Amount.Currency)
	texts := slices.Concat(t.free, e.own, []string{e.owned()}, e.extra, []string{t.kind})
	if e.Label = label(texts...); e.Label == "" {
		e.Label = firstOf(e.Party.Name, e.EndToEnd, e.Mandate, e.BankRef, e.Code)
	}
	e.sayType(firstOf(t.kind, e.Label))
	if e.Returned {
		e.Reason = t.reason
	}
	e.explain()
	r.add(r.statement, e.Entry)
}

// owned puts the account owner's reference where it belongs: it is the other side's account with some Dutch banks, the number
// of a cheque, which is given back as a text, and else the payer's reference where nothing better tells it.
func (e *mtEntry) owned() string {
	ref := given(e.ref)
	switch {
	case e.Type == ledger.EntryCheques:
		return ref
	case asIBAN(ref) == "":
		e.EndToEnd = firstOf(e.EndToEnd, ref)
	case e.Party.IBAN == "" && ledger.ValidIBAN(ref):
		e.Party.IBAN = asIBAN(ref)
	}
	return ""
}

var mtCharge = regexp.MustCompile(`/CHGS/([A-Z]{3})(\d+,\d*)/?`)

// mtCharges is what the bank kept back, as /CHGS/EUR0,5/ tells it.
func mtCharges(text string, c ledger.Currency) int64 {
	sum := int64(0)
	for _, m := range mtCharge.FindAllStringSubmatch(text, 4) {
		if n, ok := amountOf(m[2], ',', c); ok && m[1] == string(c) {
			sum += n
		}
	}
	return sum
}
