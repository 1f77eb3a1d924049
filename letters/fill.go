package letters

import (
	"strconv"
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
)

// fillIn says what the model's fields and conditions stand for.
func (c *composer) fillIn() {
	oldest := c.invoices[0]
	days := ""
	if !oldest.Due.IsZero() {
		days = c.w.Number(max(0, int(c.On-oldest.Due)))
	}
	c.filling = filling{
		several: len(c.invoices) > 1,
		fields: map[string]string{
			"salutation": c.salutation(), "customer": c.customer.Name, "company": c.company.Name,
			"numbers": strings.Join(numbers(c.invoices), ", "), "due": c.day(oldest.Due), "date": c.day(c.On),
			"deadline": c.w.DateLong(c.Deadline), "days": days,
			"total": c.w.Money(c.total), "principal": c.w.Money(c.principal),
			"interest": c.w.Money(interestOf(c.claims)), "indemnity": c.w.Money(indemnityOf(c.claims)),
			"flat": c.w.Money(flatIndemnity), "rates": c.rates(),
			"phone": strings.ReplaceAll(c.company.Phone, " ", nbsp), "email": c.company.Email, "reference": c.Reference, "signatory": c.company.Signatory.Name,
		},
		conditions: map[string]bool{
			"claim": len(c.claims) > 0, "contract": c.contractual(), "iban": c.company.IBAN != "", "phone": c.company.Phone != "",
			"reminded": c.reminded(), "french": c.company.Country == "FR" && (c.customer.Country == "FR" || c.customer.Country == ""),
			"credits": len(c.credits) > 0,
		},
	}
}

// day writes a day within a sentence: "16 novembre 2026".
func (c *composer) day(d ledger.Date) string { return day(c.w, d) }

func day(w *words.Words, d ledger.Date) string {
	if d.IsZero() {
		return w.Date(d)
	}
	_, rest, _ := strings.Cut(w.DateLong(d), " ") // without the weekday
	return rest
}

// salutation follows the title in front of the contact's name.
func (c *composer) salutation() string {
	title := ""
	if c.contact != nil {
		title, _, _ = strings.Cut(strings.TrimSpace(c.contact.Name), " ")
	}
	switch strings.ToLower(strings.TrimSuffix(title, ".")) {
	case "mme", "madame", "mrs", "ms":
		return c.w.T("letters.salutation.madam")
	case "m", "mr", "monsieur":
		return c.w.T("letters.salutation.sir")
	}
	return c.w.T("letters.salutation.any")
}

// reminded says whether a letter about one of the invoices was sent before.
func (c *composer) reminded() bool { return c.lastSent("") != nil }

// lastSent gives the latest letter of a model (any where empty) that was sent about one of the invoices.
func (c *composer) lastSent(model string) *ledger.Letter {
	var last *ledger.Letter
	for _, l := range c.Book.LettersOf(c.Customer) {
		if l.Sent.IsZero() || l.Sent > c.On || (model != "" && l.Model != model) || (last != nil && l.Sent < last.Sent) {
			continue
		}
		for _, line := range l.Lines {
			for _, inv := range c.invoices {
				if inv.ID == line.Invoice {
					last = l
				}
			}
		}
	}
	return last
}

// body fills the model's parts.
func (c *composer) body() {
	l := &Letter{Lang: string(c.Lang), Model: c.Model, Reference: c.Reference, Customer: c.Customer, Date: c.On,
		Deadline: c.Deadline, Amount: c.total}
	for _, list := range [][]*ledger.Invoice{c.invoices, c.credits} {
		for _, inv := range list {
			l.Lines = append(l.Lines, ledger.LetterLine{Invoice: inv.ID, Open: c.open(inv).Minor})
		}
	}
	l.Subject = c.w.T("letters.subject", "subject", c.filling.line(c.model.subject))
	l.Delivery = c.filling.line(c.model.delivery)
	for _, p := range c.model.parts {
		if !c.filling.holds(p.conds) {
			continue
		}
		switch p.drawn {
		case "":
			if runs := c.filling.runs(p.pieces); len(runs) > 0 {
				l.Body = append(l.Body, Block{Paragraph: runs})
			}
		case "table":
			l.Body = append(l.Body, Block{Table: c.table()})
		case "claim":
			if len(c.claims) > 0 {
				l.Body = append(l.Body, Block{Sums: c.sums()})
			}
		case "bank":
			if b := c.bank(); b != nil {
				l.Body = append(l.Body, Block{Bank: b})
			}
		case "signature":
			for _, s := range []string{c.company.Signatory.Name, c.company.Signatory.Role} {
				if s != "" {
					l.Signature = append(l.Signature, s)
				}
			}
		case "statement":
			if len(c.claims) > 0 {
				l.Statement = c.statement()
			}
		}
	}
	c.letter = l
}

// table lists the invoices, then the credit notes, whose amounts are negative.
func (c *composer) table() *Table {
	t := &Table{Right: []bool{false, false, false, true, true, true}}
	for _, k := range []string{"invoice", "date", "due", "amount", "paid", "left"} {
		t.Head = append(t.Head, c.w.T("letters.table."+k))
	}
	for _, inv := range c.invoices {
		t.Rows = append(t.Rows, c.row(inv, inv.Number))
		if part := c.reserved(inv); part.Positive() {
			t.Rows = append(t.Rows, []string{c.w.T("letters.table.contested", "number", inv.Number), "", "", "", "", c.w.Money(part.Neg())})
		}
	}
	for _, note := range c.credits {
		t.Rows = append(t.Rows, c.row(note, c.w.T("letters.table.credit_note", "number", note.Number)))
	}
	label := "letters.table.total"
	if len(c.claims) > 0 {
		label = "letters.table.principal"
	}
	t.Total = []string{c.w.T(label), c.w.Money(c.principal)}
	return t
}

func (c *composer) row(inv *ledger.Invoice, name string) []string {
	open := c.open(inv)
	return []string{name, c.w.Date(inv.Issued), c.w.Date(inv.Due), c.w.Money(inv.Total),
		c.w.Money(inv.Total.Sub(open)), c.w.Money(open)}
}

// bank tells where to pay; nil without an IBAN.
func (c *composer) bank() *Bank {
	if c.company.IBAN == "" {
		return nil
	}
	holder := c.company.Holder
	if holder == "" {
		holder = c.company.Name
	}
	b := &Bank{}
	add := func(key, value string) {
		if value != "" {
			b.Fields = append(b.Fields, [2]string{c.w.T("letters.bank." + key), value})
		}
	}
	add("iban", groups(c.company.IBAN, 4))
	add("bic", strings.ToUpper(c.company.BIC))
	add("holder", holder)
	reference := strings.Join(numbers(c.invoices), ", ")
	if len(c.invoices) > 3 {
		reference = c.Reference
	}
	add("reference", reference)
	return b
}

// groups writes a code in groups of n characters.
func groups(code string, n int) string {
	compact := []rune(strings.ToUpper(strings.Join(strings.Fields(code), "")))
	var b strings.Builder
	for i, r := range compact {
		if i > 0 && i%n == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// frame fills what stands around the body.
func (c *composer) frame() {
	l := c.letter
	l.Sender = c.sender()
	var dropped []string
	l.Recipient, dropped = recipient(c.customer, c.contact, c.company.Country)
	if len(dropped) > 0 {
		c.warn("address_too_long", "lines", dropped)
	}
	if len(foldLine(c.customer.Name)) > 2 && len(dropped) > 0 { // the address has not the whole name
		l.References = append(l.References, c.w.T("letters.customer", "name", c.customer.Name))
	}
	if c.customer.Ref != "" {
		l.References = append(l.References, c.w.T("letters.account", "ref", c.customer.Ref))
	}
	l.References = append(l.References, c.w.T("letters.reference", "ref", c.Reference))
	l.Place = c.w.T("letters.place_date", "town", c.company.Town, "day", c.day(c.On))
	if c.company.Town == "" {
		l.Place = c.w.T("letters.date", "day", c.day(c.On))
	}
	if c.Enclosed {
		l.Enclosures = c.enclosures()
	}
	l.Legal = legalLine(c.w, c.company)
}

// enclosures names the invoices whose copies go along, or counts them where they are many.
func (c *composer) enclosures() string {
	if n := len(c.invoices); n > 6 {
		return c.w.N("letters.enclosures_many", n)
	}
	return c.w.N("letters.enclosures", len(c.invoices), "numbers", strings.Join(numbers(c.invoices), ", "))
}

func (c *composer) sender() Sender {
	s := Sender{Name: nameWithForm(c.company), Logo: c.Logo}
	add := func(parts ...string) {
		kept := parts[:0]
		for _, p := range parts {
			if p = strings.TrimSpace(p); p != "" {
				kept = append(kept, p)
			}
		}
		if len(kept) > 0 {
			s.Lines = append(s.Lines, strings.Join(kept, " · "))
		}
	}
	for _, a := range c.company.Address {
		add(a)
	}
	add(c.company.Postcode + " " + c.company.Town)
	if c.company.Country != "" && c.customer.Country != "" && c.company.Country != c.customer.Country {
		add(c.w.Country(c.company.Country))
	}
	add(c.company.Phone, c.company.Email)
	return s
}

// check warns of what the owner should look at before the letter leaves.
func (c *composer) check() {
	if c.customer.Address == "" && c.customer.Town == "" {
		c.warn("missing_address")
	} else if c.customer.Town == "" || c.customer.Address == "" {
		c.warn("address_incomplete")
	}
	if list := c.numbersWhere(func(st ledger.Standing) bool { return st.Contested != 0 }); len(list) > 0 {
		c.warn("disputed", "invoices", list)
	}
	if len(c.leftOut) > 0 {
		c.warn("left_out", "invoices", c.leftOut)
	}
	if list := c.numbersWhere(func(st ledger.Standing) bool { return st.PromisedBy != 0 }); len(list) > 0 {
		c.warn("promised", "invoices", list)
	}
	if list := c.numbersWhere(func(st ledger.Standing) bool { return st.DaysLate == 0 }); len(list) > 0 {
		c.warn("not_overdue", "invoices", list)
	}
	if c.Model == FormalNotice && !c.reminded() {
		c.warn("level_skipped")
	}
	if c.Model == FirstReminder && c.lastSent(FormalNotice) != nil {
		c.warn("level_lower")
	}
	if last := c.lastSent(c.Model); last != nil {
		c.warn("sent_before", "day", last.Sent)
	}
	if c.customer.Country == "BE" && c.customer.Type == ledger.Consumer {
		c.warn("be_consumer")
	}
	if c.Deadline <= c.On {
		c.warn("deadline_past", "day", c.Deadline)
	}
	if c.otherCurrency {
		c.warn("other_currency", "currency", string(c.total.Currency))
	}
	c.checkSender()
	if c.replaced() {
		c.warn("characters_replaced")
	}
}

func (c *composer) numbersWhere(holds func(ledger.Standing) bool) []string {
	var out []string
	for _, inv := range c.invoices {
		if holds(c.Standings.Of(inv.ID)) {
			out = append(out, inv.Number)
		}
	}
	return out
}

// checkSender warns of missing details of the owner's company.
func (c *composer) checkSender() {
	if c.company.Name == "" || len(c.company.Address) == 0 || c.company.Town == "" {
		c.warn("sender_incomplete")
	}
	if c.company.IBAN == "" {
		c.warn("no_bank_details")
	}
	if c.company.Signatory.Name == "" {
		c.warn("no_signatory")
	}
	if c.company.Country == "FR" && c.company.SIREN == "" {
		c.warn("no_siren")
	}
}

// replaced says whether the typeface lacks a character of the names in the letter.
func (c *composer) replaced() bool {
	texts := append([]string{c.letter.Subject, c.letter.Sender.Name}, c.letter.Recipient...)
	texts = append(append(texts, c.letter.Sender.Lines...), numbers(c.invoices)...)
	for _, t := range append(texts, c.letter.Signature...) {
		if _, bad := clean(t); bad {
			return true
		}
	}
	return false
}

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
		second = append(second, w.T(key, "number", sirenGroups(c)))
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

// sirenGroups writes a nine-digit SIREN in groups of three; other numbers as they stand.
func sirenGroups(c ledger.Company) string {
	compact := strings.Join(strings.Fields(c.SIREN), "")
	if _, err := strconv.ParseUint(compact, 10, 64); err == nil && len(compact) == 9 {
		return groups(compact, 3)
	}
	return c.SIREN
}
