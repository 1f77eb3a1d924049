package letters

import (
	"cmp"
	"slices"

	"quitus/ledger"
)

// Facts are what a letter tells besides the invoices. Each model needs those that its name says; where the ledger
// has a promise, a dispute or a payment and none is given, the latest one is taken. Amounts are in the letter's
// currency, and dates that are zero are not known.
type Facts struct {
	Call       *Call
	Promise    *Promise
	Plan       *Plan
	Dispute    *Dispute
	Visit      *Visit
	Handover   *Handover
	Insolvency *Insolvency
	Payment    *ledger.Payment // of a receipt
	Discharge  *Discharge
	Belgian    *Belgian
}

// Promise is the customer's word to pay an amount by a day.
type Promise struct {
	Made, Due ledger.Date
	Amount    ledger.Money
	Invoices  []ledger.InvoiceID // none for what is open
	Words     string             // to be quoted in the letter; nothing for no quotation
}

// Call is what was said and agreed on the telephone.
type Call struct {
	On        ledger.Date
	With      string // who was on the line
	Reason    string // of the delay
	Promises  []Promise
	Plan      *Plan    // instalments agreed
	Documents []string // that are sent again
	Disputed  string   // what is contested
	Settles   string   // what would settle it
	SettledBy string   // who sees to it
	Others    []string // whatever else was agreed, a sentence each
	CallBack  ledger.Date
	At        string // time of the call back, as it is to be printed ("14 h 30")
	// Uncontested says that the customer said so: neither work nor amounts are contested.
	Uncontested bool
}

// Plan is payment by instalments.
type Plan struct {
	Instalments []Instalment // in any order
	Agreed      ledger.Date
	Extra       ledger.Money // interest and indemnity that the instalments include
	Waived      bool         // interest and indemnity are given up if the plan is kept
}

// Instalment is a part of a plan.
type Instalment struct {
	Due    ledger.Date
	Amount ledger.Money
	Paid   ledger.Money
}

// Dispute is a customer's objection and what is said to it.
type Dispute struct {
	Invoice ledger.InvoiceID
	Raised  ledger.Date
	Reason  ledger.DisputeReason
	Amount  ledger.Money // contested; zero for all of the invoice
	Settles string       // what would settle it, a sentence
	Answer  string       // sentences; nothing where the dispute is only acknowledged
}

// Visit is an announced visit to the customer's.
type Visit struct {
	On ledger.Date
	At string // time, as it is to be printed
	By string // who comes
}

// Handover says to whom a case goes, as it stands after « à » ("un avocat"); nothing for a professional not named.
type Handover struct{ To string }

// Proceedings are kinds of French insolvency proceedings (C. com. L620-1, L631-1, L640-1).
type Proceedings string

// Kinds of proceedings.
const (
	Safeguard      Proceedings = "safeguard"
	Reorganisation Proceedings = "reorganisation"
	Liquidation    Proceedings = "liquidation"
)

// Insolvency is what a declaration of a claim needs (C. com. L622-24, L622-25, R622-23).
type Insolvency struct {
	Proceedings Proceedings
	Opened      ledger.Date // day of the judgment
	Published   ledger.Date // in BODACC; the claim is declared within two months of it (R622-24)
	Court       string      // as in a sentence: "tribunal de commerce de Grenoble"
	// The officer to whom the claim is declared, and the address (see [ledger.Customer] for its form).
	Trustee, Address, Postcode, Town string
	Security                         string // the lien or other security; nothing for an unsecured claim
	Litigation                       string // the court seised, where the claim is before one
}

// Discharge says what a quitus makes of interest and indemnity: they stay reserved unless waived.
type Discharge struct{ Waived bool }

// Belgian is what the terms agreed with a Belgian consumer give besides the balance.
type Belgian struct {
	Indemnity ledger.Money // that will be claimed once the deadline is past
}

// missing is the error for a letter whose facts are not known.
func (c *composer) missing(what string) error {
	return ledger.Errorf("letter_facts_missing", "model", ledger.Term("common.letter."+c.Model), "missing", ledger.Term("letters.missing."+what))
}

// gather completes the facts from the ledger, and refuses a letter that lacks some.
func (c *composer) gather() error {
	f := &c.Facts
	switch c.Model {
	case CallSummary:
		if f.Call == nil || f.Call.On.IsZero() {
			return c.missing("call")
		}
		if f.Call.empty() {
			return c.missing("agreed")
		}
		for _, p := range f.Call.Promises {
			if !p.complete() {
				return c.missing("promise")
			}
		}
		if f.Call.Plan != nil {
			return c.takePlan(f.Call.Plan)
		}
	case PromiseConfirmation:
		return c.takePromise()
	case PlanProposal, PlanAgreement, PlanLapse:
		if f.Plan == nil {
			return c.missing("plan")
		}
		return c.takePlan(f.Plan)
	case DisputeReply:
		return c.takeDispute()
	case VisitNotice:
		if f.Visit == nil || f.Visit.On.IsZero() {
			return c.missing("visit")
		}
		c.Deadline = f.Visit.On
	case InsolvencyClaim:
		switch x := f.Insolvency; {
		case x == nil || x.Opened.IsZero() || x.Proceedings == "":
			return c.missing("judgment")
		case x.Trustee == "":
			return c.missing("trustee")
		}
		c.contact = nil // the letter does not go to the customer
	case Receipt:
		return c.takePayment()
	}
	return nil
}

func (k *Call) empty() bool {
	return k.Reason == "" && len(k.Promises) == 0 && k.Plan == nil && len(k.Documents) == 0 && k.Disputed == "" &&
		len(k.Others) == 0 && k.CallBack.IsZero() && !k.Uncontested
}

func (p Promise) complete() bool { return p.Amount.Positive() && !p.Due.IsZero() }

// takePlan puts a plan's instalments in order.
func (c *composer) takePlan(p *Plan) error {
	if len(p.Instalments) == 0 {
		return c.missing("plan")
	}
	for _, i := range p.Instalments {
		if i.Due.IsZero() || !i.Amount.Positive() {
			return c.missing("instalment")
		}
		if i.Amount.Currency != p.Instalments[0].Amount.Currency {
			return ledger.Errorf("letter_facts_currency", "currency", string(i.Amount.Currency))
		}
	}
	c.plan = slices.Clone(p.Instalments)
	slices.SortStableFunc(c.plan, func(a, b Instalment) int { return cmp.Compare(a.Due, b.Due) })
	if c.Currency == "" {
		c.Currency = c.plan[0].Amount.Currency
	}
	if c.Model == PlanLapse {
		if c.plan = c.missed(); len(c.plan) == 0 {
			return c.missing("missed")
		}
	}
	return nil
}

// missed gives the instalments that are past due and not wholly paid.
func (c *composer) missed() []Instalment {
	return slices.DeleteFunc(slices.Clone(c.plan), func(i Instalment) bool { return i.Due >= c.On || i.Paid.Minor >= i.Amount.Minor })
}

// takePromise takes the promise given or the latest that runs in the ledger, whose words are the owner's own
// notes and are not quoted.
func (c *composer) takePromise() error {
	f := &c.Facts
	if f.Promise == nil {
		for p := range c.Book.Promises.All() {
			if p.Customer == c.Customer && p.Made <= c.On && c.Book.Judge(p, c.On) == ledger.PromiseRunning &&
				(f.Promise == nil || p.Made >= f.Promise.Made) {
				f.Promise = &Promise{Made: p.Made, Due: p.Due, Amount: p.Amount, Invoices: p.Invoices}
			}
		}
	}
	if f.Promise == nil || !f.Promise.complete() || f.Promise.Made.IsZero() {
		return c.missing("promise")
	}
	if len(c.Invoices) == 0 {
		c.Invoices = f.Promise.Invoices
	}
	c.Currency = f.Promise.Amount.Currency
	c.Deadline = f.Promise.Due
	return nil
}

// takeDispute takes the dispute given or the latest open one.
func (c *composer) takeDispute() error {
	f := &c.Facts
	if f.Dispute == nil {
		for d := range c.Book.Disputes.All() {
			inv := c.Book.Invoice(d.Invoice)
			if inv == nil || inv.Customer != c.Customer || d.Opened > c.On || (d.Closed != 0 && d.Closed <= c.On) ||
				(f.Dispute != nil && d.Opened < f.Dispute.Raised) {
				continue
			}
			f.Dispute = &Dispute{Invoice: d.Invoice, Raised: d.Opened, Reason: d.Reason,
				Amount: ledger.Money{Minor: d.Amount, Currency: inv.Total.Currency}}
		}
	}
	if f.Dispute == nil || f.Dispute.Raised.IsZero() || c.Book.Invoice(f.Dispute.Invoice) == nil {
		return c.missing("dispute")
	}
	c.Invoices = []ledger.InvoiceID{f.Dispute.Invoice}
	return nil
}

// takePayment takes the payment given or the latest that came in.
func (c *composer) takePayment() error {
	f := &c.Facts
	if f.Payment == nil {
		for _, p := range c.Book.PaymentsOf(c.Customer) {
			if p.On <= c.On && p.Amount.Positive() && (f.Payment == nil || p.On >= f.Payment.On) {
				f.Payment = p
			}
		}
	}
	if f.Payment == nil || !f.Payment.Amount.Positive() || f.Payment.On.IsZero() {
		return c.missing("payment")
	}
	c.Currency = f.Payment.Amount.Currency
	c.Invoices = nil
	for _, a := range f.Payment.Allocations {
		c.Invoices = append(c.Invoices, a.Invoice)
	}
	return nil
}
