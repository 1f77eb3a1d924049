package call

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"quitus/app/desk"
	"quitus/ledger"
	"quitus/ledger/followup"
)

// What follows from a call that brings no next step of its own.
const (
	nextGoesOn   = "goes_on"
	nextCallBack = "call_back"
)

// ending is a call that is being ended: what is asked depends on what was answered. Nothing is chosen beforehand but what the
// owner noted during the call.
type ending struct {
	m       *model
	End     desk.CallEnd
	Next    string // nextGoesOn, nextCallBack or nothing chosen
	Parts   int    // of a plan
	PlanSum ledger.Money
	PlanDue ledger.Date
	Edited  bool             // the owner wrote the summary
	Summary desk.CallSummary // as it would leave
	Missing error            // why there is no summary
}

// end begins to end the call.
func (m *model) end() *ending {
	e := &ending{m: m, Parts: 3, PlanSum: m.left()}
	e.End = desk.CallEnd{
		Customer: m.File.Customer.ID, Seconds: m.seconds(), Notes: m.notes(), Invoices: m.File.AskedIDs(),
		Promises: slices.Clone(m.Promises), Document: m.Document, Why: m.Why,
	}
	if m.Call != nil {
		e.End.Call = m.Call.ID
	}
	if m.Contact != nil {
		e.End.Contact = m.Contact.ID
	}
	if len(m.Promises) > 0 {
		e.End.Outcomes = append(e.End.Outcomes, ledger.OutcomePromise)
	}
	if m.Document != "" {
		e.End.Outcomes = append(e.End.Outcomes, ledger.OutcomeDocument)
	}
	if len(e.End.Outcomes) > 0 {
		e.End.Reach = ledger.Reached // who promised was on the line
	}
	if t := m.File.Task; t != nil {
		e.End.Step, e.End.Agreed = t.Step, t.Agreed
	}
	if len(e.End.Promises) == 0 {
		e.End.Promises = []ledger.Promise{e.proposed()}
	}
	return e
}

// proposed is a promise of what is left, without its day: that one is the customer's to say.
func (e *ending) proposed() ledger.Promise {
	return ledger.Promise{Amount: e.left(), Means: ledger.Transfer}
}

// left is what is due and not among the promises.
func (e *ending) left() ledger.Money {
	rest := e.m.File.Due
	for _, p := range e.End.Promises {
		if p.Amount.Currency == rest.Currency {
			rest.Minor -= p.Amount.Minor
		}
	}
	return rest
}

// another adds a promise of what is left.
func (e *ending) another() {
	p := e.proposed()
	p.Amount.Minor = max(0, p.Amount.Minor)
	e.End.Promises = append(e.End.Promises, p)
}

// fit is how what is promised compares with what is due.
type fit struct {
	Text string
	Mark mark
}

func (e *ending) fit() fit {
	sum := ledger.Money{Currency: e.m.File.Due.Currency}
	for _, p := range e.End.Promises {
		if p.Amount.Currency == sum.Currency {
			sum.Minor += p.Amount.Minor
		}
	}
	w, due := e.m.w, e.m.File.Due
	switch {
	case sum.Minor == due.Minor && !e.m.File.Preventive:
		return fit{w.T("call.fit.all", "sum", sum), markGood}
	case sum.Minor == due.Minor:
		return fit{w.T("call.fit.coming", "sum", sum), markGood}
	case sum.Minor < due.Minor:
		return fit{w.T("call.fit.less", "sum", sum, "left", ledger.Money{Minor: due.Minor - sum.Minor, Currency: due.Currency}), markWarn}
	}
	return fit{w.T("call.fit.more", "sum", sum, "due", due), markWarn}
}

// reached says whether there was someone to talk with.
func (e *ending) reached() bool { return e.End.Reach == ledger.Reached }

// talked says whether there was someone to talk with, as far as it is said yet.
func (e *ending) talked() bool { return e.reached() || e.End.Reach == "" }

// has says whether an outcome counts.
func (e *ending) has(o ledger.Outcome) bool { return e.talked() && slices.Contains(e.End.Outcomes, o) }

// tick ticks or unticks an outcome; what stands alone unticks the others.
func (e *ending) tick(o ledger.Outcome) {
	if k := slices.Index(e.End.Outcomes, o); k >= 0 {
		e.End.Outcomes = slices.Delete(slices.Clone(e.End.Outcomes), k, k+1)
		return
	}
	alone := func(o ledger.Outcome) bool { return o == ledger.OutcomeRefused || o == ledger.OutcomeNothing }
	kept := slices.DeleteFunc(slices.Clone(e.End.Outcomes), func(x ledger.Outcome) bool { return alone(o) || alone(x) })
	e.End.Outcomes = append(kept, o)
}

// offered lists the outcomes that go with what is open: without an open invoice there is nothing to promise or to contest.
func (e *ending) offered() []ledger.Outcome {
	if slices.ContainsFunc(e.m.File.Invoices, func(i desk.CallInvoice) bool { return !i.CreditNote }) {
		return ledger.Outcomes
	}
	return slices.DeleteFunc(slices.Clone(ledger.Outcomes), func(o ledger.Outcome) bool {
		return o == ledger.OutcomePromise || o == ledger.OutcomePlan || o == ledger.OutcomeDispute
	})
}

// asksNext says whether what follows is still to be said: nothing that was agreed says it.
func (e *ending) asksNext() bool {
	switch {
	case !e.talked():
		return true
	}
	for _, o := range []ledger.Outcome{ledger.OutcomePromise, ledger.OutcomePlan, ledger.OutcomeDispute, ledger.OutcomeDocument, ledger.OutcomeCallBack} {
		if e.has(o) {
			return false
		}
	}
	return len(e.End.Outcomes) > 0
}

// asksDay says whether the day to call back is asked for.
func (e *ending) asksDay() bool {
	return e.has(ledger.OutcomeCallBack) || e.asksNext() && e.Next == nextCallBack
}

// final is the call as it is to be recorded: what no longer counts is left out.
func (e *ending) final() desk.CallEnd {
	c := e.End
	c.Notes, c.Promises, c.Disputes, c.Outcomes = e.m.notes(), slices.Clone(c.Promises), slices.Clone(c.Disputes), slices.Clone(c.Outcomes)
	for n := range c.Promises {
		c.Promises[n] = e.m.about(c.Promises[n])
	}
	if !e.talked() {
		c.Reason, c.Outcomes, c.Undisputed = "", nil, false
	}
	if e.has(ledger.OutcomeDispute) {
		c.Undisputed = false
	}
	if e.has(ledger.OutcomePlan) {
		c.Plan = e.monthly()
	}
	if !e.asksDay() {
		c.CallBack, c.BackAt = 0, ""
	}
	c.GoesOn = e.asksNext() && e.Next == nextGoesOn
	// A call that reached nobody and is tried again leaves its step to be done.
	if t := e.m.File.Task; t != nil && (e.reached() || c.GoesOn) {
		c.Lines = desk.ActionLines(t)
	}
	return c
}

// monthly makes the plan in equal parts, a month apart; what does not divide is in the last.
func (e *ending) monthly() *ledger.Plan {
	if e.PlanDue == 0 || !e.PlanSum.Positive() || e.Parts < 1 {
		return nil
	}
	return &ledger.Plan{
		Currency: e.PlanSum.Currency, Invoices: e.m.File.AskedIDs(),
		Instalments: ledger.PartsByCount(e.PlanSum.Minor, e.Parts, e.PlanDue, ledger.Monthly),
	}
}

// compose takes the summary of the call as it is ending; a text that the owner wrote stays.
func (e *ending) compose(s desk.CallSummary, missing error) {
	if !e.Edited {
		e.Summary, e.Missing = s, missing
	}
}

// hasSummary says whether there is something to send.
func (e *ending) hasSummary() bool {
	return e.reached() && e.Missing == nil && strings.TrimSpace(e.Summary.Body) != ""
}

// recorded is the call as it is to be recorded; approve says that the summary is to leave.
func (e *ending) recorded(approve bool) desk.CallEnd {
	c := e.final()
	if approve && e.hasSummary() {
		s := e.Summary
		c.Summary = &s
	}
	return c
}

// check says what is missing yet, by field.
func (e *ending) check() (desk.FieldErrors, error) {
	err := e.m.desk.CheckCall(e.final())
	if list, ok := wrongFields(err); ok {
		return list, nil
	}
	return nil, err
}

// workday is the first working day after one on which money is to come.
func (e *ending) workday(due ledger.Date) ledger.Date {
	country := cmp.Or(e.m.desk.State().Book.Company().Country, "FR")
	return followup.NewCalendar(ledger.BusinessDays, country).Next(due + 1)
}

// next is what follows from the call, in sentences.
func (e *ending) next() []fit {
	w, c := e.m.w, e.final()
	var out []fit
	add := func(mk mark, key string, pairs ...any) { out = append(out, fit{capital(w.T(key, pairs...)), mk}) }
	if e.has(ledger.OutcomePromise) {
		for _, p := range c.Promises {
			if p.Due != 0 && p.Amount.Positive() {
				add(markOpen, "call.next.promise", "day", w.DateLong(e.workday(p.Due)), "amount", p.Amount)
			}
		}
	}
	if c.Plan != nil {
		add(markOpen, "call.next.plan", "day", w.DateLong(e.workday(c.Plan.Instalments[0].Due)))
	}
	if e.has(ledger.OutcomeDispute) {
		add(markFlag, "call.next.dispute")
	}
	if e.has(ledger.OutcomeDocument) {
		add(markSent, "call.next.document")
	}
	if e.asksDay() && c.CallBack != 0 {
		key := "call.next.call_back"
		if c.BackAt != "" {
			key = "call.next.call_back_at"
		}
		add(markPhone, key, "day", w.DateLong(c.CallBack), "time", c.BackAt)
	}
	if e.has(ledger.OutcomePromise) || c.Plan != nil {
		if len(out) > 0 {
			add(markNone, "call.next.suspended")
		}
	}
	return out
}

// capital begins a sentence with a capital, bold or not.
func capital(s string) string {
	rest, bold := strings.CutPrefix(s, "**")
	first, size := utf8.DecodeRuneInString(rest)
	s = string(unicode.ToUpper(first)) + rest[size:]
	if bold {
		s = "**" + s
	}
	return s
}

// paragraph is a part of an e-mail as it is shown: a text, or rows of cells.
type paragraph struct {
	Text  string
	Cells [][]string
}

var columns = regexp.MustCompile(` {3,}`)

// paragraphs takes an e-mail apart: lines that were broken to fit are joined, so that they wrap at the width there is, and tables
// are told from texts.
func paragraphs(body string) []paragraph {
	var out []paragraph
	for part := range strings.SplitSeq(strings.TrimSpace(body), "\n\n") {
		lines := strings.Split(strings.Trim(part, "\n"), "\n")
		if p, ok := tableOf(lines); ok {
			out = append(out, p)
			continue
		}
		var joined []string
		for n, l := range lines {
			field, indented := strings.CutPrefix(l, "  ")
			switch {
			case n == 0 || strings.HasPrefix(l, "– ") || indented && !strings.HasPrefix(joined[len(joined)-1], "– "):
				joined = append(joined, field)
			case !indented && utf8.RuneCountInString(lines[n-1])+utf8.RuneCountInString(firstWord(l)) < 72:
				joined = append(joined, l) // it was ended, not broken
			default:
				joined[len(joined)-1] += " " + strings.TrimSpace(l)
			}
		}
		out = append(out, paragraph{Text: strings.Join(joined, "\n")})
	}
	return out
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}

// tableOf reads lines that are set in columns.
func tableOf(lines []string) (paragraph, bool) {
	var p paragraph
	for _, l := range lines {
		cells := columns.Split(strings.TrimSpace(l), -1)
		if !strings.HasPrefix(l, "  ") || len(cells) < 2 {
			return p, false
		}
		p.Cells = append(p.Cells, cells)
	}
	return p, true
}

// facts is the line below the title of the ending.
func (e *ending) facts() string {
	m := e.m
	parts := []string{m.File.Customer.Name}
	if m.Contact != nil {
		parts = append(parts, m.Contact.Name)
	}
	if s := e.End.Seconds; s > 0 {
		parts = append(parts, m.w.N("call.end.minutes", max(1, (s+30)/60)))
	}
	if m.SavedAt != "" {
		parts = append(parts, m.w.T("call.end.saved"))
	}
	return strings.Join(parts, " · ")
}

// contactCode and contactOf name a contact in a choice.
func contactCode(id ledger.ContactID) string {
	if id == 0 {
		return ""
	}
	return strconv.Itoa(int(id))
}

func contactOf(code string) ledger.ContactID {
	n, _ := strconv.Atoi(code)
	return ledger.ContactID(n)
}

func invoiceCode(list []ledger.InvoiceID) string {
	if len(list) != 1 {
		return ""
	}
	return strconv.Itoa(int(list[0]))
}

func invoicesOf(code string) []ledger.InvoiceID {
	n, _ := strconv.Atoi(code)
	if n == 0 {
		return nil
	}
	return []ledger.InvoiceID{ledger.InvoiceID(n)}
}
