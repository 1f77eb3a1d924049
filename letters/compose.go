package letters

import (
	"cmp"
	"slices"
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/claim"
)

// The models that the program treats in a way of their own.
const (
	FirstReminder = "first_reminder"
	FormalNotice  = "formal_notice"
)

// Request says which letter to make.
type Request struct {
	Book      *ledger.Book
	Standings *ledger.Standings // of the day On; worked out where nil
	Customer  ledger.CustomerID
	Model     string
	On        ledger.Date
	Deadline  ledger.Date // zero for DefaultDeadline
	Lang      words.Lang  // empty for the customer's language
	// Invoices are what the letter is about; none for all that are past due, less open credit notes. Then
	// invoices wholly contested or promised are left out, unless there are no others.
	Invoices []ledger.InvoiceID
	// Currency is the letter's; where it is empty, that of the invoices, the euro first.
	Currency  ledger.Currency
	Reference string           // empty for DefaultReference
	Contact   ledger.ContactID // person in the address; zero for the only contact there is
	Logo      *Logo
	Rates     claim.Rates
	Enclosed  bool // copies of the invoices go with the letter
}

// Compose makes a letter. What the owner should look at comes as warnings; it is an error only when
// there is no letter to make: letter_model_unknown, letter_customer_unknown, letter_nothing_due (no
// invoice past due), letter_nothing_owed (credit notes cover the invoices).
func Compose(r Request) (*Letter, []Warning, error) {
	c, err := newComposer(r)
	if err != nil {
		return nil, nil, err
	}
	if err := c.pick(); err != nil {
		return nil, nil, err
	}
	if r.Model == FormalNotice {
		c.claim()
	}
	c.fillIn()
	c.body()
	c.frame()
	c.check()
	return c.letter, c.warnings, nil
}

// composer holds what a letter is made of.
type composer struct {
	Request
	model    *model
	w        *words.Words
	company  ledger.Company
	customer *ledger.Customer
	contact  *ledger.Contact

	invoices, credits []*ledger.Invoice
	otherCurrency     bool
	leftOut           []string     // numbers of invoices contested or promised
	principal         ledger.Money // what is asked for of the invoices, less credit notes
	total             ledger.Money // asked for
	claims            []claim.Claim

	filling  filling
	letter   *Letter
	warnings []Warning
}

func newComposer(r Request) (*composer, error) {
	customer := r.Book.Customer(r.Customer)
	if customer == nil {
		return nil, ledger.Errorf("letter_customer_unknown", "customer", int(r.Customer))
	}
	if r.Lang == "" {
		r.Lang = languageOf(customer)
	}
	m, err := modelFor(r.Model, string(r.Lang))
	if err != nil {
		return nil, err
	}
	if r.Standings == nil {
		r.Standings = r.Book.Standings(r.On)
	}
	if r.Deadline.IsZero() {
		r.Deadline = DefaultDeadline(r.Model, r.On)
	}
	if r.Reference == "" {
		r.Reference = DefaultReference(r.Model, r.On, customer.Ref)
	}
	return &composer{Request: r, model: m, w: words.New(r.Lang), company: r.Book.Company(),
		customer: customer, contact: contactFor(r)}, nil
}

func languageOf(c *ledger.Customer) words.Lang {
	if l, ok := words.ParseLang(c.Language); ok {
		return l
	}
	return words.FR
}

// contactFor gives the person asked for or, where none is, the only one who may be contacted.
func contactFor(r Request) *ledger.Contact {
	var only *ledger.Contact
	n := 0
	for _, p := range r.Book.ContactsOf(r.Customer) {
		if p.ID == r.Contact {
			return p
		}
		if !p.DoNotContact {
			only, n = p, n+1
		}
	}
	if n == 1 {
		return only
	}
	return nil
}

// DefaultDeadline gives the day until which a letter of a day asks for payment: 8 days later, 15 for a
// formal notice (usage; no statute sets them), and Monday when that is a weekend.
func DefaultDeadline(model string, on ledger.Date) ledger.Date {
	d := on.Add(8)
	if model == FormalNotice {
		d = on.Add(15)
	}
	for d.Weekday() == 0 || d.Weekday() == 6 {
		d = d.Add(1)
	}
	return d
}

// DefaultReference names a letter: kind, day and customer ("R1-20261124-C0117").
func DefaultReference(model string, on ledger.Date, customer string) string {
	kind := "R1"
	if model == FormalNotice {
		kind = "MD"
	}
	return kind + "-" + strings.ReplaceAll(on.String(), "-", "") + "-" + customer
}

// pick chooses the invoices and credit notes of the letter, oldest due first.
func (c *composer) pick() error {
	asked := c.Invoices
	if len(asked) == 0 {
		asked = c.Book.InvoicesOf(c.Customer)
	}
	var open []*ledger.Invoice
	for _, id := range asked {
		inv := c.Book.Invoice(id)
		if inv == nil || inv.Customer != c.Customer {
			continue
		}
		st := c.Standings.Of(id)
		if (inv.CreditNote && st.Open < 0) || (!inv.CreditNote && st.Open > 0 && (st.DaysLate > 0 || len(c.Invoices) > 0)) {
			open = append(open, inv)
		}
	}
	cur := c.currency(open)
	for _, inv := range open {
		switch {
		case inv.Total.Currency != cur:
			c.otherCurrency = true
			continue
		case inv.CreditNote:
			c.credits = append(c.credits, inv)
		default:
			c.invoices = append(c.invoices, inv)
		}
	}
	if len(c.invoices) == 0 {
		return ledger.Errorf("letter_nothing_due", "customer", c.customer.Name)
	}
	if len(c.Invoices) == 0 {
		c.leaveOutHeld()
	}
	for _, inv := range slices.Concat(c.invoices, c.credits) {
		c.principal = c.principal.Add(c.asked(inv)).Sub(c.reserved(inv))
	}
	if !c.principal.Positive() {
		return ledger.Errorf("letter_nothing_owed", "customer", c.customer.Name)
	}
	byDue := func(a, b *ledger.Invoice) int {
		return cmp.Or(cmp.Compare(c.due(a), c.due(b)), cmp.Compare(a.Issued, b.Issued), strings.Compare(a.Number, b.Number))
	}
	slices.SortFunc(c.invoices, byDue)
	slices.SortFunc(c.credits, byDue)
	c.total = c.principal
	return nil
}

// asked is what the letter asks for of an invoice: what is not due yet is not demanded.
func (c *composer) asked(inv *ledger.Invoice) ledger.Money {
	return ledger.Money{Minor: c.Standings.Of(inv.ID).Asked(), Currency: inv.Total.Currency}
}

// due is the earliest due date of what is open of an invoice.
func (c *composer) due(inv *ledger.Invoice) ledger.Date { return c.Standings.Of(inv.ID).Due }

// reserved gives the contested part of an invoice of which the rest is not: the letter leaves it aside.
// What is contested counts for what is overdue first, so that nothing contested is asked for.
func (c *composer) reserved(inv *ledger.Invoice) ledger.Money {
	st := c.Standings.Of(inv.ID)
	if st.Contested <= 0 || st.Contested >= st.Asked() {
		return ledger.Money{Currency: inv.Total.Currency}
	}
	return ledger.Money{Minor: st.Contested, Currency: inv.Total.Currency}
}

// leaveOutHeld takes away the invoices that are wholly contested or promised, if others remain.
func (c *composer) leaveOutHeld() {
	var free []*ledger.Invoice
	var held []string
	for _, inv := range c.invoices {
		if st := c.Standings.Of(inv.ID); st.PromisedBy != 0 || st.Contested >= st.Asked() {
			held = append(held, inv.Number)
		} else {
			free = append(free, inv)
		}
	}
	if len(free) > 0 {
		c.invoices, c.leftOut = free, held
	}
}

func (c *composer) currency(open []*ledger.Invoice) ledger.Currency {
	if c.Currency != "" {
		return c.Currency
	}
	var first ledger.Currency
	for _, inv := range open {
		if inv.CreditNote {
			continue
		}
		if inv.Total.Currency == ledger.EUR {
			return ledger.EUR
		}
		if first == "" {
			first = inv.Total.Currency
		}
	}
	return first
}

// claim adds interest and indemnity where their regime is known for every invoice of the letter;
// otherwise the letter asks for the principal alone, and a warning says why.
//
// Interest stands in the letter beside the invoices' open amounts as the ledger has them. Part payments
// imputed on interest first lower the one and raise the other by the same sum, so the total is the same.
func (c *composer) claim() {
	cases, err := claim.CasesOf(c.Book, c.Standings, ids(c.invoices), ids(c.credits))
	var claims []claim.Claim
	for i := 0; err == nil && i < len(cases); i++ {
		if part := c.reserved(c.invoices[i]); part.Positive() {
			cases[i].Receipts = append(cases[i].Receipts, claim.Receipt{Amount: part, Credit: true})
		}
		var one claim.Claim
		one, err = claim.Compute(cases[i], c.Rates, c.On)
		claims = append(claims, one)
	}
	if err != nil {
		c.warn("claim_left_out", "reason", c.w.Error(err))
		return
	}
	extra := interestOf(claims).Add(indemnityOf(claims))
	if !extra.Positive() {
		return
	}
	c.claims = claims
	c.total = c.principal.Add(extra)
	if slices.ContainsFunc(claims, hasUnconfirmed) {
		c.warn("rate_unconfirmed")
	}
}

func (c *composer) warn(code string, pairs ...any) {
	c.warnings = append(c.warnings, Warning{code, pairs})
}

// numbers lists the invoices' numbers.
func numbers(list []*ledger.Invoice) []string {
	out := make([]string, len(list))
	for i, inv := range list {
		out[i] = inv.Number
	}
	return out
}

func ids(list []*ledger.Invoice) []ledger.InvoiceID {
	out := make([]ledger.InvoiceID, len(list))
	for i, inv := range list {
		out[i] = inv.ID
	}
	return out
}
