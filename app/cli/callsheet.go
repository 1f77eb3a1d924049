package cli

import (
	"path/filepath"

	"quitus/app/desk"
	"quitus/ledger"
	"quitus/letters/guide"
)

type callDoc struct {
	On          day           `json:"on"`
	Customer    string        `json:"customer"`
	Name        string        `json:"name"`
	Task        string        `json:"task,omitempty"` // of the agenda, that the call carries out
	Kind        string        `json:"kind"`           // of guide: late, preventive
	Amount      string        `json:"amount"`
	Currency    string        `json:"currency"`
	Interest    string        `json:"interest"`  // apart from the amount
	Indemnity   string        `json:"indemnity"` // apart from the amount
	Others      []sumDoc      `json:"others"`    // asked for in other currencies
	BankRead    day           `json:"bank_read"`
	Against     []reasonDoc   `json:"against"` // what speaks against calling now
	Contacts    []contactDoc  `json:"contacts"`
	Invoices    []calledDoc   `json:"invoices"`
	Promises    []promisedDoc `json:"promises"`
	Disputes    []contestDoc  `json:"disputes"`
	Steps       []sayDoc      `json:"steps"`
	Objections  []answerSaid  `json:"objections"`
	Voicemail   string        `json:"voicemail"`
	Switchboard string        `json:"switchboard"`
	MustNot     []ruleDoc     `json:"must_not"`
	File        string        `json:"file,omitempty"`
}

type sumDoc struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

type contactDoc struct {
	Name         string `json:"name"`
	Role         string `json:"role"`
	Phone        string `json:"phone"`
	DoNotContact bool   `json:"do_not_contact"`
}

type calledDoc struct {
	Number   string `json:"number"`
	Issued   day    `json:"issued"`
	Due      day    `json:"due"`
	DaysLate int    `json:"days_late"`
	Open     string `json:"open"`
	Currency string `json:"currency"`
	Subject  string `json:"subject"`
	Order    string `json:"order"`
	Asked    bool   `json:"asked"` // the call is about it
}

type promisedDoc struct {
	Made     day    `json:"made"`
	Due      day    `json:"due"`
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
	State    string `json:"state"` // running, kept, in_part, broken
}

type contestDoc struct {
	Invoice string `json:"invoice"`
	Reason  string `json:"reason"`
	Words   string `json:"words"`
	Opened  day    `json:"opened"`
	Closed  day    `json:"closed"`
	Ended   string `json:"ended"`
}

type sayDoc struct {
	Step  string `json:"step"`
	Title string `json:"title"`
	Say   string `json:"say"`
	Ask   string `json:"ask,omitempty"`
	Avoid string `json:"avoid"`
}

type answerSaid struct {
	Objection string `json:"objection"`
	Key       string `json:"key,omitempty"`
	Says      string `json:"says"`
	Where     string `json:"where"`
	Due       string `json:"due"`
	Propose   string `json:"propose"`
	Avoid     string `json:"avoid"`
}

type ruleDoc struct {
	Text   string `json:"text"`
	Source string `json:"source"`
}

// runCall gives what a call to a customer needs, and with --out the same as a sheet to print. Nothing is recorded.
func runCall(c *call) (*reply, error) {
	k, err := customer(c.desk.State().Book, c.args[0])
	if err != nil {
		return nil, err
	}
	f, err := c.desk.CallFile(k.ID, "")
	if err != nil {
		return nil, err
	}
	g, err := f.Guide(c.w, f.Contact, nil)
	if err != nil {
		return nil, err
	}
	doc := callDocOf(c, f, g)
	if dir := c.text("out"); dir != "" {
		pdf, err := f.Sheet(c.w, g).PDF()
		if err != nil {
			return nil, err
		}
		doc.File = filepath.Join(dir, "call-"+doc.Customer+"-"+f.State.On.String()+".pdf")
		if err := (&files{dir: dir}).write(doc.File, pdf); err != nil {
			return nil, err
		}
	}
	return &reply{doc: doc, text: func(p *page) { p.callSheet(f, g, doc) }}, nil
}

func callDocOf(c *call, f *desk.CallFile, g *guide.Filled) *callDoc {
	b := f.State.Book
	doc := &callDoc{
		On: day(f.State.On), Customer: f.Customer.Ref, Name: f.Customer.Name, Kind: string(f.Kind()), Amount: f.Due.Decimal(), Currency: string(f.Due.Currency),
		Interest: ledger.Money{Currency: f.Due.Currency}.Decimal(), Others: []sumDoc{}, BankRead: day(b.BankRead()), Against: []reasonDoc{}, Contacts: []contactDoc{},
		Invoices: []calledDoc{}, Promises: []promisedDoc{}, Disputes: []contestDoc{}, Steps: []sayDoc{}, Objections: []answerSaid{}, MustNot: []ruleDoc{},
		Voicemail: g.Voicemail.String(), Switchboard: g.Switchboard.String(),
	}
	doc.Indemnity = doc.Interest
	if f.ClaimsSaid() {
		doc.Interest, doc.Indemnity = f.Interest.Decimal(), f.Indemnity.Decimal()
	}
	if f.Task != nil {
		doc.Task = f.Task.Name
	}
	for _, o := range f.Others {
		doc.Others = append(doc.Others, sumDoc{o.Decimal(), string(o.Currency)})
	}
	for _, r := range f.Against {
		doc.Against = append(doc.Against, reasonDoc{r.Code, desk.TaskReason(c.w, r)})
	}
	for _, k := range f.Contacts {
		doc.Contacts = append(doc.Contacts, contactDoc{k.Name, k.Role, k.Phone, k.DoNotContact})
	}
	for _, i := range f.Invoices {
		doc.Invoices = append(doc.Invoices, calledDoc{i.Number, day(i.Issued), day(i.Standing.Due), i.Standing.DaysLate, i.Open.Decimal(), string(i.Total.Currency), i.Subject, i.OrderRef, i.Asked})
	}
	for _, p := range f.Promises {
		state := map[ledger.PromiseState]string{ledger.PromiseRunning: "running", ledger.PromiseKept: "kept", ledger.PromiseKeptInPart: "in_part"}[p.State]
		if state == "" {
			state = "broken"
		}
		doc.Promises = append(doc.Promises, promisedDoc{day(p.Made), day(p.Due), p.Amount.Decimal(), string(p.Amount.Currency), state})
	}
	for _, x := range f.Disputes {
		doc.Disputes = append(doc.Disputes, contestDoc{b.Invoice(x.Invoice).Number, string(x.Reason), x.Words, day(x.Opened), day(x.Closed), x.Ended})
	}
	for _, s := range g.Steps {
		doc.Steps = append(doc.Steps, sayDoc{s.ID, s.Title, s.Say.String(), s.Ask.String(), s.Avoid.String()})
	}
	for _, o := range g.Objections {
		doc.Objections = append(doc.Objections, answerSaid{o.ID, o.Key, o.Says, o.Where.String(), o.Due.String(), o.Propose.String(), o.Avoid.String()})
	}
	for _, r := range g.MustNot {
		doc.MustNot = append(doc.MustNot, ruleDoc{r.Text.String(), r.Source})
	}
	return doc
}

// callSheet writes the sheet for people: what is owed, then what to say.
func (p *page) callSheet(f *desk.CallFile, g *guide.Filled, doc *callDoc) {
	w := p.w
	who := f.Number
	if f.Contact != nil {
		who = f.Contact.Name + "  " + who
	}
	p.line(f.Customer.Name)
	p.line(who)
	for _, a := range doc.Against {
		p.line(w.T("call.against.line", "why", a.Text))
	}
	p.line("")
	p.say("cli.call.asked", "amount", f.Due)
	if f.ClaimsSaid() && f.Interest.Add(f.Indemnity).Positive() {
		p.say("cli.call.apart", "interest", f.Interest, "indemnity", f.Indemnity)
	}
	var rows [][]string
	for _, i := range f.Invoices {
		due := "–"
		if !i.Standing.Due.IsZero() {
			due = w.Date(i.Standing.Due)
		}
		rows = append(rows, []string{i.Number, due, w.Number(i.Standing.DaysLate), w.Money(i.Open), i.Subject})
	}
	if len(rows) > 0 {
		p.table("  ", []column{{"common.invoice", false}, {"call.sheet.due", false}, {"call.sheet.days", true}, {"call.sheet.open", true}, {"call.sheet.subject", false}}, rows)
	}
	for _, x := range f.Promises {
		p.line("  " + w.T("call.file.promise", "amount", x.Amount, "day", w.Date(x.Due)) + ", " + w.T(desk.PromiseKey(x.State)))
	}
	for _, s := range g.Steps {
		if s.Say != nil {
			p.line("")
			p.line(s.Title)
			p.line("  " + w.T("call.quote", "text", s.Say.String()))
			p.line("  " + w.T("call.avoid", "text", w.T("call.quote", "text", s.Avoid.String())))
		}
	}
	p.line("")
	p.say("call.answers")
	for _, o := range g.Objections {
		p.line("  " + o.Title)
	}
	p.line("")
	p.line(g.Foot.String())
	if doc.File != "" {
		p.line(doc.File)
	}
}
