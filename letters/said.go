package letters

import (
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
)

// said makes what the owner typed a part of a sentence: one line, with the signs of the language.
func (c *composer) said(s string) string {
	return typeset(string(c.Lang), strings.TrimRight(strings.Join(strings.Fields(s), " "), ". "))
}

// unbroken keeps a text on one line.
func unbroken(s string) string { return strings.ReplaceAll(s, " ", nbsp) }

// sentence ends what was said with a full stop, where no other sign ends it.
func sentence(s string) string {
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?") || strings.HasSuffix(s, "…") {
		return s
	}
	return s + "."
}

// fillFacts says what the fields and conditions of the facts stand for.
func (c *composer) fillFacts() {
	f, x := c.filling.fields, c.filling.conditions
	x["listed"] = len(c.invoices)+len(c.credits) > 0
	f["company_number"] = unbroken(words.RegisteredAs(c.company.SIREN))
	f["debtor"] = c.debtor()
	x["company_number"] = c.company.SIREN != ""
	x["products"] = len(c.products()) > 0
	x["noticed"] = c.lastSent(func(m string) bool { return m == FormalNotice }) != nil
	f["given_up"] = c.w.Money(ledger.Money{Minor: c.givenUp(), Currency: c.principal.Currency})
	x["given_up"] = c.givenUp() != 0
	x["waived"] = c.Facts.Discharge != nil && c.Facts.Discharge.Waived
	if c.kind.about == aboutOpen {
		overdue, _, credit := c.account()
		f["overdue"], x["overdue"] = c.w.Money(overdue.Sub(credit)), overdue.Sub(credit).Positive()
	}
	f["be_indemnity"] = ""
	if b := c.Facts.Belgian; b != nil && b.Indemnity.Positive() && x["be_consumer"] {
		f["be_indemnity"], x["be_indemnity"] = c.w.Money(b.Indemnity), true
	}
	c.fillCall()
	c.fillPlan()
	c.fillDispute()
	c.fillReceipt()
	if v := c.Facts.Visit; v != nil {
		f["visit"] = c.at(v.On, v.At)
		f["visitor"] = c.said(v.By)
		x["visitor"] = f["visitor"] != ""
	}
	f["handler"] = c.w.T("letters.handler")
	if h := c.Facts.Handover; h != nil && h.To != "" {
		f["handler"] = c.said(h.To)
	}
	if c.Model == InsolvencyClaim {
		c.fillInsolvency()
	}
}

// account parts what is open into what is past due, what is not, and the credit notes and payments to be set against
// it, as a positive sum.
func (c *composer) account() (overdue, coming, credit ledger.Money) {
	overdue.Currency, coming.Currency, credit = c.principal.Currency, c.principal.Currency, c.unallocated
	for _, inv := range c.invoices {
		st := c.Standings.Of(inv.ID)
		overdue.Minor += st.Overdue
		coming.Minor += st.Open - st.Overdue
	}
	for _, note := range c.credits {
		credit = credit.Sub(c.asked(note))
	}
	return overdue, coming, credit
}

func (c *composer) fillCall() {
	f, x := c.filling.fields, c.filling.conditions
	if k := c.Facts.Call; k != nil {
		f["call"] = c.w.T("letters.call.on", "day", c.day(k.On))
		if with := c.said(k.With); with != "" {
			f["call"] = c.w.T("letters.call.on_with", "day", c.day(k.On), "name", with)
		}
		x["uncontested"] = k.Uncontested && k.Disputed == ""
	}
	if p := c.Facts.Promise; p != nil {
		f["promised"], f["promise_day"], f["promise_made"] = c.w.Money(p.Amount), c.w.DateLong(p.Due), c.day(p.Made)
		f["quote"] = c.said(p.Words)
		x["quote"] = f["quote"] != ""
	}
}

func (c *composer) fillPlan() {
	f, x := c.filling.fields, c.filling.conditions
	p := c.Facts.Plan
	if p == nil {
		return
	}
	f["plan_total"], f["plan_words"] = c.w.Money(c.planSum()), c.w.MoneyInWords(c.planSum())
	f["plan_extra"] = c.w.T("letters.plan.interest", "amount", p.Extra)
	if x["company"] {
		f["plan_extra"] = c.w.T("letters.plan.penalties", "amount", p.Extra)
	}
	f["plan_agreed"] = c.day(p.Agreed)
	x["extra"], x["waived"], x["agreed_on"] = p.Extra.Positive(), p.Waived, !p.Agreed.IsZero()
}

func (c *composer) fillDispute() {
	d := c.Facts.Dispute
	if d == nil {
		return
	}
	f, x := c.filling.fields, c.filling.conditions
	f["raised"] = c.day(d.Raised)
	f["objection"] = strings.Join(numbers(c.invoices), ", ")
	if d.Reason != "" && d.Reason != ledger.OtherDispute {
		f["objection"] = c.w.T("letters.objection", "number", f["objection"], "reason", c.w.T("letters.dispute."+string(d.Reason)))
	}
	f["settles"], f["answer"] = c.said(d.Settles), sentence(c.said(d.Answer))
	x["settles"], x["answered"] = f["settles"] != "", d.Answer != ""
	contested := ledger.Money{}
	for _, inv := range c.invoices {
		contested = c.asked(inv)
		if part := c.reserved(inv); part.Positive() {
			contested, x["part"] = part, true
		}
	}
	f["contested"], f["uncontested"] = c.w.Money(contested), c.w.Money(c.total)
	x["owed"] = c.total.Positive()
}

func (c *composer) fillReceipt() {
	p := c.Facts.Payment
	if p == nil {
		return
	}
	f, x := c.filling.fields, c.filling.conditions
	f["received"], f["received_on"] = c.w.Money(p.Amount), c.day(p.On)
	f["received_by"] = c.w.T("letters.means.unsaid")
	if key := "letters.means." + string(p.Means); c.w.Has(key) {
		f["received_by"] = c.w.T(key)
	}
	x["cheque"] = p.Means == ledger.Cheque
	left, rest := ledger.Money{Currency: p.Amount.Currency}, p.Amount
	for _, inv := range c.invoices {
		left.Minor += c.Standings.Of(inv.ID).Open
	}
	for _, a := range p.Allocations {
		rest.Minor -= a.Amount
	}
	f["left"], x["left"] = c.w.Money(left), left.Positive()
	f["unallocated"], x["unallocated"] = c.w.Money(rest), rest.Positive()
}

func (c *composer) fillInsolvency() {
	f, x, i := c.filling.fields, c.filling.conditions, c.Facts.Insolvency
	f["proceedings"] = c.w.T("letters.proceedings." + string(i.Proceedings))
	f["judgment"], f["published"], f["eve"] = c.day(i.Opened), c.day(i.Published), c.day(i.Opened.Add(-1))
	f["court"], f["security"], f["litigation"] = c.said(i.Court), c.said(i.Security), c.said(i.Litigation)
	x["published"], x["court"] = !i.Published.IsZero(), f["court"] != ""
	x["secured"], x["litigation"], x["coming"] = f["security"] != "", f["litigation"] != "", c.later().Positive()
}

// agreed lists what was said in a call, a sentence each.
func (c *composer) agreed() []string {
	k := c.Facts.Call
	var out []string
	add := func(key, text string, more ...any) {
		if text = c.said(text); text != "" {
			out = append(out, sentence(c.w.T("letters.call."+key, append([]any{"text", text}, more...)...)))
		}
	}
	add("reason", k.Reason)
	for _, p := range k.Promises {
		out = append(out, c.promised(p))
	}
	if k.Plan != nil {
		out = append(out, c.w.T("letters.call.plan"))
	}
	var documents []string
	for _, d := range k.Documents {
		documents = append(documents, c.said(d))
	}
	add("documents", strings.Join(documents, ", "))
	add("disputed", k.Disputed)
	add("settles", k.Settles)
	add("settled_by", k.SettledBy)
	for _, o := range k.Others {
		add("other", o)
	}
	if !k.CallBack.IsZero() {
		out = append(out, c.w.T("letters.call.back", "text", c.at(k.CallBack, k.At)))
	}
	return out
}

// at writes a day and, where it is known, a time, which is not broken over lines.
func (c *composer) at(day ledger.Date, time string) string {
	time = unbroken(c.said(time))
	if time == "" {
		return c.w.DateLong(day)
	}
	return c.w.T("letters.at_time", "day", c.w.DateLong(day), "time", time)
}

// debtor names the customer, with the number that it is registered under.
func (c *composer) debtor() string {
	n := c.customer.SIREN
	if n == "" {
		return c.customer.Name
	}
	key := "letters.legal.number"
	if c.customer.Country == "FR" || c.customer.Country == "" {
		key = "letters.legal.siren"
	}
	return c.w.T("letters.debtor", "name", c.customer.Name, "number", unbroken(c.w.T(key, "number", words.RegisteredAs(n))))
}

// promised tells one promise made in a call.
func (c *composer) promised(p Promise) string {
	var about []string
	for _, id := range p.Invoices {
		if inv := c.Book.Invoice(id); inv != nil {
			about = append(about, inv.Number)
		}
	}
	text := c.w.T("letters.call.promise", "amount", p.Amount, "day", c.w.DateLong(p.Due))
	if len(about) > 0 {
		text = c.w.N("letters.call.promise_for", len(about), "amount", p.Amount, "day", c.w.DateLong(p.Due), "numbers", strings.Join(about, ", "))
	}
	if words := c.said(p.Words); words != "" {
		text = c.w.T("letters.call.quoted", "promise", text, "words", words)
	}
	return sentence(text)
}

// products says what each invoice is for, as far as it is known.
func (c *composer) products() []string {
	var out []string
	for _, inv := range c.invoices {
		if what := c.said(inv.Subject); what != "" {
			out = append(out, c.w.T("letters.product", "number", inv.Number, "what", what))
		}
	}
	return out
}

// form is what the customer writes under an agreement: who promises to pay a sum writes it by hand in words and in
// figures (C. civ. 1376).
func (c *composer) form() *Form {
	return &Form{Title: c.w.T("letters.form.title", "customer", c.customer.Name),
		Lines: []string{c.w.T("letters.form.place"), c.w.T("letters.form.name"), c.w.T("letters.form.words"), c.w.T("letters.form.figures"), c.w.T("letters.form.sign")}}
}

// addressee is whose address stands in the window: the officer's where a claim is declared to one.
func (c *composer) addressee() *ledger.Customer {
	i := c.Facts.Insolvency
	if c.kind.about != aboutDeclared {
		return c.customer
	}
	return &ledger.Customer{Name: i.Trustee, Address: i.Address, Postcode: i.Postcode, Town: i.Town, Country: "FR"}
}

// left is what was left to pay on the letter's day of what it is about.
func (c *composer) left(inv *ledger.Invoice) int64 {
	switch c.kind.about {
	case aboutSettled, aboutReceived:
		return c.Standings.Of(inv.ID).Open
	}
	return c.asked(inv).Minor
}
