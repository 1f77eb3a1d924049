package dialogs

import (
	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
)

// shownMail is an e-mail or a reply to be read, in words.
type shownMail struct {
	Title    string
	Head     []mailHead
	Notes    []string // how far it came, by what it was found
	Warnings []string
	Text     string
	From, To int // bytes of Text that are lit
	Quoted   string
	Cut      bool
	Files    []attachment
	ReadErr  error
	Raw      ledger.Hash // the message's bytes, a document of the ledger; empty while there are none
	File     string      // the name to save them under
	bytes    []byte      // of a reply, of which files are saved; nil for none
}

// mailHead is a line of an e-mail's head.
type mailHead struct {
	Label, Text string
	Bold        bool
}

// shownMessage puts an e-mail of the company's into words; nil where there is none.
func shownMessage(s *desk.State, w *words.Words, id ledger.MessageID) *shownMail {
	x := s.Book.Messages.Get(uint32(id))
	if x == nil {
		return nil
	}
	out := &shownMail{Title: w.Letter(x.Model), Text: x.Body, Raw: x.Raw, File: w.T("replies.file.ours", "day", x.On.String(), "n", int(x.ID))}
	out.Head = append(out.Head, mailHead{w.T("replies.to"), x.To, false})
	if x.Cc != "" {
		out.Head = append(out.Head, mailHead{w.T("replies.cc"), x.Cc, false})
	}
	out.Head = append(out.Head, mailHead{w.T("replies.subject"), x.Subject, true})
	switch {
	case x.State == ledger.MessageSent && x.ByHand:
		out.Notes = append(out.Notes, w.T("replies.state.by_hand", "day", w.DateLong(x.Sent)))
	case x.State == ledger.MessageSent:
		out.Notes = append(out.Notes, w.T("replies.state.sent", "day", w.DateLong(x.Sent)))
	case x.State == ledger.MessageRefused:
		out.Warnings = append(out.Warnings, w.T("replies.state.refused", "reason", w.T("replies.refusal."+refusalOf(x))))
	case x.State == ledger.MessageUnknown:
		out.Warnings = append(out.Warnings, w.T("replies.state.unknown"))
	default:
		out.Notes = append(out.Notes, w.T("replies.state.waiting"))
	}
	if r := s.Confirmed(id); r != nil {
		out.Notes = append(out.Notes, w.T("replies.state.confirmed", "day", w.DateLong(r.On)))
	}
	lang := w.Lang()
	if c := s.Book.Customer(x.Customer); c != nil && c.Language != "" {
		lang = words.Lang(c.Language)
	}
	for _, name := range s.AttachedNames(x, lang) {
		out.Files = append(out.Files, attachment{Name: name})
	}
	return out
}

func refusalOf(m *ledger.Message) string { return desk.Refusal(m) }

// shown puts a reply into words to be read.
func (m *replyModel) shown() *shownMail {
	w, r := m.w, m.Reply
	out := &shownMail{
		Title: w.T("replies.title."+string(r.Sort), "name", m.name()), Text: r.Text, From: r.PassageFrom, To: r.PassageTo, ReadErr: m.ReadErr,
		Raw: r.Raw, File: w.T("replies.file", "day", r.On.String(), "n", int(r.ID)), bytes: m.Raw, Files: attachments(w, m.Mail),
	}
	out.Head = []mailHead{{w.T("replies.from"), m.sender(), false}, {w.T("replies.subject"), r.Subject, true}}
	out.Notes = []string{Joined(w.T("replies.on", "day", w.DateLong(r.On)), m.found())}
	if r.Meant != "" {
		out.Notes = append(out.Notes, w.T("replies.meant", "meaning", ledger.Term("mail.meaning."+string(r.Meant)), "day", w.DateLong(r.Decided)))
	}
	if other := m.other(); other != "" && r.Sort == ledger.ReplyPerson {
		out.Warnings = append(out.Warnings, other)
	}
	if m.Mail != nil {
		out.Quoted, out.Cut = m.Mail.Quoted, m.Mail.Cut
	}
	return out
}
