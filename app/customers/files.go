package customers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/dialogs"
	"quitus/app/kit"
	"quitus/app/look"
)

// fileCard lists the documents and letters of a customer.
type fileCard struct {
	v      *pageView
	list   *fyne.Container
	object fyne.CanvasObject
}

func newFileCard(v *pageView) *fileCard {
	k := &fileCard{v: v, list: kit.Stack(look.Gap2)}
	attach := kit.NewLink(look.NoIcon, v.c.T("dialogs.card.attach"), k.attach)
	k.object = kit.NewTitledCard(v.c.T("dialogs.card.files"), attach, kit.NewScroll(kit.Inset(0, look.Gap3, 0, 0, k.list)))
	return k
}

// attach asks for a file to keep with the customer.
func (k *fileCard) attach() {
	ctx := k.v.c
	ctx.OpenFile(ctx.T("common.choose_file"), nil, func(path string) {
		dialogs.Attach(ctx, []string{path}, k.v.id, 0, k.v.Refresh)
	})
}

func (k *fileCard) show(m *page) {
	c := k.v.c
	k.list.Objects = nil
	if len(m.Files) == 0 {
		k.list.Add(kit.NewLabel(c.T("dialogs.card.no_file")).Ink(look.Ink2).Wrapped())
	}
	for _, f := range m.Files {
		open := kit.NewLink(look.NoIcon, c.T("common.open"), func() { c.View(f.Hash, f.Name) })
		text := kit.Stack(0, kit.Fixed(40, 0, kit.NewLabel(f.Title)), kit.Fixed(40, 0, kit.NewNote(f.Second)))
		if f.Registered != 0 {
			text.Add(kit.Row(0, kit.NewLink(look.NoIcon, c.T("handover.mail.menu"), func() { dialogs.Registered(c, f.Registered, k.v.Refresh) })))
		}
		k.list.Add(container.NewBorder(nil, nil, nil, kit.Inset(0, 0, 0, look.Gap2, open), text))
	}
	k.list.Refresh()
}
