package kit

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// DayMark is something that happens on a day of a [DayLine].
type DayMark struct {
	Day   int // from the day that the line counts from
	Icon  look.Icon
	Word  string // "J+3"
	Wrong bool   // something about it is to be corrected
	Tied  bool   // its day follows from others: it is not moved
}

// DayLine is a line of days around one that all count from, with a chip for each thing that happens. A chip is dragged to another day;
// with the keyboard, Up and Down choose a chip, Left and Right move it by a day, Delete asks to remove it.
//
//	line := kit.NewDayLine("Échéance", func(day int) string { … "J+15" … })
//	line.OnMove = func(i, day int) { … }
//	line.Set(marks, 0)
type DayLine struct {
	control
	// OnSelect is told which chip was chosen, OnMove to which day it was moved, OnRemove that it is to go.
	OnSelect func(i int)
	OnMove   func(i, day int)
	OnRemove func(i int)

	zero     string // what the line counts from
	word     func(day int) string
	marks    []DayMark
	chosen   int
	from, to int // the days of the scale
	chips    []*dayChip
	lanes    []int // of each chip, from the scale up
	ghost    int   // the day over which something is held that may be dropped here
	held     bool
}

// Measures of a line of days, in units before scaling.
const (
	dayChipHeight float32 = 28
	dayLaneHeight float32 = 34
	dayScale      float32 = 30 // below the line: ticks and words
	dayMargin     float32 = 40 // half a chip at either end
	dayLanes              = 2  // at least, so that the line keeps its height while chips move
)

// NewDayLine makes a line; zero names the day that it counts from, word writes the days of the scale.
func NewDayLine(zero string, word func(day int) string) *DayLine {
	l := &DayLine{zero: zero, word: word, chosen: -1, from: -15, to: 60}
	l.ExtendBaseWidget(l)
	return l
}

// Set shows other marks, of which one is chosen; -1 for none.
func (l *DayLine) Set(marks []DayMark, chosen int) {
	l.marks, l.chosen = marks, chosen
	l.from, l.to = -15, 60
	for _, m := range marks {
		for m.Day < l.from {
			l.from -= 15
		}
		for m.Day > l.to {
			l.to += 15
		}
	}
	for len(l.chips) < len(marks) {
		c := &dayChip{line: l, index: len(l.chips)}
		c.ExtendBaseWidget(c)
		l.chips = append(l.chips, c)
	}
	l.chips = l.chips[:len(marks)]
	l.Refresh()
	for _, c := range l.chips {
		c.Refresh()
	}
}

// DayAt gives the day at a place of the window, and false outside of the line.
func (l *DayLine) DayAt(at fyne.Position) (int, bool) {
	if canvasOf(l) == nil {
		return 0, false
	}
	top := fyne.CurrentApp().Driver().AbsolutePositionForObject(l)
	x, y, s := at.X-top.X, at.Y-top.Y, l.Size()
	if x < 0 || y < 0 || x > s.Width || y > s.Height {
		return 0, false
	}
	return l.day(x), true
}

// Hold shows where something that is held over the line would fall; away from it nothing is shown.
func (l *DayLine) Hold(at fyne.Position) {
	day, over := l.DayAt(at)
	if over != l.held || day != l.ghost {
		l.held, l.ghost = over, day
		l.Refresh()
	}
}

// Release ends what Hold shows.
func (l *DayLine) Release() {
	l.held = false
	l.Refresh()
}

// perDay is the width of a day.
func (l *DayLine) perDay() float32 {
	return max(1, l.Size().Width-2*look.Px(dayMargin)) / float32(l.to-l.from)
}

func (l *DayLine) x(day int) float32 {
	return look.Px(dayMargin) + float32(day-l.from)*l.perDay()
}

func (l *DayLine) day(x float32) int {
	d := int(round((x-look.Px(dayMargin))/l.perDay())) + l.from
	return max(l.from, min(l.to, d))
}

func (l *DayLine) choose(i int) {
	if i < 0 || i >= len(l.marks) {
		return
	}
	changed := i != l.chosen
	l.chosen = i
	l.Refresh()
	for _, c := range l.chips {
		c.Refresh()
	}
	if changed && l.OnSelect != nil {
		l.OnSelect(i)
	}
}

func (l *DayLine) move(i, day int) {
	if i >= 0 && i < len(l.marks) && !l.marks[i].Tied && day != l.marks[i].Day && l.OnMove != nil {
		l.OnMove(i, day)
	}
}

// Tapped takes the keyboard.
func (l *DayLine) Tapped(*fyne.PointEvent) { l.focus() }

func (l *DayLine) focus() {
	if c := canvasOf(l); c != nil {
		c.Focus(l)
	}
}

// FocusGained shows that the line has the keyboard, on a chip.
func (l *DayLine) FocusGained() {
	l.control.FocusGained()
	if l.chosen < 0 {
		l.choose(0)
	}
	for _, c := range l.chips {
		c.Refresh()
	}
}

// FocusLost shows that it no longer has.
func (l *DayLine) FocusLost() {
	l.control.FocusLost()
	for _, c := range l.chips {
		c.Refresh()
	}
}

// TypedKey chooses, moves and removes chips.
func (l *DayLine) TypedKey(ev *fyne.KeyEvent) {
	day := 0
	if l.chosen >= 0 && l.chosen < len(l.marks) {
		day = l.marks[l.chosen].Day
	}
	switch ev.Name {
	case fyne.KeyDown:
		l.choose(min(l.chosen+1, len(l.marks)-1))
	case fyne.KeyUp:
		l.choose(max(l.chosen-1, 0))
	case fyne.KeyHome:
		l.choose(0)
	case fyne.KeyEnd:
		l.choose(len(l.marks) - 1)
	case fyne.KeyLeft:
		l.move(l.chosen, day-1)
	case fyne.KeyRight:
		l.move(l.chosen, day+1)
	case fyne.KeyDelete, fyne.KeyBackspace:
		if l.chosen >= 0 && l.OnRemove != nil {
			l.OnRemove(l.chosen)
		}
	default:
		passKey(l, ev)
	}
}

// arrange gives each chip the lowest lane in which it covers no other.
func (l *DayLine) arrange() int {
	order := make([]int, len(l.marks))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(l.marks[a].Day, l.marks[b].Day) })
	l.lanes = make([]int, len(l.marks))
	var ends []float32
	for _, i := range order {
		w := l.chips[i].MinSize().Width
		left := l.x(l.marks[i].Day) - w/2
		lane := 0
		for lane < len(ends) && ends[lane]+look.Px(4) > left {
			lane++
		}
		if lane == len(ends) {
			ends = append(ends, 0)
		}
		ends[lane], l.lanes[i] = left+w, lane
	}
	return max(dayLanes, len(ends))
}

// dayTicks are how many days apart the scale's words stand.
const dayTicks = 15

// CreateRenderer implements fyne.Widget.
func (l *DayLine) CreateRenderer() fyne.WidgetRenderer {
	ring, axis, due, ghost := canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	ghostGround, ghostWord := canvas.NewRectangle(nil), newText(look.Fine, true)
	var stems, ticks []*canvas.Rectangle
	var texts []*canvas.Text
	lanes := dayLanes
	p := &parts{self: l}
	p.paint = func() {
		ring.CornerRadius = look.Px(look.Radius)
		setStroke(ring, 0, look.Accent)
		if l.focused {
			setStroke(ring, 2, look.Accent)
		}
		axis.FillColor, due.FillColor, ghost.FillColor = look.Color(look.Border), look.Color(look.Ink), look.Color(look.Accent)
		ghost.Hidden, ghostGround.Hidden, ghostWord.Hidden = !l.held, !l.held, !l.held
		ghostGround.FillColor, ghostGround.CornerRadius = look.Color(look.AccentSoft), look.Px(look.BarRadius)
		ghostWord.Text, ghostWord.Color, ghostWord.TextSize = l.word(l.ghost), look.Color(look.AccentInk), look.TextSize(look.Fine)
		p.objects = []fyne.CanvasObject{ring, axis}
		stems, ticks, texts = stems[:0], ticks[:0], texts[:0]
		for d := l.from; d <= l.to; d += dayTicks {
			tick, text := canvas.NewRectangle(look.Color(look.Border)), newText(look.Fine, d == 0)
			text.Text, text.Color = l.word(d), look.Color(look.Ink2)
			if d == 0 {
				text.Text, text.Color = l.zero, look.Color(look.Ink)
			}
			ticks, texts = append(ticks, tick), append(texts, text)
			p.objects = append(p.objects, tick, text)
		}
		for range l.marks {
			stem := canvas.NewRectangle(look.Color(look.Line))
			stems = append(stems, stem)
			p.objects = append(p.objects, stem)
		}
		p.objects = append(p.objects, due)
		for i, c := range l.chips {
			if i != l.chosen {
				p.objects = append(p.objects, c)
			}
		}
		if l.chosen >= 0 && l.chosen < len(l.chips) { // over all others
			p.objects = append(p.objects, l.chips[l.chosen])
		}
		p.objects = append(p.objects, ghost, ghostGround, ghostWord)
	}
	p.min = func() fyne.Size {
		return fyne.NewSize(look.Px(360), look.Px(dayLaneHeight)*float32(lanes)+look.Px(dayScale)+look.Px(12))
	}
	p.layout = func(s fyne.Size) {
		ring.Resize(s)
		if n := l.arrange(); n != lanes {
			lanes = n
			s.Height = max(s.Height, p.min().Height)
		}
		y := s.Height - look.Px(dayScale)
		bounds(axis, look.Px(8), y, s.Width-look.Px(16), 2)
		for i, tick := range ticks {
			x := l.x(l.from + i*dayTicks)
			bounds(tick, round(x), y, 1, look.Px(6))
			place(texts[i], round(x-texts[i].MinSize().Width/2), y+look.Px(8))
		}
		bounds(due, round(l.x(0))-1, look.Px(4), 2, y-look.Px(4)+look.Px(6))
		for i, c := range l.chips {
			m, x := c.MinSize(), l.x(l.marks[i].Day)
			top := y - look.Px(dayLaneHeight)*float32(l.lanes[i]+1)
			bounds(stems[i], round(x), top+m.Height, 1, y-top-m.Height)
			bounds(c, round(x-m.Width/2), top, m.Width, m.Height)
		}
		gx := l.x(l.ghost)
		bounds(ghost, round(gx)-1, look.Px(4), 2, y-look.Px(4))
		w := width(ghostWord.Text, look.Fine, true)
		bounds(ghostGround, gx+look.Px(4), 0, w+look.Px(8), look.Px(20))
		placeMid(ghostWord, gx+look.Px(8), 0, look.Px(20))
	}
	return render(p)
}

// dayChip is a mark on the line: pressed to choose it, dragged to move it.
type dayChip struct {
	widget.BaseWidget
	line    *DayLine
	index   int
	over    bool
	dragged bool
	grip    float32 // from the chip's middle to where it was taken
}

func (c *dayChip) mark() DayMark {
	if c.index >= len(c.line.marks) {
		return DayMark{}
	}
	return c.line.marks[c.index]
}

// MouseIn shows that the chip can be moved.
func (c *dayChip) MouseIn(*desktop.MouseEvent) { c.over = true; c.Refresh() }

// MouseMoved has nothing to do.
func (c *dayChip) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends it.
func (c *dayChip) MouseOut() { c.over = false; c.Refresh() }

// Cursor shows that the chip moves sideways.
func (c *dayChip) Cursor() desktop.Cursor {
	if c.mark().Tied {
		return desktop.PointerCursor
	}
	return desktop.HResizeCursor
}

// Tapped chooses the chip and gives the line the keyboard.
func (c *dayChip) Tapped(*fyne.PointEvent) {
	c.line.choose(c.index)
	c.line.focus()
}

// Dragged moves the chip to the day under the pointer.
func (c *dayChip) Dragged(ev *fyne.DragEvent) {
	l := c.line
	at := ev.AbsolutePosition.X - fyne.CurrentApp().Driver().AbsolutePositionForObject(l).X
	if !c.dragged {
		c.dragged = true
		c.grip = at - ev.Dragged.DX - l.x(c.mark().Day)
		l.choose(c.index)
		l.focus()
	}
	l.move(l.chosen, l.day(at-c.grip)) // the mark may have changed its place among the others, and stays chosen
}

// DragEnd ends the move.
func (c *dayChip) DragEnd() { c.dragged = false }

// CreateRenderer implements fyne.Widget.
func (c *dayChip) CreateRenderer() fyne.WidgetRenderer {
	ground, g, word := canvas.NewRectangle(nil), newGlyph(), newText(look.Fine, true)
	p := &parts{self: c, objects: []fyne.CanvasObject{ground, g.object(), word}}
	p.paint = func() {
		m, chosen := c.mark(), c.index == c.line.chosen
		fill, ink := look.ButtonFill, look.Ink
		switch {
		case chosen:
			fill, ink = look.AccentSoft, look.AccentInk
		case c.over:
			fill = look.ButtonOver
		}
		ground.FillColor, ground.CornerRadius = look.Color(fill), look.Px(dayChipHeight)/2
		setStroke(ground, 0, look.Accent)
		switch {
		case m.Wrong:
			setStroke(ground, 2, look.Danger)
			ink = look.Danger
		case chosen:
			setStroke(ground, 2, look.Accent)
		}
		g.set(m.Icon, ink)
		word.Text, word.Color, word.TextSize = m.Word, look.Color(ink), look.TextSize(look.Fine)
	}
	p.min = func() fyne.Size {
		return fyne.NewSize(look.Px(9+16+5+10)+width(c.mark().Word, look.Fine, true), look.Px(dayChipHeight))
	}
	p.layout = func(s fyne.Size) {
		ground.Resize(s)
		px := look.Px(16)
		bounds(g.object(), look.Px(9), round((s.Height-px)/2), px, px)
		placeMid(word, look.Px(9+16+5), 0, s.Height)
	}
	return render(p)
}

// DayTool is a thing that is dropped on a [DayLine], or added by a press.
type DayTool struct {
	Button
	// OnDrop is told on which day it was dropped.
	OnDrop func(day int)
	line   *DayLine
	at     fyne.Position
	moving bool
}

// NewDayTool makes a tool of a line; pressed acts as a button does.
func NewDayTool(line *DayLine, icon look.Icon, word string, pressed func(), dropped func(day int)) *DayTool {
	t := &DayTool{OnDrop: dropped, line: line}
	t.kind, t.icon, t.text, t.OnTapped, t.height = Secondary, icon, word, pressed, look.FilterHeight
	t.ExtendBaseWidget(t)
	return t
}

// Dragged holds the tool over the line.
func (t *DayTool) Dragged(ev *fyne.DragEvent) {
	t.at, t.moving = ev.AbsolutePosition, true
	t.line.Hold(t.at)
}

// DragEnd drops it.
func (t *DayTool) DragEnd() {
	day, over := t.line.DayAt(t.at)
	t.line.Release()
	if over && t.moving && t.OnDrop != nil {
		t.OnDrop(day)
	}
	t.moving = false
}
