package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The colours by name. Text on a ground keeps a contrast of at least 4.5 : 1 (WCAG 2.2, 1.4.3); a test
// recomputes every pair in use.
const (
	Ground      fyne.ThemeColorName = "quitus.ground"       // window
	Surface     fyne.ThemeColorName = "quitus.surface"      // cards, fields, top bar
	Sunken      fyne.ThemeColorName = "quitus.sunken"       // table header, status line, tracks
	RailGround  fyne.ThemeColorName = "quitus.rail"         // navigation
	Line        fyne.ThemeColorName = "quitus.line"         // separators, card stroke
	Border      fyne.ThemeColorName = "quitus.border"       // field stroke
	Ink         fyne.ThemeColorName = "quitus.ink"          // text
	Ink2        fyne.ThemeColorName = "quitus.ink2"         // second text, labels
	Ink3        fyne.ThemeColorName = "quitus.ink3"         // placeholder, row arrow
	Off         fyne.ThemeColorName = "quitus.off"          // disabled
	Accent      fyne.ThemeColorName = "quitus.accent"       // what can be pressed, chosen or is current
	OnAccent    fyne.ThemeColorName = "quitus.onaccent"     // text on accent
	AccentHover fyne.ThemeColorName = "quitus.accent_hover" // primary under the pointer
	AccentSoft  fyne.ThemeColorName = "quitus.accent_soft"  // selected row, current rail item
	AccentInk   fyne.ThemeColorName = "quitus.accent_ink"   // text on accent_soft
	RowHover    fyne.ThemeColorName = "quitus.row_hover"    // row under the pointer
	ButtonFill  fyne.ThemeColorName = "quitus.button"       // secondary button, filter
	ButtonOver  fyne.ThemeColorName = "quitus.button_hover" // the same under the pointer
	Danger      fyne.ThemeColorName = "quitus.danger"       // danger button, field in error
	DangerHover fyne.ThemeColorName = "quitus.danger_hover" // the same under the pointer
	OnDanger    fyne.ThemeColorName = "quitus.ondanger"     // text on danger
	Tip         fyne.ThemeColorName = "quitus.tip"          // toast
	OnTip       fyne.ThemeColorName = "quitus.ontip"        // text on toast
	Scrim       fyne.ThemeColorName = "quitus.scrim"        // what lies behind a dialog
	Shade       fyne.ThemeColorName = "quitus.shade"        // shadow of what floats
	Clear       fyne.ThemeColorName = "quitus.clear"        // nothing
	Age31       fyne.ThemeColorName = "quitus.age31"        // ageing bar 31 to 60 days
	Age61       fyne.ThemeColorName = "quitus.age61"        // ageing bar 61 to 90 days
)

type pair struct{ light, dark color.NRGBA }

func hex(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 255}
}

func both(light, dark uint32) pair { return pair{hex(light), hex(dark)} }

// veil is a colour through which the ground shows; percent is its opacity.
func veil(light, dark uint32, percent int) pair {
	p := both(light, dark)
	p.light.A = uint8(percent * 255 / 100)
	p.dark.A = p.light.A
	return p
}

// over paints a veil of one colour over another, for grounds that have to be opaque.
func over(ground, ink pair, percent int) pair {
	mix := func(g, i color.NRGBA) color.NRGBA {
		m := func(a, b uint8) uint8 { return uint8((int(a)*(100-percent) + int(b)*percent + 50) / 100) }
		return color.NRGBA{m(g.R, i.R), m(g.G, i.G), m(g.B, i.B), 255}
	}
	return pair{mix(ground.light, ink.light), mix(ground.dark, ink.dark)}
}

var palette = map[fyne.ThemeColorName]pair{
	Ground:      both(0xF4F6F6, 0x14191B),
	Surface:     both(0xFFFFFF, 0x1C2326),
	Sunken:      both(0xEDF0F1, 0x232B2F),
	RailGround:  both(0xE9EDEE, 0x181E21),
	Line:        both(0xDCE2E3, 0x2F393D),
	Border:      both(0x7F8B90, 0x74838A),
	Ink:         both(0x182226, 0xE7EDEF),
	Ink2:        both(0x4C5A60, 0xB3C0C5),
	Ink3:        both(0x5E6B71, 0x9AA8AE),
	Off:         both(0x8A959A, 0x66747A),
	Accent:      both(0x0E5F76, 0x72C4D9),
	OnAccent:    both(0xFFFFFF, 0x05222B),
	AccentHover: both(0x0B4F63, 0x8FD3E4),
	AccentSoft:  both(0xDCECF0, 0x1A3E49),
	AccentInk:   both(0x0B4F63, 0xA6DDEA),
	RowHover:    both(0xF1F5F6, 0x222B2F),
	ButtonFill:  both(0xE4EAEC, 0x2C363A),
	ButtonOver:  over(both(0xE4EAEC, 0x2C363A), both(0x182226, 0xE7EDEF), 6),
	Danger:      both(0xA61E1E, 0xFF9C93),
	DangerHover: over(both(0xA61E1E, 0xFF9C93), both(0x000000, 0xFFFFFF), 12),
	OnDanger:    both(0xFFFFFF, 0x330805),
	Tip:         both(0x182226, 0xE7EDEF),
	OnTip:       both(0xFFFFFF, 0x14191B),
	Scrim:       veil(0x0B1214, 0x000000, 32),
	Shade:       veil(0x000000, 0x000000, 20),
	Clear:       veil(0xFFFFFF, 0x000000, 0),
	Age31:       both(0xC05A10, 0xE07B39),
	Age61:       both(0xB83A1A, 0xE2603A),

	None.Text():      both(0x465359, 0xC0CBCF),
	None.Tint():      both(0xE8ECED, 0x2B3438),
	None.Solid():     both(0x6E7C82, 0x6F7D83),
	Soon.Text():      both(0x1B4B96, 0xA9C8FA),
	Soon.Tint():      both(0xE2EBFA, 0x1E3150),
	Soon.Solid():     both(0x3B86E0, 0x8FC0FA),
	Late.Text():      both(0x7A4700, 0xFBCB72),
	Late.Tint():      both(0xFCEACA, 0x43310C),
	Late.Solid():     both(0xC98200, 0xE5A42B),
	VeryLate.Text():  both(0x951B1B, 0xFFB0A8),
	VeryLate.Tint():  both(0xFBE1DF, 0x4D1C1A),
	VeryLate.Solid(): both(0xA81C1C, 0xE4483C),
	Promised.Text():  both(0x55319F, 0xCDBBFA),
	Promised.Tint():  both(0xEBE4F9, 0x342757),
	Promised.Solid(): both(0x5B34B0, 0x8B62EA),
	Disputed.Text():  both(0x86205E, 0xF6B3DA),
	Disputed.Tint():  both(0xF8E0EE, 0x4A1C39),
	Disputed.Solid(): both(0xD562A8, 0xF08CC8),
	Paid.Text():      both(0x1B5E32, 0x95DBAE),
	Paid.Tint():      both(0xDDF0E3, 0x183A26),
	Paid.Solid():     both(0x2F9158, 0x57C98A),

	theme.ColorNameForegroundOnSuccess: both(0xFFFFFF, 0x06210F),
	theme.ColorNameForegroundOnWarning: both(0xFFFFFF, 0x2A1B00),
	theme.ColorNameScrollBar:           veil(0x7F8B90, 0x74838A, 60),
	theme.ColorNameScrollBarBackground: veil(0xFFFFFF, 0x000000, 0),
	theme.ColorNameFocus:               veil(0x0E5F76, 0x72C4D9, 25),
	theme.ColorNameHover:               veil(0x182226, 0xE7EDEF, 6),
	theme.ColorNamePressed:             veil(0x182226, 0xE7EDEF, 12),
}

// fyneNames says which of our colours the toolkit's names stand for.
var fyneNames = map[fyne.ThemeColorName]fyne.ThemeColorName{
	theme.ColorNameBackground:          Ground,
	theme.ColorNameForeground:          Ink,
	theme.ColorNamePrimary:             Accent,
	theme.ColorNameHyperlink:           Accent,
	theme.ColorNameForegroundOnPrimary: OnAccent,
	theme.ColorNameButton:              ButtonFill,
	theme.ColorNameDisabledButton:      Sunken,
	theme.ColorNameHeaderBackground:    Sunken,
	theme.ColorNameDisabled:            Off,
	theme.ColorNameError:               Danger,
	theme.ColorNameForegroundOnError:   OnDanger,
	theme.ColorNameSuccess:             Paid.Text(),
	theme.ColorNameWarning:             Late.Text(),
	theme.ColorNameInputBackground:     Surface,
	theme.ColorNameMenuBackground:      Surface,
	theme.ColorNameOverlayBackground:   Surface,
	theme.ColorNameInputBorder:         Border,
	theme.ColorNamePlaceHolder:         Ink3,
	theme.ColorNameSeparator:           Line,
	theme.ColorNameSelection:           AccentSoft,
	theme.ColorNameShadow:              Shade,
}
