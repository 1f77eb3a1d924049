package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"quitus/app/look"
)

// AgeingRow is one bar: its word, its amount as text, its part of the longest bar (0 to 1), its colour
// (see look.AgeSolid).
type AgeingRow struct {
	Word   string
	Amount string
	Part   float64
	Token  fyne.ThemeColorName
}

// NewAgeing makes bars below each other with a total under a line. tapped is told which bar was
// pressed; without a totalWord there is no total.
//
//	kit.NewAgeing([]kit.AgeingRow{{"1 à 30 jours", "21 447,10 €", 0.5, look.AgeSolid(1)}}, "Total", "84 316,50 €", v.filter)
func NewAgeing(rows []AgeingRow, totalWord, total string, tapped func(i int)) fyne.CanvasObject {
	words := float32(112)
	amounts := float32(92)
	for _, r := range rows {
		words = max(words, width(r.Word, look.Body, false)+8)
		amounts = max(amounts, width(r.Amount, look.Body, true))
	}
	box := Stack(0)
	for i, r := range rows {
		bar := &ageingBar{row: r, words: words, amounts: amounts, tapped: func() {
			if tapped != nil {
				tapped(i)
			}
		}}
		bar.ExtendBaseWidget(bar)
		box.Add(bar)
	}
	if totalWord != "" {
		box.Add(Inset(3, 0, 0, 0, Separator()))
		sum := &ageingBar{row: AgeingRow{Word: totalWord, Amount: total}, words: words, amounts: amounts}
		sum.off = true // nothing to press, no Tab stop
		sum.ExtendBaseWidget(sum)
		box.Add(Inset(3, 0, 0, 0, sum))
	}
	return box
}

// ageingBar is one row of the bars; without tapped it is the total.
type ageingBar struct {
	control
	row            AgeingRow
	words, amounts float32
	tapped         func()
}

// Tapped filters by the bar.
func (a *ageingBar) Tapped(*fyne.PointEvent) {
	if a.tapped != nil {
		a.tapped()
	}
}

// TypedKey filters with Space or Enter.
func (a *ageingBar) TypedKey(ev *fyne.KeyEvent) {
	if pressed(ev) {
		a.Tapped(nil)
		return
	}
	passKey(a, ev)
}

// CreateRenderer implements fyne.Widget.
func (a *ageingBar) CreateRenderer() fyne.WidgetRenderer {
	ground, track, bar := canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	total := a.tapped == nil
	word, amount := newText(look.Body, total), newText(look.Body, total)
	p := &parts{self: a, objects: []fyne.CanvasObject{ground, track, bar, word, amount}}
	p.paint = func() {
		ground.FillColor = look.Color(look.Clear)
		if a.hovered && !total {
			ground.FillColor = look.Color(look.RowHover)
		}
		ground.CornerRadius = look.Px(6)
		setStroke(ground, 0, look.Accent)
		if a.focused && !total {
			setStroke(ground, 2, look.Accent)
		}
		track.FillColor, track.CornerRadius = look.Color(look.Sunken), look.Px(look.BarRadius)
		bar.CornerRadius = track.CornerRadius
		track.Hidden, bar.Hidden = total, total || a.row.Part <= 0
		if !total {
			bar.FillColor = look.Color(a.row.Token)
		}
		for _, t := range []*canvas.Text{word, amount} {
			t.Color, t.TextSize = look.Color(look.Ink), look.TextSize(look.Body)
		}
	}
	p.min = func() fyne.Size {
		return fyne.NewSize(look.Px(a.words)+look.Px(60)+look.Px(a.amounts), look.Px(look.AgeingHeight))
	}
	p.layout = func(s fyne.Size) {
		out := look.Px(6) // the hover ground stands out on both sides so that words keep their edge
		bounds(ground, -out, 0, s.Width+2*out, s.Height)
		word.Text = fit(a.row.Word, look.Body, total, look.Px(a.words))
		placeMid(word, 0, 0, s.Height)
		amount.Text = a.row.Amount
		aw := width(a.row.Amount, look.Body, total)
		placeMid(amount, s.Width-aw, 0, s.Height)
		x := look.Px(a.words) + look.Px(8)
		w, h := s.Width-x-look.Px(a.amounts)-look.Px(12), look.Px(12)
		bounds(track, x, round((s.Height-h)/2), w, h)
		bounds(bar, x, round((s.Height-h)/2), max(look.Px(4), round(w*float32(min(1, a.row.Part)))), h)
	}
	return render(p)
}
