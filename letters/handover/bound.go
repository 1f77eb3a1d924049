package handover

import (
	"slices"
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
)

// bound is the document that binds the file together: parties, claim, exhibits, chronology, what is missing, and how to
// check the files. pages are those on which the exhibits begin; the exhibits follow it, see [Case.bind].
func (c *Case) bound(pages []int) *letters.Letter {
	w, day := c.w, c.Standings.On
	l := letters.NewPaper(c.Book.Company(), "handover", c.reference(), w.T("handover.title", "customer", c.customer.Name), day, c.Lang, c.Logo)
	add := func(list ...letters.Block) { l.Body = append(l.Body, list...) }
	intro := w.T("handover.intro", "day", day)
	if c.To != "" {
		intro = w.T("handover.intro_to", "day", day, "to", oneLine(c.To))
	}
	add(paragraph(intro), heading(w.T("handover.section.creditor")), c.creditor(), heading(w.T("handover.section.debtor")), c.debtor())
	add(heading(w.T("handover.section.claim")))
	for _, a := range c.Accounts {
		add(c.owed(&a)...)
	}
	add(heading(w.T("handover.section.exhibits")))
	if len(c.Exhibits) == 0 {
		add(paragraph(w.T("handover.no_exhibits")))
	} else {
		add(paragraph(w.T("handover.exhibits_intro")), letters.Block{List: c.bordereau(pages)})
	}
	add(heading(w.T("handover.section.chronology")), paragraph(w.T("handover.chronology_intro")), letters.Block{List: c.lines()})
	add(heading(w.T("handover.section.missing")))
	if list := c.lacks(); len(list) > 0 {
		add(letters.Block{List: list})
	} else {
		add(paragraph(w.T("handover.nothing_missing")))
	}
	add(c.checking()...)
	return l
}

// reference names the file of the case.
func (c *Case) reference() string {
	return c.w.T("handover.reference", "ref", c.customer.Ref, "day", c.Standings.On.String())
}

func heading(text string) letters.Block { return letters.Block{Heading: text} }

func paragraph(text string) letters.Block {
	return letters.Block{Paragraph: []letters.Run{{Text: text}}}
}

// fields are pairs of label and value in a frame, those without a value left out.
type fields struct {
	w    *words.Words
	list [][2]string
}

func (f *fields) add(key, value string) {
	if value = oneLine(value); value != "" {
		f.list = append(f.list, [2]string{f.w.T("handover.party." + key), value})
	}
}

func (f *fields) block() letters.Block { return letters.Block{Bank: &letters.Bank{Fields: f.list}} }

func (c *Case) creditor() letters.Block {
	f, own := &fields{w: c.w}, c.Book.Company()
	f.add("name", own.Name)
	f.add("form", own.LegalForm)
	f.number(own.Country, own.SIREN)
	f.add("register", own.RegisterTown)
	f.add("vat", own.VAT)
	f.add("seat", strings.Join(append(slices.Clone(own.Address), strings.TrimSpace(own.Postcode+" "+own.Town)), ", "))
	f.add("country", c.w.Country(own.Country))
	f.add("signatory", strings.Trim(own.Signatory.Name+", "+own.Signatory.Role, ", "))
	f.add("phone", own.Phone)
	f.add("email", own.Email)
	f.add("iban", words.Grouped(own.IBAN, 4))
	return f.block()
}

func (c *Case) debtor() letters.Block {
	f, k := &fields{w: c.w}, c.customer
	f.add("name", k.Name)
	f.add("kind", c.w.CustomerKind(k.Type))
	f.number(k.Country, k.SIREN)
	f.add("vat", k.VAT)
	f.add("address", strings.Trim(strings.ReplaceAll(k.Address, "\n", ", ")+", "+strings.TrimSpace(k.Postcode+" "+k.Town), ", "))
	f.add("country", c.w.Country(k.Country))
	f.add("phone", k.Phone)
	f.add("email", k.Email)
	f.add("ref", k.Ref)
	return f.block()
}

func (f *fields) number(country, number string) {
	if number != "" {
		f.list = append(f.list, [2]string{f.w.CompanyNumber(country), words.RegisteredAs(number)})
	}
}

// owed is the table of an account, its sums, and the statement of interest.
func (c *Case) owed(a *Account) []letters.Block {
	w := c.w
	t := &letters.Table{Right: []bool{false, true, true, true, true, true}}
	for _, k := range []string{"invoice", "date", "due", "amount", "left"} {
		t.Head = append(t.Head, w.T("letters.table."+k))
	}
	t.Head = append(t.Head, w.T("handover.table.contested"))
	money := func(minor int64) string { return w.Money(ledger.Money{Minor: minor, Currency: a.Currency}) }
	for _, id := range a.Invoices {
		i, st := c.Book.Invoice(id), c.Standings.Of(id)
		contested := ""
		if st.Contested != 0 {
			contested = money(st.Contested)
		}
		t.Rows = append(t.Rows, []string{i.Number, w.Date(i.Issued), w.Date(st.Due), w.Money(i.Total), money(st.Overdue), contested})
	}
	for _, id := range a.Credits {
		i := c.Book.Invoice(id)
		t.Rows = append(t.Rows, []string{w.T("letters.table.credit_note", "number", i.Number), w.Date(i.Issued), "", w.Money(i.Total), money(c.Standings.Of(id).Open), ""})
	}
	if !a.Unallocated.IsZero() {
		t.Rows = append(t.Rows, []string{w.T("letters.table.unallocated"), "", "", "", w.Money(a.Unallocated.Neg()), ""})
	}
	sums := &letters.Sums{Lines: [][2]string{{w.T("letters.sums.principal"), w.Money(a.Principal)}}}
	if a.Refused == nil {
		sums.Lines = append(sums.Lines, [2]string{w.T("letters.sums.interest", "day", c.Standings.On), w.Money(a.Interest)},
			[2]string{w.T("handover.sums.indemnity"), w.Money(a.Indemnity)})
	}
	sums.Lines = append(sums.Lines, [2]string{w.T("handover.sums.total", "day", c.Standings.On), w.Money(a.Total)})
	out := []letters.Block{{Table: t}, {Sums: sums}}
	if a.Refused != nil {
		return append(out, paragraph(w.T("handover.claim_refused", "reason", w.Error(a.Refused))))
	}
	return append(out, c.statement(a)...)
}

// statement shows how interest was computed, each segment with its rule.
func (c *Case) statement(a *Account) []letters.Block {
	if !a.Interest.Positive() {
		return nil
	}
	w := c.w
	t := &letters.Table{Right: []bool{false, false, false, true, true, true, true}}
	for _, k := range []string{"invoice", "from", "to", "days", "base", "rate", "amount"} {
		t.Head = append(t.Head, w.T("letters.statement."+k))
	}
	var notes []string
	note := func(text string) {
		if !slices.Contains(notes, text) {
			notes = append(notes, text)
		}
	}
	for _, k := range a.Claims {
		for _, s := range k.Segments {
			t.Rows = append(t.Rows, []string{k.Invoice, w.Date(s.From), w.Date(s.To), w.Number(s.Days), w.Money(s.Base), w.Percent(s.Rate.String()), w.Money(s.Amount)})
			note(letters.RuleText(w, s.Rule))
		}
		for _, n := range k.Notes {
			note(letters.NoteText(w, n))
		}
	}
	if a.Indemnity.Positive() {
		note(w.T("claim.rule.indemnity"))
	}
	t.Total = []string{w.T("letters.statement.total"), w.Money(a.Interest)}
	return []letters.Block{heading(w.T("handover.section.statement", "day", c.Standings.On)), paragraph(w.T("letters.statement.intro")), {Table: t}, {List: notes}}
}

// bordereau is the numbered list of exhibits, each with the page on which it begins.
func (c *Case) bordereau(pages []int) []string {
	var out []string
	for k, x := range c.Exhibits {
		out = append(out, c.w.T("handover.exhibit.line", "number", x.Number, "page", pages[k], "title", oneLine(x.Title), "file", x.File))
	}
	return out
}

func (c *Case) lines() []string {
	var out []string
	for _, h := range c.Events {
		key := "handover.event.line"
		if h.Recorded != 0 {
			key = "handover.event.line_recorded"
		}
		out = append(out, c.w.T(key, "day", h.On, "text", h.Text, "recorded", h.Recorded))
	}
	return out
}

func (c *Case) lacks() []string {
	var out []string
	for _, m := range c.Missing {
		key := "handover.missing_line"
		if m.Check {
			key = "handover.check_line"
		}
		out = append(out, c.w.T(key, "text", m.Sentence(c.w)))
	}
	return out
}

// checking tells how anyone can check the files, and what it shows and does not.
func (c *Case) checking() []letters.Block {
	w := c.w
	out := []letters.Block{heading(w.T("handover.section.checking")), paragraph(w.T("handover.checking.how"))}
	out = append(out, letters.Block{List: []string{w.T("handover.checking.linux"), w.T("handover.checking.mac"), w.T("handover.checking.windows")}},
		paragraph(w.T("handover.checking.shows", "day", c.Standings.On)), paragraph(w.T("handover.checking.not")))
	if c.Head.Seq != 0 {
		out = append(out, paragraph(w.T("handover.checking.journal", "entry", int(c.Head.Seq), "hash", string(c.Head.Hash))))
	}
	var digests []string
	for _, x := range c.Exhibits {
		digests = append(digests, w.T("handover.checking.digest", "number", x.Number, "hash", string(x.Hash)))
	}
	if len(digests) > 0 {
		out = append(out, paragraph(w.T("handover.checking.digests")), letters.Block{List: digests})
	}
	return out
}
