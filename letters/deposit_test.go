package letters

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"quitus/assets/words"
	"quitus/ledger"
)

// cheques records cheques of one customer each time, and a slip of all of them.
func (s *sample) cheques(n int, payment func(k int) ledger.Payment) *ledger.Deposit {
	s.t.Helper()
	var ids []ledger.PaymentID
	for k := range n {
		p := payment(k)
		s.d.Put(&p)
		ids = append(ids, p.ID)
	}
	d, err := ledger.RecordDeposit(s.d, today, "FR76 9999 9999 0100 0447 1000 022", ids)
	if err != nil {
		s.t.Fatal(err)
	}
	return d
}

func cheque(c ledger.CustomerID, cents int64, number string, ago int) ledger.Payment {
	return ledger.Payment{Customer: c, On: today.Add(-ago), Amount: ledger.Euros(cents), Means: ledger.Cheque, Reference: number}
}

func TestDepositSlip(t *testing.T) {
	s := newSample(t)
	c := s.dervaux()
	other := s.customer(ledger.Customer{Ref: "C-2", Name: "Syndicat des copropriétaires de la résidence Les Terrasses du Haut-Pressoir, bâtiment C"})
	list := []ledger.Payment{cheque(c, 164020, "4471902", 6), cheque(other, 89050, strings.Repeat("n° 0093317 Banque ", 6), 4), cheque(c, 30000, "4471902", 6), cheque(c, 1250, "", 1)}
	d := s.cheques(len(list), func(k int) ledger.Payment { return list[k] })
	slip := DepositSlip(s.d.Next(), d, words.FR, sampleLogo(t))
	pdf, err := slip.PDF()
	if err != nil {
		t.Fatal(err)
	}
	again, _ := DepositSlip(s.d.Next(), d, words.FR, sampleLogo(t)).PDF()
	if !bytes.Equal(pdf, again) {
		t.Error("twice the same slip, not the same bytes")
	}
	text := flat(textOf(t, pdf))
	contains(t, text, "Menuiserie Valdoré", "Bordereau de remise de chèques n° 1", "FR76 9999 9999 0100 0447 1000 022", "XXXXFRPPXXX", "Date de remise", "24/11/2026",
		"1. Cabinet Dervaux-Pellin 4471902 18/11/2026 1 940,20 €", "890,50 €", "3. Cabinet Dervaux-Pellin 23/11/2026 12,50 €",
		"Nombre de chèques 3", "Total de la remise 2 843,20 €", "Signature du remettant", "Claire Valdoré", "SIREN 999 000 117")
	if strings.Contains(text, "Page") || strings.Contains(text, "{{") {
		t.Error(text)
	}
	en, err := DepositSlip(s.d.Next(), d, words.EN, nil).PDF()
	if err != nil {
		t.Fatal(err)
	}
	contains(t, flat(textOf(t, en)), "Cheque deposit slip no. 1", "Total of the deposit €2,843.20", "Depositor’s signature")
}

// Many cheques take several pages: each is numbered and has the table's head, and no line is lost.
func TestLongDepositSlip(t *testing.T) {
	s := newSample(t)
	c := s.dervaux()
	d := s.cheques(90, func(k int) ledger.Payment { return cheque(c, int64(1000+k), fmt.Sprintf("%07d", 4471000+k), k%20) })
	pdf, err := DepositSlip(s.d.Next(), d, words.FR, nil).PDF()
	if err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(strings.TrimRight(textOf(t, pdf), "\f"), "\f")
	if len(pages) != 3 {
		t.Fatalf("%d pages", len(pages))
	}
	for n, page := range pages {
		contains(t, flat(page), fmt.Sprintf("Page %d sur 3", n+1), "Tireur", "N° du chèque")
	}
	all := flat(strings.Join(pages, " "))
	for k := range 90 {
		contains(t, all, fmt.Sprintf("%d. Cabinet Dervaux-Pellin %07d", k+1, 4471000+k))
	}
	contains(t, flat(pages[2]), "Nombre de chèques 90", "940,05 €", "Signature du remettant")
	for _, line := range strings.Split(strings.TrimSpace(tool(t, pdf, "pdffonts", "FILE")), "\n")[2:] {
		if f := strings.Fields(line); f[len(f)-5] != "yes" {
			t.Errorf("not embedded: %s", line)
		}
	}
	if out := tool(t, pdf, "qpdf", "--check", "FILE"); strings.Contains(out, "WARNING") {
		t.Error(out)
	}
}
