package desk

import (
	"cmp"
	"context"
	"slices"

	"quitus/assets/sample"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/claim"
	"quitus/letters"
)

// ModelCase is what a model is shown with while its text is edited: a case of the ledger or, where there is none for it, one that
// is made up. What the ledger never has, such as the day of a visit, is made up in both.
type ModelCase struct {
	Customer string // its name
	Sample   bool   // all of it is made up
	request  letters.Request
}

// mostTried is how many customers are looked at for a case.
const mostTried = 40

// ModelCase finds a case for a model in a language: the customer who owes most and to whom such a letter can be written, in the
// owner's ledger, or one of a sample. Errors are those of the context.
func (d *Desk) ModelCase(ctx context.Context, model string, lang words.Lang) (*ModelCase, error) {
	w := d.Writer()
	for _, c := range w.state.mostOwing() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if model == letters.BelgianReminder && letters.FirstFor(c) != model {
			continue
		}
		r := w.request(LetterRequest{Customer: c.ID, Model: model})
		r.Lang = spelling(lang, c)
		if x := completed(r); x != nil {
			return &ModelCase{Customer: c.Name, request: *x}, nil
		}
	}
	r := sampleRequest(w.state, model, words.New(lang))
	r.Lang, r.Logo, r.SignedBy = lang, w.logo, w.signedBy
	x := completed(r)
	if x == nil {
		return nil, ledger.Errorf("letter_model_unknown", "model", model)
	}
	return &ModelCase{Customer: r.Book.Customer(r.Customer).Name, Sample: true, request: *x}, nil
}

// mostOwing lists the customers, those that owe most of what is late first, as many as are looked at for a case.
func (s *State) mostOwing() []*ledger.Customer {
	all, late := slices.Collect(s.Book.Customers.All()), s.Summaries()
	most := func(c *ledger.Customer) int64 {
		var m int64
		for _, sum := range late[c.ID].Overdue.List() {
			m = max(m, sum.Minor)
		}
		return m
	}
	slices.SortStableFunc(all, func(a, b *ledger.Customer) int { return cmp.Compare(most(b), most(a)) })
	return all[:min(len(all), mostTried)]
}

// spelling is German as the customer's country writes it, and any other language as it is.
func spelling(lang words.Lang, c *ledger.Customer) words.Lang {
	return words.LetterLang(string(lang.Base()), c.Country)
}

// completed gives a request with which a letter can be made, with facts made up where the ledger has none; nil where there is no
// letter of this model to make. The owner's text does not matter: the one that comes with the program is tried.
func completed(r letters.Request) *letters.Request {
	source, err := letters.Source(r.Model, r.Lang)
	if err != nil {
		return nil
	}
	r.Text = source
	_, _, err = letters.Compose(r)
	if err == nil && r.Model != letters.BelgianReminder {
		return &r
	}
	makeUp(&r)
	if _, _, err = letters.Compose(r); err != nil {
		return nil
	}
	return &r
}

// makeUp adds the facts that a model needs and the ledger may lack, with round days and the amount that the customer owes.
func makeUp(r *letters.Request) {
	ask := *r
	ask.Model, ask.Text, ask.Facts = letters.CallSummary, "", letters.Facts{Call: &letters.Call{On: r.On, Uncontested: true}}
	l, _, err := letters.Compose(ask)
	if err != nil {
		return
	}
	owed, w, f := l.Principal, words.New(r.Lang), &r.Facts
	plan := &letters.Plan{Agreed: r.On.Add(-40)}
	third := owed.Minor / 3
	for n, minor := range []int64{third, third, owed.Minor - 2*third} {
		plan.Instalments = append(plan.Instalments, letters.Instalment{Due: r.On.Add(15 + 30*n), Amount: ledger.Money{Minor: minor, Currency: owed.Currency}})
	}
	switch r.Model {
	case letters.CallSummary:
		f.Call = &letters.Call{On: r.On, Promises: []letters.Promise{{Due: r.On.Add(7), Amount: owed}}, CallBack: r.On.Add(8), Uncontested: true}
	case letters.PromiseConfirmation:
		f.Promise = &letters.Promise{Made: r.On.Add(-1), Due: r.On.Add(7), Amount: owed}
	case letters.PlanLapse:
		plan.Instalments[0].Due = r.On.Add(-5)
		f.Plan = plan
	case letters.PlanProposal, letters.PlanAgreement:
		f.Plan = plan
	case letters.DisputeReply:
		if len(l.Lines) > 0 {
			f.Dispute = &letters.Dispute{Invoice: l.Lines[0].Invoice, Raised: r.On.Add(-3), Reason: ledger.FaultyGoods}
		}
	case letters.VisitNotice:
		f.Visit = &letters.Visit{On: r.On.Add(7), At: spoken(w, "10:00")}
	case letters.BelgianReminder:
		f.Belgian = &letters.Belgian{Indemnity: claim.BelgianCap(owed)}
	}
}

// sampleRequest is a small book with what a model needs, in the owner's own name where it is known.
func sampleRequest(s *State, model string, w *words.Words) letters.Request {
	made := sample.On(s.On)
	d := ledger.NewDraft(&ledger.Book{})
	company := s.Book.Company()
	if company.Name == "" {
		company = made.Details
	}
	company.Logo, company.SignedBy = "", ""
	d.Put(&company)
	own := words.New(words.FR) // what is made up is spelt as the sample company is
	c := made.Customers[0].Customer
	if model == letters.BelgianReminder {
		c = ledger.Customer{Name: own.T("models.sample.consumer"), Type: ledger.Consumer, Country: "BE", Address: own.T("models.sample.street"),
			Postcode: own.T("models.sample.postcode"), Town: own.T("models.sample.town")}
	}
	d.Put(&c)
	first := 60
	if model == letters.PreDue {
		first = -9
	}
	for n, minor := range []int64{164020, 174075} {
		due := s.On.Add(20*n - first)
		i := &ledger.Invoice{Customer: c.ID, Number: made.Invoices[n].Number, Issued: due.Add(-30), Due: due, Total: ledger.Euros(minor), Subject: own.T("models.sample.subject")}
		d.Put(i)
		if model == letters.Receipt || model == letters.Quitus {
			d.Put(&ledger.Payment{Customer: c.ID, On: s.On.Add(-n - 1), Amount: i.Total, Means: ledger.Transfer, Allocations: []ledger.Allocation{{Invoice: i.ID, Amount: minor}}})
		}
	}
	r := letters.Request{Book: d.Next(), Customer: c.ID, Model: model, On: s.On, Lang: w.Lang(), Rates: s.Rates()}
	if model == letters.InsolvencyClaim {
		r.Facts.Insolvency = &letters.Insolvency{Proceedings: letters.Reorganisation, Opened: s.On.Add(-20), Published: s.On.Add(-12), Court: own.T("models.sample.court"),
			Trustee: own.T("models.sample.trustee"), Address: own.T("models.sample.officer_street"), Postcode: own.T("models.sample.officer_postcode"), Town: own.T("models.sample.officer_town")}
	}
	return r
}

// ModelShown is a model's text filled with a case, as a letter and as an e-mail.
type ModelShown struct {
	Letter  *letters.Letter
	PDF     []byte // its pages
	Message *letters.Message
}

// Show fills a text with the case. Errors are those of [letters.CheckText] and [letters.Compose].
func (c *ModelCase) Show(text string) (*ModelShown, error) {
	r := c.request
	if err := letters.CheckText(r.Model, r.Lang, text); err != nil { // also of no text at all, which a request takes for the owner's
		return nil, err
	}
	r.Text = text
	l, _, err := letters.Compose(r)
	if err != nil {
		return nil, err
	}
	pdf, err := l.PDF()
	if err != nil {
		return nil, err
	}
	m, _, err := letters.Mail(r)
	if err != nil {
		return nil, err
	}
	return &ModelShown{l, pdf, m}, nil
}
