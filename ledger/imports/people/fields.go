package people

import (
	"encoding"
	"fmt"
	"slices"
)

// Field is what a column of a list of customers holds.
type Field uint8

// The fields.
const (
	None         Field = iota
	Name               // the customer's name
	FirstName          // of a private customer, before the name
	Ref                // the customer's code or account
	Names              // another name in use: sign, trade name
	Address            // street lines; several columns may be
	Postcode           //
	Town               //
	Country            // name or code
	Email              // general
	Phone              // general
	ContactName        // the person to talk to
	ContactFirst       // that person's first name
	ContactRole        //
	ContactEmail       //
	ContactPhone       //
	SIREN              // SIREN, SIRET or another country's company number
	VAT                // VAT number
	IBAN               // the account that the customer pays from
	Kind               // company, public body, consumer, non-professional
	Language           // of letters
	Terms              // payment terms in words or days
	Rate               // contractual late rate, percent a year
	Indemnity          // per late invoice, by a clause, in euros
	Scenario           // the follow-up scenario's name
	fieldCount
)

var fieldNames = [fieldCount]string{
	"", "name", "first_name", "ref", "names", "address", "postcode", "town", "country", "email", "phone", "contact", "contact_first_name", "contact_role",
	"contact_email", "contact_phone", "siren", "vat_number", "iban", "kind", "language", "terms", "rate", "indemnity", "scenario",
}

// String is the field's name in files and on the command line; its title for people is people.field.<name>.
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
		return fmt.Errorf("people: no field is called %q", b)
	}
	*f = Field(i)
	return nil
}

var _ encoding.TextUnmarshaler = (*Field)(nil)

// Repeats says whether several columns may hold the field at once.
func (f Field) Repeats() bool { return f == None || f == Address }

// Mapping says which field each column holds, by the column's index; None is a column that is not taken.
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

// Missing lists what a mapping lacks: who it is about, or anything else to say of them.
func (m Mapping) Missing() []Field {
	if !m.Has(Name) && !m.Has(Ref) {
		return []Field{Name}
	}
	for f := Names; f < fieldCount; f++ {
		if m.Has(f) {
			return nil
		}
	}
	if m.Has(Name) && m.Has(Ref) {
		return nil
	}
	return []Field{Email}
}
