package settings

import (
	"slices"
	"strconv"
	"strings"

	"quitus/ledger"
	"quitus/letters"
)

// When is how the days of a step are said in its form.
type When string

// The ways to say when a step is due.
const (
	Before     When = "before"
	After      When = "after"
	EndOfMonth When = "end_of_month"
	Previous   When = "previous"
)

// Whens are the ways in the order of the form.
var Whens = []When{Before, After, EndOfMonth, Previous}

// When tells how the chosen step's day is said, and its number of days.
func (m *Scenarios) When() (When, int) {
	t := m.Chosen()
	switch {
	case t == nil:
		return After, 0
	case t.After == ledger.AfterDueEndOfMonth:
		return EndOfMonth, t.Days
	case t.After == ledger.AfterPrevious:
		return Previous, t.Days
	case t.Days < 0:
		return Before, -t.Days
	}
	return After, t.Days
}

// SetWhen changes the chosen step's day; the step takes its place among the others.
func (m *Scenarios) SetWhen(when When, days int) {
	t := m.Chosen()
	if t == nil {
		return
	}
	switch when {
	case Before:
		t.After, t.Days = ledger.AfterDue, -days
	case After:
		t.After, t.Days = ledger.AfterDue, days
	case EndOfMonth:
		t.After, t.Days = ledger.AfterDueEndOfMonth, days
	case Previous:
		t.After, t.Days = ledger.AfterPrevious, days
	}
	m.place()
}

// Move brings a step, from 0, to a day from the due date.
func (m *Scenarios) Move(i, day int) {
	m.Step = i
	if t := m.Chosen(); t != nil && t.After == ledger.AfterDue {
		t.Days = day
		delete(m.unread, unreadKey(i, "days"))
		m.place()
	}
}

// place brings the chosen step among those that count from the due date to where its day belongs. Levels stay where they are: they say how far
// an invoice has come.
func (m *Scenarios) place() {
	steps, i := m.Now.Steps, m.Step
	if steps[i].After != ledger.AfterDue {
		return
	}
	swap := func(j int) {
		steps[i], steps[j] = steps[j], steps[i]
		steps[i].Level, steps[j].Level = steps[j].Level, steps[i].Level
		m.swapUnread(i, j)
		i = j
	}
	due := func(j int) bool { return j >= 0 && j < len(steps) && steps[j].After == ledger.AfterDue }
	for due(i-1) && steps[i-1].Days > steps[i].Days {
		swap(i - 1)
	}
	for due(i+1) && steps[i+1].Days < steps[i].Days {
		swap(i + 1)
	}
	m.Step = i
}

// swapUnread lets the sentences about figures go with their steps.
func (m *Scenarios) swapUnread(i, j int) {
	out := map[string]string{}
	for key, s := range m.unread {
		at, field, _ := strings.Cut(key, "/")
		switch at {
		case strconv.Itoa(i):
			key = unreadKey(j, field)
		case strconv.Itoa(j):
			key = unreadKey(i, field)
		}
		out[key] = s
	}
	m.unread = out
}

// usualSteps are what a new step of each channel is called and says, the first that the scenario does not have yet.
var usualSteps = map[ledger.Channel][]string{
	ledger.ChannelEmail:      {letters.FirstReminder, letters.SecondReminder, letters.LastReminder},
	ledger.ChannelLetter:     {letters.FirstReminder, letters.SecondReminder, letters.LastReminder},
	ledger.ChannelPhone:      {"call", "second_call"},
	ledger.ChannelRegistered: {letters.FormalNotice},
	ledger.ChannelVisit:      {"visit"},
	ledger.ChannelTask:       {"handover"},
}

// Add puts a new step by a channel on a day from the due date, and chooses it.
func (m *Scenarios) Add(channel ledger.Channel, day int) {
	t := ledger.ScenarioStep{Step: m.newName(channel), Channel: channel, After: ledger.AfterDue, Days: day}
	if written(channel) {
		t.Model = t.Step
	}
	at := len(m.Now.Steps)
	for i, x := range m.Now.Steps {
		if x.After == ledger.AfterDue && x.Days > day {
			at = i
			break
		}
	}
	m.insert(at, t)
}

// insert puts a step before the one at a place. The levels after it rise only as far as they must.
func (m *Scenarios) insert(at int, t ledger.ScenarioStep) {
	t.Level = 1
	if at > 0 {
		t.Level = m.Now.Steps[at-1].Level + 1
	}
	unread := map[string]string{}
	for key, s := range m.unread {
		step, field, _ := strings.Cut(key, "/")
		if n, err := strconv.Atoi(step); err == nil && n >= at {
			key = unreadKey(n+1, field)
		}
		unread[key] = s
	}
	m.unread = unread
	m.Now.Steps = slices.Insert(m.Now.Steps, at, t)
	for i := at + 1; i < len(m.Now.Steps) && m.Now.Steps[i].Level <= m.Now.Steps[i-1].Level; i++ {
		m.Now.Steps[i].Level = m.Now.Steps[i-1].Level + 1
	}
	m.Step = at
}

func (m *Scenarios) newName(channel ledger.Channel) string {
	names := usualSteps[channel]
	for _, name := range names {
		if !slices.ContainsFunc(m.Now.Steps, func(t ledger.ScenarioStep) bool { return t.Step == name }) {
			return name
		}
	}
	return names[len(names)-1]
}

// FreeDay is a day for a new step that is not dropped on one: a week after the last that counts from the due date.
func (m *Scenarios) FreeDay() int {
	day := -4
	for _, t := range m.Now.Steps {
		if t.After == ledger.AfterDue {
			day = max(day, t.Days)
		}
	}
	return day + 7
}

// Remove takes a step, from 0, out.
func (m *Scenarios) Remove(i int) {
	if i < 0 || i >= len(m.Now.Steps) {
		return
	}
	unread := map[string]string{}
	for key, s := range m.unread {
		step, field, _ := strings.Cut(key, "/")
		switch n, err := strconv.Atoi(step); {
		case err != nil || n < i:
			unread[key] = s
		case n > i:
			unread[unreadKey(n-1, field)] = s
		}
	}
	m.unread = unread
	m.Now.Steps = slices.Delete(m.Now.Steps, i, i+1)
	m.Step = min(i, len(m.Now.Steps)-1)
}

// written says whether a channel carries a text.
func written(c ledger.Channel) bool {
	return c == ledger.ChannelEmail || c == ledger.ChannelLetter || c == ledger.ChannelRegistered
}

// SetChannel changes how the chosen step is done; what it says follows.
func (m *Scenarios) SetChannel(c ledger.Channel) {
	t := m.Chosen()
	if t == nil {
		return
	}
	t.Channel = c
	switch {
	case !written(c):
		t.Model, t.Deadline = "", 0
	case t.Model == "" && slices.Contains(letters.Models(), t.Step):
		t.Model = t.Step
	case t.Model == "":
		t.Model = usualSteps[c][0]
	}
}

// Models are the letters that a step may send, mildest first; the step's own is among them.
func (m *Scenarios) Models() []string {
	var out []string
	for _, name := range letters.Models() {
		if t := m.Chosen(); letters.Level(name) > 0 || name == letters.StatementOfAccount || name == letters.VisitNotice || t != nil && t.Model == name {
			out = append(out, name)
		}
	}
	return out
}

// stepNames are the names of steps that the program words.
var stepNames = []string{"check_invoice", "preventive_call", "first_reminder", "call", "second_reminder", "second_call", "visit", "last_reminder", "formal_notice", "handover"}

// SetStepName names the chosen step as typed.
func (m *Scenarios) SetStepName(typed string) {
	t := m.Chosen()
	if t == nil {
		return
	}
	t.Step = strings.TrimSpace(typed)
	for _, name := range stepNames {
		if ledger.Fold(m.w.FollowUpStep(name)) == ledger.Fold(t.Step) {
			t.Step = name
		}
	}
}

// ToggleKind adds a kind of customer to those that the chosen step is for, or takes it out.
func (m *Scenarios) ToggleKind(k ledger.CustomerKind) {
	t := m.Chosen()
	if t == nil {
		return
	}
	var now []ledger.CustomerKind
	for _, kind := range ledger.CustomerKinds {
		if slices.Contains(t.Kinds, kind) != (kind == k) {
			now = append(now, kind)
		}
	}
	if t.Kinds = now; len(now) == len(ledger.CustomerKinds) {
		t.Kinds = nil // all is no condition
	}
}
