package settings

import (
	"cmp"
	"slices"
	"strings"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
)

// Learnt is one thing that was learnt about how a customer pays, in words.
type Learnt struct {
	What     desk.Learnt
	Text     string // what a bank entry says
	Customer string
	Source   string // from what it was learnt
	Since    ledger.Date
	Day      string
	name     string // the customer's, folded
	search   string
}

// LearntList words all that was learnt, by customer.
func LearntList(w *words.Words, b *ledger.Book) []Learnt {
	var out []Learnt
	add := func(what desk.Learnt, c *ledger.Customer, source ledger.AliasSource, since ledger.Date, text, also string) {
		l := Learnt{What: what, Text: text, Customer: c.Name, name: ledger.Fold(c.Name), Since: since, Day: w.T("learnt.unknown")}
		if key := "learnt.source." + string(source); w.Has(key) {
			l.Source = w.T(key)
		}
		if since != 0 {
			l.Day = w.Date(since)
		}
		l.search = ledger.Fold(strings.Join([]string{text, also, c.Name, c.Ref, l.Source}, " "))
		out = append(out, l)
	}
	for a := range b.Aliases.All() {
		c := b.Customer(a.Customer)
		text := ""
		switch {
		case a.Label != "":
			text = w.T("learnt.label", "label", a.Label)
		case a.IBAN != "":
			text = w.T("learnt.iban", "iban", words.Grouped(a.IBAN, 4))
		}
		if c != nil && text != "" { // both are gone of a person whose data was erased
			add(desk.Learnt{Alias: a.ID, Customer: a.Customer}, c, a.Source, a.Since, text, a.IBAN)
		}
	}
	for c := range b.Customers.All() {
		h := c.Habit
		if h.Discount > 0 {
			add(desk.Learnt{Customer: c.ID, Habit: desk.DiscountHabit}, c, ledger.AliasOwner, h.Since, w.T("learnt.discount", "percent", h.Discount/100), "")
		}
		if h.Fee.Positive() {
			add(desk.Learnt{Customer: c.ID, Habit: desk.FeeHabit}, c, ledger.AliasOwner, h.Since, w.T("learnt.fees", "fee", h.Fee), "")
		}
	}
	slices.SortStableFunc(out, func(a, b Learnt) int {
		return cmp.Or(strings.Compare(a.name, b.name), cmp.Compare(a.What.Customer, b.What.Customer))
	})
	return out
}

// Has says whether all typed words are found in it.
func (l *Learnt) Has(typed string) bool {
	for _, word := range strings.Fields(ledger.Fold(typed)) {
		if !strings.Contains(l.search, word) {
			return false
		}
	}
	return true
}
