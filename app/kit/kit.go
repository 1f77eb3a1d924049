// Package kit holds the widgets of Quitus.
//
// A widget says what happened through its callbacks and decides nothing. It asks the theme for colours
// by name, has whole-number sizes, shows with a stroke of two that it has the keyboard, and contains no
// words: those come in as parameters, or from the translations.
//
// A screen is mostly made of a [Heading] over [Card]s and a [Table]:
//
//	head := kit.NewHeading("Factures", "250 factures · 61 ouvertes",
//		kit.NewButton(kit.Primary, look.IconAdd, "Nouvelle facture", v.add))
//	table := kit.NewTable(runner,
//		kit.Column[Row]{ID: "number", Title: "Facture", Width: 104, Text: func(r *Row) string { return r.Number }},
//		kit.Column[Row]{ID: "due", Title: "Reste", Width: 96, Align: kit.Right, Text: func(r *Row) string { return r.Due }})
//	table.OnOpen = func(r *Row) { v.open(r.ID) }
package kit

import (
	"fmt"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// Align is where a text stands in its place.
type Align = fyne.TextAlign

// The alignments.
const (
	Left   = fyne.TextAlignLeading
	Right  = fyne.TextAlignTrailing
	Centre = fyne.TextAlignCenter
)

// parts is the renderer of all widgets of this package: their objects, how to lay them out, how large
// they want to be, and how to bring them up to date with the widget's state and the theme.
type parts struct {
	self    fyne.CanvasObject
	objects []fyne.CanvasObject
	layout  func(fyne.Size)
	min     func() fyne.Size
	paint   func()
}

func (p *parts) Layout(s fyne.Size)           { p.layout(s) }
func (p *parts) MinSize() fyne.Size           { return p.min() }
func (p *parts) Objects() []fyne.CanvasObject { return p.objects }
func (p *parts) Destroy()                     {}

func (p *parts) Refresh() {
	p.paint()
	p.layout(p.self.Size())
	canvas.Refresh(p.self)
}

// render paints once and gives the renderer.
func render(p *parts) fyne.WidgetRenderer {
	p.paint()
	return p
}

// control is what pressable widgets have in common: the pointer over them, the keyboard on them, and
// being out of use.
type control struct {
	widget.BaseWidget
	hovered, focused, off bool
}

// MouseIn marks the widget as under the pointer.
func (c *control) MouseIn(*desktop.MouseEvent) { c.hovered = true; c.Refresh() }

// MouseMoved has nothing to do.
func (c *control) MouseMoved(*desktop.MouseEvent) {}

// MouseOut unmarks it.
func (c *control) MouseOut() { c.hovered = false; c.Refresh() }

// FocusGained shows that the widget has the keyboard.
func (c *control) FocusGained() {
	c.focused = true
	c.Refresh()
	revealFocused()
}

// FocusLost shows that it no longer has.
func (c *control) FocusLost() { c.focused = false; c.Refresh() }

// TypedRune has nothing to do.
func (c *control) TypedRune(rune) {}

// Disabled says whether the widget is out of use.
func (c *control) Disabled() bool { return c.off }

// Enable puts the widget in use.
func (c *control) Enable() { c.setOff(false) }

// Disable puts it out of use; it looks so and does nothing.
func (c *control) Disable() { c.setOff(true) }

func (c *control) setOff(off bool) {
	if c.off == off {
		return
	}
	c.off = off
	c.Refresh()
}

// pressed says whether a key presses the focused widget.
func pressed(ev *fyne.KeyEvent) bool {
	return ev.Name == fyne.KeySpace || ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter
}

// canvasOf gives the canvas that shows an object, or nil.
func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(o)
}

// passKey hands a key that a focused widget has no use for to the dialog on top, or else to the window.
func passKey(w fyne.CanvasObject, ev *fyne.KeyEvent) {
	c := canvasOf(w)
	if c == nil {
		return
	}
	if d := topDialog(c); d != nil {
		d.TypedKey(ev)
		return
	}
	if f := c.OnTypedKey(); f != nil {
		f(ev)
	}
}

// shortcuts holds the window's shortcuts, so that widgets with the keyboard can pass on what they have no
// use for: the toolkit asks only the focused widget. Only the window's goroutine uses it.
var shortcuts = map[fyne.Canvas]*fyne.ShortcutHandler{}

// AddShortcut gives the window a shortcut that works wherever the keyboard is and is off while a dialog is
// open.
func AddShortcut(c fyne.Canvas, s fyne.Shortcut, do func()) {
	run := func(fyne.Shortcut) {
		if topDialog(c) == nil {
			do()
		}
	}
	if shortcuts[c] == nil {
		shortcuts[c] = &fyne.ShortcutHandler{}
	}
	shortcuts[c].AddShortcut(s, run)
	c.AddShortcut(s, run)
}

// passShortcut hands a shortcut that a focused widget has no use for to the window.
func passShortcut(w fyne.CanvasObject, s fyne.Shortcut) {
	if h := shortcuts[canvasOf(w)]; h != nil {
		h.TypedShortcut(s)
	}
}

// newText makes the primitive that all words are drawn with.
func newText(role look.Role, bold bool) *canvas.Text {
	t := &canvas.Text{}
	t.TextStyle.Bold = bold
	t.TextSize = look.TextSize(role)
	return t
}

// lineHeight is the font's own line pitch, whole.
func lineHeight(role look.Role) float32 { return round(look.TextSize(role) * 1.362) }

// ascent is the distance from the top of a line to its baseline.
func ascent(size float32) float32 { return size * 1.069 }

// width measures a text, rounded up.
func width(text string, role look.Role, bold bool) float32 {
	if text == "" {
		return 0
	}
	return ceil(fyne.MeasureText(text, look.TextSize(role), fyne.TextStyle{Bold: bold}).Width)
}

// place puts a text with its top left corner at x, y and gives the x after it.
func place(t *canvas.Text, x, y float32) float32 {
	size := t.MinSize()
	t.Move(fyne.NewPos(x, y))
	t.Resize(size)
	return x + ceil(size.Width)
}

// placeMid puts a text into a box of the given height, its middle in the middle.
func placeMid(t *canvas.Text, x, y, height float32) float32 {
	return place(t, x, y+round((height-t.TextSize*1.362)/2))
}

// placeOn puts a text so that it shares the baseline of a text of size main that is centred in a box.
func placeOn(t *canvas.Text, main float32, x, y, height float32) float32 {
	top := y + round((height-main*1.362)/2)
	return place(t, x, round(top+ascent(main)-ascent(t.TextSize)))
}

func bounds(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

func round(f float32) float32 { return float32(math.Round(float64(f))) }
func ceil(f float32) float32  { return float32(math.Ceil(float64(f) - 0.01)) }

// setStroke draws or removes the stroke that shows the keyboard's place.
func setStroke(r *canvas.Rectangle, width float32, token fyne.ThemeColorName) {
	r.StrokeWidth = width
	if width == 0 {
		r.StrokeColor = nil
		return
	}
	r.StrokeColor = look.Color(token)
}

// pointer names a thing of this run of the program.
func pointer(v any) string { return fmt.Sprintf("%p", v) }
