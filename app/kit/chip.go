package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// Chip is a status as colour, icon and word. It is never pressable.
type Chip struct {
	widget.BaseWidget
	status look.Status
	icon   look.Icon
	word   string
}

// NewChip makes a chip: kit.NewChip(look.Late, "24 j de retard").
func NewChip(s look.Status, word string) *Chip {
	c := &Chip{status: s, word: word}
	c.ExtendBaseWidget(c)
	return c
}

// Set changes the status and its word; an empty word hides the chip.
func (c *Chip) Set(s look.Status, word string) {
	c.status, c.word = s, word
	if c.Hidden != (word == "") {
		if word == "" {
			c.Hide()
		} else {
			c.Show()
		}
	}
	c.Refresh()
}

// SetIcon shows another icon than the status's own.
func (c *Chip) SetIcon(i look.Icon) { c.icon = i; c.Refresh() }

// CreateRenderer implements fyne.Widget.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	d := newChipDrawing()
	p := &parts{self: c, objects: d.objects()}
	p.paint = func() { d.set(c.status, c.icon, c.word, false) }
	p.min = func() fyne.Size { return fyne.NewSize(chipWidth(c.word), look.Px(look.ChipHeight)) }
	p.layout = func(s fyne.Size) { d.layout(0, 0, s.Height) }
	return render(p)
}

func chipWidth(word string) float32 {
	return look.Px(8) + look.Px(14) + look.Px(4) + width(word, look.Fine, false) + look.Px(8)
}

// chipDrawing is the chip as primitives, for widgets that draw many.
type chipDrawing struct {
	ground *canvas.Rectangle
	icon   *glyph
	text   *canvas.Text
}

func newChipDrawing() *chipDrawing {
	return &chipDrawing{canvas.NewRectangle(nil), newGlyph(), newText(look.Fine, false)}
}

func (d *chipDrawing) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{d.ground, d.icon.object(), d.text}
}

// set shows a status; on a selected row its ground is the surface.
func (d *chipDrawing) set(s look.Status, icon look.Icon, word string, onSelected bool) {
	fill := s.Tint()
	if onSelected {
		fill = look.Surface
	}
	if icon == look.NoIcon {
		icon = s.Icon()
	}
	d.ground.FillColor = look.Color(fill)
	d.icon.set(icon, s.Text())
	d.text.Text, d.text.Color, d.text.TextSize = word, look.Color(s.Text()), look.TextSize(look.Fine)
}

// layout puts the chip at x, centred in a box of the given height.
func (d *chipDrawing) layout(x, y, height float32) {
	h, px := look.Px(look.ChipHeight), look.Px(14)
	y += round((height - h) / 2)
	d.ground.CornerRadius = h / 2
	bounds(d.ground, x, y, chipWidth(d.text.Text), h)
	bounds(d.icon.object(), x+look.Px(8), y+round((h-px)/2), px, px)
	placeMid(d.text, x+look.Px(26), y, h)
}

func (d *chipDrawing) hide(hidden bool) {
	d.ground.Hidden, d.icon.Image.Hidden, d.text.Hidden = hidden, hidden, hidden
}
