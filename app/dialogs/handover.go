package dialogs

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
	"quitus/letters/handover"
)

// Handover opens "Transmettre le dossier" for a customer: to whom, what goes in, what is missing. It ends with the files in a
// folder of the owner's choice, and follow-up stopped. changed, which may be nil, is called after it was recorded.
func Handover(c *screen.Context, customer ledger.CustomerID, changed func()) {
	d := &handoverDialog{c: c, m: newHandoverModel(c.Desk, c.Words, customer), changed: changed}
	d.gather(d.open)
}

type handoverDialog struct {
	c       *screen.Context
	m       *handoverModel
	changed func()
	sum     *kit.Label
	always  *kit.Label
	lacks   *fyne.Container
	name    *kit.Field
	form    *kit.Form
}

// besideHandover is the height of the form's title and buttons, in units before scaling.
const besideHandover = 232

// gather works out the case as it is ticked, then goes on.
func (d *handoverDialog) gather(then func()) {
	var made *handover.Case
	work := d.m.gathering()
	d.c.Run.Go("dialogs.handover", func(context.Context, *run.Progress) (err error) {
		made, err = work()
		return err
	}, func(err error) {
		if err != nil {
			d.c.Error(err)
			return
		}
		d.m.Case = made
		then()
	})
}

func (d *handoverDialog) open() {
	c, m, w := d.c, d.m, d.c.Words
	d.sum, d.always, d.lacks = kit.NewLabel("").Wrapped(), kit.NewNote("").Wrapped(), kit.Stack(look.Gap1)
	who := kit.NewFilterChoice(m.Who, func(id string) { m.Who = id }, handlerOptions(m)...)
	d.name = kit.NewField(w.T("handover.dialog.name"), "").Placeholder(w.T("handover.dialog.name.hint"))
	body := kit.Stack(look.Gap4, d.sum, kit.Stack(look.Gap2, kit.NewTitle(w.T("handover.dialog.to")), who, d.name))
	if len(m.Documents) > 0 {
		body.Add(kit.Stack(look.Gap2, kit.NewTitle(w.T("handover.dialog.documents")), d.ticks(m.Documents)))
	}
	if len(m.Calls) > 0 {
		body.Add(kit.Stack(look.Gap2, kit.NewTitle(w.T("handover.dialog.calls")), d.ticks(m.Calls), kit.NewNote(w.T("handover.dialog.calls.note")).Wrapped()))
	}
	body.Add(d.always)
	body.Add(kit.Stack(look.Gap2, kit.NewTitle(w.T("handover.dialog.missing")), d.lacks))
	body.Add(d.fold("handover.dialog.steps", d.steps()))
	body.Add(d.fold("handover.dialog.agency", d.agency()))
	room := func() float32 { return max(200, c.Canvas().Size().Height/look.Px(1)-besideHandover) }
	preview := kit.Row(0, kit.NewLink(look.NoIcon, w.T("handover.dialog.preview"), d.preview))
	d.form = kit.NewWideForm(c.Canvas(), w, 720, w.T("handover.dialog.title", "name", m.customer.Name), w.T("handover.dialog.act"),
		scrolling(room, kit.Inset(0, look.Gap3, 0, 0, body)), container.NewBorder(nil, nil, nil, preview, kit.NewNote(w.T("handover.dialog.stops"))))
	d.form.OnAct = d.act
	d.show()
	d.form.Show()
	c.Canvas().Focus(d.name.Entry())
}

func handlerOptions(m *handoverModel) []kit.FilterOption {
	return chips(handlers, func(who string) string { return m.w.T("handover.handler." + who) })
}

// ticks are chips, ticked as the model has them.
func (d *handoverDialog) ticks(list []choice) *kit.FilterRow {
	var all []kit.FilterOption
	for _, x := range list {
		all = append(all, kit.FilterOption{ID: x.ID, Word: x.Word, Count: -1})
	}
	row := kit.NewFilterTicks(func(id string) {
		d.m.ticked[id] = !d.m.ticked[id]
		d.gather(d.show)
	}, all...)
	for _, x := range list {
		if d.m.ticked[x.ID] {
			row.Choose(x.ID)
		}
	}
	return row
}

// show brings what follows from the ticks up to date.
func (d *handoverDialog) show() {
	d.sum.SetText(d.m.sum())
	d.always.SetText(d.m.always())
	d.lacks.Objects = nil
	for _, l := range d.m.lacks() {
		icon, ink := look.IconLate, look.Late.Text()
		if l.Check {
			icon, ink = look.IconInfo, look.Ink2
		}
		mark := kit.Inset(1, look.Gap2, 0, 0, kit.Stack(0, kit.NewIcon(icon, ink, 16)))
		d.lacks.Add(container.NewBorder(nil, nil, mark, nil, kit.NewLabel(l.Text).Wrapped()))
	}
	if len(d.lacks.Objects) == 0 {
		d.lacks.Add(kit.NewLabel(d.c.T("handover.dialog.none_missing")).Wrapped())
	}
	d.lacks.Refresh()
	d.form.Refresh()
}

// fold is a title with a link that shows and hides what is below it.
func (d *handoverDialog) fold(key string, content *fyne.Container) fyne.CanvasObject {
	content.Hide()
	var link *kit.Button
	link = kit.NewLink(look.NoIcon, d.c.T("handover.dialog.show"), func() {
		word := "handover.dialog.hide"
		if content.Visible() {
			content.Hide()
			word = "handover.dialog.show"
		} else {
			content.Show()
		}
		link.SetText(d.c.T(word))
		d.form.Refresh()
	})
	return kit.Stack(look.Gap2, container.NewBorder(nil, nil, kit.NewTitle(d.c.T(key)), link), content)
}

func (d *handoverDialog) steps() *fyne.Container {
	box := kit.Stack(look.Gap2)
	for _, l := range d.m.steps() {
		box.Add(kit.Stack(0, kit.NewLabel(l.Text).Wrapped(), kit.NewNote(l.Second).Wrapped()))
	}
	box.Add(kit.NewNote(d.c.T("handover.steps.note")).Wrapped())
	return box
}

func (d *handoverDialog) agency() *fyne.Container {
	box := kit.Stack(look.Gap1)
	for _, text := range handover.Agency(d.c.Words) {
		box.Add(kit.NewLabel(text).Wrapped())
	}
	return box
}

// preview opens the bound document as it would be; nothing is recorded.
func (d *handoverDialog) preview() {
	d.m.Name = d.name.Text()
	var path string
	work := d.m.gathering()
	d.c.Run.Go("dialogs.handover.preview", func(context.Context, *run.Progress) error {
		b, err := d.make(work)
		if err == nil {
			path, err = desk.TempPath(b.Name + ".pdf")
		}
		if err == nil {
			err = desk.WriteFile(path, b.Bound)
		}
		return err
	}, func(err error) {
		if err != nil {
			d.c.Error(err)
			return
		}
		d.c.OpenPath(path)
	})
}

func (d *handoverDialog) make(work func() (*handover.Case, error)) (*handover.Bundle, error) {
	made, err := work()
	if err != nil {
		return nil, err
	}
	return d.m.desk.MakeHandover(made)
}

// act asks for a folder, writes the files first, then records that they left: what could not be written is not recorded.
func (d *handoverDialog) act() {
	d.m.Name = d.name.Text()
	c, work := d.c, d.m.gathering()
	c.OpenFolder(c.T("handover.dialog.folder"), func(dir string) {
		var zip string
		Save(c, "dialogs.handover.act", d.form, nil, func(ctx context.Context) (ledger.Entry, error) {
			b, err := d.make(work)
			if err == nil {
				zip, _, err = desk.WriteHandover(dir, b)
			}
			if err != nil {
				return ledger.Entry{}, err
			}
			return d.m.desk.KeepHandover(ctx, b)
		}, func(e ledger.Entry) {
			c.Done(c.T("handover.dialog.done", "name", d.m.customer.Name, "file", filepath.Base(zip)), e)
			call(d.changed)
		})
	})
}
