package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// Measures of sections, in units before scaling.
const (
	sectionsWidth float32 = 200
	sectionsGap   float32 = 20
	// sectionsBeside is the width from which the list stands beside the body: that of the content of a window of 1280 has some to
	// spare. Below, the body needs all of it.
	sectionsBeside = sectionsWidth + sectionsGap + SectionBody
)

// SectionBody is the least width, before scaling, of a body beside the list of its sections.
const SectionBody float32 = 800

// Sections goes between the sections of a screen that are too many for a row: their list at the left of the body, or a menu above it
// where the window is narrow. The list is one Tab stop: arrows go along it, Enter or Space chooses, and it scrolls where the window is
// low.
//
//	v.sections = kit.NewSections("company", v.choose, v.body, kit.Option{ID: "company", Word: "Société"}, kit.Option{ID: "mail", Word: "E-mail"})
//	v.sections.Choose("mail")
type Sections struct {
	widget.BaseWidget
	list   *sectionList
	scroll fyne.CanvasObject // the list
	menu   *Choice
	body   fyne.CanvasObject
	narrow bool
}

// NewSections makes the sections around the body that shows the chosen one. onChosen is told the ID that the owner chose.
func NewSections(chosen string, onChosen func(id string), body fyne.CanvasObject, options ...Option) *Sections {
	s := &Sections{body: body}
	tell := func(id string) {
		s.Choose(id)
		onChosen(id)
	}
	s.list = newSectionList(tell, options)
	s.scroll = NewScroll(s.list)
	s.menu = NewChoice("", chosen, tell, options...)
	s.Choose(chosen)
	s.ExtendBaseWidget(s)
	return s
}

// Choose marks a section as the one shown without telling.
func (s *Sections) Choose(id string) {
	s.menu.Choose(id)
	s.list.choose(id)
}

// Resize takes the form that has room.
func (s *Sections) Resize(size fyne.Size) {
	if narrow := size.Width < look.Px(sectionsBeside); narrow != s.narrow {
		s.narrow = narrow
		s.Refresh()
	}
	s.BaseWidget.Resize(size)
}

func (s *Sections) held() []fyne.CanvasObject { return []fyne.CanvasObject{s.body} }

// CreateRenderer implements fyne.Widget.
func (s *Sections) CreateRenderer() fyne.WidgetRenderer {
	menu := container.New(sizeLayout{width: sectionsMenu}, s.menu)
	p := &parts{self: s}
	p.paint = func() {
		p.objects = []fyne.CanvasObject{s.scroll, s.body}
		if s.narrow {
			p.objects[0] = menu
		}
		inUse(s.scroll, !s.narrow)
	}
	p.min = func() fyne.Size {
		m, b := s.menu.MinSize(), s.body.MinSize()
		return fyne.NewSize(max(look.Px(sectionsMenu), b.Width), m.Height+look.Px(look.Gap3)+b.Height)
	}
	p.layout = func(size fyne.Size) {
		if s.narrow {
			h := s.menu.MinSize().Height
			bounds(menu, 0, 0, look.Px(sectionsMenu), h)
			y := h + look.Px(look.Gap3)
			bounds(s.body, 0, y, size.Width, size.Height-y)
			return
		}
		w := look.Px(sectionsWidth)
		x := w + look.Px(sectionsGap)
		bounds(s.scroll, 0, 0, w, size.Height)
		bounds(s.body, x, 0, size.Width-x, size.Height)
	}
	return render(p)
}

// sectionsMenu is the width of the menu that takes the list's place.
const sectionsMenu float32 = 280

// sectionList is the list at the left. Rows are 36 high, 4 apart.
type sectionList struct {
	widget.BaseWidget
	tell    func(id string)
	rows    []*sectionRow
	chosen  int
	at      int // where the keyboard is
	focused bool
}

func newSectionList(tell func(string), options []Option) *sectionList {
	l := &sectionList{tell: tell}
	for i, o := range options {
		r := &sectionRow{option: o, list: l, index: i}
		r.ExtendBaseWidget(r)
		l.rows = append(l.rows, r)
	}
	l.ExtendBaseWidget(l)
	return l
}

func (l *sectionList) choose(id string) {
	l.chosen = slices.IndexFunc(l.rows, func(r *sectionRow) bool { return r.option.ID == id })
	l.moveTo(l.chosen)
}

func (l *sectionList) moveTo(i int) {
	l.at = max(0, min(len(l.rows)-1, i))
	l.repaint()
	Reveal(l.rows[l.at])
}

func (l *sectionList) repaint() {
	for _, r := range l.rows {
		r.Refresh()
	}
}

// FocusGained shows where the keyboard is: at the chosen section.
func (l *sectionList) FocusGained() { l.focused = true; l.moveTo(l.chosen) }

// FocusLost no longer does.
func (l *sectionList) FocusLost() { l.focused = false; l.repaint() }

// TypedRune has nothing to do.
func (l *sectionList) TypedRune(rune) {}

// TypedKey goes along the sections and chooses.
func (l *sectionList) TypedKey(ev *fyne.KeyEvent) {
	switch {
	case pressed(ev):
		l.tell(l.rows[l.at].option.ID)
	case ev.Name == fyne.KeyDown:
		l.moveTo(l.at + 1)
	case ev.Name == fyne.KeyUp:
		l.moveTo(l.at - 1)
	case ev.Name == fyne.KeyHome:
		l.moveTo(0)
	case ev.Name == fyne.KeyEnd:
		l.moveTo(len(l.rows) - 1)
	default:
		passKey(l, ev)
	}
}

func (l *sectionList) held() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, r := range l.rows {
		out = append(out, r)
	}
	return out
}

// CreateRenderer implements fyne.Widget.
func (l *sectionList) CreateRenderer() fyne.WidgetRenderer {
	p := &parts{self: l, objects: l.held(), paint: l.repaint}
	step := func() float32 { return look.Px(look.ButtonHeight) + look.Px(look.Gap1) }
	p.min = func() fyne.Size {
		return fyne.NewSize(look.Px(120), float32(len(l.rows))*step()-look.Px(look.Gap1))
	}
	p.layout = func(s fyne.Size) {
		for i, r := range l.rows {
			bounds(r, 0, float32(i)*step(), s.Width, look.Px(look.ButtonHeight))
		}
	}
	return render(p)
}

// sectionRow is one section in the list.
type sectionRow struct {
	widget.BaseWidget
	option Option
	list   *sectionList
	index  int
	over   bool
}

// MouseIn shows that the pointer is over the section.
func (r *sectionRow) MouseIn(*desktop.MouseEvent) { r.over = true; r.Refresh() }

// MouseMoved has nothing to do.
func (r *sectionRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut shows that the pointer has left.
func (r *sectionRow) MouseOut() { r.over = false; r.Refresh() }

// Tapped chooses the section.
func (r *sectionRow) Tapped(*fyne.PointEvent) { r.list.tell(r.option.ID) }

// CreateRenderer implements fyne.Widget.
func (r *sectionRow) CreateRenderer() fyne.WidgetRenderer {
	ground, word := canvas.NewRectangle(nil), newText(look.Body, false)
	p := &parts{self: r, objects: []fyne.CanvasObject{ground, word}}
	p.paint = func() {
		fill, ink, chosen := look.Clear, look.Ink2, r.list.chosen == r.index
		switch {
		case chosen:
			fill, ink = look.AccentSoft, look.AccentInk
		case r.over:
			fill = look.RowHover
		}
		ground.FillColor, ground.CornerRadius = look.Color(fill), look.Px(look.Radius)
		setStroke(ground, 0, look.Accent)
		if r.list.focused && r.list.at == r.index {
			setStroke(ground, 2, look.Accent)
		}
		word.Color, word.TextSize, word.TextStyle.Bold = look.Color(ink), look.TextSize(look.Body), chosen
	}
	p.min = func() fyne.Size { return fyne.NewSize(look.Px(120), look.Px(look.ButtonHeight)) }
	p.layout = func(s fyne.Size) {
		ground.Resize(s)
		word.Text = fit(r.option.Word, look.Body, word.TextStyle.Bold, s.Width-look.Px(2*look.Gap3))
		placeMid(word, look.Px(look.Gap3), 0, s.Height)
	}
	return render(p)
}
