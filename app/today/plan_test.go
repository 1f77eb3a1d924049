package today

import (
	"context"
	"testing"

	"quitus/app/screen"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/followup"
)

// When the written reminder of a plan ran out, Today asks for the plan's end, and ends it.
func TestPlanEndIsATask(t *testing.T) {
	b := screentest.New(t, words.FR)
	day := screentest.Day
	id := b.Desk.State().Book.CustomersByName("Garage Tessonnier")[0]
	invoice := ledger.InvoiceID(0)
	for _, i := range b.Desk.State().Book.InvoicesOf(id) {
		if b.Desk.State().Standings.Of(i).DaysLate > 0 {
			invoice = i
		}
	}
	p := &ledger.Plan{Customer: id, Made: day.Add(-30), Currency: ledger.EUR, Invoices: []ledger.InvoiceID{invoice},
		Instalments: []ledger.Instalment{{Due: day.Add(-20), Amount: 50000}, {Due: day.Add(20), Amount: 50000}}}
	if _, err := b.Desk.Fill(context.Background(), func(d *ledger.Draft) error {
		d.Put(p)
		d.Put(&ledger.Letter{Customer: id, Model: "plan_lapse", Reference: "EC-1", On: day.Add(-12), Sent: day.Add(-12), Deadline: day.Add(-2), Amount: ledger.Euros(50000), Hash: d.Keep([]byte("x"))})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	name := ""
	for _, x := range b.Desk.State().Agenda().Tasks {
		if x.Step == followup.StepPlanEnd {
			name = x.Name
		}
	}
	if name == "" {
		t.Fatal("no task asks for the end of the plan")
	}
	v := New(b.Context).(*view)
	s := shot.Open(t, shot.Setup{}, v.Object)
	v.Show(screen.Place{})
	for i := range v.model.Rows {
		if v.model.Rows[i].Is(name) {
			v.do(&v.model.Rows[i])
		}
	}
	s.Has("Mettre fin à l’échéancier", "Déchéance, par la clause")
	s.Tap("Mettre fin")
	if x := b.Desk.State().Book.Plans.Get(uint32(p.ID)); x.End != ledger.PlanLapsed {
		t.Errorf("%+v %v", x, b.Errors)
	}
}
