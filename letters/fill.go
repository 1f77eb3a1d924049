package letters

import (
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
)

// fillIn says what the model's fields and conditions stand for.
func (c *composer) fillIn() {
	due := c.due(c.invoices[0]) // of the oldest
	days := ""
	if !due.IsZero() {
		days = c.w.Number(max(0, int(c.On-due)))
	}
	c.filling = filling{
		several: len(c.invoices) > 1,
		fields: map[string]string{
			"salutation": c.salutation(), "customer": c.customer.Name, "company": c.company.Name,
			"numbers": strings.Join(numbers(c.invoices), ", "), "due": c.day(due), "date": c.day(c.On),
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

// salutation follows the title in front of the contact's name, or of a consumer's own; couples and unknown
// titles get both.
func (c *composer) salutation() string {
	name := ""
	if c.contact != nil {
		name = c.contact.Name
	} else if c.customer.Type == ledger.Consumer {
		name = c.customer.Name
	}
	title, rest, _ := strings.Cut(ledger.Fold(name), " ")
	if strings.HasPrefix(rest, "et ") || strings.HasPrefix(rest, "and ") || strings.HasPrefix(rest, "& ") {
		title = ""
	}
	switch strings.TrimSuffix(title, ".") {
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
			l.Lines = append(l.Lines, ledger.LetterLine{Invoice: inv.ID, Open: c.asked(inv).Minor})
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
		t.Rows = append(t.Rows, c.rows(inv)...)
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
	open := c.asked(inv)
	return []string{name, c.w.Date(inv.Issued), c.w.Date(inv.Due), c.w.Money(inv.Total),
		c.w.Money(inv.Total.Sub(open)), c.w.Money(open)}
}

// rows gives an invoice's row or, where it is payable in parts, one for each that is not settled. One
// that falls due later says so in place of a sum, where others are overdue.
func (c *composer) rows(inv *ledger.Invoice) [][]string {
	if len(inv.Instalments) == 0 {
		return [][]string{c.row(inv, inv.Number)}
	}
	st := c.Standings.Of(inv.ID)
	money := func(minor int64) string { return c.w.Money(ledger.Money{Minor: minor, Currency: inv.Total.Currency}) }
	var rows [][]string
	n := 0
	for p, left := range inv.Parts(st.Open) {
		n++
		if left == 0 {
			continue
		}
		sum := money(left)
		if st.Overdue != 0 && p.Due >= c.On {
			sum = c.w.T("letters.table.not_due")
		}
		name := c.w.T("letters.table.part", "number", inv.Number, "n", n, "of", len(inv.Instalments))
		rows = append(rows, []string{name, c.w.Date(inv.Issued), c.w.Date(p.Due), money(p.Amount), money(p.Amount - left), sum})
	}
	return rows
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
	add("iban", words.Grouped(c.company.IBAN, 4))
	add("bic", strings.ToUpper(c.company.BIC))
	add("holder", holder)
	reference := strings.Join(numbers(c.invoices), ", ")
	if len(c.invoices) > 3 {
		reference = c.Reference
	}
	add("reference", reference)
	return b
}

// frame fills what stands around the body.
func (c *composer) frame() {
	l := c.letter
	abroad := ""
	if c.customer.Country != c.company.Country {
		abroad = c.customer.Country
	}
	l.Sender = senderOf(c.w, c.company, abroad, c.Logo)
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
	l.Place = placeOf(c.w, c.company, c.On)
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

// placeOf writes where and on which day a letter is written.
func placeOf(w *words.Words, c ledger.Company, on ledger.Date) string {
	if c.Town == "" {
		return w.T("letters.date", "day", day(w, on))
	}
	return w.T("letters.place_date", "town", c.Town, "day", day(w, on))
}

// senderOf is the head of a company's letters. Its country is told to an addressee abroad; empty is none.
func senderOf(w *words.Words, c ledger.Company, abroad string, logo *Logo) Sender {
	s := Sender{Name: nameWithForm(c), Logo: logo}
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
	for _, a := range c.Address {
		add(a)
	}
	add(c.Postcode + " " + c.Town)
	if c.Country != "" && abroad != "" {
		add(w.Country(c.Country))
	}
	add(c.Phone, c.Email)
	return s
}
