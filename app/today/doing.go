package today

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"quitus/app/desk"
	"quitus/app/dialogs"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
	"quitus/ledger/followup"
)

// do begins a task: a call or a letter has a screen of its own, e-mails are looked through, all else is noted as done. What
// the house rules have against it is asked about before; the screen of a call does that itself.
func (v *view) do(r *Row) {
	t := &r.Tasks[0]
	var against []followup.Reason
	if !t.Agreed {
		against = v.c.Desk.Against(t.Customer, t.Channel)
	}
	switch {
	case t.Step == followup.StepPlanEnd:
		if p, ok := t.Record.(*ledger.Plan); ok {
			dialogs.EndPlan(v.c, p, v.Refresh)
		}
	case t.Step == followup.StepHandover:
		dialogs.Handover(v.c, t.Customer, v.Refresh)
	case t.Channel == ledger.ChannelEmail:
		v.lookThrough(r)
	case t.Channel == ledger.ChannelPhone:
		v.c.Go(screen.Place{Screen: screen.Call, Customer: t.Customer, Task: t.Name})
	case t.Channel == ledger.ChannelLetter || t.Channel == ledger.ChannelRegistered:
		v.write(r, against)
	default:
		v.noteDone(r, against)
	}
}

// write leads to the letter of a task, which leaves from there.
func (v *view) write(r *Row, against []followup.Reason) {
	t := &r.Tasks[0]
	there := func() {
		v.c.Go(screen.Place{Screen: screen.Letters, Customer: t.Customer, Customers: []ledger.CustomerID{t.Customer}, Filter: t.Model, Task: t.Name})
	}
	if len(against) == 0 {
		there()
		return
	}
	kit.Ask(v.c.Canvas(), kit.Question{
		Title: v.c.T("today.against", "task", r.Title), Text: v.model.sentence(against...),
		Keep: v.c.T("today.against.keep"), Act: v.c.T("today.against.act"),
	}, there)
}

// noteDone records that a task was done elsewhere, with the owner's words about it; the reason must be said where a house rule is
// against it.
func (v *view) noteDone(r *Row, against []followup.Reason) {
	c := v.c
	title, text, act := c.T("today.noted", "task", r.Title), c.T("today.noted.text"), c.T("today.noted.act")
	if r.Tasks[0].Step == followup.StepDispute { // only the customer's page closes it
		title, text, act = r.Title, c.T("today.noted.text.dispute"), c.T("today.noted.act.dispute")
	}
	note := kit.NewArea(c.T("today.noted.note"), "", 2)
	if len(against) > 0 {
		text = v.model.sentence(against...)
		note = v.whyField()
	}
	form := kit.NewForm(c.Canvas(), c.Words, title, act, kit.NewLabel(text).Ink(look.Ink2).Wrapped(), note)
	form.OnAct = func() {
		words := strings.TrimSpace(note.Text())
		v.save("today.noted", form, nil, r, "today.noted.done", func(ctx context.Context) (ledger.Entry, error) {
			return c.Desk.DoTasks(ctx, []desk.Doing{{Task: r.Tasks[0], Why: words}})
		})
	}
	form.Show()
}

// whyField asks why the owner goes past a house rule.
func (v *view) whyField() *kit.Field {
	why := kit.NewField(v.c.T("today.against.why"), "")
	why.Check = v.required
	return why
}

func (v *view) required(text string) string {
	if strings.TrimSpace(text) == "" {
		return v.c.Words.Error(ledger.Errorf("field_required"))
	}
	return ""
}

// save runs a form's act, then shows the day as it is after it, and says what was done.
func (v *view) save(key string, form *kit.Form, fields map[string]dialogs.Messenger, r *Row, done string, act func(context.Context) (ledger.Entry, error)) {
	dialogs.Save(v.c, key, form, fields, act, func(e ledger.Entry) { v.c.Done(v.told(done, r)(), e) })
}

// putOff asks until when, and why.
func (v *view) putOff(r *Row) {
	c := v.c
	day := kit.NewDateEntry(c.Words, c.T("today.put.day"), c.Desk.Today())
	day.Needed = c.Words.Error(ledger.Errorf("field_required"))
	day.SetDate(v.model.DayOff(1))
	quick := kit.NewFilterChoice("1", func(id string) {
		day.SetDate(v.model.DayOff(map[string]int{"1": 1, "3": 3, "7": 7}[id]))
	}, v.option("1", "today.put.tomorrow"), v.option("3", "today.put.in_3"), v.option("7", "today.put.in_7"))
	why := kit.NewField(c.T("today.put.why"), "")
	form := kit.NewForm(c.Canvas(), c.Words, c.T("today.put.title", "task", r.Title), c.T("today.put.act"), quick, day, why)
	form.OnAct = func() {
		until, _ := day.Date()
		v.save("today.put", form, map[string]dialogs.Messenger{"until": day}, r, "today.put.done", func(ctx context.Context) (ledger.Entry, error) {
			return c.Desk.PutOffTasks(ctx, r.Names(), until, strings.TrimSpace(why.Text()))
		})
	}
	form.Show()
}

func (v *view) option(id, key string) kit.FilterOption {
	return kit.FilterOption{ID: id, Word: v.c.T(key), Count: -1}
}

// resume takes up what was put off.
func (v *view) resume(r *Row) {
	v.c.Act("today.resume", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
		return v.c.Desk.PutOffTasks(ctx, r.Names(), 0, "")
	}, v.told("today.resumed", r))
}

// handTo asks to whom a task goes, and what to tell them; an empty name takes it back.
func (v *view) handTo(r *Row) {
	c := v.c
	now, note := "", ""
	if m := r.Tasks[0].Mark; m != nil && m.Who != "" {
		now, note = m.Who, m.Why
	}
	who := kit.NewField(c.T("today.hand.who"), now)
	why := kit.NewArea(c.T("today.hand.note"), note, 2)
	done := "today.hand.done"
	if now == "" {
		who.Check = v.required
	}
	objects := []fyne.CanvasObject{who, why}
	if people := v.model.Hands(); len(people) > 0 {
		var options []kit.FilterOption
		for _, p := range people {
			options = append(options, kit.FilterOption{ID: p, Word: p, Count: -1})
		}
		objects = slices.Insert(objects, 0, fyne.CanvasObject(kit.NewFilterChoice(now, who.SetText, options...)))
	}
	form := kit.NewForm(c.Canvas(), c.Words, c.T("today.hand.title", "task", r.Title), c.T("today.hand.act"), objects...)
	form.OnAct = func() {
		name := strings.TrimSpace(who.Text())
		if name == "" {
			done = "today.hand.back"
		}
		v.save("today.hand", form, nil, r, done, func(ctx context.Context) (ledger.Entry, error) {
			return c.Desk.HandTasks(ctx, r.Names(), name, strings.TrimSpace(why.Text()))
		})
	}
	form.Show()
}

// skip passes a task over; the toast offers to take that back.
func (v *view) skip(r *Row) {
	v.c.Act("today.skip", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
		return v.c.Desk.SkipTasks(ctx, r.Names(), "")
	}, v.told("today.skipped", r))
}
