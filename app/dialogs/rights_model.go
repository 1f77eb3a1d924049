package dialogs

import (
	"context"
	"slices"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/claim"
	"quitus/letters"
)

// rightsDesk is what an invoice's interest and its time to claim need of the desk.
type rightsDesk interface {
	State() *desk.State
	Today() ledger.Date
	Claim(id ledger.InvoiceID) (claim.Claim, error)
	Waive(ctx context.Context, list ...ledger.Waiver) (ledger.Entry, error)
	Interrupt(ctx context.Context, i ledger.Interruption, confirmed bool, invoices ...ledger.InvoiceID) (ledger.Entry, error)
}

// rightLine is a waiver or an event as a line of the card.
type rightLine struct {
	Text      string
	Waiver    ledger.WaiverID       // what removing it removes
	Event     ledger.InterruptionID // the same
	Confirmed bool                  // of an event: it counts
}

// rights are what an invoice's delay gives, and how long it can be claimed.
type rights struct {
	Claim    ClaimSum // itemised, for the dialog
	Sum      string   // what is claimed of today, or why not
	Rule     string   // the regime with its source
	CanWaive bool
	Waivers  []rightLine

	Last   string // the last day to claim; empty where nothing is left to claim or no period is known
	Near   bool
	Past   bool
	Reason string
	Events []rightLine
	Notes  []string // what does not interrupt, and what waits for the owner's word
}

// newRights gathers the rights of an invoice; nil of a credit note.
func newRights(d rightsDesk, w *words.Words, i *ledger.Invoice) *rights {
	if i.CreditNote {
		return nil
	}
	s, r := d.State(), &rights{}
	k, err := d.Claim(i.ID)
	list := []claim.Claim{k}
	if err != nil {
		list = nil
	}
	r.Claim = SumClaims(w, list, err)
	r.Sum = w.T("rights.sum", "interest", k.Interest, "indemnity", k.Indemnity)
	switch {
	case err != nil:
		r.Sum = r.Claim.Refused
	case !k.Interest.Positive() && !k.Indemnity.Positive():
		r.Sum = w.T("rights.none")
	}
	if err == nil {
		r.Rule = w.T("rights.rule", "regime", ledger.Term("claim.regime."+string(k.Regime)), "source", ledger.Term("claim.source."+string(k.Regime)))
		r.CanWaive = k.Interest.Positive() || k.Indemnity.Positive()
	}
	for x := range s.Book.Waivers.All() {
		if x.Invoice == i.ID {
			r.Waivers = append(r.Waivers, rightLine{Text: waiverWord(w, x, i.Total.Currency), Waiver: x.ID})
		}
	}
	if c, err := claim.CaseOf(s.Book, i.ID); err == nil && (s.Standings.Of(i.ID).Open > 0 || r.CanWaive) {
		r.limit(w, s, c, i)
	}
	return r
}

// waiverWord says what was given up, when and why.
func waiverWord(w *words.Words, x *ledger.Waiver, cur ledger.Currency) string {
	money := func(minor int64) ledger.Money { return ledger.Money{Minor: minor, Currency: cur} }
	key := "rights.waived.both"
	switch {
	case x.Whole:
		key = "rights.waived.whole"
	case x.Indemnity == 0:
		key = "rights.waived.interest"
	case x.Interest == 0:
		key = "rights.waived.indemnity"
	}
	return Joined(w.T(key, "day", x.On, "interest", money(x.Interest), "indemnity", money(x.Indemnity)), x.Why)
}

// limit tells the last day to claim, from what it is counted, and what was recorded.
func (r *rights) limit(w *words.Words, s *desk.State, c claim.Case, i *ledger.Invoice) {
	l := c.Limit(s.On)
	if l.Last.IsZero() {
		return
	}
	r.Last, r.Near, r.Past = w.T("rights.last", "day", l.Last), l.Near(s.On), l.Past(s.On)
	if r.Past {
		r.Last = w.T("rights.last_past", "day", l.Last)
	}
	key := "rights.since.event"
	switch regime := claim.RegimeOf(c.Creditor, c.Debtor, c.Kind); {
	case l.From != c.Due && l.From != c.Completed:
	case l.Last > claim.EndAlone(regime, c.Due, c.Completed):
		key = "rights.since.longer"
	case l.From == c.Completed:
		key = "rights.since.completed"
	default:
		key = "rights.since.due"
	}
	r.Reason = w.T(key, "period", ledger.Term("claim.limit."+l.Code), "from", l.From)
	for _, x := range s.Book.InterruptionsOf(i.ID) {
		line := rightLine{Event: x.ID, Confirmed: !x.Confirmed.IsZero()}
		line.Text = Joined(w.T("rights.event", "day", x.On, "what", ledger.Term("rights.what."+string(x.What))), x.Words)
		r.Events = append(r.Events, line)
	}
	for _, n := range l.Notes {
		if text := letters.NoteText(w, n); !slices.Contains(r.Notes, text) {
			r.Notes = append(r.Notes, text)
		}
	}
}

// What of interest and indemnity is given up.
const (
	waiveWhole     = "whole"     // all of both, also of what is still to run
	waiveInterest  = "interest"  // of today
	waiveIndemnity = "indemnity" // of today
	waivePart      = "part"      // amounts of the owner's
)

// waivable is an invoice of which something can be given up.
type waivable struct {
	Invoice             *ledger.Invoice
	Interest, Indemnity ledger.Money
}

// waiveModel is a waiver that is being entered.
type waiveModel struct {
	desk rightsDesk
	w    *words.Words
	List []waivable
}

// newWaiveModel gathers what can be given up of invoices; those whose claim is nothing, or cannot be computed, are left out.
func newWaiveModel(d rightsDesk, w *words.Words, invoices []ledger.InvoiceID) *waiveModel {
	m := &waiveModel{desk: d, w: w}
	for _, id := range invoices {
		if k, err := d.Claim(id); err == nil && (k.Interest.Positive() || k.Indemnity.Positive()) {
			m.List = append(m.List, waivable{d.State().Book.Invoice(id), k.Interest, k.Indemnity})
		}
	}
	return m
}

// invoices are the invoices to tick.
func (m *waiveModel) invoices() []choice {
	var out []choice
	for _, x := range m.List {
		out = append(out, choice{invoiceCode(x.Invoice.ID), m.w.T("rights.waive.invoice", "number", x.Invoice.Number, "amount", x.Interest.Add(x.Indemnity))})
	}
	return out
}

// kinds are the ways to give up; amounts only of one invoice.
func (m *waiveModel) kinds() []choice {
	interest := slices.ContainsFunc(m.List, func(x waivable) bool { return x.Interest.Positive() })
	indemnity := slices.ContainsFunc(m.List, func(x waivable) bool { return x.Indemnity.Positive() })
	out := []choice{{waiveWhole, m.w.T("rights.waive.whole")}}
	if interest {
		out = append(out, choice{waiveInterest, m.w.T("rights.waive.interest")})
	}
	if indemnity {
		out = append(out, choice{waiveIndemnity, m.w.T("rights.waive.indemnity")})
	}
	if len(m.List) == 1 {
		out = append(out, choice{waivePart, m.w.T("rights.waive.part")})
	}
	return out
}

// waivers gives what to record of the ticked invoices; the amounts count where a part is given up.
func (m *waiveModel) waivers(kind string, ticked []string, interest, indemnity ledger.Money, why string) []ledger.Waiver {
	var out []ledger.Waiver
	for _, x := range m.List {
		if !slices.Contains(ticked, invoiceCode(x.Invoice.ID)) {
			continue
		}
		n := ledger.Waiver{Invoice: x.Invoice.ID, Why: why}
		switch kind {
		case waiveWhole:
			n.Whole = true
		case waiveInterest:
			n.Interest = x.Interest.Minor
		case waiveIndemnity:
			n.Indemnity = x.Indemnity.Minor
		default:
			n.Interest, n.Indemnity = interest.Minor, indemnity.Minor
		}
		if n.Whole || n.Interest+n.Indemnity > 0 {
			out = append(out, n)
		}
	}
	return out
}

// interruptModel is an event that is being entered.
type interruptModel struct {
	desk     rightsDesk
	w        *words.Words
	state    *desk.State
	invoice  *ledger.Invoice
	regime   claim.Regime
	Invoices []*ledger.Invoice // of the customer, open, this one first
}

func newInterruptModel(d rightsDesk, w *words.Words, id ledger.InvoiceID) *interruptModel {
	s := d.State()
	m := &interruptModel{desk: d, w: w, state: s, invoice: s.Book.Invoice(id)}
	if m.invoice == nil {
		return nil
	}
	if c := s.Book.Customer(m.invoice.Customer); c != nil {
		m.regime = claim.RegimeOf(s.Book.Company().Country, c.Country, c.Type)
	}
	m.Invoices = []*ledger.Invoice{m.invoice}
	o := readOwed(s, w, m.invoice.Customer)
	for _, i := range o.Invoices {
		if i.ID != id {
			m.Invoices = append(m.Invoices, i)
		}
	}
	return m
}

// kinds are the events that may interrupt under the law that applies.
func (m *interruptModel) kinds() []choice {
	var out []choice
	for _, k := range claim.Interrupters(m.regime) {
		out = append(out, choice{string(k), m.w.T("rights.what." + string(k))})
	}
	return out
}

// law says on what an event's effect rests, where that was verified for the country.
func (m *interruptModel) law(kind string) string {
	if key := "rights.law." + m.country() + "." + kind; m.w.Has(key) {
		return m.w.T(key)
	}
	return m.w.T("rights.law.ask")
}

// registered says what a registered letter does to the time to claim, where that is known.
func (m *interruptModel) registered() string {
	switch {
	case m.country() == "public":
		return m.w.T("rights.registered.public")
	case m.country() == "fr":
		return m.w.T("rights.registered.none")
	}
	return ""
}

// country names the law that counts, as far as its rules were verified.
func (m *interruptModel) country() string {
	switch m.regime {
	case claim.FrPublic:
		return "public"
	case claim.FrB2B, claim.FrConsumer, claim.FrNonProfessional:
		return "fr"
	case claim.BeB2B, claim.BeB2C:
		return "be"
	case claim.Ch:
		return "ch"
	}
	return "other"
}

// effect says until when the invoice could be claimed if the event counted.
func (m *interruptModel) effect(kind string, on ledger.Date) string {
	c, err := claim.CaseOf(m.state.Book, m.invoice.ID)
	if err != nil || on == 0 || on > m.state.On {
		return ""
	}
	before := c.Limit(m.state.On)
	c.Events = append(c.Events, claim.Event{On: on, What: ledger.Interrupter(kind), Confirmed: true})
	slices.SortStableFunc(c.Events, func(a, b claim.Event) int { return int(a.On - b.On) })
	switch after := c.Limit(m.state.On); {
	case before.Last.IsZero():
		return ""
	case after.Last <= before.Last:
		return m.w.T("rights.effect.none", "number", m.invoice.Number, "day", before.Last)
	default:
		return m.w.T("rights.effect", "number", m.invoice.Number, "before", before.Last, "day", after.Last)
	}
}
