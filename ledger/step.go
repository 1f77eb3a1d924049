package ledger

// StepKind says what was done about unpaid invoices. The values are written in ledger files.
type StepKind string

// Kinds of steps.
const (
	StepReminder     StepKind = "reminder"
	StepCall         StepKind = "call"
	StepFormalNotice StepKind = "formal_notice"
	StepHandover     StepKind = "handover" // the case is with a lawyer, a bailiff or an agency
)

// Step is what the owner did about invoices of one customer before, or outside of, this program: it sets where
// follow-up goes on.
type Step struct {
	ID       StepID      `json:"-"`
	Customer CustomerID  `json:"customer"`
	Invoices []InvoiceID `json:"invoices"`
	Done     StepKind    `json:"done"`
	Times    int         `json:"times,omitempty"` // of reminders and calls; 1 where 0
	On       Date        `json:"on"`              // the last time
	Words    string      `json:"-"`
}

// StepKinds lists the kinds in the order in which forms offer them.
var StepKinds = []StepKind{StepReminder, StepCall, StepFormalNotice, StepHandover}

// MostTimes is how often a reminder or a call may be said to have been done.
const MostTimes = 20

// RecordSteps stages what was done, the last time on a day, about invoices of any customers: one record a customer.
// Settled invoices and credit notes are passed over. Errors are invoice_unknown, step_unknown, step_times (with the
// fact "most") and step_nothing_open.
func RecordSteps(d *Draft, invoices []InvoiceID, done StepKind, times int, on Date, words string) error {
	switch {
	case done != StepReminder && done != StepCall && done != StepFormalNotice && done != StepHandover:
		return fieldError("done", "step_unknown", "step", string(done))
	case times < 0 || times > MostTimes:
		return fieldError("times", "step_times", "most", MostTimes)
	}
	st := d.Book().Standings(EndOfTime)
	steps := map[CustomerID]*Step{}
	var order []CustomerID
	for _, id := range invoices {
		i := d.Invoice(id)
		switch {
		case i == nil:
			return Errorf("invoice_unknown", "ref", refName(KindInvoice, uint32(id)))
		case i.CreditNote || st.Of(id).Open == 0:
			continue
		case steps[i.Customer] == nil:
			steps[i.Customer] = &Step{Customer: i.Customer, Done: done, Times: times, On: on, Words: words}
			order = append(order, i.Customer)
		}
		steps[i.Customer].Invoices = append(steps[i.Customer].Invoices, id)
	}
	if len(order) == 0 {
		return Errorf("step_nothing_open")
	}
	for _, c := range order {
		d.Put(steps[c])
	}
	return nil
}
