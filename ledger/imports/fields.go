package imports

import (
	"encoding"
	"fmt"
	"slices"
)

// Field is what a column of a register holds.
type Field uint8

// The fields. Names as in the command line's JSON are given by String.
const (
	None          Field = iota
	Number              // the invoice's own number
	Customer            // the customer's name
	CustomerRef         // the customer's code or account
	Issued              // issue date
	Due                 // due date
	Terms               // payment terms in words or days
	Total               // amount including taxes
	Net                 // amount before taxes
	VAT                 // amount of tax
	Paid                // what was paid so far
	Open                // what remains to be paid
	Debit               // amount charged
	Credit              // amount credited or received
	Side                // whether the amount is a debit or a credit
	Bucket              // part of the open amount, by age; several columns may be buckets
	Currency            //
	Kind                // invoice, credit note, receipt …
	Status              // draft, sent, cancelled …
	PaymentStatus       // paid or not
	PaidOn              // the day of payment; filled means paid
	Lettering           // the mark by which accountants tie payments to invoices
	Journal             // the accounting journal's code
	Subject             // what was delivered
	OrderRef            // the customer's order or reference
	Email               //
	Phone               //
	Address             //
	Postcode            //
	Town                //
	Country             //
	SIREN               // SIREN or SIRET
	VATNumber           // the customer's VAT number
	Completed           // the day of delivery, or on which the work was done
	Demanded            // the day on which a public body received the payment demand (Chorus Pro)
	Service             // the code of the service of a public body that pays
	Commitment          // the number of its legal commitment
	Quantity            // quantity, unit price, article: one line an article, not one an invoice
	fieldCount
)

var fieldNames = [fieldCount]string{
	"", "number", "customer", "customer_ref", "issue_date", "due_date", "terms", "total", "net", "vat", "paid", "open", "debit", "credit", "side",
	"bucket", "currency", "kind", "status", "payment_status", "paid_on", "lettering", "journal", "subject", "order_ref", "email", "phone", "address",
	"postcode", "town", "country", "siren", "vat_number", "completed", "demanded", "service", "commitment", "quantity",
}

// Fields lists the fields that a column may be given, in the order in which to offer them.
func Fields() []Field {
	var out []Field
	for f := Number; f < fieldCount; f++ {
		out = append(out, f)
	}
	return out
}

// String is the field's name in files and on the command line.
func (f Field) String() string {
	if f < fieldCount {
		return fieldNames[f]
	}
	return fmt.Sprintf("field(%d)", f)
}

// MarshalText writes the field's name.
func (f Field) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads a field's name.
func (f *Field) UnmarshalText(b []byte) error {
	i := slices.Index(fieldNames[:], string(b))
	if i < 0 {
		return fmt.Errorf("imports: no field is called %q", b)
	}
	*f = Field(i)
	return nil
}

var _ encoding.TextUnmarshaler = (*Field)(nil)

// Repeats says whether several columns may hold the field at once.
func (f Field) Repeats() bool { return f == None || f == Bucket || f == Quantity }

// IsAmount says whether the field is a sum of money.
func (f Field) IsAmount() bool { return f >= Total && f <= Credit || f == Bucket }

// IsDate says whether the field is a day.
func (f Field) IsDate() bool {
	return f == Issued || f == Due || f == PaidOn || f == Completed || f == Demanded
}

// Mapping says which field each column of a sheet holds, by the column's index; None is a column that is not taken.
type Mapping []Field

// Column gives the first column that holds f, or −1.
func (m Mapping) Column(f Field) int { return slices.Index(m, f) }

// Has says whether a column holds f.
func (m Mapping) Has(f Field) bool { return slices.Contains(m, f) }

// With gives the mapping in which column col holds f, and no other column does unless f repeats.
func (m Mapping) With(col int, f Field) Mapping {
	out := slices.Clone(m)
	for i := range out {
		if out[i] == f && !f.Repeats() {
			out[i] = None
		}
	}
	if col >= 0 && col < len(out) {
		out[col] = f
	}
	return out
}

// Missing lists what a mapping lacks to read invoices: a number, a customer unless the sheet names them in lines
// of their own, an amount including taxes, and a date. While it lacks something, a person has to say.
func (m Mapping) Missing(grouped bool) []Field {
	var out []Field
	if !m.Has(Number) {
		out = append(out, Number)
	}
	if !grouped && !m.Has(Customer) && !m.Has(CustomerRef) {
		out = append(out, Customer)
	}
	if !m.Has(Issued) && !m.Has(Due) {
		out = append(out, Issued)
	}
	if !m.Has(Total) && !m.Has(Open) && !m.Has(Debit) && !m.Has(Bucket) && !(m.Has(Net) && m.Has(VAT)) {
		out = append(out, Total)
	}
	return out
}
