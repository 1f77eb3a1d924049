package today

import (
	"maps"
	"slices"
	"strings"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/followup"
	"quitus/letters"
)

// Row is one thing to do: a task, or e-mails of one kind that are looked through one after the other.
type Row struct {
	Tasks  []followup.Task
	Title  string
	Second string
	Warn   bool // Second is what the owner must know before
	Chip   Chip
	Amount string
}

// Chip is what to know at a glance; no word for nothing.
type Chip struct {
	Situation ledger.Situation // gives the colour
	Word      string
}

const (
	modelNotice = letters.FormalNotice
	stepCheck   = "check_invoice"
)

// Names gives the names of the tasks.
func (r *Row) Names() []string {
	out := make([]string, len(r.Tasks))
	for i, t := range r.Tasks {
		out[i] = t.Name
	}
	return out
}

// Group says whether the row holds several tasks.
func (r *Row) Group() bool { return len(r.Tasks) > 1 }

// Is says whether the row holds a task of a name.
func (r *Row) Is(name string) bool { return slices.Contains(r.Names(), name) }

// each gives a row for each task.
func (m *Model) each(tasks []followup.Task) []Row {
	out := make([]Row, len(tasks))
	for i, t := range tasks {
		out[i] = m.row([]followup.Task{t})
	}
	return out
}

// grouped puts e-mails of one step together where their first one is; what was handed to someone stands alone.
func (m *Model) grouped(tasks []followup.Task) []Row {
	var order [][]followup.Task
	at := map[string]int{}
	for _, t := range tasks {
		key := t.Step
		if t.Channel != ledger.ChannelEmail || t.Agreed || t.Record != nil || handed(&t) != "" {
			key = ""
		}
		if k, known := at[key]; known && key != "" {
			order[k] = append(order[k], t)
			continue
		}
		at[key] = len(order)
		order = append(order, []followup.Task{t})
	}
	out := make([]Row, len(order))
	for i, list := range order {
		out[i] = m.row(list)
	}
	return out
}

func handed(t *followup.Task) string {
	if t.Mark == nil {
		return ""
	}
	return t.Mark.Who
}

func (m *Model) row(tasks []followup.Task) Row {
	r := Row{Tasks: tasks}
	sum := ledger.Sums{}
	for i := range tasks {
		sum.Add(tasks[i].Amount)
	}
	if slices.ContainsFunc(sum.List(), ledger.Money.Positive) { // sending a document is about no amount
		r.Amount = m.words.Sums(sum)
	}
	if r.Group() {
		m.group(&r)
		return r
	}
	t := &tasks[0]
	r.Title = m.words.T("today.verb."+kindOf(t), "name", m.name(t), "step", m.words.FollowUpStep(t.Step))
	r.Chip = m.chip(t)
	r.Second, r.Warn = m.second(t)
	return r
}

// group words several e-mails of one kind.
func (m *Model) group(r *Row) {
	w, n := m.words, len(r.Tasks)
	if key := "today.group." + r.Tasks[0].Step; w.Has(key) {
		r.Title = w.N(key, n)
	} else {
		r.Title = w.N("today.group", n, "step", w.FollowUpStep(r.Tasks[0].Step))
	}
	least, most := r.Tasks[0].DaysLate, 0
	receipts := 0
	for _, t := range r.Tasks {
		least, most = min(least, t.DaysLate), max(most, t.DaysLate)
		if warning(&t, "receipt") != nil {
			receipts++
		}
	}
	switch {
	case most == 0:
		first := m.due(&r.Tasks[0])
		for i := range r.Tasks {
			first = min(first, m.due(&r.Tasks[i]))
		}
		r.Chip = m.dueChip(first)
		r.Second = w.T("today.group.before", "day", w.DateShort(first))
	default:
		r.Chip = Chip{lateness(most), w.N("common.days_late", most)}
		if least < most {
			r.Chip.Word = w.T("today.chip.late_range", "least", least, "most", most)
		}
		r.Second = w.N("today.group.late", most)
	}
	if receipts > 0 {
		r.Second, r.Warn = w.N("today.group.receipts", receipts), true
	}
}

// name is the customer of a task.
func (m *Model) name(t *followup.Task) string {
	if c := m.state.Book.Customer(t.Customer); c != nil {
		return c.Name
	}
	return ""
}

// kindOf is what a task is, for its verb.
func kindOf(t *followup.Task) string {
	before := slices.ContainsFunc(t.Why, func(r followup.Reason) bool { return r.Code == "before_due" || r.Code == "due_today" })
	switch t.Step {
	case followup.StepDispute, followup.StepDocument, followup.StepInsolvency, followup.StepHandover, followup.StepPlanEnd,
		followup.StepReply, followup.StepMailRefused, followup.StepMailUnknown:
		return t.Step
	}
	switch t.Channel {
	case ledger.ChannelPhone:
		if before {
			return "call_before"
		}
		return "call"
	case ledger.ChannelEmail:
		if before {
			return "mail_before"
		}
		return "mail"
	case ledger.ChannelLetter, ledger.ChannelRegistered:
		if t.Model == modelNotice {
			return "notice"
		}
		return "letter"
	case ledger.ChannelVisit:
		return "visit"
	}
	return "task"
}

// due is the first due date of a task's invoices.
func (m *Model) due(t *followup.Task) ledger.Date {
	first := ledger.EndOfTime
	for _, l := range t.Lines {
		if due := m.state.Standings.Of(l.Invoice).Due; due != 0 {
			first = min(first, due)
		}
	}
	return first
}

func (m *Model) dueChip(day ledger.Date) Chip {
	if day <= m.state.On {
		return Chip{ledger.DueSoon, m.words.T("today.chip.due_today")}
	}
	return Chip{ledger.DueSoon, m.words.N("today.chip.due_in", int(day-m.state.On))}
}

// mostLate is the last day of being merely late.
const mostLate = 60

func lateness(days int) ledger.Situation {
	if days > mostLate {
		return ledger.VeryLate
	}
	return ledger.Late
}

// chip says what the matter is: what was agreed and not kept before how late it is.
func (m *Model) chip(t *followup.Task) Chip {
	w := m.words
	code := ""
	if len(t.Why) > 0 {
		code = t.Why[0].Code
	}
	switch {
	case code == "promise_broken":
		return Chip{ledger.PromiseBroken, w.Situation(ledger.PromiseBroken)}
	case code == "plan_missed" || code == "plan_end":
		return Chip{ledger.PromiseBroken, w.T("today.chip.plan_missed")}
	case t.Step == followup.StepDispute:
		return Chip{ledger.Disputed, w.Situation(ledger.Disputed)}
	case t.Step == followup.StepReply:
		return Chip{ledger.DueSoon, w.T("today.chip.reply")}
	case t.Step == followup.StepMailRefused:
		return Chip{ledger.Late, w.T("today.chip.mail_refused")}
	case t.Step == followup.StepMailUnknown:
		return Chip{ledger.Late, w.T("today.chip.mail_unknown")}
	case t.Step == followup.StepInsolvency:
		return Chip{ledger.VeryLate, w.T("today.chip.insolvency")}
	case t.Step == followup.StepDocument:
		return Chip{ledger.DueSoon, w.T("today.chip.document")}
	case t.Step == followup.StepCallBack:
		if x, ok := t.Record.(*ledger.Call); ok && x.BackAt != "" {
			return Chip{ledger.DueSoon, w.T("today.chip.call_back_at", "time", x.BackAt)}
		}
		return Chip{ledger.DueSoon, w.T("today.chip.call_back")}
	case t.DaysLate > 0:
		return Chip{lateness(t.DaysLate), w.N("common.days_late", t.DaysLate)}
	case len(t.Lines) > 0:
		return m.dueChip(m.due(t))
	}
	return Chip{}
}

func warning(t *followup.Task, code string) *followup.Reason {
	for i := range t.Warnings {
		if t.Warnings[i].Code == code {
			return &t.Warnings[i]
		}
	}
	return nil
}

// untold gives a task's reasons without its lateness, which its chip says; all where there is no other.
func untold(t *followup.Task) []followup.Reason {
	out := slices.DeleteFunc(slices.Clone(t.Why), func(r followup.Reason) bool { return r.Code == "late" })
	if len(out) == 0 {
		return t.Why
	}
	return out
}

// second is the line below a task: that the customer may have paid, who has it, or why it is to be done. What the chip says is not
// said again.
func (m *Model) second(t *followup.Task) (text string, warn bool) {
	if r := warning(t, "receipt"); r != nil {
		return unstopped(m.sentence(*r)), true
	}
	why := untold(t)
	text = unstopped(m.sentence(why[:min(len(why), 2)]...))
	switch {
	case t.Mark == nil:
	case t.Mark.Until > m.state.On:
		text = m.words.T("today.put.until", "day", m.words.DateShort(t.Mark.Until)) + reason(t.Mark.Why)
	case t.Mark.Who != "":
		text = m.words.T("today.handed", "who", t.Mark.Who) + reason(t.Mark.Why) + " · " + text
	}
	return text, false
}

// sentence joins facts into one; days of about now have no year.
func (m *Model) sentence(list ...followup.Reason) string {
	short := make([]followup.Reason, len(list))
	for i, r := range list {
		short[i] = followup.Reason{Code: r.Code, Args: maps.Clone(r.Args)}
		for k, v := range r.Args {
			if day, ok := v.(ledger.Date); ok && day > m.state.On.AddMonths(-aboutNow) && day < m.state.On.AddMonths(aboutNow) {
				short[i].Args[k] = m.words.DateShort(day)
			}
		}
	}
	return desk.TaskWhy(m.words, short)
}

// aboutNow is how many months away a day is understood without its year.
const aboutNow = 6

func reason(why string) string {
	if why == "" {
		return ""
	}
	return " · " + why
}

// unstopped takes the full stop off a sentence that stands in a list.
func unstopped(s string) string { return strings.TrimSuffix(s, ".") }

// Find gives the row with a task of a name, wherever it is; the first one to do where there is none.
func (m *Model) Find(name string) *Row {
	if name != "" {
		for _, list := range [][]Row{m.Rows, m.Later, m.Put} {
			for i := range list {
				if list[i].Is(name) {
					return &list[i]
				}
			}
		}
	}
	if len(m.Rows) > 0 {
		return &m.Rows[0]
	}
	return nil
}

// DayOff gives the first working day from some days after today.
func (m *Model) DayOff(days int) ledger.Date {
	return followup.NewCalendar(ledger.BusinessDays, m.country()).Next(m.state.On.Add(days))
}

func (m *Model) country() string {
	if c := m.state.Book.Company().Country; c != "" {
		return c
	}
	return "FR"
}

// Hands gives the people to whom tasks were handed, to choose from.
func (m *Model) Hands() []string {
	var out []string
	for x := range m.state.Book.TaskMarks.All() {
		if x.Who != "" && !slices.Contains(out, x.Who) {
			out = append(out, x.Who)
		}
	}
	slices.SortFunc(out, func(a, b string) int { return strings.Compare(ledger.Fold(a), ledger.Fold(b)) })
	return out[:min(len(out), mostHands)]
}

// mostHands is how many people are offered.
const mostHands = 4

// title is a row's title for a sentence that says what was done with it.
func title(w *words.Words, key string, r *Row) string { return w.T(key, "task", r.Title) }

// Place gives the place in the day's order that brings a row to another's, before or after it.
func (m *Model) Place(moved, to *Row, after bool) int {
	place, next := 1, to.Tasks[0].Name
	if after {
		next = ""
		for i := range m.Rows {
			if m.Rows[i].Is(to.Tasks[0].Name) {
				for _, r := range m.Rows[i+1:] {
					if !r.Is(moved.Tasks[0].Name) {
						next = r.Tasks[0].Name
						break
					}
				}
			}
		}
	}
	for _, t := range m.state.Agenda().Tasks {
		if t.Name == next {
			break
		}
		if !moved.Is(t.Name) {
			place++
		}
	}
	return place
}
