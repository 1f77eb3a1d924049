package ledger

import "slices"

// Interrupter is what may make the time to claim an invoice begin anew. The values are written in ledger files.
type Interrupter string

// What interrupts, or may: see package claim for which counts where.
const (
	Acknowledged   Interrupter = "acknowledged"     // in writing, unequivocally (C. civ. 2240)
	PaidInPart     Interrupter = "paid_in_part"     // in a way that acknowledges the debt
	ClaimedInCourt Interrupter = "claimed_in_court" // also by summary proceedings (C. civ. 2241); a payment order once served
	Enforced       Interrupter = "enforced"         // a conservatory measure or forced execution (C. civ. 2244)
	DemandedPublic Interrupter = "demanded"         // a written demand; towards French public bodies only (loi 68-1250, art. 2)
	NoticeByLawyer Interrupter = "lawyer_notice"    // by a lawyer or bailiff; Belgium, one year more, once (anc. C. civ. 2244 § 2)
)

// Interrupters lists them in the order in which forms offer them.
var Interrupters = []Interrupter{Acknowledged, PaidInPart, ClaimedInCourt, Enforced, DemandedPublic, NoticeByLawyer}

// Interruption is an event that the owner recorded as interrupting the time to claim an invoice. It counts once the owner
// confirmed it: the program shows, the owner qualifies.
type Interruption struct {
	ID        InterruptionID `json:"-"`
	Invoice   InvoiceID      `json:"invoice"`
	On        Date           `json:"on"`
	What      Interrupter    `json:"what"`
	Confirmed Date           `json:"confirmed,omitempty"`
	Words     string         `json:"-"` // where it is to be found
}

func (r *Interruption) Kind() Kind          { return KindInterruption }
func (r *Interruption) Key() uint32         { return uint32(r.ID) }
func (r *Interruption) setKey(k uint32)     { r.ID = InterruptionID(k) }
func (r *Interruption) Personal() []*string { return []*string{&r.Words} }

// RecordInterruption stages an event, new or changed. Errors: invoice_unknown, invoice_is_credit, interrupter_unknown,
// said_in_future (on is the day taken as today).
func RecordInterruption(d *Draft, x *Interruption, on Date) error {
	switch i := d.Invoice(x.Invoice); {
	case i == nil:
		return fieldError("invoice", "invoice_unknown", "invoice", refName(KindInvoice, uint32(x.Invoice)))
	case i.CreditNote:
		return fieldError("invoice", "invoice_is_credit", "invoice", i.Number)
	case !slices.Contains(Interrupters, x.What):
		return fieldError("what", "interrupter_unknown", "value", string(x.What))
	case x.On == 0:
		return fieldError("on", "field_required")
	case x.On > on:
		return fieldError("on", "said_in_future", "date", x.On)
	}
	d.Put(x)
	return nil
}

// InterruptionsOf lists what is recorded of an invoice, in the order of the days.
func (b *Book) InterruptionsOf(i InvoiceID) []*Interruption {
	var out []*Interruption
	for x := range b.Interruptions.All() {
		if x.Invoice == i {
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, func(x, y *Interruption) int { return int(x.On) - int(y.On) })
	return out
}
