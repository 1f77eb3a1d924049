package reconcile

import (
	"strings"

	"quitus/ledger"
)

// Lesson is what a confirmed answer teaches about a customer. What is empty was not learnt.
type Lesson struct {
	Customer ledger.CustomerID
	Label    string // an alias, as [ledger.PayerLabel] gives it
	IBAN     string // an account that the customer pays from
	Habit    Habit
}

// Learn gives what the owner's confirmation of an answer teaches. An entry that names whom it is for teaches nothing of
// its payer, nor does one of several customers or one that took money back.
func Learn(e *Entry, a *Answer) []Lesson {
	r := read(e)
	if a.Customer == 0 || e.Amount.Minor <= 0 || len(r.debtor) > 0 || len(e.Batch) > 1 {
		return nil
	}
	l := Lesson{Customer: a.Customer, Label: payerLabel(e, r), IBAN: e.IBAN}
	for _, w := range a.WriteOffs {
		switch w.Kind {
		case "discount":
			paid := int64(0) // the discount is on all that is paid, and left open of the last invoice only
			for _, x := range a.Allocations {
				paid += x.Amount
			}
			l.Habit.Discount = int(ledger.MulDiv(w.Amount, 100, paid+w.Amount)) * 100
		case "fees":
			l.Habit.Fee = ledger.Money{Minor: w.Amount, Currency: e.Amount.Currency}
		}
	}
	if l == (Lesson{Customer: a.Customer}) {
		return nil
	}
	return []Lesson{l}
}

// payerLabel is the label that an entry's payer is learnt by: the name alone, where one is told apart from the motive.
func payerLabel(e *Entry, r *reading) string {
	if e.Payer != "" {
		return ledger.PayerLabel(e.Payer)
	}
	var words []string
	for _, w := range r.payer {
		words = append(words, w.text)
	}
	return ledger.PayerLabel(strings.Join(words, " "))
}
