package einvoice

import (
	"strings"

	"quitus/ledger"
)

// ubl reads an invoice or a credit note in the Universal Business Language, OASIS UBL 2.1 and its EN 16931 profiles.
func (b *builder) ubl(root *node) {
	b.Format = "ubl"
	b.Profile = profile(root.get("CustomizationID"))
	b.Number = clip(root.get("ID"), 60)
	b.Type = root.get("InvoiceTypeCode|CreditNoteTypeCode")
	b.CreditNote = root.name == "CreditNote"
	b.Issued = b.day("issued", root.get("IssueDate"))
	b.currency(root.get("DocumentCurrencyCode"))

	b.Seller = b.ublParty(root.one("AccountingSupplierParty/Party"), "seller")
	b.Buyer = b.ublParty(root.one("AccountingCustomerParty/Party"), "buyer")
	if code := root.get("AccountingCustomerParty/SupplierAssignedAccountID"); code != "" {
		b.Buyer.Code = clip(code, 40)
	}
	if payee := root.get("PayeeParty/PartyName/Name"); !sameName(payee, b.Seller.Name) {
		b.Payee = clip(payee, 200)
	}
	if order := root.get("OrderReference/ID"); !strings.EqualFold(order, "NA") { // the standard's word for none
		b.OrderRef = clip(order, 60)
	}
	b.Reference = clip(root.get("PaymentMeans/PaymentID"), 140)
	if iban := root.get("PaymentMeans/PayeeFinancialAccount/ID"); ledger.ValidIBAN(iban) || root.one("PaymentMeans/PayeeFinancialAccount/ID").attr("schemeID") == "IBAN" {
		b.iban = iban // elsewhere other account numbers stand there
	}
	b.TermsText = clip(root.get("PaymentTerms/Note"), 200)
	b.Due = b.day("due", root.get("DueDate"))
	for _, m := range root.all("PaymentMeans/PaymentDueDate") { // where credit notes have it
		if root.get("DueDate") == "" {
			b.Due = max(b.Due, b.day("due", m.value()))
		}
	}
	for _, r := range root.all("BillingReference/InvoiceDocumentReference/ID") {
		if n := r.value(); n != "" && len(b.Preceding) < maxLines {
			b.Preceding = append(b.Preceding, clip(n, 60))
		}
	}
	b.ublSums(root)
	b.Subject = subject(ublNames(root), ublRemarks(root))
}

func (b *builder) ublSums(root *node) {
	s := root.one("LegalMonetaryTotal")
	b.grand = b.sum(s.one("TaxInclusiveAmount"))
	b.prepaid = b.sum(s.one("PrepaidAmount"))
	b.rounding = b.sum(s.one("PayableRoundingAmount"))
	b.payable = b.sum(s.one("PayableAmount"))
	b.net = b.sum(s.one("TaxExclusiveAmount"))
	for _, t := range root.all("TaxTotal/TaxAmount") { // a second one is in the currency of the accounts
		if c := t.attr("currencyID"); c == "" || c == string(b.Total.Currency) {
			b.vat = b.sum(t)
			break
		}
	}
}

func ublNames(root *node) []string {
	var names []string
	for _, item := range root.all("InvoiceLine|CreditNoteLine/Item") {
		if n := item.get("Name"); n != "" {
			names = append(names, n)
		} else {
			names = append(names, item.get("Description"))
		}
	}
	return names
}

// ublRemarks gives the notes but for the notices that the law asks for, which begin with a subject code between #.
func ublRemarks(root *node) []string {
	var out []string
	for _, n := range root.all("Note") {
		s := n.value()
		if code, rest, ok := strings.Cut(strings.TrimPrefix(s, "#"), "#"); ok && strings.HasPrefix(s, "#") {
			if code != "AAI" {
				continue
			}
			s = strings.TrimSpace(rest)
		}
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

func (b *builder) ublParty(n *node, field string) Party {
	p := Party{Name: clip(n.get("PartyLegalEntity/RegistrationName"), 200)}
	trading := clip(n.get("PartyName/Name"), 200)
	switch {
	case p.Name == "":
		p.Name = trading
	case !sameName(trading, p.Name):
		p.Trading = trading
	}
	for _, id := range append(n.all("PartyLegalEntity/CompanyID"), n.all("PartyIdentification/ID")...) {
		switch s := id.attr("schemeID"); {
		case p.SIREN == "" && (s == "" || s == "0002" || s == "0009" || strings.HasPrefix(s, "SIRE")) && looksFrench(id.value()):
			b.company(&p, field, id.value())
		case s == "" && p.Code == "" && !looksFrench(id.value()):
			p.Code = clip(id.value(), 40)
		}
	}
	for _, t := range n.all("PartyTaxScheme") {
		if s := t.get("TaxScheme/ID"); p.VAT == "" && (s == "VAT" || s == "" || s == "VA" || s == "TVA") {
			b.taxNumber(&p, field, t.get("CompanyID"))
		}
	}
	a := n.one("PostalAddress")
	street := a.get("StreetName")
	if number := a.get("BuildingNumber"); number != "" {
		street = strings.TrimSpace(number + " " + street)
	}
	p.Address = lines(clip(street, 200), clip(a.get("AdditionalStreetName"), 200), clip(a.get("AddressLine/Line"), 200))
	p.Postcode, p.Town, p.Country = clip(a.get("PostalZone"), 20), clip(a.get("CityName"), 100), country(a.get("Country/IdentificationCode"))
	c := n.one("Contact")
	p.Contact, p.Phone, p.Email = clip(c.get("Name"), 100), clip(c.get("Telephone"), 40), mailIn(c.get("ElectronicMail"))
	if end := n.one("EndpointID"); p.Email == "" && isPost(end.attr("schemeID")) {
		p.Email = mailIn(end.value())
	}
	return p
}

// looksFrench says whether a number may be a SIREN or SIRET.
func looksFrench(s string) bool {
	s = strings.Join(strings.Fields(s), "")
	return isDigits(s) && (len(s) == 9 || len(s) == 14)
}

// sameName says whether a name is empty or the other one.
func sameName(s, other string) bool { return s == "" || ledger.Fold(s) == ledger.Fold(other) }
