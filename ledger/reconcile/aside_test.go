package reconcile

import (
	"testing"

	"quitus/ledger"
)

// The owner's own transfers are told though the bank cut the name or the motive at 31 characters; a customer's name that
// begins alike, or an own name cut where nothing was cut, is not taken for them.
func TestOwnTransfersCut(t *testing.T) {
	for label, want := range map[string]Outcome{
		"VIR DE MENUISERIE CHARPENTE KER":                NotAReceipt,
		"VIR SEPA MENUISERIE CHARPENTE KE":               NotAReceipt,
		"VIR INTERNE DE MACHIN EQUILIBRA":                NotAReceipt,
		"VIR INST DE QUELQU UN NIVELLEMEN":               NotAReceipt,
		"VIR MENUISERIE CHARPENTE KER":                   Unknown, // 28 characters: nobody cut it
		"VIR DE MENUISERIE CHARPENTE KERMADEC":           Unknown,
		"VIR DE QUELQU UN POUR EQUIL":                    Unknown,
		"VIR DE MENUISERIE CHARPENTE KER\nFA-2025-00119": NotAReceipt,
	} {
		w := small()
		w.Company = []string{"Menuiserie Charpente Kerlan SARL"}
		ds := Decide(w, []Entry{receipt(123_457, label)})
		if ds[0].Outcome != want {
			t.Errorf("%q: %s, want %s; %v", label, ds[0].Outcome, want, ds[0].Reasons)
		}
	}
	w := small()
	w.Company = []string{"Menuiserie Charpente Kerlan SARL"}
	w.Customers = append(w.Customers, Customer{ID: 900, Names: []string{"Menuiserie Charpente Ker"}})
	w.Items = append(w.Items, Item{ID: 900, Customer: 900, Number: "FA-2025-00900", Issued: day1 - 9, Open: 123_457, Total: 123_457, Currency: ledger.EUR})
	ds := Decide(w, []Entry{receipt(123_457, "VIR DE MENUISERIE CHARPENTE KER")})
	if ds[0].Outcome == NotAReceipt {
		t.Error("a customer's payment is taken for the owner's")
	}
}
