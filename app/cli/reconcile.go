package cli

import (
	"path/filepath"
	"strconv"
	"strings"

	"quitus/app/desk"
	"quitus/ledger"
	"quitus/ledger/reconcile"
)

type reconcileDoc struct {
	Batch *string   `json:"batch"`
	Lines []bankDoc `json:"lines"`
}

// bankDoc is a bank entry and what becomes of it.
type bankDoc struct {
	File     string `json:"file"`
	Entry    int    `json:"entry"`
	Date     day    `json:"date"`
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
	Label    string `json:"label"`
	Decision string `json:"decision"`
	answerDoc
	Left         string      `json:"left"`
	Reasons      []reasonDoc `json:"reasons"`
	Alternatives []answerDoc `json:"alternatives"`
}

type answerDoc struct {
	Customer    *string         `json:"customer"` // null where there is none or several
	Allocations []allocationDoc `json:"allocations"`
}

type allocationDoc struct {
	Invoice string `json:"invoice"`
	Amount  string `json:"amount"`
}

type reasonDoc struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

// runReconcile records the bank lines that are sure, and tells of all that were not settled yet.
func runReconcile(c *call) (*reply, error) {
	e, lines, err := c.desk.Reconcile(c.ctx, c.given("dry-run"))
	if err != nil {
		return nil, err
	}
	doc := reconcileDoc{Lines: make([]bankDoc, len(lines))}
	if b := desk.Batch(e); b != "" {
		doc.Batch = &b
	}
	for i, l := range lines {
		doc.Lines[i] = c.bankLine(l)
	}
	return &reply{doc: doc, text: func(p *page) {
		count := map[string]int{}
		for i, d := range doc.Lines {
			count[d.Decision]++
			if d.Decision == string(reconcile.NotAReceipt) {
				continue
			}
			p.bankLine(d, lines[i])
		}
		p.line("")
		p.say("cli.reconcile.counts", "recorded", count["recorded"], "to_confirm", count["to_confirm"], "unknown", count["unknown"], "other", count["not_a_receipt"])
		if doc.Batch != nil {
			p.say("cli.import.batch", "batch", *doc.Batch)
		}
	}}, nil
}

func (p *page) bankLine(d bankDoc, l desk.BankLine) {
	label := strings.Join(strings.Fields(d.Label), " ")
	p.line(p.w.T("cli.reconcile.line", "file", d.File, "entry", d.Entry, "date", l.Booked, "amount", l.Amount, "label", label))
	var parts []string
	for _, a := range d.Allocations {
		parts = append(parts, a.Invoice)
	}
	p.line("  " + p.w.T("cli.reconcile."+d.Decision, "invoices", strings.Join(parts, ", "), "why", desk.Because(p.w, l.Reasons)))
	for n, a := range d.Alternatives {
		parts = parts[:0]
		for _, x := range a.Allocations {
			parts = append(parts, x.Invoice)
		}
		p.line("  " + p.w.T("cli.reconcile.alternative", "n", n+1, "invoices", strings.Join(parts, ", "), "why", desk.Because(p.w, l.Alternatives[n].Reasons)))
	}
}

func (c *call) bankLine(l desk.BankLine) bankDoc {
	b := c.desk.State().Book
	file, _ := desk.FileOf(b, l.BankEntry)
	d := bankDoc{
		File: file, Entry: l.Rank, Date: day(l.Booked), Amount: l.Amount.Decimal(), Currency: string(l.Amount.Currency),
		Label: strings.ReplaceAll(l.Label, "\n", " "), Decision: string(l.Outcome), answerDoc: c.answer(l.Answer, l.Amount.Currency),
		Left: ledger.Money{Minor: l.Left, Currency: l.Amount.Currency}.Decimal(), Reasons: []reasonDoc{}, Alternatives: []answerDoc{},
	}
	for _, r := range l.Reasons {
		d.Reasons = append(d.Reasons, reasonDoc{r.Code, desk.ReasonText(c.w, r)})
	}
	for _, a := range l.Alternatives {
		d.Alternatives = append(d.Alternatives, c.answer(a, l.Amount.Currency))
	}
	return d
}

func (c *call) answer(a reconcile.Answer, currency ledger.Currency) answerDoc {
	b := c.desk.State().Book
	d := answerDoc{Allocations: []allocationDoc{}}
	if k := b.Customer(a.Customer); k != nil {
		d.Customer = &k.Ref
	}
	for _, x := range a.Allocations {
		d.Allocations = append(d.Allocations, allocationDoc{b.Invoice(x.Item).Number, ledger.Money{Minor: x.Amount, Currency: currency}.Decimal()})
	}
	return d
}

type confirmDoc struct {
	Batch string `json:"batch"`
	answerDoc
	Left     string `json:"left"`
	Currency string `json:"currency"`
}

// runConfirm settles a bank line by one of its answers, or by hand.
func runConfirm(c *call) (*reply, error) {
	e, err := c.bankEntry(c.args[0])
	if err != nil {
		return nil, err
	}
	var answer reconcile.Answer
	var batch ledger.Entry
	if by := c.list("invoice"); len(by) > 0 {
		if answer, err = c.byHand(by, e.Amount.Currency); err != nil {
			return nil, err
		}
		batch, err = c.desk.SettleByHand(c.ctx, e.ID, answer.Allocations)
	} else {
		n := 0
		if len(c.args) > 1 {
			if n, err = strconv.Atoi(c.args[1]); err != nil {
				return nil, ledger.Errorf("usage_choice", "flag", "N", "value", c.args[1], "choices", "0, 1, 2, 3")
			}
		}
		answer, batch, err = c.desk.Confirm(c.ctx, e.ID, n)
	}
	if err != nil {
		return nil, err
	}
	left := e.Amount.Minor
	for _, a := range answer.Allocations {
		left -= a.Amount
	}
	doc := confirmDoc{desk.Batch(batch), c.answer(answer, e.Amount.Currency), ledger.Money{Minor: left, Currency: e.Amount.Currency}.Decimal(), string(e.Amount.Currency)}
	return &reply{doc: doc, text: func(p *page) {
		var parts []string
		for _, a := range doc.Allocations {
			parts = append(parts, a.Invoice+" "+a.Amount)
		}
		p.say("cli.confirm.done", "invoices", strings.Join(parts, ", "), "batch", doc.Batch)
	}}, nil
}

// bankEntry finds the entry that FILE:ENTRY names. Errors: entry_unknown, entry_ambiguous.
func (c *call) bankEntry(ref string) (*ledger.BankEntry, error) {
	i := strings.LastIndexByte(ref, ':')
	rank, err := strconv.Atoi(ref[i+1:])
	if i < 0 || err != nil {
		return nil, ledger.Errorf("entry_unknown", "ref", ref)
	}
	return c.desk.EntryNamed(filepath.Base(ref[:i]), rank)
}

// byHand reads NUMBER=AMOUNT pairs.
func (c *call) byHand(pairs []string, currency ledger.Currency) (reconcile.Answer, error) {
	var a reconcile.Answer
	for _, pair := range pairs {
		number, amount, ok := strings.Cut(pair, "=")
		if !ok {
			return a, ledger.Errorf("usage_flag_value", "flag", "--invoice", "value", pair)
		}
		i, err := invoice(c.desk.State().Book, number)
		if err != nil {
			return a, err
		}
		m, err := c.amount(amount, currency)
		if err != nil {
			return a, err
		}
		a.Customer = i.Customer
		a.Allocations = append(a.Allocations, reconcile.Allocation{Item: i.ID, Amount: m.Minor})
	}
	return a, nil
}
