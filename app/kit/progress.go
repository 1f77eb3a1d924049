package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
	"quitus/app/run"
	"quitus/assets/words"
)

// ProgressCard shows what a running task does, how far it is, about how long it still takes, and how to
// stop it.
type ProgressCard struct {
	widget.BaseWidget
	words *words.Words
	s     run.Sample
	since time.Time
	now   func() time.Time
	stop  *Button
}

// NewProgressCard makes a card; stop is called when the owner wants the task stopped.
func NewProgressCard(w *words.Words, stop func()) *ProgressCard {
	c := &ProgressCard{words: w, now: time.Now, stop: NewLink(look.NoIcon, w.T("common.stop"), stop)}
	c.ExtendBaseWidget(c)
	return c
}

// Set shows a sample. A task that names something new starts its time anew.
func (c *ProgressCard) Set(s run.Sample) {
	if s.What != c.s.What || s.Done < c.s.Done {
		c.since = c.now()
	}
	c.s = s
	c.Refresh()
}

// facts says how far the task is and how long it still takes, once that can be told.
func (c *ProgressCard) facts() string {
	if c.s.Total <= 0 {
		if c.s.Done == 0 {
			return c.words.T("common.working")
		}
		return c.words.Number(int(c.s.Done))
	}
	done, total := c.words.Number(int(c.s.Done)), c.words.Number(int(c.s.Total))
	spent := c.now().Sub(c.since)
	if c.s.Done == 0 || spent < time.Second {
		return c.words.T("kit.progress.count", "done", done, "total", total)
	}
	left := time.Duration(float64(spent) / float64(c.s.Done) * float64(c.s.Total-c.s.Done))
	if left >= 90*time.Second {
		return c.words.T("kit.progress.minutes", "done", done, "total", total, "left", int(left.Round(time.Minute).Minutes()))
	}
	return c.words.T("kit.progress.seconds", "done", done, "total", total, "left", int(left.Round(time.Second).Seconds()))
}

// CreateRenderer implements fyne.Widget.
func (c *ProgressCard) CreateRenderer() fyne.WidgetRenderer {
	ground, track, bar := canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	what, facts := newText(look.Body, true), newText(look.Fine, false)
	p := &parts{self: c, objects: []fyne.CanvasObject{ground, track, bar, what, facts, c.stop}}
	p.paint = func() {
		ground.FillColor, ground.CornerRadius = look.Color(look.Surface), look.Px(look.CardRadius)
		setStroke(ground, 1, look.Line)
		ground.Shadow = floating()
		track.FillColor, bar.FillColor = look.Color(look.Sunken), look.Color(look.Accent)
		what.Color, what.TextSize = look.Color(look.Ink), look.TextSize(look.Body)
		facts.Color, facts.TextSize = look.Color(look.Ink2), look.TextSize(look.Fine)
	}
	p.min = func() fyne.Size { return fyne.NewSize(look.Px(280), look.Px(96)) }
	p.layout = func(s fyne.Size) {
		ground.Resize(s)
		x := look.Px(look.Gap4) + 1
		w := s.Width - 2*x
		m := c.stop.MinSize()
		bounds(c.stop, s.Width-x-m.Width, look.Px(17), m.Width, m.Height)
		what.Text = fit(c.s.What, look.Body, true, w-m.Width-look.Px(8))
		placeMid(what, x, look.Px(17), m.Height)
		h := look.Px(8)
		track.CornerRadius, bar.CornerRadius = h/2, h/2
		bounds(track, x, look.Px(51), w, h)
		part := float32(0.1)
		if c.s.Total > 0 {
			part = min(1, float32(c.s.Done)/float32(c.s.Total))
		}
		bounds(bar, x, look.Px(51), max(h, round(w*part)), h)
		facts.Text = fit(c.facts(), look.Fine, false, w)
		place(facts, x, look.Px(66))
	}
	return render(p)
}

// Watch is for run.Live.Watch: it shows the card of a task that takes long, and takes it away after.
func (s *Stage) Watch(key string, sample run.Sample, running bool) {
	if !running {
		if s.key == key {
			s.key = ""
			s.card.Hide()
			s.Refresh()
		}
		return
	}
	if s.key != "" && s.key != key {
		return // one card at a time: the first to come
	}
	s.key = key
	s.card.Set(sample)
	if !s.card.Visible() {
		s.card.Show()
		s.Refresh()
	}
}
