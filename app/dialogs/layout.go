package dialogs

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/screen"
)

// shares puts two objects side by side, the first weight times as wide as the second.
func shares(gap, weight float32, first, second fyne.CanvasObject) *fyne.Container {
	return container.New(sharesLayout{gap, weight}, first, second)
}

type sharesLayout struct{ gap, weight float32 }

func (l sharesLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(a.Width+b.Width+look.Px(l.gap), max(a.Height, b.Height))
}

// Layout keeps the second as wide as a third of the row, so that it lines up with rows of three.
func (l sharesLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	gap := look.Px(l.gap)
	part := (s.Width - l.weight*gap) / (l.weight + 1)
	first := part*l.weight + gap*(l.weight-1)
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(first, s.Height))
	o[1].Move(fyne.NewPos(first+gap, 0))
	o[1].Resize(fyne.NewSize(s.Width-first-gap, s.Height))
}

// labelled puts a label over an object that has none, as fields have theirs.
func labelled(label string, o fyne.CanvasObject) *fyne.Container {
	return kit.Stack(look.Gap1, kit.NewLabel(label).Role(look.Fine).Bold().Ink(look.Ink2), o)
}

// scrolling lets content scroll once it is taller than most, in units before scaling.
func scrolling(most func() float32, content fyne.CanvasObject) *fyne.Container {
	return container.New(upToLayout{most, content}, kit.NewScroll(content))
}

// besideForm is the height of what stands around a form's fields: margins, title and buttons, in units before scaling.
const besideForm = 190

// newScrollingForm makes a form whose fields scroll where the window is low.
func newScrollingForm(c *screen.Context, width float32, title, act string, objects ...fyne.CanvasObject) *kit.Form {
	room := func() float32 { return max(160, c.Canvas().Size().Height/look.Px(100)*100-besideForm) }
	return kit.NewWideForm(c.Canvas(), c.Words, width, title, act, scrolling(room, kit.Stack(14, objects...))).Checks(objects...)
}

type upToLayout struct {
	most    func() float32
	content fyne.CanvasObject
}

func (l upToLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(look.Px(96), min(l.content.MinSize().Height, look.Px(l.most())))
}

func (l upToLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(s)
}
