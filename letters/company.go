package letters

import (
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
)

// legalLine names the company as its country's law asks for on letters; for France form, capital,
// seat, SIREN and register (C. com. R123-237, R123-238).
func legalLine(w *words.Words, c ledger.Company) []string {
	first := c.Name
	form := c.LegalForm
	if isSoleTrader(form) {
		first, form = nameWithForm(c), ""
	}
	capital := capitalText(w, c.Capital)
	switch {
	case form != "" && capital != "":
		first = w.T("letters.legal.form_capital", "name", first, "form", form, "capital", capital)
	case form != "":
		first = w.T("letters.legal.form", "name", first, "form", form)
	}
	if seat := strings.TrimSpace(strings.Join(append(append([]string{}, c.Address...), strings.TrimSpace(c.Postcode+" "+c.Town)), ", ")); seat != "" && len(c.Address) > 0 {
		first = w.T("letters.legal.seat", "company", first, "seat", seat)
	}
	var second []string
	if c.SIREN != "" {
		key := "letters.legal.number"
		if c.Country == "FR" || c.Country == "" {
			key = "letters.legal.siren"
		}
		second = append(second, w.T(key, "number", words.RegisteredAs(c.SIREN)))
	}
	if c.RegisterTown != "" {
		key := "letters.legal.register"
		if c.Country == "BE" {
			key = "letters.legal.register_be"
		}
		second = append(second, w.T(key, "town", c.RegisterTown))
	}
	if c.VAT != "" {
		second = append(second, w.T("letters.legal.vat", "number", c.VAT))
	}
	lines := []string{first}
	if len(second) > 0 {
		lines = append(lines, strings.Join(second, " · "))
	}
	if first == "" {
		return lines[1:]
	}
	return lines
}

// nameWithForm adds «EI» to a French sole trader's name (C. com. R526-27).
func nameWithForm(c ledger.Company) string {
	if isSoleTrader(c.LegalForm) && !strings.HasSuffix(c.Name, " EI") && !strings.HasPrefix(c.Name, "EI ") {
		return c.Name + " EI"
	}
	return c.Name
}

func isSoleTrader(form string) bool {
	f := ledger.Fold(form)
	return f == "ei" || f == "entrepreneur individuel" || f == "entreprise individuelle"
}

// capitalText writes "20000.00 EUR" as "20 000 €"; anything else as it stands.
func capitalText(w *words.Words, s string) string {
	amount, code, ok := strings.Cut(strings.TrimSpace(s), " ")
	cur, known := ledger.ParseCurrency(code)
	m, err := ledger.ParseDecimal(amount, cur)
	if !ok || !known || err != nil {
		return s
	}
	text := w.Money(m)
	for _, cents := range []string{",00", ".00"} {
		text = strings.Replace(text, cents+nbsp, nbsp, 1)
		text = strings.TrimSuffix(text, cents)
	}
	return text
}
