package cli

import (
	"path/filepath"
	"slices"
	"strings"

	"quitus/app/desk"
	"quitus/ledger"
	"quitus/ledger/followup"
)

type agendaDoc struct {
	On      day       `json:"on"`
	Tasks   []taskDoc `json:"tasks"`
	Later   int       `json:"later"`   // tasks that the house rules spread over the days to come
	Put     []putDoc  `json:"put_off"` // tasks that the owner put off
	Waiting []waitDoc `json:"waiting"` // open invoices about which nothing is done today
	// Limits warns of open invoices whose last day to be claimed in court is at most six months away, or past.
	Limits []limitDoc `json:"limits"`
}

type limitDoc struct {
	Invoice  string `json:"invoice"`
	Customer string `json:"customer"`
	Last     day    `json:"last_day"`
	Open     string `json:"open"`
	Currency string `json:"currency"`
	Message  string `json:"message"`
}

type taskDoc struct {
	Task      string        `json:"task"`
	Customer  string        `json:"customer"`
	Step      string        `json:"step"`
	Channel   string        `json:"channel"`
	Due       day           `json:"due"`
	Invoices  []taskInvoice `json:"invoices"`
	Amount    string        `json:"amount"`
	Currency  string        `json:"currency"`
	Level     int           `json:"level"`
	Why       string        `json:"why"`
	BlockedBy *string       `json:"blocked_by"`
	Warnings  []errorBody   `json:"warnings"`
	Who       string        `json:"who,omitempty"` // to whom the task was handed
}

type taskInvoice struct {
	Number string `json:"number"`
	Level  int    `json:"level"`
	Open   string `json:"open"`
}

type putDoc struct {
	Task  string `json:"task"`
	Until day    `json:"until"`
	Why   string `json:"why"`
}

type waitDoc struct {
	Invoice  string    `json:"invoice"`
	Customer string    `json:"customer"`
	Reason   reasonDoc `json:"reason"`
	Until    day       `json:"until"`
	Next     string    `json:"next,omitempty"`
}

// runAgenda tells what is to be done today, in order.
func runAgenda(c *call) (*reply, error) {
	s := c.desk.State()
	a := s.Agenda()
	doc := agendaDoc{On: day(a.On), Tasks: []taskDoc{}, Later: len(a.Later), Put: []putDoc{}, Waiting: []waitDoc{}, Limits: c.limits()}
	for i := range a.Tasks {
		doc.Tasks = append(doc.Tasks, c.task(&a.Tasks[i]))
	}
	for i := range a.Put {
		doc.Put = append(doc.Put, putDoc{a.Put[i].Name, day(a.Put[i].Mark.Until), a.Put[i].Mark.Why})
	}
	for _, w := range a.Waiting {
		doc.Waiting = append(doc.Waiting, waitDoc{
			s.Book.Invoice(w.Invoice).Number, s.Book.Customer(w.Customer).Ref, reasonDoc{w.Reason.Code, desk.TaskReason(c.w, w.Reason)}, day(w.Until), w.Next,
		})
	}
	return &reply{doc: doc, text: func(p *page) {
		if len(a.Tasks) == 0 {
			p.say("cli.agenda.none", "day", a.On)
		}
		for i := range a.Tasks {
			p.task(s, &a.Tasks[i], doc.Tasks[i])
		}
		if doc.Later > 0 {
			p.line("")
			p.line(p.w.N("cli.agenda.later", doc.Later))
		}
		if len(doc.Limits) > 0 {
			p.line("")
		}
		for _, l := range doc.Limits {
			p.line(l.Message)
		}
	}}, nil
}

// limits warns of what can soon no longer be claimed.
func (c *call) limits() []limitDoc {
	s, out := c.desk.State(), []limitDoc{}
	for _, l := range s.Limits() {
		open, key := s.Open(l.Invoice), "cli.agenda.limit"
		if l.Limit.Past(s.On) {
			key = "cli.agenda.limit_past"
		}
		out = append(out, limitDoc{l.Invoice.Number, customerRef(s.Book, l.Invoice.Customer), day(l.Limit.Last), open.Decimal(), string(open.Currency),
			c.w.T(key, "number", l.Invoice.Number, "customer", customerRef(s.Book, l.Invoice.Customer), "open", open, "day", l.Limit.Last)})
	}
	return out
}

func (c *call) task(t *followup.Task) taskDoc {
	b := c.desk.State().Book
	doc := taskDoc{
		Task: t.Name, Customer: b.Customer(t.Customer).Ref, Step: t.Step, Channel: string(t.Channel), Due: day(t.Due), Invoices: []taskInvoice{},
		Amount: t.Amount.Decimal(), Currency: string(t.Amount.Currency), Level: t.Level, Why: desk.TaskWhy(c.w, t.Why), Warnings: []errorBody{},
	}
	for _, l := range t.Lines {
		i := b.Invoice(l.Invoice)
		doc.Invoices = append(doc.Invoices, taskInvoice{i.Number, l.Level, ledger.Money{Minor: l.Open, Currency: i.Total.Currency}.Decimal()})
	}
	for _, r := range t.Warnings {
		doc.Warnings = append(doc.Warnings, errorBody{r.Code, desk.TaskReason(c.w, r)})
	}
	if t.Mark != nil {
		doc.Who = t.Mark.Who
	}
	return doc
}

func (p *page) task(s *desk.State, t *followup.Task, doc taskDoc) {
	p.say("cli.agenda.task", "task", t.Name, "step", p.w.FollowUpStep(t.Step), "name", s.Book.Customer(t.Customer).Name, "amount", t.Amount)
	p.line("  " + doc.Why)
	for _, w := range doc.Warnings {
		p.line("  " + w.Message)
	}
}

type doDoc struct {
	Batch   *string       `json:"batch"`
	Done    []doneDoc     `json:"done"`
	Refused []refusedTask `json:"refused"`
}

type doneDoc struct {
	Task  string   `json:"task"`
	Files []string `json:"files"`
}

type refusedTask struct {
	Task string `json:"task"`
	errorBody
}

// runDo carries out tasks of the agenda as one batch.
func runDo(c *call) (*reply, error) {
	tasks, err := c.tasks()
	if err != nil {
		return nil, err
	}
	prepared := c.desk.Prepare(c.ctx, tasks)
	doc := doDoc{Done: []doneDoc{}, Refused: []refusedTask{}}
	out := &files{dir: c.text("out"), taken: map[string]bool{}}
	b := c.desk.State().Book
	for _, x := range prepared {
		switch {
		case x.Err != nil && statusOf(x.Err) != Refused:
			out.remove()
			return nil, x.Err
		case x.Err != nil:
			doc.Refused = append(doc.Refused, refusedTask{x.Task.Name, errorBody{code(x.Err), c.w.Error(x.Err)}})
			continue
		}
		done := doneDoc{Task: x.Task.Name, Files: []string{}}
		if w := x.Letter; w != nil {
			name := out.name(customerRef(b, w.Customer), w.Model, w.Date, w.Amount.Currency)
			if err := out.write(name, w.PDF); err != nil {
				out.remove()
				return nil, err
			}
			done.Files = append(done.Files, name)
		}
		doc.Done = append(doc.Done, done)
	}
	if len(doc.Done) > 0 && !c.given("dry-run") {
		e, err := c.desk.DoTasks(c.ctx, prepared)
		if err != nil {
			out.remove()
			return nil, err
		}
		if batch := desk.Batch(e); batch != "" {
			doc.Batch = &batch
		}
	}
	r := &reply{doc: doc, text: func(p *page) { p.did(doc) }}
	if len(doc.Refused) > 0 {
		r.status = Refused
	}
	return r, nil
}

// tasks gives the tasks that the call names, or all of today's; of one channel where one is asked for.
func (c *call) tasks() ([]followup.Task, error) {
	channels := make([]string, len(ledger.Channels))
	for i, x := range ledger.Channels {
		channels[i] = string(x)
	}
	channel, err := c.choice("channel", channels...)
	if err != nil {
		return nil, err
	}
	s := c.desk.State()
	var out []followup.Task
	switch {
	case c.given("all") == (len(c.args) > 0):
		return nil, ledger.Errorf("usage_tasks")
	case c.given("all"):
		out = slices.Clone(s.Agenda().Tasks)
	}
	for _, name := range c.args {
		t, err := s.TaskNamed(name)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(out, func(x followup.Task) bool { return x.Name == t.Name }) {
			out = append(out, *t)
		}
	}
	return slices.DeleteFunc(out, func(t followup.Task) bool { return channel != "" && string(t.Channel) != channel }), nil
}

func (p *page) did(doc doDoc) {
	for _, x := range doc.Done {
		line := x.Task
		if len(x.Files) > 0 {
			names := make([]string, len(x.Files))
			for i, f := range x.Files {
				names[i] = filepath.ToSlash(f)
			}
			line += ": " + strings.Join(names, ", ")
		}
		p.line(line)
	}
	for _, x := range doc.Refused {
		p.line(x.Task + ": " + x.Message)
	}
	p.line("")
	if doc.Batch != nil {
		p.line(p.w.N("cli.do.done", len(doc.Done), "batch", *doc.Batch))
	} else {
		p.line(p.w.N("cli.do.not_recorded", len(doc.Done)))
	}
}
