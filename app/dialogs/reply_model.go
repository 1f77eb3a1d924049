package dialogs

import (
	"context"
	"slices"
	"strings"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
	"quitus/mail/reply"
)

// replyDesk is what reading a reply and deciding about it needs of the desk.
type replyDesk interface {
	State() *desk.State
	Today() ledger.Date
	RawMail(h ledger.Hash) ([]byte, error)
	CallFile(customer ledger.CustomerID, task string) (*desk.CallFile, error)
	DecideReply(ctx context.Context, r desk.ReplyDecision) (ledger.Entry, error)
}

// replyModel is a reply beside its case, and what the owner says that it means.
type replyModel struct {
	owed
	desk     replyDesk
	Reply    *ledger.Reply
	Ours     *ledger.Message // that it answers; nil where that is not known
	Proposal reply.Proposal
	Mail     *reply.Message // what its bytes say besides; nil where they could not be read
	Raw      []byte
	ReadErr  error
	file     *desk.CallFile

	Meant   ledger.Meaning // nothing while the owner did not say
	Promise ledger.Promise
	Dispute ledger.Dispute
	// Acknowledges: the reply acknowledges the debt in writing.
	Acknowledges bool
	Note         string
}

// readReply gathers a reply and its case; it reads the message's bytes, so that it is not for the window's goroutine. The error's code is
// reply_unknown; that the bytes cannot be read is told in ReadErr.
func readReply(d replyDesk, w *words.Words, id ledger.ReplyID) (*replyModel, error) {
	s := d.State()
	r := s.Book.Replies.Get(uint32(id))
	if r == nil {
		return nil, ledger.Errorf("reply_unknown", "reply", uint32(id))
	}
	m := &replyModel{owed: readOwed(s, w, r.Customer), desk: d, Reply: r, Ours: s.ReplyAnswers(r), Proposal: s.ReplyProposal(r)}
	var err error
	if m.file, err = d.CallFile(r.Customer, ""); err != nil {
		return nil, err
	}
	if m.Raw, m.ReadErr = d.RawMail(r.Raw); m.ReadErr == nil {
		m.Mail, m.ReadErr = reply.Read(m.Raw)
	}
	m.Meant = r.Meant
	if r.Waits() && r.Passage() != "" { // without a passage nothing was recognised: the owner says it without a guess
		m.Meant = r.Proposed
	}
	m.propose()
	return m, nil
}

// bankDays is after how many days a payment that is said to be made is missed.
const bankDays = 3

// propose prefills the promise from the words of the reply, and the dispute with the oldest of the invoices that it is about.
func (m *replyModel) propose() {
	m.Promise = ledger.Promise{Customer: m.Customer.ID, Amount: m.proposed(""), Means: ledger.Transfer, Due: m.Proposal.Date, Words: m.Reply.Passage()}
	m.choose(m.choice())
	if x := m.Proposal.Money; x != nil && x.Currency == m.Promise.Amount.Currency {
		m.Promise.Amount = *x
	}
	if m.Proposal.Done {
		m.Promise.Due = letters.Workday(max(m.Proposal.Date, m.Reply.On).Add(bankDays))
	}
	if list := m.about(); len(list) > 0 {
		m.Dispute = ledger.Dispute{Invoice: list[0], Words: m.Reply.Passage()}
	}
}

// about lists the open invoices that the e-mail was about which the reply answers; all that are open where it was about none of them.
func (m *replyModel) about() []ledger.InvoiceID {
	var all, named []ledger.InvoiceID
	for _, i := range m.Invoices {
		all = append(all, i.ID)
		if m.Ours != nil && slices.ContainsFunc(m.Ours.Lines, func(l ledger.LetterLine) bool { return l.Invoice == i.ID }) {
			named = append(named, i.ID)
		}
	}
	if len(named) > 0 {
		return named
	}
	return all
}

// ofMail is the code of the choice of what the e-mail was about, where that is some of what is open.
const ofMail = "mail"

// choice is the choice of invoices that the promise begins with: what the e-mail was about.
func (m *replyModel) choice() string {
	switch list := m.about(); {
	case len(list) == len(m.Invoices):
		return ""
	case len(list) == 1:
		return invoiceCode(list[0])
	}
	return ofMail
}

// promiseChoices are the invoices that a promise may be about.
func (m *replyModel) promiseChoices() []choice {
	out := m.choices(true)
	if m.choice() == ofMail {
		out = slices.Insert(out, 1, choice{ofMail, m.w.T("replies.of_mail", "numbers", m.numbers(m.about()))})
	}
	return out
}

// numbers names invoices.
func (m *replyModel) numbers(list []ledger.InvoiceID) string {
	var out []string
	for _, id := range list {
		out = append(out, m.state.Book.Invoice(id).Number)
	}
	return strings.Join(out, ", ")
}

// meanings are what the reply may mean: without an open invoice there is nothing to promise or to contest.
func (m *replyModel) meanings() []ledger.Meaning {
	if len(m.Invoices) > 0 {
		return ledger.Meanings
	}
	return []ledger.Meaning{ledger.MeansConfirms, ledger.MeansDocuments, ledger.MeansOther}
}

// reason says why a meaning is proposed.
func (m *replyModel) reason() string {
	switch {
	case m.Reply.Passage() == "":
		return m.w.T("replies.reason.none")
	case m.Proposal.Sure:
		return m.w.T("replies.reason.passage", "meaning", ledger.Term("mail.meaning."+string(m.Reply.Proposed)))
	}
	return m.w.T("replies.reason.unsure", "meaning", ledger.Term("mail.meaning."+string(m.Reply.Proposed)))
}

// found says by what the reply was tied to this case.
func (m *replyModel) found() string { return m.w.T("replies.found." + string(m.Reply.Found)) }

// other points out that the sender is not whom we wrote to; nothing where it is.
func (m *replyModel) other() string {
	if !m.state.FromOther(m.Reply) {
		return ""
	}
	return m.w.T("replies.other_sender", "to", m.Ours.To)
}

// sender is the address of the sender, after the name that the message gives.
func (m *replyModel) sender() string {
	if m.Mail != nil && m.Mail.From.Name != "" && m.Mail.From.Address == m.Reply.From {
		return reply.Safe(m.Mail.From.Name) + " <" + m.Reply.From + ">"
	}
	return m.Reply.From
}

// mayAcknowledge says whether a meaning may acknowledge the debt: who agrees or announces a payment may do so.
func (m *replyModel) mayAcknowledge() bool {
	return (m.Meant == ledger.MeansConfirms || m.Meant == ledger.MeansPays) && len(m.about()) > 0
}

// follows says what recording the chosen meaning brings.
func (m *replyModel) follows() string {
	switch {
	case m.Meant == "":
		return m.w.T("replies.choose")
	case m.Meant == ledger.MeansPays && m.Proposal.Done:
		return m.w.T("replies.follows.paid")
	}
	return m.w.T("replies.follows." + string(m.Meant))
}

// decision is what is to be recorded.
func (m *replyModel) decision() desk.ReplyDecision {
	out := desk.ReplyDecision{Reply: m.Reply.ID, Meant: m.Meant}
	switch m.Meant {
	case ledger.MeansPays:
		p := m.Promise
		out.Promise = &p
	case ledger.MeansContests:
		x := m.Dispute
		out.Dispute = &x
	case ledger.MeansOther, ledger.MeansDocuments:
		out.Note = m.Note
	}
	if m.Acknowledges && m.mayAcknowledge() {
		out.Acknowledges = m.about()
	}
	return out
}

func (m *replyModel) save(ctx context.Context) (ledger.Entry, error) {
	return m.desk.DecideReply(ctx, m.decision())
}

// checkPromise and checkDispute give the sentence for one field after a change.
func (m *replyModel) checkPromise(field string, change func(*ledger.Promise)) string {
	p := m.Promise
	p.Made = min(m.Reply.On, m.desk.Today())
	change(&p)
	return sentence(m.w, ledger.CheckPromise(m.state.Book, &p, m.state.Standings), field)
}

func (m *replyModel) checkDispute(field string, change func(*ledger.Dispute)) string {
	x := m.Dispute
	x.Opened = min(m.Reply.On, m.desk.Today())
	change(&x)
	return sentence(m.w, ledger.CheckDispute(m.state.Book, &x, m.state.Standings), field)
}

// choose takes another choice of invoices for the promise and proposes what is due of them.
func (m *replyModel) choose(code string) {
	if code != ofMail {
		m.Promise.Invoices, m.Promise.Amount = m.named(code), m.proposed(code)
		return
	}
	m.Promise.Invoices = m.about()
	m.Promise.Amount = ledger.Money{Currency: m.currency(invoiceCode(m.Promise.Invoices[0]))}
	m.Promise.Invoices = slices.DeleteFunc(m.Promise.Invoices, func(id ledger.InvoiceID) bool {
		return m.state.Book.Invoice(id).Total.Currency != m.Promise.Amount.Currency
	})
	for _, id := range m.Promise.Invoices {
		m.Promise.Amount = m.Promise.Amount.Add(m.proposed(invoiceCode(id)))
	}
}

// caseLine is a line of the case: words at the left, a few at the right, and small ones below.
type caseLine struct{ Text, Right, Second string }

// caseBlock is a part of the case under its title.
type caseBlock struct {
	Title string
	Lines []caseLine
}

// mostCase bounds each part of the case that is told beside the reply.
const mostCase = 6

// blocks tells the case: what is open, what was agreed and contested, the last contacts.
func (m *replyModel) blocks() []caseBlock {
	var out []caseBlock
	add := func(key string, lines []caseLine) {
		if len(lines) > 0 {
			out = append(out, caseBlock{m.w.T(key), lines})
		}
	}
	add("replies.case.open", m.openLines())
	add("replies.case.agreed", m.agreedLines())
	add("replies.case.contacts", m.contactLines())
	return out
}

func (m *replyModel) openLines() []caseLine {
	var out []caseLine
	w := m.w
	for n, i := range m.file.Invoices {
		if n == mostCase {
			out = append(out, caseLine{Text: w.N("replies.case.more", len(m.file.Invoices)-n)})
			break
		}
		out = append(out, caseLine{Text: i.Number, Right: w.Money(i.Open), Second: w.Standing(i.Invoice, i.Standing, m.state.On)})
	}
	if len(m.file.Invoices) > 1 {
		sum := ledger.Sums{}
		for _, i := range m.file.Invoices {
			sum.Add(i.Open)
		}
		out = append(out, caseLine{Text: "**" + w.T("replies.case.total") + "**", Right: "**" + w.Sums(sum) + "**"})
	}
	if len(out) == 0 {
		out = []caseLine{{Text: w.T("replies.case.nothing")}}
	}
	return out
}

// agreedLines tells the promises, the plan and the disputes that run.
func (m *replyModel) agreedLines() []caseLine {
	var out []caseLine
	w := m.w
	for _, p := range m.file.Promises {
		if p.State != ledger.PromiseKept && len(out) < mostCase {
			out = append(out, caseLine{Text: w.T("call.file.promise", "amount", p.Amount, "day", w.DateNumbers(p.Due, m.state.On)), Right: w.T(desk.PromiseKey(p.State))})
		}
	}
	if p := m.file.Plan; p != nil {
		out = append(out, caseLine{Text: w.N("call.file.plan", len(p.Instalments), "amount", p.Total())})
	}
	for _, x := range m.file.Disputes {
		if x.Closed == 0 || x.Closed > m.state.On {
			out = append(out, caseLine{Text: w.T("replies.case.dispute", "number", m.state.Book.Invoice(x.Invoice).Number), Second: w.DisputeReason(x.Reason)})
		}
	}
	return out
}

func (m *replyModel) contactLines() []caseLine {
	var out []caseLine
	w := m.w
	for _, e := range m.file.Contacted {
		if len(out) == mostCase {
			break
		}
		l := caseLine{Right: w.DateNumbers(e.On, m.state.On)}
		switch r := e.Record.(type) {
		case *ledger.Reply:
			if r.ID == m.Reply.ID {
				continue
			}
			l.Text = w.T("customers.event.reply")
		case *ledger.Message:
			l.Text = w.T("call.file.message", "letter", w.Letter(r.Model))
		case *ledger.Letter:
			l.Text = w.T("call.file.letter", "letter", w.Letter(r.Model))
		case *ledger.Call:
			l.Text = Joined(w.T("customers.event.call"), r.With)
		case *ledger.Step:
			l.Text = w.Step(r)
		}
		out = append(out, l)
	}
	return out
}

// attachment is a file of a message, as it is listed.
type attachment struct {
	Name, Size string
	Risky      bool
}

// mostAttachments is how many are listed; more are in the message itself.
const mostAttachments = 20

// attachments lists the files that came with a message.
func attachments(w *words.Words, m *reply.Message) []attachment {
	if m == nil {
		return nil
	}
	var out []attachment
	for _, a := range m.Attachments[:min(len(m.Attachments), mostAttachments)] {
		out = append(out, attachment{a.Name, fileSize(w, int64(a.Size)), a.Risky})
	}
	return out
}

// fileSize tells the size of a file as people do.
func fileSize(w *words.Words, n int64) string {
	switch {
	case n < 1000:
		return w.T("replies.size.b", "n", int(n))
	case n < 1000_000:
		return w.T("replies.size.kb", "n", int((n+500)/1000))
	}
	return w.T("replies.size.mb", "n", int((n+500_000)/1000_000))
}
