// Package handover makes the file of a case for a lawyer, a commissaire de justice or an agency: one bound document with the
// parties, the claim, the list of exhibits and what happened, and a zip with that document, the exhibits and their digests.
//
// It is pure: a book, a day and the owner's choices in, a [Case] out, and files once the contents of the kept documents are
// given. The same case makes the same bytes. It shows and lists; what a thing is in law the owner and their counsel decide.
package handover

import (
	"slices"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/claim"
	"quitus/letters"
)

// Request says which case to make, and what goes in.
type Request struct {
	Book      *ledger.Book
	Standings *ledger.Standings // of the day of the file
	Customer  ledger.CustomerID
	Lang      words.Lang
	To        string              // to whom it goes; may be empty
	Calls     []ledger.CallID     // calls whose notes go along; others are not told of at all
	Documents []ledger.DocumentID // kept documents that go along, of those [Offered]
	Rates     claim.Rates
	Logo      *letters.Logo
	// Recorded gives the day on which a record was first written to the journal; zero where that is not known.
	Recorded func(ledger.Kind, uint32) ledger.Date
	// Head is the newest entry of the journal.
	Head ledger.Entry
}

// Case is what a file will hold.
type Case struct {
	Request
	Invoices []ledger.InvoiceID // handed over: what is past due, the oldest first
	Accounts []Account          // what is owed, by currency
	Exhibits []Exhibit          // numbered from 1
	Events   []Happened         // the oldest first
	Missing  []Missing

	w        *words.Words
	customer *ledger.Customer
}

// Missing is something that the file lacks, or that only the owner can check: a code whose sentence is in the translations
// under "handover.missing." + Code.
type Missing struct {
	Code  string
	Args  []any // pairs of fact name and value
	Check bool  // the program cannot know: the owner is to look
}

// Gather puts together what a file will hold. Errors: customer_unknown, handover_nothing_late (nothing of the customer's is
// past due).
func Gather(r Request) (*Case, error) {
	c := &Case{Request: r, w: words.New(r.Lang), customer: r.Book.Customer(r.Customer)}
	if c.customer == nil {
		return nil, ledger.Errorf("customer_unknown", "ref", int(r.Customer))
	}
	if c.Invoices = late(r.Book, r.Standings, r.Customer); len(c.Invoices) == 0 {
		return nil, ledger.Errorf("handover_nothing_late", "customer", c.customer.Name)
	}
	c.account()
	c.exhibits()
	c.chronology()
	c.missing()
	return c, nil
}

// late gives the invoices of a customer that are past due, the oldest due first.
func late(b *ledger.Book, s *ledger.Standings, id ledger.CustomerID) []ledger.InvoiceID {
	var out []ledger.InvoiceID
	for _, i := range b.InvoicesOf(id) {
		if s.Of(i).Overdue > 0 {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(x, y ledger.InvoiceID) int { return int(s.Of(x).Due) - int(s.Of(y).Due) })
	return out
}

// Offered gives the kept documents that can go along: those of the invoices past due and those kept with the customer, in
// the order in which they came. Proofs of registered letters go with their letters, and files handed over before stay out.
func Offered(b *ledger.Book, s *ledger.Standings, id ledger.CustomerID) []*ledger.Document {
	apart := map[ledger.DocumentID]bool{}
	for _, l := range b.LettersOf(id) {
		apart[l.Registered.Proof], apart[l.Registered.Receipt] = true, true
	}
	for _, a := range b.ActionsOf(id) {
		apart[a.Document] = true
	}
	invoices := late(b, s, id)
	var out []*ledger.Document
	for x := range b.Documents.All() {
		if x.Customer == id && !apart[x.ID] && x.On <= s.On && (x.Invoice == 0 || slices.Contains(invoices, x.Invoice)) {
			out = append(out, x)
		}
	}
	return out
}

// OfferedCalls gives the calls whose notes can go along, the oldest first: those about one of the invoices past due, or about
// none in particular.
func OfferedCalls(b *ledger.Book, s *ledger.Standings, id ledger.CustomerID) []*ledger.Call {
	invoices := late(b, s, id)
	var out []*ledger.Call
	for _, x := range b.CallsOf(id) {
		if !x.Running && x.On <= s.On && (len(x.Invoices) == 0 || concerns(x.Invoices, invoices)) {
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, func(x, y *ledger.Call) int { return int(x.On) - int(y.On) })
	return out
}

func concerns(some, within []ledger.InvoiceID) bool {
	return slices.ContainsFunc(some, func(i ledger.InvoiceID) bool { return slices.Contains(within, i) })
}

// about says whether a letter or an e-mail is about what is handed over; one that names no invoice is.
func (c *Case) about(lines []ledger.LetterLine) bool {
	return len(lines) == 0 || slices.ContainsFunc(lines, func(l ledger.LetterLine) bool { return slices.Contains(c.Invoices, l.Invoice) })
}

// numbers lists invoices.
func (c *Case) numbers(list []ledger.InvoiceID) []string {
	out := make([]string, len(list))
	for k, id := range list {
		out[k] = c.Book.Invoice(id).Number
	}
	return out
}

// Sentence is what is missing, in words.
func (m Missing) Sentence(w *words.Words) string { return w.T("handover.missing."+m.Code, m.Args...) }

// Mend says what the owner can do about it; nothing where there is nothing to do but to know.
func (m Missing) Mend(w *words.Words) string {
	if key := "handover.mend." + m.Code; w.Has(key) {
		return w.T(key)
	}
	return ""
}
