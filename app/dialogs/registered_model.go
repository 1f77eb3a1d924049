package dialogs

import (
	"context"
	"path/filepath"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters/handover"
)

// registeredDesk is what noting a registered letter's way needs of the desk.
type registeredDesk interface {
	State() *desk.State
	NoteRegistered(ctx context.Context, id ledger.LetterID, n desk.RegisteredNote) (ledger.Entry, error)
	PostList(on ledger.Date, lang words.Lang) ([]byte, error)
}

// registeredModel is what is being noted of a registered letter.
type registeredModel struct {
	desk   registeredDesk
	w      *words.Words
	state  *desk.State
	letter *ledger.Letter
	Now    desk.RegisteredNote
}

// newRegisteredModel begins with what is known; nil where the letter is no longer there. A letter of which nothing is known was
// posted on the day it left.
func newRegisteredModel(d registeredDesk, w *words.Words, id ledger.LetterID) *registeredModel {
	s := d.State()
	l := s.Book.Letters.Get(uint32(id))
	if l == nil {
		return nil
	}
	m := &registeredModel{desk: d, w: w, state: s, letter: l, Now: desk.RegisteredNote{Registered: l.Registered}}
	if l.Registered.IsZero() {
		m.Now.Posted = l.Sent
	}
	return m
}

func (m *registeredModel) title() string {
	return m.w.T("handover.mail.title", "letter", m.w.T("letters.model."+m.letter.Model), "day", m.letter.On)
}

func (m *registeredModel) name() string { return m.state.Book.Customer(m.letter.Customer).Name }

// check gives the sentence for one field.
func (m *registeredModel) check(field string, change func(*ledger.Registered)) string {
	l := ledger.Clone(m.letter)
	l.Registered = m.Now.Registered
	change(&l.Registered)
	for _, e := range ledger.CheckRegistered(l, m.state.On) {
		if FieldOf(e) == field {
			return m.w.Error(e)
		}
	}
	return ""
}

// told says of a number whether its check digit was checked; nothing while there is none, or a wrong one.
func (m *registeredModel) told(number string) string {
	kept, checked, err := ledger.TrackingNumber(number)
	switch {
	case err != nil || kept == "":
		return ""
	case checked:
		return m.w.T("handover.mail.checked")
	}
	return m.w.T("handover.mail.unchecked")
}

// outcomes are what can have come back.
func (m *registeredModel) outcomes() []choice {
	out := []choice{{string(ledger.MailNotYetBack), m.w.T("handover.mail.waiting")}}
	for _, o := range ledger.MailOutcomes {
		out = append(out, choice{string(o), m.w.T("handover.mail." + string(o))})
	}
	return out
}

// follows says what follows from the outcome chosen.
func (m *registeredModel) follows() string {
	return handover.Follows(m.w, m.state.Book.Company().Country, m.state.Book.Customer(m.letter.Customer).Country, m.Now.Outcome)
}

// proof names a proof: the file chosen, or the document kept; receipt is for the second one.
func (m *registeredModel) proof(receipt bool) string {
	path, id := m.Now.ProofFile, m.Now.Proof
	if receipt {
		path, id = m.Now.ReceiptFile, m.Now.Receipt
	}
	if path != "" {
		return shortened(filepath.Base(path), longestTick)
	}
	if x := m.state.Book.Documents.Get(uint32(id)); x != nil {
		return shortened(x.Name, longestTick)
	}
	return m.w.T("handover.mail.none")
}

// listed is the day whose list for the post office is made: that of posting, today where it is not known.
func (m *registeredModel) listed() ledger.Date {
	if m.letter.Registered.Posted != 0 {
		return m.letter.Registered.Posted
	}
	return m.state.On
}

func (m *registeredModel) save(ctx context.Context) (ledger.Entry, error) {
	return m.desk.NoteRegistered(ctx, m.letter.ID, m.Now)
}
