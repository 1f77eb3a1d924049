package customers

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
)

// corresponded gives a bench on the sample after a summary was confirmed by a customer, whose program answered as well, and an e-mail came back.
func corresponded(t *testing.T, lang words.Lang) (*screentest.Bench, ledger.CustomerID) {
	t.Helper()
	b := screentest.New(t, lang)
	id := b.Desk.State().Book.CustomersByName("Garage Tessonnier")[0]
	day := screentest.Day
	_, err := b.Desk.Fill(context.Background(), func(x *ledger.Draft) error {
		sent := []byte("Message-ID: <m1@example.fr>\r\n\r\nBonjour")
		m := &ledger.Message{Customer: id, On: day - 3, Sent: day - 3, Model: "call_summary", State: ledger.MessageSent, Header: "m1@example.fr", To: "compta@tessonnier.example",
			Subject: "Notre appel du 21 novembre", Body: "Bonjour Madame,\n\nvous m’avez confirmé un virement de **4 120,00 €** vendredi.", Raw: x.Keep(sent)}
		x.Put(m)
		x.Put(&ledger.Call{Customer: id, On: day - 3, Reach: ledger.Reached, With: "Mme Lepage", Message: m.ID})
		x.Put(&ledger.Message{Customer: id, On: day - 2, Sent: day - 2, Model: "first_reminder", State: ledger.MessageRefused, To: "vieux@tessonnier.example",
			Subject: "Relance", Body: "Bonjour", Answer: "552 5.2.2 mailbox full"})
		put := func(sort ledger.ReplyKind, subject, text string) {
			raw := []byte("From: Compta <compta@tessonnier.example>\r\nSubject: " + subject + "\r\nMessage-ID: <" + string(sort) + "@t.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + text)
			r := &ledger.Reply{Customer: id, Message: m.ID, Sort: sort, Found: ledger.FoundThread, On: day - 1, Decided: day - 1, From: "compta@tessonnier.example", Subject: subject, Text: text, Raw: x.Keep(raw)}
			if sort == ledger.ReplyPerson {
				r.Meant = ledger.MeansConfirms
			}
			x.Put(r)
		}
		put(ledger.ReplyAuto, "Absence", "Je suis absente jusqu’au 1er décembre.")
		put(ledger.ReplyPerson, "Re: Notre appel", "Bonjour, c’est bien cela. Le virement part **vendredi**.")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b, id
}

func TestMailEvents(t *testing.T) {
	b, id := corresponded(t, words.FR)
	var got []string
	for _, e := range readEvents(fr, b.Desk.State(), id) {
		if e.Message != 0 || e.Reply != 0 {
			quiet := ""
			if e.Quiet {
				quiet = "quiet "
			}
			got = append(got, quiet+plain(e.Day+" | "+e.Title+" | "+e.Second))
		}
	}
	want := []string{
		"23 nov. | Réponse par e-mail | confirme · Re: Notre appel",
		"quiet 23 nov. | Réponse automatique | Absence",
		"22 nov. | 1re relance par e-mail, non remis | Relance",
		"21 nov. | Compte rendu d’appel par e-mail | confirmé par e-mail le 23 nov. · Notre appel du 21 novembre",
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// E-mails and replies open to be read, as they were written; their bytes are saved with the checksum that is shown.
func TestMailsOpen(t *testing.T) {
	for _, lang := range []words.Lang{words.FR, words.EN} {
		b, id := corresponded(t, lang)
		w, s := openPage(t, b, shot.Setup{}, "Garage Tessonnier")
		if lang == words.FR {
			w.Golden("mails_fr")
		}
		v := s.(*pageView)
		tap := func(is func(*event) bool) {
			for _, e := range v.m.Events {
				if is(&e) {
					v.events.open(e)
					return
				}
			}
			t.Fatal("no such event")
		}
		tap(func(e *event) bool { return e.Reply != 0 && !e.Quiet })
		r := b.Desk.State().Book.RepliesOf(id)[1]
		w.Has("**vendredi**", string(r.Raw), b.T("replies.found.thread"))
		w.Golden("mail_reply_" + string(lang))
		b.Chosen = filepath.Join(t.TempDir(), "r.eml")
		w.Tap(b.T("replies.save_eml"))
		if saved, err := os.ReadFile(b.Chosen); err != nil || ledger.HashOf(saved) != r.Raw {
			t.Errorf("saved %q, %v", saved, err)
		}
		w.Tap(b.T("common.close"))
		tap(func(e *event) bool { return e.Message != 0 && e.Sent })
		w.Has("compta@tessonnier.example", "**4 120,00 €**")
		w.Golden("mail_ours_" + string(lang))
		w.Tap(b.T("common.close"))
		tap(func(e *event) bool { return e.Message != 0 && !e.Sent })
		w.Has(b.T("replies.refusal.full"))
		w.Golden("mail_back_" + string(lang))
	}
}
