package customers

import (
	"context"
	"slices"
	"testing"

	"quitus/app/desk"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
)

// called gives a bench on the sample, with calls, a plan, a dispute closed and e-mails at the Garage Tessonnier's.
func called(t *testing.T, lang words.Lang) (*screentest.Bench, ledger.CustomerID) {
	t.Helper()
	b, ctx, day := screentest.New(t, lang), context.Background(), screentest.Day
	s := b.Desk.State()
	id := s.Book.CustomersByName("Garage Tessonnier")[0]
	var owed []ledger.InvoiceID
	for _, i := range s.Book.InvoicesOf(id) {
		if st := s.Standings.Of(i); st.Open > 0 {
			owed = append(owed, i)
		}
	}
	note := func(c desk.CallEnd) {
		c.Customer = id
		if _, _, err := b.Desk.NoteCall(ctx, c); err != nil {
			t.Fatal(err)
		}
	}
	note(desk.CallEnd{On: day.Add(-9), Reach: ledger.Voicemail, CallBack: day})
	note(desk.CallEnd{On: day.Add(-6), Seconds: 215, With: "Mme Lepage", Reach: ledger.Reached, Reason: ledger.DelayForgot, Outcomes: []ledger.Outcome{ledger.OutcomePromise, ledger.OutcomeDocument},
		Document: "F-2026-0347", Notes: "« Je fais le virement vendredi. »", Promises: []ledger.Promise{{Due: day.Add(2), Amount: ledger.Euros(50000), Words: "Je fais le virement vendredi."}}})
	note(desk.CallEnd{On: day.Add(-1), Seconds: 20, Incoming: true, With: "M. Tessonnier", Reach: ledger.Reached, Reason: ledger.DelayForgot, Outcomes: []ledger.Outcome{ledger.OutcomeTerms, ledger.OutcomeCallBack},
		Terms: "acompte de 30\u00a0%", CallBack: day.Add(3), Summary: &desk.CallSummary{Subject: "Notre appel du 23 novembre", Body: "Bonjour"}})
	x, _, err := b.Desk.Dispute(ctx, ledger.Dispute{Invoice: owed[0], Reason: ledger.FaultyGoods, Amount: 12000, Opened: day.Add(-8), Words: "rayure"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Desk.CloseDispute(ctx, x, "Avoir de 120 € accepté"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := b.Desk.AgreePlan(ctx, ledger.Plan{Customer: id, Currency: ledger.EUR, Invoices: owed[:1], Instalments: []ledger.Instalment{{Due: day.Add(7), Amount: 10000}, {Due: day.Add(38), Amount: 10000}}}); err != nil {
		t.Fatal(err)
	}
	return b, id
}

func TestCallEvents(t *testing.T) {
	b, id := called(t, words.FR)
	var got []string
	for _, e := range readEvents(fr, b.Desk.State(), id) {
		switch e.Kind {
		case ledger.EventCall, ledger.EventMessage, ledger.EventPlan, ledger.EventDispute, ledger.EventDisputeClosed:
			got = append(got, plain(e.Day+" | "+e.Title+" | "+e.Second))
		}
	}
	want := []string{
		"24 nov. | Plan de paiement de 200,00 € | 2 versements, le dernier le 01/01/2027",
		"24 nov. | Compte rendu d’appel par e-mail, pas encore parti | Notre appel du 23 novembre",
		"24 nov. | Litige clos sur F-2026-0306 | Avoir de 120 € accepté",
		"23 nov. | Appel reçu de 1 min, M. Tessonnier | nouvelles conditions : acompte de 30 % · à rappeler le 27 nov. · Oubli",
		"18 nov. | Appel de 4 min, Mme Lepage | 500,00 € promis · à renvoyer : F-2026-0347 · Oubli",
		"16 nov. | F-2026-0306 contestée | Marchandise ou travail défectueux · 120,00 € contestés · rayure",
		"15 nov. | Appel | Répondeur · à rappeler le 24 nov.",
		"26 mars | Litige clos sur F-2026-0226 | Rayure au portillon ; avoir A-2026-0016 de 120 € accepté.",
		"7 mars | F-2026-0226 contestée | Marchandise ou travail défectueux · 120,00 € contestés · Rayure au portillon ; avoir A-2026-0016 de 120 € accepté.",
	}
	if !slices.Equal(got, want) {
		for _, l := range got {
			t.Errorf("%q", l)
		}
	}
	habits := readPage(fr, b.Desk.State(), id).Habits
	if !slices.Contains(habits, line{"Raison la plus dite", "oubli"}) {
		t.Errorf("%q", habits)
	}
}

func TestCallsLook(t *testing.T) {
	b, _ := called(t, words.FR)
	w, _ := openPage(t, b, shot.Setup{}, "Garage Tessonnier")
	w.Golden("page_calls_fr")
	w.Tap("Appel de 4\u00a0min, Mme Lepage")
	w.Has("« Je fais le virement vendredi. »")
	w.Golden("call_said_fr")
}

// What can be noted of a customer hangs on what it owes and contests.
func TestPageNotesMenu(t *testing.T) {
	b := screentest.New(t, words.FR)
	w, _ := openPage(t, b, shot.Setup{Width: 1024, Height: 600}, "Garage Tessonnier")
	w.Tap("Noter…")
	w.Has("Un appel", "Un paiement", "Une promesse", "Un litige", "Une procédure collective")
	w.HasNot("La fin d’un litige")
	w.Golden("page_menu_small")
	w.Tap("Un appel")
	w.Tap("Répondeur")
	w.Tap("Les relances se poursuivent")
	w.Tap("Noter l’appel")
	w.Has("Appel, Mme Lepage", "Répondeur")
	w, _ = openPage(t, screentest.New(t, words.FR), shot.Setup{}, "Pépinières du Val d’Armoise")
	w.Tap("Noter…")
	w.Has("La fin d’un litige")
	b = screentest.Empty(t, words.FR)
	if _, _, err := b.Desk.SaveCustomer(t.Context(), ledger.Customer{Name: "Client", Type: ledger.CompanyCustomer, Country: "FR"}); err != nil {
		t.Fatal(err)
	}
	w, _ = openPage(t, b, shot.Setup{}, "Client")
	w.Tap("Noter…")
	w.HasNot("Un paiement", "Une promesse", "Un litige")
}
