package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// Banner is one important fact across the screen in a status's tint, with at most one button. One at a
// time, the gravest.
//
//	kit.NewBanner(look.Late, look.NoIcon, "**Banque lue il y a 9 jours.** À mettre à jour.", "Importer un relevé", v.bank)
type Banner struct {
	widget.BaseWidget
	status look.Status
	icon   look.Icon
	label  *Label
	button *Button
}

// NewBanner makes a banner; Soon informs and Paid confirms, Late warns, VeryLate says what went wrong.
// NoIcon takes the usual icon; an empty verb leaves the button out.
func NewBanner(s look.Status, icon look.Icon, text, verb string, tapped func()) *Banner {
	b := &Banner{status: s, icon: icon, label: NewLabel(text).Ink(s.Text())}
	if verb != "" {
		b.button = NewButton(Secondary, look.NoIcon, verb, tapped).OnTint()
	}
	b.ExtendBaseWidget(b)
	return b
}

// SetText changes the words.
func (b *Banner) SetText(text string) { b.label.SetText(text) }

// CreateRenderer implements fyne.Widget.
func (b *Banner) CreateRenderer() fyne.WidgetRenderer {
	ground, icon := canvas.NewRectangle(nil), newGlyph()
	p := &parts{self: b, objects: []fyne.CanvasObject{ground, icon.object(), b.label}}
	if b.button != nil {
		p.objects = append(p.objects, b.button)
	}
	p.paint = func() {
		ground.FillColor, ground.CornerRadius = look.Color(b.status.Tint()), look.Px(look.Radius)
		i := b.icon
		if i == look.NoIcon {
			if i = b.status.Icon(); b.status == look.Soon {
				i = look.IconInfo
			}
		}
		icon.set(i, b.status.Text())
	}
	p.min = func() fyne.Size {
		w := look.Px(200)
		if b.button != nil {
			w += b.button.MinSize().Width
		}
		return fyne.NewSize(w, look.Px(look.BannerHeight))
	}
	p.layout = func(s fyne.Size) {
		ground.Resize(s)
		px := look.Px(20)
		bounds(icon.object(), look.Px(14), round((s.Height-px)/2), px, px)
		right := s.Width - look.Px(8)
		if b.button != nil {
			m := b.button.MinSize()
			bounds(b.button, right-m.Width, round((s.Height-m.Height)/2), m.Width, m.Height)
			right -= m.Width + look.Px(8)
		}
		bounds(b.label, look.Px(46), 0, right-look.Px(46), s.Height)
	}
	return render(p)
}

// Empty says that there is nothing yet and what to do next: an icon, a sentence, the way on, and its
// button.
//
//	kit.NewEmpty(look.IconBank, "Aucun relevé pour l’instant", "Déposez le fichier de votre banque.", importButton)
type Empty struct {
	widget.BaseWidget
	dot    *Dot
	title  *Label
	text   *Label
	button *Button
}

// NewEmpty makes an empty state; text and button may be empty and nil.
func NewEmpty(icon look.Icon, title, text string, button *Button) *Empty {
	e := &Empty{dot: NewDot(icon, look.Sunken, look.Ink2, 36), title: NewTitle(title).Aligned(Centre),
		text: NewLabel(text).Ink(look.Ink2).Aligned(Centre).Wrapped(), button: button}
	e.ExtendBaseWidget(e)
	return e
}

// CreateRenderer implements fyne.Widget.
func (e *Empty) CreateRenderer() fyne.WidgetRenderer {
	p := &parts{self: e, paint: func() {}, objects: []fyne.CanvasObject{e.dot, e.title, e.text}}
	if e.button != nil {
		p.objects = append(p.objects, e.button)
	}
	wide := func(w float32) float32 { return min(w-2*look.Px(look.Gap4), look.Px(400)) }
	height := func() float32 {
		h := e.dot.MinSize().Height + look.Px(look.Gap3) + e.title.MinSize().Height
		if e.text.Text() != "" {
			h += look.Px(8) + e.text.MinSize().Height
		}
		if e.button != nil {
			h += look.Px(look.Gap3) + e.button.MinSize().Height
		}
		return h
	}
	p.min = func() fyne.Size { return fyne.NewSize(look.Px(240), height()+2*look.Px(look.Gap6)) }
	p.layout = func(s fyne.Size) {
		w := wide(s.Width)
		e.text.Resize(fyne.NewSize(w, e.text.MinSize().Height))
		y := max(look.Px(8), round((s.Height-height())*0.45))
		put := func(o fyne.CanvasObject, width float32) {
			h := o.MinSize().Height
			bounds(o, round((s.Width-width)/2), y, width, h)
			y += h
		}
		put(e.dot, e.dot.MinSize().Width)
		y += look.Px(look.Gap3)
		put(e.title, s.Width-look.Px(16))
		if e.text.Text() != "" {
			y += look.Px(8)
			put(e.text, w)
		}
		if e.button != nil {
			y += look.Px(look.Gap3)
			put(e.button, e.button.MinSize().Width)
		}
	}
	return render(p)
}

// NewCopyButton copies a text to the clipboard; a tick says that it did.
func NewCopyButton(text string) *IconButton {
	var b *IconButton
	b = NewIconButton(look.IconCopy, func() {
		fyne.CurrentApp().Clipboard().SetContent(text)
		b.SetIcon(look.IconTick)
	}).Low()
	return b
}
