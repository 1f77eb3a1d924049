package guide

import (
	"slices"
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
)

// Facts are what the ledger knows of a case on the day of a call. Whatever is zero is unknown and not
// spoken of; a text that needs it is left out.
type Facts struct {
	On ledger.Date // the day of the call

	Company, Owner, Phone string // who calls, and the number to call back
	Country               string // of the owner's company, ISO 3166-1

	Customer      string
	Kind          ledger.CustomerKind
	Contact, Role string // the person called: "Mme Lepage", "comptabilité"
	Terms         string // as agreed, in words: "30 jours nets"

	// Invoices are what the call is about, oldest due first: those past due, or for a preventive call those
	// that fall due soon. All are in one currency.
	Invoices []Invoice
	// Total is what is asked for: what is open of Invoices, less what is contested. Interest and Indemnity
	// are beside it, zero where none may be asked. Paid is what has come in on Invoices.
	Total, Interest, Indemnity, Paid ledger.Money

	Bank     ledger.Date // day up to which the bank is read
	Reminded ledger.Date // day of the last letter or message that was about these invoices
	Promise  *Promise    // the latest about these invoices
	Last     *Contact    // the last talk, on the telephone or in person
	Dispute  *Contest    // an open one on these or other invoices

	// Commit is the day to propose for payment; where zero, that of a running promise, else [CommitDay].
	Commit ledger.Date
	Agreed []Agreement // what this call has obtained so far, to sum up
}

// Invoice is one that the call is about.
type Invoice struct {
	Number    string
	Issued    ledger.Date
	Due       ledger.Date // of what is open
	DaysLate  int
	Open      ledger.Money
	Subject   string      // what it is for
	Order     string      // the customer's order reference
	Delivered ledger.Date // day of delivery or of the end of the work
	Proof     string      // what shows it: "bon 1182 signé le 5 septembre"
	Sent      ledger.Date // day on which the invoice is known to have been sent
}

// Promise is a promise to pay.
type Promise struct {
	Made, Due ledger.Date
	Amount    ledger.Money
	By        string // who made it
	Broken    bool   // its day is past and it was not kept; else it runs
	InPart    bool   // broken, but something came
}

// Contact is a talk with the customer.
type Contact struct {
	On   ledger.Date
	With string
	Said string // in the customer's words or the owner's
}

// Agreement is a payment agreed in this call.
type Agreement struct {
	Amount ledger.Money
	On     ledger.Date
	Means  string // in words: "par virement"
}

// Contest is an open dispute.
type Contest struct {
	Number string // of the invoice
	Words  string // what is contested
	On     ledger.Date
}

// Fields are the fields that a guide may use.
var Fields = []string{"company", "owner", "phone", "customer", "contact", "role", "terms",
	"number", "numbers", "count", "issued", "due", "days", "subject", "order", "delivered", "proof", "sent",
	"total", "open", "paid", "interest", "indemnity", "extra", "bank", "reminded",
	"promise_made", "promise_due", "promise_amount", "promise_by", "last_day", "last_with", "last_said",
	"dispute", "dispute_number", "dispute_day", "commit", "agreed", "next_day", "tomorrow", "today"}

// states are conditions that are no fields: several invoices, the last talk was with the contact called,
// the kind of customer, the owner's company is French, what became of the last promise, the bank is
// read up to its day or later, the call is preventive.
var states = []string{"several", "same_contact", "is_company", "consumer", "public", "non_professional", "french", "promise_broken",
	"promise_running", "promise_in_part", "bank_after_promise", "preventive"}

// Conditions lists the conditions of @if: states of the case, and each field's name for that it is known.
func Conditions() []string { return slices.Concat(states, Fields) }

// maxField is how many characters of a field are said: names and subjects are anybody's text.
const maxField = 160

// maxNumbers is how many invoice numbers are said in one sentence; more are counted.
const maxNumbers = 3

// CommitDay gives the day to propose for payment: the second working day after a day, without regard to
// holidays.
func CommitDay(on ledger.Date) ledger.Date { return workday(workday(on)) }

// workday gives the next day that is no Saturday or Sunday.
func workday(d ledger.Date) ledger.Date {
	d = d.Add(1)
	for d.Weekday() == 0 || d.Weekday() == 6 {
		d = d.Add(1)
	}
	return d
}

// filling is what fields and conditions stand for in one call.
type filling struct {
	fields     map[string]string
	conditions map[string]bool
	several    bool
}

func fillingOf(f Facts, kind Kind, w *words.Words) filling {
	s := speaker{w, f.On}
	commit, next := f.Commit, ledger.Date(0)
	if p := f.Promise; commit.IsZero() && p != nil && !p.Broken {
		commit = p.Due
	}
	if !f.On.IsZero() {
		next = workday(f.On)
		if commit.IsZero() {
			commit = CommitDay(f.On)
		}
	}
	extra := f.Interest
	if extra.Currency == "" {
		extra = f.Indemnity
	} else if f.Indemnity.Currency == extra.Currency {
		extra = extra.Add(f.Indemnity)
	}
	out := filling{several: len(f.Invoices) > 1, fields: map[string]string{
		"company": f.Company, "owner": f.Owner, "phone": strings.ReplaceAll(f.Phone, " ", "\u00a0"), "customer": f.Customer,
		"contact": f.Contact, "role": f.Role, "terms": f.Terms, "count": w.Number(len(f.Invoices)), "numbers": s.numbers(f.Invoices),
		"total": s.money(f.Total), "paid": s.money(f.Paid), "interest": s.money(f.Interest), "indemnity": s.money(f.Indemnity), "extra": s.money(extra),
		"bank": s.day(f.Bank), "reminded": s.day(f.Reminded), "today": s.day(f.On), "next_day": s.weekday(next), "commit": s.weekday(commit),
		"tomorrow": s.tomorrow(next), "agreed": s.agreed(f.Agreed),
	}, conditions: map[string]bool{
		"several": len(f.Invoices) > 1, "preventive": kind == Preventive, "french": f.Country == "FR",
		"is_company": f.Kind == ledger.CompanyCustomer || f.Kind == "", "consumer": f.Kind == ledger.Consumer,
		"public": f.Kind == ledger.PublicBody, "non_professional": f.Kind == ledger.NonProfessional,
	}}
	s.invoice(f, out.fields)
	s.past(f, out)
	for name, value := range out.fields {
		value = oneLine(value)
		if name != "agreed" { // what was agreed is said whole
			value = shortened(value, maxField)
		}
		out.fields[name], out.conditions[name] = value, value != ""
	}
	return out
}

// invoice fills the fields of the oldest invoice.
func (s speaker) invoice(f Facts, fields map[string]string) {
	if len(f.Invoices) == 0 {
		fields["count"] = ""
		return
	}
	i := f.Invoices[0]
	fields["number"], fields["issued"], fields["due"], fields["open"] = i.Number, s.day(i.Issued), s.day(i.Due), s.money(i.Open)
	fields["subject"], fields["order"], fields["proof"] = i.Subject, i.Order, i.Proof
	fields["delivered"], fields["sent"] = s.day(i.Delivered), s.day(i.Sent)
	if i.DaysLate > 0 {
		fields["days"] = s.w.N("guide.n_days", i.DaysLate)
	}
}

// past fills what happened before.
func (s speaker) past(f Facts, out filling) {
	if p := f.Promise; p != nil {
		out.fields["promise_made"], out.fields["promise_due"] = s.day(p.Made), s.day(p.Due)
		out.fields["promise_amount"], out.fields["promise_by"] = s.money(p.Amount), p.By
		out.conditions["promise_broken"], out.conditions["promise_running"] = p.Broken, !p.Broken
		out.conditions["promise_in_part"] = p.Broken && p.InPart
		out.conditions["bank_after_promise"] = !f.Bank.IsZero() && f.Bank >= p.Due
	}
	if c := f.Last; c != nil {
		out.fields["last_day"], out.fields["last_with"], out.fields["last_said"] = s.day(c.On), c.With, c.Said
		out.conditions["same_contact"] = c.With != "" && c.With == f.Contact
	}
	if d := f.Dispute; d != nil {
		out.fields["dispute"], out.fields["dispute_number"], out.fields["dispute_day"] = d.Words, d.Number, s.day(d.On)
	}
}

// speaker words values as they are said on the telephone.
type speaker struct {
	w  *words.Words
	on ledger.Date
}

// day is said without weekday: "8 octobre", with its year where that is another.
func (s speaker) day(d ledger.Date) string {
	_, rest, _ := strings.Cut(s.weekday(d), " ")
	return rest
}

// weekday is said with it: "jeudi 26 novembre".
func (s speaker) weekday(d ledger.Date) string {
	if d.IsZero() {
		return ""
	}
	long := s.w.DateLong(d)
	if y, _, _ := d.Civil(); y == s.year() {
		long = long[:strings.LastIndexByte(long, ' ')]
	}
	return long
}

// tomorrow says the next working day: "demain" where it is, else its name.
func (s speaker) tomorrow(next ledger.Date) string {
	switch next {
	case 0:
		return ""
	case s.on.Add(1):
		return s.w.T("guide.tomorrow")
	}
	return s.w.T("guide.on_day", "day", s.weekday(next))
}

// agreed enumerates payments: "4 120,00 € le jeudi 26 novembre par virement".
func (s speaker) agreed(list []Agreement) string {
	texts := make([]string, len(list))
	for i, a := range list {
		texts[i] = strings.TrimSpace(s.w.T("guide.agreed", "amount", s.money(a.Amount), "day", s.weekday(a.On)) + " " + a.Means)
	}
	return s.enumerate(texts)
}

func (s speaker) year() int {
	y, _, _ := s.on.Civil()
	return y
}

func (s speaker) money(m ledger.Money) string {
	if !m.Positive() {
		return ""
	}
	return s.w.Money(m)
}

// numbers enumerates a few invoices; nothing where they are many.
func (s speaker) numbers(list []Invoice) string {
	if len(list) > maxNumbers {
		return ""
	}
	texts := make([]string, len(list))
	for i, inv := range list {
		if inv.Number == "" {
			return ""
		}
		texts[i] = inv.Number
	}
	return s.enumerate(texts)
}

// enumerate writes "a, b et c".
func (s speaker) enumerate(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	last := len(list) - 1
	return strings.Join(list[:last], ", ") + " " + s.w.T("guide.and") + " " + list[last]
}

// oneLine takes out what would break a sentence.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' || r == '\t' }), " ")
}

// shortened cuts a long text at a blank.
func shortened(s string, most int) string {
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	cut := string(runes[:most])
	if i := strings.LastIndexByte(cut, ' '); i > most/2 {
		cut = cut[:i]
	}
	return cut + "…"
}
