package claim

import (
	"slices"
	"strings"

	"quitus/ledger"
)

// Finding is something to look at before a formal notice or a hand-over: a code whose sentence is in the translations
// under "claim.ready." + Code, and its facts. The owner decides what to make of it.
type Finding struct {
	Code    string
	Invoice ledger.InvoiceID // what it is about; 0 for the customer as a whole
	Args    []any            // pairs of fact name and value
}

// ReadyCodes lists every finding that [Ready] can name.
var ReadyCodes = []string{"nothing_due", "disputed", "due_estimated", "due_missing", "no_order", "no_proof", "paid_day_unknown", "promised", "planned",
	"limit_near", "limit_past", "limit_unknown", "unallocated", "credit_open", "insolvent", "name_missing", "address_incomplete", "form_missing", "number_missing",
	"number_unusual", "demand_missing", "kind_unlikely", "regime_unknown", "not_computed", "rate_unconfirmed", "own_details"}

// Ready looks at what a formal notice or a hand-over of a customer's late invoices rests on: a debt that is certain,
// liquid and due (CPC 1405, 1407; L111-6 CPCE), its proof, who the debtor is, the rules, and the time left to claim.
// It only shows: an empty list says that nothing was found, not that nothing is missing.
func Ready(b *ledger.Book, s *ledger.Standings, customer ledger.CustomerID, r Rates) []Finding {
	c := b.Customer(customer)
	if c == nil {
		return nil
	}
	x := &readiness{book: b, standings: s, customer: c, rates: r, proofs: map[ledger.InvoiceID]bool{}}
	for d := range b.Documents.All() {
		if d.Customer == customer {
			x.proofs[d.Invoice] = true
		}
	}
	late := 0
	for _, id := range b.InvoicesOf(customer) {
		inv, st := b.Invoice(id), s.Of(id)
		switch {
		case inv.CreditNote && st.Open != 0:
			x.add("credit_open", id, "number", inv.Number)
		case !inv.CreditNote && st.Open > 0 && inv.Due.IsZero():
			x.add("due_missing", id, "number", inv.Number)
		case st.DaysLate > 0:
			late++
			x.invoice(inv, st)
		}
	}
	if late == 0 {
		x.add("nothing_due", 0)
	}
	x.receipts()
	x.debtor()
	x.rules()
	x.creditor()
	return x.found
}

type readiness struct {
	book      *ledger.Book
	standings *ledger.Standings
	customer  *ledger.Customer
	rates     Rates
	proofs    map[ledger.InvoiceID]bool
	found     []Finding
	refused   []string // reasons given already
}

func (x *readiness) add(code string, about ledger.InvoiceID, facts ...any) {
	x.found = append(x.found, Finding{code, about, facts})
}

// invoice looks at one late invoice.
func (x *readiness) invoice(inv *ledger.Invoice, st ledger.Standing) {
	on := x.standings.On
	add := func(code string, facts ...any) { x.add(code, inv.ID, append([]any{"number", inv.Number}, facts...)...) }
	if d := x.book.OpenDispute(inv.ID, on); d != nil {
		add("disputed", "day", d.Opened)
	}
	if inv.DueEstimated {
		add("due_estimated", "day", inv.Due)
	}
	if inv.OrderRef == "" {
		add("no_order")
	}
	if !x.proofs[inv.ID] {
		add("no_proof")
	}
	switch {
	case st.Planned:
		add("planned", "day", st.PromisedBy)
	case !st.PromisedBy.IsZero():
		add("promised", "day", st.PromisedBy)
	}
	if x.customer.Type == ledger.PublicBody && country(x.customer.Country) == "fr" && inv.Demanded.IsZero() {
		add("demand_missing")
	}
	c, err := CaseOf(x.book, inv.ID)
	if err != nil {
		x.notComputed(err)
		return
	}
	if slices.ContainsFunc(c.Receipts, func(r Receipt) bool { return r.Date.IsZero() && !r.Credit }) {
		add("paid_day_unknown")
	}
	switch l := c.Limit(on); {
	case l.Last.IsZero():
		add("limit_unknown")
	case l.Past(on):
		add("limit_past", "day", l.Last)
	case l.Near(on):
		add("limit_near", "day", l.Last)
	}
	k, err := Compute(c, x.rates, on)
	if err != nil {
		x.notComputed(err)
	} else if k.unconfirmed() && !slices.Contains(x.refused, "rate_unconfirmed") {
		x.refused = append(x.refused, "rate_unconfirmed")
		x.add("rate_unconfirmed", 0)
	}
}

// notComputed tells a reason once.
func (x *readiness) notComputed(err error) {
	code := ledger.CodeOf(err)
	if code == "regime_unsupported" || slices.Contains(x.refused, code) { // see rules
		return
	}
	x.refused = append(x.refused, code)
	x.add("not_computed", 0, "reason", err)
}

// receipts looks for money that may belong to the invoices.
func (x *readiness) receipts() {
	left := ledger.Sums{}
	for _, p := range x.book.PaymentsOf(x.customer.ID) {
		rest := p.Amount
		for _, a := range p.Allocations {
			rest.Minor -= a.Amount
		}
		if rest.Positive() && p.On <= x.standings.On {
			left.Add(rest)
		}
	}
	for _, m := range left.List() {
		if m.Positive() {
			x.add("unallocated", 0, "amount", m)
		}
	}
}

// forms are the legal forms of companies in the four countries, as people write them, folded and without dots.
var forms = strings.Fields("sarl sas sasu sa eurl sci snc ei eirl selarl selas selafa scp scm scea earl gaec gie scop association asbl aisbl " +
	"srl sprl bv nv sc scrl commv sca sarl-s secs ag gmbh sagl ltd inc")

// debtor looks at who owes.
func (x *readiness) debtor() {
	c := x.customer
	company := c.Type == ledger.CompanyCustomer || c.Type == ""
	if strings.TrimSpace(c.Name) == "" {
		x.add("name_missing", 0)
	}
	if c.Address == "" || c.Postcode == "" || c.Town == "" {
		x.add("address_incomplete", 0)
	}
	hasForm := slices.ContainsFunc(strings.FieldsFunc(ledger.Fold(strings.ReplaceAll(c.Name, ".", "")), func(r rune) bool { return r == ' ' || r == ',' || r == '(' || r == ')' }),
		func(w string) bool { return slices.Contains(forms, w) })
	if company && !hasForm {
		x.add("form_missing", 0)
	}
	switch {
	case c.SIREN == "" && (company || c.Type == ledger.PublicBody):
		x.add("number_missing", 0)
	case c.SIREN != "" && c.Type == ledger.Consumer:
		x.add("kind_unlikely", 0)
	case c.SIREN != "":
		if ledger.NumberDoubt(c.Country, c.SIREN, c.VAT) != nil {
			x.add("number_unusual", 0, "value", c.SIREN)
		}
	}
	if !c.Insolvent.IsZero() {
		x.add("insolvent", 0, "day", c.Insolvent)
	}
}

// rules looks at which law applies.
func (x *readiness) rules() {
	regime := RegimeOf(x.book.Company().Country, x.customer.Country, x.customer.Type)
	if !regime.Supported() {
		x.add("regime_unknown", 0, "name", ledger.Term("claim.regime."+string(regime)))
	}
}

// creditor looks at what the owner's own letters must tell.
func (x *readiness) creditor() {
	c := x.book.Company()
	if c.Name == "" || c.LegalForm == "" || c.SIREN == "" || len(c.Address) == 0 || c.Town == "" {
		x.add("own_details", 0)
	}
}
