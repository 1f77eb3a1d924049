package cli

import (
	"strings"

	"quitus/app/desk"
	"quitus/ledger"
)

type registeredListDoc struct {
	Letters []registeredDoc `json:"letters"`
}

type registeredDoc struct {
	Batch     *string `json:"batch,omitempty"`
	Letter    string  `json:"letter"` // its reference
	Customer  string  `json:"customer"`
	Model     string  `json:"model"`
	Date      day     `json:"date"`
	Certified bool    `json:"certified"`
	Number    string  `json:"number"`
	Checked   bool    `json:"checked"` // the number has a check digit, which is right
	Posted    day     `json:"posted"`
	Proof     bool    `json:"proof"` // kept
	Outcome   string  `json:"outcome"`
	OutcomeOn day     `json:"outcome_on"`
	Receipt   bool    `json:"receipt"` // kept
}

func (c *call) registered(l *ledger.Letter) registeredDoc {
	r := l.Registered
	_, checked, _ := ledger.TrackingNumber(r.Number)
	return registeredDoc{
		Letter: l.Reference, Customer: customerRef(c.desk.State().Book, l.Customer), Model: l.Model, Date: day(l.On), Certified: r.Certified, Number: r.Number, Checked: checked,
		Posted: day(r.Posted), Proof: r.Proof != 0, Outcome: string(r.Outcome), OutcomeOn: day(r.OutcomeOn), Receipt: r.Receipt != 0,
	}
}

// runRegistered lists the letters that go by registered mail, and what is known of their way.
func runRegistered(c *call) (*reply, error) {
	s := c.desk.State()
	doc := registeredListDoc{Letters: []registeredDoc{}}
	for l := range s.Book.Letters.All() {
		if l.On <= s.On && s.ByRegisteredMail(l) {
			doc.Letters = append(doc.Letters, c.registered(l))
		}
	}
	return &reply{doc: doc, text: func(p *page) {
		for _, x := range doc.Letters {
			p.registered(x)
		}
	}}, nil
}

// registered writes what is known of a letter's way on one line.
func (p *page) registered(x registeredDoc) {
	facts := []string{x.Letter}
	if x.Number != "" {
		facts = append(facts, x.Number)
	}
	if x.Posted != 0 {
		facts = append(facts, p.w.T("cli.registered.posted", "day", ledger.Date(x.Posted)))
	}
	if x.Outcome != "" {
		facts = append(facts, p.w.T("cli.registered.back", "outcome", p.w.T("handover.mail."+x.Outcome), "day", ledger.Date(x.OutcomeOn)))
	}
	p.line(strings.Join(facts, ", "))
}

// runRegisteredNote notes what is known of a registered letter's way; what no flag names stays as it is.
func runRegisteredNote(c *call) (*reply, error) {
	l, err := c.letterNamed(c.args[0])
	if err != nil {
		return nil, err
	}
	n := desk.RegisteredNote{Registered: l.Registered, ProofFile: c.text("proof"), ReceiptFile: c.text("receipt")}
	set := func(flag string) bool { return c.flags.Lookup(flag).Changed }
	if set("number") {
		n.Number = c.text("number")
	}
	if set("certified") {
		n.Certified = c.given("certified")
	}
	if set("posted") {
		if n.Posted, err = dateOf(c.text("posted")); err != nil {
			return nil, err
		}
	}
	if set("outcome") {
		n.Outcome, n.OutcomeOn = ledger.MailOutcome(c.text("outcome")), c.desk.Today()
	}
	entry, err := c.desk.NoteRegistered(c.ctx, l.ID, n)
	if err != nil {
		return nil, err
	}
	doc, batch := c.registered(c.desk.State().Book.Letters.Get(uint32(l.ID))), desk.Batch(entry)
	doc.Batch = &batch
	return &reply{doc: doc, text: func(p *page) {
		p.registered(doc)
		p.say("cli.registered.done", "batch", batch)
	}}, nil
}

// letterNamed finds a letter by its reference, the newest where several share it. The error is letter_reference.
func (c *call) letterNamed(reference string) (*ledger.Letter, error) {
	var found *ledger.Letter
	for l := range c.desk.State().Book.Letters.All() {
		if strings.EqualFold(l.Reference, reference) {
			found = l
		}
	}
	if found == nil {
		return nil, ledger.Errorf("letter_reference", "letter", reference)
	}
	return found, nil
}
