package customers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/kit"
	"quitus/app/look"
)

// Measures of the page, in units before scaling.
const (
	sideWidth   float32 = 344
	narrowBelow float32 = 1180 - look.RailWidth - 2*look.Gap6 // width of content below which the side goes under
	leastTable  float32 = 352                                 // seven invoices
	leastEvents float32 = 240                                 // a few events
	belowHeight float32 = 180                                 // habits and notes
	footHeight  float32 = 166                                 // turnover and files
)

// columns puts figures, payment plans, invoices and two rows of cards below them at the left, contacts and events at the right;
// where the window is narrow these go below. All of it scrolls when the window is too low.
type columns struct {
	narrow                                                 bool
	page                                                   *fyne.Container
	figures, plans, table, below, foot, contacts, timeline fyne.CanvasObject
}

func newColumns(figures, plans, table, below, foot, contacts, timeline fyne.CanvasObject) fyne.CanvasObject {
	c := &columns{figures: figures, plans: plans, table: table, below: below, foot: foot, contacts: contacts, timeline: timeline}
	c.page = container.New(c, figures, plans, table, below, foot, contacts, timeline)
	return container.New(&chooser{c}, kit.NewScroll(c.page))
}

// chooser tells the columns, before they are laid out, whether they stand side by side.
type chooser struct{ c *columns }

func (h *chooser) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(look.Px(480), look.Px(200))
}

func (h *chooser) Layout(o []fyne.CanvasObject, s fyne.Size) {
	narrow := s.Width < look.Px(narrowBelow)
	changed := narrow != h.c.narrow
	h.c.narrow = narrow
	o[0].Resize(s)
	if changed {
		o[0].Refresh()
	}
}

// heights gives the least heights of the left and of the right side.
func (c *columns) heights() (left, right float32) {
	gap := look.Px(look.Gap4)
	left = c.figures.MinSize().Height + gap + c.planHeight() + look.Px(leastTable) + gap + look.Px(belowHeight) + gap + look.Px(footHeight)
	right = c.contacts.MinSize().Height + gap + look.Px(leastEvents)
	return left, right
}

// planHeight is the height of the plans and of the gap below them; 0 where there are none.
func (c *columns) planHeight() float32 {
	if !c.plans.Visible() {
		return 0
	}
	return c.plans.MinSize().Height + look.Px(look.Gap4)
}

func (c *columns) MinSize([]fyne.CanvasObject) fyne.Size {
	left, right := c.heights()
	if c.narrow {
		return fyne.NewSize(look.Px(480), left+look.Px(look.Gap4)+right)
	}
	return fyne.NewSize(look.Px(480), max(left, right))
}

func (c *columns) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	gap := look.Px(look.Gap4)
	if c.narrow {
		left, _ := c.heights()
		c.left(s.Width, left)
		c.right(0, left+gap, s.Width, s.Height-left-gap)
		return
	}
	side := look.Px(sideWidth)
	c.left(s.Width-side-gap, s.Height)
	c.right(s.Width-side, 0, side, s.Height)
}

func (c *columns) left(w, h float32) {
	gap, top, below, foot := look.Px(look.Gap4), c.figures.MinSize().Height, look.Px(belowHeight), look.Px(footHeight)
	put(c.figures, 0, 0, w, top)
	put(c.plans, 0, top+gap, w, c.plans.MinSize().Height)
	top += c.planHeight()
	put(c.table, 0, top+gap, w, h-top-below-foot-3*gap)
	put(c.below, 0, h-foot-gap-below, w, below)
	put(c.foot, 0, h-foot, w, foot)
}

func (c *columns) right(x, y, w, h float32) {
	gap, top := look.Px(look.Gap4), c.contacts.MinSize().Height
	put(c.contacts, x, y, w, top)
	put(c.timeline, x, y+top+gap, w, h-top-gap)
}

func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// cornerLayout puts a title at the left and a row of filters at the right, on one line as long as there
// is room.
type cornerLayout struct{}

func (cornerLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width+look.Px(look.Gap4)+o[1].MinSize().Width, look.Px(look.FilterHeight))
}

func (cornerLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	put(o[0], 0, 0, o[0].MinSize().Width, s.Height)
	// A row that wraps does not say how wide it would be on one line: it is made wider until it is.
	w := o[1].MinSize().Width
	most := s.Width - o[0].MinSize().Width - look.Px(look.Gap4)
	for o[1].Resize(fyne.NewSize(w, s.Height)); w < most && o[1].MinSize().Height > look.Px(look.FilterHeight); {
		w = min(w+2, most)
		o[1].Resize(fyne.NewSize(w, s.Height))
	}
	o[1].Move(fyne.NewPos(s.Width-w, 0))
}

// contactLayout puts a person's dot at the left, name, role and e-mail below each other beside it,
// telephone and what copies it at the right of the name, and what copies the e-mail at its right.
type contactLayout struct{ dot, name, role, phone, email, copy fyne.CanvasObject }

// tight says whether name and telephone are too long for one line of the card; the telephone then has a
// line of its own.
func (l contactLayout) tight() bool {
	return l.phone != nil && l.name.MinSize().Width+look.Px(look.Gap2)+l.phone.MinSize().Width > look.Px(contactWidth-44)
}

// contactWidth is how wide a contact is in the page's right column.
const contactWidth = 312

func (l contactLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	h := look.Px(24)
	for _, o := range []fyne.CanvasObject{l.role, l.email} {
		if o != nil {
			h += look.Px(18)
		}
	}
	if l.tight() {
		h += look.Px(20)
	}
	return fyne.NewSize(look.Px(240), max(h, look.Px(36)))
}

func (l contactLayout) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	x, y := look.Px(44), look.Px(24)
	put(l.dot, 0, look.Px(2), look.Px(36), look.Px(36))
	put(l.name, x, 0, min(l.name.MinSize().Width, s.Width-x), look.Px(24))
	if l.role != nil {
		put(l.role, x+2, y, s.Width-x-2, look.Px(18))
		y += look.Px(18)
	}
	switch {
	case l.tight():
		m := l.phone.MinSize()
		put(l.phone, s.Width-m.Width, y-look.Px(4), m.Width, look.Px(28))
		y += look.Px(20)
	case l.phone != nil:
		m := l.phone.MinSize()
		put(l.phone, s.Width-m.Width, look.Px(-2), m.Width, look.Px(28))
	}
	if l.email != nil {
		put(l.email, x+2, y, s.Width-x-look.Px(34), look.Px(18))
		put(l.copy, s.Width-look.Px(28), y-look.Px(5), look.Px(28), look.Px(28))
	}
}
