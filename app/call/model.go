package call

import (
	"context"
	"slices"
	"strings"
	"time"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters/guide"
)

// callDesk is what a call needs of the desk.
type callDesk interface {
	State() *desk.State
	Today() ledger.Date
	Time() time.Time
	CallFile(customer ledger.CustomerID, task string) (*desk.CallFile, error)
	Refreshed(f *desk.CallFile) (*desk.CallFile, error)
	StartCall(ctx context.Context, customer ledger.CustomerID, contact ledger.ContactID, with string, invoices []ledger.InvoiceID) (*ledger.Call, ledger.Entry, error)
	SaveCallNotes(ctx context.Context, id ledger.CallID, notes string) error
	DropCall(ctx context.Context, id ledger.CallID) (ledger.Entry, error)
	EndCall(ctx context.Context, c desk.CallEnd) (*ledger.Call, ledger.Entry, error)
	CheckCall(c desk.CallEnd) error
	Summary(c desk.CallEnd) (desk.CallSummary, error)
}

// What the answer panel may show besides an objection.
const (
	openNothing     = ""
	openVoicemail   = "@voicemail"
	openSwitchboard = "@switchboard"
	openBack        = "@back"
	openRules       = "@rules"
	openNotes       = "@notes"
)

// model is a call: the file at hand, the guide filled with it, and the notes.
type model struct {
	desk callDesk
	w    *words.Words

	File    *desk.CallFile
	Guide   *guide.Filled
	Call    *ledger.Call // that runs; nil before
	Resumed bool         // it was begun before the screen was opened
	Lines   []ledger.NoteLine
	Draft   string // the line that is being written
	Own     bool   // the owner speaks, not the customer
	Step    int
	Open    string // ID of the objection that is open, or one of the above
	Contact *ledger.Contact
	Why     string // for calling against a house rule
	SavedAt string

	Promises []ledger.Promise // noted in this call
	Document string           // to be sent again

	began time.Time // of this call, where it is known to the second
}

// loaded is what is read for a call, off the window's goroutine.
type loaded struct {
	file    *desk.CallFile
	guide   *guide.Filled
	running *ledger.Call
}

// load reads the file of a call and finds the call that runs with the customer.
func (m *model) load(customer ledger.CustomerID, task string) (*loaded, error) {
	f, err := m.desk.CallFile(customer, task)
	if err != nil {
		return nil, err
	}
	l := &loaded{file: f}
	for _, c := range f.State.RunningCalls() {
		if c.Customer == customer {
			l.running = c
			break
		}
	}
	contact := f.Contact
	if l.running != nil && l.running.Contact != 0 {
		contact = f.State.Book.Contacts.Get(uint32(l.running.Contact))
	}
	l.guide, err = f.Guide(m.w, contact, nil)
	return l, err
}

// take begins with what was loaded. A call that runs is gone on with: its notes are there again.
func (m *model) take(l *loaded) {
	*m = model{desk: m.desk, w: m.w, File: l.file, Guide: l.guide, Contact: l.file.Contact, Call: l.running}
	if c := l.running; c != nil {
		m.Resumed, m.Lines = true, ledger.ReadNotes(c.Notes)
		if k := l.file.State.Book.Contacts.Get(uint32(c.Contact)); k != nil {
			m.Contact = k
		}
		m.began = m.begunAt(c)
	}
}

// begunAt is when a call of today was begun; the zero time for another.
func (m *model) begunAt(c *ledger.Call) time.Time {
	now := m.desk.Time()
	at, err := time.Parse("15:04", c.At)
	if err != nil || c.On != ledger.DateOf(now) {
		return time.Time{}
	}
	y, mo, d := now.Date()
	return time.Date(y, mo, d, at.Hour(), at.Minute(), 0, 0, now.Location())
}

// refill fills the guide anew, after something was agreed.
func (m *model) refill() error {
	g, err := m.File.Guide(m.w, m.Contact, m.Promises)
	if err == nil {
		m.Guide = g
	}
	return err
}

// running says whether the call was begun.
func (m *model) running() bool { return m.Call != nil }

// needsWhy says whether something speaks against the call that its owner has not answered yet.
func (m *model) needsWhy() bool { return !m.running() && len(m.File.Against) > 0 && m.Why == "" }

// start begins the call.
func (m *model) start(ctx context.Context) (*ledger.Call, error) {
	contact, with := ledger.ContactID(0), ""
	if m.Contact != nil {
		contact, with = m.Contact.ID, m.Contact.Name
	}
	c, _, err := m.desk.StartCall(ctx, m.File.Customer.ID, contact, with, m.File.AskedIDs())
	return c, err
}

// started takes the call that was begun.
func (m *model) started(c *ledger.Call) {
	m.Call = c
	if m.began = m.desk.Time(); c.At != m.began.Format("15:04") {
		m.began = m.begunAt(c)
	}
}

// seconds is how long the call has run; 0 where that is not known.
func (m *model) seconds() int {
	if !m.running() || m.began.IsZero() {
		return 0
	}
	return max(0, int(m.desk.Time().Sub(m.began).Seconds()))
}

// elapsed writes how long the call has run: "04:12", "1:04:12".
func (m *model) elapsed() string {
	s := m.seconds()
	two := func(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
	if s >= 3600 {
		return m.w.Number(s/3600) + ":" + two(s/60%60) + ":" + two(s%60)
	}
	return two(s/60) + ":" + two(s%60)
}

// clock is the time of the day, "10:44".
func (m *model) clock() string { return m.desk.Time().Format("15:04") }

// customerName is how the one on the line is named in notes.
func (m *model) customerName() string {
	if m.Contact != nil {
		return m.Contact.Name
	}
	return m.w.T("call.notes.customer")
}

// who is how the speaker is named in notes.
func (m *model) who() string {
	if m.Own {
		return m.w.T("call.notes.me")
	}
	return m.customerName()
}

// write changes the line that is being written.
func (m *model) write(text string) { m.Draft = text }

// commit ends the line that is being written and says whether there was one.
func (m *model) commit() bool {
	text := strings.TrimSpace(m.Draft)
	m.Draft = ""
	if text == "" {
		return false
	}
	m.Lines = append(m.Lines, ledger.NoteLine{At: m.clock(), Who: m.who(), Own: m.Own, Text: text})
	return true
}

// note adds a line about what the owner did.
func (m *model) note(text string) {
	m.Lines = append(m.Lines, ledger.NoteLine{At: m.clock(), Who: m.w.T("call.notes.me"), Own: true, Text: text})
}

// unwrite takes the last line back to be written over; false where there is none.
func (m *model) unwrite() bool {
	n := len(m.Lines)
	if n == 0 || m.Draft != "" {
		return false
	}
	m.Draft, m.Own, m.Lines = m.Lines[n-1].Text, m.Lines[n-1].Own, m.Lines[:n-1]
	return true
}

// notes is all that was noted, the line that is being written included.
func (m *model) notes() string {
	lines := m.Lines
	if text := strings.TrimSpace(m.Draft); text != "" {
		lines = append(slices.Clone(lines), ledger.NoteLine{At: m.clock(), Who: m.who(), Own: m.Own, Text: text})
	}
	return ledger.WriteNotes(lines)
}

// phrase gives the text of a quick phrase.
func (m *model) phrase(code string) (string, bool) {
	for _, p := range m.Guide.Phrases {
		if strings.EqualFold(p.Code, code) {
			return p.Text, true
		}
	}
	return "", false
}

// usual are the quick phrases that are in sight before others; all of them expand.
var usual = []string{"pf", "dd", "pr", "ra", "co", "ab"}

// mostPhrases is how many quick phrases are in sight.
const mostPhrases = 6

// phrases lists the quick phrases in sight: the usual ones, as far as the guide has them, then its first ones.
func (m *model) phrases() []guide.Phrase {
	var out, rest []guide.Phrase
	for _, code := range usual {
		for _, p := range m.Guide.Phrases {
			if p.Code == code {
				out = append(out, p)
			}
		}
	}
	for _, p := range m.Guide.Phrases {
		if !slices.Contains(usual, p.Code) {
			rest = append(rest, p)
		}
	}
	out = append(out, rest...)
	return out[:min(len(out), mostPhrases)]
}

// objection gives an objection by its name; nil for none.
func (m *model) objection(id string) *guide.Objection {
	for i := range m.Guide.Objections {
		if m.Guide.Objections[i].ID == id {
			return &m.Guide.Objections[i]
		}
	}
	return nil
}

// keyed lists the objections that have a key, in the order of the keys.
func (m *model) keyed() []guide.Objection {
	var out []guide.Objection
	for _, o := range m.Guide.Objections {
		if o.Key != "" {
			out = append(out, o)
		}
	}
	slices.SortStableFunc(out, func(a, b guide.Objection) int { return strings.Compare(a.Key, b.Key) })
	return out
}

// hit is something that a search among the answers finds.
type hit struct{ ID, Key, Title string }

// find searches the answers: objections, and what else the panel can show. Nothing asked for gives all.
func (m *model) find(query string) []hit {
	var out []hit
	for _, o := range m.Guide.Search(query) {
		out = append(out, hit{o.ID, o.Key, o.Title})
	}
	asked := ledger.Fold(strings.TrimSpace(query))
	for _, x := range []struct{ id, key string }{
		{openVoicemail, "call.voicemail"}, {openSwitchboard, "call.switchboard"}, {openBack, "call.back_to"}, {openRules, "call.rules"}, {openNotes, "call.templates"},
	} {
		if title := m.w.T(x.key); asked == "" || strings.Contains(ledger.Fold(title), asked) {
			out = append(out, hit{x.id, "", title})
		}
	}
	return out
}

// toggle opens what was asked for, or closes it where it is open.
func (m *model) toggle(id string) {
	if m.Open == id {
		id = openNothing
	}
	m.Open = id
}

// promise notes a promise: the guide says it from now on.
func (m *model) promise(p ledger.Promise) error {
	p = m.about(p)
	m.Promises = append(m.Promises, p)
	m.note(m.w.T("call.notes.promised", "amount", p.Amount, "day", m.w.DateLong(p.Due)))
	return m.refill()
}

// about makes a promise the customer's, of today. One for all that is due is about the invoices that are due, not about those that
// fall due later.
func (m *model) about(p ledger.Promise) ledger.Promise {
	p.Customer, p.Made = m.File.Customer.ID, m.desk.Today()
	if len(p.Invoices) == 0 {
		p.Invoices = m.File.AskedIDs()
	}
	return p
}

// checkPromise says what is wrong with a promise beside those noted before, by field.
func (m *model) checkPromise(p ledger.Promise) []*ledger.Error {
	p = m.about(p)
	var list []*ledger.Promise
	for i := range m.Promises {
		list = append(list, &m.Promises[i])
	}
	found := ledger.CheckPromises(m.File.State.Book, append(list, &p), m.File.State.Standings)
	return found[len(found)-1]
}

// left is what is due and not promised yet, of the currency asked for.
func (m *model) left() ledger.Money {
	rest := m.File.Due
	for _, p := range m.Promises {
		if p.Amount.Currency == rest.Currency {
			rest.Minor -= p.Amount.Minor
		}
	}
	rest.Minor = max(0, rest.Minor)
	return rest
}

// resend notes that the invoices that the call is about are to be sent again, the oldest only where there are many.
func (m *model) resend() {
	if m.Document != "" {
		return
	}
	var numbers []string
	for _, i := range m.File.Asked() {
		if len(numbers) < 3 {
			numbers = append(numbers, i.Number)
		}
	}
	if len(numbers) == 0 {
		return
	}
	m.Document = m.w.N("call.document", len(numbers), "numbers", strings.Join(numbers, ", "))
	m.note(m.w.T("call.notes.document", "document", m.Document))
}
