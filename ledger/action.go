package ledger

// Action is a follow-up task that was done or passed over: a scenario's step for some invoices of a customer, or a task of its own.
type Action struct {
	ID       ActionID     `json:"-"`
	Customer CustomerID   `json:"customer"`
	On       Date         `json:"on"`
	Step     string       `json:"step"`
	Channel  Channel      `json:"channel"`
	Lines    []ActionLine `json:"lines,omitempty"`
	Deadline Date         `json:"deadline,omitempty"` // the day until which it asked for payment
	Letter   LetterID     `json:"letter,omitempty"`
	Message  MessageID    `json:"message,omitempty"`
	Call     CallID       `json:"call,omitempty"`
	// Document is the file that was handed over.
	Document DocumentID `json:"document,omitempty"`
	Agreed   bool       `json:"agreed,omitempty"`  // with the customer: it does not count as pestering
	Skipped  bool       `json:"skipped,omitempty"` // it was passed over: nobody was contacted
	// Why is the owner's reason for going past a house rule.
	Why string `json:"-"`
	// To is whom a case was handed to.
	To string `json:"-"`
}

// ActionLine is an invoice and the level of its scenario that was done; 0 for a task that is no level. Step is the level's own name, by which it is
// found again when the scenario's levels were counted anew.
type ActionLine struct {
	Invoice InvoiceID `json:"invoice"`
	Level   int       `json:"level,omitempty"`
	Step    string    `json:"step,omitempty"`
}

func (r *Action) Kind() Kind          { return KindAction }
func (r *Action) Key() uint32         { return uint32(r.ID) }
func (r *Action) setKey(k uint32)     { r.ID = ActionID(k) }
func (r *Action) Personal() []*string { return []*string{&r.Why, &r.To} }

// references names the records that an action rests on.
func (r *Action) references(to func(Kind, uint32)) {
	to(KindCustomer, uint32(r.Customer))
	for _, l := range r.Lines {
		to(KindInvoice, uint32(l.Invoice))
	}
	if r.Letter != 0 {
		to(KindLetter, uint32(r.Letter))
	}
	if r.Message != 0 {
		to(KindMessage, uint32(r.Message))
	}
	if r.Call != 0 {
		to(KindCall, uint32(r.Call))
	}
	if r.Document != 0 {
		to(KindDocument, uint32(r.Document))
	}
}
