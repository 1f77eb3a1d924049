package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// Result is something that the search found.
type Result struct {
	Line
	// Open goes to it.
	Open func()
}

// Search is the field that searches everything, with its results in a list below it. The keyboard stays in
// the field: arrows go along the results, Enter opens one, Escape closes the list, then empties the field.
//
//	search := kit.NewSearch(stage, w.T("…"), "Ctrl+K", v.find) // find calls search.SetResults(results)
type Search struct {
	*Field
	stage   *Stage
	lines   *Lines
	results []Result
	find    func(text string)
}

// NewSearch makes the field. find is told each change of the text and answers, now or later, with SetResults.
// The stage may be set later through On.
func NewSearch(placeholder, hint string, find func(text string)) *Search {
	s := &Search{find: find}
	s.Field = NewField("", "").Placeholder(placeholder).Searching(hint)
	s.lines = NewLines(nil)
	s.lines.float, s.lines.choose = true, false
	s.lines.OnOpen = s.open
	s.Field.OnChanged = func(text string) {
		if blank(text) {
			s.SetResults(nil)
			return
		}
		find(text)
	}
	s.Field.OnKey(s.key)
	return s
}

// NewListSearch makes the field that narrows the list below it. narrow is told each change of the text; Escape
// empties the field, and the arrow down and Enter take the keyboard to the list.
func NewListSearch(placeholder string, narrow func(), list fyne.Focusable) *Field {
	f := NewField("", "").Searching("").Low().Placeholder(placeholder)
	f.OnChanged = func(string) { narrow() }
	return f.OnKey(func(ev *fyne.KeyEvent) bool {
		switch ev.Name {
		case fyne.KeyEscape:
			if f.Text() == "" {
				return false
			}
			f.SetText("")
		case fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnter:
			if c := canvasOf(f); c != nil {
				c.Focus(list)
			}
		default:
			return false
		}
		return true
	})
}

// On says over which stage the results float.
func (s *Search) On(stage *Stage) { s.stage = stage }

// SetResults lists results under the field; none takes the list away.
func (s *Search) SetResults(results []Result) {
	s.results = results
	lines := make([]Line, len(results))
	for i, r := range results {
		lines[i] = r.Line
	}
	s.lines.cursor = 0
	s.lines.Set(lines)
	if s.stage == nil {
		return
	}
	if len(results) == 0 {
		s.stage.Unfloat()
		return
	}
	s.stage.Float(s.lines, s.Field)
}

// SetNothing says below the field that nothing was found.
func (s *Search) SetNothing(sentence string) {
	s.SetResults([]Result{{Line: Line{Icon: look.IconSearch, Title: sentence, Plain: true}}})
}

// Count is how many results are listed.
func (s *Search) Count() int { return len(s.results) }

func (s *Search) open(i int) {
	if i < 0 || i >= len(s.results) {
		return
	}
	r := s.results[i]
	if r.Open == nil {
		return
	}
	s.Clear()
	if c := canvasOf(s.Field); c != nil {
		c.Unfocus()
	}
	r.Open()
}

// Clear empties the field and takes the list away.
func (s *Search) Clear() {
	s.SetText("")
	s.SetResults(nil)
}

func (s *Search) key(ev *fyne.KeyEvent) bool {
	n := len(s.results)
	switch ev.Name {
	case fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyPageUp:
		if n > 0 {
			s.lines.TypedKey(ev)
		}
		return true
	case fyne.KeyReturn, fyne.KeyEnter:
		s.open(s.lines.cursor)
		return true
	case fyne.KeyEscape:
		switch {
		case n > 0:
			s.SetResults(nil)
		case s.Text() != "":
			s.Clear()
		default:
			if c := canvasOf(s.Field); c != nil {
				c.Unfocus()
			}
		}
		return true
	}
	return false
}

// TopBar is the bar over every screen: the search field at the left, what is always at hand at the right.
type TopBar struct {
	widget.BaseWidget
	search  *Search
	actions []fyne.CanvasObject
}

// NewTopBar makes the bar.
func NewTopBar(search *Search, actions ...fyne.CanvasObject) *TopBar {
	b := &TopBar{search: search, actions: actions}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer implements fyne.Widget.
func (b *TopBar) CreateRenderer() fyne.WidgetRenderer {
	ground, line := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	p := &parts{self: b, objects: append([]fyne.CanvasObject{ground, line, b.search.Field}, b.actions...)}
	p.paint = func() { ground.FillColor, line.FillColor = look.Color(look.Surface), look.Color(look.Line) }
	p.min = func() fyne.Size { return fyne.NewSize(look.Px(480), look.Px(look.TopBarHeight)) }
	p.layout = func(s fyne.Size) {
		ground.Resize(s)
		bounds(line, 0, s.Height-1, s.Width, 1)
		x := s.Width - look.Px(look.Gap6)
		for i := len(b.actions) - 1; i >= 0; i-- {
			if !b.actions[i].Visible() {
				continue
			}
			m := b.actions[i].MinSize()
			bounds(b.actions[i], x-m.Width, round((s.Height-m.Height)/2), m.Width, m.Height)
			x -= m.Width + look.Px(look.Gap2)
		}
		h := b.search.Field.MinSize().Height
		left := look.Px(look.Gap6)
		bounds(b.search.Field, left, round((s.Height-h)/2), min(look.Px(440), x-left), h)
	}
	return render(p)
}
