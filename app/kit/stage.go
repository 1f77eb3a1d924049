package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
	"quitus/assets/words"
)

// Stage is the window's content with what floats over it and does not stop the work: a toast at the
// bottom, the card of a running task at the bottom right, and the results below the search field.
//
//	stage := kit.NewStage(words, frame)
//	live.Watch = stage.Watch
//	stage.OnStop = live.Cancel
//	win.SetContent(stage)
type Stage struct {
	widget.BaseWidget
	// OnStop is told the key of the task that the owner wants stopped.
	OnStop func(key string)

	words   *words.Words
	content fyne.CanvasObject
	toast   *Toast
	card    *ProgressCard
	key     string
	veil    *veil
	float   fyne.CanvasObject
	anchor  fyne.CanvasObject
}

// NewStage puts content on a stage.
func NewStage(w *words.Words, content fyne.CanvasObject) *Stage {
	s := &Stage{words: w, content: content, veil: newVeil()}
	s.card = NewProgressCard(w, func() {
		if s.OnStop != nil {
			s.OnStop(s.key)
		}
	})
	s.card.Hide()
	s.veil.onTapped = s.Unfloat
	s.ExtendBaseWidget(s)
	return s
}

// SetContent changes what is on the stage.
func (s *Stage) SetContent(o fyne.CanvasObject) {
	s.content = o
	s.Refresh()
}

// Toast says that something is done and, when undo is not nil, offers to take it back. It goes after ten
// seconds, later while the pointer is on it.
func (s *Stage) Toast(text string, undo func()) {
	s.Untoast()
	var t *Toast
	t = newToast(text, s.words.T("common.undo"), undo, func() {
		if s.toast == t {
			s.Untoast()
		}
	})
	s.toast = t
	s.Refresh()
}

// Untoast takes the toast away.
func (s *Stage) Untoast() {
	if s.toast != nil {
		s.toast.stop()
		s.toast = nil
		s.Refresh()
	}
}

// Undo presses the undo of the toast, for Ctrl+Z; it says whether there was one.
func (s *Stage) Undo() bool {
	if s.toast == nil || s.toast.undo == nil {
		return false
	}
	s.toast.press()
	return true
}

// Float shows an object below an anchor, as wide as that, until something else is pressed or Unfloat. It
// leaves the keyboard where it is.
func (s *Stage) Float(o, anchor fyne.CanvasObject) {
	s.float, s.anchor = o, anchor
	s.Refresh()
}

// Unfloat takes the floating object away.
func (s *Stage) Unfloat() {
	if s.float != nil {
		s.float = nil
		s.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (s *Stage) CreateRenderer() fyne.WidgetRenderer {
	p := &parts{self: s}
	p.paint = func() {
		p.objects = append(p.objects[:0], s.content)
		if s.float != nil {
			p.objects = append(p.objects, s.veil, s.float)
		}
		p.objects = append(p.objects, s.card)
		if s.toast != nil {
			p.objects = append(p.objects, s.toast)
		}
	}
	p.min = func() fyne.Size { return s.content.MinSize() }
	p.layout = func(size fyne.Size) {
		s.content.Resize(size)
		margin := look.Px(20)
		m := s.card.MinSize()
		w := look.Px(400)
		bounds(s.card, size.Width-w-look.Px(look.Gap6), size.Height-m.Height-margin, w, m.Height)
		if s.toast != nil {
			t := s.toast.MinSize()
			tw := min(t.Width, size.Width-2*margin)
			x := round((size.Width - tw) / 2)
			if s.card.Visible() {
				x = max(margin, min(x, s.card.Position().X-tw-look.Px(8)))
			}
			bounds(s.toast, x, size.Height-t.Height-margin, tw, t.Height)
		}
		if s.float != nil {
			s.veil.Resize(size)
			d := fyne.CurrentApp().Driver()
			at := d.AbsolutePositionForObject(s.anchor).Subtract(d.AbsolutePositionForObject(s))
			y := at.Y + s.anchor.Size().Height + look.Px(4)
			h := min(s.float.MinSize().Height, size.Height-y-margin)
			bounds(s.float, at.X, y, s.anchor.Size().Width, h)
		}
	}
	return render(p)
}

// veil is an invisible ground that notices presses.
type veil struct {
	widget.BaseWidget
	onTapped func()
}

func newVeil() *veil {
	v := &veil{}
	v.ExtendBaseWidget(v)
	return v
}

// Tapped tells that something else was pressed.
func (v *veil) Tapped(*fyne.PointEvent) { v.onTapped() }

// CreateRenderer implements fyne.Widget.
func (v *veil) CreateRenderer() fyne.WidgetRenderer {
	p := &parts{self: v, paint: func() {}, layout: func(fyne.Size) {}}
	p.min = func() fyne.Size { return fyne.NewSize(0, 0) }
	return render(p)
}
