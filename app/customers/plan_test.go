package customers

import (
	"context"
	"testing"

	"quitus/app/look"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
)

// withPlans gives a customer a plan of which one instalment came, one came in part and one is to come, and one that is proposed.
func withPlans(t *testing.T, lang words.Lang) *screentest.Bench {
	t.Helper()
	b := screentest.New(t, lang)
	day := screentest.Day
	id := b.Desk.State().Book.CustomersByName("Garage Tessonnier")[0]
	var open []ledger.InvoiceID
	for _, i := range b.Desk.State().Book.InvoicesOf(id) {
		if b.Desk.State().Standings.Of(i).Open > 0 {
			open = append(open, i)
		}
	}
	if _, err := b.Desk.Fill(context.Background(), func(d *ledger.Draft) error {
		d.Put(&ledger.Plan{Customer: id, Made: day.Add(-40), Currency: ledger.EUR, Invoices: open[:1], Instalments: []ledger.Instalment{
			{Due: day.Add(-30), Amount: 50000}, {Due: day.Add(-3), Amount: 100000}, {Due: day.Add(27), Amount: 100000}}})
		d.Put(&ledger.Payment{Customer: id, On: day.Add(-31), Amount: ledger.Euros(70000), Allocations: []ledger.Allocation{{Invoice: open[0], Amount: 70000}}})
		d.Put(&ledger.Plan{Customer: id, Made: day, Currency: ledger.EUR, Proposed: true, Invoices: open[1:2], Instalments: []ledger.Instalment{
			{Due: day.Add(10), Amount: 60000}, {Due: day.Add(40), Amount: 60000}}})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestPlanLooks(t *testing.T) {
	for name, setup := range map[string]shot.Setup{"page_plan_fr": {Height: 1000}, "page_plan_dark": {Height: 1000, Appearance: look.Dark}, "page_plan_narrow": {Width: 1024, Height: 600}} {
		w, _ := openPage(t, withPlans(t, words.FR), setup, "Garage Tessonnier")
		w.Golden(name)
	}
}

// The page says of each instalment whether it came, and leads to the reminder of what is missing.
func TestPlanShown(t *testing.T) {
	b := withPlans(t, words.FR)
	id := b.Desk.State().Book.CustomersByName("Garage Tessonnier")[0]
	list := readPlans(b.Words, b.Desk.State(), id)
	if len(list) != 2 || !list[0].Missed || list[1].Missed {
		t.Fatalf("%+v", list)
	}
	got := list[0].Parts
	if got[0].Situation != ledger.Settled || got[1].Situation != ledger.Late || got[2].Situation != ledger.NotDue {
		t.Errorf("%+v", got)
	}
	w, _ := openPage(t, b, shot.Setup{Height: 1000}, "Garage Tessonnier")
	w.Tap("Écrire le rappel")
	if len(b.Went) != 1 || b.Went[0].Filter != "plan_lapse" {
		t.Errorf("%+v", b.Went)
	}
}
