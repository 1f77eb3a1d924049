package imports

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"quitus/app/screen"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
)

// cii is an invoice of the profile BASIC WL, as small as it may be.
const cii = `<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn:factur-x.eu:1p0:basicwl</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
<rsm:ExchangedDocument><ram:ID>%s</ram:ID><ram:TypeCode>380</ram:TypeCode><ram:IssueDateTime><udt:DateTimeString format="102">20261002</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>
<ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:Name>Menuiserie Valdoré</ram:Name></ram:SellerTradeParty><ram:BuyerTradeParty><ram:Name>%s</ram:Name></ram:BuyerTradeParty></ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeDelivery/>
<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime><udt:DateTimeString format="102">20261101</udt:DateTimeString></ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>
<ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:TaxBasisTotalAmount>1000.00</ram:TaxBasisTotalAmount><ram:TaxTotalAmount currencyID="EUR">200.00</ram:TaxTotalAmount><ram:GrandTotalAmount>1200.00</ram:GrandTotalAmount><ram:DuePayableAmount>1200.00</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation>
</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>`

// folder makes a folder of e-invoices, with a note among them.
func folder(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "factures-octobre")
	os.Mkdir(dir, 0o700)
	for i, who := range []string{"Garage Tessonnier", "Hôtel Belloré", "Fonderie Astrelle"} {
		number := fmt.Sprintf("F-2026-09%02d", i+1)
		if err := os.WriteFile(filepath.Join(dir, number+".xml"), fmt.Appendf(nil, cii, number, who), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	os.WriteFile(filepath.Join(dir, "note.txt"), []byte("à envoyer"), 0o600)
	return dir
}

func TestAFolderOfInvoices(t *testing.T) {
	b := screentest.New(t, words.FR)
	s := open(t, b, folder(t), shot.Setup{})
	s.Has("Importer 3 factures", "Fonderie Astrelle", "dont 1 nouveau")
	s.Golden("listing_fr")
	s.Tap("Importer 3 factures")
	if len(b.Errors) > 0 || len(b.Went) != 1 || b.Went[0].Screen != screen.Invoices {
		t.Fatalf("errors %v, went %v", b.Errors, b.Went)
	}
	book := b.Desk.State().Book
	if book.Invoices.Len() != 253 || book.Documents.Len() != 3 {
		t.Errorf("%d invoices, %d documents", book.Invoices.Len(), book.Documents.Len())
	}
}

func TestTheSameFolderAgain(t *testing.T) {
	b, dir := screentest.New(t, words.EN), folder(t)
	open(t, b, dir, shot.Setup{}).Tap("Import 3 invoices")
	s := open(t, b, dir, shot.Setup{})
	s.Has("Known already")
	s.Golden("listing_known_en")
}
