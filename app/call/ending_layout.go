package call

import (
	"fyne.io/fyne/v2"

	"quitus/app/look"
)

// promiseLayout has the fields of a promise side by side, the day the widest.
type promiseLayout struct{}

var promiseShares = [...]float32{122, 164, 112, 146}

func (promiseLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	h := float32(0)
	for _, x := range o {
		h = max(h, x.MinSize().Height)
	}
	return fyne.NewSize(look.Px(400), h)
}

func (promiseLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	gap, sum := look.Px(look.Gap2), float32(0)
	for _, w := range promiseShares {
		sum += w
	}
	x := float32(0)
	for n, f := range o {
		w := float32(int((s.Width - 3*gap) * promiseShares[n] / sum))
		put(f, x, 0, w, f.MinSize().Height)
		x += w + gap
	}
}

// endHeadLayout has the back arrow, the title, and the actions at the right.
type endHeadLayout struct{}

func (endHeadLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(look.Px(800), look.Px(80))
}

func (endHeadLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	mid := func(m fyne.Size) float32 { return float32(int((s.Height - m.Height) / 2)) }
	back, act := o[0].MinSize(), o[2].MinSize()
	put(o[0], look.Px(8), mid(back), back.Width, back.Height)
	x := s.Width - look.Px(20) - act.Width
	put(o[2], x, mid(act), act.Width, act.Height)
	from, title := look.Px(56), o[1].MinSize()
	put(o[1], from, mid(title), max(0, x-from-look.Px(16)), title.Height)
	put(o[3], 0, s.Height-1, s.Width, 1)
}

// endLayout has the head over the questions at the left, of a fixed width, and the summary.
type endLayout struct{}

func (endLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(look.Px(1000), look.Px(520))
}

func (endLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	top, left := look.Px(80), look.Px(596)
	if s.Width < look.Px(1180) {
		left = look.Px(560)
	}
	put(o[0], 0, 0, s.Width, top)
	pad := look.Px(look.Gap6)
	put(o[1], pad, top+look.Px(16), left, s.Height-top-look.Px(16))
	x := pad + left + pad
	put(o[2], x, top+look.Px(16), s.Width-x-pad, s.Height-top-look.Px(36))
}
