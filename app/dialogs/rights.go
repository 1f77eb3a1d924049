package dialogs

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
)

// interest is the section of the card about interest and indemnity, with what the owner gave up of them.
func (d *InvoiceCard) interest(r *rights) fyne.CanvasObject {
	c := d.c
	links := kit.Row(look.Gap3, kit.NewLink(look.NoIcon, c.T("rights.detail"), func() { ShowClaim(c, r.Claim, nil) }))
	if r.CanWaive {
		links.Add(kit.NewLink(look.NoIcon, c.T("rights.waive.open"), func() { Waive(c, []ledger.InvoiceID{d.id}, d.again) }))
	}
	s := d.section("rights.interest", links, "", 0, nil)
	s.Add(kit.NewLabel(r.Sum).Wrapped())
	if r.Rule != "" {
		s.Add(kit.NewNote(r.Rule).Wrapped())
	}
	for _, x := range r.Waivers {
		s.Add(d.right(x.Text, kit.NewLink(look.NoIcon, c.T("rights.remove"), func() {
			d.act("rights.waiver_removed", func(ctx context.Context) (ledger.Entry, error) { return c.Desk.RemoveWaiver(ctx, x.Waiver) })
		})))
	}
	return s
}

// limit is the section of the card about the time to claim.
func (d *InvoiceCard) limit(r *rights) fyne.CanvasObject {
	c := d.c
	s := d.section("rights.limit", kit.NewLink(look.IconAdd, c.T("rights.interrupt.open"), func() { Interrupt(c, d.id, d.again) }), "", 0, nil)
	last := kit.NewLabel(r.Last).Bold().Wrapped()
	if r.Near {
		last.Ink(look.Late.Text())
	}
	if r.Past {
		last.Ink(look.VeryLate.Text())
	}
	s.Add(last)
	s.Add(kit.NewNote(r.Reason).Wrapped())
	for _, x := range r.Events {
		links := kit.Row(look.Gap3)
		if !x.Confirmed {
			links.Add(kit.NewLink(look.NoIcon, c.T("rights.confirm"), func() { d.confirm(x) }))
		}
		links.Add(kit.NewLink(look.NoIcon, c.T("rights.remove"), func() {
			d.act("rights.event_removed", func(ctx context.Context) (ledger.Entry, error) { return c.Desk.RemoveInterruption(ctx, x.Event) })
		}))
		s.Add(d.right(x.Text, links))
	}
	for _, n := range r.Notes {
		s.Add(kit.NewNote(n).Wrapped())
	}
	return s
}

// right is a line with links at its right.
func (d *InvoiceCard) right(text string, links fyne.CanvasObject) fyne.CanvasObject {
	at := container.NewVBox(links)
	return container.NewBorder(nil, nil, nil, at, kit.Inset(4, look.Gap3, 4, 0, kit.NewLabel(text).Wrapped()))
}

// act does something with what the card shows, and shows it anew.
func (d *InvoiceCard) act(done string, do func(context.Context) (ledger.Entry, error)) {
	d.c.Act("dialogs.rights", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) { return do(ctx) }, func() string {
		d.again()
		return d.c.T(done)
	})
}

// confirm asks whether an event interrupts, and records the owner's word.
func (d *InvoiceCard) confirm(x rightLine) {
	c := d.c
	kit.Ask(c.Canvas(), kit.Question{Title: c.T("rights.confirm.title"), Text: x.Text + "\n" + c.T("rights.confirm.text"), Keep: c.T("common.cancel"), Act: c.T("rights.confirm")}, func() {
		i := c.Desk.State().Book.Interruptions.Get(uint32(x.Event))
		if i == nil {
			c.Error(ledger.Errorf("right_gone"))
			return
		}
		d.act("rights.confirmed", func(ctx context.Context) (ledger.Entry, error) { return c.Desk.Interrupt(ctx, *i, true) })
	})
}

// Waive opens "Renoncer" for the interest and the indemnity of invoices. changed, which may be nil, is called after it was
// recorded.
func Waive(c *screen.Context, invoices []ledger.InvoiceID, changed func()) {
	w, m := c.Words, newWaiveModel(c.Desk, c.Words, invoices)
	if len(m.List) == 0 {
		kit.Ask(c.Canvas(), kit.Question{Title: w.T("rights.waive.title"), Text: w.T("rights.none"), Act: w.T("common.ok")}, nil)
		return
	}
	body := kit.Stack(look.Gap3, kit.NewNote(w.T("rights.waive.note")).Wrapped())
	of := ticks(m.invoices(), nil)
	if len(m.List) > 1 {
		body.Add(labelled(w.T("rights.invoices"), of))
	}
	one := m.List[0]
	interest, indemnity := waivedPart(c, "rights.part.interest", one.Interest), waivedPart(c, "rights.part.indemnity", one.Indemnity)
	amounts := kit.Shares(look.Gap3, interest, indemnity)
	amounts.Hide()
	var form *kit.Form
	kind := kit.NewFilterChoice(waiveWhole, func(id string) {
		if amounts.Hidden = id != waivePart; amounts.Hidden { // what does not count is not to be corrected either
			interest.SetText("")
			indemnity.SetText("")
		}
		form.Refresh()
	}, chipsOf(m.kinds())...)
	body.Add(labelled(w.T("rights.waive.what"), kind))
	body.Add(amounts)
	why := kit.NewField(w.T("rights.why"), "").Placeholder(w.T("rights.why.hint"))
	body.Add(why)
	form = kit.NewWideForm(c.Canvas(), w, 600, w.T("rights.waive.title"), w.T("rights.waive.act"), body)
	form.OnAct = func() {
		a, _ := interest.Money()
		b, _ := indemnity.Money()
		list := m.waivers(kind.Chosen(), of.Ticked(), a, b, strings.TrimSpace(why.Text()))
		if len(list) == 0 {
			c.Error(ledger.Errorf("waiver_amount"))
			return
		}
		Save(c, "dialogs.waive", form, nil, func(ctx context.Context) (ledger.Entry, error) { return c.Desk.Waive(ctx, list...) }, func(e ledger.Entry) {
			c.Done(w.N("rights.waive.done", len(list)), e)
			call(changed)
		})
	}
	form.Show()
}

// waivedPart is the entry of a part that is given up, at most what there is today; empty for nothing.
func waivedPart(c *screen.Context, label string, most ledger.Money) *kit.MoneyEntry {
	e := kit.NewMoneyEntry(c.Words, c.T(label), most.Currency)
	e.Limit = func(v ledger.Money) string {
		if v.Negative() || v.Cmp(most) > 0 {
			return c.T("rights.part.most", "most", most)
		}
		return ""
	}
	return e
}

// ticks are chips, of which those are ticked that on names, or all where it is nil.
func ticks(list []choice, on func(id string) bool) *kit.FilterRow {
	row := kit.NewFilterTicks(func(string) {}, chipsOf(list)...)
	for _, x := range list {
		if on == nil || on(x.ID) {
			row.Choose(x.ID)
		}
	}
	return row
}

// chipsOf are the chips of choices.
func chipsOf(list []choice) []kit.FilterOption {
	var out []kit.FilterOption
	for _, x := range list {
		out = append(out, kit.FilterOption{ID: x.ID, Word: x.Word, Count: -1})
	}
	return out
}

// confirmTick is the tick by which the owner says that an event interrupts.
const confirmTick = "confirmed"

// Interrupt opens "Ajouter un acte interruptif" for an invoice. changed, which may be nil, is called after it was recorded.
func Interrupt(c *screen.Context, id ledger.InvoiceID, changed func()) {
	w, m := c.Words, newInterruptModel(c.Desk, c.Words, id)
	if m == nil {
		return
	}
	kinds := m.kinds()
	law, effect := kit.NewNote("").Wrapped(), kit.NewLabel("").Wrapped()
	on := kit.NewDateEntry(w, w.T("rights.on"), c.Desk.Today())
	on.Needed = w.Error(ledger.Errorf("field_required"))
	on.Limit = func(d ledger.Date) string {
		if d > c.Desk.Today() {
			return w.Error(ledger.Errorf("said_in_future", "date", d))
		}
		return ""
	}
	var what *kit.Choice
	var form *kit.Form
	told := func() {
		day, _ := on.Date()
		law.SetText(m.law(what.Chosen()))
		effect.SetText(m.effect(what.Chosen(), day))
		effect.Hidden = effect.Text() == ""
		if form != nil {
			form.Refresh()
		}
	}
	what = kit.NewChoice(w.T("rights.what"), kinds[0].ID, func(string) { told() }, options(kinds)...)
	on.OnDate = func(ledger.Date) { told() }
	found := kit.NewField(w.T("rights.words"), "").Placeholder(w.T("rights.words.hint"))
	var list []choice
	for _, i := range m.Invoices {
		list = append(list, choice{invoiceCode(i.ID), i.Number})
	}
	of := ticks(list, func(x string) bool { return x == invoiceCode(id) })
	confirmed := kit.NewFilterTicks(func(string) {}, kit.FilterOption{ID: confirmTick, Word: w.T("rights.interrupt.confirm"), Count: -1})
	body := kit.Stack(look.Gap3, kit.Shares(look.Gap3, what, on), law, effect)
	if len(list) > 1 {
		body.Add(labelled(w.T("rights.invoices"), scrolling(func() float32 { return 120 }, of)))
	}
	body.Add(found)
	body.Add(kit.Stack(look.Gap2, confirmed, kit.NewNote(w.T("rights.interrupt.confirm.note")).Wrapped()))
	if text := m.registered(); text != "" {
		mark := kit.Inset(1, look.Gap2, 0, 0, kit.Stack(0, kit.NewIcon(look.IconInfo, look.Soon.Text(), 16)))
		body.Add(container.NewBorder(nil, nil, mark, nil, kit.NewLabel(text).Wrapped()))
	}
	form = kit.NewWideForm(c.Canvas(), w, 640, w.T("rights.interrupt.title"), w.T("common.save"), body)
	form.OnAct = func() {
		day, _ := on.Date()
		x := ledger.Interruption{Invoice: id, On: day, What: ledger.Interrupter(what.Chosen()), Words: strings.TrimSpace(found.Text())}
		var invoices []ledger.InvoiceID
		for _, i := range m.Invoices {
			if slices.Contains(of.Ticked(), invoiceCode(i.ID)) {
				invoices = append(invoices, i.ID)
			}
		}
		if len(invoices) == 0 {
			c.Error(ledger.Errorf("interruption_of_none"))
			return
		}
		counts := len(confirmed.Ticked()) > 0
		Save(c, "dialogs.interrupt", form, map[string]Messenger{"on": on}, func(ctx context.Context) (ledger.Entry, error) {
			return c.Desk.Interrupt(ctx, x, counts, invoices...)
		}, func(e ledger.Entry) {
			key := "rights.interrupt.noted"
			if counts {
				key = "rights.interrupt.done"
			}
			c.Done(w.T(key), e)
			call(changed)
		})
	}
	told()
	form.Show()
}
