package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// toastTime is how long a toast stays.
const toastTime = 10 * time.Second

// Toast is a sentence that something is done, with a tick and the offer to undo it.
type Toast struct {
	widget.BaseWidget
	text, verb string
	undo       func()
	gone       func()
	timer      *time.Timer
	link       *toastLink
}

func newToast(text, verb string, undo, gone func()) *Toast {
	t := &Toast{text: text, verb: verb, undo: undo, gone: gone}
	if undo != nil {
		t.link = &toastLink{verb: verb, press: t.press}
		t.link.ExtendBaseWidget(t.link)
	}
	t.ExtendBaseWidget(t)
	t.start()
	return t
}

func (t *Toast) start() {
	t.stop()
	if look.Still {
		return
	}
	t.timer = time.AfterFunc(toastTime, func() { fyne.Do(t.gone) })
}

func (t *Toast) stop() {
	if t.timer != nil {
		t.timer.Stop()
	}
}

func (t *Toast) press() {
	t.gone()
	t.undo()
}

// MouseIn holds the toast.
func (t *Toast) MouseIn(*desktop.MouseEvent) { t.stop() }

// MouseMoved has nothing to do.
func (t *Toast) MouseMoved(*desktop.MouseEvent) {}

// MouseOut lets its time begin anew.
func (t *Toast) MouseOut() { t.start() }

// CreateRenderer implements fyne.Widget.
func (t *Toast) CreateRenderer() fyne.WidgetRenderer {
	ground, tick, text := canvas.NewRectangle(nil), newGlyph(), newText(look.Body, false)
	p := &parts{self: t, objects: []fyne.CanvasObject{ground, tick.object(), text}}
	if t.link != nil {
		p.objects = append(p.objects, t.link)
	}
	p.paint = func() {
		ground.FillColor = look.Color(look.Tip)
		ground.CornerRadius = look.Px(look.Radius)
		ground.Shadow = floating()
		tick.set(look.IconTick, look.OnTip)
		text.Color, text.TextSize = look.Color(look.OnTip), look.TextSize(look.Body)
	}
	p.min = func() fyne.Size {
		w := look.Px(44) + width(t.text, look.Body, false) + look.Px(look.Gap1)
		if t.link != nil {
			w += t.link.MinSize().Width
		} else {
			w += look.Px(look.Gap3)
		}
		return fyne.NewSize(w, look.Px(look.ToastHeight))
	}
	p.layout = func(s fyne.Size) {
		ground.Resize(s)
		px := look.Px(18)
		bounds(tick.object(), look.Px(16), round((s.Height-px)/2), px, px)
		room := s.Width - look.Px(44) - look.Px(look.Gap1)
		if t.link != nil {
			m := t.link.MinSize()
			bounds(t.link, s.Width-m.Width, 0, m.Width, s.Height)
			room -= m.Width
		}
		text.Text = fit(t.text, look.Body, false, room)
		placeMid(text, look.Px(44), 0, s.Height)
	}
	return render(p)
}

// toastLink is the verb at the right of a toast.
type toastLink struct {
	control
	verb  string
	press func()
}

// Tapped undoes.
func (l *toastLink) Tapped(*fyne.PointEvent) { l.press() }

// TypedKey undoes with Space or Enter.
func (l *toastLink) TypedKey(ev *fyne.KeyEvent) {
	if pressed(ev) {
		l.press()
		return
	}
	passKey(l, ev)
}

// CreateRenderer implements fyne.Widget.
func (l *toastLink) CreateRenderer() fyne.WidgetRenderer {
	ring, icon, text := canvas.NewRectangle(nil), newGlyph(), newText(look.Body, true)
	p := &parts{self: l, objects: []fyne.CanvasObject{ring, icon.object(), text}}
	p.paint = func() {
		ring.CornerRadius = look.Px(look.Radius)
		setStroke(ring, 0, look.OnTip)
		if l.focused || l.hovered {
			setStroke(ring, 2, look.OnTip)
		}
		icon.set(look.IconUndo, look.OnTip)
		text.Text, text.Color, text.TextSize = l.verb, look.Color(look.OnTip), look.TextSize(look.Body)
	}
	p.min = func() fyne.Size {
		return fyne.NewSize(look.Px(16+18+4+16)+width(l.verb, look.Body, true), look.Px(look.ToastHeight))
	}
	p.layout = func(s fyne.Size) {
		bounds(ring, look.Px(6), look.Px(5), s.Width-look.Px(12), s.Height-look.Px(10))
		px := look.Px(18)
		bounds(icon.object(), look.Px(16), round((s.Height-px)/2), px, px)
		placeMid(text, look.Px(16+18+4), 0, s.Height)
	}
	return render(p)
}
