package ledger

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
