package letters

import (
	"slices"
	"strconv"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/claim"
)

// ClaimAccount is the statement (décompte) of a customer's claim on a day, in one currency: the invoices, what came in, the
// interest segment by segment with its rule and source, and the sums. All of it adds up on a pocket calculator.
type ClaimAccount struct {
	Customer *ledger.Customer
	On       ledger.Date
	Cases    []claim.Case
	Claims   []claim.Claim // of the cases, in their order
}

// Sourced is a rule of the computation with where its rate was read.
type Sourced struct {
	Rule, Source string
	Unconfirmed  bool
}

// Rules lists the rules that the account rests on, each once, and for each segment of each claim its number in the list.
func (a *ClaimAccount) Rules(w *words.Words) (list []Sourced, of [][]int) {
	for _, k := range a.Claims {
		numbers := make([]int, len(k.Segments))
		for i, s := range k.Segments {
			x := Sourced{RuleText(w, s.Rule), SourceText(w, s.Source), s.Rule.Unconfirmed}
			n := slices.Index(list, x)
			if n < 0 {
				list, n = append(list, x), len(list)
			}
			numbers[i] = n + 1
		}
		of = append(of, numbers)
	}
	return list, of
}

// AccountLine is an invoice in the account: Total − Received + OnInterest is what is left of its principal.
type AccountLine struct {
	Total, Received, OnInterest, Left, NotDue ledger.Money
}

// Line gives an invoice's line. Received is what came in up to the day, credit notes included; OnInterest the part of it
// that settled interest and indemnity first.
func (a *ClaimAccount) Line(i int) AccountLine {
	c, k := a.Cases[i], a.Claims[i]
	l := AccountLine{Total: c.Total, Received: ledger.Money{Currency: c.Total.Currency}, Left: k.Principal.Add(k.NotDue), NotDue: k.NotDue}
	for _, r := range c.Receipts {
		if r.Date <= a.On {
			l.Received = l.Received.Add(r.Amount)
		}
	}
	l.OnInterest = l.Left.Sub(l.Total.Sub(l.Received))
	return l
}

// Sums gives the lines that add up to what is claimed: pairs of a label and an amount, the total last.
func (a *ClaimAccount) Sums(w *words.Words) (labels []string, amounts []ledger.Money) {
	cur := currencyOf(a.Claims)
	var principal, accrued, settled, waived, indemnity, total ledger.Money
	for _, k := range a.Claims {
		principal, accrued, waived = principal.Add(k.Principal), accrued.Add(k.Accrued), waived.Add(k.Waived)
		settled = settled.Add(k.Accrued.Sub(k.Waived).Sub(k.Interest))
		indemnity, total = indemnity.Add(k.Indemnity), total.Add(k.Total)
	}
	add := func(key string, m ledger.Money, always bool) {
		if m.Currency = cur; always || !m.IsZero() {
			labels, amounts = append(labels, w.T("letters.account."+key)), append(amounts, m)
		}
	}
	add("principal", principal, true)
	add("accrued", accrued, true)
	add("settled", settled.Neg(), false)
	add("waived", waived.Neg(), false)
	add("indemnity", indemnity, false)
	add("total", total, true)
	return labels, amounts
}

// Letter lays the account out as pages, for a file or to be handed over: it has no address window. Remarks that concern the
// owner alone are not in it.
func (a *ClaimAccount) Letter(b *ledger.Book, lang words.Lang, logo *Logo) *Letter {
	w, company := words.New(lang), b.Company()
	subject := w.T("letters.account.title", "customer", a.Customer.Name, "day", day(w, a.On))
	l := &Letter{
		Lang: string(lang), Model: "claim_account", Reference: subject, Customer: a.Customer.ID, Date: a.On, Handed: true,
		Sender: senderOf(w, company, "", logo), Place: placeOf(w, company, a.On), Legal: legalLine(w, company), Subject: subject,
	}
	text := func(key string) { l.Body = append(l.Body, Block{Paragraph: []Run{{w.T(key), true}}}) }
	text("letters.account.invoices")
	l.Body = append(l.Body, Block{Table: a.invoiceTable(w)})
	if t := a.receiptTable(w); len(t.Rows) > 0 {
		text("letters.account.receipts")
		l.Body = append(l.Body, Block{Table: t})
	}
	rules, of := a.Rules(w)
	if len(rules) > 0 {
		text("letters.account.interest")
		l.Body = append(l.Body, Block{Paragraph: []Run{{w.T("letters.account.intro"), false}}}, Block{Table: a.segmentTable(w, of)})
	}
	labels, amounts := a.Sums(w)
	s := &Sums{}
	for i := range labels {
		s.Lines = append(s.Lines, [2]string{labels[i], w.Money(amounts[i])})
	}
	l.Body = append(l.Body, Block{Sums: s})
	l.Amount = amounts[len(amounts)-1]
	if notes := a.notes(w, rules); len(notes) > 0 {
		l.Body = append(l.Body, Block{List: notes})
	}
	return l
}

func (a *ClaimAccount) invoiceTable(w *words.Words) *Table {
	t := accountTable(w, []bool{false, true, true, true, true, true}, "invoice", "due", "amount", "received", "on_interest", "left")
	for i, c := range a.Cases {
		x := a.Line(i)
		t.Rows = append(t.Rows, []string{c.Invoice, w.Date(c.Due), w.Money(x.Total), w.Money(x.Received), w.Money(x.OnInterest), w.Money(x.Left)})
	}
	return t
}

func (a *ClaimAccount) receiptTable(w *words.Words) *Table {
	t := accountTable(w, []bool{false, false, false, true}, "invoice", "day", "what", "amount")
	for _, c := range a.Cases {
		for _, r := range c.Receipts {
			if r.Date > a.On {
				continue
			}
			t.Rows = append(t.Rows, []string{c.Invoice, ReceiptDay(w, r), ReceiptText(w, r), w.Money(r.Amount)})
		}
	}
	return t
}

// ReceiptDay writes the day of a receipt, or that it is not known.
func ReceiptDay(w *words.Words, r claim.Receipt) string {
	if r.Date.IsZero() {
		return w.T("letters.account.day_unknown")
	}
	return w.Date(r.Date)
}

// ReceiptText says what kind of receipt it is.
func ReceiptText(w *words.Words, r claim.Receipt) string {
	if r.Credit {
		return w.T("letters.account.credit")
	}
	return w.T("letters.account.payment")
}

func (a *ClaimAccount) segmentTable(w *words.Words, of [][]int) *Table {
	t := accountTable(w, []bool{false, false, false, true, true, true, true}, "invoice", "from", "to", "days", "base", "rate", "interest")
	sum := ledger.Money{Currency: currencyOf(a.Claims)}
	for i, k := range a.Claims {
		for n, s := range k.Segments {
			rate := w.Percent(s.Rate.String()) + " (" + strconv.Itoa(of[i][n]) + ")"
			t.Rows = append(t.Rows, []string{k.Invoice, w.Date(s.From), w.Date(s.To), w.Number(s.Days), w.Money(s.Base), rate, w.Money(s.Amount)})
			sum = sum.Add(s.Amount)
		}
	}
	t.Total = []string{w.T("letters.account.interest_total"), w.Money(sum)}
	return t
}

func accountTable(w *words.Words, right []bool, columns ...string) *Table {
	t := &Table{Right: right}
	for _, k := range columns {
		t.Head = append(t.Head, w.T("letters.account.column."+k))
	}
	return t
}

// notes are the numbered rules, what the indemnity rests on, and the remarks that a reader needs.
func (a *ClaimAccount) notes(w *words.Words, rules []Sourced) []string {
	var out []string
	for n, r := range rules {
		key := "letters.account.rule"
		if r.Unconfirmed {
			key = "letters.account.rule_unconfirmed"
		}
		out = append(out, w.T(key, "n", n+1, "rule", r.Rule, "source", r.Source))
	}
	if i := slices.IndexFunc(a.Claims, func(k claim.Claim) bool { return k.Indemnity.Positive() }); i >= 0 {
		out = append(out, IndemnityText(w, a.Claims[i].Regime))
	}
	for _, k := range a.Claims {
		for _, n := range k.Notes {
			if text := NoteText(w, n); slices.Contains(stated, n.Code) && !slices.Contains(out, text) {
				out = append(out, text)
			}
		}
	}
	return out
}
