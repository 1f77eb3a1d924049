package call

import (
	"errors"
	"slices"
	"strings"

	"quitus/app/desk"
	"quitus/app/dialogs"
	"quitus/assets/words"
	"quitus/ledger"
)

// mark says what a line of the file is about; the view gives it its icon.
type mark string

// Marks.
const (
	markNone    mark = ""
	markGood    mark = "good"
	markBad     mark = "bad"
	markOpen    mark = "open"
	markFlag    mark = "flag"
	markPhone   mark = "phone"
	markSent    mark = "sent"
	markPerson  mark = "person"
	markPayment mark = "payment"
	markWarn    mark = "warn"
	markReply   mark = "reply"
)

// fileBlock is a part of the file at hand under its title.
type fileBlock struct {
	Title    string
	Invoices []fileInvoice
	Rows     []fileRow
}

// fileInvoice is an open invoice as the file shows it.
type fileInvoice struct {
	Number, Amount, Word string
	Situation            ledger.Situation
	Days                 string
	Texts                []string
	Asked                bool
}

// fileRow is a line of the file: words at the left, which may take several lines, and a few at the right.
type fileRow struct {
	Mark        mark
	Text, Right string
	Quiet       bool
	Copy        string // what the button at its right copies, or nothing
	Number      string // a telephone number to be dialled
}

// bank is what heads the file: how far the bank is read, or a receipt that may be the customer's.
type bank struct {
	Text  string
	Good  bool
	Grave bool
}

func (m *model) bank() bank {
	s := m.File.State
	read := s.Book.BankRead()
	switch {
	case m.File.Receipt != nil:
		e := m.File.Receipt
		return bank{Text: m.w.T("call.bank.receipt", "amount", e.Amount, "day", m.w.DateShort(e.Booked)), Grave: true}
	case read == 0:
		return bank{Text: m.w.T("call.bank.never")}
	case int(s.On-read) > desk.BankOldAfter:
		return bank{Text: m.w.T("call.bank.old", "day", m.w.DateShort(read))}
	}
	if n := len(s.Undecided()); n > 0 {
		return bank{Text: m.w.N("call.bank.waiting", n, "day", m.w.DateShort(read)), Good: true}
	}
	return bank{Text: m.w.T("call.bank.read", "day", m.w.DateShort(read)), Good: true}
}

// file lists the parts of the file at hand, in the order in which they are needed.
func (m *model) file() []fileBlock {
	var out []fileBlock
	add := func(key string, rows ...fileRow) {
		if len(rows) > 0 {
			out = append(out, fileBlock{Title: m.w.T(key), Rows: rows})
		}
	}
	var invoices []fileInvoice
	for _, i := range m.File.Invoices {
		invoices = append(invoices, m.invoice(i))
	}
	if len(invoices) > 0 {
		out = append(out, fileBlock{Title: m.w.T("call.file.invoices"), Invoices: invoices})
	}
	add("call.file.others", m.others()...)
	add("call.file.terms", m.terms()...)
	add("call.file.promises", m.promised()...)
	add("call.file.disputes", m.disputes()...)
	add("call.file.habit", m.habits()...)
	add("call.file.contacted", m.contacted()...)
	add("call.file.people", m.people()...)
	return out
}

func (m *model) invoice(i desk.CallInvoice) fileInvoice {
	w, st := m.w, i.Standing
	out := fileInvoice{
		Number: i.Number, Amount: w.Money(i.Open), Word: w.Standing(i.Invoice, st, m.File.State.On), Situation: st.Situation, Asked: i.Asked,
	}
	switch {
	case st.Overdue > 0: // the days are what is said in a call; promises and disputes are told below
		out.Word = w.N("call.invoice.days", st.DaysLate)
	case st.Situation == ledger.Promised || st.Situation == ledger.Disputed:
		out.Word = w.Situation(st.Situation)
	}
	switch {
	case i.CreditNote:
		out.Days = w.T("call.invoice.credit", "issued", day(w, i.Issued))
	case st.Due.IsZero():
		out.Days = w.T("call.invoice.undated", "issued", day(w, i.Issued))
	case st.DaysLate > 0:
		out.Days = w.T("call.invoice.late", "issued", day(w, i.Issued), "due", w.Date(st.Due))
	default:
		out.Days = w.T("call.invoice.coming", "issued", day(w, i.Issued), "due", w.Date(st.Due))
	}
	if i.Customer != m.File.Customer.ID { // one call for all that a manager looks after
		out.Texts = append(out.Texts, m.File.State.Book.Customer(i.Customer).Name)
	}
	if paid := (ledger.Money{Minor: st.Paid, Currency: i.Total.Currency}); paid.Positive() {
		out.Texts = append(out.Texts, w.T("call.invoice.paid", "paid", paid, "total", i.Total))
	}
	if st.Contested > 0 {
		out.Texts = append(out.Texts, w.T("call.invoice.contested", "amount", ledger.Money{Minor: st.Contested, Currency: i.Total.Currency}))
	}
	subject := strings.TrimSuffix(oneLine(i.Subject), ".")
	if i.OrderRef != "" {
		subject = dialogs.Joined(subject, w.T("call.invoice.order", "order", i.OrderRef))
	}
	for _, text := range []string{subject, dialogs.Joined(i.Files...)} {
		if text != "" {
			out.Texts = append(out.Texts, text)
		}
	}
	return out
}

// day is a day in numbers; a dash where it is not known.
func day(w *words.Words, d ledger.Date) string {
	if d.IsZero() {
		return "–"
	}
	return w.Date(d)
}

// others are what is outstanding besides: other currencies, what is contested, interest and indemnity that could not be worked out.
func (m *model) others() []fileRow {
	var out []fileRow
	for _, o := range m.File.Others {
		out = append(out, fileRow{Text: m.w.T("call.file.other_currency"), Right: m.w.Money(o)})
	}
	if m.File.Contested.Positive() {
		out = append(out, fileRow{Mark: markFlag, Text: m.w.T("call.file.contested"), Right: m.w.Money(m.File.Contested)})
	}
	if m.File.ClaimErr != nil {
		out = append(out, fileRow{Mark: markWarn, Text: m.w.T("call.file.no_claim", "why", m.w.Error(m.File.ClaimErr))})
	}
	return out
}

func (m *model) terms() []fileRow {
	terms := m.File.Customer.Terms
	if asked := m.File.Asked(); len(asked) > 0 && asked[0].Terms.Given {
		terms = asked[0].Terms
	}
	if t := m.w.Terms(terms); t != "" {
		return []fileRow{{Text: t}}
	}
	return []fileRow{{Text: m.w.T("call.file.no_terms"), Quiet: true}}
}

// promised lists running and broken promises, and the last kept ones.
func (m *model) promised() []fileRow {
	var out []fileRow
	for _, p := range m.Promises {
		out = append(out, fileRow{Mark: markOpen, Text: m.w.T("call.file.promise", "amount", p.Amount, "day", m.short(p.Due)), Right: m.w.T("call.promise.now")})
	}
	if p := m.File.Plan; p != nil {
		out = append(out, fileRow{Mark: markOpen, Text: m.w.N("call.file.plan", len(p.Instalments), "amount", p.Total()), Right: m.short(p.Instalments[len(p.Instalments)-1].Due)})
	}
	for n, p := range m.File.Promises {
		if n == 4 {
			out = append(out, fileRow{Text: m.w.N("call.file.more_promises", len(m.File.Promises)-n), Quiet: true})
			break
		}
		mk := markBad
		switch p.State {
		case ledger.PromiseKept:
			mk = markGood
		case ledger.PromiseKeptInPart:
			mk = markWarn
		case ledger.PromiseRunning:
			mk = markOpen
		}
		out = append(out, fileRow{Mark: mk, Text: m.w.T("call.file.promise", "amount", p.Amount, "day", m.short(p.Due)), Right: m.w.T(desk.PromiseKey(p.State))})
	}
	return out
}

func (m *model) disputes() []fileRow {
	var out []fileRow
	for n, x := range m.File.Disputes {
		if n == 3 {
			break
		}
		text := oneLine(x.Words)
		if text == "" {
			text = m.w.DisputeReason(x.Reason)
		}
		if i := m.File.State.Book.Invoice(x.Invoice); i != nil {
			text = strings.TrimSuffix(text, ".")
			text = m.w.T("call.file.dispute", "what", text, "number", i.Number)
		}
		right := m.w.T("call.dispute.open")
		if x.Closed != 0 && x.Closed <= m.File.State.On {
			right = m.w.T("call.dispute.closed")
			if x.Ended != "" {
				text += "\n" + m.w.T("call.dispute.ended", "how", oneLine(x.Ended))
			}
		} else if x.Who != "" {
			right = oneLine(x.Who)
		}
		out = append(out, fileRow{Mark: markFlag, Text: text, Right: right})
	}
	return out
}

// habits says how the customer pays and why it was late before.
func (m *model) habits() []fileRow {
	var out []fileRow
	if s := m.File.Summary; s.HabitCount > 0 && s.HabitDays > 0 {
		out = append(out, fileRow{Text: m.w.N("call.file.usually", s.HabitDays)})
	}
	var reasons []string
	for _, d := range m.File.State.Book.Behaviour(m.File.Customer.ID, m.File.State.Standings).Reasons {
		reasons = append(reasons, m.w.DelayReason(d.Reason))
	}
	if len(reasons) > 0 {
		out = append(out, fileRow{Text: m.w.T("call.file.reasons", "reasons", strings.Join(reasons, ", "))})
	}
	if p := m.File.Paid; p != nil {
		out = append(out, fileRow{Mark: markPayment, Text: m.w.T("call.file.paid", "amount", p.Amount), Right: m.short(p.On)})
	}
	return out
}

// contacted lists the last contacts: when, who, and what they said.
func (m *model) contacted() []fileRow {
	var out []fileRow
	for n, e := range m.File.Contacted {
		if n == 4 {
			break
		}
		row := fileRow{Mark: markSent, Right: m.short(e.On)}
		switch r := e.Record.(type) {
		case *ledger.Call:
			row.Mark, row.Text = markPhone, m.called(r)
		case *ledger.Letter:
			row.Text = m.w.T("call.file.letter", "letter", m.w.Letter(r.Model))
		case *ledger.Message:
			key := "call.file.message"
			if r.State == ledger.MessageWaiting {
				key = "call.file.message_waiting"
			}
			row.Text = m.w.T(key, "letter", m.w.Letter(r.Model)) + m.confirmed(r.ID)
		case *ledger.Reply:
			row.Mark, row.Text = markReply, m.w.T("replies.call.waits")
			if !r.Waits() {
				row.Text = m.w.T("replies.call.meant", "meaning", m.w.T("mail.meaning."+string(r.Meant)))
			}
			if said := r.Passage(); said != "" {
				row.Text += " " + m.w.T("replies.call.passage", "text", oneLine(said))
			}
		case *ledger.Step:
			row.Text = m.w.Step(r)
		}
		out = append(out, row)
	}
	return out
}

// confirmed says that an e-mail was confirmed by one of the customer's, and when; nothing where it was not.
func (m *model) confirmed(id ledger.MessageID) string {
	if r := m.File.State.Confirmed(id); r != nil {
		return " · " + m.w.T("replies.call.confirmed", "day", m.short(r.On))
	}
	return ""
}

// called tells of an earlier call: who, what they said or what came of it, and whether its summary was confirmed.
func (m *model) called(r *ledger.Call) string { return m.spoken(r) + m.confirmed(r.Message) }

func (m *model) spoken(r *ledger.Call) string {
	who := r.With
	if r.Reach != ledger.Reached && r.Reach != "" {
		return dialogs.Joined(who, m.w.Reach(r.Reach))
	}
	if said := desk.LastSaid(r); said != "" {
		if who == "" {
			who = m.w.T("call.notes.customer")
		}
		return m.w.T("call.file.said", "who", who, "said", said)
	}
	var parts []string
	for _, o := range r.Outcomes {
		parts = append(parts, m.w.Outcome(o))
	}
	return dialogs.Joined(append([]string{who}, parts...)...)
}

// people lists the contacts, with role and telephone.
func (m *model) people() []fileRow {
	var out []fileRow
	known := func(phone string) bool {
		return slices.ContainsFunc(m.File.Contacts, func(k *ledger.Contact) bool { return k.Phone == phone })
	}
	for _, k := range m.File.Contacts {
		row := fileRow{Mark: markPerson, Text: strings.TrimSpace(commas(k.Name, k.Role) + "\n" + k.Phone), Number: k.Phone, Copy: k.Phone}
		if k.DoNotContact {
			row.Text, row.Copy, row.Number = commas(k.Name, k.Role)+"\n"+m.w.T("call.file.not_to_call"), "", ""
		}
		out = append(out, row)
	}
	if p := m.File.Customer.Phone; p != "" && !known(p) {
		out = append(out, fileRow{Mark: markPhone, Text: m.w.T("call.file.general") + "\n" + p, Copy: p, Number: p})
	}
	return out
}

// short is a day without its year where that is this one.
func (m *model) short(d ledger.Date) string {
	y, _, _ := d.Civil()
	if now, _, _ := m.File.State.On.Civil(); y == now {
		return m.w.DateShort(d)
	}
	return m.w.Date(d)
}

// commas joins what there is with commas.
func commas(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}

// oneLine leaves line feeds out.
func oneLine(s string) string { return strings.ReplaceAll(s, "\n", " ") }

// heading is what stands over the call.
type heading struct {
	Name, Word   string
	Situation    ledger.Situation
	Who, Number  string
	Amount, Note string
}

func (m *model) heading() heading {
	f, w := m.File, m.w
	h := heading{Name: f.Customer.Name, Word: w.CustomerStanding(f.Summary), Situation: f.Summary.Foremost(), Number: f.Number, Amount: w.Money(f.Due)}
	if m.Contact != nil {
		h.Who = commas(m.Contact.Name, m.Contact.Role)
		if m.Contact.Phone != "" {
			h.Number = m.Contact.Phone
		}
	}
	extra := f.Interest.Add(f.Indemnity)
	switch {
	case f.Preventive:
		h.Note = w.T("call.due.coming")
		for _, i := range f.Asked() {
			if !i.Standing.Due.IsZero() {
				h.Note = w.T("call.due.coming_on", "day", w.DateShort(i.Standing.Due))
				break
			}
		}
	case f.ClaimsSaid() && extra.Positive():
		h.Note = w.T("call.due.extra", "extra", extra)
	default:
		h.Note = w.T("call.due.today")
	}
	return h
}

// against joins what speaks against calling now into one line; nothing where nothing does.
func (m *model) against() string {
	if m.running() || len(m.File.Against) == 0 {
		return ""
	}
	return desk.TaskWhy(m.w, m.File.Against)
}

// wrongFields gives what is wrong by field, where that is what an error says.
func wrongFields(err error) (desk.FieldErrors, bool) {
	var list desk.FieldErrors
	if errors.As(err, &list) {
		return list, true
	}
	return nil, false
}
