// Package look is how Quitus looks: the colours by name, the sizes, the icons and the statuses.
//
// Widgets ask for a colour by its name ([Color]) and for a measure through [Px]; both follow the
// appearance and the size that the owner chose, so that nothing else knows of dark and light.
//
//	app.Settings().SetTheme(look.New(look.System, look.Normal))
//	rect.FillColor = look.Color(look.Surface)
package look

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Appearance is the owner's choice between light and dark.
type Appearance string

// The appearances; System follows the computer.
const (
	System Appearance = "system"
	Light  Appearance = "light"
	Dark   Appearance = "dark"
)

// Scale is the owner's choice of size.
type Scale string

// The sizes: 0.9, 1 and 1.15 times the measures of the design.
const (
	Small  Scale = "small"
	Normal Scale = "normal"
	Large  Scale = "large"
)

func (s Scale) factor() float64 {
	switch s {
	case Small:
		return 0.9
	case Large:
		return 1.15
	}
	return 1
}

// Theme is the one theme of the program.
type Theme struct {
	appearance Appearance
	scale      Scale
	base       fyne.Theme
}

// New makes the theme; unknown choices count as System and Normal.
func New(a Appearance, s Scale) *Theme {
	return &Theme{appearance: a, scale: s, base: theme.DefaultTheme()}
}

// Color gives a colour by name. The owner's choice goes before the variant asked for.
func (t *Theme) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	dark := v == theme.VariantDark
	switch t.appearance {
	case Light:
		dark = false
	case Dark:
		dark = true
	}
	if own, ok := fyneNames[name]; ok {
		name = own
	}
	p, ok := palette[name]
	if !ok {
		return t.base.Color(name, v)
	}
	if dark {
		return p.dark
	}
	return p.light
}

// Font gives the embedded Noto Sans.
func (t *Theme) Font(s fyne.TextStyle) fyne.Resource { return t.base.Font(s) }

// Icon gives the toolkit's own icons.
func (t *Theme) Icon(n fyne.ThemeIconName) fyne.Resource { return t.base.Icon(n) }

// Size gives measures by name, scaled and whole.
func (t *Theme) Size(n fyne.ThemeSizeName) float32 {
	v, ok := sizes[n]
	if !ok {
		return t.base.Size(n)
	}
	if v <= 1 {
		return v
	}
	return float32(math.Round(float64(v) * t.scale.factor()))
}

// SizeHero is the name of the size of the one big amount of a screen.
const SizeHero fyne.ThemeSizeName = "quitus.hero"

var sizes = map[fyne.ThemeSizeName]float32{
	SizeHero:                      30,
	theme.SizeNameHeadingText:     22,
	theme.SizeNameSubHeadingText:  17,
	theme.SizeNameText:            14,
	theme.SizeNameCaptionText:     12,
	theme.SizeNamePadding:         4,
	theme.SizeNameInnerPadding:    8,
	theme.SizeNameLineSpacing:     4,
	theme.SizeNameInlineIcon:      18,
	theme.SizeNameInputBorder:     1,
	theme.SizeNameInputRadius:     8,
	theme.SizeNameButtonRadius:    8,
	theme.SizeNameSelectionRadius: 8,
	theme.SizeNamePopupRadius:     8,
	theme.SizeNameMenuRadius:      8,
	theme.SizeNameCardRadius:      12,
	theme.SizeNameDialogRadius:    12,
	theme.SizeNameModalBlurRadius: 0,
	theme.SizeNameScrollBar:       10,
	theme.SizeNameScrollBarSmall:  4,
	theme.SizeNameScrollBarRadius: 3,
}

// Color gives a colour of the theme in force.
func Color(name fyne.ThemeColorName) color.Color {
	s := fyne.CurrentApp().Settings()
	return s.Theme().Color(name, s.ThemeVariant())
}

// Px scales a measure of the design to the owner's size. Small measures become whole numbers, from 20
// up even ones, so that what is centred in them stays on whole pixels (rows of 36 become 32 or 42).
func Px(n float32) float32 {
	f := current()
	switch {
	case f == 1:
		return n
	case n < 20:
		return float32(math.Round(float64(n) * f))
	}
	return float32(2 * math.Round(float64(n)*f/2))
}

func current() float64 {
	if t, ok := fyne.CurrentApp().Settings().Theme().(*Theme); ok {
		return t.scale.factor()
	}
	return 1
}

// Still is set by tests that take pictures: nothing that is shown goes away or changes by itself.
var Still bool

// Role is a use of text: its size in the theme.
type Role = fyne.ThemeSizeName

// The roles of text, from 30 to 12 at the normal size. Bold is a matter of the place.
const (
	Hero   = SizeHero
	Title  = theme.SizeNameHeadingText
	Speech = theme.SizeNameSubHeadingText
	Body   = theme.SizeNameText
	Fine   = theme.SizeNameCaptionText
)

// TextSize gives the size of a role in the theme in force.
func TextSize(r Role) float32 { return fyne.CurrentApp().Settings().Theme().Size(r) }

// Space between things, in units before [Px].
const (
	Gap1 float32 = 4
	Gap2 float32 = 8
	Gap3 float32 = 12
	Gap4 float32 = 16
	Gap6 float32 = 24
)

// Heights and radii, in units before [Px].
const (
	RowHeight       float32 = 36
	HeadHeight      float32 = 32
	StatusHeight    float32 = 32
	SelectionHeight float32 = 56
	TwoLineHeight   float32 = 56
	AgeingHeight    float32 = 28
	ButtonHeight    float32 = 36
	BigButtonHeight float32 = 44
	FilterHeight    float32 = 32
	ChipHeight      float32 = 24
	TopBarHeight    float32 = 56
	HeadingHeight   float32 = 72
	KeyFigureHeight float32 = 88
	BannerHeight    float32 = 48
	ToastHeight     float32 = 44
	RailWidth       float32 = 200
	RailItemHeight  float32 = 40

	CardRadius  float32 = 12
	Radius      float32 = 8
	BarRadius   float32 = 3
	InnerRadius float32 = 11 // of a header or status line that touches a card's edge
)
