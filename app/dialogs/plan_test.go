package dialogs

import (
	"context"
	"testing"

	"quitus/app/look"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
)

func TestPlanLooks(t *testing.T) {
	for name, setup := range map[string]shot.Setup{"plan_fr": {}, "plan_dark": {Width: 1280, Height: 1000, Appearance: look.Dark}, "plan_narrow": {Width: 1024, Height: 600}} {
		b := screentest.New(t, words.FR)
		id, _ := owing(t, b)
		s := stage(t, setup)
		Plan(b.Context, id, 0, nil)
		s.Golden(name)
		if name == "plan_dark" {
			s.Tap("Par dates")
			s.Tap("Compris")
			s.Tap("Ajouter une échéance")
			s.Golden("plan_dates_dark")
		}
	}
}

// A plan is looked at as the letter that leaves, then recorded with it.
func TestPlanRecords(t *testing.T) {
	b := screentest.New(t, words.FR)
	id, _ := owing(t, b)
	letters := b.Desk.State().Book.Letters.Len()
	s := stage(t, shot.Setup{})
	Plan(b.Context, id, 0, nil)
	s.Tap("Convenu")
	s.Tap("Lettre")
	s.Tap("Continuer")
	s.Golden("plan_letter_fr")
	if b.Desk.State().Book.Letters.Len() != letters {
		t.Fatal("recorded before it was looked at")
	}
	s.Tap("Enregistrer et imprimer")
	state := b.Desk.State()
	if state.Book.Letters.Len() != letters+1 || len(b.Opened) != 1 || len(b.Dones) != 1 {
		t.Fatalf("%d letters, %v, %v, %v", state.Book.Letters.Len(), b.Opened, b.Dones, b.Errors)
	}
	plans := state.Book.PlansOf(id)
	p := plans[len(plans)-1]
	if !state.Book.JudgePlan(p, state.On).Running || len(p.Instalments) != 3 {
		t.Errorf("%+v", p)
	}
}

// What is typed adds up to the cent, or the form says by how much it does not.
func TestPlanAddsUp(t *testing.T) {
	b := screentest.New(t, words.FR)
	id, _ := owing(t, b)
	m := newPlanModel(b.Desk, b.Words, id, 0)
	adds := func(what string) {
		t.Helper()
		if text := m.problem(); text != "" || !m.rest().IsZero() {
			t.Errorf("%s: %q, %v left", what, text, m.rest())
		}
		sum := int64(0)
		for _, i := range m.instalments() {
			sum += i.Amount
		}
		if sum != m.total().Minor {
			t.Errorf("%s: %d of %d", what, sum, m.total().Minor)
		}
	}
	adds("by count")
	m.Deposit.Minor = 10001
	adds("with a deposit")
	m.Interest = extraIncluded
	if !m.Extra.Positive() || m.total() == m.principal() {
		t.Errorf("no interest: %v", m.Extra)
	}
	adds("with interest")
	m.Split, m.Part.Minor = byAmount, 33333
	adds("by amount")
	m.Split = byCount
	m.begin()
	m.Split = byDates
	adds("by dates")
	m.Rows[0].Amount -= 100
	if m.problem() != b.Words.T("plans.problem.rest", "amount", ledger.Euros(100)) {
		t.Error(m.problem())
	}
	m.Rows[0].Amount += 200
	if m.problem() == "" {
		t.Error("too much is taken")
	}
	m.Rows[0].Amount -= 100
	m.Rows[1].Due = m.Rows[0].Due
	if m.problem() == "" {
		t.Error("two on one day are taken")
	}
}

func TestPlanEndLooks(t *testing.T) {
	b := screentest.New(t, words.FR)
	id, invoice := owing(t, b)
	p := &ledger.Plan{Customer: id, Made: screentest.Day.Add(-8), Currency: ledger.EUR, Invoices: []ledger.InvoiceID{invoice},
		Instalments: []ledger.Instalment{{Due: screentest.Day.Add(-6), Amount: 100000}, {Due: screentest.Day.Add(30), Amount: 100000}}}
	if _, err := b.Desk.Fill(context.Background(), func(d *ledger.Draft) error { d.Put(p); return nil }); err != nil {
		t.Fatal(err)
	}
	s := stage(t, shot.Setup{})
	EndPlan(b.Context, p, nil)
	s.Golden("plan_end_fr")
	s.Tap("Déchéance, par la clause")
	s.Golden("plan_end_lapsed_fr")
	s.Tap("Mettre fin")
	if x := b.Desk.State().Book.Plans.Get(uint32(p.ID)); x.End != ledger.PlanLapsed || len(b.Dones) != 1 {
		t.Errorf("%+v %v", x, b.Errors)
	}
}
