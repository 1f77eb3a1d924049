package reconcile

import "quitus/ledger"

// answer tells a way as an answer, with its reasons.
func (q *question) answer(w *way) Answer {
	a := Answer{Left: w.left, WriteOffs: w.off, Confidence: w.weight, Counted: w.form == formCounted}
	if w.customer >= 0 {
		a.Customer = q.Customers[w.customer].ID
	}
	for k, i := range w.items {
		a.Allocations = append(a.Allocations, Allocation{q.Items[i].ID, w.amounts[k]})
	}
	if w.payer != nil {
		a.Reasons = append(a.Reasons, *w.payer)
	}
	if w.named && len(w.items) > 0 {
		a.Reasons = append(a.Reasons, Reason{"invoice_named", map[string]any{"number": q.Items[w.items[0]].Number, "count": len(w.items)}})
	}
	if w.dated {
		a.Reasons = append(a.Reasons, Reason{"date_named", nil})
	}
	a.Reasons = append(a.Reasons, q.formReason(w))
	if habit, ok := q.habitReason(w); ok {
		a.Reasons = append(a.Reasons, habit)
	}
	if q.alone(w) {
		a.Reasons = append(a.Reasons, Reason{"only_one", nil})
	}
	if w.alike > 1 && w.form == formCounted {
		a.Reasons = append(a.Reasons, Reason{"latest_of_equals", map[string]any{"count": w.alike}})
	} else if w.alike > 1 {
		a.Reasons = append(a.Reasons, Reason{"oldest_of_equals", map[string]any{"count": w.alike}})
	}
	return a
}

// alone says whether a way is the only one that comes to the amount exactly.
func (q *question) alone(w *way) bool {
	found := 0
	for i := range q.ways {
		if exact(&q.ways[i]) {
			found++
		}
	}
	return found == 1 && exact(w) && w.alike <= 1
}

func exact(w *way) bool {
	switch w.form {
	case formSingle, formRun, formAll, formSubset, formCredit:
		return true
	}
	return false
}

// formReason tells how the amount came about.
func (q *question) formReason(w *way) Reason {
	args := map[string]any{"count": len(w.items), "amount": ledger.Money{Minor: q.amount, Currency: q.e.Amount.Currency}}
	if len(w.items) > 0 {
		args["number"] = q.Items[w.items[0]].Number
	}
	if n := len(w.items); w.form == formCredit {
		args["credit"] = q.Items[w.items[n-1]].Number
	}
	if w.left > 0 {
		args["left"] = ledger.Money{Minor: w.left, Currency: q.e.Amount.Currency}
	}
	rest := -w.left
	for k, i := range w.items {
		rest += q.free(i) - w.amounts[k]
	}
	if w.form == formCounted {
		args["date"] = q.Items[w.items[0]].ToldOn
	}
	args["rest"] = ledger.Money{Minor: abs(rest), Currency: q.e.Amount.Currency}
	return Reason{string(w.form), args}
}

// habitReason tells that the customer is known to keep just this back.
func (q *question) habitReason(w *way) (Reason, bool) {
	if w.customer < 0 || len(q.Customers[w.customer].Names) == 0 || w.form != formDiscount && w.form != formFees {
		return Reason{}, false
	}
	c := &q.Customers[w.customer]
	open := int64(0)
	for _, i := range w.items {
		open += q.free(i)
	}
	args := map[string]any{"name": c.Names[0]}
	switch h := c.Habit; {
	case w.form == formFees && h.Fee == q.money(open-q.amount):
		args["fee"] = h.Fee
		return Reason{"habit_fees", args}, true
	case w.form == formDiscount && h.Discount > 0 && keep(open, h.Discount) == q.amount:
		args["percent"] = h.Discount / 100
		return Reason{"habit_discount", args}, true
	}
	return Reason{}, false
}

// money is an amount in the entry's currency.
func (q *question) money(minor int64) ledger.Money {
	return ledger.Money{Minor: minor, Currency: q.e.Amount.Currency}
}

// doubts are why an entry was not recorded.
func (q *question) doubts(ways []way) []Reason {
	var out []Reason
	if q.says.income {
		out = append(out, Reason{"other_income", nil})
	}
	if q.several > 1 {
		out = append(out, Reason{"several_cheques", map[string]any{"count": q.several}})
	}
	if q.deposit != "" {
		out = append(out, Reason{q.deposit, map[string]any{"count": q.several}})
	}
	if q.says.groups {
		out = append(out, Reason{"group_payer", nil})
	}
	for _, i := range q.named.whole {
		if q.free(i) == 0 && !(len(ways) > 0 && ways[0].form == formCounted) {
			out = append(out, Reason{"already_settled", map[string]any{"number": q.Items[i].Number}})
		}
	}
	for _, t := range q.named.lost {
		if isCheques(q.e) {
			break // it is the bank's number of the deposit
		}
		out = append(out, Reason{"number_unknown", map[string]any{"number": t}})
	}
	others := 0
	for i := range ways {
		if i > 0 && ways[i].weight > ways[0].weight/clearly {
			others++
		}
	}
	if others > 0 {
		out = append(out, Reason{"others_as_good", map[string]any{"count": others}})
	}
	if len(ways) > 0 && !q.vouched(&ways[0]) && len(out) == 0 {
		out = append(out, Reason{"payer_unknown", nil})
	}
	if len(ways) == 0 && len(out) == 0 {
		out = append(out, Reason{"nothing_fits", nil})
	}
	return out
}
