package call

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/desk"
	"quitus/app/dialogs"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/ledger"
)

// endingView asks the four questions that end a call, and shows the summary as it would leave.
type endingView struct {
	v      *view
	e      *ending
	object *fyne.Container

	facts                               *kit.Label
	left, right                         *fyne.Container
	who                                 *kit.Choice
	with                                *kit.Field
	reach, reason, outcomes, next, sure *kit.FilterRow
	said                                map[string]saying
	talk                                *fyne.Container
	last                                *kit.Number
	rows                                *fyne.Container
	promises                            []*promiseRow
	fit                                 *fyne.Container
	planSum, contested                  *kit.MoneyEntry
	planDue, by, back                   *kit.DateEntry
	parts, disputed, reasons, coming    *kit.Choice
	words, settles, handler             *kit.Field
	document, terms, backAt             *kit.Field
	groups                              map[ledger.Outcome]fyne.CanvasObject
	ahead, later, follows               *fyne.Container
	approve, plain                      *kit.Button
	body                                *kit.Field
}

// saying is a sentence below chips.
type saying interface {
	fyne.CanvasObject
	dialogs.Messenger
}

// promiseRow is one promise: amount, day, means and invoice.
type promiseRow struct {
	amount         *kit.MoneyEntry
	due            *kit.DateEntry
	means, invoice *kit.Choice
}

func newEndingView(v *view, e *ending) *endingView {
	x := &endingView{v: v, e: e, said: map[string]saying{}}
	w := v.c.Words
	for _, f := range []string{"reach", "reason", "outcomes", "next"} {
		x.said[f] = dialogs.NewSaying()
	}
	x.facts = kit.NewLabel(e.facts()).Ink(look.Ink2)
	x.plain = kit.NewButton(kit.Secondary, look.NoIcon, w.T("call.end.save_only"), func() { x.save(false) }).Big()
	x.approve = kit.NewButton(kit.Primary, look.NoIcon, w.T("call.end.approve"), func() { x.save(true) }).Big()
	resume := kit.NewButton(kit.Quiet, look.NoIcon, w.T("call.end.resume"), v.resume)
	head := container.NewStack(kit.Ground(look.Surface), container.New(endHeadLayout{}, kit.NewIconButton(look.IconBack, v.resume),
		kit.Stack(2, kit.NewLabel(w.T("call.end.title")).Role(look.Title).Bold(), x.facts), kit.Row(look.Gap3, resume, x.plain, x.approve), vline()))
	x.buildQuestions()
	x.right = container.NewStack()
	x.object = container.New(endLayout{}, head, kit.NewScroll(kit.Inset(0, 0, 16, 0, x.left)), x.right)
	return x
}

// question is a numbered question with its answer below.
func (x *endingView) question(n int, key string, right fyne.CanvasObject, below ...fyne.CanvasObject) *fyne.Container {
	title := kit.Row(look.Gap2, kit.NewNumber(strconv.Itoa(n)), kit.NewLabel(x.v.c.T(key)).Bold())
	box := kit.Stack(look.Gap2, container.NewBorder(nil, nil, nil, right, title))
	for _, o := range below {
		box.Add(o)
	}
	box.Add(kit.Inset(4, 0, 0, 0, kit.Separator()))
	return box
}

func (x *endingView) buildQuestions() {
	w, m, e := x.v.c.Words, x.v.m, x.e
	var people []kit.Option
	for _, k := range m.File.Contacts {
		people = append(people, kit.Option{ID: contactCode(k.ID), Word: commas(k.Name, k.Role)})
	}
	people = append(people, kit.Option{Word: w.T("calls.note.other")})
	x.who = kit.NewChoice("", contactCode(e.End.Contact), func(id string) { e.End.Contact = contactOf(id); x.changed() }, people...).Low()
	x.with = kit.NewField(w.T("calls.note.with"), "")
	x.with.OnChanged = func(s string) { e.End.With = strings.TrimSpace(s); x.preview() }
	x.reach = kit.NewFilterChoice(string(e.End.Reach), func(id string) { e.End.Reach = ledger.Reach(id); x.clear("reach"); x.changed() }, dialogs.Chips(ledger.Reaches, w.Reach)...)
	x.reason = kit.NewFilterChoice("", func(id string) { e.End.Reason = ledger.DelayReason(id); x.clear("reason"); x.changed() }, dialogs.Chips(ledger.DelayReasons, w.DelayReason)...)
	x.outcomes = kit.NewFilterTicks(x.ticked, dialogs.Chips(e.offered(), w.Outcome)...)
	for _, o := range e.End.Outcomes {
		x.outcomes.Choose(string(o))
	}
	x.next = kit.NewFilterChoice("", func(id string) { e.Next = id; x.clear("next"); x.changed() },
		kit.FilterOption{ID: nextGoesOn, Word: w.T("calls.note.goes_on"), Count: -1}, kit.FilterOption{ID: nextCallBack, Word: w.T("calls.note.call_back"), Count: -1})
	x.sure = kit.NewFilterTicks(func(string) { e.End.Undisputed = len(x.sure.Ticked()) > 0; x.changed() },
		kit.FilterOption{ID: "sure", Word: w.T("call.end.uncontested"), Count: -1})
	x.buildGroups()
	all := kit.Stack(look.Gap3)
	outcomes := kit.Stack(look.Gap3, x.outcomes, x.said["outcomes"])
	for _, o := range e.offered() {
		if g := x.groups[o]; g != nil {
			outcomes.Add(g)
		}
	}
	x.talk = kit.Stack(look.Gap3, x.question(2, "calls.note.reason", nil, x.reason, x.said["reason"]), x.question(3, "calls.note.outcomes", nil, outcomes, x.sure))
	x.ahead = kit.Stack(look.Gap2, x.next, x.said["next"])
	x.follows = kit.Stack(6)
	four := x.question(4, "calls.note.next", nil, x.ahead, x.later, x.follows)
	x.last = four.Objects[0].(*fyne.Container).Objects[0].(*fyne.Container).Objects[0].(*kit.Number)
	drop := kit.NewButton(kit.Quiet, look.IconDelete, w.T("call.drop"), x.drop)
	all.Add(x.question(1, "calls.note.reach", kit.Fixed(232, 0, x.who), x.with, x.reach, x.said["reach"]))
	all.Add(x.talk)
	all.Add(four)
	all.Add(kit.Row(0, drop))
	x.left = kit.Stack(0, all)
}

// sunken is the ground of an outcome's own fields.
func sunken(rows ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewBareCard(kit.Padded(14, kit.Stack(look.Gap3, rows...))).Sunken()
}

// buildGroups makes the fields that each outcome needs.
func (x *endingView) buildGroups() {
	w, m, e := x.v.c.Words, x.v.m, x.e
	required := w.Error(ledger.Errorf("field_required"))
	field := func(label, hint string, set func(string)) *kit.Field {
		f := kit.NewField(label, "").Placeholder(hint)
		f.OnChanged = func(s string) { set(strings.TrimSpace(s)); x.preview() }
		return f
	}
	newDay := func(label string, set func(ledger.Date)) *kit.DateEntry {
		d := kit.NewDateEntry(w, label, m.desk.Today())
		d.Needed = required
		d.OnChanged = func(string) { v, _ := d.Date(); set(v); x.preview() }
		return d
	}
	x.rows, x.fit = kit.Stack(look.Gap2), container.NewStack()
	x.fillRows()
	x.planSum = kit.NewMoneyEntry(w, w.T("calls.plan.amount"), e.PlanSum.Currency)
	x.planSum.Needed = required
	x.planSum.SetMoney(e.PlanSum)
	x.planSum.OnChanged = func(string) { e.PlanSum, _ = x.planSum.Money(); x.preview() }
	x.planDue = newDay(w.T("calls.plan.from"), func(d ledger.Date) { e.PlanDue = d })
	var often []kit.Option
	for n := 2; n <= 12; n++ {
		often = append(often, kit.Option{ID: strconv.Itoa(n), Word: strconv.Itoa(n)})
	}
	x.parts = kit.NewChoice(w.T("calls.plan.parts"), strconv.Itoa(e.Parts), func(id string) { e.Parts, _ = strconv.Atoi(id); x.preview() }, often...)
	x.buildDispute(field, required)
	x.document = field(w.T("calls.note.document"), w.T("calls.note.document.hint"), func(s string) { e.End.Document = s })
	x.document.SetText(e.End.Document)
	x.terms = field(w.T("calls.note.terms"), w.T("calls.note.terms.hint"), func(s string) { e.End.Terms = s })
	x.coming = kit.NewChoice(w.T("calls.note.coming"), "", func(code string) { e.End.Coming = dialogs.TermsOf(code) }, dialogs.ComingTermsOptions(w)...)
	x.back = newDay(w.T("calls.note.back"), func(d ledger.Date) { e.End.CallBack = d })
	x.backAt = field(w.T("calls.note.at"), "11:30", func(s string) { e.End.BackAt = s })
	gap := look.Gap3
	x.later = container.NewStack(sunken(kit.Shares(gap, x.back, x.backAt)))
	x.groups = map[ledger.Outcome]fyne.CanvasObject{
		ledger.OutcomePromise:  sunken(x.rows, x.fit),
		ledger.OutcomePlan:     sunken(kit.Shares(gap, x.planSum, x.parts, x.planDue)),
		ledger.OutcomeDispute:  sunken(kit.Shares(gap, x.disputed, x.contested, x.reasons), x.words, kit.Shares(gap, x.settles, x.handler, x.by)),
		ledger.OutcomeDocument: sunken(x.document),
		ledger.OutcomeTerms:    sunken(kit.Shares(gap, x.terms, x.coming)),
	}
}

func (x *endingView) buildDispute(field func(label, hint string, set func(string)) *kit.Field, required string) {
	w, m, e := x.v.c.Words, x.v.m, x.e
	oldest := ""
	options := x.v.invoiceOptions(false)
	if len(options) > 0 {
		oldest = options[0].ID
	}
	e.End.Disputes = []ledger.Dispute{{}}
	d := &e.End.Disputes[0]
	if ids := invoicesOf(oldest); len(ids) > 0 {
		d.Invoice = ids[0]
	}
	x.disputed = kit.NewChoice(w.T("common.invoice"), oldest, func(code string) { d.Invoice = invoicesOf(code)[0]; x.preview() }, options...)
	x.contested = kit.NewMoneyEntry(w, w.T("calls.dispute.amount"), m.File.Due.Currency)
	x.contested.Placeholder(w.T("calls.dispute.amount.hint"))
	x.contested.OnChanged = func(string) { v, _ := x.contested.Money(); d.Amount = v.Minor; x.preview() }
	x.reasons = kit.NewChoice(w.T("calls.dispute.reason"), "", func(id string) { d.Reason = ledger.DisputeReason(id); x.preview() }, dialogs.DisputeReasonOptions(w)...).Placeholder(w.T("calls.choose"))
	x.reasons.Needed = w.T("calls.dispute.reason.needed")
	x.words = field(w.T("calls.dispute.words"), "", func(s string) { d.Words = s })
	x.settles = field(w.T("calls.dispute.settles"), w.T("common.optional"), func(s string) { d.Settles = s })
	x.handler = field(w.T("calls.dispute.who"), w.T("common.optional"), func(s string) { d.Who = s })
	x.by = kit.NewDateEntry(w, w.T("calls.dispute.by"), m.desk.Today())
	x.by.OnChanged = func(string) { d.By, _ = x.by.Date() }
}

// fillRows shows the promises, a row each.
func (x *endingView) fillRows() {
	w, e := x.v.c.Words, x.e
	x.rows.Objects, x.promises = nil, nil
	required := w.Error(ledger.Errorf("field_required"))
	for n := range e.End.Promises {
		p := &e.End.Promises[n]
		label := func(key string) string {
			if n > 0 {
				return ""
			}
			return w.T(key)
		}
		r := &promiseRow{amount: kit.NewMoneyEntry(w, label("call.end.amount"), p.Amount.Currency), due: kit.NewDateEntry(w, label("calls.promise.due"), x.v.m.desk.Today())}
		r.amount.Needed, r.due.Needed = required, required
		r.amount.SetMoney(p.Amount)
		r.due.SetDate(p.Due)
		r.amount.OnChanged = func(string) { v, _ := r.amount.Money(); p.Amount.Minor = v.Minor; x.preview() }
		r.due.OnChanged = func(string) { p.Due, _ = r.due.Date(); x.preview() }
		r.means = kit.NewChoice(label("call.end.means"), string(p.Means), func(id string) { p.Means = ledger.Means(id) }, dialogs.MeansOptions(w)...)
		r.invoice = kit.NewChoice(label("call.end.invoice"), invoiceCode(p.Invoices), func(code string) { p.Invoices = invoicesOf(code); x.preview() }, x.v.invoiceOptions(true)...)
		x.promises = append(x.promises, r)
		x.rows.Add(container.New(promiseLayout{}, r.amount, r.due, r.means, r.invoice))
	}
}

func (x *endingView) ticked(id string) {
	x.e.tick(ledger.Outcome(id))
	for _, o := range ledger.Outcomes {
		on, want := false, false
		for _, t := range x.outcomes.Ticked() {
			on = on || t == string(o)
		}
		for _, t := range x.e.End.Outcomes {
			want = want || t == o
		}
		if on != want {
			x.outcomes.Choose(string(o))
		}
	}
	x.clear("outcomes")
	x.clear("next")
	x.changed()
}

func (x *endingView) clear(field string) { x.said[field].SetMessage("") }

// begin shows the questions, with the keyboard at the first.
func (x *endingView) begin() {
	x.changed()
	x.v.c.Canvas().Focus(x.who)
}

// changed shows what the answers so far ask for.
func (x *endingView) changed() {
	e := x.e
	visible := func(o fyne.CanvasObject, on bool) {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
	visible(x.with, e.End.Contact == 0 && (e.End.Reach == ledger.Reached || e.End.Reach == ledger.Switchboard || e.End.Reach == ledger.NoTalk))
	visible(x.talk, e.talked())
	x.last.Set("4")
	if !e.talked() {
		x.last.Set("2")
	}
	for o, g := range x.groups {
		visible(g, e.has(o))
	}
	visible(x.sure, e.talked() && !e.has(ledger.OutcomeDispute))
	visible(x.ahead, e.asksNext())
	visible(x.later, e.asksDay())
	x.preview()
}

// preview writes the summary and what follows anew, off the window's goroutine: of several changes the last counts.
func (x *endingView) preview() {
	if x.object == nil {
		return // the fields are being filled
	}
	e := x.e
	x.showFit()
	x.showFollows()
	call, talked := e.final(), e.reached()
	var summary desk.CallSummary
	var missing error
	x.v.c.Run.Go("call.summary", func(context.Context, *run.Progress) error {
		if talked {
			summary, missing = x.v.c.Desk.Summary(call)
		}
		return nil
	}, func(err error) {
		if err != nil {
			x.v.c.Error(err)
			return
		}
		e.compose(summary, missing)
		x.showSummary()
		x.object.Refresh()
	})
}

func (x *endingView) showFit() {
	f := x.e.fit()
	k := marks[f.Mark]
	more := kit.NewLink(look.IconAdd, x.v.c.T("call.end.another"), func() {
		x.e.another()
		x.fillRows()
		x.changed()
		x.v.c.Canvas().Focus(x.promises[len(x.promises)-1].due.Entry())
	})
	x.fit.Objects = []fyne.CanvasObject{container.NewBorder(nil, nil, nil, more,
		container.New(fileLayout{}, kit.NewIcon(k.icon, k.ink, 16), kit.NewLabel(f.Text).Wrapped(), kit.NewNote("")))}
}

func (x *endingView) showFollows() {
	x.follows.Objects = nil
	list := x.e.next()
	for _, f := range list {
		icon, ink := look.IconWait, look.Ink2
		if k, ok := marks[f.Mark]; ok {
			icon, ink = k.icon, k.ink
		}
		x.follows.Add(iconLine(icon, ink, kit.NewLabel(f.Text).Wrapped()))
	}
	if len(list) == 0 && !x.e.asksNext() {
		x.follows.Add(kit.NewLabel(x.v.c.T("call.next.open")).Ink(look.Ink2).Wrapped())
	}
	x.follows.Refresh()
}

// showSummary shows the e-mail as it would leave, or why there is none.
func (x *endingView) showSummary() {
	w, e := x.v.c.Words, x.e
	if e.Edited {
		return
	}
	if !e.hasSummary() {
		x.approve.SetText(w.T("call.end.save"))
		x.plain.Hide()
		text := w.T("call.summary.none")
		if e.talked() {
			text = w.T("call.summary.not_yet")
		}
		x.right.Objects = []fyne.CanvasObject{kit.NewBareCard(kit.NewEmpty(look.IconLetter, w.T("call.summary.title"), text, nil))}
		return
	}
	x.approve.SetText(w.T("call.end.approve"))
	x.plain.Show()
	body := kit.Stack(look.Gap3)
	for _, p := range paragraphs(e.Summary.Body) {
		if p.Cells == nil {
			body.Add(kit.NewLabel(strings.ReplaceAll(p.Text, "**", "")).Wrapped())
			continue
		}
		table := kit.Stack(2)
		for _, row := range p.Cells {
			var cells []fyne.CanvasObject
			for n, c := range row {
				cell := kit.NewLabel(c)
				if n == len(row)-1 {
					cell.Aligned(kit.Right)
				}
				cells = append(cells, cell)
			}
			table.Add(kit.Shares(look.Gap2, cells...))
		}
		body.Add(kit.Inset(0, 24, 0, 12, table))
	}
	x.right.Objects = []fyne.CanvasObject{x.mail(kit.NewScroll(kit.Inset(0, 4, 0, 0, body)),
		kit.NewLink(look.IconEdit, w.T("call.summary.edit"), x.edit), kit.NewLabel(e.Summary.Subject).Bold())}
}

// mail is the card of the summary.
func (x *endingView) mail(body fyne.CanvasObject, action *kit.Button, subject fyne.CanvasObject) fyne.CanvasObject {
	w, e := x.v.c.Words, x.e
	to := kit.NewLabel(e.Summary.To)
	if e.Summary.To == "" {
		to = kit.NewLabel(w.T("call.summary.no_address")).Ink(look.Late.Text())
	}
	label := func(key string) fyne.CanvasObject { return kit.Fixed(56, 0, kit.NewLabel(w.T(key)).Ink(look.Ink2)) }
	head := kit.Stack(6, container.NewBorder(nil, nil, nil, action, kit.NewLabel(w.T("call.summary.title")).Bold()),
		container.NewBorder(nil, nil, label("call.summary.to"), nil, to), container.NewBorder(nil, nil, label("call.summary.subject"), nil, subject), kit.Separator())
	foot := kit.Stack(look.Gap2, kit.Separator(), iconLine(look.IconInfo, look.Ink2, kit.NewNote(x.leaves()).Wrapped()))
	return kit.NewCard(container.NewBorder(head, foot, nil, nil, kit.Inset(10, 0, 10, 0, body)))
}

// leaves says when the summary leaves once it is approved.
func (x *endingView) leaves() string {
	w, d := x.v.c.Words, x.v.c.Desk
	if d.MailAccount() == nil {
		return w.T("call.summary.waits")
	}
	return w.T("outbox.summary", "wait", desk.MailWaitText(w, d.ApprovedWait()))
}

// edit lets the owner write the text: from then on it stays as written.
func (x *endingView) edit() {
	w, e := x.v.c.Words, x.e
	e.Edited = true
	subject := kit.NewField("", e.Summary.Subject).Low()
	subject.OnChanged = func(s string) { e.Summary.Subject = s }
	x.body = kit.NewArea("", e.Summary.Body, 12)
	x.body.OnChanged = func(s string) { e.Summary.Body = s }
	undo := kit.NewLink(look.IconUndo, w.T("call.summary.proposed"), func() {
		e.Edited = false
		x.preview()
	})
	x.right.Objects = []fyne.CanvasObject{x.mail(x.body, undo, subject)}
	x.object.Refresh()
	x.v.c.Canvas().Focus(x.body.Entry())
}
