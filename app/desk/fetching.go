package desk

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"time"

	"quitus/ledger"
	"quitus/mail/box"
	"quitus/mail/reply"
)

// FetchReport is what was found in the mailbox.
type FetchReport struct {
	Looked  int // messages whose header was read
	Replies int // of persons, that wait for the owner
	Bounces int
	Autos   int // automatic answers
	Left    int // messages that could not be read
}

// FetchOptions says how replies are looked for.
type FetchOptions struct {
	// Folder is where it is kept how far the mailbox was read; the configuration folder where empty.
	Folder string
	// Each is told after each folder.
	Each func(done, total int)
}

// Bounds of one fetch.
const (
	fetchDays   = 400  // how long ago an e-mail may have left whose answer is looked for
	senderDays  = 120  // for how long invoice numbers are looked for in messages of whom we wrote to
	mostReplies = 1000 // that one fetch stores; the next goes on
)

// Fetch looks through the mailbox for what came back on the company's e-mails, and keeps it byte for byte. What is about no case is not
// kept. It begins where the last fetch ended. Errors: mail_not_set_up, mail_running, those of [box.Open] and of the ledger; what was found
// before stays.
func (d *Desk) Fetch(ctx context.Context, w MailWay, o FetchOptions) (FetchReport, error) {
	if !d.sending.TryLock() {
		return FetchReport{}, ledger.Errorf("mail_running")
	}
	defer d.sending.Unlock()
	if d.State().Book.Mail() == nil {
		return FetchReport{}, ledger.Errorf("mail_not_set_up")
	}
	if err := d.SettleMail(ctx); err != nil {
		return FetchReport{}, err
	}
	m, err := w.Mailbox(ctx)
	if err != nil || m == nil {
		return FetchReport{}, err
	}
	defer m.Close()
	d.keepCopies(ctx, m)
	f := &fetch{desk: d, box: m, places: d.readPlaces(o.Folder)}
	f.since, f.index = d.replyIndex()
	if f.since == 0 { // nothing ever left that somebody could answer
		return f.report, nil
	}
	folders, err := m.Folders(ctx)
	if len(folders) == 0 {
		return f.report, err
	}
	for i, x := range folders {
		if x.Look && x.Selectable {
			if err := f.folder(ctx, x.Name, o.Folder); err != nil && ledger.CodeOf(err) != "mail_folder" {
				return f.report, err
			}
		}
		if o.Each != nil {
			o.Each(i+1, len(folders))
		}
	}
	return f.report, nil
}

// replyIndex gathers what replies are found by, and the day from which they can have come; 0 where nothing left.
func (d *Desk) replyIndex() (ledger.Date, *reply.Index) {
	book, today := d.State().Book, d.Today()
	x := reply.NewIndex(d.mailKey(), senderDays)
	x.AddOwn(book.Mail().Address)
	since := ledger.Date(0)
	written := map[ledger.CustomerID]bool{}
	for m := range book.Messages.All() {
		left := max(m.Sent, m.On)
		if m.State == ledger.MessageWaiting || m.State == ledger.MessageDropped || left < today-fetchDays {
			continue
		}
		if since == 0 || m.On < since {
			since = m.On
		}
		x.AddMessage(m)
		written[m.Customer] = true
	}
	for c := range written {
		for _, id := range book.InvoicesOf(c) {
			x.AddInvoice(c, book.Invoice(id).Number)
		}
	}
	return since, x
}

// mailKey is what references in e-mails are made with: it tells this ledger from all others, and never changes.
func (d *Desk) mailKey() []byte { return []byte(d.store.ID()) }

// fetch is one run through the mailbox.
type fetch struct {
	desk   *Desk
	box    Mailbox
	index  *reply.Index
	since  ledger.Date
	places places
	report FetchReport
}

// folder looks through what is new in a folder.
func (f *fetch) folder(ctx context.Context, name, keep string) error {
	_, err := f.box.Scan(ctx, name, f.places.Folders[name], box.Scanning{
		Since: f.since,
		Wanted: func(h *box.Head) bool {
			f.report.Looked++
			head := reply.ReadHead(h.Header)
			return reply.Maybe(&head, f.index)
		},
		Message: func(h *box.Head, raw []byte) error {
			if f.report.Replies+f.report.Bounces+f.report.Autos >= mostReplies {
				return ledger.Errorf("mail_many_replies", "most", mostReplies)
			}
			return f.take(ctx, h, raw)
		},
		Left: func(box.Left) error {
			f.report.Left++
			return nil
		},
		Reached: func(p box.Position) error {
			f.places.Folders[name] = p
			return f.desk.writePlaces(keep, f.places)
		},
	})
	return err
}

// take keeps a message that belongs to a case; one that is kept already is not kept twice.
func (f *fetch) take(ctx context.Context, h *box.Head, raw []byte) error {
	d := f.desk
	m, err := reply.Read(raw)
	if err != nil {
		f.report.Left++
		return nil
	}
	found, ok := reply.Match(m, f.index)
	if !ok || d.known(found.Customer, m, ledger.HashOf(raw)) {
		return nil
	}
	r := &ledger.Reply{
		Customer: found.Customer, Contact: found.Contact, Message: found.Message, Sort: m.Kind, Found: found.By,
		On: dayOf(m, h, d.Today()), At: d.clock(), Header: m.ID, Size: int64(len(raw)),
		From: m.From.Address, Subject: m.Subject, Text: m.Text,
	}
	switch m.Kind {
	case ledger.ReplyPerson:
		p := reply.Propose(m.Text, r.On, d.languageOf(found.Customer))
		r.Proposed, r.PassageFrom, r.PassageTo = p.Meaning, p.From, p.To
		f.report.Replies++
	case ledger.ReplyBounce:
		r.Decided = d.Today() // the e-mail itself asks for a decision
		f.report.Bounces++
	default:
		r.Decided = d.Today()
		f.report.Autos++
	}
	_, err = d.change(ctx, ledger.ActMail, nil, func(b *ledger.Draft) error {
		r.Raw = b.Keep(raw)
		b.Put(r)
		answered(b, r, m)
		return nil
	})
	return err
}

// answered puts into the e-mail that was answered what the answer tells of it: that it came back, or that it did arrive.
func answered(b *ledger.Draft, r *ledger.Reply, m *reply.Message) {
	was := b.Book().Messages.Get(uint32(r.Message))
	if was == nil {
		return
	}
	x := ledger.Clone(was)
	switch open := was.State == ledger.MessageSent || was.State == ledger.MessageUnknown || was.State == ledger.MessageSending; {
	case !open:
		return
	case r.Sort == ledger.ReplyBounce:
		failed := false
		for _, bounce := range m.Bounces {
			if bounce.Action == reply.Failed {
				failed, x.Answer = true, bounce.Diagnostic
			}
		}
		if !failed && len(m.Bounces) > 0 {
			return
		}
		x.State, x.Code = ledger.MessageRefused, 0
	case was.State != ledger.MessageSent:
		x.State, x.Sent = ledger.MessageSent, ledger.DateOf(x.At)
	default:
		return
	}
	b.Put(x)
}

// known says whether a message is kept already: in another folder, or from before the mailbox was renumbered.
func (d *Desk) known(c ledger.CustomerID, m *reply.Message, raw ledger.Hash) bool {
	for _, r := range d.State().Book.RepliesOf(c) {
		if r.Raw == raw || m.ID != "" && r.Header == m.ID && r.From == m.From.Address {
			return true
		}
	}
	return false
}

// dayOf is the day of a message: that of its date, unless its sender's clock is ahead; else that of its arrival.
func dayOf(m *reply.Message, h *box.Head, today ledger.Date) ledger.Date {
	switch {
	case m.On != 0 && m.On <= today:
		return m.On
	case !h.Received.IsZero():
		return min(ledger.DateOf(h.Received.Local()), today)
	}
	return today
}

func (d *Desk) languageOf(id ledger.CustomerID) string {
	if c := d.State().Book.Customer(id); c != nil {
		return c.Language
	}
	return ""
}

// fileSent puts copies of what left among the mailbox's sent messages. That it fails is no failure of sending: the next fetch tries again.
func (d *Desk) fileSent(ctx context.Context, w MailWay) {
	if m, err := w.Mailbox(ctx); err == nil && m != nil {
		defer m.Close()
		d.keepCopies(ctx, m)
	}
}

// filedWithin is for how many days a copy is put among the sent messages; later it would only surprise.
const filedWithin = 7

// keepCopies puts copies of what left among the sent messages, where the server for sending does not do that itself; and looks there for what
// is uncertain, where it does.
func (d *Desk) keepCopies(ctx context.Context, m Mailbox) {
	itself := box.FilesItself(d.State().Book.Mail().SMTP.Host)
	for x := range d.State().Book.Messages.All() {
		if ctx.Err() != nil {
			return
		}
		switch {
		case itself && x.State == ledger.MessageUnknown:
			found, err := m.FindSent(ctx, x.Header)
			if err != nil {
				return
			}
			if found {
				d.note(ctx, x.ID, func(x *ledger.Message) { x.State, x.Sent, x.Filed = ledger.MessageSent, ledger.DateOf(x.At), true })
			}
		case !itself && x.State == ledger.MessageSent && x.Raw != "" && !x.Filed && x.Sent > d.Today()-filedWithin:
			raw, err := d.store.Document(x.Raw)
			if err != nil {
				continue
			}
			if _, err := m.FileSent(ctx, x.Header, raw, x.At); err == nil {
				d.note(ctx, x.ID, func(x *ledger.Message) { x.Filed = true })
			} else if ledger.CodeOf(err) != "mail_refused_imap" { // not about this one: no room, no such folder, no connection
				return
			}
		}
	}
}

// note records what became known of an e-mail. A failure is told by the next act that writes.
func (d *Desk) note(ctx context.Context, id ledger.MessageID, how func(*ledger.Message)) {
	_, _ = d.change(ctx, ledger.ActMail, nil, func(b *ledger.Draft) error {
		if m := b.Book().Messages.Get(uint32(id)); m != nil {
			x := ledger.Clone(m)
			how(x)
			b.Put(x)
		}
		return nil
	})
}

// places is how far each folder of the mailbox was read. It is kept apart from the ledger, as it changes with every message that comes, and
// counts only while the ledger goes on from where it was: after a restore, or without it, the mailbox is looked through again, and what is
// known is not kept twice.
type places struct {
	Address string                  `json:"address"`
	Server  string                  `json:"server"`
	Entry   uint64                  `json:"entry"` // of the journal, when it was written
	Hash    ledger.Hash             `json:"hash"`
	Folders map[string]box.Position `json:"folders"`
}

func (d *Desk) placesPath(folder string) (string, error) {
	if folder == "" {
		var err error
		if folder, err = ConfigDir(); err != nil {
			return "", err
		}
	}
	return filepath.Join(folder, "mailbox-"+string(ledger.HashOf(d.mailKey()))[:16]+".json"), nil
}

func (d *Desk) readPlaces(folder string) places {
	account := d.State().Book.Mail()
	none := places{Address: account.Address, Server: account.IMAP.Host, Folders: map[string]box.Position{}}
	path, err := d.placesPath(folder)
	if err != nil {
		return none
	}
	data, err := os.ReadFile(path)
	p := places{}
	if err != nil || json.Unmarshal(data, &p) != nil || p.Address != none.Address || p.Server != none.Server || p.Folders == nil {
		return none
	}
	if e, err := d.store.Entry(p.Entry); err != nil || e.Hash != p.Hash {
		return none
	}
	return p
}

func (d *Desk) writePlaces(folder string, p places) error {
	entries, err := d.store.Entries(1)
	if err != nil || len(entries) == 0 {
		return err
	}
	p.Entry, p.Hash = entries[0].Seq, entries[0].Hash
	path, err := d.placesPath(folder)
	if err != nil {
		return err
	}
	data, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return WriteFile(path, data)
}

// MailInterval is how often the mailbox is looked at where it does not tell news by itself.
const MailInterval = 10 * time.Minute
