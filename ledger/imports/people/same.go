package people

import (
	"cmp"
	"slices"

	"quitus/ledger"
)

// take adds a customer to the result, unless an earlier line is about the same one: of the same code, or without
// codes of the same name at the same place. Another contact of theirs is added to them.
func (r *reading) take(d Draft) {
	key := "r" + ledger.Fold(d.Ref)
	if d.Ref == "" {
		key = "n" + ledger.Fold(d.Name) + "\n" + ledger.Fold(d.Postcode)
	}
	if at, again := r.byKey[key]; again {
		r.again(&d, at)
		return
	}
	r.byKey[key] = len(r.out.Customers)
	r.alike(&d)
	r.out.Warnings = append(r.out.Warnings, r.doubts...)
	r.out.Customers = append(r.out.Customers, d)
}

// alike doubts customers that carry different codes and look like one.
func (r *reading) alike(d *Draft) {
	for _, k := range []struct {
		key  string
		same Field
	}{{"s" + d.SIREN, SIREN}, {"p" + ledger.Fold(d.Name) + "\n" + ledger.Fold(d.Postcode), Name}} {
		if k.same == SIREN && d.SIREN == "" || k.same == Name && d.Name == "" {
			continue
		}
		at, known := r.byKey[k.key]
		if known {
			other := &r.out.Customers[at]
			r.doubt(k.same, "maybe_duplicate", "other", other.Line, "name", cmp.Or(other.Name, other.Ref))
			return
		}
		r.byKey[k.key] = len(r.out.Customers)
	}
}

// again handles another line about a known customer.
func (r *reading) again(d *Draft, at int) {
	known := &r.out.Customers[at]
	args := map[string]any{"other": known.Line, "name": cmp.Or(known.Name, known.Ref)}
	if known.Name != "" && d.Name != "" && ledger.Fold(known.Name) != ledger.Fold(d.Name) {
		r.reject(Ref, "ref_twice", args)
		return
	}
	fresh := 0
	for _, c := range d.Contacts {
		if !slices.ContainsFunc(known.Contacts, func(k Contact) bool { return ledger.Fold(k.Name) == ledger.Fold(c.Name) }) {
			known.Contacts = append(known.Contacts, c)
			fresh++
		}
	}
	known.fill(d)
	r.out.Warnings = append(r.out.Warnings, r.doubts...)
	code := "duplicate"
	if fresh > 0 {
		code = "contact_added"
	}
	r.out.Skipped = append(r.out.Skipped, r.problem(Name, code, args))
}

// fill takes from another draft of the same customer what this one does not tell.
func (d *Draft) fill(o *Draft) {
	for _, x := range []struct{ to, from *string }{
		{&d.Name, &o.Name}, {&d.Names, &o.Names}, {&d.Country, &o.Country}, {&d.Language, &o.Language}, {&d.SIREN, &o.SIREN}, {&d.SIRET, &o.SIRET}, {&d.VAT, &o.VAT},
		{&d.IBAN, &o.IBAN}, {&d.Email, &o.Email}, {&d.Phone, &o.Phone}, {&d.Rate, &o.Rate}, {&d.Scenario, &o.Scenario},
	} {
		*x.to = cmp.Or(*x.to, *x.from)
	}
	if d.Address == "" && d.Postcode == "" && d.Town == "" {
		d.Address, d.Postcode, d.Town = o.Address, o.Postcode, o.Town
	}
	d.Type = cmp.Or(d.Type, o.Type)
	if !d.Terms.Given {
		d.Terms = o.Terms
	}
}
