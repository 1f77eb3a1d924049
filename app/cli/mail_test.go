package cli

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"quitus/app/desk"
	"quitus/ledger"
)

// What is to be decided is not done: the refusal says what to use instead, and that works.
func TestRepliesAreDecided(t *testing.T) {
	dir := place(t)
	d, err := desk.Open(filepath.Join(dir, "a.quitus"), noon, "test")
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.Fill(context.Background(), func(x *ledger.Draft) error {
		for id := range ledger.CustomerID(2) {
			x.Put(&ledger.Message{Customer: id + 1, On: d.Today() - 2, Sent: d.Today() - 2, Model: "first_reminder", State: ledger.MessageSent, To: "a@b.example", Subject: "Relance", Body: "Bonjour"})
		}
		x.Put(&ledger.Reply{Customer: 1, Message: 1, Sort: ledger.ReplyPerson, Found: ledger.FoundThread, On: d.Today(), From: "a@b.example", Subject: "Re: Relance", Text: "Bien reçu.", Raw: x.Keep([]byte("a"))})
		lost := ledger.Clone(x.Record(ledger.KindMessage, 2).(*ledger.Message))
		lost.State, lost.Answer = ledger.MessageRefused, "550 5.1.1 unknown"
		x.Put(lost)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	d.Close()
	for task, code := range map[string]string{"C001/reply": "task_reply", "C002/mail": "task_mail"} {
		status, out, _ := quitus("do", task, "--json")
		if status != Refused || !strings.Contains(out, `"`+code+`"`) {
			t.Errorf("do %s: status %d: %s", task, status, out)
		}
	}
	if status, out, _ := quitus("do", "C001/reply"); status != Refused || !strings.Contains(out, "quitus mail reply 1") {
		t.Errorf("status %d: %s", status, out)
	}
	if status, _, errs := quitus("mail", "reply", "1", "documents"); status != Done {
		t.Fatal(errs)
	}
	if _, out, _ := quitus("agenda"); !strings.Contains(out, "C001/document") || strings.Contains(out, "C001/reply") {
		t.Error(out)
	}
}
