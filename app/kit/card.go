package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// Card is a surface with a thin stroke and round corners that holds what belongs together.
//
//	kit.NewCard(body)                               // inner space 16
//	kit.NewTitledCard("Notes", kit.NewLink("Modifier", edit), body)
type Card struct {
	widget.BaseWidget
	content fyne.CanvasObject
	fill    fyne.ThemeColorName
	stroke  fyne.ThemeColorName
	width   float32
}

// NewCard puts content on a card with the usual inner space of 16.
func NewCard(content fyne.CanvasObject) *Card {
	return NewBareCard(Padded(look.Gap4, content))
}

// NewBareCard puts content on a card without inner space; the content must leave the corners to the card.
func NewBareCard(content fyne.CanvasObject) *Card {
	c := &Card{content: content, fill: look.Surface, stroke: look.Line, width: 1}
	c.ExtendBaseWidget(c)
	return c
}

// NewTitledCard is a card with a bold title, something at its right (nil for nothing), and content
// below. The content takes the height that is left.
func NewTitledCard(title string, right, content fyne.CanvasObject) *Card {
	head := Row(look.Gap2, NewTitle(title), layout.NewSpacer())
	if right != nil {
		head.Add(right)
	}
	// A tall object at the right stands out of the line instead of pushing the content down.
	return NewCard(container.New(headLayout{look.Gap2}, Fixed(0, 20, head), content))
}

// Sunken turns the card into a sunken ground without stroke, for a form inside a page.
func (c *Card) Sunken() *Card {
	c.fill, c.stroke, c.width = look.Sunken, look.Clear, 0
	return c
}

// Tinted gives the card the tint of a status, without stroke.
func (c *Card) Tinted(s look.Status) *Card {
	c.fill, c.stroke, c.width = s.Tint(), look.Clear, 0
	return c
}

// Framed gives the card a stroke of two in a colour.
func (c *Card) Framed(token fyne.ThemeColorName) *Card {
	c.stroke, c.width = token, 2
	return c
}

// CreateRenderer implements fyne.Widget.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	ground := canvas.NewRectangle(nil)
	p := &parts{self: c, objects: []fyne.CanvasObject{ground, c.content}}
	p.paint = func() {
		ground.FillColor = look.Color(c.fill)
		ground.CornerRadius = look.Px(look.CardRadius)
		setStroke(ground, c.width, c.stroke)
	}
	p.min = func() fyne.Size { return c.content.MinSize() }
	p.layout = func(s fyne.Size) {
		ground.Resize(s)
		bounds(c.content, 0, 0, s.Width, s.Height)
	}
	return render(p)
}

// headLayout puts the first object on top at its own height and gives the second the rest.
type headLayout struct{ gap float32 }

func (l headLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return stackLayout{gap: l.gap, vertical: true}.MinSize(o)
}

func (l headLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	h := o[0].MinSize().Height
	bounds(o[0], 0, 0, s.Width, h)
	y := h + look.Px(l.gap)
	bounds(o[1], 0, y, s.Width, s.Height-y)
}

// Page puts a heading over a screen's content, with the window's margins of 24; the content takes the
// height that is left. Objects between the two (filters, banner) keep their own height, 12 apart.
func Page(heading fyne.CanvasObject, between []fyne.CanvasObject, content fyne.CanvasObject) *fyne.Container {
	var body fyne.CanvasObject = content
	if len(between) > 0 {
		body = container.New(headLayout{look.Gap3}, Stack(look.Gap3, between...), content)
	}
	return Inset(0, look.Gap6, 20, look.Gap6, container.New(headLayout{}, heading, body))
}

// Separator is a thin line across.
func Separator() fyne.CanvasObject {
	r := &rule{}
	r.ExtendBaseWidget(r)
	return r
}

type rule struct{ widget.BaseWidget }

// CreateRenderer implements fyne.Widget.
func (r *rule) CreateRenderer() fyne.WidgetRenderer {
	line := canvas.NewRectangle(nil)
	p := &parts{self: r, objects: []fyne.CanvasObject{line}}
	p.paint = func() { line.FillColor = look.Color(look.Line) }
	p.min = func() fyne.Size { return fyne.NewSize(1, 1) }
	p.layout = func(s fyne.Size) { line.Resize(s) }
	return render(p)
}

// Ground is a plain coloured rectangle that follows the theme, to put behind things.
func Ground(token fyne.ThemeColorName) fyne.CanvasObject {
	g := &ground{token: token}
	g.ExtendBaseWidget(g)
	return g
}

type ground struct {
	widget.BaseWidget
	token fyne.ThemeColorName
}

// CreateRenderer implements fyne.Widget.
func (g *ground) CreateRenderer() fyne.WidgetRenderer {
	fill := canvas.NewRectangle(nil)
	p := &parts{self: g, objects: []fyne.CanvasObject{fill}}
	p.paint = func() { fill.FillColor = look.Color(g.token) }
	p.min = func() fyne.Size { return fyne.NewSize(0, 0) }
	p.layout = func(s fyne.Size) { fill.Resize(s) }
	return render(p)
}
