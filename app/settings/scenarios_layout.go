package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/kit"
	"quitus/app/look"
)

// Measures of the section, in units before scaling.
const (
	scenarioList float32 = 236                                   // the list at the left
	twoColumns   float32 = 680                                   // from this width on, steps and form stand side by side
	withList     float32 = scenarioList + look.Gap4 + twoColumns // below, a menu takes the place of the list
)

// duo puts two objects side by side, or one below the other where there is no room.
type duo struct {
	box    *fyne.Container
	narrow bool
}

func newDuo(first, second fyne.CanvasObject) *duo {
	d := &duo{}
	d.box = container.New(d, first, second)
	return d
}

// MinSize implements fyne.Layout.
func (d *duo) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b, gap := o[0].MinSize(), o[1].MinSize(), look.Px(look.Gap4)
	if d.narrow {
		return fyne.NewSize(max(a.Width, b.Width), a.Height+gap+b.Height)
	}
	return fyne.NewSize(a.Width+gap+b.Width, max(a.Height, b.Height))
}

// Layout implements fyne.Layout.
func (d *duo) Layout(o []fyne.CanvasObject, s fyne.Size) {
	gap := look.Px(look.Gap4)
	if d.narrow {
		h := o[0].MinSize().Height
		put(o[0], 0, 0, s.Width, h)
		put(o[1], 0, h+gap, s.Width, o[1].MinSize().Height)
		return
	}
	w := float32(int((s.Width - gap) * 0.54))
	put(o[0], 0, 0, w, o[0].MinSize().Height)
	put(o[1], w+gap, 0, s.Width-w-gap, o[1].MinSize().Height)
}

func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// scenarioLayout has the list at the left and the rest, which scrolls, at the right; where there is no room for the list, a bar
// with the menu of scenarios on top.
type scenarioLayout struct{ duo *duo }

func newScenarioLayout(list, bar, main fyne.CanvasObject, d *duo) fyne.CanvasObject {
	return container.New(&scenarioLayout{d}, kit.NewScroll(list), bar, kit.NewScroll(main))
}

// MinSize implements fyne.Layout.
func (l *scenarioLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(look.Px(600), look.Px(200))
}

// Layout implements fyne.Layout.
func (l *scenarioLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	x, y := look.Px(scenarioList)+look.Px(look.Gap4), float32(0)
	if o[0].Hide(); s.Width < look.Px(withList) {
		h := o[1].MinSize().Height
		x, y = 0, h+look.Px(look.Gap3)
		o[1].Show()
		put(o[1], 0, 0, s.Width, h)
	} else {
		o[1].Hide()
		o[0].Show()
		put(o[0], 0, 0, look.Px(scenarioList), s.Height)
	}
	narrow := s.Width-x < look.Px(twoColumns)
	changed := narrow != l.duo.narrow
	l.duo.narrow = narrow
	put(o[2], x, y, s.Width-x, s.Height-y)
	if changed {
		o[2].Refresh()
	}
}

// linesLayout gives a list the height of all its lines.
type linesLayout struct{ lines *kit.Lines }

// MinSize implements fyne.Layout.
func (l linesLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(look.Px(240), l.lines.TotalHeight())
}

// Layout implements fyne.Layout.
func (l linesLayout) Layout(o []fyne.CanvasObject, s fyne.Size) { put(o[0], 0, 0, s.Width, s.Height) }
