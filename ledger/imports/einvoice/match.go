package einvoice

import (
	"slices"

	"quitus/ledger"
)

// notOurs refuses invoices that the company received, and doubts those that another one issued.
func (p *planning) notOurs(item *Item) *ledger.Error {
	c := p.book.Company()
	seller, known := isCompany(c, &item.Seller)
	if !known || seller {
		return nil
	}
	if buyer, known := isCompany(c, &item.Buyer); known && buyer {
		return ledger.Errorf("einvoice_purchase", "file", item.File, "seller", item.Seller.Name)
	}
	item.Doubts = append(item.Doubts, Problem{Field: "seller", Value: item.Seller.Name, Code: "other_seller",
		Args: map[string]any{"seller": item.Seller.Name, "company": c.Name}})
	return nil
}

// isCompany says whether a party is the ledger's company: by company number, else VAT number, else name.
func isCompany(c ledger.Company, p *Party) (yes, known bool) {
	if a := digitsOf(c.SIREN); len(a) >= 9 && p.SIREN != "" {
		return a[:9] == p.SIREN, true
	}
	if c.VAT != "" && p.VAT != "" {
		return ledger.NormalVAT(c.VAT) == p.VAT, true
	}
	if c.Name != "" && p.Name != "" {
		name := ledger.Fold(c.Name)
		return name == ledger.Fold(p.Name) || name == ledger.Fold(p.Trading), true
	}
	return false, false
}

// inBook finds the customer of an invoice.
func (p *planning) inBook(item *Item) (ledger.CustomerID, string) {
	buyer := &item.Buyer
	if ids := p.bySIREN[buyer.SIREN]; buyer.SIREN != "" && len(ids) > 0 {
		return p.oneOf(item, ids), "siren"
	}
	if ids := p.byVAT[buyer.VAT]; buyer.VAT != "" && len(ids) > 0 {
		return p.oneOf(item, ids), "vat"
	}
	for _, name := range []string{buyer.Name, buyer.Trading} {
		if name == "" {
			continue
		}
		ids := slices.DeleteFunc(slices.Clone(p.book.CustomersByName(name)), func(id ledger.CustomerID) bool {
			return contradicts(p.book.Customer(id), buyer)
		})
		if len(ids) > 1 {
			ids = slices.DeleteFunc(ids, func(id ledger.CustomerID) bool {
				c := p.book.Customer(id)
				return c.Postcode != buyer.Postcode && ledger.Fold(c.Ref) != ledger.Fold(buyer.Code)
			})
		}
		if len(ids) == 1 {
			return ids[0], "name"
		}
	}
	return 0, ""
}

// contradicts says whether a customer's numbers are other than a buyer's.
func contradicts(c *ledger.Customer, p *Party) bool {
	s := digitsOf(c.SIREN)
	return p.SIREN != "" && len(s) >= 9 && s[:9] != p.SIREN || p.VAT != "" && c.VAT != "" && ledger.NormalVAT(c.VAT) != p.VAT
}

// oneOf chooses among customers that share a number, the establishments of one company: by code, name, then
// postcode; else the first, which is said.
func (p *planning) oneOf(item *Item, ids []ledger.CustomerID) ledger.CustomerID {
	buyer := &item.Buyer
	if len(ids) == 1 {
		return ids[0]
	}
	for _, same := range []func(*ledger.Customer) bool{
		func(c *ledger.Customer) bool {
			return buyer.Code != "" && ledger.Fold(c.Ref) == ledger.Fold(buyer.Code)
		},
		func(c *ledger.Customer) bool {
			return ledger.Fold(c.Name) == ledger.Fold(buyer.Name) && c.Postcode == buyer.Postcode
		},
		func(c *ledger.Customer) bool { return ledger.Fold(c.Name) == ledger.Fold(buyer.Name) },
		func(c *ledger.Customer) bool { return buyer.Postcode != "" && c.Postcode == buyer.Postcode },
	} {
		var found []ledger.CustomerID
		for _, id := range ids {
			if same(p.book.Customer(id)) {
				found = append(found, id)
			}
		}
		if len(found) == 1 {
			return found[0]
		}
	}
	c := p.book.Customer(ids[0])
	item.Doubts = append(item.Doubts, Problem{Field: "buyer", Value: buyer.Name, Code: "customer_ambiguous",
		Args: map[string]any{"name": c.Name, "ref": c.Ref, "count": len(ids)}})
	return ids[0]
}

// fresh gives the index of a buyer among the new customers.
func (p *planning) fresh(buyer *Party) int {
	for n := range p.NewCustomers {
		k := &p.NewCustomers[n]
		switch {
		case k.SIREN != "" && buyer.SIREN != "":
			if k.SIREN == buyer.SIREN && (k.SIRET == buyer.SIRET || k.SIRET == "" || buyer.SIRET == "" || ledger.Fold(k.Name) == ledger.Fold(buyer.Name)) {
				return n
			}
		case k.VAT != "" && buyer.VAT != "":
			if k.VAT == buyer.VAT {
				return n
			}
		case ledger.Fold(k.Name) == ledger.Fold(buyer.Name):
			return n
		}
	}
	p.NewCustomers = append(p.NewCustomers, NewCustomer{*buyer})
	return len(p.NewCustomers) - 1
}
