package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// Total is a word and a figure at the right of a table's status line.
type Total struct{ Word, Figure string }

// tableFoot is the line below a table: the status line of 32, or while rows are ticked the selection bar
// of 56; of no height when it has nothing to say.
type tableFoot struct {
	widget.BaseWidget
	table  *grid
	status string
	totals []Total
	link   *Button
	bar    *SelectionBar
}

func newTableFoot(t *grid) *tableFoot {
	f := &tableFoot{table: t}
	f.ExtendBaseWidget(f)
	return f
}

func (f *tableFoot) barShown() bool { return f.bar != nil && f.table.tickedSome() }

// MinSize changes with what is shown.
func (f *tableFoot) MinSize() fyne.Size {
	switch {
	case f.barShown():
		return fyne.NewSize(64, look.Px(look.SelectionHeight))
	case f.status != "" || len(f.totals) > 0 || f.link != nil:
		return fyne.NewSize(64, look.Px(look.StatusHeight))
	}
	return fyne.NewSize(64, 0)
}

// CreateRenderer implements fyne.Widget.
func (f *tableFoot) CreateRenderer() fyne.WidgetRenderer {
	ground, line := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	p := &parts{self: f}
	var words []*canvas.Text
	p.paint = func() {
		ground.FillColor = look.Color(look.Sunken)
		r := look.Px(look.InnerRadius) // a bare table too ends where its card ends
		ground.BottomLeftCornerRadius, ground.BottomRightCornerRadius = r, r
		line.FillColor = look.Color(look.Line)
		p.objects = []fyne.CanvasObject{ground, line}
		words = words[:0]
		if f.barShown() {
			p.objects = append(p.objects, f.bar)
			return
		}
		add := func(s string, bold bool) {
			t := newText(look.Fine, bold)
			t.Text, t.Color = s, look.Color(look.Ink2)
			words = append(words, t)
			p.objects = append(p.objects, t)
		}
		add(f.status, false)
		for _, t := range f.totals {
			add(t.Word, false)
			add(t.Figure, true)
		}
		if f.link != nil {
			p.objects = append(p.objects, f.link)
		}
	}
	p.min = f.MinSize
	p.layout = func(s fyne.Size) {
		p.paint() // the table may be laid out before the foot is told of new ticks
		ground.Resize(s)
		bounds(line, 0, 0, s.Width, 1)
		line.Hidden, ground.Hidden = s.Height == 0, s.Height == 0
		if f.barShown() {
			bounds(f.bar, 0, 0, s.Width, s.Height)
			return
		}
		f.arrange(s, words)
	}
	return render(p)
}

func (f *tableFoot) arrange(s fyne.Size, words []*canvas.Text) {
	for _, w := range words {
		w.Hidden = s.Height == 0
	}
	x := s.Width - look.Px(look.Gap3)
	if f.link != nil {
		m := f.link.MinSize()
		bounds(f.link, s.Width-m.Width, round((s.Height-m.Height)/2), m.Width, m.Height)
		x -= m.Width
	}
	for i := len(words) - 1; i > 0; i-- {
		w := ceil(words[i].MinSize().Width)
		placeMid(words[i], x-w, 0, s.Height)
		if x -= w + look.Px(4); i%2 == 1 {
			x -= look.Px(look.Gap3)
		}
	}
	words[0].Text = fit(f.status, look.Fine, false, x-look.Px(look.Gap3))
	placeMid(words[0], look.Px(look.Gap3), 0, s.Height)
}

// SelectionBar takes the place of the status line while rows are ticked: how many and what they sum up
// to at the left, what can be done with them at the right, the primary button last.
type SelectionBar struct {
	widget.BaseWidget
	bold, rest string
	actions    []fyne.CanvasObject
}

// NewSelectionBar makes a bar with its buttons; secondary ones should be OnTint.
func NewSelectionBar(actions ...fyne.CanvasObject) *SelectionBar {
	b := &SelectionBar{actions: actions}
	b.ExtendBaseWidget(b)
	return b
}

// SetText says how many are ticked (bold) and what they sum up to.
func (b *SelectionBar) SetText(bold, rest string) {
	b.bold, b.rest = bold, rest
	b.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (b *SelectionBar) CreateRenderer() fyne.WidgetRenderer {
	bold, rest := newText(look.Body, true), newText(look.Body, false)
	p := &parts{self: b, objects: append([]fyne.CanvasObject{bold, rest}, b.actions...)}
	p.paint = func() {
		bold.Color, bold.TextSize = look.Color(look.Ink), look.TextSize(look.Body)
		rest.Color, rest.TextSize = look.Color(look.Ink2), look.TextSize(look.Body)
	}
	p.min = func() fyne.Size { return fyne.NewSize(64, look.Px(look.SelectionHeight)) }
	p.layout = func(s fyne.Size) {
		x := s.Width - look.Px(look.Gap3)
		for i := len(b.actions) - 1; i >= 0; i-- {
			if a := b.actions[i]; a.Visible() {
				m := a.MinSize()
				bounds(a, x-m.Width, round((s.Height-m.Height)/2), m.Width, m.Height)
				x -= m.Width + look.Px(look.Gap2)
			}
		}
		left := look.Px(look.Gap3)
		bold.Text = fit(b.bold, look.Body, true, x-left)
		left = placeMid(bold, left, 0, s.Height) + look.Px(look.Gap2)
		rest.Hidden = x-left < look.Px(60)
		rest.Text = fit(b.rest, look.Body, false, x-left)
		placeMid(rest, left, 0, s.Height)
	}
	return render(p)
}
