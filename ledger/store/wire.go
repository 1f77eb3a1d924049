package store

import (
	"google.golang.org/protobuf/encoding/protowire"

	"quitus/ledger"
)

// The numbers of fields below are part of the file's format: they are never reused. Integers that may be
// negative, and days, are zigzag varints.

func appendCustomer(out []byte, c *ledger.Customer) []byte {
	out = text(out, 1, c.Ref)
	out = text(out, 2, string(c.Type))
	out = text(out, 3, c.Country)
	out = text(out, 4, c.Language)
	out = text(out, 5, c.SIREN)
	out = text(out, 6, c.VAT)
	out = terms(out, 7, c.Terms)
	out = text(out, 8, c.Rate)
	out = flag(out, 9, c.RefGiven)
	out = text(out, 20, c.Scenario)
	out = flag(out, 21, c.DoNotContact)
	out = number(out, 22, uint64(c.Manager))
	out = signed(out, 23, int64(c.Insolvent))
	out = signed(out, 24, int64(c.Published))
	out = habit(out, 25, c.Habit)
	out = signed(out, 26, c.Indemnity)
	return officer(out, 27, c.Officer)
}

func (f fields) customer(c *ledger.Customer) error {
	for f.next() {
		switch f.num {
		case 1:
			c.Ref = f.text()
		case 2:
			c.Type = ledger.CustomerKind(f.text())
		case 3:
			c.Country = f.text()
		case 4:
			c.Language = f.text()
		case 5:
			c.SIREN = f.text()
		case 6:
			c.VAT = f.text()
		case 7:
			c.Terms = f.terms()
		case 8:
			c.Rate = f.text()
		case 9:
			c.RefGiven = f.n != 0
		case 20:
			c.Scenario = f.text()
		case 21:
			c.DoNotContact = f.n != 0
		case 22:
			c.Manager = ledger.CustomerID(f.n)
		case 23:
			c.Insolvent = ledger.Date(f.signed())
		case 24:
			c.Published = ledger.Date(f.signed())
		case 25:
			c.Habit = f.habit()
		case 27:
			c.Officer = f.officer()
		case 26:
			c.Indemnity = f.signed()
		}
	}
	return f.err
}

func appendInvoice(out []byte, i *ledger.Invoice) []byte {
	out = number(out, 1, uint64(i.Customer))
	out = text(out, 2, i.Number)
	out = flag(out, 3, i.CreditNote)
	out = signed(out, 4, int64(i.Issued))
	out = signed(out, 5, int64(i.Due))
	out = flag(out, 6, i.DueEstimated)
	out = signed(out, 7, i.Total.Minor)
	out = text(out, 8, string(i.Total.Currency))
	out = signed(out, 9, i.RegisterPaid)
	out = signed(out, 10, int64(i.RegisterDay))
	out = terms(out, 11, i.Terms)
	out = text(out, 12, i.OrderRef)
	out = number(out, 13, uint64(i.RegisterImport))
	out = signed(out, 14, i.Net)
	out = signed(out, 15, i.VAT)
	for _, p := range i.Instalments {
		var b []byte
		b = signed(b, 1, int64(p.Due))
		b = signed(b, 2, p.Amount)
		out = protowire.AppendBytes(protowire.AppendTag(out, 16, protowire.BytesType), b)
	}
	out = text(out, 20, i.Scenario)
	out = signed(out, 21, int64(i.Completed))
	out = signed(out, 22, int64(i.Demanded))
	out = text(out, 23, i.Service)
	return text(out, 24, i.Commitment)
}

func (f fields) invoice(i *ledger.Invoice) error {
	for f.next() {
		switch f.num {
		case 1:
			i.Customer = ledger.CustomerID(f.n)
		case 2:
			i.Number = f.text()
		case 3:
			i.CreditNote = f.n != 0
		case 4:
			i.Issued = ledger.Date(f.signed())
		case 5:
			i.Due = ledger.Date(f.signed())
		case 6:
			i.DueEstimated = f.n != 0
		case 7:
			i.Total.Minor = f.signed()
		case 8:
			i.Total.Currency = ledger.Currency(f.text())
		case 9:
			i.RegisterPaid = f.signed()
		case 10:
			i.RegisterDay = ledger.Date(f.signed())
		case 11:
			i.Terms = f.terms()
		case 12:
			i.OrderRef = f.text()
		case 13:
			i.RegisterImport = ledger.ImportID(f.n)
		case 14:
			i.Net = f.signed()
		case 15:
			i.VAT = f.signed()
		case 16:
			i.Instalments = append(i.Instalments, f.instalment())
		case 20:
			i.Scenario = f.text()
		case 21:
			i.Completed = ledger.Date(f.signed())
		case 22:
			i.Demanded = ledger.Date(f.signed())
		case 23:
			i.Service = f.text()
		case 24:
			i.Commitment = f.text()
		}
	}
	return f.err
}

func (f *fields) instalment() (p ledger.Instalment) {
	g := f.inside()
	for g.next() {
		switch g.num {
		case 1:
			p.Due = ledger.Date(g.signed())
		case 2:
			p.Amount = g.signed()
		}
	}
	f.err = g.err
	return p
}

func appendPayment(out []byte, p *ledger.Payment) []byte {
	out = number(out, 1, uint64(p.Customer))
	out = signed(out, 2, int64(p.On))
	out = signed(out, 3, p.Amount.Minor)
	out = text(out, 4, string(p.Amount.Currency))
	out = text(out, 5, string(p.Means))
	for _, a := range p.Allocations {
		var b []byte
		b = number(b, 1, uint64(a.Invoice))
		b = signed(b, 2, a.Amount)
		b = number(b, 3, uint64(a.Above))
		out = protowire.AppendTag(out, 6, protowire.BytesType)
		out = protowire.AppendBytes(out, b)
	}
	out = number(out, 7, uint64(p.Entry))
	return flag(out, 8, p.Noted)
}

func (f fields) payment(p *ledger.Payment) error {
	for f.next() {
		switch f.num {
		case 1:
			p.Customer = ledger.CustomerID(f.n)
		case 2:
			p.On = ledger.Date(f.signed())
		case 3:
			p.Amount.Minor = f.signed()
		case 4:
			p.Amount.Currency = ledger.Currency(f.text())
		case 5:
			p.Means = ledger.Means(f.text())
		case 6:
			p.Allocations = append(p.Allocations, f.allocation())
		case 7:
			p.Entry = ledger.BankEntryID(f.n)
		case 8:
			p.Noted = f.n != 0
		}
	}
	return f.err
}

func (f *fields) allocation() (a ledger.Allocation) {
	g := f.inside()
	for g.next() {
		switch g.num {
		case 1:
			a.Invoice = ledger.InvoiceID(g.n)
		case 2:
			a.Amount = g.signed()
		case 3:
			a.Above = ledger.ImportID(g.n)
		}
	}
	f.err = g.err
	return a
}

// officerParts are an officer's texts in the order of their numbers in the file.
func officerParts(o *ledger.Officer) []*string {
	return []*string{&o.Proceedings, &o.Court, &o.Name, &o.Address, &o.Postcode, &o.Town}
}

func officer(out []byte, num protowire.Number, o ledger.Officer) []byte {
	if o == (ledger.Officer{}) {
		return out
	}
	var b []byte
	for i, s := range officerParts(&o) {
		b = text(b, protowire.Number(i+1), *s)
	}
	return protowire.AppendBytes(protowire.AppendTag(out, num, protowire.BytesType), b)
}

func (f *fields) officer() (o ledger.Officer) {
	parts := officerParts(&o)
	g := f.inside()
	for g.next() {
		if i := int(g.num) - 1; i >= 0 && i < len(parts) {
			*parts[i] = g.text()
		}
	}
	f.err = g.err
	return o
}

func habit(out []byte, num protowire.Number, h ledger.Habit) []byte {
	if h == (ledger.Habit{}) {
		return out
	}
	var b []byte
	b = signed(b, 1, int64(h.Discount))
	b = signed(b, 2, h.Fee.Minor)
	b = text(b, 3, string(h.Fee.Currency))
	b = signed(b, 4, int64(h.Since))
	return protowire.AppendBytes(protowire.AppendTag(out, num, protowire.BytesType), b)
}

func (f *fields) habit() (h ledger.Habit) {
	g := f.inside()
	for g.next() {
		switch g.num {
		case 1:
			h.Discount = int(g.signed())
		case 2:
			h.Fee.Minor = g.signed()
		case 3:
			h.Fee.Currency = ledger.Currency(g.text())
		case 4:
			h.Since = ledger.Date(g.signed())
		}
	}
	f.err = g.err
	return h
}

func terms(out []byte, num protowire.Number, t ledger.Terms) []byte {
	if t == (ledger.Terms{}) {
		return out
	}
	var b []byte
	b = flag(b, 1, t.Given)
	b = signed(b, 2, int64(t.Days))
	b = flag(b, 3, t.EndOfMonth)
	b = signed(b, 4, int64(t.Day))
	return protowire.AppendBytes(protowire.AppendTag(out, num, protowire.BytesType), b)
}

func (f *fields) terms() (t ledger.Terms) {
	g := f.inside()
	for g.next() {
		switch g.num {
		case 1:
			t.Given = g.n != 0
		case 2:
			t.Days = int(g.signed())
		case 3:
			t.EndOfMonth = g.n != 0
		case 4:
			t.Day = int(g.signed())
		}
	}
	f.err = g.err
	return t
}

func text(out []byte, num protowire.Number, s string) []byte {
	if s == "" {
		return out
	}
	return protowire.AppendString(protowire.AppendTag(out, num, protowire.BytesType), s)
}

func number(out []byte, num protowire.Number, n uint64) []byte {
	if n == 0 {
		return out
	}
	return protowire.AppendVarint(protowire.AppendTag(out, num, protowire.VarintType), n)
}

func signed(out []byte, num protowire.Number, n int64) []byte {
	return number(out, num, protowire.EncodeZigZag(n))
}

func flag(out []byte, num protowire.Number, b bool) []byte {
	return number(out, num, protowire.EncodeBool(b))
}

// fields goes through the fields of a message, unknown ones included.
type fields struct {
	v   []byte
	s   string // the same as v, and perhaps more; texts are cut from it
	pos int

	num      protowire.Number
	n        uint64 // a number's value
	from, to int    // where a text or a message inside is
	err      error
}

func (f *fields) next() bool {
	if f.err != nil || f.pos >= len(f.v) {
		return false
	}
	num, typ, w := protowire.ConsumeTag(f.v[f.pos:])
	if w < 0 {
		f.err = errValue
		return false
	}
	f.num, f.n, f.from, f.to = num, 0, 0, 0
	f.pos += w
	switch rest := f.v[f.pos:]; typ {
	case protowire.VarintType:
		f.n, w = protowire.ConsumeVarint(rest)
	case protowire.BytesType:
		var b []byte
		b, w = protowire.ConsumeBytes(rest)
		f.to = f.pos + w
		f.from = f.to - len(b)
	default:
		w = protowire.ConsumeFieldValue(num, typ, rest)
	}
	if w < 0 {
		f.err = errValue
		return false
	}
	f.pos += w
	return true
}

func (f *fields) signed() int64 { return protowire.DecodeZigZag(f.n) }
func (f *fields) text() string  { return f.s[f.from:f.to] }

// inside goes through the message that is the field's value.
func (f *fields) inside() fields { return fields{v: f.v[:f.to], s: f.s, pos: f.from} }
