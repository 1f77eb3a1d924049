package customers

import (
	"cmp"
	"slices"

	"quitus/app/desk"
	"quitus/app/dialogs"
	"quitus/assets/words"
	"quitus/ledger"
)

// file is a document or a letter kept with a customer.
type file struct {
	Title, Second string
	Hash          ledger.Hash
	Name          string          // under which it opens
	Registered    ledger.LetterID // of a letter that goes by registered mail
	on            ledger.Date
}

// readFiles lists the documents kept with a customer and its invoices, and its letters, the newest first.
func readFiles(w *words.Words, s *desk.State, id ledger.CustomerID) []file {
	b := s.Book
	var out []file
	for x := range b.Documents.All() {
		if x.Customer != id {
			continue
		}
		number := ""
		if i := b.Invoice(x.Invoice); i != nil {
			number = i.Number
		}
		out = append(out, file{Title: x.Name, Second: dialogs.Joined(w.Date(x.On), number, dialogs.FileSize(w, x.Size)), Hash: x.Hash, Name: x.Name, on: x.On})
	}
	for _, l := range b.LettersOf(id) {
		when := w.T("dialogs.card.letter_made", "day", l.On)
		if l.Sent != 0 {
			when = w.T("dialogs.card.letter_sent", "day", l.Sent)
		}
		x := file{Title: w.T("letters.model." + l.Model), Second: dialogs.Joined(when, w.Money(l.Amount)), Hash: l.Hash, Name: l.Reference + ".pdf", on: cmp.Or(l.Sent, l.On)}
		if s.ByRegisteredMail(l) {
			x.Registered = l.ID
		}
		if o := l.Registered.Outcome; o != ledger.MailNotYetBack {
			x.Second = dialogs.Joined(when, w.T("handover.mail."+string(o)))
		}
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(x, y file) int { return cmp.Compare(y.on, x.on) })
	return out
}
