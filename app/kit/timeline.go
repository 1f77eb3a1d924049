package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// Event is something that happened, for a timeline: newest first.
type Event struct {
	Status look.Status
	Icon   look.Icon // NoIcon takes the status's own
	Title  string
	Second string
	Day    string
	Opens  bool // pressing it opens something
	Quiet  bool // it matters less than the others
}

// Timeline is a line of events, each 56 high, of which only those in view are drawn. It takes the height
// of its place.
//
//	line := kit.NewTimeline([]kit.Event{{Status: look.Paid, Title: "F-2026-0188 réglée", Second: "1 870,00 €", Day: "21 juil."}})
//	card := kit.NewTitledCard("Ce qui s’est passé", nil, line)
type Timeline struct {
	widget.BaseWidget
	// OnOpen is told which event was pressed.
	OnOpen func(i int)

	events []Event
	list   *list
}

// NewTimeline makes a line of events.
func NewTimeline(events []Event) *Timeline {
	t := &Timeline{events: events}
	t.list = newList(func() float32 { return look.Px(look.TwoLineHeight) }, func() int { return len(t.events) },
		func() fyne.CanvasObject { return newEventRow(t) },
		func(i int, o fyne.CanvasObject) { o.(*eventRow).show(i) })
	t.ExtendBaseWidget(t)
	return t
}

// Set shows other events.
func (t *Timeline) Set(events []Event) {
	t.events = events
	t.list.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (t *Timeline) CreateRenderer() fyne.WidgetRenderer {
	p := &parts{self: t, objects: []fyne.CanvasObject{t.list}, paint: func() {}}
	p.min = func() fyne.Size { return t.list.MinSize() }
	p.layout = func(s fyne.Size) { bounds(t.list, 0, 0, s.Width+look.Px(barSpace), s.Height) }
	return render(p)
}

// eventRow draws one event.
type eventRow struct {
	widget.BaseWidget
	line  *Timeline
	index int
	over  bool

	thread, dot        *canvas.Rectangle
	icon               *glyph
	title, second, day *canvas.Text
}

func newEventRow(t *Timeline) *eventRow {
	r := &eventRow{line: t, index: -1, thread: canvas.NewRectangle(nil), dot: canvas.NewRectangle(nil), icon: newGlyph(),
		title: newText(look.Body, true), second: newText(look.Fine, false), day: newText(look.Fine, false)}
	r.ExtendBaseWidget(r)
	return r
}

func (r *eventRow) show(i int) {
	r.index = i
	r.over = false
	r.Refresh()
}

func (r *eventRow) event() Event {
	if r.index < 0 || r.index >= len(r.line.events) {
		return Event{}
	}
	return r.line.events[r.index]
}

// MouseIn shows that the event can be pressed.
func (r *eventRow) MouseIn(*desktop.MouseEvent) { r.over = true; r.Refresh() }

// MouseMoved has nothing to do.
func (r *eventRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut shows that the pointer has left.
func (r *eventRow) MouseOut() { r.over = false; r.Refresh() }

// Tapped opens what is behind the event.
func (r *eventRow) Tapped(*fyne.PointEvent) {
	if r.event().Opens && r.line.OnOpen != nil {
		r.line.OnOpen(r.index)
	}
}

// CreateRenderer implements fyne.Widget.
func (r *eventRow) CreateRenderer() fyne.WidgetRenderer {
	p := &parts{self: r, objects: []fyne.CanvasObject{r.thread, r.dot, r.icon.object(), r.title, r.second, r.day}}
	p.paint = func() {
		v := r.event()
		r.thread.FillColor = look.Color(look.Line)
		r.thread.Hidden = r.index == len(r.line.events)-1
		r.dot.FillColor = look.Color(v.Status.Tint())
		icon := v.Icon
		if icon == look.NoIcon {
			icon = v.Status.Icon()
		}
		r.icon.set(icon, v.Status.Text())
		ink := look.Ink
		if v.Quiet {
			ink = look.Ink2
		}
		if r.over && v.Opens {
			ink = look.Accent
		}
		r.title.Color, r.title.TextSize = look.Color(ink), look.TextSize(look.Body)
		r.second.Color, r.second.TextSize = look.Color(look.Ink2), look.TextSize(look.Fine)
		r.day.Text, r.day.Color, r.day.TextSize = v.Day, look.Color(look.Ink2), look.TextSize(look.Fine)
	}
	p.min = func() fyne.Size { return fyne.NewSize(look.Px(160), look.Px(look.TwoLineHeight)) }
	p.layout = func(s fyne.Size) {
		v := r.event()
		s.Width -= look.Px(barSpace)
		d, in := look.Px(24), look.Px(14)
		top := look.Px(2)
		r.dot.CornerRadius = d / 2
		bounds(r.dot, 0, top, d, d)
		bounds(r.icon.object(), (d-in)/2, top+(d-in)/2, in, in)
		bounds(r.thread, d/2-1, top+d+look.Px(3), 2, s.Height-d-look.Px(6))
		x := look.Px(36)
		w := width(v.Day, look.Fine, false)
		r.title.Text = fit(v.Title, look.Body, true, s.Width-x-w-look.Px(8))
		r.second.Text = fit(v.Second, look.Fine, false, s.Width-x)
		h := lineHeight(look.Body)
		placeMid(r.title, x, look.Px(1), h)
		placeOn(r.day, r.title.TextSize, s.Width-w, look.Px(1), h)
		place(r.second, x, look.Px(1)+h+look.Px(1))
	}
	return render(p)
}
