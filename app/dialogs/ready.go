package dialogs

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/screen"
	"quitus/ledger"
	"quitus/letters"
)

// FindingList shows what to look at before a formal notice, line by line; the owner decides.
func FindingList(c *screen.Context, list []string) fyne.CanvasObject {
	box := kit.Stack(look.Gap2)
	for _, text := range list {
		mark := kit.Inset(1, look.Gap2, 0, 0, kit.Stack(0, kit.NewIcon(look.IconInfo, look.Ink2, 16)))
		box.Add(container.NewBorder(nil, nil, mark, nil, kit.NewLabel(text).Wrapped()))
	}
	box.Add(kit.NewNote(c.T("dialogs.ready.decide")).Wrapped())
	return box
}

// Findings opens what to look at before a formal notice to a customer.
func Findings(c *screen.Context, customer ledger.CustomerID) {
	list := letters.FindingTexts(c.Words, c.Desk.State().Readiness(customer))
	if len(list) == 0 {
		list = []string{c.T("dialogs.ready.none")}
	}
	var d *kit.Dialog
	done := kit.NewButton(kit.Primary, look.NoIcon, c.T("common.close"), func() { d.Hide() })
	room := func() float32 { return max(160, c.Canvas().Size().Height/look.Px(100)*100-cardRoom) }
	d = kit.NewDialog(c.Canvas(), cardWidth, kit.Stack(look.Gap4, kit.NewSection(c.T("dialogs.ready.title")), scrolling(room, FindingList(c, list)),
		kit.Row(look.Gap2, layout.NewSpacer(), done)), nil)
	d.Open(done)
}
