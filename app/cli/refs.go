package cli

import (
	"strings"

	"quitus/app/desk"
	"quitus/ledger"
)

// customer finds a customer by code, or by a name that one customer only carries. Errors:
// customer_unknown, customer_ambiguous.
func customer(b *ledger.Book, ref string) (*ledger.Customer, error) {
	if c := b.CustomerByRef(ref); c != nil {
		return c, nil
	}
	ids := b.CustomersByName(ref)
	switch len(ids) {
	case 0:
		return nil, ledger.Errorf("customer_unknown", "customer", ref)
	case 1:
		return b.Customer(ids[0]), nil
	}
	refs := make([]string, len(ids))
	for i, id := range ids {
		refs[i] = b.Customer(id).Ref
	}
	return nil, ledger.Errorf("customer_ambiguous", "customer", ref, "refs", refs)
}

// invoice finds an invoice or credit note by number, or as NUMBER@CUSTOMER where several customers
// share the number. Errors: invoice_unknown, invoice_ambiguous, customer_unknown, customer_ambiguous.
func invoice(b *ledger.Book, ref string) (*ledger.Invoice, error) {
	ids := b.InvoicesByNumber(ref)
	if at := strings.LastIndexByte(ref, '@'); len(ids) == 0 && at > 0 {
		c, err := customer(b, ref[at+1:])
		if err != nil {
			return nil, err
		}
		for _, id := range b.InvoicesByNumber(ref[:at]) {
			if b.Invoice(id).Customer == c.ID {
				return b.Invoice(id), nil
			}
		}
	}
	switch len(ids) {
	case 0:
		return nil, ledger.Errorf("invoice_unknown", "invoice", ref)
	case 1:
		return b.Invoice(ids[0]), nil
	}
	choices := make([]string, len(ids))
	for i, id := range ids {
		choices[i] = invoiceRef(b, b.Invoice(id))
	}
	return nil, ledger.Errorf("invoice_ambiguous", "invoice", ref, "choices", choices)
}

// invoiceRef writes an invoice so that it is found again: with its customer where the number alone
// does not tell.
func invoiceRef(b *ledger.Book, i *ledger.Invoice) string {
	if len(b.InvoicesByNumber(i.Number)) > 1 {
		return i.Number + "@" + customerRef(b, i.Customer)
	}
	return i.Number
}

func customerRef(b *ledger.Book, id ledger.CustomerID) string {
	if c := b.Customer(id); c != nil {
		return c.Ref
	}
	return ""
}

// only gives the customer that the flag --customer names, or nil where it is not given.
func (c *call) only(s *desk.State) (*ledger.Customer, error) {
	if !c.flags.Lookup("customer").Changed {
		return nil, nil
	}
	return customer(s.Book, c.text("customer"))
}
