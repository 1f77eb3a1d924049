package kit

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"quitus/app/look"
)

// Option is one possibility of a choice: a name for the program and a word for people.
type Option struct{ ID, Word string }

// Choice is a field in which one of several words is chosen from a menu. Arrow up and down change it,
// Space and Enter open the menu, a letter goes to the next word that begins with it.
type Choice struct {
	control
	// OnChosen is told the ID that the owner chose.
	OnChosen func(id string)
	// Needed is the sentence shown by Validate while nothing is chosen; without it the choice may stay open.
	Needed string

	message *fieldMessage
	label   string
	options []Option
	chosen  int
	none    string
	low     bool
	flat    bool
}

// NewChoice makes a choice; an unknown ID leaves it open. An empty label leaves none.
func NewChoice(label, chosen string, onChosen func(string), options ...Option) *Choice {
	c := &Choice{OnChosen: onChosen, label: label, options: options, message: newFieldMessage()}
	c.chosen = c.index(chosen)
	c.ExtendBaseWidget(c)
	return c
}

// Placeholder is shown, in grey, while nothing is chosen.
func (c *Choice) Placeholder(text string) *Choice { c.none = text; return c }

// Low makes it 32 high.
func (c *Choice) Low() *Choice { c.low = true; return c }

// Flat leaves the frame out, for the corner of a card.
func (c *Choice) Flat() *Choice { c.flat, c.low = true, true; return c }

// SetOptions replaces the possibilities.
func (c *Choice) SetOptions(chosen string, options ...Option) {
	c.options = options
	c.chosen = c.index(chosen)
	c.Refresh()
}

// Choose changes the choice without telling OnChosen.
func (c *Choice) Choose(id string) {
	c.chosen = c.index(id)
	c.Refresh()
}

// Chosen gives the ID of the choice, or nothing.
func (c *Choice) Chosen() string {
	if c.chosen < 0 {
		return ""
	}
	return c.options[c.chosen].ID
}

// Validate says whether something is chosen where it must be, and shows the sentence if not.
func (c *Choice) Validate() bool {
	text := ""
	if c.chosen < 0 {
		text = c.Needed
	}
	if c.message.text != text {
		c.message.text = text
		c.Refresh()
	}
	return text == ""
}

// Message gives the sentence shown.
func (c *Choice) Message() string { return c.message.text }

// SetMessage shows a sentence at the choice; nothing takes it away.
func (c *Choice) SetMessage(sentence string) {
	if c.message.text != sentence {
		c.message.text = sentence
		c.Refresh()
	}
}

// Focus puts the keyboard on the choice.
func (c *Choice) Focus() {
	if cv := canvasOf(c); cv != nil {
		cv.Focus(c)
	}
}

func (c *Choice) index(id string) int {
	return slices.IndexFunc(c.options, func(o Option) bool { return o.ID == id })
}

func (c *Choice) choose(i int) {
	if i < 0 || i >= len(c.options) || i == c.chosen {
		return
	}
	c.chosen = i
	c.message.text = ""
	c.Refresh()
	if c.OnChosen != nil {
		c.OnChosen(c.options[i].ID)
	}
}

// Tapped opens the menu.
func (c *Choice) Tapped(*fyne.PointEvent) {
	cv := canvasOf(c)
	if c.off || cv == nil {
		return
	}
	cv.Focus(c)
	items := make([]*fyne.MenuItem, len(c.options))
	for i, o := range c.options {
		items[i] = fyne.NewMenuItem(o.Word, func() { c.choose(i); cv.Focus(c) })
		items[i].Checked = i == c.chosen
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(c)
	at.Y += c.Size().Height + look.Px(4)
	showMenu(cv, at, c.Size().Width, items)
}

// TypedKey opens the menu or changes the choice.
func (c *Choice) TypedKey(ev *fyne.KeyEvent) {
	switch {
	case pressed(ev):
		c.Tapped(nil)
	case ev.Name == fyne.KeyDown:
		c.choose(c.chosen + 1)
	case ev.Name == fyne.KeyUp:
		c.choose(max(0, c.chosen-1))
	default:
		passKey(c, ev)
	}
}

// TypedRune goes to the next word that begins with the letter.
func (c *Choice) TypedRune(r rune) {
	for i := range c.options {
		k := (c.chosen + 1 + i) % len(c.options)
		if strings.HasPrefix(strings.ToLower(c.options[k].Word), strings.ToLower(string(r))) {
			c.choose(k)
			return
		}
	}
}

func (c *Choice) word() (string, fyne.ThemeColorName) {
	switch {
	case c.chosen < 0:
		return c.none, look.Ink3
	case c.off:
		return c.options[c.chosen].Word, look.Off
	}
	return c.options[c.chosen].Word, look.Ink
}

func (c *Choice) boxHeight() float32 {
	if c.low {
		return look.Px(look.FilterHeight)
	}
	return look.Px(look.ButtonHeight)
}

// CreateRenderer implements fyne.Widget.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer {
	label, box, text, arrow := newText(look.Fine, true), canvas.NewRectangle(nil), newText(look.Body, false), newGlyph()
	p := &parts{self: c, objects: append([]fyne.CanvasObject{label, box, text, arrow.object()}, c.message.objects()...)}
	top := func() float32 {
		if c.label == "" {
			return 0
		}
		return lineHeight(look.Fine) + look.Px(4)
	}
	p.paint = func() {
		label.Text, label.Color, label.TextSize = c.label, look.Color(look.Ink2), look.TextSize(look.Fine)
		box.CornerRadius = look.Px(look.Radius)
		box.FillColor = look.Color(look.Surface)
		c.message.paint()
		switch {
		case c.message.text != "":
			setStroke(box, 2, look.Danger)
		case c.focused:
			setStroke(box, 2, look.Accent)
		case c.flat:
			box.FillColor = look.Color(look.Clear)
			setStroke(box, 0, look.Border)
		default:
			setStroke(box, 1, look.Border)
		}
		if c.hovered && !c.off {
			box.FillColor = look.Color(look.RowHover)
		}
		_, ink := c.word()
		text.Color, text.TextSize = look.Color(ink), look.TextSize(look.Body)
		arrow.set(look.IconDown, look.Ink2)
	}
	p.min = func() fyne.Size {
		w := width(c.none, look.Body, false)
		for _, o := range c.options {
			w = max(w, width(o.Word, look.Body, false))
		}
		return fyne.NewSize(min(w, look.Px(320))+look.Px(11+8+18+8), top()+c.boxHeight()+c.message.height())
	}
	p.layout = func(s fyne.Size) {
		y, h := top(), c.boxHeight()
		place(label, 0, 0)
		bounds(box, 0, y, s.Width, h)
		px := look.Px(18)
		bounds(arrow.object(), s.Width-px-look.Px(10), y+round((h-px)/2), px, px)
		word, _ := c.word()
		text.Text = fit(word, look.Body, false, s.Width-look.Px(11+8+18+8))
		left := look.Px(11)
		if c.flat { // beside its arrow, for there is no frame to say that they belong together
			left = s.Width - look.Px(10+18+6) - width(text.Text, look.Body, false)
		}
		placeMid(text, left, y, h)
		c.message.arrange(y+h, s.Width)
	}
	return render(p)
}
