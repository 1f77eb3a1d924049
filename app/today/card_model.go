package today

import (
	"slices"
	"strings"

	"quitus/ledger"
	"quitus/ledger/followup"
	"quitus/letters"
)

// Card is the task in hand.
type Card struct {
	Row
	Who   string // whom to speak to or where to write
	Count string // of late invoices
	Why   string
	Notes []Note
	Act   string // verb of its button
}

// Note is what the owner is to know before the task is done, and where more is to be seen of it.
type Note struct {
	Text  string
	Good  bool // all is well
	Leads string
}

// Where a note leads.
const (
	toBank     = "bank"
	toCustomer = "customer"
	toFindings = "findings"
)

// Card tells all that is to be known of a row before it is done.
func (m *Model) Card(r *Row) Card {
	t := &r.Tasks[0]
	c := Card{Row: *r}
	if r.Group() {
		c.Act = m.words.N("today.act.mails", len(r.Tasks))
		c.Who, c.Why = m.names(r.Tasks), r.Second+"."
		c.Notes = m.notes(r.Tasks)
		c.Count = m.words.N("today.customers", len(r.Tasks))
		return c
	}
	c.Act = m.words.T("today.act." + kindOf(t))
	c.Who = m.person(t)
	c.Why = m.sentence(t.Why...)
	if rest := untold(t); len(t.Lines) == 1 && c.Chip.Word == m.words.N("common.days_late", t.DaysLate) {
		c.Why = m.sentence(rest...)
	}
	c.Notes = m.notes(r.Tasks)
	if text := m.findings(t); text != "" {
		c.Notes = append(c.Notes, Note{Text: text, Leads: toFindings})
	}
	switch {
	case len(t.Lines) == 0:
	case t.DaysLate > 0:
		c.Count = m.words.N("today.late_invoices", len(t.Lines))
	default:
		c.Count = m.words.N("today.invoices", len(t.Lines))
	}
	return c
}

// findings counts what is to be looked at before a formal notice or a registered letter; nothing before another task.
func (m *Model) findings(t *followup.Task) string {
	if t.Model != modelNotice && t.Channel != ledger.ChannelRegistered {
		return ""
	}
	n := len(letters.FindingTexts(m.words, m.state.Readiness(t.Customer)))
	if n == 0 {
		return ""
	}
	return m.words.N("today.findings", n)
}

// namesShown is how many customers of a group are named.
const namesShown = 2

// names tells the customers of a group.
func (m *Model) names(tasks []followup.Task) string {
	var list []string
	for i := range tasks[:min(len(tasks), namesShown)] {
		list = append(list, m.name(&tasks[i]))
	}
	text := strings.Join(list, ", ")
	if rest := len(tasks) - namesShown; rest > 0 {
		return m.words.N("today.and_others", rest, "names", text)
	}
	return text
}

// person is whom to call, or where to write.
func (m *Model) person(t *followup.Task) string {
	var p *ledger.Contact
	where := ""
	switch t.Channel {
	case ledger.ChannelEmail:
		p, where = m.state.MailTo(t.Customer)
	case ledger.ChannelPhone:
		p, where = m.state.Speaker(t.Customer)
	case ledger.ChannelTask:
	default:
		c := m.state.Book.Customer(t.Customer)
		where = strings.TrimSpace(c.Postcode + " " + c.Town)
	}
	var parts []string
	if p != nil {
		name := p.Name
		if p.Role != "" {
			name += ", " + p.Role
		}
		parts = append(parts, name)
	}
	if where != "" {
		parts = append(parts, where)
	}
	if who := handed(t); who != "" {
		parts = append(parts, m.words.T("today.handed", "who", who))
	}
	return strings.Join(parts, " · ")
}

// notes are the warnings of tasks, each once, and up to which day the bank is read.
func (m *Model) notes(tasks []followup.Task) []Note {
	var out []Note
	bank := false
	for i := range tasks {
		for _, r := range tasks[i].Warnings {
			n := Note{Text: m.sentence(r)}
			switch r.Code {
			case "receipt":
				n.Leads = toBank
				if len(tasks) > 1 {
					n.Text = m.words.T("today.note_of", "name", m.name(&tasks[i]), "text", n.Text)
				}
			case "bank_old", "bank_never":
				n.Leads, bank = toBank, true
			case "no_email", "no_phone", "no_address":
				n.Leads = toCustomer
				if len(tasks) > 1 {
					continue // said where the e-mail is looked at
				}
			}
			if !slices.Contains(out, n) && len(out) < mostNotes {
				out = append(out, n)
			}
		}
	}
	if read := m.state.Book.BankRead(); !bank && read != 0 && tasks[0].Channel.Reaches() {
		key := "today.bank_read"
		if slices.ContainsFunc(out, func(n Note) bool { return n.Leads == toBank }) {
			key = "today.bank_read_only"
		}
		out = append(out, Note{Text: m.words.T(key, "day", m.words.DateShort(read)), Good: true})
	}
	return out
}

// mostNotes bounds what a card tells.
const mostNotes = 4

// bank says that receipts wait for a decision, and whose one may be.
func (m *Model) bank() {
	n := len(m.state.Undecided())
	if n == 0 {
		return
	}
	m.Bank = m.words.N("today.bank", n)
	for i := range m.Rows {
		for k := range m.Rows[i].Tasks {
			if t := &m.Rows[i].Tasks[k]; warning(t, "receipt") != nil {
				m.Bank = m.words.N("today.bank.maybe", n, "name", m.name(t))
				return
			}
		}
	}
}
