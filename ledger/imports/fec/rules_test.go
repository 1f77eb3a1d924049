package fec

import (
	"maps"
	"testing"

	"quitus/ledger"
)

func expect(t *testing.T, b *Books, who string, want map[string]int64) {
	t.Helper()
	if got := b.openOf(who); !maps.Equal(got, want) {
		t.Errorf("%s: open %v, not %v", who, got, want)
	}
}

type amounts = map[string]int64

// filler makes lettering something to rely on.
func filler() *script {
	s := &script{}
	for i, d := range []string{"20250110", "20250210", "20250310", "20250410"} {
		n := string(rune('A' + i))
		s.sale("Remplissage", d, "FA100"+n+"1", 12000, n)
		s.pay("Remplissage", "20250"+d[5:6]+"20", 12000, n)
	}
	return s
}

func TestRules(t *testing.T) {
	for _, c := range []struct {
		name string
		s    func(*script)
		open amounts
	}{
		{"without lettering it is open", func(s *script) { s.sale("X", "20250301", "FA1", 12000, "") }, amounts{"FA1": 12000}},
		{"lettered to nothing it is settled", func(s *script) {
			s.sale("X", "20250301", "FA1", 12000, "A").sale("X", "20250302", "FA2", 6000, "A").pay("X", "20250401", 18000, "A")
		}, amounts{}},
		{"what a lettering leaves is of the newest", func(s *script) {
			s.sale("X", "20250302", "FA2", 6000, "a").sale("X", "20250301", "FA1", 12000, "a").pay("X", "20250401", 15000, "a")
		}, amounts{"FA2": 3000}},
		{"a letter used again", func(s *script) {
			s.sale("X", "20250301", "FA1", 12000, "A").pay("X", "20250401", 12000, "A").sale("X", "20250501", "FA2", 5000, "A").pay("X", "20250601", 3000, "A")
			for i := range s.lines[len(s.lines)-10:] {
				s.lines[len(s.lines)-10+i].letDate = []string{"20250401", "20250601"}[i/5]
			}
		}, amounts{"FA2": 2000}},
		{"a letter counts within its account", func(s *script) {
			s.sale("X", "20250301", "FA1", 12000, "A").sale("Y", "20250301", "FA2", 12000, "A").pay("Y", "20250401", 12000, "A")
		}, amounts{"FA1": 12000}},
		{"a credit note", func(s *script) {
			s.sale("X", "20250301", "FA1", 12000, "A").sale("X", "20250302", "AV1", -2400, "A").pay("X", "20250401", 9600, "A").sale("X", "20250502", "AV2", -600, "")
		}, amounts{"AV2": -600}},
		{"a credit note settles an invoice by itself", func(s *script) {
			s.sale("X", "20250301", "FA1", 12000, "A").sale("X", "20250302", "AV1", -12000, "A")
		}, amounts{}},
		{"a cheque that bounced", func(s *script) {
			s.sale("X", "20250301", "FA1", 12000, "A").pay("X", "20250401", 12000, "A").entry("BQ", "20250410", "R", "Rejet chèque X", customer("X", 12000, ""), on("512000", -12000))
		}, amounts{"FA1": 12000}},
		{"bounced and paid again", func(s *script) {
			s.sale("X", "20250301", "FA1", 12000, "A").pay("X", "20250401", 12000, "A").entry("BQ", "20250410", "R", "Impayé X", customer("X", 12000, "A"), on("512000", -12000)).pay("X", "20250420", 12000, "A")
		}, amounts{}},
		{"a discount", func(s *script) {
			s.sale("X", "20250301", "FA1", 12000, "A").entry("BQ", "20250310", "B", "VIR X", on("512000", 11760), on("665000", 200), on("445710", 40), customer("X", -12000, "A"))
		}, amounts{}},
		{"a loss", func(s *script) {
			s.sale("X", "20250301", "FA1", 12000, "A").entry("OD", "20251231", "OD", "Irrécouvrable", on("654000", 10000), on("445710", 2000), customer("X", -12000, "A"))
		}, amounts{}},
		{"a bill of exchange not paid yet", func(s *script) {
			s.sale("X", "20250301", "FA1", 12000, "A").entry("OD", "20250315", "LCR", "LCR X", line{account: "413000", name: "Effets", aux: "CX", auxName: "X", amount: 12000}, customer("X", -12000, "A"))
		}, amounts{"FA1": 12000}},
		{"a bill of exchange paid", func(s *script) {
			bill := line{account: "413000", name: "Effets", aux: "CX", auxName: "X", amount: 12000, let: "B"}
			paid := bill
			paid.amount = -12000
			s.sale("X", "20250301", "FA1", 12000, "A").entry("OD", "20250315", "LCR", "LCR X", bill, customer("X", -12000, "A")).entry("BQ", "20250430", "LCR", "LCR X", on("512000", 12000), paid)
		}, amounts{}},
		{"a doubtful debt is still owed", func(s *script) {
			s.sale("X", "20250301", "FA1", 12000, "").entry("OD", "20250915", "OD", "Douteux", line{account: "416000", name: "Douteux", aux: "CX", auxName: "X", amount: 12000}, customer("X", -12000, ""))
		}, amounts{"FA1": 12000}},
		{"set off against a supplier's account", func(s *script) {
			s.sale("X", "20250301", "FA1", 12000, "A").entry("OD", "20250401", "OD", "Compensation", on("401000", 12000), customer("X", -12000, "A"))
		}, amounts{}},
		{"an advance stays apart", func(s *script) { s.sale("X", "20250301", "FA1", 12000, "").pay("X", "20250401", 5000, "") }, amounts{"FA1": 12000}},
		{"a receipt of the only such amount", func(s *script) { s.sale("X", "20250301", "FA1", 12000, "").pay("X", "20250401", 12000, "") }, amounts{}},
		{"a sale for cash in one entry", func(s *script) {
			s.entry("VE", "20250301", "FA1", "Facture FA1", customer("X", 12000, ""), on("706000", -12000), on("530000", 12000), customer("X", -12000, ""))
		}, amounts{}},
		{"instalments are one invoice", func(s *script) {
			s.entry("VE", "20250301", "FA1", "Facture FA1", customer("X", 6000, "A"), customer("X", 6000, ""), on("706000", -12000)).pay("X", "20250401", 6000, "A")
		}, amounts{"FA1": 6000}},
		{"negative debits", func(s *script) {
			s.sale("X", "20250301", "FA1", 12000, "A").sale("X", "20250302", "FA2", -12000, "A")
		}, amounts{}},
		{"an invoice for an advance, and the advance used", func(s *script) {
			s.entry("VE", "20250301", "FA1", "Facture d'acompte FA1", customer("X", 3600, "A"), on("419100", -3000), on("445710", -600)).pay("X", "20250305", 3600, "A").
				entry("VE", "20250401", "FA2", "Facture FA2", customer("X", 8400, ""), on("419100", 3000), on("706000", -10000), on("445710", -1400))
		}, amounts{"FA2": 8400}},
		{"invoices not made out yet are none", func(s *script) {
			s.sale("X", "20250301", "FA1", 12000, "").entry("OD", "20251231", "FAE", "FAE", on("418100", 5000), on("706000", -5000))
		}, amounts{"FA1": 12000}},
		{"lettered after the closing day with what is not in the file", func(s *script) {
			s.sale("X", "20251201", "FA1", 12000, "AB")
			s.lines[len(s.lines)-3].letDate = "20260115"
		}, amounts{}},
		{"opening balance lettered with a receipt", func(s *script) { s.open("X", "20250101", 7000, "A").pay("X", "20250201", 7000, "A") }, amounts{}},
		{"opening balance without lettering is set against a lettered receipt", func(s *script) {
			s.open("X", "20250101", 7000, "").pay("X", "20250201", 7000, "A")
		}, amounts{}},
		{"a month's bank entry with one line of bank", func(s *script) {
			s.sale("X", "20250301", "FA1", 12000, "A").sale("Y", "20250301", "FA2", 500, "A").entry("BQ", "20250331", "BQ3", "Banque mars", customer("X", -12000, "A"), customer("Y", -500, "A"),
				on("401000", 30000), on("512000", -17500))
		}, amounts{}},
		{"a month's sales in one entry", func(s *script) {
			s.entry("VE", "20250331", "0003", "Ventes mars", line{account: "411000", aux: "CX", auxName: "X", amount: 100, label: "Facture FA0031"}, line{account: "411000", aux: "CX", auxName: "X", amount: 200, label: "Facture FA0032"}, customer("Y", 50, ""), on("706000", -350))
		}, amounts{"FA0031": 100, "FA0032": 200}},
		{"closing entries do not count", func(s *script) {
			s.sale("X", "20250301", "FA1", 12000, "").entry("CL", "20251231", "CL", "Clôture", customer("X", -12000, ""), on("891000", 12000))
		}, amounts{"FA1": 12000}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := filler()
			c.s(s)
			expect(t, s.read(t), "X", c.open)
		})
	}
}

func TestCarriedOver(t *testing.T) {
	b := filler().open("X", "20250101", 7000, "").read(t)
	n := 0
	for _, v := range b.Invoices {
		if v.Carried && v.Open == 7000 {
			n++
		}
	}
	if n != 1 || b.Counts.CarriedOver != 1 {
		t.Error(n, b.Counts)
	}
}

func TestWriteOffsAndPayments(t *testing.T) {
	s := filler()
	s.sale("X", "20250301", "FA1", 12000, "A").entry("BQ", "20250310", "B", "VIR X", on("512000", 11760), on("665000", 200), on("445710", 40), customer("X", -12000, "A"))
	b := s.read(t)
	if len(b.WriteOffs) != 1 || b.WriteOffs[0].Amount != 240 || b.WriteOffs[0].Why != Discount {
		t.Errorf("%+v", b.WriteOffs)
	}
	for _, p := range b.Payments {
		if b.Customers[p.Customer].Name == "X" && p.Amount != 11760 {
			t.Errorf("%+v", p)
		}
	}
}

// Files without lettering settle the oldest first.
func TestWithoutLettering(t *testing.T) {
	s := &script{}
	s.sale("X", "20250101", "FA1", 10000, "").sale("X", "20250201", "FA2", 20000, "").sale("X", "20250301", "FA3", 5000, "").pay("X", "20250401", 25000, "")
	b := s.read(t)
	if b.Lettering || b.ByCode["not_lettered"] != 1 {
		t.Error("lettering is relied on")
	}
	expect(t, b, "X", amounts{"FA2": 5000, "FA3": 5000})
}

func TestHabits(t *testing.T) {
	s := &script{}
	for i, d := range [][2]string{{"20250101", "20250211"}, {"20250201", "20250318"}, {"20250301", "20250420"}} {
		l := string(rune('A' + i))
		s.sale("X", d[0], "FA10"+l+"1", 10000, l).pay("X", d[1], 10000, l)
	}
	s.sale("X", "20250601", "FA7", 1000, "").sale("Y", "20250601", "FA8", 1000, "")
	b := s.read(t)
	if h := b.Customers[0].Paid; h != (Habit{Days: 45, Worst: 50, Count: 3}) {
		t.Errorf("%+v", h)
	}
	for _, v := range b.Invoices {
		switch {
		case v.Number == "FA7" && (v.Due != ledger.Day(2025, 7, 16) || v.DueFrom != DueHabit),
			v.Number == "FA8" && (v.Due != ledger.Day(2025, 7, 1) || v.DueFrom != DueAssumed):
			t.Errorf("%s: %s %d", v.Number, v.Due, v.DueFrom)
		}
	}
}

func TestNumbers(t *testing.T) {
	// The piece is the month; the number is in the label.
	s := &script{}
	for _, n := range []string{"2025-0117", "2025-0118", "2025-0119"} {
		s.entry("VE", "20250301", "VE  0123", "FACTURE N° "+n+" DUPONT", customer("X", 12000, ""), on("706000", -12000))
	}
	expect(t, s.read(t), "X", amounts{"2025-0117": 12000, "2025-0118": 12000, "2025-0119": 12000})
	// Neither tells them apart: numbers are made up, the same each time, and no invoice is lost.
	s = &script{}
	s.entry("VE", "20250301", "0000000", "Ventes", customer("X", 100, ""), on("706000", -100))
	s.entry("VE", "20250301", "0000000", "Ventes", customer("X", 200, ""), on("706000", -200))
	expect(t, s.read(t), "X", amounts{"VE 1": 100, "VE 2": 200})
	// The entry's number is the invoice's.
	s = &script{}
	s.entry("INV", "20250301", "-", "Prestation", customer("X", 100, ""), on("706000", -100)).entry("INV", "20250301", "-", "Prestation", customer("X", 200, ""), on("706000", -200))
	for i := range s.lines {
		s.lines[i].num = "INV/2025/0000" + s.lines[i].num
	}
	expect(t, s.read(t), "X", amounts{"INV/2025/00001": 100, "INV/2025/00002": 200})
	for label, want := range map[string]string{
		"FA2025-12 DUPONT": "FA2025-12", "Facture 118": "118", "Fact. n°2025/044 du 12/03/2025": "2025/044", "AVOIR AV-33": "AV-33",
		"DUPONT mars 2025": "", "Ventes du 12/03": "", "F-00123 Martin": "F-00123", "FACTURE": "", "VENTE COMPTOIR 31/01/2025": "",
	} {
		if got, _ := fromLabel(label); got != want {
			t.Errorf("%q: %q, not %q", label, got, want)
		}
	}
}

func TestAliases(t *testing.T) {
	s := filler()
	s.sale("X", "20250301", "FA1", 12000, "A").entry("BQ", "20250401", "B", "Règlement", line{account: "512000", amount: 12000, label: "VIR SEPA HOLDING GALAXIE FA1"}, customer("X", -12000, "A"))
	b := s.read(t)
	found := map[string]string{}
	for _, a := range b.Aliases {
		found[a.Label] = b.Customers[a.Customer].Name
	}
	if found["holding galaxie"] != "X" || found["remplissage"] != "Remplissage" {
		t.Error(found)
	}
}

func TestIndividualAccounts(t *testing.T) {
	s := &script{}
	s.entry("VE", "20250301", "FA1", "Facture FA1", line{account: "411DUPONT", name: "Dupont SARL", amount: 12000, let: "A"}, on("706000", -12000))
	s.entry("OD", "20250401", "OD", "LCR", line{account: "413DUPONT", name: "Dupont SARL", amount: 12000}, line{account: "411DUPONT", name: "Dupont SARL", amount: -12000, let: "A"})
	s.entry("VE", "20250301", "FA2", "Facture FA2", line{account: "411000", name: "Clients divers", amount: 500}, on("706000", -500))
	b := s.read(t)
	expect(t, b, "Dupont SARL", amounts{"FA1": 12000})
	if len(b.Customers) != 2 || b.Customers[0].Collective || !b.Customers[1].Collective || b.ByCode["collective"] != 1 {
		t.Errorf("%+v", b.Customers)
	}
}
