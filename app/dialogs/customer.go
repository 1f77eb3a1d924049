package dialogs

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/screen"
	"quitus/assets/words"
	"quitus/ledger"
)

// NewCustomer opens the form of a new customer; done, which may be nil, is told its number.
func NewCustomer(c *screen.Context, done func(ledger.CustomerID)) { openCustomer(c, 0, done) }

// EditCustomer opens the form of a customer.
func EditCustomer(c *screen.Context, id ledger.CustomerID, done func(ledger.CustomerID)) {
	openCustomer(c, id, done)
}

type customerForm struct {
	c                                          *screen.Context
	m                                          *customerModel
	name, ref, street, more, postcode, town    *kit.Field
	siren, vat, rate, email, phone, otherNames *kit.Field
	kind, language, country, terms, follow     *kit.Choice
	manager, indemnity                         *kit.Field
	rules                                      *kit.Label // the regime that follows from country and kind
	agreed                                     *fyne.Container
	contact                                    *kit.FilterRow
	form                                       *kit.Form
}

func openCustomer(c *screen.Context, id ledger.CustomerID, done func(ledger.CustomerID)) {
	f := &customerForm{c: c, m: newCustomerModel(c.Desk, c.Words, id)}
	f.build()
	f.form.OnAct = func() { f.act(done) }
	f.form.Show()
}

func (f *customerForm) build() {
	w, m := f.c.Words, f.m
	f.name = f.field(w.T("common.name"), m.Now.Name, "name", func(c *ledger.Customer, s string) { c.Name = s })
	f.ref = f.field(w.T("dialogs.customer.ref"), m.Now.Ref, "ref", func(c *ledger.Customer, s string) { c.Ref = s })
	if m.Now.ID == 0 {
		f.ref.Placeholder(w.T("dialogs.customer.ref.hint"))
	}
	first, more := m.street()
	f.street = kit.NewField(w.T("common.address"), first)
	f.more = kit.NewField(w.T("dialogs.customer.more"), more)
	f.postcode = kit.NewField(w.T("common.postcode"), m.Now.Postcode)
	f.town = kit.NewField(w.T("common.town"), m.Now.Town)
	f.numbers()
	f.rate = kit.NewField(w.T("dialogs.customer.rate"), m.rateText()).Placeholder(w.T("dialogs.customer.rate.hint"))
	f.rate.Check = m.checkRate
	f.email = f.field(w.T("common.email"), m.Now.Email, "email", func(c *ledger.Customer, s string) { c.Email = s })
	f.phone = kit.NewField(w.T("common.phone"), m.Now.Phone)
	f.otherNames = kit.NewField(w.T("dialogs.customer.names"), m.names()).Placeholder(w.T("dialogs.customer.names.hint"))
	f.kind = kit.NewChoice(w.T("dialogs.customer.kind"), string(m.Now.Type), func(id string) {
		m.Now.Type = ledger.CustomerKind(id)
		f.qualified()
	}, options(m.kinds())...)
	f.buildRules()
	f.language = kit.NewChoice(w.T("dialogs.customer.language"), m.Now.Language, nil, options(m.languages())...)
	f.country = kit.NewChoice(w.T("common.country"), m.Now.Country, f.chooseCountry, options(m.countries())...)
	f.terms = kit.NewChoice(w.T("dialogs.customer.terms"), termsCode(m.Now.Terms), nil, options(m.terms())...)
	f.buildFollow()
	gap := look.Gap3
	f.form = newScrollingForm(f.c, 880, m.title(), w.T("common.save"),
		kit.Shares(gap, f.name, f.otherNames),
		kit.Shares(gap, f.ref, f.kind, f.terms, f.language),
		shares(gap, 2, f.street, f.more),
		kit.Shares(gap, f.postcode, f.town, f.country, f.phone),
		kit.Shares(gap, f.email, f.siren, f.vat, f.rate),
		shares(gap, 2, kit.Shares(gap, f.follow, f.manager), labelled(w.T("scenario.contact"), f.contact)),
		f.agreed, f.rules)
	f.qualified()
}

// buildRules makes what says which law counts, and the indemnity that only a clause with a Belgian consumer gives.
func (f *customerForm) buildRules() {
	w, m := f.c.Words, f.m
	f.rules = kit.NewNote("").Wrapped()
	f.indemnity = kit.NewField(w.T("dialogs.customer.indemnity"), m.indemnityText()).Placeholder(w.T("dialogs.customer.indemnity.hint"))
	f.indemnity.Check = func(text string) string {
		if _, err := m.indemnity(text); err != nil {
			return w.Error(err)
		}
		return ""
	}
	f.agreed = kit.Shares(look.Gap3, f.indemnity, kit.Inset(24, 0, 0, 0, kit.NewNote(w.T("dialogs.customer.indemnity.note")).Wrapped()))
}

// qualified shows what follows from country and kind.
func (f *customerForm) qualified() {
	f.rules.SetText(f.m.rules())
	f.agreed.Hidden = !f.m.byClause()
	if f.agreed.Hidden { // what does not count is not to be corrected either
		f.indemnity.SetText(f.m.indemnityText())
	}
	if f.form != nil {
		f.form.Refresh()
	}
}

// contactOff is the tick of a customer who is not to be contacted.
const contactOff = "off"

// buildFollow makes what says how the customer is followed up.
func (f *customerForm) buildFollow() {
	w, m := f.c.Words, f.m
	f.follow = kit.NewChoice(w.T("scenario.follow"), m.scenario(), nil, options(m.follow())...)
	f.manager = kit.NewField(w.T("scenario.manager"), m.managerName(m.Now.Manager)).Placeholder(w.T("scenario.manager_hint"))
	f.manager.Check = m.checkManager
	f.manager.Tidy = func(typed string) string {
		id, _ := m.manager(typed)
		return m.managerName(id)
	}
	f.contact = kit.NewFilterTicks(func(string) {}, kit.FilterOption{ID: contactOff, Word: w.T("scenario.do_not_contact")})
	if m.Now.DoNotContact {
		f.contact.Choose(contactOff)
	}
}

// numbers makes the fields of the numbers under which the customer is registered.
func (f *customerForm) numbers() {
	w, m := f.c.Words, f.m
	f.siren = f.field(w.CompanyNumber(m.Now.Country), words.RegisteredAs(m.Now.SIREN), "siren", func(c *ledger.Customer, s string) { c.SIREN = s })
	f.siren.Tidy = m.tidyNumber
	f.vat = f.field(w.T("dialogs.customer.vat"), m.Now.VAT, "vat", func(c *ledger.Customer, s string) { c.VAT = s })
	f.vat.Tidy = m.tidyVAT
	f.vat.Doubt = func(s string) string { return m.doubt(f.siren.Text(), s) }
	f.siren.OnLeft = func() { f.vat.Validate() } // the one may be another company's than the other
}

// chooseCountry reads the numbers as those of another country.
func (f *customerForm) chooseCountry(code string) {
	f.m.Now.Country = code
	f.siren.SetLabel(f.c.Words.CompanyNumber(code))
	f.siren.SetText(f.m.tidyNumber(f.siren.Text()))
	f.vat.SetText(f.m.tidyVAT(f.vat.Text()))
	kit.Wrong(f.siren, f.vat)
	f.qualified()
}

// field makes a field that the ledger's rules check.
func (f *customerForm) field(label, text, name string, set func(*ledger.Customer, string)) *kit.Field {
	e := kit.NewField(label, text)
	e.Check = func(s string) string {
		return f.m.check(name, func(c *ledger.Customer) { set(c, strings.TrimSpace(s)) })
	}
	return e
}

func (f *customerForm) act(done func(ledger.CustomerID)) {
	read := func(e *kit.Field) string { return strings.TrimSpace(e.Text()) }
	n := &f.m.Now
	if ref := read(f.ref); ref != n.Ref {
		n.Ref, n.RefGiven = ref, false // the owner's own from now on
	}
	n.Name, n.Postcode, n.Town = read(f.name), read(f.postcode), read(f.town)
	n.SIREN, n.VAT, n.Email, n.Phone = read(f.siren), read(f.vat), read(f.email), read(f.phone)
	n.Type, n.Language, n.Country = ledger.CustomerKind(f.kind.Chosen()), f.language.Chosen(), f.country.Chosen()
	n.Terms = termsOf(f.terms.Chosen())
	n.Rate, _ = rateOf(f.rate.Text()) // checked before the form acts
	if f.m.byClause() {
		n.Indemnity, _ = f.m.indemnity(f.indemnity.Text())
	}
	n.Scenario, n.DoNotContact = f.follow.Chosen(), len(f.contact.Ticked()) > 0
	n.Manager, _ = f.m.manager(f.manager.Text())
	f.m.setNames(read(f.otherNames))
	f.m.setStreet(f.street.Text(), f.more.Text())
	var id ledger.CustomerID
	fields := map[string]Messenger{"name": f.name, "ref": f.ref, "siren": f.siren, "vat": f.vat, "email": f.email, "manager": f.manager}
	Save(f.c, "dialogs.customer", f.form, fields, func(ctx context.Context) (e ledger.Entry, err error) {
		id, e, err = f.m.save(ctx)
		return e, err
	}, func(e ledger.Entry) {
		f.c.Done(f.c.T("dialogs.customer.done", "name", n.Name), e)
		if done != nil {
			done(id)
		}
	})
}
