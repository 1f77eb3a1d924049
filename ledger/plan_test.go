package ledger

import "testing"

func TestJudgePlan(t *testing.T) {
	d := NewDraft(&Book{})
	d.Put(&Customer{Ref: "C1", Name: "A", Country: "FR"})
	d.Put(&Invoice{Customer: 1, Number: "F1", Issued: Day(2026, 1, 1), Due: Day(2026, 1, 31), Total: Euros(90000)})
	d.Put(&Payment{Customer: 1, On: Day(2026, 3, 1), Amount: Euros(30000), Allocations: []Allocation{{Invoice: 1, Amount: 30000}}})
	p := &Plan{Customer: 1, Made: Day(2026, 2, 10), Currency: EUR, Invoices: []InvoiceID{1}, Instalments: []Instalment{
		{Day(2026, 3, 1), 30000}, {Day(2026, 4, 1), 30000}, {Day(2026, 5, 1), 30000}}}
	d.Put(p)
	b := d.Next()
	for _, c := range []struct {
		on           Date
		running      bool
		missed, next Date
		situation    Situation
	}{
		{Day(2026, 2, 9), false, 0, Day(2026, 3, 1), Late},
		{Day(2026, 2, 10), true, 0, Day(2026, 3, 1), Promised},
		{Day(2026, 3, 2), true, 0, Day(2026, 4, 1), Promised},
		{Day(2026, 4, 2), true, Day(2026, 4, 1), Day(2026, 5, 1), PromiseBroken},
	} {
		s := b.JudgePlan(p, c.on)
		if s.Running != c.running || s.Missed != c.missed || s.Next != c.next {
			t.Errorf("%v: %+v", c.on, s)
		}
		if got := b.Standings(c.on).Of(1).Situation; got != c.situation {
			t.Errorf("%v: situation %d", c.on, got)
		}
	}
}

func TestCheckPlan(t *testing.T) {
	d := NewDraft(&Book{})
	d.Put(&Customer{Ref: "C1", Name: "A", Country: "FR"})
	d.Put(&Invoice{Customer: 1, Number: "F1", Issued: Day(2026, 1, 1), Due: Day(2026, 1, 31), Total: Euros(10000)})
	b := d.Next()
	on := Day(2026, 2, 10)
	for want, parts := range map[string][]Instalment{
		"":               {{on, 5000}, {on.Add(30), 5000}},
		"field_required": nil,
		"plan_past":      {{on.Add(-1), 5000}},
		"plan_order":     {{on.Add(5), 5000}, {on.Add(5), 1000}},
		"plan_amount":    {{on, 0}},
		"plan_above":     {{on, 10001}},
	} {
		list := CheckPlan(b, &Plan{Customer: 1, Made: on, Currency: EUR, Invoices: []InvoiceID{1}, Instalments: parts}, b.Standings(on))
		if want == "" && len(list) != 0 || want != "" && (len(list) != 1 || list[0].Code != want) {
			t.Errorf("%s: %v", want, list)
		}
	}
}
