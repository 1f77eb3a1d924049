package call

import (
	"net/url"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/ledger"
)

// callHead is the head of a call, 80 high: who is called, what is due today, how long it lasts, and the button that begins or ends it.
type callHead struct {
	v      *view
	object *fyne.Container

	name, who, number, amount, note, time, state *kit.Label
	chip                                         *kit.Chip
	number2                                      *fyne.Container
	timer                                        *fyne.Container
	act                                          *kit.Button
}

func newCallHead(v *view) *callHead {
	h := &callHead{v: v, chip: kit.NewChip(look.None, "")}
	h.name = kit.NewLabel("").Role(look.Title).Bold()
	h.who, h.number = kit.NewLabel("").Ink(look.Ink2), kit.NewLabel("").Bold()
	h.amount = kit.NewLabel("").Role(look.Hero).Bold().Aligned(kit.Right)
	h.note = kit.NewNote("").Aligned(kit.Right)
	h.time = kit.NewLabel("00:00").Role(look.Title).Bold().Aligned(kit.Right)
	h.state = kit.NewNote("").Aligned(kit.Right)
	h.number2 = kit.Row(look.Gap1)
	h.timer = kit.Stack(0, h.time, h.state)
	h.act = kit.NewButton(kit.Primary, look.NoIcon, "", h.press).Big()
	left := kit.Stack(2, container.New(lead{12, true}, h.name, h.chip), container.New(lead{8, false}, h.who, kit.Row(look.Gap1, h.number, h.number2)))
	h.object = container.NewStack(kit.Ground(look.Surface), container.New(headLayout{},
		kit.NewIconButton(look.IconBack, v.back), left, kit.Stack(0, h.amount, h.note), h.timer, h.act, vline(), vline()))
	return h
}

func (h *callHead) press() {
	if h.v.m.running() {
		h.v.end()
		return
	}
	h.v.start(nil)
	h.v.notes.focus()
}

func (h *callHead) show() {
	m, x := h.v.m, h.v.m.heading()
	h.name.SetText(x.Name)
	h.chip.Set(look.StatusOf(x.Situation), x.Word)
	h.who.SetText(x.Who)
	h.number.SetText(x.Number)
	h.number2.Objects = nil
	if x.Number != "" {
		h.number2.Objects = []fyne.CanvasObject{kit.NewCopyButton(x.Number), dial(h.v, x.Number)}
	} else {
		h.number.SetText(m.w.T("call.no_number"))
	}
	h.amount.SetText(x.Amount)
	h.note.SetText(x.Note)
	switch {
	case m.running():
		h.act.SetText(m.w.T("call.finish"))
		h.timer.Show()
	case m.needsWhy():
		h.act.SetText(m.w.T("call.anyway"))
		h.timer.Hide()
	default:
		h.act.SetText(m.w.T("call.start"))
		h.timer.Hide()
	}
	h.showTime()
	h.object.Refresh()
}

// showTime writes how long the call has run, or when it began where it is not known to the second.
func (h *callHead) showTime() {
	m := h.v.m
	if !m.running() {
		return
	}
	if m.began.IsZero() {
		h.time.SetText(m.Call.At)
		h.state.SetText(m.w.T("call.begun", "day", m.w.DateShort(m.Call.On)))
		return
	}
	h.time.SetText(m.elapsed())
	h.state.SetText(m.w.T("call.running"))
}

// dial calls a number with the system's own program for it.
func dial(v *view, number string) *kit.IconButton {
	return kit.NewIconButton(look.IconPhone, func() {
		u := &url.URL{Scheme: "tel", Opaque: strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' || r == '+' {
				return r
			}
			return -1
		}, number)}
		v.c.Run.Go("call.dial", run0(func() error {
			if err := fyne.CurrentApp().OpenURL(u); err != nil {
				return ledger.Errorf("cannot_dial", "number", number, "cause", err)
			}
			return nil
		}), v.c.Error)
		v.start(nil)
	}).Low()
}

// headLayout has the back arrow, the customer, then from the right the button, the timer after a line, and the amount.
type headLayout struct{}

func (headLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(look.Px(900), look.Px(80))
}

func (headLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	mid := func(m fyne.Size) float32 { return float32(int((s.Height - m.Height) / 2)) }
	back := o[0].MinSize()
	put(o[0], look.Px(8), mid(back), back.Width, back.Height)
	x := s.Width - look.Px(20)
	act := o[4].MinSize()
	x -= act.Width
	put(o[4], x, mid(act), act.Width, act.Height)
	if o[3].Visible() {
		timer := o[3].MinSize()
		w := max(timer.Width, look.Px(76))
		x -= w + look.Px(20)
		put(o[3], x, mid(timer), w, timer.Height)
		x -= look.Px(20)
		put(o[6], x, look.Px(16), 1, s.Height-look.Px(32))
	} else {
		put(o[6], -1, 0, 0, 0)
	}
	amount := o[2].MinSize()
	x -= amount.Width + look.Px(20)
	put(o[2], x, mid(amount), amount.Width, amount.Height)
	left := o[1].MinSize()
	from := look.Px(56)
	put(o[1], from, mid(left), max(0, x-from-look.Px(16)), left.Height)
	put(o[5], 0, s.Height-1, s.Width, 1)
}

// lead puts the second object right after the first. Where there is no room, the first is shortened, or the second left out.
type lead struct {
	gap     float32
	leaving bool
}

func (l lead) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(look.Px(60)+b.Width, max(a.Height, b.Height))
}

func (l lead) Layout(o []fyne.CanvasObject, s fyne.Size) {
	a, b := o[0].MinSize(), o[1].MinSize()
	gap := look.Px(l.gap)
	if !o[1].Visible() {
		b, gap = fyne.Size{}, 0
	}
	if a.Width == 0 {
		gap = 0
	}
	if l.leaving && a.Width+gap+b.Width > s.Width {
		put(o[0], 0, float32(int((s.Height-a.Height)/2)), min(a.Width, s.Width), a.Height)
		put(o[1], -10000, 0, b.Width, b.Height)
		return
	}
	w := min(a.Width, max(0, s.Width-b.Width-gap))
	put(o[0], 0, float32(int((s.Height-a.Height)/2)), w, a.Height)
	put(o[1], w+gap, float32(int((s.Height-b.Height)/2)), b.Width, b.Height)
}
