package reconcile

import (
	"slices"
	"testing"

	"quitus/ledger"
)

func TestWorldOf(t *testing.T) {
	d := ledger.NewDraft(&ledger.Book{})
	d.Put(&ledger.Company{Name: "Menuiserie Kerlan", Holder: "KERLAN", IBAN: "fr76 3000 6000 0112 3456 7890 189"})
	d.Put(&ledger.Customer{Ref: "C001", Name: "Prosol", Names: "Prosol Pau\n\nGroupe Prosol"})
	d.Put(&ledger.Alias{Customer: 1, Source: ledger.AliasLettered, Label: "prosol pau"})
	d.Put(&ledger.Invoice{Customer: 1, Number: "FA-1", Issued: day1, Due: day1 + 30, Total: ledger.Euros(30_000), OrderRef: "BC7",
		Instalments: []ledger.Instalment{{Due: day1 + 30, Amount: 10_000}, {Due: day1 + 60, Amount: 20_000}}})
	d.Put(&ledger.Payment{Customer: 1, On: day1 + 1, Amount: ledger.Euros(10_000), Reference: "VIR PROSOL", Allocations: []ledger.Allocation{{Invoice: 1, Amount: 10_000}}})
	d.Put(&ledger.Payment{Customer: 1, On: day1 + 9, Amount: ledger.Euros(500)})
	w := WorldOf(d.Next(), day1+5)
	if !slices.Equal(w.Company, []string{"Menuiserie Kerlan", "KERLAN"}) || !slices.Equal(w.Accounts, []string{"FR7630006000011234567890189"}) {
		t.Error(w.Company, w.Accounts)
	}
	if c := w.Customers[0]; !slices.Equal(c.Names, []string{"Prosol", "Prosol Pau", "Groupe Prosol"}) || !slices.Equal(c.Aliases, []string{"prosol pau"}) || c.Code != "C001" {
		t.Errorf("%+v", c)
	}
	if it := w.Items[0]; it.Open != 20_000 || it.Total != 30_000 || !slices.Equal(it.Parts, []int64{20_000}) || it.OrderRef != "BC7" {
		t.Errorf("%+v", it)
	}
	if len(w.Earlier) != 1 || w.Earlier[0].ID != 1 || !slices.Equal(w.Earlier[0].Allocations, []Allocation{{1, 10_000}}) {
		t.Errorf("%+v", w.Earlier)
	}
}
