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
		"plan_above":     {{on, 10501}},
	} {
		list := CheckPlan(b, &Plan{Customer: 1, Made: on, Currency: EUR, Extra: 500, Invoices: []InvoiceID{1}, Instalments: parts}, b.Standings(on))
		if want == "" && len(list) != 0 || want != "" && (len(list) != 1 || list[0].Code != want) {
			t.Errorf("%s: %v", want, list)
		}
	}
}

// A plan counts what is paid for its invoices or for none in particular, and an invoice is in one running plan at a time.
func TestPlanParts(t *testing.T) {
	d := NewDraft(&Book{})
	d.Put(&Customer{Ref: "C1", Name: "A", Country: "FR"})
	for _, n := range []string{"F1", "F2"} {
		d.Put(&Invoice{Customer: 1, Number: n, Issued: Day(2026, 1, 1), Due: Day(2026, 1, 31), Total: Euros(90000)})
	}
	made := Day(2026, 2, 10)
	p := &Plan{Customer: 1, Made: made, Currency: EUR, Invoices: []InvoiceID{1}, Instalments: []Instalment{{made.Add(10), 30000}, {made.Add(20), 60000}}}
	d.Put(p)
	for _, y := range []Payment{
		{On: made.Add(-1), Amount: Euros(500), Allocations: []Allocation{{Invoice: 1, Amount: 500}}},
		{On: made.Add(2), Amount: Euros(20000), Allocations: []Allocation{{Invoice: 1, Amount: 20000}}},
		{On: made.Add(3), Amount: Euros(40000), Allocations: []Allocation{{Invoice: 2, Amount: 40000}}},
		{On: made.Add(4), Amount: Euros(15000)},
		{On: made.Add(6), Amount: Euros(-1000), Allocations: []Allocation{{Invoice: 1, Amount: -1000}}},
	} {
		y.Customer = 1
		d.Put(&y)
	}
	b := d.Next()
	if got := b.PlanParts(p, made.Add(5)); got[0].Paid != 30000 || got[1].Paid != 5000 {
		t.Errorf("%+v", got)
	}
	if s := b.JudgePlan(p, made.Add(21)); s.Missed != made.Add(20) || s.Late != 56000 || s.Paid != 34000 {
		t.Errorf("%+v", s)
	}
	on := made.Add(5)
	again := &Plan{Customer: 1, Made: on, Currency: EUR, Invoices: []InvoiceID{1}, Instalments: []Instalment{{on, 1000}}}
	if list := CheckPlan(b, again, b.Standings(on)); len(list) != 1 || list[0].Code != "plan_running" {
		t.Error(list)
	}
	proposed := Clone(p)
	proposed.Proposed = true
	d = NewDraft(b)
	d.Put(proposed)
	if b = d.Next(); b.JudgePlan(proposed, on).Running || b.RunningPlan(1, on) != nil || b.Standings(on).Of(1).Planned {
		t.Error("a plan that is only proposed runs")
	}
}
