package claim

import (
	"testing"

	"quitus/ledger"
)

// bookWith records one late invoice of 1,000 euros, a credit note of 200 and what change adds.
func bookWith(change func(d *ledger.Draft, inv, note *ledger.Invoice)) (*ledger.Book, ledger.InvoiceID) {
	d := ledger.NewDraft(&ledger.Book{})
	d.Put(&ledger.Company{Name: "Menuiserie Valdoré", Country: "FR"})
	c := &ledger.Customer{Ref: "C1", Name: "Dervaux", Type: ledger.CompanyCustomer, Country: "FR"}
	d.Put(c)
	inv := &ledger.Invoice{Customer: c.ID, Number: "F1", Issued: day("2026-01-29"), Due: day("2026-02-28"), Total: eur("1000.00")}
	note := &ledger.Invoice{Customer: c.ID, Number: "A1", CreditNote: true, Issued: day("2026-03-10"), Total: eur("-200.00")}
	d.Put(inv)
	d.Put(note)
	change(d, inv, note)
	return d.Next(), inv.ID
}

func caseOf(t *testing.T, b *ledger.Book, id ledger.InvoiceID) Case {
	t.Helper()
	c, err := CaseOf(b, id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCaseOfPaymentAndCredit(t *testing.T) {
	b, id := bookWith(func(d *ledger.Draft, inv, note *ledger.Invoice) {
		d.Put(&ledger.Payment{Customer: inv.Customer, On: day("2026-03-20"), Amount: eur("300.00"),
			Allocations: []ledger.Allocation{{Invoice: note.ID, Amount: -20000}, {Invoice: inv.ID, Amount: 50000}}})
		d.Put(&ledger.WriteOff{Invoice: inv.ID, On: day("2026-03-25"), Amount: eur("0.50")})
	})
	c := caseOf(t, b, id)
	want := []Receipt{credited("2026-03-10", "200.00"), paid("2026-03-20", "300.00"), credited("2026-03-25", "0.50")}
	if len(c.Receipts) != len(want) {
		t.Fatalf("%+v", c.Receipts)
	}
	for i := range want {
		if c.Receipts[i] != want[i] {
			t.Errorf("receipt %d: %+v, want %+v", i, c.Receipts[i], want[i])
		}
	}
	if c.Invoice != "F1" || c.Creditor != "FR" || c.Debtor != "FR" || c.Kind != ledger.CompanyCustomer || c.Due != day("2026-02-28") {
		t.Errorf("%+v", c)
	}
}

func TestCaseOfRegisterPaid(t *testing.T) {
	b, id := bookWith(func(d *ledger.Draft, inv, note *ledger.Invoice) {
		changed := ledger.Clone(inv)
		changed.RegisterPaid, changed.RegisterDay = 40000, day("2026-04-01")
		d.Put(changed)
		for _, on := range []string{"2026-03-15", "2026-04-15"} {
			d.Put(&ledger.Payment{Customer: inv.Customer, On: day(on), Amount: eur("100.00"),
				Allocations: []ledger.Allocation{{Invoice: inv.ID, Amount: 10000}}})
		}
	})
	got, err := Compute(caseOf(t, b, id), tables(), day("2026-04-30"))
	if err != nil {
		t.Fatal(err)
	}
	if !hasNote(got, "payment_day_unknown") || got.Segments[0].Base.Decimal() != "700.00" {
		t.Errorf("%+v", got)
	}
	if open := b.Standings(day("2026-04-30")).Of(id).Open; open != 50000 {
		t.Errorf("the ledger says %d open", open)
	}
}

// A payment of before the register's day that is known to come above its figure is not counted in it.
func TestCaseOfPaymentAboveTheRegister(t *testing.T) {
	b, id := bookWith(func(d *ledger.Draft, inv, note *ledger.Invoice) {
		changed := ledger.Clone(inv)
		changed.RegisterPaid, changed.RegisterDay, changed.RegisterImport = 40000, day("2026-04-01"), 3
		d.Put(changed)
		d.Put(&ledger.Payment{Customer: inv.Customer, On: day("2026-03-15"), Amount: eur("100.00"),
			Allocations: []ledger.Allocation{{Invoice: inv.ID, Amount: 10000, Above: 3}}})
	})
	paid := int64(0)
	for _, r := range caseOf(t, b, id).Receipts {
		paid += r.Amount.Minor
	}
	if s := b.Standings(day("2026-04-30")).Of(id); paid != 50000 || s.Paid != paid {
		t.Errorf("%d paid, the ledger says %d", paid, s.Paid)
	}
}

func TestCaseOfContractRate(t *testing.T) {
	b, id := bookWith(func(d *ledger.Draft, inv, _ *ledger.Invoice) {
		c := ledger.Clone(d.Record(ledger.KindCustomer, uint32(inv.Customer)).(*ledger.Customer))
		c.Rate = "12.5"
		d.Put(c)
	})
	if c := caseOf(t, b, id); c.ContractRate != rate("12.50") {
		t.Errorf("%s", c.ContractRate)
	}
	if _, err := CaseOf(b, 99); ledger.CodeOf(err) != "claim_invoice_unknown" {
		t.Errorf("%v", err)
	}
}

func TestCasesOfSetsOffOpenCreditNotes(t *testing.T) {
	var ids []ledger.InvoiceID
	b, first := bookWith(func(d *ledger.Draft, inv, note *ledger.Invoice) {
		second := &ledger.Invoice{Customer: inv.Customer, Number: "F2", Issued: day("2026-02-01"), Due: day("2026-03-03"), Total: eur("150.00")}
		d.Put(second)
		ids = []ledger.InvoiceID{second.ID, inv.ID, note.ID}
	})
	s := b.Standings(day("2026-04-30"))
	cases, err := CasesOf(b, s, ids[:2], ids[2:])
	if err != nil {
		t.Fatal(err)
	}
	if len(cases) != 2 || cases[0].Receipts[0] != credited("2026-03-10", "150.00") || cases[1].Receipts[0] != credited("2026-03-10", "50.00") {
		t.Fatalf("%+v", cases)
	}
	if alone := caseOf(t, b, first); len(alone.Receipts) != 0 {
		t.Errorf("%+v", alone.Receipts)
	}
}
