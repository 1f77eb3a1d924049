package desk

import (
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
)

// Summary writes the e-mail that sums up a call that is being ended, in the customer's language, with everything agreed and the
// question to confirm it. What is not complete yet (a promise without its day) is left out; [Desk.CheckCall] tells of it.
// Errors are those of [letters.Mail]; letter_facts_missing where nothing was agreed or said that could be confirmed.
func (d *Desk) Summary(c CallEnd) (CallSummary, error) {
	w := d.Writer()
	s := w.state
	customer := s.Book.Customer(c.Customer)
	if customer == nil {
		return CallSummary{}, ledger.Errorf("customer_unknown", "customer", uint32(c.Customer))
	}
	r := w.request(LetterRequest{Customer: c.Customer, Model: letters.CallSummary, Invoices: c.Invoices, Facts: letters.Facts{Call: w.callFacts(c)}})
	r.Contact = c.Contact
	m, _, err := letters.Mail(r)
	if err != nil {
		return CallSummary{}, err
	}
	out := CallSummary{Subject: m.Subject, Body: m.Text}
	if k := s.Book.Contacts.Get(uint32(c.Contact)); k != nil && k.Email != "" && !k.DoNotContact {
		out.To = k.Email
	} else {
		_, out.To = s.MailTo(c.Customer)
	}
	return out, nil
}

// mostNamed is how many invoices a sentence about a promise names.
const mostNamed = 4

// callFacts says what was agreed as a summary tells it.
func (w *Writer) callFacts(c CallEnd) *letters.Call {
	has := func(o ledger.Outcome) bool {
		for _, x := range c.Outcomes {
			if x == o {
				return true
			}
		}
		return false
	}
	lang := words.New(letters.LanguageOf(w.state.Book.Customer(c.Customer)))
	out := &letters.Call{On: w.state.On, With: c.With, Uncontested: c.Undisputed && !has(ledger.OutcomeDispute)}
	if c.On != 0 {
		out.On = c.On
	}
	if k := w.state.Book.Contacts.Get(uint32(c.Contact)); k != nil {
		switch written := k.Email != "" && !k.DoNotContact; {
		case written && (out.With == "" || ledger.Fold(out.With) == ledger.Fold(k.Name)):
			out.With = "" // the message goes to whom it would name
		case out.With == "":
			out.With = k.Name
		}
	}
	if key := "call.summary.reason." + string(c.Reason); lang.Has(key) {
		out.Reason = lang.T(key) // a reason that blames, or none, is not written to the customer
	}
	if has(ledger.OutcomePromise) {
		for _, p := range c.Promises {
			if p.Due != 0 && p.Amount.Positive() {
				about := p.Invoices
				if len(about) > mostNamed {
					about = nil // the table below lists them
				}
				out.Promises = append(out.Promises, letters.Promise{Made: out.On, Due: p.Due, Amount: p.Amount, Invoices: about})
			}
		}
	}
	if has(ledger.OutcomePlan) && c.Plan != nil {
		out.Plan = &letters.Plan{Agreed: out.On}
		for _, i := range c.Plan.Instalments {
			if i.Due == 0 || i.Amount <= 0 {
				out.Plan = nil
				break
			}
			out.Plan.Instalments = append(out.Plan.Instalments, letters.Instalment{Due: i.Due, Amount: ledger.Money{Minor: i.Amount, Currency: c.Plan.Currency}})
		}
	}
	if text := strings.TrimSpace(c.Document); has(ledger.OutcomeDocument) && text != "" {
		out.Documents = append(out.Documents, text)
	}
	if has(ledger.OutcomeDispute) {
		w.disputed(c, lang, out)
	}
	if text := strings.TrimSpace(c.Terms); has(ledger.OutcomeTerms) && text != "" {
		out.Others = append(out.Others, lang.T("call.summary.terms", "terms", text))
	}
	if has(ledger.OutcomeCallBack) {
		out.CallBack, out.At = c.CallBack, spoken(lang, c.BackAt)
	}
	return out
}

// disputed tells what is contested, invoice by invoice.
func (w *Writer) disputed(c CallEnd, lang *words.Words, out *letters.Call) {
	var texts []string
	for _, x := range c.Disputes {
		i := w.state.Book.Invoice(x.Invoice)
		if i == nil {
			continue
		}
		text := strings.TrimSpace(x.Words)
		if text == "" && x.Reason != "" && x.Reason != ledger.OtherDispute {
			text = lang.DisputeReason(x.Reason)
		}
		texts = append(texts, strings.TrimSpace(lang.T("call.summary.disputed", "number", i.Number, "what", text)))
		if s := strings.TrimSpace(x.Settles); s != "" && out.Settles == "" {
			out.Settles = s
		}
		if s := strings.TrimSpace(x.Who); s != "" && out.SettledBy == "" {
			out.SettledBy = s
		}
	}
	out.Disputed = strings.Join(texts, "; ")
}

// spoken writes a time of the day as sentences do: "14 h 30".
func spoken(w *words.Words, at string) string {
	hour, minute, ok := strings.Cut(at, ":")
	if !ok {
		return ""
	}
	return w.T("call.summary.time", "hour", strings.TrimPrefix(hour, "0"), "minute", minute)
}
