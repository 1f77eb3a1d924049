package cli

import (
	"fmt"
	"path/filepath"
	"slices"

	"quitus/app/desk"
	"quitus/ledger"
)

type depositDoc struct {
	Batch    *string     `json:"batch"`   // null where nothing was recorded
	Deposit  int         `json:"deposit"` // the slip's number; in a dry run the one that it would have
	File     string      `json:"file"`
	SHA256   ledger.Hash `json:"sha256"`
	Date     ledger.Date `json:"date"`
	IBAN     string      `json:"iban"`
	Count    int         `json:"count"`
	Amount   string      `json:"amount"`
	Currency string      `json:"currency"`
	Cheques  []chequeDoc `json:"cheques"`
}

type chequeDoc struct {
	Customer  string      `json:"customer"`
	Reference string      `json:"reference"`
	Received  ledger.Date `json:"received"`
	Amount    string      `json:"amount"`
	Invoices  []string    `json:"invoices"`
}

// runDeposit puts cheques that were noted together on a slip, writes it, and records it. Where one of both fails, neither
// is left.
func runDeposit(c *call) (*reply, error) {
	payments, err := c.cheques()
	if err != nil {
		return nil, err
	}
	r := desk.DepositRequest{On: c.desk.Today(), Payments: payments, Lang: c.w.Lang()}
	slip, _, err := c.desk.Deposit(c.ctx, r, true)
	if err != nil {
		return nil, err
	}
	out := &files{dir: c.text("out")}
	path := filepath.Join(out.dir, fmt.Sprintf("deposit-%d-%s.pdf", slip.ID, slip.On))
	if err := out.write(path, slip.PDF); err != nil {
		return nil, err
	}
	doc, said := c.slip(slip, path), "cli.deposit.not_recorded"
	if !c.given("dry-run") {
		_, entry, err := c.desk.Deposit(c.ctx, r, false)
		if err != nil {
			out.remove()
			return nil, err
		}
		batch := desk.Batch(entry)
		doc.Batch, said = &batch, "cli.deposit.done"
	}
	return &reply{doc: doc, text: func(p *page) {
		facts := []any{"file", path, "amount", slip.Amount, "number", int(slip.ID)}
		if doc.Batch != nil {
			facts = append(facts, "batch", *doc.Batch)
		}
		p.line(p.w.N(said, slip.Cheques, facts...))
	}}, nil
}

// cheques gives the payments that the arguments name, or those of all cheques in hand.
func (c *call) cheques() ([]ledger.PaymentID, error) {
	hand, err := c.desk.Cheques()
	if err != nil {
		return nil, err
	}
	var out []ledger.PaymentID
	if c.given("all") {
		for _, k := range hand {
			out = append(out, k.Payments...)
		}
		return out, nil
	}
	if len(c.args) == 0 {
		return nil, ledger.Errorf("usage_argument_missing", "usage", "quitus deposit "+c.w.T("cli.args.deposit")+" | --all")
	}
	for _, ref := range c.args {
		found, err := c.cheque(ref, hand)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// cheque gives the payments of one cheque: by its number where one in hand has it, else by the batch that recorded it.
// Errors: cheque_unknown, cheque_ambiguous.
func (c *call) cheque(ref string, hand []desk.InHand) ([]ledger.PaymentID, error) {
	var found []ledger.PaymentID
	for _, k := range hand {
		if ledger.Fold(k.Reference) != ledger.Fold(ref) {
			continue
		}
		if found != nil {
			return nil, ledger.Errorf("cheque_ambiguous", "cheque", ref)
		}
		found = k.Payments
	}
	if found != nil {
		return found, nil
	}
	if seq, err := desk.ParseBatch(ref); err == nil {
		payments, err := c.desk.PaymentsOfBatch(seq)
		if err != nil && code(err) != "unknown_batch" {
			return nil, err
		}
		for _, p := range payments {
			found = append(found, wholeCheque(hand, p.ID)...)
		}
	}
	if found == nil {
		return nil, ledger.Errorf("cheque_unknown", "cheque", ref)
	}
	return found, nil
}

// wholeCheque gives all the payments of the cheque that one is of: it may have been noted in several steps.
func wholeCheque(hand []desk.InHand, id ledger.PaymentID) []ledger.PaymentID {
	for _, k := range hand {
		if slices.Contains(k.Payments, id) {
			return k.Payments
		}
	}
	return []ledger.PaymentID{id}
}

func (c *call) slip(s *desk.Slip, path string) depositDoc {
	b := c.desk.State().Book
	doc := depositDoc{
		Deposit: int(s.ID), File: path, SHA256: ledger.HashOf(s.PDF), Date: s.On, IBAN: s.IBAN, Count: s.Cheques,
		Amount: s.Amount.Decimal(), Currency: string(s.Amount.Currency), Cheques: []chequeDoc{},
	}
	for _, k := range ledger.ChequesOf(s.PaymentsIn(b)) {
		x := chequeDoc{Customer: customerRef(b, k.Customer), Reference: k.Reference, Received: k.On, Amount: k.Amount.Decimal(), Invoices: []string{}}
		for _, id := range k.Payments {
			for _, a := range b.Payments.Get(uint32(id)).Allocations {
				if number := b.Invoice(a.Invoice).Number; !slices.Contains(x.Invoices, number) {
					x.Invoices = append(x.Invoices, number)
				}
			}
		}
		doc.Cheques = append(doc.Cheques, x)
	}
	return doc
}
