package ledger

// StepOfHandover is the step of an [Action] by which a case went to somebody else.
const StepOfHandover = string(StepHandover)

// HandedOver gives the invoices that are with somebody else on a day, and since when: handed over here, or before.
func (b *Book) HandedOver(on Date) map[InvoiceID]Date {
	out := map[InvoiceID]Date{}
	add := func(id InvoiceID, day Date) {
		if day <= on {
			out[id] = max(out[id], day)
		}
	}
	for a := range b.Actions.All() {
		if a.Step == StepOfHandover && !a.Skipped {
			for _, l := range a.Lines {
				add(l.Invoice, a.On)
			}
		}
	}
	for x := range b.Steps.All() {
		if x.Done == StepHandover {
			for _, id := range x.Invoices {
				add(id, x.On)
			}
		}
	}
	return out
}
