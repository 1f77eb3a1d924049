package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"quitus/app/look"
)

// scroller is the toolkit's vertical scroll without the shadows at its edges.
type scroller struct{ container.Scroll }

func newScroller(content fyne.CanvasObject) *scroller {
	s := &scroller{}
	s.Direction = container.ScrollVerticalOnly
	s.Content = content
	s.ExtendBaseWidget(s)
	return s
}

// NewScroll lets content be taller than its place. It cuts off a little outside of that, so that strokes
// at the content's edge are drawn whole, and its bar stands right of the content, in the margin of the card
// or the gap between columns, of at least 12.
func NewScroll(content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(outside{}, newScroller(Inset(outsideBy, barSpace, outsideBy, outsideBy, content)))
}

const (
	outsideBy = 4
	barSpace  = 12
)

// outside lays a scroller out around its place.
type outside struct{}

func (outside) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().SubtractWidthHeight(look.Px(outsideBy)+look.Px(barSpace), 2*look.Px(outsideBy))
}

func (outside) Layout(o []fyne.CanvasObject, s fyne.Size) {
	by := look.Px(outsideBy)
	bounds(o[0], -by, -by, s.Width+by+look.Px(barSpace), s.Height+2*by)
}

// CreateRenderer leaves the shadows out.
func (s *scroller) CreateRenderer() fyne.WidgetRenderer {
	scrollers[s] = true
	return bareScroll{s.Scroll.CreateRenderer(), s}
}

// scrollers are those that are in a window, to bring what has the keyboard into view.
var scrollers = map[*scroller]bool{}

// revealFocused scrolls so that the whole of what has the keyboard is in view.
func revealFocused() {
	for s := range scrollers {
		c := canvasOf(s)
		if c == nil || !s.Visible() {
			continue
		}
		if o, ok := c.Focused().(fyne.CanvasObject); ok && within(s.Content, o) {
			s.reveal(o)
		}
	}
}

// Reveal scrolls as little as needed to show an object, or its beginning where it is taller than the window.
func Reveal(o fyne.CanvasObject) {
	for s := range scrollers {
		if canvasOf(s) != nil && s.Visible() && within(s.Content, o) {
			s.reveal(o)
		}
	}
}

// reveal scrolls as little as needed to show an object with some space around.
func (s *scroller) reveal(o fyne.CanvasObject) {
	d := fyne.CurrentApp().Driver()
	edge := look.Px(look.Gap6)
	top := d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(s).Y
	bottom := top + o.Size().Height
	y := s.Offset.Y
	switch {
	case top < edge:
		y += top - edge
	case bottom > s.Size().Height-edge:
		y += min(bottom-s.Size().Height+edge, top-edge)
	}
	y = max(0, min(y, s.Content.MinSize().Height-s.Size().Height))
	if y != s.Offset.Y {
		s.ScrollToOffset(fyne.NewPos(s.Offset.X, y))
	}
}

// holder is a widget that holds objects that may have the keyboard.
type holder interface{ held() []fyne.CanvasObject }

// within says whether an object is in another.
func within(root, o fyne.CanvasObject) bool {
	if root == o {
		return true
	}
	var inside []fyne.CanvasObject
	switch r := root.(type) {
	case *fyne.Container:
		inside = r.Objects
	case holder:
		inside = r.held()
	}
	return slices.ContainsFunc(inside, func(child fyne.CanvasObject) bool { return within(child, o) })
}

func (c *Card) held() []fyne.CanvasObject    { return []fyne.CanvasObject{c.content} }
func (r *wrapRow) held() []fyne.CanvasObject { return r.items }
func (f *Field) held() []fyne.CanvasObject   { return []fyne.CanvasObject{f.input} }
func (b *Banner) held() []fyne.CanvasObject  { return []fyne.CanvasObject{b.button} }
func (e *Empty) held() []fyne.CanvasObject   { return []fyne.CanvasObject{e.button} }

type bareScroll struct {
	fyne.WidgetRenderer
	scroller *scroller
}

// Destroy forgets the scroller.
func (r bareScroll) Destroy() {
	delete(scrollers, r.scroller)
	r.WidgetRenderer.Destroy()
}

// Objects gives the content and the bars, which alone follow the pointer.
func (r bareScroll) Objects() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for i, o := range r.WidgetRenderer.Objects() {
		if _, bar := o.(desktop.Hoverable); i == 0 || bar {
			out = append(out, o)
		}
	}
	return out
}

// ScrollToTop shows the beginning of what [NewScroll] made, ScrollToBottom its end.
func ScrollToTop(o fyne.CanvasObject) {
	if s := scrollerOf(o); s != nil {
		s.ScrollToOffset(fyne.NewPos(0, 0))
	}
}

// ScrollToBottom shows the end of what [NewScroll] made.
func ScrollToBottom(o fyne.CanvasObject) {
	if s := scrollerOf(o); s != nil {
		s.ScrollToOffset(fyne.NewPos(0, max(0, s.Content.MinSize().Height-s.Size().Height)))
	}
}

func scrollerOf(o fyne.CanvasObject) *scroller {
	if c, ok := o.(*fyne.Container); ok && len(c.Objects) == 1 {
		s, _ := c.Objects[0].(*scroller)
		return s
	}
	return nil
}
