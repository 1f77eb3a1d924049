package letters

import (
	"fyne.io/fyne/v2"

	"quitus/app/look"
)

// threeColumns gives the list 364, the page what is left, and the checks 216; the outbox has more to say at the side.
type threeColumns struct{ outbox func() bool }

func (l *threeColumns) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(look.Px(700), look.Px(300))
}

func (l *threeColumns) Layout(o []fyne.CanvasObject, s fyne.Size) {
	left, right, gap := look.Px(364), look.Px(216), look.Px(14)
	narrow := s.Width < look.Px(932)
	switch {
	case narrow && l.outbox():
		left, right = look.Px(236), look.Px(264)
	case narrow:
		left = look.Px(284)
	case l.outbox():
		left, right = look.Px(340), look.Px(264)
	}
	place := func(o fyne.CanvasObject, x, w float32) {
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(w, s.Height))
	}
	place(o[0], 0, left)
	place(o[1], left+gap, s.Width-left-right-2*gap)
	place(o[2], s.Width-right, right)
}
