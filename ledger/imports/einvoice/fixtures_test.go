package einvoice

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// fixtures gives the folder of the public samples of Factur-X.
func fixtures(t testing.TB) string {
	root := os.Getenv("QUITUS_FIXTURES")
	if root == "" {
		t.Skip("QUITUS_FIXTURES names no folder of samples")
	}
	return filepath.Join(root, "formats", "facturx")
}

func readFile(t testing.TB, path string) *Invoice {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	i, err := readBytes(filepath.Base(path), data)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func readBytes(name string, data []byte) (*Invoice, error) {
	return Read(context.Background(), name, bytes.NewReader(data), int64(len(data)), Options{})
}

// want is what a file says, as read by eye.
type want struct {
	profile, typ, number, issued, due, total, open, buyer, siren, vat, postcode, order, subject string
	from                                                                                        DueFrom
	problems                                                                                    string
}

func (w want) check(t *testing.T, i *Invoice) {
	t.Helper()
	got := want{i.Profile, i.Type, i.Number, i.Issued.String(), i.Due.String(), i.Total.String(), i.Open.String(), i.Buyer.Name, i.Buyer.SIREN,
		i.Buyer.VAT, i.Buyer.Postcode, i.OrderRef, i.Subject, i.DueFrom, problems(i)}
	if got != w {
		t.Errorf("%s:\n got %+v\nwant %+v", i.File, got, w)
	}
	if i.CreditNote != i.Total.Negative() || i.Total.Sub(i.Prepaid) != i.Open || i.Hash == "" || i.Size == 0 {
		t.Errorf("%s does not add up: %+v", i.File, i)
	}
}

func problems(i *Invoice) string {
	var out []string
	for _, p := range i.Problems {
		out = append(out, p.Field+" "+p.Code)
	}
	return strings.Join(out, ", ")
}

const (
	oil       = "Huile d'olive à l'ancienne"
	articles  = "Nougat de l'Abbaye 250g, Biscuits aux raisins 300g, " + oil
	returned  = "Nougat de l'Abbaye 250g, " + oil
	shop      = "Ma jolie boutique"
	shopSIREN = "787878784"
	shopVAT   = "FR19787878784"
	badSIRET  = "buyer siret_invalid" // the samples' numbers are invented
)

func TestSamples(t *testing.T) {
	dir := fixtures(t)
	for name, w := range map[string]want{
		"Facture_FR_MINIMUM.xml": {"minimum", "380", "FA-2017-0010", "2017-11-13", "2017-12-13", "671.15 EUR", "470.15 EUR", shop, shopSIREN, shopVAT, "", "PO445",
			"", DueAssumed, badSIRET + ", due due_computed"},
		"Facture_FR_BASICWL.pdf": {"basicwl", "380", "FA-2017-0010", "2017-11-13", "2017-12-13", "671.15 EUR", "470.15 EUR", shop, shopSIREN, shopVAT, "69001",
			"PO445", "", DueStated, badSIRET},
		"Facture_FR_EN16931.pdf": {"en16931", "380", "FA-2017-0010", "2017-11-13", "2017-12-13", "671.15 EUR", "470.15 EUR", shop, shopSIREN, shopVAT, "69001",
			"PO445", articles, DueStated, badSIRET},
		"Facture_UE_BASIC.pdf": {"basic", "380", "FA-2017-0008", "2017-11-03", "2017-12-03", "2076.76 EUR", "1453.76 EUR", "Me gusta olive", "", "ESA12345674",
			"41700", "COMPRA0832", articles, DueStated, ""},
		"Facture_DOM_BASICWL.xml": {"basicwl", "380", "FA-2017-0009", "2017-11-05", "2017-12-05", "530.75 EUR", "383.75 EUR", "Hôtel Saint Denis", "343434346",
			"FR90343434346", "97400", "BC543", "", DueStated, badSIRET},
		"Avoir_FR_type381_EN16931.pdf": {"en16931", "381", "AV-2017-0005", "2017-11-16", "2017-11-16", "-233.47 EUR", "-233.47 EUR", shop, shopSIREN, shopVAT,
			"69001", "PO445", returned, DueStated, badSIRET},
		"Avoir_FR_type380_BASIC.xml": {"basic", "380", "AV-2017-0005", "2017-11-16", "2017-11-16", "-233.47 EUR", "-233.47 EUR", shop, shopSIREN, shopVAT,
			"69001", "PO445", returned, DueStated, badSIRET},
	} {
		w.check(t, readFile(t, filepath.Join(dir, name)))
	}
	i := readFile(t, filepath.Join(dir, "Facture_FR_EN16931.pdf"))
	if i.Format != "facturx" || i.Buyer.Contact != "Alexandre Payet" || i.Buyer.Email != "alexandre.payet@majolieboutique.net" || i.Buyer.Phone != "+33 4 72 07 08 67" ||
		i.Buyer.Address != "35 rue de la République" || i.Buyer.Town != "Lyon" || i.Buyer.Country != "FR" || i.Seller.Name != "Au bon moulin" || i.Seller.SIREN != "999999998" ||
		i.Reference != "FA-2017-0010" || i.IBAN != "FR2012421242124212421242124" || i.TermsText != "30% d'acompte, solde à 30 j" || i.VAT.String() != "46.25 EUR" || i.Net.String() != "624.90 EUR" {
		t.Errorf("%+v", i)
	}
	if i := readFile(t, filepath.Join(dir, "Avoir_FR_type381_EN16931.xml")); !reflect.DeepEqual(i.Preceding, []string{"FA-2017-0010"}) {
		t.Errorf("%+v", i.Preceding)
	}
	if i := readFile(t, filepath.Join(dir, "Facture_DOM_BASICWL.xml")); i.Buyer.Country != "FR" {
		t.Error("La Réunion is part of France: ", i.Buyer.Country)
	}
}

// A PDF says what the XML document beside it says.
func TestPDFAndXMLAgree(t *testing.T) {
	dir := fixtures(t)
	pdfs, _ := filepath.Glob(filepath.Join(dir, "*.pdf"))
	pairs := 0
	for _, path := range pdfs {
		xml := strings.TrimSuffix(path, ".pdf") + ".xml"
		if _, err := os.Stat(xml); err != nil {
			continue
		}
		pairs++
		a, b := *readFile(t, path), *readFile(t, xml)
		if a.Format != "facturx" || b.Format != "cii" || a.Hash == b.Hash {
			t.Error(a.Format, b.Format)
		}
		for _, i := range []*Invoice{&a, &b} {
			i.File, i.Hash, i.Size, i.Format, i.content = "", "", 0, "", nil
		}
		if !reflect.DeepEqual(a, b) {
			t.Errorf("%s:\n%+v\n%+v", filepath.Base(path), a, b)
		}
	}
	if pairs < 3 {
		t.Errorf("only %d pairs", pairs)
	}
}

func BenchmarkPDF(b *testing.B) { benchmark(b, "Facture_FR_EN16931.pdf") }
func BenchmarkXML(b *testing.B) { benchmark(b, "Facture_FR_EN16931.xml") }

func benchmark(b *testing.B, name string) {
	data, err := os.ReadFile(filepath.Join(fixtures(b), name))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := readBytes(name, data); err != nil {
			b.Fatal(err)
		}
	}
}
