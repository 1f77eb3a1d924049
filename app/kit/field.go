package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// Field is a label, a field to type in, and a message below it that takes its place only when used. The
// field is checked when the keyboard leaves it; what was typed stays.
//
//	name := kit.NewField("Nom", company.Name)
//	name.Check = func(text string) string { if text == "" { return w.T("error.name_missing") }; return "" }
type Field struct {
	widget.BaseWidget
	// Check gives the sentence to show, or nothing when the text is right.
	Check func(text string) string
	// Doubt gives the sentence to show about a right text that should be looked at, or nothing. It keeps nobody from going on.
	Doubt func(text string) string
	// Tidy writes a right text as it is kept, which the field then shows, when the keyboard leaves it.
	Tidy func(text string) string
	// OnChanged is told each change of the text.
	OnChanged func(text string)
	// OnLeft is told when the keyboard leaves the field, after Check.
	OnLeft func()

	self    fyne.Widget // what embeds the field, and is in the window
	label   string
	message *fieldMessage
	input   *entry
	right   Align
	focused bool
	icon    look.Icon
	hint    string
	low     bool
	action  *IconButton
}

// NewField makes a field with a text in it.
func NewField(label, text string) *Field {
	f := &Field{}
	f.build(f, label, text)
	return f
}

// NewArea makes a field of several lines.
func NewArea(label, text string, lines int) *Field {
	f := &Field{}
	f.build(f, label, text)
	f.input.MultiLine = true
	f.input.Wrapping = fyne.TextWrapWord
	f.input.Scroll = fyne.ScrollVerticalOnly
	f.input.SetMinRowsVisible(lines)
	return f
}

func (f *Field) build(self fyne.Widget, label, text string) {
	f.self = self
	f.label = label
	f.message = newFieldMessage()
	f.input = newEntry()
	f.input.Text = text
	f.input.OnChanged = func(s string) {
		if shown := f.message.note; shown.text != "" && (f.Check != nil || f.Doubt != nil) {
			if now := f.about(s); now.text == "" || now.doubt != shown.doubt {
				f.say(note{}) // what is to be said now is said on leaving
			}
		}
		if f.OnChanged != nil {
			f.OnChanged(s)
		}
	}
	f.input.onFocus = func(on bool) {
		f.focused = on
		if !on {
			f.left()
		}
		f.Refresh()
	}
	f.ExtendBaseWidget(self)
}

func (f *Field) left() {
	if f.Validate() && f.Tidy != nil {
		if tidy := f.Tidy(f.input.Text); tidy != f.input.Text {
			f.input.SetText(tidy)
		}
	}
	if f.OnLeft != nil {
		f.OnLeft()
	}
}

// Placeholder shows a word in the empty field.
func (f *Field) Placeholder(text string) *Field {
	if f.input.PlaceHolder != text {
		f.input.SetPlaceHolder(text)
	}
	return f
}

// Searching shows a search icon at the left and a key hint at the right.
func (f *Field) Searching(hint string) *Field {
	f.icon, f.hint = look.IconSearch, hint
	return f
}

// Low makes the field 32 high, to stand in a row of filters.
func (f *Field) Low() *Field { f.low = true; return f }

// Secret hides what is typed.
func (f *Field) Secret() *Field { f.input.Password = true; return f }

// OnSubmitted is called when Enter is pressed in the field.
func (f *Field) OnSubmitted(do func(text string)) *Field { f.input.OnSubmitted = do; return f }

// OnKey sees the keys first and says whether it used them.
func (f *Field) OnKey(do func(*fyne.KeyEvent) bool) *Field { f.input.onKey = do; return f }

// Text gives what is typed.
func (f *Field) Text() string { return f.input.Text }

// SetText changes the text and takes the message away.
func (f *Field) SetText(text string) {
	f.message.note = note{}
	f.input.SetText(text)
	f.Refresh()
}

// ToStart puts the cursor before the first character, which is then in view.
func (f *Field) ToStart() {
	f.input.CursorRow, f.input.CursorColumn = 0, 0
	f.input.Refresh()
}

// Paste puts a text at the cursor as it is, in the place of what is chosen there; it can be undone like what is typed by hand.
func (f *Field) Paste(text string) {
	f.input.TypedShortcut(&fyne.ShortcutPaste{Clipboard: said(text)})
	f.Focus()
}

// said is a clipboard that holds one text: the owner's own stays as it is.
type said string

func (s said) Content() string   { return string(s) }
func (s said) SetContent(string) {}

// SetLabel changes the label.
func (f *Field) SetLabel(label string) { f.label = label; f.Refresh() }

// SetMessage shows a sentence below and marks the field, or takes both away.
func (f *Field) SetMessage(sentence string) { f.say(note{text: sentence}) }

// say shows what there is to say about the field.
func (f *Field) say(n note) {
	if f.message.note != n {
		f.message.note = n
		f.Refresh()
	}
}

// about gives what there is to say about a text: what is wrong with it, else what is doubtful.
func (f *Field) about(text string) note {
	if f.Check != nil {
		if sentence := f.Check(text); sentence != "" {
			return note{text: sentence}
		}
	}
	if f.Doubt != nil {
		if sentence := f.Doubt(text); sentence != "" {
			return note{text: sentence, doubt: true}
		}
	}
	return note{}
}

// Message gives the sentence shown.
func (f *Field) Message() string { return f.message.text }

// Validate runs Check and Doubt, shows their sentence, and says whether the text is right.
func (f *Field) Validate() bool {
	if f.Check != nil || f.Doubt != nil {
		f.say(f.about(f.input.Text))
	}
	return f.message.text == "" || f.message.doubt
}

// Entry gives what to focus.
func (f *Field) Entry() fyne.Focusable { return f.input }

// Focus puts the keyboard into the field.
func (f *Field) Focus() {
	if c := canvasOf(f.input); c != nil {
		c.Focus(f.input)
	}
}

// Tapped puts the keyboard into the field wherever it is pressed.
func (f *Field) Tapped(*fyne.PointEvent) {
	if !f.input.Disabled() {
		f.Focus()
	}
}

// Disable puts the field out of use.
func (f *Field) Disable() { f.input.Disable(); f.Refresh() }

// Enable puts the field in use.
func (f *Field) Enable() { f.input.Enable(); f.Refresh() }

// CreateRenderer implements fyne.Widget.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	label, ring := newText(look.Fine, true), canvas.NewRectangle(nil)
	search, hint := newGlyph(), newText(look.Fine, false)
	p := &parts{self: f.self, objects: append([]fyne.CanvasObject{label, ring, f.input, search.object(), hint}, f.message.objects()...)}
	pass := newWheelPass()
	p.objects = append(p.objects, pass)
	if f.action != nil {
		p.objects = append(p.objects, f.action)
	}
	p.paint = func() {
		label.Text, label.Color, label.TextSize = f.label, look.Color(look.Ink2), look.TextSize(look.Fine)
		ring.CornerRadius = look.Px(look.Radius)
		ring.FillColor = look.Color(look.Surface)
		if f.input.Disabled() {
			ring.FillColor = look.Color(look.Sunken)
		}
		switch {
		case f.message.text != "" && !f.message.doubt:
			setStroke(ring, 2, look.Danger)
		case f.focused:
			setStroke(ring, 2, look.Accent)
		default:
			setStroke(ring, 1, look.Border)
		}
		search.set(f.icon, look.Ink2)
		hint.Text, hint.Color, hint.TextSize = f.hint, look.Color(look.Ink2), look.TextSize(look.Fine)
		f.message.paint()
	}
	p.min = func() fyne.Size {
		return fyne.NewSize(look.Px(96), f.labelHeight()+f.boxHeight()+f.message.height())
	}
	p.layout = func(s fyne.Size) {
		f.arrange(s, label, ring, search, hint)
		bounds(pass, 0, 0, s.Width, s.Height)
		pass.Hidden = f.input.MultiLine && f.input.MinSize().Height > s.Height // a long text scrolls by itself
	}
	return render(p)
}

func (f *Field) boxHeight() float32 {
	if f.low {
		return look.Px(look.FilterHeight)
	}
	return f.input.MinSize().Height
}

func (f *Field) labelHeight() float32 {
	if f.label == "" {
		return 0
	}
	return lineHeight(look.Fine) + look.Px(4)
}

func (f *Field) arrange(s fyne.Size, label *canvas.Text, ring *canvas.Rectangle, search *glyph, hint *canvas.Text) {
	top, h := f.labelHeight(), f.boxHeight()
	if f.input.MultiLine {
		h = max(h, s.Height-top-f.message.height())
	}
	place(label, 0, 0)
	bounds(ring, 0, top, s.Width, h)
	x, w, lead := float32(0), s.Width, float32(0)
	if f.right == Right && !f.focused && f.input.Text != "" {
		x = max(0, s.Width-width(f.input.Text, look.Body, false)-2*look.Px(look.Gap2)-4)
		w -= x
	}
	if f.icon != look.NoIcon {
		px := look.Px(18)
		bounds(search.object(), look.Px(11), top+round((h-px)/2), px, px)
		x = look.Px(26)
		lead = x
	}
	if f.hint != "" {
		hw := width(f.hint, look.Fine, false) + look.Px(11)
		placeMid(hint, w-hw, top, h)
		w -= hw
	}
	if f.action != nil {
		m := look.Px(28)
		bounds(f.action, s.Width-m-look.Px(4), top+round((h-m)/2), m, m)
		w -= m + look.Px(4)
	}
	lift := float32(0)
	if f.low {
		lift = round((look.Px(look.ButtonHeight) - h) / 2)
	}
	bounds(f.input, x+2, top-lift, w-4-lead, h+2*lift)
	f.message.arrange(top+h, s.Width)
}

// note is a sentence about what is typed: that it is wrong, or only doubtful.
type note struct {
	text  string
	doubt bool
}

// fieldMessage is the sentence below a field, with its icon; of no height while it is empty.
type fieldMessage struct {
	note
	mark  *glyph
	label *Label
}

func newFieldMessage() *fieldMessage {
	return &fieldMessage{mark: newGlyph(), label: NewNote("").Wrapped()}
}

func (m *fieldMessage) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{m.mark.object(), m.label}
}

func (m *fieldMessage) paint() {
	icon, ink := look.IconVery, look.Danger
	if m.doubt {
		icon, ink = look.IconLate, look.Late.Text()
	}
	if m.text == "" {
		icon = look.NoIcon
	}
	m.mark.set(icon, ink)
	m.label.Ink(ink).SetText(m.text)
}

func (m *fieldMessage) height() float32 {
	if m.text == "" {
		return 0
	}
	return look.Px(4) + m.label.MinSize().Height
}

// arrange puts the message below y.
func (m *fieldMessage) arrange(y, width float32) {
	if m.text == "" {
		return
	}
	px, x := look.Px(14), look.Px(20)
	bounds(m.mark.object(), 0, y+look.Px(4)+1, px, px)
	bounds(m.label, x, y+look.Px(4), width-x, m.label.MinSize().Height)
}
