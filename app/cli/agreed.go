package cli

import (
	"quitus/app/desk"
	"quitus/ledger"
)

type promiseDoc struct {
	Batch    string   `json:"batch"`
	Promise  uint32   `json:"promise"`
	Customer string   `json:"customer"`
	Invoices []string `json:"invoices"` // none where it is about all that is open
	Amount   string   `json:"amount"`
	Currency string   `json:"currency"`
	Made     day      `json:"made"`
	Due      day      `json:"due"`
}

// runPromise records what a customer promised on the day of the call. The amount is in the currency of the invoices named, or
// else in the one in which the customer owes most.
func runPromise(c *call) (*reply, error) {
	s := c.desk.State()
	who, err := customer(s.Book, c.args[0])
	if err != nil {
		return nil, err
	}
	doc := promiseDoc{Customer: who.Ref}
	p := ledger.Promise{Customer: who.ID, Words: c.text("note")}
	currency := ledger.EUR
	if owed := s.Book.Summary(who.ID, s.Standings).Owed.List(); len(owed) > 0 {
		currency = owed[0].Currency
	}
	for _, ref := range c.list("invoice") {
		i, err := c.invoiceOf(who, ref)
		if err != nil {
			return nil, err
		}
		p.Invoices, doc.Invoices, currency = append(p.Invoices, i.ID), append(doc.Invoices, i.Number), i.Total.Currency
	}
	if p.Amount, err = c.amount(c.args[1], currency); err != nil {
		return nil, err
	}
	if p.Due, err = dateOf(c.args[2]); err != nil {
		return nil, err
	}
	means, err := c.choice("means", "cheque", "transfer", "cash", "card")
	if err != nil {
		return nil, err
	}
	p.Means = ledger.Means(means)
	id, e, err := c.desk.Promise(c.ctx, p)
	if err != nil {
		return nil, err
	}
	doc.Batch, doc.Promise, doc.Invoices = desk.Batch(e), uint32(id), list(doc.Invoices)
	doc.Amount, doc.Currency, doc.Made, doc.Due = p.Amount.Decimal(), string(p.Amount.Currency), day(c.desk.Today()), day(p.Due)
	return &reply{doc: doc, text: func(pg *page) {
		pg.say("cli.promise.done", "amount", p.Amount, "customer", who.Name, "due", p.Due, "batch", doc.Batch)
	}}, nil
}

// invoiceOf finds an invoice of a customer: of a number that several share, that customer's.
func (c *call) invoiceOf(who *ledger.Customer, ref string) (*ledger.Invoice, error) {
	b := c.desk.State().Book
	for _, id := range b.InvoicesByNumber(ref) {
		if i := b.Invoice(id); i.Customer == who.ID {
			return i, nil
		}
	}
	return invoice(b, ref)
}

// dateOf reads a day that is an argument. The error is usage_day.
func dateOf(text string) (ledger.Date, error) {
	d, err := ledger.ParseDate(text)
	if err != nil {
		return 0, ledger.Errorf("usage_day", "value", text)
	}
	return d, nil
}

type disputeDoc struct {
	Batch    string `json:"batch"`
	Dispute  uint32 `json:"dispute"`
	Invoice  string `json:"invoice"`
	Customer string `json:"customer"`
	Reason   string `json:"reason"`
	Amount   string `json:"amount"` // contested; of a closed dispute, what was
	Open     string `json:"open"`   // of the invoice, contested or not
	Currency string `json:"currency"`
	Opened   day    `json:"opened"`
	By       day    `json:"by"`
	Closed   day    `json:"closed"`
	Outcome  string `json:"outcome"`
}

// runDispute records that an invoice is contested, or how that ended.
func runDispute(c *call) (*reply, error) {
	i, err := invoice(c.desk.State().Book, c.args[0])
	if err != nil {
		return nil, err
	}
	if c.given("closed") {
		return c.closeDispute(i)
	}
	if c.flags.Lookup("outcome").Changed {
		return nil, ledger.Errorf("usage_flag_missing", "flag", "--closed")
	}
	x := ledger.Dispute{Invoice: i.ID, Reason: ledger.DisputeReason(c.text("reason")), Words: c.text("note"), Settles: c.text("settles"), Who: c.text("who")}
	if x.Reason == "" {
		return nil, ledger.Errorf("usage_flag_missing", "flag", "--reason")
	}
	if c.flags.Lookup("amount").Changed {
		m, err := c.amount(c.text("amount"), i.Total.Currency)
		if err != nil {
			return nil, err
		}
		if m.IsZero() { // which would mean all of it
			return nil, ledger.Errorf("promise_amount")
		}
		x.Amount = m.Minor
	}
	if c.flags.Lookup("by").Changed {
		if x.By, err = dateOf(c.text("by")); err != nil {
			return nil, err
		}
	}
	id, e, err := c.desk.Dispute(c.ctx, x)
	if err != nil {
		return nil, err
	}
	doc := c.disputed(e, id, i)
	contested := ledger.Money{Minor: c.desk.State().Standings.Of(i.ID).Contested, Currency: i.Total.Currency}
	return &reply{doc: doc, text: func(p *page) {
		p.say("cli.dispute.done", "invoice", i.Number, "amount", contested, "reason", p.w.DisputeReason(x.Reason), "batch", doc.Batch)
	}}, nil
}

func (c *call) closeDispute(i *ledger.Invoice) (*reply, error) {
	for _, f := range []string{"reason", "amount", "settles", "who", "by", "note"} {
		if c.flags.Lookup(f).Changed {
			return nil, ledger.Errorf("usage_flags_apart", "flag", "--closed", "other", "--"+f)
		}
	}
	x := c.desk.State().Book.OpenDispute(i.ID, c.desk.Today())
	if x == nil {
		return nil, ledger.Errorf("dispute_none", "invoice", i.Number)
	}
	e, err := c.desk.CloseDispute(c.ctx, x.ID, c.text("outcome"))
	if err != nil {
		return nil, err
	}
	doc := c.disputed(e, x.ID, i)
	return &reply{doc: doc, text: func(p *page) { p.say("cli.dispute.closed", "invoice", i.Number, "batch", doc.Batch) }}, nil
}

// disputed describes a dispute as it is recorded now.
func (c *call) disputed(e ledger.Entry, id ledger.DisputeID, i *ledger.Invoice) disputeDoc {
	s := c.desk.State()
	x, open := s.Book.Disputes.Get(uint32(id)), s.Open(i)
	amount := open
	if x.Amount != 0 {
		amount.Minor = x.Amount
	}
	return disputeDoc{
		Batch: desk.Batch(e), Dispute: uint32(id), Invoice: i.Number, Customer: customerRef(s.Book, i.Customer), Reason: string(x.Reason),
		Amount: amount.Decimal(), Open: open.Decimal(), Currency: string(open.Currency), Opened: day(x.Opened), By: day(x.By), Closed: day(x.Closed), Outcome: x.Ended,
	}
}
