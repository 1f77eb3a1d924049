package dialogs

import (
	"context"
	"slices"
	"strings"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/claim"
)

// customerDesk is what the form of a customer needs of the desk.
type customerDesk interface {
	State() *desk.State
	SaveCustomer(ctx context.Context, c ledger.Customer) (ledger.CustomerID, ledger.Entry, error)
}

// customerModel is a customer that is being entered or changed. The fields of Now are the texts as
// typed.
type customerModel struct {
	desk customerDesk
	w    *words.Words
	book *ledger.Book
	Now  ledger.Customer
}

// newCustomerModel begins with a customer as recorded; 0 begins a new one in the owner's own country.
func newCustomerModel(d customerDesk, w *words.Words, id ledger.CustomerID) *customerModel {
	m := &customerModel{desk: d, w: w, book: d.State().Book}
	m.Now = ledger.Customer{Type: ledger.CompanyCustomer, Country: m.book.Company().Country, Language: "fr"}
	if c := m.book.Customer(id); c != nil {
		m.Now = *c
	}
	if m.Now.Language == "" {
		m.Now.Language = "fr"
	}
	if m.Now.Type == "" {
		m.Now.Type = ledger.CompanyCustomer
	}
	return m
}

// title names the form, act its verb.
func (m *customerModel) title() string {
	if m.Now.ID == 0 {
		return m.w.T("dialogs.customer.new")
	}
	return m.w.T("dialogs.customer.edit")
}

// check gives the sentence for one field after change was made to the customer.
func (m *customerModel) check(field string, change func(*ledger.Customer)) string {
	c := m.Now
	change(&c)
	for _, e := range ledger.CheckCustomer(ledger.NewDraft(m.book), &c) {
		if FieldOf(e) == field {
			return m.w.Error(e)
		}
	}
	return ""
}

// doubt gives the sentence for two numbers, as typed, that are those of two companies.
func (m *customerModel) doubt(number, vat string) string {
	return m.w.NumberDoubt(m.Now.Country, number, vat)
}

// tidyNumber writes a company number as it is kept, for the field; tidyVAT a VAT number.
func (m *customerModel) tidyNumber(text string) string {
	number, _ := ledger.CompanyNumber(m.Now.Country, text)
	return words.RegisteredAs(number)
}

func (m *customerModel) tidyVAT(text string) string {
	vat, _ := ledger.VATNumber(m.Now.Country, text)
	return vat
}

// checkRate gives the sentence for a rate that cannot be read.
func (m *customerModel) checkRate(text string) string {
	if _, err := rateOf(text); err != nil {
		return m.w.T("dialogs.customer.rate.invalid", "value", strings.TrimSpace(text))
	}
	return ""
}

// rateOf reads a percentage a year as typed ("12,5 %") into the form in which it is kept ("12.5").
func rateOf(text string) (string, error) {
	s := strings.NewReplacer("%", "", ",", ".", "\u00a0", "", "\u202f", "", " ", "").Replace(text)
	if s == "" {
		return "", nil
	}
	if _, err := claim.ParseRate(s); err != nil {
		return "", err
	}
	return s, nil
}

// rateText writes a kept rate for the field.
func (m *customerModel) rateText() string {
	if m.Now.Rate == "" {
		return ""
	}
	return m.w.Percent(m.Now.Rate)
}

// rules names the regime that claims on this customer follow, and says where none is known.
func (m *customerModel) rules() string {
	r := claim.RegimeOf(m.book.Company().Country, m.Now.Country, m.Now.Type)
	text := m.w.T("dialogs.customer.rules", "regime", ledger.Term("claim.regime."+string(r)))
	if !r.Supported() {
		return text + " " + m.w.T("dialogs.customer.rules.none")
	}
	return text
}

// byClause says whether an indemnity is owed only as a clause gives it.
func (m *customerModel) byClause() bool {
	return claim.RegimeOf(m.book.Company().Country, m.Now.Country, m.Now.Type) == claim.BeB2C
}

// indemnityText writes the agreed indemnity for its field.
func (m *customerModel) indemnityText() string {
	if m.Now.Indemnity == 0 {
		return ""
	}
	return m.w.Money(ledger.Euros(m.Now.Indemnity))
}

// indemnity reads the agreed indemnity as typed, in euro cents: at most what the law lets a clause set (CDE XIX.4). Error:
// indemnity_range, or that of the amount.
func (m *customerModel) indemnity(text string) (int64, error) {
	if strings.TrimSpace(text) == "" {
		return 0, nil
	}
	v, err := m.w.ParseMoney(text, ledger.EUR)
	if err != nil {
		return 0, err
	}
	most := claim.BelgianCap(ledger.Euros(1e12))
	if v.Currency != ledger.EUR || v.Minor < 0 || v.Cmp(most) > 0 {
		return 0, ledger.Errorf("indemnity_range", "most", most)
	}
	return v.Minor, nil
}

func (m *customerModel) kinds() []choice {
	var out []choice
	for _, k := range ledger.CustomerKinds {
		out = append(out, choice{string(k), m.w.CustomerKind(k)})
	}
	return out
}

func (m *customerModel) languages() []choice {
	var out []choice
	for _, l := range words.LetterLangs {
		out = append(out, choice{string(l), m.w.T("common.lang." + string(l))})
	}
	return out
}

func (m *customerModel) terms() []choice { return termsChoices(m.w, m.Now.Terms) }

// near are the countries offered, those next door first; a customer's own is offered too.
var near = []string{"FR", "BE", "CH", "LU", "MC", "DE", "ES", "IT", "NL", "PT", "GB", "IE", "AT", "DK", "SE", "NO", "PL", "US", "CA", "MA", "TN", "DZ", "SN", "CI", "RE", "GP", "MQ", "GF", "NC", "PF"}

func (m *customerModel) countries() []choice {
	codes := near
	if !slices.Contains(codes, m.Now.Country) {
		codes = append([]string{m.Now.Country}, codes...)
	}
	out := make([]choice, len(codes))
	for i, code := range codes {
		out[i] = choice{code, m.w.Country(code)}
	}
	return out
}

// names writes the other names in one field, separated by commas.
func (m *customerModel) names() string { return strings.ReplaceAll(m.Now.Names, "\n", ", ") }

// setNames reads them back.
func (m *customerModel) setNames(text string) {
	var out []string
	for _, n := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if n = strings.TrimSpace(n); n != "" {
			out = append(out, n)
		}
	}
	m.Now.Names = strings.Join(out, "\n")
}

// street gives the first line of the address and the others.
func (m *customerModel) street() (first, more string) {
	first, more, _ = strings.Cut(m.Now.Address, "\n")
	return first, strings.ReplaceAll(more, "\n", ", ")
}

// setStreet reads them back.
func (m *customerModel) setStreet(first, more string) {
	lines := []string{strings.TrimSpace(first)}
	for _, l := range strings.Split(more, ",") {
		lines = append(lines, strings.TrimSpace(l))
	}
	m.Now.Address = strings.Join(slices.DeleteFunc(lines, func(s string) bool { return s == "" }), "\n")
}

// save records the customer.
func (m *customerModel) save(ctx context.Context) (ledger.CustomerID, ledger.Entry, error) {
	return m.desk.SaveCustomer(ctx, m.Now)
}
