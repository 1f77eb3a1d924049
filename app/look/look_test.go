package look

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// luminance is WCAG 2.2's relative luminance.
func luminance(c color.Color) float64 {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	part := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*part(n.R) + 0.7152*part(n.G) + 0.0722*part(n.B)
}

// ratio is WCAG 2.2's contrast ratio.
func ratio(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	if x < y {
		x, y = y, x
	}
	return (x + 0.05) / (y + 0.05)
}

func contrasts(text fyne.ThemeColorName, grounds ...fyne.ThemeColorName) map[[2]fyne.ThemeColorName]bool {
	m := map[[2]fyne.ThemeColorName]bool{}
	for _, g := range grounds {
		m[[2]fyne.ThemeColorName{text, g}] = true
	}
	return m
}

func TestContrastOfText(t *testing.T) {
	var pairs []map[[2]fyne.ThemeColorName]bool
	pairs = append(pairs,
		contrasts(Ink, Ground, Surface, Sunken, RailGround, AccentSoft, RowHover, ButtonFill, ButtonOver),
		contrasts(Ink2, Ground, Surface, Sunken, RailGround, AccentSoft, RowHover, ButtonFill),
		contrasts(Ink3, Ground, Surface, Sunken, RailGround, RowHover, AccentSoft),
		contrasts(OnAccent, Accent, AccentHover), contrasts(Accent, Surface, Ground, Sunken, RowHover), contrasts(AccentInk, AccentSoft),
		contrasts(OnDanger, Danger, DangerHover), contrasts(Danger, Surface), contrasts(OnTip, Tip))
	for s := None; s <= Paid; s++ {
		pairs = append(pairs, contrasts(s.Text(), s.Tint(), Surface))
	}
	for _, s := range []Status{Late, VeryLate, Paid} {
		pairs = append(pairs, contrasts(s.Text(), AccentSoft))
	}
	for _, a := range []Appearance{Light, Dark} {
		th := New(a, Normal)
		for _, m := range pairs {
			for p := range m {
				if r := ratio(th.Color(p[0], 0), th.Color(p[1], 0)); r < 4.5 {
					t.Errorf("%s: %s on %s is %.2f, less than 4.5", a, p[0], p[1], r)
				}
			}
		}
	}
}

func TestContrastOfSigns(t *testing.T) {
	for _, a := range []Appearance{Light, Dark} {
		th := New(a, Normal)
		for _, ground := range []fyne.ThemeColorName{Surface, Ground} {
			if r := ratio(th.Color(Border, 0), th.Color(ground, 0)); r < 3 {
				t.Errorf("%s: border on %s is %.2f, less than 3", a, ground, r)
			}
		}
		for bucket := -1; bucket <= 4; bucket++ {
			if r := ratio(th.Color(AgeSolid(bucket), 0), th.Color(Surface, 0)); r < 3 {
				t.Errorf("%s: ageing bar %d on surface is %.2f, less than 3", a, bucket, r)
			}
		}
	}
}

// The ratios that the design states, to catch a colour changed by mistake.
func TestStatedContrast(t *testing.T) {
	for _, c := range []struct {
		text, ground fyne.ThemeColorName
		light, dark  float64
	}{
		{Ink, Ground, 14.94, 14.99}, {Ink2, Sunken, 6.24, 7.72}, {Ink3, AccentSoft, 4.53, 4.69}, {OnAccent, Accent, 7.20, 8.36},
		{AccentInk, AccentSoft, 7.48, 7.74}, {OnDanger, Danger, 7.43, 8.86}, {None.Text(), None.Tint(), 6.68, 7.68},
		{Soon.Text(), Soon.Tint(), 7.02, 7.66}, {Late.Text(), Late.Tint(), 6.51, 8.25}, {VeryLate.Text(), VeryLate.Tint(), 6.91, 8.04},
		{Promised.Text(), Promised.Tint(), 7.31, 7.68}, {Disputed.Text(), Disputed.Tint(), 7.09, 8.16}, {Paid.Text(), Paid.Tint(), 6.55, 7.79},
		{theme.ColorNameForegroundOnSuccess, theme.ColorNameSuccess, 7.80, 10.57}, {theme.ColorNameForegroundOnWarning, theme.ColorNameWarning, 7.70, 11.06},
	} {
		for a, want := range map[Appearance]float64{Light: c.light, Dark: c.dark} {
			th := New(a, Normal)
			if got := ratio(th.Color(c.text, 0), th.Color(c.ground, 0)); math.Abs(got-want) > 0.006 {
				t.Errorf("%s: %s on %s is %.2f, want %.2f", a, c.text, c.ground, got, want)
			}
		}
	}
}

func TestChoiceGoesBeforeVariant(t *testing.T) {
	for _, v := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
		if got := New(Dark, Normal).Color(Ground, v); got != palette[Ground].dark {
			t.Errorf("dark theme asked for variant %d gives %v", v, got)
		}
		if got := New(Light, Normal).Color(theme.ColorNameBackground, v); got != palette[Ground].light {
			t.Errorf("light theme asked for variant %d gives %v", v, got)
		}
	}
	if New(System, Normal).Color(Ground, theme.VariantDark) != palette[Ground].dark {
		t.Error("the system's variant is not followed")
	}
}

func TestSizesAreWhole(t *testing.T) {
	app := test.NewTempApp(t)
	for s, row := range map[Scale]float32{Small: 32, Normal: 36, Large: 42} {
		app.Settings().SetTheme(New(System, s))
		if got := Px(RowHeight); got != row {
			t.Errorf("%s: a row is %v high, want %v", s, got, row)
		}
		for n := range sizes {
			if v := TextSize(n); v != float32(math.Trunc(float64(v))) {
				t.Errorf("%s: %s is %v", s, n, v)
			}
		}
		for _, n := range []float32{Gap1, Gap2, Gap3, ChipHeight, FilterHeight, HeadHeight, TwoLineHeight, TopBarHeight, HeadingHeight} {
			if v := Px(n); v != float32(math.Trunc(float64(v))) || (n >= 20 && int(v)%2 != 0) {
				t.Errorf("%s: Px(%v) is %v", s, n, v)
			}
		}
	}
}

func TestEveryIconExists(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(New(Light, Normal))
	for _, i := range []Icon{IconCalendar, IconAccount, IconInvoice, IconLetter, IconSend, IconReply, IconSettings, IconSearch, IconImport,
		IconExport, IconSave, IconEdit, IconPrint, IconCopy, IconUndo, IconAdd, IconClose, IconDelete, IconTick, IconLate, IconVery, IconInfo,
		IconHelp, IconOpen, IconWait, IconBack, IconNext, IconRow, IconDown, IconUp, IconBox, IconBoxOn, IconBoxFill, IconBoxSome, IconAttach,
		IconHistory, IconMore, IconQuitus, IconPhone, IconBank, IconPromise, IconFlag, IconClock, IconAvoid} {
		if r := i.Tinted(Ink); r == nil || len(r.Content()) == 0 {
			t.Errorf("no icon %s", i)
		}
	}
	for s := None; s <= Paid; s++ {
		if s.Icon() == NoIcon {
			t.Errorf("status %d has no icon", s)
		}
	}
}
