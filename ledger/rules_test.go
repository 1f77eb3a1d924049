package ledger

import (
	"slices"
	"testing"
)

// rulesBook has two customers: the first owes 100,00 € on F1, 50,00 € on F2 and 20.00 CHF on F4, has settled F3 and has a credit note.
func rulesBook() *Book {
	d := NewDraft(&Book{})
	day := Day(2026, 1, 1)
	d.Put(&Customer{Ref: "C1", Name: "A", Country: "FR"})
	d.Put(&Customer{Ref: "C2", Name: "B", Country: "FR"})
	invoice := func(c CustomerID, number string, total Money) {
		d.Put(&Invoice{Customer: c, Number: number, Issued: day, Due: day.Add(30), Total: total, CreditNote: total.Negative()})
	}
	invoice(1, "F1", Euros(10000))
	invoice(1, "F2", Euros(5000))
	invoice(1, "F3", Euros(700))
	invoice(1, "F4", Money{2000, CHF})
	invoice(2, "F5", Euros(900))
	invoice(1, "A1", Euros(-300))
	d.Put(&Payment{Customer: 1, On: day.Add(3), Amount: Euros(700), Allocations: []Allocation{{Invoice: 3, Amount: 700}}})
	return d.Next()
}

var rulesDay = Day(2026, 2, 10)

// said writes errors as field:code, in order.
func said(list []*Error) []string {
	out := []string{}
	for _, e := range list {
		field, _ := e.Args["field"].(string)
		out = append(out, field+":"+e.Code)
	}
	return out
}

func TestCheckPromises(t *testing.T) {
	b := rulesBook()
	st := b.Standings(rulesDay)
	due := rulesDay.Add(3)
	promise := func(amount Money, due Date, invoices ...InvoiceID) *Promise {
		return &Promise{Customer: 1, Made: rulesDay, Due: due, Amount: amount, Invoices: invoices}
	}
	for name, c := range map[string]struct {
		list []*Promise
		want []string // of the last
	}{
		"all":                    {[]*Promise{promise(Euros(15000), due)}, []string{}},
		"today":                  {[]*Promise{promise(Euros(1), rulesDay)}, []string{}},
		"more than all":          {[]*Promise{promise(Euros(15001), due)}, []string{"amount:promise_above"}},
		"past":                   {[]*Promise{promise(Euros(1), rulesDay.Add(-1))}, []string{"due:promise_past"}},
		"no day":                 {[]*Promise{promise(Euros(1), 0)}, []string{"due:field_required"}},
		"past and too much":      {[]*Promise{promise(Euros(15001), 1)}, []string{"due:promise_past", "amount:promise_above"}},
		"nothing":                {[]*Promise{promise(Euros(0), due)}, []string{"amount:promise_amount"}},
		"less than nothing":      {[]*Promise{promise(Euros(-1), due)}, []string{"amount:promise_amount"}},
		"one invoice":            {[]*Promise{promise(Euros(5000), due, 2)}, []string{}},
		"more than the invoice":  {[]*Promise{promise(Euros(5001), due, 2)}, []string{"amount:promise_above"}},
		"settled":                {[]*Promise{promise(Euros(1), due, 3)}, []string{"invoices:invoice_settled"}},
		"other currency":         {[]*Promise{promise(Euros(1), due, 4)}, []string{"amount:currency_differs"}},
		"nothing in it":          {[]*Promise{promise(Money{1, Currency("USD")}, due)}, []string{"amount:promise_settled"}},
		"francs":                 {[]*Promise{promise(Money{2000, CHF}, due)}, []string{}},
		"another's":              {[]*Promise{promise(Euros(1), due, 5)}, []string{"invoices:invoice_other_customer"}},
		"credit note":            {[]*Promise{promise(Euros(1), due, 6)}, []string{"invoices:invoice_is_credit"}},
		"not there":              {[]*Promise{promise(Euros(1), due, 60)}, []string{"invoices:invoice_unknown"}},
		"two dates":              {[]*Promise{promise(Euros(10000), due, 1), promise(Euros(5000), due, 2)}, []string{}},
		"two on one invoice":     {[]*Promise{promise(Euros(6000), due, 1), promise(Euros(4000), due.Add(9), 1)}, []string{}},
		"too much in two":        {[]*Promise{promise(Euros(6000), due, 1), promise(Euros(4001), due.Add(9), 1)}, []string{"amount:promise_above"}},
		"too much with all":      {[]*Promise{promise(Euros(6000), due, 1), promise(Euros(9001), due.Add(9))}, []string{"amount:promise_above"}},
		"part and whole":         {[]*Promise{promise(Euros(6000), due, 1), promise(Euros(9001), due.Add(9), 1, 2)}, []string{"amount:promise_above"}},
		"other currencies apart": {[]*Promise{promise(Euros(15000), due), promise(Money{2000, CHF}, due)}, []string{}},
	} {
		got := CheckPromises(b, c.list, st)
		if last := said(got[len(got)-1]); !slices.Equal(last, c.want) {
			t.Errorf("%s: %v, want %v", name, last, c.want)
		}
	}
	e := CheckPromise(b, promise(Euros(5001), due, 2), st)[0]
	if e.Args["open"] != Euros(5000) {
		t.Errorf("open is %v", e.Args["open"])
	}
	d := NewDraft(b)
	if list := RecordPromise(d, promise(Euros(5001), due, 2), rulesDay); len(list) != 1 || !d.Empty() {
		t.Errorf("staged all the same: %v", list)
	}
	if list := RecordPromise(d, promise(Euros(5000), due, 2), rulesDay); len(list) != 0 || d.Next().Promises.Len() != 1 {
		t.Errorf("not staged: %v", list)
	}
}

func TestCheckDispute(t *testing.T) {
	b := rulesBook()
	d := NewDraft(b)
	if list := RecordDispute(d, &Dispute{Invoice: 2, Opened: rulesDay.Add(-5), Reason: WrongAmount, Amount: 2000}, rulesDay); len(list) > 0 {
		t.Fatal(list)
	}
	b = d.Next()
	st := b.Standings(rulesDay)
	for name, c := range map[string]struct {
		x    Dispute
		want []string
	}{
		"all of it":     {Dispute{Invoice: 1, Reason: FaultyGoods}, []string{}},
		"part":          {Dispute{Invoice: 1, Reason: FaultyGoods, Amount: 10000, By: rulesDay}, []string{}},
		"above":         {Dispute{Invoice: 1, Reason: FaultyGoods, Amount: 10001}, []string{"amount:dispute_above"}},
		"negative":      {Dispute{Invoice: 1, Reason: FaultyGoods, Amount: -1}, []string{"amount:dispute_amount"}},
		"no reason":     {Dispute{Invoice: 1}, []string{"reason:field_required"}},
		"odd reason":    {Dispute{Invoice: 1, Reason: "mood"}, []string{"reason:dispute_reason"}},
		"past":          {Dispute{Invoice: 1, Reason: OtherDispute, By: rulesDay.Add(-1)}, []string{"by:dispute_past"}},
		"settled":       {Dispute{Invoice: 3, Reason: OtherDispute}, []string{"invoice:invoice_settled"}},
		"credit":        {Dispute{Invoice: 6, Reason: OtherDispute}, []string{"invoice:invoice_is_credit"}},
		"none":          {Dispute{Reason: OtherDispute}, []string{"invoice:field_required"}},
		"unknown":       {Dispute{Invoice: 99, Reason: OtherDispute}, []string{"invoice:invoice_unknown"}},
		"another":       {Dispute{Invoice: 2, Reason: OtherDispute}, []string{"invoice:dispute_running"}},
		"the same":      {Dispute{ID: 1, Invoice: 2, Reason: OtherDispute, Amount: 5000}, []string{}},
		"all is wrong":  {Dispute{Invoice: 1, Amount: 10001, By: 1}, []string{"amount:dispute_above", "reason:field_required", "by:dispute_past"}},
		"not mentioned": {Dispute{Invoice: 4, Reason: MissingProof, Amount: 2000}, []string{}},
	} {
		x := c.x
		x.Opened = rulesDay
		if got := said(CheckDispute(b, &x, st)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	if got := st.Of(2); got.Contested != 2000 || got.Open != 5000 {
		t.Errorf("%+v", got)
	}
	if err := CloseDispute(d, 9, rulesDay, ""); CodeOf(err) != "dispute_unknown" {
		t.Error(err)
	}
	if err := CloseDispute(d, 1, rulesDay, "Avoir de 20 €"); err != nil {
		t.Fatal(err)
	}
	if err := CloseDispute(d, 1, rulesDay, ""); CodeOf(err) != "dispute_closed" {
		t.Error(err)
	}
	b = d.Next()
	if x := b.Disputes.Get(1); x.Ended != "Avoir de 20 €" || b.OpenDispute(2, rulesDay) != nil || b.OpenDispute(2, rulesDay.Add(-1)) == nil {
		t.Errorf("%+v", x)
	}
}

func TestSetInsolvency(t *testing.T) {
	b := rulesBook()
	for name, c := range map[string]struct {
		judgment, published Date
		want                []string
	}{
		"judgment":               {rulesDay.Add(-9), 0, []string{}},
		"both":                   {rulesDay.Add(-9), rulesDay, []string{}},
		"same day":               {rulesDay, rulesDay, []string{}},
		"taken back":             {0, 0, []string{}},
		"judgment to come":       {rulesDay.Add(1), 0, []string{"judgment:insolvency_future"}},
		"publication to come":    {rulesDay, rulesDay.Add(1), []string{"published:insolvency_future"}},
		"published before":       {rulesDay, rulesDay.Add(-1), []string{"published:published_before"}},
		"published, no judgment": {0, rulesDay, []string{"judgment:field_required"}},
	} {
		d := NewDraft(b)
		got := SetInsolvency(d, 1, c.judgment, c.published, rulesDay)
		if !slices.Equal(said(got), c.want) {
			t.Errorf("%s: %v, want %v", name, said(got), c.want)
		}
		if len(got) == 0 {
			if x := d.Next().Customer(1); x.Insolvent != c.judgment || x.Published != c.published {
				t.Errorf("%s: %+v", name, x)
			}
		} else if !d.Empty() {
			t.Errorf("%s: staged", name)
		}
	}
}

func TestRecordPlan(t *testing.T) {
	b := rulesBook()
	parts := []Instalment{{rulesDay.Add(10), 5000}, {rulesDay.Add(40), 5000}}
	for name, c := range map[string]struct {
		p    Plan
		want []string
	}{
		"right":           {Plan{Invoices: []InvoiceID{1}, Currency: EUR, Instalments: parts}, []string{}},
		"no invoice":      {Plan{Currency: EUR, Instalments: parts}, []string{"invoices:field_required"}},
		"another's":       {Plan{Invoices: []InvoiceID{5}, Currency: EUR, Instalments: parts}, []string{"invoices:invoice_other_customer"}},
		"other currency":  {Plan{Invoices: []InvoiceID{4}, Currency: EUR, Instalments: parts}, []string{"amount:currency_differs"}},
		"settled":         {Plan{Invoices: []InvoiceID{1, 3}, Currency: EUR, Instalments: parts}, []string{"invoices:invoice_settled"}},
		"more than is so": {Plan{Invoices: []InvoiceID{2}, Currency: EUR, Instalments: parts}, []string{"instalments:plan_above"}},
	} {
		d := NewDraft(b)
		p := c.p
		p.Customer, p.Made = 1, rulesDay
		if got := said(RecordPlan(d, &p, rulesDay)); !slices.Equal(got, c.want) || d.Empty() != (len(got) > 0) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	d := NewDraft(b)
	p := &Plan{Customer: 1, Made: rulesDay, Invoices: []InvoiceID{1}, Currency: EUR, Instalments: parts}
	RecordPlan(d, p, rulesDay)
	for _, c := range []struct {
		id   PlanID
		end  PlanEnd
		want string
	}{{7, PlanLapsed, "plan_unknown"}, {1, "tired", "plan_end"}, {1, PlanLapsed, ""}, {1, PlanKept, "plan_ended"}} {
		if err := EndPlan(d, c.id, c.end, rulesDay.Add(1)); CodeOf(err) != c.want {
			t.Errorf("%d %s: %v", c.id, c.end, err)
		}
	}
	if x := d.Next().Plans.Get(1); x.End != PlanLapsed || x.Ended != rulesDay.Add(1) || p.End != PlanRunning {
		t.Errorf("%+v", x)
	}
}
