package desk

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
)

// RegisteredNote is what is noted of a letter's way as registered mail. The files, where there are any, are kept with the
// customer as the new proofs.
type RegisteredNote struct {
	ledger.Registered
	ProofFile, ReceiptFile string // paths; empty to leave the proofs as they are
}

// NoteRegistered records what is known of a registered letter's way. The error is FieldErrors where fields are wrong, by the
// rules of [ledger.RecordRegistered], and those of [ReadFile].
func (d *Desk) NoteRegistered(ctx context.Context, id ledger.LetterID, n RegisteredNote) (ledger.Entry, error) {
	proof, err := readOrNone(n.ProofFile)
	if err != nil {
		return ledger.Entry{}, err
	}
	receipt, err := readOrNone(n.ReceiptFile)
	if err != nil {
		return ledger.Entry{}, err
	}
	return d.change(ctx, ledger.ActRegistered, nil, func(x *ledger.Draft) error {
		keep := func(at *ledger.DocumentID, path string, content []byte) {
			l, ok := x.Record(ledger.KindLetter, uint32(id)).(*ledger.Letter)
			if content == nil || !ok {
				return
			}
			doc := &ledger.Document{Customer: l.Customer, On: d.Today(), Name: filepath.Base(path), Size: int64(len(content)), Hash: x.Keep(content)}
			x.Put(doc)
			*at = doc.ID
		}
		r := n.Registered
		keep(&r.Proof, n.ProofFile, proof)
		keep(&r.Receipt, n.ReceiptFile, receipt)
		return FieldErrors(ledger.RecordRegistered(x, id, r, d.Today())).err()
	})
}

func readOrNone(path string) ([]byte, error) {
	if path == "" {
		return nil, nil
	}
	return ReadFile(path, MaxDocument)
}

// ByRegisteredMail says whether a letter is of those that go by registered mail, or went so.
func (s *State) ByRegisteredMail(l *ledger.Letter) bool {
	if !l.Registered.IsZero() || l.Model == letters.FormalNotice || l.Model == letters.InsolvencyClaim {
		return true
	}
	return slices.ContainsFunc(s.Book.ActionsOf(l.Customer), func(a *ledger.Action) bool {
		return a.Letter == l.ID && a.Channel == ledger.ChannelRegistered
	})
}

// Posting gives the registered letters on paper that go to the post office on a day, by addressee: those posted that day, and
// for today those that were made and neither posted nor came back.
func (s *State) Posting(on ledger.Date) []*ledger.Letter {
	var out []*ledger.Letter
	for l := range s.Book.Letters.All() {
		r := l.Registered
		waits := on == s.On && r.Posted == 0 && r.Outcome == ledger.MailNotYetBack && max(l.On, l.Sent) == on
		if s.ByRegisteredMail(l) && !r.Certified && (r.Posted == on || waits) {
			out = append(out, l)
		}
	}
	slices.SortStableFunc(out, func(x, y *ledger.Letter) int {
		return cmp.Compare(ledger.Fold(s.Book.Customer(x.Customer).Name), ledger.Fold(s.Book.Customer(y.Customer).Name))
	})
	return out
}

// PostList writes the list of registered letters that goes to the post office on a day, as PDF. Errors: post_nothing (with the
// fact "date"), letter_pdf_failed.
func (d *Desk) PostList(on ledger.Date, lang words.Lang) ([]byte, error) {
	s := d.State()
	list := s.Posting(on)
	if len(list) == 0 {
		return nil, ledger.Errorf("post_nothing", "date", on)
	}
	return letters.PostList(s.Book, list, on, lang, d.logo(s.Book)).PDF()
}
