package exports

import (
	"slices"
	"strings"
	"testing"

	"quitus/ledger"
)

// TestPayments shows every kind of line: documents and payments tied together and settled, or not; what a register
// says was paid; credit notes set off; money given back; what no invoice takes.
func TestPayments(t *testing.T) {
	d := ledger.NewDraft(&ledger.Book{})
	a, b := &ledger.Customer{Ref: "C001", Name: "Alder"}, &ledger.Customer{Ref: "C002", Name: "Birch"}
	d.Put(a)
	d.Put(b)
	day := func(n int) ledger.Date { return ledger.Day(2026, 3, n) }
	inv := func(c *ledger.Customer, no string, on int, total ledger.Money) *ledger.Invoice {
		i := &ledger.Invoice{Customer: c.ID, Number: no, Issued: day(on), Due: day(on).Add(30), Total: total, CreditNote: total.Negative(), Subject: "about " + no}
		d.Put(i)
		return i
	}
	pay := func(c *ledger.Customer, on int, amount int64, means ledger.Means, ref string, parts ...any) {
		p := &ledger.Payment{Customer: c.ID, On: day(on), Amount: ledger.Euros(amount), Means: means, Reference: ref}
		for k := 0; k < len(parts); k += 2 {
			p.Allocations = append(p.Allocations, ledger.Allocation{Invoice: parts[k].(*ledger.Invoice).ID, Amount: int64(parts[k+1].(int))})
		}
		d.Put(p)
	}
	eur := ledger.Euros
	f1, f2 := inv(a, "F-1", 1, eur(1000)), inv(a, "F-2", 2, eur(500))
	pay(a, 10, 1500, ledger.Transfer, "VIR 1", f1, 1000, f2, 500) // one payment, two invoices, all settled
	f3 := inv(a, "F-3", 3, eur(900))
	pay(a, 11, 400, ledger.Cheque, "n° 7", f3, 300) // a part, and 100 that nothing takes
	f4, a5 := inv(a, "F-4", 4, eur(800)), inv(a, "A-5", 5, eur(-200))
	pay(a, 12, 0, "", "", f4, 200, a5, -200) // a credit note used up
	d.Put(&ledger.WriteOff{Invoice: f4.ID, On: day(13), Amount: eur(600), Reason: "accord"})
	f6, a7 := inv(a, "F-6", 6, eur(70)), inv(a, "A-7", 6, eur(-50))
	pay(a, 14, 0, "", "", f6, 20, a7, -20) // in part
	f8 := inv(b, "F-8", 7, eur(300))
	pay(b, 8, 300, "", "", f8, 300)
	pay(b, 9, -300, ledger.Cheque, "impayé", f8, -300)
	f9 := inv(b, "F-9", 8, eur(250))
	f9.RegisterPaid, f9.RegisterDay = 250, day(20)
	f10 := inv(b, "F-10", 9, eur(400))
	f10.RegisterPaid, f10.RegisterDay = 150, day(20)
	pay(b, 12, 100, ledger.Card, "BY CARD 4", f10, 100) // of the 150 that the register knows
	inv(b, "F-11", 9, ledger.Money{Minor: 5000, Currency: "JPY"})
	book := d.Next()
	r := Report{book, book.Standings(day(15)), plainTexts{}}
	s := r.closed().payments()
	want := `C001|Alder|2026-03-01|kind.invoice|F-1|2026-03-31|about F-1|10.00||AA|10.00|EUR
C001|Alder|2026-03-02|kind.invoice|F-2|2026-04-01|about F-2|5.00||AA|15.00|EUR
C001|Alder|2026-03-03|kind.invoice|F-3|2026-04-02|about F-3|9.00|||24.00|EUR
C001|Alder|2026-03-04|kind.invoice|F-4|2026-04-03|about F-4|8.00||AB|32.00|EUR
C001|Alder|2026-03-05|kind.credit_note|A-5|2026-04-04|about A-5||2.00|AB|30.00|EUR
C001|Alder|2026-03-06|kind.invoice|F-6|2026-04-05|about F-6|0.70|||30.70|EUR
C001|Alder|2026-03-06|kind.credit_note|A-7|2026-04-05|about A-7||0.50||30.20|EUR
C001|Alder|2026-03-10|kind.payment|||by transfer VIR 1||15.00|AA|15.20|EUR
C001|Alder|2026-03-11|kind.payment|||label.not_allocated||1.00||14.20|EUR
C001|Alder|2026-03-11|kind.payment|F-3||by cheque n° 7||3.00||11.20|EUR
C001|Alder|2026-03-13|kind.write_off|F-4||accord||6.00|AB|5.20|EUR
C001|Alder|2026-03-14|kind.payment|A-7||label.set_off|0.20|||5.40|EUR
C001|Alder|2026-03-14|kind.payment|F-6||label.set_off||0.20||5.20|EUR
C002|Birch|2026-03-07|kind.invoice|F-8|2026-04-06|about F-8|3.00|||3.00|EUR
C002|Birch|2026-03-08|kind.invoice|F-9|2026-04-07|about F-9|2.50||AA|5.50|EUR
C002|Birch|2026-03-08|kind.payment|F-8||kind.payment||3.00||2.50|EUR
C002|Birch|2026-03-09|kind.invoice|F-10|2026-04-08|about F-10|4.00|||6.50|EUR
C002|Birch|2026-03-09|kind.payment|F-8||by cheque impayé|3.00|||9.50|EUR
C002|Birch|2026-03-12|kind.payment|F-10||BY CARD 4||1.00||8.50|EUR
C002|Birch|2026-03-15|kind.payment|F-10||label.register||0.50||8.00|EUR
C002|Birch|2026-03-15|kind.payment|F-9||label.register||2.50|AA|5.50|EUR
C002|Birch|2026-03-09|kind.invoice|F-11|2026-04-08|about F-11|5000|||5000|JPY`
	if got := shown(slices.Collect(s.Rows)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	want = `total|||||||45.40|34.70||10.70|EUR
total|||||||5000|0||5000|JPY`
	if got := shown(s.Totals); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	open := ledger.Sums{}
	for i := range book.Invoices.All() {
		open.Add(ledger.Money{Minor: r.Standings.Of(i.ID).Open, Currency: i.Total.Currency})
	}
	if open["EUR"]-100 != 1070 { // what nothing takes is the customer's
		t.Errorf("the balance is not what is open: %v", open)
	}
}

func TestLetterCodes(t *testing.T) {
	var got []string
	for _, n := range []int{0, 1, 25, 26, 675, 676, 677, 676 + 26*26*26 - 1, 676 + 26*26*26} {
		got = append(got, letterCode(n))
	}
	if want := "AA AB AZ BA ZZ AAA AAB ZZZ AAAA"; strings.Join(got, " ") != want {
		t.Error(got)
	}
}

// BenchmarkPayments works out the customers' ledger of 100,000 invoices, each paid.
func BenchmarkPayments(b *testing.B) {
	d := ledger.NewDraft(&ledger.Book{})
	for k := range 2000 {
		d.Put(&ledger.Customer{Ref: letterCode(k), Name: "Client"})
	}
	for k := range 100_000 {
		c := ledger.CustomerID(k%2000 + 1)
		d.Put(&ledger.Invoice{Customer: c, Number: letterCode(k), Issued: today.Add(-k % 500), Due: today, Total: ledger.Euros(100)})
		d.Put(&ledger.Payment{Customer: c, On: today, Amount: ledger.Euros(100), Allocations: []ledger.Allocation{{Invoice: ledger.InvoiceID(k + 1), Amount: 100}}})
	}
	book := d.Next()
	r := Report{book, book.Standings(today), plainTexts{}}
	b.ReportAllocs()
	for b.Loop() {
		if n := len(r.closed().postings()); n != 200_000 {
			b.Fatal(n)
		}
	}
}
