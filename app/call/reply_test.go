package call

import (
	"slices"
	"testing"

	"quitus/app/screentest"
	"quitus/assets/words"
	"quitus/ledger"
)

// The file at hand tells what was answered, and that the summary of a call was confirmed.
func TestRepliesAtHand(t *testing.T) {
	b := screentest.New(t, words.FR)
	id := b.Desk.State().Book.CustomersByName("Garage Tessonnier")[0]
	day := screentest.Day
	if _, err := b.Desk.Fill(t.Context(), func(x *ledger.Draft) error {
		m := &ledger.Message{Customer: id, On: day - 3, Sent: day - 3, Model: "call_summary", State: ledger.MessageSent, To: "a@b.example", Subject: "Notre appel", Body: "Bonjour"}
		x.Put(m)
		x.Put(&ledger.Call{Customer: id, On: day - 3, Reach: ledger.Reached, With: "Mme Lepage", Message: m.ID})
		text := "C’est bien cela."
		x.Put(&ledger.Reply{Customer: id, Message: m.ID, Sort: ledger.ReplyPerson, Found: ledger.FoundThread, On: day - 2, Decided: day - 2, Meant: ledger.MeansConfirms,
			Text: text, PassageTo: len(text), Raw: x.Keep([]byte("a"))})
		x.Put(&ledger.Reply{Customer: id, Message: m.ID, Sort: ledger.ReplyAuto, Found: ledger.FoundThread, On: day - 1, Decided: day - 1, Raw: x.Keep([]byte("b"))})
		x.Put(&ledger.Reply{Customer: id, Sort: ledger.ReplyPerson, Found: ledger.FoundSender, On: day, Raw: x.Keep([]byte("c"))})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	f, err := b.Desk.CallFile(id, "")
	if err != nil {
		t.Fatal(err)
	}
	m := &model{w: b.Words, File: f}
	var got []string
	for _, r := range m.contacted() {
		got = append(got, r.Text)
	}
	want := []string{"Réponse par e-mail, à lire", "Réponse par e-mail\u00a0: confirme — «\u00a0C’est bien cela.\u00a0»", "Mme Lepage · confirmé par e-mail le 22\u00a0nov."}
	for _, w := range want {
		if !slices.Contains(got, w) {
			t.Errorf("%q is not in %q", w, got)
		}
	}
}
