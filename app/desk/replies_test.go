package desk

import (
	"net/url"
	"strings"
	"testing"

	"quitus/ledger"
)

func TestRefusal(t *testing.T) {
	for answer, want := range map[string]string{
		"550 5.1.1 user unknown": "address", "smtp; 550-5.2.1 disabled": "address", "5.1.10 null MX": "address", "550 5.1.2 bad destination system": "domain",
		"554 5.4.4 unable to route": "domain", "552 5.2.2 over quota": "full", "552 5.3.4 too big": "size", "552 5.2.3 too big": "size", "554 5.7.1 spam": "blocked",
		"550 no": "other", "": "other", "from 15.1.1.9": "other",
	} {
		if got := Refusal(&ledger.Message{Answer: answer}); got != want {
			t.Errorf("%q: %s, want %s", answer, got, want)
		}
	}
	if got := Refusal(&ledger.Message{Fault: "email_invalid"}); got != "fault" {
		t.Error(got)
	}
}

// replied gives a desk to which a customer answered an e-mail that left.
func replied(t *testing.T) (*Desk, *ledger.Reply) {
	t.Helper()
	d, _ := mailDesk(t, 1)
	r := &ledger.Reply{Customer: 1, Message: 1, Sort: ledger.ReplyPerson, Found: ledger.FoundThread, On: d.Today(), Header: "a+1@dupont.example",
		From: "compta@dupont.example", Subject: "Relance & facture", Text: "Merci d’envoyer le bon de commande."}
	if _, err := d.Fill(t.Context(), func(x *ledger.Draft) error {
		m := ledger.Clone(d.message(1))
		m.State, m.Sent = ledger.MessageSent, d.Today()
		x.Put(m)
		r.Raw = x.Keep([]byte("raw"))
		x.Put(r)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return d, r
}

// A reply is decided: it is neither done nor passed over, whoever asks.
func TestReplyIsDecided(t *testing.T) {
	d, r := replied(t)
	task, err := d.State().TaskNamed("C001/reply")
	if err != nil {
		t.Fatal(err)
	}
	if done := d.Prepare(t.Context(), d.State().Agenda().Tasks); ledger.CodeOf(done[0].Err) != "task_reply" {
		t.Error(done[0].Err)
	}
	if _, err := d.SkipTask(t.Context(), task.Name, ""); ledger.CodeOf(err) != "task_reply" {
		t.Error(err)
	}
	if _, err := d.DecideReply(t.Context(), ReplyDecision{Reply: r.ID, Meant: ledger.MeansDocuments, Note: " le bon \n"}); err != nil {
		t.Fatal(err)
	}
	s := d.State()
	if n := s.Book.Notes.Get(1); n == nil || n.Text != "le bon" || n.Customer != 1 {
		t.Errorf("%+v", n)
	}
	if _, err := s.TaskNamed("C001/document"); err != nil {
		t.Error(err)
	}
	if s.Confirmed(1) != nil {
		t.Error("confirmed")
	}
	if _, err := d.DecideReply(t.Context(), ReplyDecision{Reply: r.ID, Meant: ledger.MeansConfirms}); err != nil || d.State().Confirmed(1).ID != r.ID {
		t.Error(err)
	}
}

func TestLostMailIsDecided(t *testing.T) {
	d, _ := mailDesk(t, 1)
	if _, err := d.Fill(t.Context(), func(x *ledger.Draft) error {
		m := ledger.Clone(d.message(1))
		m.State = ledger.MessageUnknown
		x.Put(m)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if done := d.Prepare(t.Context(), d.State().Agenda().Tasks); ledger.CodeOf(done[0].Err) != "task_mail" {
		t.Error(done[0].Err)
	}
	if _, err := d.SkipTask(t.Context(), "C001/mail", ""); ledger.CodeOf(err) != "task_mail" {
		t.Error(err)
	}
}

func TestReplyLink(t *testing.T) {
	d, r := replied(t)
	u, err := url.Parse(d.State().ReplyLink(r))
	if err != nil || u.Scheme != "mailto" || u.Opaque != "compta@dupont.example" || strings.Contains(u.RawQuery, "+") {
		t.Fatalf("%+v, %v", u, err)
	}
	if q := u.Query(); q.Get("subject") != "Re: Relance & facture" || q.Get("In-Reply-To") != "<a+1@dupont.example>" {
		t.Errorf("%v", q)
	}
	if d.State().FromOther(r) {
		t.Error("it is whom we wrote to")
	}
	other := ledger.Clone(r)
	other.From = "direction@dupont.example"
	if !d.State().FromOther(other) {
		t.Error("it is somebody else")
	}
}
