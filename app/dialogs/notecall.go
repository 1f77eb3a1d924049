package dialogs

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/screen"
	"quitus/ledger"
)

// noteCall is the form of a call that was made elsewhere or received: only what the answers above ask for is shown.
type noteCall struct {
	c *screen.Context
	m *callModel

	side, reach, reason, outcomes, next      *kit.FilterRow
	saidReach, saidReason, saidOut, saidNext *saying
	who                                      *kit.Choice
	with, at, document, terms, backAt        *kit.Field
	notes                                    *kit.Field
	day, due, planFrom, back                 *kit.DateEntry
	amount, planAmount, contested            *kit.MoneyEntry
	invoice, means, parts, disputed, reasons *kit.Choice
	coming                                   *kit.Choice

	talk   *fyne.Container // what is asked where someone was reached
	groups map[ledger.Outcome]*fyne.Container
	ahead  *fyne.Container // what follows
	later  *fyne.Container // when to call back
	form   *kit.Form
}

// NoteCall opens "Noter un appel" for a customer. changed, which may be nil, is called after it was recorded.
func NoteCall(c *screen.Context, customer ledger.CustomerID, changed func()) {
	f := &noteCall{c: c, m: newCallModel(c.Desk, c.Words, customer)}
	f.build()
	f.form.OnAct = func() { f.act(changed) }
	f.show()
	f.form.Show()
	c.Canvas().Focus(f.who)
}

// saying is a sentence below chips, like that of a field.
type saying struct{ *kit.Label }

func newSaying() *saying {
	s := &saying{kit.NewNote("").Ink(look.Danger).Wrapped()}
	s.Hide()
	return s
}

// SetMessage implements Messenger.
func (s *saying) SetMessage(sentence string) {
	if sentence == "" {
		s.Hide()
		return
	}
	s.Show() // what is hidden is not drawn anew
	s.SetText(sentence)
}

// chips makes the possibilities of a row of chips.
func chips[T ~string](list []T, word func(T) string) []kit.FilterOption {
	out := make([]kit.FilterOption, len(list))
	for k, x := range list {
		out[k] = kit.FilterOption{ID: string(x), Word: word(x), Count: -1}
	}
	return out
}

// question is a question, its chips and what is wrong with the answer.
func question(text string, row fyne.CanvasObject, said *saying) *fyne.Container {
	return kit.Stack(look.Gap2, kit.NewLabel(text).Bold(), row, said)
}

// sunken is the ground of an outcome's own fields.
func sunken(rows ...fyne.CanvasObject) *fyne.Container {
	return container.NewStack(kit.NewBareCard(kit.Padded(look.Gap3, kit.Stack(look.Gap3, rows...))).Sunken())
}

func (f *noteCall) build() {
	w, m := f.c.Words, f.m
	f.side = kit.NewFilterChoice("out", func(id string) { m.End.Incoming = id == "in" },
		kit.FilterOption{ID: "out", Word: w.T("calls.note.out"), Count: -1}, kit.FilterOption{ID: "in", Word: w.T("calls.note.in"), Count: -1})
	contacts := m.contacts()
	m.speak(contacts[0].ID)
	f.who = kit.NewChoice(w.T("calls.note.who"), contacts[0].ID, func(id string) { m.speak(id); f.show() }, options(contacts)...)
	f.with = kit.NewField(w.T("calls.note.with"), "")
	f.day = newDay(f.c, w.T("calls.note.day"))
	f.day.SetDate(m.End.On)
	f.day.Needed = w.Error(ledger.Errorf("field_required"))
	f.at = kit.NewField(w.T("calls.note.at"), "").Placeholder("10:40")
	f.saidReach, f.saidReason, f.saidOut, f.saidNext = newSaying(), newSaying(), newSaying(), newSaying()
	f.reach = kit.NewFilterChoice("", func(id string) { m.End.Reach = ledger.Reach(id); f.saidReach.SetMessage(""); f.show() }, chips(ledger.Reaches, w.Reach)...)
	f.reason = kit.NewFilterChoice("", func(id string) {
		m.End.Reason = ledger.DelayReason(id)
		f.saidReason.SetMessage("")
		f.form.Refresh()
	}, chips(ledger.DelayReasons, w.DelayReason)...)
	f.outcomes = kit.NewFilterTicks(f.tick, chips(m.offered(), w.Outcome)...)
	f.next = kit.NewFilterChoice("", func(id string) { m.Next = id; f.saidNext.SetMessage(""); f.show() },
		kit.FilterOption{ID: nextGoesOn, Word: w.T("calls.note.goes_on"), Count: -1}, kit.FilterOption{ID: nextCallBack, Word: w.T("calls.note.call_back"), Count: -1})
	f.buildGroups()
	f.notes = kit.NewArea(w.T("calls.note.notes"), "", 2)
	f.talk = kit.Stack(look.Gap4, question(w.T("calls.note.reason"), f.reason, f.saidReason), question(w.T("calls.note.outcomes"), f.outcomes, f.saidOut))
	for _, o := range m.offered() {
		if g := f.groups[o]; g != nil {
			f.talk.Add(g)
		}
	}
	f.ahead = question(w.T("calls.note.next"), f.next, f.saidNext)
	all := kit.Stack(look.Gap4, f.side, kit.Shares(look.Gap3, f.who, f.day, f.at), f.with,
		question(w.T("calls.note.reach"), f.reach, f.saidReach), f.talk, f.ahead, f.later, f.notes)
	room := func() float32 { return max(160, f.c.Canvas().Size().Height/look.Px(100)*100-210) }
	f.form = kit.NewWideForm(f.c.Canvas(), w, 680, w.T("calls.note.title", "name", m.name()), w.T("calls.note.act"),
		scrolling(room, kit.Inset(0, 14, 2, 0, all)))
}

// buildGroups makes the fields that each outcome needs.
func (f *noteCall) buildGroups() {
	w, m := f.c.Words, f.m
	required := w.Error(ledger.Errorf("field_required"))
	money := func(label string, proposed ledger.Money) *kit.MoneyEntry {
		e := kit.NewMoneyEntry(w, label, proposed.Currency)
		if e.Needed = required; proposed.Positive() {
			e.SetMoney(proposed)
		}
		return e
	}
	needed := func(label string) *kit.DateEntry {
		d := newDay(f.c, label)
		d.Needed = required
		return d
	}
	f.amount, f.due = money(w.T("calls.promise.amount"), m.proposed("")), needed(w.T("calls.promise.due"))
	f.means = kit.NewChoice(w.T("dialogs.pay.means"), string(ledger.Transfer), nil, meansOptions(w)...)
	f.invoice = kit.NewChoice(w.T("calls.promise.invoices"), "", func(code string) { f.amount.SetMoney(m.proposed(code)) }, options(m.choices(true))...)
	f.planAmount, f.planFrom = money(w.T("calls.plan.amount"), m.proposed("")), needed(w.T("calls.plan.from"))
	var often []kit.Option
	for n := 2; n <= 12; n++ {
		often = append(often, kit.Option{ID: strconv.Itoa(n), Word: strconv.Itoa(n)})
	}
	f.parts = kit.NewChoice(w.T("calls.plan.parts"), "3", nil, often...)
	oldest := ""
	if len(m.Invoices) > 0 {
		oldest = invoiceCode(m.Invoices[0].ID)
	}
	f.contested = money(w.T("calls.dispute.amount"), ledger.Money{Currency: m.currency(oldest)})
	f.contested.Needed = ""
	f.contested.Placeholder(w.T("calls.dispute.amount.hint"))
	f.disputed = kit.NewChoice(w.T("common.invoice"), oldest, func(code string) { f.contested.SetCurrency(m.currency(code)) }, options(m.choices(false))...)
	f.reasons = kit.NewChoice(w.T("calls.dispute.reason"), "", nil, options(disputeReasons(w))...).Placeholder(w.T("calls.choose"))
	f.reasons.Needed = w.T("calls.dispute.reason.needed")
	f.document = kit.NewField(w.T("calls.note.document"), "").Placeholder(w.T("calls.note.document.hint"))
	f.terms = kit.NewField(w.T("calls.note.terms"), "").Placeholder(w.T("calls.note.terms.hint"))
	f.coming = kit.NewChoice(w.T("calls.note.coming"), "", nil, options(comingTerms(w))...)
	f.back, f.backAt = needed(w.T("calls.note.back")), kit.NewField(w.T("calls.note.at"), "").Placeholder("11:30")
	gap := look.Gap3
	f.groups = map[ledger.Outcome]*fyne.Container{
		ledger.OutcomePromise:  sunken(kit.Shares(gap, f.amount, f.due), kit.Shares(gap, f.invoice, f.means)),
		ledger.OutcomePlan:     sunken(kit.Shares(gap, f.planAmount, f.parts, f.planFrom)),
		ledger.OutcomeDispute:  sunken(kit.Shares(gap, f.disputed, f.contested), f.reasons),
		ledger.OutcomeDocument: sunken(f.document),
		ledger.OutcomeTerms:    sunken(kit.Shares(gap, f.terms, f.coming)),
	}
	f.later = sunken(kit.Shares(gap, f.back, f.backAt))
}

// tick ticks or unticks an outcome; what stands alone unticks the others.
func (f *noteCall) tick(id string) {
	alone := func(id string) bool {
		return id == string(ledger.OutcomeRefused) || id == string(ledger.OutcomeNothing)
	}
	for _, other := range f.outcomes.Ticked() {
		if other != id && (alone(id) || alone(other)) {
			f.outcomes.Choose(other)
		}
	}
	f.m.End.Outcomes = nil
	for _, o := range f.outcomes.Ticked() {
		f.m.End.Outcomes = append(f.m.End.Outcomes, ledger.Outcome(o))
	}
	f.saidOut.SetMessage("")
	f.show()
}

// show shows what the answers so far ask for.
func (f *noteCall) show() {
	m := f.m
	visible := func(o fyne.CanvasObject, on bool) {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
	visible(f.with, m.End.Contact == 0)
	visible(f.talk, m.reached())
	for o, g := range f.groups {
		visible(g, m.has(o))
	}
	visible(f.ahead, m.asksNext())
	visible(f.later, m.asksDay())
	f.form.Refresh()
}

// act notes the call once all that is shown can be read.
func (f *noteCall) act(changed func()) {
	m, read := f.m, func(e *kit.Field) string { return strings.TrimSpace(e.Text()) }
	shown := []kit.Checked{f.day}
	for o, list := range map[ledger.Outcome][]kit.Checked{
		ledger.OutcomePromise: {f.amount, f.due}, ledger.OutcomePlan: {f.planAmount, f.planFrom}, ledger.OutcomeDispute: {f.contested, f.reasons},
	} {
		if m.has(o) {
			shown = append(shown, list...)
		}
	}
	if m.asksDay() {
		shown = append(shown, f.back)
	}
	if kit.Wrong(shown...) > 0 {
		f.form.Refresh()
		return
	}
	c := &m.End
	c.On, _ = f.day.Date()
	if c.At, c.With, c.Notes = read(f.at), "", read(f.notes); c.Contact == 0 {
		c.With = read(f.with)
	}
	p := ledger.Promise{Invoices: m.named(f.invoice.Chosen()), Means: ledger.Means(f.means.Chosen())}
	p.Amount, _ = f.amount.Money()
	p.Due, _ = f.due.Date()
	c.Promises = []ledger.Promise{p}
	f.readRest()
	Save(f.c, "calls.note", f.form, f.fields(), m.save, func(e ledger.Entry) {
		f.c.Done(f.c.T("calls.note.done", "name", m.name()), e)
		call(changed)
	})
}

// readRest reads the plan, the dispute, the document, the terms and the day to call back.
func (f *noteCall) readRest() {
	m, c := f.m, &f.m.End
	sum, _ := f.planAmount.Money()
	n, _ := strconv.Atoi(f.parts.Chosen())
	if from, ok := f.planFrom.Date(); ok {
		c.Plan = m.monthly(sum, n, from)
	}
	if i := m.invoice(f.disputed.Chosen()); i != nil {
		v, _ := f.contested.Money()
		c.Disputes = []ledger.Dispute{{Invoice: i.ID, Reason: ledger.DisputeReason(f.reasons.Chosen()), Amount: v.Minor, Words: strings.TrimSpace(f.notes.Text())}}
	}
	c.Document, c.Terms = f.document.Text(), f.terms.Text()
	c.Coming = termsOf(f.coming.Chosen())
	c.CallBack, _ = f.back.Date()
	c.BackAt = strings.TrimSpace(f.backAt.Text())
}

// fields says where what is wrong with a call is shown.
func (f *noteCall) fields() map[string]Messenger {
	return map[string]Messenger{
		"on": f.day, "at": f.at, "reach": f.saidReach, "reason": f.saidReason, "outcomes": f.saidOut, "next": f.saidNext,
		"promise.amount": f.amount, "promise.due": f.due, "promise.invoices": f.amount,
		"plan.amount": f.planAmount, "plan.instalments": f.planAmount, "plan.invoices": f.planAmount,
		"dispute.invoice": f.contested, "dispute.amount": f.contested,
		"document": f.document, "terms": f.terms, "call_back": f.back, "back_at": f.backAt,
	}
}
