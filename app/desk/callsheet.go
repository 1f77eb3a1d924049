package desk

import (
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
	"quitus/letters/guide"
)

// Sheet sets a call on paper: what is owed, what was agreed, whom to ask for, what to say at each step, the answers that have a key,
// and what must not be done. It is for the owner, in the owner's language, and records nothing.
func (f *CallFile) Sheet(w *words.Words, g *guide.Filled) *letters.Letter {
	company := f.State.Book.Company()
	l := &letters.Letter{
		Lang: string(w.Lang()), Model: "call_sheet", Customer: f.Customer.ID, Date: f.State.On, Amount: f.Due, Handed: true,
		Sender: letters.Sender{Name: company.Name}, Place: w.DateLong(f.State.On), Subject: w.T("call.sheet.title", "name", f.Customer.Name),
	}
	s := &sheet{w: w, l: l}
	s.fields([2]string{"call.sheet.person", f.person()}, [2]string{"call.sheet.phone", f.Number}, [2]string{"call.file.terms", w.Terms(f.Customer.Terms)},
		[2]string{"call.sheet.bank", f.bankWords(w)})
	s.invoices(f)
	s.past(f)
	for _, step := range g.Steps {
		if step.Say != nil {
			s.said(step.Title, step.Say)
		}
	}
	s.heading("call.answers")
	for _, o := range g.Objections {
		if o.Key != "" {
			l.Body = append(l.Body, letters.Block{Paragraph: []letters.Run{
				{Text: o.Key + " " + w.T("call.quote", "text", o.Says) + " ", Bold: true}, {Text: o.Where.String() + " " + o.Due.String() + " " + o.Propose.String()},
			}})
		}
	}
	if g.Foot != nil {
		l.Body = append(l.Body, letters.Block{Paragraph: g.Foot})
	}
	return l
}

// person names whom to call.
func (f *CallFile) person() string {
	if f.Contact == nil {
		return ""
	}
	if f.Contact.Role == "" {
		return f.Contact.Name
	}
	return f.Contact.Name + ", " + f.Contact.Role
}

// bankWords says up to which day the bank is read.
func (f *CallFile) bankWords(w *words.Words) string {
	if read := f.State.Book.BankRead(); read != 0 {
		return w.Date(read)
	}
	return w.T("call.sheet.never")
}

// sheet writes the parts of a sheet.
type sheet struct {
	w *words.Words
	l *letters.Letter
}

func (s *sheet) heading(key string) {
	s.l.Body = append(s.l.Body, letters.Block{Paragraph: []letters.Run{{Text: s.w.T(key), Bold: true}}})
}

func (s *sheet) list(list []string) {
	if len(list) > 0 {
		s.l.Body = append(s.l.Body, letters.Block{List: list})
	}
}

// fields writes pairs of a key and a value, without those that are not known.
func (s *sheet) fields(pairs ...[2]string) {
	b := &letters.Bank{}
	for _, p := range pairs {
		if p[1] != "" {
			b.Fields = append(b.Fields, [2]string{s.w.T(p[0]), p[1]})
		}
	}
	s.l.Body = append(s.l.Body, letters.Block{Bank: b})
}

// said writes a step and its sentence.
func (s *sheet) said(title string, text guide.Text) {
	runs := []letters.Run{{Text: s.w.T("call.sheet.step", "step", title) + " ", Bold: true}}
	s.l.Body = append(s.l.Body, letters.Block{Paragraph: append(runs, text...)})
}

// invoices writes the table of what is open, and what is asked for with interest and indemnity apart.
func (s *sheet) invoices(f *CallFile) {
	t := &letters.Table{
		Head:  []string{s.w.T("common.invoice"), s.w.T("call.sheet.due"), s.w.T("call.sheet.days"), s.w.T("call.sheet.subject"), s.w.T("call.sheet.open")},
		Right: []bool{false, false, true, false, true},
	}
	for _, i := range f.Invoices {
		days, due := "", ""
		if i.Standing.DaysLate > 0 {
			days = s.w.Number(i.Standing.DaysLate)
		}
		if !i.Standing.Due.IsZero() {
			due = s.w.Date(i.Standing.Due)
		}
		t.Rows = append(t.Rows, []string{i.Number, due, days, strings.ReplaceAll(i.Subject, "\n", " "), s.w.Money(i.Open)})
	}
	sums := &letters.Sums{}
	if f.ClaimsSaid() {
		if f.Interest.Positive() {
			sums.Lines = append(sums.Lines, [2]string{s.w.T("call.sheet.interest"), s.w.Money(f.Interest)})
		}
		if f.Indemnity.Positive() {
			sums.Lines = append(sums.Lines, [2]string{s.w.T("call.sheet.indemnity"), s.w.Money(f.Indemnity)})
		}
	}
	for _, o := range f.Others {
		sums.Lines = append(sums.Lines, [2]string{s.w.T("call.file.other_currency"), s.w.Money(o)})
	}
	sums.Lines = append(sums.Lines, [2]string{s.w.T("call.sheet.asked"), s.w.Money(f.Due)})
	if len(t.Rows) > 0 {
		s.l.Body = append(s.l.Body, letters.Block{Table: t})
	}
	s.l.Body = append(s.l.Body, letters.Block{Sums: sums})
}

// past writes what was promised and contested before.
func (s *sheet) past(f *CallFile) {
	var list []string
	for _, p := range f.Promises {
		list = append(list, s.w.T("call.file.promise", "amount", p.Amount, "day", s.w.Date(p.Due))+", "+s.w.T(PromiseKey(p.State)))
	}
	for _, x := range f.Disputes {
		key := "call.dispute.open"
		if x.Closed != 0 && x.Closed <= f.State.On {
			key = "call.dispute.closed"
		}
		list = append(list, s.w.T("call.file.dispute", "what", s.w.DisputeReason(x.Reason), "number", f.State.Book.Invoice(x.Invoice).Number)+", "+s.w.T(key))
	}
	if len(list) > 0 {
		s.heading("call.sheet.past")
		s.list(list)
	}
}

// PromiseKey is the key of the words for what became of a promise.
func PromiseKey(state ledger.PromiseState) string {
	switch state {
	case ledger.PromiseKept:
		return "call.promise.kept"
	case ledger.PromiseKeptInPart:
		return "call.promise.in_part"
	case ledger.PromiseRunning:
		return "call.promise.running"
	}
	return "call.promise.broken"
}
