// Package settings is the screen of the owner's own company, of how the window looks, and of the ledger's
// safety: copies, check, journal.
package settings

import (
	"reflect"
	"strings"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
)

// Section is a part of the screen.
type Section string

// The sections.
const (
	CompanySection  Section = "company"
	ScenarioSection Section = "scenarios"
	HouseSection    Section = "house"
	GuideSection    Section = "guides"
	ModelSection    Section = "models"
	MailSection     Section = "mail"
	SafetySection   Section = "safety"
	RateSection     Section = "rates"
	MappingSection  Section = "mappings"
	LearntSection   Section = "learnt"
	PrivacySection  Section = "privacy"
)

// Model is the company as typed so far.
type Model struct {
	Now   ledger.Company
	saved ledger.Company
	w     *words.Words
}

// NewModel begins with the company as recorded.
func NewModel(w *words.Words, s *desk.State) *Model {
	c := s.Book.Company()
	return &Model{Now: c, saved: c, w: w}
}

// Field is one field of the company: its name in forms, its text, and how a text goes back.
type Field struct {
	Name string
	Get  func(ledger.Company) string
	Set  func(*ledger.Company, string)
}

func text(name string, of func(*ledger.Company) *string) Field {
	return Field{name, func(c ledger.Company) string { return *of(&c) }, func(c *ledger.Company, s string) { *of(c) = strings.TrimSpace(s) }}
}

// fields are all fields of the form by name.
func (m *Model) fields() map[string]Field {
	list := []Field{
		text("name", func(c *ledger.Company) *string { return &c.Name }),
		text("postcode", func(c *ledger.Company) *string { return &c.Postcode }),
		text("town", func(c *ledger.Company) *string { return &c.Town }),
		text("legal_form", func(c *ledger.Company) *string { return &c.LegalForm }),
		text("register_town", func(c *ledger.Company) *string { return &c.RegisterTown }),
		text("phone", func(c *ledger.Company) *string { return &c.Phone }),
		text("email", func(c *ledger.Company) *string { return &c.Email }),
		text("bic", func(c *ledger.Company) *string { return &c.BIC }),
		text("account_holder", func(c *ledger.Company) *string { return &c.Holder }),
		text("signatory", func(c *ledger.Company) *string { return &c.Signatory.Name }),
		text("role", func(c *ledger.Company) *string { return &c.Signatory.Role }),
		{"siren", func(c ledger.Company) string { return words.RegisteredAs(c.SIREN) }, func(c *ledger.Company, s string) {
			c.SIREN, _ = ledger.CompanyNumber(c.Country, s)
		}},
		{"vat", func(c ledger.Company) string { return c.VAT }, func(c *ledger.Company, s string) {
			c.VAT, _ = ledger.VATNumber(c.Country, s)
		}},
		{"iban", func(c ledger.Company) string { return words.Grouped(c.IBAN, 4) }, func(c *ledger.Company, s string) {
			c.IBAN = strings.ToUpper(strings.Join(strings.Fields(s), ""))
		}},
		{"address", func(c ledger.Company) string { return strings.Join(c.Address, "\n") }, func(c *ledger.Company, s string) {
			c.Address = lines(s)
		}},
		{"capital", m.capital, m.setCapital},
	}
	out := map[string]Field{}
	for _, f := range list {
		out[f.Name] = f
	}
	return out
}

func lines(s string) []string {
	var out []string
	for l := range strings.SplitSeq(s, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// capital writes "20000.00 EUR" for people.
func (m *Model) capital(c ledger.Company) string {
	amount, currency, _ := strings.Cut(c.Capital, " ")
	if v, err := ledger.ParseDecimal(amount, ledger.Currency(currency)); err == nil && currency != "" {
		return m.w.Money(v)
	}
	return c.Capital
}

// setCapital keeps what can be read as an amount in the exchanged form, and anything else as typed.
func (m *Model) setCapital(c *ledger.Company, s string) {
	c.Capital = strings.TrimSpace(s)
	if v, err := m.w.ParseMoney(s, ledger.EUR); err == nil && c.Capital != "" {
		c.Capital = v.String()
	}
}

// Set takes what was typed into a field over.
func (m *Model) Set(name, typed string) { m.fields()[name].Set(&m.Now, typed) }

// SetCountry chooses the country, which decides how the company's numbers are read.
func (m *Model) SetCountry(code string) {
	m.Now.Country = code
	m.Now.Tidy()
}

// SetEnvelope chooses the envelope of letters. The usual one of the country is not recorded, so that it follows the country.
func (m *Model) SetEnvelope(name string) {
	m.Now.Envelope = ""
	if letters.EnvelopeOf(m.Now) != name {
		m.Now.Envelope = name
	}
}

// Merged gives the company as typed, with what other parts of the program have recorded of it meanwhile.
func (m *Model) Merged(now ledger.Company) ledger.Company {
	c := m.Now
	c.House, c.Scenario, c.BankChecked, c.PrincipalFirst = now.House, now.Scenario, now.BankChecked, now.PrincipalFirst
	return c
}

// Label names a field.
func (m *Model) Label(name string) string {
	if name == "siren" {
		return m.w.CompanyNumber(m.Now.Country)
	}
	return m.w.T("settings.field." + name)
}

// Text gives what a field shows.
func (m *Model) Text(name string) string { return m.fields()[name].Get(m.Now) }

// Doubt gives the sentence of what may be wrong with a field, or nothing.
func (m *Model) Doubt(name string) string {
	if name == "vat" {
		return m.w.NumberDoubt(m.Now.Country, m.Now.SIREN, m.Now.VAT)
	}
	return ""
}

// Check gives the sentence of what is wrong with a field, or nothing.
func (m *Model) Check(name string) string {
	for _, e := range ledger.CheckCompany(m.Now) {
		if e.Args["field"] == name {
			return m.w.Error(e)
		}
	}
	return ""
}

// Wrong is how many fields have to be corrected before saving.
func (m *Model) Wrong() int { return len(ledger.CheckCompany(m.Now)) }

// Changed says whether something is to be saved.
func (m *Model) Changed() bool { return !reflect.DeepEqual(m.Now, m.saved) }

// Letterhead is the head of the letters as it will be: the name, and the lines below it.
func (m *Model) Letterhead() (name string, below []string) {
	c := m.Now
	below = append(below, c.Address...)
	if town := strings.TrimSpace(c.Postcode + " " + c.Town); town != "" {
		below = append(below, town)
	}
	for _, s := range []string{c.Phone, c.Email} {
		if s != "" {
			below = append(below, s)
		}
	}
	return c.Name, below
}

// Step is one entry of the journal, in words.
type Step struct {
	Entry  ledger.Entry
	When   string
	What   string
	About  string
	Undone bool
}

// Steps words the journal.
func Steps(w *words.Words, entries []ledger.Entry) []Step {
	undone := map[uint64]bool{}
	for _, e := range entries {
		if e.Undoes != 0 && !undone[e.Seq] {
			undone[e.Undoes] = true
		}
	}
	out := make([]Step, len(entries))
	for i, e := range entries {
		out[i] = Step{Entry: e, When: w.Date(e.On) + "  " + e.At.Format("15:04"), What: w.Act(e.Act), About: about(w, e), Undone: undone[e.Seq]}
	}
	return out
}

// about says what an entry was about: what it names, and how many records it concerned.
func about(w *words.Words, e ledger.Entry) string {
	var parts []string
	for _, k := range []string{"file", "invoice", "customer"} {
		if v := e.Facts[k]; v != "" {
			parts = append(parts, v)
		}
	}
	count := func(k ledger.Kind, key string) {
		if n := e.Count(k, ledger.Created) + e.Count(k, ledger.Changed) + e.Count(k, ledger.Removed); n > 0 {
			parts = append(parts, w.N(key, n))
		}
	}
	count(ledger.KindInvoice, "settings.journal.invoices")
	count(ledger.KindLetter, "settings.journal.letters")
	count(ledger.KindPayment, "settings.journal.payments")
	return strings.Join(parts, " · ")
}
