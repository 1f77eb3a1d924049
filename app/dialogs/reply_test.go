package dialogs

import (
	"testing"

	"quitus/app/desk"
	"quitus/app/screentest"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/mail/reply"
)

// replyOf gives the model of a reply of the sample's customer who owes two invoices at least; lines says of how many of them the e-mail was.
func replyOf(t *testing.T, text string, lines int) (*replyModel, []ledger.InvoiceID) {
	t.Helper()
	b := screentest.New(t, words.FR)
	id := b.Desk.State().Book.CustomersByName("Garage Tessonnier")[0]
	o := readOwed(b.Desk.State(), b.Words, id)
	var ids []ledger.InvoiceID
	for _, i := range o.Invoices {
		ids = append(ids, i.ID)
	}
	m := &ledger.Message{Customer: id, On: screentest.Day - 4, Sent: screentest.Day - 4, Model: "first_reminder", State: ledger.MessageSent, To: "a@b.example", Subject: "Relance", Body: "Bonjour"}
	for _, i := range ids[:lines] {
		m.Lines = append(m.Lines, ledger.LetterLine{Invoice: i})
	}
	p := reply.Propose(text, screentest.Day-1, "fr")
	r := &ledger.Reply{Customer: id, Sort: ledger.ReplyPerson, Found: ledger.FoundReference, On: screentest.Day - 1, From: "x@y.example", Subject: "Re: Relance", Text: text,
		Proposed: p.Meaning, PassageFrom: p.From, PassageTo: p.To}
	if _, err := b.Desk.Fill(t.Context(), func(x *ledger.Draft) error {
		x.Put(m)
		r.Message, r.Raw = m.ID, x.Keep([]byte("Subject: a\r\n\r\nb"))
		x.Put(r)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	out, err := readReply(b.Desk, b.Words, r.ID)
	if err != nil {
		t.Fatal(err)
	}
	return out, ids
}

// A payment is proposed for what the e-mail was about: one invoice, some, or all.
func TestReplyProposesWhatTheMailWasAbout(t *testing.T) {
	const text = "Nous ferons le virement le 2 décembre 2026."
	m, ids := replyOf(t, text, 1)
	if len(ids) < 3 {
		t.Fatal("the sample's customer owes less than three invoices")
	}
	if m.Meant != ledger.MeansPays || m.Promise.Due != ledger.Day(2026, 12, 2) || m.choice() != invoiceCode(ids[0]) || m.Promise.Amount != m.proposed(invoiceCode(ids[0])) || len(m.Promise.Invoices) != 1 {
		t.Errorf("one: %+v", m.Promise)
	}
	one := m.Promise.Amount
	m, _ = replyOf(t, text, 2)
	if m.choice() != ofMail || len(m.Promise.Invoices) != 2 || m.Promise.Amount != one.Add(m.proposed(invoiceCode(ids[1]))) || len(m.promiseChoices()) != len(ids)+2 {
		t.Errorf("two: %+v", m.Promise)
	}
	m, _ = replyOf(t, text, 0)
	if m.choice() != "" || m.Promise.Invoices != nil || m.Promise.Amount != m.proposed("") {
		t.Errorf("all: %+v", m.Promise)
	}
	if _, err := m.save(t.Context()); err != nil {
		t.Error(err)
	}
}

// Who says that it has paid is waited for as long as the bank needs, and the amount that it names is taken.
func TestReplySaysPaid(t *testing.T) {
	m, _ := replyOf(t, "Bonjour, nous avons réglé 1 500,00 € par virement le 20 novembre 2026.", 1)
	if !m.Proposal.Done || m.Meant != ledger.MeansPays || m.Promise.Amount != ledger.Euros(150000) || m.Promise.Due < m.Reply.On || m.Promise.Due > m.Reply.On+7 {
		t.Errorf("%+v, %+v", m.Proposal, m.Promise)
	}
	if m.follows() != m.w.T("replies.follows.paid") || m.other() == "" {
		t.Errorf("%q, %q", m.follows(), m.other())
	}
	if _, err := m.save(t.Context()); err != nil {
		t.Error(err)
	}
}

// What is decided holds what goes with the meaning chosen, and nothing of the others.
func TestReplyDecision(t *testing.T) {
	m, ids := replyOf(t, "Je vous réponds bientôt.", 1)
	if m.Meant != "" || m.reason() != m.w.T("replies.reason.none") {
		t.Errorf("%q, %q", m.Meant, m.reason())
	}
	m.Acknowledges, m.Note, m.Dispute.Reason = true, "note", ledger.FaultyGoods
	for _, x := range []struct {
		meant ledger.Meaning
		good  func(desk.ReplyDecision) bool
	}{
		{ledger.MeansConfirms, func(d desk.ReplyDecision) bool {
			return d.Promise == nil && d.Dispute == nil && d.Note == "" && len(d.Acknowledges) == 1 && d.Acknowledges[0] == ids[0]
		}},
		{ledger.MeansContests, func(d desk.ReplyDecision) bool {
			return d.Dispute.Invoice == ids[0] && d.Acknowledges == nil && d.Promise == nil
		}},
		{ledger.MeansPays, func(d desk.ReplyDecision) bool {
			return d.Promise != nil && d.Dispute == nil && len(d.Acknowledges) == 1
		}},
		{ledger.MeansOther, func(d desk.ReplyDecision) bool { return d.Note == "note" && d.Promise == nil && d.Acknowledges == nil }},
	} {
		m.Meant = x.meant
		if d := m.decision(); !x.good(d) || d.Meant != x.meant {
			t.Errorf("%s: %+v", x.meant, d)
		}
	}
}

func TestFileSize(t *testing.T) {
	w := words.New(words.FR)
	for n, want := range map[int64]string{0: "0\u00a0octets", 999: "999\u00a0octets", 1499: "1\u00a0Ko", 1500: "2\u00a0Ko", 2_600_000: "3\u00a0Mo"} {
		if got := fileSize(w, n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
