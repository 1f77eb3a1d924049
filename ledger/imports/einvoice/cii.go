package einvoice

import (
	"slices"
	"strings"
)

// cii reads a Cross Industry Invoice, UN/CEFACT D16B and later, and its forerunner in ZUGFeRD 1, whose elements
// have other names at the top and the same below.
func (b *builder) cii(root *node) {
	b.Format = "cii"
	head := root.one("ExchangedDocument|HeaderExchangedDocument")
	deal := root.one("SupplyChainTradeTransaction|SpecifiedSupplyChainTradeTransaction")
	agreed := deal.one("ApplicableHeaderTradeAgreement|ApplicableSupplyChainTradeAgreement")
	paying := deal.one("ApplicableHeaderTradeSettlement|ApplicableSupplyChainTradeSettlement")

	guide := root.get("ExchangedDocumentContext|SpecifiedExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID")
	b.Profile = profile(guide)
	b.Number = clip(head.get("ID"), 60)
	b.Type = head.get("TypeCode")
	b.Issued = b.day("issued", ciiDay(head.one("IssueDateTime")))
	b.currency(paying.get("InvoiceCurrencyCode"))

	b.Seller = b.ciiParty(agreed.one("SellerTradeParty"), "seller")
	b.Buyer = b.ciiParty(agreed.one("BuyerTradeParty"), "buyer")
	if payee := paying.get("PayeeTradeParty/Name"); !sameName(payee, b.Seller.Name) {
		b.Payee = clip(payee, 200)
	}
	b.OrderRef = clip(agreed.get("BuyerOrderReferencedDocument/IssuerAssignedID|ID"), 60)
	b.Reference = clip(paying.get("PaymentReference"), 140)
	b.iban = paying.get("SpecifiedTradeSettlementPaymentMeans/PayeePartyCreditorFinancialAccount/IBANID")
	b.ciiDue(paying)
	for _, r := range paying.all("InvoiceReferencedDocument") {
		if n := r.get("IssuerAssignedID|ID"); n != "" && len(b.Preceding) < maxLines {
			b.Preceding = append(b.Preceding, clip(n, 60))
		}
	}
	b.ciiSums(paying.one("SpecifiedTradeSettlementHeaderMonetarySummation|SpecifiedTradeSettlementMonetarySummation"))

	var names []string
	for _, l := range deal.all("IncludedSupplyChainTradeLineItem/SpecifiedTradeProduct/Name") {
		names = append(names, l.value())
	}
	b.Subject = subject(names, ciiRemarks(head))
}

// ciiDay gives the text of a date, whatever element it is wrapped in.
func ciiDay(n *node) string {
	if s := n.get("DateTimeString|Date|DateTime"); s != "" {
		return s
	}
	return n.value()
}

// ciiDue reads BT-9 and BT-20. Of several terms, instalments, the last day is when all of it is due.
func (b *builder) ciiDue(paying *node) {
	for _, t := range paying.all("SpecifiedTradePaymentTerms") {
		if b.TermsText == "" {
			b.TermsText = clip(t.get("Description"), 200)
		}
		b.Due = max(b.Due, b.day("due", ciiDay(t.one("DueDateDateTime"))))
	}
}

func (b *builder) ciiSums(s *node) {
	b.grand = b.sum(s.one("GrandTotalAmount"))
	b.prepaid = b.sum(s.one("TotalPrepaidAmount"))
	b.rounding = b.sum(s.one("RoundingAmount"))
	b.payable = b.sum(s.one("DuePayableAmount"))
	b.net = b.sum(s.one("TaxBasisTotalAmount"))
	for _, t := range s.all("TaxTotalAmount") { // a second one is in the currency of the accounts
		if c := t.attr("currencyID"); c == "" || c == string(b.Total.Currency) {
			b.vat = b.sum(t)
			break
		}
	}
}

func (b *builder) ciiParty(n *node, field string) Party {
	p := Party{Name: clip(n.get("Name"), 200), Code: clip(n.get("ID"), 40)}
	if t := n.get("SpecifiedLegalOrganization/TradingBusinessName"); !sameName(t, p.Name) {
		p.Trading = clip(t, 200)
	}
	for _, id := range slices.Concat(n.all("SpecifiedLegalOrganization/ID"), n.all("GlobalID")) {
		if s := id.attr("schemeID"); p.SIREN == "" && (s == "" || s == "0002" || s == "0009") {
			b.company(&p, field, id.value())
		}
	}
	for _, t := range n.all("SpecifiedTaxRegistration/ID") {
		if s := t.attr("schemeID"); p.VAT == "" && (s == "VA" || s == "") {
			b.taxNumber(&p, field, t.value())
		}
	}
	a := n.one("PostalTradeAddress")
	p.Address = lines(clip(a.get("LineOne"), 200), clip(a.get("LineTwo"), 200), clip(a.get("LineThree"), 200))
	p.Postcode, p.Town, p.Country = clip(a.get("PostcodeCode"), 20), clip(a.get("CityName"), 100), country(a.get("CountryID"))
	c := n.one("DefinedTradeContact")
	p.Contact = clip(c.get("PersonName"), 100)
	p.Phone = clip(c.get("TelephoneUniversalCommunication/CompleteNumber"), 40)
	p.Email = mailIn(c.get("EmailURIUniversalCommunication/URIID|CompleteNumber"))
	if uri := n.one("URIUniversalCommunication/URIID"); p.Email == "" && isPost(uri.attr("schemeID")) {
		p.Email = mailIn(uri.value())
	}
	return p
}

// ciiRemarks gives the notes that are not one of the notices that the law asks for, which carry a subject code of
// their own (UNTDID 4451: PMT, PMD, AAB, REG, ABL, TXD …).
func ciiRemarks(head *node) []string {
	var out []string
	for _, n := range head.all("IncludedNote") {
		if code := n.get("SubjectCode"); code == "" || code == "AAI" {
			if s := n.get("Content"); s != "" {
				out = append(out, s)
			}
		}
	}
	return out
}

// profile names the specification that a document says it follows (BT-24).
func profile(guide string) string {
	g := strings.ToLower(guide)
	for _, p := range []struct{ mark, name string }{
		{"ferd:", "zugferd1"}, {"minimum", "minimum"}, {"basicwl", "basicwl"}, {"extended", "extended"}, {"basic", "basic"},
		{"xrechnung", "xrechnung"}, {"peppol", "peppol"}, {"en16931", "en16931"},
	} {
		if strings.Contains(g, p.mark) {
			return p.name
		}
	}
	return clip(guide, 80)
}
