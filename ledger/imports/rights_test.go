package imports

import (
	"testing"

	"quitus/ledger"
)

// What the law counts from comes with a register, is brought up to date by the next one, and is not lost when that one does not
// tell it. A day that cannot be read is said and does not keep the invoice out.
func TestDaysOfTheLaw(t *testing.T) {
	f, err := readBytes([]byte("N° facture;Client;Date facture;Échéance;Montant TTC;Date de livraison;Code service;N° d'engagement;Date de dépôt Chorus Pro\n"+
		"F-1;Mairie;01/09/2026;01/10/2026;100,00;28/08/2026;SRV 12;EJ-77;02/09/2026\n"+
		"F-2;Mairie;02/09/2026;02/10/2026;200,00;bientôt;;;\n"+
		"F-3;Mairie;03/09/2026;03/10/2026;300,00;;;;\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := f.Sheets[0]
	r := s.Drafts(s.Mapping, nil, nil)
	if len(r.Invoices) != 3 || len(r.Rejected) != 0 {
		t.Fatalf("%+v", r)
	}
	told := 0
	for _, p := range r.Warnings {
		if p.Code == "day_not_taken" && p.Field == Completed && p.Line == 3 {
			told++
		}
	}
	if told != 1 {
		t.Errorf("%+v", r.Warnings)
	}
	b := taken(&ledger.Book{}, planDay, r.Invoices...)
	want := func(b *ledger.Book, completed ledger.Date, commitment string) {
		t.Helper()
		i := b.Invoice(b.InvoicesByNumber("F-1")[0])
		if i.Completed != completed || i.Demanded != ledger.Day(2026, 9, 2) || i.Service != "SRV 12" || i.Commitment != commitment {
			t.Errorf("%+v", i)
		}
	}
	want(b, ledger.Day(2026, 8, 28), "EJ-77")
	blank := r.Invoices[0]
	blank.Completed, blank.Demanded, blank.Service, blank.Commitment = 0, 0, "", ""
	if p := NewPlan(b, []Draft{blank}, planDay, nil); p.Changed != 0 {
		t.Errorf("%+v", p.Items[0].Changes)
	}
	later := r.Invoices[0]
	later.Completed, later.Commitment = ledger.Day(2026, 8, 30), "EJ-78"
	p := NewPlan(b, []Draft{later}, planDay, nil)
	if p.Changed != 1 || len(p.Items[0].Changes) != 2 {
		t.Fatalf("%+v", p.Items[0].Changes)
	}
	want(taken(b, planDay, later), ledger.Day(2026, 8, 30), "EJ-78")
}
