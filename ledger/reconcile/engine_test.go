package reconcile

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"quitus/ledger"
)

var day1 = ledger.Day(2026, 3, 2)

// small is a world with the customers that the cases below speak of.
func small() *World {
	w := &World{Company: []string{"Menuiserie Kerlan"}, Accounts: []string{"FR7630006000011234567890189"}}
	customer := func(code, name string) ledger.CustomerID {
		id := ledger.CustomerID(len(w.Customers) + 1)
		w.Customers = append(w.Customers, Customer{ID: id, Code: code, Names: []string{name}})
		return id
	}
	bill := func(c ledger.CustomerID, number string, issued ledger.Date, total int64) {
		w.Items = append(w.Items, Item{ID: ledger.InvoiceID(len(w.Items) + 1), Customer: c, Number: number, Issued: issued, Due: issued + 30, Open: total, Total: total, Currency: ledger.EUR})
	}
	prosol := customer("C001", "Prosol SARL")
	bill(prosol, "FA-2025-00118", day1-60, 100_021)
	bill(prosol, "FA-2025-00121", day1-50, 64_203)
	bill(prosol, "FA-2025-00122", day1-40, 69_911)
	bill(prosol, "FA-2025-00130", day1-20, 212_345)
	ganesh := customer("C002", "Ganesh Traders")
	bill(ganesh, "FA-2025-00119", day1-58, 45_617)
	mairie := customer("C003", "Mairie de Vaubrac")
	bill(mairie, "FA-2025-00125", day1-35, 88_008)
	bill(mairie, "AV-2025-00007", day1-30, -12_001)
	twins := customer("C004", "Boulangerie Tessot Pau")
	bill(twins, "FA-2025-00126", day1-34, 30_000)
	other := customer("C005", "Boulangerie Tessot Dax")
	bill(other, "FA-2025-00127", day1-34, 30_000)
	club := customer("C006", "Salle Ronvel")
	for i := range 3 {
		bill(club, fmt.Sprintf("FA-2025-0014%d", i), day1-ledger.Date(75-30*i), 4_937)
	}
	for i := range 20 { // so that rarity means something
		id := customer(fmt.Sprintf("C1%02d", i), "Etablissements "+strings.Repeat(string(rune('a'+i)), 2)+"orvin")
		bill(id, fmt.Sprintf("FA-2025-01%03d", i), day1-30, int64(51_003+1_117*i))
	}
	return w
}

func receipt(amount int64, label string) Entry {
	return Entry{Rank: 1, On: day1, Amount: ledger.Euros(amount), Type: ledger.EntryTransfer, Label: label}
}

// told writes a decision as "outcome NUMBER=amount …".
func told(w *World, d *Decision) string {
	out := []string{string(d.Outcome)}
	for _, a := range d.Allocations {
		i := slices.IndexFunc(w.Items, func(it Item) bool { return it.ID == a.Item })
		out = append(out, fmt.Sprintf("%s=%d", w.Items[i].Number[2:], a.Amount))
	}
	if d.Left != 0 {
		out = append(out, fmt.Sprintf("left %d", d.Left))
	}
	return strings.Join(out, " ")
}

func TestDecide(t *testing.T) {
	for _, c := range []struct {
		why   string
		entry Entry
		want  string
	}{
		{"a whole number and its amount", receipt(45_617, "VIR XYLOPHONE FA-2025-00119"), "recorded -2025-00119=45617"},
		{"the same with its blanks lost", receipt(45_617, "VIR XYLOPHONE FA202500119"), "recorded -2025-00119=45617"},
		{"the same with other blanks", receipt(45_617, "VIR XYLOPHONE FACTURE 2025 00119"), "recorded -2025-00119=45617"},
		{"two running numbers", receipt(164_224, "VIR PROSOL FACT 118 121"), "recorded -2025-00118=100021 -2025-00121=64203"},
		{"from one to another", receipt(234_135, "VIR PROSOL F118-122"), "recorded -2025-00118=100021 -2025-00121=64203 -2025-00122=69911"},
		{"an RF reference", Entry{On: day1, Amount: ledger.Euros(45_617), Label: "VIR X", References: []string{rf("FA202500119")}}, "recorded -2025-00119=45617"},
		{"a name and a run", receipt(134_114, "VIR PROSOL"), "recorded -2025-00121=64203 -2025-00122=69911"},
		{"a name cut short", receipt(100_021, "VIR PROSO"), "recorded -2025-00118=100021"},
		{"a credit note deducted", receipt(76_007, "VIR MAIRIE DE VAUBRAC"), "recorded -2025-00125=88008 -2025-00007=-12001"},
		{"a discount of 2 %", receipt(44_705, "VIR GANESH TRADERS"), "recorded -2025-00119=44705"},
		{"a cent short", receipt(45_616, "VIR GANESH TRADERS"), "recorded -2025-00119=45616"},
		{"the oldest of equal ones", receipt(4_937, "VIR SALLE RONVEL"), "recorded -2025-00140=4937"},
		{"the month names one of them", receipt(4_937, "VIR SALLE RONVEL ABONNEMENT JANVIER"), "recorded -2025-00141=4937"},
		{"a name that is another", receipt(45_617, "VIR RAMESH TRADERS"), "to_confirm -2025-00119=45617"},
		{"a number of one, the name of another", receipt(45_617, "VIR PROSOL FA-2025-00119"), "recorded -2025-00119=45617"},
		{"two who are as likely", receipt(30_000, "VIR BOULANGERIE TESSOT"), "to_confirm -2025-00126=30000"},
		{"the town tells them apart", receipt(30_000, "VIR BOULANGERIE TESSOT DAX"), "recorded -2025-00127=30000"},
		{"named with another amount", receipt(40_000, "VIR GANESH TRADERS FA-2025-00119"), "to_confirm -2025-00119=40000"},
		{"named and too much", receipt(50_000, "VIR GANESH TRADERS FA-2025-00119"), "to_confirm -2025-00119=45617 left 4383"},
		{"words of an advance", receipt(45_617, "VIR GANESH TRADERS ACOMPTE"), "to_confirm -2025-00119=45617"},
		{"nobody, and an amount of many", receipt(4_937, "VIREMENT RECU"), "to_confirm -2025-00140=4937"},
		{"nobody knows", receipt(77_777, "VIR MACHIN"), "unknown"},
		{"money of the state", receipt(45_617, "VIR DGFIP REMBOURSEMENT TVA"), "to_confirm -2025-00119=45617"},
		{"a phone number is no invoice", receipt(12_345, "VIR MACHIN TEL 0120250119"), "unknown"},
		{"several cheques", Entry{On: day1, Amount: ledger.Euros(45_617), Type: ledger.EntryCheques, Label: "REMISE CHQ 1234567 NB 3"}, "unknown"},
		{"bank fees", receipt(-1_250, "FRAIS TENUE DE COMPTE"), "not_a_receipt"},
		{"a supplier", receipt(-45_617, "PRLV SEPA GANESH TRADERS"), "not_a_receipt"},
		{"the owner's other account", receipt(45_617, "VIR DE MENUISERIE KERLAN"), "not_a_receipt"},
		{"by the IBAN of an own account", Entry{On: day1, Amount: ledger.Euros(45_617), IBAN: "FR7630006000011234567890189", Label: "VIR"}, "not_a_receipt"},
		{"cards", receipt(45_617, "REMISE CB 020326"), "not_a_receipt"},
		{"a refund of a credit note", receipt(-12_001, "VIR EMIS MAIRIE DE VAUBRAC REMBOURSEMENT"), "recorded -2025-00007=-12001"},
		{"a payment of one's own that comes back", Entry{On: day1, Amount: ledger.Euros(45_617), Returned: true, Label: "VIR EMIS REJETE"}, "not_a_receipt"},
	} {
		w := small()
		ds := Decide(w, []Entry{c.entry})
		if got := told(w, &ds[0]); got != c.want {
			t.Errorf("%s (%s, %d): %s, want %s; confidence %v, reasons %v", c.why, c.entry.Label, c.entry.Amount.Minor, got, c.want, ds[0].Confidence, ds[0].Reasons)
		}
	}
}

// rf makes an RF reference of a text.
func rf(text string) string {
	return fmt.Sprintf("RF%02d%s", 98-ledger.Mod97(text+"RF00"), text)
}

func TestKnownPayers(t *testing.T) {
	w := small()
	w.Customers[1].IBANs = []string{"BE68539007547034"}
	w.Customers[0].Aliases = []string{ledger.PayerLabel("HOLDING ZEBULON")}
	e := receipt(45_617, "VIR")
	e.IBAN = "BE68539007547034"
	ds := Decide(w, []Entry{e, receipt(212_345, "VIR HOLDING ZEBULON")})
	for i, want := range []string{"recorded -2025-00119=45617", "recorded -2025-00130=212345"} {
		if got := told(w, &ds[i]); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestHabits(t *testing.T) {
	w := small()
	w.Customers[1].Habit = Habit{Fee: ledger.Euros(1_500)}
	ds := Decide(w, []Entry{receipt(44_117, "VIR GANESH TRADERS")})
	if ds[0].Outcome != ToConfirm || ds[0].Confidence < 0.9 || len(ds[0].WriteOffs) != 1 || ds[0].WriteOffs[0] != (WriteOff{5, 1_500, "fees"}) {
		t.Errorf("%+v", ds[0])
	}
}

// A discount that the customer is known to take is expected, whatever its rate, and said so; charges of another currency
// are nobody's habit.
func TestHabitsAreTold(t *testing.T) {
	w := small()
	w.Customers[1].Habit = Habit{Discount: 700}
	e := receipt(keep(45_617, 700), "VIR GANESH TRADERS 2025-00119")
	d := Decide(w, []Entry{e})[0]
	if d.Allocations[0] != (Allocation{5, keep(45_617, 700)}) || d.WriteOffs[0].Kind != "discount" || !slices.ContainsFunc(d.Reasons, func(r Reason) bool {
		return r.Code == "habit_discount" && r.Args["percent"] == 7 && r.Args["name"] == w.Customers[1].Names[0]
	}) {
		t.Errorf("%s %+v", d.Outcome, d.Answer)
	}
	w.Customers[1].Habit = Habit{Fee: ledger.Money{Minor: 1_500, Currency: ledger.CHF}}
	d = Decide(w, []Entry{receipt(44_117, "VIR GANESH TRADERS")})[0]
	if slices.ContainsFunc(d.Reasons, func(r Reason) bool { return r.Code == "habit_fees" }) {
		t.Errorf("%+v", d.Reasons)
	}
	w.Customers[1].Habit.Fee.Currency = ledger.EUR
	d = Decide(w, []Entry{receipt(44_117, "VIR GANESH TRADERS")})[0]
	if !slices.ContainsFunc(d.Reasons, func(r Reason) bool { return r.Code == "habit_fees" && r.Args["fee"] == ledger.Euros(1_500) }) {
		t.Errorf("%+v", d.Reasons)
	}
}

// A discount on several invoices is left open of the last: the rate is that of all.
func TestLearnsDiscountOfSeveral(t *testing.T) {
	e := receipt(196_000, "VIR GANESH TRADERS")
	a := Answer{Customer: 2, Allocations: []Allocation{{5, 100_000}, {6, 96_000}}, WriteOffs: []WriteOff{{6, 4_000, "discount"}}}
	if got := Learn(&e, &a); len(got) != 1 || got[0].Habit != (Habit{Discount: 200}) {
		t.Errorf("%+v", got)
	}
}

func TestCountOfCheques(t *testing.T) {
	for label, want := range map[string]int{
		"REMISE CHEQUES": 0, "REMISE CHQ NB 3": 3, "REMISE DE 12 CHEQUES": 12, "REM CHQ 004 CHQ": 4, "REMISE CHEQUES 0091772": 0, "REMISE CHEQUES 2 CHÈQUES": 2, "REMISE CHEQUE N 7": 0,
	} {
		if n, ok := Cheques(&Entry{Type: ledger.EntryCheques, Label: label}); n != want || !ok {
			t.Errorf("%s: %d, want %d", label, n, want)
		}
	}
	if _, ok := Cheques(&Entry{Type: ledger.EntryTransfer, Label: "VIR REMISE CHEQUES"}); ok {
		t.Error("a transfer is taken for cheques")
	}
}

func TestInstalments(t *testing.T) {
	w := small()
	w.Items[4].Parts = []int64{15_000, 30_617}
	ds := Decide(w, []Entry{receipt(15_000, "VIR GANESH TRADERS")})
	if got := told(w, &ds[0]); got != "recorded -2025-00119=15000" {
		t.Error(got)
	}
}

// An open amount is used once: the second payment of an invoice is not recorded on it.
func TestPaidTwice(t *testing.T) {
	w := small()
	second := receipt(45_617, "VIR GANESH TRADERS")
	second.On += 9
	ds := Decide(w, []Entry{second, receipt(45_617, "VIR GANESH TRADERS")})
	if got := told(w, &ds[1]); got != "recorded -2025-00119=45617" {
		t.Error("the first:", got)
	}
	if got := told(w, &ds[0]); got != "to_confirm left 45617" {
		t.Error("the second:", got)
	}
}

func TestReturned(t *testing.T) {
	w := small()
	back := Entry{Rank: 2, On: day1 + 5, Amount: ledger.Euros(-45_617), Returned: true, Label: "REJET PRLV SEPA GANESH TRADERS"}
	again := receipt(45_617, "VIR GANESH TRADERS FA-2025-00119")
	again.On, again.Rank = day1+12, 3
	ds := Decide(w, []Entry{receipt(45_617, "PRLV SEPA EMIS GANESH TRADERS"), back, again})
	for i, want := range []string{"recorded -2025-00119=45617", "recorded -2025-00119=-45617", "recorded -2025-00119=45617"} {
		if got := told(w, &ds[i]); got != want {
			t.Errorf("%d: %s, want %s", i, got, want)
		}
	}
	if ds[1].TakesBackEntry != 0 {
		t.Error("takes back", ds[1].TakesBackEntry)
	}

	w = small()
	w.Items[4].Open = 0
	w.Earlier = []Settlement{{ID: 7, On: day1 - 3, Amount: 45_617, Currency: ledger.EUR, Customer: 2, Mandate: "M1", Allocations: []Allocation{{5, 45_617}}}}
	back.Mandate = "M1"
	ds = Decide(w, []Entry{back})
	if got := told(w, &ds[0]); got != "recorded -2025-00119=-45617" || ds[0].TakesBackPayment != 7 {
		t.Error(got, ds[0].TakesBackPayment)
	}
}

func TestBatch(t *testing.T) {
	w := small()
	e := Entry{On: day1, Amount: ledger.Euros(145_638), Label: "VIR SEPA LOT", Batch: []Entry{
		{Amount: ledger.Euros(45_617), Payer: "Ganesh Traders"}, {Amount: ledger.Euros(100_021), Payer: "PROSOL"},
	}}
	ds := Decide(w, []Entry{e})
	if got := told(w, &ds[0]); got != "recorded -2025-00119=45617 -2025-00118=100021" || ds[0].Customer != 0 {
		t.Error(got, ds[0].Customer)
	}
	e.Batch[1] = Entry{Amount: ledger.Euros(100_021), Payer: "Zorglub"}
	ds = Decide(w, []Entry{e})
	if got := told(w, &ds[0]); got != "to_confirm -2025-00119=45617 left 100021" {
		t.Error(got)
	}
}

// Decisions follow from what entries say, not from the order in which they come.
func TestOrderOfEntries(t *testing.T) {
	for _, name := range devWorlds {
		w := load(t, name, "releve_b.csv")
		want := Decide(w.world, w.entries)
		r := rand.New(rand.NewPCG(3, 5))
		for range 3 {
			p := r.Perm(len(w.entries))
			mixed := make([]Entry, len(p))
			for i, j := range p {
				mixed[i] = w.entries[j]
			}
			ds := Decide(w.world, mixed)
			for i, j := range p {
				if told(w.world, &ds[i]) != told(w.world, &want[j]) || ds[i].Confidence != want[j].Confidence {
					t.Errorf("%s: %s, was %s", mixed[i].Label, told(w.world, &ds[i]), told(w.world, &want[j]))
				}
			}
		}
	}
}

// What is allocated never exceeds what is open, and makes the entry's amount with what is left.
func TestAmounts(t *testing.T) {
	for _, name := range devWorlds {
		w := load(t, name, "releve_b.csv")
		used := map[ledger.InvoiceID]int64{}
		for i, d := range Decide(w.world, w.entries) {
			sum := d.Left
			for _, a := range d.Allocations {
				sum += a.Amount
				if d.Outcome == Recorded && !d.Counted {
					used[a.Item] += a.Amount
				}
			}
			if len(d.Allocations) > 0 && sum != w.entries[i].Amount.Minor {
				t.Errorf("%s: %d allocated and left of %v", w.entries[i].Label, sum, w.entries[i].Amount)
			}
			if len(d.Alternatives) > maxAlternatives || d.Outcome == Recorded && len(d.Alternatives) > 0 {
				t.Errorf("%s: %d alternatives", w.entries[i].Label, len(d.Alternatives))
			}
		}
		for _, it := range w.world.Items {
			if u := used[it.ID]; abs(u) > abs(it.Open) || u*it.Open < 0 {
				t.Errorf("%s: %d used of %d", it.Number, u, it.Open)
			}
		}
	}
}

func TestLearn(t *testing.T) {
	w := small()
	e := receipt(44_117, "VIR HOLDING ZEBULON REGLEMENT 4512")
	a := Answer{Customer: 2, Allocations: []Allocation{{5, 44_117}}, WriteOffs: []WriteOff{{5, 1_500, "fees"}}}
	got := Learn(&e, &a)
	if want := (Lesson{Customer: 2, Label: "zebulon", Habit: Habit{Fee: ledger.Euros(1_500)}}); len(got) != 1 || got[0] != want {
		t.Errorf("%+v", got)
	}
	w.Customers[1].Aliases = []string{got[0].Label}
	ds := Decide(w, []Entry{receipt(45_617, "VIR HOLDING ZEBULON REGLEMENT 4513")})
	if got := told(w, &ds[0]); got != "recorded -2025-00119=45617" {
		t.Error("what was learnt is not used:", got, ds[0].Reasons)
	}
	for _, e := range []Entry{receipt(100, "VIREMENT RECU"), receipt(-100, "REJET GANESH"), receipt(100, "VIR MACHIN POUR GANESH")} {
		if got := Learn(&e, &Answer{Customer: 2}); len(got) > 0 {
			t.Errorf("%s teaches %+v", e.Label, got)
		}
	}
}

// sayable checks that the reasons of some decisions have their sentences.
func sayable(t *testing.T, ds []Decision) {
	t.Helper()
	texts := readWords(t)
	var rs []Reason
	for _, d := range ds {
		rs = append(rs, d.Reasons...)
		for _, a := range d.Alternatives {
			rs = append(rs, a.Reasons...)
		}
	}
	for _, r := range rs {
		for lang, messages := range texts {
			m, ok := messages["reconcile.reason."+r.Code]
			if !ok {
				t.Errorf("%s: no sentence for %s", lang, r.Code)
			}
			for _, fact := range m {
				if _, ok := r.Args[fact]; !ok && !(fact == "N" && r.Args["count"] != nil) {
					t.Errorf("%s: the sentence for %s wants %s, given are %v", lang, r.Code, fact, slices.Sorted(maps.Keys(r.Args)))
				}
			}
		}
	}
}

// has says whether a reason of a code is among those of a decision.
func has(d *Decision, code string) bool {
	return slices.ContainsFunc(d.Reasons, func(r Reason) bool { return r.Code == code })
}

// Every reason has its sentence in both languages, with no fact that is not given.
func TestReasonsHaveWords(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range devWorlds {
		w := load(t, name, "releve_b.csv")
		ds := Decide(w.world, w.entries)
		sayable(t, ds)
		for _, d := range ds {
			for _, r := range d.Reasons {
				seen[r.Code] = true
			}
		}
	}
	if len(seen) < 20 {
		t.Errorf("only %d kinds of reasons were seen", len(seen))
	}
}
