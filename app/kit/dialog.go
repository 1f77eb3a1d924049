package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// Dialog is a question over the window: what is asked, what follows, and the buttons, the safe one left
// of the one that acts. Escape keeps things as they are, Enter presses the focused button, and the
// window's shortcuts are off meanwhile.
//
//	kit.Ask(win.Canvas(), kit.Question{Title: w.T("…"), Text: w.T("…"), Keep: w.T("…"), Act: w.T("…"), Danger: true}, remove)
type Dialog struct {
	widget.BaseWidget
	// OnKey is told the keys that nothing in the dialog used, Enter included; it says whether it had a use for one.
	OnKey func(*fyne.KeyEvent) bool

	canvas fyne.Canvas
	card   *dialogCard
	keep   func()
	enter  func()
	wide   float32
	before fyne.Focusable
}

// windowKeys keeps what a window does with keys that no widget takes, while a dialog has them instead.
var windowKeys = map[fyne.Canvas]func(*fyne.KeyEvent){}

// topDialog gives the dialog on top of a window, or nil.
func topDialog(c fyne.Canvas) *Dialog {
	if c == nil {
		return nil
	}
	d, _ := c.Overlays().Top().(*Dialog)
	return d
}

// NewDialog makes a dialog of a width (440 for a question) around content; keep is called by Escape.
func NewDialog(c fyne.Canvas, width float32, content fyne.CanvasObject, keep func()) *Dialog {
	d := &Dialog{canvas: c, keep: keep, wide: width}
	d.card = &dialogCard{content: Padded(20, content)}
	d.card.ExtendBaseWidget(d.card)
	d.ExtendBaseWidget(d)
	return d
}

// Open puts the dialog over the window with the keyboard on first, which may be nil.
func (d *Dialog) Open(first fyne.Focusable) {
	d.before = d.canvas.Focused()
	if topDialog(d.canvas) == nil {
		windowKeys[d.canvas] = d.canvas.OnTypedKey()
	}
	d.canvas.Overlays().Add(d)
	d.canvas.SetOnTypedKey(d.TypedKey)
	d.Resize(d.canvas.Size())
	d.BaseWidget.Show()
	d.Refresh()
	if first != nil {
		d.canvas.Focus(first)
	}
}

// Hide takes the dialog away and gives the keyboard back.
func (d *Dialog) Hide() {
	if !slices.Contains(d.canvas.Overlays().List(), fyne.CanvasObject(d)) {
		return
	}
	d.canvas.Overlays().Remove(d)
	d.BaseWidget.Hide()
	if top := topDialog(d.canvas); top != nil {
		d.canvas.SetOnTypedKey(top.TypedKey)
	} else {
		d.canvas.SetOnTypedKey(windowKeys[d.canvas])
		delete(windowKeys, d.canvas)
	}
	if d.before != nil {
		d.canvas.Focus(d.before)
	}
}

// Tapped keeps presses from what lies behind.
func (d *Dialog) Tapped(*fyne.PointEvent) {}

// TypedKey keeps on Escape, and acts on Enter in a form.
func (d *Dialog) TypedKey(ev *fyne.KeyEvent) {
	if d.OnKey != nil && d.OnKey(ev) {
		return
	}
	switch ev.Name {
	case fyne.KeyEscape:
		d.Cancel()
	case fyne.KeyReturn, fyne.KeyEnter:
		if d.enter != nil {
			d.enter()
		}
	}
}

// Cancel closes the dialog and keeps things as they are.
func (d *Dialog) Cancel() {
	d.Hide()
	if d.keep != nil {
		d.keep()
	}
}

// CreateRenderer implements fyne.Widget.
func (d *Dialog) CreateRenderer() fyne.WidgetRenderer {
	scrim := canvas.NewRectangle(nil)
	p := &parts{self: d, objects: []fyne.CanvasObject{scrim, d.card}}
	p.paint = func() { scrim.FillColor = look.Color(look.Scrim) }
	p.min = func() fyne.Size { return d.card.MinSize() }
	p.layout = func(s fyne.Size) {
		scrim.Resize(s)
		w := min(look.Px(d.wide), s.Width-2*look.Px(look.Gap6))
		// The first pass tells wrapped texts their width, the second asks for the height they need.
		d.card.Resize(fyne.NewSize(w, d.card.MinSize().Height))
		h := min(d.card.MinSize().Height, s.Height-2*look.Px(look.Gap6))
		bounds(d.card, round((s.Width-w)/2), round((s.Height-h)*0.42), w, h)
	}
	return render(p)
}

// dialogCard is the floating card of a dialog.
type dialogCard struct {
	widget.BaseWidget
	content fyne.CanvasObject
}

// Tapped keeps presses on the card.
func (c *dialogCard) Tapped(*fyne.PointEvent) {}

// CreateRenderer implements fyne.Widget.
func (c *dialogCard) CreateRenderer() fyne.WidgetRenderer {
	ground := canvas.NewRectangle(nil)
	p := &parts{self: c, objects: []fyne.CanvasObject{ground, c.content}}
	p.paint = func() {
		ground.FillColor = look.Color(look.Surface)
		ground.CornerRadius = look.Px(look.CardRadius)
		setStroke(ground, 1, look.Line)
		ground.Shadow = floating()
	}
	p.min = func() fyne.Size { return c.content.MinSize() }
	p.layout = func(s fyne.Size) {
		ground.Resize(s)
		c.content.Resize(s)
	}
	return render(p)
}

// floating is the shadow of dialogs, menus and toasts.
func floating() canvas.Shadow {
	return canvas.Shadow{Color: look.Color(look.Shade), BlurRadius: look.Px(24), Offset: fyne.NewPos(0, look.Px(8))}
}

// Question is what a dialog asks.
type Question struct {
	// Title is the question itself, Text what follows from acting.
	Title, Text string
	// Keep and Act are the two verbs; without Keep there is only Act.
	Keep, Act string
	// Danger marks an act that cannot be undone; the safe button then has the keyboard.
	Danger bool
}

// Ask shows a question; act is called if the owner chooses to.
func Ask(c fyne.Canvas, q Question, act func()) *Dialog {
	var d *Dialog
	kind := Primary
	if q.Danger {
		kind = Danger
	}
	do := NewButton(kind, look.NoIcon, q.Act, func() {
		d.Hide()
		if act != nil {
			act()
		}
	})
	buttons := Row(look.Gap2, layout.NewSpacer())
	first := do
	if q.Keep != "" {
		keep := NewButton(Secondary, look.NoIcon, q.Keep, func() { d.Cancel() })
		buttons.Add(keep)
		if q.Danger {
			first = keep
		}
	}
	buttons.Add(do)
	body := Stack(look.Gap2, NewSection(q.Title).Wrapped())
	if q.Text != "" {
		body.Add(NewLabel(q.Text).Wrapped())
	}
	d = NewDialog(c, 440, container.New(stackLayout{gap: 18, vertical: true}, body, buttons), nil)
	d.Open(first)
	return d
}
