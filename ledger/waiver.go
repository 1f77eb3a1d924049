package ledger

// Waiver is what the owner gave up of interest and indemnity of one invoice, in whole or in part. The principal stays owed: what is
// given up of that is a [WriteOff].
type Waiver struct {
	ID        WaiverID  `json:"-"`
	Invoice   InvoiceID `json:"invoice"`
	On        Date      `json:"on"`
	Interest  int64     `json:"interest,omitempty"`  // at most this much; minor units of the invoice's currency
	Indemnity int64     `json:"indemnity,omitempty"` // the same
	Whole     bool      `json:"whole,omitempty"`     // all of both, also of what is still to run
	Why       string    `json:"-"`
}

func (r *Waiver) Kind() Kind          { return KindWaiver }
func (r *Waiver) Key() uint32         { return uint32(r.ID) }
func (r *Waiver) setKey(k uint32)     { r.ID = WaiverID(k) }
func (r *Waiver) Personal() []*string { return []*string{&r.Why} }

// RecordWaiver stages a waiver. Errors: invoice_unknown, invoice_is_credit, waiver_amount (nothing is waived, or less
// than nothing).
func RecordWaiver(d *Draft, w *Waiver) error {
	switch i := d.Invoice(w.Invoice); {
	case i == nil:
		return fieldError("invoice", "invoice_unknown", "invoice", refName(KindInvoice, uint32(w.Invoice)))
	case i.CreditNote:
		return fieldError("invoice", "invoice_is_credit", "invoice", i.Number)
	case w.Interest < 0 || w.Indemnity < 0 || !w.Whole && w.Interest+w.Indemnity == 0:
		return fieldError("amount", "waiver_amount")
	}
	d.Put(w)
	return nil
}

// RateRow is a reference rate that the owner read at its source and added to a table of the program's.
type RateRow struct {
	ID      RateRowID `json:"-"`
	Table   string    `json:"table"`   // its name, as package claim has it
	Day     Date      `json:"day"`     // in the half-year or year that the rate is of
	Percent string    `json:"percent"` // a year: "2.65"
	Source  string    `json:"source"`  // where it was read
	On      Date      `json:"on"`
}

func (r *RateRow) Kind() Kind          { return KindRateRow }
func (r *RateRow) Key() uint32         { return uint32(r.ID) }
func (r *RateRow) setKey(k uint32)     { r.ID = RateRowID(k) }
func (r *RateRow) Personal() []*string { return nil }
