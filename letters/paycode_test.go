package letters

import (
	"context"
	"image"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters/preview"
)

// scan reads the code on a page as a telephone does: from a picture.
func scan(t *testing.T, pdf []byte, page int) string {
	t.Helper()
	r := preview.New(t.TempDir())
	defer r.Close()
	picture, err := r.Page(context.Background(), pdf, page, 150)
	if err != nil {
		t.Fatal(err)
	}
	return decode(t, picture)
}

func decode(t *testing.T, picture image.Image) string {
	t.Helper()
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		t.Fatal(err)
	}
	got, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{
		gozxing.DecodeHintType_TRY_HARDER: true, gozxing.DecodeHintType_CHARACTER_SET: "UTF-8"})
	if err != nil {
		t.Fatalf("no code is read: %v", err)
	}
	return got.GetText()
}

func TestTransferCodeIsRead(t *testing.T) {
	s := newSample(t)
	c := s.dervaux()
	s.invoice(c, "F-2026-0361", 164020, 8)
	l, _ := s.compose(Request{Customer: c})
	want := "BCD\n002\n1\nSCT\nXXXXFRPPXXX\nMenuiserie Valdore\nFR7699999999010004471000022\nEUR1640.20\n\n\nF-2026-0361"
	pdf := s.pdf(l)
	if got := scan(t, pdf, 1); got != want {
		t.Errorf("%q\nwant %q", got, want)
	}
	for _, printed := range []string{"FR76 9999 9999 0100 0447 1000 022", "Régler par virement avec ce code"} {
		if text := flat(textOf(t, pdf)); !strings.Contains(text, printed) {
			t.Errorf("no %q", printed)
		}
	}
}

// TestCodesByZbar reads codes with another reader. It looks for a pattern in the middle of larger codes, where a Swiss one has its
// cross: of that one it reads the points without the cross.
func TestCodesByZbar(t *testing.T) {
	s := newSample(t)
	c := s.dervaux()
	s.invoice(c, "F-2026-0361", 164020, 8)
	transfer, _ := s.compose(Request{Customer: c})
	swiss := swissSample(t, swissIBAN)
	c = swiss.customer(ledger.Customer{Ref: "C-7", Name: "Hôtel du Lac SA", Address: "Quai Gustave-Ador 3", Postcode: "1207", Town: "Genève", Country: "CH"})
	swiss.francs(c, "F-2026-77", 194975, 12)
	bill, _ := swiss.compose(Request{Customer: c})
	bare := newSheet(document{})
	bare.page()
	bare.code(bill.SwissBill.text(), codeLeft, codeTop, swissCode)
	points, err := bare.bytes()
	if err != nil {
		t.Fatal(err)
	}
	for want, pdf := range map[string][]byte{transfer.PayCode.text: mustPDF(t, transfer), bill.SwissBill.text(): points} {
		picture := tool(t, pdf, "pdftoppm", "-r", "200", "-png", "-f", "1", "-l", "1", "FILE")
		got := tool(t, []byte(picture), "zbarimg", "-q", "--raw", "--oneshot", "-Sdisable", "-Sqrcode.enable", "-Sbinary", "FILE")
		if !strings.HasSuffix(got, want) { // what it says of the machine comes before
			t.Errorf("%q\nwant %q", got, want)
		}
	}
}

// TestMasks: codes are read whatever their length, and the mask is the best of the eight.
func TestMasks(t *testing.T) {
	for n := 1; n < 700; n += 37 {
		text := strings.Repeat("Société à 100 % ; été 2026\n", n)[:n]
		for !utf8.ValidString(text) {
			text = text[:len(text)-1]
		}
		m := newCode(text)
		if m == nil {
			t.Fatalf("%d bytes: no code", n)
		}
		p := image.NewGray(image.Rect(0, 0, (m.size+8)*4, (m.size+8)*4))
		for i := range p.Pix {
			x, y := i%p.Stride/4-4, i/p.Stride/4-4
			p.Pix[i] = 255
			if x >= 0 && y >= 0 && x < m.size && y < m.size && m.at(x, y) {
				p.Pix[i] = 0
			}
		}
		if got := decode(t, p); got != text {
			t.Errorf("%d bytes: %q", n, got)
		}
	}
	if newCode(strings.Repeat("x", 3000)) != nil {
		t.Error("a code for 3,000 bytes")
	}
}

func TestEPCText(t *testing.T) {
	const account = "DE89370400440532013000"
	for _, k := range []struct {
		name, bic, holder string
		cents             int64
		reference, want   string
	}{
		{"the standard's form", "", "Max Mustermann", 9999, "Invoice 2026-001", "BCD|002|1|SCT||Max Mustermann|" + account + "|EUR99.99|||Invoice 2026-001"},
		{"least amount", "COBADEFF", "Été & fils", 1, "Réf. n° 5", "BCD|002|1|SCT|COBADEFF|Ete & fils|" + account + "|EUR0.01|||Ref. n° 5"},
		{"creditor reference", "no bic", "A", 100, "RF18 5390 0754 7034", "BCD|002|1|SCT||A|" + account + "|EUR1.00||RF18539007547034"},
		{"wrong check digits", "", "A", 100, "RF19 5390 0754 7034", "BCD|002|1|SCT||A|" + account + "|EUR1.00|||RF19 5390 0754 7034"},
		{"Belgian reference", "", "A", 100, "+++090/9337/55493+++", "BCD|002|1|SCT||A|" + account + "|EUR1.00|||+++090/9337/55493+++"},
		{"line feeds", "", "A\nB\r\nC", 100, "x\ny", "BCD|002|1|SCT||A B C|" + account + "|EUR1.00|||x y"},
		{"long name", "", strings.Repeat("n", 200), 100, "x", "BCD|002|1|SCT||" + strings.Repeat("n", 70) + "|" + account + "|EUR1.00|||x"},
		{"most", "", "A", 999_999_999_99, "x", "BCD|002|1|SCT||A|" + account + "|EUR999999999.99|||x"},
	} {
		got, ok := epcText(k.bic, k.holder, account, k.cents, k.reference)
		if got = strings.ReplaceAll(got, "\n", "|"); !ok || got != k.want {
			t.Errorf("%s:\n%s\nwant\n%s (%v)", k.name, got, k.want, ok)
		}
		if m := newCode(got); m == nil || m.size > 69 { // version 13
			t.Errorf("%s: no code, or too large a one", k.name)
		}
	}
	for name, refused := range map[string]func() (string, bool){
		"nothing":  func() (string, bool) { return epcText("", "A", account, 0, "x") },
		"too much": func() (string, bool) { return epcText("", "A", account, 1_000_000_000_00, "x") },
		"no name":  func() (string, bool) { return epcText("", "", account, 100, "x") },
		"too long": func() (string, bool) {
			return epcText("", strings.Repeat("Ж", 70), account, 100, strings.Repeat("Ж", 140))
		},
	} {
		if text, ok := refused(); ok {
			t.Errorf("%s: %q", name, text)
		}
	}
}

// TestWhoGetsACode goes through the models: those that ask for payment by their level, and no others.
func TestWhoGetsACode(t *testing.T) {
	for m, r := range everyModel(t, ledger.CompanyCustomer, 2) {
		l := r.letter(t, words.FR)
		asks := false
		for _, b := range l.Body {
			asks = asks || b.Bank != nil
		}
		if want := Level(m) > 0 && asks; (l.PayCode != nil) != want {
			t.Errorf("%s: a code %v, want %v", m, l.PayCode != nil, want)
		}
	}
	s := newSample(t)
	c := s.dervaux()
	s.invoice(c, "F-1", 1000, 10)
	company := s.d.Next().Company()
	for name, change := range map[string]func(*ledger.Company){
		"switched off":    func(c *ledger.Company) { c.NoQR = true },
		"no account":      func(c *ledger.Company) { c.IBAN = "" },
		"wrong account":   func(c *ledger.Company) { c.IBAN = "FR7699999999010004471000023" },
		"outside of SEPA": func(c *ledger.Company) { c.IBAN = "TN5910006035183598478831" },
	} {
		changed := company
		change(&changed)
		s.d.Put(&changed)
		if l, _ := s.compose(Request{Customer: c}); l.PayCode != nil || l.SwissBill != nil {
			t.Errorf("%s: a code", name)
		}
	}
}

// TestSignaturePicture: the picture stands above the name, and the letter needs no more room for it.
func TestSignaturePicture(t *testing.T) {
	s := newSample(t)
	c := s.dervaux()
	s.invoice(c, "F-1", 1000, 10)
	plain, _ := s.compose(Request{Customer: c})
	signed, _ := s.compose(Request{Customer: c, SignedBy: sampleLogo(t)})
	if signed.SignedBy == nil || len(signed.pages()) != len(plain.pages()) {
		t.Error("no signature, or more pages")
	}
	if images := tool(t, s.pdf(signed), "pdfimages", "-list", "FILE"); strings.Count(images, "image") == 0 {
		t.Errorf("no picture: %s", images)
	}
}
