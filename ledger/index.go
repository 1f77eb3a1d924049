package ledger

import (
	"strings"
	"sync/atomic"
)

// index finds records by what people call them, and those that belong together. Each part is made when it
// is first asked for, and passed on to the next book where the records that it is made of stay the same.
type index struct {
	customers       part[customerIndex]
	invoices        part[map[string][]InvoiceID] // by folded number
	invoicesOf      part[[][]InvoiceID]          // by customer number
	contactsOf      part[map[CustomerID][]*Contact]
	paymentsOf      part[map[CustomerID][]*Payment]
	paymentsOfEntry part[map[BankEntryID][]*Payment]
	lettersOf       part[map[CustomerID][]*Letter]
	aliases         part[map[string][]*Alias] // by label
	stepsOf         part[map[CustomerID][]*Step]
	promisesOf      part[map[CustomerID][]*Promise]
	plansOf         part[map[CustomerID][]*Plan]
	callsOf         part[map[CustomerID][]*Call]
	messagesOf      part[map[CustomerID][]*Message]
	repliesOf       part[map[CustomerID][]*Reply]
	actionsOf       part[map[CustomerID][]*Action]
	disputesOf      part[map[InvoiceID][]*Dispute]
	depositOf       part[map[PaymentID]*Deposit]
}

// customerIndex finds customers by folded code and by folded name.
type customerIndex struct {
	byRef  map[string]CustomerID
	byName map[string][]CustomerID
}

// part is a piece of an index, made at most once by each of the goroutines that ask for it first.
type part[T any] struct{ made atomic.Pointer[T] }

func (p *part[T]) get(make func() T) T {
	if v := p.made.Load(); v != nil {
		return *v
	}
	v := make()
	p.made.CompareAndSwap(nil, &v)
	return *p.made.Load()
}

// keep takes over the parts of an earlier book's index that do not rest on changed kinds.
func (x *index) keep(from *index, changed func(Kind) bool) {
	if !changed(KindCustomer) {
		x.customers.made.Store(from.customers.made.Load())
	}
	if !changed(KindInvoice) {
		x.invoices.made.Store(from.invoices.made.Load())
		x.invoicesOf.made.Store(from.invoicesOf.made.Load())
	}
	if !changed(KindContact) {
		x.contactsOf.made.Store(from.contactsOf.made.Load())
	}
	if !changed(KindPayment) {
		x.paymentsOf.made.Store(from.paymentsOf.made.Load())
		x.paymentsOfEntry.made.Store(from.paymentsOfEntry.made.Load())
	}
	if !changed(KindLetter) {
		x.lettersOf.made.Store(from.lettersOf.made.Load())
	}
	if !changed(KindAlias) {
		x.aliases.made.Store(from.aliases.made.Load())
	}
	if !changed(KindPromise) {
		x.promisesOf.made.Store(from.promisesOf.made.Load())
	}
	if !changed(KindPlan) {
		x.plansOf.made.Store(from.plansOf.made.Load())
	}
	if !changed(KindCall) {
		x.callsOf.made.Store(from.callsOf.made.Load())
	}
	if !changed(KindMessage) {
		x.messagesOf.made.Store(from.messagesOf.made.Load())
	}
	if !changed(KindReply) {
		x.repliesOf.made.Store(from.repliesOf.made.Load())
	}
	if !changed(KindAction) {
		x.actionsOf.made.Store(from.actionsOf.made.Load())
	}
	if !changed(KindDispute) {
		x.disputesOf.made.Store(from.disputesOf.made.Load())
	}
	if !changed(KindStep) {
		x.stepsOf.made.Store(from.stepsOf.made.Load())
	}
	if !changed(KindDeposit) {
		x.depositOf.made.Store(from.depositOf.made.Load())
	}
}

// numberKey folds an invoice number for finding it: case and blanks do not count.
func numberKey(s string) string { return strings.ToUpper(strings.Join(strings.Fields(s), "")) }

func (b *Book) customersIndex() customerIndex {
	return b.index.customers.get(func() customerIndex {
		x := customerIndex{
			byRef:  make(map[string]CustomerID, b.Customers.Len()),
			byName: make(map[string][]CustomerID, b.Customers.Len()),
		}
		for c := range b.Customers.All() {
			x.byRef[numberKey(c.Ref)] = c.ID
			for _, n := range c.AllNames() {
				if k := Fold(n); k != "" {
					x.byName[k] = append(x.byName[k], c.ID)
				}
			}
		}
		return x
	})
}

// CustomerByRef finds a customer by its code, without regard to case and blanks; nil if there is none.
func (b *Book) CustomerByRef(ref string) *Customer {
	return b.Customer(b.customersIndex().byRef[numberKey(ref)])
}

// CustomersByName finds the customers that carry a name, without regard to case, accents, kind of
// apostrophe and runs of blanks.
func (b *Book) CustomersByName(name string) []CustomerID {
	return b.customersIndex().byName[Fold(name)]
}

// InvoicesByNumber finds invoices and credit notes by number, without regard to case and blanks. Two
// customers may share a number.
func (b *Book) InvoicesByNumber(number string) []InvoiceID {
	return b.index.invoices.get(func() map[string][]InvoiceID {
		x := make(map[string][]InvoiceID, b.Invoices.Len())
		for i := range b.Invoices.All() {
			k := numberKey(i.Number)
			x[k] = append(x[k], i.ID)
		}
		return x
	})[numberKey(number)]
}

// InvoicesOf gives a customer's invoices and credit notes in the order in which they were recorded.
func (b *Book) InvoicesOf(c CustomerID) []InvoiceID {
	x := b.index.invoicesOf.get(func() [][]InvoiceID {
		x := make([][]InvoiceID, b.Customers.Cap()+1)
		for i := range b.Invoices.All() {
			if int(i.Customer) < len(x) { // a damaged ledger may say anything
				x[i.Customer] = append(x[i.Customer], i.ID)
			}
		}
		return x
	})
	if int(c) < len(x) {
		return x[c]
	}
	return nil
}

// of groups records by what they belong to, in the order of their numbers.
func of[R any, K comparable](t Table[R], key func(*R) K) func() map[K][]*R {
	return func() map[K][]*R {
		x := map[K][]*R{}
		for r := range t.All() {
			x[key(r)] = append(x[key(r)], r)
		}
		return x
	}
}

// ContactsOf gives the persons known at a customer's.
func (b *Book) ContactsOf(c CustomerID) []*Contact {
	return b.index.contactsOf.get(of(b.Contacts, func(r *Contact) CustomerID { return r.Customer }))[c]
}

// PaymentsOf gives what a customer paid.
func (b *Book) PaymentsOf(c CustomerID) []*Payment {
	return b.index.paymentsOf.get(of(b.Payments, func(r *Payment) CustomerID { return r.Customer }))[c]
}

// LettersOf gives the letters made for a customer.
func (b *Book) LettersOf(c CustomerID) []*Letter {
	return b.index.lettersOf.get(of(b.Letters, func(r *Letter) CustomerID { return r.Customer }))[c]
}

// StepsOf gives what was done about a customer's invoices outside of this program.
func (b *Book) StepsOf(c CustomerID) []*Step {
	return b.index.stepsOf.get(of(b.Steps, func(r *Step) CustomerID { return r.Customer }))[c]
}

// PromisesOf gives what a customer promised.
func (b *Book) PromisesOf(c CustomerID) []*Promise {
	return b.index.promisesOf.get(of(b.Promises, func(r *Promise) CustomerID { return r.Customer }))[c]
}

// PlansOf gives the payment plans agreed with a customer.
func (b *Book) PlansOf(c CustomerID) []*Plan {
	return b.index.plansOf.get(of(b.Plans, func(r *Plan) CustomerID { return r.Customer }))[c]
}

// CallsOf gives the calls with a customer, a running one included.
func (b *Book) CallsOf(c CustomerID) []*Call {
	return b.index.callsOf.get(of(b.Calls, func(r *Call) CustomerID { return r.Customer }))[c]
}

// RepliesOf gives the messages that came back on a customer's case.
func (b *Book) RepliesOf(c CustomerID) []*Reply {
	return b.index.repliesOf.get(of(b.Replies, func(r *Reply) CustomerID { return r.Customer }))[c]
}

// MessagesOf gives the e-mails approved for a customer.
func (b *Book) MessagesOf(c CustomerID) []*Message {
	return b.index.messagesOf.get(of(b.Messages, func(r *Message) CustomerID { return r.Customer }))[c]
}

// ActionsOf gives the follow-up tasks done for a customer.
func (b *Book) ActionsOf(c CustomerID) []*Action {
	return b.index.actionsOf.get(of(b.Actions, func(r *Action) CustomerID { return r.Customer }))[c]
}

// DisputesOf gives the disputes about an invoice, closed ones included.
func (b *Book) DisputesOf(i InvoiceID) []*Dispute {
	return b.index.disputesOf.get(of(b.Disputes, func(r *Dispute) InvoiceID { return r.Invoice }))[i]
}

// AllNames gives a customer's name and the other names in use.
func (c *Customer) AllNames() []string {
	out := []string{c.Name}
	for _, n := range splitLines(c.Names) {
		if n = strings.TrimSpace(n); n != "" {
			out = append(out, n)
		}
	}
	return out
}
