package desk

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"quitus/ledger"
)

// today is the day of clock, at 8:02.
var today = ledger.Day(2026, 11, 24)

// withOwed gives a desk on a customer who owes 100,00 € on F1 and 50,00 € on F2, and one who owes 9,00 € on F3.
func withOwed(t *testing.T) *Desk {
	t.Helper()
	d := opened(t)
	if _, err := d.Fill(context.Background(), func(x *ledger.Draft) error {
		x.Put(&ledger.Company{Name: "Valdoré", Country: "FR"})
		x.Put(&ledger.Customer{Ref: "C1", Name: "Dervaux", Type: ledger.CompanyCustomer, Country: "FR", Terms: ledger.Terms{Given: true, Days: 30}})
		x.Put(&ledger.Customer{Ref: "C2", Name: "Autre", Type: ledger.CompanyCustomer, Country: "FR"})
		x.Put(&ledger.Contact{Customer: 1, Name: "Mme Lepage"})
		for k, total := range []int64{10000, 5000, 900} {
			x.Put(&ledger.Invoice{Customer: ledger.CustomerID(1 + k/2), Number: "F" + string(rune('1'+k)), Issued: today.Add(-60), Due: today.Add(-30), Total: ledger.Euros(total)})
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return d
}

// fieldsOf writes FieldErrors as field:code.
func fieldsOf(t *testing.T, err error) []string {
	t.Helper()
	var list FieldErrors
	if err != nil && !errors.As(err, &list) {
		t.Fatal(err)
	}
	out := []string{}
	for _, e := range list {
		out = append(out, e.Args["field"].(string)+":"+e.Code)
	}
	return out
}

func TestAgreements(t *testing.T) {
	d, ctx := withOwed(t), context.Background()
	id, _, err := d.Promise(ctx, ledger.Promise{Customer: 1, Due: today.Add(2), Amount: ledger.Euros(10000), Invoices: []ledger.InvoiceID{1}})
	if p := d.State().Book.Promises.Get(uint32(id)); err != nil || p == nil || p.Made != today {
		t.Fatal(err, p)
	}
	if st := d.State().Standings.Of(1); st.Situation != ledger.Promised || st.PromisedBy != today.Add(2) {
		t.Errorf("%+v", st)
	}
	before := d.State()
	_, _, err = d.Promise(ctx, ledger.Promise{Customer: 1, Made: today.Add(1), Due: today.Add(2), Amount: ledger.Euros(1)})
	if got := fieldsOf(t, err); !slices.Equal(got, []string{"made:said_in_future"}) {
		t.Error(got)
	}
	_, _, err = d.Promise(ctx, ledger.Promise{Customer: 1, Due: today.Add(-1), Amount: ledger.Euros(15001)})
	if got := fieldsOf(t, err); !slices.Equal(got, []string{"due:promise_past", "amount:promise_above"}) {
		t.Error(got)
	}
	if d.State() != before {
		t.Error("something was written")
	}
	x, _, err := d.Dispute(ctx, ledger.Dispute{Invoice: 2, Reason: ledger.WrongAmount, Amount: 2000, Words: "remise oubliée"})
	if st := d.State().Standings.Of(2); err != nil || st.Contested != 2000 || st.Situation != ledger.Disputed {
		t.Errorf("%+v %v", st, err)
	}
	if _, _, err = d.Dispute(ctx, ledger.Dispute{ID: x, Invoice: 2, Reason: ledger.WrongAmount, Amount: 3000}); err != nil || d.State().Standings.Of(2).Contested != 3000 {
		t.Error("not changed: ", err)
	}
	if _, err = d.CloseDispute(ctx, x, "Avoir accepté"); err != nil || d.State().Standings.Of(2).Contested != 0 {
		t.Error(err)
	}
	if _, err = d.CloseDispute(ctx, x, ""); ledger.CodeOf(err) != "dispute_closed" {
		t.Error(err)
	}
	plan, _, err := d.AgreePlan(ctx, ledger.Plan{Customer: 1, Currency: ledger.EUR, Invoices: []ledger.InvoiceID{2}, Instalments: []ledger.Instalment{{Due: today.Add(5), Amount: 2500}, {Due: today.Add(35), Amount: 2500}}})
	if st := d.State().Standings.Of(2); err != nil || !st.Planned || st.PromisedBy != today.Add(5) {
		t.Errorf("%+v %v", st, err)
	}
	if _, err = d.EndPlan(ctx, plan, ledger.PlanLapsed); err != nil || d.State().Standings.Of(2).Planned {
		t.Error(err)
	}
	if _, err = d.SetInsolvency(ctx, 1, today.Add(-3), today.Add(-4), ledger.Officer{}); !slices.Equal(fieldsOf(t, err), []string{"published:published_before"}) {
		t.Error(err)
	}
	if _, err = d.SetInsolvency(ctx, 1, today.Add(-4), today.Add(-3), ledger.Officer{Proceedings: "liquidation", Name: "Me Duroc"}); err != nil || d.State().Book.Customer(1).Published != today.Add(-3) {
		t.Error(err)
	}
}

// A call that was begun is found again after the program died, with its notes; what is kept already is not written again.
func TestRunningCall(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "test.quitus")
	d, err := Open(path, clock, "test")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Fill(ctx, func(x *ledger.Draft) error {
		x.Put(&ledger.Customer{Ref: "C1", Name: "Dervaux", Country: "FR"})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	c, e, err := d.StartCall(ctx, 1, 0, "Mme Lepage", nil)
	if err != nil || c.At != "08:02" || c.On != today || !c.Running || e.Act != ledger.ActCallNotes {
		t.Fatalf("%+v %v", c, err)
	}
	if again, e, err := d.StartCall(ctx, 1, 0, "", nil); err != nil || again.ID != c.ID || e.Seq != 0 {
		t.Errorf("a second call: %+v %v", again, err)
	}
	if err := d.SaveCallNotes(ctx, c.ID, "elle cherche"); err != nil {
		t.Fatal(err)
	}
	kept := d.State()
	if err := d.SaveCallNotes(ctx, c.ID, "elle cherche"); err != nil || d.State() != kept {
		t.Error("notes that are kept were written again: ", err)
	}
	d.Close()
	if d, err = Open(path, clock, "test"); err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	list := d.State().RunningCalls()
	if len(list) != 1 || list[0].Notes != "elle cherche" || list[0].With != "Mme Lepage" {
		t.Fatalf("%+v", list)
	}
	if n := len(d.State().Book.Events(1, d.State().Standings)); n != 0 {
		t.Errorf("%d events of a call that runs", n)
	}
	if _, err := d.DropCall(ctx, c.ID); err != nil || len(d.State().RunningCalls()) != 0 {
		t.Error(err)
	}
	if err := d.SaveCallNotes(ctx, c.ID, "x"); ledger.CodeOf(err) != "call_unknown" {
		t.Error(err)
	}
	if _, _, err := d.EndCall(ctx, CallEnd{Call: c.ID}); ledger.CodeOf(err) != "call_unknown" {
		t.Error(err)
	}
	if _, _, err := d.EndCall(ctx, CallEnd{Customer: 1}); ledger.CodeOf(err) != "call_unknown" {
		t.Error("a call that never ran was ended: ", err)
	}
}

// full is a call with all that can come of one.
func full(call ledger.CallID) CallEnd {
	return CallEnd{
		Call: call, Customer: 1, Seconds: 338, Contact: 1, Notes: "10:41 facture jamais reçue", Reach: ledger.Reached, Reason: ledger.DelayNotReceived,
		Outcomes: []ledger.Outcome{ledger.OutcomeCallBack, ledger.OutcomePromise, ledger.OutcomeDispute, ledger.OutcomeDocument, ledger.OutcomeTerms, ledger.OutcomePlan},
		Invoices: []ledger.InvoiceID{1, 2},
		Promises: []ledger.Promise{
			{Due: today.Add(2), Amount: ledger.Euros(4000), Invoices: []ledger.InvoiceID{1}, Means: ledger.Transfer},
			{Due: today.Add(16), Amount: ledger.Euros(6000), Invoices: []ledger.InvoiceID{1}},
		},
		Disputes: []ledger.Dispute{{Invoice: 2, Reason: ledger.FaultyGoods, Amount: 1000, Words: "rayure", By: today.Add(9)}},
		Plan:     &ledger.Plan{Currency: ledger.EUR, Invoices: []ledger.InvoiceID{2}, Instalments: []ledger.Instalment{{Due: today.Add(30), Amount: 4000}}},
		Document: "F1", Terms: "acompte de 30 %", Coming: ledger.Terms{Given: true},
		CallBack: today.Add(3), BackAt: "11:30", Insolvent: today.Add(-1),
		Step: "second_call", Lines: []ledger.ActionLine{{Invoice: 1, Level: 3}, {Invoice: 2, Level: 2}},
		Summary: &CallSummary{To: "c@garage.example", Subject: "Notre appel", Body: "Bonjour"},
	}
}

func TestEndCall(t *testing.T) {
	d, ctx := withOwed(t), context.Background()
	c, _, err := d.StartCall(ctx, 1, 0, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	before := d.State().Book
	r, e, err := d.EndCall(ctx, full(c.ID))
	if err != nil {
		t.Fatal(err)
	}
	b := d.State().Book
	want := &ledger.Call{
		ID: c.ID, Customer: 1, On: today, At: "08:02", Seconds: 338, Contact: 1, With: "Mme Lepage", Notes: "10:41 facture jamais reçue",
		Reach: ledger.Reached, Reason: ledger.DelayNotReceived, Invoices: []ledger.InvoiceID{1, 2},
		Outcomes: []ledger.Outcome{ledger.OutcomePromise, ledger.OutcomePlan, ledger.OutcomeDispute, ledger.OutcomeDocument, ledger.OutcomeTerms, ledger.OutcomeCallBack},
		Promises: []ledger.PromiseID{1, 2}, Disputes: []ledger.DisputeID{1}, Plan: 1, Message: 1,
		CallBack: today.Add(3), BackAt: "11:30", Document: "F1", Terms: "acompte de 30 %",
	}
	if got := b.Calls.Get(uint32(c.ID)); !reflect.DeepEqual(got, want) || r.ID != c.ID {
		t.Errorf("call %+v", got)
	}
	if p := b.Promises.Get(1); p.Customer != 1 || p.Made != today || p.Means != ledger.Transfer || p.Amount != ledger.Euros(4000) {
		t.Errorf("promise %+v", p)
	}
	if x := b.Disputes.Get(1); x.Opened != today || x.Amount != 1000 {
		t.Errorf("dispute %+v", x)
	}
	if p := b.Plans.Get(1); p.Customer != 1 || p.Made != today {
		t.Errorf("plan %+v", p)
	}
	if c := b.Customer(1); !c.Terms.Given || c.Terms.Days != 0 || c.Insolvent != today.Add(-1) {
		t.Errorf("customer %+v", c)
	}
	a := b.Actions.Get(1)
	if a.Step != "second_call" || a.Channel != ledger.ChannelPhone || a.Call != c.ID || a.Message != 1 || len(a.Lines) != 2 || a.On != today || a.Agreed {
		t.Errorf("action %+v", a)
	}
	if m := b.Messages.Get(1); m.State != ledger.MessageWaiting || m.On != today || m.Contact != 1 || m.To != "c@garage.example" || m.Model != "call_summary" {
		t.Errorf("message %+v", m)
	}
	if _, _, err := d.EndCall(ctx, full(c.ID)); ledger.CodeOf(err) != "call_ended" {
		t.Error(err)
	}
	if _, u, err := d.Undo(ctx, e.Seq); err != nil || len(u.Kept) > 0 {
		t.Fatalf("%+v %v", u, err)
	}
	now := d.State().Book
	if now.Promises.Len()+now.Disputes.Len()+now.Plans.Len()+now.Messages.Len()+now.Actions.Len() != 0 ||
		!reflect.DeepEqual(now.Customer(1), before.Customer(1)) || !reflect.DeepEqual(now.Calls.Get(1), before.Calls.Get(1)) {
		t.Error("something was left")
	}
	if r, err := d.Verify(ctx, nil); err != nil || !r.OK() {
		t.Errorf("%+v %v", r, err)
	}
}

func TestCheckCall(t *testing.T) {
	d, ctx := withOwed(t), context.Background()
	c, _, err := d.StartCall(ctx, 1, 0, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	before := d.State()
	talk := func(outcomes ...ledger.Outcome) CallEnd {
		return CallEnd{Call: c.ID, Reach: ledger.Reached, Reason: ledger.DelayUnknown, Outcomes: outcomes, GoesOn: true}
	}
	with := func(c CallEnd, change func(*CallEnd)) CallEnd { change(&c); return c }
	for name, x := range map[string]struct {
		c    CallEnd
		want []string
	}{
		"nothing said":   {CallEnd{Call: c.ID}, []string{"reach:answer_required"}},
		"reached only":   {CallEnd{Call: c.ID, Reach: ledger.Reached}, []string{"reason:answer_required", "outcomes:answer_required"}},
		"no outcome":     {talk(), []string{"outcomes:answer_required"}},
		"nothing":        {talk(ledger.OutcomeNothing), []string{}},
		"refused":        {talk(ledger.OutcomeRefused), []string{}},
		"not both":       {talk(ledger.OutcomeRefused, ledger.OutcomeNothing), []string{"outcomes:outcome_alone"}},
		"refused and so": {with(talk(ledger.OutcomeRefused, ledger.OutcomeDocument), func(c *CallEnd) { c.Document = "F1" }), []string{"outcomes:outcome_alone"}},
		"no next step":   {with(talk(ledger.OutcomeNothing), func(c *CallEnd) { c.GoesOn = false }), []string{"next:next_step"}},
		"next is a call": {with(talk(ledger.OutcomeNothing), func(c *CallEnd) { c.GoesOn, c.CallBack = false, today }), []string{}},
		"voicemail":      {CallEnd{Call: c.ID, Reach: ledger.Voicemail}, []string{"next:next_step"}},
		"voicemail, on":  {CallEnd{Call: c.ID, Reach: ledger.Voicemail, GoesOn: true}, []string{}},
		"switchboard":    {CallEnd{Call: c.ID, Reach: ledger.Switchboard, Outcomes: []ledger.Outcome{ledger.OutcomeCallBack}, CallBack: today.Add(1)}, []string{}},
		"past call back": {CallEnd{Call: c.ID, Reach: ledger.Switchboard, CallBack: today.Add(-1)}, []string{"call_back:call_back_past"}},
		"nobody promised": {CallEnd{Call: c.ID, Reach: ledger.Voicemail, Outcomes: []ledger.Outcome{ledger.OutcomeTerms}, Terms: "x", GoesOn: true},
			[]string{"outcomes:call_not_reached"}},
		"empty outcomes": {talk(ledger.OutcomePromise, ledger.OutcomePlan, ledger.OutcomeDispute, ledger.OutcomeDocument, ledger.OutcomeTerms, ledger.OutcomeCallBack),
			[]string{"promise:field_required", "dispute:field_required", "plan:field_required", "document:field_required", "terms:field_required", "call_back:field_required"}},
		"odd choices": {CallEnd{Call: c.ID, Reach: "telepathy", Reason: "moon", Outcomes: []ledger.Outcome{"gift"}, GoesOn: true},
			[]string{"reach:call_choice", "reason:call_choice", "outcomes:call_choice"}},
		"parts are wrong": {with(talk(ledger.OutcomePromise, ledger.OutcomeDispute, ledger.OutcomePlan), func(c *CallEnd) {
			c.Promises = []ledger.Promise{{Due: today, Amount: ledger.Euros(1)}, {Due: today.Add(-1)}}
			c.Disputes = []ledger.Dispute{{Invoice: 3, Reason: ledger.OtherDispute}, {Invoice: 1}}
			c.Plan = &ledger.Plan{Currency: ledger.EUR, Invoices: []ledger.InvoiceID{1}}
		}), []string{"promise.due:promise_past", "promise.amount:promise_amount", "dispute.invoice:invoice_other_customer", "dispute.reason:field_required", "plan.instalments:field_required"}},
		"unticked counts not": {with(talk(ledger.OutcomeNothing), func(c *CallEnd) { c.Promises = []ledger.Promise{{Due: 1}} }), []string{}},
		"times": {with(talk(ledger.OutcomeNothing), func(c *CallEnd) { c.Seconds, c.BackAt = -1, "7:5" }),
			[]string{"seconds:call_seconds", "back_at:time_invalid"}},
		"summary": {with(talk(ledger.OutcomeNothing), func(c *CallEnd) { c.Summary = &CallSummary{To: "x"} }),
			[]string{"summary.to:email_invalid", "summary.subject:field_required", "summary.body:field_required"}},
		"insolvency is a next step": {with(talk(ledger.OutcomeNothing), func(c *CallEnd) { c.GoesOn, c.Insolvent = false, today }), []string{}},
		"insolvency to come":        {with(talk(ledger.OutcomeNothing), func(c *CallEnd) { c.Insolvent = today.Add(1) }), []string{"judgment:insolvency_future"}},
	} {
		if got := fieldsOf(t, d.CheckCall(x.c)); !slices.Equal(got, x.want) {
			t.Errorf("%s: %v, want %v", name, got, x.want)
		}
		if len(x.want) > 0 {
			if _, _, err := d.EndCall(ctx, x.c); !slices.Equal(fieldsOf(t, err), x.want) {
				t.Errorf("%s: ended: %v", name, err)
			}
		}
	}
	if d.State() != before {
		t.Error("something was written")
	}
	err = d.CheckCall(with(talk(ledger.OutcomePromise), func(c *CallEnd) {
		c.Promises = []ledger.Promise{{Due: today, Amount: ledger.Euros(1)}, {Due: today, Amount: ledger.Euros(0)}}
	}))
	var list FieldErrors
	if !errors.As(err, &list) || list[0].Args["row"] != 1 {
		t.Errorf("the row is not said: %v", err)
	}
}

// A call made elsewhere or received is noted for the day it took place.
func TestNoteCall(t *testing.T) {
	d, ctx := withOwed(t), context.Background()
	c := CallEnd{Customer: 1, On: today.Add(-3), At: "17:30", Incoming: true, With: " M. Brun ", Reach: ledger.Reached, Reason: ledger.DelayForgot,
		Outcomes: []ledger.Outcome{ledger.OutcomePromise}, Promises: []ledger.Promise{{Due: today.Add(-1), Amount: ledger.Euros(100)}}}
	r, _, err := d.NoteCall(ctx, c)
	if err != nil || r.On != today.Add(-3) || r.At != "17:30" || !r.Incoming || r.With != "M. Brun" || r.Running || r.Seconds != 0 {
		t.Fatalf("%+v %v", r, err)
	}
	b := d.State().Book
	if p := b.Promises.Get(1); p.Made != today.Add(-3) {
		t.Errorf("%+v", p)
	}
	if a := b.Actions.Get(1); !a.Agreed || a.On != today.Add(-3) || a.Step != "call" || len(a.Lines) != 0 {
		t.Errorf("%+v", a)
	}
	for name, x := range map[string]struct {
		on   ledger.Date
		at   string
		want []string
	}{
		"tomorrow":    {today.Add(1), "", []string{"on:call_in_future"}},
		"this noon":   {today, "12:00", []string{"at:call_in_future"}},
		"now":         {0, "08:02", []string{}},
		"no time":     {today, "", []string{}},
		"no clock":    {today, "25:00", []string{"at:time_invalid"}},
		"not so long": {today, "8:00", []string{"at:time_invalid"}},
	} {
		n := CallEnd{Customer: 1, On: x.on, At: x.at, Reach: ledger.Voicemail, GoesOn: true}
		if got := fieldsOf(t, d.CheckCall(n)); !slices.Equal(got, x.want) {
			t.Errorf("%s: %v, want %v", name, got, x.want)
		}
	}
	if got := fieldsOf(t, d.CheckCall(CallEnd{Customer: 9})); !slices.Equal(got, []string{"customer:field_required"}) {
		t.Error(got)
	}
}

// Without a duration of its own, a call took what the clock says.
func TestCallTakesItsTime(t *testing.T) {
	at := time.Date(2026, 11, 24, 10, 40, 0, 0, time.UTC)
	d, err := Open(filepath.Join(t.TempDir(), "test.quitus"), func() time.Time { return at }, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	ctx := context.Background()
	if _, err := d.Fill(ctx, func(x *ledger.Draft) error {
		x.Put(&ledger.Customer{Ref: "C1", Name: "Dervaux", Country: "FR"})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	c, _, err := d.StartCall(ctx, 1, 0, "M. Brun", nil)
	if err != nil {
		t.Fatal(err)
	}
	at = at.Add(4 * time.Minute)
	r, _, err := d.EndCall(ctx, CallEnd{Call: c.ID, Reach: ledger.Voicemail, GoesOn: true})
	if err != nil || r.Seconds != 240 || r.With != "M. Brun" {
		t.Errorf("%+v %v", r, err)
	}
}
