package kit

import (
	"quitus/assets/words"
	"quitus/ledger"
)

// MoneyEntry is a field for an amount. Every French and English way of writing one is understood; on
// leaving the field it is written in full and stands right.
//
//	amount := kit.NewMoneyEntry(w, "Montant", ledger.EUR)
//	amount.Limit = func(m ledger.Money) string { … }   // a sentence when it is too much
type MoneyEntry struct {
	Field
	// Limit gives a sentence when an amount that can be read is not right.
	Limit func(ledger.Money) string
	// OnMoney is told the amount on leaving the field, when it can be read.
	OnMoney func(ledger.Money)
	// Needed is the sentence for an empty field; without it the field may be empty.
	Needed string

	words    *words.Words
	currency ledger.Currency
}

// NewMoneyEntry makes an empty field for amounts of a currency.
func NewMoneyEntry(w *words.Words, label string, c ledger.Currency) *MoneyEntry {
	m := &MoneyEntry{words: w, currency: c}
	m.right = Right
	m.build(m, label, "")
	m.Check = m.check
	m.OnLeft = func() {
		if v, ok := m.Money(); ok {
			m.input.SetText(m.words.Money(v))
			if m.OnMoney != nil {
				m.OnMoney(v)
			}
		}
	}
	return m
}

func (m *MoneyEntry) check(text string) string {
	if blank(text) {
		return m.Needed
	}
	v, err := m.words.ParseMoney(text, m.currency)
	if err != nil {
		return m.words.Error(err)
	}
	if m.Limit != nil {
		return m.Limit(v)
	}
	return ""
}

// Money gives the amount, and false when the field is empty or cannot be read.
func (m *MoneyEntry) Money() (ledger.Money, bool) {
	if blank(m.Text()) {
		return ledger.Money{}, false
	}
	v, err := m.words.ParseMoney(m.Text(), m.currency)
	return v, err == nil
}

// SetMoney writes an amount into the field; its currency becomes the field's.
func (m *MoneyEntry) SetMoney(v ledger.Money) {
	if v.Currency != "" {
		m.currency = v.Currency
	}
	m.SetText(m.words.Money(v))
}

// SetCurrency changes the currency that is meant when none is written.
func (m *MoneyEntry) SetCurrency(c ledger.Currency) { m.currency = c }
