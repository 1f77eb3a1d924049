package words

import "strings"

// Dutch and German put the unit before the ten, and write what belongs together in one word.

// restDutch writes what is left below a million, none for 0: "honderddrieëntwintigduizend vierhonderdzesenvijftig". A
// thousand ends its word.
func (w *Words) restDutch(n int) []string {
	var out []string
	if k := n / 1000; k > 0 {
		text := w.T("inwords.thousand")
		if k > 1 {
			text = w.belowDutch(k) + text
		}
		out = append(out, text)
	}
	if n %= 1000; n > 0 {
		out = append(out, w.belowDutch(n))
	}
	return out
}

// belowDutch writes 0 to 999: "één", "honderdeen", "tweehonderdtweeëntwintig".
func (w *Words) belowDutch(n int) string {
	hundreds, rest := n/100, n%100
	text := ""
	switch {
	case hundreds == 1:
		text = w.T("inwords.hundred")
	case hundreds > 1:
		text = w.unit(hundreds) + w.T("inwords.hundred")
	}
	switch {
	case n == 1:
		return "één" // the number, not the article
	case rest == 0 && hundreds > 0:
		return text
	case rest < 20:
		return text + w.unit(rest)
	case rest%10 == 0:
		return text + w.ten(rest/10)
	}
	one, and := w.unit(rest%10), "en"
	if strings.HasSuffix(one, "e") { // the vowels would be read as one
		and = "ën"
	}
	return text + one + and + w.ten(rest/10)
}

// restGerman writes what is left below a million in one word, none for 0: "eintausendzweihundertvierunddreißig".
func (w *Words) restGerman(n int) []string {
	text := ""
	if k := n / 1000; k > 0 {
		text = w.belowGerman(k)
		if k%100 == 1 {
			text = strings.TrimSuffix(text, "s")
		}
		text += w.T("inwords.thousand")
	}
	switch rest := n % 1000; {
	case rest == 1 && text != "":
		text += w.unit(1)
	case rest > 0:
		text += w.belowGerman(rest)
	}
	if text == "" {
		return nil
	}
	return []string{text}
}

// belowGerman writes 0 to 999: "ein", "einhunderteins", "zweihundertzweiundzwanzig".
func (w *Words) belowGerman(n int) string {
	ein := strings.TrimSuffix(w.unit(1), "s") // before a noun, a hundred, "und"
	unit := func(n int) string {
		if n == 1 {
			return ein
		}
		return w.unit(n)
	}
	hundreds, rest := n/100, n%100
	text := ""
	if hundreds > 0 {
		text = unit(hundreds) + w.T("inwords.hundred")
	}
	switch {
	case n == 1:
		return ein
	case rest == 0 && hundreds > 0:
		return text
	case rest < 20:
		return text + w.unit(rest)
	case rest%10 == 0:
		return text + w.ten(rest/10)
	}
	return text + unit(rest%10) + "und" + w.ten(rest/10)
}

func (w *Words) ten(n int) string { return strings.Fields(w.T("inwords.tens"))[n] }
