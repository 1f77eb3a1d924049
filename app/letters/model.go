// Package letters is the screen of the letters: whom to write to, the page as it will be printed, and what
// to look at before it leaves. Nothing leaves by itself.
package letters

import (
	"cmp"
	"slices"
	"strings"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
)

// Tab is one of the screen's lists.
type Tab string

// The lists.
const (
	Reminders Tab = letters.FirstReminder
	Notices   Tab = letters.FormalNotice
	Made      Tab = "made"
)

// offered are the models that the owner may choose for a customer who is late: those that need no more than the
// ledger tells.
func offered(c *ledger.Customer) []string {
	list := []string{letters.FirstReminder, letters.SecondReminder, letters.LastReminder, letters.FormalNotice,
		letters.HandoverNotice, letters.StatementOfAccount}
	if first := letters.FirstFor(c); first != letters.FirstReminder {
		list = append([]string{first}, list...)
	}
	return list
}

// tabOf is the list in which a letter of a model stands.
func tabOf(model string) Tab {
	if letters.Level(model) >= letters.Level(letters.FormalNotice) {
		return Notices
	}
	return Reminders
}

// Case is a letter that can be written, as the owner has it.
type Case struct {
	desk.LetterCase
	Ticked   bool
	Deadline ledger.Date // the owner's; zero for the usual one
}

// Model is what the screen shows.
type Model struct {
	Tab      Tab
	Cases    []*Case          // of all tabs
	Letters  []*ledger.Letter // made before, newest first
	Chosen   []ledger.CustomerID
	Selected int // in the tab's list

	words *words.Words
	state *desk.State
}

// NewModel lists the letters of a ledger's day. chosen are the customers to whom the owner came to write;
// none for all to whom a letter is due. What was ticked, and the dates given, are kept from the model
// before.
func NewModel(w *words.Words, s *desk.State, chosen []ledger.CustomerID, before *Model) *Model {
	m := &Model{Tab: Reminders, Chosen: chosen, words: w, state: s}
	for _, c := range s.LetterCases() {
		if len(chosen) > 0 && !slices.Contains(chosen, c.Customer.ID) {
			continue
		}
		m.Cases = append(m.Cases, &Case{LetterCase: c, Ticked: c.Hold == ""})
	}
	for _, id := range chosen {
		if !slices.ContainsFunc(m.Cases, func(c *Case) bool { return c.Customer.ID == id }) {
			m.Cases = append(m.Cases, insisted(s, id))
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
	if len(m.list()) == 0 && len(m.Cases) > 0 && m.Tab != Made {
		m.Tab = tabOf(m.Cases[0].Model)
	}
	m.Selected = min(m.Selected, max(len(m.list())-1, 0))
	return m
}

// insisted is the case of a customer to whom no letter is due, because what is late is promised or
// contested, or because nothing is late. The owner may write all the same, except about nothing.
func insisted(s *desk.State, id ledger.CustomerID) *Case {
	c := &Case{LetterCase: desk.LetterCase{Customer: s.Book.Customer(id), Model: letters.FirstFor(s.Book.Customer(id)), Hold: "nothing_late"}}
	for _, i := range s.Book.InvoicesOf(id) {
		inv, st := s.Book.Invoice(i), s.Standings.Of(i)
		if st.DaysLate == 0 || (c.Amount.Currency != "" && inv.Total.Currency != c.Amount.Currency) {
			continue
		}
		c.Hold = "promised_or_disputed"
		c.Invoices = append(c.Invoices, i)
		c.Late++
		c.Amount = c.Amount.Add(ledger.Money{Minor: st.Overdue, Currency: inv.Total.Currency})
		c.DaysLate = max(c.DaysLate, st.DaysLate)
	}
	return c
}

// keep takes over what the owner did before.
func (m *Model) keep(before *Model) {
	m.Tab, m.Selected = before.Tab, before.Selected
	for _, was := range before.Cases {
		for _, c := range m.Cases {
			// A letter that has left meanwhile is another case: what was ticked for it no longer is.
			if c.Customer.ID == was.Customer.ID && c.Amount == was.Amount && c.Hold == was.Hold {
				c.Ticked, c.Deadline, c.Model = was.Ticked, was.Deadline, was.Model
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

// ticked gives the cases of the present tab that are ticked.
func (m *Model) ticked() []*Case {
	var out []*Case
	for _, c := range m.list() {
		if c.Ticked {
			out = append(out, c)
		}
	}
	return out
}

// request is what is to be written for a case.
func (c *Case) request() desk.LetterRequest {
	r := desk.LetterRequest{
		Customer: c.Customer.ID, Model: c.Model, Deadline: c.Deadline, Invoices: c.Invoices, Currency: c.Amount.Currency,
	}
	if c.Model == letters.StatementOfAccount {
		r.Invoices = nil // all that is open
	}
	return r
}

// deadline is the day until which the letter asks for payment.
func (m *Model) deadline(c *Case) ledger.Date {
	if c.Deadline != 0 {
		return c.Deadline
	}
	return letters.DefaultDeadline(c.Model, m.state.On)
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
	if n := due[Reminders]; n > 0 {
		parts = append(parts, w.N("lettering.reminders", n))
	}
	if n := due[Notices]; n > 0 {
		parts = append(parts, w.N("lettering.notices", n))
	}
	if len(parts) == 0 {
		return w.T("lettering.nothing_due")
	}
	return strings.Join(parts, ", ")
}

// second is the small line of a case.
func (m *Model) second(c *Case) (text string, warn bool) {
	w := m.words
	if c.Hold != "" {
		return w.T("lettering.hold."+c.Hold, "date", w.DateShort(c.Since)), true
	}
	return w.T("lettering.about", "count", w.N("lettering.invoices", c.Late), "late", w.N("common.days_late", c.DaysLate)), false
}

// chosenFacts counts and sums what is ticked.
func (m *Model) chosenFacts() (count, sum string) {
	total := ledger.Sums{}
	list := m.ticked()
	for _, c := range list {
		total.Add(c.Amount)
	}
	count = m.words.N("lettering.ticked", len(list), "all", len(m.list()))
	if len(list) == 0 {
		return count, ""
	}
	return count, m.words.Sums(total)
}

// letterSecond is the small line of a letter made before.
func (m *Model) letterSecond(l *ledger.Letter) string {
	w := m.words
	if l.Sent != 0 {
		return w.T("lettering.sent", "letter", w.Letter(l.Model), "date", w.DateShort(l.Sent))
	}
	return w.T("lettering.made", "letter", w.Letter(l.Model), "date", w.DateShort(l.On))
}

// Check is one line of what to look at before a letter leaves.
type Check struct {
	Fine  bool
	Title string
	Fact  string
	// Lead is where it is mended: "customer", "settings", or nothing.
	Lead string
}

// warned groups the warnings of a letter by what they are about.
var warned = map[string]string{
	"disputed": "claims", "promised": "claims", "not_overdue": "claims",
	"missing_address": "address", "address_incomplete": "address", "address_too_long": "address",
	"sent_before": "contact", "level_skipped": "contact", "level_lower": "contact",
	"sender_incomplete": "sender", "no_bank_details": "sender", "no_signatory": "sender", "no_siren": "sender",
}

var leads = map[string]string{"address": "customer", "sender": "settings"}

// checks is what to look at before a letter leaves: always the same points, a tick or a warning each, and
// then whatever else there is to say.
func (m *Model) checks(c *Case, warnings []letters.Warning) []Check {
	w := m.words
	found := map[string][]string{}
	var rest []Check
	for _, x := range warnings {
		if about, ok := warned[x.Code]; ok {
			found[about] = append(found[about], letters.WarningText(w, x))
		} else {
			rest = append(rest, Check{Title: w.T("lettering.check.other"), Fact: letters.WarningText(w, x)})
		}
	}
	if c.Since != 0 && len(found["contact"]) == 0 { // held back by a letter sent before
		text, _ := m.second(c)
		found["contact"] = []string{text}
	}
	out := []Check{m.paymentsKnown()}
	for _, about := range []string{"claims", "address", "contact", "sender"} {
		k := Check{Fine: len(found[about]) == 0, Title: w.T("lettering.check." + about), Fact: w.T("lettering.check." + about + ".fine")}
		if !k.Fine {
			k.Title, k.Fact, k.Lead = w.T("lettering.check."+about+".wrong"), found[about][0], leads[about]
		}
		out = append(out, k)
	}
	return append(out, rest...)
}

// oldPayments is the number of days after which the newest payment known is old news.
const oldPayments = 9

// paymentsKnown says how recent the newest payment in the ledger is: a letter about what was paid
// meanwhile is the worst of letters.
func (m *Model) paymentsKnown() Check {
	w := m.words
	last := ledger.Date(0)
	for p := range m.state.Book.Payments.All() {
		if p.On <= m.state.On {
			last = max(last, p.On)
		}
	}
	k := Check{Fine: last != 0 && int(m.state.On-last) <= oldPayments, Title: w.T("lettering.check.payments")}
	switch {
	case last == 0:
		k.Title, k.Fact = w.T("lettering.check.payments.wrong"), w.T("lettering.check.payments.none")
	case k.Fine:
		k.Fact = w.T("lettering.check.payments.last", "date", w.DateShort(last))
	default:
		k.Title, k.Fact = w.T("lettering.check.payments.wrong"), w.T("lettering.check.payments.last", "date", w.DateShort(last))
	}
	return k
}

// fileName names a letter's PDF: what it is, for whom, of which day.
func fileName(reference string) string { return reference + ".pdf" }
