package customers

import (
	"cmp"
	"slices"

	"quitus/app/dialogs"
	"quitus/assets/words"
	"quitus/ledger"
)

// file is a document or a letter kept with a customer.
type file struct {
	Title, Second string
	Hash          ledger.Hash
	Name          string // under which it opens
	on            ledger.Date
}

// readFiles lists the documents kept with a customer and its invoices, and its letters, the newest first.
func readFiles(w *words.Words, b *ledger.Book, id ledger.CustomerID) []file {
	var out []file
	for x := range b.Documents.All() {
		if x.Customer != id {
			continue
		}
		number := ""
		if i := b.Invoice(x.Invoice); i != nil {
			number = i.Number
		}
		out = append(out, file{x.Name, dialogs.Joined(w.Date(x.On), number, dialogs.FileSize(w, x.Size)), x.Hash, x.Name, x.On})
	}
	for _, l := range b.LettersOf(id) {
		when := w.T("dialogs.card.letter_made", "day", l.On)
		if l.Sent != 0 {
			when = w.T("dialogs.card.letter_sent", "day", l.Sent)
		}
		out = append(out, file{w.T("letters.model." + l.Model), dialogs.Joined(when, w.Money(l.Amount)), l.Hash, l.Reference + ".pdf", cmp.Or(l.Sent, l.On)})
	}
	slices.SortStableFunc(out, func(x, y file) int { return cmp.Compare(y.on, x.on) })
	return out
}
