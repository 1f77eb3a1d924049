package imports

import (
	"testing"

	"quitus/ledger"
)

var planDay = ledger.Day(2026, 11, 24)

func draftOf(number, customer string, total, open int64) Draft {
	return Draft{
		Line: 2, Number: number, CustomerName: customer, Issued: planDay.Add(-40), Due: planDay.Add(-10),
		Total: ledger.Euros(total), Open: ledger.Euros(open),
	}
}

// taken gives the book after drafts were taken into it.
func taken(b *ledger.Book, on ledger.Date, drafts ...Draft) *ledger.Book {
	d := ledger.NewDraft(b)
	NewPlan(b, drafts, on, nil).Stage(d, &ledger.Import{File: "x.xlsx"}, on)
	return d.Next()
}

func TestPlanCreatesAndRecognises(t *testing.T) {
	b := taken(&ledger.Book{}, planDay, draftOf("FA-1", "Garage Tessonnier", 1000, 1000), draftOf("FA-2", "GARAGE  TESSONNIER", 500, 200), draftOf("FA-1", "Hôtel Belloré", 70, 70))
	if b.Customers.Len() != 2 || b.Invoices.Len() != 3 {
		t.Fatalf("%d customers, %d invoices", b.Customers.Len(), b.Invoices.Len())
	}
	if open := b.Standings(planDay).Of(2).Open; open != 200 {
		t.Errorf("FA-2 has %d open", open)
	}
	p := NewPlan(b, []Draft{draftOf("fa-1", "garage tessonnier", 1000, 1000), draftOf("FA-3", "Hotel bellore", 1, 1)}, planDay, nil)
	if p.Same != 1 || p.New != 1 || len(p.NewCustomers) != 0 || p.Items[1].Customer != 2 {
		t.Errorf("%+v", p)
	}
}

func TestPlanTakesTheSecondImportAsNothing(t *testing.T) {
	drafts := []Draft{draftOf("FA-1", "Garage", 1000, 300), draftOf("AV-1", "Garage", -200, -200)}
	drafts[1].CreditNote = true
	b := taken(&ledger.Book{}, planDay, drafts...)
	if p := NewPlan(b, drafts, planDay, nil); p.New+p.Changed != 0 || p.Same != 2 {
		t.Errorf("new %d, changed %d, same %d", p.New, p.Changed, p.Same)
	}
}

func TestPlanUpdatesWhatTheRegisterSaysAnew(t *testing.T) {
	b := taken(&ledger.Book{}, planDay, draftOf("FA-1", "Garage", 1000, 1000))
	pay := ledger.NewDraft(b)
	if _, err := ledger.Pay(pay, 1, planDay.Add(1), ledger.Euros(400), ledger.Cheque, ""); err != nil {
		t.Fatal(err)
	}
	b = pay.Next()
	// The register has not heard of the payment: it stays.
	if b = taken(b, planDay.Add(2), draftOf("FA-1", "Garage", 1000, 1000)); b.Standings(planDay.Add(3)).Of(1).Open != 600 {
		t.Errorf("after the same line: %d open", b.Standings(planDay.Add(3)).Of(1).Open)
	}
	// Next month it has, with another one: both count once.
	if b = taken(b, planDay.Add(30), draftOf("FA-1", "Garage", 1000, 100)); b.Standings(planDay.Add(31)).Of(1).Open != 100 {
		t.Errorf("after the newer figure: %d open", b.Standings(planDay.Add(31)).Of(1).Open)
	}
	// An older figure would reopen what is known as paid: it waits for the owner's word.
	older := []Draft{draftOf("FA-1", "Garage", 1000, 1000)}
	if b = taken(b, planDay.Add(60), older...); b.Standings(planDay.Add(61)).Of(1).Open != 100 {
		t.Errorf("after an older figure: %d open", b.Standings(planDay.Add(61)).Of(1).Open)
	}
	p := NewPlan(b, older, planDay.Add(60), nil)
	if p.Left != 1 || p.Changed != 0 || !p.Items[0].Reopens || len(p.Doubts) != 1 || p.Doubts[0].Code != "would_reopen" {
		t.Errorf("%+v", p)
	}
	// Even then what was paid here stays paid.
	p = NewPlan(b, older, planDay.Add(60), Decisions{older[0].Line: true})
	d := ledger.NewDraft(b)
	p.Stage(d, &ledger.Import{}, planDay.Add(60))
	if open := d.Next().Standings(planDay.Add(61)).Of(1).Open; p.Changed != 1 || open != 600 {
		t.Errorf("after the owner's word: %d open, %+v", open, p)
	}
}

// A payment came on top of what the register said; the register then gives a figure below their sum.
func TestPlanAsksBeforeItReopensWhatTheBankSettled(t *testing.T) {
	b := taken(&ledger.Book{}, planDay, draftOf("FA-1", "Garage", 1000, 700))
	pay := ledger.NewDraft(b)
	if _, err := ledger.Pay(pay, 1, planDay.Add(5), ledger.Euros(700), ledger.Transfer, ""); err != nil {
		t.Fatal(err)
	}
	b = pay.Next()
	for name, c := range map[string]struct {
		total, open int64
		reopens     bool
	}{"the same": {1000, 700, false}, "less paid than known": {1000, 500, true}, "all paid": {1000, 0, false}, "a larger total": {1200, 200, true}} {
		p := NewPlan(b, []Draft{draftOf("FA-1", "Garage", c.total, c.open)}, planDay.Add(30), nil)
		if p.Items[0].Reopens != c.reopens || p.Items[0].Left != c.reopens {
			t.Errorf("%s: %+v", name, p.Items[0])
		}
	}
}

func TestPlanLeavesWhatTheOwnerLeaves(t *testing.T) {
	one, two := draftOf("FA-1", "Garage", 1000, 1000), draftOf("FA-2", "Hôtel", 500, 500)
	one.Line, two.Line = 2, 3
	d := ledger.NewDraft(&ledger.Book{})
	p := NewPlan(d.Book(), []Draft{one, two}, planDay, Decisions{3: false})
	p.Stage(d, &ledger.Import{}, planDay)
	if b := d.Next(); p.New != 1 || p.Left != 1 || b.Invoices.Len() != 1 || b.Customers.Len() != 1 || p.Totals[ledger.EUR] != 1000 {
		t.Errorf("%+v: %d invoices", p, b.Invoices.Len())
	}
}

func TestPlanRefusesATotalBelowWhatIsSettled(t *testing.T) {
	b := taken(&ledger.Book{}, planDay, draftOf("FA-1", "Garage", 1000, 1000))
	pay := ledger.NewDraft(b)
	ledger.Pay(pay, 1, planDay, ledger.Euros(400), ledger.Cheque, "")
	b = pay.Next()
	p := NewPlan(b, []Draft{draftOf("FA-1", "Garage", 300, 300)}, planDay, nil)
	if len(p.Refused) != 1 || p.Refused[0].Code != "total_below_settled" || len(p.Items) != 0 {
		t.Errorf("%+v", p)
	}
	if p := NewPlan(b, []Draft{draftOf("FA-1", "Garage", 400, 400)}, planDay, nil); len(p.Refused) != 0 || p.Changed != 1 {
		t.Errorf("a total of just what is settled: %+v", p)
	}
}

func TestPlanKeepsCustomersOfOneNameApart(t *testing.T) {
	one, two := draftOf("FA-1", "Martin", 100, 100), draftOf("FA-2", "Martin", 100, 100)
	one.CustomerRef, two.CustomerRef = "M1", "M2"
	b := taken(&ledger.Book{}, planDay, one, two)
	if b.Customers.Len() != 2 {
		t.Fatalf("%d customers", b.Customers.Len())
	}
	// Without a code nobody can tell which Martin is meant: a customer of its own, to be merged by hand.
	if p := NewPlan(b, []Draft{draftOf("FA-3", "Martin", 100, 100)}, planDay, nil); len(p.NewCustomers) != 1 {
		t.Errorf("%+v", p.NewCustomers)
	}
}

// What a register says before tax is kept, found where a known invoice lacks it, and given up with the total
// that it was of.
func TestPlanKeepsTheAmountBeforeTax(t *testing.T) {
	told := func(total, net int64) Draft {
		d := draftOf("FA-1", "Garage", total, total)
		d.Net = ledger.Euros(net)
		return d
	}
	b := taken(&ledger.Book{}, planDay, draftOf("FA-1", "Garage", 1200, 1200))
	if i := b.Invoice(1); i.Net != 0 || i.VAT != 0 {
		t.Errorf("nobody told: %+v", i)
	}
	if p := NewPlan(b, []Draft{told(1200, 1000)}, planDay, nil); p.Changed != 1 || len(p.Items[0].Changes) != 1 || p.Items[0].Changes[0] != Net {
		t.Errorf("%+v", p)
	}
	b = taken(b, planDay, told(1200, 1000))
	if i := b.Invoice(1); i.Net != 1000 || i.VAT != 200 {
		t.Errorf("%+v", i)
	}
	if p := NewPlan(b, []Draft{told(1200, 1000), draftOf("FA-1", "Garage", 1200, 1200)}, planDay, nil); p.Same != 2 {
		t.Errorf("the same, and one that does not tell: %+v", p)
	}
	if i := taken(b, planDay, told(2400, 2000)).Invoice(1); i.Total.Minor != 2400 || i.Net != 2000 || i.VAT != 400 {
		t.Errorf("%+v", i)
	}
	if i := taken(b, planDay, draftOf("FA-1", "Garage", 2400, 2400)).Invoice(1); i.Net != 0 || i.VAT != 0 {
		t.Errorf("another total: %+v", i)
	}
}
