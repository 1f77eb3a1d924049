package desk

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"quitus/ledger"
)

// CallEnd is all that is known of a call when it is over. The call screen, "Noter un appel" and the command line fill in the
// same value: [Desk.EndCall] ends with it a call that runs, [Desk.NoteCall] notes one that was made elsewhere or received.
// [Desk.CheckCall] says at any time what is missing yet.
//
// What belongs to an outcome counts only while the outcome is among Outcomes, so that a form may keep what was typed for one
// that was unticked. Customer, Made, Opened and the like of promises, disputes and plan are set by the act: leave them empty.
// Of a call that ran, an empty With, Contact, Notes or Invoices leaves what was kept while it ran.
//
// Every call ends with a next step. A promise, a plan, a dispute, a document to send again, a day to call back and insolvency
// proceedings are one; after anything else GoesOn or CallBack says what follows.
type CallEnd struct {
	Call     ledger.CallID // the running call; 0 for one that is noted
	Customer ledger.CustomerID
	On       ledger.Date // of a call that is noted: not after today, today where empty
	At       string      // of a call that is noted: when it began, "10:40", or nothing
	Seconds  int         // how long it took; 0 for what the clock says of a call that ran
	Incoming bool        // the customer called
	Agreed   bool        // the customer asked for the call: it does not count as pestering

	Contact  ledger.ContactID // who was called or spoke; 0 where it is none of the contacts
	With     string           // the name of who spoke
	Notes    string
	Reach    ledger.Reach
	Reason   ledger.DelayReason // needed where someone was reached
	Outcomes []ledger.Outcome   // at least one where someone was reached
	Invoices []ledger.InvoiceID // what the call was about
	// Undisputed says that the customer contests neither the work nor the amount.
	Undisputed bool

	Promises []ledger.Promise // Due, Amount and, as needed, Invoices, Means, Words
	Disputes []ledger.Dispute // Invoice, Reason and, as needed, Amount, By, Words, Settles, Who
	Plan     *ledger.Plan     // Currency, Invoices, Instalments, Words
	Document string           // which one is to be sent again
	Terms    string           // the new terms agreed, in words
	Coming   ledger.Terms     // where Given, they are the customer's terms for coming orders
	CallBack ledger.Date      // not before today; of the outcome call_back, or merely the owner's next step
	BackAt   string           // "11:30", or nothing
	GoesOn   bool             // the scenario goes on as planned

	Insolvent, Published ledger.Date // insolvency proceedings came out: the judgment, and its publication once known

	// Step and Lines tell follow-up what the call was: the step's name and the level done of each invoice. A call that is
	// none of the scenario's has neither. Why is the owner's reason for having gone past a house rule.
	Step  string
	Lines []ledger.ActionLine
	Why   string

	Summary *CallSummary // that the owner approved, to be sent for confirmation; nil where none is to leave
}

// CallSummary is the e-mail that sums a call up.
type CallSummary struct {
	To            string // address; empty while none is known: it then waits in the outbox
	Subject, Body string
}

// callSummaryModel is the model by which summaries are known among e-mails.
const callSummaryModel = "call_summary"

// longestCall is the most seconds that a call may be said to have taken.
const longestCall = 24 * 60 * 60

// EndCall ends a running call and writes all that came of it as one batch: the call itself, promises, disputes and a plan,
// new terms, insolvency proceedings, the task done and the summary, which goes to the outbox. Nothing is written where
// anything is wrong: the error is then FieldErrors, see [Desk.CheckCall]. Other errors: call_unknown, call_ended.
// Undoing the batch puts the call back as it ran.
func (d *Desk) EndCall(ctx context.Context, c CallEnd) (*ledger.Call, ledger.Entry, error) {
	if c.Call == 0 {
		return nil, ledger.Entry{}, ledger.Errorf("call_unknown")
	}
	return d.recordCall(ctx, c)
}

// NoteCall writes down a call that was made elsewhere or received, and all that came of it, like [Desk.EndCall].
func (d *Desk) NoteCall(ctx context.Context, c CallEnd) (*ledger.Call, ledger.Entry, error) {
	c.Call = 0
	return d.recordCall(ctx, c)
}

func (d *Desk) recordCall(ctx context.Context, c CallEnd) (*ledger.Call, ledger.Entry, error) {
	var r *ledger.Call
	e, err := d.change(ctx, ledger.ActCall, nil, func(x *ledger.Draft) (err error) {
		r, err = d.stageCall(x, c)
		return err
	})
	if err != nil {
		return nil, ledger.Entry{}, err
	}
	return r, e, nil
}

// CheckCall says what keeps a call from being ended: nothing, or FieldErrors. Their fields, and codes besides those of
// [ledger.CheckPromises], [ledger.CheckDispute], [ledger.RecordPlan] and [ledger.SetInsolvency]:
//
//	customer         field_required
//	on, at, back_at  call_in_future, time_invalid
//	seconds          call_seconds
//	reach, reason    answer_required, call_choice
//	outcomes         answer_required, call_choice, outcome_alone (refused and nothing stand alone), call_not_reached
//	promise          field_required; promise.due, promise.amount, promise.invoices with the fact row, from 0
//	dispute          field_required; dispute.invoice, dispute.reason, dispute.amount, dispute.by with the fact row
//	plan             field_required; plan.instalments, plan.invoices, plan.amount
//	document, terms  field_required
//	call_back        field_required, call_back_past
//	judgment, published
//	next             next_step: nothing says what follows
//	summary.to, summary.subject, summary.body   email_invalid, field_required
//
// Other errors are those of [Desk.EndCall].
func (d *Desk) CheckCall(c CallEnd) error {
	_, err := d.stageCall(ledger.NewDraft(d.store.Book()), c)
	return err
}

// ending is a call that is being ended in a draft.
type ending struct {
	CallEnd
	x     *ledger.Draft
	today ledger.Date
	now   string
	ran   *ledger.Call // nil for a call that is noted
	mail  time.Time    // from when on the summary may leave
	wrong FieldErrors
}

func (d *Desk) stageCall(x *ledger.Draft, c CallEnd) (*ledger.Call, error) {
	e := &ending{CallEnd: c, x: x, today: d.Today(), now: d.now(), mail: d.leavesFrom()}
	if c.Call != 0 {
		r, _ := x.Record(ledger.KindCall, uint32(c.Call)).(*ledger.Call)
		r, err := running(r)
		if err != nil {
			return nil, err
		}
		e.ran, e.Customer, e.On, e.At = r, r.Customer, r.On, r.At
	}
	e.On = cmp.Or(e.On, e.today)
	if x.Customer(e.Customer) == nil {
		return nil, FieldErrors{ledger.Errorf("field_required", "field", "customer")}
	}
	e.Outcomes = slices.DeleteFunc(slices.Clone(ledger.Outcomes), func(o ledger.Outcome) bool { return !slices.Contains(c.Outcomes, o) })
	e.checkTimes()
	e.checkChoices(c.Outcomes)
	r := e.record()
	e.agree(r)
	e.checkNext()
	e.summarise(r)
	if len(e.wrong) > 0 {
		return nil, e.wrong
	}
	x.Put(r)
	e.act(r)
	return r, nil
}

// bad notes what is wrong with a field.
func (e *ending) bad(field, code string, pairs ...any) {
	e.wrong = append(e.wrong, ledger.Errorf(code, append([]any{"field", field}, pairs...)...))
}

// take notes what is wrong with a part, its fields named after the part and its row.
func (e *ending) take(part string, row int, list []*ledger.Error) {
	for _, x := range list {
		args := maps.Clone(x.Args)
		args["field"], args["row"] = part+"."+args["field"].(string), row
		e.wrong = append(e.wrong, &ledger.Error{Code: x.Code, Args: args, Cause: x.Cause})
	}
}

func (e *ending) has(o ledger.Outcome) bool { return slices.Contains(e.Outcomes, o) }

func (e *ending) checkTimes() {
	switch {
	case e.At != "" && !validTime(e.At):
		e.bad("at", "time_invalid", "value", e.At)
	case e.ran == nil && e.On > e.today:
		e.bad("on", "call_in_future", "date", e.On)
	case e.ran == nil && e.On == e.today && e.At > e.now:
		e.bad("at", "call_in_future", "date", e.On)
	}
	if e.Seconds < 0 || e.Seconds > longestCall {
		e.bad("seconds", "call_seconds")
	}
	if e.CallBack != 0 && e.CallBack < e.today {
		e.bad("call_back", "call_back_past", "date", e.CallBack)
	}
	if e.BackAt != "" && !validTime(e.BackAt) {
		e.bad("back_at", "time_invalid", "value", e.BackAt)
	}
}

// validTime says whether a text is a time of the day, "09:05".
func validTime(s string) bool {
	_, err := time.Parse("15:04", s)
	return err == nil && len(s) == 5
}

// checkChoices checks whom the call reached, why it is not paid, and that the outcomes go together.
func (e *ending) checkChoices(given []ledger.Outcome) {
	switch {
	case e.Reach == "":
		e.bad("reach", "answer_required")
	case !slices.Contains(ledger.Reaches, e.Reach):
		e.bad("reach", "call_choice", "value", string(e.Reach))
	}
	switch {
	case e.Reason == "" && e.Reach == ledger.Reached:
		e.bad("reason", "answer_required")
	case e.Reason != "" && !slices.Contains(ledger.DelayReasons, e.Reason):
		e.bad("reason", "call_choice", "value", string(e.Reason))
	}
	for _, o := range given {
		if !slices.Contains(ledger.Outcomes, o) {
			e.bad("outcomes", "call_choice", "value", string(o))
		}
	}
	alone := e.has(ledger.OutcomeRefused) || e.has(ledger.OutcomeNothing)
	switch {
	case e.Reach == ledger.Reached && len(e.Outcomes) == 0:
		e.bad("outcomes", "answer_required")
	case alone && len(e.Outcomes) > 1:
		e.bad("outcomes", "outcome_alone")
	case e.Reach != "" && e.Reach != ledger.Reached && slices.ContainsFunc(e.Outcomes, func(o ledger.Outcome) bool { return o != ledger.OutcomeCallBack }):
		e.bad("outcomes", "call_not_reached")
	}
}

// record is the call as it is kept, without what comes of it.
func (e *ending) record() *ledger.Call {
	r := &ledger.Call{Customer: e.Customer, On: e.On, At: e.At}
	if e.ran != nil {
		r = ledger.Clone(e.ran)
		r.Running = false
	}
	r.Seconds, r.Incoming, r.Agreed, r.Contact = e.Seconds, e.Incoming, e.Agreed, cmp.Or(e.Contact, r.Contact)
	if r.Seconds == 0 && e.ran != nil && e.On == e.today {
		r.Seconds = 60 * (minutes(e.now) - minutes(e.At))
	}
	r.With, r.Notes = cmp.Or(strings.TrimSpace(e.With), r.With), cmp.Or(e.Notes, r.Notes)
	if k := e.x.Record(ledger.KindContact, uint32(e.Contact)); r.With == "" && k != nil {
		r.With = k.(*ledger.Contact).Name
	}
	r.Reach, r.Reason, r.Outcomes = e.Reach, e.Reason, e.Outcomes
	r.Undisputed = e.Undisputed && !e.has(ledger.OutcomeDispute)
	if len(e.Invoices) > 0 {
		r.Invoices = slices.Clone(e.Invoices)
	}
	r.CallBack, r.BackAt = e.CallBack, e.BackAt
	if r.CallBack == 0 {
		r.BackAt = ""
	}
	return r
}

// minutes is how far into the day a time is; 0 for none.
func minutes(at string) int {
	t, err := time.Parse("15:04", at)
	if err != nil {
		return 0
	}
	return 60*t.Hour() + t.Minute()
}

// checkNext says that nothing follows from the call.
func (e *ending) checkNext() {
	if e.has(ledger.OutcomeCallBack) && e.CallBack == 0 {
		e.bad("call_back", "field_required")
	}
	next := e.GoesOn || e.CallBack != 0 || e.Insolvent != 0
	for _, o := range []ledger.Outcome{ledger.OutcomePromise, ledger.OutcomePlan, ledger.OutcomeDispute, ledger.OutcomeDocument, ledger.OutcomeCallBack} {
		next = next || e.has(o)
	}
	if !next && e.Reach != "" && (e.Reach != ledger.Reached || len(e.Outcomes) > 0) {
		e.bad("next", "next_step")
	}
}
