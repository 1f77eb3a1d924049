package ledger

import "testing"

func TestPayerLabel(t *testing.T) {
	for in, want := range map[string]string{
		"VIR SEPA RECU PROSOL GESTION FACT 2025-118": "prosol gestion",
		"VIR INST DE M. André  MARTIN 12/03":         "andre martin",
		"REMISE CHQ 0012345":                         "",
		"Virement":                                   "",
		"VIR SAS X":                                  "sas",
		"":                                           "",
	} {
		if got := PayerLabel(in); got != want || PayerLabel(got) != got {
			t.Errorf("%q: %q", in, got)
		}
	}
}

func TestAliases(t *testing.T) {
	d := NewDraft(&Book{})
	c := &Customer{Ref: "C1", Name: "Prosol"}
	d.Put(c)
	d.Put(&Alias{Customer: c.ID, Label: PayerLabel("VIR PROSOL GESTION"), Source: AliasLettered})
	b := d.Next()
	if a := b.AliasesFor("VIR SEPA PROSOL GESTION FA 3"); len(a) != 1 || a[0].Customer != c.ID {
		t.Error(a)
	}
	if a := b.AliasesFor("VIR AUTRE"); len(a) != 0 {
		t.Error(a)
	}
	d = NewDraft(b)
	d.Delete(KindCustomer, uint32(c.ID))
	if CodeOf(d.Check()) != "reference_missing" {
		t.Error("an alias without its customer passes")
	}
}
