package letters

import (
	"slices"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/claim"
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
	SignedBy  *Logo // picture of the signature
	Rates     claim.Rates
	Enclosed  bool // copies of the invoices go with the letter
	Facts     Facts
	// Text is that of the model, to try it; empty for the owner's in the book or, where there is none, that which comes with
	// the program.
	Text string
}

// Compose makes a letter of a model in the owner's own words, where the book has them. What the owner should look at comes as
// warnings, also that an own text can no longer be read or lacks what the law asks for; it is an error only when
// there is no letter to make: letter_model_unknown, letter_customer_unknown, letter_facts_missing (facts model and
// missing), letter_facts_currency, letter_plan_differs, letter_be_indemnity, letter_not_settled (fact invoices),
// letter_nothing_owed (credit notes cover the invoices), and letter_nothing_due, letter_nothing_coming,
// letter_nothing_open or letter_nothing_settled where there is no invoice of the kind that the model is about. For a text to try
// see [CheckText].
func Compose(r Request) (*Letter, []Warning, error) {
	return compose(r, false)
}

// compose makes a letter in the words of one, or of an e-mail.
func compose(r Request, mail bool) (*Letter, []Warning, error) {
	c, err := newComposer(r)
	if err != nil {
		return nil, nil, err
	}
	c.mail = mail
	if err := c.gather(); err != nil {
		return nil, nil, err
	}
	if err := c.pick(); err != nil {
		return nil, nil, err
	}
	if r.Model == FormalNotice || r.Model == InsolvencyClaim {
		c.claim()
	}
	if err := c.checkFacts(); err != nil {
		return nil, nil, err
	}
	if c.Model == PreDue && c.Deadline.IsZero() {
		c.Deadline = c.due(c.invoices[0])
	}
	c.fillIn()
	c.body()
	c.frame()
	c.addPayment()
	c.check()
	return c.letter, c.warnings, nil
}

// composer holds what a letter is made of.
type composer struct {
	Request
	model    *model
	kind     kind
	mail     bool
	w        *words.Words
	company  ledger.Company
	customer *ledger.Customer
	contact  *ledger.Contact

	invoices, credits []*ledger.Invoice
	otherCurrency     bool
	horizon           ledger.Date  // up to which due dates count as near
	unallocated       ledger.Money // received and not imputed on an invoice yet
	plan              []Instalment // in order; of a plan that lapses, those not paid
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
		r.Lang = LanguageOf(customer)
		if r.Model == InsolvencyClaim && !slices.Contains(words.Langs, r.Lang) {
			r.Lang = words.FR // it goes to a French officer
		}
	}
	m, warnings, err := r.model()
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
	return &composer{Request: r, model: m, kind: kinds[r.Model], w: words.New(r.Lang), company: r.Book.Company(),
		customer: customer, contact: contactFor(r), warnings: warnings}, nil
}

// LanguageOf gives the language in which a customer is written to.
func LanguageOf(c *ledger.Customer) words.Lang { return words.LetterLang(c.Language, c.Country) }

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
		if f := c.Facts.Insolvency; f != nil {
			cases[i].Insolvency = f.Opened
		}
		var one claim.Claim
		one, err = claim.Compute(cases[i], c.Rates, c.On)
		claims = append(claims, one)
	}
	if err != nil {
		c.warn("claim_left_out", "reason", err) // in the words of the one who reads the warning
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
