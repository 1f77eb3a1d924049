package desk

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/followup"
	"quitus/letters/guide"
)

// Time is the clock's time now.
func (d *Desk) Time() time.Time { return d.clock() }

// CallFile is what the owner has at hand in a call to a customer: what is owed and since when, what was agreed, promised and
// contested, and who was spoken to. It is about one day, and shared: it is not to be changed.
type CallFile struct {
	State    *State
	Customer *ledger.Customer
	Task     *followup.Task  // that the call carries out; nil for none
	Contact  *ledger.Contact // whom to call, or nil
	Number   string          // of the telephone, as it is kept; empty while none is known
	Contacts []*ledger.Contact

	// Due is what is asked for today: what is overdue, less what is contested, in the currency in which most is; Others are
	// the same in other currencies. A preventive call, when nothing is overdue, has what falls due next.
	Due        ledger.Money
	Others     []ledger.Money
	Preventive bool
	Contested  ledger.Money // that is not in Due
	// Interest and Indemnity are apart from Due, and only said where the regime lets the owner ask for them; ClaimErr says why
	// they could not be worked out.
	Interest, Indemnity ledger.Money
	ClaimErr            error

	Invoices  []CallInvoice     // open ones, the oldest due first, then open credit notes
	Promises  []CallPromise     // the newest first
	Disputes  []*ledger.Dispute // the newest first, closed ones included
	Plan      *ledger.Plan      // that runs
	Contacted []ledger.Event    // calls, letters, e-mails, replies and steps, the newest first
	Paid      *ledger.Payment   // the last that came in
	Receipt   *ledger.BankEntry // one that waits for a decision and may be the customer's
	Against   []followup.Reason // what speaks against calling now
	Summary   ledger.CustomerSummary
}

// CallInvoice is an open invoice or credit note in a call.
type CallInvoice struct {
	*ledger.Invoice
	Standing ledger.Standing
	Open     ledger.Money
	Asked    bool     // it is what the call is about
	Files    []string // names of the files kept with it
}

// CallPromise is a promise and what became of it.
type CallPromise struct {
	*ledger.Promise
	State ledger.PromiseState
}

// mostContacted is how many of the last contacts a call file has.
const mostContacted = 8

// CallFile gathers what a call to a customer needs. task names the task that the call carries out; where it is empty, the
// customer's telephone task of today is taken, if there is one. Errors: customer_unknown, task_unknown.
func (d *Desk) CallFile(customer ledger.CustomerID, task string) (*CallFile, error) {
	s := d.State()
	f := &CallFile{State: s, Customer: s.Book.Customer(customer)}
	if f.Customer == nil {
		return nil, ledger.Errorf("customer_unknown", "customer", uint32(customer))
	}
	if task != "" {
		t, err := s.TaskNamed(task)
		if err != nil {
			return nil, err
		}
		f.Task = t
	} else {
		for _, t := range s.TasksOf(customer) {
			if t.Channel == ledger.ChannelPhone && f.Task == nil {
				f.Task = t
			}
		}
	}
	f.Contact, f.Number = s.Speaker(customer)
	f.Contacts = s.Book.ContactsOf(customer)
	f.Against = d.Against(customer, ledger.ChannelPhone)
	f.Receipt = s.possibleReceipts()[customer]
	f.Summary = s.Book.Summary(customer, s.Standings)
	f.owed()
	f.claims(d)
	f.history()
	return f, nil
}

// Refreshed is the file as it is now: of the same task, which may be done meanwhile.
func (d *Desk) Refreshed(f *CallFile) (*CallFile, error) {
	name := ""
	if f.Task != nil {
		if _, err := d.State().TaskNamed(f.Task.Name); err == nil {
			name = f.Task.Name
		}
	}
	return d.CallFile(f.Customer.ID, name)
}

// owed gathers what is open and adds up what is asked for.
func (f *CallFile) owed() {
	s := f.State
	ids := slices.Clone(s.Book.InvoicesOf(f.Customer.ID))
	if f.Task != nil { // a manager is called for what several customers owe
		for _, l := range f.Task.Lines {
			if !slices.Contains(ids, l.Invoice) {
				ids = append(ids, l.Invoice)
			}
		}
	}
	files := map[ledger.InvoiceID][]string{}
	for x := range s.Book.Documents.All() {
		if x.Customer == f.Customer.ID && x.Invoice != 0 {
			files[x.Invoice] = append(files[x.Invoice], x.Name)
		}
	}
	for _, id := range ids {
		if st := s.Standings.Of(id); st.Open != 0 {
			i := s.Book.Invoice(id)
			f.Invoices = append(f.Invoices, CallInvoice{Invoice: i, Standing: st, Open: s.Open(i), Files: files[id]})
		}
	}
	slices.SortStableFunc(f.Invoices, func(a, b CallInvoice) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Standing.Due, b.Standing.Due), cmp.Compare(a.ID, b.ID))
	})
	overdue, contested := ledger.Sums{}, ledger.Sums{}
	for _, i := range f.Invoices {
		if st := i.Standing; st.Overdue > 0 {
			part := min(st.Contested, st.Overdue)
			overdue.Add(ledger.Money{Minor: st.Overdue - part, Currency: i.Total.Currency})
			contested.Add(ledger.Money{Minor: part, Currency: i.Total.Currency})
		}
	}
	f.Preventive = len(overdue) == 0
	if f.Preventive {
		f.coming(overdue)
	}
	for n, m := range overdue.List() {
		if n == 0 {
			f.Due = m
			continue
		}
		f.Others = append(f.Others, m)
	}
	if f.Due.Currency == "" {
		f.Due.Currency = ledger.EUR
	}
	f.Contested = ledger.Money{Minor: contested[f.Due.Currency], Currency: f.Due.Currency}
	for n := range f.Invoices {
		i := &f.Invoices[n]
		late := i.Standing.Overdue > min(i.Standing.Contested, i.Standing.Overdue)
		i.Asked = i.Total.Currency == f.Due.Currency && !i.CreditNote && (late || f.Preventive && i.Asked)
	}
}

// rank puts what is overdue first and credit notes last.
func rank(i CallInvoice) int {
	switch {
	case i.CreditNote:
		return 3
	case i.Standing.Due.IsZero():
		return 2
	case i.Standing.Overdue > 0:
		return 0
	}
	return 1
}

// coming adds what a preventive call is about: the invoices of its task, or else the one that falls due next.
func (f *CallFile) coming(sums ledger.Sums) {
	named := map[ledger.InvoiceID]bool{}
	if f.Task != nil {
		for _, l := range f.Task.Lines {
			named[l.Invoice] = true
		}
	}
	for n := range f.Invoices {
		i := &f.Invoices[n]
		if i.CreditNote || !(named[i.ID] || len(named) == 0 && len(sums) == 0) {
			continue
		}
		i.Asked = true
		sums.Add(ledger.Money{Minor: i.Standing.Open - i.Standing.Contested, Currency: i.Total.Currency})
	}
}

// claims works out interest and indemnity on what is asked for.
func (f *CallFile) claims(d *Desk) {
	f.Interest, f.Indemnity = ledger.Money{Currency: f.Due.Currency}, ledger.Money{Currency: f.Due.Currency}
	if f.Preventive {
		return
	}
	list, err := d.Claims(f.Customer.ID)
	if err != nil {
		f.ClaimErr = err
		return
	}
	for _, c := range list {
		if c.Interest.Currency == f.Due.Currency {
			f.Interest = f.Interest.Add(c.Interest)
		}
		if c.Indemnity.Currency == f.Due.Currency {
			f.Indemnity = f.Indemnity.Add(c.Indemnity)
		}
	}
}

// history gathers what was agreed, contested and said before.
func (f *CallFile) history() {
	b, on := f.State.Book, f.State.On
	for _, p := range b.PromisesOf(f.Customer.ID) {
		if p.Made <= on {
			f.Promises = append(f.Promises, CallPromise{p, b.Judge(p, on)})
		}
	}
	slices.SortStableFunc(f.Promises, func(x, y CallPromise) int {
		return cmp.Or(cmp.Compare(y.Made, x.Made), cmp.Compare(y.Due, x.Due), cmp.Compare(y.ID, x.ID))
	})
	for _, id := range b.InvoicesOf(f.Customer.ID) {
		f.Disputes = append(f.Disputes, b.DisputesOf(id)...)
	}
	slices.SortStableFunc(f.Disputes, func(x, y *ledger.Dispute) int { return cmp.Compare(y.Opened, x.Opened) })
	for _, p := range b.PlansOf(f.Customer.ID) {
		if p.End == ledger.PlanRunning && !p.Proposed && !b.JudgePlan(p, on).Kept {
			f.Plan = p
		}
	}
	for _, p := range b.PaymentsOf(f.Customer.ID) {
		if p.On <= on && p.Amount.Positive() && (f.Paid == nil || p.On >= f.Paid.On) {
			f.Paid = p
		}
	}
	for _, e := range b.Events(f.Customer.ID, f.State.Standings) {
		switch r := e.Record.(type) {
		case *ledger.Call:
			if r.Running {
				continue
			}
		case *ledger.Letter:
			if r.Sent == 0 {
				continue
			}
		case *ledger.Reply:
			if r.Sort != ledger.ReplyPerson { // nobody said anything
				continue
			}
		case *ledger.Message, *ledger.Step:
		default:
			continue
		}
		if slices.Contains([]ledger.EventKind{ledger.EventCall, ledger.EventLetter, ledger.EventMessage, ledger.EventStep, ledger.EventReply}, e.Kind) {
			f.Contacted = append(f.Contacted, e)
		}
	}
	f.Contacted = f.Contacted[:min(len(f.Contacted), mostContacted)]
}

// Asked lists the invoices that the call is about.
func (f *CallFile) Asked() []CallInvoice {
	var out []CallInvoice
	for _, i := range f.Invoices {
		if i.Asked {
			out = append(out, i)
		}
	}
	return out
}

// AskedIDs are the invoices that the call is about, as records name them.
func (f *CallFile) AskedIDs() []ledger.InvoiceID {
	var out []ledger.InvoiceID
	for _, i := range f.Asked() {
		out = append(out, i.ID)
	}
	return out
}

// Kind is the kind of guide that the call goes by.
func (f *CallFile) Kind() guide.Kind {
	if f.Preventive {
		return guide.Preventive
	}
	return guide.Late
}

// ClaimsSaid says whether interest and indemnity may be spoken of: a consumer or a person who is no professional owes none by
// law (C. com. L441-10 is about professionals).
func (f *CallFile) ClaimsSaid() bool {
	switch f.Customer.Type {
	case ledger.Consumer, ledger.NonProfessional:
		return false
	}
	return f.ClaimErr == nil
}

// Facts puts the file into what a call guide is filled with. contact is the person on the line, or nil; agreed is what the call
// obtained so far. What the ledger does not prove stays unknown, and is not said.
func (f *CallFile) Facts(w *words.Words, contact *ledger.Contact, agreed []ledger.Promise) guide.Facts {
	b, company := f.State.Book, f.State.Book.Company()
	out := guide.Facts{
		On: f.State.On, Company: company.Name, Owner: company.Signatory.Name, Phone: company.Phone, Country: company.Country,
		Customer: f.Customer.Name, Kind: f.Customer.Type, Total: f.Due, Bank: b.BankRead(), Reminded: f.reminded(),
		Promise: f.promise(), Last: f.last(), Dispute: f.dispute(w),
	}
	if out.Owner == "" {
		out.Owner = company.Name
	}
	if contact != nil {
		out.Contact, out.Role = contact.Name, contact.Role
	}
	if f.ClaimsSaid() {
		out.Interest, out.Indemnity = f.Interest, f.Indemnity
	}
	terms := f.Customer.Terms
	paid := ledger.Money{Currency: f.Due.Currency}
	for n, i := range f.Asked() {
		if n == 0 && i.Terms.Given {
			terms = i.Terms
		}
		paid.Minor += i.Standing.Paid
		out.Invoices = append(out.Invoices, guide.Invoice{
			Number: i.Number, Issued: i.Issued, Due: i.Standing.Due, DaysLate: i.Standing.DaysLate, Open: i.Open,
			Subject: subject(i.Subject), Order: i.OrderRef,
		})
	}
	out.Terms, out.Paid = w.Terms(terms), paid
	for _, p := range agreed {
		means := ""
		if p.Means != ledger.OtherMeans {
			means = w.T("call.by." + string(p.Means))
		}
		out.Agreed = append(out.Agreed, guide.Agreement{Amount: p.Amount, On: p.Due, Means: means})
	}
	return out
}

// subject is what an invoice is for as it is said: its first sentence, without the stop.
func subject(s string) string {
	if first, _, more := strings.Cut(s, ". "); more {
		s = first
	}
	return strings.TrimSuffix(strings.TrimSpace(s), ".")
}

// reminded is the day of the last letter or e-mail that was about what the call is about.
func (f *CallFile) reminded() ledger.Date {
	asked, last := f.AskedIDs(), ledger.Date(0)
	about := func(list []ledger.LetterLine) bool {
		return slices.ContainsFunc(list, func(l ledger.LetterLine) bool { return slices.Contains(asked, l.Invoice) })
	}
	for _, l := range f.State.Book.LettersOf(f.Customer.ID) {
		if l.Sent != 0 && l.Sent <= f.State.On && about(l.Lines) {
			last = max(last, l.Sent)
		}
	}
	for _, m := range f.State.Book.MessagesOf(f.Customer.ID) {
		if m.State == ledger.MessageSent && m.Model != callSummaryModel && m.Sent <= f.State.On && about(m.Lines) {
			last = max(last, m.Sent)
		}
	}
	for _, x := range f.State.Book.StepsOf(f.Customer.ID) {
		if x.Done == ledger.StepReminder && x.On <= f.State.On && slices.ContainsFunc(x.Invoices, func(i ledger.InvoiceID) bool { return slices.Contains(asked, i) }) {
			last = max(last, x.On)
		}
	}
	return last
}

// promise is the latest about what the call is about; one that was kept is not spoken of.
func (f *CallFile) promise() *guide.Promise {
	asked := f.AskedIDs()
	for _, p := range f.Promises {
		if p.State == ledger.PromiseKept || p.Amount.Currency != f.Due.Currency ||
			len(p.Invoices) > 0 && !slices.ContainsFunc(p.Invoices, func(i ledger.InvoiceID) bool { return slices.Contains(asked, i) }) {
			continue
		}
		return &guide.Promise{
			Made: p.Made, Due: p.Due, Amount: p.Amount, By: f.promisedBy(p.ID),
			Broken: p.State != ledger.PromiseRunning, InPart: p.State == ledger.PromiseKeptInPart,
		}
	}
	return nil
}

// promisedBy names who made a promise: whoever was on the telephone then.
func (f *CallFile) promisedBy(id ledger.PromiseID) string {
	for _, c := range f.State.Book.CallsOf(f.Customer.ID) {
		if slices.Contains(c.Promises, id) {
			return c.With
		}
	}
	return ""
}

// last is the last talk.
func (f *CallFile) last() *guide.Contact {
	for _, e := range f.Contacted {
		if c, ok := e.Record.(*ledger.Call); ok && c.Reach == ledger.Reached {
			return &guide.Contact{On: c.On, With: c.With, Said: LastSaid(c)}
		}
	}
	return nil
}

// LastSaid gives the last thing that the customer said in a call, as it was noted; nothing where only the owner's words were.
func LastSaid(c *ledger.Call) string {
	list := ledger.ReadNotes(c.Notes)
	for _, n := range slices.Backward(list) {
		if n.Who != "" && (n.Who == c.With || !n.Own) {
			return n.Text
		}
	}
	return ""
}

// dispute is the latest open one.
func (f *CallFile) dispute(w *words.Words) *guide.Contest {
	for _, x := range f.Disputes {
		if x.Closed != 0 && x.Closed <= f.State.On {
			continue
		}
		text := x.Words
		if text == "" {
			text = w.DisputeReason(x.Reason)
		}
		return &guide.Contest{Number: f.State.Book.Invoice(x.Invoice).Number, Words: text, On: x.Opened}
	}
	return nil
}

// Guide fills the guide that the call goes by, with the texts that the owner edited. Errors are those of [guide.For].
func (f *CallFile) Guide(w *words.Words, contact *ledger.Contact, agreed []ledger.Promise) (*guide.Filled, error) {
	g, err := f.State.Guide(f.Kind(), w.Lang())
	if err != nil {
		return nil, err
	}
	return g.Fill(f.Facts(w, contact, agreed)), nil
}
