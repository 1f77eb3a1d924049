package einvoice

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"quitus/ledger"
)

// ciiOf writes a small CII invoice of that type, with those elements in the settlement and the summation.
func ciiOf(typ, settlement, sums string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>
<x:CrossIndustryInvoice xmlns:x="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:200" xmlns:y="urn:other">
<x:ExchangedDocumentContext><y:GuidelineSpecifiedDocumentContextParameter><y:ID>urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0</y:ID></y:GuidelineSpecifiedDocumentContextParameter></x:ExchangedDocumentContext>
<x:ExchangedDocument><y:ID>F-1</y:ID><y:TypeCode>` + typ + `</y:TypeCode><y:IssueDateTime><z:DateTimeString xmlns:z="urn:z" format="102">20260131</z:DateTimeString></y:IssueDateTime>
<y:IncludedNote><y:Content>Indemnité de 40 €</y:Content><y:SubjectCode>PMT</y:SubjectCode></y:IncludedNote><y:IncludedNote><y:Content>Objet : Toiture, rue Haute</y:Content></y:IncludedNote></x:ExchangedDocument>
<x:SupplyChainTradeTransaction>
<y:ApplicableHeaderTradeAgreement><y:SellerTradeParty><y:Name>Vendeur SARL</y:Name></y:SellerTradeParty><y:BuyerTradeParty><y:ID>C042</y:ID><y:GlobalID schemeID="0009">73282932000074</y:GlobalID><y:Name>Acheteur &amp; Fils</y:Name><y:URIUniversalCommunication><y:URIID schemeID="EM">compta@acheteur.example</y:URIID></y:URIUniversalCommunication></y:BuyerTradeParty></y:ApplicableHeaderTradeAgreement>
<y:ApplicableHeaderTradeSettlement><y:InvoiceCurrencyCode>EUR</y:InvoiceCurrencyCode>` + settlement + `<y:SpecifiedTradeSettlementHeaderMonetarySummation>` + sums +
		`</y:SpecifiedTradeSettlementHeaderMonetarySummation></y:ApplicableHeaderTradeSettlement></x:SupplyChainTradeTransaction></x:CrossIndustryInvoice>`
}

func el(name, value string) string { return "<y:" + name + ">" + value + "</y:" + name + ">" }

func TestAmountsAndTypes(t *testing.T) {
	grand, prepaid, round, due := "GrandTotalAmount", "TotalPrepaidAmount", "RoundingAmount", "DuePayableAmount"
	for _, c := range []struct {
		typ, sums         string
		total, open, code string
	}{
		{"380", el(grand, "120.00") + el(due, "120.00"), "120.00", "120.00", ""},
		{"380", el(grand, "120.00"), "120.00", "120.00", ""},
		{"380", el(grand, "120.00") + el(prepaid, "20"), "120.00", "100.00", ""},
		{"380", el(due, "100") + el(prepaid, "20.000"), "120.00", "100.00", ""},
		{"380", el(grand, "120.03") + el(round, "-0.03") + el(prepaid, "20") + el(due, "100.00"), "120.00", "100.00", ""},
		{"380", el(grand, "120") + el(prepaid, "120") + el(due, "0.00"), "120.00", "0.00", ""},
		{"380", el(grand, "120") + el(prepaid, "20") + el(due, "90"), "120.00", "90.00", "total totals_differ"},
		{"380", el(grand, "120") + el(due, "150"), "120.00", "120.00", "total open_beyond_total"},
		{"380", el(grand, "-120.00") + el(due, "-120.00"), "-120.00", "-120.00", ""},
		{"381", el(grand, "120.00") + el(due, "100.00"), "-120.00", "-100.00", ""},
		{"381", el(grand, "-120.00"), "-120.00", "-120.00", "total credit_note_negative"},
		{"261", el(grand, "120.00"), "-120.00", "-120.00", ""},
		{"384", el(grand, "+120.00"), "120.00", "120.00", "type corrected"},
		{"384", el(grand, "-120.00"), "-120.00", "-120.00", "type corrected"},
		{"386", el(grand, "120.00"), "120.00", "120.00", ""},
		{"393", el(grand, "120.00"), "120.00", "120.00", "payee factored"},
		{"751", el(grand, "120.00"), "120.00", "120.00", ""},
	} {
		i, err := readBytes("f.xml", []byte(ciiOf(c.typ, el("PaymentReference", "RF18539007547034")+
			"<y:SpecifiedTradePaymentTerms><y:DueDateDateTime><a:DateTimeString xmlns:a='urn:z' format='102'>20260302</a:DateTimeString></y:DueDateDateTime></y:SpecifiedTradePaymentTerms>", c.sums)))
		if err != nil {
			t.Errorf("%s %s: %v", c.typ, c.sums, err)
			continue
		}
		if i.Total.Decimal() != c.total || i.Open.Decimal() != c.open || problems(i) != c.code || i.CreditNote != (c.total[0] == '-') {
			t.Errorf("%s %s: %s %s %s", c.typ, c.sums, i.Total, i.Open, problems(i))
		}
		if i.Profile != "xrechnung" || i.Buyer.SIRET != "73282932000074" || i.Buyer.SIREN != "732829320" || i.Buyer.Code != "C042" || i.Buyer.Name != "Acheteur & Fils" ||
			i.Buyer.Email != "compta@acheteur.example" || i.Subject != "Toiture, rue Haute" || i.Due.String() != "2026-03-02" || i.Reference != "RF18539007547034" {
			t.Errorf("%+v", i)
		}
	}
}

func TestRefusals(t *testing.T) {
	good := ciiOf("380", "", el("GrandTotalAmount", "120.00"))
	without := func(part, by string) string { return strings.Replace(good, part, by, 1) }
	deep := strings.Repeat("<a>", 100)
	for name, c := range map[string]struct{ content, code, fact string }{
		"nothing":       {" \n\x00", "empty", ""},
		"a text":        {"Bonjour", "einvoice_not_xml", ""},
		"text before":   {"Bonjour <Invoice/>", "einvoice_not_xml", ""},
		"another XML":   {`<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"/>`, "einvoice_other_xml", "Document"},
		"an order":      {`<rsm:SCRDMCCBDACIOMessageStructure xmlns:rsm="urn:x"/>`, "einvoice_other_xml", "SCRDMCCBDACIOMessageStructure"},
		"other Invoice": {`<Invoice xmlns="http://www.ebinterface.at/schema/6p0/"><InvoiceNumber>1</InvoiceNumber></Invoice>`, "einvoice_other_xml", "Invoice"},
		"cut off":       {good[:len(good)-200], "damaged", ""},
		"entities":      {`<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>` + good, "damaged", ""},
		"an entity":     {without("Acheteur", "&b;"), "damaged", ""},
		"deep":          {without("<y:IncludedNote>", deep), "too_large", "depth"},
		"encoding":      {without("UTF-8", "EBCDIC"), "damaged", ""},
		"no number":     {without("F-1", " "), "einvoice_incomplete", "number"},
		"no day":        {without("20260131", ""), "einvoice_incomplete", "issued"},
		"wrong day":     {without("20260131", "20260231"), "einvoice_wrong_value", "issued"},
		"no buyer":      {without("Acheteur &amp; Fils", ""), "einvoice_incomplete", "buyer"},
		"no amount":     {without("120.00", ""), "einvoice_incomplete", "total"},
		"nothing owed":  {without("120.00", "0.00"), "einvoice_wrong_value", "total"},
		"no number is":  {without("120.00", "1.200,00"), "einvoice_wrong_value", "total"},
		"tenths":        {without("120.00", "120.005"), "einvoice_wrong_value", "total"},
		"huge":          {without("120.00", "99999999999999999"), "einvoice_wrong_value", "total"},
		"no currency":   {without("EUR", "Euro zone"), "einvoice_wrong_value", "currency"},
		"pro forma":     {without("380", "325"), "einvoice_not_an_invoice", "325"},
		"two roots":     {good + "<a/>", "damaged", ""},
	} {
		_, err := readBytes("f.xml", []byte(c.content))
		var e *ledger.Error
		if !errors.As(err, &e) || e.Code != c.code || e.Args["file"] != "f.xml" || c.fact != "" && !strings.Contains(fmt.Sprint(e.Args), c.fact) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	long := []byte(without("<y:IncludedNote>", strings.Repeat("<a/>", 5000)+"<y:IncludedNote>"))
	if _, err := Read(ctx, "f.xml", bytes.NewReader(long), int64(len(long)), Options{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// Lines beyond the first and files attached inside cost no memory that stays.
func TestManyLines(t *testing.T) {
	line := "<y:IncludedSupplyChainTradeLineItem><y:SpecifiedTradeProduct><y:Name>Article %d</y:Name></y:SpecifiedTradeProduct></y:IncludedSupplyChainTradeLineItem>"
	var b strings.Builder
	for n := range 50_000 {
		fmt.Fprintf(&b, line, n)
	}
	b.WriteString("<y:AttachmentBinaryObject>" + strings.Repeat("QUFB", 1<<18) + "</y:AttachmentBinaryObject>")
	doc := strings.Replace(ciiOf("380", "", el("GrandTotalAmount", "120.00")), "<y:ApplicableHeaderTradeAgreement>", b.String()+"<y:ApplicableHeaderTradeAgreement>", 1)
	i, err := readBytes("f.xml", []byte(doc))
	if err != nil || !strings.HasPrefix(i.Subject, "Article 0, Article 1, ") || !strings.HasSuffix(i.Subject, "…") || len(i.Subject) > 160 {
		t.Errorf("%v %+v", err, i)
	}
}

func TestEncodings(t *testing.T) {
	doc := strings.Replace(ciiOf("380", "", el("GrandTotalAmount", "120.00")), "Acheteur &amp; Fils", "Hôtel Bellérive", 1)
	latin, _ := charmap.Windows1252.NewEncoder().String(strings.Replace(doc, "UTF-8", "ISO-8859-1", 1))
	wide, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.Replace(doc, "UTF-8", "UTF-16", 1))
	for name, content := range map[string]string{"UTF-8": doc, "byte order mark": "\ufeff" + doc, "Latin": latin, "UTF-16": wide} {
		i, err := readBytes("f.xml", []byte(content))
		if err != nil || i.Buyer.Name != "Hôtel Bellérive" {
			t.Errorf("%s: %v %+v", name, err, i)
		}
	}
}

const ublInvoice = `<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID>
<cbc:ID>2026/0118</cbc:ID><cbc:IssueDate>2026-02-01+01:00</cbc:IssueDate><cbc:DueDate>2026-03-03</cbc:DueDate><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
<cbc:Note>#PMT#Indemnité forfaitaire de 40 €</cbc:Note><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:OrderReference><cbc:ID>BC-77</cbc:ID></cac:OrderReference>
<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>2026/0099</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference>
<cac:AccountingSupplierParty><cac:Party><cac:PartyTaxScheme><cbc:CompanyID>FR40303265045</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme><cac:PartyLegalEntity><cbc:RegistrationName>Atelier Vaubrun</cbc:RegistrationName><cbc:CompanyID schemeID="0002">303265045</cbc:CompanyID></cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
<cac:AccountingCustomerParty><cac:Party><cbc:EndpointID schemeID="0009">73282932000074</cbc:EndpointID><cac:PartyIdentification><cbc:ID>CL-9</cbc:ID></cac:PartyIdentification><cac:PartyName><cbc:Name>Le Grand Café</cbc:Name></cac:PartyName>
<cac:PostalAddress><cbc:StreetName>12 rue Basse</cbc:StreetName><cbc:AdditionalStreetName>Bâtiment C</cbc:AdditionalStreetName><cbc:CityName>Nantes</cbc:CityName><cbc:PostalZone>44000</cbc:PostalZone><cac:Country><cbc:IdentificationCode>FR</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
<cac:PartyTaxScheme><cbc:CompanyID>FR44732829320</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
<cac:PartyLegalEntity><cbc:RegistrationName>SARL Café du Port</cbc:RegistrationName><cbc:CompanyID schemeID="0009">73282932000074</cbc:CompanyID></cac:PartyLegalEntity>
<cac:Contact><cbc:Name>Mme Lenoir</cbc:Name><cbc:Telephone>02 99 00 00 00</cbc:Telephone><cbc:ElectronicMail>lenoir@cafe.example</cbc:ElectronicMail></cac:Contact></cac:Party></cac:AccountingCustomerParty>
<cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode><cbc:PaymentID>RF18539007547034</cbc:PaymentID><cac:PayeeFinancialAccount><cbc:ID>FR14 2004 1010 0505 0001 3M02 606</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
<cac:PaymentTerms><cbc:Note>30 jours net</cbc:Note></cac:PaymentTerms>
<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">200.00</cbc:TaxAmount></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">1000.00</cbc:LineExtensionAmount><cbc:TaxExclusiveAmount currencyID="EUR">1000.00</cbc:TaxExclusiveAmount><cbc:TaxInclusiveAmount currencyID="EUR">1200.00</cbc:TaxInclusiveAmount><cbc:PrepaidAmount currencyID="EUR">200.00</cbc:PrepaidAmount><cbc:PayableAmount currencyID="EUR">1000.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
<cac:InvoiceLine><cbc:ID>1</cbc:ID><cac:Item><cbc:Description>Longue description</cbc:Description><cbc:Name>Comptoir en chêne</cbc:Name></cac:Item></cac:InvoiceLine>
</Invoice>`

func TestUBL(t *testing.T) {
	i, err := readBytes("f.xml", []byte(ublInvoice))
	if err != nil {
		t.Fatal(err)
	}
	want{"peppol", "380", "2026/0118", "2026-02-01", "2026-03-03", "1200.00 EUR", "1000.00 EUR", "SARL Café du Port", "732829320", "FR44732829320", "44000", "BC-77",
		"Comptoir en chêne", DueStated, ""}.check(t, i)
	if i.Format != "ubl" || i.Buyer.SIRET != "73282932000074" || i.Buyer.Code != "CL-9" || i.Buyer.Trading != "Le Grand Café" || i.Buyer.Contact != "Mme Lenoir" ||
		i.Buyer.Address != "12 rue Basse\nBâtiment C" || i.Seller.SIREN != "303265045" || i.IBAN != "FR1420041010050500013M02606" || i.Preceding[0] != "2026/0099" ||
		i.VAT.String() != "200.00 EUR" || i.Net.String() != "1000.00 EUR" || i.Buyer.Email != "lenoir@cafe.example" {
		t.Errorf("%+v", i)
	}
	credit := strings.NewReplacer("<Invoice ", "<CreditNote ", "</Invoice>", "</CreditNote>", "Invoice-2", "CreditNote-2", "InvoiceTypeCode", "CreditNoteTypeCode", ">380<", ">381<",
		"cac:InvoiceLine", "cac:CreditNoteLine", "<cbc:DueDate>2026-03-03</cbc:DueDate>", "", "<cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>", "<cbc:PaymentDueDate>2026-03-09</cbc:PaymentDueDate>",
		"</cac:PartyName>", "</cac:PartyName>").Replace(ublInvoice)
	i, err = readBytes("f.xml", []byte(credit))
	if err != nil || !i.CreditNote || i.Total.Decimal() != "-1200.00" || i.Open.Decimal() != "-1000.00" || i.Prepaid.Decimal() != "-200.00" || i.Due.String() != "2026-03-09" ||
		i.Subject != "Comptoir en chêne" {
		t.Errorf("%v %+v", err, i)
	}
}

func TestDueDate(t *testing.T) {
	terms := func(s string) (ledger.Terms, bool) {
		return ledger.Terms{Given: s == "45 jours", Days: 45}, s == "45 jours"
	}
	for text, c := range map[string]struct {
		due  string
		from DueFrom
	}{"45 jours": {"2026-03-17", DueTerms}, "à notre convenance": {"2026-03-02", DueAssumed}, "": {"2026-03-02", DueAssumed}} {
		data := []byte(ciiOf("380", "<y:SpecifiedTradePaymentTerms><y:Description>"+text+"</y:Description></y:SpecifiedTradePaymentTerms>", el("GrandTotalAmount", "1")))
		i, err := Read(context.Background(), "f.xml", bytes.NewReader(data), int64(len(data)), Options{Terms: terms})
		if err != nil || i.Due.String() != c.due || i.DueFrom != c.from || len(i.Problems) != 1 {
			t.Errorf("%q: %v %+v", text, err, i)
		}
	}
}

func TestLikely(t *testing.T) {
	for head, want := range map[string]bool{
		"%PDF-1.7\n": true, "\x00junk %PDF-1.4": true, ciiOf("380", "", "")[:600]: true, ublInvoice[:400]: true, "<CrossIndustryDocument>": true,
		"": false, "PK\x03\x04": false, "Client;Date": false, "<html><body>": false, "<Document xmlns='camt'>": false, "<": false,
	} {
		if Likely([]byte(head)) != want {
			t.Errorf("%.40q: want %v", head, want)
		}
	}
}

func FuzzXML(f *testing.F) {
	f.Add([]byte(ciiOf("380", "", el("GrandTotalAmount", "120.00"))))
	f.Add([]byte(ciiOf("381", "<y:SpecifiedTradePaymentTerms><y:Description>30 j</y:Description></y:SpecifiedTradePaymentTerms>", el("DuePayableAmount", "-1.5"))))
	f.Add([]byte(ublInvoice))
	f.Add([]byte("<CreditNote/>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		i, err := readBytes("f", data)
		if err != nil {
			if ledger.CodeOf(err) == "internal" {
				t.Fatal(err)
			}
			return
		}
		if i.Number == "" || i.Buyer.Name == "" || i.Issued == 0 || i.Total.IsZero() || i.CreditNote != i.Total.Negative() || i.Open.Abs().Cmp(i.Total.Abs()) > 0 ||
			i.Total.Sub(i.Prepaid) != i.Open || i.Prepaid.Negative() && !i.CreditNote {
			t.Fatalf("%+v", i)
		}
		p := NewPlan(&ledger.Book{}, []*Invoice{i, i})
		d := ledger.NewDraft(&ledger.Book{})
		p.Stage(d, ledger.Day(2026, 1, 1))
		if err := d.Check(); err != nil || p.New != 1 {
			t.Fatal(err, p.New)
		}
		if p := NewPlan(d.Next(), []*Invoice{i}); p.Same != 1 || len(p.Completed) > 0 {
			t.Fatalf("a second time changes something: %+v", p.Items[0])
		}
	})
}

// ZUGFeRD 1 has other names at the top of the document, and the same below.
func TestZUGFeRD1(t *testing.T) {
	doc := `<?xml version="1.0"?><rsm:CrossIndustryDocument xmlns:rsm="urn:ferd:CrossIndustryDocument:invoice:1p0" xmlns:ram="urn:ram" xmlns:udt="urn:udt">
<rsm:SpecifiedExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn:ferd:CrossIndustryDocument:invoice:1p0:comfort</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter></rsm:SpecifiedExchangedDocumentContext>
<rsm:HeaderExchangedDocument><ram:ID>471102</ram:ID><ram:TypeCode>380</ram:TypeCode><ram:IssueDateTime><udt:DateTimeString format="102">20130305</udt:DateTimeString></ram:IssueDateTime></rsm:HeaderExchangedDocument>
<rsm:SpecifiedSupplyChainTradeTransaction><ram:ApplicableSupplyChainTradeAgreement><ram:SellerTradeParty><ram:Name>Lieferant GmbH</ram:Name></ram:SellerTradeParty><ram:BuyerTradeParty><ram:Name>Kunden AG Mitte</ram:Name><ram:PostalTradeAddress><ram:PostcodeCode>69876</ram:PostcodeCode><ram:CityName>Frankfurt</ram:CityName><ram:CountryID>DE</ram:CountryID></ram:PostalTradeAddress></ram:BuyerTradeParty></ram:ApplicableSupplyChainTradeAgreement>
<ram:ApplicableSupplyChainTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode><ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime><udt:DateTimeString format="102">20130404</udt:DateTimeString></ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>
<ram:SpecifiedTradeSettlementMonetarySummation><ram:TaxBasisTotalAmount currencyID="EUR">198.00</ram:TaxBasisTotalAmount><ram:TaxTotalAmount currencyID="EUR">37.62</ram:TaxTotalAmount><ram:GrandTotalAmount currencyID="EUR">235.6200</ram:GrandTotalAmount></ram:SpecifiedTradeSettlementMonetarySummation></ram:ApplicableSupplyChainTradeSettlement>
<ram:IncludedSupplyChainTradeLineItem><ram:SpecifiedTradeProduct><ram:Name>Trennblätter A4</ram:Name></ram:SpecifiedTradeProduct></ram:IncludedSupplyChainTradeLineItem></rsm:SpecifiedSupplyChainTradeTransaction></rsm:CrossIndustryDocument>`
	i, err := readBytes("f.xml", []byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	want{"zugferd1", "380", "471102", "2013-03-05", "2013-04-04", "235.62 EUR", "235.62 EUR", "Kunden AG Mitte", "", "", "69876", "", "Trennblätter A4", DueStated, ""}.check(t, i)
}
