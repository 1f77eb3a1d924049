package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// The toolkit gives a turn of the wheel to the innermost thing that can scroll, and an entry always counts
// as such. So a page would stop moving as soon as the pointer is over a field, or over a list that is wholly
// in view. These hand the turn on to the page around them.

// pageAround finds the smallest scroller around an object that has something to scroll; nil for none.
func pageAround(o fyne.CanvasObject) *scroller {
	d := fyne.CurrentApp().Driver()
	c, at := d.CanvasForObject(o), d.AbsolutePositionForObject(o)
	var best *scroller
	for s := range scrollers {
		if fyne.CanvasObject(s) == o || !s.Visible() || !s.long() || d.CanvasForObject(s) != c {
			continue
		}
		p, size := d.AbsolutePositionForObject(s), s.Size()
		inside := at.X >= p.X && at.Y+o.Size().Height >= p.Y && at.X < p.X+size.Width && at.Y < p.Y+size.Height
		if inside && (best == nil || size.Width*size.Height < best.Size().Width*best.Size().Height) {
			best = s
		}
	}
	return best
}

// long says whether there is more than is in view.
func (s *scroller) long() bool { return s.Content.MinSize().Height > s.Size().Height }

// Scrolled moves the content, or the page around where all of the content is in view.
func (s *scroller) Scrolled(ev *fyne.ScrollEvent) {
	if !s.long() {
		if p := pageAround(s); p != nil {
			p.Scroll.Scrolled(ev)
			return
		}
	}
	s.Scroll.Scrolled(ev)
}

// wheelPass lies over a field of one line, takes nothing but the wheel, and hands it on.
type wheelPass struct {
	widget.BaseWidget
}

func newWheelPass() *wheelPass {
	w := &wheelPass{}
	w.ExtendBaseWidget(w)
	return w
}

// Scrolled moves the page around.
func (w *wheelPass) Scrolled(ev *fyne.ScrollEvent) {
	if p := pageAround(w); p != nil {
		p.Scroll.Scrolled(ev)
	}
}

// CreateRenderer draws nothing.
func (w *wheelPass) CreateRenderer() fyne.WidgetRenderer {
	return render(&parts{self: w, paint: func() {}, min: func() fyne.Size { return fyne.NewSize(0, 0) }, layout: func(fyne.Size) {}})
}
