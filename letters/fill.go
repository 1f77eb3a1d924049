package letters

import (
	"slices"
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/claim"
)

// fillIn says what the model's fields and conditions stand for.
func (c *composer) fillIn() {
	c.filling = filling{several: len(c.invoices) > 1, fields: map[string]string{}, conditions: map[string]bool{}}
	f := c.filling.fields
	f["salutation"], f["customer"], f["company"] = c.salutation(), c.customer.Name, c.company.Name
	f["numbers"], f["date"], f["deadline"] = strings.Join(numbers(c.invoices), ", "), c.day(c.On), c.w.DateLong(c.Deadline)
	if len(c.invoices) > 0 {
		due := c.due(c.invoices[0]) // of the oldest
		f["due"] = c.day(due)
		if !due.IsZero() {
			f["days"] = c.w.Number(max(0, int(c.On-due)))
		}
	}
	f["total"], f["principal"], f["words"] = c.w.Money(c.total), c.w.Money(c.principal), c.w.MoneyInWords(c.total)
	f["interest"], f["indemnity"] = c.w.Money(interestOf(c.claims)), c.w.Money(indemnityOf(c.claims))
	f["flat"], f["rates"] = c.w.Money(flatIndemnity), c.rates()
	f["phone"], f["email"] = unbroken(c.company.Phone), c.company.Email
	f["reference"], f["signatory"] = c.Reference, c.company.Signatory.Name
	f["letter"] = c.w.T("letters.this_letter")
	if c.mail {
		f["letter"] = c.w.T("letters.this_mail")
	}
	x := c.filling.conditions
	x["claim"], x["contract"] = len(c.claims) > 0, c.contractual()
	x["iban"], x["phone"] = c.company.IBAN != "", c.company.Phone != ""
	x["reminded"], x["credits"], x["mail"] = c.reminded(), len(c.credits) > 0, c.mail
	x["french"] = c.company.Country == "FR" && (c.customer.Country == "FR" || c.customer.Country == "")
	regime := claim.RegimeOf(c.company.Country, c.customer.Country, c.customer.Type)
	x["other_rules"] = x["claim"] && regime != claim.FrB2B
	if x["other_rules"] {
		f["basis"] = c.w.T("claim.basis."+string(regime), "rates", f["rates"], "flat", f["flat"])
	}
	x["company"] = c.customer.Type == ledger.CompanyCustomer || c.customer.Type == ""
	x["fr_company"], x["fr_public"] = regime == claim.FrB2B, regime == "fr_public"
	x["fr_person"] = regime == "fr_consumer" || regime == "fr_non_professional"
	x["be_consumer"] = FirstFor(c.customer) == BelgianReminder
	c.fillFacts()
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
	if c.kind.about == aboutDeclared {
		return c.w.T("letters.salutation.officer")
	}
	name := ""
	if c.contact != nil {
		name = c.contact.Name
	} else if c.customer.Type == ledger.Consumer {
		name = c.customer.Name
	}
	title, rest, _ := strings.Cut(ledger.Fold(name), " ")
	for _, and := range []string{"et ", "and ", "en ", "und ", "& "} {
		if strings.HasPrefix(rest, and) {
			title = ""
		}
	}
	_, own, _ := strings.Cut(strings.TrimSpace(name), " ")
	if own == "" && c.w.Lang().Base() == words.DE { // German names whom it greets
		title = ""
	}
	switch strings.TrimSuffix(title, ".") {
	case "mme", "madame", "mrs", "ms", "frau", "mevrouw", "mevr", "mw":
		return c.w.T("letters.salutation.madam", "name", own)
	case "m", "mr", "monsieur", "herr", "dhr":
		return c.w.T("letters.salutation.sir", "name", own)
	}
	return c.w.T("letters.salutation.any")
}

// reminded says whether a reminder about one of the invoices was sent before.
func (c *composer) reminded() bool { return c.lastSent(reminds) != nil }

// lastSent gives the latest letter of some models that was sent about one of the invoices.
func (c *composer) lastSent(of func(model string) bool) *ledger.Letter {
	var last *ledger.Letter
	for _, l := range c.Book.LettersOf(c.Customer) {
		if l.Sent.IsZero() || l.Sent > c.On || !of(l.Model) || (last != nil && l.Sent < last.Sent) {
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
		Deadline: c.Deadline, Amount: c.total, Principal: c.principal, values: c.filling.fields}
	for _, list := range [][]*ledger.Invoice{c.invoices, c.credits} {
		for _, inv := range list {
			l.Lines = append(l.Lines, ledger.LetterLine{Invoice: inv.ID, Open: c.left(inv)})
		}
	}
	l.Subject = c.w.T("letters.subject", "subject", c.filling.line(c.model.subject))
	l.title = c.filling.line(c.model.subject)
	l.Delivery = c.filling.line(c.model.delivery)
	for _, p := range c.model.parts {
		if !c.filling.holds(p.conds) {
			continue
		}
		if p.drawn != "" {
			c.draw(l, p.drawn)
		} else if runs := c.filling.runs(p.pieces); len(runs) > 0 {
			l.Body = append(l.Body, Block{Paragraph: runs})
		}
	}
	c.letter = l
}

// draw adds a part that the program draws, where there is something in it.
func (c *composer) draw(l *Letter, part string) {
	add := func(b Block) { l.Body = append(l.Body, b) }
	switch part {
	case "table":
		if len(c.invoices)+len(c.credits) > 0 {
			add(Block{Table: c.table()})
		}
		if list := c.publicReferences(); len(list) > 0 {
			add(Block{List: list})
		}
	case "claim":
		if s := c.sums(); s != nil {
			add(Block{Sums: s})
		}
	case "bank":
		if b := c.bank(); b != nil {
			add(Block{Bank: b})
		}
	case "agreed":
		add(Block{List: c.agreed()})
	case "products":
		if list := c.products(); len(list) > 0 {
			add(Block{List: list})
		}
	case "plan":
		if len(c.plan) > 0 {
			add(Block{Table: c.planTable()})
		}
	case "accept":
		add(Block{Form: c.form()})
	case "signature":
		for _, s := range []string{c.company.Signatory.Name, c.company.Signatory.Role} {
			if s != "" {
				l.Signature = append(l.Signature, s)
			}
		}
	case "statement":
		if len(c.claims) > 0 && interestOf(c.claims).Positive() {
			l.Statement = c.statement()
		}
	}
}

// publicReferences are what a public body finds its invoices by: the service that pays, the number of the commitment and the day
// on which it received the demand (Chorus Pro). What several invoices share is said once.
func (c *composer) publicReferences() []string {
	if c.customer.Type != ledger.PublicBody {
		return nil
	}
	var order []string
	of := map[string][]string{}
	for _, i := range c.invoices {
		var parts []string
		if i.Service != "" {
			parts = append(parts, c.w.T("letters.public.service", "code", i.Service))
		}
		if i.Commitment != "" {
			parts = append(parts, c.w.T("letters.public.commitment", "number", i.Commitment))
		}
		if i.Demanded != 0 && i.Demanded <= c.On {
			parts = append(parts, c.w.T("letters.public.demanded", "day", c.day(i.Demanded)))
		}
		if len(parts) == 0 {
			continue
		}
		text := strings.Join(parts, ", ")
		if of[text] == nil {
			order = append(order, text)
		}
		of[text] = append(of[text], i.Number)
	}
	var out []string
	for _, text := range order {
		out = append(out, c.w.N("letters.public", len(of[text]), "numbers", strings.Join(of[text], ", "), "text", text))
	}
	return out
}

// bank tells where to pay; nil without an IBAN.
func (c *composer) bank() *Bank {
	if c.company.IBAN == "" {
		return nil
	}
	b := &Bank{}
	add := func(key, value string) {
		if value != "" {
			b.Fields = append(b.Fields, [2]string{c.w.T("letters.bank." + key), value})
		}
	}
	add("iban", words.Grouped(c.company.IBAN, 4))
	add("bic", strings.ToUpper(c.company.BIC))
	add("holder", c.holder())
	add("reference", c.payReference())
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
	l.Envelope = EnvelopeOf(c.company)
	l.Recipient, dropped = recipient(c.addressee(), c.contact, c.company.Country, l.envelope().addressRoom())
	if len(dropped) > 0 {
		c.warn("address_too_long", "lines", dropped)
	}
	cut := slices.ContainsFunc(foldLine(c.customer.Name, l.envelope().addressRoom()), func(line string) bool { return slices.Contains(dropped, line) })
	if c.kind.about == aboutDeclared || cut { // the address has not the whole name
		l.References = append(l.References, c.w.T("letters.customer", "name", c.customer.Name))
	}
	if c.customer.Ref != "" && c.kind.about != aboutDeclared {
		l.References = append(l.References, c.w.T("letters.account", "ref", c.customer.Ref))
	}
	l.References = append(l.References, c.w.T("letters.reference", "ref", c.Reference))
	l.SignedBy = c.SignedBy
	l.Place = placeOf(c.w, c.company, c.On)
	if c.Enclosed || c.Model == InsolvencyClaim {
		l.Enclosures = enclosed(c.w, numbers(c.invoices))
	}
	l.Legal = legalLine(c.w, c.company)
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
	before := len(s.Lines)
	add(c.Phone, c.Email)
	if len(s.Lines) > before {
		s.contact = s.Lines[before]
	}
	return s
}
