package cli

import (
	"quitus/app/desk"
	"quitus/ledger"
)

type paymentDoc struct {
	Payment  string `json:"payment"` // the batch, by which it is taken back
	Invoice  string `json:"invoice"`
	Open     string `json:"open"`
	Currency string `json:"currency"`
}

// runPay records a payment of the day.
func runPay(c *call) (*reply, error) {
	i, err := invoice(c.desk.State().Book, c.args[0])
	if err != nil {
		return nil, err
	}
	amount, err := c.amount(c.args[1], i.Total.Currency)
	if err != nil {
		return nil, err
	}
	means, err := c.choice("means", "cheque", "transfer", "cash", "card")
	if err != nil {
		return nil, err
	}
	_, entry, err := c.desk.Pay(c.ctx, i.ID, c.desk.Today(), amount, ledger.Means(means), c.text("ref"))
	if err != nil {
		return nil, err
	}
	open := c.desk.State().Open(i)
	batch := desk.Batch(entry)
	return &reply{
		doc: paymentDoc{batch, i.Number, open.Decimal(), string(open.Currency)},
		text: func(p *page) {
			p.say("cli.pay.done", "amount", amount, "invoice", i.Number, "open", open, "batch", batch)
		},
	}, nil
}

// amount reads an amount as programs write it ("1234.50"), or else as the call's language does.
func (c *call) amount(text string, currency ledger.Currency) (ledger.Money, error) {
	if m, err := ledger.ParseDecimal(text, currency); err == nil {
		return m, nil
	}
	return c.w.ParseMoney(text, currency)
}

type writeOffDoc struct {
	Batch    string `json:"batch"`
	Invoice  string `json:"invoice"`
	Amount   string `json:"amount"`
	Open     string `json:"open"`
	Currency string `json:"currency"`
}

// runWriteOff gives up what is open of an invoice, or a part of it.
func runWriteOff(c *call) (*reply, error) {
	i, err := invoice(c.desk.State().Book, c.args[0])
	if err != nil {
		return nil, err
	}
	amount := ledger.Money{Currency: i.Total.Currency}
	if c.flags.Lookup("amount").Changed {
		if amount, err = c.amount(c.text("amount"), i.Total.Currency); err != nil {
			return nil, err
		}
		if amount.IsZero() { // which would mean all of it
			return nil, ledger.Errorf("payment_amount", "invoice", i.Number)
		}
	}
	before := c.desk.State().Open(i)
	entry, err := c.desk.WriteOff(c.ctx, i.ID, amount, c.text("reason"))
	if err != nil {
		return nil, err
	}
	open := c.desk.State().Open(i)
	given, batch := before.Sub(open), desk.Batch(entry)
	return &reply{
		doc: writeOffDoc{batch, i.Number, given.Decimal(), open.Decimal(), string(open.Currency)},
		text: func(p *page) {
			p.say("cli.write_off.done", "amount", given, "invoice", i.Number, "open", open, "batch", batch)
		},
	}, nil
}
