package exports

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"quitus/ledger"
)

// shown writes a table as one line a row, its cells set apart by bars.
func shown(rows [][]any) string {
	var out []string
	for _, row := range rows {
		var cells []string
		for _, v := range row {
			switch x := v.(type) {
			case nil:
				cells = append(cells, "")
			case ledger.Money:
				cells = append(cells, x.Decimal())
			case ledger.Date:
				cells = append(cells, EnglishCSV.cell(x))
			default:
				cells = append(cells, fmt.Sprint(x))
			}
		}
		out = append(out, strings.Join(cells, "|"))
	}
	return strings.Join(out, "\n")
}

func TestDoubtful(t *testing.T) {
	d := ledger.NewDraft(&ledger.Book{})
	a := &ledger.Customer{Ref: "C002", Name: "Alder", SIREN: "732829320"}
	b := &ledger.Customer{Ref: "C001", Name: "Birch"}
	d.Put(a)
	d.Put(b)
	inv := func(c *ledger.Customer, no string, late int, total, vat int64) *ledger.Invoice {
		i := &ledger.Invoice{Customer: c.ID, Number: no, Issued: today.Add(-late - 30), Due: today.Add(-late), Total: ledger.Euros(total)}
		if vat >= 0 {
			i.Net, i.VAT = total-vat, vat
		}
		d.Put(i)
		return i
	}
	one := inv(a, "F-1", 40, 12000, 2000)
	inv(a, "F-2", 90, 5000, -1)
	inv(a, "F-3", 0, 7000, -1) // due today
	inv(a, "F-4", -40, 9900, 1650)
	inv(b, "F-5", 1, 999, 0)
	swiss := &ledger.Invoice{Customer: b.ID, Number: "F-6", Issued: today.Add(-50), Due: today.Add(-20), Total: ledger.Money{Minor: 10810, Currency: "CHF"}, Net: 10000, VAT: 810}
	d.Put(swiss)
	d.Put(&ledger.Invoice{Customer: a.ID, Number: "A-7", CreditNote: true, Issued: today.Add(-60), Due: today.Add(-60), Total: ledger.Euros(-100)})
	settled := inv(b, "F-8", 70, 100, -1)
	pay := func(i *ledger.Invoice, ago int, amount int64) {
		d.Put(&ledger.Payment{Customer: i.Customer, On: today.Add(-ago), Amount: ledger.Money{Minor: amount, Currency: i.Total.Currency},
			Allocations: []ledger.Allocation{{Invoice: i.ID, Amount: amount}}})
	}
	pay(one, 5, 4567)
	pay(settled, 5, 100)
	pay(swiss, -1, 10810) // tomorrow
	letter := func(model string, sent ledger.Date, ids ...ledger.InvoiceID) {
		l := &ledger.Letter{Customer: a.ID, Model: model, On: today.Add(-30), Sent: sent, Deadline: today.Add(-9)}
		if model == "statement" {
			l.Deadline = 0
		}
		for _, id := range ids {
			l.Lines = append(l.Lines, ledger.LetterLine{Invoice: id})
		}
		d.Put(l)
	}
	letter("first", today.Add(-30), 1, 2)
	letter("notice", today.Add(-10), 2)
	letter("statement", today.Add(-9), 2)
	letter("unsent", 0, 1, 2)
	letter("tomorrow's", today.Add(1), 1, 2)
	d.Put(&ledger.Promise{Customer: a.ID, Made: today.Add(-20), Due: today.Add(2), Amount: ledger.Euros(5000), Invoices: []ledger.InvoiceID{one.ID}})
	d.Put(&ledger.Step{Customer: b.ID, Invoices: []ledger.InvoiceID{5}, Done: ledger.StepReminder, Times: 3, On: today.Add(-1)})
	d.Put(&ledger.Step{Customer: b.ID, Invoices: []ledger.InvoiceID{6}, Done: ledger.StepCall, On: today.Add(1)})
	d.Put(&ledger.Promise{Customer: b.ID, Made: today.Add(1), Due: today.Add(2), Amount: ledger.Euros(5000)})
	d.Put(&ledger.Dispute{Invoice: 2, Opened: today.Add(-8), Reason: ledger.WrongAmount, Amount: 1200})
	d.Put(&ledger.Dispute{Invoice: 1, Opened: today.Add(-8), Closed: today, Reason: ledger.FaultyGoods})
	book := d.Next()
	s := Report{book, book.Standings(today), plainTexts{}}.closed().doubtful()
	want := `C001|Birch||F-6|2026-10-05|2026-11-04|20|100.00|8.10|108.10|108.10|100.00|8.10|CHF|0|||situation 8|
C001|Birch||F-5|2026-10-24|2026-11-23|1|9.99|0.00|9.99|9.99|9.99|0.00|EUR|3|step:reminder|2026-11-23|situation 8|
C002|Alder|732829320|F-2|2026-07-27|2026-08-26|90|||50.00|50.00|||EUR|2|statement|2026-11-15|situation 7|contested
C002|Alder|732829320|F-1|2026-09-15|2026-10-15|40|100.00|20.00|120.00|74.33|61.94|12.39|EUR|1|step.promise|2026-11-04|situation 6|`
	if got := shown(slices.Collect(s.Rows)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// Before tax, tax and what is not known make what is open.
	want = `total|||||||||179.99|134.32|71.93|12.39|EUR
total_no_vat||||||||||50.00|||EUR
total|||||||||108.10|108.10|100.00|8.10|CHF`
	if got := shown(s.Totals); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if len(s.Columns) != 19 {
		t.Error(len(s.Columns), "columns")
	}
}

// What is issued and paid after the closing date is nowhere in what is written of it.
func TestClosingDate(t *testing.T) {
	r := small()
	later := ledger.NewDraft(r.Book)
	later.Put(&ledger.Invoice{Customer: 1, Number: "F-LATER", Issued: today.Add(1), Due: today.Add(31), Total: ledger.Euros(777777)})
	later.Put(&ledger.Payment{Customer: 1, On: today.Add(2), Amount: ledger.Euros(100), Reference: "LATER", Allocations: []ledger.Allocation{{Invoice: 2, Amount: 100}}})
	later.Put(&ledger.Payment{Customer: 1, On: today.Add(2), Amount: ledger.Euros(7), Reference: "LATER", Allocations: []ledger.Allocation{{Invoice: 7, Amount: 7}}})
	later.Put(&ledger.WriteOff{Invoice: 1, On: today.Add(1), Amount: ledger.Euros(1000), Reason: "LATER"})
	later.Put(&ledger.Letter{Customer: 1, Model: "LATER", On: today.Add(1), Sent: today.Add(1), Lines: []ledger.LetterLine{{Invoice: 1}}})
	later.Put(&ledger.Dispute{Invoice: 1, Opened: today.Add(1), Reason: "LATER"})
	later.Put(&ledger.Promise{Customer: 1, Made: today.Add(1), Due: today.Add(9), Amount: ledger.Euros(1), Words: "LATER"})
	later.Put(&ledger.Note{Customer: 1, On: today.Add(1), Text: "LATER"})
	book := later.Next()
	after := Report{book, book.Standings(today), plainTexts{}}
	journal := []ledger.Entry{{Seq: 2, On: today.Add(1), Who: "LATER"}, {Seq: 1, On: today}}
	sheets := func(r Report, journal []ledger.Entry) string {
		r = r.closed()
		c := r.Book.Customer(1)
		var out []string
		for _, s := range []Sheet{r.openItems(), r.ageing(), r.doubtful(), r.payments(), r.promises(), r.journal(journal), r.card(c), r.invoices(c), r.events(c), r.notes(c)} {
			out = append(out, s.Name, shown(slices.Collect(s.Rows)), shown(s.Totals))
		}
		return strings.Join(out, "\n")
	}
	if got, want := sheets(after, journal), sheets(r, journal[1:]); got != want {
		t.Errorf("after the closing date\n%s\nat it\n%s", got, want)
	}
	if book.Invoices.Len() != r.Book.Invoices.Len()+1 {
		t.Error("the book itself was changed")
	}
}
