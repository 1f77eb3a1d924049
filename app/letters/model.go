// Package letters is the screen of the letters: whom to write to, the page as it will be printed or the e-mail as it will
// leave, and what to look at before. Nothing leaves by itself.
package letters

import (
	"cmp"
	"slices"
	"strings"

	"quitus/app/desk"
	"quitus/app/post"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
)

// Tab is one of the screen's lists.
type Tab string

// The lists.
const (
	Reminders Tab = "reminders"
	Notices   Tab = "notices"
	Others    Tab = "others"
	Outbox    Tab = "outbox" // e-mails that were approved and wait
	Made      Tab = "made"
)

// tabOf is the list of a letter of a model.
func tabOf(model string) Tab {
	switch model {
	case letters.PreDue, letters.FirstReminder, letters.BelgianReminder, letters.SecondReminder, letters.LastReminder:
		return Reminders
	case letters.FormalNotice:
		return Notices
	}
	return Others
}

// Case is a letter that can be written, as the owner has it.
type Case struct {
	desk.LetterCase
	Ticked   bool
	ByEmail  bool         // rather than on paper
	Deadline ledger.Date  // the owner's; zero for the usual one. Of a visit, its day
	Why      string       // the owner's reason for going past a house rule
	Told     ledger.Money // what the letter comes to, once it was looked at; of one that asks for nothing late
	written  int          // letters and e-mails to the customer so far
}

// Model is what the screen shows.
type Model struct {
	Tab      Tab
	Cases    []*Case          // of all tabs
	Letters  []*ledger.Letter // made before, newest first
	Mails    []*Mail          // in the outbox
	Mailbox  bool             // e-mails can leave by themselves
	Post     post.State       // how the post does
	Chosen   []ledger.CustomerID
	Selected int // in the tab's list

	words *words.Words
	state *desk.State
}

// NewModel lists the letters of a ledger's day. chosen are the customers to whom the owner came to write, with a model where one was
// chosen; none for all to whom a letter is due. What was ticked, and the dates given, are kept from the model before.
func NewModel(w *words.Words, s *desk.State, chosen []ledger.CustomerID, model string, before *Model) *Model {
	m := &Model{Tab: Reminders, Chosen: chosen, Mails: mails(s), words: w, state: s}
	for _, c := range s.LetterCases() {
		if len(chosen) == 0 && c.Proposed() {
			m.add(c)
		}
	}
	for _, id := range chosen {
		for _, c := range s.InsistedCases(id) {
			if model != "" {
				c.Model = model
			}
			m.add(c)
		}
	}
	for l := range s.Book.Letters.All() {
		m.Letters = append(m.Letters, l)
	}
	slices.SortStableFunc(m.Letters, func(a, b *ledger.Letter) int {
		return cmp.Or(cmp.Compare(b.On, a.On), cmp.Compare(b.ID, a.ID))
	})
	if before != nil {
		m.keep(before)
	}
	if m.count() == 0 && len(m.Cases) > 0 && m.Tab != Made && m.Tab != Outbox {
		m.Tab = tabOf(m.Cases[0].Model)
	}
	m.Selected = min(m.Selected, max(m.count()-1, 0))
	return m
}

// add lists a case, ticked unless something speaks against it: what waits, and a receipt that may be this customer's.
func (m *Model) add(c desk.LetterCase) {
	k := &Case{LetterCase: c, ByEmail: c.Task.Channel == ledger.ChannelEmail}
	k.Ticked = c.Hold == "" && !k.warned("receipt")
	k.written = len(m.state.Book.LettersOf(c.Customer.ID)) + len(m.state.Book.MessagesOf(c.Customer.ID))
	m.Cases = append(m.Cases, k)
}

// warned says whether the agenda warns of something before this letter.
func (c *Case) warned(code string) bool {
	for _, r := range c.Task.Warnings {
		if r.Code == code {
			return true
		}
	}
	return false
}

// keep takes over what the owner did before.
func (m *Model) keep(before *Model) {
	m.Tab, m.Selected = before.Tab, before.Selected
	if was := before.currentMail(); was != nil { // it may stand elsewhere now
		if i := slices.IndexFunc(m.Mails, func(x *Mail) bool { return x.ID == was.ID }); i >= 0 {
			m.Selected = i
		}
	}
	for _, was := range before.Cases {
		for _, c := range m.Cases {
			// A letter that has left meanwhile is another case: what was ticked for it no longer is.
			if c.Customer.ID == was.Customer.ID && c.Amount == was.Amount && c.written == was.written {
				c.Ticked, c.Deadline, c.Model, c.ByEmail, c.Why, c.Told = was.Ticked, was.Deadline, was.Model, was.ByEmail, was.Why, was.Told
			}
		}
	}
}

// list gives the cases of the present tab.
func (m *Model) list() []*Case { return m.of(m.Tab) }

func (m *Model) of(t Tab) []*Case {
	var out []*Case
	for _, c := range m.Cases {
		if tabOf(c.Model) == t {
			out = append(out, c)
		}
	}
	return out
}

// count is how many lines the present tab has.
func (m *Model) count() int {
	switch m.Tab {
	case Made:
		return len(m.Letters)
	case Outbox:
		return len(m.Mails)
	}
	return len(m.list())
}

// current is the case with the cursor, or nil.
func (m *Model) current() *Case {
	if l := m.list(); m.Selected < len(l) {
		return l[m.Selected]
	}
	return nil
}

// currentLetter is the letter with the cursor among those made, or nil.
func (m *Model) currentLetter() *ledger.Letter {
	if m.Tab == Made && m.Selected < len(m.Letters) {
		return m.Letters[m.Selected]
	}
	return nil
}

// currentMail is the e-mail with the cursor in the outbox, or nil.
func (m *Model) currentMail() *Mail {
	if m.Tab == Outbox && m.Selected < len(m.Mails) {
		return m.Mails[m.Selected]
	}
	return nil
}

// ticked gives the cases of the present tab that are ticked, on paper and by e-mail.
func (m *Model) ticked() (paper, mails []*Case) {
	for _, c := range m.list() {
		switch {
		case !c.Ticked:
		case c.ByEmail:
			mails = append(mails, c)
		default:
			paper = append(paper, c)
		}
	}
	return paper, mails
}

// allOnPaper turns the ticked e-mails of the present tab into letters.
func (m *Model) allOnPaper() {
	_, mails := m.ticked()
	for _, c := range mails {
		c.ByEmail = false
	}
}

// onItsWay says whether the model is the one that the agenda asks for.
func (c *Case) onItsWay() bool { return c.Model == c.Task.Model }

// empty says that there is nothing to ask for in a letter that asks.
func (c *Case) empty() bool { return desk.Asks(c.Model) && !c.Amount.Positive() }

// order is what is to be written for a case.
func (m *Model) order(c *Case) desk.LetterOrder {
	o := desk.LetterOrder{Case: c.LetterCase, ByEmail: c.ByEmail, Why: c.Why}
	o.LetterRequest = desk.LetterRequest{Customer: c.Customer.ID, Model: c.Model, Currency: c.Amount.Currency}
	if desk.Asks(c.Model) || c.onItsWay() {
		o.Invoices = c.Invoices
	}
	if c.Model == letters.VisitNotice {
		if c.Deadline != 0 {
			o.Facts.Visit = &letters.Visit{On: c.Deadline}
		}
		return o
	}
	o.Deadline = m.deadline(c)
	return o
}

func (m *Model) orders(list []*Case) []desk.LetterOrder {
	out := make([]desk.LetterOrder, len(list))
	for i, c := range list {
		out[i] = m.order(c)
	}
	return out
}

// deadline is the day until which the letter asks for payment; zero for none. Of a visit notice, it is the day of the visit.
func (m *Model) deadline(c *Case) ledger.Date {
	switch {
	case c.Deadline != 0:
		return c.Deadline
	case c.onItsWay() && c.Task.Deadline > 0:
		return letters.Workday(m.state.On.Add(c.Task.Deadline))
	}
	return letters.DefaultDeadline(c.Model, m.state.On)
}

// models gives the letters that may be chosen for a case. The summary of a call is written where the call ends, and a claim is
// declared with facts that the ledger does not hold.
func (c *Case) models() []string {
	return slices.DeleteFunc(letters.Models(), func(model string) bool {
		return (model == letters.CallSummary || model == letters.InsolvencyClaim) && model != c.Model
	})
}

// facts is the line below the title.
func (m *Model) facts() string {
	w := m.words
	due := map[Tab]int{}
	for _, c := range m.Cases {
		if c.Hold == "" {
			due[tabOf(c.Model)]++
		}
	}
	var parts []string
	for _, t := range []Tab{Reminders, Notices, Others} {
		if n := due[t]; n > 0 {
			parts = append(parts, w.N("lettering.due."+string(t), n))
		}
	}
	if len(parts) == 0 {
		parts = append(parts, w.T("lettering.nothing_due"))
	}
	if n := m.waiting(); n > 0 {
		parts = append(parts, w.N("lettering.due.outbox", n))
	}
	if n := m.lost(); n > 0 {
		parts = append(parts, w.N("outbox.lost", n))
	}
	return strings.Join(parts, ", ")
}

// second is the small line of a case.
func (m *Model) second(c *Case) (text string, warn bool) {
	w := m.words
	if c.Hold != "" {
		return desk.TaskReason(w, c.Reason), true
	}
	for _, r := range c.Task.Warnings {
		if r.Code == "receipt" {
			return desk.TaskReason(w, r), true
		}
	}
	about := w.N("lettering.invoices", c.Late)
	if tabOf(c.Model) != Notices {
		about = w.Letter(c.Model)
	}
	way := w.T("lettering.way.letter")
	if c.ByEmail {
		way = w.T("lettering.way.email")
	}
	if c.DaysLate == 0 {
		return w.T("lettering.about", "what", about, "way", way), false
	}
	return w.T("lettering.about_late", "what", about, "late", w.N("common.days_late", c.DaysLate), "way", way), false
}

// chosenFacts counts and sums what is ticked.
func (m *Model) chosenFacts() (count, sum string) {
	total := ledger.Sums{}
	paper, mails := m.ticked()
	list := slices.Concat(paper, mails)
	for _, c := range list {
		total.Add(c.amount())
	}
	count = m.words.N("lettering.ticked", len(list), "all", len(m.list()))
	if len(list) == 0 || len(total.List()) == 0 {
		return count, ""
	}
	return count, m.words.Sums(total)
}

// amount is what a letter is about, as far as it is known.
func (c *Case) amount() ledger.Money {
	if desk.Asks(c.Model) {
		return c.Amount
	}
	return c.Told
}

// letterSecond is the small line of a letter made before.
func (m *Model) letterSecond(l *ledger.Letter) string {
	w := m.words
	if l.Sent != 0 {
		return w.T("lettering.sent", "letter", w.Letter(l.Model), "date", w.DateShort(l.Sent))
	}
	return w.T("lettering.made", "letter", w.Letter(l.Model), "date", w.DateShort(l.On))
}

// fileName names a letter's PDF: what it is, for whom, of which day.
func fileName(reference string) string { return reference + ".pdf" }
