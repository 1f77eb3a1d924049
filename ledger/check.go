package ledger

import (
	"fmt"
	"regexp"
	"strings"
)

// Field errors carry the fact "field", the name of the field in forms, so that the sentence can be
// shown at the place.
func fieldError(field, code string, pairs ...any) *Error {
	return Errorf(code, append([]any{"field", field}, pairs...)...)
}

var (
	mailShape    = regexp.MustCompile(`^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$`)
	countryShape = regexp.MustCompile(`^[A-Z]{2}$`)
)

// ValidEmail says whether a text has the shape of an e-mail address.
func ValidEmail(s string) bool { return mailShape.MatchString(s) }

// CheckCompany finds what is wrong with the owner's details, field by field. Empty fields are fine,
// but for the name: letters say which of them they need.
func CheckCompany(c Company) []*Error {
	var out []*Error
	if strings.TrimSpace(c.Name) == "" {
		out = append(out, fieldError("name", "field_required"))
	}
	if !countryShape.MatchString(c.Country) {
		out = append(out, fieldError("country", "country_invalid", "value", c.Country))
	}
	out = append(out, checkNumbers(c.Country, c.SIREN, c.VAT)...)
	if c.IBAN != "" && !ValidIBAN(c.IBAN) {
		out = append(out, fieldError("iban", "iban_invalid"))
	}
	if c.Email != "" && !mailShape.MatchString(c.Email) {
		out = append(out, fieldError("email", "email_invalid", "value", c.Email))
	}
	return out
}

// CheckCustomer finds what is wrong with a customer that is about to be put into a draft.
func CheckCustomer(d *Draft, c *Customer) []*Error {
	var out []*Error
	if strings.TrimSpace(c.Name) == "" {
		out = append(out, fieldError("name", "field_required"))
	}
	if o := d.Book().CustomerByRef(c.Ref); c.Ref != "" && o != nil && o.ID != c.ID {
		out = append(out, fieldError("ref", "customer_ref_taken", "ref", c.Ref, "name", o.Name))
	}
	if !countryShape.MatchString(c.Country) {
		out = append(out, fieldError("country", "country_invalid", "value", c.Country))
	}
	out = append(out, checkNumbers(c.Country, c.SIREN, c.VAT)...)
	if c.Email != "" && !mailShape.MatchString(c.Email) {
		out = append(out, fieldError("email", "email_invalid", "value", c.Email))
	}
	if m := d.Book().Customer(c.Manager); c.Manager != 0 && (m == nil || c.Manager == c.ID || m.Manager != 0) {
		out = append(out, fieldError("manager", "customer_manager"))
	}
	return out
}

// CheckContact finds what is wrong with a contact.
func CheckContact(c *Contact) []*Error {
	var out []*Error
	if strings.TrimSpace(c.Name) == "" {
		out = append(out, fieldError("name", "field_required"))
	}
	if c.Email != "" && !mailShape.MatchString(c.Email) {
		out = append(out, fieldError("email", "email_invalid", "value", c.Email))
	}
	return out
}

// CheckInvoice finds what is wrong with an invoice entered by hand.
func CheckInvoice(d *Draft, i *Invoice) []*Error {
	var out []*Error
	if d.Customer(i.Customer) == nil {
		out = append(out, fieldError("customer", "field_required"))
	}
	if strings.TrimSpace(i.Number) == "" {
		out = append(out, fieldError("number", "field_required"))
	}
	for _, id := range d.Book().InvoicesByNumber(i.Number) {
		if o := d.Invoice(id); o != nil && id != i.ID && o.Customer == i.Customer {
			out = append(out, fieldError("number", "invoice_number_taken", "number", i.Number))
		}
	}
	if i.Issued == 0 {
		out = append(out, fieldError("issued", "field_required"))
	}
	if i.Due != 0 && i.Due < i.Issued {
		out = append(out, fieldError("due", "due_before_issue"))
	}
	if e := i.checkInstalments(); e != nil {
		e.Args["field"] = "due"
		out = append(out, e)
	}
	switch {
	case i.Total.IsZero():
		out = append(out, fieldError("total", "field_required"))
	case i.CreditNote != i.Total.Negative():
		out = append(out, fieldError("total", "amount_sign"))
	case i.ID != 0 && d.overpaid(i):
		out = append(out, fieldError("total", "amount_below_paid"))
	}
	return out
}

// overpaid says whether payments and write-offs exceed what an invoice would then come to.
func (d *Draft) overpaid(i *Invoice) bool {
	st := d.Book().Standings(EndOfTime).Of(i.ID)
	return abs64(st.Paid+st.WrittenOff) > abs64(i.Total.Minor)
}

// ValidSIREN checks a French company number: nine digits whose Luhn sum is a multiple of ten. Blanks
// do not count.
func ValidSIREN(s string) bool {
	s = strings.Join(strings.Fields(s), "")
	if len(s) != 9 {
		return false
	}
	sum := 0
	for i, r := range s {
		if r < '0' || r > '9' {
			return false
		}
		v := int(r - '0')
		if i%2 == 1 { // every second digit from the right of an odd-length number
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
	}
	return sum%10 == 0
}

// PlainIBAN gives an IBAN as files have it: capitals, without blanks.
func PlainIBAN(s string) string { return strings.ToUpper(strings.Join(strings.Fields(s), "")) }

// ValidIBAN checks an IBAN's shape and its check digits (ISO 13616: the remainder by 97 is 1). Blanks
// do not count.
func ValidIBAN(s string) bool {
	s = PlainIBAN(s)
	if len(s) < 15 || len(s) > 34 || s[0] < 'A' || s[0] > 'Z' || s[1] < 'A' || s[1] > 'Z' {
		return false
	}
	return strings.Trim(s, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" && Mod97(s[4:]+s[:4]) == 1
}

// NewRef gives a code of the form C001 that no customer has and that the draft has not given yet.
func (d *Draft) NewRef() string {
	taken := d.book.customersIndex().byRef
	for {
		d.refs++
		ref := fmt.Sprintf("C%03d", int(d.book.Last(KindCustomer))+d.refs)
		if _, is := taken[numberKey(ref)]; !is {
			return ref
		}
	}
}
