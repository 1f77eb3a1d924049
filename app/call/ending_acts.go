package call

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"quitus/app/desk"
	"quitus/app/dialogs"
	"quitus/app/kit"
	"quitus/app/run"
	"quitus/ledger"
)

// key hears the keys that no field used.
func (x *endingView) key(name fyne.KeyName, ctrl bool) {
	switch {
	case ctrl && (name == fyne.KeyReturn || name == fyne.KeyEnter):
		x.save(true)
	case !ctrl && name == fyne.KeyEscape:
		x.v.resume()
	}
}

// save ends the call once nothing is wrong; what is wrong is said where it is asked.
func (x *endingView) save(approve bool) {
	v, e := x.v, x.e
	if kit.Wrong(x.checked()...) > 0 {
		_ = x.tell() // what else is missing is said at once
		x.object.Refresh()
		return
	}
	approve = approve && e.hasSummary()
	call := e.recorded(approve)
	var entry ledger.Entry
	v.c.Run.Go("call.end", func(ctx context.Context, _ *run.Progress) (err error) {
		_, entry, err = v.c.Desk.EndCall(ctx, call)
		return err
	}, func(err error) {
		if err == nil {
			v.ended(entry, approve)
			return
		}
		if list, ok := wrongFields(err); !ok || !x.show(list) {
			v.c.Error(err)
		}
		x.object.Refresh()
	})
}

// checked are the fields that the answers so far ask for.
func (x *endingView) checked() []kit.Checked {
	e := x.e
	var out []kit.Checked
	if e.has(ledger.OutcomePromise) {
		for _, r := range x.promises {
			out = append(out, r.amount, r.due)
		}
	}
	if e.has(ledger.OutcomePlan) {
		out = append(out, x.planSum, x.planDue)
	}
	if e.has(ledger.OutcomeDispute) {
		out = append(out, x.contested, x.reasons)
	}
	if e.asksDay() {
		out = append(out, x.back)
	}
	return out
}

// tell says what the rules miss, besides what the fields say by themselves.
func (x *endingView) tell() error {
	list, err := x.e.check()
	x.show(list)
	return err
}

// show says at each field what is wrong with it, and whether all of it found its place.
func (x *endingView) show(list desk.FieldErrors) bool {
	fields := map[string]dialogs.Messenger{
		"plan": x.planSum, "plan.amount": x.planSum, "plan.instalments": x.planSum, "plan.invoices": x.planSum,
		"dispute.invoice": x.contested, "dispute.amount": x.contested, "dispute.reason": x.words, "dispute.by": x.by,
		"document": x.document, "terms": x.terms, "call_back": x.back, "back_at": x.backAt,
	}
	for name, s := range x.said {
		fields[name] = s
	}
	all := true
	for _, e := range list {
		name := dialogs.FieldOf(e)
		f, ok := fields[name]
		if row, _ := e.Args["row"].(int); !ok && strings.HasPrefix(name, "promise") && row < len(x.promises) {
			f, ok = x.promises[row].amount, true
			if name == "promise.due" {
				f = x.promises[row].due
			}
		}
		if !ok {
			all = false
			continue
		}
		f.SetMessage(x.sentence(name, e))
	}
	return all
}

// sentence says what is wrong; of a question that was not answered, what is asked.
func (x *endingView) sentence(field string, e *ledger.Error) string {
	if key := "call.needed." + field; e.Code == "field_required" && x.v.c.Words.Has(key) {
		return x.v.c.T(key)
	}
	return x.v.c.Words.Error(e)
}

// ended tells that the call is recorded and goes back where the owner came from.
func (v *view) ended(entry ledger.Entry, approved bool) {
	v.stop()
	name := v.m.File.Customer.Name
	v.m.Call, v.page, v.ending = nil, nil, nil
	key := "call.ended"
	if approved {
		key = "call.ended_approved"
	}
	v.c.Done(v.c.T(key, "name", name), entry)
	v.c.Back()
}

// drop asks whether nothing of the call is to be kept.
func (x *endingView) drop() {
	v, w := x.v, x.v.c.Words
	kit.Ask(v.c.Canvas(), kit.Question{Title: w.T("call.drop.title"), Text: w.T("call.drop.text"), Keep: w.T("common.cancel"), Act: w.T("call.drop.act")}, func() {
		id := v.m.Call.ID
		var entry ledger.Entry
		v.c.Run.Go("call.drop", func(ctx context.Context, _ *run.Progress) (err error) {
			entry, err = v.c.Desk.DropCall(ctx, id)
			return err
		}, func(err error) {
			if err != nil {
				v.c.Error(err)
				return
			}
			v.stop()
			v.m.Call, v.page, v.ending = nil, nil, nil
			v.c.Done(w.T("call.dropped"), entry)
			v.c.Back()
		})
	})
}
