package words

import (
	"strings"

	"quitus/ledger"
)

// mostInWords is the first number that is not written in words.
const mostInWords = 1_000_000_000_000

// MoneyInWords writes an amount in words, for an acknowledgement of debt or a receipt: "mille deux cent
// trente-quatre euros et cinquante centimes". French is that of France (soixante-dix, quatre-vingt-dix), in the
// traditional spelling, for Swiss francs too; Dutch and German write a number in one word up to a thousand and to a
// million. Amounts in other currencies than EUR and CHF, and from a thousand
// billion on, have no words: the answer is as [Words.Money] gives it.
func (w *Words) MoneyInWords(m ledger.Money) string {
	unit := "inwords." + string(m.Currency)
	if !w.Has(unit) || m.Abs().Minor/100 >= mostInWords {
		return w.Money(m)
	}
	if m.Negative() {
		return w.T("inwords.minus", "amount", w.MoneyInWords(m.Neg()))
	}
	whole, cents := m.Minor/100, int(m.Minor%100)
	text := ""
	if whole > 0 || cents == 0 {
		if whole >= 1_000_000 && whole%1_000_000 == 0 { // "un million d’euros"
			unit += ".round"
		}
		text = w.N(unit, int(whole), "number", w.inWords(whole))
	}
	if cents == 0 {
		return text
	}
	part := w.N("inwords."+string(m.Currency)+".cents", cents, "number", w.inWords(int64(cents)))
	if text == "" {
		return part
	}
	return w.T("inwords.and", "whole", text, "cents", part)
}

// inWords writes a number from 0 up to, not including, mostInWords.
func (w *Words) inWords(n int64) string {
	if n == 0 {
		return w.below(0, true)
	}
	var out []string
	for _, g := range []struct {
		key  string
		size int64
	}{{"inwords.billion", 1_000_000_000}, {"inwords.million", 1_000_000}} {
		if k := n / g.size; k > 0 {
			out = append(out, w.N(g.key, int(k), "count", w.below(int(k), true)))
			n %= g.size
		}
	}
	switch {
	case w.lang.Base() == DE:
		return strings.Join(append(out, w.restGerman(int(n))...), " ")
	case w.lang == NL:
		return strings.Join(append(out, w.restDutch(int(n))...), " ")
	}
	if k := n / 1000; k > 0 {
		// mille takes no s, and neither do cent and vingt before it.
		if text := w.below(int(k), false); k > 1 || w.lang == EN {
			out = append(out, text)
		}
		out = append(out, w.T("inwords.thousand"))
		n %= 1000
	}
	if n > 0 {
		if w.lang == EN && n < 100 && len(out) > 0 {
			out = append(out, "and")
		}
		out = append(out, w.below(int(n), true))
	}
	return strings.Join(out, " ")
}

// below writes a number under a thousand; plural says whether French cent and vingt take their s at its end.
func (w *Words) below(n int, plural bool) string {
	switch {
	case w.lang == EN:
		return w.belowEnglish(n)
	case w.lang == NL:
		return w.belowDutch(n)
	case w.lang.Base() == DE:
		return w.belowGerman(n)
	}
	hundreds, rest := n/100, n%100
	if hundreds == 0 {
		return w.belowHundred(rest, plural)
	}
	text := w.T("inwords.hundred")
	if hundreds > 1 {
		text = w.unit(hundreds) + " " + text
	}
	switch {
	case rest > 0:
		return text + " " + w.belowHundred(rest, plural)
	case hundreds > 1 && plural:
		return text + "s"
	}
	return text
}

// belowHundred writes 0 to 99 in French: vingt et un, soixante et onze, quatre-vingts, quatre-vingt-un.
func (w *Words) belowHundred(n int, plural bool) string {
	if n < 20 {
		return w.unit(n)
	}
	tens, rest := n/10, n%10
	if tens == 7 || tens == 9 {
		rest += 10
	}
	text := strings.Fields(w.T("inwords.tens"))[tens]
	switch {
	case rest == 0 && tens == 8 && plural:
		return text + "s"
	case rest == 0:
		return text
	case (rest == 1 || rest == 11) && tens < 8:
		return text + " et " + w.unit(rest)
	}
	return text + "-" + w.unit(rest)
}

func (w *Words) belowEnglish(n int) string {
	hundreds, rest := n/100, n%100
	var text string
	switch {
	case rest < 20:
		text = w.unit(rest)
	case rest%10 == 0:
		text = strings.Fields(w.T("inwords.tens"))[rest/10]
	default:
		text = strings.Fields(w.T("inwords.tens"))[rest/10] + "-" + w.unit(rest%10)
	}
	switch {
	case hundreds == 0:
		return text
	case rest == 0:
		return w.unit(hundreds) + " " + w.T("inwords.hundred")
	}
	return w.unit(hundreds) + " " + w.T("inwords.hundred") + " and " + text
}

func (w *Words) unit(n int) string { return strings.Fields(w.T("inwords.units"))[n] }
