package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// Line is a row of two lines: an icon in a dot, a bold title over a small second line, a chip, a figure at
// the right, an arrow when it opens something. All but Title may be empty.
type Line struct {
	Icon     look.Icon
	Title    string
	Second   string
	Warn     look.Status // colours the second line and puts its icon before it, unless None
	Status   look.Status
	ChipWord string
	Right    string
	Ticked   bool
	Plain    bool // the title is regular
	Arrow    bool
	End      look.Icon // in place of the arrow
}

// Lines is a list of two-line rows, 56 high, for tasks, letters, results and contacts. The same keys as in
// a table move, tick and open.
//
//	list := kit.NewLines(lines).Ticks()
//	list.OnOpen = func(i int) { v.open(i) }
type Lines struct {
	widget.BaseWidget
	// OnOpen is told which line was opened: pressed, or Enter.
	OnOpen func(i int)
	// OnSelect is told on which line the cursor is.
	OnSelect func(i int)
	// OnTick is told which line was ticked or unticked.
	OnTick func(i int, on bool)
	// OnMove is told that a line was dragged, or moved with Alt and an arrow, to the place of another.
	OnMove func(from, to int)

	lines   []Line
	list    *list
	ticks   bool
	cursor  int
	focused bool
	float   bool
	choose  bool
	carded  bool // the first line begins where the card begins
	closed  bool // the last line ends where the card ends
	movable int  // how many of the first lines can be moved
	move    move
}

// NewLines makes a list.
func NewLines(lines []Line) *Lines {
	l := &Lines{lines: lines, cursor: -1}
	l.list = newList(func() float32 { return look.Px(look.TwoLineHeight) }, func() int { return len(l.lines) },
		func() fyne.CanvasObject { return newLineRow(l) },
		func(i int, o fyne.CanvasObject) { o.(*lineRow).show(i) })
	l.ExtendBaseWidget(l)
	return l
}

// Ticks gives each line a box.
func (l *Lines) Ticks() *Lines { l.ticks = true; return l }

// SetTicks gives each line a box, or takes the boxes away.
func (l *Lines) SetTicks(on bool) { l.ticks = on }

// Choosing keeps the line with the cursor tinted, where choosing one shows it beside the list; OnSelect
// then tells it, and a press does not open.
func (l *Lines) Choosing() *Lines { l.choose, l.cursor = true, 0; return l }

// Card puts the list on a card of its own. A list of a fixed number of lines is as high as they are; one
// that scrolls takes the height of its place.
func (l *Lines) Card(scrolls bool) fyne.CanvasObject {
	l.carded, l.closed = true, !scrolls
	return NewBareCard(Padded(1, l))
}

// Joined tells that the list fills a card from its first line to its last one, and scrolls where the card is lower.
func (l *Lines) Joined() *Lines { l.carded = true; return l }

// Set shows other lines.
func (l *Lines) Set(lines []Line) {
	l.lines = lines
	l.cursor = min(l.cursor, len(lines)-1)
	l.list.Refresh()
	l.Refresh()
}

// Line changes one line.
func (l *Lines) Line(i int, line Line) {
	l.lines[i] = line
	l.list.refreshRow(i)
}

// Select puts the cursor on a line.
func (l *Lines) Select(i int) {
	if len(l.lines) == 0 {
		return
	}
	i = max(0, min(i, len(l.lines)-1))
	old := l.cursor
	l.cursor = i
	l.list.reveal(i)
	l.list.refreshRow(old)
	l.list.refreshRow(i)
	if l.OnSelect != nil {
		l.OnSelect(i)
	}
}

// Selected gives the line with the cursor, -1 for none.
func (l *Lines) Selected() int { return l.cursor }

// TotalHeight is the height at which all lines are in view.
func (l *Lines) TotalHeight() float32 { return float32(len(l.lines)) * look.Px(look.TwoLineHeight) }

func (l *Lines) open(i int) {
	if l.OnOpen != nil && i >= 0 && i < len(l.lines) {
		l.OnOpen(i)
	}
}

func (l *Lines) tick(i int) {
	if i < 0 || i >= len(l.lines) {
		return
	}
	l.lines[i].Ticked = !l.lines[i].Ticked
	l.list.refreshRow(i)
	if l.OnTick != nil {
		l.OnTick(i, l.lines[i].Ticked)
	}
}

// FocusGained shows the cursor.
func (l *Lines) FocusGained() {
	l.focused = true
	l.cursor = max(0, l.cursor)
	l.list.refreshRow(l.cursor)
}

// FocusLost hides it.
func (l *Lines) FocusLost() { l.focused = false; l.list.refreshRow(l.cursor) }

// TypedRune has nothing to do.
func (l *Lines) TypedRune(rune) {}

// TypedKey moves, ticks and opens.
func (l *Lines) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyDown:
		l.Select(l.cursor + 1)
	case fyne.KeyUp:
		l.Select(l.cursor - 1)
	case fyne.KeyPageDown:
		l.Select(l.cursor + l.list.page() - 1)
	case fyne.KeyPageUp:
		l.Select(l.cursor - l.list.page() + 1)
	case fyne.KeyHome:
		l.Select(0)
	case fyne.KeyEnd:
		l.Select(len(l.lines) - 1)
	case fyne.KeySpace:
		if l.ticks {
			l.tick(l.cursor)
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		l.open(l.cursor)
	default:
		passKey(l, ev)
	}
}

// TypedShortcut moves the line with the cursor.
func (l *Lines) TypedShortcut(s fyne.Shortcut) {
	if !l.shift(s) {
		passShortcut(l, s)
	}
}

// CreateRenderer implements fyne.Widget.
func (l *Lines) CreateRenderer() fyne.WidgetRenderer {
	ground := canvas.NewRectangle(nil)
	p := &parts{self: l, objects: []fyne.CanvasObject{ground, l.list}}
	p.paint = func() {
		ground.Hidden = !l.float
		ground.FillColor, ground.CornerRadius = look.Color(look.Surface), look.Px(look.Radius)
		setStroke(ground, 1, look.Line)
		ground.Shadow = floating()
	}
	p.min = func() fyne.Size {
		h := look.Px(look.TwoLineHeight)
		switch {
		case l.float:
			h = l.TotalHeight() + 2*look.Px(4)
		case l.closed:
			h = l.TotalHeight()
		}
		return fyne.NewSize(look.Px(200), h)
	}
	p.layout = func(s fyne.Size) {
		ground.Resize(s)
		edge := float32(0)
		if l.float {
			edge = look.Px(4)
		}
		bounds(l.list, edge, edge, s.Width-2*edge, s.Height-2*edge)
	}
	return render(p)
}
