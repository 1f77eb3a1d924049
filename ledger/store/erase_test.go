package store

import (
	"bytes"
	"os"
	"testing"

	"quitus/ledger"
)

// followUp puts in what a bank and follow-up tell of customer 1, with the name in each.
func followUp(d *ledger.Draft) {
	account := &ledger.BankAccount{Number: "1", Currency: ledger.EUR}
	d.Put(account)
	statement := &ledger.BankStatement{Account: account.ID, From: today, To: today}
	d.Put(statement)
	entry := &ledger.BankEntry{Account: account.ID, Statement: statement.ID, Booked: today, Amount: ledger.Euros(100), Label: "VIR MME Vasseur", PartyName: "Vasseur"}
	d.Put(entry)
	d.Put(&ledger.Payment{Customer: 1, On: today, Amount: ledger.Euros(100), Entry: entry.ID})
	d.Put(&ledger.Step{Customer: 1, Done: ledger.StepCall, On: today, Words: "Vasseur jointe"})
	d.Put(&ledger.Plan{Customer: 1, Made: today, Currency: ledger.EUR, Words: "proposé par Vasseur"})
	message := &ledger.Message{Customer: 1, On: today, State: ledger.MessageWaiting, To: "Vasseur@example.fr", Subject: "Vasseur", Body: "Chère Madame Vasseur"}
	d.Put(message)
	call := &ledger.Call{Customer: 1, On: today, Message: message.ID, With: "Vasseur", Notes: "Vasseur promet", Terms: "pour Vasseur", Document: "à Vasseur"}
	d.Put(call)
	d.Put(&ledger.Action{Customer: 1, On: today, Step: "call", Channel: ledger.ChannelPhone, Call: call.ID, Why: "Vasseur a rappelé"})
	d.Put(&ledger.TaskMark{Customer: 1, Task: "C1/phone", On: today, Why: "Vasseur absente", Who: "Vasseur"})
}

func TestErase(t *testing.T) {
	s := fresh(t)
	change(t, s, ledger.ActImport, func(d *ledger.Draft) { register(d, 3, 9) })
	var letter, shared ledger.Hash
	change(t, s, ledger.ActNote, func(d *ledger.Draft) {
		d.Put(&ledger.Contact{Customer: 1, Name: "Clotilde Vasseur", Phone: "06 00 00 00 01"})
		d.Put(&ledger.Contact{Customer: 2, Name: "Rodrigue Hautbois"})
		d.Put(&ledger.Note{Customer: 1, On: today, Text: "Madame Vasseur part en retraite"})
		d.Put(&ledger.Dispute{Invoice: 1, Opened: today, Words: "Clotilde Vasseur conteste"})
		letter, shared = d.Keep([]byte("Chère Madame Vasseur")), d.Keep([]byte("Conditions générales"))
		d.Put(&ledger.Letter{Customer: 1, On: today, Hash: letter, Amount: ledger.Euros(1)})
		d.Put(&ledger.Document{Customer: 1, On: today, Hash: shared, Name: "vasseur.pdf"})
		d.Put(&ledger.Document{Customer: 2, On: today, Hash: shared, Name: "cgv.pdf"})
		followUp(d)
	})
	change(t, s, ledger.ActNote, func(d *ledger.Draft) { // states before, and a record taken back
		n := ledger.Clone(s.Book().Notes.Get(1))
		n.Text = "Vasseur a changé de numéro"
		d.Put(n)
		d.Delete(ledger.KindDispute, 1)
		c := ledger.Clone(s.Book().Customer(1))
		c.Email = "vasseur@example.fr"
		d.Put(c)
	})
	e, err := s.EraseCustomer(bg, 1, today)
	if err != nil {
		t.Fatal(err)
	}
	if e.Act != ledger.ActErase || e.Seq != 4 {
		t.Error(e)
	}
	check := func(s *Store) {
		t.Helper()
		b := s.Book()
		if c := b.Customer(1); c.Name != "" || c.Email != "" || c.Ref == "" {
			t.Errorf("%+v", c)
		}
		if b.Contacts.Get(1).Name != "" || b.Contacts.Get(2).Name == "" || b.Notes.Get(1).Text != "" {
			t.Error("texts are there, or too many gone")
		}
		if i := b.Invoice(1); i.Subject != "" || i.Number == "" || i.Total.IsZero() {
			t.Errorf("%+v", i)
		}
		if _, err := s.Document(letter); ledger.CodeOf(err) != "document_erased" {
			t.Error(err)
		}
		if _, err := s.Document(shared); err != nil {
			t.Error(err)
		}
		if !s.Erased(ledger.KindCustomer, 1) || s.Erased(ledger.KindCustomer, 2) {
			t.Error("erased")
		}
		clean(t, s)
	}
	check(s)
	content, err := os.ReadFile(s.Path())
	if err != nil || bytes.Contains(content, []byte("Vasseur")) || !bytes.Contains(content, []byte("Hautbois")) {
		t.Error("the file still holds the name", err)
	}
	s = again(t, s)
	check(s)
	if _, err := s.EraseContact(bg, 2, today); err != nil || s.Book().Contacts.Get(2).Name != "" {
		t.Error(err)
	}
	if _, err := s.EraseCustomer(bg, 77, today); ledger.CodeOf(err) != "nobody_to_erase" {
		t.Error(err)
	}
	if _, _, err := s.Undo(bg, e.Seq, today); ledger.CodeOf(err) != "nothing_to_undo" {
		t.Error(err)
	}
	// Life goes on: a name given anew, and the change before the erasing taken back.
	change(t, s, ledger.ActCustomer, func(d *ledger.Draft) {
		c := ledger.Clone(s.Book().Customer(1))
		c.Name = "Client 1"
		d.Put(c)
	})
	if _, _, err := s.Undo(bg, 3, today); err != nil {
		t.Error(err)
	}
	clean(t, s)
	sameBooks(t, s.Book(), again(t, s).Book())
}
