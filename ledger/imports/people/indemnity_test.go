package people

import (
	"testing"

	"quitus/ledger"
)

func TestIndemnity(t *testing.T) {
	for text, want := range map[string]int64{"40": 4000, "40,00 €": 4000, "12.5 EUR": 1250, "2000": 200000, "2000,01": 0, "0": 0, "10 %": 0, "quarante": 0, "-5": 0} {
		if got, ok := parseIndemnity(text); got != want || ok != (want > 0) {
			t.Errorf("%s: %d %v", text, got, ok)
		}
	}
	l := recognise(t, "Code|Nom|Genre de client|Pays|Indemnité convenue par facture", "C1|Lambert|particulier|Belgique|40,00 €", "C2|Peeters|particulier|Belgique|10 %")
	r := l.Drafts(l.Mapping, nil)
	if len(r.Customers) != 2 || r.Customers[0].Indemnity != 4000 || r.Customers[1].Indemnity != 0 || len(r.Warnings) != 1 || r.Warnings[0].Code != "indemnity_invalid" {
		t.Fatalf("%+v %+v", r.Customers, r.Warnings)
	}
	d := ledger.NewDraft(&ledger.Book{})
	NewPlan(d.Book(), r.Customers).Stage(d, &ledger.Import{File: "x"}, ledger.Day(2026, 11, 24))
	b := d.Next()
	if c := b.CustomerByRef("C1"); c.Indemnity != 4000 || c.Type != ledger.Consumer {
		t.Errorf("%+v", c)
	}
	again := r.Customers[:1]
	again[0].Indemnity = 5500
	if p := NewPlan(b, again); len(p.Items[0].Changes) != 1 || p.Items[0].Changes[0].To != "55.00" || p.Items[0].Changes[0].From != "40.00" {
		t.Errorf("%+v", p.Items[0].Changes)
	}
}
