package dialogs

import (
	"testing"

	"fyne.io/fyne/v2"

	"quitus/app/look"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
)

// garage gives the customer of the sample with three open invoices, 7 630,00 € in all.
func garage(t *testing.T, b *screentest.Bench) ledger.CustomerID {
	t.Helper()
	ids := b.Desk.State().Book.CustomersByName("Garage Tessonnier")
	if len(ids) != 1 {
		t.Fatal("not in the sample")
	}
	return ids[0]
}

func TestPromiseForm(t *testing.T) {
	b := screentest.New(t, words.FR)
	id := garage(t, b)
	s := stage(t, shot.Setup{})
	told, before := 0, b.Desk.State().Book.Promises.Len()
	Promise(b.Context, id, func() { told++ })
	s.Golden("promise_fr")
	s.Type("7630,01")
	s.Key(fyne.KeyTab)
	s.Type("23/11")
	s.Key(fyne.KeyReturn)
	s.Has("C’est plus que ce qui est dû", "est passé. Une promesse")
	s.Golden("promise_wrong_fr")
	if n := b.Desk.State().Book.Promises.Len(); n != before {
		t.Fatal("recorded all the same")
	}
	s.Key(fyne.KeyTab) // from the amount, which has the keyboard again
	s.Shortcut(&fyne.ShortcutSelectAll{})
	s.Type("27/11/2026")
	s.Key(fyne.KeyReturn) // the amount is still too much
	s.HasNot("est passé")
	s.Tap("Tout ce qui est dû")
	s.Tap("F-2026-0324, reste 2\u202f360,00\u00a0€")
	s.Tap("Noter la promesse")
	p := b.Desk.State().Book.Promises.Get(uint32(before) + 1)
	if p == nil || p.Amount != ledger.Euros(236000) || p.Due != screentest.Day.Add(3) || len(p.Invoices) != 1 || told != 1 || len(b.Dones) != 1 {
		t.Errorf("%+v, told %d, %v %v", p, told, b.Dones, b.Errors)
	}
}

func TestDisputeForms(t *testing.T) {
	b := screentest.New(t, words.FR)
	id := garage(t, b)
	s := stage(t, shot.Setup{Appearance: look.Dark})
	Dispute(b.Context, id, 0, nil)
	s.Tap("Noter le litige")
	s.Has("Choisissez le motif.")
	s.Tap("Choisir")
	s.Tap("Montant inexact")
	s.Tap("Montant contesté")
	s.Type("9999")
	s.Key(fyne.KeyTab)
	s.Has("plus que le reste dû")
	s.Golden("dispute_wrong_dark")
	s.Tap("Montant contesté")
	s.Shortcut(&fyne.ShortcutSelectAll{})
	s.Type("120")
	s.Tap("Noter le litige")
	invoice := b.Desk.State().Book.InvoicesByNumber("F-2026-0306")[0]
	if st := b.Desk.State().Standings.Of(invoice); st.Contested != 12000 {
		t.Fatalf("%+v %v", st, b.Errors)
	}
	Dispute(b.Context, id, invoice, nil)
	s.Has("Montant inexact", "120,00\u00a0€") // what is recorded is changed
	s.Key(fyne.KeyEscape)
	s = stage(t, shot.Setup{Width: 1024, Height: 600})
	CloseDispute(b.Context, id, nil)
	s.Tap("Clore")
	s.Has("Écrivez comment le litige s’est réglé")
	s.Golden("dispute_close_small")
	s.Tap("Comment il s’est réglé")
	s.Type("Avoir accepté")
	s.Tap("Clore")
	if x := b.Desk.State().Book.DisputesOf(invoice); len(x) != 1 || x[0].Ended != "Avoir accepté" || HasOpenDispute(b.Desk.State(), id) {
		t.Errorf("%+v %v", x, b.Errors)
	}
}

func TestInsolvencyForm(t *testing.T) {
	b := screentest.New(t, words.FR)
	id := garage(t, b)
	s := stage(t, shot.Setup{})
	Insolvency(b.Context, id, nil)
	s.Type("20/11/2026")
	s.Key(fyne.KeyTab, fyne.KeyTab)
	s.Type("19/11/2026")
	s.Key(fyne.KeyReturn)
	s.Has("La publication ne peut pas précéder le")
	s.Golden("insolvency_wrong_fr")
	s.Shortcut(&fyne.ShortcutSelectAll{})
	s.Type("23/11/2026")
	s.Key(fyne.KeyReturn)
	if c := b.Desk.State().Book.Customer(id); c.Insolvent != screentest.Day.Add(-4) || c.Published != screentest.Day.Add(-1) {
		t.Errorf("%+v %v", c, b.Errors)
	}
}

func TestNoteCallForm(t *testing.T) {
	b := screentest.New(t, words.FR)
	id := garage(t, b)
	s := stage(t, shot.Setup{})
	NoteCall(b.Context, id, nil)
	s.Golden("note_call_fr")
	s.Tap("Noter l’appel")
	s.Has("Choisissez une réponse.")
	s.Tap("Joint")
	s.Tap("Noter l’appel")
	s.Golden("note_call_wrong_fr")
	if n := b.Desk.State().Book.Calls.Len(); n != 0 {
		t.Fatal("recorded all the same")
	}
	s.Tap("Oubli")
	s.Tap("Rien")
	s.Has("Et ensuite")
	s.Tap("Promesse") // which Rien does not go with
	s.HasNot("Et ensuite")
	s.Tap("Noter l’appel")
	s.Tap("Pour le")
	s.Type("26/11/2026")
	s.Key(fyne.KeyTab)
	s.Golden("note_call_promise_fr")
	s.Tap("Noter l’appel")
	book := b.Desk.State().Book
	c := book.Calls.Get(1)
	if c == nil || c.Reason != ledger.DelayForgot || len(c.Promises) != 1 || c.With != "Mme Lepage" || len(b.Dones) != 1 {
		t.Fatalf("%+v %v\n%s", c, b.Errors, s.Texts())
	}
	if a := book.Actions.Get(1); a == nil || a.Step != "promise_broken" || len(a.Lines) != 2 { // the call that the agenda asked for
		t.Errorf("%+v", a)
	}
	if p := book.Promises.Get(uint32(c.Promises[0])); p.Amount != ledger.Euros(648000) || p.Due != screentest.Day.Add(2) {
		t.Errorf("%+v", p)
	}
}

// On the small window all the fields can be reached; a voicemail asks only what follows.
func TestNoteCallSmall(t *testing.T) {
	b := screentest.New(t, words.EN)
	id := garage(t, b)
	s := stage(t, shot.Setup{Width: 1024, Height: 600, Appearance: look.Dark})
	NoteCall(b.Context, id, nil)
	s.Tap("Voicemail")
	s.HasNot("Why is it not paid?")
	s.Tap("Note the call")
	s.Has("Say what follows")
	s.Golden("note_call_voicemail_dark")
	s.Tap("The reminders go on")
	s.Tap("Note the call")
	if c := b.Desk.State().Book.Calls.Get(1); c == nil || c.Reach != ledger.Voicemail || c.CallBack != 0 {
		t.Errorf("%+v %v", c, b.Errors)
	}
}

func TestMonthly(t *testing.T) {
	b := screentest.New(t, words.FR)
	m := newCallModel(b.Desk, fr, garage(t, b))
	p := m.monthly(ledger.Euros(100000), 3, ledger.Day(2026, 11, 30))
	if len(p.Instalments) != 3 || p.Total() != ledger.Euros(100000) || p.Instalments[2] != (ledger.Instalment{Due: ledger.Day(2027, 1, 30), Amount: 33334}) || len(p.Invoices) != 2 {
		t.Errorf("%+v", p)
	}
	if p = m.monthly(ledger.Euros(700000), 2, ledger.Day(2026, 11, 30)); len(p.Invoices) != 3 {
		t.Errorf("%+v", p)
	}
}
