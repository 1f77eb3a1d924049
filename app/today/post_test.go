package today

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"quitus/app/look"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/mail/reply"
)

// Who answers in these tests.
const answerer = "Maison Orsenval"

// said is what answers say, by language.
var said = map[words.Lang]map[ledger.Meaning]string{
	words.FR: {
		ledger.MeansPays:     "Bonjour Madame,\n\nJ’ai bien reçu votre relance et vous prie d’excuser ce retard. Nous ferons le virement de 1 200,00 € le 2 décembre 2026. Le reste suivra en janvier.\n\nCordialement,\nClaire Vasseur",
		ledger.MeansContests: "Bonjour,\n\nNous contestons cette facture : trois des panneaux livrés étaient rayés, comme signalé au livreur. Merci de revenir vers nous.\n\nClaire Vasseur",
		ledger.MeansConfirms: "Bonjour,\n\nNous confirmons votre compte rendu.\n\nClaire Vasseur",
		ledger.MeansOther:    "Bonjour,\n\nClaire est en congé, je lui transmets à son retour.\n\nPaul",
	},
	words.EN: {
		ledger.MeansPays:     "Hello,\n\nSorry for the delay. We will pay 1,200.00 € on 2 December 2026. The rest will follow in January.\n\nRegards,\nClaire Vasseur",
		ledger.MeansContests: "Hello,\n\nWe dispute this invoice: three of the panels delivered were damaged, as we told the driver. Please get back to us.\n\nClaire Vasseur",
	},
}

// raw is a message as a customer's program writes it.
func raw(from, text string, attached bool) []byte {
	head := "From: Claire Vasseur <" + from + ">\r\nTo: compta@example.fr\r\nDate: Mon, 23 Nov 2026 16:12:00 +0100\r\nMessage-ID: <r1@orsenval.example>\r\n" +
		"Subject: =?utf-8?q?Re:_Relance?=\r\nMIME-Version: 1.0\r\n"
	quoted := "\r\n\r\nLe 20 nov. 2026 à 09:00, Menuiserie a écrit :\r\n> Bonjour,\r\n> votre facture est en retard.\r\n"
	body := strings.ReplaceAll(text, "\n", "\r\n") + quoted
	if !attached {
		return []byte(head + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + body)
	}
	part := func(name, content string) string {
		return "--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"" + name + "\"\r\n\r\n" + content + "\r\n"
	}
	return []byte(head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + body + "\r\n" +
		part("../../avis de virement.pdf", strings.Repeat("x", 48_300)) + part("facture.docm", "macro") + "--b--\r\n")
}

// mailed gives the sample company after an e-mail left; state is what became of it.
func mailed(t *testing.T, lang words.Lang, state ledger.MessageState) (*screentest.Bench, ledger.MessageID) {
	t.Helper()
	b := screentest.New(t, lang)
	id := b.Desk.State().Book.CustomersByName(answerer)[0]
	var m *ledger.Message
	fill(t, b, func(x *ledger.Draft) {
		c := ledger.Clone(x.Customer(id))
		c.Email = "compta@orsenval.example"
		x.Put(c)
		m = &ledger.Message{Customer: id, On: screentest.Day - 4, Model: "first_reminder", State: state, Sent: screentest.Day - 4, Amount: ledger.Euros(186400), At: screentest.Clock().AddDate(0, 0, -4),
			Header: "m1@example.fr", To: "compta@orsenval.example", Subject: "Relance : facture échue", Body: "Bonjour,\n\nvotre facture est en retard."}
		for _, i := range b.Desk.State().Book.InvoicesOf(id) {
			if st := b.Desk.State().Standings.Of(i); st.Overdue > 0 {
				m.Lines = append(m.Lines, ledger.LetterLine{Invoice: i, Open: st.Open})
				break
			}
		}
		switch state {
		case ledger.MessageRefused:
			m.Answer = "550 5.1.1 <compta@orsenval.example>: Recipient address rejected: User unknown in virtual mailbox table"
		case ledger.MessageUnknown:
			m.Sent = 0
		}
		m.Raw = x.Keep([]byte("Message-ID: <m1@example.fr>\r\n\r\nBonjour"))
		x.Put(m)
	})
	return b, m.ID
}

// answered gives the sample company after a customer answered an e-mail.
func answered(t *testing.T, lang words.Lang, meaning ledger.Meaning, from string, attached bool) (*screentest.Bench, ledger.ReplyID) {
	t.Helper()
	b, id := mailed(t, lang, ledger.MessageSent)
	message := raw(from, said[lang][meaning], attached)
	read, err := reply.Read(message)
	if err != nil {
		t.Fatal(err)
	}
	m := b.Desk.State().Book.Messages.Get(uint32(id))
	p := reply.Propose(read.Text, screentest.Day-1, string(lang))
	if p.Meaning != meaning {
		t.Fatalf("proposed %s for %q", p.Meaning, read.Text)
	}
	r := &ledger.Reply{Customer: m.Customer, Message: id, Sort: ledger.ReplyPerson, Found: ledger.FoundThread, On: screentest.Day - 1, At: time.Time{},
		Header: read.ID, From: read.From.Address, Subject: read.Subject, Text: read.Text, Proposed: p.Meaning, PassageFrom: p.From, PassageTo: p.To, Size: int64(len(message))}
	fill(t, b, func(x *ledger.Draft) {
		r.Raw = x.Keep(message)
		x.Put(r)
	})
	return b, r.ID
}

const own = "compta@orsenval.example"

// opened shows the day, and the reply that comes first in it.
func opened(t *testing.T, b *screentest.Bench, s shot.Setup) (*view, *shot.Screen) {
	t.Helper()
	if s.Width == 0 {
		s.Width, s.Height = 1280, 800
	}
	v, w := show(t, b, s)
	w.Tap(b.T("today.act.reply"))
	return v, w
}

func TestReplyPictures(t *testing.T) {
	b, _ := answered(t, words.FR, ledger.MeansPays, own, true)
	open(t, b, shot.Setup{}).Golden("reply_card_fr")
	open(t, b, shot.Setup{Width: 824, Height: 544}).Golden("reply_card_narrow_fr")
	for _, x := range []struct {
		lang    words.Lang
		meaning ledger.Meaning
		from    string
		setup   shot.Setup
		name    string
	}{
		{words.FR, ledger.MeansPays, own, shot.Setup{}, "reply_pays_fr"},
		{words.EN, ledger.MeansPays, own, shot.Setup{}, "reply_pays_en"},
		{words.FR, ledger.MeansContests, "direction@autre.example", shot.Setup{}, "reply_contests_fr"},
		{words.EN, ledger.MeansContests, own, shot.Setup{}, "reply_contests_en"},
		{words.FR, ledger.MeansConfirms, own, shot.Setup{Appearance: look.Dark}, "reply_confirms_dark"},
		{words.FR, ledger.MeansOther, own, shot.Setup{}, "reply_other_fr"},
		{words.FR, ledger.MeansPays, own, shot.Setup{Width: 1024, Height: 600}, "reply_narrow_fr"},
	} {
		b, _ := answered(t, x.lang, x.meaning, x.from, x.meaning == ledger.MeansPays)
		_, w := opened(t, b, x.setup)
		w.Golden(x.name)
	}
}

// A payment announced becomes a promise of the amount and the day that the reply names; the day shows the next task, and undo brings the reply back.
func TestReplyPays(t *testing.T) {
	b, id := answered(t, words.FR, ledger.MeansPays, own, true)
	m := NewModel(b.Words, b.Desk.State())
	if !strings.Contains(m.Facts, "1 réponse") || m.Since.Lines[0].Name != answerer || m.Rows[0].Title != "Lire la réponse de "+answerer {
		t.Errorf("%q, %+v, %q", m.Facts, m.Since.Lines[0], m.Rows[0].Title)
	}
	v, w := opened(t, b, shot.Setup{})
	w.HasNot("votre facture est en retard.") // quoted: folded
	w.Has("avis de virement.pdf", "48\u00a0Ko", "programme malveillant")
	w.Tap("Texte cité")
	w.Has("votre facture est en retard.")
	b.Chosen = filepath.Join(t.TempDir(), "avis.pdf")
	w.Tap("Enregistrer…")
	if saved, err := os.ReadFile(b.Chosen); err != nil || len(saved) != 48_300 {
		t.Errorf("%d bytes, %v", len(saved), err)
	}
	w.Key(fyne.KeyReturn)
	state := b.Desk.State()
	r := state.Book.Replies.Get(uint32(id))
	promises := state.Book.PromisesOf(r.Customer)
	last := promises[len(promises)-1]
	if r.Waits() || r.Meant != ledger.MeansPays || last.Due != ledger.Day(2026, 12, 2) || last.Amount != ledger.Euros(120000) || last.Made != screentest.Day-1 {
		t.Fatalf("%+v, %+v, %v", r, last, b.Errors)
	}
	if v.model.Rows[0].Tasks[0].Name == "C003/reply" || len(b.Dones) != 2 {
		t.Errorf("%s, %q", v.model.Rows[0].Title, b.Dones)
	}
	entries, _ := b.Desk.Journal(1)
	if _, _, err := b.Desk.Undo(t.Context(), entries[0].Seq); err != nil || !b.Desk.State().Book.Replies.Get(uint32(id)).Waits() {
		t.Error(err)
	}
}

// Digits choose the meaning; a dispute needs its reason; who answers from elsewhere is pointed out.
func TestReplyContests(t *testing.T) {
	b, id := answered(t, words.FR, ledger.MeansContests, "direction@autre.example", false)
	_, w := opened(t, b, shot.Setup{})
	w.Has("n’est pas celle à laquelle vous avez écrit")
	w.Key(fyne.KeyReturn)
	if !b.Desk.State().Book.Replies.Get(uint32(id)).Waits() {
		t.Fatal("recorded without a reason")
	}
	w.Has("motif")
	w.Key(fyne.Key1)
	w.Has("reconnaît la dette par écrit")
	w.Tap("reconnaît la dette par écrit")
	w.Key(fyne.KeyReturn)
	r := b.Desk.State().Book.Replies.Get(uint32(id))
	if r.Meant != ledger.MeansConfirms {
		t.Fatalf("%+v, %v", r, b.Errors)
	}
	about := b.Desk.State().Book.Messages.Get(uint32(r.Message)).Lines[0].Invoice
	if got := b.Desk.State().Book.InterruptionsOf(about); len(got) != 1 || got[0].What != ledger.Acknowledged || got[0].On != r.On {
		t.Errorf("%+v", got)
	}
}

// Where nothing was recognised nothing is proposed, and nothing is recorded before the owner says what it means.
func TestReplyOther(t *testing.T) {
	b, id := answered(t, words.FR, ledger.MeansOther, own, false)
	_, w := opened(t, b, shot.Setup{})
	w.Key(fyne.KeyReturn)
	if !b.Desk.State().Book.Replies.Get(uint32(id)).Waits() {
		t.Fatal("recorded without a meaning")
	}
	w.Key(fyne.Key4)
	w.Tap("Note (facultatif)")
	w.Type("3 plans") // a digit in a field is text
	w.Key(fyne.Key1, fyne.KeyReturn)
	s := b.Desk.State()
	if r := s.Book.Replies.Get(uint32(id)); r.Meant != ledger.MeansDocuments {
		t.Fatalf("%+v", r)
	}
	last := ""
	for n := range s.Book.Notes.All() {
		last = n.Text
	}
	if last != "3 plans" {
		t.Errorf("%q", last)
	}
	if _, err := s.TaskNamed(s.Book.Customer(s.Book.Replies.Get(uint32(id)).Customer).Ref + "/document"); err != nil {
		t.Error(err)
	}
}

func TestLostMailPictures(t *testing.T) {
	for _, lang := range []words.Lang{words.FR, words.EN} {
		b, _ := mailed(t, lang, ledger.MessageRefused)
		w := open(t, b, shot.Setup{})
		w.Tap(b.T("today.lost.detail"))
		w.Golden("refused_" + string(lang))
		w.Tap(b.T("today.act.mail_refused"))
		w.Golden("refused_address_" + string(lang))
		b, _ = mailed(t, lang, ledger.MessageUnknown)
		open(t, b, shot.Setup{}).Golden("unknown_" + string(lang))
	}
}

func TestRefusedMail(t *testing.T) {
	b, id := mailed(t, words.FR, ledger.MessageRefused)
	v, w := show(t, b, shot.Setup{})
	if !strings.Contains(v.model.Facts, "1 e-mail non remis") {
		t.Error(v.model.Facts)
	}
	w.Has("cette adresse n’existe pas")
	w.HasNot("Passer", "User unknown")
	w.Tap("Détail technique")
	w.Has("User unknown")
	w.Tap("Corriger l’adresse…")
	w.Type("comptabilite@orsenval.example")
	w.Key(fyne.KeyReturn)
	s := b.Desk.State()
	m := s.Book.Messages.Get(uint32(id))
	if m.State != ledger.MessageWaiting || m.To != "comptabilite@orsenval.example" || s.Book.Customer(m.Customer).Email != m.To {
		t.Errorf("%+v, %v", m, b.Errors)
	}
	if _, err := s.TaskNamed(s.Book.Customer(m.Customer).Ref + "/mail"); err == nil {
		t.Error("the task is still there")
	}
}

func TestUnknownMail(t *testing.T) {
	for _, x := range []struct {
		tap   []string
		state ledger.MessageState
	}{{[]string{"Il est parti"}, ledger.MessageSent}, {[]string{"Retirer l’e-mail…", "Retirer"}, ledger.MessageDropped}, {[]string{"Renvoyer…", "Renvoyer"}, ledger.MessageWaiting}} {
		b, id := mailed(t, words.FR, ledger.MessageUnknown)
		_, w := show(t, b, shot.Setup{})
		w.HasNot("Passer", "Confier…")
		w.Tap(x.tap[0])
		if len(x.tap) > 1 {
			w.Key(fyne.KeyReturn) // the keyboard is where it is approved
		}
		if m := b.Desk.State().Book.Messages.Get(uint32(id)); m.State != x.state {
			t.Errorf("%v: %s, %v", x.tap, m.State, b.Errors)
		}
	}
}
