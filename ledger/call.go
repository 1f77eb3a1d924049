package ledger

import (
	"cmp"
	"slices"
)

// Reach says whom a call reached. The values are written in ledger files.
type Reach string

// Whom a call reached.
const (
	Reached     Reach = "reached"
	Voicemail   Reach = "voicemail"
	Switchboard Reach = "switchboard"
	WrongNumber Reach = "wrong_number"
	NoTalk      Reach = "no_talk" // someone who would not talk
)

// Reaches lists whom a call may reach, in the order in which forms offer them.
var Reaches = []Reach{Reached, Voicemail, Switchboard, WrongNumber, NoTalk}

// DelayReason is why a customer says that it has not paid. The values are written in ledger files.
type DelayReason string

// Reasons for delay.
const (
	DelayNotReceived DelayReason = "not_received" // the invoice did not come, or was lost
	DelayForgot      DelayReason = "forgot"
	DelayCash        DelayReason = "cash"
	DelayDispute     DelayReason = "dispute"
	DelayWaiting     DelayReason = "waiting" // for someone else: the customer's customer, a signature
	DelayRefusal     DelayReason = "refusal" // without a reason
	DelayUnknown     DelayReason = "unknown"
)

// DelayReasons lists the reasons in the order in which forms offer them.
var DelayReasons = []DelayReason{DelayNotReceived, DelayForgot, DelayCash, DelayDispute, DelayWaiting, DelayRefusal, DelayUnknown}

// Outcome is what a call brought. The values are written in ledger files.
type Outcome string

// Outcomes of calls; several go together, but [OutcomeRefused] and [OutcomeNothing] stand alone.
const (
	OutcomePromise  Outcome = "promise"
	OutcomePlan     Outcome = "plan"
	OutcomeDispute  Outcome = "dispute"
	OutcomeDocument Outcome = "document"  // to send again
	OutcomeTerms    Outcome = "terms"     // new ones, for this or coming orders
	OutcomeCallBack Outcome = "call_back" // on a day agreed
	OutcomeRefused  Outcome = "refused"
	OutcomeNothing  Outcome = "nothing"
)

// Outcomes lists the outcomes in the order in which forms offer them.
var Outcomes = []Outcome{OutcomePromise, OutcomePlan, OutcomeDispute, OutcomeDocument, OutcomeTerms, OutcomeCallBack, OutcomeRefused, OutcomeNothing}

// Call is a telephone call, or what is noted of one while it lasts.
type Call struct {
	ID       CallID      `json:"-"`
	Customer CustomerID  `json:"customer"`
	On       Date        `json:"on"`
	At       string      `json:"at,omitempty"`       // when it began, "10:40"
	Seconds  int         `json:"seconds,omitempty"`  // how long it took
	Running  bool        `json:"running,omitempty"`  // it was not ended: only notes are kept
	Incoming bool        `json:"incoming,omitempty"` // the customer called
	Agreed   bool        `json:"agreed,omitempty"`   // the customer asked for it: it does not count as pestering
	Contact  ContactID   `json:"contact,omitempty"`
	Reach    Reach       `json:"reach,omitempty"`
	Reason   DelayReason `json:"reason,omitempty"`
	Outcomes []Outcome   `json:"outcomes,omitempty"`
	Invoices []InvoiceID `json:"invoices,omitempty"` // what it was about
	Promises []PromiseID `json:"promises,omitempty"`
	Disputes []DisputeID `json:"disputes,omitempty"`
	Plan     PlanID      `json:"plan,omitempty"`
	Message  MessageID   `json:"message,omitempty"` // the summary
	CallBack Date        `json:"call_back,omitempty"`
	BackAt   string      `json:"back_at,omitempty"` // "11:30"
	// Undisputed says that the customer contests neither the work nor the amount.
	Undisputed bool   `json:"undisputed,omitempty"`
	With       string `json:"-"` // who spoke
	Notes      string `json:"-"` // lines as [NoteLine] writes them
	Terms      string `json:"-"` // the new terms agreed
	Document   string `json:"-"` // what is to be sent again
}

func (r *Call) Kind() Kind      { return KindCall }
func (r *Call) Key() uint32     { return uint32(r.ID) }
func (r *Call) setKey(k uint32) { r.ID = CallID(k) }

// Personal covers what was said and by whom.
func (r *Call) Personal() []*string { return []*string{&r.With, &r.Notes, &r.Terms, &r.Document} }

// references names the records that a call rests on.
func (r *Call) references(to func(Kind, uint32)) {
	to(KindCustomer, uint32(r.Customer))
	for _, i := range r.Invoices {
		to(KindInvoice, uint32(i))
	}
	for _, p := range r.Promises {
		to(KindPromise, uint32(p))
	}
	for _, d := range r.Disputes {
		to(KindDispute, uint32(d))
	}
	if r.Plan != 0 {
		to(KindPlan, uint32(r.Plan))
	}
	if r.Message != 0 {
		to(KindMessage, uint32(r.Message))
	}
}

// DelayCount is how often a customer gave a reason for not having paid.
type DelayCount struct {
	Reason DelayReason
	Count  int
}

// DelaysOf counts the reasons for delay that a customer gave in calls up to a day, the most frequent first.
func (b *Book) DelaysOf(c CustomerID, on Date) []DelayCount {
	var out []DelayCount
	for _, reason := range DelayReasons {
		n := DelayCount{Reason: reason}
		for _, r := range b.CallsOf(c) {
			if !r.Running && r.On <= on && r.Reason == reason {
				n.Count++
			}
		}
		if n.Count > 0 {
			out = append(out, n)
		}
	}
	slices.SortStableFunc(out, func(x, y DelayCount) int { return cmp.Compare(y.Count, x.Count) })
	return out
}
