package customers

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/dialogs"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/ledger"
)

// noteCard lists the notes about a customer, the newest first.
type noteCard struct {
	v      *pageView
	list   *fyne.Container
	object fyne.CanvasObject
}

func newNoteCard(v *pageView) *noteCard {
	k := &noteCard{v: v, list: kit.Stack(look.Gap3)}
	add := kit.NewLink(look.NoIcon, v.c.T("common.add"), func() { k.edit(ledger.Note{Customer: v.id, On: v.c.Desk.Today()}) })
	k.object = kit.NewTitledCard(v.c.T("common.notes"), add, kit.NewScroll(kit.Inset(0, look.Gap3, 0, 0, k.list)))
	return k
}

func (k *noteCard) show(m *page) {
	k.list.Objects = nil
	if len(m.Notes) == 0 {
		k.list.Add(kit.NewLabel(k.v.c.T("customers.notes.none")).Ink(look.Ink2).Wrapped())
	}
	for _, n := range m.Notes {
		edit := kit.NewLink(look.NoIcon, k.v.c.T("common.edit"), func() { k.edit(n.Note) })
		head := container.NewBorder(nil, nil, nil, edit, kit.NewNote(n.Day))
		k.list.Add(kit.Stack(0, head, kit.NewLabel(n.Text).Wrapped()))
	}
	k.list.Refresh()
}

// open opens the note with a number.
func (k *noteCard) open(id ledger.NoteID) {
	for _, n := range k.v.m.Notes {
		if n.ID == id {
			k.edit(n.Note)
		}
	}
}

// edit opens the form of a new or known note.
func (k *noteCard) edit(n ledger.Note) {
	ctx := k.v.c
	text := kit.NewArea(ctx.T("customers.notes.of", "day", n.On), n.Text, 6)
	text.Check = func(s string) string {
		if strings.TrimSpace(s) == "" {
			return ctx.T("customers.notes.empty")
		}
		return ""
	}
	title := ctx.T("customers.notes.new")
	objects := []fyne.CanvasObject{text}
	var form *kit.Form
	if n.ID != 0 {
		title = ctx.T("customers.notes.edit")
		objects = append(objects, kit.Row(0, kit.NewLink(look.NoIcon, ctx.T("customers.notes.remove"), func() {
			n.Text = ""
			k.save(form, n, "customers.notes.removed")
		})))
	}
	form = kit.NewWideForm(ctx.Canvas(), ctx.Words, 520, title, ctx.T("common.save"), objects...)
	form.OnAct = func() {
		n.Text = strings.TrimSpace(text.Text())
		k.save(form, n, "customers.notes.saved")
	}
	form.Show()
}

func (k *noteCard) save(form *kit.Form, n ledger.Note, done string) {
	ctx := k.v.c
	dialogs.Save(ctx, "customers.note", form, nil, func(cx context.Context) (ledger.Entry, error) {
		return ctx.Desk.SaveNote(cx, n)
	}, func(e ledger.Entry) {
		ctx.Done(ctx.T(done), e)
		k.v.Refresh()
	})
}
