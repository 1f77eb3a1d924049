package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// glyph is an icon primitive that decodes its drawing only when icon, colour or theme change.
type glyph struct {
	canvas.Image
	icon  look.Icon
	token fyne.ThemeColorName
	shade any
}

func newGlyph() *glyph {
	g := &glyph{}
	g.FillMode = canvas.ImageFillContain
	return g
}

// set shows an icon in a colour of the theme.
func (g *glyph) set(icon look.Icon, token fyne.ThemeColorName) {
	shade := look.Color(token)
	if g.icon == icon && g.token == token && g.shade == shade {
		return
	}
	g.icon, g.token, g.shade = icon, token, shade
	if icon == look.NoIcon {
		g.Image.Hide()
		return
	}
	g.Image.Resource = icon.Tinted(token)
	g.Image.Image = nil
	g.Image.Show()
	g.Image.Refresh()
}

func (g *glyph) object() fyne.CanvasObject { return &g.Image }

// Icon is an icon beside a word.
type Icon struct {
	widget.BaseWidget
	icon  look.Icon
	token fyne.ThemeColorName
	size  float32
}

// NewIcon makes an icon of a size (16 in lines, 18 in buttons, 20 in the rail) in a colour of the theme.
func NewIcon(icon look.Icon, token fyne.ThemeColorName, size float32) *Icon {
	i := &Icon{icon: icon, token: token, size: size}
	i.ExtendBaseWidget(i)
	return i
}

// Set changes icon and colour.
func (i *Icon) Set(icon look.Icon, token fyne.ThemeColorName) {
	i.icon, i.token = icon, token
	i.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	g := newGlyph()
	p := &parts{self: i, objects: []fyne.CanvasObject{g.object()}}
	p.paint = func() { g.set(i.icon, i.token) }
	p.min = func() fyne.Size { return fyne.NewSquareSize(look.Px(i.size)) }
	p.layout = func(s fyne.Size) {
		px := look.Px(i.size)
		bounds(g.object(), round((s.Width-px)/2), round((s.Height-px)/2), px, px)
	}
	return render(p)
}

// Dot is a round ground with an icon in it: 36 for a task or a person, 24 in a timeline, 48 on a door.
type Dot struct {
	widget.BaseWidget
	icon        look.Icon
	fill, token fyne.ThemeColorName
	size        float32
}

// NewDot makes a dot of a diameter, filled and tinted with colours of the theme.
func NewDot(icon look.Icon, fill, token fyne.ThemeColorName, size float32) *Dot {
	d := &Dot{icon: icon, fill: fill, token: token, size: size}
	d.ExtendBaseWidget(d)
	return d
}

// CreateRenderer implements fyne.Widget.
func (d *Dot) CreateRenderer() fyne.WidgetRenderer {
	ground := canvas.NewRectangle(nil)
	g := newGlyph()
	p := &parts{self: d, objects: []fyne.CanvasObject{ground, g.object()}}
	p.paint = func() {
		ground.FillColor = look.Color(d.fill)
		ground.CornerRadius = look.Px(d.size) / 2
		g.set(d.icon, d.token)
	}
	p.min = func() fyne.Size { return fyne.NewSquareSize(look.Px(d.size)) }
	p.layout = func(s fyne.Size) {
		px := look.Px(d.size)
		x, y := round((s.Width-px)/2), round((s.Height-px)/2)
		bounds(ground, x, y, px, px)
		in := look.Px(dotIcon(d.size))
		bounds(g.object(), x+round((px-in)/2), y+round((px-in)/2), in, in)
	}
	return render(p)
}

// dotIcon is the size of the icon in a dot.
func dotIcon(size float32) float32 {
	switch {
	case size >= 48:
		return 24
	case size >= 36:
		return 20
	}
	return 14
}
