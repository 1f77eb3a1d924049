package desk

import (
	"bytes"
	"context"
	"os"
	"testing"

	"quitus/ledger"
)

// A person is erased when nothing is open about it: the texts are gone from the file, the amounts and the chain stay.
func TestErasePerson(t *testing.T) {
	d := lateByLetter(t)
	ctx := context.Background()
	if _, err := d.ErasePerson(ctx, 1); ledger.CodeOf(err) != "erase_open" {
		t.Fatalf("erased although something is owed: %v", err)
	}
	if _, err := d.Fill(ctx, func(x *ledger.Draft) error {
		st := d.State()
		for _, id := range st.Book.InvoicesOf(1) {
			if open := st.Open(st.Book.Invoice(id)); !open.IsZero() {
				x.Put(&ledger.Payment{Customer: 1, On: d.Today(), Amount: open, Allocations: []ledger.Allocation{{Invoice: id, Amount: open.Minor}}})
			}
		}
		c := ledger.Clone(x.Customer(1))
		c.Name, c.Address, c.Phone = "Célestine Vraidoux", "3 impasse des Tests", "0199001234"
		x.Put(c)
		x.Put(&ledger.Note{Customer: 1, On: d.Today(), Text: "Confidence de Vraidoux"})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	p := d.State().ErasePlan(1)
	if p.Against != "" || p.Notes != 1 || p.Invoices == 0 {
		t.Fatalf("%+v", p)
	}
	total := d.State().Book.Invoice(d.State().Book.InvoicesOf(1)[0]).Total
	if _, err := d.ErasePerson(ctx, 1); err != nil {
		t.Fatal(err)
	}
	s := d.State()
	c := s.Book.Customer(1)
	if c.Name != c.Ref || c.Address != "" || c.Phone != "" || s.Book.Invoice(s.Book.InvoicesOf(1)[0]).Total != total {
		t.Errorf("%+v", c)
	}
	for _, q := range s.People() {
		if q.Customer.ID == 1 {
			t.Error("an erased person is listed")
		}
	}
	content, err := os.ReadFile(d.Path())
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"Vraidoux", "impasse des Tests", "0199001234"} {
		if bytes.Contains(content, []byte(text)) {
			t.Errorf("%q is still in the file", text)
		}
	}
	if r, err := d.Verify(ctx, func(int, int) {}); err != nil || len(r.Problems) > 0 {
		t.Errorf("%v, %v", r.Problems, err)
	}
}

func TestPeopleBeyondTheKeepingTime(t *testing.T) {
	d := lateByLetter(t)
	if _, err := d.SetKeepYears(context.Background(), 0); ledger.CodeOf(err) != "keep_years" {
		t.Error(err)
	}
	if d.State().KeepYears() != KeepYears {
		t.Error(d.State().KeepYears())
	}
	if _, err := d.SetKeepYears(context.Background(), 3); err != nil || d.State().KeepYears() != 3 {
		t.Error(err)
	}
	on := d.Today()
	if _, err := d.Fill(context.Background(), func(x *ledger.Draft) error {
		x.Put(&ledger.Customer{Ref: "OLD", Name: "Ancienne", Type: ledger.CompanyCustomer, Country: "FR"})
		x.Put(&ledger.Note{Customer: ledger.CustomerID(x.Book().Last(ledger.KindCustomer) + 1), On: on.AddMonths(-37), Text: "x"})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	list := d.State().People()
	if !list[0].Old || list[0].Customer.Ref != "OLD" || list[len(list)-1].Old {
		t.Errorf("%+v", list)
	}
}
