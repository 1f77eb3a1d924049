package letters

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"testing"

	"quitus/assets/rates"
	"quitus/ledger"
)

var today = ledger.Day(2026, 11, 24)

// sample is a book being made for a test.
type sample struct {
	t testing.TB
	d *ledger.Draft
}

func newSample(t testing.TB) *sample {
	s := &sample{t, ledger.NewDraft(&ledger.Book{})}
	s.d.Put(&ledger.Company{
		Name: "Menuiserie Valdoré", LegalForm: "SARL", Capital: "20000.00 EUR", Address: []string{"14 chemin des Tanneurs"},
		Postcode: "38999", Town: "Saint-Orvain", Country: "FR", SIREN: "999000117", RegisterTown: "Grenoble", VAT: "FR32999000117",
		IBAN: "FR7699999999010004471000022", BIC: "XXXXFRPPXXX", Email: "claire@valdore.example", Phone: "01 99 00 27 60",
		Signatory: ledger.Signatory{Name: "Claire Valdoré", Role: "gérante"},
	})
	return s
}

func (s *sample) customer(c ledger.Customer) ledger.CustomerID {
	if c.Type == "" {
		c.Type = ledger.CompanyCustomer
	}
	if c.Country == "" {
		c.Country = "FR"
	}
	s.d.Put(&c)
	return c.ID
}

func (s *sample) dervaux() ledger.CustomerID {
	id := s.customer(ledger.Customer{Ref: "C-0117", Name: "Cabinet Dervaux-Pellin", Address: "8 rue du Pressoir", Postcode: "38998", Town: "Valbrie"})
	s.d.Put(&ledger.Contact{Customer: id, Name: "Mme Odile Pellin"})
	return id
}

// invoice records an invoice due that many days before today.
func (s *sample) invoice(c ledger.CustomerID, number string, cents int64, late int) ledger.InvoiceID {
	i := &ledger.Invoice{Customer: c, Number: number, Issued: today.Add(-late - 30), Due: today.Add(-late), Total: ledger.Euros(cents), CreditNote: cents < 0}
	s.d.Put(i)
	return i.ID
}

func (s *sample) pay(c ledger.CustomerID, inv ledger.InvoiceID, cents int64, daysAgo int) {
	s.d.Put(&ledger.Payment{Customer: c, On: today.Add(-daysAgo), Amount: ledger.Euros(cents), Allocations: []ledger.Allocation{{Invoice: inv, Amount: cents}}})
}

func (s *sample) many(c ledger.CustomerID, n int) {
	for k := range n {
		s.invoice(c, fmt.Sprintf("F-2026-%04d", 100+k), int64(12_345+k*7_919), 200-k%190)
	}
}

func (s *sample) compose(r Request) (*Letter, []Warning) {
	s.t.Helper()
	r.Book = s.d.Next()
	if r.On.IsZero() {
		r.On = today
	}
	if r.Model == "" {
		r.Model = FirstReminder
	}
	r.Rates = rates.BuiltIn()
	l, warnings, err := Compose(r)
	if err != nil {
		s.t.Fatal(err)
	}
	return l, warnings
}

func (s *sample) pdf(l *Letter) []byte {
	s.t.Helper()
	b, err := l.PDF()
	if err != nil {
		s.t.Fatal(err)
	}
	return b
}

func sampleLogo(t testing.TB) *Logo {
	img := image.NewRGBA(image.Rect(0, 0, 300, 300))
	for y := range 300 {
		for x := range 300 {
			c := color.RGBA{0x0e, 0x5f, 0x76, 255}
			if (x-150)*(x-150)+(y-150)*(y-150) < 90*90 {
				c = color.RGBA{255, 255, 255, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	l, err := NewLogo(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return l
}
