package words

import (
	"strconv"
	"strings"

	"quitus/ledger"
)

// Spaces and signs of French typography. The interface's face has no minus sign (U+2212), so an en
// dash stands for it.
const (
	nbsp   = "\u00a0" // before : € % » and after «
	narrow = "\u202f" // before ; ! ? and between thousands
	minus  = "\u2013"
)

// Money writes an amount with its currency: "1 234,56 €", "–120,00 €", "1 234,56 CHF" in French,
// "€1,234.56", "–€120.00", "CHF 1,234.56" in English, "€ 1.234,56" in Dutch, "1.234,56 €" and "1.234,56 CHF" in German,
// "CHF 1’234.56" in that of Switzerland, with the currency's own number of decimals. The zero Money is written without a
// currency.
func (w *Words) Money(m ledger.Money) string {
	neg, figure := w.figure(m.Decimal())
	sign := ""
	if neg {
		sign = minus
	}
	if m.Currency == "" {
		return sign + figure
	}
	switch w.lang {
	case FR, DE:
		return sign + figure + nbsp + symbolAfter(m.Currency)
	case NL, SwissDE:
		return symbolAfter(m.Currency) + nbsp + sign + figure
	}
	return sign + symbolBefore(m.Currency) + figure
}

// Amount writes an amount without its currency, for columns whose title names it.
func (w *Words) Amount(m ledger.Money) string {
	neg, figure := w.figure(m.Decimal())
	if neg {
		return minus + figure
	}
	return figure
}

// Whole writes an amount rounded to whole units of its currency (half up, away from nothing) and without it, for figures over bars.
func (w *Words) Whole(m ledger.Money) string {
	unit := int64(1)
	for range m.Currency.Decimals() {
		unit *= 10
	}
	return w.Number(int(ledger.MulDiv(m.Minor, 1, unit)))
}

// Sums writes one total per currency: "1 234,56 € + 120,00 CHF".
func (w *Words) Sums(s ledger.Sums) string {
	list := s.List()
	if len(list) == 0 {
		return w.Money(ledger.Money{})
	}
	texts := make([]string, len(list))
	for i, m := range list {
		texts[i] = w.Money(m)
	}
	return strings.Join(texts, " + ")
}

// Number writes a count: "12 345" in French, "12,345" in English.
func (w *Words) Number(n int) string {
	neg, figure := w.figure(strconv.Itoa(n))
	if neg {
		return minus + figure
	}
	return figure
}

// Percent writes a rate given as a decimal number ("12.15"): "12,15 %" in French and German, "12.15%" in
// English, "12,15%" in Dutch.
func (w *Words) Percent(decimal string) string {
	neg, figure := w.figure(decimal)
	if neg {
		figure = minus + figure
	}
	if w.lang == FR || w.lang.Base() == DE {
		return figure + nbsp + "%"
	}
	return figure + "%"
}

// figure writes a decimal number's digits with the language's separators and says whether it is
// below zero.
func (w *Words) figure(decimal string) (neg bool, figure string) {
	decimal, neg = strings.CutPrefix(decimal, "-")
	whole, frac, dot := strings.Cut(decimal, ".")
	thousands, point := narrow, ","
	switch w.lang {
	case EN:
		thousands, point = ",", "."
	case NL, DE:
		thousands = "."
	case SwissDE:
		thousands, point = "’", "."
	}
	var b strings.Builder
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(thousands)
		}
		b.WriteByte(whole[i])
	}
	if dot {
		b.WriteString(point + frac)
	}
	return neg, b.String()
}

func symbolAfter(c ledger.Currency) string {
	if c == ledger.EUR {
		return "€"
	}
	return string(c)
}

func symbolBefore(c ledger.Currency) string {
	switch c {
	case ledger.EUR:
		return "€"
	case "GBP":
		return "£"
	case "USD":
		return "$"
	}
	return string(c) + nbsp
}
