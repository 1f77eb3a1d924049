// Package welcome is the first screen of a new ledger: two doors, and nothing to fill in.
package welcome

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/screen"
)

type view struct {
	c      *screen.Context
	object fyne.CanvasObject
}

// New makes the screen.
func New(c *screen.Context) screen.Screen {
	v := &view{c: c}
	v.object = container.NewCenter(kit.Stack(0,
		kit.NewLabel(c.T("welcome.title")).Role(look.Hero).Bold().Aligned(kit.Centre),
		kit.Inset(6, 0, 28, 0, kit.NewLabel(c.T("welcome.promise")).Role(look.Speech).Ink(look.Ink2).Aligned(kit.Centre)),
		kit.Row(24, v.importDoor(), v.sampleDoor()),
		kit.Inset(28, 0, 8, 0, kit.NewLabel(c.T("welcome.drop")).Ink(look.Ink2).Aligned(kit.Centre)),
		container.NewCenter(kit.Row(8, kit.NewIcon(look.IconInfo, look.Ink2, 16), kit.NewNote(c.T("welcome.offline")))),
	))
	return v
}

func (v *view) importDoor() fyne.CanvasObject {
	return v.door(look.IconImport, "import", kit.NewButton(kit.Primary, look.IconOpen, v.c.T("welcome.import.button"), func() {
		v.c.OpenFile(v.c.T("welcome.import.title"), screen.Registers, func(path string) {
			v.c.Go(screen.Place{Screen: screen.Import, File: path})
		})
	}).Big())
}

func (v *view) sampleDoor() fyne.CanvasObject {
	return v.door(look.IconAccount, "sample", kit.NewButton(kit.Secondary, look.NoIcon, v.c.T("welcome.sample.button"), func() {
		path, err := desk.SampleLedger()
		if err != nil {
			v.c.Error(err)
			return
		}
		v.c.OpenLedger(path)
	}).Big())
}

// door is a card with what is behind it: a title, a line, three facts, and the button that opens it.
func (v *view) door(icon look.Icon, name string, button *kit.Button) fyne.CanvasObject {
	facts := kit.Stack(6)
	for _, n := range []string{"1", "2", "3"} {
		facts.Add(kit.Row(8, kit.NewIcon(look.IconTick, look.Paid.Text(), 16), kit.NewLabel(v.c.T("welcome."+name+"."+n))))
	}
	content := kit.Stack(0,
		kit.Row(0, kit.NewDot(icon, look.AccentSoft, look.AccentInk, 48)),
		kit.Inset(8, 0, 0, 0, kit.NewSection(v.c.T("welcome."+name+".title"))),
		kit.Inset(6, 0, 10, 0, kit.NewLabel(v.c.T("welcome."+name+".about")).Ink(look.Ink2)),
		facts,
		kit.Inset(24, 0, 0, 0, kit.Row(0, button)),
	)
	return kit.Fixed(400, 308, kit.NewBareCard(kit.Padded(24, content)))
}

// Object implements [screen.Screen].
func (v *view) Object() fyne.CanvasObject { return v.object }

// Show has nothing to prepare.
func (v *view) Show(screen.Place) {}

// Refresh leaves the doors once something is recorded.
func (v *view) Refresh() {
	if v.c.Desk.State().Book.Invoices.Len() > 0 {
		v.c.Go(screen.Place{Screen: screen.Today})
	}
}
