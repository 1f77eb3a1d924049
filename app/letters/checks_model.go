package letters

import (
	"quitus/app/desk"
	"quitus/ledger"
	"quitus/letters"
)

// Check is one line of what to look at before a letter leaves.
type Check struct {
	Fine  bool
	Title string
	Fact  string
	// Lead is where it is mended: "customer", "settings", or nothing.
	Lead string
}

// warned groups the warnings of a letter by what they are about.
var warned = map[string]string{
	"disputed": "claims", "promised": "claims", "not_overdue": "claims",
	"missing_address": "address", "address_incomplete": "address", "address_too_long": "address",
	"sent_before": "contact", "level_skipped": "contact", "level_lower": "contact",
	"sender_incomplete": "sender", "no_bank_details": "sender", "no_signatory": "sender", "no_siren": "sender",
}

var leads = map[string]string{"address": "customer", "sender": "settings"}

// checks is what to look at before a letter leaves: always the same points, a tick or a warning each, and
// then whatever else there is to say.
func (m *Model) checks(c *Case, warnings []letters.Warning) []Check {
	w := m.words
	found := map[string][]string{}
	var rest []Check
	for _, x := range warnings {
		if about, ok := warned[x.Code]; ok {
			found[about] = append(found[about], letters.WarningText(w, x))
		} else {
			rest = append(rest, Check{Title: w.T("lettering.check.other"), Fact: letters.WarningText(w, x)})
		}
	}
	for _, r := range c.Task.Warnings {
		switch {
		case r.Code == "receipt":
			found["receipt"] = append(found["receipt"], desk.TaskReason(w, r))
		case r.Code == "no_email" && c.ByEmail:
			found["address"] = []string{desk.TaskReason(w, r)}
		}
	}
	if c.Hold != "" && len(found["contact"]) == 0 { // what holds it back
		text, _ := m.second(c)
		found["contact"] = []string{text}
	}
	out := []Check{m.paymentsKnown()}
	if len(found["receipt"]) > 0 {
		out[0] = Check{Title: w.T("lettering.check.payments.wrong"), Fact: found["receipt"][0]}
	}
	for _, about := range []string{"claims", "address", "contact", "sender"} {
		k := Check{Fine: len(found[about]) == 0, Title: w.T("lettering.check." + about), Fact: w.T("lettering.check." + about + ".fine")}
		if !k.Fine {
			k.Title, k.Fact, k.Lead = w.T("lettering.check."+about+".wrong"), found[about][0], leads[about]
		}
		out = append(out, k)
	}
	return append(out, rest...)
}

// ready lists what to look at before a formal notice, or a registered letter; nothing before any other.
func (m *Model) ready(c *Case) []string {
	if c.Model != letters.FormalNotice && (c.Task.Channel != ledger.ChannelRegistered || c.ByEmail) {
		return nil
	}
	return letters.FindingTexts(m.words, m.state.Readiness(c.Customer.ID))
}

// oldPayments is the number of days after which the newest payment known is old news.
const oldPayments = 9

// paymentsKnown says how recent the newest payment in the ledger is: a letter about what was paid
// meanwhile is the worst of letters.
func (m *Model) paymentsKnown() Check {
	w := m.words
	last := ledger.Date(0)
	for p := range m.state.Book.Payments.All() {
		if p.On <= m.state.On {
			last = max(last, p.On)
		}
	}
	k := Check{Fine: last != 0 && int(m.state.On-last) <= oldPayments, Title: w.T("lettering.check.payments")}
	switch read := m.state.Book.BankRead(); {
	case read != 0:
		k.Fine, k.Fact = int(m.state.On-read) <= desk.BankOldAfter, w.T("lettering.check.payments.read", "date", w.DateShort(read))
		if !k.Fine {
			k.Title = w.T("lettering.check.payments.wrong")
		}
	case last == 0:
		k.Title, k.Fact = w.T("lettering.check.payments.wrong"), w.T("lettering.check.payments.none")
	case k.Fine:
		k.Fact = w.T("lettering.check.payments.last", "date", w.DateShort(last))
	default:
		k.Title, k.Fact = w.T("lettering.check.payments.wrong"), w.T("lettering.check.payments.last", "date", w.DateShort(last))
	}
	return k
}
