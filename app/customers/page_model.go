package customers

import (
	"cmp"
	"slices"
	"strings"

	"quitus/app/desk"
	"quitus/app/dialogs"
	"quitus/assets/words"
	"quitus/ledger"
)

// figure is a key figure: the sum in the first currency, and a line that has the other currencies and
// the facts.
type figure struct{ Value, Small string }

// invoiceRow is an invoice or credit note as the page lists it.
type invoiceRow struct {
	ID          ledger.InvoiceID
	Number      string
	Issued, Due ledger.Date
	Total, Open ledger.Money
	Situation   ledger.Situation
	Word        string
}

// line is a label and what it says.
type line struct{ Label, Text string }

// note is a note with its day in words.
type note struct {
	ledger.Note
	Day string
}

// page is a customer's page on a day.
type page struct {
	ID            ledger.CustomerID
	Name, Facts   string
	Situation     ledger.Situation
	Word          string
	Owed, Overdue figure
	Late, CanPay  bool
	NoAddress     bool   // a letter could not be sent
	Offer         string // a scenario to propose, or nothing
	Invoices      []invoiceRow
	OpenCount     int
	Contacts      []ledger.Contact // the customer's own telephone and e-mail first, without a number
	Habits        []line
	Plans         []plan
	Turnover      turnover
	Files         []file // newest first
	Notes         []note
	Events        []event
}

// readPage prepares a customer's page; nil when the customer is no longer there.
func readPage(w *words.Words, s *desk.State, id ledger.CustomerID) *page {
	c := s.Book.Customer(id)
	if c == nil {
		return nil
	}
	sum := s.Book.Summary(id, s.Standings)
	p := &page{ID: id, Name: c.Name, Facts: pageFacts(w, s, c), Offer: preventiveFor(s, c, sum), Late: sum.OverdueCount > 0}
	p.Situation, p.Word = readNews(s).of(w, id, sum)
	open := w.T("customers.page.nothing_open")
	if sum.OpenCount > 0 {
		open = w.N("customers.page.open", sum.OpenCount)
	}
	p.Owed = figureOf(w, sum.Owed, open)
	p.NoAddress = c.Address == "" || c.Town == ""
	p.CanPay = sum.OpenCount > 0
	overdue := w.T("customers.page.nothing_late")
	if p.Late {
		overdue = w.N("customers.page.late", sum.OverdueCount, "days", w.N("common.days", sum.MaxDaysLate))
	}
	p.Overdue = figureOf(w, sum.Overdue, overdue)
	p.readInvoices(w, s)
	p.readContacts(w, s.Book, c)
	p.Habits = habits(w, s, id, sum)
	p.Plans = readPlans(w, s, id)
	p.Turnover = readTurnover(w, s, id)
	p.Files = readFiles(w, s, id)
	for n := range s.Book.Notes.All() {
		if n.Customer == id {
			p.Notes = append(p.Notes, note{*n, w.Date(n.On)})
		}
	}
	slices.SortStableFunc(p.Notes, func(a, b note) int { return cmp.Or(cmp.Compare(b.On, a.On), cmp.Compare(b.ID, a.ID)) })
	p.Events = readEvents(w, s, id)
	return p
}

// pageFacts is the line below the name: code, town with the French department, terms, country and kind where they are not the usual ones,
// and how it is followed up.
func pageFacts(w *words.Words, s *desk.State, c *ledger.Customer) string {
	parts := []string{c.Ref}
	town := c.Town
	if d := department(c); d != "" && town != "" {
		town += " (" + d + ")"
	}
	parts = append(parts, town, w.Terms(c.Terms))
	if c.Country != "FR" || s.Book.Company().Country != "FR" {
		parts = append(parts, w.Country(c.Country))
	}
	if c.Type != ledger.CompanyCustomer && c.Type != "" {
		parts = append(parts, w.CustomerKind(c.Type))
	}
	parts = append(parts, followFacts(w, s, c)...)
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}

// department is what a French postcode begins with: two digits, three overseas.
func department(c *ledger.Customer) string {
	if c.Country != "FR" || len(c.Postcode) != 5 {
		return ""
	}
	if strings.HasPrefix(c.Postcode, "97") || strings.HasPrefix(c.Postcode, "98") {
		return c.Postcode[:3]
	}
	return c.Postcode[:2]
}

// figureOf writes sums as a key figure: other currencies must not be overlooked, so they come before the
// facts.
func figureOf(w *words.Words, s ledger.Sums, small string) figure {
	list := s.List()
	if len(list) == 0 {
		return figure{w.Money(ledger.Euros(0)), small}
	}
	for i := len(list) - 1; i > 0; i-- {
		small = "+ " + w.Money(list[i]) + " · " + small
	}
	return figure{w.Money(list[0]), small}
}

// readInvoices lists the newest first.
func (p *page) readInvoices(w *words.Words, s *desk.State) {
	for _, id := range s.Book.InvoicesOf(p.ID) {
		i, st := s.Book.Invoice(id), s.Standings.Of(id)
		p.Invoices = append(p.Invoices, invoiceRow{
			ID: id, Number: i.Number, Issued: i.Issued, Due: st.Due, Total: i.Total, Open: s.Open(i),
			Situation: st.Situation, Word: w.Standing(i, st, s.On),
		})
		if st.Open != 0 {
			p.OpenCount++
		}
	}
	slices.SortStableFunc(p.Invoices, func(a, b invoiceRow) int { return cmp.Or(cmp.Compare(b.Issued, a.Issued), cmp.Compare(b.ID, a.ID)) })
}

func (p *page) readContacts(w *words.Words, b *ledger.Book, c *ledger.Customer) {
	for _, k := range b.ContactsOf(c.ID) {
		p.Contacts = append(p.Contacts, *k)
	}
	known := func(of func(ledger.Contact) string, text string) bool {
		return text == "" || slices.ContainsFunc(p.Contacts, func(k ledger.Contact) bool { return of(k) == text })
	}
	own := ledger.Contact{Name: w.T("customers.contacts.general")}
	if !known(func(k ledger.Contact) string { return k.Phone }, c.Phone) {
		own.Phone = c.Phone
	}
	if !known(func(k ledger.Contact) string { return k.Email }, c.Email) {
		own.Email = c.Email
	}
	if own.Phone != "" || own.Email != "" {
		p.Contacts = append(p.Contacts, own)
	}
}

// checkContact gives the sentence for one field of a contact.
func checkContact(w *words.Words, c ledger.Contact, field string) string {
	for _, e := range ledger.CheckContact(&c) {
		if dialogs.FieldOf(e) == field {
			return w.Error(e)
		}
	}
	return ""
}
