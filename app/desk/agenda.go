package desk

import (
	"cmp"
	"slices"
	"strings"

	"quitus/assets/scenarios"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/followup"
	"quitus/ledger/reconcile"
)

// Scenarios gives the follow-up scenarios that there are: the owner's own, then those that come with the program and
// that none of the owner's stands for.
func (s *State) Scenarios() []*ledger.Scenario { return scenariosOf(s.Book) }

func scenariosOf(b *ledger.Book) []*ledger.Scenario {
	var out []*ledger.Scenario
	for x := range b.Scenarios.All() {
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(a, b *ledger.Scenario) int { return cmp.Compare(ledger.Fold(a.Name), ledger.Fold(b.Name)) })
	own := len(out)
	for _, x := range scenarios.BuiltIn() {
		if scenarioNamed(out[:own], x.Name) == nil {
			out = append(out, x)
		}
	}
	return out
}

func scenarioNamed(list []*ledger.Scenario, name string) *ledger.Scenario {
	for _, x := range list {
		if ledger.Fold(x.Name) == ledger.Fold(name) {
			return x
		}
	}
	return nil
}

// followUp is what the engine decides on.
func (s *State) followUp() *followup.World {
	return &followup.World{Book: s.Book, Standings: s.Standings, Scenarios: s.Scenarios(), Usual: scenarios.Usual}
}

// ScenarioOf names the scenario that a customer follows; [ledger.NoScenario] where follow-up is stopped.
func (s *State) ScenarioOf(c *ledger.Customer) string {
	return s.ScenarioNames()(c)
}

// ScenarioNames gives what names the scenario of each customer, as [State.ScenarioOf] does of one.
func (s *State) ScenarioNames() func(*ledger.Customer) string {
	world, written := s.followUp(), map[string]string{}
	return func(c *ledger.Customer) string {
		name := world.ScenarioName(c)
		if _, known := written[name]; !known {
			written[name] = name
			if strings.EqualFold(name, ledger.NoScenario) {
				written[name] = ledger.NoScenario
			} else if x := scenarioNamed(world.Scenarios, name); x != nil {
				written[name] = x.Name
			}
		}
		return written[name]
	}
}

// Agenda gives what is to be done today. It is worked out once for a state, and shared: it is not to be changed.
func (s *State) Agenda() *followup.Agenda {
	s.agendaOnce.Do(func() {
		s.agenda = followup.Plan(s.followUp())
		receipts := s.possibleReceipts()
		for _, list := range [][]followup.Task{s.agenda.Tasks, s.agenda.Later, s.agenda.Put} {
			for i := range list {
				s.warn(&list[i], receipts)
			}
		}
	})
	return s.agenda
}

// TaskNamed finds a task of today, one that was put off or one that was spread to later days. The error's code is task_unknown.
func (s *State) TaskNamed(name string) (*followup.Task, error) {
	a := s.Agenda()
	for _, list := range [][]followup.Task{a.Tasks, a.Put, a.Later} {
		for i := range list {
			if strings.EqualFold(list[i].Name, name) {
				return &list[i], nil
			}
		}
	}
	return nil, ledger.Errorf("task_unknown", "task", name)
}

// TasksOf gives today's tasks of a customer, those that were put off and spread included.
func (s *State) TasksOf(c ledger.CustomerID) []*followup.Task {
	var out []*followup.Task
	a := s.Agenda()
	for _, list := range [][]followup.Task{a.Tasks, a.Put, a.Later} {
		for i := range list {
			if list[i].Customer == c {
				out = append(out, &list[i])
			}
		}
	}
	return out
}

// warn adds what the owner is to know before a task is done: how far the bank is read, a receipt that may be the customer's, and
// what is missing to reach it.
func (s *State) warn(t *followup.Task, receipts map[ledger.CustomerID]*ledger.BankEntry) {
	add := func(code string, args map[string]any) {
		t.Warnings = append(t.Warnings, followup.Reason{Code: code, Args: args})
	}
	if !t.Channel.Reaches() {
		return
	}
	switch read := s.Book.BankRead(); {
	case read == 0:
		add("bank_never", nil)
	case int(s.On-read) > BankOldAfter:
		add("bank_old", map[string]any{"day": read})
	}
	if e := receipts[t.Customer]; e != nil {
		add("receipt", map[string]any{"amount": e.Amount, "day": e.Booked})
	}
	c := s.Book.Customer(t.Customer)
	switch t.Channel {
	case ledger.ChannelEmail:
		if _, address := s.MailTo(c.ID); address == "" {
			add("no_email", nil)
		}
	case ledger.ChannelPhone:
		if _, number := s.Speaker(c.ID); number == "" {
			add("no_phone", nil)
		}
	case ledger.ChannelLetter, ledger.ChannelRegistered, ledger.ChannelVisit:
		if c.Town == "" {
			add("no_address", nil)
		}
	}
}

// mostReceipts bounds how many of the newest bank entries are looked through for a possible payer.
const mostReceipts = 300

// possibleReceipts gives the receipts that wait for a decision and may be a customer's: by the name in their label or by the sum.
func (s *State) possibleReceipts() map[ledger.CustomerID]*ledger.BankEntry {
	out := map[ledger.CustomerID]*ledger.BankEntry{}
	undecided := s.Undecided()
	undecided = undecided[max(0, len(undecided)-mostReceipts):]
	if len(undecided) == 0 {
		return out
	}
	entries := make([]reconcile.Entry, len(undecided))
	for i, e := range undecided {
		entries[i] = entryOf(e)
	}
	for i, d := range reconcile.Decide(reconcile.WorldOf(s.Book, ledger.EndOfTime), entries) {
		for _, a := range append([]reconcile.Answer{d.Answer}, d.Alternatives...) {
			if a.Customer != 0 && out[a.Customer] == nil && undecided[i].Amount.Positive() {
				out[a.Customer] = undecided[i]
			}
		}
	}
	return out
}

// Speaker gives whom to call at a customer's: the first contact who may be spoken to and has a number, or the customer's own
// number. A customer that is managed by another is reached there.
func (s *State) Speaker(id ledger.CustomerID) (*ledger.Contact, string) {
	for _, p := range s.Book.ContactsOf(id) {
		if !p.DoNotContact && p.Phone != "" {
			return p, p.Phone
		}
	}
	c := s.Book.Customer(id)
	if c.Phone == "" && c.Manager != 0 && c.Manager != id {
		return s.Speaker(c.Manager)
	}
	for _, p := range s.Book.ContactsOf(id) {
		if !p.DoNotContact {
			return p, c.Phone
		}
	}
	return nil, c.Phone
}

// MailTo gives whom to write to at a customer's, and the address: who deals with payments, else the first who has one, else the
// customer itself; empty where none is known.
func (s *State) MailTo(id ledger.CustomerID) (*ledger.Contact, string) {
	var first *ledger.Contact
	for _, p := range s.Book.ContactsOf(id) {
		switch {
		case p.DoNotContact || p.Email == "":
		case pays(p):
			return p, p.Email
		case first == nil:
			first = p
		}
	}
	if first == nil {
		return nil, s.Book.Customer(id).Email
	}
	return first, first.Email
}

// pays says whether a contact's role is about payments: reminders are for them before anybody else.
func pays(p *ledger.Contact) bool {
	role := ledger.Fold(p.Role)
	for _, lang := range words.Langs {
		for stem := range strings.SplitSeq(words.New(lang).T("people.payment_roles"), ",") {
			if strings.Contains(role, ledger.Fold(strings.TrimSpace(stem))) {
				return true
			}
		}
	}
	return false
}

// TaskWhy joins the facts behind a task into one sentence.
func TaskWhy(w *words.Words, list []followup.Reason) string {
	facts := make([]words.Fact, len(list))
	for i, r := range list {
		facts[i] = words.Fact(r)
	}
	return w.Facts(followReasons, facts)
}

// TaskReason is the sentence of one fact.
func TaskReason(w *words.Words, r followup.Reason) string { return TaskWhy(w, []followup.Reason{r}) }

// followReasons begin the keys of the sentences.
const followReasons = "followup.reason."
