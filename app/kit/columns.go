package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/look"
)

// WideContent is the width of a screen's content, before scaling, in a window of 1180: from it on a side column usually
// stands beside the main one.
const WideContent = 1180 - 200 - 2*look.Gap6

// NewColumns puts side, of a fixed width, at the right of main. In a place narrower than from it goes
// below, and all of it scrolls.
func NewColumns(main, side fyne.CanvasObject, width, from float32) *fyne.Container {
	c := &columns{main: main, side: side, width: width, from: from}
	c.below = NewScroll(container.New(belowLayout{}, main, side))
	c.box = container.New(c, main, side)
	return c.box
}

// NewScrollingColumns is NewColumns for columns that are taller than the window: each scrolls by itself, or
// both together where the side one goes below.
func NewScrollingColumns(main, side fyne.CanvasObject, width, from float32) *fyne.Container {
	c := &columns{main: NewScroll(main), side: NewScroll(side), width: width, from: from, each: true}
	c.below = NewScroll(Stack(look.Gap4, main, side))
	c.box = container.New(c, c.main, c.side)
	return c.box
}

// columns lays out in one of the two ways, by the width it gets.
type columns struct {
	main, side fyne.CanvasObject
	width      float32
	from       float32           // the least width of both side by side
	below      fyne.CanvasObject // both, one over the other
	box        *fyne.Container
	narrow     bool
	each       bool // main and side are scrolls of their own, of what below shows too
}

// belowLayout puts the main column over the side one, each as high as it wants to be.
type belowLayout struct{}

func (belowLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), max(a.Height, look.Px(belowHeight))+look.Px(look.Gap4)+b.Height)
}

func (belowLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	b := o[1].MinSize().Height
	h := s.Height - b - look.Px(look.Gap4)
	bounds(o[0], 0, 0, s.Width, h)
	bounds(o[1], 0, h+look.Px(look.Gap4), s.Width, b)
}

// belowHeight is the least height of a main column over the side one: a few rows of a list that scrolls
// by itself.
const belowHeight = 520

// MinSize implements fyne.Layout.
func (c *columns) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(look.Px(600), look.Px(200))
}

// Layout implements fyne.Layout.
func (c *columns) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	if narrow := s.Width < look.Px(c.from); narrow != c.narrow {
		c.narrow = narrow
		c.box.Objects = []fyne.CanvasObject{c.main, c.side}
		if narrow {
			c.box.Objects = []fyne.CanvasObject{c.below}
		}
	}
	inUse(c.below, c.narrow)
	if c.each {
		inUse(c.main, !c.narrow)
		inUse(c.side, !c.narrow)
	}
	if c.narrow {
		bounds(c.below, 0, 0, s.Width, s.Height)
		return
	}
	side := look.Px(c.width)
	bounds(c.main, 0, 0, s.Width-side-look.Px(look.Gap4), s.Height)
	bounds(c.side, s.Width-side, 0, side, s.Height)
}

// inUse says whether what NewScroll made is in the window. What is not must not be scrolled: its content is elsewhere.
func inUse(scroll fyne.CanvasObject, on bool) {
	s := scroll.(*fyne.Container).Objects[0]
	switch {
	case s.Visible() == on:
	case on:
		s.Show()
	default:
		s.Hide()
	}
}
