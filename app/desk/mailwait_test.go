package desk

import (
	"testing"
	"time"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/mail/send"
)

// Approved e-mails wait a moment, in which their approval can be taken back; then their hour.
func TestGrace(t *testing.T) {
	d, at := mailDesk(t, 1)
	p := &post{}
	if _, err := d.Send(t.Context(), p, quick()); err != nil {
		t.Fatal(err)
	}
	d.LetWait(Grace)
	approve := func() ledger.Entry {
		entry, err := d.DoTasks(t.Context(), []Doing{{Message: &ledger.Message{Customer: 1, On: d.Today(), Model: "first_reminder", State: ledger.MessageWaiting,
			Amount: ledger.Euros(500000), To: "compta@dupont.example", Subject: "Relance", Body: "Bonjour."}}})
		if err != nil {
			t.Fatal(err)
		}
		return entry
	}
	entry := approve()
	w, fr := d.MailWait(d.message(2)), words.New(words.FR)
	if w.Why != WaitsGrace || !d.NextMail().Equal(d.clock().Add(Grace)) || MailWaitText(fr, w) != "part dans 1 min" || d.ApprovedWait() != w {
		t.Errorf("%+v, %s", w, MailWaitText(fr, w))
	}
	if r, err := d.Send(t.Context(), p, quick()); err != nil || r.Sent != 0 || r.Waiting != 1 {
		t.Errorf("%+v, %v", r, err)
	}
	if _, _, err := d.Undo(t.Context(), entry.Seq); err != nil || !d.NextMail().IsZero() {
		t.Errorf("%v, %s", err, d.NextMail())
	}
	approve()
	at(d.clock().Add(Grace))
	if r, err := d.Send(t.Context(), p, quick()); err != nil || r.Sent != 1 {
		t.Errorf("%+v, %v", r, err)
	}
	entry = approve()
	now := quick()
	now.Now = true
	if r, err := d.Send(t.Context(), p, now); err != nil || r.Sent != 1 {
		t.Errorf("the owner does not want to wait: %+v, %v", r, err)
	}
	if _, _, err := d.Undo(t.Context(), entry.Seq); err == nil {
		t.Error("what left was taken back")
	}
}

func TestMailWaits(t *testing.T) {
	d, at := mailDesk(t, 2)
	d.LetWait(Grace)
	fr, en := words.New(words.FR), words.New(words.EN)
	check := func(id ledger.MessageID, why WaitReason, french, english string) {
		t.Helper()
		w := d.MailWait(d.message(id))
		if f, e := MailWaitText(fr, w), MailWaitText(en, w); w.Why != why || f != french || e != english {
			t.Errorf("%q: %q, %q", w.Why, f, e)
		}
	}
	check(1, WaitsNot, "part dans un instant", "leaves in a moment")
	at(time.Date(2026, 7, 31, 20, 15, 0, 0, time.UTC))
	check(1, WaitsHours, "part lundi à 9:00", "leaves on Monday at 9:00")
	if x, out := d.OutOfHours(); !out || MomentText(fr, x.Now, x.Until) != "lundi à 9:00" {
		t.Errorf("%v, %+v", out, x)
	}
	at(time.Date(2026, 8, 3, 7, 0, 0, 0, time.UTC))
	check(1, WaitsHours, "part à 9:00", "leaves at 9:00")
	at(time.Date(2026, 8, 3, 10, 0, 0, 0, time.UTC))
	p := &post{results: []send.Result{{State: send.Later, Code: 451}}}
	if _, err := d.Send(t.Context(), p, quick()); err != nil {
		t.Fatal(err)
	}
	check(1, WaitsRetry, "refusé pour l’instant, nouvel essai à 10:05", "refused for now, next attempt at 10:05")
	if _, err := d.EditMessage(t.Context(), 1, MessageEdit{Subject: "Relance", Body: "Bonjour."}); err != nil {
		t.Fatal(err)
	}
	check(1, WaitsAddress, "sans adresse e-mail\u00a0: à compléter", "no e-mail address: to be completed")
	if s := d.Seen(d.message(2)); s.From != "MENUISERIE ALBERT <compta@albert.example>" || s.To != "compta@dupont.example" || len(s.Text) <= len(d.message(2).Body) {
		t.Errorf("%+v", s)
	}
}

// A long run ends with the company's hours; what is left leaves with the next ones.
func TestHoursEndWhileSending(t *testing.T) {
	d, at := mailDesk(t, 3)
	at(time.Date(2026, 7, 31, 17, 59, 0, 0, time.UTC))
	p := &post{}
	p.before = func() { at(time.Date(2026, 7, 31, 18, 0, 1, 0, time.UTC)) }
	r, err := d.Send(t.Context(), p, quick())
	if err != nil || r.Sent != 1 || r.Waiting != 2 || r.Next.Weekday() != time.Monday {
		t.Errorf("%+v, %v", r, err)
	}
}
