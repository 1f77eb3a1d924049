package bank

import (
	"slices"
	"strings"

	"quitus/ledger"
)

// keep keeps the balances that count: as the opening one the first booked (OPBD), or else that of the day before (PRCD); as the
// closing one the last booked (CLBD).
func (s *camtStatement) keep(b *camtBalance) {
	switch {
	case b.kind == "OPBD" && s.opening.kind != "OPBD", b.kind == "PRCD" && s.opening.kind == "":
		s.opening = *b
	case b.kind == "CLBD":
		s.closing = *b
	}
}

// accountOf is the statement's account. Banks also write an IBAN where other numbers belong.
func (s *camtStatement) accountOf() Account {
	a := Account{IBAN: asIBAN(s.iban), Holder: cut(s.holder, maxShort), BIC: asBIC(s.bic)}
	if a.IBAN == "" {
		a.Number = cut(firstOf(s.account, s.iban), maxShort)
		if ledger.ValidIBAN(a.Number) {
			a.IBAN, a.Number = asIBAN(a.Number), ""
		}
	}
	return a
}

// currencyOf is the account's currency: its own, that of its balances, that of its first entry.
func (r *camtReader) currencyOf(s *camtStatement) ledger.Currency {
	for _, name := range []string{s.currency, s.opening.amount.ccy, s.closing.amount.ccy} {
		if c, ok := ledger.ParseCurrency(name); ok {
			return c
		}
	}
	if len(s.entries) > 0 {
		return s.entries[0].Amount.Currency
	}
	return r.opts.Currency
}

// finish gives the statement that was read.
func (r *camtReader) finish(s *camtStatement) {
	out := &Statement{Account: s.accountOf(), Number: cut(firstOf(s.number, s.id), maxShort), Currency: r.currencyOf(s), Entries: s.entries}
	out.Opening, out.Closing = s.opening.read(out.Currency), s.closing.read(out.Currency)
	r.file.Statements = append(r.file.Statements, out)
	if s.pending > 0 {
		r.note(Problem{Field: "status", Code: "pending_left_out"}, "count", s.pending)
	}
}

// read gives a balance if it is one in the account's currency.
func (b camtBalance) read(c ledger.Currency) *Balance {
	on, ok := camtDate(b.on)
	if other, is := ledger.ParseCurrency(b.amount.ccy); !ok || is && other != c {
		return nil
	}
	n, ok := amountOf(b.amount.text, '.', c)
	if !ok {
		return nil
	}
	if b.side == "DBIT" {
		n = -n
	}
	return &Balance{On: on, Amount: n}
}

// camtDate reads a day, with a time and a zone or not: the day is the bank's own.
func camtDate(s string) (ledger.Date, bool) {
	d, err := ledger.ParseDate(s[:min(len(s), 10)])
	return d, err == nil
}

// book makes an entry of what was read, if it is booked.
func (r *camtReader) book(s *camtStatement, e *camtEntry) {
	if e.status != "" && e.status != "BOOK" {
		s.pending++
		return
	}
	rank := r.rank()
	refuse := func(field, value, code string) {
		r.note(Problem{Entry: rank, Refused: true, Field: field, Value: value, Code: code})
	}
	amount, ok := r.money(s, e.amount)
	if !ok {
		code := "amount_invalid"
		if e.amount.text == "" {
			code = "amount_missing"
		}
		refuse("amount", e.amount.text, code)
		return
	}
	switch e.side {
	case "CRDT":
	case "DBIT":
		amount = amount.Neg()
	default:
		refuse("side", e.side, "side_missing")
		return
	}
	out := Entry{Rank: rank, Amount: amount, BatchSize: e.batch}
	if out.Booked, out.Value = r.days(s, e, rank); out.Booked == 0 {
		refuse("date", e.booked, "date_invalid")
		return
	}
	r.fill(s, e, &out)
	r.load += 1 + len(out.Batch)
	s.entries = append(s.entries, out)
}

// money reads an amount in its own currency, in the account's where it has none.
func (r *camtReader) money(s *camtStatement, v camtLeaf) (ledger.Money, bool) {
	c, ok := ledger.ParseCurrency(v.ccy)
	if !ok {
		c = r.currencyOf(s)
	}
	n, ok := amountOf(v.text, '.', c)
	return ledger.Money{Minor: n, Currency: c}, ok
}

// days are the accounting day and the value day. A notification may lack the first: the value day, the end of the statement's
// span or the day on which it was made stands for it, and is said to.
func (r *camtReader) days(s *camtStatement, e *camtEntry, rank int) (booked, value ledger.Date) {
	value, _ = camtDate(e.value)
	if booked, ok := camtDate(e.booked); ok {
		return booked, value
	}
	if e.booked != "" {
		return 0, value
	}
	for _, day := range []string{e.value, s.until, s.created} {
		if d, ok := camtDate(day); ok {
			r.note(Problem{Entry: rank, Field: "date", Code: "date_assumed"}, "date", d)
			return d, value
		}
	}
	return 0, value
}

// fill fills in what an entry says beside its amount and days.
func (r *camtReader) fill(s *camtStatement, e *camtEntry, out *Entry) {
	code := e.code
	if code.name() == "" && len(e.payments) > 0 {
		code = e.payments[0].code
	}
	out.Code = code.name()
	out.Type, out.Returned = code.operation()
	out.Returned = out.Returned || isTrue(e.reversal)
	out.BankRef = cut(e.bankRef, maxShort)
	out.Charges = e.keptBack(out.Amount.Currency)

	account := s.accountOf()
	details := make([]Detail, len(e.payments))
	for i, p := range e.payments {
		details[i] = r.detail(p, account, *out)
	}
	r.settleAmounts(e, out, details)

	var written string
	if len(details) == 1 {
		p, d := e.payments[0], details[0]
		out.Party, out.EndToEnd, out.Mandate, out.References, out.Documents = d.Party, d.EndToEnd, d.Mandate, d.References, d.Documents
		out.Returned, out.Reason = d.Returned, d.Reason
		out.BankRef = firstOf(out.BankRef, cut(p.bankRef, maxShort))
		written = p.written(d.Party)
	} else if len(details) > 1 {
		out.Batch = details
		out.Returned, out.Reason = returnedAs(out.Returned, details)
	}
	if out.Label = label(written, e.about); out.Label == "" {
		out.Label = firstOf(batchLabel(out.Batch), named(out), out.Code, out.BankRef)
	}
	out.sayType(firstOf(e.about, out.Label))
	out.explain()
}

// batchLabel joins the labels of payments.
func batchLabel(batch []Detail) string {
	var texts []string
	size := 0
	for _, d := range batch {
		if size += len(d.Label); size > MaxText {
			break
		}
		texts = append(texts, d.Label)
	}
	return label(texts...)
}

// returnedAs says whether a batch is of returned payments, all of them, and for which reason if it is one and the same.
func returnedAs(returned bool, details []Detail) (bool, string) {
	all, reason := true, details[0].Reason
	for _, d := range details {
		all = all && d.Returned
		if d.Reason != reason {
			reason = ""
		}
	}
	return returned || all, reason
}

// named is what an entry without any text is recognised by.
func named(e *Entry) string {
	var texts []string
	for _, d := range e.Documents {
		texts = append(texts, d.Number)
	}
	texts = append(texts, e.References...)
	return label(append(texts, e.Party.Name, e.EndToEnd)...)
}

// written is what stands about a payment: what the payer wrote, who is behind the other side, what the bank adds.
func (p *camtPayment) written(other Party) string {
	texts := slices.Clone(p.free)
	for _, b := range p.blocks {
		texts = append(texts, b.about...)
	}
	return label(append(texts, p.cheque, ultimateOf(p, other), p.about, p.reasonText)...)
}

// isTrue reads a truth value of XML.
func isTrue(s string) bool { return s == "true" || s == "1" }

// keptBack is what the bank kept back of an entry as it says itself: of charges booked apart it kept nothing back.
func (e *camtEntry) keptBack(currency ledger.Currency) int64 {
	if n := e.charges.sum(currency); n > 0 {
		return n
	}
	n := int64(0)
	for _, p := range e.payments {
		n += p.charges.sum(currency)
	}
	return max(n, 0)
}

func (c camtCharges) sum(currency ledger.Currency) int64 {
	in := func(v camtLeaf) int64 {
		if other, ok := ledger.ParseCurrency(v.ccy); ok && other != currency {
			return 0
		}
		n, _ := amountOf(v.text, '.', currency)
		return n
	}
	sum, told := int64(0), false
	for _, x := range c.records {
		told = told || x.amount.text != ""
		switch {
		case x.included != "" && !isTrue(x.included):
		case x.side == "CRDT":
			sum -= in(x.amount)
		default:
			sum += in(x.amount)
		}
	}
	if !told {
		return in(c.total)
	}
	return sum
}

// name is a code as people cite it: PMNT/RCDT/ESCT, or the bank's own.
func (c camtCode) name() string {
	return cut(firstOf(strings.Trim(c.domain+"/"+c.family+"/"+c.sub, "/"), c.own), 40)
}

// operation reads a code of CAMT. German banks write theirs of SWIFT and the DK into the bank's own (NTRF+166+…), French ones
// that of the CFONB, alone or with others; Swiss banks have no list in common.
func (c camtCode) operation() (kind ledger.EntryType, returned bool) {
	returned = isoReturns[c.sub]
	kind, ok := isoSubs[c.sub]
	if !ok {
		kind, ok = isoFamilies[c.family]
	}
	if swift, rest, both := strings.Cut(c.own, "+"); both && len(swift) == 4 {
		gvc, _, _ := strings.Cut(rest, "+")
		k, back := swiftOperation(swift, gvc)
		if !ok {
			kind = k
		}
		returned = returned || back
	}
	k, back := c.french()
	if !ok && kind == ledger.EntryOther {
		kind = k
	}
	return kind, returned || back
}

// french reads a bank's own code that is one of the CFONB's: 05 of issuer CFONB, or 05/0123/TRF of CFONB/Interne/SWIFT.
func (c camtCode) french() (kind ledger.EntryType, returned bool) {
	codes := strings.Split(c.own, "/")
	for i, issuer := range strings.Split(c.issuer, "/") {
		if strings.EqualFold(strings.TrimSpace(issuer), "CFONB") && i < len(codes) {
			t := cfonbTypes[strings.TrimSpace(codes[i])]
			return t.Type, t.Returned
		}
	}
	return ledger.EntryOther, false
}
