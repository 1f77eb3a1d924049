package desk

import (
	"context"
	"testing"

	"quitus/ledger"
	"quitus/letters"
)

// lateByLetter gives a desk on a ledger with two late invoices of one customer who is reminded by letter.
func lateByLetter(t *testing.T) *Desk {
	t.Helper()
	d := opened(t)
	takeIn(t, d, look(t, d, write(t, "f.csv", "N° facture;Client;Date;Échéance;Montant TTC", "F1;DUPONT;01/08/2026;31/08/2026;100,00", "F2;DUPONT;01/09/2026;01/10/2026;50,00"), Hints{}))
	byLetter(t, d)
	return d
}

func order(c LetterCase) LetterOrder {
	return LetterOrder{Case: c, LetterRequest: LetterRequest{Customer: c.Customer.ID, Model: c.Model, Invoices: c.Invoices, Currency: c.Amount.Currency}}
}

// do writes and records what is ordered.
func do(t *testing.T, d *Desk, list ...LetterOrder) ledger.Entry {
	t.Helper()
	made := d.PrepareLetters(context.Background(), list, nil)
	for _, x := range made {
		if x.Err != nil {
			t.Fatal(x.Err)
		}
	}
	e, err := d.DoLetters(context.Background(), made)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// A letter that does a task records its level once, in one batch; taking it back brings the task back.
func TestLetterDoesItsTaskOnce(t *testing.T) {
	ctx := context.Background()
	d := lateByLetter(t)
	name := d.State().Agenda().Tasks[0].Name
	e := do(t, d, order(d.State().LetterCases()[0]))
	b := d.State().Book
	if b.Letters.Len() != 1 || b.Actions.Len() != 1 {
		t.Fatalf("%d letters, %d actions", b.Letters.Len(), b.Actions.Len())
	}
	for a := range b.Actions.All() {
		if a.Step != "first_reminder" || len(a.Lines) != 2 || a.Lines[0].Level != 1 || a.Letter == 0 || a.Deadline == 0 || a.Channel != ledger.ChannelLetter {
			t.Errorf("%+v", a)
		}
	}
	for l := range b.Letters.All() {
		if l.Sent != d.Today() {
			t.Errorf("%s is not noted as sent", l.Reference)
		}
	}
	for _, w := range d.State().Agenda().Waiting {
		if w.Next != "call" {
			t.Errorf("after the first reminder comes %s", w.Next)
		}
	}
	if n := d.State().LettersDue(); n != 0 {
		t.Errorf("%d letters are due again", n)
	}
	if _, _, err := d.Undo(ctx, e.Seq); err != nil {
		t.Fatal(err)
	}
	b = d.State().Book
	if b.Letters.Len() != 0 || b.Actions.Len() != 0 || d.State().Agenda().Tasks[0].Name != name {
		t.Errorf("%d letters, %d actions, tasks %+v", b.Letters.Len(), b.Actions.Len(), d.State().Agenda().Tasks)
	}
}

// A letter of another model than the task's is told by the letter: the agenda goes on from its level.
func TestAnotherModelIsNoTask(t *testing.T) {
	d := lateByLetter(t)
	o := order(d.State().LetterCases()[0])
	o.Model = letters.SecondReminder
	do(t, d, o)
	if n := d.State().Book.Actions.Len(); n != 0 {
		t.Errorf("%d actions", n)
	}
	if w := d.State().Agenda().Waiting; len(w) != 2 || w[0].Next != "formal_notice" {
		t.Errorf("%+v", w)
	}
}

// A statement asks for no level, and is sent beside what is due.
func TestStatementIsNoLevel(t *testing.T) {
	d := lateByLetter(t)
	o := order(d.State().LetterCases()[0])
	o.Model, o.Invoices = letters.StatementOfAccount, nil
	do(t, d, o)
	for _, w := range d.State().Agenda().Waiting {
		if w.Next != "first_reminder" {
			t.Errorf("%+v", w)
		}
	}
}

// Who goes past a house rule says why; it is kept with the level that was done.
func TestReasonForGoingPastARule(t *testing.T) {
	ctx := context.Background()
	d := lateByLetter(t)
	if _, err := d.RecordSteps(ctx, []ledger.InvoiceID{1, 2}, ledger.StepCall, 1, d.Today().Add(-1), ""); err != nil {
		t.Fatal(err)
	}
	c := d.State().LetterCases()[0]
	if c.Hold != "too_soon" || len(d.Against(c.Customer.ID, c.Task.Channel)) == 0 {
		t.Fatalf("%+v", c)
	}
	o := order(c)
	o.Why = "il l’a demandé"
	do(t, d, o)
	found := false
	for a := range d.State().Book.Actions.All() {
		found = found || a.Why == o.Why && a.Letter != 0 && len(a.Lines) == 2 && a.Lines[0].Level == 3
	}
	if !found {
		t.Error("the reason is not kept with the level")
	}
	if w := d.State().Agenda().Waiting; len(w) != 2 || w[0].Next != "formal_notice" {
		t.Errorf("%+v", w)
	}
}

// An e-mail waits in the outbox; one that is taken out has done nothing.
func TestEmailGoesToTheOutbox(t *testing.T) {
	ctx := context.Background()
	d := lateByLetter(t)
	o := order(d.State().LetterCases()[0])
	o.ByEmail = true
	do(t, d, o)
	box := d.State().Outbox()
	if len(box) != 1 || box[0].Subject == "" || box[0].Body == "" || box[0].Model != letters.FirstReminder {
		t.Fatalf("%+v", box)
	}
	if d.State().LettersDue() != 0 || d.State().Book.Letters.Len() != 0 {
		t.Error("the level is not done")
	}
	e, err := d.DropMessage(ctx, box[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if s := d.State(); len(s.Outbox()) != 0 || s.LettersDue() != 1 || s.Book.Actions.Len() != 0 {
		t.Errorf("outbox %d, due %d, actions %d", len(s.Outbox()), s.LettersDue(), s.Book.Actions.Len())
	}
	if _, err := d.DropMessage(ctx, box[0].ID); ledger.CodeOf(err) != "message_unknown" {
		t.Error(err)
	}
	if _, _, err := d.Undo(ctx, e.Seq); err != nil || len(d.State().Outbox()) != 1 || d.State().LettersDue() != 0 {
		t.Errorf("%v, outbox %d", err, len(d.State().Outbox()))
	}
}

// Of several letters, one that cannot be written hinders no other.
func TestOneFailureHindersNoOther(t *testing.T) {
	d := lateByLetter(t)
	good := order(d.State().LetterCases()[0])
	bad := good
	bad.Model = letters.CallSummary
	made := d.PrepareLetters(context.Background(), []LetterOrder{bad, good}, nil)
	if ledger.CodeOf(made[0].Err) != "letter_facts_missing" || made[1].Err != nil {
		t.Fatalf("%v, %v", made[0].Err, made[1].Err)
	}
	if _, err := d.DoLetters(context.Background(), made); err != nil || d.State().Book.Letters.Len() != 1 {
		t.Errorf("%v, %d letters", err, d.State().Book.Letters.Len())
	}
}

// A plan in the ledger is told by the letters about plans, with what came in since.
func TestPlanOfTheLedger(t *testing.T) {
	on := ledger.Day(2026, 11, 24)
	s := stateWith(t, on, func(x *ledger.Draft) {
		x.Put(&ledger.Invoice{Customer: 1, Number: "F-1", Issued: on.Add(-60), Due: on.Add(-30), Total: ledger.Euros(90000)})
		x.Put(&ledger.Plan{Customer: 1, Made: on.Add(-20), Currency: ledger.EUR, Invoices: []ledger.InvoiceID{1}, Instalments: []ledger.Instalment{
			{Due: on.Add(-10), Amount: 30000}, {Due: on.Add(-3), Amount: 30000}, {Due: on.Add(20), Amount: 30000}}})
		x.Put(&ledger.Payment{Customer: 1, On: on.Add(-9), Amount: ledger.Euros(40000), Allocations: []ledger.Allocation{{Invoice: 1, Amount: 40000}}})
	})
	w := &Writer{state: s}
	r := LetterRequest{Customer: 1, Model: letters.PlanLapse}
	w.takePlan(&r)
	p := r.Facts.Plan
	if p == nil || len(p.Instalments) != 3 || p.Instalments[0].Paid != ledger.Euros(30000) || p.Instalments[1].Paid != ledger.Euros(10000) || p.Instalments[2].Paid.Minor != 0 {
		t.Fatalf("%+v", p)
	}
	if _, err := (&Writer{state: s}).Write(LetterRequest{Customer: 1, Model: letters.PlanLapse}); err != nil {
		t.Error(err)
	}
	if w.planOf(1, letters.FirstReminder) != nil {
		t.Error("a reminder tells of a plan")
	}
}

// Who came to write to a customer may, whatever the agenda says.
func TestInsistedCases(t *testing.T) {
	d := lateByLetter(t)
	if c := d.State().InsistedCases(1); len(c) != 1 || c[0].Hold != "" || c[0].Amount != ledger.Euros(15000) {
		t.Errorf("%+v", c)
	}
	do(t, d, order(d.State().LetterCases()[0]))
	if c := d.State().InsistedCases(1); len(c) != 1 || c[0].Hold != "too_soon" && c[0].Hold != "not_yet" || c[0].Model != letters.SecondReminder || len(c[0].Invoices) != 2 {
		t.Errorf("%+v", c)
	}
	// What is promised is left out while there is something else to write about.
	f := lateByLetter(t)
	if _, err := f.Fill(context.Background(), func(x *ledger.Draft) error {
		x.Put(&ledger.Promise{Customer: 1, Made: f.Today(), Due: f.Today().Add(5), Amount: ledger.Euros(5000), Invoices: []ledger.InvoiceID{2}})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if c := f.State().InsistedCases(1); len(c) != 1 || len(c[0].Invoices) != 1 || c[0].Amount != ledger.Euros(10000) {
		t.Errorf("%+v", c)
	}
	do(t, f, order(f.State().LetterCases()[0]))
	if c := f.State().InsistedCases(1); len(c) != 1 || len(c[0].Invoices) != 1 || c[0].Hold == "promised" {
		t.Errorf("%+v", c)
	}
	e := opened(t)
	if _, err := e.Fill(context.Background(), func(x *ledger.Draft) error {
		x.Put(&ledger.Company{Name: "Valdoré", Country: "FR"})
		x.Put(&ledger.Customer{Ref: "C1", Name: "Dervaux", Type: ledger.CompanyCustomer, Country: "FR"})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if c := e.State().InsistedCases(1); len(c) != 1 || c[0].Hold != HoldNothing || c[0].Amount.Minor != 0 {
		t.Errorf("%+v", c)
	}
}
