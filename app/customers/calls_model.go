package customers

import (
	"strings"

	"quitus/app/desk"
	"quitus/app/dialogs"
	"quitus/assets/words"
	"quitus/ledger"
)

// call tells of a call: who called whom and how long, then what came of it and why it is not paid. All that was noted is
// behind it.
func (e *event) call(w *words.Words, b *ledger.Book, r *ledger.Call) {
	key := "customers.event.call_made"
	if r.Incoming {
		key = "customers.event.call_received"
	}
	if r.Reach == ledger.Reached && r.Seconds > 0 {
		key += "_minutes"
	}
	e.Title = w.T(key, "minutes", max(1, (r.Seconds+30)/60))
	if r.With != "" {
		e.Title = w.T("customers.event.call_with", "call", e.Title, "who", oneLine(r.With))
	}
	parts := brought(w, b, r)
	if r.Reach != ledger.Reached && r.Reach != "" {
		parts = append([]string{w.Reach(r.Reach)}, parts...)
	}
	if r.Reason != "" {
		parts = append(parts, w.DelayReason(r.Reason))
	}
	e.Second = dialogs.Joined(parts...)
	if r.Notes != "" {
		e.Said = strings.TrimLeft(e.Second+"\n\n"+r.Notes, "\n")
	}
}

// brought says what a call brought, what is of most weight first.
func brought(w *words.Words, b *ledger.Book, r *ledger.Call) []string {
	var out []string
	back := false
	for _, o := range r.Outcomes {
		switch o {
		case ledger.OutcomePromise:
			sums := ledger.Sums{}
			for _, id := range r.Promises {
				if p := b.Promises.Get(uint32(id)); p != nil {
					sums.Add(p.Amount)
				}
			}
			if len(sums) == 0 {
				out = append(out, w.Outcome(o))
				continue
			}
			out = append(out, w.T("customers.event.promised", "amount", sums))
		case ledger.OutcomeDocument:
			out = append(out, w.T("customers.event.call_document", "document", oneLine(r.Document)))
		case ledger.OutcomeTerms:
			out = append(out, w.T("customers.event.call_terms", "terms", oneLine(r.Terms)))
		case ledger.OutcomeCallBack:
			back = true
		default:
			out = append(out, w.Outcome(o))
		}
	}
	if r.CallBack != 0 {
		out = append(out, w.T("customers.event.call_back", "day", shortDay(w, r.CallBack, r.On)))
	} else if back {
		out = append(out, w.Outcome(ledger.OutcomeCallBack))
	}
	return out
}

// planWords says in how many parts a plan is paid and until when, and how it stands.
func planWords(w *words.Words, p *ledger.Plan, s *desk.State) string {
	n := len(p.Instalments)
	if n == 0 {
		return ""
	}
	text := w.N("customers.event.plan_parts", n, "day", shortDay(w, p.Instalments[n-1].Due, s.On))
	state := s.Book.JudgePlan(p, s.On)
	switch {
	case p.Proposed:
		return text
	case p.End == ledger.PlanTaken:
		return dialogs.Joined(text, w.T("customers.event.plan_taken_back"))
	case p.End == ledger.PlanLapsed:
		return dialogs.Joined(text, w.T("customers.event.plan_lapsed"))
	case p.End == ledger.PlanKept || state.Kept:
		return dialogs.Joined(text, w.T("customers.event.plan_kept"))
	case state.Missed != 0:
		return dialogs.Joined(text, w.T("customers.event.plan_missed", "day", shortDay(w, state.Missed, s.On)))
	}
	return text
}

// contested says how much of an invoice is contested where it is not all of it.
func contested(w *words.Words, amount ledger.Money) string {
	if amount.IsZero() {
		return ""
	}
	return w.T("customers.event.contested", "amount", amount)
}
