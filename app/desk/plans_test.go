package desk

import (
	"context"
	"testing"

	"quitus/ledger"
	"quitus/letters"
)

// A plan is proposed in writing, agreed to, missed, reminded of, and ended; each step can be taken back.
func TestPlanFromProposalToEnd(t *testing.T) {
	d := lateByLetter(t)
	ctx, today := context.Background(), d.Today()
	s := d.State()
	var ids []ledger.InvoiceID
	sum := int64(0)
	for _, id := range s.Book.InvoicesOf(1) {
		if st := s.Standings.Of(id); st.Open > 0 {
			ids, sum = append(ids, id), sum+st.Open
		}
	}
	extra, err := d.ExtraOn(ids)
	if err != nil || extra <= 0 {
		t.Fatal(extra, err)
	}
	p := ledger.Plan{Customer: 1, Currency: ledger.EUR, Invoices: ids, Extra: extra, Proposed: true,
		Instalments: ledger.PartsByCount(sum+extra, 3, today.Add(8), ledger.Monthly)}
	for _, by := range []ledger.Channel{ledger.ChannelLetter, ledger.ChannelEmail, ""} {
		if x, err := d.PreparePlan(PlanOrder{Plan: p, By: by}); err != nil || (x.Letter != nil) != (by == ledger.ChannelLetter) || (x.Message != nil) != (by == ledger.ChannelEmail) {
			t.Fatalf("%s: %+v, %v", by, x, err)
		}
	}
	o := PlanOrder{Plan: p, By: ledger.ChannelLetter}
	x, err := d.PreparePlan(o)
	if err != nil || x.Letter.Model != letters.PlanProposal {
		t.Fatal(err)
	}
	id, entry, err := d.KeepPlan(ctx, o, x)
	if err != nil {
		t.Fatal(err)
	}
	b := d.State().Book
	if b.RunningPlan(ids[0], today) != nil || b.Letters.Len() != 1 {
		t.Error("a proposal runs, or its letter is not kept")
	}
	if _, _, err := d.Undo(ctx, entry.Seq); err != nil || d.State().Book.Plans.Get(uint32(id)) != nil || d.State().Book.Letters.Len() != 0 {
		t.Error("the proposal is not taken back: ", err)
	}
	if id, _, err = d.KeepPlan(ctx, o, x); err != nil {
		t.Fatal(err)
	}
	o.Plan.ID, o.Plan.Proposed = id, false
	if x, err = d.PreparePlan(o); err != nil || x.Letter.Model != letters.PlanAgreement {
		t.Fatal(err)
	}
	if _, _, err := d.KeepPlan(ctx, o, x); err != nil || d.State().Book.Plans.Len() != 1 || d.State().Book.RunningPlan(ids[0], today) == nil {
		t.Error("the proposal does not run once agreed: ", err)
	}
	if list, _ := d.PreparePlan(PlanOrder{Plan: p}); list != nil {
		t.Error("a second plan for the same invoices")
	}
	end, err := d.EndPlan(ctx, id, ledger.PlanLapsed)
	if err != nil || d.State().Standings.Of(ids[0]).Planned {
		t.Error(err)
	}
	if _, _, err := d.Undo(ctx, end.Seq); err != nil || !d.State().Standings.Of(ids[0]).Planned {
		t.Error("the end is not taken back: ", err)
	}
}

// Of a plan that lapses, the letter asks for what is missing and names the whole.
func TestPlanLapseNamesTheWhole(t *testing.T) {
	on := ledger.Day(2026, 11, 24)
	s := stateWith(t, on, func(x *ledger.Draft) {
		x.Put(&ledger.Invoice{Customer: 1, Number: "F-1", Issued: on.Add(-60), Due: on.Add(-30), Total: ledger.Euros(50000)})
		x.Put(&ledger.Invoice{Customer: 1, Number: "F-2", Issued: on.Add(-20), Due: on.Add(10), Total: ledger.Euros(40000)})
		x.Put(&ledger.Plan{Customer: 1, Made: on.Add(-20), Currency: ledger.EUR, Invoices: []ledger.InvoiceID{1, 2}, Instalments: []ledger.Instalment{
			{Due: on.Add(-10), Amount: 30000}, {Due: on.Add(20), Amount: 60000}}})
	})
	w, err := (&Writer{state: s}).Write(LetterRequest{Customer: 1, Model: letters.PlanLapse, Invoices: []ledger.InvoiceID{1}})
	if err != nil || w.Principal != ledger.Euros(90000) {
		t.Errorf("%v, %v", w, err)
	}
	if s.PlanReminded(s.Book.Plans.Get(1)) != 0 {
		t.Error("no reminder was written")
	}
}
